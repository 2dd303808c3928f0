/** The part of the desk that keeps runs: marks on them, carrying them away, bringing them back. */
import type {
  ExportedRuns,
  HistoryChoices,
  ImportedRuns,
  JobProgress,
  RestoredBackup,
  RunComparison,
  RunId,
  RunsExport,
  WrittenBackup,
} from './bindings';
import type { Language } from '../i18n/message';

export type WatchJob = (progress: JobProgress) => void;

/** What runs can be written as. */
export const RUNS_FORMATS = ['pdf', 'docx', 'html', 'markdown', 'json'] as const;

export interface KeepingBackend {
  /** Models and tags that runs can be told apart by. */
  choices(): Promise<HistoryChoices>;
  /** Puts a tag on a run, or takes it off. */
  tag(run: RunId, tag: string, on: boolean): Promise<void>;
  /** Two runs side by side. */
  compare(left: RunId, right: RunId, language: Language): Promise<RunComparison>;
  /** Writes runs into a file; `stop` with its path stops it. */
  exportRuns(request: RunsExport, path: string, watch: WatchJob): Promise<ExportedRuns>;
  /** Takes runs in from a file; `stop` with its path stops it. */
  importRuns(path: string, watch: WatchJob): Promise<ImportedRuns>;
  /** Writes everything into one file; `stop` with its path stops it. */
  backUp(path: string, watch: WatchJob): Promise<WrittenBackup>;
  /** Brings a backup back beside what is in use; `stop` with its path stops it. */
  restore(path: string, watch: WatchJob): Promise<RestoredBackup>;
  /** Stops what is being written to or read from a path. */
  stop(path: string): Promise<void>;
  /** Opens one more window, on another data folder. */
  openFolder(folder: string): Promise<void>;
  /** Days after which runs that are not pinned are forgotten; nothing when they are kept for ever. */
  keepDays(): Promise<number | null>;
  /** Sets that rule and follows it; how many runs were forgotten. */
  setKeepDays(days: number | null): Promise<number>;
  /** The run that the program was started to show. */
  runToShow(): Promise<RunId | null>;
}
