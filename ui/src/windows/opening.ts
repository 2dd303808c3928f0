/** As what a window was opened: the desk as a whole, one piece of work in a window of its own, or the small one. */
import type { RunId } from '../backend/bindings';

export type OpenedAs = 'main' | 'work' | 'quick';

export interface Opening {
  readonly as: OpenedAs;
  /** The assistant to take in hand first. */
  readonly assistant: string | null;
  /** The run to show first. */
  readonly run: RunId | null;
}

const KINDS: readonly string[] = ['main', 'work', 'quick'] satisfies OpenedAs[];

/** What the address of the page says of it. */
export function readOpening(search: string = globalThis.location?.search ?? ''): Opening {
  const query = new URLSearchParams(search);
  const as = query.get('as') ?? 'main';
  return {
    as: KINDS.includes(as) ? (as as OpenedAs) : 'main',
    assistant: query.get('assistant'),
    run: query.get('run'),
  };
}

export const MAIN: Opening = { as: 'main', assistant: null, run: null };
