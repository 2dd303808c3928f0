// @vitest-environment node
import { describe, expect, it } from 'vitest';

import { bytes, daysBetween, duration, percent, timeAgo } from './format';

describe('bytes', () => {
  it.each([
    [1_117_320_768, 'en', '1.1 GB'],
    [491_400_064, 'en', '491 MB'],
    [12_000, 'en', '12 kB'],
    [1_117_320_768, 'zh-Hant', '1.1 GB'],
  ] as const)('%d in %s is %s', (count, language, text) => {
    expect(bytes(count, language)).toBe(text);
  });
});

describe('duration', () => {
  it.each([
    [14, 'en', '14 ms'],
    [1840, 'en', '1.8 s'],
    [12_400, 'en', '12 s'],
    [125_000, 'en', '2 min 5 s'],
    [1840, 'zh-Hant', '1.8 秒'],
  ] as const)('%d in %s is %s', (milliseconds, language, text) => {
    expect(duration(milliseconds, language)).toBe(text);
  });
});

describe('timeAgo', () => {
  const now = new Date(2026, 1, 10, 15, 30);
  const ago = (minutes: number): string =>
    timeAgo(new Date(now.getTime() - minutes * 60_000), now, 'en');

  it('counts within the day and names the hour before it', () => {
    expect(ago(0)).toBe('now');
    expect(ago(5)).toBe('5 minutes ago');
    expect(ago(130)).toBe('2 hours ago');
    expect(ago(24 * 60)).toMatch(/^3:30\sPM$/);
  });
});

it('counts days by the calendar, not by the clock', () => {
  expect(daysBetween(new Date(2026, 1, 9, 23, 59), new Date(2026, 1, 10, 0, 1))).toBe(1);
  expect(daysBetween(new Date(2026, 1, 10, 0, 1), new Date(2026, 1, 10, 23, 59))).toBe(0);
});

it('writes shares as whole percents', () => {
  expect(percent(0.864, 'en')).toBe('86%');
});
