/** The runs that were kept, newest first, a page at a time. */
import { asFault, type Backend } from '../backend/backend';
import type { Fault, RunSummary } from '../backend/bindings';
import { daysBetween } from '../i18n/format';

const PAGE = 40;

export interface Day {
  /** Days ago: 0 is today. */
  readonly ago: number;
  readonly date: Date;
  readonly runs: RunSummary[];
}

export class HistoryController {
  runs = $state.raw<RunSummary[]>([]);
  fault = $state.raw<Fault | null>(null);
  isLoaded = $state(false);
  hasOlder = $state(false);
  /** Moves the relative times on. */
  now = $state.raw(new Date());

  readonly days = $derived.by(() => byDay(this.runs, this.now));
  #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Reads the newest page again and keeps the older ones that had been opened. */
  async refresh(): Promise<void> {
    await this.#read(null, (page) => {
      const oldest = page.at(-1)?.run;
      const older =
        oldest && page.length === PAGE ? this.runs.filter(({ run }) => run < oldest) : [];
      if (older.length === 0) this.hasOlder = page.length === PAGE;
      return [...page, ...older];
    });
  }

  async older(): Promise<void> {
    await this.#read(this.runs.at(-1)?.run ?? null, (page) => {
      this.hasOlder = page.length === PAGE;
      return [...this.runs, ...page];
    });
  }

  async #read(before: string | null, join: (page: RunSummary[]) => RunSummary[]): Promise<void> {
    try {
      this.runs = join(await this.#backend.historyList(PAGE, before));
      this.fault = null;
    } catch (reason) {
      this.fault = asFault(reason);
    }
    this.now = new Date();
    this.isLoaded = true;
  }
}

function byDay(runs: readonly RunSummary[], now: Date): Day[] {
  const days: Day[] = [];
  for (const run of runs) {
    const date = new Date(run.created_at);
    const ago = daysBetween(date, now);
    const last = days.at(-1);
    if (last?.ago === ago) last.runs.push(run);
    else days.push({ ago, date, runs: [run] });
  }
  return days;
}
