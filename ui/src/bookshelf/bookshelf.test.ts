import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { expectAccessible, openWindow } from '../testing/desk';
import { TestId } from '../testids';

async function openBooks(script = {}) {
  const opened = await openWindow(script);
  await opened.user.click(screen.getByTestId(TestId.showBooks));
  return opened;
}

describe('the books', () => {
  it('open with their statements, and every tie-out is told', async () => {
    const { page } = await openBooks();
    // Every statement is there; the other faces are hidden.
    const [table] = await screen.findAllByTestId(TestId.bookStatement);
    if (!table) throw new Error('no statement is shown');
    expect(table.dataset.statement).toBe('trial_balance');
    expect(within(table).getByText('Meals')).toBeTruthy();
    expect(screen.getByTestId(TestId.bookTies).textContent).toContain('All 1 tie-outs hold.');
    await expectAccessible(page.container);
  });

  it('show the entries behind a figure, each with its sentence', async () => {
    const { user, backend } = await openBooks();
    const figures = await screen.findAllByTestId(TestId.bookFigure);
    await user.click(figures[1] as HTMLElement);
    const entries = await screen.findByTestId(TestId.bookEntries);
    expect(backend.bookshelf.queries.at(-1)?.account).toBe('Expenses:Meals');
    expect(entries.textContent).toContain('Lunch with ACME 84.50 on the company card yesterday');
  });

  it('undo an entry only after asking, and say so beside it', async () => {
    const { user } = await openBooks();
    const [figure] = await screen.findAllByTestId(TestId.bookFigure);
    await user.click(figure as HTMLElement);
    const entry = await screen.findByTestId(TestId.bookEntry);
    await user.click(within(entry).getByRole('button', { name: 'Reverse' }));
    await user.click(await screen.findByTestId(TestId.bookReverse));
    expect(await screen.findByText('undone by entry 2')).toBeTruthy();
  });

  it('keep the file that proves an entry, and give it back', async () => {
    const { user, backend } = await openBooks();
    const [figure] = await screen.findAllByTestId(TestId.bookFigure);
    await user.click(figure as HTMLElement);
    await user.click(await screen.findByLabelText('Attach a file to entry 1'));
    const file = await screen.findByTestId(TestId.bookFile);
    expect(file.textContent).toContain('48 kB');
    await user.click(file);
    await waitFor(() =>
      expect(backend.bookshelf.done.at(-1)?.slice(0, 3)).toEqual(['saved', 'main', 1]),
    );
  });

  it('let an entry be put into another account', async () => {
    const { user, backend } = await openBooks();
    const [figure] = await screen.findAllByTestId(TestId.bookFigure);
    await user.click(figure as HTMLElement);
    const account = await screen.findByLabelText('Account of entry 1, now Meals');
    await user.selectOptions(account, 'Expenses:Travel');
    await waitFor(() =>
      expect(backend.bookshelf.done).toEqual([
        ['move', 'main', 1, 'Expenses:Meals', 'Expenses:Travel'],
      ]),
    );
    expect(await screen.findByTestId(TestId.bookEntries)).toBeTruthy();
  });

  it('are looked at for the days that one chooses', async () => {
    const { user, backend } = await openBooks();
    const picker = await screen.findByTestId(TestId.bookPeriod);
    expect(picker.textContent).toContain('2026');
    await user.click(picker);
    const choices = await screen.findAllByTestId(TestId.bookPeriodChoice);
    expect(choices.map(({ dataset }) => dataset['period'])).toEqual([
      'everything',
      '2026',
      '2026 Q1',
      '2026-03',
    ]);
    await user.click(choices[2] as HTMLElement);
    await waitFor(() => expect(backend.bookshelf.views.at(-1)?.to).toBe('2026-03-31'));
    await waitFor(() =>
      expect(screen.getByTestId(TestId.bookPeriod).textContent).toContain('2026 Q1'),
    );
    // Days of one's own, typed.
    await user.click(screen.getByTestId(TestId.bookPeriod));
    const from = await screen.findByTestId(TestId.bookFrom);
    await user.clear(from);
    await user.type(from, '2026-02-01{Enter}');
    await waitFor(() => expect(backend.bookshelf.views.at(-1)?.from).toBe('2026-02-01'));
    expect(screen.getByTestId(TestId.bookPeriod).textContent).toContain('2026-02-01 – 2026-03-31');
  });

  it('take over what there was before', async () => {
    const { user, backend } = await openBooks();
    (await screen.findByTestId(TestId.bookKeeping)).focus();
    await user.keyboard('{Enter}');
    await user.click(await screen.findByTestId(TestId.bookOpen));
    const grid = await screen.findByTestId(TestId.openGrid);
    const [account, amount] = within(grid).getAllByRole('textbox');
    await user.type(account as HTMLElement, 'Assets:Bank');
    await user.type(amount as HTMLElement, '1,200.50');
    await user.click(screen.getByTestId(TestId.openTake));
    const balances = [{ account: 'Assets:Bank', amount: '1200.50', currency: null }];
    expect(backend.bookshelf.done).toEqual([['open', 'main', '2026-01-01', balances]]);
    await waitFor(() => expect(screen.queryByTestId(TestId.openGrid)).toBeNull());
  });

  it('are locked, and the lock is lifted', async () => {
    const { user, backend } = await openBooks();
    (await screen.findByTestId(TestId.bookKeeping)).focus();
    await user.keyboard('{Enter}');
    await user.click(await screen.findByTestId(TestId.bookLock));
    await waitFor(() => expect(backend.bookshelf.done).toEqual([['lock', 'main', '2026-12-31']]));
    await waitFor(() => expect(document.body.style.pointerEvents).not.toBe('none'));
    screen.getByTestId(TestId.bookKeeping).focus();
    await user.keyboard('{Enter}');
    await user.click(await screen.findByText('Lift the lock through 2026-12-31'));
    await waitFor(() => expect(backend.bookshelf.done.at(-1)).toEqual(['lock', 'main', null]));
  });

  it('say that there is none', async () => {
    await openBooks({ hasNoBooks: true });
    expect(await screen.findByText('There is no book yet')).toBeTruthy();
  });

  it('can be looked at before one has any', async () => {
    const { user } = await openBooks({ hasNoBooks: true });
    await user.click(await screen.findByTestId(TestId.bookSample));
    expect(await screen.findAllByTestId(TestId.bookStatement)).not.toHaveLength(0);
  });

  it('are drawn as pictures once somebody looks', async () => {
    const { user } = await openBooks();
    await user.click(await screen.findByRole('tab', { name: 'Charts' }));
    const charts = await screen.findByTestId(TestId.bookCharts);
    expect(within(charts).getAllByTestId(TestId.chart)).toHaveLength(2);
  });

  it('say what is wrong with one', async () => {
    const bookFault = { code: 'book-damaged', sentence: 'Line 3 was changed.', details: {} };
    await openBooks({ bookFault });
    const said = await screen.findByTestId(TestId.errorState);
    expect(said.textContent).toContain('Line 3 was changed.');
  });
});
