import { beforeEach, describe, expect, it, vi } from 'vitest';

import { past } from '../backend/scripted/past';
import { failed, repaired, unsure } from '../backend/scripted/plays';
import { Scripted, type Script } from '../backend/scripted/scripted';
import { RunController, type RunHooks } from './runController.svelte';

const REQUEST = {
  assistant: 'sql',
  inputs: { database: 'shop', question: 'Which five customers spent the most in 2025?' },
  model: null,
};

function begin(script: Script = {}): {
  runs: RunController;
  hooks: Required<Omit<RunHooks, 'kindOf' | 'isInHand'>>;
} {
  const hooks = { changed: vi.fn(), ended: vi.fn(), endedUnseen: vi.fn() };
  return { runs: new RunController(new Scripted({ pace: 0, ...script }), hooks), hooks };
}

const ended = (runs: RunController): Promise<void> =>
  vi.waitFor(() => expect(runs.view).toBe('ended'));

describe('a run', () => {
  let setup: ReturnType<typeof begin>;
  beforeEach(() => {
    setup = begin({ play: repaired });
  });

  it('ends with what the desk reports', async () => {
    const { runs, hooks } = setup;
    expect(runs.view).toBe('idle');
    const started = runs.start(REQUEST);
    expect(runs.view).toBe('live');
    await started;
    await ended(runs);
    expect(runs.live).toBeNull();
    expect(runs.shown?.report.status).toBe('done');
    expect(runs.shown?.report.repairs).toBe(1);
    expect(runs.shown?.inputs).toEqual(REQUEST.inputs);
    expect(hooks.changed).toHaveBeenCalledTimes(2);
  });

  it('does not begin while another goes on', async () => {
    const { runs } = begin({ hold: 3 });
    await runs.start(REQUEST);
    const first = runs.live;
    await runs.start(REQUEST);
    expect(runs.live).toBe(first);
  });
});

describe('a run that is stopped', () => {
  it('keeps what had been written', async () => {
    const { runs } = begin({ hold: 8 });
    await runs.start(REQUEST);
    await vi.waitFor(() => expect(runs.live?.text.length).toBeGreaterThan(10));
    const stopped = runs.stop();
    expect(runs.live?.isStopping).toBe(true);
    await stopped;
    await ended(runs);
    expect(runs.shown?.report.status).toBe('cancelled');
    expect(runs.shown?.partial).toMatch(/^SELECT/);
  });

  it('is stopped too when the desk has not even answered yet', async () => {
    const { runs } = begin({ hold: 0 });
    const started = runs.start(REQUEST);
    await runs.stop();
    await started;
    await ended(runs);
    expect(runs.shown?.report.status).toBe('cancelled');
  });
});

describe('a run that fails', () => {
  it('keeps its draft and says that it is one', async () => {
    const { runs } = begin({ play: unsure });
    await runs.start(REQUEST);
    await ended(runs);
    expect(runs.shown?.report.error?.code).toBe('not-sure');
    expect(runs.shown?.report.artifact?.draft).toBe(true);
  });

  it('can be tried again with another model', async () => {
    const backend = new Scripted({
      pace: 0,
      play: (run, request) =>
        failed(run, request, { code: 'engine-lost', sentence: 'It ended twice.', details: {} }),
    });
    const runs = new RunController(backend);
    await runs.start(REQUEST);
    await ended(runs);
    await runs.again('qwen2.5-coder-0.5b');
    expect(backend.requests).toHaveLength(2);
    expect(backend.requests[1]).toEqual({ ...REQUEST, model: 'qwen2.5-coder-0.5b' });
  });

  it('is refused at once when the form is not filled in, and leaves what was shown', async () => {
    const { runs } = begin();
    await runs.start(REQUEST);
    await ended(runs);
    const before = runs.shown;
    await runs.start({ ...REQUEST, inputs: { database: 'shop' } });
    expect(runs.view).toBe('refused');
    expect(runs.refusal).toMatchObject({ code: 'input-missing', details: { input: 'question' } });
    expect(runs.live).toBeNull();
    expect(runs.shown).toBe(before);
  });
});

describe('history', () => {
  const history = past('en');
  const old = history[1]?.report.run ?? '';

  it('opens a run with its inputs', async () => {
    const { runs } = begin({ history });
    const shown = await runs.open(old);
    expect(shown?.report.run).toBe(old);
    expect(shown?.inputs['question']).toMatch(/returned/);
  });

  it('says so when a run is gone', async () => {
    const { runs } = begin();
    await runs.open('01J0');
    expect(runs.view).toBe('refused');
    expect(runs.refusal?.code).toBe('run-unknown');
  });

  it('can be looked at while another run goes on, which then does not push in', async () => {
    const { runs, hooks } = begin({ history, hold: 5 });
    await runs.start(REQUEST);
    const live = runs.live;
    await runs.open(old);
    expect(runs.view).toBe('ended');
    await runs.open(live?.id ?? '');
    expect(runs.view).toBe('live');
    await runs.open(old);
    await runs.stop();
    await vi.waitFor(() => expect(hooks.endedUnseen).toHaveBeenCalledOnce());
    expect(runs.shown?.report.run).toBe(old);
  });
});
