/** The real desk, reached through Tauri by the generated commands. */
import { Channel, invoke } from '@tauri-apps/api/core';
import { open } from '@tauri-apps/plugin-dialog';

import { asFault, type Backend } from './backend';
import { commands, type Fault, type PullProgress, type RunEvent } from './bindings';
import type { ModelCard, ModelChoices, ServiceInfo, ServiceTest } from './library';

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

/*
 * ---- TO BE SWITCHED TO `commands.*` -----------------------------------------------------------
 * The commands of the model library, by name, until the generated bindings have them. Each is
 * `(...arguments) => Promise<Answer<T>>`, as the generated ones are, so that only this block goes.
 */
async function typed<T>(command: string, parameters?: Record<string, unknown>): Promise<Answer<T>> {
  try {
    return { status: 'ok', data: await invoke<T>(command, parameters) };
  } catch (error) {
    return { status: 'error', error: asFault(error) };
  }
}
type Progress = Channel<PullProgress>;
const library = {
  models: () => typed<ModelCard[]>('models'),
  verifyModel: (id: string, progress: Progress) => typed<null>('verify_model', { id, progress }),
  removeModel: (id: string) => typed<null>('remove_model', { id }),
  importModel: (path: string, progress: Progress) =>
    typed<ModelCard>('import_model', { path, progress }),
  useModel: (id: string | null, assistant: string | null) =>
    typed<null>('use_model', { id, assistant }),
  modelChoices: () => typed<ModelChoices>('model_choices'),
  services: () => typed<ServiceInfo[]>('services'),
  saveService: (service: Omit<ServiceInfo, 'keyPlace'>, key: string | null) =>
    typed<null>('save_service', { service, key }),
  removeService: (name: string) => typed<null>('remove_service', { name }),
  testService: (name: string, model: string) => typed<ServiceTest>('test_service', { name, model }),
};
// ---- END OF WHAT IS TO BE SWITCHED --------------------------------------------------------------

export const tauri: Backend = {
  assistants: () => answered(commands.assistants()),
  appInfo: () => answered(commands.appInfo()),
  startRun: (request, watch) => answered(commands.startRun(request, channel<RunEvent>(watch))),
  cancelRun: async (run) => void (await answered(commands.cancelRun(run))),
  historyList: (limit, before) => answered(commands.historyList(limit, before)),
  historyShow: (run) => answered(commands.historyShow(run)),
  models: () => answered(library.models()),
  pullModel: async (id, watch) =>
    void (await answered(commands.pullModel(id, channel<PullProgress>(watch)))),
  cancelPull: async (id) => void (await answered(commands.cancelPull(id))),
  verifyModel: async (id, watch) =>
    void (await answered(library.verifyModel(id, channel<PullProgress>(watch)))),
  removeModel: async (id) => void (await answered(library.removeModel(id))),
  importModel: (path, watch) => answered(library.importModel(path, channel<PullProgress>(watch))),
  modelChoices: () => answered(library.modelChoices()),
  useModel: async (id, assistant) => void (await answered(library.useModel(id, assistant))),
  services: () => answered(library.services()),
  saveService: async (service, key) => void (await answered(library.saveService(service, key))),
  removeService: async (name) => void (await answered(library.removeService(name))),
  testService: (name, model) => answered(library.testService(name, model)),
  async chooseFile(title, extensions) {
    const filters = extensions.length > 0 ? [{ name: title, extensions }] : [];
    return open({ title, filters, multiple: false, directory: false });
  },
};
