// @vitest-environment node
import { expect, it } from 'vitest';

import { stepper, type SeenStage } from './stepper';

const lines = (seen: SeenStage[], isGiven = false): string[] =>
  stepper(seen, { kind: 'query', isGiven }).map(({ words, state }) => `${words} ${state}`);

it('shows the way ahead before anything happened', () => {
  expect(lines([])).toEqual([
    'stage.ground.query waiting',
    'stage.draft waiting',
    'stage.check waiting',
  ]);
});

it('grows when it tries again', () => {
  expect(
    lines([
      { stage: 'ground', attempt: 1, state: 'done' },
      { stage: 'draft', attempt: 1, state: 'done' },
      { stage: 'check', attempt: 1, state: 'failed' },
      { stage: 'draft', attempt: 2, state: 'active' },
    ]),
  ).toEqual([
    'stage.ground.query done',
    'stage.draft done',
    'stage.check failed',
    'stage.again active',
    'stage.check waiting',
  ]);
});

it('does not say that a statement of the person is being written', () => {
  expect(lines([{ stage: 'draft', attempt: 1, state: 'active' }], true)[0]).toBe(
    'stage.given active',
  );
});

it('says that it asks again when the candidates do not agree', () => {
  const seen: SeenStage[] = [
    { stage: 'ground', attempt: 1, state: 'done' },
    { stage: 'draft', attempt: 1, state: 'done' },
    { stage: 'check', attempt: 1, state: 'done' },
    { stage: 'draft', attempt: 1, state: 'active' },
  ];
  expect(lines(seen)).toEqual([
    'stage.ground.query done',
    'stage.draft done',
    'stage.check done',
    'stage.more active',
    'stage.check waiting',
  ]);
});
