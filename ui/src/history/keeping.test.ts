import { screen, within } from '@testing-library/svelte';
import { expect, it, vi } from 'vitest';

import { past } from '../backend/scripted/past';
import { expectAccessible, openWindow, type Opened } from '../testing/desk';
import { TestId } from '../testids';

const NOON = new Date(2026, 1, 10, 12).getTime();

async function opened(script: Parameters<typeof openWindow>[0] = {}): Promise<Opened> {
  const window = await openWindow({ history: past('en', NOON), ...script });
  window.desk.preferences.isHistoryOpen = true;
  await vi.waitFor(() => expect(screen.getAllByTestId(TestId.historyItem).length).toBe(9));
  return window;
}

async function choose({ user }: Opened, entry: string): Promise<void> {
  await user.click(screen.getByTestId(TestId.keepingMenu));
  await user.click(await screen.findByTestId(entry));
}

/** Begins choosing runs; the boxes. */
async function pick(window: Opened): Promise<HTMLElement[]> {
  await choose(window, TestId.keepingPick);
  // The menu lets go of the page a moment after it was closed.
  await vi.waitFor(() => expect(document.body.style.pointerEvents).not.toBe('none'));
  return screen.getAllByTestId(TestId.keepingPickRun);
}

const shown = (): number => screen.queryAllByTestId(TestId.historyItem).length;

it('narrows the list by what is chosen, shows that as chips, and gives it up', async () => {
  const window = await opened();
  const { user, desk } = window;
  await user.click(screen.getByTestId(TestId.historyFilter));
  await user.selectOptions(screen.getByTestId(TestId.historyStatusFilter), 'failed');
  await vi.waitFor(() => expect(shown()).toBe(1));
  const chip = screen.getByTestId(TestId.historyChip);
  expect(chip.textContent).toContain('No answer');
  await expectAccessible(screen.getByTestId(TestId.history));
  await user.click(chip);
  await vi.waitFor(() => expect(shown()).toBe(9));
  await desk.history.only({ since: '2026-02-09', until: '2026-02-09' });
  expect(desk.history.runs.every(({ created_at }) => created_at.startsWith('2026-02-09'))).toBe(
    true,
  );
  await desk.history.all();
  expect(desk.history.isSearching).toBe(false);
});

it('puts tags on, lists by them, and takes them off', async () => {
  const { user, desk } = await opened();
  await user.click(screen.getAllByTestId(TestId.historyTagEdit)[0] as HTMLElement);
  await user.type(screen.getByTestId(TestId.historyTagInput), 'tax{Enter}');
  const tag = await screen.findByTestId(TestId.historyTag);
  expect(tag.textContent).toContain('tax');
  expect(desk.history.choices.tags).toEqual([{ tag: 'tax', runs: 1 }]);
  // Nothing typed ends it.
  await user.click(screen.getByTestId(TestId.historyTagAdd));
  expect(screen.queryByTestId(TestId.historyTagInput)).toBeNull();
  await user.click(screen.getByTestId(TestId.historyTag));
  await vi.waitFor(() => expect(shown()).toBe(1));
  expect(desk.history.filter.tag).toBe('tax');
  await desk.history.all();
  await user.click(screen.getAllByTestId(TestId.historyTagEdit)[0] as HTMLElement);
  await user.click(await screen.findByTestId(TestId.historyTag));
  await vi.waitFor(() => expect(screen.queryByTestId(TestId.historyTag)).toBeNull());
});

it('exports what was chosen, as what was chosen, with its files', async () => {
  const window = await opened();
  const { user, backend } = window;
  const [first, second] = await pick(window);
  await user.click(first as HTMLElement);
  await user.click(second as HTMLElement);
  expect(screen.getByTestId(TestId.keepingPicked).textContent).toContain('2');
  await user.click(screen.getByTestId(TestId.keepingExportPicked));
  const formats = await screen.findByTestId(TestId.keepingFormats);
  await user.click(within(formats).getByRole('radio', { name: /^Word/ }));
  await user.click(screen.getByTestId(TestId.keepingWithFiles));
  await expectAccessible(document.body);
  await user.click(screen.getByTestId(TestId.keepingSave));
  await vi.waitFor(() => expect(backend.keeping.jobs).toHaveLength(1));
  const [job] = backend.keeping.jobs;
  expect(job?.path).toMatch(/\.zip$/);
  expect(job?.request).toMatchObject({ format: 'docx', with_files: true, language: 'en' });
  expect(job?.request?.runs).toHaveLength(2);
  expect(await screen.findByText('2 entries were exported.')).toBeDefined();
});

it('exports everything that the list shows, words and filters included', async () => {
  const window = await opened();
  await window.desk.history.only({ status: 'done' });
  await choose(window, TestId.keepingExport);
  await window.user.click(await screen.findByTestId(TestId.keepingSave));
  await vi.waitFor(() => expect(window.backend.keeping.jobs).toHaveLength(1));
  expect(window.backend.keeping.jobs[0]?.request).toMatchObject({
    runs: [],
    wanted: { status: 'done', words: '' },
    format: 'pdf',
    with_files: false,
  });
});

it('compares two runs side by side, and only two', async () => {
  const window = await opened();
  const { user } = window;
  const boxes = await pick(window);
  await user.click(boxes[0] as HTMLElement);
  expect(screen.getByTestId<HTMLButtonElement>(TestId.keepingCompare).disabled).toBe(true);
  await user.click(boxes[1] as HTMLElement);
  await user.click(screen.getByTestId(TestId.keepingCompare));
  const table = await screen.findByTestId(TestId.keepingComparison);
  expect(within(table).getAllByRole('columnheader')).toHaveLength(2);
  await expectAccessible(document.body);
});

it('removes what was chosen and brings it back', async () => {
  const window = await opened();
  const { user } = window;
  for (const box of (await pick(window)).slice(0, 3)) await user.click(box);
  await user.click(screen.getByTestId(TestId.keepingRemovePicked));
  await vi.waitFor(() => expect(shown()).toBe(6));
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  await vi.waitFor(() => expect(shown()).toBe(9));
});

it('says what came of bringing runs in, and why some were left out', async () => {
  const imported = {
    added: 3,
    present: 2,
    conflicts: 1,
    refused: 1,
    notes: [
      { place: '01J', reason: 'conflict' },
      { place: 'run 7', reason: 'missing field `run`' },
    ],
  };
  const window = await opened({ imported, file: '/home/ada/conversations.json' });
  await choose(window, TestId.keepingImport);
  const outcome = await screen.findByTestId(TestId.keepingImported);
  expect(outcome.querySelectorAll('li')).toHaveLength(3);
  expect(screen.getByText('3 entries are new.')).toBeDefined();
  expect(screen.getByText(/01J: another entry of that name is here/)).toBeDefined();
  await expectAccessible(document.body);
});

it('shows how far a backup is, and stops it', async () => {
  const window = await opened({ holdJob: true });
  await choose(window, TestId.keepingBackup);
  expect(await screen.findByTestId(TestId.keepingProgress)).toBeDefined();
  expect(window.desk.keeping.job?.progress).toEqual({ done: 1, total: 2 });
  await window.user.click(screen.getByTestId(TestId.keepingStop));
  await vi.waitFor(() => expect(window.desk.keeping.job).toBeNull());
  expect(window.desk.keeping.fault, 'what was stopped is no fault').toBeNull();
});

it('brings a backup back beside what is in use and opens it', async () => {
  const window = await opened({ file: '/home/ada/deskhand.zip' });
  await choose(window, TestId.keepingRestore);
  expect((await screen.findByTestId(TestId.keepingRestored)).textContent).toContain('restored');
  await window.user.click(screen.getByTestId(TestId.keepingOpen));
  expect(window.backend.keeping.jobs.map(({ kind }) => kind)).toEqual(['restore', 'open']);
});

it('says why a file cannot be used', async () => {
  const jobFault = { code: 'backup-invalid', sentence: 'No backup.', details: {} } as const;
  const window = await opened({ file: '/home/ada/holiday.zip', jobFault });
  await choose(window, TestId.keepingRestore);
  expect(await screen.findByText('This is no sound backup')).toBeDefined();
});

it('keeps runs for as long as the person says', async () => {
  const window = await opened();
  await choose(window, TestId.keepingRule);
  const days = await screen.findByTestId<HTMLSelectElement>(TestId.keepingDays);
  expect(days.value).toBe('');
  await window.user.selectOptions(days, '90');
  await window.user.click(screen.getByTestId(TestId.keepingRuleSave));
  await vi.waitFor(async () => expect(await window.backend.keeping.keepDays()).toBe(90));
  expect(await screen.findByText('2 older entries were forgotten.')).toBeDefined();
});

it('opens the run that the program was started to show', async () => {
  const history = past('en', NOON);
  const run = history[1]?.report.run ?? '';
  const { desk } = await opened({ history, runToShow: run });
  await vi.waitFor(() => expect(desk.runs.shown?.report.run).toBe(run));
});
