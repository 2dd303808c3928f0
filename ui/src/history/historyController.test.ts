import { expect, it, vi } from 'vitest';

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

it('finds runs by their words and marks them, and all again when nothing is looked for', async () => {
  vi.useFakeTimers();
  const history = new HistoryController(new Scripted({ history: past('en', NOON) }));
  await history.refresh();
  const all = history.runs.length;
  history.search('RETURNED');
  await vi.advanceTimersByTimeAsync(300);
  expect(history.isSearching).toBe(true);
  expect(history.runs.length).toBeGreaterThan(0);
  expect(history.runs.length).toBeLessThan(all);
  const marked = history.runs[0]?.found?.title.filter(({ hit }) => hit).map(({ text }) => text);
  expect(marked).toEqual(['returned']);
  history.search('nothing has this');
  await vi.advanceTimersByTimeAsync(300);
  expect(history.runs).toEqual([]);
  history.search('');
  await vi.advanceTimersByTimeAsync(300);
  expect(history.runs).toHaveLength(all);
  vi.useRealTimers();
});

it('shows pinned runs apart until they are let go of', async () => {
  const history = new HistoryController(new Scripted({ history: past('en', NOON) }));
  await history.refresh();
  const run = history.runs[1]?.run ?? '';
  await history.pin(run, true);
  expect(history.shownPinned.map((one) => one.run)).toEqual([run]);
  expect(history.runs.find((one) => one.run === run)?.starred).toBe(true);
  await history.pin(run, false);
  expect(history.shownPinned).toEqual([]);
});

it('takes a run away for good only after a while, and brings it back before', async () => {
  vi.useFakeTimers();
  const backend = new Scripted({ history: past('en', NOON) });
  const history = new HistoryController(backend);
  await history.refresh();
  const [first, second] = history.runs.map(({ run }) => run);
  const shown = (): string[] => history.days.flatMap(({ runs }) => runs.map(({ run }) => run));
  history.remove(first ?? '');
  history.remove(second ?? '');
  expect(shown()).not.toContain(first);
  history.bringBack(first ?? '');
  expect(shown()).toContain(first);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(shown()).toContain(first);
  await expect(backend.historyShow(second ?? '')).rejects.toMatchObject({ code: 'run-unknown' });
  await expect(backend.historyShow(first ?? '')).resolves.toBeDefined();
  vi.useRealTimers();
});
