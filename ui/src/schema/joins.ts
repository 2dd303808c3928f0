/**
 * Where the boxes of a picture of tables stand. Pure.
 *
 * Tables that point to others stand at the left, those that are pointed to at the right, in at most
 * three columns so that names can be read in a narrow panel. Too many tables for a picture are
 * reduced to one table and those that it joins with.
 */
import type { TableInfo } from '../backend/bindings';

export interface Join {
  readonly from: string;
  readonly to: string;
  readonly inferred: boolean;
}
export interface Box {
  readonly name: string;
  readonly column: number;
  readonly row: number;
}
export interface Layout {
  readonly boxes: readonly Box[];
  readonly joins: readonly Join[];
  readonly columns: number;
  readonly rows: number;
  /** The table in the middle, where only its neighbours are shown. */
  readonly around: string | null;
  /** Tables that join with none. */
  readonly alone: number;
}

/** More tables than these are not legible in one picture. */
export const MOST_BOXES = 20;
const MOST_COLUMNS = 3;
/** Neighbours of one table; a calendar may have hundreds. */
const MOST_NEIGHBOURS = 14;

/** One line for each pair of tables; a declared key counts before an inferred one. */
export function joinsOf(tables: readonly TableInfo[]): Join[] {
  const names = new Set(tables.map(({ name }) => name));
  const found = new Map<string, Join>();
  for (const { name: from, keys } of tables) {
    for (const { table: to, inferred } of keys) {
      const key = JSON.stringify([from, to]);
      if (!names.has(to) || from === to || found.get(key)?.inferred === false) continue;
      found.set(key, { from, to, inferred });
    }
  }
  return [...found.values()];
}

export function layoutOf(tables: readonly TableInfo[], selected: string | null): Layout {
  const all = joinsOf(tables);
  const linked = new Set(all.flatMap(({ from, to }) => [from, to]));
  const alone = tables.length - linked.size;
  const around = linked.size > MOST_BOXES ? centre(all, linked, selected) : null;
  const shown = around === null ? linked : neighbours(all, around);
  const joins = all.filter(({ from, to }) => shown.has(from) && shown.has(to));
  const boxes = place(
    tables.map(({ name }) => name).filter((name) => shown.has(name)),
    around === null ? ranks(shown, joins) : ranksAround(shown, joins, around),
    joins,
  );
  return {
    boxes,
    joins,
    around,
    alone,
    columns: Math.max(0, ...boxes.map(({ column }) => column + 1)),
    rows: Math.max(0, ...boxes.map(({ row }) => row + 1)),
  };
}

/** What is selected, or what joins with most. */
function centre(
  joins: readonly Join[],
  linked: ReadonlySet<string>,
  selected: string | null,
): string {
  if (selected !== null && linked.has(selected)) return selected;
  const count = (name: string): number =>
    joins.filter(({ from, to }) => from === name || to === name).length;
  return [...linked].reduce((best, name) => (count(name) > count(best) ? name : best));
}

function neighbours(joins: readonly Join[], of: string): Set<string> {
  const near = joins.flatMap(({ from, to }) => (from === of ? [to] : to === of ? [from] : []));
  return new Set([of, ...[...new Set(near)].slice(0, MOST_NEIGHBOURS)]);
}

/** How far a table is from those that nothing points to; a circle ends after as many steps. */
function ranks(names: ReadonlySet<string>, joins: readonly Join[]): Map<string, number> {
  const rank = new Map([...names].map((name) => [name, 0]));
  for (let step = 1; step < MOST_COLUMNS; step += 1) {
    const before = new Map(rank);
    for (const { from, to } of joins) {
      if ((before.get(from) ?? 0) >= step - 1) rank.set(to, Math.max(rank.get(to) ?? 0, step));
    }
  }
  return rank;
}

function ranksAround(
  names: ReadonlySet<string>,
  joins: readonly Join[],
  of: string,
): Map<string, number> {
  const pointed = new Set(joins.filter(({ from }) => from === of).map(({ to }) => to));
  return new Map([...names].map((name) => [name, name === of ? 1 : pointed.has(name) ? 2 : 0]));
}

/** Puts each table near those that it joins with, column after column. */
function place(
  names: readonly string[],
  rank: ReadonlyMap<string, number>,
  joins: readonly Join[],
): Box[] {
  const used = [...new Set(rank.values())].sort((a, b) => a - b);
  const rows = new Map<string, number>();
  const boxes: Box[] = [];
  for (const [column, value] of used.entries()) {
    const pull = (name: string): number => {
      const near = joins.flatMap(({ from, to }) =>
        from === name ? [to] : to === name ? [from] : [],
      );
      const known = near.map((one) => rows.get(one)).filter((row) => row !== undefined);
      return known.length === 0
        ? Number.POSITIVE_INFINITY
        : known.reduce((a, b) => a + b, 0) / known.length;
    };
    const members = names
      .filter((name) => rank.get(name) === value)
      .map((name) => ({ name, pull: pull(name) }))
      .sort((a, b) => (a.pull === b.pull ? 0 : a.pull - b.pull));
    for (const [row, { name }] of members.entries()) {
      rows.set(name, row);
      boxes.push({ name, column, row });
    }
  }
  return boxes;
}
