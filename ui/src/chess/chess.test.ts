import { describe, expect, it } from 'vitest';
import { ChessController } from './chess.svelte';
import { wholePly } from './advice';
import { adviceOf, best, fork, habitsOf, reviewed } from './testing';

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
      wholePly({ san: 'e4', uci: 'e2e4', fen: 'after e4 b', score: 30 }),
      wholePly({ san: 'e5', uci: 'e7e5', fen: 'after e5 w', score: 25 }),
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

describe('what is written down', () => {
  const made = (san: string) => ({ san, uci: san, fen: `after ${san}` });

  it('stands in the game where it was played, and can be taken out', () => {
    const chess = new ChessController(() => reviewed());
    chess.goTo(1);
    chess.note(made('e6'));
    expect([chess.fen, chess.last?.san]).toEqual(['after e6', 'e6']);
    chess.comment(' solid ');
    expect(chess.game[1]?.variations.map(([first]) => first?.san)).toEqual(['c5', 'e6']);
    expect(chess.takenAway().game?.[1]?.variations?.[1]?.[0]?.comment).toBe('solid');
    chess.step(-1);
    expect(chess.last?.san).toBe('f3');
    chess.stand([1, 1, 0]);
    chess.forget();
    expect(chess.game[1]?.variations).toHaveLength(1);
    expect(chess.canForget).toBe(false);
  });

  it('makes a game where there was none', () => {
    const chess = new ChessController(() => adviceOf());
    expect(chess.takenAway().start).toBe('');
    chess.note(made('Nc7+'));
    chess.note(made('Kd7'));
    expect(chess.game.map(({ san }) => san)).toEqual(['Nc7+', 'Kd7']);
    expect(chess.takenAway().start).toBe(adviceOf().fen);
    chess.keep([made('Ke2')]);
    expect(chess.game[0]?.variations).toHaveLength(1);
    expect(chess.fen).toBe('after Kd7');
  });

  it('leaves a game as it was played', () => {
    const chess = new ChessController(() => reviewed());
    chess.goTo(2);
    chess.forget();
    expect(chess.game).toHaveLength(4);
    expect(chess.isEdited).toBe(false);
  });
});

it('shows a mistake of another game with what was better', () => {
  const habits = habitsOf();
  const chess = new ChessController(() => adviceOf({ habits }));
  const mistake = habits.themes[0]?.examples[0];
  if (!mistake) throw new Error('there is one');
  chess.look(mistake);
  expect(chess.fen).toBe(mistake.fen);
  expect(chess.shapes.map(({ dest, brush }) => `${dest} ${brush}`)).toEqual(['g4 red', 'd3 green']);
  chess.step(1);
  chess.step(1);
  expect(chess.last?.san).toBe('Qh4#');
});
