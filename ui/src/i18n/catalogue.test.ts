import { describe, expect, it } from 'vitest';

import { en } from './en';
import type { Key, Message } from './message';
import { catalogues } from './words.svelte';

const keys = Object.keys(en) as Key[];
const textsOf = (message: Message): string[] =>
  typeof message === 'string' ? [message] : Object.values(message);
const slotsOf = (message: Message): string[] =>
  [...new Set(textsOf(message).flatMap((text) => text.match(/\{[\w-]+\}/g) ?? []))].sort();

describe.each(['zh-Hant', 'zh-Hans'] as const)('the catalogue %s', (language) => {
  const catalogue = catalogues[language];

  it('has the keys of the English one, and no others', () => {
    expect(Object.keys(catalogue).sort()).toEqual([...keys].sort());
  });

  it.each(keys)('says %s with the same particulars', (key) => {
    expect(slotsOf(catalogue[key])).toEqual(slotsOf(en[key]));
    expect(textsOf(catalogue[key]).every((text) => text.trim() !== '')).toBe(true);
  });
});

const wordsOf = (language: 'zh-Hant' | 'zh-Hans'): string =>
  Object.values(catalogues[language]).flatMap(textsOf).join('');

it('keeps mainland characters and words out of the Traditional catalogue', () => {
  expect(wordsOf('zh-Hant')).not.toMatch(/[们个这无发来对时应选择记录数据库询问检网络软]/);
  expect(wordsOf('zh-Hant')).not.toMatch(/數據|信息|默認|文件|軟件|網絡|程序|內存|行數|運行/);
});

it('keeps Traditional characters out of the Simplified catalogue', () => {
  expect(wordsOf('zh-Hans')).not.toMatch(/[們這無發來對時應選擇記錄數據庫詢問檢網絡軟體資]/);
});

const sources = import.meta.glob<string>(['../**/*.{svelte,ts}', '!./{en,zh-Hans,zh-Hant}.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

it('has no words that nobody says', () => {
  const source = Object.values(sources).join('\n');
  // Keys that are put together at run time.
  const made =
    /^(error|check|usage\.by|status|theme|category|risk|shell|finding|stage\.(ground|state)|proposal\.(class|direction)|books\.(compare|export|period\.span)|builder\.(kind|shape|talk)|chess\.(piece|phase)|page\.(kind|part|rule|fact|version)|connection\.(way|part)|model\.(source|state)|service\.kind|palette\.group|(key|password)\.place)\./;
  expect(keys.filter((key) => !made.test(key) && !source.includes(`'${key}'`))).toEqual([]);
});
