// @vitest-environment node
import { describe, expect, it } from 'vitest';

import {
  columnsOf,
  nextSorting,
  order,
  pieces,
  tabSeparated,
  write,
  type Cell,
  type Row,
} from './table';

const rows = (...cells: Cell[]): Row[] => cells.map((cell) => [cell]);
const sorted = (cells: Cell[], direction: 'ascending' | 'descending'): Cell[] =>
  order(rows(...cells), { column: 0, direction }, 'en').map((index) => cells[index] ?? null);
const figures = (name: string, ...cells: Cell[]) => columnsOf([name], rows(...cells))[0]?.figures;

describe('order', () => {
  it('sorts numbers as numbers', () => {
    expect(sorted([10, 9, 100, -1, 0.5], 'ascending')).toEqual([-1, 0.5, 9, 10, 100]);
  });

  it('sorts whole numbers beyond the reach of JavaScript exactly', () => {
    const cells = ['9007199254740995', '9007199254740993', 7, '-9007199254740993'];
    expect(sorted(cells, 'ascending')).toEqual([cells[3], 7, cells[1], cells[0]]);
  });

  it('sorts texts as people do', () => {
    expect(sorted(['item 10', 'Item 9', 'äpfel', 'apfel'], 'ascending')).toEqual([
      'apfel',
      'äpfel',
      'Item 9',
      'item 10',
    ]);
  });

  it('puts numbers before texts and no value last, both ways', () => {
    expect(sorted(['b', null, 2, 'a', 1], 'ascending')).toEqual([1, 2, 'a', 'b', null]);
    expect(sorted(['b', null, 2, 'a', 1], 'descending')).toEqual(['b', 'a', 2, 1, null]);
  });

  it('leaves equal rows and an unsorted table as they came', () => {
    expect(order(rows(1, 1, 1), { column: 0, direction: 'descending' }, 'en')).toEqual([0, 1, 2]);
    expect(order(rows(3, 1, 2), null, 'en')).toEqual([0, 1, 2]);
  });
});

it('a header goes up, down and back', () => {
  const up = nextSorting(null, 1);
  expect(up).toEqual({ column: 1, direction: 'ascending' });
  const down = nextSorting(up, 1);
  expect(down).toEqual({ column: 1, direction: 'descending' });
  expect(nextSorting(down, 1)).toBeNull();
  expect(nextSorting(down, 0)).toEqual({ column: 0, direction: 'ascending' });
});

describe('figures', () => {
  it('are found by the values, not by the name', () => {
    expect(figures('spent', 1, null, 2.5)).toEqual({ digits: 1, grouped: false });
    expect(figures('spent', 1, 'two')).toBeNull();
    expect(figures('spent', null, null)).toBeNull();
  });

  it('are grouped where they are large and not names', () => {
    expect(figures('spent', 20733.63)).toEqual({ digits: 2, grouped: true });
    expect(figures('customer_id', 20733)).toEqual({ digits: 0, grouped: false });
    expect(figures('year', 2025)).toEqual({ digits: 0, grouped: false });
  });

  it('share their digits after the point and lose the noise of binary fractions', () => {
    const found = figures('spent', 8730.940000000001, 5) ?? null;
    expect(found).toEqual({ digits: 2, grouped: false });
    expect(write(8730.940000000001, found)).toBe('8730.94');
    expect(write(5, found)).toBe('5.00');
  });

  it('are cut into thousands', () => {
    expect(pieces('1234567.89', true)).toEqual(['1', '234', '567.89']);
    expect(pieces('-20733', true)).toEqual(['-20', '733']);
    expect(pieces('733', true)).toEqual(['733']);
    expect(pieces('1e+21', true)).toEqual(['1e+21']);
    expect(pieces('20733', false)).toEqual(['20733']);
  });
});

describe('columns', () => {
  it('are as wide as their cells, within reason', () => {
    const [narrow, wide, chinese] = columnsOf(['n', 'text', 'c'], [[1, 'x'.repeat(400), '陳美玲']]);
    expect(narrow?.width).toBe(5);
    expect(wide?.width).toBe(44);
    expect(chinese?.width).toBe(6);
  });

  it('of a table without rows are there all the same', () => {
    expect(columnsOf(['name'], [])).toEqual([{ name: 'name', figures: null, width: 7 }]);
  });
});

it('copies as spreadsheets read it', () => {
  expect(
    tabSeparated(
      ['a', 'b'],
      [
        ['one\ttwo\nthree', null],
        [1.5, 2],
      ],
    ),
  ).toBe('a\tb\none two three\t\n1.5\t2');
});
