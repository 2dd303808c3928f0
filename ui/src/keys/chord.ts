/** Keys pressed together: whether an event is them, and how they are written. Pure but for the system. */

export interface Chord {
  /** As `KeyboardEvent.key` has it; letters small. */
  readonly key: string;
  /** Control, or Command where there is one. */
  readonly mod?: boolean;
  readonly shift?: boolean;
}

export const isMac = (): boolean => /mac/i.test(globalThis.navigator?.platform ?? '');

/** A sign that is reached with Shift on one keyboard and without on another. */
const isSign = (key: string): boolean => key.length === 1 && !/[a-z0-9]/i.test(key);

export function isPressed(event: KeyboardEvent, { key, mod, shift }: Chord): boolean {
  const hasMod = isMac() ? event.metaKey : event.ctrlKey;
  return (
    event.key.toLowerCase() === key.toLowerCase() &&
    hasMod === Boolean(mod) &&
    !event.altKey &&
    (isSign(key) || event.shiftKey === Boolean(shift))
  );
}

const NAMES: Record<string, string> = {
  enter: '↵',
  pagedown: 'Page ↓',
  pageup: 'Page ↑',
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
};

/** The keys one by one, as they are printed on them. */
export function capsOf({ key, mod, shift }: Chord): string[] {
  const last = NAMES[key.toLowerCase()] ?? (key.length === 1 ? key.toUpperCase() : key);
  return [
    ...(mod ? [isMac() ? '⌘' : 'Ctrl'] : []),
    ...(shift ? [isMac() ? '⇧' : 'Shift'] : []),
    last,
  ];
}

/** Whether somebody is writing there, so that a single key is a letter. */
export function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.matches(
      'input:not([type="radio"], [type="checkbox"], [type="range"]), textarea, select',
    ) ||
      target.isContentEditable)
  );
}
