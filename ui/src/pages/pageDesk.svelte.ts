/** A page on the desk: what is shown of it, and the changes that a person makes, back and forth. */
import { asFault } from '../backend/backend';
import type { PageChoices, PageEdit, PageResult } from '../backend/bindings';
import type { Desk } from '../desk.svelte';
import { heading } from '../errors/table';
import { planOf } from './plan';
import { preview, type Scheme } from './preview';

/** Widths of the frame in pixels; nothing means as wide as there is room. */
export const WIDTHS = { phone: 375, tablet: 768, desktop: null } as const;
export type Width = keyof typeof WIDTHS;

/** Changes that can be taken back. */
const MOST_STEPS = 100;

export class PageDesk {
  width = $state<Width>('desktop');
  scheme = $state<Scheme>('light');
  choices = $state.raw<PageChoices | null>(null);
  isBusy = $state(false);
  #versions = $state.raw<readonly PageResult[]>([]);
  #place = $state(0);
  readonly #desk: Desk;

  constructor(desk: Desk, page: PageResult) {
    this.#desk = desk;
    this.#versions = [page];
  }

  readonly page = $derived(this.#versions[this.#place] as PageResult);
  readonly plan = $derived(planOf(this.page.plan ?? ''));
  readonly document = $derived(preview(this.page.html, this.scheme));
  readonly canUndo = $derived(this.#place > 0);
  readonly canRedo = $derived(this.#place + 1 < this.#versions.length);
  readonly isChanged = $derived(this.#place > 0);

  /** Takes a page that has grown, or another run's. */
  show(page: PageResult): void {
    if (page === this.#versions[0]) return;
    this.#versions = [page];
    this.#place = 0;
  }

  async loadChoices(): Promise<void> {
    if (this.choices) return;
    try {
      this.choices = await this.#desk.backend.pageChoices();
    } catch (reason) {
      this.#desk.toasts.show(heading(asFault(reason)));
    }
  }

  /** Makes a change; the page is as it was when it cannot be made. */
  async change(...edits: PageEdit[]): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      const next = await this.#desk.backend.changePage(this.page, edits);
      this.#versions = [...this.#versions.slice(0, this.#place + 1), next].slice(-MOST_STEPS);
      this.#place = this.#versions.length - 1;
    } catch (reason) {
      this.#desk.toasts.show(heading(asFault(reason)));
    } finally {
      this.isBusy = false;
    }
  }

  undo(): void {
    if (this.canUndo) this.#place -= 1;
  }

  redo(): void {
    if (this.canRedo) this.#place += 1;
  }

  /** Keeps the page as it is now as a run of its own. */
  async keep(): Promise<void> {
    await this.#desk.keepPage(this.page.plan ?? '');
  }
}

type ThemeEdit = Extract<PageEdit, { do: 'theme' }>;

/** A change of the theme: what is not said stays. */
export const themeEdit = (change: Partial<Omit<ThemeEdit, 'do'>>): ThemeEdit => ({
  do: 'theme',
  palette: null,
  brand: null,
  pairing: null,
  corners: null,
  density: null,
  scheme: null,
  ...change,
});
