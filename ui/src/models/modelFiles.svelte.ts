/** The files of models on this machine: reading one through, removing one, taking one in. */
import { asFault, type Backend } from '../backend/backend';
import type { Fault, PullProgress } from '../backend/bindings';
import type { ModelCard } from '../backend/library';
import type { ModelsController } from './modelsController.svelte';

/** What is being done to the file of a model, or what came of it. */
export type FileState =
  | { readonly is: 'checking'; readonly progress: PullProgress | null }
  | { readonly is: 'whole' }
  | { readonly is: 'removing' }
  | { readonly is: 'faulty'; readonly fault: Fault };

export interface Import {
  readonly path: string;
  /** Name of the file, without its folder. */
  readonly file: string;
  readonly progress: PullProgress | null;
}

export class ModelFiles {
  /** By model; absent where nothing was asked for. */
  states = $state.raw<Readonly<Record<string, FileState>>>({});
  importing = $state.raw<Import | null>(null);
  importFault = $state.raw<Fault | null>(null);
  #backend: Backend;
  #models: ModelsController;

  constructor(backend: Backend, models: ModelsController) {
    this.#backend = backend;
    this.#models = models;
  }

  stateOf(id: string): FileState | null {
    return this.states[id] ?? null;
  }

  /** Whether something is being done to it. */
  isBusy(id: string): boolean {
    const is = this.states[id]?.is;
    return is === 'checking' || is === 'removing' || this.#models.download?.id === id;
  }

  /** Downloads a model, and forgets what was found of its earlier file. */
  async pull(id: string): Promise<boolean> {
    this.#set(id, null);
    return this.#models.pull(id);
  }

  /** Reads the file through. Whether it is whole. */
  async check(id: string): Promise<boolean> {
    if (this.isBusy(id)) return false;
    this.#set(id, { is: 'checking', progress: null });
    try {
      await this.#backend.verifyModel(id, (progress) => {
        if (this.stateOf(id)?.is === 'checking') this.#set(id, { is: 'checking', progress });
      });
      this.#set(id, { is: 'whole' });
      return true;
    } catch (reason) {
      this.#set(id, { is: 'faulty', fault: asFault(reason) });
      return false;
    } finally {
      await this.#models.refresh();
    }
  }

  /** Deletes the file. Whether it is gone. */
  async remove(id: string): Promise<boolean> {
    if (this.isBusy(id)) return false;
    this.#set(id, { is: 'removing' });
    try {
      await this.#backend.removeModel(id);
      this.#set(id, null);
      return true;
    } catch (reason) {
      this.#set(id, { is: 'faulty', fault: asFault(reason) });
      return false;
    } finally {
      await this.#models.refresh();
    }
  }

  /** Takes in a file. The model that it became, if it did. */
  async import(path: string): Promise<ModelCard | null> {
    if (this.importing) return null;
    const file = path.split(/[\\/]/).at(-1) ?? path;
    this.importFault = null;
    this.importing = { path, file, progress: null };
    try {
      const model = await this.#backend.importModel(path, (progress) => {
        if (this.importing) this.importing = { path, file, progress };
      });
      await this.#models.refresh();
      return model;
    } catch (reason) {
      const fault = asFault(reason);
      if (fault.code !== 'cancelled') this.importFault = fault;
      return null;
    } finally {
      this.importing = null;
    }
  }

  async stopImport(): Promise<void> {
    if (this.importing) await this.#backend.cancelPull(this.importing.path).catch(() => undefined);
  }

  #set(id: string, state: FileState | null): void {
    const others = Object.entries(this.states).filter(([name]) => name !== id);
    this.states = Object.fromEntries(state ? [...others, [id, state]] : others);
  }
}
