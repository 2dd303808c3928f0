/** Answers of many shapes, so that every picture of one can be looked at. */
import type { CellJson, Chart, QueryResult } from '../bindings';
import { best } from './shop';

function answer(
  headline: string,
  columns: string[],
  rows: CellJson[][],
  chart: Chart | null,
): QueryResult {
  return { ...best, headline, columns, rows, row_count: rows.length, chart };
}

const drawn = (mark: Chart['mark'], x: string, y: string, series: string | null = null): Chart => ({
  mark,
  x,
  y,
  series,
  first: null,
});

const MONTHS = Array.from(
  { length: 12 },
  (_, index) => `2025-${String(index + 1).padStart(2, '0')}`,
);
const sales = (month: number, base = 18_000): number =>
  Math.round((base + base * 0.45 * Math.sin(month / 1.7) + month * 410) * 100) / 100;

/** A line over months, which the database gave in another order. */
export const monthly: QueryResult = {
  ...answer(
    'In 2025, December had the largest total: about 27,300.',
    ['month', 'total'],
    MONTHS.map((month, index): CellJson[] => [month, sales(index)]).toReversed(),
    drawn('line', 'month', 'total'),
  ),
  explanation:
    "Starts from orders.\nKeeps only the rows where all of these hold:\n  - order_date is between 2025-01-01 and 2025-12-31 (both included)\n  - status is not “cancelled”\nMakes one group for each `strftime('%Y-%m', order_date)`.\nFor each group shows the sum of orders.total (as “total”).\nSorts by month, latest first.",
};

const GOODS: readonly (readonly [string, number])[] = [
  ['Linen Hardcover Notebook A5, dotted, midnight blue', 20733.63],
  ['不鏽鋼保溫杯 500ml 霧面黑', 16764.11],
  ['Soy Candle Fig & Cedar', 13480.59],
  ['Gel Pens Set of 6', 8730.94],
  ['手工陶瓷馬克杯', 8645.67],
  ['Desk Lamp', 7120],
  ['Stoneware Mug', 5210.4],
  ['Wall Calendar 2026', -310.5],
];
export const byGoods: QueryResult = answer(
  'Linen Hardcover Notebook A5, dotted, midnight blue has the largest revenue: 20,733.63.',
  ['product', 'revenue'],
  GOODS.map((row) => [...row]),
  drawn('bar', 'product', 'revenue'),
);

export const byCity: QueryResult = answer(
  '台北有最多顧客：214。',
  ['城市', '顧客數'],
  [
    ['台北', 214],
    ['上海', 167],
    ['倫敦', 120],
    ['柏林', 96],
    ['東京', 51],
  ],
  drawn('bar', '城市', '顧客數'),
);

/** More than fit as bars: only the first are drawn. */
export const manyBars: QueryResult = answer(
  'customer 1 has the largest total: 1,204,500.',
  ['customer_id', 'total'],
  Array.from({ length: 400 }, (_, index): CellJson[] => [
    1000 + ((index * 37) % 9000),
    Math.round(1_204_500 / (1 + index * 0.35)),
  ]),
  { ...drawn('bar', 'customer_id', 'total'), first: 20 },
);

const SHOPS = ['London', 'Berlin', '台北', 'online'];
export const lines: QueryResult = answer(
  '48 rows: total by month and shop.',
  ['month', 'shop', 'total'],
  MONTHS.flatMap((month, index) =>
    SHOPS.map((shop, place): CellJson[] => [
      month,
      shop,
      sales(index + place * 2, 9000 + place * 3500),
    ]),
  ),
  drawn('line', 'month', 'total', 'shop'),
);

export const bars: QueryResult = answer(
  '12 rows: orders by segment and status.',
  ['segment', 'status', 'orders'],
  ['private', 'education', 'business', '政府機關'].flatMap((segment, index) =>
    ['paid', 'shipped', 'cancelled'].map((status, place): CellJson[] => [
      segment,
      status,
      340 - index * 61 - place * 77 + ((index * place * 13) % 40),
    ]),
  ),
  drawn('bar', 'segment', 'orders', 'status'),
);

export const scatter: QueryResult = answer(
  '160 rows: price and quantity.',
  ['unit_price', 'quantity'],
  Array.from({ length: 160 }, (_, index): CellJson[] => [
    Math.round((2 + ((index * 71) % 380) / 10) * 100) / 100,
    1 + Math.round((((index * 53) % 97) / 97) * (42 - ((index * 71) % 380) / 10)),
  ]),
  drawn('scatter', 'unit_price', 'quantity'),
);

/** Not sure, with two other readings. */
export const doubtful: QueryResult = {
  ...best,
  headline: 'Margaret Holloway has the largest spent: 20,733.63.',
  readings: [
    {
      sql: 'SELECT c.name, COUNT(*) AS orders FROM customers AS c JOIN orders AS o ON o.customer_id = c.id GROUP BY c.id ORDER BY orders DESC LIMIT 5',
      headline: '陳美玲 has the largest orders: 32.',
      explanation:
        'Starts from customers, adding the matching rows of orders (`orders.customer_id = customers.id`).\nMakes one group for each customers.id.\nSorts by the number of rows, largest first.',
      columns: ['name', 'orders'],
      rows: [
        ['陳美玲', 32],
        ['Margaret Holloway', 27],
        ['Priya Raman', 22],
      ],
      row_count: 5,
    },
    {
      sql: 'SELECT c.name, MAX(o.total) AS largest FROM customers AS c JOIN orders AS o ON o.customer_id = c.id GROUP BY c.id ORDER BY largest DESC LIMIT 5',
      headline: null,
      explanation:
        'Starts from customers and takes the largest single order of each.\nSorts by it, largest first.',
      columns: ['name', 'largest'],
      rows: [
        ['Jonas Richter', 4310.5],
        ['Margaret Holloway', 2988],
        ['周建国', null],
      ],
      row_count: 5,
    },
  ],
};
