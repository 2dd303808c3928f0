/** Every assistant in its order: what is looked for, what was used, what stands in the rail. */
import type { Category, Description } from '../backend/bindings';
import type { Preferences } from '../preferences/preferences.svelte';
import { find } from './find';

/** The order of the parts; what the person made stands first. */
export const CATEGORIES: readonly Category[] = [
  'own',
  'data',
  'design',
  'office',
  'development',
  'learning',
];
export type Filter = 'all' | 'favourites' | Category;

/** In the rail until the person chooses, as far as they are there. */
const AT_FIRST = ['sql', 'ledger', 'page', 'chess', 'latex', 'shell', 'ml-model', 'chat'];
const RECENT = 6;

export interface Section {
  readonly name: 'found' | 'recent' | 'favourites' | Category;
  readonly assistants: readonly Description[];
}

export class GalleryController {
  query = $state('');
  filter = $state<Filter>('all');
  readonly #preferences: Preferences;
  readonly #all: () => readonly Description[];

  constructor(preferences: Preferences, all: () => readonly Description[]) {
    this.#preferences = preferences;
    this.#all = all;
  }

  /** The ids of those in the rail, in its order. */
  readonly favourites = $derived.by(
    () =>
      this.#preferences.favourites ??
      (this.#all().length <= AT_FIRST.length ? this.#all().map(({ id }) => id) : AT_FIRST),
  );

  /** Those in the rail, as far as they are there. */
  readonly rail = $derived.by(() => this.#named(this.favourites));

  /** The categories that have something in them. */
  readonly categories = $derived.by(() =>
    CATEGORIES.filter((category) => this.#of(category).length > 0),
  );

  /** What is drawn: what was found, or the parts one after the other. */
  readonly sections = $derived.by((): Section[] => {
    const within = this.#within(this.filter);
    if (this.query.trim() !== '') return [{ name: 'found', assistants: find(within, this.query) }];
    if (this.filter !== 'all') {
      const name = this.filter;
      return [{ name, assistants: within }];
    }
    const recent = this.#named(this.#preferences.recent);
    return [
      ...(recent.length > 0 ? [{ name: 'recent' as const, assistants: recent }] : []),
      ...this.categories.map((name) => ({ name, assistants: this.#of(name) })),
    ];
  });

  isFavourite(id: string): boolean {
    return this.favourites.includes(id);
  }

  /** Puts an assistant into the rail, or takes it out. */
  toggle(id: string): void {
    this.#preferences.favourites = this.isFavourite(id)
      ? this.favourites.filter((one) => one !== id)
      : [...this.favourites, id];
  }

  /** Remembers that an assistant was used. */
  used(id: string): void {
    this.#preferences.recent = [id, ...this.#preferences.recent.filter((one) => one !== id)].slice(
      0,
      RECENT,
    );
  }

  #of(category: Category): Description[] {
    return this.#all().filter((one) => (one.category ?? 'office') === category);
  }

  #within(filter: Filter): readonly Description[] {
    if (filter === 'all') return this.#all();
    return filter === 'favourites' ? this.rail : this.#of(filter);
  }

  #named(ids: readonly string[]): Description[] {
    return ids.flatMap((id) => this.#all().find((one) => one.id === id) ?? []);
  }
}
