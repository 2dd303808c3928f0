// @vitest-environment node
import { describe, expect, it } from 'vitest';

import { typed } from './cells';
import { blocksOf } from './markdown';
import { swatchesOf } from './palette';

describe('Markdown', () => {
  it.each([
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['a <img src=x onerror=alert(1)> b', '<img src=x onerror=alert(1)>'],
    ['![words](https://example.com/x.png)', 'words'],
  ])('draws %s as text', (source, words) => {
    const text = JSON.stringify(blocksOf(source));
    expect(text).toContain(JSON.stringify(words).slice(1, -1));
    expect(text).not.toMatch(/"kind":"(html|image)"/);
  });

  it('keeps lists within lists, and what is done', () => {
    expect(blocksOf('- [x] one\n- two\n  1. three')).toMatchObject([
      {
        kind: 'list',
        items: [
          { checked: true },
          { checked: null, blocks: [{ kind: 'paragraph' }, { kind: 'list', isOrdered: true }] },
        ],
      },
    ]);
  });

  it('reads entities as people wrote them', () => {
    expect(JSON.stringify(blocksOf('Fish &amp; Chips < 5'))).toContain('Fish & Chips < 5');
  });
});

it('reads colours with their names, wherever the names stand', () => {
  const swatches = swatchesOf('#FFFFFF snow\n- Ink: #000000\nnothing');
  expect(swatches.map(({ colour, name }) => [colour, name])).toEqual([
    ['#ffffff', 'snow'],
    ['#000000', 'Ink'],
  ]);
  expect(swatches.map(({ white, black }) => [white, black].map(Math.round))).toEqual([
    [1, 21],
    [21, 1],
  ]);
});

it('takes figures as figures, and codes as names', () => {
  expect(
    typed([
      ['name', 'sum', 'code'],
      ['a', '12.5', '007'],
      ['b', '', '010'],
    ]),
  ).toEqual({
    columns: ['name', 'sum', 'code'],
    rows: [
      ['a', 12.5, '007'],
      ['b', null, '010'],
    ],
  });
  expect(typed([['only a head']])).toBeNull();
});
