import { describe, expect, it } from 'vitest';
import { plyOf, type Ply } from './advice';
import { back, forward, mainPly, plyAt, withComment, without, withMove, type Path } from './tree';

const ply = (san: string, ...variations: Ply[][]): Ply => ({
  ...plyOf({ san, uci: san, fen: `after ${san}` }),
  variations,
});

/** 1. e4 e5 (1... c5 2. Nf3 (2. c3 d5)) 2. Nf3 */
const GAME = [ply('e4'), ply('e5', [ply('c5'), ply('Nf3', [ply('c3'), ply('d5')])]), ply('Nf3')];

const san = (path: Path | null): string | null => (path ? (plyAt(GAME, path)?.san ?? null) : null);

describe('a game with variations', () => {
  it('is walked along its lines', () => {
    expect(san(forward(GAME, []))).toBe('e4');
    expect(san(forward(GAME, [1, 0, 0]))).toBe('Nf3');
    expect(san([1, 0, 1, 0, 1])).toBe('d5');
    expect(forward(GAME, [2])).toBeNull();
    expect(plyAt(GAME, [7, 0, 1])).toBeNull();
  });

  it('is walked back out of a variation to what came before it', () => {
    expect(back([1, 0, 1, 0, 0])).toEqual([1, 0, 0]);
    expect(back([1, 0, 0])).toEqual([0]);
    expect(back([0])).toEqual([]);
    expect(back([])).toBeNull();
    expect([mainPly([]), mainPly([2]), mainPly([1, 0, 1])]).toEqual([0, 3, 1]);
  });

  it('takes moves: known ones, at the end of a line, and new variations', () => {
    expect(withMove(GAME, [], ply('e4'))).toEqual({ game: GAME, path: [0] });
    expect(withMove(GAME, [0], ply('c5'))).toEqual({ game: GAME, path: [1, 0, 0] });
    const end = withMove(GAME, [1, 0, 1, 0, 1], ply('exd5'));
    expect(plyAt(end.game, end.path)?.san).toBe('exd5');
    expect(end.path).toEqual([1, 0, 1, 0, 2]);
    const fresh = withMove(GAME, [0], ply('e6'));
    expect(fresh.path).toEqual([1, 1, 0]);
    expect(plyAt(fresh.game, fresh.path)?.san).toBe('e6');
    expect(GAME[1]?.variations).toHaveLength(1);
    expect(withMove([], [], ply('d4')).game.map((one) => one.san)).toEqual(['d4']);
  });

  it('takes comments, and lets variations go', () => {
    const said = withComment(GAME, [1, 0, 1], 'good');
    expect(plyAt(said, [1, 0, 1])?.comment).toBe('good');
    expect(plyAt(said, [1])?.comment).toBe('');
    const shorter = without(GAME, [1, 0, 1]);
    expect(shorter[1]?.variations[0]?.map((one) => one.san)).toEqual(['c5']);
    expect(without(GAME, [1, 0, 0])[1]?.variations).toEqual([]);
  });
});
