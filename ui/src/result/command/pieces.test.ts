// @vitest-environment node
import { expect, it } from 'vitest';

import { piecesOf } from './pieces';

const part = (text: string) => ({ text, explanation: '' });

it('cuts a command at its parts, from left to right', () => {
  expect(piecesOf('du -a . | du', [part('du'), part('-a'), part('| du')])).toEqual([
    { text: 'du', part: 0 },
    { text: ' ', part: null },
    { text: '-a', part: 1 },
    { text: ' . ', part: null },
    { text: '| du', part: 2 },
  ]);
});

it('keeps every letter, also where a part is not in the command', () => {
  const pieces = piecesOf('ls -la', [part('rm'), part(''), part('-la')]);
  expect(pieces.map(({ text }) => text).join('')).toBe('ls -la');
  expect(pieces.at(-1)).toEqual({ text: '-la', part: 2 });
});
