import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { manyAssistants } from '../backend/scripted/assistants';
import { past } from '../backend/scripted/past';
import { answered } from '../backend/scripted/plays';
import { Scripted, type Script } from '../backend/scripted/scripted';
import { Desk } from '../desk.svelte';
import { readLeft } from '../left';
import { Preferences } from '../preferences/preferences.svelte';
import { expectAccessible, openWindow } from '../testing/desk';
import { fieldTestId, TestId } from '../testids';
import Window from '../views/Window.svelte';
import { MAIN, readOpening, type Opening } from './opening';

const get = (id: string): HTMLElement => screen.getByTestId(id);
const none = (id: string): void => expect(screen.queryByTestId(id)).toBeNull();
const script = { assistants: manyAssistants, history: past('en') };

async function openAs(opening: Partial<Opening>, more: Script = {}) {
  const backend = new Scripted({ pace: 0, ...script, ...more });
  const desk = new Desk(backend, new Preferences(), { ...MAIN, ...opening });
  const page = render(Window, { desk });
  await desk.load();
  return { backend, desk, page, user: userEvent.setup() };
}

afterEach(() => {
  vi.restoreAllMocks();
});

it('a page reads from its address what it is', () => {
  expect(readOpening('')).toEqual(MAIN);
  expect(readOpening('?as=work&assistant=sql&run=01K')).toEqual({
    as: 'work',
    assistant: 'sql',
    run: '01K',
  });
  expect(readOpening('?as=moon').as).toBe('main');
});

describe('a window of its own', () => {
  it('is asked for with the assistant and the run that is looked at', async () => {
    const { user, desk, backend } = await openWindow(script);
    await user.click(get(TestId.openBeside));
    const run = desk.history.runs.find(({ assistant }) => assistant === 'sql')?.run ?? '';
    await desk.open(run);
    await user.click(get(TestId.openBeside));
    expect(backend.windows.beside).toEqual([
      { assistant: 'sql', run: null },
      { assistant: 'sql', run },
    ]);
  });

  it('has one piece of work and nothing around it, and leaves no trace of how it lies', async () => {
    const { desk, page, user, backend } = await openAs({ as: 'work', assistant: 'email' });
    expect(desk.form?.description.id).toBe('email');
    for (const part of [TestId.rail, TestId.historyToggle, TestId.helpOnThis]) none(part);
    await expectAccessible(page.container);
    await user.type(get(fieldTestId('text')), 'thank you');
    await user.keyboard('{Control>},{/Control}');
    expect([desk.place, readLeft().assistant]).toEqual(['work', null]);
    expect(backend.windows.keys).toBeNull();
    await user.click(get(TestId.showInMain));
    await waitFor(() => expect(backend.windows.isClosed).toBe(true));
  });

  it('shows the run that it was opened for, and takes it back to the desk', async () => {
    const run = script.history.find(({ report }) => report.assistant === 'sql')?.report.run ?? '';
    const { user, backend } = await openAs({ as: 'work', assistant: 'sql', run });
    expect((await screen.findByTestId(TestId.result)).dataset['run']).toBe(run);
    await user.click(get(TestId.showInMain));
    await waitFor(() => expect(backend.windows.shown).toEqual([run]));
  });
});

describe('the small window', () => {
  it('asks whom one chooses, and goes with Escape', async () => {
    const { user, desk, backend, page } = await openAs({ as: 'quick' });
    await expectAccessible(page.container);
    await user.selectOptions(get(TestId.quickChoice), 'email');
    expect(desk.form?.description.id).toBe('email');
    await user.type(get(fieldTestId('text')), 'thank you');
    await user.click(get(TestId.runButton));
    await screen.findByTestId(TestId.result);
    await user.keyboard('{Escape}');
    expect(backend.windows.isClosed).toBe(true);
  });

  it('is opened by keys that can be chosen and given up', async () => {
    const { user, desk, backend } = await openWindow(script);
    await waitFor(() => expect(backend.windows.keys).toBe('Ctrl+Alt+Space'));
    desk.showSettings();
    await user.selectOptions(await screen.findByTestId(TestId.settingsQuick), 'Alt+Shift+D');
    await waitFor(() => expect(backend.windows.keys).toBe('Alt+Shift+D'));
    expect(new Preferences().quickKeys).toBe('Alt+Shift+D');
    await user.selectOptions(get(TestId.settingsQuick), 'None');
    await waitFor(() => expect(backend.windows.keys).toBeNull());
    expect(new Preferences().quickKeys).toBeNull();
  });

  it.each([
    ['not-offered', 'lets no program listen'],
    ['taken', 'Another program has these keys'],
  ] as const)('says why its keys do not work: %s', async (quick, words) => {
    const { desk } = await openWindow({ ...script, quick });
    desk.showSettings();
    await waitFor(() => expect(get(TestId.settingsOutside).textContent).toContain(words));
  });
});

describe('the sign in the bar of the system', () => {
  const yes = (): HTMLElement =>
    within(get(TestId.settingsTray)).getByRole('radio', { name: 'Yes' });

  it('is there when somebody wants it, in their language', async () => {
    const { user, desk, backend } = await openWindow(script);
    expect(backend.windows.tray).toBeNull();
    desk.showSettings();
    await screen.findByTestId(TestId.settingsTray);
    await user.click(yes());
    await waitFor(() => expect(backend.windows.tray?.quit).toBe('Quit Deskhand'));
    expect(new Preferences().hasTray).toBe(true);
  });

  it('is refused in words where there is no bar', async () => {
    const { user, desk } = await openWindow({ ...script, hasNoBar: true });
    desk.showSettings();
    await screen.findByTestId(TestId.settingsTray);
    await user.click(yes());
    await waitFor(() => expect(get(TestId.settingsOutside).textContent).toContain('has no bar'));
    expect(desk.preferences.hasTray).toBe(false);
  });
});

describe('a long run that ends while nobody looks', () => {
  const slow: Script = {
    ...script,
    play: (run, request) => {
      const play = answered(run, request);
      const timings = { ...play.report.timings_ms, total: 42_000 };
      return { ...play, report: { ...play.report, timings_ms: timings } };
    },
  };
  async function ask(looks: boolean, more: Script = slow) {
    vi.spyOn(document, 'hasFocus').mockReturnValue(looks);
    const opened = await openWindow(more);
    await opened.user.type(get(fieldTestId('database')), 'shop');
    await opened.user.type(get(fieldTestId('question')), 'How many?');
    return opened;
  }

  it('is told by the system once the person wants that, and quotes nothing', async () => {
    const { user, backend, desk } = await ask(false);
    await user.click(get(TestId.runButton));
    await screen.findByTestId(TestId.result);
    expect(backend.windows.told).toEqual([]);
    await user.click(await screen.findByRole('button', { name: 'Yes, tell me' }));
    expect(desk.preferences.notices).toBe(true);
    await desk.again();
    await waitFor(() => expect(backend.windows.told).toHaveLength(1));
    expect(JSON.stringify(backend.windows.told)).not.toContain('How many');
  });

  it('is not told to whoever looks, nor when it was a short one, nor against the wish', async () => {
    for (const [looks, more, wish] of [
      [true, slow, true],
      [false, script, true],
      [false, slow, false],
    ] as const) {
      const { user, backend, desk, page } = await ask(looks, more);
      desk.preferences.notices = wish;
      await user.click(get(TestId.runButton));
      await screen.findByTestId(TestId.result);
      expect(backend.windows.told).toEqual([]);
      (page as unknown as { unmount: () => void }).unmount();
      localStorage.clear();
    }
  });
});

it('a run that another window wants shown here is shown', async () => {
  const { desk, backend } = await openWindow(script);
  const run = desk.history.runs.find(({ assistant }) => assistant === 'sql')?.run ?? '';
  await waitFor(() => expect(backend.windows.keys).not.toBeNull());
  backend.windows.show(run);
  expect((await screen.findByTestId(TestId.result)).dataset['run']).toBe(run);
});
