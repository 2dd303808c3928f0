/** Keeping runs, played: marks stay for as long as the page does, files are only noted. */
import type {
  ExportedRuns,
  Fault,
  HistoryChoices,
  ImportedRuns,
  RestoredBackup,
  RunComparison,
  RunRecord,
  RunsExport,
  WrittenBackup,
} from '../bindings';
import type { KeepingBackend, WatchJob } from '../keeping';
import { fault } from './fault';

export interface KeepingScript {
  /** What comes of bringing runs in. */
  imported?: ImportedRuns;
  /** How whatever takes its time ends. */
  jobFault?: Fault;
  /** What takes its time goes on until it is stopped. */
  holdJob?: boolean;
  /** The run that the program was started to show. */
  runToShow?: string;
}

/** Something that was written or read, for tests. */
export interface Job {
  readonly kind: 'export' | 'import' | 'backup' | 'restore' | 'open';
  readonly path: string;
  readonly request?: RunsExport;
}

export class ScriptedKeeping implements KeepingBackend {
  readonly jobs: Job[] = [];
  readonly #tags = new Map<string, Set<string>>();
  #days: number | null = null;
  #stops = new Map<string, () => void>();
  #script: KeepingScript;
  #find: (run: string) => Promise<RunRecord>;

  constructor(script: KeepingScript, find: (run: string) => Promise<RunRecord>) {
    this.#script = script;
    this.#find = find;
  }

  tagsOf(run: string): string[] {
    return [...(this.#tags.get(run) ?? [])].toSorted();
  }

  async choices(): Promise<HistoryChoices> {
    const counts = new Map<string, number>();
    for (const tags of this.#tags.values())
      for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    const tags = [...counts].map(([tag, runs]) => ({ tag, runs }));
    return { models: ['qwen2.5-coder-0.5b', 'qwen2.5-coder-1.5b'], tags };
  }

  async tag(run: string, tag: string, on: boolean): Promise<void> {
    await this.#find(run);
    const clean = tag.trim();
    if (clean === '')
      throw fault('input-invalid', 'A tag is one line.', { input: 'tag', value: tag });
    const tags = this.#tags.get(run) ?? new Set();
    if (on) tags.add(clean);
    else tags.delete(clean);
    this.#tags.set(run, tags);
  }

  async compare(left: string, right: string): Promise<RunComparison> {
    const [one, other] = await Promise.all([this.#find(left), this.#find(right)]);
    const told = (record: RunRecord): string => JSON.stringify(record.report.artifact);
    return {
      left: { created_at: one.created_at, model: one.report.model, report: one.report },
      right: { created_at: other.created_at, model: other.report.model, report: other.report },
      inputs: Object.keys(one.inputs).filter((name) => one.inputs[name] !== other.inputs[name]),
      is_same: told(one) === told(other),
      lines: [{ left: told(one), right: told(other) }],
    };
  }

  async exportRuns(request: RunsExport, path: string, watch: WatchJob): Promise<ExportedRuns> {
    await this.#work({ kind: 'export', path, request }, watch);
    return { runs: Math.max(request.runs.length, 1), files: 0, files_left_out: 0, lacking: '' };
  }

  async importRuns(path: string, watch: WatchJob): Promise<ImportedRuns> {
    await this.#work({ kind: 'import', path }, watch);
    const nothing = { added: 3, present: 0, conflicts: 0, refused: 0, notes: [] };
    return this.#script.imported ?? nothing;
  }

  async backUp(path: string, watch: WatchJob): Promise<WrittenBackup> {
    await this.#work({ kind: 'backup', path }, watch);
    return { files: 4, bytes: 1_000_000, archive_bytes: 200_000 };
  }

  async restore(path: string, watch: WatchJob): Promise<RestoredBackup> {
    await this.#work({ kind: 'restore', path }, watch);
    const folder = '/home/ada/deskhand-restored';
    return { folder, made_at: '2026-02-10T09:00:00.000Z', files: 4, runs: 12 };
  }

  async stop(path: string): Promise<void> {
    this.#stops.get(path)?.();
  }

  async openFolder(path: string): Promise<void> {
    this.jobs.push({ kind: 'open', path });
  }

  async keepDays(): Promise<number | null> {
    return this.#days;
  }

  async setKeepDays(days: number | null): Promise<number> {
    this.#days = days;
    return days === null ? 0 : 2;
  }

  async runToShow(): Promise<string | null> {
    return this.#script.runToShow ?? null;
  }

  async #work(job: Job, watch: WatchJob): Promise<void> {
    this.jobs.push(job);
    watch({ done: 1, total: 2 });
    if (this.#script.jobFault) throw this.#script.jobFault;
    if (this.#script.holdJob) {
      await new Promise<void>((resolve) => this.#stops.set(job.path, resolve));
      throw fault('cancelled', 'It was stopped.', {});
    }
  }
}
