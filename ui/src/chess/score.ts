/** What a position is worth, for the eye. */
import type { ChessScore } from '../backend/bindings';

/** From here on one side has won as good as surely, in hundredths of a pawn. */
const DECIDED = 1000;

const isMate = (score: ChessScore): score is { mate: number } => typeof score === 'object';

/** As people write it: `+1.2`, `−0.4`, `#3`, `−#2`. */
export function scoreText(score: ChessScore): string {
  if (isMate(score)) return `${score.mate < 0 ? '−' : ''}#${Math.abs(score.mate)}`;
  const sign = score < 0 ? '−' : '+';
  return `${sign}${(Math.abs(score) / 100).toFixed(1)}`;
}

/** The same from the other side. */
export const turned = (score: ChessScore): ChessScore =>
  isMate(score) ? { mate: -score.mate } : -score;

/**
 * White's share of a bar, 0 to 1. It follows the chance to win and not the material, so that the
 * first pawn counts for more than the ninth.
 */
export function whiteShare(score: ChessScore): number {
  if (isMate(score)) return score.mate > 0 ? 1 : 0;
  const held = Math.max(-DECIDED, Math.min(DECIDED, score));
  return 1 / (1 + Math.exp(-0.00368208 * held));
}
