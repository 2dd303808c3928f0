import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { manyAssistants, TONE_FILE } from '../backend/scripted/assistants';
import type { FileDrop } from '../backend/backend';
import { expectAccessible, openWindow } from '../testing/desk';
import { cardTestId, fieldTestId, TestId } from '../testids';
import {
  fieldOf,
  nameFrom,
  reworded,
  rowsOf,
  shotsOf,
  templateOf,
  withInputs,
  withTalk,
} from './file';

const get = (id: string): HTMLElement => screen.getByTestId(id);

describe('a file', () => {
  const other = fieldOf('tone', 'choice', 'Tone');

  it('gets a template of its fields until somebody writes one', () => {
    const both = withInputs(TONE_FILE, [...TONE_FILE.inputs, other]);
    expect(both.prompt.template).toBe('My note: {{ text }}\nTone: {{ tone }}');
    const written = { ...TONE_FILE, prompt: { template: 'Say {{ text }}.' } };
    expect(withInputs(written, [other]).prompt.template).toBe('Say {{ text }}.');
    expect(templateOf([])).toBe('');
  });

  it('loses from its examples what is no longer asked for', () => {
    const file = { ...TONE_FILE, shots: [{ input: { text: 'a', tone: 'b' }, output: 'c' }] };
    expect(withInputs(file, TONE_FILE.inputs).shots).toEqual([
      { input: { text: 'a' }, output: 'c' },
    ]);
  });

  it('is a grid of its examples and back', () => {
    expect(rowsOf(TONE_FILE)[1]).toEqual([
      'refund sent today, 3 days',
      'Hello, we sent your refund today. It should reach you within 3 days.',
    ]);
    expect(shotsOf(TONE_FILE, rowsOf(TONE_FILE))).toEqual(TONE_FILE.shots);
  });

  it('gets a name that nobody has', () => {
    expect(nameFrom('Büro: Brief!', [], 'assistant')).toBe('buro-brief');
    expect(nameFrom('Reply', ['reply', 'reply-2'], 'assistant')).toBe('reply-3');
    expect(nameFrom('友善回覆', [], 'assistant')).toBe('assistant');
  });

  it('is worded in one language, and the others follow while they say the same', () => {
    const said = { en: 'A', 'zh-Hant': 'A', 'zh-Hans': '' };
    expect(reworded(said, 'en', 'B')).toEqual({ en: 'B', 'zh-Hant': 'B', 'zh-Hans': 'B' });
    expect(reworded({ ...said, 'zh-Hant': '甲' }, 'en', 'B')['zh-Hant']).toBe('甲');
  });

  it('carries what was said before where it remembers', () => {
    const talks = withTalk(TONE_FILE, 'conversation');
    expect(talks.inputs.at(-1)).toMatchObject({ name: 'history', hidden: true });
    expect(withTalk(talks, 'stateless').inputs).toEqual(TONE_FILE.inputs);
  });
});

async function openBuilder() {
  const opened = await openWindow({ assistants: manyAssistants, canMake: true });
  await opened.user.click(get(TestId.showGallery));
  return { ...opened, shelf: opened.backend.presets };
}

describe('making an assistant', () => {
  it('from nothing: its words, a field, an example; saved, it stands in the gallery', async () => {
    const { user, page, shelf, desk } = await openBuilder();
    await user.click(get(TestId.newAssistant));
    await expectAccessible(page.container);
    await user.clear(get(TestId.builderTitle));
    await user.type(get(TestId.builderTitle), 'Thank-you note{Tab}');
    await user.click(get(TestId.addField));
    expect(screen.getAllByTestId(TestId.builderField)).toHaveLength(2);
    expect(get(TestId.tryPane).querySelectorAll('[data-testid^="field-"]')).toHaveLength(2);
    await user.click(get(TestId.addShot));
    await user.type(screen.getByLabelText('Row 1, column 3'), 'Thank you!');
    await user.click(get(TestId.saveAssistant));
    await waitFor(() => expect(shelf?.saved).toHaveLength(1));
    expect(shelf?.saved[0]).toMatchObject({
      id: 'thank-you-note',
      category: 'own',
      shots: [{ output: 'Thank you!' }],
    });
    await user.click(get(TestId.closeBuilder));
    expect(get(cardTestId('thank-you-note'))).toBeTruthy();
    expect(desk.descriptionOf('thank-you-note')?.inputs).toHaveLength(2);
  });

  it('can be undone and done again', async () => {
    const { user, desk } = await openBuilder();
    await user.click(get(TestId.newAssistant));
    await user.click(get(TestId.addField));
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(desk.workshop?.builder.file?.inputs).toHaveLength(1);
    await user.click(screen.getByRole('button', { name: 'Redo' }));
    expect(desk.workshop?.builder.file?.inputs).toHaveLength(2);
  });

  it('is tried beside the editor, saved or not', async () => {
    const { user } = await openBuilder();
    await user.click(get(TestId.newAssistant));
    await user.type(within(get(TestId.tryPane)).getByTestId(fieldTestId('text')), 'parcel late');
    await user.click(get(TestId.tryButton));
    expect((await screen.findByTestId(TestId.tryResult)).textContent).toContain('Good morning');
    expect(screen.queryByTestId(TestId.tryBefore)).toBeNull();
    await user.click(get(TestId.tryButton));
    expect((await screen.findByTestId(TestId.tryBefore)).textContent).toContain('Good morning');
  });

  it('is tested on its own examples, and says how many it got right', async () => {
    const { user, desk, page } = await openBuilder();
    // The built-in that it is made from has three examples.
    await desk.workshop?.copy('reply');
    await user.click(await screen.findByTestId(TestId.testShots));
    await waitFor(() => expect(get(TestId.passRate).textContent).toContain('2 of 3 right (67%)'));
    await expectAccessible(page.container);
  });

  it('comes from a script of the old sandbox, and says why not where it does not', async () => {
    const { user, desk } = await openBuilder();
    await user.click(get(TestId.importAssistant));
    await user.type(await screen.findByTestId(TestId.importText), 'print(1)');
    await user.click(get(TestId.importButton));
    expect((await screen.findByTestId(TestId.errorState)).textContent).toContain('neither a file');
    await user.clear(get(TestId.importText));
    await user.type(get(TestId.importText), "gpt.add_example(Example('two plus two', '4'))");
    await user.click(get(TestId.importButton));
    await screen.findByTestId(TestId.builder);
    expect(desk.workshop?.builder.file?.shots).toEqual([
      { input: { text: 'two plus two' }, output: '4' },
    ]);
  });

  it('comes from a file that is dragged in, and says why not where it does not', async () => {
    const { user, desk, backend } = await openBuilder();
    const tell = (drop: FileDrop): void => backend.drops.forEach((watch) => watch(drop));
    tell({ state: 'over' });
    await screen.findByTestId(TestId.dropHere);
    tell({ state: 'let-go', path: '/somewhere/holiday.jpg' });
    expect((await screen.findByTestId(TestId.errorState)).textContent).toContain('neither a file');
    expect(screen.queryByTestId(TestId.dropHere)).toBeNull();
    await user.keyboard('{Escape}');
    tell({ state: 'let-go', path: '/somewhere/run_latex_app.py' });
    await screen.findByTestId(TestId.builder);
    expect(desk.workshop?.builder.file?.shots).toHaveLength(1);
  });

  it('is not offered where the desk cannot', async () => {
    const { user } = await openWindow({ assistants: manyAssistants });
    await user.click(get(TestId.showGallery));
    expect(screen.queryByTestId(TestId.newAssistant)).toBeNull();
    expect(screen.queryByTestId(TestId.copyAssistant)).toBeNull();
  });
});
