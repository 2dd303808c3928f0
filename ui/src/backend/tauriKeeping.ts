/** Keeping runs, reached through Tauri by the generated commands. */
import { Channel } from '@tauri-apps/api/core';

import { answered } from './answered';
import { commands, type JobProgress } from './bindings';
import type { KeepingBackend, WatchJob } from './keeping';

function channel(watch: WatchJob): Channel<JobProgress> {
  const events = new Channel<JobProgress>();
  events.onmessage = watch;
  return events;
}

export const tauriKeeping: KeepingBackend = {
  choices: () => answered(commands.historyChoices()),
  tag: async (run, tag, on) => void (await answered(commands.historyTag(run, tag, on))),
  compare: (left, right, language) => answered(commands.historyCompare(left, right, language)),
  exportRuns: (request, path, watch) =>
    answered(commands.historyExport(request, path, channel(watch))),
  importRuns: (path, watch) => answered(commands.historyImport(path, channel(watch))),
  backUp: (path, watch) => answered(commands.backUp(path, channel(watch))),
  restore: (path, watch) => answered(commands.restoreBackup(path, channel(watch))),
  stop: async (path) => void (await answered(commands.cancelPull(path))),
  openFolder: async (folder) => void (await answered(commands.openDataFolder(folder))),
  keepDays: () => answered(commands.keepDays()),
  setKeepDays: (days) => answered(commands.setKeepDays(days)),
  runToShow: () => answered(commands.runToShow()),
};
