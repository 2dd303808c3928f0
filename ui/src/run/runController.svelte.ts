/**
 * The work in the middle of the window: what runs now and what is shown.
 *
 * The two are apart: an older run can be looked at while a new one goes on, and the new one does
 * not take its place when it ends; it says that it is ready instead.
 */
import { asFault, type Backend, type RunRequest } from '../backend/backend';
import type { ArtifactKind, Fault, RunId, RunReport } from '../backend/bindings';
import { LiveRun } from './liveRun.svelte';

/** A run that is over, from just now or from history. */
export interface EndedRun {
  readonly report: RunReport;
  readonly inputs: RunRequest['inputs'];
  readonly createdAt: Date;
  /** What had been written when it was stopped. */
  readonly partial: string | null;
}

/** As much of the desk as it takes to run something. */
export type RunDesk = Pick<Backend, 'startRun' | 'cancelRun' | 'historyShow'>;

export interface RunHooks {
  /** What an assistant makes. */
  kindOf?(assistant: string): ArtifactKind | undefined;
  /** Whether an assistant is the one in hand; a run of another goes on unseen. */
  isInHand?(assistant: string): boolean;
  /** The list of runs is no longer what it was. */
  changed?(): void;
  /** It ended, and is what is shown now. */
  ended?(ended: EndedRun): void;
  /** It ended while something else was being looked at. */
  endedUnseen?(ended: EndedRun): void;
}

export class RunController {
  live = $state.raw<LiveRun | null>(null);
  shown = $state.raw<EndedRun | null>(null);
  /** Why a run could not even begin, or an old one not be opened. */
  refusal = $state.raw<Fault | null>(null);

  readonly view = $derived.by((): 'idle' | 'live' | 'ended' | 'refused' => {
    if (this.refusal) return 'refused';
    if (this.shown) return 'ended';
    return this.live && this.#isInHand(this.live.request.assistant) ? 'live' : 'idle';
  });

  #backend: RunDesk;
  #hooks: RunHooks;
  #last: RunRequest | null = null;

  constructor(backend: RunDesk, hooks: RunHooks = {}) {
    this.#backend = backend;
    this.#hooks = hooks;
  }

  /** Begins a run. Settles when the desk has taken it, not when it is over. */
  async start(request: RunRequest): Promise<void> {
    if (this.live) return;
    const live = new LiveRun(request, this.#hooks.kindOf?.(request.assistant) ?? 'text');
    const before = this.shown;
    this.#last = request;
    this.live = live;
    this.shown = null;
    this.refusal = null;
    try {
      live.id = await this.#backend.startRun(request, (event) => {
        const report = live.take(event);
        if (report) this.#end(live, report);
      });
      if (live.isStopping) await this.#cancel(live);
      this.#hooks.changed?.();
    } catch (reason) {
      live.close();
      if (this.live === live) this.live = null;
      this.shown ??= before;
      this.refusal = asFault(reason);
    }
  }

  /** Asks what runs now to stop. */
  async stop(): Promise<void> {
    const live = this.live;
    if (!live || live.isStopping) return;
    live.isStopping = true;
    if (live.id) await this.#cancel(live);
  }

  /** Runs what is shown, or what was refused, once more. */
  async again(model: string | null): Promise<void> {
    const shown = this.shown;
    const request = shown
      ? { assistant: shown.report.assistant, inputs: { ...shown.inputs }, model }
      : this.#last && { ...this.#last, model };
    if (request) await this.start(request);
  }

  /** Opens a run from history; the one that is under way is shown live. */
  async open(run: RunId): Promise<EndedRun | null> {
    this.refusal = null;
    if (this.live?.id === run) {
      this.shown = null;
      return null;
    }
    try {
      const record = await this.#backend.historyShow(run);
      const { report, inputs, partial } = record;
      this.shown = { report, inputs, partial, createdAt: new Date(record.created_at) };
    } catch (reason) {
      this.refusal = asFault(reason);
    }
    return this.shown;
  }

  /** Lays a run on the table, or clears it for something new. */
  lay(ended: EndedRun | null = null): void {
    this.shown = ended;
    this.refusal = null;
  }

  async #cancel(live: LiveRun): Promise<void> {
    try {
      if (live.id) await this.#backend.cancelRun(live.id);
    } catch (reason) {
      live.isStopping = false;
      this.refusal = asFault(reason);
    }
  }

  #isInHand(assistant: string): boolean {
    return this.#hooks.isInHand?.(assistant) ?? true;
  }

  #end(live: LiveRun, report: RunReport): void {
    if (this.live !== live) return;
    this.live = null;
    const ended: EndedRun = {
      report,
      inputs: live.request.inputs,
      createdAt: live.startedAt,
      partial: live.text || null,
    };
    if (this.shown || this.refusal || !this.#isInHand(ended.report.assistant)) {
      this.#hooks.endedUnseen?.(ended);
    } else {
      this.shown = ended;
      this.#hooks.ended?.(ended);
    }
    this.#hooks.changed?.();
  }
}
