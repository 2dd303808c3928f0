import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { fault } from '../backend/scripted/fault';
import { failed } from '../backend/scripted/plays';
import { expectAccessible, openWindow, type Opened } from '../testing/desk';
import { fieldTestId, TestId } from '../testids';

const find = (id: string): Promise<HTMLElement> => screen.findByTestId(id);
const get = (id: string): HTMLElement => screen.getByTestId(id);

async function ask({ user }: Opened): Promise<HTMLElement> {
  await user.type(get(fieldTestId('database')), 'shop');
  await user.type(get(fieldTestId('question')), 'Sales by month?');
  await user.click(get(TestId.runButton));
  return find(TestId.result);
}

describe('a question that follows', () => {
  it('is asked of the same database with the run before it', async () => {
    const opened = await openWindow();
    const first = (await ask(opened)).dataset['run'] ?? '';
    await opened.user.type(get(TestId.followUpQuestion), 'Only 2025');
    await opened.user.click(get(TestId.followUpButton));
    await waitFor(() => expect(opened.backend.requests).toHaveLength(2));
    expect(opened.backend.requests[1]?.inputs).toEqual({
      database: 'shop',
      question: 'Only 2025',
      follows: first,
    });
    await opened.user.click(await find(TestId.followed));
    await waitFor(() => expect(get(TestId.result).dataset['run']).toBe(first));
    expect(screen.queryByTestId(TestId.followed)).toBeNull();
    await expectAccessible(opened.page.container);
  });

  it('is not offered where there is no answer', async () => {
    const wrong = fault('not-sure', 'Not sure.');
    const opened = await openWindow({ play: (run, request) => failed(run, request, wrong) });
    await ask(opened);
    expect(screen.queryByTestId(TestId.followUp)).toBeNull();
  });
});

describe('words of one’s own', () => {
  it('are written beside a column and shown there', async () => {
    const { user, page } = await openWindow();
    await user.type(get(fieldTestId('database')), 'shop');
    await user.click(await find(TestId.showSchema));
    const table = await screen.findByText('orders', { selector: '[data-table]' });
    const section = table.closest('section') as HTMLElement;
    if (!within(section).queryByTestId(TestId.writeNote))
      await user.click(section.querySelector('.fold') as HTMLElement);
    const pencil = section.querySelector('[data-on="orders.total"]') as HTMLElement;
    await user.click(pencil);
    await user.type(get(TestId.noteName), 'revenue');
    await user.type(get(TestId.noteText), 'amount with tax');
    await expectAccessible(page.container);
    await user.click(get(TestId.saveNote));
    await waitFor(() => expect(screen.queryByTestId(TestId.noteForm)).toBeNull());
    expect(get(TestId.ownWords).textContent).toMatch(/revenue\s+amount with tax/);
  });
});

describe('databases with names', () => {
  it('are added, tried, used and removed', async () => {
    const { user, desk } = await openWindow();
    await user.click(get(TestId.showConnections));
    await user.type(await find(TestId.connectionName), 'books');
    await user.type(get(TestId.connectionAddress), 'postgres://ada@away/books');
    await user.click(get(TestId.testConnection));
    await waitFor(() => expect(get(TestId.connectionTrial).dataset['ok']).toBe('false'));
    expect(get(TestId.errorState).dataset['code']).toBe('server-unreachable');
    await user.clear(get(TestId.connectionAddress));
    await user.type(get(TestId.connectionAddress), 'postgres://ada@here/books');
    await user.click(get(TestId.testConnection));
    await waitFor(() => expect(get(TestId.connectionTrial).dataset['ok']).toBe('true'));
    await expectAccessible(get(TestId.connectionForm));
    await user.click(get(TestId.saveConnection));
    const row = await find(TestId.connectionRow);
    expect(row.dataset['connection']).toBe('books');
    await user.click(within(row).getByTestId(TestId.useConnection));
    expect(get(fieldTestId('database'))).toHaveProperty('value', 'books');
    expect(screen.queryByTestId(TestId.connectionForm)).toBeNull();
    await desk.connections.remove('books');
    expect(desk.connections.all).toEqual([]);
  });

  it('whose password could not be kept in a keychain say so', async () => {
    const { desk, backend } = await openWindow();
    const edit = { name: 'books', address: 'mysql://a@h/b', server: null };
    expect(await desk.connections.save(edit, 'secret')).toBeNull();
    expect(desk.connections.find('books')?.passwordPlace).toBe('session');
    expect(await backend.connections()).toHaveLength(1);
  });

  it('say why a name is refused', async () => {
    const { desk } = await openWindow();
    const refused = await desk.connections.save({ name: 'a/b', address: 'x', server: null }, null);
    expect(refused).toEqual(fault('input-invalid', 'A name has no slashes.', { input: 'name' }));
  });
});
