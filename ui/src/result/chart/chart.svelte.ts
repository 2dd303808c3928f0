/** The chart of one result: how it is to be drawn, and what draws it once that is loaded. */
import type { Mark, QueryResult } from '../../backend/bindings';
import { headingOf } from '../headings';
import { pictureOf } from './points';

export const MARKS = ['bar', 'line', 'scatter', 'none'] as const;
export type Choice = Mark | 'none';
type Draw = typeof import('./draw');

export class ChartController {
  readonly #query: () => QueryResult;
  #choice = $state<Choice | null>(null);
  drawer = $state.raw<Draw | null>(null);

  /** Whether bars of several series stand on top of each other: parts of a whole. */
  readonly isStacked: boolean;

  constructor(query: () => QueryResult, isStacked = false) {
    this.#query = query;
    this.isStacked = isStacked;
  }

  readonly suggested = $derived.by(() => (this.#query().draft ? null : this.#query().chart));
  readonly picture = $derived.by(() => {
    const query = this.#query();
    const chart = this.suggested && { ...this.suggested, mark: this.mark };
    const picture = chart && pictureOf(query, chart);
    return picture && picture.points.length > 0 ? picture : null;
  });

  /** What stands along both sides, by the headings of the columns. */
  readonly names = $derived.by(() => {
    const name = (column: string | undefined): string =>
      column === undefined ? '' : headingOf(this.#query(), column);
    return { x: name(this.suggested?.x), y: name(this.suggested?.y) };
  });

  get choice(): Choice {
    return this.#choice ?? this.suggested?.mark ?? 'none';
  }

  set choice(choice: Choice) {
    this.#choice = choice;
  }

  /** The mark, also while nothing is drawn. */
  get mark(): Mark {
    return this.choice === 'none' ? (this.suggested?.mark ?? 'bar') : this.choice;
  }

  /** Fetches the library, once. */
  async load(): Promise<void> {
    this.drawer ??= await import('./draw');
  }
}
