/** What is shown as PGN, to be taken elsewhere: the game, or the line from the position. */
import type { Advice } from './advice';
import { turnOf } from './moves';

/** Moves with their numbers, from a position. */
function numbered(fen: string, sans: readonly string[], comments: readonly string[]): string {
  let half = turnOf(fen) === 'white' ? 0 : 1;
  const first = Number(fen.split(' ')[5]) || 1;
  const words = sans.map((san, index) => {
    const number = first + Math.floor(half / 2);
    const isWhite = half % 2 === 0;
    half++;
    const prefix = isWhite ? `${number}. ` : index === 0 ? `${number}... ` : '';
    const comment = comments[index]?.replaceAll('}', ')');
    return `${prefix}${san}${comment ? ` { ${comment} }` : ''}`;
  });
  return words.join(' ');
}

const START = 'rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1';

export function pgnOf(advice: Advice): string {
  const hasGame = advice.game.length > 0;
  const fen = hasGame ? advice.start : advice.fen;
  const sans = hasGame ? advice.game.map(({ san }) => san) : (advice.candidates[0]?.line ?? []);
  const comments = advice.game.map(({ comment }, index) => {
    const turn = advice.turning_points.find(({ ply }) => ply === index);
    return [comment, turn ? `${turn.better.san}: ${turn.reason}` : ''].filter(Boolean).join(' ');
  });
  const setup = fen === START ? '' : `[SetUp "1"]\n[FEN "${fen}"]\n\n`;
  return `${setup}${numbered(fen, sans, comments)} *`;
}
