/** Rows and columns as text, the way spreadsheets and CSV files write them. Pure. */

/** Reads comma-, semicolon- or tab-separated values; quotes may hold separators and line breaks. */
export function readSeparated(text: string): string[][] {
  const separator = separatorOf(text);
  const rows: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  const end = (): void => {
    rows.at(-1)?.push(cell);
    cell = '';
  };
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] as string;
    if (isQuoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') cell += text[++at];
      else isQuoted = false;
    } else if (letter === '"' && cell === '') isQuoted = true;
    else if (letter === separator) end();
    else if (letter === '\n') {
      end();
      rows.push([]);
    } else if (letter !== '\r') cell += letter;
  }
  end();
  return squared(rows.filter((row) => row.some((value) => value.trim() !== '')));
}

/** The separator that the first line has most of; a tab wins, for it comes from a spreadsheet. */
function separatorOf(text: string): string {
  const line = text.split('\n', 1)[0]?.replace(/"[^"]*"/g, '') ?? '';
  if (line.includes('\t')) return '\t';
  const count = (sign: string): number => line.split(sign).length;
  return count(';') > count(',') ? ';' : ',';
}

/** Rows of one length. */
export function squared(rows: readonly (readonly string[])[]): string[][] {
  const width = Math.max(0, ...rows.map((row) => row.length));
  return rows.map((row) => [...row, ...Array<string>(width - row.length).fill('')]);
}

/** Writes comma-separated values, quoted where they must be. */
export function writeSeparated(rows: readonly (readonly string[])[]): string {
  const cell = (value: string): string =>
    /[",\n\r;\t]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  return rows.map((row) => row.map(cell).join(',')).join('\n');
}

/** `rows` with a block of cells laid over it from a place on; it grows where it must. */
export function overlaid(
  rows: readonly (readonly string[])[],
  at: { readonly row: number; readonly column: number },
  block: readonly (readonly string[])[],
): string[][] {
  const grown = rows.map((row) => [...row]);
  for (const [down, cells] of block.entries()) {
    const row = (grown[at.row + down] ??= []);
    for (const [right, value] of cells.entries()) row[at.column + right] = value;
  }
  const width = Math.max(0, ...grown.map((row) => row.length));
  return grown.map((row) => Array.from({ length: width }, (_, index) => row[index] ?? ''));
}
