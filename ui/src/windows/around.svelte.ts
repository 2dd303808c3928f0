/**
 * What is outside of this window: other windows, the keys that open the small one, the sign in the
 * system's bar, and notices of runs that end while nobody looks.
 */
import { asFault } from '../backend/backend';
import type { QuickAsk, RunId } from '../backend/bindings';
import type { Desk } from '../desk.svelte';
import { heading } from '../errors/table';
import { local, t } from '../i18n/words.svelte';
import type { EndedRun } from '../run/runController.svelte';

/** A run that took so long may have been left alone. */
export const LONG_MS = 20_000;

export class Around {
  /** How it stands with the keys for the small window; nothing before they were asked for. */
  quick = $state<QuickAsk | null>(null);
  /** Whether the system refused a sign in its bar. */
  isTrayRefused = $state(false);
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Sets up what the person wants of it. Only the first window does, for all of them. */
  async begin(): Promise<void> {
    const { backend, preferences } = this.#desk;
    await this.#trying(async () => {
      await backend.windows.watchShown((run) => void this.#desk.open(run));
    });
    await this.setQuick(preferences.quickKeys);
    if (preferences.hasTray) await this.setTray(true);
  }

  /** Which keys open the small window; nothing for none. */
  async setQuick(keys: string | null): Promise<void> {
    const { backend, preferences } = this.#desk;
    preferences.quickKeys = keys;
    await this.#trying(async () => {
      this.quick = await backend.windows.setQuickAsk(keys);
    });
  }

  /** Whether there is to be a sign in the system's bar. */
  async setTray(on: boolean): Promise<void> {
    const { backend, preferences } = this.#desk;
    const words = { open: t('tray.open'), ask: t('tray.ask'), quit: t('tray.quit') };
    await this.#trying(async () => {
      const isThere = await backend.windows.setTray(on ? words : null);
      this.isTrayRefused = on && !isThere;
      preferences.hasTray = isThere;
    });
  }

  async openBeside(assistant: string, run: RunId | null): Promise<void> {
    await this.#trying(() => this.#desk.backend.windows.openBeside(assistant, run));
  }

  /** Goes on at the desk with what is on the table here. */
  async showInMain(run: RunId | null): Promise<void> {
    const { windows } = this.#desk.backend;
    await this.#trying(async () => {
      await windows.showInMain(run);
      await windows.close();
    });
  }

  /** Opens the small window, or closes it. */
  async quickAsk(): Promise<void> {
    await this.#trying(() => this.#desk.backend.windows.quickAsk());
  }

  async close(): Promise<void> {
    await this.#trying(() => this.#desk.backend.windows.close());
  }

  /**
   * A run has ended. Where it was a long one and something else is looked at, the system says so, if
   * the person wants that; who never said is asked in the window, the first time that it matters.
   */
  async ended({ report }: EndedRun): Promise<void> {
    const { preferences, toasts, backend } = this.#desk;
    const isLong = report.timings_ms.total >= LONG_MS;
    if (!isLong || report.status === 'cancelled' || document.hasFocus()) return;
    if (preferences.notices === null) {
      toasts.show(t('notice.ask'), {
        label: t('notice.yes'),
        run: () => void (preferences.notices = true),
      });
    }
    if (!preferences.notices) return;
    const description = this.#desk.descriptionOf(report.assistant);
    const title = description ? local(description.title) : t('app.name');
    const text = report.status === 'done' ? t('notice.done') : t('notice.failed');
    // Where the system shows no notices, the window says it anyway.
    await backend.windows.tell(title, text).catch(() => undefined);
  }

  async #trying(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (reason) {
      this.#desk.toasts.show(heading(asFault(reason)));
    }
  }
}
