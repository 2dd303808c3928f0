/**
 * How the desk was left: the view, the assistant, what stood in the forms, the run that was looked
 * at. Kept in the window, which keeps it in the data folder.
 *
 * What cannot be read is forgotten, and so is what is large: a picture in a form is not worth a
 * window that opens slowly. Nothing here decides anything; the desk takes what still makes sense.
 */
import type { Desk, Place } from './desk.svelte';

/** The views that one comes back to; making an assistant and beginning are not. */
const PLACES = ['work', 'gallery', 'models', 'usage', 'books', 'settings', 'help'] as const;
type LeftPlace = (typeof PLACES)[number];

export interface Left {
  readonly place: LeftPlace | null;
  readonly assistant: string | null;
  readonly helpOn: string | null;
  readonly book: string | null;
  /** The run on the table of the assistant in hand. */
  readonly run: string | null;
  /** What stood in the forms, by assistant and field. */
  readonly inputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const KEY = 'deskhand.left';
const NOTHING: Left = {
  place: null,
  assistant: null,
  helpOn: null,
  book: null,
  run: null,
  inputs: {},
};
/** Characters of a form, and of all of them, that are kept. */
const MOST_IN_FORM = 20_000;
const MOST_IN_ALL = 200_000;

const isPlace = (place: Place | null): place is LeftPlace => PLACES.some((one) => one === place);
const nameOr = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export function readLeft(storage: Storage | undefined = globalThis.localStorage): Left {
  try {
    const left = JSON.parse(storage?.getItem(KEY) ?? '{}') as Partial<Left>;
    return {
      place: isPlace(left.place ?? null) ? (left.place ?? null) : null,
      assistant: nameOr(left.assistant),
      helpOn: nameOr(left.helpOn),
      book: nameOr(left.book),
      run: nameOr(left.run),
      inputs: textsOf(left.inputs),
    };
  } catch {
    return NOTHING;
  }
}

/** Keeps how the desk lies now; to be called again whenever it lies otherwise. */
export function keepLeft(desk: Desk, storage: Storage | undefined = globalThis.localStorage): void {
  if (!desk.isReady || desk.isAlone || desk.place === 'welcome') return;
  const left: Left = {
    place: isPlace(desk.place) ? desk.place : 'gallery',
    assistant: desk.form?.description.id ?? null,
    helpOn: desk.shell.helpOn,
    book: desk.book.name,
    run: desk.runs.shown?.report.run ?? null,
    inputs: formsOf(desk),
  };
  try {
    storage?.setItem(KEY, JSON.stringify(left));
  } catch {
    // A full or forbidden store costs the memory of how it lay, nothing else.
  }
}

/** Forgets which view and which run were looked at, for they may be what cannot be drawn. */
export function forgetRun(storage: Storage | undefined = globalThis.localStorage): void {
  const left: Left = { ...readLeft(storage), place: null, run: null };
  try {
    storage?.setItem(KEY, JSON.stringify(left));
  } catch {
    // As above.
  }
}

/** An address may carry a password, which is kept nowhere in clear text. */
const isAddress = (value: string): boolean => /^\s*[a-z][\w+.-]*:\/\//i.test(value);

function formsOf(desk: Desk): Left['inputs'] {
  const kept: Record<string, Record<string, string>> = {};
  let room = MOST_IN_ALL;
  for (const form of desk.forms) {
    const written = form.fields.filter(
      (field) => !form.isUntouched(field) && !isAddress(form.values[field.name] ?? ''),
    );
    const values = Object.fromEntries(written.map(({ name }) => [name, form.values[name] ?? '']));
    const size = Object.values(values).reduce((sum, value) => sum + value.length, 0);
    if (size === 0 || size > Math.min(room, MOST_IN_FORM)) continue;
    room -= size;
    kept[form.description.id] = values;
  }
  return kept;
}

/** Only texts by two names, whatever was kept. */
function textsOf(inputs: unknown): Left['inputs'] {
  if (typeof inputs !== 'object' || inputs === null) return {};
  const isText = (entry: [string, unknown]): entry is [string, string] =>
    typeof entry[1] === 'string';
  return Object.fromEntries(
    Object.entries(inputs).map(([id, values]) => [
      id,
      typeof values === 'object' && values !== null
        ? Object.fromEntries(Object.entries(values as Record<string, unknown>).filter(isText))
        : {},
    ]),
  );
}
