/** The services elsewhere: which there are, and what trying one showed. */
import { asFault, type Backend } from '../backend/backend';
import type { Fault } from '../backend/bindings';
import type { Service, ServiceInfo, ServiceTest } from '../backend/library';
import { elsewhere, type ModelsController } from '../models/modelsController.svelte';

/** A test under way, or what came of it. */
export type Trial =
  | { readonly is: 'running'; readonly model: string }
  | { readonly is: 'over'; readonly model: string; readonly test: ServiceTest }
  | { readonly is: 'faulty'; readonly model: string; readonly fault: Fault };

export class ServicesController {
  all = $state.raw<readonly ServiceInfo[]>([]);
  isLoaded = $state(false);
  fault = $state.raw<Fault | null>(null);
  /** Somebody wants to set one up, and is on the way to where that is done. */
  isAsking = $state(false);
  /** By service; absent where nothing was tried. */
  trials = $state.raw<Readonly<Record<string, Trial>>>({});
  #backend: Backend;
  #models: ModelsController;

  constructor(backend: Backend, models: ModelsController) {
    this.#backend = backend;
    this.#models = models;
  }

  find(name: string): ServiceInfo | null {
    return this.all.find((service) => service.name === name) ?? null;
  }

  trialOf(name: string): Trial | null {
    return this.trials[name] ?? null;
  }

  /** The model of a service that was tried last, or that is in use. */
  modelOf(name: string): string {
    const used = this.#models.remote.map(elsewhere).find((id) => id?.service === name);
    return this.trials[name]?.model ?? used?.model ?? '';
  }

  async refresh(): Promise<void> {
    try {
      this.all = await this.#backend.services();
      this.fault = null;
    } catch (reason) {
      this.fault = asFault(reason);
    } finally {
      this.isLoaded = true;
    }
  }

  /** Adds or changes a service; what was found of it before no longer holds. Why not, if not. */
  async save(service: Service, key: string | null): Promise<Fault | null> {
    try {
      await this.#backend.saveService(service, key);
      this.#note(service.name, null);
    } catch (reason) {
      return asFault(reason);
    }
    await this.refresh();
    return null;
  }

  async remove(name: string): Promise<Fault | null> {
    try {
      await this.#backend.removeService(name);
      this.#note(name, null);
    } catch (reason) {
      return asFault(reason);
    }
    await Promise.all([this.refresh(), this.#models.forget(name)]);
    return null;
  }

  /** Tries a model of a service. Whether it works. */
  async test(name: string, model: string): Promise<boolean> {
    if (this.trials[name]?.is === 'running') return false;
    this.#note(name, { is: 'running', model });
    try {
      const test = await this.#backend.testService(name, model);
      this.#note(name, { is: 'over', model, test });
      if (test.ok) this.#models.prove(`${name}:${model}`);
      return test.ok;
    } catch (reason) {
      this.#note(name, { is: 'faulty', model, fault: asFault(reason) });
      return false;
    }
  }

  #note(name: string, trial: Trial | null): void {
    const others = Object.entries(this.trials).filter(([other]) => other !== name);
    this.trials = Object.fromEntries(trial ? [...others, [name, trial]] : others);
  }
}
