/**
 * A desk that plays a part: for tests and for a plain browser during development.
 *
 * It keeps the contract of the real one (a refusal is a fault, `ended` is the last event, every run
 * is in the history) and knows nothing of databases. Never part of what is shipped.
 */
import type { Backend, ExportFormat, FileDrop, RunRequest } from '../backend';
import type {
  AppInfo,
  ConnectionEdit,
  ConnectionInfo,
  DatabaseReport,
  BooksResult,
  ChessPosition,
  ChessResult,
  Description,
  Fault,
  FieldDefault,
  FileOffers,
  Place,
  PageChoices,
  PageCode,
  PageEdit,
  PageFormat,
  PagePreview,
  PageResult,
  PullProgress,
  RunEvent,
  Piece,
  RunRecord,
  RunSummary,
  Wanted,
  SchemaInfo,
  SettingsInfo,
  Slip,
} from '../bindings';
import type { ModelCard, ModelChoices, Service, ServiceInfo, ServiceTest } from '../library';
import { type BooksScript, ScriptedBooks } from './bookshelf';
import { fault } from './fault';
import { type KeepingScript, ScriptedKeeping } from './keeping';
import { Library, type LibraryScript } from './library';
import { Offices, type OfficesScript } from './offices';
import { Names } from './names';
import { answered, cancelled, type Play } from './plays';
import { codeOf, pageChoices, previewOf } from './pages';
import { shopSchema } from './schemas';
import { Shelf } from './shelf';
import { ScriptedSpending, type SpendingScript } from './spending';
import { ScriptedWindows, type WindowsScript } from './windows';
import { appInfo, models, sqlAssistant } from './shop';

export interface Script
  extends
    Partial<LibraryScript>,
    OfficesScript,
    BooksScript,
    KeepingScript,
    SpendingScript,
    WindowsScript {
  /** 1 is the pace of life; 0 is at once. */
  pace?: number;
  play?: (run: string, request: RunRequest) => Play;
  /** Stops after so many beats and waits to be cancelled. */
  hold?: number;
  /** There are books to post into. */
  canPost?: boolean;
  /** How posting ends. */
  postFault?: Fault;
  /** Assistants can be made. */
  canMake?: boolean;
  /** Those on the desk; one for databases when absent. */
  assistants?: readonly Description[];
  history?: readonly RunRecord[];
  /** What `chooseFile` gives. */
  file?: string | null;
  /** What `chooseSavePath` gives; a path made of the name when absent. */
  savePath?: string | null;
  /** How saving a file ends. */
  saveFault?: Fault;
  /** What comes of moves on a chess board. */
  chess?: (fen: string, moves: string[]) => ChessPosition;
  /** What is in every database. */
  schema?: SchemaInfo;
  schemaFault?: Fault;
  /** The person has still to choose how to begin. */
  firstStart?: boolean;
  /** What can be done with every file. */
  offers?: FileOffers;
  offersFault?: Fault;
  /** Why the data folder cannot be shown. */
  folderFault?: Fault;
  /** The schema is read until the end of days. */
  holdSchema?: boolean;
}

/** A chess position in which nothing can be moved. */
const quietPosition = (fen: string): ChessPosition => ({
  fen,
  legal: [],
  played: [],
  check: false,
  ending: null,
});

/** A file that the window had written. */
export interface Saved {
  readonly path: string;
  readonly run?: string;
  readonly format?: ExportFormat;
  readonly base64?: string;
  readonly page?: PageFormat;
  readonly html?: string;
}

export class Scripted implements Backend {
  /** Every request that was made, for tests. */
  readonly requests: RunRequest[] = [];
  /** What was to be read ahead, for tests. */
  readonly readAheadOf: Pick<RunRequest, 'assistant' | 'inputs'>[] = [];
  /** Every file that was written, for tests. */
  readonly saved: Saved[] = [];
  /** Every database whose schema was asked for, for tests. */
  readonly looked: string[] = [];
  /** Every game that was taken away, for tests. */
  readonly takenGames: ChessResult[] = [];
  /** Every change of a page that was asked for, for tests. */
  readonly pageEdits: PageEdit[] = [];
  /** Who hears of files that are dragged over the window, for tests. */
  readonly drops = new Set<(drop: FileDrop) => void>();
  /** The settings as they are now, for tests. */
  kept: SettingsInfo;
  #script: Script;
  /** What it keeps of models and of services, for tests. */
  readonly library: Library;
  readonly offices: Offices;
  readonly bookshelf: ScriptedBooks;
  readonly keeping: ScriptedKeeping;
  readonly spending: ScriptedSpending;
  readonly windows: ScriptedWindows;
  /** Every mistake that was told to the log, for tests. */
  readonly slips: Slip[] = [];
  /** What it keeps of databases, for tests. */
  readonly names = new Names();
  /** Every proposal that was posted, for tests. */
  readonly posted: { proposal: BooksResult; run: string; book: string }[] = [];
  readonly postProposal?: Backend['postProposal'];
  /** What it makes assistants with, where it can. */
  readonly presets?: Shelf;
  #records: RunRecord[];
  #isOffline = false;
  #stars = new Set<string>();
  #ownDefaults = new Map<string, string>();
  #assistants: readonly Description[];
  #stops = new Map<string, () => void>();
  #count = 0;

  constructor(script: Script = {}) {
    this.#script = script;
    this.kept = { idle_minutes: 15, first_start: script.firstStart ?? false };
    this.library = new Library({ models, ...script }, (time) => this.#pause(time));
    this.offices = new Offices(script);
    this.bookshelf = new ScriptedBooks(script);
    this.spending = new ScriptedSpending(script);
    this.windows = new ScriptedWindows(script);
    this.keeping = new ScriptedKeeping(script, (run) => this.historyShow(run));
    this.#assistants = script.assistants ?? [sqlAssistant];
    if (script.canPost) {
      this.postProposal = async (proposal, run, book) => {
        if (this.#script.postFault) throw this.#script.postFault;
        this.posted.push({ proposal, run, book });
        return { book, entries: proposal.entries.map((_, index) => index + 1) };
      };
    }
    if (script.canMake) {
      this.presets = new Shelf({
        pause: (time) => this.#pause(time),
        find: (id) => this.#assistants.find((one) => one.id === id),
        forget: (id) => void (this.#assistants = this.#assistants.filter((one) => one.id !== id)),
        describe: (one) =>
          void (this.#assistants = [...this.#assistants.filter(({ id }) => id !== one.id), one]),
      });
    }
    this.#records = [...(script.history ?? [])];
  }

  async assistants(): Promise<Description[]> {
    return this.#assistants.map((one) => ({
      ...one,
      inputs: one.inputs.map((field) => ({
        ...field,
        default: this.#ownDefaults.get(`${one.id} ${field.name}`) ?? field.default,
      })),
    }));
  }

  async defaults(): Promise<FieldDefault[]> {
    const stays = ['text', 'number', 'choice', 'colour', 'file'];
    return this.#assistants.flatMap(({ id, inputs }) =>
      inputs
        .filter(({ kind, hidden, instead_of }) => stays.includes(kind) && !hidden && !instead_of)
        .map((field) => ({
          assistant: id,
          field: field.name,
          usual: field.default ?? '',
          own: this.#ownDefaults.get(`${id} ${field.name}`) ?? null,
        })),
    );
  }

  async setDefault(assistant: string, field: string, value: string | null): Promise<void> {
    const key = `${assistant} ${field}`;
    if (value === null) this.#ownDefaults.delete(key);
    else this.#ownDefaults.set(key, value);
  }

  async tellSlip(slip: Slip): Promise<void> {
    this.slips.push(slip);
  }

  async appInfo(): Promise<AppInfo> {
    return appInfo;
  }

  async startRun(request: RunRequest, watch: (event: RunEvent) => void): Promise<string> {
    this.requests.push(request);
    refuseBlanks(request, await this.assistants());
    this.#count += 1;
    const run = `01K${String(Date.now()).padStart(13, '0')}${String(this.#count).padStart(10, '0')}`;
    const play = (this.#script.play ?? answered)(run, request);
    this.#keep(request, { ...play.report, status: 'running' });
    void this.#perform(play, request, watch);
    return run;
  }

  async readAhead(assistant: string, inputs: RunRequest['inputs']): Promise<boolean> {
    this.readAheadOf.push({ assistant, inputs });
    return true;
  }

  async cancelRun(run: string): Promise<void> {
    this.#stops.get(run)?.();
  }

  async isOffline(): Promise<boolean> {
    return this.#isOffline;
  }

  async setOffline(offline: boolean): Promise<void> {
    this.#isOffline = offline;
  }

  async settings(): Promise<SettingsInfo> {
    return this.kept;
  }

  async setIdleMinutes(minutes: number): Promise<void> {
    this.kept = { ...this.kept, idle_minutes: minutes };
  }

  async beginWork(): Promise<void> {
    this.kept = { ...this.kept, first_start: false };
  }

  async fileOffers(path: string): Promise<FileOffers> {
    if (this.#script.offersFault) throw this.#script.offersFault;
    const name = path.split('/').at(-1) ?? path;
    return this.#script.offers ?? { name, offers: [{ does: 'bring' }] };
  }

  async watchDrops(watch: (drop: FileDrop) => void): Promise<() => void> {
    this.drops.add(watch);
    return () => void this.drops.delete(watch);
  }

  async showDataFolder(): Promise<void> {
    if (this.#script.folderFault) throw this.#script.folderFault;
  }

  async historyList(wanted: Wanted, limit: number, before: string | null): Promise<RunSummary[]> {
    return this.#records
      .filter(({ report }) => before === null || report.run < before)
      .toSorted((a, b) => (a.report.run < b.report.run ? 1 : -1))
      .map((record) =>
        sought(record, wanted, {
          starred: this.#stars.has(record.report.run),
          tags: this.keeping.tagsOf(record.report.run),
        }),
      )
      .filter((one) => one !== null)
      .slice(0, limit);
  }

  async historyStar(run: string, starred: boolean): Promise<void> {
    await this.historyShow(run);
    if (starred) this.#stars.add(run);
    else this.#stars.delete(run);
  }

  async historyDelete(run: string): Promise<void> {
    await this.historyShow(run);
    this.#records = this.#records.filter(({ report }) => report.run !== run);
  }

  async historyShow(run: string): Promise<RunRecord> {
    const record = this.#records.find(({ report }) => report.run === run);
    if (!record) throw fault('run-unknown', `No run is called ${run}.`, { run });
    return record;
  }

  async models(): Promise<ModelCard[]> {
    return this.library.list();
  }

  async pullModel(id: string, watch: (progress: PullProgress) => void): Promise<void> {
    await this.library.pull(id, watch);
  }

  async cancelPull(id: string): Promise<void> {
    this.library.cancelPull(id);
  }

  async verifyModel(id: string, watch: (progress: PullProgress) => void): Promise<void> {
    await this.library.verify(id, watch);
  }

  async removeModel(id: string): Promise<void> {
    await this.library.remove(id);
  }

  async importModel(path: string, watch: (progress: PullProgress) => void): Promise<ModelCard> {
    return this.library.import(path, watch);
  }

  async modelChoices(): Promise<ModelChoices> {
    return this.library.choices;
  }

  async useModel(id: string | null, assistant: string | null): Promise<void> {
    this.library.use(id, assistant);
  }

  async services(): Promise<ServiceInfo[]> {
    return this.offices.list();
  }

  async saveService(service: Service, key: string | null): Promise<void> {
    await this.#pause(150);
    this.offices.save(service, key);
  }

  async removeService(name: string): Promise<void> {
    this.offices.remove(name);
  }

  async testService(name: string, model: string): Promise<ServiceTest> {
    await this.#pause(900);
    return this.offices.test(name, model);
  }

  async chooseFile(): Promise<string | null> {
    return this.#script.file === undefined ? '/home/you/Documents/shop.sqlite' : this.#script.file;
  }

  async chooseSavePath(_title: string, name: string): Promise<string | null> {
    return this.#script.savePath === undefined ? `/home/you/${name}` : this.#script.savePath;
  }

  async databaseSchema(database: string): Promise<SchemaInfo> {
    this.looked.push(database);
    if (this.#script.holdSchema) await new Promise(() => undefined);
    await this.#pause(400);
    if (this.#script.schemaFault) throw this.#script.schemaFault;
    return this.names.noted(this.#script.schema ?? shopSchema);
  }

  async setNote(_database: string, on: string, name: string, text: string): Promise<void> {
    this.names.note(on, name, text);
  }

  async connections(): Promise<ConnectionInfo[]> {
    return this.names.connections;
  }

  async saveConnection(edit: ConnectionEdit, password: string | null): Promise<Place | null> {
    await this.#pause(150);
    return this.names.save(edit, password);
  }

  async testConnection(edit: ConnectionEdit): Promise<DatabaseReport> {
    await this.#pause(400);
    return this.names.test(edit);
  }

  async removeConnection(name: string): Promise<void> {
    this.names.remove(name);
  }

  async chessPosition(fen: string, moves: string[]): Promise<ChessPosition> {
    return this.#script.chess?.(fen, moves) ?? quietPosition(fen);
  }

  async chessPgn(advice: ChessResult): Promise<string> {
    this.takenGames.push(advice);
    return '1. e4 *';
  }

  async chessReply(fen: string): Promise<ChessPosition> {
    return this.#script.chess?.(fen, ['']) ?? quietPosition(fen);
  }

  async changePage(page: PageResult, edits: PageEdit[]): Promise<PageResult> {
    this.pageEdits.push(...edits);
    // The desk alone knows what comes of a change; here it is only seen that there was one.
    return {
      ...page,
      html: page.html.replace('</title>', ' *</title>'),
      plan: page.plan?.replace('"version":', '"changed":true,"version":') ?? '',
    };
  }

  async changePageCode(page: PageResult, html: string): Promise<PageCode> {
    return codeOf(page, html);
  }

  async readPhoto(): Promise<string> {
    return 'data:image/png;base64,AAAA';
  }

  async exportPage(html: string, format: PageFormat, path: string): Promise<void> {
    this.#write({ path, page: format, html });
  }

  async previewPage(plan: string): Promise<PagePreview> {
    return previewOf(plan);
  }

  async pageChoices(): Promise<PageChoices> {
    return pageChoices;
  }

  async exportRun(run: string, format: ExportFormat, path: string): Promise<void> {
    this.#write({ run, format, path });
  }

  async writeFile(path: string, base64: string): Promise<void> {
    this.#write({ path, base64 });
  }

  #write(file: Saved): void {
    if (this.#script.saveFault) throw this.#script.saveFault;
    this.saved.push(file);
  }

  async #perform(play: Play, request: RunRequest, watch: (event: RunEvent) => void): Promise<void> {
    const run = play.report.run;
    let stopped = false;
    let partial = '';
    const stop = new Promise<void>((resolve) => {
      this.#stops.set(run, () => {
        stopped = true;
        resolve();
      });
    });
    await Promise.resolve();
    for (const [index, { after, event }] of play.beats.entries()) {
      await (index === this.#script.hold ? stop : Promise.race([this.#pause(after), stop]));
      if (stopped) break;
      if (event.type === 'token') partial += event.text;
      watch(event);
    }
    await this.#pause(60);
    const report = stopped ? cancelled(play) : play.report;
    this.#keep(request, report, stopped ? partial : null);
    watch({ type: 'ended', report });
  }

  #keep(inputs: RunRequest, report: RunRecord['report'], partial: string | null = null): void {
    const before = this.#records.find((record) => record.report.run === report.run);
    const created_at = before?.created_at ?? new Date().toISOString();
    const record: RunRecord = { created_at, inputs: inputs.inputs, report, steps: [], partial };
    this.#records = [...this.#records.filter((one) => one !== before), record];
  }

  #pause(milliseconds: number): Promise<void> {
    const pace = this.#script.pace ?? 1;
    return pace === 0
      ? Promise.resolve()
      : new Promise((resolve) => setTimeout(resolve, milliseconds * pace));
  }
}

/** What a person put on a run. */
type Marks = Pick<RunSummary, 'starred' | 'tags'>;

function summary({ created_at, inputs, report }: RunRecord, marks: Marks): RunSummary {
  return {
    run: report.run,
    assistant: report.assistant,
    title: inputs['question'] ?? inputs['sql'] ?? Object.values(inputs)[0] ?? '',
    status: report.status,
    model: report.model ?? 'qwen2.5-coder-1.5b',
    created_at,
    total_ms: report.status === 'running' ? null : report.timings_ms.total,
    ...marks,
    found: null,
  };
}

/** A run in a list, if it is as wanted: a play of what the desk's own search does. */
function sought(record: RunRecord, wanted: Wanted, marks: Marks): RunSummary | null {
  const one = summary(record, marks);
  if (wanted.starred && !marks.starred) return null;
  if (wanted.tag && !marks.tags.includes(wanted.tag)) return null;
  if (wanted.model && wanted.model !== one.model) return null;
  const day = one.created_at.slice(0, 10);
  if (wanted.since && day < wanted.since) return null;
  if (wanted.until && day > wanted.until) return null;
  if (wanted.assistant !== null && wanted.assistant !== one.assistant) return null;
  if (wanted.status !== null && wanted.status !== one.status) return null;
  const words = wanted.words.toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return one;
  const text = JSON.stringify([record.inputs, record.report.artifact, marks.tags]).toLowerCase();
  if (!words.every((word) => text.includes(word))) return null;
  const at = (word: string): number => one.title.toLowerCase().indexOf(word);
  const first = words.find((word) => at(word) >= 0);
  if (first === undefined) return { ...one, found: { title: [piece(one.title)], excerpt: [] } };
  const [from, to] = [at(first), at(first) + first.length];
  const title = [
    piece(one.title.slice(0, from)),
    piece(one.title.slice(from, to), true),
    piece(one.title.slice(to)),
  ];
  return { ...one, found: { title: title.filter(({ text: shown }) => shown !== ''), excerpt: [] } };
}

function piece(text: string, hit = false): Piece {
  return { text, hit };
}

function refuseBlanks({ assistant, inputs }: RunRequest, all: readonly Description[]): void {
  const fields = all.find(({ id }) => id === assistant)?.inputs ?? [];
  const isFilled = (name: string): boolean => Boolean(inputs[name]?.trim());
  const blank = fields.find(
    ({ name, required }) =>
      required &&
      !isFilled(name) &&
      !fields.some((other) => other.instead_of === name && isFilled(other.name)),
  );
  if (blank) {
    throw fault('input-missing', `Please fill in ${blank.label.en}.`, { input: blank.name });
  }
}
