/**
 * The one way from the window to the desk.
 *
 * Everything the window knows of the world comes through this interface: the real one speaks to
 * Tauri, the scripted one plays a part for tests and for a plain browser. Each verb rejects with a
 * {@link Fault} and with nothing else.
 */
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
  RunId,
  RunRecord,
  RunSummary,
  SchemaInfo,
  SettingsInfo,
  Slip,
  Wanted,
} from './bindings';
import type { BookBackend } from './bookBackend';
import type { KeepingBackend } from './keeping';
import type { SpendingBackend } from './spending';
import type { WindowsBackend } from './windows';
import type { Language } from '../i18n/message';
import type { PresetShelf } from './presets';
import type { ModelCard, ModelChoices, Service, ServiceInfo, ServiceTest } from './library';

/** What the window asks for: the rest of a request is the desk's own. */
export interface RunRequest {
  readonly assistant: string;
  readonly inputs: Record<string, string>;
  /** Which model is to answer; the default when absent. */
  readonly model: string | null;
}

/** What the rows of an answer can be written as. */
export const EXPORT_FORMATS = ['csv', 'xlsx', 'json', 'markdown'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What came of posting: the book, and the numbers of its new entries. */
export interface Posted {
  readonly book: string;
  readonly entries: readonly number[];
  /** How many corrections will be remembered. */
  readonly learned?: number;
}

/** A file that is dragged over the window: it hangs there, was let go, or is gone again. */
export type FileDrop =
  | { readonly state: 'over' }
  | { readonly state: 'gone' }
  | { readonly state: 'let-go'; path: string };

export interface Backend {
  /** Books in double entry. */
  readonly bookshelf: BookBackend;
  /** What is done with runs that were kept. */
  readonly keeping: KeepingBackend;
  /** Tokens, and money. */
  readonly spending: SpendingBackend;
  /** Other windows, and what the system shows of us. */
  readonly windows: WindowsBackend;
  /** Writes a mistake of the window into the log; nobody's words are in it. */
  tellSlip(slip: Slip): Promise<void>;
  /** Every assistant there is, in the order of the rail. */
  assistants(): Promise<Description[]>;
  /** Version, folder and samples. */
  appInfo(): Promise<AppInfo>;
  /** Begins a run; `watch` hears of everything that happens, up to and including `ended`. */
  startRun(request: RunRequest, watch: (event: RunEvent) => void): Promise<RunId>;
  /**
   * Has the model read what a run begins with, while the person still writes. Whether it was read:
   * a model need not be here, and a run goes first.
   */
  readAhead(assistant: string, inputs: RunRequest['inputs']): Promise<boolean>;
  /** Asks a run to stop; its `ended` event still follows. */
  cancelRun(run: RunId): Promise<void>;
  /** Whether nothing may be asked over a network. */
  isOffline(): Promise<boolean>;
  /** Forbids any use of the network but to this machine itself, or allows it again. */
  setOffline(offline: boolean): Promise<void>;
  /** The settings that hold for every run. */
  settings(): Promise<SettingsInfo>;
  /** After how many minutes a model that nobody asks is unloaded; 0 keeps it. */
  setIdleMinutes(minutes: number): Promise<void>;
  /** Every field that may have a default of the person's own, with the one that it has. */
  defaults(): Promise<FieldDefault[]>;
  /** Sets what is to stand in a field, or without a value gives that up. */
  setDefault(assistant: string, field: string, value: string | null): Promise<void>;
  /** Remembers that the person has chosen how to begin. */
  beginWork(): Promise<void>;
  /** What can be done with a file. */
  fileOffers(path: string): Promise<FileOffers>;
  /** Tells of files that are dragged over the window, until what it gives is called. */
  watchDrops(watch: (drop: FileDrop) => void): Promise<() => void>;
  /** Shows the data folder in the system's own program for files. */
  showDataFolder(): Promise<void>;
  /** Runs that are as wanted, newest first, older than `before`. */
  historyList(wanted: Wanted, limit: number, before: RunId | null): Promise<RunSummary[]>;
  /** One run with everything that was kept of it. */
  historyShow(run: RunId): Promise<RunRecord>;
  /** Sets a run apart, or puts it back. */
  historyStar(run: RunId, starred: boolean): Promise<void>;
  /** Forgets a run for good. */
  historyDelete(run: RunId): Promise<void>;
  /** Every model that can be chosen. */
  models(): Promise<ModelCard[]>;
  /** Downloads a model; settles when it is there. */
  pullModel(id: string, watch: (progress: PullProgress) => void): Promise<void>;
  /** Stops a download; with the path of a file, its import. */
  cancelPull(id: string): Promise<void>;
  /** Reads a model's file through; settles when it is whole. */
  verifyModel(id: string, watch: (progress: PullProgress) => void): Promise<void>;
  /** Deletes a model's file. */
  removeModel(id: string): Promise<void>;
  /** Takes in a GGUF file of the person's own: the model that it became. */
  importModel(path: string, watch: (progress: PullProgress) => void): Promise<ModelCard>;
  /** Which model answers whom. */
  modelChoices(): Promise<ModelChoices>;
  /**
   * Lets a model answer for one assistant, or for everyone without a choice of their own. No model
   * means that the assistant gives up its own choice.
   */
  useModel(id: string | null, assistant: string | null): Promise<void>;
  /** The services elsewhere that were set up. */
  services(): Promise<ServiceInfo[]>;
  /** Adds a service, or changes the one of that name; no key leaves the key as it is. */
  saveService(service: Service, key: string | null): Promise<void>;
  /** Forgets a service and its key. */
  removeService(name: string): Promise<void>;
  /** Asks a service for a few words of one of its models. */
  testService(name: string, model: string): Promise<ServiceTest>;
  /** Lets the person pick a file; nothing when they think better of it. */
  chooseFile(title: string, extensions: string[]): Promise<string | null>;
  /** Lets the person say where to save; nothing when they think better of it. */
  chooseSavePath(title: string, name: string, extension: string): Promise<string | null>;
  /** What is in a database or in a file of tables. */
  databaseSchema(database: string): Promise<SchemaInfo>;
  /** What comes of some moves, in any notation, in a chess position, and what is legal then. */
  chessPosition(fen: string, moves: string[]): Promise<ChessPosition>;
  /** The chess engine's move, at a strength in Elo where one is said. */
  chessReply(fen: string, strength: number | null): Promise<ChessPosition>;
  /** Advice on chess as PGN, with variations and comments. */
  chessPgn(advice: ChessResult): Promise<string>;
  /** Keeps what the person calls a table or column and wrote about it; `on` may be empty. */
  setNote(database: string, on: string, name: string, text: string): Promise<void>;
  /** Databases that have names. */
  connections(): Promise<ConnectionInfo[]>;
  /** Names a database; where its password lies now, if there was one. */
  saveConnection(connection: ConnectionEdit, password: string | null): Promise<Place | null>;
  /** Opens a database and says what was found. */
  testConnection(connection: ConnectionEdit, password: string | null): Promise<DatabaseReport>;
  /** Forgets the name and the password of a database. */
  removeConnection(name: string): Promise<void>;
  /** A page after some changes, made without a model. */
  changePage(page: PageResult, edits: PageEdit[]): Promise<PageResult>;
  /** A page whose code was changed by hand, if that passes; otherwise what is wrong with it. */
  changePageCode(page: PageResult, html: string): Promise<PageCode>;
  /** A page with its parts marked, as it is shown where they are taken hold of. */
  previewPage(plan: string): Promise<PagePreview>;
  /** A picture of the person's, as a change of a page takes it. */
  readPhoto(path: string): Promise<string>;
  /** Writes a page as it is now into a file. */
  exportPage(html: string, format: PageFormat, path: string): Promise<void>;
  /** What a page can be made to look like, and of what. */
  pageChoices(): Promise<PageChoices>;
  /** Writes the rows of a run into a file. */
  exportRun(run: RunId, format: ExportFormat, path: string, language: Language): Promise<void>;
  /** Writes a file of the window's own, such as the picture of a chart. */
  writeFile(path: string, base64: string): Promise<void>;
  /**
   * Puts entries into a book as the person has looked them over, all of them or none; absent where
   * this desk keeps no books.
   */
  postProposal?(proposal: BooksResult, run: RunId, book: string): Promise<Posted>;
  /** Assistants that are files; nothing where this desk cannot make any. */
  readonly presets?: PresetShelf;
}

/** What `reason` tells, as a fault, whatever was thrown. */
export function asFault(reason: unknown): Fault {
  if (isFault(reason)) return reason;
  const sentence = reason instanceof Error ? reason.message : String(reason);
  return { code: 'internal', sentence, details: {} };
}

function isFault(reason: unknown): reason is Fault {
  return (
    typeof reason === 'object' &&
    reason !== null &&
    'code' in reason &&
    'sentence' in reason &&
    'details' in reason
  );
}
