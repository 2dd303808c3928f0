import { expect, it, vi } from 'vitest';

import { fault } from '../backend/scripted/fault';
import { Scripted, type Script } from '../backend/scripted/scripted';
import { manyModels } from '../backend/scripted/shop';
import { ModelFiles } from './modelFiles.svelte';
import { ModelsController } from './modelsController.svelte';
import { stateOf } from './standing';

const LARGE = 'qwen2.5-coder-1.5b';
const OWN = 'minutes-3b-q4';

async function begin(script: Script = {}) {
  const backend = new Scripted({ pace: 0, models: manyModels, ...script });
  const models = new ModelsController(backend);
  await models.refresh();
  return { models, files: new ModelFiles(backend, models) };
}

it('checks a file, says how far it is and that it is whole', async () => {
  const { files } = await begin({ pace: 0.2 });
  const checked = files.check(LARGE);
  await vi.waitFor(() =>
    expect(files.stateOf(LARGE)).toMatchObject({ is: 'checking', progress: { source: 'check' } }),
  );
  expect(await files.check(LARGE)).toBe(false);
  expect(await checked).toBe(true);
  expect(files.stateOf(LARGE)).toEqual({ is: 'whole' });
});

it('finds a damaged file, which a new download mends', async () => {
  const { files, models } = await begin({ verifyFault: fault('model-corrupt', 'It is damaged.') });
  const model = () => models.find(LARGE) ?? expect.unreachable();
  expect(await files.check(LARGE)).toBe(false);
  expect(stateOf({ files, models }, model())).toBe('damaged');
  await files.pull(LARGE);
  expect(files.stateOf(LARGE)).toBeNull();
  expect(stateOf({ files, models }, model())).toBe('in-use');
});

it('removes a file; one that the person brought leaves the list', async () => {
  const { files, models } = await begin();
  expect(await files.remove(LARGE)).toBe(true);
  expect(models.find(LARGE)?.present).toBe(false);
  expect(await files.remove(OWN)).toBe(true);
  expect(models.find(OWN)).toBeNull();
});

it('says why a file could not be removed', async () => {
  const { files, models } = await begin({ removeFault: fault('file-unreadable', 'In use.') });
  expect(await files.remove(OWN)).toBe(false);
  expect(files.stateOf(OWN)).toMatchObject({ is: 'faulty', fault: { code: 'file-unreadable' } });
  expect(models.find(OWN)?.present).toBe(true);
});

it('takes in a file and gives the model that it became', async () => {
  const { files } = await begin();
  expect((await files.import('/home/you/Downloads/Letters-1B.gguf'))?.title).toBe('Letters-1B');
  expect(files.importing).toBeNull();
});

it('says why a file could not be taken in', async () => {
  const { files, models } = await begin({ importFault: fault('model-corrupt', 'Not a model.') });
  expect(await files.import('C:\\Downloads\\notes.gguf')).toBeNull();
  expect(files.importFault?.code).toBe('model-corrupt');
  expect(models.all).toHaveLength(manyModels.length);
});
