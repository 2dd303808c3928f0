import { expect, it } from 'vitest';

import type { RunRecord } from '../backend/bindings';
import { past } from '../backend/scripted/past';
import { Scripted } from '../backend/scripted/scripted';
import { HistoryController } from './historyController.svelte';

const NOON = new Date(2026, 1, 10, 12).getTime();

it('groups by day, newest first', async () => {
  const history = new HistoryController(new Scripted({ history: past('en', NOON) }));
  await history.refresh();
  history.now = new Date(NOON);
  expect(history.days.map(({ ago, runs }) => [ago, runs.length])).toEqual([
    [0, 4],
    [1, 2],
    [2, 2],
    [5, 1],
  ]);
  expect(history.hasOlder).toBe(false);
});

it('reads older pages on demand and keeps them when the newest is read again', async () => {
  const template = past('en', NOON)[0] as RunRecord;
  const many = Array.from({ length: 90 }, (_, index) => ({
    ...template,
    report: { ...template.report, run: `01J${String(index).padStart(23, '0')}` },
  }));
  const history = new HistoryController(new Scripted({ history: many }));
  await history.refresh();
  expect(history.runs).toHaveLength(40);
  await history.older();
  await history.older();
  expect(history.runs).toHaveLength(90);
  expect(history.hasOlder).toBe(false);
  await history.refresh();
  expect(history.runs).toHaveLength(90);
  expect(new Set(history.runs.map(({ run }) => run)).size).toBe(90);
});

it('says when the history cannot be read', async () => {
  const backend = new Scripted();
  backend.historyList = () =>
    Promise.reject({ code: 'history-too-new', sentence: 'Newer.', details: {} });
  const history = new HistoryController(backend);
  await history.refresh();
  expect(history.fault?.code).toBe('history-too-new');
});
