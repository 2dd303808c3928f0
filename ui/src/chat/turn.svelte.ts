/**
 * A conversation as a tree: every turn may have several answers to it, or several ways in which it
 * was put, and one of them is the one that is shown.
 */
import type { Fault, RunId } from '../backend/bindings';

export type Role = 'user' | 'assistant';
/** How an answer stands; what a person wrote is always `done`. */
export type Standing = 'live' | 'done' | 'stopped' | 'failed';

export class Turn {
  readonly role: Role;
  readonly parent: Turn | null;
  text = $state('');
  standing = $state<Standing>('done');
  fault = $state.raw<Fault | null>(null);
  run = $state<RunId | null>(null);
  children = $state.raw<readonly Turn[]>([]);
  /** Which of its children is shown. */
  chosen = $state(0);

  constructor(role: Role, text: string, parent: Turn | null) {
    this.role = role;
    this.text = text;
    this.parent = parent;
  }

  /** Adds something after it, and shows that. */
  add(role: Role, text: string): Turn {
    const turn = new Turn(role, text, this);
    this.children = [...this.children, turn];
    this.chosen = this.children.length - 1;
    return turn;
  }

  /** Its other versions, itself among them. */
  get versions(): readonly Turn[] {
    return this.parent?.children ?? [this];
  }

  get version(): number {
    return this.versions.indexOf(this);
  }

  /** Shows the version that is so many places away. */
  turnTo(step: number): void {
    const parent = this.parent;
    const next = this.version + step;
    if (parent && next >= 0 && next < parent.children.length) parent.chosen = next;
  }

  /** Everything that is shown below it, in order. */
  get after(): Turn[] {
    const next = this.children[this.chosen];
    return next ? [next, ...next.after] : [];
  }

  /** Everything above it, in order, without the root. */
  get before(): Turn[] {
    const parent = this.parent;
    return parent?.parent ? [...parent.before, parent] : [];
  }

  /** Shows it, and what leads to it. */
  show(): void {
    const parent = this.parent;
    if (!parent) return;
    parent.chosen = this.version;
    parent.show();
  }

  /** The turn of that run at or below it. */
  find(run: RunId): Turn | null {
    if (this.run === run) return this;
    for (const child of this.children) {
      const found = child.find(run);
      if (found) return found;
    }
    return null;
  }
}
