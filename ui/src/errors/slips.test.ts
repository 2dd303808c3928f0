import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { Scripted } from '../backend/scripted/scripted';
import { fault } from '../backend/scripted/fault';
import { past } from '../backend/scripted/past';
import { Desk } from '../desk.svelte';
import { readLeft } from '../left';
import { expectAccessible } from '../testing/desk';
import { TestId } from '../testids';
import App from '../views/App.svelte';
import { slipOf, Slips } from './slips.svelte';

const get = (id: string): HTMLElement => screen.getByTestId(id);

async function open() {
  const backend = new Scripted({ pace: 0, history: past('en') });
  const desk = new Desk(backend);
  const page = render(App, { desk });
  await desk.load();
  return { backend, desk, page, user: userEvent.setup() };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('what is told of a mistake', () => {
  it('is its kind and the places in our code, and never its words', () => {
    const error = new SyntaxError('Unexpected token in "my salary is 4,200"');
    error.stack =
      'parse@[native code]\nread@tauri://localhost/assets/index-Dk3_x.js:3:1402\n' +
      '    at draw (http://localhost/assets/Work-9.js?v=2:12:7)';
    expect(slipOf('drawing', error)).toEqual({
      kind: 'drawing',
      name: 'SyntaxError',
      places: [
        { file: 'index-Dk3_x.js', line: 3, column: 1402 },
        { file: 'Work-9.js', line: 12, column: 7 },
      ],
    });
    const refused = fault('file-unreadable', '/home/me/diary.txt cannot be read.');
    expect(slipOf('rejected', refused)).toEqual({
      kind: 'rejected',
      name: 'file-unreadable',
      places: [],
    });
    expect(JSON.stringify(slipOf('unexpected', 'my secret'))).not.toContain('secret');
  });

  it('is told once, however often it happens, and not without end', () => {
    const told = vi.fn(async () => undefined);
    const slips = new Slips(told);
    const error = new TypeError('x');
    for (let count = 0; count < 5; count += 1) slips.log('drawing', error);
    expect(told).toHaveBeenCalledTimes(1);
    for (let count = 0; count < 100; count += 1) {
      const other = new Error('x');
      other.name = `Error${count}`;
      slips.log('unexpected', other);
    }
    expect(told).toHaveBeenCalledTimes(30);
  });
});

describe('a part that cannot be drawn', () => {
  it('says so in its place, leaves the others, and is drawn again', async () => {
    const { desk, user, backend } = await open();
    const broken = vi.spyOn(Intl, 'NumberFormat').mockImplementation(function () {
      throw new RangeError('in the words of somebody');
    });
    desk.showSettings();
    const slip = await screen.findByTestId(TestId.slip);
    expect(slip.textContent).toContain('could not be drawn');
    expect(get(TestId.rail)).toBeTruthy();
    await expectAccessible(slip);
    expect(backend.slips.map(({ kind, name }) => [kind, name])).toContainEqual([
      'drawing',
      'RangeError',
    ]);
    expect(JSON.stringify(backend.slips)).not.toContain('somebody');
    broken.mockRestore();
    await user.click(within(slip).getByTestId(TestId.slipGo));
    await screen.findByTestId(TestId.settingsView);
    expect(screen.queryByTestId(TestId.slip)).toBeNull();
  });

  it('takes away what lies on the table before it goes on, for that is what cannot be drawn', async () => {
    const { desk, user } = await open();
    const run = desk.history.runs.find(({ status }) => status === 'done');
    const broken = vi.spyOn(Intl, 'NumberFormat').mockImplementation(function () {
      throw new RangeError();
    });
    await desk.open(run?.run ?? '');
    const slip = await screen.findByTestId(TestId.slip);
    await waitFor(() => expect(readLeft().run).toBe(run?.run));
    await user.click(within(slip).getByTestId(TestId.slipGo));
    await waitFor(() => expect(screen.queryByTestId(TestId.slip)).toBeNull());
    expect(desk.runs.view).toBe('idle');
    expect(get(TestId.form)).toBeTruthy();
    broken.mockRestore();
  });
});

describe('what nobody else catches', () => {
  it('is said over the window until the person goes on', async () => {
    const { user, backend } = await open();
    window.dispatchEvent(
      new ErrorEvent('error', { message: 'x', error: new TypeError('secret words') }),
    );
    const slip = await screen.findByTestId(TestId.slip);
    expect(slip.textContent).toContain('Something unexpected happened');
    expect(slip.textContent).not.toContain('secret');
    expect(backend.slips[0]).toMatchObject({ kind: 'unexpected', name: 'TypeError' });
    await user.click(get(TestId.slipGo));
    expect(screen.queryByTestId(TestId.slip)).toBeNull();
  });

  it('is a promise as well, and never a harmless notice', async () => {
    const { backend } = await open();
    window.dispatchEvent(
      new ErrorEvent('error', { message: 'ResizeObserver loop completed with undelivered …' }),
    );
    expect(screen.queryByTestId(TestId.slip)).toBeNull();
    const event = new Event('unhandledrejection') as PromiseRejectionEvent;
    Object.assign(event, { reason: fault('internal', 'No.') });
    window.dispatchEvent(event);
    await screen.findByTestId(TestId.slip);
    expect(backend.slips).toEqual([{ kind: 'rejected', name: 'internal', places: [] }]);
  });
});
