/** Carrying runs away and bringing them back: what is under way, and what came of it. */
import { asFault, type Backend } from '../backend/backend';
import type {
  Fault,
  ImportedRuns,
  JobProgress,
  RestoredBackup,
  RunComparison,
  RunId,
  RunsFormat,
  Wanted,
} from '../backend/bindings';
import { t, words } from '../i18n/words.svelte';
import type { Toasts } from '../kit/toasts.svelte';

export type JobKind = 'export' | 'import' | 'backup' | 'restore';

export interface Job {
  readonly kind: JobKind;
  readonly path: string;
  readonly progress: JobProgress | null;
}

/** Which runs are to be carried away: those named or, where none are, those that are wanted. */
export interface Chosen {
  readonly runs: readonly RunId[];
  readonly wanted: Wanted;
}

const ENDINGS: Record<RunsFormat, string> = {
  markdown: 'md',
  html: 'html',
  json: 'json',
  docx: 'docx',
  pdf: 'pdf',
};

export class Keeping {
  job = $state.raw<Job | null>(null);
  fault = $state.raw<Fault | null>(null);
  /** What came of bringing runs in, until it was read. */
  imported = $state.raw<ImportedRuns | null>(null);
  /** What came of bringing a backup back, until it was read. */
  restored = $state.raw<RestoredBackup | null>(null);
  /** Two runs that are looked at side by side. */
  comparison = $state.raw<RunComparison | null>(null);
  /** What is to be carried away, while its form is open. */
  chosen = $state.raw<Chosen | null>(null);
  format = $state<RunsFormat>('pdf');
  withFiles = $state(false);
  readonly #backend: Backend;
  readonly #toasts: Toasts;
  readonly #changed: () => Promise<void>;

  /** `changed` hears when there are other runs than before. */
  constructor(backend: Backend, toasts: Toasts, changed: () => Promise<void>) {
    this.#backend = backend;
    this.#toasts = toasts;
    this.#changed = changed;
  }

  /** Writes what was chosen into a file that the person names. */
  async export(): Promise<void> {
    const { chosen, format, withFiles } = this;
    if (!chosen || this.job) return;
    const ending = withFiles ? 'zip' : ENDINGS[format];
    const path = await this.#savePath(t('keeping.export.title'), `deskhand.${ending}`, ending);
    if (path === null) return;
    this.chosen = null;
    const exported = await this.#work('export', path, (watch) =>
      this.#backend.keeping.exportRuns(
        {
          runs: [...chosen.runs],
          wanted: chosen.wanted,
          format,
          with_files: withFiles,
          language: words.language,
        },
        path,
        watch,
      ),
    );
    if (exported) this.#toasts.show(t('keeping.exported', { count: exported.runs }));
  }

  /** Takes runs in from a file that the person names. */
  async import(): Promise<void> {
    const path = await this.#openPath(t('keeping.import.title'), ['json', 'zip']);
    if (path === null || this.job) return;
    this.imported = await this.#work('import', path, (watch) =>
      this.#backend.keeping.importRuns(path, watch),
    );
    await this.#changed();
  }

  /** Writes everything into one file that the person names. */
  async backUp(): Promise<void> {
    const day = new Date().toISOString().slice(0, 10);
    const name = `deskhand-${day}.zip`;
    const path = await this.#savePath(t('keeping.backup.title'), name, 'zip');
    if (path === null || this.job) return;
    const written = await this.#work('backup', path, (watch) =>
      this.#backend.keeping.backUp(path, watch),
    );
    if (written) this.#toasts.show(t('keeping.backed-up', { count: written.files }));
  }

  /** Brings a backup that the person names back beside what is in use. */
  async restore(): Promise<void> {
    const path = await this.#openPath(t('keeping.restore.title'), ['zip']);
    if (path === null || this.job) return;
    this.restored = await this.#work('restore', path, (watch) =>
      this.#backend.keeping.restore(path, watch),
    );
  }

  /** Opens what was brought back in a window of its own. */
  async openRestored(): Promise<void> {
    const folder = this.restored?.folder;
    this.restored = null;
    if (folder !== undefined) await this.#try(() => this.#backend.keeping.openFolder(folder));
  }

  /** Looks at two runs side by side. */
  async compare(left: RunId, right: RunId): Promise<void> {
    this.comparison = await this.#try(() =>
      this.#backend.keeping.compare(left, right, words.language),
    );
  }

  /** Stops what is under way. */
  async stop(): Promise<void> {
    const path = this.job?.path;
    if (path !== undefined) await this.#try(() => this.#backend.keeping.stop(path));
  }

  /** Days for which runs are kept; nothing for ever. */
  async keepDays(): Promise<number | null> {
    return this.#try(() => this.#backend.keeping.keepDays());
  }

  async setKeepDays(days: number | null): Promise<void> {
    const forgotten = await this.#try(() => this.#backend.keeping.setKeepDays(days));
    if (forgotten === null) return;
    this.#toasts.show(
      forgotten > 0 ? t('keeping.forgotten', { count: forgotten }) : t('keeping.rule-kept'),
    );
    await this.#changed();
  }

  async #savePath(title: string, name: string, ending: string): Promise<string | null> {
    return this.#try(() => this.#backend.chooseSavePath(title, name, ending));
  }

  async #openPath(title: string, endings: string[]): Promise<string | null> {
    return this.#try(() => this.#backend.chooseFile(title, endings));
  }

  /** What came of it; nothing where it went wrong or was stopped. */
  async #work<T>(
    kind: JobKind,
    path: string,
    work: (watch: (progress: JobProgress) => void) => Promise<T>,
  ): Promise<T | null> {
    this.job = { kind, path, progress: null };
    const watch = (progress: JobProgress): void => {
      if (this.job) this.job = { kind, path, progress };
    };
    try {
      return await this.#try(() => work(watch));
    } finally {
      this.job = null;
    }
  }

  async #try<T>(work: () => Promise<T>): Promise<T | null> {
    this.fault = null;
    try {
      return await work();
    } catch (reason) {
      const fault = asFault(reason);
      if (fault.code !== 'cancelled') this.fault = fault;
      return null;
    }
  }
}
