import { describe, expect, it } from 'vitest';

import { initials } from './pinyin';
import { scoreOf } from './score';

const best = (query: string, labels: readonly string[]): string | undefined =>
  labels
    .map((label) => ({ label, score: scoreOf({ label }, query) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)[0]?.label;

describe('pinyin', () => {
  it('is known by its first letters, in both scripts', () => {
    expect(initials('问数据库')).toBe('wsjk');
    expect(initials('詢問資料庫')).toBe('xwzlk');
    expect(initials('打开 SQL 文件')).toBe('dksqlwj');
    expect(initials('暗黑模式')).toBe('ahms');
  });
});

describe('what fits', () => {
  const LABELS = ['Ask a database', 'Find the chess move', 'Light or dark', 'Mermaid diagram'];

  it('is found by the beginning of a word before its middle', () => {
    expect(best('data', ['Metadata', 'Ask a database'])).toBe('Ask a database');
    expect(best('mo', ['Remove', 'Find the chess move'])).toBe('Find the chess move');
  });

  it('is found by every word in any order, and not at all where one is missing', () => {
    expect(best('chess find', LABELS)).toBe('Find the chess move');
    expect(best('chess zebra', LABELS)).toBeUndefined();
  });

  it('is found by first letters and by letters left out', () => {
    expect(best('aad', LABELS)).toBe('Ask a database');
    expect(best('dgrm', LABELS)).toBe('Mermaid diagram');
    expect(best('xqz', LABELS)).toBeUndefined();
  });

  it('is found in Chinese, by characters and by pinyin', () => {
    const chinese = ['询问数据库', '找出棋步', '编写命令'];
    expect(best('数据', chinese)).toBe('询问数据库');
    expect(best('sjk', chinese)).toBe('询问数据库');
    expect(best('zcqb', chinese)).toBe('找出棋步');
  });

  it('counts a name in another language for less', () => {
    const one = { label: '詢問資料庫', also: ['Ask a database'] };
    expect(scoreOf(one, 'database')).toBeGreaterThan(0);
    expect(scoreOf(one, 'database')).toBeLessThan(scoreOf({ label: 'database' }, 'database'));
  });

  it('takes accents and case for nothing', () => {
    expect(best('RESUME', ['Résumé bullets'])).toBe('Résumé bullets');
  });
});
