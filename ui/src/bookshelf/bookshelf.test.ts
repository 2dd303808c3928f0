import { screen, within } from '@testing-library/svelte';
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

  it('say that there is none', async () => {
    await openBooks({ hasNoBooks: true });
    expect(await screen.findByText('There is no book yet')).toBeTruthy();
  });

  it('say what is wrong with one', async () => {
    const bookFault = { code: 'book-damaged', sentence: 'Line 3 was changed.', details: {} };
    await openBooks({ bookFault });
    const said = await screen.findByTestId(TestId.errorState);
    expect(said.textContent).toContain('Line 3 was changed.');
  });
});
