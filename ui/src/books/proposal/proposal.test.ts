import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { books } from '../../backend/scripted/works';
import { workScenes } from '../../dev/works';
import { openWindow } from '../../testing/desk';
import { TestId } from '../../testids';
import { Proposal } from './proposal.svelte';

const entryOf = (proposal: Proposal, index: number) => {
  const entry = proposal.entries[index];
  if (!entry) throw new Error('there is no such entry');
  return entry;
};

describe('a proposal', () => {
  it('adds up by currency, exactly', () => {
    const proposal = new Proposal(books);
    expect(proposal.totals).toEqual([
      { currency: 'EUR', debit: '7530.70', credit: '7530.70' },
      { currency: 'TWD', debit: '12600', credit: '12600' },
    ]);
    entryOf(proposal, 2).isIncluded = false;
    expect(proposal.totals[0]?.debit).toBe('2530.70');
  });

  it('keeps an entry of two lines in balance, and shows where another is not', () => {
    const proposal = new Proposal(books);
    const lunch = entryOf(proposal, 0);
    lunch.setAmount(0, 'debit', '1,084.50');
    expect(lunch.postings.map(({ amount }) => amount)).toEqual(['1084.50', '-1084.50']);
    lunch.setAmount(0, 'debit', 'lots');
    expect(lunch.postings[0]?.amount).toBe('1084.50');
    lunch.postings = [
      ...lunch.postings,
      { account: 'Expenses:Tips', amount: '5', currency: 'EUR' },
    ];
    expect(lunch.gaps).toEqual([{ currency: 'EUR', amount: '5.00' }]);
    expect(proposal.unbalanced).toEqual([lunch]);
  });

  it('settles a doubt by a choice, or by a change in its cell', () => {
    const proposal = new Proposal(books);
    expect(proposal.open).toBe(2);
    const rent = entryOf(proposal, 1);
    const doubt = rent.doubts[0];
    if (doubt) rent.settle(doubt, 'Assets:Cash');
    expect(rent.postings[1]?.account).toBe('Assets:Cash');
    entryOf(proposal, 2).setDate('2026-02-31');
    expect(proposal.open).toBe(1);
    entryOf(proposal, 2).setDate('2026/11/4');
    expect(entryOf(proposal, 2).date).toBe('2026-11-04');
    expect(proposal.open).toBe(0);
    rent.reset();
    expect(rent.postings[1]?.account).toBe('Assets:Bank');
  });

  it('shows what was spent on what', () => {
    expect(new Proposal(books).spending).toEqual({
      currency: 'EUR',
      rows: [
        { label: 'Rent', amount: 2400 },
        { label: 'Meals', amount: 84.5 },
        { label: 'Travel', amount: 46.2 },
      ],
    });
  });
});

describe('the proposal in the window', () => {
  async function open() {
    const scene = workScenes['books'];
    const opened = await openWindow(scene?.script ?? {});
    opened.desk.choose('ledger');
    opened.desk.form?.set('text', 'Lunch');
    await opened.desk.run();
    await screen.findByTestId(TestId.proposal);
    return opened;
  }
  const get = (id: string): HTMLElement => screen.getByTestId(id);

  it('stands beside the words, with what is not certain and what is no entry', async () => {
    await open();
    const entries = screen.getAllByTestId(TestId.entry);
    expect(entries).toHaveLength(5);
    expect(entries[0]?.textContent).toContain('Lunch with ACME 84.50 on the company card');
    expect(entries[1]?.dataset['doubts']).toBe('1');
    expect(get(TestId.unresolved).textContent).toContain('There is no amount in it.');
    expect(get(TestId.statement).textContent).toContain('5130.70');
  });

  it('is mended by keyboard alone', async () => {
    const { user } = await open();
    const values = (label: string): string[] =>
      screen.getAllByLabelText(label).map((one) => (one as HTMLInputElement).value);
    screen.getAllByLabelText('Debit, entry 1')[0]?.focus();
    await user.keyboard('{Control>}a{/Control}90.10{Enter}');
    await waitFor(() => expect(values('Credit, entry 1')).toEqual(['', '90.10']));
    expect(document.activeElement).toBe(screen.getAllByLabelText('Debit, entry 1')[1]);
  });

  it('lets a doubt be settled by one press', async () => {
    const { user } = await open();
    const entry = screen.getAllByTestId(TestId.entry)[1] as HTMLElement;
    await user.click(within(entry).getByRole('button', { name: 'Cash' }));
    expect(entry.dataset['doubts']).toBe('0');
    expect(get(TestId.proposal).textContent).toContain('1 thing to look at');
  });

  it('lets a piece that is no entry become one, and posts it only once it is filled in', async () => {
    const { user } = await open();
    await user.click(
      within(get(TestId.unresolved)).getAllByTestId(TestId.takeUp)[0] as HTMLElement,
    );
    expect(screen.getAllByTestId(TestId.entry)).toHaveLength(6);
    const post = () => get(TestId.postEntries) as HTMLButtonElement;
    expect(post().disabled).toBe(true);
    const [what] = screen.getAllByLabelText('Account, entry 6');
    await user.selectOptions(what as HTMLElement, 'Expenses:Meals');
    const [debit] = screen.getAllByLabelText('Debit, entry 6');
    await user.type(debit as HTMLElement, '12{Enter}');
    await waitFor(() => expect(post().disabled).toBe(false));
    const [, credit] = screen.getAllByLabelText('Credit, entry 6');
    expect((credit as HTMLInputElement).value).toBe('12');
  });

  it('is posted as it was looked over, after a question about what is still in doubt', async () => {
    const { user, backend } = await open();
    await user.click(screen.getByLabelText('Take this entry, entry 5'));
    const entry = screen.getAllByTestId(TestId.entry)[1] as HTMLElement;
    await user.click(within(entry).getByRole('button', { name: 'Cash' }));
    await user.click(get(TestId.postEntries));
    await user.click(await screen.findByRole('button', { name: 'Look again' }));
    expect(backend.posted).toHaveLength(0);
    // The page behind a dialog can be pressed again a moment after the dialog has gone.
    await waitFor(() => expect(document.body.style.pointerEvents).not.toBe('none'));
    await user.click(
      within(screen.getAllByTestId(TestId.entry)[2] as HTMLElement).getByText('2026-11-27'),
    );
    await user.click(get(TestId.postEntries));
    expect((await screen.findByTestId(TestId.posted)).textContent).toContain('4 entries');
    await user.click(get(TestId.openBook));
    await screen.findByTestId(TestId.bookshelf);
    await user.click(screen.getByTestId('assistant-ledger'));
    const [posted] = backend.posted;
    expect(posted?.book).toBe('Studio 2026');
    expect(posted?.proposal.entries).toHaveLength(4);
    expect(posted?.proposal.entries[1]?.postings[1]?.account).toBe('Assets:Cash');
    expect(posted?.proposal.entries[2]?.date).toBe('2026-11-27');
  });

  it('is copied line by line', async () => {
    const { user } = await open();
    within(get(TestId.proposal)).getByTestId(TestId.exportMenu).focus();
    await user.keyboard('{Enter}');
    await user.click(await screen.findByText('Copy the entries'));
    const text = await navigator.clipboard.readText();
    expect(text.split('\n')).toHaveLength(11);
    expect(text).toContain('2026-11-26\tLunch with ACME\tACME\tExpenses:Meals\t84.50');
  });
});
