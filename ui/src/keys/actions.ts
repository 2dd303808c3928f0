/**
 * What can be done from anywhere by keyboard: the one table that the keys, the cheat sheet and the
 * palette are made of, so that none of them can promise what another does not keep.
 */
import { tick } from 'svelte';

import type { Desk } from '../desk.svelte';
import type { Key } from '../i18n/message';
import { nextTheme } from '../preferences/preferences.svelte';
import { TestId } from '../testids';
import type { Chord } from './chord';

export type Part = 'work' | 'around' | 'looks';

export interface Action {
  readonly id: string;
  readonly part: Part;
  readonly label: Key;
  readonly chords: readonly Chord[];
  /** Whether it can be done now; always when absent. */
  readonly isOpen?: (desk: Desk) => boolean;
  readonly run: (desk: Desk) => void | Promise<void>;
  /** Not for the palette: it is the palette, or says nothing there. */
  readonly isHidden?: boolean;
}

const mod = (key: string): Chord => ({ key, mod: true });
const modShift = (key: string): Chord => ({ key, mod: true, shift: true });
const isWork = (desk: Desk): boolean => desk.place === 'work' && desk.form !== null;

/** Focus on the first blank of the form in hand. */
export async function focusForm(): Promise<void> {
  await tick();
  const blank = document.querySelector<HTMLElement>(
    '#work:not([hidden]) :is(form, .foot) :is(textarea, input:not([type="radio"]), select)',
  );
  blank?.focus();
}

async function searchHistory(desk: Desk): Promise<void> {
  desk.schema.close();
  desk.preferences.isHistoryOpen = true;
  await tick();
  document.querySelector<HTMLElement>(`[data-testid="${TestId.historySearch}"]`)?.focus();
}

/** Takes the assistant `by` places further in the rail. */
async function step(desk: Desk, by: 1 | -1): Promise<void> {
  const rail = desk.gallery.rail;
  const at = rail.findIndex(({ id }) => id === desk.form?.description.id);
  const next = rail[(Math.max(at, by > 0 ? at : 0) + by + rail.length) % rail.length];
  if (next) await take(desk, next.id);
}

async function take(desk: Desk, assistant: string): Promise<void> {
  desk.choose(assistant);
  await focusForm();
}

export const ACTIONS: readonly Action[] = [
  {
    id: 'run',
    part: 'work',
    label: 'action.run',
    chords: [mod('Enter')],
    isOpen: (desk) => isWork(desk) && desk.runs.live === null,
    run: (desk) => desk.run(),
  },
  {
    id: 'stop',
    part: 'work',
    label: 'action.stop',
    chords: [mod('.')],
    isOpen: (desk) => desk.runs.live !== null,
    run: (desk) => desk.runs.stop(),
  },
  {
    id: 'new',
    part: 'work',
    label: 'action.new',
    chords: [mod('n')],
    isOpen: isWork,
    run: async (desk) => {
      desk.fresh();
      await focusForm();
    },
  },
  {
    id: 'again',
    part: 'work',
    label: 'action.again',
    chords: [modShift('Enter')],
    isOpen: (desk) => isWork(desk) && desk.runs.shown !== null && desk.runs.live === null,
    run: (desk) => desk.again(),
  },
  {
    id: 'schema',
    part: 'work',
    label: 'action.schema',
    chords: [modShift('d')],
    isOpen: (desk) => isWork(desk) && desk.hasSchema && desk.database !== '',
    run: (desk) => desk.toggleSchema(desk.database),
  },
  {
    id: 'help',
    part: 'work',
    label: 'action.help',
    chords: [{ key: 'F1' }],
    run: (desk) =>
      desk.showHelp(desk.place === 'work' ? (desk.form?.description.id ?? null) : null),
  },
  {
    id: 'palette',
    part: 'around',
    label: 'action.palette',
    chords: [mod('k')],
    isHidden: true,
    run: (desk) => desk.shell.toggle('palette'),
  },
  {
    id: 'keys',
    part: 'around',
    label: 'action.keys',
    chords: [{ key: '?' }],
    run: (desk) => desk.shell.toggle('keys'),
  },
  {
    id: 'find',
    part: 'around',
    label: 'action.find',
    chords: [modShift('f')],
    run: searchHistory,
  },
  {
    id: 'history',
    part: 'around',
    label: 'action.history',
    chords: [modShift('h')],
    run: (desk) => void (desk.preferences.isHistoryOpen = !desk.preferences.isHistoryOpen),
  },
  {
    id: 'next',
    part: 'around',
    label: 'action.next',
    chords: [mod('PageDown')],
    run: (desk) => step(desk, 1),
  },
  {
    id: 'previous',
    part: 'around',
    label: 'action.previous',
    chords: [mod('PageUp')],
    run: (desk) => step(desk, -1),
  },
  {
    id: 'numbered',
    part: 'around',
    label: 'action.numbered',
    chords: ['1', '2', '3', '4', '5', '6', '7', '8', '9'].map(mod),
    isHidden: true,
    run: () => undefined,
  },
  {
    id: 'gallery',
    part: 'around',
    label: 'action.gallery',
    chords: [modShift('a')],
    isHidden: true,
    run: (desk) => desk.showGallery(),
  },
  {
    id: 'settings',
    part: 'around',
    label: 'action.settings',
    chords: [mod(',')],
    isHidden: true,
    run: (desk) => desk.showSettings(),
  },
  {
    id: 'theme',
    part: 'looks',
    label: 'action.theme',
    chords: [modShift('l')],
    run: ({ preferences }) => void (preferences.theme = nextTheme(preferences.theme)),
  },
  {
    id: 'larger',
    part: 'looks',
    label: 'action.larger',
    chords: [mod('+'), mod('=')],
    run: ({ preferences }) => preferences.growText(1),
  },
  {
    id: 'smaller',
    part: 'looks',
    label: 'action.smaller',
    chords: [mod('-')],
    run: ({ preferences }) => preferences.growText(-1),
  },
];

/** The action with the keys of an event, and what it does then. */
export function actionFor(desk: Desk, event: KeyboardEvent, isIt: (chord: Chord) => boolean) {
  const action = ACTIONS.find(
    ({ chords, isOpen, part, id }) =>
      chords.some(isIt) &&
      (isOpen?.(desk) ?? true) &&
      // There is nowhere to go in a window with one piece of work.
      !(desk.isAlone && (part === 'around' || id === 'help')),
  );
  if (action?.id !== 'numbered') return action ? () => action.run(desk) : null;
  const one = desk.gallery.rail[Number(event.key) - 1];
  return one ? () => take(desk, one.id) : null;
}
