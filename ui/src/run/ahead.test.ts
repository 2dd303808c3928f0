import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { RunRequest } from '../backend/backend';
import { Ahead } from './ahead';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('reads once writing pauses, with what stands there then, and hides what goes wrong', async () => {
  const asked: RunRequest['inputs'][] = [];
  const ahead = new Ahead({
    readAhead: async (_, inputs) => {
      asked.push(inputs);
      throw new Error('no model');
    },
  });
  for (const brief of ['A', 'A b', 'A bakery']) {
    ahead.written('page', { brief });
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toEqual([{ brief: 'A bakery' }]);
});
