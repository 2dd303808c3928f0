/** What was used, as rows for a table and as a picture. Pure: names and language are given. */
import type { QueryResult, UsageLine } from '../backend/bindings';

export interface UsageWords {
  readonly name: string;
  readonly runs: string;
  readonly read: string;
  readonly known: string;
  readonly written: string;
  readonly dollars: string;
  readonly tokens: string;
  readonly part: string;
}

export type Measure = 'tokens' | 'dollars';

/** Names that a picture has room for. */
const MOST = 12;

const dollarsOf = ({ dollars }: UsageLine): number => Number(dollars ?? 0);

/** Whether any of it cost anything. */
export const hasCost = (lines: readonly UsageLine[]): boolean =>
  lines.some(({ dollars }) => dollars !== null);

/** Rows of the table; what has no price has no cost, which is not the same as none. */
export function tableOf(
  lines: readonly UsageLine[],
  nameOf: (name: string) => string,
): (string | number | null)[][] {
  return lines.map((line) => [
    nameOf(line.name),
    line.runs,
    line.prompt,
    line.cached,
    line.output,
    line.dollars === null ? null : Number(line.dollars),
  ]);
}

/** The same shape as an answer's rows, for the same chart: months in their order, all else the most first. */
export function pictureOf(
  lines: readonly UsageLine[],
  measure: Measure,
  isByMonth: boolean,
  nameOf: (name: string) => string,
  words: UsageWords,
): QueryResult {
  const weigh = (line: UsageLine): number =>
    measure === 'dollars' ? dollarsOf(line) : line.prompt + line.output;
  const most = isByMonth
    ? lines.slice(0, MOST)
    : lines.toSorted((a, b) => weigh(b) - weigh(a)).slice(0, MOST);
  // Months are drawn by their place in time, and need their own names for it.
  const label = (line: UsageLine): string => (isByMonth ? line.name : nameOf(line.name));
  const rows =
    measure === 'dollars'
      ? most.map((line) => [label(line), '', dollarsOf(line)])
      : most.flatMap((line) => [
          [label(line), words.read, line.prompt - line.cached],
          [label(line), words.known, line.cached],
          [label(line), words.written, line.output],
        ]);
  const y = measure === 'dollars' ? words.dollars : words.tokens;
  return {
    sql: '',
    dialect: '',
    columns: [words.name, words.part, y],
    rows,
    row_count: rows.length,
    truncated: false,
    explanation: null,
    chart: {
      mark: 'bar',
      x: words.name,
      y,
      series: measure === 'dollars' ? null : words.part,
      first: null,
    },
    draft: false,
  };
}
