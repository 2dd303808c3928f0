import { describe, expect, it } from 'vitest';
import { placementOf, play, turnOf } from './moves';

const board = (fen: string): string | undefined => fen.split(' ')[0];

describe('moves on a board', () => {
  it.each([
    [
      'a step',
      'rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1',
      'g1f3',
      'rnbqkbnr/pppppppp/8/8/8/5N2/PPPPPPPP/RNBQKB1R',
    ],
    ['a capture', '4k3/8/8/3r4/8/8/8/3RK3 w - - 0 1', 'd1d5', '4k3/8/8/3R4/8/8/8/4K3'],
    ['castling short', 'r3k2r/8/8/8/8/8/8/R3K2R w KQkq - 0 1', 'e1g1', 'r3k2r/8/8/8/8/8/8/R4RK1'],
    ['castling long', 'r3k2r/8/8/8/8/8/8/R3K2R b KQkq - 0 1', 'e8c8', '2kr3r/8/8/8/8/8/8/R3K2R'],
    ['castling in Chess960', '4k3/8/8/8/8/8/8/1R2KR2 w - - 0 1', 'e1f1', '4k3/8/8/8/8/8/8/1R3RK1'],
    ['taking in passing', '4k3/8/8/3pP3/8/8/8/4K3 w - d6 0 1', 'e5d6', '4k3/8/3P4/8/8/8/8/4K3'],
    ['becoming a knight', '4k3/8/8/8/8/8/p7/4K3 b - - 0 1', 'a2a1n', '4k3/8/8/8/8/8/8/n3K3'],
    ['passing', '4k3/8/8/8/8/8/8/4K3 w - - 0 1', '0000', '4k3/8/8/8/8/8/8/4K3'],
  ])('%s', (_, fen, uci, expected) => {
    const after = play(fen, uci);
    expect(board(after)).toBe(expected);
    expect(turnOf(after)).not.toBe(turnOf(fen));
  });

  it('reads pieces by square', () => {
    const pieces = placementOf('4k3/8/8/8/8/8/P7/4K3 w - - 0 1');
    expect([...pieces]).toEqual([
      ['e8', 'k'],
      ['a2', 'P'],
      ['e1', 'K'],
    ]);
  });
});
