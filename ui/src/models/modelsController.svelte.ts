/** Which models there are, which one answers whom, and the download that is under way. */
import { asFault, type Backend } from '../backend/backend';
import type { Fault, PullProgress } from '../backend/bindings';
import type { ModelCard, ModelChoices } from '../backend/library';

export interface Download {
  readonly id: string;
  readonly progress: PullProgress | null;
}

/** The service and the model in a name such as `office:claude-sonnet-4-5`. */
export function elsewhere(id: string): { service: string; model: string } | null {
  const colon = id.indexOf(':');
  return colon < 1 ? null : { service: id.slice(0, colon), model: id.slice(colon + 1) };
}

export class ModelsController {
  all = $state.raw<ModelCard[]>([]);
  choices = $state.raw<ModelChoices | null>(null);
  isLoaded = $state(false);
  /** Why the list could not be read. */
  listFault = $state.raw<Fault | null>(null);
  download = $state.raw<Download | null>(null);
  /** Why the last download failed, and which. */
  fault = $state.raw<Fault | null>(null);
  faultOf = $state<string | null>(null);
  /** Models of services that proved to work, so that they can be chosen. */
  proven = $state.raw<readonly string[]>([]);
  #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** The model of everyone without a choice of their own. */
  readonly standard = $derived.by(() => this.#usable(this.choices?.default) ?? this.#first());

  /** Every model that somebody uses. */
  readonly used = $derived.by(() => {
    const own = Object.keys(this.choices?.byAssistant ?? {}).map((name) => this.ownOf(name));
    return [...new Set([this.standard, ...own])].filter((id) => id !== null);
  });

  /** Every model of a service that is in use or proved to work. */
  readonly remote = $derived.by(() =>
    [...new Set([...this.used, ...this.proven])].filter((id) => elsewhere(id)).sort(),
  );

  /** The model that answers for an assistant: its own while it exists, else the common one. */
  idFor(assistant: string | undefined): string | null {
    return this.ownOf(assistant) ?? this.standard;
  }

  /** The assistant's own choice, while it exists. */
  ownOf(assistant: string | undefined): string | null {
    return this.#usable(this.choices?.byAssistant[assistant ?? '']);
  }

  /** The model of that name on this machine or for it; nothing for one of a service. */
  find(id: string | null | undefined): ModelCard | null {
    return this.all.find((model) => model.id === id) ?? null;
  }

  /** Whether anybody uses a model. */
  isUsed(id: string): boolean {
    return this.used.includes(id);
  }

  /** Lets a model answer; nothing as assistant is everyone, nothing as model gives up the choice. */
  async use(id: string | null, assistant: string | null): Promise<Fault | null> {
    try {
      await this.#backend.useModel(id, assistant);
      this.choices = await this.#backend.modelChoices();
      return null;
    } catch (reason) {
      return asFault(reason);
    }
  }

  prove(id: string): void {
    if (!this.proven.includes(id)) this.proven = [...this.proven, id];
  }

  /** A service is gone, and its models with it. */
  async forget(service: string): Promise<void> {
    this.proven = this.proven.filter((id) => elsewhere(id)?.service !== service);
    await this.refresh();
  }

  async refresh(): Promise<void> {
    try {
      this.all = await this.#backend.models();
      this.listFault = null;
      this.choices = await this.#backend.modelChoices();
    } catch (reason) {
      this.listFault = asFault(reason);
    } finally {
      this.isLoaded = true;
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
      if (fault.code !== 'cancelled') [this.fault, this.faultOf] = [fault, id];
      return false;
    } finally {
      this.download = null;
      await this.refresh();
    }
  }

  async cancel(): Promise<void> {
    if (this.download) await this.#backend.cancelPull(this.download.id).catch(() => undefined);
  }

  /** The name, unless it is of a model of this machine that is no longer known. */
  #usable(id: string | undefined): string | null {
    return id && (elsewhere(id) || this.find(id)) ? id : null;
  }

  #first(): string | null {
    return this.all.find((model) => model.is_default)?.id ?? null;
  }
}
