/** The real desk, reached through Tauri by the generated commands. */
import { Channel } from '@tauri-apps/api/core';
import { open, save } from '@tauri-apps/plugin-dialog';

import { t } from '../i18n/words.svelte';
import { asFault, type Backend } from './backend';
import { commands, type Fault, type PullProgress, type RunEvent } from './bindings';

type Answer<T> = { status: 'ok'; data: T } | { status: 'error'; error: Fault };

/** Gives the data, or throws the fault. */
async function answered<T>(asked: Promise<Answer<T>>): Promise<T> {
  const answer = await asked.catch((reason: unknown) => {
    throw asFault(reason);
  });
  if (answer.status === 'error') throw asFault(answer.error);
  return answer.data;
}

function channel<T>(watch: (message: T) => void): Channel<T> {
  const events = new Channel<T>();
  events.onmessage = watch;
  return events;
}

export const tauri: Backend = {
  assistants: () => answered(commands.assistants()),
  appInfo: () => answered(commands.appInfo()),
  startRun: (request, watch) => answered(commands.startRun(request, channel<RunEvent>(watch))),
  cancelRun: async (run) => void (await answered(commands.cancelRun(run))),
  historyList: (limit, before) => answered(commands.historyList(limit, before)),
  historyShow: (run) => answered(commands.historyShow(run)),
  models: () => answered(commands.models()),
  pullModel: async (id, watch) =>
    void (await answered(commands.pullModel(id, channel<PullProgress>(watch)))),
  cancelPull: async (id) => void (await answered(commands.cancelPull(id))),
  verifyModel: async (id, watch) =>
    void (await answered(commands.verifyModel(id, channel<PullProgress>(watch)))),
  removeModel: async (id) => void (await answered(commands.removeModel(id))),
  importModel: (path, watch) => answered(commands.importModel(path, channel<PullProgress>(watch))),
  modelChoices: () => answered(commands.modelChoices()),
  useModel: async (id, assistant) => void (await answered(commands.useModel(id, assistant))),
  services: () => answered(commands.services()),
  saveService: async (service, key) => void (await answered(commands.saveService(service, key))),
  removeService: async (name) => void (await answered(commands.removeService(name))),
  testService: (name, model) => answered(commands.testService(name, model)),
  async chooseFile(title, extensions) {
    const filters = extensions.length > 0 ? [{ name: title, extensions }] : [];
    if (filters.length > 0) filters.push({ name: t('form.choose.all'), extensions: ['*'] });
    return open({ title, filters, multiple: false, directory: false });
  },
  chooseSavePath: (title, name, extension) =>
    save({ title, defaultPath: name, filters: [{ name: extension, extensions: [extension] }] }),
  databaseSchema: (database) => answered(commands.databaseSchema(database)),
  changePage: (page, edits) => answered(commands.changePage(page, edits)),
  pageChoices: () => answered(commands.pageChoices()),
  exportRun: async (run, format, path, language) =>
    void (await answered(commands.exportRun(run, format, path, language))),
  writeFile: async (path, base64) => void (await answered(commands.writeExport(path, base64))),
};
