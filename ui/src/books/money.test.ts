// @vitest-environment node
import { expect, it } from 'vitest';

import { isAmount, isNegative, negated, sum, tidied, tidiedDay } from './money';

it('adds exactly, whatever binary fractions would make of it', () => {
  expect(sum(['0.1', '0.2'])).toBe('0.3');
  expect(sum(['84.50', '-84.5'])).toBe('0.00');
  expect(sum(['12345678901234567890.01', '0.99'])).toBe('12345678901234567891.00');
  expect(sum(['-0.05', '0.01'])).toBe('-0.04');
  expect(sum([])).toBe('0');
});

it('turns a sum round', () => {
  expect(negated('84.50')).toBe('-84.50');
  expect(negated('-84.50')).toBe('84.50');
  expect(negated('0.00')).toBe('0.00');
  expect(isNegative('-0.01')).toBe(true);
  expect(isNegative('0')).toBe(false);
});

it('takes what people write', () => {
  expect(tidied(' 1 234.50 ')).toBe('1234.50');
  expect(tidied('1,234,567.5')).toBe('1234567.5');
  expect(isAmount('1e400')).toBe(false);
  expect(isAmount('12.')).toBe(false);
});

it('reads days as people write them, and none that there is not', () => {
  const cases: [string, string | null][] = [
    ['2026-11-05', '2026-11-05'],
    [' 2026/1/5 ', '2026-01-05'],
    ['2026.11.5', '2026-11-05'],
    ['2026年1月5日', '2026-01-05'],
    ['2026-02-31', null],
    ['2026-13-01', null],
    ['5.11.2026', null],
    ['', null],
  ];
  for (const [text, day] of cases) expect(tidiedDay(text)).toBe(day);
});
