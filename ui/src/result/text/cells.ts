/** A table of texts with its figures as figures, so that they stand and sort as such. Pure. */
import type { CellJson } from '../../backend/bindings';

export interface Typed {
  readonly columns: string[];
  readonly rows: CellJson[][];
}

/** A plain number without a leading nought, as far as JavaScript holds it exactly. */
const FIGURE = /^-?(0|[1-9]\d{0,11})(\.\d{1,6})?$/;

/** Nothing without a row beneath the names of the columns. */
export function typed(table: readonly (readonly string[])[]): Typed | null {
  const [head, ...rest] = table;
  if (!head || rest.length === 0) return null;
  const areFigures = head.map((_, column) => {
    const cells = rest.map((row) => row[column]?.trim() ?? '').filter(Boolean);
    return cells.length > 0 && cells.every((cell) => FIGURE.test(cell));
  });
  return {
    columns: [...head],
    rows: rest.map((row) =>
      head.map((_, column): CellJson => {
        const cell = row[column]?.trim() ?? '';
        if (cell === '') return null;
        return areFigures[column] ? Number(cell) : cell;
      }),
    ),
  };
}
