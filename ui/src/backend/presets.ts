/**
 * Assistants that are files: what the window edits, and what the desk can do with it.
 *
 * The shapes are the desk's own file format, field by field, so that what is edited here is what is
 * kept, exported and run.
 */
import type { RunRequest } from './backend';
import type {
  ArtifactKind,
  Category,
  Example,
  Field,
  Localized,
  RunEvent,
  RunId,
  TextFormat,
} from './bindings';

export interface Shot {
  /** Values by input. */
  input: Record<string, string>;
  /** What the model is to answer. */
  output: string;
}

export interface PresetEngine {
  model?: string | null;
  temperature?: number;
  top_p?: number;
  max_tokens?: number;
  stop?: string[];
  prefix?: string;
  suffix?: string;
  opening?: string;
  closing?: string;
  talk?: 'stateless' | 'conversation';
  candidates?: number;
}

export interface PresetConstraint {
  json_schema?: string;
  lark?: string;
  regex?: string;
  choices?: string[];
}

export interface PresetOutput {
  artifact?: ArtifactKind;
  language?: string;
  format?: TextFormat;
  extract?: 'whole' | 'fence' | 'json';
  constraint?: PresetConstraint;
  /** Checks by name, some with an argument behind a colon. */
  checks?: string[];
}

/** An assistant as its file holds it. */
export interface PresetFile {
  version: number;
  id: string;
  category?: Category;
  icon?: string;
  hue?: number;
  repair_limit?: number;
  title: Localized;
  description: Localized;
  button: Localized;
  prompt: { system?: string; template: string };
  engine?: PresetEngine;
  output?: PresetOutput;
  inputs: Field[];
  shots?: Shot[];
  examples?: Example[];
}

/** A state in which an assistant was saved. */
export interface PresetVersion {
  readonly number: number;
  /** ISO 8601 in UTC. */
  readonly saved_at: string;
}

/** One of the person's own, also where its file cannot be read any more. */
export interface OwnPreset {
  readonly id: string;
  readonly version: number;
  readonly saved_at: string;
  /** Why it cannot be used, if it cannot. */
  readonly problem: string | null;
}

/** How one worked example fared when the others had to predict it. */
export interface ShotResult {
  /** Its place among the examples, from 0. */
  readonly place: number;
  readonly expected: string;
  readonly predicted: string;
  readonly passed: boolean;
}

/** What the desk can do with assistants that are files. */
export interface PresetShelf {
  /** The person's own. */
  own(): Promise<OwnPreset[]>;
  /** The file of an assistant, also of one that is built in; the newest state unless one is named. */
  file(id: string, version: number | null): Promise<PresetFile>;
  /** Keeps a file as the newest state of its id. */
  save(file: PresetFile): Promise<void>;
  /** Takes one of the person's own away, with every state of it. */
  remove(id: string): Promise<void>;
  /** The states in which it was saved, newest first. */
  versions(id: string): Promise<PresetVersion[]>;
  /** Takes in the text of a file, or of a script of the old sandbox, and keeps it. */
  import(text: string): Promise<PresetFile>;
  /** The same from a file that the person chose. */
  importFile(path: string): Promise<PresetFile>;
  /** Writes one that is kept into a file that the person chose. */
  export(id: string, path: string): Promise<void>;
  /** Runs one as it is, saved or not. */
  try(file: PresetFile, request: RunRequest, watch: (event: RunEvent) => void): Promise<RunId>;
  /** Predicts every worked example from the others; settles when all are done, or it was stopped. */
  test(file: PresetFile, watch: (result: ShotResult) => void): Promise<void>;
  /** Stops the test of that assistant. */
  cancelTest(id: string): Promise<void>;
  /** The names of the checks that a file may ask for. */
  checkNames(): Promise<string[]>;
}
