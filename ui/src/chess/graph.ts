/** The course of a game as a line: White's chances after every move. */
import type { Ply } from './advice';
import { whiteShare } from './score';

export interface Point {
  /** The move, from 1. */
  readonly ply: number;
  /** 0 to 100 from the left. */
  readonly x: number;
  /** 0 to 100 from the top: the higher, the better for White. */
  readonly y: number;
}

/** The moves whose worth is known, spread over the width. */
export function pointsOf(game: readonly Ply[]): Point[] {
  const last = Math.max(1, game.length - 1);
  return game.flatMap(({ score }, index) =>
    score === null
      ? []
      : [{ ply: index + 1, x: (index / last) * 100, y: (1 - whiteShare(score)) * 100 }],
  );
}

/** The area under the line, as a path. */
export function areaOf(points: readonly Point[]): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return '';
  const line = points.map(({ x, y }) => `L${x.toFixed(2)} ${y.toFixed(2)}`).join('');
  return `M${first.x.toFixed(2)} 100${line}L${last.x.toFixed(2)} 100Z`;
}

/** The move that stands at a place of the width, 0 to 1; 0 where there is none. */
export function plyAt(share: number, moves: number): number {
  if (moves === 0) return 0;
  return 1 + Math.round(Math.max(0, Math.min(1, share)) * (moves - 1));
}
