/** What the columns of an answer are called: in the words of whoever asked, where there are any. */
interface Columns {
  readonly columns: readonly string[];
  readonly headings?: readonly string[];
}

/** One heading for each column. Answers that were kept before there were headings have none. */
export const headingsOf = ({ columns, headings }: Columns): readonly string[] =>
  headings?.length === columns.length ? headings : columns;

/** The heading of the column with a name. */
export const headingOf = (answer: Columns, name: string): string =>
  headingsOf(answer)[answer.columns.indexOf(name)] ?? name;
