import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { manyAssistants } from '../backend/scripted/assistants';
import { past } from '../backend/scripted/past';
import { repaired } from '../backend/scripted/plays';
import { expectAccessible, openWindow } from '../testing/desk';
import { fieldTestId, TestId } from '../testids';
import { ACTIONS } from './actions';
import { capsOf, isPressed } from './chord';

const get = (id: string): HTMLElement => screen.getByTestId(id);
const open = () => openWindow({ assistants: manyAssistants, history: past('en') });

describe('chords', () => {
  const event = (key: string, rest: KeyboardEventInit = {}): KeyboardEvent =>
    new KeyboardEvent('keydown', { key, ...rest });

  it('are pressed with exactly their keys', () => {
    expect(isPressed(event('k', { ctrlKey: true }), { key: 'k', mod: true })).toBe(true);
    expect(isPressed(event('K', { ctrlKey: true, shiftKey: true }), { key: 'k', mod: true })).toBe(
      false,
    );
    expect(isPressed(event('k'), { key: 'k', mod: true })).toBe(false);
    expect(isPressed(event('?', { shiftKey: true }), { key: '?' })).toBe(true);
  });

  it('are written as they are printed on the keys', () => {
    expect(capsOf({ key: 'f', mod: true, shift: true })).toEqual(['Ctrl', 'Shift', 'F']);
    expect(capsOf({ key: 'PageDown', mod: true })).toEqual(['Ctrl', 'Page ↓']);
  });

  it('no two actions have the same ones', () => {
    const all = ACTIONS.flatMap(({ chords }) => chords.map((chord) => capsOf(chord).join('+')));
    expect(all.filter((one, index) => all.indexOf(one) !== index)).toEqual([]);
  });
});

describe('by keyboard', () => {
  it('the cheat sheet opens, lists every action, and is not opened while one writes', async () => {
    const { user } = await open();
    await user.type(get(fieldTestId('question')), '?');
    expect(get(fieldTestId('question'))).toHaveProperty('value', '?');
    expect(screen.queryByTestId(TestId.cheatSheet)).toBeNull();
    get(fieldTestId('question')).blur();
    await user.keyboard('?');
    const sheet = await screen.findByTestId(TestId.cheatSheet);
    expect(sheet.querySelectorAll('dt').length).toBe(ACTIONS.length + 3);
    await expectAccessible(document.body);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByTestId(TestId.cheatSheet)).toBeNull());
  });

  it('one goes to the next assistant and back, and to one by its number', async () => {
    const { user, desk } = await open();
    const rail = desk.gallery.rail.map(({ id }) => id);
    const inHand = (): string | undefined => desk.form?.description.id;
    expect(inHand()).toBe(rail[0]);
    await user.keyboard('{Control>}{PageDown}{/Control}');
    expect(inHand()).toBe(rail[1]);
    await user.keyboard('{Control>}{PageUp}{PageUp}{/Control}');
    expect(inHand()).toBe(rail.at(-1));
    await user.keyboard('{Control>}2{/Control}');
    expect(inHand()).toBe(rail[1]);
  });

  it('one runs, stops, begins anew, searches history and sees by day or by night', async () => {
    const { user, desk, backend } = await openWindow({ play: repaired, hold: 12 });
    await user.click(screen.getAllByTestId(TestId.exampleChip)[0] as HTMLElement);
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(backend.requests).toHaveLength(1));
    await screen.findByTestId(TestId.tokens);
    await user.keyboard('{Control>}.{/Control}');
    expect((await screen.findByTestId(TestId.errorState)).dataset['code']).toBe('cancelled');
    await user.keyboard('{Control>}n{/Control}');
    await waitFor(() => expect(desk.runs.view).toBe('idle'));
    await waitFor(() => expect(document.activeElement).toBe(get(fieldTestId('database'))));
    desk.preferences.isHistoryOpen = false;
    await user.keyboard('{Control>}{Shift>}f{/Shift}{/Control}');
    await waitFor(() => expect(document.activeElement).toBe(get(TestId.historySearch)));
    desk.preferences.theme = 'light';
    await user.keyboard('{Control>}{Shift>}l{/Shift}{/Control}');
    expect(desk.preferences.theme).toBe('dark');
    desk.preferences.theme = 'system';
  });

  it('the text grows and shrinks within its bounds', async () => {
    const { user, desk } = await open();
    const scale = (): string => document.documentElement.style.getPropertyValue('--text-scale');
    await user.keyboard('{Control>}+{/Control}');
    expect([desk.preferences.textSize, scale()]).toEqual([110, '1.1']);
    await user.keyboard('{Control>}----{/Control}');
    expect([desk.preferences.textSize, scale()]).toEqual([90, '0.9']);
    desk.preferences.textSize = 100;
  });
});
