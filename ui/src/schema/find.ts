/** Which tables and columns a search means. Every word must be in a name, a note or a meaning. */
import type { ColumnInfo, TableInfo } from '../backend/bindings';

export interface Found {
  readonly table: TableInfo;
  /** The columns that were meant; all of them where the table itself was. */
  readonly columns: readonly ColumnInfo[];
  /** Whether one of its columns, and not its own name, was meant. */
  readonly isByColumn: boolean;
}

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

export function find(tables: readonly TableInfo[], sought: string): Found[] {
  const words = fold(sought).split(/\s+/).filter(Boolean);
  return tables.flatMap((table): Found[] => {
    const own = fold(`${table.name} ${table.comment}`);
    if (words.every((word) => own.includes(word))) {
      return [{ table, columns: table.columns, isByColumn: false }];
    }
    const columns = table.columns.filter((column) => {
      const text = `${own} ${textOf(column)}`;
      return (
        words.every((word) => text.includes(word)) &&
        words.some((word) => textOf(column).includes(word))
      );
    });
    return columns.length === 0 ? [] : [{ table, columns, isByColumn: true }];
  });
}

function textOf({ name, comment, meanings, values }: ColumnInfo): string {
  return fold([name, comment, ...values, ...meanings.map(({ label }) => label)].join(' '));
}
