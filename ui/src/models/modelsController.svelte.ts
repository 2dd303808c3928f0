/** Which models there are, which one is to answer, and the download that is under way. */
import { asFault, type Backend } from '../backend/backend';
import type { Fault, ModelInfo, PullProgress } from '../backend/bindings';
import type { Preferences } from '../preferences/preferences.svelte';

export interface Download {
  readonly id: string;
  readonly progress: PullProgress | null;
}

export class ModelsController {
  all = $state.raw<ModelInfo[]>([]);
  download = $state.raw<Download | null>(null);
  fault = $state.raw<Fault | null>(null);
  #backend: Backend;
  #preferences: Preferences;

  constructor(backend: Backend, preferences: Preferences) {
    this.#backend = backend;
    this.#preferences = preferences;
  }

  /** The model that answers: the person's choice while it exists, else the default. */
  readonly chosen = $derived.by(
    () =>
      this.all.find(({ id }) => id === this.#preferences.model) ??
      this.all.find(({ is_default }) => is_default) ??
      null,
  );

  choose(id: string): void {
    this.#preferences.model = id;
    this.fault = null;
  }

  find(id: string | undefined): ModelInfo | null {
    return this.all.find((model) => model.id === id) ?? null;
  }

  async refresh(): Promise<void> {
    try {
      this.all = await this.#backend.models();
    } catch (reason) {
      this.fault = asFault(reason);
    }
  }

  /** Downloads a model. Whether it is there now. */
  async pull(id: string): Promise<boolean> {
    if (this.download) return false;
    this.fault = null;
    this.download = { id, progress: null };
    try {
      await this.#backend.pullModel(id, (progress) => {
        if (this.download) this.download = { id, progress };
      });
      return true;
    } catch (reason) {
      const fault = asFault(reason);
      if (fault.code !== 'cancelled') this.fault = fault;
      return false;
    } finally {
      this.download = null;
      await this.refresh();
    }
  }

  async cancel(): Promise<void> {
    if (this.download) await this.#backend.cancelPull(this.download.id).catch(() => undefined);
  }
}
