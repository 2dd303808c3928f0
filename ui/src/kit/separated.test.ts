// @vitest-environment node
import { expect, it } from 'vitest';

import { overlaid, readSeparated, writeSeparated } from './separated';

it('reads what spreadsheets and files write', () => {
  expect(readSeparated('a\tb\n1\t2\n')).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ]);
  expect(readSeparated('name;sum\r\nLinen;1,5')).toEqual([
    ['name', 'sum'],
    ['Linen', '1,5'],
  ]);
  expect(readSeparated('a,"b, ""c""\nd"\n\n1')).toEqual([
    ['a', 'b, "c"\nd'],
    ['1', ''],
  ]);
  expect(readSeparated('')).toEqual([]);
});

it('writes what it reads', () => {
  const rows = [
    ['a', 'b, c', 'say "x"'],
    ['', '1\n2', ' 3'],
  ];
  expect(readSeparated(writeSeparated(rows))).toEqual(rows);
});

it('lays a pasted block over the cells, growing where it must', () => {
  expect(overlaid([['a', 'b']], { row: 0, column: 1 }, [['1', '2'], ['3']])).toEqual([
    ['a', '1', '2'],
    ['', '3', ''],
  ]);
});
