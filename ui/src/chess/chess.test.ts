import { describe, expect, it } from 'vitest';
import { ChessController } from './chess.svelte';
import { adviceOf, best, fork } from './testing';

const START = 'rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1';

describe('what the board shows', () => {
  it('begins with the position asked about, and arrows for the best moves', () => {
    const chess = new ChessController(() => adviceOf());
    expect(chess.isHome).toBe(true);
    expect(chess.orientation).toBe('white');
    expect(chess.shapes.map(({ orig, dest }) => `${orig}${dest}`)).toEqual(['d5c7', 'e1e2']);
    expect(chess.score).toBe(520);
  });

  it('plays a line, a move at a time, and comes back', () => {
    const advice = adviceOf();
    const chess = new ChessController(() => advice);
    chess.follow(best, 3);
    expect(chess.fen.split(' ')[0]).toBe('N7/3k4/8/8/8/8/8/4K3');
    expect(chess.last?.san).toBe('Nxa8');
    chess.step(-1);
    expect(chess.last?.san).toBe('Kd7');
    expect(chess.shapes).toEqual([]);
    chess.home();
    expect(chess.fen).toBe(advice.fen);
  });

  it('lights up a fact, and puts it out again', () => {
    const chess = new ChessController(() => adviceOf());
    chess.light(fork);
    expect(chess.shapes.map(({ orig, dest }) => dest ?? orig)).toEqual(['c7', 'a8', 'e8', 'c7']);
    chess.light(fork);
    expect(chess.lit).toBeNull();
  });

  it('turns scores with the side to move, and the board when asked', () => {
    const chess = new ChessController(() => adviceOf({ fen: 'r3k3/8/8/3N4/8/8/8/4K3 b - - 0 1' }));
    expect(chess.score).toBe(-520);
    expect(chess.orientation).toBe('black');
    chess.flip();
    expect(chess.orientation).toBe('white');
  });

  it('goes through a game', () => {
    const game = [
      { san: 'e4', uci: 'e2e4', fen: 'after e4 b', score: 30, comment: '' },
      { san: 'e5', uci: 'e7e5', fen: 'after e5 w', score: 25, comment: '' },
    ];
    const chess = new ChessController(() => adviceOf({ start: START, game, ply: 2 }));
    expect(chess.last?.san).toBe('e5');
    chess.step(-1);
    expect([chess.fen, chess.score]).toEqual(['after e4 b', 30]);
    chess.goTo(0);
    expect([chess.fen, chess.last]).toEqual([START, null]);
    chess.step(-1);
    expect(chess.ply).toBe(0);
  });
});
