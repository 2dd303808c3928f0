/** Everything that the palette can take somebody to, as it is now. */
import type { RunSummary } from '../backend/bindings';
import type { Desk } from '../desk.svelte';
import type { Key } from '../i18n/message';
import { LANGUAGE_NAMES, LANGUAGES } from '../i18n/message';
import { catalogues, local, t, tFrom } from '../i18n/words.svelte';
import { ACTIONS, focusForm } from '../keys/actions';
import type { Chord } from '../keys/chord';
import { THEMES } from '../preferences/preferences.svelte';

export type Group = 'action' | 'assistant' | 'run' | 'view' | 'setting' | 'help';
export const GROUPS: readonly Group[] = ['action', 'assistant', 'run', 'view', 'setting', 'help'];

export interface Item {
  readonly id: string;
  readonly group: Group;
  readonly label: string;
  /** Other names for it, to be found by. */
  readonly also: readonly string[];
  readonly note?: string;
  readonly icon?: string;
  readonly hue?: number;
  readonly chord?: Chord | undefined;
  readonly run: () => void | Promise<void>;
}

/** The words of a key in every language, so that a window in Chinese is found in English too. */
const everywhere = (key: Key): string[] =>
  Object.values(catalogues)
    .map((catalogue) => catalogue[key])
    .filter((message) => typeof message === 'string');

function actions(desk: Desk): Item[] {
  return ACTIONS.filter(({ isHidden, isOpen }) => !isHidden && (isOpen?.(desk) ?? true)).map(
    (action) => ({
      id: `action-${action.id}`,
      group: 'action',
      label: tFrom(action.label, {}),
      also: everywhere(action.label),
      chord: action.chords[0],
      run: () => action.run(desk),
    }),
  );
}

/** What can be done in the view that is shown, beside what can be done from anywhere. */
function here(desk: Desk): Item[] {
  const item = (id: string, key: Key, run: () => void | Promise<void>): Item => ({
    id: `here-${id}`,
    group: 'action',
    label: tFrom(key, {}),
    also: everywhere(key),
    run,
  });
  const shown = desk.runs.shown?.report.run;
  const inHand = desk.form?.description.id;
  if (desk.place === 'work' && shown !== undefined && inHand !== undefined)
    return [
      item('window', 'window.own', () => desk.around.openBeside(inHand, shown)),
      item('export', 'keeping.export.shown', () => {
        desk.keeping.chosen = { runs: [shown], wanted: desk.history.wanted };
      }),
    ];
  if (desk.place === 'books' && desk.book.name !== null)
    return [item('verify', 'books.verify', () => desk.book.verify())];
  if (desk.place === 'models')
    return [
      item('service', 'services.add', () => {
        desk.services.isAsking = true;
      }),
    ];
  return [];
}

/** Those used lately first, then those in the rail, then the others. */
function assistants(desk: Desk): Item[] {
  const rank = (id: string): number => {
    const recent = desk.preferences.recent.indexOf(id);
    const rail = desk.gallery.favourites.indexOf(id);
    if (recent >= 0) return recent;
    return rail >= 0 ? 100 + rail : 1000;
  };
  return desk.forms
    .map(({ description }) => description)
    .toSorted((a, b) => rank(a.id) - rank(b.id))
    .map((one) => ({
      id: `assistant-${one.id}`,
      group: 'assistant',
      label: local(one.title),
      also: [one.id, ...Object.values(one.title), local(one.description)],
      icon: one.icon,
      hue: one.hue,
      run: async () => {
        desk.choose(one.id);
        await focusForm();
      },
    }));
}

export function runItem(desk: Desk, run: RunSummary): Item {
  const one = desk.descriptionOf(run.assistant);
  return {
    id: `run-${run.run}`,
    group: 'run',
    label: run.title,
    also: [],
    ...(one && { note: local(one.title), icon: one.icon, hue: one.hue }),
    run: () => desk.open(run.run),
  };
}

function views(desk: Desk): Item[] {
  const view = (id: string, key: Key, run: () => void | Promise<void>, chord?: Chord): Item => ({
    id: `view-${id}`,
    group: 'view',
    label: tFrom(key, {}),
    also: everywhere(key),
    chord,
    run,
  });
  return [
    view('gallery', 'gallery.title', () => desk.showGallery(), {
      key: 'a',
      mod: true,
      shift: true,
    }),
    view('books', 'books.title', () => desk.showBooks()),
    view('models', 'models.title', () => desk.showModels()),
    view('usage', 'usage.title', () => desk.showUsage()),
    view('quick', 'quick.title', () => desk.around.quickAsk()),
    view('settings', 'settings.title', () => desk.showSettings(), { key: ',', mod: true }),
    view('help', 'help.title', () => desk.showHelp(null)),
    view('welcome', 'help.first-start', () => desk.showWelcome()),
    ...(desk.workshop ? [view('new-assistant', 'builder.new', () => desk.workshop?.begin())] : []),
  ];
}

function settings(desk: Desk): Item[] {
  const { preferences } = desk;
  const choice = (id: string, of: Key, name: string, also: string[], run: () => void): Item => ({
    id: `setting-${id}`,
    group: 'setting',
    label: t('palette.choice', { of: tFrom(of, {}), name }),
    also: [...everywhere(of), ...also],
    run,
  });
  return [
    ...LANGUAGES.map((language) =>
      choice(`language-${language}`, 'settings.language', LANGUAGE_NAMES[language], [], () => {
        preferences.language = language;
      }),
    ),
    ...THEMES.map((theme) =>
      choice(
        `theme-${theme}`,
        'settings.theme',
        t(`theme.${theme}`),
        everywhere(`theme.${theme}`),
        () => {
          preferences.theme = theme;
        },
      ),
    ),
    desk.isOffline
      ? choice(
          'network-on',
          'settings.network',
          t('settings.network.on'),
          [],
          () => void desk.setOffline(false),
        )
      : choice(
          'network-off',
          'settings.network',
          t('settings.network.off'),
          [],
          () => void desk.setOffline(true),
        ),
    choice('backup', 'settings.data', t('keeping.backup'), everywhere('keeping.backup'), () => {
      void desk.keeping.backUp();
    }),
    choice('bring-in', 'history.title', t('keeping.import'), everywhere('keeping.import'), () => {
      void desk.keeping.import();
    }),
    choice(
      'folder',
      'settings.data',
      t('settings.data.open'),
      [],
      () => void desk.shell.showDataFolder(),
    ),
  ];
}

function helps(desk: Desk): Item[] {
  return desk.forms.map(({ description: one }) => ({
    id: `help-${one.id}`,
    group: 'help',
    label: t('palette.help', { assistant: local(one.title) }),
    also: [one.id, ...Object.values(one.title)],
    icon: one.icon,
    hue: one.hue,
    run: () => desk.showHelp(one.id),
  }));
}

/** Everything but runs that have to be looked for. */
export function itemsOf(desk: Desk): Item[] {
  return [
    ...here(desk),
    ...actions(desk),
    ...assistants(desk),
    ...desk.history.runs.slice(0, 30).map((run) => runItem(desk, run)),
    ...views(desk),
    ...settings(desk),
    ...helps(desk),
  ];
}
