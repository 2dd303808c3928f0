import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import type { RunRecord } from '../backend/bindings';
import { past } from '../backend/scripted/past';
import { answered, failed, repaired, unsure } from '../backend/scripted/plays';
import { best, manyRows, models } from '../backend/scripted/shop';
import { expectAccessible, openWindow } from '../testing/desk';
import { assistantTestId, fieldTestId, TestId } from '../testids';

const find = (id: string): Promise<HTMLElement> => screen.findByTestId(id);
const get = (id: string): HTMLElement => screen.getByTestId(id);
const cells = (): string[][] =>
  within(get(TestId.resultTable))
    .getAllByRole('row')
    .slice(1)
    .map((row) =>
      within(row)
        .getAllByRole('cell')
        .map((cell) => cell.textContent ?? ''),
    );

describe('the form', () => {
  it('is drawn from the description: every field that is not hidden, in its words', async () => {
    const { page } = await openWindow();
    expect(get(assistantTestId('sql')).getAttribute('aria-current')).toBe('page');
    expect(get(fieldTestId('database')).tagName).toBe('INPUT');
    expect(get(fieldTestId('question')).tagName).toBe('TEXTAREA');
    expect(screen.queryByTestId(fieldTestId('sql'))).toBeNull();
    expect(screen.getByLabelText(/^In the database/)).toBe(get(fieldTestId('database')));
    expect(get(TestId.runButton).textContent).toContain('Find the answer');
    expect(document.title).toBe('Ask a database – Deskhand');
    await expectAccessible(page.container);
  });

  it('is filled by an example and runs by a key', async () => {
    const { user, backend } = await openWindow();
    await user.click(screen.getAllByTestId(TestId.exampleChip)[0] as HTMLElement);
    expect(get(fieldTestId('database'))).toHaveProperty('value', 'shop');
    await user.type(get(fieldTestId('question')), '{Control>}{Enter}{/Control}');
    await find(TestId.result);
    expect(backend.requests[0]?.inputs).toEqual({
      database: 'shop',
      question: 'Which five customers spent the most in 2025?',
    });
  });

  it('takes a file that was chosen', async () => {
    const { user } = await openWindow({ file: '/data/books.sqlite' });
    await user.click(get(TestId.chooseFile));
    await waitFor(() =>
      expect(get(fieldTestId('database'))).toHaveProperty('value', '/data/books.sqlite'),
    );
  });

  it('says at the field what is missing', async () => {
    const { user, page } = await openWindow();
    await user.type(get(fieldTestId('database')), 'shop');
    await user.click(get(TestId.runButton));
    await waitFor(() =>
      expect(get(fieldTestId('question')).getAttribute('aria-invalid')).toBe('true'),
    );
    expect(screen.getByRole('alert').textContent).toContain('Please fill this in.');
    expect(screen.queryByTestId(TestId.errorState)).toBeNull();
    await expectAccessible(page.container);
    await user.type(get(fieldTestId('question')), 'How many orders?');
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

async function ask(script: Parameters<typeof openWindow>[0] = {}) {
  const opened = await openWindow(script);
  await opened.user.click(screen.getAllByTestId(TestId.exampleChip)[0] as HTMLElement);
  await opened.user.click(get(TestId.runButton));
  return opened;
}

describe('a run under way', () => {
  it('shows its stages and its words, and can be stopped', async () => {
    const { user, page } = await ask({ play: repaired, hold: 12 });
    await waitFor(() => expect(get(TestId.tokens).textContent).toContain('SELECT'));
    const stages = screen.getAllByTestId(TestId.stage);
    expect(stages.map(({ dataset }) => dataset['state'])).toEqual(['done', 'active', 'waiting']);
    expect(stages[0]?.textContent).toContain('Looking at your tables');
    expect(get(TestId.runButton)).toHaveProperty('disabled', true);
    await expectAccessible(page.container);
    await user.click(get(TestId.stopButton));
    expect((await find(TestId.errorState)).dataset['code']).toBe('cancelled');
    expect(get(TestId.draft).textContent).toContain('SELECT');
  });
});

describe('a result', () => {
  it('shows the table, the marks and the statement', async () => {
    const { page } = await ask();
    await find(TestId.result);
    expect(cells()[0]).toEqual(['Margaret Holloway', 'London', 'education', '27', '20733.63']);
    expect(cells()[2]?.[2]).toBe('NULL');
    expect(get(TestId.rowCount).textContent).toBe('5 rows');
    const marks = screen.getAllByTestId(TestId.checkBadge);
    expect(marks.map(({ dataset }) => [dataset['check'], dataset['passed']])).toContainEqual([
      'runs',
      'true',
    ]);
    expect(get(TestId.sqlEditor).textContent).toContain('SELECT');
    await expectAccessible(page.container);
  });

  it('is sorted by its headers', async () => {
    const { user } = await ask();
    const header = within(await find(TestId.resultTable)).getByRole('button', { name: /orders/ });
    await user.click(header);
    expect(cells().map((row) => row[3])).toEqual(['13', '18', '22', '27', '32']);
    expect(header.closest('th')?.getAttribute('aria-sort')).toBe('ascending');
    await user.click(header);
    expect(cells().map((row) => row[3])).toEqual(['32', '27', '22', '18', '13']);
    await user.click(header);
    expect(cells()[0]?.[0]).toBe('Margaret Holloway');
  });

  it('shows a check by its own name when the catalogue has no words for it', async () => {
    await ask({
      play: (run, request) => {
        const play = answered(run, request);
        play.report.checks = [{ name: 'measured', passed: true, detail: '' }];
        return play;
      },
    });
    expect((await find(TestId.checkBadge)).textContent).toContain('measured');
  });

  it('runs the statement again in place of the question', async () => {
    const { user, backend } = await ask();
    await user.click(await find(TestId.runSql));
    await waitFor(() => expect(backend.requests).toHaveLength(2));
    expect(backend.requests[1]?.inputs).toEqual({ database: 'shop', sql: best.sql });
  });

  it('of many rows draws only those near the eye and says that there are more', async () => {
    await ask({ play: (run, request) => answered(run, request, manyRows(1000)) });
    const table = await find(TestId.resultTable);
    expect(table.getAttribute('aria-rowcount')).toBe('1001');
    expect(table.querySelectorAll('tbody tr').length).toBeLessThan(100);
    expect(get(TestId.result).textContent).toContain('the first 1,000 are shown');
  });
});

describe('no answer', () => {
  it('is said honestly, with the draft', async () => {
    const { user, backend, page } = await ask({ play: unsure });
    const state = await find(TestId.errorState);
    expect(state.dataset['code']).toBe('not-sure');
    expect(get(TestId.sqlEditor).textContent).toContain('o.amount');
    expect(screen.queryByTestId(TestId.resultTable)).toBeNull();
    await expectAccessible(page.container);
    await user.click(get(TestId.tryAgain));
    await waitFor(() => expect(backend.requests).toHaveLength(2));
  });

  it('because the model is missing offers to download it, and then asks again', async () => {
    const { user, backend, page } = await ask({
      models: models.map((model) => ({ ...model, present: false })),
      play: (run, request) =>
        failed(run, request, {
          code: 'model-missing',
          sentence: 'The model is not on this machine yet.',
          details: { model: 'qwen2.5-coder-1.5b' },
        }),
    });
    const button = await within(await find(TestId.errorState)).findByTestId(TestId.downloadModel);
    expect(button.textContent).toContain('Download model (1.1 GB)');
    await expectAccessible(page.container);
    await user.click(button);
    await waitFor(() => expect(backend.requests).toHaveLength(2));
    expect((await find(TestId.toast)).textContent).toContain('The model is here.');
  });

  it('because the window could not load anything is said too', async () => {
    const { desk } = await openWindow();
    desk.backend.assistants = () =>
      Promise.reject({ code: 'history-too-new', sentence: 'Newer.', details: {} });
    await desk.load();
    expect((await find(TestId.errorState)).dataset['code']).toBe('history-too-new');
  });
});

describe('history', () => {
  it('opens a run again, with its form', async () => {
    const { user, page } = await openWindow({ history: past('en') });
    const item = screen.getAllByTestId(TestId.historyItem)[1] as HTMLElement;
    await user.click(item);
    const result = await find(TestId.result);
    expect(result.dataset['run']).toBe(item.dataset['run']);
    expect(get(fieldTestId('question'))).toHaveProperty(
      'value',
      'Which products were returned most often, and why?',
    );
    await waitFor(() => expect(item.getAttribute('aria-current')).toBe('true'));
    await expectAccessible(page.container);
  });

  it('can be put away and taken out', async () => {
    const { user } = await openWindow();
    await user.click(get(TestId.historyToggle));
    expect(screen.queryByTestId(TestId.history)).toBeNull();
    await user.click(get(TestId.historyToggle));
    expect(get(TestId.history)).toBeTruthy();
  });

  it('pins a run, finds it by a word and brings back one that was taken away', async () => {
    const { user, page } = await openWindow({ history: past('en') });
    const items = (): HTMLElement[] => screen.queryAllByTestId(TestId.historyItem);
    const all = items().length;
    await user.click(screen.getAllByTestId(TestId.historyPin)[1] as HTMLElement);
    const pinned = await find(TestId.historyPinned);
    expect(pinned.textContent).toContain('returned most often');
    await expectAccessible(page.container);

    await user.type(get(TestId.historySearch), 'wholesale');
    await waitFor(() => expect(items()).toHaveLength(1));
    expect(items()[0]?.querySelector('mark')?.textContent).toBe('wholesale');
    await user.clear(get(TestId.historySearch));
    await waitFor(() => expect(items()).toHaveLength(all + 1));

    await user.click(screen.getAllByTestId(TestId.historyRemove)[3] as HTMLElement);
    await waitFor(() => expect(items()).toHaveLength(all));
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(items()).toHaveLength(all + 1));
  });

  it('shows every word that a service was told, and that nothing left where none was', async () => {
    const [first, second, ...rest] = past('en');
    if (!first || !second) throw new Error('no past');
    const told: RunRecord = {
      ...first,
      report: { ...first.report, model: 'toy:small' },
      steps: [
        { stage: 'draft', attempt: 1, took_ms: 9, draft: 'x', checks: [], sent: 'CREATE TABLE a' },
      ],
    };
    const { user } = await openWindow({ history: [told, second, ...rest] });
    await user.click(screen.getAllByTestId(TestId.historyItem)[0] as HTMLElement);
    await user.click(await find(TestId.showOutgoing));
    await waitFor(() => expect(get(TestId.outgoing).textContent).toContain('CREATE TABLE a'));
    await user.keyboard('{Escape}');
    // A dialog that closes holds the pointer a moment longer.
    await waitFor(() => {
      expect(screen.queryByTestId(TestId.outgoing)).toBeNull();
      expect(document.body.style.pointerEvents).not.toBe('none');
    });
    await user.click(screen.getAllByTestId(TestId.historyItem)[1] as HTMLElement);
    await waitFor(() => expect(get(TestId.result).dataset['run']).toBe(second.report.run));
    await user.click(get(TestId.showOutgoing));
    expect((await find(TestId.outgoing)).textContent).toContain('no connection');
  });
});

it('speaks Traditional Chinese from the form to the errors', async () => {
  await openWindow({ play: unsure }, 'zh-Hant');
  expect(get(TestId.runButton).textContent).toContain('找出答案');
  expect(document.documentElement.lang).toBe('zh-Hant');
  screen.getAllByTestId(TestId.exampleChip)[0]?.click();
  get(TestId.runButton).click();
  expect((await find(TestId.errorState)).textContent).toContain('沒有一份草稿通過檢查');
});
