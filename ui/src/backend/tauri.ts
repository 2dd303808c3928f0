/** The real desk, reached through Tauri by the generated commands. */
import { Channel } from '@tauri-apps/api/core';
import { getCurrentWebview } from '@tauri-apps/api/webview';
import { open, save } from '@tauri-apps/plugin-dialog';

import { t } from '../i18n/words.svelte';
import { answered } from './answered';
import type { Backend, RunRequest } from './backend';
import { commands, type ExampleResult, type PullProgress, type RunEvent } from './bindings';
import { tauriBooks } from './tauriBooks';
import { tauriKeeping } from './tauriKeeping';
import { tauriSpending } from './tauriSpending';
import { tauriWindows } from './tauriWindows';

function channel<T>(watch: (message: T) => void): Channel<T> {
  const events = new Channel<T>();
  events.onmessage = watch;
  return events;
}

/** What stands in a form is what is run: the person's defaults are in it already. */
const exact = (request: RunRequest): RunRequest & { exact: true } => ({ ...request, exact: true });

export const tauri: Backend = {
  bookshelf: tauriBooks,
  keeping: tauriKeeping,
  spending: tauriSpending,
  windows: tauriWindows,
  tellSlip: async (slip) => void (await commands.tellSlip(slip)),
  postProposal: (proposal, run, book) => answered(commands.postProposal(proposal, run, book)),
  assistants: () => answered(commands.assistants()),
  appInfo: () => answered(commands.appInfo()),
  startRun: (request, watch) =>
    answered(commands.startRun(exact(request), channel<RunEvent>(watch))),
  readAhead: (assistant, inputs) => answered(commands.readAhead(assistant, inputs)),
  cancelRun: async (run) => void (await answered(commands.cancelRun(run))),
  isOffline: () => answered(commands.isOffline()),
  setOffline: async (offline) => void (await answered(commands.setOffline(offline))),
  settings: () => answered(commands.settingsInfo()),
  setIdleMinutes: async (minutes) => void (await answered(commands.setIdleMinutes(minutes))),
  defaults: () => answered(commands.fieldDefaults()),
  setDefault: async (assistant, field, value) =>
    void (await answered(commands.setAssistantDefault(assistant, field, value))),
  beginWork: async () => void (await answered(commands.beginWork())),
  fileOffers: (path) => answered(commands.fileOffers(path)),
  watchDrops: (watch) =>
    getCurrentWebview().onDragDropEvent(({ payload }) => {
      if (payload.type === 'leave') watch({ state: 'gone' });
      else if (payload.type === 'enter' && payload.paths.length > 0) watch({ state: 'over' });
      else if (payload.type === 'drop') {
        const [path] = payload.paths;
        watch(path === undefined ? { state: 'gone' } : { state: 'let-go', path });
      }
    }),
  showDataFolder: async () => void (await answered(commands.showDataFolder())),
  historyList: (wanted, limit, before) => answered(commands.historyList(wanted, limit, before)),
  historyShow: (run) => answered(commands.historyShow(run)),
  historyStar: async (run, starred) => void (await answered(commands.historyStar(run, starred))),
  historyDelete: async (run) => void (await answered(commands.historyDelete(run))),
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
  chessPosition: (fen, moves) => answered(commands.chessPosition(fen, moves)),
  chessReply: (fen, strength) => answered(commands.chessReply(fen, strength)),
  chessPgn: (advice) => answered(commands.chessPgn(advice)),
  setNote: async (database, on, name, text) =>
    void (await answered(commands.setNote(database, on, name, text))),
  connections: () => answered(commands.connections()),
  saveConnection: (connection, password) => answered(commands.saveConnection(connection, password)),
  testConnection: (connection, password) => answered(commands.testConnection(connection, password)),
  removeConnection: async (name) => void (await answered(commands.removeConnection(name))),
  changePage: (page, edits) => answered(commands.changePage(page, edits)),
  changePageCode: (page, html) => answered(commands.changePageCode(page, html)),
  previewPage: (plan) => answered(commands.previewPage(plan)),
  readPhoto: (path) => answered(commands.readPhoto(path)),
  exportPage: async (html, format, path) =>
    void (await answered(commands.exportPage(html, format, path))),
  pageChoices: () => answered(commands.pageChoices()),
  exportRun: async (run, format, path, language) =>
    void (await answered(commands.exportRun(run, format, path, language))),
  writeFile: async (path, base64) => void (await answered(commands.writeExport(path, base64))),
  presets: {
    own: () => answered(commands.ownAssistants()),
    file: (id, version) => answered(commands.assistantFile(id, version)),
    save: async (file) => void (await answered(commands.saveAssistant(file))),
    remove: async (id) => void (await answered(commands.deleteAssistant(id))),
    versions: (id) => answered(commands.assistantVersions(id)),
    import: (text) => answered(commands.importAssistant(text)),
    importFile: (path) => answered(commands.importAssistantFile(path)),
    export: async (id, path) => void (await answered(commands.exportAssistant(id, path))),
    try: (file, request, watch) =>
      answered(commands.tryAssistant(file, exact(request), channel<RunEvent>(watch))),
    test: async (file, watch) =>
      void (await answered(commands.testAssistant(file, channel<ExampleResult>(watch)))),
    // A test is stopped as a download is, by its name.
    cancelTest: async (id) => void (await answered(commands.cancelPull(id))),
    checkNames: () => commands.checkNames(),
  },
};
