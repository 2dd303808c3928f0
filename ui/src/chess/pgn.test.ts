import { describe, expect, it } from 'vitest';
import { adviceOf, best } from './testing';
import { pgnOf } from './pgn';

describe('what is shown as PGN', () => {
  it('is the line from a position, with that position', () => {
    const line = ['Rxd1+', 'Kxd1', 'Kd7'];
    const advice = adviceOf({
      fen: '4k3/8/8/3r4/8/8/8/3RK3 b - - 0 12',
      candidates: [{ ...best, line }],
    });
    expect(pgnOf(advice)).toBe(
      '[SetUp "1"]\n[FEN "4k3/8/8/3r4/8/8/8/3RK3 b - - 0 12"]\n\n12... Rxd1+ 13. Kxd1 Kd7 *',
    );
  });

  it('is the game where there is one, with what is said of its moves', () => {
    const start = 'rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1';
    const advice = adviceOf({
      start,
      game: [
        { san: 'f3', uci: 'f2f3', fen: '', score: 0, comment: 'oh {no}' },
        { san: 'e5', uci: 'e7e5', fen: '', score: null, comment: '' },
      ],
      turning_points: [{ ply: 0, better: { san: 'e4', uci: 'e2e4' }, loss: 50, reason: 'Weak.' }],
    });
    expect(pgnOf(advice)).toBe('1. f3 { oh {no) e4: Weak. } e5 *');
  });
});
