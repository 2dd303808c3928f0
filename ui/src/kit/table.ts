/** What a table of values needs to know before it is drawn. Pure, and free of any meaning. */

export type Cell = string | number | null;
export type Row = readonly Cell[];
export interface Sorting {
  readonly column: number;
  readonly direction: 'ascending' | 'descending';
}
/** How the figures of a column are written; `null` for a column of words. */
export interface Figures {
  readonly digits: number;
  readonly grouped: boolean;
}
export interface Column {
  readonly name: string;
  readonly figures: Figures | null;
  /** In `ch`, from the widest of the cells, within reason. */
  readonly width: number;
}

/** Columns of identifiers, which are read as names although they are made of digits. */
const NAMES_ITS_ROW = /(^|[_\s])(id|no|nr|code|zip|sku|phone|year)$/i;
/** Whole numbers that JSON cannot carry exactly arrive as texts. */
const LONG_INTEGER = /^-?\d{16,}$/;
const MOST_DIGITS = 6;
const NARROWEST = 5;
const WIDEST = 44;
/** Enough rows to judge a column by; a table may have thousands. */
const SAMPLE = 500;

export function columnsOf(names: readonly string[], rows: readonly Row[]): Column[] {
  const sample = rows.slice(0, SAMPLE);
  return names.map((name, index) => {
    const cells = sample.map((row) => row[index] ?? null);
    const figures = figuresOf(name, rows, index);
    const widest = Math.max(...cells.map((cell) => widthOf(write(cell, figures))), 0);
    // Grouped figures need room for their gaps, the header for its arrow.
    const gaps = figures?.grouped ? Math.ceil(widest / 6) : 0;
    const width = Math.max(widest + gaps, widthOf(name) + 3);
    return { name, figures, width: Math.min(WIDEST, Math.max(NARROWEST, width)) };
  });
}

function figuresOf(name: string, rows: readonly Row[], index: number): Figures | null {
  let digits = 0;
  let largest = 0;
  let seen = false;
  for (const row of rows) {
    const cell = row[index] ?? null;
    if (cell === null) continue;
    if (!isFigure(cell)) return null;
    seen = true;
    digits = Math.max(digits, fractionDigits(cell));
    largest = Math.max(largest, Math.abs(Number(cell)));
  }
  if (!seen) return null;
  return {
    digits: Math.min(digits, MOST_DIGITS),
    grouped: largest >= 10_000 && !NAMES_ITS_ROW.test(name),
  };
}

function isFigure(cell: string | number): boolean {
  return typeof cell === 'number' || LONG_INTEGER.test(cell);
}

function fractionDigits(cell: string | number): number {
  const text = plain(cell);
  const point = text.indexOf('.');
  return point < 0 || text.includes('e') ? 0 : text.length - point - 1;
}

/** The number without the noise that binary fractions leave in the sixteenth digit. */
function plain(cell: string | number): string {
  if (typeof cell === 'string' || Number.isInteger(cell)) return String(cell);
  return String(Number(cell.toPrecision(12)));
}

/** The cell as text; the fractions of a column all get the same length, so that points align. */
export function write(cell: Cell, figures: Figures | null): string {
  if (cell === null) return '';
  if (!figures || typeof cell === 'string') return String(cell);
  const text = plain(cell);
  return text.includes('e') || figures.digits === 0 ? text : cell.toFixed(figures.digits);
}

/** The text in pieces of three digits before the point, to be set with a small gap between. */
export function pieces(text: string, grouped: boolean): string[] {
  const match = grouped ? /^(-?)(\d+)(\.\d+)?$/.exec(text) : null;
  if (!match) return [text];
  const [, sign = '', whole = '', fraction = ''] = match;
  const parts = whole.split(/(?=(?:\d{3})+$)/);
  return parts.map((part, index) => {
    const head = index === 0 ? sign : '';
    return head + part + (index === parts.length - 1 ? fraction : '');
  });
}

/** Width in `ch`; characters of East Asia are twice as wide. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += /[\u1100-\u115f\u2e80-\uffdc]/.test(character) ? 2 : 1;
  return width;
}

/** The order of rows under a sorting: numbers before texts, as SQLite has it, and no value last. */
export function order(rows: readonly Row[], sorting: Sorting | null, locale: string): number[] {
  const indices = rows.map((_, index) => index);
  if (!sorting) return indices;
  const { column, direction } = sorting;
  const sign = direction === 'ascending' ? 1 : -1;
  const collator = new Intl.Collator(locale, { numeric: true });
  return indices.sort((a, b) => {
    const [left, right] = [rows[a]?.[column] ?? null, rows[b]?.[column] ?? null];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * compare(left, right, collator);
  });
}

function compare(left: string | number, right: string | number, collator: Intl.Collator): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [leftIs, rightIs] = [isFigure(left), isFigure(right)];
  if (leftIs && rightIs) return compareLong(left, right);
  if (leftIs !== rightIs) return leftIs ? -1 : 1;
  return collator.compare(String(left), String(right));
}

/** At least one is longer than a JavaScript number holds. */
function compareLong(left: string | number, right: string | number): number {
  const [a, b] = [left, right].map((cell) =>
    BigInt(typeof cell === 'number' ? Math.trunc(cell) : cell),
  ) as [bigint, bigint];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What a press on a header does: rising, falling, as it came. */
export function nextSorting(now: Sorting | null, column: number): Sorting | null {
  if (now?.column !== column) return { column, direction: 'ascending' };
  return now.direction === 'ascending' ? { column, direction: 'descending' } : null;
}

/** As spreadsheets take it from the clipboard. */
export function tabSeparated(names: readonly string[], rows: readonly Row[]): string {
  const cell = (value: Cell): string => String(value ?? '').replace(/[\t\r\n]+/g, ' ');
  return [names, ...rows].map((row) => row.map(cell).join('\t')).join('\n');
}
