/** Advice with everything that older runs may lack filled in, so that the views need not ask. */
import type { ChessCandidate, ChessFact, ChessPly, ChessResult } from '../backend/bindings';

type Filled<T> = { [K in keyof T]-?: Exclude<T[K], undefined> };
export type Candidate = Filled<ChessCandidate>;
export type ProvedFact = Filled<ChessFact>;
export type Ply = Filled<ChessPly>;
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
};

export function whole(result: ChessResult): Advice {
  return {
    ...NOTHING,
    ...result,
    candidates: result.candidates.map((one) => ({ uci_line: [], wdl: null, ...one })),
    facts: result.facts.map((one) => ({ line: [], uci_line: [], ...one })),
    game: (result.game ?? []).map((one) => ({ score: null, comment: '', ...one })),
  };
}
