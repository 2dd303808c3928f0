/**
 * Taking hold of a page through the glass that lies over its frame: what is pointed at, what is held, and
 * the words of a part while they are written over. Which part is which, the document says (see hold.ts);
 * what a change comes to, the desk.
 */
import { tick, untrack } from 'svelte';

import { boxOf, elementOf, hideLetters, nameOf, partAt, typeOf, type Box } from './hold';
import type { PageDesk } from './pageDesk.svelte';
import { scrollTo } from './preview';

/** A step of the wheel or of an arrow key, in pixels. */
export const LINE = 40;
const KEYS: Record<string, number> = {
  ArrowDown: 3 * LINE,
  ArrowUp: -3 * LINE,
  PageDown: 12 * LINE,
  PageUp: -12 * LINE,
  Home: -1e6,
  End: 1e6,
};

export class Holding {
  frame = $state<HTMLIFrameElement>();
  glass = $state<HTMLElement>();
  /** The field in which a text is written over. */
  field = $state<HTMLTextAreaElement>();
  hovered = $state.raw<Box | null>(null);
  held = $state.raw<Box | null>(null);
  /** How the text that is held is set. */
  type = $state('');
  text = $state('');
  /** How wide the page is without its scroll bar, which stays in reach beside the glass. */
  inner = $state<number | null>(null);
  /** What was handed in of the text that is being written over. */
  #given: string | null = null;
  readonly #shown: PageDesk;
  readonly #scale: () => number;

  /** `scale`: how large the page is shown. To be made while a component is. */
  constructor(shown: PageDesk, scale: () => number) {
    this.#shown = shown;
    this.#scale = scale;
    // What is held is written over in its own type, and its letters make room for that.
    $effect(() => this.#dress());
    // The page may be scrolled by its own bar, which tells nobody.
    $effect(() => this.#follow());
  }

  /** Finds out anew where things lie, after the page was drawn or shown at another size. */
  measure(): void {
    const found = this.#element();
    this.held = found ? boxOf(found, this.#scale()) : null;
    const root = this.#page()?.documentElement;
    this.inner = root?.clientWidth ? root.clientWidth * this.#scale() : null;
  }

  /** What was pointed at lies elsewhere once another version is drawn. */
  drawn(): void {
    this.hovered = null;
    this.measure();
  }

  hover(event: PointerEvent): void {
    const found = this.#at(event);
    this.hovered = found ? boxOf(found, this.#scale()) : null;
  }

  take(event: MouseEvent): void {
    if (event.target === this.field) return;
    this.write();
    const found = this.#at(event);
    const answer = found?.closest('details');
    if (answer && !answer.open) answer.open = true;
    this.held = found ? boxOf(found, this.#scale()) : null;
    this.#shown.held = found ? nameOf(found) : null;
    void tick().then(() => {
      this.field?.focus({ preventScroll: true });
      this.field?.setSelectionRange(this.text.length, this.text.length);
    });
  }

  /** Takes what was written, if it is anything else than before. */
  write(): void {
    const { part } = this.#shown;
    const { text } = this;
    const isNew = part?.kind === 'text' && text.trim() !== part.text && text !== this.#given;
    if (!isNew) return;
    this.#given = text;
    const { section, field, item } = part;
    const found = this.#element();
    void this.#shown.change({ do: 'text', section, field, item, text }).then(() => {
      // Another version is drawn by now, unless the change could not be made.
      if (found?.isConnected) say(found, part.text);
    });
  }

  /** Has the page make room for what is being written, and the field with it. */
  grow(): void {
    const found = this.#element();
    if (found && this.#shown.part?.kind === 'text') say(found, this.text);
    this.measure();
    void tick().then(() => this.#fit());
  }

  /** Makes the field as high as its words. */
  #fit(): void {
    const { field } = this;
    if (!field) return;
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight}px`;
  }

  press(event: KeyboardEvent): void {
    const { part } = this.#shown;
    if (event.key === 'Escape' && this.#shown.held !== null) {
      this.text = part?.text ?? '';
      this.#shown.held = null;
      event.stopPropagation();
      return;
    }
    if (event.target === this.field) {
      // A text of a page is one paragraph.
      if (event.key === 'Enter' && !event.isComposing) {
        event.preventDefault();
        this.write();
        this.#shown.held = null;
      }
      return;
    }
    const step = KEYS[event.key];
    if (step !== undefined && this.scroll(0, step)) event.preventDefault();
  }

  /** Whether the page went on; at its end, it lets the window scroll. */
  scroll(left: number, top: number): boolean {
    const view = this.frame?.contentWindow;
    if (!view) return false;
    const before = view.scrollY;
    scrollTo(view, view.scrollX + left, view.scrollY + top);
    this.drawn();
    return view.scrollY !== before;
  }

  #page(): Document | null {
    return this.frame?.contentDocument ?? null;
  }

  /** The element of what is held. */
  #element(): Element | null {
    const page = this.#page();
    const { held } = this.#shown;
    return page && held !== null ? elementOf(page, held, this.held, this.#scale()) : null;
  }

  #at(event: MouseEvent): Element | null {
    const page = this.#page();
    if (!page || !this.glass || !this.#shown.canEdit || this.#shown.asking !== null) return null;
    const { left, top } = this.glass.getBoundingClientRect();
    return partAt(page, event.clientX - left, event.clientY - top, this.#scale());
  }

  #dress(): (() => void) | undefined {
    const { part } = this.#shown;
    void this.#shown.document;
    const scale = this.#scale();
    const found = untrack(() => this.#element());
    this.held = found ? boxOf(found, scale) : null;
    if (part?.kind !== 'text' || !found) return undefined;
    this.text = part.text;
    this.#given = null;
    this.type = typeOf(found, scale);
    hideLetters(found, true);
    void tick().then(() => this.#fit());
    return () => {
      hideLetters(found, false);
      // What was not handed in is taken back; what was is drawn in a moment.
      if (this.#given === null) say(found, part.text);
    };
  }

  #follow(): (() => void) | undefined {
    if (!this.#shown.part) return undefined;
    let last = this.frame?.contentWindow?.scrollY;
    const look = (): void => {
      const now = this.frame?.contentWindow?.scrollY;
      if (now !== last) this.measure();
      last = now;
      request = requestAnimationFrame(look);
    };
    let request = requestAnimationFrame(look);
    return () => cancelAnimationFrame(request);
  }
}

/** Puts words into an element that has nothing but words; without any it keeps its place. */
function say(element: Element, words: string): void {
  if (element.childElementCount === 0) element.textContent = words === '' ? '\u00a0' : words;
}
