/**
 * Assistants that are files: what the window edits, and what the desk can do with it.
 *
 * The shapes are the desk's own file format, field by field, so that what is edited here is what is
 * kept, exported and run.
 */
import type { RunRequest } from './backend';
import type {
  AssistantVersion,
  ExampleResult,
  OwnAssistant,
  PresetFile,
  RunEvent,
  RunId,
} from './bindings';

export type {
  Engine as PresetEngine,
  ExampleResult as ShotResult,
  Output as PresetOutput,
  OwnAssistant as OwnPreset,
  PresetFile,
  Shot,
} from './bindings';
export type PresetVersion = AssistantVersion;

/** What the desk can do with assistants that are files. */
export interface PresetShelf {
  /** The person's own. */
  own(): Promise<OwnAssistant[]>;
  /** The file of an assistant, also of one that is built in; the newest state unless one is named. */
  file(id: string, version: number | null): Promise<PresetFile>;
  /** Keeps a file as the newest state of its id. */
  save(file: PresetFile): Promise<void>;
  /** Takes one of the person's own away, with every state of it. */
  remove(id: string): Promise<void>;
  /** The states in which it was saved, newest first. */
  versions(id: string): Promise<AssistantVersion[]>;
  /** Takes in the text of a file, or of a script of the old sandbox, and keeps it. */
  import(text: string): Promise<PresetFile>;
  /** The same from a file that the person chose. */
  importFile(path: string): Promise<PresetFile>;
  /** Writes one that is kept into a file that the person chose. */
  export(id: string, path: string): Promise<void>;
  /** Runs one as it is, saved or not. */
  try(file: PresetFile, request: RunRequest, watch: (event: RunEvent) => void): Promise<RunId>;
  /** Predicts every worked example from the others; settles when all are done, or it was stopped. */
  test(file: PresetFile, watch: (result: ExampleResult) => void): Promise<void>;
  /** Stops the test of that assistant. */
  cancelTest(id: string): Promise<void>;
  /** The names of the checks that a file may ask for. */
  checkNames(): Promise<string[]>;
}
