import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import type { FileDrop } from '../backend/backend';
import { manyAssistants } from '../backend/scripted/assistants';
import { fault } from '../backend/scripted/fault';
import { expectAccessible, openWindow } from '../testing/desk';
import { fieldTestId, TestId } from '../testids';

const get = (id: string): HTMLElement => screen.getByTestId(id);
const find = (id: string): Promise<HTMLElement> => screen.findByTestId(id);

async function drop(script: Parameters<typeof openWindow>[0], path = '/home/you/bank.csv') {
  const opened = await openWindow({ assistants: manyAssistants, ...script });
  const tell = (drop: FileDrop): void => opened.backend.drops.forEach((watch) => watch(drop));
  tell({ state: 'over' });
  await find(TestId.dropHere);
  tell({ state: 'let-go', path });
  return opened;
}

describe('a file that is let go anywhere', () => {
  it('is offered to whoever takes it, and lands in the form', async () => {
    const offers = [
      { does: 'fill', assistant: 'sql', field: 'database', value: '/home/you/bank.csv' },
      { does: 'books' },
    ] as const;
    const { user, desk } = await drop({ offers: { name: 'bank.csv', offers: [...offers] } });
    const buttons = await screen.findAllByTestId(TestId.fileOffer);
    expect(buttons.map(({ dataset }) => dataset['does'])).toEqual(['fill', 'books']);
    expect(screen.queryByTestId(TestId.dropHere)).toBeNull();
    await expectAccessible(document.body);
    await user.click(buttons[0] as HTMLElement);
    expect(desk.form?.description.id).toBe('sql');
    expect(get(fieldTestId('database'))).toHaveProperty('value', '/home/you/bank.csv');
  });

  it('goes to its only taker at once', async () => {
    const fen = '8/5pk1/6p1/P7/8/6P1/5PK1/8 w - - 0 40';
    const offer = { does: 'fill', assistant: 'chess', field: 'fen', value: fen } as const;
    const { desk } = await drop({ offers: { name: 'end.fen', offers: [offer] } });
    await waitFor(() => expect(desk.form?.description.id).toBe('chess'));
    expect(desk.form?.values['fen']).toBe(fen);
    expect(screen.queryByTestId(TestId.fileOffers)).toBeNull();
  });

  it('is taken into a book', async () => {
    const { desk } = await drop({ offers: { name: 'bank.ofx', offers: [{ does: 'books' }] } });
    await waitFor(() => expect(desk.place).toBe('books'));
    await find(TestId.bookshelf);
  });

  it('that nobody takes is said to be one', async () => {
    const { user, desk } = await drop({ offers: { name: 'tune.mp3', offers: [] } });
    expect((await screen.findByRole('dialog')).textContent).toContain('No assistant takes');
    await user.click(screen.getByRole('button', { name: 'All assistants' }));
    expect(desk.place).toBe('gallery');
  });

  it('that is none is refused with its code', async () => {
    await drop({ offersFault: fault('file-unreadable', 'photos is a folder.') });
    expect((await find(TestId.errorState)).dataset['code']).toBe('file-unreadable');
  });
});
