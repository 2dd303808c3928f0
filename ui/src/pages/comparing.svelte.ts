/** Two versions of a page beside each other: which ones can be chosen, and where they differ. */
import { asFault } from '../backend/backend';
import type { PageResult, RunId, RunSummary } from '../backend/bindings';
import type { Desk } from '../desk.svelte';
import { heading } from '../errors/table';
import { dateTime } from '../i18n/format';
import { t, tName, words } from '../i18n/words.svelte';
import type { PageDesk } from './pageDesk.svelte';
import { scrollTo } from './preview';

/** Most pages of history that are offered. */
const MOST_RUNS = 20;

export type Side = 'before' | 'after';

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly note?: string;
}

/** A version that is looked at. */
interface Seen {
  readonly page: PageResult;
  readonly html: string;
}

export class Comparing {
  runs = $state.raw<readonly RunSummary[]>([]);
  /** What was chosen; the first version and the present one while nothing was. */
  readonly #chosen = $state<Record<Side, string | null>>({ before: null, after: null });
  seen = $state.raw<Readonly<Record<Side, Seen | null>>>({ before: null, after: null });
  /** What was asked for the page on the table. */
  #about = $state<string | null>(null);
  readonly #desk: Desk;
  readonly #shown: PageDesk;

  /** To be made while a component is. */
  constructor(desk: Desk, shown: PageDesk) {
    this.#desk = desk;
    this.#shown = shown;
    for (const side of ['before', 'after'] as const) $effect(() => this.#look(side));
  }

  readonly versions = $derived.by((): Choice[] =>
    this.#shown.versions.map(({ origin }, place) => ({
      value: `version:${place}`,
      label: `${place + 1}. ${tName('page.version', origin, origin)}`,
      ...(place === this.#shown.place ? { note: t('page.compare.shown') } : {}),
    })),
  );
  readonly choices = $derived.by((): Choice[] => [
    ...this.versions,
    ...this.runs.map(({ run, title, created_at }) => ({
      value: `run:${run}`,
      label: title,
      note: dateTime(new Date(created_at), words.language),
    })),
  ]);
  readonly values = $derived.by((): Record<Side, string> => {
    const { place, versions } = this.#shown;
    // A page that was not changed yet is held against the one before it that was made of the same.
    const twin =
      versions.length === 1 ? this.runs.find(({ title }) => title === this.#about) : undefined;
    const first = twin ? `run:${twin.run}` : 'version:0';
    const now = place === 0 && versions.length > 1 ? versions.length - 1 : place;
    const { before, after } = this.#chosen;
    return { before: before ?? first, after: after ?? `version:${now}` };
  });
  readonly canCompare = $derived(this.choices.length > 1);

  /** Looks for pages that were kept; `but` is the run that is on the table. */
  async loadRuns(but: RunId | null): Promise<void> {
    const wanted = { words: '', assistant: 'page', status: 'done' as const, starred: false };
    try {
      const runs = await this.#desk.backend.historyList(wanted, MOST_RUNS, null);
      this.#about = runs.find(({ run }) => run === but)?.title ?? null;
      this.runs = runs.filter(({ run }) => run !== but);
    } catch (reason) {
      this.#desk.toasts.show(heading(asFault(reason)));
    }
  }

  choose(side: Side, value: string): void {
    this.#chosen[side] = value;
  }

  /** Goes on with what is seen on a side. */
  async goOn(side: Side): Promise<void> {
    const [kind, name] = parts(this.values[side]);
    const page = this.seen[side]?.page;
    if (kind === 'version') this.#shown.goTo(Number(name));
    else if (page) await this.#shown.adopt(page);
    this.#chosen[side] = null;
  }

  #look(side: Side): void {
    const value = this.values[side];
    const [kind, name] = parts(value);
    // The versions are read here, so that it is looked again when one takes another's place.
    const version = kind === 'version' ? this.#shown.versions[Number(name)] : undefined;
    void this.#read(name, version).then((seen) => {
      if (this.values[side] === value) this.seen = { ...this.seen, [side]: seen };
    });
  }

  async #read(
    name: string,
    version: PageDesk['versions'][number] | undefined,
  ): Promise<Seen | null> {
    const { backend } = this.#desk;
    try {
      if (version?.marked) return { page: version.page, html: version.marked.html };
      const artifact = version ? null : (await backend.historyShow(name)).report.artifact;
      const page = version?.page ?? (artifact?.kind === 'page' ? artifact : null);
      if (!page) return null;
      const html = page.plan ? (await backend.previewPage(page.plan)).html : page.html;
      return { page, html };
    } catch (reason) {
      this.#desk.toasts.show(heading(asFault(reason)));
      return null;
    }
  }
}

function parts(value: string): [string, string] {
  const at = value.indexOf(':');
  return [value.slice(0, at), value.slice(at + 1)];
}

const DIFFERS = 'data-differs';
/** What says how that is shown. */
const LOOK = 'data-differs-look';

/** Marks in both documents what differs, and says how much that is. `colour` is that of the marks. */
export function markDifferences(before: Document, after: Document, colour: string): number {
  for (const page of [before, after]) unmark(page);
  const [one, two] = [before, after].map(partsOf) as [Map<string, Element>, Map<string, Element>];
  const differing = new Set<string>();
  for (const [id, element] of [...one, ...two]) {
    const other = (one.get(id) === element ? two : one).get(id);
    if (!other || said(element) !== said(other)) differing.add(id);
  }
  // Of a section that is new or gone, the section alone is marked.
  for (const id of differing) {
    const section = id.split('/')[0] ?? '';
    const isNew =
      id !== section && differing.has(section) && !(one.has(section) && two.has(section));
    if (isNew) differing.delete(id);
  }
  for (const [page, all] of [
    [before, one],
    [after, two],
  ] as const) {
    for (const id of differing) all.get(id)?.setAttribute(DIFFERS, '');
    const style = page.createElement('style');
    style.setAttribute(LOOK, '');
    style.textContent = `[${DIFFERS}] { outline: 3px solid ${colour} !important; outline-offset: 3px; }
      section[${DIFFERS}] { outline-offset: -3px; }`;
    page.head?.append(style);
  }
  return differing.size;
}

/** Takes away the marks of what a page was held against before. */
function unmark(page: Document): void {
  for (const element of page.querySelectorAll(`[${DIFFERS}]`)) element.removeAttribute(DIFFERS);
  page.querySelector(`[${LOOK}]`)?.remove();
}

function partsOf(page: Document): Map<string, Element> {
  const found = new Map<string, Element>();
  for (const element of page.querySelectorAll('[data-part]')) {
    const id = element.getAttribute('data-part') ?? '';
    if (!found.has(id)) found.set(id, element);
  }
  return found;
}

/** What a part is, but for the parts within it, which are compared by themselves. */
function said(element: Element): string {
  const id = element.getAttribute('data-part') ?? '';
  return id.includes('/') ? element.outerHTML : element.className;
}

/** Scrolls `other` to where `moved` is, each by its own height. */
export function follow(moved: Window, other: Window): void {
  const room = (view: Window): number =>
    Math.max(1, view.document.documentElement.scrollHeight - view.innerHeight);
  scrollTo(other, other.scrollX, Math.round((moved.scrollY / room(moved)) * room(other)));
}
