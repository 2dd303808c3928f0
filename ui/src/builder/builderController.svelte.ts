/** An assistant being made: its file, what was changed, the way back, and what it does when tried. */
import { asFault, type Backend } from '../backend/backend';
import type { Fault, Field } from '../backend/bindings';
import type { PresetFile, PresetShelf, PresetVersion, ShotResult } from '../backend/presets';
import { RunController, type EndedRun } from '../run/runController.svelte';
import { FormController } from '../assistants/form.svelte';
import { words } from '../i18n/words.svelte';
import { descriptionOf, nameFrom, reworded, rowsOf, shotsOf, withInputs, withTalk } from './file';

const STEPS_KEPT = 100;
/** Whoever stops writing for so long begins a new step. */
const PAUSE_MS = 1500;
type Words = 'title' | 'description' | 'button';

export class BuilderController {
  file = $state.raw<PresetFile>();
  /** The file as it was last saved; nothing for one that never was. */
  saved = $state.raw<PresetFile | null>(null);
  fault = $state.raw<Fault | null>(null);
  versions = $state.raw<readonly PresetVersion[]>([]);
  results = $state.raw<readonly ShotResult[]>([]);
  /** The checks that there are. */
  checkNames = $state.raw<readonly string[]>([]);
  isTesting = $state(false);
  isSaving = $state(false);
  /** Which model answers when it is tried; the one that answers for it when absent. */
  model = $state<string | null>(null);
  /** What came of the try before, to compare with. */
  before = $state.raw<EndedRun | null>(null);
  #latest: EndedRun | null = null;
  /** What is filled in to try it. */
  form = $state.raw<FormController | null>(null);
  readonly runs: RunController;

  #past = $state.raw<readonly PresetFile[]>([]);
  #future = $state.raw<readonly PresetFile[]>([]);
  /** What is being written in one go, and when it was last. */
  #going = '';
  #at = 0;
  readonly #shelf: PresetShelf;
  readonly #taken: () => readonly string[];
  readonly #modelOf: () => string | null;

  constructor(
    shelf: PresetShelf,
    backend: Backend,
    { taken, modelOf }: { taken: () => readonly string[]; modelOf: () => string | null },
  ) {
    this.#shelf = shelf;
    this.#taken = taken;
    this.#modelOf = modelOf;
    this.runs = new RunController(
      {
        startRun: (request, watch) => shelf.try(this.#named(), request, watch),
        cancelRun: (run) => backend.cancelRun(run),
        historyShow: (run) => backend.historyShow(run),
      },
      {
        kindOf: () => this.file?.output?.artifact ?? 'text',
        ended: (ended) => void (this.#latest = ended),
      },
    );
  }

  readonly isChanged = $derived.by(
    () => JSON.stringify(this.file) !== JSON.stringify(this.saved ?? undefined),
  );
  readonly canUndo = $derived.by(() => this.#past.length > 0);
  readonly canRedo = $derived.by(() => this.#future.length > 0);
  readonly rows = $derived.by(() => (this.file ? rowsOf(this.file) : []));
  /** How many of the examples that were tested were predicted. */
  readonly passed = $derived.by(() => this.results.filter(({ passed }) => passed).length);

  /** Begins with a file: a new one, a copy, or one of the person's own. */
  open(file: PresetFile, isSaved: boolean): void {
    this.file = file;
    this.saved = isSaved ? file : null;
    this.fault = null;
    this.results = [];
    this.versions = [];
    this.#past = [];
    this.#future = [];
    this.runs.lay();
    this.model = null;
    this.before = null;
    this.#latest = null;
    this.#redraw();
    if (isSaved) void this.readVersions();
    if (this.checkNames.length === 0) void this.#readChecks();
  }

  /** Changes the file, and remembers how it was; what is written in one go is one step back. */
  change(next: PresetFile, going = ''): void {
    const now = this.#current();
    if (JSON.stringify(now) === JSON.stringify(next)) return;
    const isSameGo = going !== '' && going === this.#going && Date.now() - this.#at < PAUSE_MS;
    if (!isSameGo) this.#past = [...this.#past, now].slice(-STEPS_KEPT);
    this.#going = going;
    this.#at = Date.now();
    this.#future = [];
    this.#lay(next);
  }

  undo(): void {
    const before = this.#past.at(-1);
    if (!before) return;
    this.#future = [this.#current(), ...this.#future];
    this.#past = this.#past.slice(0, -1);
    this.#lay(before);
  }

  redo(): void {
    const [next, ...rest] = this.#future;
    if (!next) return;
    this.#past = [...this.#past, this.#current()];
    this.#future = rest;
    this.#lay(next);
  }

  /** Says something about it in the language in use. */
  say(what: Words, text: string): void {
    const file = this.#current();
    this.change({ ...file, [what]: reworded(file[what], words.language, text) });
  }

  setInputs(inputs: readonly Field[]): void {
    this.change(withInputs(this.#current(), inputs));
  }

  setTalk(talk: 'stateless' | 'conversation'): void {
    this.change(withTalk(this.#current(), talk));
  }

  setRows(rows: readonly (readonly string[])[]): void {
    const file = this.#current();
    this.results = [];
    this.change({ ...file, shots: shotsOf(file, rows) }, `rows ${rows.length}`);
  }

  /** Keeps it. Whether the desk took it. */
  async save(): Promise<boolean> {
    if (this.isSaving) return false;
    this.isSaving = true;
    this.fault = null;
    try {
      const file = this.#named();
      await this.#shelf.save(file);
      this.file = file;
      this.saved = file;
      await this.readVersions();
      return true;
    } catch (reason) {
      this.fault = asFault(reason);
      return false;
    } finally {
      this.isSaving = false;
    }
  }

  async readVersions(): Promise<void> {
    try {
      this.versions = await this.#shelf.versions(this.#current().id);
    } catch (reason) {
      this.fault = asFault(reason);
    }
  }

  /** Takes an earlier state, as one more change. */
  async goBack(version: number): Promise<void> {
    try {
      this.change(await this.#shelf.file(this.#current().id, version));
    } catch (reason) {
      this.fault = asFault(reason);
    }
  }

  /** Runs it as it is, with what is filled in beside it. */
  async try(): Promise<void> {
    const form = this.form;
    if (!form || this.runs.live) return;
    this.before = this.#latest;
    await this.runs.start({
      assistant: this.#named().id,
      inputs: form.inputs(),
      model: this.model ?? this.#modelOf(),
    });
    const refusal = this.runs.refusal;
    if (refusal && form.refuse(refusal)) this.runs.refusal = null;
  }

  /** Predicts every worked example from the others. */
  async test(): Promise<void> {
    if (this.isTesting) return;
    this.isTesting = true;
    this.results = [];
    this.fault = null;
    try {
      await this.#shelf.test(this.#named(), (result) => {
        this.results = [...this.results, result];
      });
    } catch (reason) {
      const fault = asFault(reason);
      if (fault.code !== 'cancelled') this.fault = fault;
    } finally {
      this.isTesting = false;
    }
  }

  stopTest(): void {
    void this.#shelf.cancelTest(this.#named().id);
  }

  resultOf(index: number): ShotResult | undefined {
    return this.results.find((result) => result.place === index);
  }

  #lay(file: PresetFile): void {
    const before = this.#current();
    this.file = file;
    if (JSON.stringify(before.inputs) !== JSON.stringify(file.inputs)) this.#redraw();
  }

  async #readChecks(): Promise<void> {
    try {
      this.checkNames = await this.#shelf.checkNames();
    } catch (reason) {
      this.fault = asFault(reason);
    }
  }

  /** The form anew, with what had been filled in. */
  #redraw(): void {
    const before = this.form?.values ?? {};
    const form = new FormController(descriptionOf(this.#current()));
    for (const { name } of form.fields) if (before[name]) form.set(name, before[name]);
    this.form = form;
  }

  /** The file with a name of its own. */
  #named(): PresetFile {
    const file = this.#current();
    if (file.id) return file;
    return { ...file, id: nameFrom(file.title.en, this.#taken(), 'assistant') };
  }

  #current(): PresetFile {
    if (!this.file) throw new Error('nothing is being made');
    return this.file;
  }
}
