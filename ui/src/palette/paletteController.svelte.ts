/** What is typed into the palette, what fits it, and which of that is about to be chosen. */
import type { Desk } from '../desk.svelte';
import { GROUPS, itemsOf, runItem, type Group, type Item } from './items';
import { scoreOf } from './score';

export interface Section {
  readonly group: Group;
  readonly items: readonly Item[];
}

/** How many of a group are shown while nothing is typed, and while something is. */
const AT_REST: Record<Group, number> = {
  action: 5,
  assistant: 6,
  run: 4,
  view: 7,
  setting: 0,
  help: 0,
};
const FOUND = 6;
/** Runs that history is asked for, from so many characters on, after a pause in typing. */
const RUNS = 6;
const PAUSE_MS = 150;

export class PaletteController {
  #query = $state('');
  /** The item that Return would choose, by its place in what is shown. */
  at = $state(0);
  /** Runs that history found. */
  #runs = $state.raw<readonly Item[]>([]);
  #pause: ReturnType<typeof setTimeout> | undefined;
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  readonly sections = $derived.by((): Section[] => {
    const all = itemsOf(this.#desk);
    const query = this.#query.trim();
    return query === '' ? atRest(all) : found(all, this.#runs, query);
  });

  /** What is shown, in its order. */
  readonly items = $derived.by(() => this.sections.flatMap(({ items }) => items));
  readonly chosen = $derived.by(() => this.items[this.at] ?? null);

  get query(): string {
    return this.#query;
  }
  set query(query: string) {
    this.#query = query;
    this.at = 0;
    clearTimeout(this.#pause);
    if (query.trim().length < 2) this.#runs = [];
    else this.#pause = setTimeout(() => void this.#find(query.trim()), PAUSE_MS);
  }

  /** Moves on by so many, round and round. */
  move(by: number): void {
    const count = this.items.length;
    if (count > 0) this.at = (this.at + by + count) % count;
  }

  /** Puts everything away. */
  end(): void {
    clearTimeout(this.#pause);
  }

  async #find(query: string): Promise<void> {
    const runs = await this.#desk.history.find(query, RUNS);
    if (query === this.#query.trim()) this.#runs = runs.map((run) => runItem(this.#desk, run));
  }
}

const sectionsOf = (items: readonly Item[], most: (group: Group) => number): Section[] =>
  GROUPS.map((group) => ({
    group,
    items: items.filter((item) => item.group === group).slice(0, most(group)),
  })).filter((section) => section.items.length > 0);

const atRest = (all: readonly Item[]): Section[] => sectionsOf(all, (group) => AT_REST[group]);

/** Within a group the best first; the group with the best of all first. */
function found(all: readonly Item[], runs: readonly Item[], query: string): Section[] {
  const scores = new Map(
    all.map((item) => [item.id, scoreOf(item, query)] as const).filter(([, score]) => score > 0),
  );
  // History finds by what stands inside a run too; such a run stands behind those found by title.
  const inside = runs.filter(({ id }) => !scores.has(id));
  const fitting = all
    .filter(({ id }) => scores.has(id))
    .toSorted((a, b) => (scores.get(b.id) ?? 0) - (scores.get(a.id) ?? 0));
  const best = ({ items }: Section): number =>
    Math.max(...items.map(({ id }) => scores.get(id) ?? 0));
  return sectionsOf([...fitting, ...inside], () => FOUND).toSorted((a, b) => best(b) - best(a));
}
