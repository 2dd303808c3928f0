import { describe, expect, it, vi } from 'vitest';

import { models as catalogue } from '../backend/scripted/shop';
import { Scripted, type Script } from '../backend/scripted/scripted';
import { Preferences } from '../preferences/preferences.svelte';
import { ModelsController } from './modelsController.svelte';

const SMALL = 'qwen2.5-coder-0.5b';
const LARGE = 'qwen2.5-coder-1.5b';

async function begin(script: Script = {}): Promise<ModelsController> {
  const models = new ModelsController(new Scripted({ pace: 0, ...script }), new Preferences());
  await models.refresh();
  return models;
}

it('takes the default until the person chooses, and keeps the choice', async () => {
  const models = await begin();
  expect(models.chosen?.id).toBe(LARGE);
  models.choose(SMALL);
  expect((await begin()).chosen?.id).toBe(SMALL);
});

it('falls back to the default when the chosen model is no longer there', async () => {
  (await begin()).choose('gone');
  expect((await begin()).chosen?.id).toBe(LARGE);
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

  it('that fails says why', async () => {
    const pullFault = { code: 'download-failed', sentence: 'No network.', details: {} } as const;
    const models = await begin({ pullFault });
    expect(await models.pull(SMALL)).toBe(false);
    expect(models.fault?.code).toBe('download-failed');
  });
});
