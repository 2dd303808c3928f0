import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { fieldsAssistant, manyAssistants } from '../../backend/scripted/assistants';
import { fault } from '../../backend/scripted/fault';
import { expectAccessible, openWindow } from '../../testing/desk';
import { fieldTestId, TestId } from '../../testids';
import { areFew } from './control';

const get = (id: string): HTMLElement => screen.getByTestId(id);
const field = (name: string): HTMLInputElement => get(fieldTestId(name)) as HTMLInputElement;

async function openForm(script: Parameters<typeof openWindow>[0] = {}) {
  const opened = await openWindow({ assistants: manyAssistants, ...script });
  opened.desk.choose('offer');
  await screen.findByTestId(fieldTestId('price'));
  return opened;
}

describe('a form with every kind of field', () => {
  it('can be used by everyone, and begins with what stands in it by default', async () => {
    const { page, desk } = await openForm();
    expect(desk.form?.inputs()).toEqual({
      pieces: '1',
      until: '2026-12-31',
      tone: 'warm',
      colour: '#8a3b12',
      lines: fieldsAssistant.inputs.find(({ name }) => name === 'lines')?.default,
    });
    expect(screen.getByText('Thursday, December 31, 2026')).toBeTruthy();
    await expectAccessible(page.container);
  });

  it('takes a choice from a few and from many', async () => {
    const { user, desk } = await openForm();
    await user.click(screen.getByRole('radio', { name: 'formal' }));
    await user.selectOptions(field('language'), 'de');
    expect(desk.form?.inputs()).toMatchObject({ tone: 'formal', language: 'de' });
  });

  it('takes a day from the calendar', async () => {
    const { user, desk } = await openForm();
    await user.click(screen.getByRole('button', { name: /Choose a day/ }));
    await user.click(await screen.findByLabelText(/December 24/));
    expect(desk.form?.values['until']).toBe('2026-12-24');
  });

  it('writes a table in cells, and makes a row below the last', async () => {
    const { user, desk } = await openForm();
    const cell = screen.getByLabelText('Row 3, column 2');
    await user.clear(cell);
    await user.type(cell, '41{Enter}Ink');
    expect(desk.form?.values['lines']).toBe(
      'article,pieces,price\nLinen notebook,20,12.50\nGel pens,41,6.20\nInk,,',
    );
    await user.click(screen.getByText('As text'));
    expect(field('lines').value).toContain('Ink,,');
  });

  it('takes a block that is pasted into a cell', async () => {
    const { user, desk } = await openForm();
    await user.click(screen.getByLabelText('Row 2, column 1'));
    await user.paste('Mug\t5\nBowl\t6');
    expect(desk.form?.values['lines']).toBe('article,pieces,price\nMug,5,12.50\nBowl,6,6.20');
  });

  it('says at the field what it wants, in words', async () => {
    const { user } = await openForm({
      play: () => {
        throw fault('input-invalid', 'Pieces must be a number such as 12.5.', { input: 'pieces' });
      },
    });
    await user.type(field('text'), 'Twenty notebooks');
    await user.click(get(TestId.runButton));
    await waitFor(() => expect(field('pieces').getAttribute('aria-invalid')).toBe('true'));
    expect(screen.getByRole('alert').textContent).toContain('Please write a number');
  });

  it('folds away beside a result what was left alone', async () => {
    const { user, desk } = await openForm();
    await user.type(field('text'), 'Twenty notebooks');
    await user.click(get(TestId.runButton));
    await screen.findByTestId(TestId.result);
    expect(screen.queryByTestId(fieldTestId('price'))).toBeNull();
    await user.click(get(TestId.moreFields));
    expect(field('price')).toBeTruthy();
    await user.click(get(TestId.newRun));
    expect(desk.form?.values['pieces']).toBe('1');
  });
});

it('few and short options stand side by side', () => {
  expect(areFew(['warm', 'plain', 'formal'])).toBe(true);
  expect(areFew(['warm', 'plain', 'formal', 'short', 'long'])).toBe(false);
  expect(areFew(['親切而且有禮貌的語氣', '平實的語氣', '正式的語氣'])).toBe(false);
});
