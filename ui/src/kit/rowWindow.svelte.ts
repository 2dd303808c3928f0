/** Which rows of a long table are near enough to be seen, and so need to be drawn. */
import { untrack } from 'svelte';
import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualItem,
} from '@tanstack/virtual-core';

/** Up to here every row is drawn: a page can be searched, read aloud and tested whole. */
export const DRAWN_WHOLE = 200;
const ROW_HEIGHT = 34;
const OVERSCAN = 16;
/** Fewer rows than this beyond what is seen, and more are drawn. */
const LEAST = 4;

export class RowWindow {
  #count: () => number;
  #items = $state.raw<VirtualItem[]>([]);
  #total = $state(0);

  constructor(count: () => number) {
    this.#count = count;
  }

  readonly isWhole = $derived.by(() => this.#count() <= DRAWN_WHOLE);

  /** Positions of the rows to draw. */
  readonly positions = $derived.by(() =>
    this.isWhole
      ? Array.from({ length: this.#count() }, (_, index) => index)
      : this.#items.map((item) => item.index),
  );
  /** Height of what is left out above and below. */
  readonly above = $derived.by(() => (this.isWhole ? 0 : (this.#items[0]?.start ?? 0)));
  readonly below = $derived.by(() =>
    this.isWhole ? 0 : Math.max(0, this.#total - (this.#items.at(-1)?.end ?? 0)),
  );

  /** Whether what is drawn still reaches well beyond what is seen: rows are changed many at a time. */
  #isFarFromTheEnds({ range, options }: Virtualizer<HTMLElement, Element>): boolean {
    const [first, last] = [this.#items[0]?.index, this.#items.at(-1)?.index];
    if (!range || first === undefined || last === undefined) return false;
    const end = options.count - 1;
    return (
      last <= end &&
      (first === 0 || range.startIndex - first >= LEAST) &&
      (last === end || last - range.endIndex >= LEAST)
    );
  }

  /** Follows an element's scrolling; gives back what ends that. */
  follow(element: HTMLElement): () => void {
    const update = (of: Virtualizer<HTMLElement, Element>): void => {
      // Whoever follows must not begin anew because rows have changed.
      if (untrack(() => this.#isFarFromTheEnds(of))) return;
      this.#items = of.getVirtualItems();
      this.#total = of.getTotalSize();
    };
    const virtualizer = new Virtualizer<HTMLElement, Element>({
      count: this.#count(),
      getScrollElement: () => element,
      estimateSize: () => ROW_HEIGHT,
      overscan: OVERSCAN,
      observeElementRect,
      observeElementOffset,
      scrollToFn: elementScroll,
      initialRect: { width: 800, height: 480 },
      onChange: update,
    });
    const unmount = virtualizer._didMount();
    virtualizer._willUpdate();
    update(virtualizer);
    return unmount;
  }
}
