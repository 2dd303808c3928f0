/** How long words are before they are drawn, and how they are cut. In `em` of the axis' type. */
const WIDE = /[\u1100-\u115f\u2e80-\uffdc]/;

export function ems(text: string): number {
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 1 : 0.54;
  return width;
}

/** The text, or its beginning and an ellipsis. */
export function cut(text: string, most: number): string {
  if (ems(text) <= most) return text;
  let kept = '';
  for (const character of text) {
    if (ems(kept + character) > most - 0.8) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}
