// @vitest-environment node
import { describe, expect, it } from 'vitest';

import { fill, languageFor } from './message';

describe('languageFor', () => {
  it.each([
    ['en-GB', 'en'],
    ['de', 'en'],
    ['zh-TW', 'zh-Hant'],
    ['zh-HK', 'zh-Hant'],
    ['zh-Hant', 'zh-Hant'],
    ['zh-Hant-CN', 'zh-Hant'],
    ['zh-Hans-HK', 'zh-Hans'],
    ['zh-CN', 'zh-Hans'],
    ['zh_TW', 'zh-Hant'],
    ['zh', 'zh-Hans'],
  ])('reads %s as %s', (tag, language) => {
    expect(languageFor(tag)).toBe(language);
  });
});

describe('fill', () => {
  const rows = { one: '{count} row', other: '{count} rows' };

  it('chooses the form by the count', () => {
    expect(fill(rows, { count: 1 }, 'en')).toBe('1 row');
    expect(fill(rows, { count: 0 }, 'en')).toBe('0 rows');
    expect(fill(rows, { count: 12345 }, 'en')).toBe('12,345 rows');
    expect(fill({ other: '{count} 列' }, { count: 1 }, 'zh-Hant')).toBe('1 列');
  });

  it('shows that a particular is unknown instead of its name', () => {
    expect(fill('It has {length} characters.', {}, 'en')).toBe('It has … characters.');
  });
});
