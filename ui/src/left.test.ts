import { screen, waitFor } from '@testing-library/svelte';
import { cleanup } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { manyAssistants } from './backend/scripted/assistants';
import { past } from './backend/scripted/past';
import { readLeft } from './left';
import { openWindow } from './testing/desk';
import { fieldTestId, TestId } from './testids';

const get = (id: string): HTMLElement => screen.getByTestId(id);
const script = { assistants: manyAssistants, history: past('en') };

/** Closes the window and opens another, as after a restart. */
async function reopen() {
  cleanup();
  return openWindow(script);
}

describe('what was left', () => {
  it('comes back: the assistant, what stood in its form, and in the others', async () => {
    const { user, desk } = await openWindow(script);
    await user.type(get(fieldTestId('question')), 'How many?');
    desk.choose('email');
    await waitFor(() => expect(readLeft().assistant).toBe('email'));
    const next = await reopen();
    expect(next.desk.form?.description.id).toBe('email');
    next.desk.choose('sql');
    await waitFor(() => expect(get(fieldTestId('question'))).toHaveProperty('value', 'How many?'));
  });

  it('comes back: the view, and the run on the table', async () => {
    const { user } = await openWindow(script);
    await user.click(screen.getAllByTestId(TestId.historyItem)[1] as HTMLElement);
    const run = (await screen.findByTestId(TestId.result)).dataset['run'];
    await waitFor(() => expect(readLeft().run).toBe(run));
    const next = await reopen();
    expect((await screen.findByTestId(TestId.result)).dataset['run']).toBe(run);
    next.desk.showSettings();
    await waitFor(() => expect(readLeft().place).toBe('settings'));
    await reopen();
    await screen.findByTestId(TestId.settingsView);
  });

  it('is forgotten where it makes no sense any more', async () => {
    localStorage.setItem(
      'deskhand.left',
      '{"place":"moon","assistant":"gone","run":"gone","inputs":{"sql":{"question":7,"x":"y"},"gone":3}}',
    );
    const { desk } = await openWindow(script);
    expect([desk.place, desk.form?.description.id, desk.runs.view]).toEqual([
      'work',
      'sql',
      'idle',
    ]);
    localStorage.setItem('deskhand.left', '{"place":');
    expect(readLeft()).toMatchObject({ place: null, inputs: {} });
  });

  it('never holds an address, which may carry a password', async () => {
    const { user } = await openWindow(script);
    await user.type(get(fieldTestId('database')), 'postgres://me:secret@server/shop');
    await user.type(get(fieldTestId('question')), 'Who?');
    await waitFor(() => expect(readLeft().inputs['sql']?.['question']).toBe('Who?'));
    expect(JSON.stringify(localStorage)).not.toContain('secret');
  });
});
