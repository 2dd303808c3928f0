/** What the board shows: the position asked about, a line being played through, or a move of the game. */
import type { DrawShape } from 'chessground/draw';
import type { Key } from 'chessground/types';
import type { ChessResult, ChessScore } from '../backend/bindings';
import { whole, type Candidate, type ProvedFact } from './advice';
import { play, squaresOf, turnOf } from './moves';
import { turned } from './score';

/** Moves one after the other, and where they begin. */
interface Line {
  readonly start: string;
  readonly ucis: readonly string[];
  readonly sans: readonly string[];
}

export class ChessController {
  readonly #result: () => ChessResult;
  readonly advice = $derived.by(() => whole(this.#result()));
  /** The line that is played through; nothing while the board shows a position of its own. */
  line = $state.raw<Line | null>(null);
  /** How many of its moves are played. */
  at = $state(0);
  /** The fact that lights up its squares. */
  lit = $state.raw<ProvedFact | null>(null);
  /** After how many moves of the game the board stands; nothing while it does not follow the game. */
  ply = $state<number | null>(null);
  #flipped = $state(false);

  constructor(result: () => ChessResult) {
    this.#result = result;
  }

  /** Who sits at the bottom: whose move it is, unless the board was turned. */
  readonly orientation = $derived.by(() => {
    const turn = turnOf(this.advice.fen);
    if (!this.#flipped) return turn;
    return turn === 'white' ? 'black' : 'white';
  });

  readonly fen = $derived.by(() => {
    if (this.line) return this.line.ucis.slice(0, this.at).reduce(play, this.line.start);
    if (this.ply === null) return this.advice.fen;
    return this.ply === 0
      ? this.advice.start
      : (this.advice.game[this.ply - 1]?.fen ?? this.advice.fen);
  });

  /** The move that led to what is shown: as engines write it, and as people do. */
  readonly last = $derived.by(() => {
    const { advice, line, at } = this;
    if (line && at > 0) return pair(line.ucis[at - 1], line.sans[at - 1]);
    const ply = line ? null : (this.ply ?? advice.ply);
    const move = ply ? advice.game[ply - 1] : undefined;
    return move ? pair(move.uci, move.san) : null;
  });

  /** Whether the board shows the position that was asked about. */
  readonly isHome = $derived.by(() => !(this.line && this.at > 0) && this.fen === this.advice.fen);

  /** What the shown position is worth to White, where that is known. */
  readonly score = $derived.by((): ChessScore | null => {
    if (!this.line && this.ply) return this.advice.game[this.ply - 1]?.score ?? null;
    const best = this.advice.candidates[0]?.score;
    if (best === undefined) return null;
    return turnOf(this.advice.fen) === 'white' ? best : turned(best);
  });

  readonly shapes = $derived.by((): DrawShape[] => {
    if (this.lit) return litShapes(this.lit);
    if (!this.isHome) return [];
    return this.advice.candidates
      .slice(0, 3)
      .map((candidate, index) => arrow(candidate.uci, index === 0 ? 'green' : 'paleBlue'));
  });

  flip(): void {
    this.#flipped = !this.#flipped;
  }

  /** Plays a candidate's line up to one of its moves, counted from 1. */
  follow(candidate: Pick<Candidate, 'line' | 'uci_line'>, at: number): void {
    this.#show({ start: this.advice.fen, ucis: candidate.uci_line, sans: candidate.line }, at);
  }

  /** Lights up a fact, or puts it out; its line can then be played through. */
  light(fact: ProvedFact): void {
    const isLit = this.lit === fact;
    this.home();
    if (isLit) return;
    this.lit = fact;
    this.line = { start: this.advice.fen, ucis: fact.uci_line, sans: fact.line };
  }

  /** Goes to a move of the game, 0 for its beginning. */
  goTo(ply: number): void {
    this.home();
    this.ply = Math.max(0, Math.min(ply, this.advice.game.length));
  }

  /** One move on, or back; along the line in hand, else along the game. */
  step(by: 1 | -1): void {
    if (this.line) this.at = Math.max(0, Math.min(this.at + by, this.line.ucis.length));
    else if (this.advice.game.length > 0) {
      this.goTo((this.ply ?? this.advice.ply ?? this.advice.game.length) + by);
    } else if (by === 1 && this.advice.candidates[0]) this.follow(this.advice.candidates[0], 1);
  }

  /** Back to the position that was asked about. */
  home(): void {
    this.line = null;
    this.at = 0;
    this.lit = null;
    this.ply = null;
  }

  #show(line: Line, at: number): void {
    this.home();
    this.line = line;
    this.at = at;
  }
}

const pair = (uci: string | undefined, san: string | undefined) =>
  uci !== undefined && san !== undefined ? { uci, san } : null;

const key = (square: string): Key => square as Key;

function arrow(uci: string, brush: string): DrawShape {
  const [from, to] = squaresOf(uci);
  return { orig: key(from), dest: key(to), brush };
}

/** A ring on each square, and an arrow for the move that shows it. */
function litShapes(fact: ProvedFact): DrawShape[] {
  const rings = fact.squares.map((square): DrawShape => ({ orig: key(square), brush: 'yellow' }));
  const first = fact.uci_line[0];
  return first ? [...rings, arrow(first, 'green')] : rings;
}
