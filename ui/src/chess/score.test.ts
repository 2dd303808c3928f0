import { describe, expect, it } from 'vitest';
import { scoreText, turned, whiteShare } from './score';

describe('what a position is worth', () => {
  it('is written with its sign', () => {
    expect([120, -40, 0, { mate: 3 }, { mate: -2 }].map(scoreText)).toEqual([
      '+1.2',
      '−0.4',
      '+0.0',
      '#3',
      '−#2',
    ]);
  });

  it('is turned with the sides', () => {
    expect(turned(30)).toBe(-30);
    expect(turned({ mate: -2 })).toEqual({ mate: 2 });
  });

  it('fills the bar by the chance to win', () => {
    expect(whiteShare(0)).toBe(0.5);
    expect(whiteShare({ mate: -1 })).toBe(0);
    expect(whiteShare(100)).toBeGreaterThan(0.55);
    expect(whiteShare(5000)).toBe(whiteShare(1000));
  });
});
