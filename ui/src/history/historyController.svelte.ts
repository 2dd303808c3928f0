/** The runs that were kept, newest first, a page at a time; those that are looked for; those pinned. */
import { asFault, type Backend } from '../backend/backend';
import type { Fault, RunId, RunSummary, Wanted } from '../backend/bindings';
import { daysBetween } from '../i18n/format';
import { STAYS_MS } from '../kit/toasts.svelte';

const PAGE = 40;
/** Pinned runs that are shown. */
const PINNED = 30;
/** A pause in typing after which it is searched. */
const PAUSE_MS = 200;

const ALL: Wanted = { words: '', assistant: null, status: null, starred: false };

export interface Day {
  /** Days ago: 0 is today. */
  readonly ago: number;
  readonly date: Date;
  readonly runs: RunSummary[];
}

export class HistoryController {
  runs = $state.raw<RunSummary[]>([]);
  pinned = $state.raw<RunSummary[]>([]);
  fault = $state.raw<Fault | null>(null);
  isLoaded = $state(false);
  hasOlder = $state(false);
  /** Moves the relative times on. */
  now = $state.raw(new Date());
  /** What is looked for, as it is typed. */
  words = $state('');
  /** The assistant whose runs are looked for; all when empty. */
  assistant = $state('');

  /** Runs that are on their way out and can still be brought back. */
  #leaving = $state.raw<ReadonlyMap<RunId, ReturnType<typeof setTimeout>>>(new Map());
  readonly isSearching = $derived.by(() => this.words.trim() !== '' || this.assistant !== '');
  readonly days = $derived.by(() => byDay(this.#staying(this.runs), this.now));
  readonly shownPinned = $derived.by(() => this.#staying(this.pinned));
  #backend: Backend;
  #pause: ReturnType<typeof setTimeout> | undefined;
  /** Of several readings at once the last one asked for is shown. */
  #asked = 0;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Reads the newest page again and keeps the older ones that had been opened. */
  async refresh(): Promise<void> {
    await Promise.all([
      this.#readPinned(),
      this.#read(null, (page) => {
        const oldest = page.at(-1)?.run;
        const older =
          oldest && page.length === PAGE ? this.runs.filter(({ run }) => run < oldest) : [];
        if (older.length === 0) this.hasOlder = page.length === PAGE;
        return [...page, ...older];
      }),
    ]);
  }

  async older(): Promise<void> {
    await this.#read(this.runs.at(-1)?.run ?? null, (page) => {
      this.hasOlder = page.length === PAGE;
      return [...this.runs, ...page];
    });
  }

  /** Looks for runs with these words, once nobody types any more. */
  search(words: string): void {
    this.words = words;
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.#anew(), PAUSE_MS);
  }

  /** Looks only among the runs of an assistant; among all when that is empty. */
  async only(assistant: string): Promise<void> {
    this.assistant = assistant;
    await this.#anew();
  }

  async pin(run: RunId, pinned: boolean): Promise<void> {
    await this.#change(() => this.#backend.historyStar(run, pinned));
  }

  /** Takes a run away, for good when its notice goes; `bringBack` before that undoes it. */
  remove(run: RunId): void {
    const timer = setTimeout(() => void this.#forget(run), STAYS_MS);
    this.#leaving = new Map([...this.#leaving, [run, timer]]);
  }

  bringBack(run: RunId): void {
    clearTimeout(this.#leaving.get(run));
    this.#leaving = new Map([...this.#leaving].filter(([other]) => other !== run));
  }

  async #forget(run: RunId): Promise<void> {
    await this.#change(() => this.#backend.historyDelete(run));
    this.bringBack(run);
  }

  async #change(change: () => Promise<void>): Promise<void> {
    try {
      await change();
    } catch (reason) {
      this.fault = asFault(reason);
      return;
    }
    await this.refresh();
  }

  /** The first page of what is looked for now. */
  async #anew(): Promise<void> {
    await this.#read(null, (page) => {
      this.hasOlder = page.length === PAGE;
      return page;
    });
  }

  async #readPinned(): Promise<void> {
    try {
      this.pinned = await this.#backend.historyList({ ...ALL, starred: true }, PINNED, null);
    } catch {
      // What is wrong with the history is said by the reading of the runs beside this.
      this.pinned = [];
    }
  }

  async #read(before: string | null, join: (page: RunSummary[]) => RunSummary[]): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const wanted: Wanted = {
      ...ALL,
      words: this.words,
      assistant: this.assistant === '' ? null : this.assistant,
    };
    try {
      const page = await this.#backend.historyList(wanted, PAGE, before);
      if (asked !== this.#asked) return;
      this.runs = join(page);
      this.fault = null;
    } catch (reason) {
      this.fault = asFault(reason);
    }
    this.now = new Date();
    this.isLoaded = true;
  }

  #staying(runs: readonly RunSummary[]): RunSummary[] {
    return runs.filter(({ run }) => !this.#leaving.has(run));
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
