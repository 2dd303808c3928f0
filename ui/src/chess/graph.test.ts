import { describe, expect, it } from 'vitest';
import { wholePly, type Ply } from './advice';
import { areaOf, plyAt, pointsOf } from './graph';

const ply = (score: Ply['score']): Ply => wholePly({ san: 'e4', uci: 'e2e4', fen: '', score });

describe('the course of a game', () => {
  it('has a point for every move that was looked at', () => {
    const points = pointsOf([ply(0), ply(null), ply({ mate: 1 })]);
    expect(points).toEqual([
      { ply: 1, x: 0, y: 50 },
      { ply: 3, x: 100, y: 0 },
    ]);
    expect(areaOf(points)).toBe('M0.00 100L0.00 50.00L100.00 0.00L100.00 100Z');
  });

  it('is empty without any', () => {
    expect(areaOf(pointsOf([ply(null)]))).toBe('');
  });

  it('finds the move at a place', () => {
    expect([0, 0.5, 1, 2].map((share) => plyAt(share, 5))).toEqual([1, 3, 5, 5]);
    expect(plyAt(0.5, 0)).toBe(0);
  });
});
