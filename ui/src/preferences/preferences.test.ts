import { afterEach, expect, it } from 'vitest';

import { words } from '../i18n/words.svelte';
import { Preferences } from './preferences.svelte';

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
