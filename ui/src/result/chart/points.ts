/** What a chart draws, from the rows of a result. Pure: nothing here knows how it is drawn. */
import type { CellJson, Chart, QueryResult } from '../../backend/bindings';

/** What stands along the bottom: moments, numbers, or labels in the order that they are drawn in. */
export type Scale = 'date' | 'number' | 'label';
export interface Point {
  readonly x: Date | number | string;
  readonly y: number;
  readonly series: string | null;
}
export interface Picture {
  readonly scale: Scale;
  readonly points: readonly Point[];
  /** Labels along x in order; empty for a continuous scale. */
  readonly labels: readonly string[];
  readonly series: readonly string[];
  /** Whether the dates have days, or months, or years only. */
  readonly grain: 'day' | 'month' | 'year';
}

const DAY = /^\d{4}-\d{2}-\d{2}([ T][\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$/;
const MONTH = /^\d{4}-\d{2}$/;
const YEAR = /^\d{4}$/;

/** Everything that a chart of a result shows; nothing where a column of it is not there. */
export function pictureOf(query: QueryResult, chart: Chart): Picture | null {
  const place = (name: string | null | undefined): number =>
    name == null ? -1 : query.columns.indexOf(name);
  const [x, y, series] = [place(chart.x), place(chart.y), place(chart.series)];
  if (x < 0 || y < 0) return null;
  const rows = chart.first === null ? query.rows : query.rows.slice(0, chart.first);
  const cells = rows.map((row) => row[x] ?? null);
  const { scale, grain } = scaleOf(cells, chart);
  const points = rows.flatMap((row): Point[] => {
    const [at, value] = [read(row[x] ?? null, scale, grain), number(row[y] ?? null)];
    const name = series < 0 ? null : String(row[series] ?? '–');
    return at === null || value === null ? [] : [{ x: at, y: value, series: name }];
  });
  if (scale !== 'label') points.sort((a, b) => Number(a.x) - Number(b.x));
  return {
    scale,
    grain,
    points,
    labels: scale === 'label' ? distinct(points.map((point) => String(point.x))) : [],
    series: distinct(points.map((point) => point.series).filter((name) => name !== null)),
  };
}

function scaleOf(cells: readonly CellJson[], chart: Chart): Pick<Picture, 'scale' | 'grain'> {
  const there = cells.filter((cell) => cell !== null).map(String);
  const are = (...shapes: RegExp[]): boolean =>
    there.length > 0 && there.every((text) => shapes.some((shape) => shape.test(text)));
  if (are(MONTH)) return { scale: 'date', grain: 'month' };
  if (are(DAY, MONTH)) return { scale: 'date', grain: 'day' };
  if (chart.mark === 'line' && are(YEAR)) return { scale: 'date', grain: 'year' };
  const isMeasured = chart.mark !== 'bar' && cells.every((cell) => typeof cell !== 'string');
  return { scale: isMeasured && there.length > 0 ? 'number' : 'label', grain: 'day' };
}

function read(cell: CellJson, scale: Scale, grain: Picture['grain']): Point['x'] | null {
  if (scale === 'label') return String(cell ?? '–');
  if (cell === null) return null;
  if (scale === 'number') return number(cell);
  const text = String(cell).replace(' ', 'T');
  const moment = grain === 'year' ? `${text}-01-01` : text.length === 7 ? `${text}-01` : text;
  // Without a zone of its own a moment is taken as it is written.
  const date = new Date(
    moment.includes('T') && !/Z|[+-]\d{2}:?\d{2}$/.test(moment) ? `${moment}Z` : moment,
  );
  return Number.isNaN(date.getTime()) ? null : date;
}

function number(cell: CellJson): number | null {
  if (cell === null || cell === '') return null;
  const value = Number(cell);
  return Number.isFinite(value) ? value : null;
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)];
