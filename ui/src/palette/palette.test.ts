import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { manyAssistants } from '../backend/scripted/assistants';
import { past } from '../backend/scripted/past';
import { expectAccessible, openWindow } from '../testing/desk';
import { assistantTestId, fieldTestId, TestId } from '../testids';

const get = (id: string): HTMLElement => screen.getByTestId(id);
const items = (): string[] =>
  screen.queryAllByTestId(TestId.paletteItem).map(({ dataset }) => dataset['item'] ?? '');
const chosen = (): string | undefined =>
  screen
    .getAllByTestId(TestId.paletteItem)
    .find((item) => item.getAttribute('aria-selected') === 'true')?.dataset['item'];

async function openPalette(language: 'en' | 'zh-Hans' = 'en') {
  const opened = await openWindow(
    { assistants: manyAssistants, history: past('en'), canMake: true },
    language,
  );
  await opened.user.keyboard('{Control>}k{/Control}');
  await screen.findByTestId(TestId.paletteInput);
  return opened;
}

describe('the palette', () => {
  it('opens on a key with what one needs most, and is a combobox over a list', async () => {
    await openPalette();
    const line = get(TestId.paletteInput);
    await waitFor(() => expect(document.activeElement).toBe(line));
    expect(items()).toContain('action-new');
    expect(items().filter((id) => id.startsWith('assistant-')).length).toBeGreaterThan(3);
    expect(items().filter((id) => id.startsWith('run-')).length).toBeGreaterThan(0);
    expect(line.getAttribute('aria-activedescendant')).toBe(
      screen.getAllByTestId(TestId.paletteItem)[0]?.id,
    );
    expect(screen.getByRole('listbox').id).toBe(line.getAttribute('aria-controls'));
    await expectAccessible(document.body);
  });

  it('takes somebody to an assistant, with the cursor in its first blank', async () => {
    const { user, desk } = await openPalette();
    await user.keyboard('databa');
    expect(chosen()).toBe('assistant-sql');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByTestId(TestId.paletteInput)).toBeNull());
    expect(desk.form?.description.id).toBe('sql');
    await waitFor(() => expect(document.activeElement).toBe(get(fieldTestId('database'))));
  });

  it('is gone through by arrows, round and round', async () => {
    const { user } = await openPalette();
    const all = items();
    await user.keyboard('{ArrowDown}');
    expect(chosen()).toBe(all[1]);
    await user.keyboard('{ArrowUp}{ArrowUp}');
    expect(chosen()).toBe(all.at(-1));
  });

  it('finds in English and by pinyin whatever the window speaks', async () => {
    const { user } = await openPalette('zh-Hans');
    await user.keyboard('xwsjk');
    expect(items()).toContain('assistant-sql');
    await user.clear(get(TestId.paletteInput));
    await user.keyboard('dark');
    expect(items()).toContain('setting-theme-dark');
  });

  it('sets what it names', async () => {
    const { user, desk } = await openPalette();
    await user.keyboard('high contrast dark{Enter}');
    expect(desk.preferences.theme).toBe('contrast-dark');
    expect(document.documentElement.dataset).toMatchObject({ theme: 'dark', contrast: 'more' });
    desk.preferences.theme = 'system';
  });

  it('opens what was run, found also by what stands inside of it', async () => {
    const { user } = await openPalette();
    await user.keyboard('wholesale');
    await waitFor(() => expect(items().some((id) => id.startsWith('run-'))).toBe(true));
    const run = items()
      .find((id) => id.startsWith('run-'))
      ?.replace('run-', '');
    while (!chosen()?.startsWith('run-')) await user.keyboard('{ArrowDown}');
    await user.keyboard('{Enter}');
    expect((await screen.findByTestId(TestId.result)).dataset['run']).toBe(run);
  });

  it('offers what can be done in the view that is shown', async () => {
    const { user, desk } = await openPalette();
    expect(items().some((id) => id.startsWith('here-'))).toBe(false);
    await user.keyboard('{Escape}');
    desk.showModels();
    await waitFor(() => expect(screen.queryByTestId(TestId.paletteInput)).toBeNull());
    await user.keyboard('{Control>}k{/Control}');
    await waitFor(() => expect(items()[0]).toBe('here-service'));
    await user.keyboard('{Enter}');
    await screen.findByTestId(TestId.serviceForm);
  });

  it('says so when nothing fits, and closes on its key', async () => {
    const { user, page } = await openPalette();
    await user.keyboard('qqqqxx');
    expect(items()).toEqual([]);
    expect(document.body.textContent).toContain('Nothing fits');
    await user.keyboard('{Enter}{Control>}k{/Control}');
    await waitFor(() => expect(screen.queryByTestId(TestId.paletteInput)).toBeNull());
    expect(page.container.querySelector(`[data-testid="${assistantTestId('sql')}"]`)).toBeTruthy();
  });
});
