/**
 * The moves of a game with their variations, as something to walk through and to add to. A place is
 * a path: the index of a move, then of a variation on it and of a move in that, and so on. The empty
 * path is the beginning. Nothing is changed in place.
 */
import type { Ply } from './advice';

export type Path = readonly number[];
type Strand = readonly Ply[];

/** The line of moves that the last step of a path lies in. */
function strandOf(game: Strand, path: Path): Strand {
  let strand = game;
  for (let step = 0; step + 2 < path.length; step += 2) {
    strand = strand[path[step] ?? -1]?.variations[path[step + 1] ?? -1] ?? [];
  }
  return strand;
}

const lastOf = (path: Path): number => path.at(-1) ?? -1;
const sibling = (path: Path, index: number): Path => [...path.slice(0, -1), index];

/** The move at a path; nothing at the beginning, or where there is none. */
export function plyAt(game: Strand, path: Path): Ply | null {
  return strandOf(game, path)[lastOf(path)] ?? null;
}

/** One move on; nothing at the end of a line. */
export function forward(game: Strand, path: Path): Path | null {
  const next = sibling(path, lastOf(path) + 1);
  return plyAt(game, next) ? next : null;
}

/** One move back; the first of a variation comes after what came before the move in whose place it stands. */
export function back(path: Path): Path | null {
  if (path.length === 0) return null;
  if (lastOf(path) > 0) return sibling(path, lastOf(path) - 1);
  return path.length === 1 ? [] : back(path.slice(0, -2));
}

/** The move of the game itself that a place belongs to, counted from 1; 0 at the beginning. */
export function mainPly(path: Path): number {
  const [first] = path;
  if (first === undefined) return 0;
  // A variation stands in place of that move.
  return path.length === 1 ? first + 1 : first;
}

export const isSame = (one: Path | null, two: Path | null): boolean =>
  one !== null && two !== null && one.join() === two.join();

/** The game with the line at a path made into another. */
function changed(game: Strand, path: Path, change: (strand: Strand) => Ply[]): Ply[] {
  const [index, variation, ...rest] = path;
  if (index === undefined || variation === undefined) return change(game);
  return game.map((ply, at) => {
    if (at !== index) return ply;
    const variations = ply.variations.map((line, which) =>
      which === variation ? changed(line, rest, change) : line,
    );
    return { ...ply, variations: variations.filter((line) => line.length > 0) };
  });
}

export interface Added {
  readonly game: Strand;
  /** Where the move stands now. */
  readonly path: Path;
}

/** The game with a move after a place: one that is known already, the end of a line, or a new variation. */
export function withMove(game: Strand, after: Path, ply: Ply): Added {
  const path = sibling(after, lastOf(after) + 1);
  const index = lastOf(path);
  const next = strandOf(game, path)[index];
  if (next?.uci === ply.uci) return { game, path };
  if (!next) return { game: changed(game, path, (strand) => [...strand, ply]), path };
  const known = next.variations.findIndex(([first]) => first?.uci === ply.uci);
  const which = known < 0 ? next.variations.length : known;
  const replaced = (strand: Strand): Ply[] =>
    strand.map((one, at) =>
      at === index ? { ...one, variations: [...one.variations, [ply]] } : one,
    );
  return {
    game: known < 0 ? changed(game, path, replaced) : game,
    path: [...path, which, 0],
  };
}

/** The game with something said of a move. */
export function withComment(game: Strand, path: Path, comment: string): Ply[] {
  return changed(game, path, (strand) =>
    strand.map((ply, at) => (at === lastOf(path) ? { ...ply, comment } : ply)),
  );
}

/** The game without a move and all that follows it in its line. */
export function without(game: Strand, path: Path): Ply[] {
  return changed(game, path, (strand) => strand.slice(0, lastOf(path)));
}
