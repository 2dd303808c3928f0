// @vitest-environment node
import { describe, expect, it } from 'vitest';

import { typed } from './cells';
import { blocksOf, growing } from './markdown';
import { withoutMarkup } from './mermaid';
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

  const pieces = [
    '# One\n\ntext\nmore\n',
    '\nA line\n---\n\n',
    '- a\n\n- b\n\n  under b\n\n',
    '1. one\n2. two\n\n3. three\n\n',
    '> said\n> more\nlazily\n\n',
    '| a | b |\n|---|---|\n| 1 | 2 |\n\n',
    '```sql\nselect 1;\n\nselect 2;\n```\n',
    '**bold** and `code`\n\n***\n\n## Two\n\n* 客戶\n* 分布\n\nthe end',
  ];
  it.each([
    ['in order', pieces],
    ['backwards', pieces.toReversed()],
  ])('reads a text that grows as if it had been there at once: %s', (_, order) => {
    const whole = order.join('');
    const read = growing();
    for (let end = 1; end <= whole.length; end += 1) {
      const text = whole.slice(0, end);
      expect(read(text), text).toEqual(blocksOf(text));
    }
  });

  it('keeps what is settled, and begins anew with another text', () => {
    const read = growing();
    const text = 'one\n\ntwo\n\nthree\n\n';
    const [first] = read(text);
    expect(read(`${text}four`)[0]).toBe(first);
    expect(read('two')).toEqual(blocksOf('two'));
  });

  it('reads entities as people wrote them', () => {
    expect(JSON.stringify(blocksOf('Fish &amp; Chips < 5'))).toContain('Fish & Chips < 5');
  });
});

it('leaves markup out of a diagram, and everything that only looks like it in', () => {
  expect(withoutMarkup('A["<img src=x onerror=alert(1)>"] --> B')).toBe('A[""] --> B');
  expect(withoutMarkup('A["<svg/onload=alert(1)"]')).toBe('A["');
  const harmless =
    'A[one<br/>two] --> B\nclass C {\n <<interface>>\n}\nD <|-- E\nF <--> G\nH["3 < 4"]';
  expect(withoutMarkup(harmless)).toBe(harmless);
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
