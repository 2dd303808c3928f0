import { describe, expect, it, vi } from 'vitest';

import { fault } from '../backend/scripted/fault';
import { Scripted, type Script } from '../backend/scripted/scripted';
import { models as catalogue } from '../backend/scripted/shop';
import { elsewhere, ModelsController } from './modelsController.svelte';

const SMALL = 'qwen2.5-coder-0.5b';
const LARGE = 'qwen2.5-coder-1.5b';

async function begin(script: Script = {}): Promise<ModelsController> {
  const models = new ModelsController(new Scripted({ pace: 0, ...script }));
  await models.refresh();
  return models;
}

describe('the model that answers', () => {
  it('is the common one until an assistant has its own, and again when it gives that up', async () => {
    const models = await begin();
    expect([models.standard, models.idFor('sql')]).toEqual([LARGE, LARGE]);
    expect(await models.use(SMALL, 'sql')).toBeNull();
    expect([models.standard, models.idFor('sql'), models.idFor('chess')]).toEqual([
      LARGE,
      SMALL,
      LARGE,
    ]);
    expect(models.isUsed(SMALL)).toBe(true);
    await models.use(null, 'sql');
    expect([models.ownOf('sql'), models.idFor('sql')]).toEqual([null, LARGE]);
  });

  it('can be changed for everyone', async () => {
    const models = await begin();
    await models.use(SMALL, null);
    expect([models.standard, models.idFor('sql')]).toEqual([SMALL, SMALL]);
  });

  it('falls back to the default when the chosen one is no longer there', async () => {
    const choices = { default: 'gone', byAssistant: { sql: 'gone-too' } };
    expect((await begin({ choices })).idFor('sql')).toBe(LARGE);
  });

  it('may be one of a service, which is then among those to choose from', async () => {
    const models = await begin();
    await models.use('office:claude-sonnet-4-5', 'sql');
    models.prove('attic:qwen3:8b');
    models.prove('attic:qwen3:8b');
    expect(models.idFor('sql')).toBe('office:claude-sonnet-4-5');
    expect(models.remote).toEqual(['attic:qwen3:8b', 'office:claude-sonnet-4-5']);
    expect(elsewhere('attic:qwen3:8b')).toEqual({ service: 'attic', model: 'qwen3:8b' });
  });

  it('stays as it was when the desk refuses', async () => {
    const models = await begin({ useFault: fault('model-missing', 'It is not here.') });
    expect((await models.use(SMALL, null))?.code).toBe('model-missing');
    expect(models.standard).toBe(LARGE);
  });
});

it('says why there is no list, and takes it back when there is one', async () => {
  const backend = new Scripted({ pace: 0 });
  const models = new ModelsController(backend);
  const list = backend.models.bind(backend);
  backend.models = () => Promise.reject(fault('internal', 'No.'));
  await models.refresh();
  expect([models.isLoaded, models.listFault?.code]).toEqual([true, 'internal']);
  backend.models = list;
  await models.refresh();
  expect([models.listFault, models.all.length]).toEqual([null, 2]);
});

describe('a download', () => {
  it('ends with the model present', async () => {
    const models = await begin();
    expect(models.find(SMALL)?.present).toBe(false);
    expect(await models.pull(SMALL)).toBe(true);
    expect(models.find(SMALL)?.present).toBe(true);
    expect(models.download).toBeNull();
  });

  it('tells how far it is and can be stopped, which is no fault', async () => {
    const models = await begin({ pace: 0.5 });
    const pulled = models.pull(SMALL);
    await vi.waitFor(() => expect(models.download?.progress?.total).toBe(catalogue[1]?.bytes));
    await models.cancel();
    expect(await pulled).toBe(false);
    expect(models.fault).toBeNull();
    expect(models.find(SMALL)?.present).toBe(false);
  });

  it('that fails says why, and of which', async () => {
    const models = await begin({ pullFault: fault('download-failed', 'No network.') });
    expect(await models.pull(SMALL)).toBe(false);
    expect([models.fault?.code, models.faultOf]).toEqual(['download-failed', SMALL]);
  });
});
