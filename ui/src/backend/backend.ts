/**
 * The one way from the window to the desk.
 *
 * Everything the window knows of the world comes through this interface: the real one speaks to
 * Tauri, the scripted one plays a part for tests and for a plain browser. Each verb rejects with a
 * {@link Fault} and with nothing else.
 */
import type {
  AppInfo,
  BooksResult,
  Description,
  Fault,
  PageChoices,
  PageEdit,
  PageResult,
  PullProgress,
  RunEvent,
  RunId,
  RunRecord,
  RunSummary,
  SchemaInfo,
} from './bindings';
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
}

export interface Backend {
  /** Every assistant there is, in the order of the rail. */
  assistants(): Promise<Description[]>;
  /** Version, folder and samples. */
  appInfo(): Promise<AppInfo>;
  /** Begins a run; `watch` hears of everything that happens, up to and including `ended`. */
  startRun(request: RunRequest, watch: (event: RunEvent) => void): Promise<RunId>;
  /** Asks a run to stop; its `ended` event still follows. */
  cancelRun(run: RunId): Promise<void>;
  /** Runs, newest first, older than `before`. */
  historyList(limit: number, before: RunId | null): Promise<RunSummary[]>;
  /** One run with everything that was kept of it. */
  historyShow(run: RunId): Promise<RunRecord>;
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
  /** A page after some changes, made without a model. */
  changePage(page: PageResult, edits: PageEdit[]): Promise<PageResult>;
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
