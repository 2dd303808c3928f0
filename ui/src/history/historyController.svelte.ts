/** The runs that were kept, newest first, a page at a time; those that are looked for; those pinned. */
import { asFault, type Backend } from '../backend/backend';
import type { Fault, HistoryChoices, RunId, RunSummary, Status, Wanted } from '../backend/bindings';
import { daysBetween } from '../i18n/format';
import { STAYS_MS } from '../kit/toasts.svelte';

const PAGE = 40;
/** Pinned runs that are shown. */
const PINNED = 30;
/** A pause in typing after which it is searched. */
const PAUSE_MS = 200;

const ALL: Wanted = { words: '', assistant: null, status: null, starred: false };

/** What a list can be narrowed by, beside its words; empty where it is not. */
export interface Filter {
  assistant: string;
  model: string;
  status: Status | '';
  tag: string;
  /** Days of the calendar, as ISO writes them. */
  since: string;
  until: string;
}

const NO_FILTER: Filter = { assistant: '', model: '', status: '', tag: '', since: '', until: '' };

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
  /** What else they have to be. */
  filter = $state.raw<Filter>(NO_FILTER);
  /** Models and tags that there are. */
  choices = $state.raw<HistoryChoices>({ models: [], tags: [] });
  /** Whether runs are being chosen, and which are. */
  isPicking = $state(false);
  picked = $state.raw<ReadonlySet<RunId>>(new Set());

  /** Runs that are on their way out and can still be brought back. */
  #leaving = $state.raw<ReadonlyMap<RunId, ReturnType<typeof setTimeout>>>(new Map());
  readonly isSearching = $derived.by(
    () => this.words.trim() !== '' || Object.values(this.filter).some((value) => value !== ''),
  );
  /** What is looked for, as the desk is told. */
  readonly wanted: Wanted = $derived.by(() => {
    const { assistant, model, status, tag, since, until } = this.filter;
    return {
      words: this.words,
      starred: false,
      assistant: assistant || null,
      model: model || null,
      status: status || null,
      tag: tag || null,
      since: since || null,
      until: until || null,
    };
  });
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
      this.#readChoices(),
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

  /** The newest few runs with these words, beside what the list shows. */
  async find(words: string, limit: number): Promise<RunSummary[]> {
    try {
      return await this.#backend.historyList({ ...ALL, words }, limit, null);
    } catch {
      // The list beside it says what is wrong with the history.
      return [];
    }
  }

  /** Looks only among runs that are so; an empty value gives a condition up. */
  async only(change: Partial<Filter>): Promise<void> {
    this.filter = { ...this.filter, ...change };
    await this.#anew();
  }

  /** Gives every condition up. */
  async all(): Promise<void> {
    await this.only(NO_FILTER);
  }

  async tag(run: RunId, tag: string, on: boolean): Promise<void> {
    await this.#change(() => this.#backend.keeping.tag(run, tag, on));
  }

  /** Begins choosing runs, or ends it. */
  pick(isPicking: boolean): void {
    this.isPicking = isPicking;
    this.picked = new Set();
  }

  /** Chooses a run, or leaves it. */
  toggle(run: RunId): void {
    const picked = new Set(this.picked);
    if (!picked.delete(run)) picked.add(run);
    this.picked = picked;
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

  async #readChoices(): Promise<void> {
    try {
      this.choices = await this.#backend.keeping.choices();
    } catch {
      // As with the pinned ones.
      this.choices = { models: [], tags: [] };
    }
  }

  async #read(before: string | null, join: (page: RunSummary[]) => RunSummary[]): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const page = await this.#backend.historyList(this.wanted, PAGE, before);
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
