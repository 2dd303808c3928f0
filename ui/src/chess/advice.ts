/** Advice with everything that older runs may lack filled in, so that the views need not ask. */
import type { ChessCandidate, ChessFact, ChessPly, ChessResult } from '../backend/bindings';

type Filled<T> = { [K in keyof T]-?: Exclude<T[K], undefined> };
export type Candidate = Filled<ChessCandidate>;
export type ProvedFact = Filled<ChessFact>;
export interface Ply extends Filled<Omit<ChessPly, 'variations'>> {
  readonly variations: Ply[][];
}
export interface Advice extends Filled<
  Omit<ChessResult, 'candidates' | 'facts' | 'game' | 'meant'>
> {
  readonly candidates: Candidate[];
  readonly facts: ProvedFact[];
  readonly game: Ply[];
}

const NOTHING = {
  opening: null,
  start: '',
  turning_points: [],
  depth: 0,
  title: '',
  ply: null,
  game_number: 0,
  games: 0,
  accuracy: null,
  chess960: false,
  tags: [],
  preference: null,
  habits: null,
};

/** A move with all that is said of it, and with what could have been played in its place. */
export function wholePly(ply: ChessPly): Ply {
  return {
    score: null,
    comment: '',
    before: '',
    marks: [],
    ...ply,
    variations: (ply.variations ?? []).map((line) => line.map(wholePly)),
  };
}

/** A move that somebody made by hand. */
export const plyOf = (move: Pick<ChessPly, 'san' | 'uci' | 'fen'>): Ply => wholePly(move);

/** As the desk takes it. */
const bare = ({ variations, ...ply }: Ply): ChessPly => ({
  ...ply,
  variations: variations.map((line) => line.map(bare)),
});

/** Advice with the moves and comments that were added to it by hand. */
export function edited(result: ChessResult, game: readonly Ply[]): ChessResult {
  if (game.length === 0) return result;
  return { ...result, game: game.map(bare), start: result.start || result.fen };
}

export function whole(result: ChessResult): Advice {
  return {
    ...NOTHING,
    ...result,
    candidates: result.candidates.map((one) => ({ uci_line: [], wdl: null, ...one })),
    facts: result.facts.map((one) => ({ line: [], uci_line: [], ...one })),
    game: (result.game ?? []).map(wholePly),
  };
}
