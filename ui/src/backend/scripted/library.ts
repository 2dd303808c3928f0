/** The models of the scripted desk: downloaded, checked, removed, imported and chosen. */
import type { Fault, PullProgress, PullSource } from '../bindings';
import type { ModelCard, ModelChoices } from '../library';
import { fault } from './fault';

export interface LibraryScript {
  models: readonly ModelCard[];
  choices?: ModelChoices;
  /** Why the list cannot be read. */
  listFault?: Fault;
  /** How a download ends. */
  pullFault?: Fault;
  /** After so many of its forty parts a download or a check waits to be stopped. */
  holdAt?: number;
  /** How a check of a file ends. */
  verifyFault?: Fault;
  removeFault?: Fault;
  importFault?: Fault;
  useFault?: Fault;
}

type Watch = (progress: PullProgress) => void;
type Pause = (milliseconds: number) => Promise<void>;

const PARTS = 40;
const IMPORTED_BYTES = 2_104_932_768;

export class Library {
  models: ModelCard[];
  choices: ModelChoices;
  #script: LibraryScript;
  #pause: Pause;
  #stops = new Map<string, () => void>();

  constructor(script: LibraryScript, pause: Pause) {
    this.#script = script;
    this.#pause = pause;
    this.models = [...script.models];
    const standard = this.models.find((model) => model.is_default) ?? this.models[0];
    this.choices = script.choices ?? { default: standard?.id ?? '', byAssistant: {} };
  }

  list(): ModelCard[] {
    if (this.#script.listFault) throw this.#script.listFault;
    return this.models;
  }

  async pull(id: string, watch: Watch): Promise<void> {
    await this.#read(id, 'official', watch, this.#script.pullFault);
    this.#change(id, { present: true });
  }

  cancelPull(id: string): void {
    this.#stops.get(id)?.();
  }

  async verify(id: string, watch: Watch): Promise<void> {
    await this.#read(id, 'check', watch, this.#script.verifyFault);
  }

  async remove(id: string): Promise<void> {
    await this.#pause(200);
    if (this.#script.removeFault) throw this.#script.removeFault;
    const model = this.#find(id);
    if (model.imported) this.models = this.models.filter((one) => one !== model);
    else this.#change(id, { present: false });
  }

  async import(path: string, watch: Watch): Promise<ModelCard> {
    const file = path.split(/[\\/]/).at(-1) ?? path;
    const id = file.replace(/\.gguf$/i, '').toLowerCase();
    await this.#pass(path, IMPORTED_BYTES, 'check', watch);
    if (this.#script.importFault) throw this.#script.importFault;
    const model: ModelCard = {
      id,
      title: file.replace(/\.gguf$/i, ''),
      licence: '',
      bytes: IMPORTED_BYTES,
      present: true,
      is_default: false,
      imported: true,
      memory_bytes: null,
      good_for: null,
    };
    this.models = [...this.models.filter((one) => one.id !== id), model];
    return model;
  }

  use(id: string | null, assistant: string | null): void {
    if (this.#script.useFault) throw this.#script.useFault;
    if (id !== null && !id.includes(':')) this.#find(id);
    if (assistant === null) {
      if (id !== null) this.choices = { ...this.choices, default: id };
      return;
    }
    const others = Object.entries(this.choices.byAssistant).filter(([name]) => name !== assistant);
    const byAssistant = Object.fromEntries(id === null ? others : [...others, [assistant, id]]);
    this.choices = { ...this.choices, byAssistant };
  }

  async #read(id: string, source: PullSource, watch: Watch, end?: Fault): Promise<void> {
    await this.#pass(id, this.#find(id).bytes, source, watch);
    if (end) throw end;
  }

  /** Goes through the bytes of a file, part by part. */
  async #pass(id: string, total: number, source: PullSource, watch: Watch): Promise<void> {
    let stopped = false;
    const stop = new Promise<void>((resolve) => {
      this.#stops.set(id, () => {
        stopped = true;
        resolve();
      });
    });
    for (let part = 0; part <= PARTS; part += 1) {
      await this.#pause(120);
      if (part === this.#script.holdAt) await stop;
      if (stopped) throw fault('cancelled', 'The download was stopped.');
      watch({ done: Math.round((total * part) / PARTS), total, source });
    }
  }

  #find(id: string): ModelCard {
    const model = this.models.find((one) => one.id === id);
    if (!model) throw fault('model-unknown', `No model is called ${id}.`, { model: id });
    return model;
  }

  #change(id: string, change: Partial<ModelCard>): void {
    this.models = this.models.map((model) => (model.id === id ? { ...model, ...change } : model));
  }
}
