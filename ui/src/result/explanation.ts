/** An explanation as it is drawn: its lines, what belongs under them, and the names in them. */
export interface Piece {
  readonly text: string;
  readonly isCode: boolean;
}
export interface Line {
  readonly pieces: readonly Piece[];
  readonly under: readonly (readonly Piece[])[];
}

export function linesOf(explanation: string): Line[] {
  const lines: { pieces: Piece[]; under: Piece[][] }[] = [];
  for (const line of explanation.split('\n').filter((text) => text.trim() !== '')) {
    const under = /^\s+[-•]?\s*(.+)$/.exec(line)?.[1];
    const last = lines.at(-1);
    if (under && last) last.under.push(piecesOf(under));
    else lines.push({ pieces: piecesOf(line.trim()), under: [] });
  }
  return lines;
}

/** The text between backticks is code; a lone backtick is only a backtick. */
export function piecesOf(text: string): Piece[] {
  return text
    .split(/(`[^`]+`)/)
    .filter((part) => part !== '')
    .map((part) =>
      /^`[^`]+`$/.test(part)
        ? { text: part.slice(1, -1), isCode: true }
        : { text: part, isCode: false },
    );
}
