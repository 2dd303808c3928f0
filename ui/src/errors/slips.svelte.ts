/**
 * Mistakes of the window itself: noticed, told to the log without anybody's words, and shown.
 *
 * The words of an error stay here: a parser quotes the text that it refuses. What is told is which
 * kind it was and where in our own code it came from.
 */
import type { Backend } from '../backend/backend';
import { asFault } from '../backend/backend';
import type { Slip, SlipKind, SlipPlace } from '../backend/bindings';

/** One mistake over and over again need not fill the log. */
const MOST_TOLD = 30;
/** A notice of the browser's that something is measured a frame later, and no mistake. */
const HARMLESS = /^ResizeObserver loop/;
/** `draw@tauri://localhost/assets/index-Dk3.js:3:14`, `at draw (http://…/index-Dk3.js:3:14)`. */
const PLACE = /([\w.-]+\.js)(?:\?[^:\s)]*)?:(\d+):(\d+)/g;

/** What may be told of whatever was thrown. */
export function slipOf(kind: SlipKind, reason: unknown): Slip {
  if (!(reason instanceof Error)) return { kind, name: asFault(reason).code, places: [] };
  const places = [...(reason.stack ?? '').matchAll(PLACE)].map(
    ([, file = '', line, column]): SlipPlace => ({
      file,
      line: Number(line),
      column: Number(column),
    }),
  );
  return { kind, name: reason.name, places };
}

export class Slips {
  /** Whether something failed that no part of the window shows by itself. */
  isTold = $state(false);
  readonly #tell: Backend['tellSlip'];
  readonly #known = new Set<string>();

  constructor(tell: Backend['tellSlip']) {
    this.#tell = tell;
  }

  /** Writes a mistake into the log, once. */
  log(kind: SlipKind, reason: unknown): void {
    const slip = slipOf(kind, reason);
    const key = JSON.stringify(slip);
    if (this.#known.has(key) || this.#known.size >= MOST_TOLD) return;
    this.#known.add(key);
    // Where there is no log either, nothing more can be done.
    void this.#tell(slip).catch(() => undefined);
  }

  /** Logs it, and has it said: the person should know that something may be missing. */
  notice(kind: SlipKind, reason: unknown): void {
    this.log(kind, reason);
    this.isTold = true;
  }

  /** Listens for what nobody else catches. What comes back stops listening. */
  watch(target: Window = window): () => void {
    const failed = (event: ErrorEvent): void => {
      if (HARMLESS.test(event.message)) return;
      this.notice('unexpected', event.error ?? null);
    };
    const rejected = (event: PromiseRejectionEvent): void => this.notice('rejected', event.reason);
    target.addEventListener('error', failed);
    target.addEventListener('unhandledrejection', rejected);
    return () => {
      target.removeEventListener('error', failed);
      target.removeEventListener('unhandledrejection', rejected);
    };
  }
}
