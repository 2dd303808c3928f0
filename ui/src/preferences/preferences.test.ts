import { afterEach, expect, it } from 'vitest';

import { words } from '../i18n/words.svelte';
import { nextTheme, Preferences } from './preferences.svelte';

const root = document.documentElement;

afterEach(() => {
  new Preferences().language = 'en';
});

it('follows the system until told otherwise', () => {
  const preferences = new Preferences();
  expect(preferences.theme).toBe('system');
  expect(preferences.language).toBe('en');
  expect(root.dataset['theme']).toBeUndefined();
});

it('tells the page and remembers', () => {
  const preferences = new Preferences();
  preferences.language = 'zh-Hant';
  preferences.theme = 'dark';
  expect([root.lang, root.dataset['theme'], words.language]).toEqual([
    'zh-Hant',
    'dark',
    'zh-Hant',
  ]);
  const next = new Preferences();
  expect([next.language, next.theme]).toEqual(['zh-Hant', 'dark']);
});

it('does not trip over what it cannot read', () => {
  localStorage.setItem('deskhand.preferences', '{"language":"tlh","theme":7,"history":"yes"');
  expect(new Preferences().language).toBe('en');
  localStorage.setItem('deskhand.preferences', '{"language":"tlh","theme":7,"history":"yes"}');
  const preferences = new Preferences();
  expect([preferences.language, preferences.theme]).toEqual(['en', 'system']);
});

it('puts history away where there is no room for it, until somebody says otherwise', () => {
  const usual = globalThis.matchMedia;
  const asked: { media: string; matches: boolean; tell?: () => void }[] = [];
  globalThis.matchMedia = ((media: string) => {
    const query = {
      media,
      matches: media.includes('min-width'),
      addEventListener: (_: string, tell: () => void) => (query.tell = tell),
      removeEventListener: () => undefined,
    } as unknown as (typeof asked)[number] & MediaQueryList;
    asked.push(query);
    return query;
  }) as typeof matchMedia;
  try {
    const preferences = new Preferences();
    const room = asked.findLast(({ media }) => media.includes('min-width'));
    expect(preferences.isHistoryOpen).toBe(true);
    if (!room) throw new Error('nobody asks for room');
    room.matches = false;
    room.tell?.();
    expect(preferences.isHistoryOpen).toBe(false);
    preferences.textSize = 150;
    expect(asked.at(-1)?.media).toBe('(min-width: 1620px)');
    const narrow = asked.at(-1);
    if (!narrow) throw new Error('nobody asks for room again');
    narrow.matches = false;
    narrow.tell?.();
    // A glance over the work ends with turning to the work, and is not kept.
    preferences.isHistoryOpen = true;
    expect(preferences.isHistoryOpen).toBe(true);
    preferences.makeRoom();
    expect(preferences.isHistoryOpen).toBe(false);
    narrow.matches = true;
    narrow.tell?.();
    expect(preferences.isHistoryOpen).toBe(true);
    preferences.textSize = 100;
  } finally {
    globalThis.matchMedia = usual;
  }
});

it('sees by night and by day, with the contrast as it is', () => {
  expect((['light', 'dark', 'contrast-light', 'contrast-dark'] as const).map(nextTheme)).toEqual([
    'dark',
    'light',
    'contrast-dark',
    'contrast-light',
  ]);
});
