/** The window's parts put together once, and what concerns more than one of them. */
import { getContext, setContext } from 'svelte';

import { FormController } from './assistants/form.svelte';
import { Workshop } from './builder/workshop.svelte';
import { ChatController, isConversation } from './chat/chatController.svelte';
import { asFault, type Backend } from './backend/backend';
import { BookController } from './bookshelf/bookController.svelte';
import type { AppInfo, Description, Fault, FieldKind, RunId } from './backend/bindings';
import { heading } from './errors/table';
import { ConnectionsController } from './connections/connectionsController.svelte';
import { GalleryController } from './gallery/galleryController.svelte';
import { HistoryController } from './history/historyController.svelte';
import { Keeping } from './history/keeping.svelte';
import { t, words } from './i18n/words.svelte';
import { Toasts } from './kit/toasts.svelte';
import { ModelFiles } from './models/modelFiles.svelte';
import { ModelsController } from './models/modelsController.svelte';
import { Preferences } from './preferences/preferences.svelte';
import { readLeft, type Left } from './left';
import { SchemaController } from './schema/schemaController.svelte';
import { Ahead } from './run/ahead';
import { RunController, type EndedRun } from './run/runController.svelte';
import { Shell } from './shell.svelte';
import { ServicesController } from './services/servicesController.svelte';
import { Slips } from './errors/slips.svelte';
import { Defaults } from './settings/defaults.svelte';
import { SpendingController } from './usage/spending.svelte';
import { Around } from './windows/around.svelte';
import { MAIN, type Opening } from './windows/opening';

/** What can stand in the middle: the work, every assistant there is, the one that is being made … */
export type Place =
  'work' | 'gallery' | 'builder' | 'models' | 'usage' | 'books' | 'settings' | 'help' | 'welcome';

const KEY = Symbol('desk');
/** From here on there is room for a panel beside the form. */
const WIDE = '(min-width: 1180px)';

export class Desk {
  readonly backend: Backend;
  readonly preferences: Preferences;
  readonly toasts = new Toasts();
  readonly runs: RunController;
  readonly ahead: Ahead;
  readonly history: HistoryController;
  readonly keeping: Keeping;
  readonly models: ModelsController;
  readonly files: ModelFiles;
  readonly services: ServicesController;
  readonly schema: SchemaController;
  readonly book: BookController;
  readonly connections: ConnectionsController;
  readonly shell: Shell;
  readonly gallery: GalleryController;
  readonly slips: Slips;
  readonly spending: SpendingController;
  readonly defaults: Defaults;
  readonly around: Around;
  /** As what this window was opened. */
  readonly opening: Opening;
  /** Where assistants are made; nothing where this desk cannot. */
  readonly workshop: Workshop | null;

  /** What stands in the middle of the window. */
  place = $state<Place>('work');
  forms = $state.raw<FormController[]>([]);
  info = $state.raw<AppInfo | null>(null);
  fault = $state.raw<Fault | null>(null);
  /** Whether everything lies as it was left, so that how it lies can be kept again. */
  isReady = $state(false);
  /** Whether nothing may be asked over a network. */
  isOffline = $state(false);
  #current = $state<string | null>(null);
  /** What lies on the tables of assistants that are not in hand. */
  #tables = new Map<string, EndedRun | null>();
  #chats = $state.raw<ReadonlyMap<string, ChatController>>(new Map());

  constructor(backend: Backend, preferences = new Preferences(), opening: Opening = MAIN) {
    this.backend = backend;
    this.opening = opening;
    this.slips = new Slips((slip) => backend.tellSlip(slip));
    this.spending = new SpendingController(backend.spending);
    this.defaults = new Defaults(this);
    this.around = new Around(this);
    this.preferences = preferences;
    this.ahead = new Ahead(backend);
    this.history = new HistoryController(backend);
    this.keeping = new Keeping(backend, this.toasts, () => this.history.refresh());
    this.models = new ModelsController(backend);
    this.files = new ModelFiles(backend, this.models);
    this.services = new ServicesController(backend, this.models);
    this.schema = new SchemaController(backend);
    this.book = new BookController(backend, () => this.preferences.language);
    this.connections = new ConnectionsController(backend);
    this.shell = new Shell(this);
    this.gallery = new GalleryController(preferences, () =>
      this.forms.map(({ description }) => description),
    );
    this.workshop = backend.presets ? new Workshop(this, backend.presets) : null;
    this.runs = new RunController(backend, {
      kindOf: (assistant) => this.descriptionOf(assistant)?.artifact,
      isInHand: (assistant) => assistant === this.form?.description.id,
      changed: () => void this.history.refresh(),
      ended: (ended) => {
        const { report } = ended;
        this.#chatOf(report.assistant)?.ended(ended);
        if (report.error) this.form?.refuse(report.error);
        if (this.place !== 'work' && report.status !== 'cancelled') this.#announce(report.run);
        void this.around.ended(ended);
      },
      endedUnseen: (ended) => {
        const { assistant } = ended.report;
        this.#chatOf(assistant)?.ended(ended);
        // It waits on its own assistant's table.
        if (assistant !== this.form?.description.id) this.#tables.set(assistant, ended);
        this.#announce(ended.report.run);
        void this.around.ended(ended);
      },
    });
  }

  /** Whether this window has one piece of work and nothing around it. */
  get isAlone(): boolean {
    return this.opening.as !== 'main';
  }

  /** Whether this is the small window for a quick question. */
  get isQuick(): boolean {
    return this.opening.as === 'quick';
  }

  /** The form of the assistant in hand. */
  readonly form = $derived.by(
    () =>
      this.forms.find(({ description }) => description.id === this.#current) ??
      this.forms[0] ??
      null,
  );

  /** The conversation with the assistant in hand; nothing where it does not talk. */
  readonly chat = $derived.by(() => (this.form ? this.#chatOf(this.form.description.id) : null));

  /** The model that answers for the assistant in hand. */
  readonly modelId = $derived.by(() => this.models.idFor(this.form?.description.id));
  /** What is known of it, when it is one for this machine. */
  readonly model = $derived.by(() => this.models.find(this.modelId));

  /** Whether the assistant in hand asks a database, so that one can look into that. */
  readonly hasSchema = $derived.by(() => this.form?.description.artifact === 'query');
  /** Whether a question to it may follow another. */
  readonly canFollow = $derived.by(
    () => this.form?.description.inputs.some(({ name }) => name === 'follows') ?? false,
  );
  /** The database in the form, as it is written there. */
  readonly database = $derived.by(() => this.#valueOf('file').trim());

  /** Reads everything that the first view needs. */
  async load(): Promise<void> {
    try {
      const [info, isOffline] = await Promise.all([
        this.backend.appInfo(),
        this.backend.isOffline(),
        this.readAssistants(),
        this.shell.readSettings(),
      ]);
      this.info = info;
      this.isOffline = isOffline;
    } catch (reason) {
      this.fault = asFault(reason);
    }
    if (this.isAlone) return this.#loadAlone();
    if (this.shell.settings?.first_start) this.place = 'welcome';
    await Promise.all([
      this.models.refresh(),
      this.history.refresh(),
      this.connections.refresh(),
      this.defaults.refresh(),
      this.#restore(readLeft()),
    ]);
    await this.#showAsked();
    this.isReady = true;
    await this.around.begin();
  }

  /** What a window with one piece of work needs. How it lies is not kept. */
  async #loadAlone(): Promise<void> {
    const { assistant, run } = this.opening;
    const first = assistant ?? this.preferences.recent[0];
    if (first !== undefined && this.descriptionOf(first)) this.#take(first);
    await Promise.all([
      this.models.refresh(),
      this.connections.refresh(),
      run === null ? undefined : this.open(run),
    ]);
    this.isReady = true;
  }

  /** Puts away what lies on the table, which cannot be drawn; it is in the history. */
  clearTable(): void {
    this.runs.lay();
    this.chat?.clear();
  }

  /** Reads every assistant; forms and conversations of those that are as before stay as they are. */
  async readAssistants(): Promise<void> {
    const [descriptions] = await Promise.all([this.backend.assistants(), this.workshop?.refresh()]);
    const isSame = (a: Description, b: Description): boolean =>
      JSON.stringify(a) === JSON.stringify(b);
    this.forms = descriptions.map((one) => {
      const before = this.forms.find(({ description }) => description.id === one.id);
      if (before && isSame(before.description, one)) return before;
      const form = new FormController(one);
      // What was written stays, whatever became of what stands in fields by default.
      if (before) form.takeOver(before);
      return form;
    });
    this.#chats = new Map(
      descriptions
        .filter(isConversation)
        .map((one) => [
          one.id,
          this.#chatOf(one.id) ?? new ChatController(one, this.runs, () => this.modelId),
        ]),
    );
  }

  /** What an assistant says of itself; nothing where there is none of that name. */
  descriptionOf(assistant: string): Description | null {
    return this.forms.find(({ description }) => description.id === assistant)?.description ?? null;
  }

  choose(assistant: Description['id']): void {
    this.place = 'work';
    this.preferences.makeRoom();
    this.gallery.used(assistant);
    this.#take(assistant);
  }

  /** Shows every assistant. */
  showGallery(): void {
    this.place = 'gallery';
    this.preferences.makeRoom();
  }

  /** Shows what is known of models, as it is now. */
  showModels(): void {
    this.place = 'models';
    this.preferences.makeRoom();
    void this.models.refresh();
    void this.services.refresh();
  }

  /** Shows what was used and what it cost, as it is now. */
  showUsage(): void {
    this.place = 'usage';
    this.preferences.makeRoom();
    void this.spending.refresh();
  }

  /** Shows the books as they are now, with the one of that name on top. */
  showBooks(name: string | null = null): void {
    this.place = 'books';
    this.preferences.makeRoom();
    void this.book.refresh(name);
  }

  /** Shows the settings as they are now. */
  showSettings(): void {
    this.place = 'settings';
    this.preferences.makeRoom();
    void this.shell.readSettings();
    void this.services.refresh();
    void this.spending.readInfo();
    void this.defaults.refresh();
  }

  /** Shows help: about an assistant, or about all of this. */
  showHelp(assistant: string | null): void {
    this.shell.helpOn = assistant;
    this.place = 'help';
    this.preferences.makeRoom();
  }

  /** Asks once more how to begin. */
  showWelcome(): void {
    this.place = 'welcome';
  }

  /** Lets a model answer for an assistant, or for everyone. Whether it does now. */
  async useModel(id: string | null, assistant: string | null): Promise<boolean> {
    const fault = await this.models.use(id, assistant);
    if (fault) this.toasts.show(heading(fault));
    return !fault;
  }

  /** Lets the person pick a file; nothing when they think better of it, or when it cannot be. */
  async chooseFile(
    extensions: string[],
    title: string = t('form.choose.title'),
  ): Promise<string | null> {
    try {
      return await this.backend.chooseFile(title, extensions);
    } catch (reason) {
      this.toasts.show(heading(asFault(reason)));
      return null;
    }
  }

  /** Looks into a database that was just chosen, where there is room to do so beside the form. */
  databaseChosen(database: string): void {
    if (this.hasSchema && globalThis.matchMedia?.(WIDE).matches) void this.schema.show(database);
  }

  toggleSchema(database: string): void {
    if (this.schema.isOpen) this.schema.close();
    else void this.schema.show(database.trim());
  }

  /** Puts a name into what is being asked, where the person was writing. */
  putIntoQuestion(name: string): void {
    const field = this.form?.fields.find(({ kind }) => kind === 'long-text');
    if (field) this.form?.insert(field.name, name);
  }

  /** Runs the form as it is filled in. */
  async run(): Promise<void> {
    const { chat, form } = this;
    if (chat && form) return this.#say(chat, form);
    if (form) await this.#start(form.inputs());
  }

  /** Runs a statement in place of the question, on the same database. */
  async runSql(sql: string): Promise<void> {
    const inputs = { ...(this.runs.shown?.inputs ?? this.form?.inputs()), sql };
    const replaced = this.form?.description.inputs.find(({ name }) => name === 'sql')?.instead_of;
    await this.#start(
      Object.fromEntries(Object.entries(inputs).filter(([name]) => name !== replaced)),
    );
  }

  /** Asks the assistant in hand again, with some fields of its form changed. */
  async ask(changes: Record<string, string>): Promise<void> {
    const form = this.form;
    if (!form) return;
    const isDrawn = (name: string): boolean => form.fields.some((field) => field.name === name);
    for (const [name, value] of Object.entries(changes)) if (isDrawn(name)) form.set(name, value);
    const inputs = Object.entries({ ...form.inputs(), ...changes });
    await this.#start(Object.fromEntries(inputs.filter(([, value]) => value !== '')));
  }

  /** Asks a question that follows the answer that is shown. */
  async askOn(question: string): Promise<void> {
    const shown = this.runs.shown;
    if (!shown) return;
    const kept = Object.entries(shown.inputs).filter(([name]) => name !== 'sql');
    await this.#start({ ...Object.fromEntries(kept), question, follows: shown.report.run });
  }

  async again(): Promise<void> {
    const answer = this.chat?.turns.at(-1);
    if (this.chat && answer) return void (await this.chat.again(answer));
    await this.runs.again(this.modelId);
    this.#mark();
  }

  /** Opens a run from history, with its form. */
  async open(run: RunId): Promise<void> {
    this.place = 'work';
    this.preferences.makeRoom();
    const live = this.runs.live;
    if (live?.id === run) this.#take(live.request.assistant);
    const ended = await this.runs.open(run);
    if (!ended) return;
    this.#take(ended.report.assistant);
    this.runs.lay(ended);
    if (this.chat) this.chat.restore(ended);
    else this.form?.restore(ended.inputs);
  }

  /** Forbids any use of the network but to this machine itself, or allows it again. */
  async setOffline(offline: boolean): Promise<void> {
    try {
      await this.backend.setOffline(offline);
      this.isOffline = offline;
    } catch (reason) {
      this.toasts.show(heading(asFault(reason)));
    }
  }

  /** Clears the desk for a new piece of work. */
  fresh(): void {
    this.schema.close();
    this.runs.lay();
    this.form?.clear();
    this.chat?.clear();
  }

  /** Lays everything as it was left, as far as it is still there. */
  async #restore(left: Left): Promise<void> {
    for (const form of this.forms) form.restoreLeft(left.inputs[form.description.id] ?? {});
    if (left.assistant && this.descriptionOf(left.assistant)) this.#take(left.assistant);
    if (this.place === 'welcome') return;
    if (left.run) await this.#layAgain(left.run);
    if (left.place === 'models') this.showModels();
    else if (left.place === 'usage') this.showUsage();
    else if (left.place === 'settings') this.showSettings();
    else if (left.place === 'books') this.showBooks(left.book);
    else if (left.place === 'help') this.showHelp(left.helpOn);
    else if (left.place) this.place = left.place;
  }

  /** Lays the run that was looked at on its table; one that is gone since is no fault. */
  async #layAgain(run: RunId): Promise<void> {
    const ended = await this.runs.open(run);
    this.runs.lay();
    if (!ended || ended.report.status === 'running') return;
    if (ended.report.assistant !== this.form?.description.id) return;
    this.runs.lay(ended);
    this.chat?.restore(ended);
  }

  /** Takes an assistant in hand, with what lies on its table; the other's table stays as it is. */
  #take(assistant: string): void {
    const before = this.form?.description.id;
    if (assistant === before) return;
    if (before) this.#tables.set(before, this.runs.shown);
    this.#current = assistant;
    this.runs.lay(this.#tables.get(assistant) ?? null);
  }

  #chatOf(assistant: string): ChatController | null {
    return this.#chats.get(assistant) ?? null;
  }

  /** Says what is written, and clears the line once the desk has taken it. */
  async #say(chat: ChatController, form: FormController): Promise<void> {
    const text = form.values[chat.field] ?? '';
    if (this.runs.live) return;
    if (text.trim() === '') {
      form.refuse({ code: 'input-missing', sentence: '', details: { input: chat.field } });
      return;
    }
    form.set(chat.field, '');
    if (!(await chat.say(text))) form.set(chat.field, text);
  }

  #valueOf(kind: FieldKind): string {
    const field = this.form?.fields.find((one) => one.kind === kind);
    return (field && this.form?.values[field.name]) ?? '';
  }

  /** Opens the run that the program was started to show. */
  async #showAsked(): Promise<void> {
    try {
      const run = this.opening.run ?? (await this.backend.keeping.runToShow());
      if (run !== null) await this.open(run);
    } catch (reason) {
      this.toasts.show(heading(asFault(reason)));
    }
  }

  #announce(run: RunId): void {
    this.toasts.show(t('run.finished.toast'), {
      label: t('run.finished.show'),
      run: () => void this.open(run),
    });
  }

  async #start(inputs: Record<string, string>): Promise<void> {
    const assistant = this.form?.description.id;
    if (!assistant) return;
    await this.runs.start({
      assistant,
      inputs: { ...inputs, ...this.#languageAsked() },
      model: this.modelId,
    });
    this.#mark();
  }

  /** An assistant that is to write in a language, and does not ask for it, is told the window's. */
  #languageAsked(): Record<string, string> {
    const field = this.form?.description.inputs.find(({ name }) => name === 'language');
    return field?.hidden ? { language: words.language } : {};
  }

  /** A refusal about a field is said at the field, and only there. */
  #mark(): void {
    const refusal = this.runs.refusal;
    if (refusal && this.form?.refuse(refusal)) this.runs.refusal = null;
  }
}

export const provideDesk = (desk: Desk): Desk => setContext(KEY, desk);
export const useDesk = (): Desk => getContext<Desk>(KEY);
