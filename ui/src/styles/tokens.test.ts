// @vitest-environment node
import { describe, expect, it } from 'vitest';

import farther from './contrast.css?raw';
import { contrast, type Oklch } from './oklch';
import usual from './tokens.css?raw';

/** A light and a dark colour; the hue is a function where it is the assistant's. */
type Pair = readonly [Oklch, Oklch];

const NUMBER = String.raw`([\d.]+)`;
const HUE = String.raw`(var\(--hue[^)]*\)|[\d.]+)`;
const COLOUR = String.raw`oklch\(${NUMBER} ${NUMBER} ${HUE}\)`;
const PAIR = new RegExp(String.raw`--([\w-]+):\s*light-dark\(${COLOUR},\s*${COLOUR}\)`, 'g');

const tokens = (assistantHue: number, css: string): Record<string, Pair> => {
  const colour = (parts: readonly (string | undefined)[]): Oklch => {
    const [l, c, h] = parts;
    return { l: Number(l), c: Number(c), h: h?.startsWith('var') ? assistantHue : Number(h) };
  };
  return Object.fromEntries(
    [...css.matchAll(PAIR)].map(([, name, ...parts]) => [
      name,
      [colour(parts.slice(0, 3)), colour(parts.slice(3))],
    ]),
  );
};

const SURFACES = ['desk', 'panel', 'sheet', 'well', 'raised', 'hover'];
const TEXTS = ['ink', 'ink-soft', 'ink-faint', 'accent', 'good', 'warn', 'bad'];
const CODE = ['keyword', 'name', 'string', 'number', 'function', 'comment'].map(
  (of) => `code-${of}`,
);
/** Words on a ground of their own. */
const READ: readonly (readonly [string, string])[] = [
  ...SURFACES.flatMap((surface) => TEXTS.map((text) => [text, surface] as const)),
  ...CODE.flatMap((text) => [[text, 'well'] as const, [text, 'code-selection'] as const]),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['accent', 'accent-wash'],
  ['ink', 'accent-wash'],
  ['ink', 'code-selection'],
  ['sheet', 'good'],
  ['sheet', 'bad'],
  ['sheet', 'ink'],
  ...['good', 'warn', 'bad'].flatMap((mood) =>
    [mood, 'ink', 'ink-soft'].map((text) => [text, `${mood}-wash`] as const),
  ),
];
/** The bounds of what can be operated. */
const SEEN: readonly (readonly [string, string])[] = [
  ...SURFACES.map((surface) => ['line-strong', surface] as const),
  ['accent', 'desk'],
  ...Array.from({ length: 8 }, (_, index) => [`chart-${index + 1}`, 'sheet'] as const),
];

/** How far apart words and grounds, and bounds and grounds, have to be. */
const SETS = [
  ['in the light', 0, usual, 4.5, 3],
  ['in the dark', 1, usual, 4.5, 3],
  ['in the light, with more contrast', 0, farther, 7, 4.5],
  ['in the dark, with more contrast', 1, farther, 7, 4.5],
] as const;

describe.each(SETS)('%s', (_, index, css, read, seen) => {
  const pairs = tokens(70, css);
  const between = (one: string, other: string): number => {
    const [front, back] = [pairs[one]?.[index], pairs[other]?.[index]];
    if (!front || !back) throw new Error(`no pair of colours for ${one} on ${other}`);
    return contrast(front, back);
  };

  it.each(READ)('%s can be read on %s', (text, ground) => {
    expect(between(text, ground)).toBeGreaterThanOrEqual(read);
  });

  it.each(SEEN)('%s can be seen on %s', (line, ground) => {
    expect(between(line, ground)).toBeGreaterThanOrEqual(seen);
  });

  it('every hue that an assistant may have can be read', () => {
    for (let hue = 0; hue < 360; hue += 5) {
      const hued = tokens(hue, css);
      const ink = hued['hue-ink']?.[index];
      for (const ground of [...SURFACES, 'hue-wash']) {
        const back = hued[ground]?.[index];
        if (!ink || !back) throw new Error(`no pair of colours for ${ground}`);
        expect(contrast(ink, back), `hue ${hue} on ${ground}`).toBeGreaterThanOrEqual(read);
      }
    }
  });
});

it('with more contrast every role has colours of its own, and hairlines can be seen', () => {
  const [all, own] = [tokens(70, usual), tokens(70, farther)];
  expect(Object.keys(all).filter((name) => !(name in own) && name !== 'hue-first')).toEqual([]);
  for (const index of [0, 1] as const) {
    const [line, ground] = [own['line']?.[index], own['sheet']?.[index]];
    if (!line || !ground) throw new Error('no hairlines');
    expect(contrast(line, ground)).toBeGreaterThanOrEqual(3);
  }
});

it('black on white is 21', () => {
  expect(contrast({ l: 0, c: 0, h: 0 }, { l: 1, c: 0, h: 0 })).toBeCloseTo(21, 1);
});
