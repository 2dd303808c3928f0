/** The part of the scripted desk that makes assistants: it keeps files in memory and plays the rest. */
import type { Description, RunEvent } from '../bindings';
import type { RunRequest } from '../backend';
import type { OwnPreset, PresetFile, PresetShelf, PresetVersion, ShotResult } from '../presets';
import { same, TONE_FILE } from './assistants';
import { fault } from './fault';
import { made } from './plays';

export interface ShelfDesk {
  pause(milliseconds: number): Promise<void>;
  describe(description: Description): void;
  forget(id: string): void;
  find(id: string): Description | undefined;
}

export class Shelf implements PresetShelf {
  /** Every state that was saved, for tests. */
  readonly saved: PresetFile[] = [];
  /** What was exported, for tests. */
  readonly exported: { path: string; id: string }[] = [];
  readonly #desk: ShelfDesk;
  #isStopped = false;

  constructor(desk: ShelfDesk) {
    this.#desk = desk;
  }

  async own(): Promise<OwnPreset[]> {
    return [...new Set(this.saved.map(({ id }) => id))]
      .filter((id) => this.#desk.find(id))
      .map((id) => ({
        id,
        description: this.#desk.find(id) ?? null,
        version: 1,
        saved_at: savedAt(0),
        problem: null,
      }));
  }

  async file(id: string, version: number | null): Promise<PresetFile> {
    const states = this.saved.filter((file) => file.id === id);
    const kept = version === null ? states.at(-1) : states[version - 1];
    const description = this.#desk.find(id);
    if (kept) return kept;
    if (!description) throw fault('assistant-unknown', `There is no assistant ${id}.`);
    return { ...TONE_FILE, ...wordsOf(description) };
  }

  async save(file: PresetFile): Promise<void> {
    await this.#desk.pause(200);
    if (file.title.en.trim() === '') throw fault('input-invalid', '`title` is empty.');
    this.saved.push(file);
    this.#desk.describe(describe(file));
  }

  async remove(id: string): Promise<void> {
    this.#desk.forget(id);
  }

  async versions(id: string): Promise<PresetVersion[]> {
    return this.saved
      .filter((file) => file.id === id)
      .map((_, index) => ({ number: index + 1, saved_at: savedAt(index) }))
      .toReversed();
  }

  async import(text: string): Promise<PresetFile> {
    if (!text.includes('Example(')) {
      throw fault('input-invalid', 'Line 1: this is neither a file of an assistant nor a script.');
    }
    const file: PresetFile = {
      ...TONE_FILE,
      id: 'from-a-script',
      title: same('From a script'),
      shots: [...text.matchAll(/Example\(\s*'([^']*)',\s*'([^']*)'/g)].map(
        ([, input = '', output = '']) => ({ input: { text: input }, output }),
      ),
    };
    await this.save(file);
    return file;
  }

  importFile(path: string): Promise<PresetFile> {
    const isScript = path.endsWith('.py');
    return this.import(isScript ? "gpt.add_example(Example('two plus two', '4'))" : '');
  }

  async export(id: string, path: string): Promise<void> {
    this.exported.push({ path, id });
  }

  async try(
    file: PresetFile,
    request: RunRequest,
    watch: (event: RunEvent) => void,
  ): Promise<string> {
    const run = `01K${String(Date.now()).padStart(23, '0')}`;
    const text = file.shots?.[0]?.output ?? 'Good morning, and thank you for writing.';
    const artifact = { kind: 'text' as const, text, draft: false };
    const play = made(run, request, artifact, { draft: text, checks: [] });
    void (async () => {
      for (const { after, event } of play.beats) {
        await this.#desk.pause(after);
        watch(event);
      }
      watch({ type: 'ended', report: play.report });
    })();
    return run;
  }

  async test(file: PresetFile, watch: (result: ShotResult) => void): Promise<void> {
    this.#isStopped = false;
    for (const [place, { output }] of (file.shots ?? []).entries()) {
      await this.#desk.pause(500);
      if (this.#isStopped) return;
      const passed = place % 4 !== 2;
      const predicted = passed ? output : 'Something else.';
      watch({ place, passed, expected: output, predicted });
    }
  }

  async cancelTest(): Promise<void> {
    this.#isStopped = true;
  }

  async checkNames(): Promise<string[]> {
    return ['keeps-numbers', 'language', 'max-words', 'no-placeholder'];
  }
}

const savedAt = (minute: number): string =>
  new Date(Date.UTC(2026, 10, 27, 9, minute)).toISOString();

const wordsOf = ({ title, description, button, icon, hue, inputs }: Description) => ({
  title,
  description,
  button,
  icon,
  hue,
  inputs,
});

function describe(file: PresetFile): Description {
  return {
    id: file.id,
    category: file.category ?? 'own',
    title: file.title,
    description: file.description,
    icon: file.icon ?? '',
    hue: file.hue ?? 0,
    button: file.button,
    artifact: file.output?.artifact ?? 'text',
    repair_limit: 2,
    inputs: file.inputs,
    examples: file.examples ?? [],
  };
}
