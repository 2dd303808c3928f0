import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import type { Script } from '../backend/scripted/scripted';
import { manyAssistants } from '../backend/scripted/assistants';
import { fault } from '../backend/scripted/fault';
import { made } from '../backend/scripted/plays';
import { expectAccessible, openWindow } from '../testing/desk';
import { assistantTestId, fieldTestId, TestId } from '../testids';

const get = (id: string): HTMLElement => screen.getByTestId(id);
const answers = (): string[] =>
  screen.queryAllByTestId(TestId.result).map(({ textContent }) => textContent?.trim() ?? '');
const said = (): string[] =>
  screen.queryAllByTestId(TestId.turn).map(({ textContent }) => textContent?.trim() ?? '');

/** Answers with how often it was asked. */
function counting(): Script {
  let count = 0;
  return {
    assistants: manyAssistants,
    play: (run, request) => {
      const text = `Answer ${++count} to ${request.inputs['text']}`;
      const artifact = { kind: 'text' as const, text, draft: false };
      return made(run, request, artifact, { draft: text, checks: [] });
    },
  };
}

async function openChat(script: Script = counting()) {
  const opened = await openWindow(script);
  opened.desk.choose('chat');
  await screen.findByTestId(TestId.chat);
  return opened;
}

describe('a conversation', () => {
  it('tells what was said before, and streams onto one sheet', async () => {
    const { user, backend, page } = await openChat();
    await user.type(get(fieldTestId('text')), 'one{Enter}');
    await waitFor(() => expect(answers()).toHaveLength(1));
    expect(get(fieldTestId('text'))).toHaveProperty('value', '');
    await user.type(get(fieldTestId('text')), 'two{Enter}');
    await waitFor(() => expect(answers()).toHaveLength(2));
    expect(answers()[1]).toContain('Answer 2 to two');
    expect(backend.requests[0]?.inputs).toEqual({ text: 'one' });
    expect(JSON.parse(backend.requests[1]?.inputs['history'] ?? '')).toEqual([
      { role: 'user', text: 'one' },
      { role: 'assistant', text: 'Answer 1 to one' },
    ]);
    expect(get(TestId.chat).textContent).toContain('A model writes these answers');
    await expectAccessible(page.container);
  });

  it('branches where something is said in another way, and keeps what followed', async () => {
    const { user } = await openChat();
    await user.type(get(fieldTestId('text')), 'one{Enter}');
    await waitFor(() => expect(answers()).toHaveLength(1));
    await user.click(get(TestId.editTurn));
    await user.clear(get(TestId.rephrase));
    await user.type(get(TestId.rephrase), 'other{Enter}');
    await waitFor(() => expect(answers()[0]).toContain('Answer 2 to other'));
    expect(said()).toHaveLength(1);
    expect(get(TestId.versions).textContent).toContain('2 of 2');
    await user.click(screen.getByRole('button', { name: 'The version before' }));
    expect(answers()[0]).toContain('Answer 1 to one');
  });

  it('gives another answer to the same, with the same before it', async () => {
    const { user, backend } = await openChat();
    await user.type(get(fieldTestId('text')), 'one{Enter}');
    await waitFor(() => expect(answers()).toHaveLength(1));
    await user.click(get(TestId.againTurn));
    await waitFor(() => expect(answers()[0]).toContain('Answer 2 to one'));
    expect(backend.requests[1]?.inputs).toEqual({ text: 'one' });
  });

  it('can be stopped, keeps what was written, and goes on', async () => {
    const { user, backend } = await openChat({ ...counting(), hold: 5 });
    await user.type(get(fieldTestId('text')), 'one{Enter}');
    await waitFor(() => expect(get(TestId.tokens).textContent).toContain('Answer'));
    await user.click(get(TestId.stopButton));
    await waitFor(() => expect(answers()[0]).toContain('You stopped it here'));
    expect(get(TestId.result).dataset['status']).toBe('cancelled');
    await user.click(get(TestId.goOn));
    await waitFor(() => expect(backend.requests).toHaveLength(2));
    expect(JSON.parse(backend.requests[1]?.inputs['history'] ?? '')[1].text).toContain('Answer');
  });

  it('says in its place what went wrong', async () => {
    await openChat({
      assistants: manyAssistants,
      play: () => {
        throw fault('model-missing', 'The model is not here.', { model: 'qwen2.5-coder-1.5b' });
      },
    });
    const { default: userEvent } = await import('@testing-library/user-event');
    await userEvent.type(get(fieldTestId('text')), 'one{Enter}');
    const state = await screen.findByTestId(TestId.errorState);
    expect(state.dataset['code']).toBe('model-missing');
    expect(screen.getAllByTestId(TestId.turn)).toHaveLength(1);
  });

  it('wants something to be said', async () => {
    const { user, backend } = await openChat();
    await user.click(get(TestId.runButton));
    expect((await screen.findByRole('alert')).textContent).toContain('Please fill this in.');
    expect(backend.requests).toHaveLength(0);
  });

  it('is opened again from history as it was', async () => {
    const { user, desk } = await openChat();
    await user.type(get(fieldTestId('text')), 'one{Enter}');
    await waitFor(() => expect(answers()).toHaveLength(1));
    await user.type(get(fieldTestId('text')), 'two{Enter}');
    await waitFor(() => expect(answers()).toHaveLength(2));
    const run = screen.getAllByTestId(TestId.result)[1]?.dataset['run'] ?? '';
    desk.fresh();
    await waitFor(() => expect(answers()).toHaveLength(0));
    await desk.open(run);
    await waitFor(() => expect(answers().at(-1)).toContain('Answer 2 to two'));
    expect(said()[0]).toContain('one');
  });

  it('stays while something else is looked at', async () => {
    const { user } = await openChat();
    await user.type(get(fieldTestId('text')), 'one{Enter}');
    await waitFor(() => expect(answers()).toHaveLength(1));
    await user.click(within(get(TestId.rail)).getByTestId(assistantTestId('sql')));
    expect(screen.queryByTestId(TestId.chat)).toBeNull();
    await user.click(within(get(TestId.rail)).getByTestId(assistantTestId('chat')));
    expect(answers()[0]).toContain('Answer 1 to one');
  });
});

describe('several assistants', () => {
  it('keep what lies on their tables', async () => {
    const { user, desk } = await openWindow({ assistants: manyAssistants });
    desk.form?.set('database', 'shop');
    desk.form?.set('question', 'Who?');
    await desk.run();
    await screen.findByTestId(TestId.result);
    await user.click(get(assistantTestId('latex')));
    expect(screen.queryByTestId(TestId.result)).toBeNull();
    await user.click(get(assistantTestId('sql')));
    expect(get(TestId.result)).toBeTruthy();
  });

  it('do not show each other’s runs; the one under way waits where it belongs', async () => {
    const { user, desk } = await openWindow({ assistants: manyAssistants, hold: 8 });
    desk.form?.set('database', 'shop');
    desk.form?.set('question', 'Who?');
    await desk.run();
    await screen.findByTestId(TestId.live);
    await user.click(get(assistantTestId('latex')));
    expect(screen.queryByTestId(TestId.live)).toBeNull();
    expect(get(TestId.form).textContent).toContain('Ask a database is still at work');
    await desk.runs.stop();
    await waitFor(() => expect(desk.runs.live).toBeNull());
    expect(screen.queryByTestId(TestId.result)).toBeNull();
    await user.click(get(assistantTestId('sql')));
    expect(get(TestId.result).dataset['status']).toBe('cancelled');
  });
});
