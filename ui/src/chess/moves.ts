/**
 * Moves on a board, done by hand: a piece is lifted and put down. Nothing here knows what is legal;
 * every line comes from the desk, which has played it by the rules.
 */
export type Square = string;
/** Pieces by square, as FEN writes them: `K` is White's king. */
export type Placement = ReadonlyMap<Square, string>;

const FILES = 'abcdefgh';

export function placementOf(fen: string): Map<Square, string> {
  const placement = new Map<Square, string>();
  const ranks = (fen.split(' ')[0] ?? '').split('/');
  ranks.forEach((rank, index) => {
    let file = 0;
    for (const letter of rank) {
      if (/\d/.test(letter)) file += Number(letter);
      else placement.set(`${FILES[file++]}${8 - index}`, letter);
    }
  });
  return placement;
}

export const turnOf = (fen: string): 'white' | 'black' =>
  fen.split(' ')[1] === 'b' ? 'black' : 'white';

/** The squares of a move as engines write it; of castling as Chess960 writes it, the rook's is the second. */
export const squaresOf = (uci: string): [Square, Square] => [uci.slice(0, 2), uci.slice(2, 4)];

/** The position after a move as engines write it. */
export function play(fen: string, uci: string): string {
  const placement = placementOf(fen);
  const [from, to] = squaresOf(uci);
  const piece = placement.get(from);
  if (piece) move(placement, piece, from, to, uci[4]);
  const turn = turnOf(fen) === 'white' ? 'b' : 'w';
  return `${written(placement)} ${turn} - - 0 1`;
}

function move(
  placement: Map<Square, string>,
  piece: string,
  from: Square,
  to: Square,
  promotion: string | undefined,
): void {
  const isWhite = piece === piece.toUpperCase();
  const rook = isWhite ? 'R' : 'r';
  const width = Math.abs(fileOf(from) - fileOf(to));
  const takesOwnRook = placement.get(to) === rook;
  placement.delete(from);
  if (piece.toLowerCase() === 'k' && (takesOwnRook || width === 2)) {
    const isShort = fileOf(to) > fileOf(from);
    placement.delete(takesOwnRook ? to : `${isShort ? 'h' : 'a'}${from[1]}`);
    placement.set(`${isShort ? 'g' : 'c'}${from[1]}`, piece);
    placement.set(`${isShort ? 'f' : 'd'}${from[1]}`, rook);
    return;
  }
  // A pawn that goes aslant to an empty square takes in passing.
  if (piece.toLowerCase() === 'p' && width === 1 && !placement.has(to)) {
    placement.delete(`${to[0]}${from[1]}`);
  }
  const role = promotion ?? piece;
  placement.set(to, isWhite ? role.toUpperCase() : role.toLowerCase());
}

const fileOf = (square: Square): number => FILES.indexOf(square[0] ?? 'a');

function written(placement: Placement): string {
  const ranks: string[] = [];
  for (let rank = 8; rank >= 1; rank--) {
    let text = '';
    let gap = 0;
    for (const file of FILES) {
      const piece = placement.get(`${file}${rank}`);
      if (!piece) gap++;
      else {
        text += `${gap || ''}${piece}`;
        gap = 0;
      }
    }
    ranks.push(`${text}${gap || ''}`);
  }
  return ranks.join('/');
}
