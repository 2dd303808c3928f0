/**
 * Taking hold of a page: which of its parts lies at a point, where a part lies, and how its words are
 * set, so that they can be written over in their own type.
 *
 * Points and boxes are those of the glass that lies over the frame; `scale` is how large the page is
 * shown.
 */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const PART = 'data-part';

/** The part at a point, the innermost; nothing where there is none. */
export function partAt(page: Document, x: number, y: number, scale: number): Element | null {
  return page.elementFromPoint(x / scale, y / scale)?.closest(`[${PART}]`) ?? null;
}

export const nameOf = (element: Element): string => element.getAttribute(PART) ?? '';

/** The element of a part: of several that say the same, the one that was taken hold of last. */
export function elementOf(
  page: Document,
  id: string,
  near: Box | null,
  scale: number,
): Element | null {
  const all = [...page.querySelectorAll(`[${PART}="${id}"]`)];
  if (!near || all.length < 2) return all[0] ?? null;
  const distance = (element: Element): number => Math.abs(boxOf(element, scale).top - near.top);
  return all.toSorted((a, b) => distance(a) - distance(b))[0] ?? null;
}

export function boxOf(element: Element, scale: number): Box {
  const { left, top, width, height } = element.getBoundingClientRect();
  return {
    left: left * scale,
    top: top * scale,
    width: width * scale,
    height: height * scale,
  };
}

/** How a text is set, as a style for the field in which it is written over. */
export function typeOf(element: Element, scale: number): string {
  const style = element.ownerDocument.defaultView?.getComputedStyle(element);
  if (!style) return '';
  const sized = (value: string): string => {
    const pixels = Number.parseFloat(value);
    return Number.isNaN(pixels) ? value : `${pixels * scale}px`;
  };
  return [
    ['font-family', style.fontFamily],
    ['font-size', sized(style.fontSize)],
    ['font-weight', style.fontWeight],
    ['font-style', style.fontStyle],
    ['letter-spacing', sized(style.letterSpacing)],
    ['line-height', sized(style.lineHeight)],
    ['text-align', style.textAlign],
    ['text-transform', style.textTransform],
    [
      'padding',
      [style.paddingTop, style.paddingRight, style.paddingBottom, style.paddingLeft]
        .map(sized)
        .join(' '),
    ],
    ['color', style.color],
    ['caret-color', style.color],
  ]
    .map(([name, value]) => `${name}: ${value}`)
    .join('; ');
}

/** Hides the letters of a text while it is written over, and nothing else of it. */
export function hideLetters(element: Element | null, isHidden: boolean): void {
  if (!element || !('style' in element)) return;
  const { style } = element as HTMLElement;
  if (isHidden) style.setProperty('-webkit-text-fill-color', 'transparent');
  else style.removeProperty('-webkit-text-fill-color');
}
