/** A command cut into its explained parts and what stands between them. Pure. */
import type { CommandPart } from '../../backend/bindings';

export interface CommandPiece {
  readonly text: string;
  /** Which of the parts it is; nothing for what stands between. */
  readonly part: number | null;
}

/** The parts stand in the command from left to right; one that is not found is only in the list. */
export function piecesOf(command: string, parts: readonly CommandPart[]): CommandPiece[] {
  const pieces: CommandPiece[] = [];
  let from = 0;
  for (const [part, { text }] of parts.entries()) {
    const at = text === '' ? -1 : command.indexOf(text, from);
    if (at < 0) continue;
    if (at > from) pieces.push({ text: command.slice(from, at), part: null });
    pieces.push({ text, part });
    from = at + text.length;
  }
  if (from < command.length) pieces.push({ text: command.slice(from), part: null });
  return pieces;
}
