/** A page on the desk: what is shown of it, and the changes that a person makes, back and forth. */
import { asFault } from '../backend/backend';
import type {
  PageChoices,
  PageEdit,
  PageFinding,
  PagePart,
  PagePreview,
  PageResult,
  RunReport,
} from '../backend/bindings';
import type { Desk } from '../desk.svelte';
import { heading } from '../errors/table';
import { t } from '../i18n/words.svelte';
import { planOf, type PlanSection } from './plan';
import { preview, type Scheme } from './preview';

/** Widths of the devices that a page is seen on, in pixels. */
export const WIDTHS = { phone: 390, tablet: 768, desktop: 1280 } as const;
export type Width = keyof typeof WIDTHS;

/** How large a page is shown: so that it fits, or as it is. */
export type Zoom = 'fit' | 'whole';

/** Changes that can be taken back. */
const MOST_STEPS = 100;

/** How a version came to be: made by a run, by a kind of change, by words, in its code, or from history. */
export type Origin = 'made' | PageEdit['do'] | 'wish' | 'code' | 'version';

export interface Version {
  readonly page: PageResult;
  readonly origin: Origin;
  /** The page with its parts marked; nothing while it grows, and where it has no plan. */
  readonly marked: PagePreview | null;
}

export class PageDesk {
  width = $state<Width>('desktop');
  zoom = $state<Zoom>('fit');
  scheme = $state<Scheme>('light');
  /** Whether it has the whole window. */
  isFull = $state(false);
  choices = $state.raw<PageChoices | null>(null);
  /** A wish that the model is asked to fulfil. */
  asking = $state<string | null>(null);
  /** The part that the person holds, by its name. */
  held = $state<string | null>(null);
  /** The code as it is being written, while it is not the page's. */
  draft = $state<string | null>(null);
  /** Why the code that was written did not take the place of the page's. */
  wrong = $state.raw<readonly PageFinding[]>([]);
  #versions = $state.raw<readonly Version[]>([]);
  #place = $state(0);
  /** The version that history has. */
  #kept = $state.raw<PageResult | null>(null);
  #queue: Promise<void> = Promise.resolve();
  #run: string | null = null;
  #isWhole = false;
  readonly #desk: Desk;

  constructor(desk: Desk, page: PageResult) {
    this.#desk = desk;
    this.#versions = [{ page, origin: 'made', marked: null }];
    this.#kept = page;
  }

  readonly #version = $derived(this.#versions[this.#place] as Version);
  readonly page = $derived(this.#version.page);
  readonly versions = $derived(this.#versions);
  /** Which of the versions is shown. */
  readonly place = $derived(this.#place);
  readonly plan = $derived(planOf(this.page.plan ?? ''));
  readonly document = $derived(preview(this.#version.marked?.html ?? this.page.html, this.scheme));
  readonly canEdit = $derived(this.#version.marked !== null);
  readonly canUndo = $derived(this.#place > 0 && this.asking === null);
  readonly canRedo = $derived(this.#place + 1 < this.#versions.length && this.asking === null);
  readonly isChanged = $derived(this.page !== this.#kept);
  /** What is held; nothing where this version does not have it. */
  readonly part = $derived.by(
    (): PagePart | null => this.#version.marked?.parts.find(({ id }) => id === this.held) ?? null,
  );
  /** The section that is held, or in which what is held lies. */
  readonly section = $derived.by(
    (): PlanSection | null =>
      this.plan?.sections.find(({ id }) => id === this.part?.section) ?? null,
  );

  /** Takes a page that has grown, or another run's. `isWhole`: it is all there and can be changed. */
  show(page: PageResult, isWhole: boolean): void {
    if (page === this.#versions[0]?.page && isWhole === this.#isWhole) return;
    this.#isWhole = isWhole;
    this.#versions = [{ page, origin: 'made', marked: null }];
    this.#place = 0;
    this.#kept = page;
    this.held = null;
    this.#forgetDraft();
    if (isWhole && page.plan) void this.#later(() => this.#mark(page));
  }

  async loadChoices(): Promise<void> {
    if (this.choices) return;
    try {
      this.choices = await this.#desk.backend.pageChoices();
    } catch (reason) {
      this.#tell(reason);
    }
  }

  /** Makes a change; the page is as it was when it cannot be made. */
  async change(...edits: PageEdit[]): Promise<void> {
    // What the model is busy with would otherwise undo it.
    if (this.asking !== null) return;
    await this.#later(async () => {
      const origin = edits[0]?.do ?? 'made';
      await this.#push(await this.#desk.backend.changePage(this.page, edits), origin);
    });
  }

  /**
   * Takes the code as a person wrote it, if the desk finds nothing wrong with it; otherwise the page stays
   * as it is, and `wrong` says why. What is written in one go is one version.
   */
  async takeCode(html: string): Promise<void> {
    await this.#later(async () => {
      const goesOn = this.#version.origin === 'code' && this.isChanged && !this.canRedo;
      const at = goesOn ? this.#place - 1 : this.#place;
      const base = this.#versions[at]?.page ?? this.page;
      const { page, audit } = await this.#desk.backend.changePageCode(base, html);
      // Somebody may have gone on writing meanwhile.
      if (this.draft === html) this.draft = page ? null : html;
      this.wrong = page ? [] : audit.filter(({ passed }) => !passed);
      if (!page || page.html === this.page.html) return;
      this.#place = at;
      if (page.html !== base.html) await this.#push(page, 'code', true);
    });
  }

  /** Goes to a version, forth or back. */
  goTo(place: number): void {
    if (this.asking !== null || !this.#versions[place]) return;
    this.#place = place;
    this.#forgetDraft();
  }

  /** Goes on with a page from history. */
  async adopt(page: PageResult): Promise<void> {
    if (this.asking === null) await this.#later(() => this.#push(page, 'version'));
  }

  /** Puts a picture of the person's in the place of one that is drawn. */
  async putPhoto({ section, item }: PagePart): Promise<void> {
    const endings = ['jpg', 'jpeg', 'png', 'webp', 'gif'];
    const path = await this.#desk.chooseFile(endings, t('page.photo.choose'));
    if (path === null) return;
    try {
      const data = await this.#desk.backend.readPhoto(path);
      await this.change({ do: 'photo', section, item, data });
    } catch (reason) {
      this.#tell(reason);
    }
  }

  /** Asks for a change in words, of the part that is held or of the whole page. Whether it was made. */
  async say(wish: string): Promise<boolean> {
    if (this.asking !== null || wish.trim() === '' || !this.canEdit) return false;
    this.asking = wish;
    try {
      await this.#queue;
      const before = this.page;
      const inputs = { plan: before.plan ?? '', instruction: wish, about: this.part?.id ?? '' };
      const report = await this.#ask(inputs);
      return await this.#take(report, before);
    } catch (reason) {
      this.#tell(reason);
      return false;
    } finally {
      this.asking = null;
      void this.#desk.history.refresh();
    }
  }

  /** Gives up a wish that the model is busy with. */
  async stop(): Promise<void> {
    if (this.#run) await this.#desk.backend.cancelRun(this.#run);
  }

  undo(): void {
    if (this.canUndo) this.goTo(this.#place - 1);
  }

  redo(): void {
    if (this.canRedo) this.goTo(this.#place + 1);
  }

  /** Keeps the page as it is now in history, as a run of its own. */
  async keep(): Promise<void> {
    await this.#later(async () => {
      const page = this.page;
      const report = await this.#ask(page.plan ? { plan: page.plan } : { html: page.html });
      if (report.error) return void this.#desk.toasts.show(heading(report.error));
      this.#kept = page;
      this.#desk.toasts.show(t('page.kept'));
      await this.#desk.history.refresh();
    });
  }

  /** A page that came of a wish, with what is known of its facts. */
  async #take(report: RunReport, before: PageResult): Promise<boolean> {
    const { artifact, error, status } = report;
    if (status === 'cancelled') return false;
    if (error || artifact?.kind !== 'page') {
      this.#desk.toasts.show(error ? heading(error) : t('page.nothing-changed'));
      return false;
    }
    const unclear = report.checks.find(({ name, passed }) => name === 'understood' && !passed);
    if (artifact.plan === before.plan) {
      this.#desk.toasts.show(t('page.nothing-changed'));
      return false;
    }
    if (unclear) this.#desk.toasts.show(t('page.not-understood', { what: unclear.detail }));
    const told: PageResult = { ...artifact, facts: before.facts ?? [] };
    await this.#push(await this.#desk.backend.changePage(told, []), 'wish');
    return true;
  }

  /** Runs the page's assistant beside what is on the table, to its end. */
  async #ask(inputs: Record<string, string>): Promise<RunReport> {
    let finish: (report: RunReport) => void = () => undefined;
    const ended = new Promise<RunReport>((resolve) => (finish = resolve));
    const request = { assistant: 'page', inputs, model: this.#desk.modelId };
    this.#run = await this.#desk.backend.startRun(request, (event) => {
      if (event.type === 'ended') finish(event.report);
    });
    try {
      return await ended;
    } finally {
      this.#run = null;
    }
  }

  /** `isWriting`: somebody writes code, of which more may have been written than the page has. */
  async #push(page: PageResult, origin: Origin, isWriting = false): Promise<void> {
    const marked = page.plan ? await this.#desk.backend.previewPage(page.plan) : null;
    const versions = [...this.#versions.slice(0, this.#place + 1), { page, origin, marked }];
    this.#versions = versions.slice(-MOST_STEPS);
    this.#place = this.#versions.length - 1;
    if (!isWriting) this.#forgetDraft();
  }

  async #mark(page: PageResult): Promise<void> {
    const marked = await this.#desk.backend.previewPage(page.plan ?? '');
    this.#versions = this.#versions.map((one) => (one.page === page ? { ...one, marked } : one));
  }

  #forgetDraft(): void {
    this.draft = null;
    this.wrong = [];
  }

  /** One thing after the other, so that no change is made to a page that another has changed already. */
  #later(work: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(work).catch((reason: unknown) => this.#tell(reason));
    return this.#queue;
  }

  #tell(reason: unknown): void {
    this.#desk.toasts.show(heading(asFault(reason)));
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
