/** What the board shows: the position asked about, a line being played through, or a move of the game. */
import type { DrawShape } from 'chessground/draw';
import type { Key } from 'chessground/types';
import type { ChessMistake, ChessResult, ChessScore } from '../backend/bindings';
import { edited, plyOf, whole, type Candidate, type Ply, type ProvedFact } from './advice';
import { play, squaresOf, turnOf } from './moves';
import { turned } from './score';
import { back, forward, mainPly, plyAt, withComment, without, withMove, type Path } from './tree';

/** Moves one after the other, and where they begin. */
interface Line {
  readonly start: string;
  readonly ucis: readonly string[];
  readonly sans: readonly string[];
}

/** A move that was made by hand, and the position after it. */
export type Made = Pick<Ply, 'san' | 'uci' | 'fen'>;

export class ChessController {
  readonly #result: () => ChessResult;
  readonly advice = $derived.by(() => whole(this.#result()));
  /** The game as it is with what was added by hand; nothing while nothing was. */
  #edited = $state.raw<readonly Ply[] | null>(null);
  /** The line that is played through; nothing while the board shows a position of its own. */
  line = $state.raw<Line | null>(null);
  /** How many of its moves are played. */
  at = $state(0);
  /** The fact that lights up its squares. */
  lit = $state.raw<ProvedFact | null>(null);
  /** The mistake of another game that is shown. */
  mistake = $state.raw<ChessMistake | null>(null);
  /** Where in the game the board stands; nothing while it does not follow the game. */
  spot = $state.raw<Path | null>(null);
  #flipped = $state(false);

  constructor(result: () => ChessResult) {
    this.#result = result;
  }

  readonly game = $derived.by(() => this.#edited ?? this.advice.game);
  readonly isEdited = $derived.by(() => this.#edited !== null);
  /** Where the game begins; without one, where lines do. */
  readonly start = $derived.by(() => this.advice.start || this.advice.fen);
  /** After how many moves of the game itself the board stands; nothing while it does not follow it. */
  readonly ply = $derived.by(() => (this.spot ? mainPly(this.spot) : null));
  /** Where the position that was asked about stands in the game. */
  readonly origin = $derived.by((): Path => {
    const { ply, game } = this.advice;
    const moves = ply ?? game.length;
    return moves === 0 ? [] : [moves - 1];
  });

  /** The move that is shown, where it is one of the game. */
  readonly shown = $derived.by(() => {
    const spot = this.line ? null : (this.spot ?? this.origin);
    return spot && plyAt(this.game, spot);
  });

  /** Who sits at the bottom: whose move it is, unless the board was turned. */
  readonly orientation = $derived.by(() => {
    const turn = turnOf(this.mistake?.fen ?? this.advice.fen);
    if (!this.#flipped) return turn;
    return turn === 'white' ? 'black' : 'white';
  });

  readonly fen = $derived.by(() => {
    if (this.line) return this.line.ucis.slice(0, this.at).reduce(play, this.line.start);
    if (this.spot === null) return this.advice.fen;
    return this.spot.length === 0
      ? this.start
      : (plyAt(this.game, this.spot)?.fen ?? this.advice.fen);
  });

  /** The move that led to what is shown: as engines write it, and as people do. */
  readonly last = $derived.by(() => {
    const { line, at } = this;
    if (line) return at > 0 ? pair(line.ucis[at - 1], line.sans[at - 1]) : null;
    return this.shown ? pair(this.shown.uci, this.shown.san) : null;
  });

  /** Whether the board shows the position that was asked about. */
  readonly isHome = $derived.by(
    () => !this.mistake && !(this.line && this.at > 0) && this.fen === this.advice.fen,
  );

  /** What the shown position is worth to White, where that is known. */
  readonly score = $derived.by((): ChessScore | null => {
    if (this.mistake) return null;
    if (!this.line && this.spot && !this.isHome) return plyAt(this.game, this.spot)?.score ?? null;
    const best = this.advice.candidates[0]?.score;
    if (best === undefined) return null;
    return turnOf(this.advice.fen) === 'white' ? best : turned(best);
  });

  readonly shapes = $derived.by((): DrawShape[] => {
    if (this.lit) return litShapes(this.lit);
    if (this.mistake && this.at === 0) {
      const { better, played } = this.mistake;
      return [arrow(played.uci, 'red'), arrow(better.uci, 'green')];
    }
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

  /** Shows a mistake of another game; the moves that show it can then be played through. */
  look(mistake: ChessMistake): void {
    this.#show({ start: mistake.fen, ucis: mistake.uci_line, sans: mistake.line }, 0);
    this.mistake = mistake;
  }

  /** Goes to a move of the game, 0 for its beginning. */
  goTo(ply: number): void {
    const held = Math.max(0, Math.min(ply, this.game.length));
    this.stand(held === 0 ? [] : [held - 1]);
  }

  /** Goes to any move of the game or of its variations. */
  stand(spot: Path): void {
    this.home();
    this.spot = spot;
  }

  /** One move on, or back; along the line in hand, else along the game. */
  step(by: 1 | -1): void {
    if (this.line) this.at = Math.max(0, Math.min(this.at + by, this.line.ucis.length));
    else if (this.game.length > 0) {
      const now = this.spot ?? this.origin;
      this.stand((by === 1 ? forward(this.game, now) : back(now)) ?? now);
    } else if (by === 1 && this.advice.candidates[0]) this.follow(this.advice.candidates[0], 1);
  }

  /** Back to the position that was asked about. */
  home(): void {
    this.line = null;
    this.at = 0;
    this.lit = null;
    this.mistake = null;
    this.spot = null;
  }

  /** Writes a move down after the one that is shown, and shows it. */
  note(made: Made): void {
    const { game, path } = withMove(this.game, this.spot ?? this.origin, plyOf(made));
    this.#edited = game;
    this.stand(path);
  }

  /** Writes down what was played on from the position that was asked about; the board stays as it is. */
  keep(moves: readonly Made[]): void {
    let [game, path] = [this.game, this.origin];
    for (const made of moves) ({ game, path } = withMove(game, path, plyOf(made)));
    this.#edited = game;
  }

  /** Says something of the move that is shown. */
  comment(text: string): void {
    const spot = this.spot ?? this.origin;
    if (spot.length > 0) this.#edited = withComment(this.game, spot, text.trim());
  }

  /** Whether the move that is shown can be taken out: the game itself stays as it was played. */
  readonly canForget = $derived.by(() => {
    const spot = this.spot;
    if (!spot?.length) return false;
    return spot.length > 1 || (spot[0] ?? 0) >= this.advice.game.length;
  });

  /** Takes out the move that is shown, and what follows it. */
  forget(): void {
    const spot = this.spot;
    if (!spot || !this.canForget) return;
    this.#edited = without(this.game, spot);
    this.stand(back(spot) ?? []);
  }

  /** The advice as it is to be taken away. */
  takenAway(): ChessResult {
    return this.isEdited ? edited(this.#result(), this.game) : this.#result();
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
