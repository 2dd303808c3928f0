/** A palette as it is written, and how well its colours can be read. Pure. */

export interface Swatch {
  readonly colour: string;
  readonly name: string;
  /** Contrast of white and of black words on it, 1 to 21. */
  readonly white: number;
  readonly black: number;
}

/** One colour to a line, `#rrggbb` and a name; anything else is left out. */
export function swatchesOf(text: string): Swatch[] {
  return text.split('\n').flatMap((line) => {
    const parts = /(#[0-9a-f]{6})\b[\s:,–—-]*(.*)$/i.exec(line);
    if (!parts) return [];
    const colour = (parts[1] ?? '').toLowerCase();
    const light = luminance(colour);
    const before = line.slice(0, parts.index).replace(/^[\s*•\d.)-]+|[\s:,–—-]+$/g, '');
    return [
      {
        colour,
        name: (parts[2] ?? '').trim() || before,
        white: 1.05 / (light + 0.05),
        black: (light + 0.05) / 0.05,
      },
    ];
  });
}

/** Relative luminance as WCAG has it. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Enough for words of ordinary size. */
export const ENOUGH = 4.5;
