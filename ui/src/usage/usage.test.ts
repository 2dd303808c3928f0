import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { fault } from '../backend/scripted/fault';
import { used } from '../backend/scripted/spending';
import { money, monthName } from '../i18n/format';
import { openWindow } from '../testing/desk';
import { priceTestId, TestId } from '../testids';
import { pictureOf, tableOf } from './figures';

const get = (id: string): HTMLElement => screen.getByTestId(id);
const words = {
  name: 'Month',
  runs: 'Runs',
  read: 'Read anew',
  known: 'Known',
  written: 'Written',
  dollars: 'Dollars',
  tokens: 'Tokens',
  part: 'Kind',
};
const same = (name: string): string => name;

async function open(script: Parameters<typeof openWindow>[0] = {}) {
  const opened = await openWindow({ usage: used, ...script });
  opened.desk.showUsage();
  await screen.findByTestId(TestId.usageView);
  return opened;
}

describe('figures of usage', () => {
  it('are drawn by what a token was: read anew, known, or written', () => {
    const query = pictureOf(used.month, 'tokens', true, same, words);
    expect(query.rows.slice(0, 3)).toEqual([
      ['2026-11', 'Read anew', 8_800],
      ['2026-11', 'Known', 29_400],
      ['2026-11', 'Written', 6_900],
    ]);
    const paid = pictureOf(used.assistant, 'dollars', false, same, words);
    expect(paid.rows.map(([name]) => name)).toEqual(['email', 'sql', 'summary']);
    expect(paid.chart).toMatchObject({ y: 'Dollars', series: null });
  });

  it('say no cost where none is known, which is not the same as nothing', () => {
    expect(tableOf(used.month, same).map((row) => row.at(-1))).toEqual([
      0.4218,
      1.0725,
      null,
      null,
    ]);
  });

  it('are written as the language does', () => {
    expect([money(5, 'en'), money(0.00042, 'en'), money(0, 'zh-Hans')]).toEqual([
      '$5.00',
      '$0.0004',
      '$0.00',
    ]);
    expect([monthName('2026-11', 'en'), monthName('2026-11', 'zh-Hant')]).toEqual([
      'November 2026',
      '2026年11月',
    ]);
    expect(monthName('someday', 'en')).toBe('someday');
  });
});

describe('usage and spending', () => {
  it('stand in a table, added up by what is asked for', async () => {
    const { user } = await open();
    const cells = (): (string | undefined)[] =>
      [...get(TestId.usageTable).querySelectorAll('tbody tr:first-child td')].map(
        (cell) => (cell as HTMLElement).dataset['value'],
      );
    await waitFor(() =>
      expect(cells()).toEqual(['November 2026', '64', '38200', '29400', '6900', '0.4218']),
    );
    await user.click(within(get(TestId.usageBy)).getByRole('radio', { name: 'Model' }));
    await waitFor(() => expect(cells()[0]).toBe('office:claude-sonnet-4-5'));
    expect(get(TestId.usageTable).textContent).toContain('Qwen2.5 Coder 1.5B');
  });

  it('say that there is nothing yet', async () => {
    await open({ usage: { month: [], assistant: [], model: [] } });
    await waitFor(() => expect(get(TestId.usageView).textContent).toContain('Nothing yet'));
  });

  it('say why it cannot be told', async () => {
    const { desk } = await openWindow({
      usageFault: fault('history-unusable', 'The disk is full.'),
    });
    desk.showUsage();
    await screen.findByTestId(TestId.errorState);
  });

  it('have a limit, which the desk keeps and refuses', async () => {
    const { user, backend } = await open({ spent: '1.25', unpriced: ['gateway'] });
    await waitFor(() => expect(get(TestId.spent).textContent).toContain('there is no limit'));
    expect(get(TestId.spending).textContent).toContain('What gateway charges is not written down');
    await user.type(get(TestId.spendingLimit), 'much');
    await user.click(get(TestId.setSpendingLimit));
    await waitFor(() => expect(within(get(TestId.spending)).getByRole('alert')).toBeTruthy());
    await user.clear(get(TestId.spendingLimit));
    await user.type(get(TestId.spendingLimit), '5');
    await user.click(get(TestId.setSpendingLimit));
    await waitFor(() => expect(backend.spending.limit).toBe('5'));
    expect(get(TestId.spent).textContent).toBe('$1.25 of $5.00 in November 2026.');
    await user.clear(get(TestId.spendingLimit));
    await user.click(get(TestId.setSpendingLimit));
    await waitFor(() => expect(backend.spending.limit).toBeNull());
  });

  it('know what a service charges from its own form', async () => {
    const { user, desk, backend } = await openWindow({
      services: [{ name: 'office', kind: 'anthropic', baseUrl: null, keyPlace: 'keychain' }],
    });
    desk.showModels();
    await user.click(await screen.findByTestId(TestId.changeService));
    await screen.findByTestId(TestId.serviceForm);
    await user.type(get(priceTestId('input')), '3');
    await user.type(get(priceTestId('output')), '15');
    await user.click(get(TestId.saveService));
    await waitFor(() =>
      expect(backend.offices.services[0]?.price).toEqual({ input: '3', output: '15', cached: '' }),
    );
  });
});
