/** What lies over the views: the palette, the keys, files that were let go; and what help is about. */
import { asFault } from './backend/backend';
import type { SettingsInfo } from './backend/bindings';
import type { Desk } from './desk.svelte';
import { heading } from './errors/table';
import { t } from './i18n/words.svelte';
import { FileDrops } from './files/fileDrops.svelte';

export type Overlay = 'palette' | 'keys';
/** How somebody begins. */
export type Beginning = 'model' | 'service' | 'samples';

export class Shell {
  overlay = $state<Overlay | null>(null);
  /** The assistant that help is about; nothing for help as a whole. */
  helpOn = $state<string | null>(null);
  settings = $state.raw<SettingsInfo | null>(null);
  readonly files: FileDrops;
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.files = new FileDrops(desk);
  }

  toggle(overlay: Overlay): void {
    this.overlay = this.overlay === overlay ? null : overlay;
  }

  close(): void {
    this.overlay = null;
  }

  /** Reads the settings; nothing is shown of them while they cannot be read. */
  async readSettings(): Promise<void> {
    try {
      this.settings = await this.#desk.backend.settings();
    } catch (reason) {
      this.#desk.toasts.show(heading(asFault(reason)));
    }
  }

  async setIdleMinutes(minutes: number): Promise<void> {
    await this.#trying(() => this.#desk.backend.setIdleMinutes(minutes));
    await this.readSettings();
  }

  async showDataFolder(): Promise<void> {
    try {
      await this.#desk.backend.showDataFolder();
    } catch {
      // Where no program shows folders, what helps is the path, which is told in words.
      this.#desk.toasts.show(t('settings.data.failed'));
    }
  }

  /** Begins in one of three ways; how to begin is not asked again. */
  async begin(how: Beginning): Promise<void> {
    await this.#trying(() => this.#desk.backend.beginWork());
    if (how === 'service') {
      this.#desk.services.isAsking = true;
      this.#desk.showModels();
    } else if (how === 'samples') this.#desk.showHelp(null);
    else this.#askFirst();
  }

  /** The first assistant with its first example filled in, so that an answer is one key away. */
  #askFirst(): void {
    const form = this.#desk.forms[0];
    if (!form) return;
    this.#desk.choose(form.description.id);
    const example = form.description.examples[0];
    if (example) form.fill(example);
  }

  async #trying(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (reason) {
      this.#desk.toasts.show(heading(asFault(reason)));
    }
  }
}
