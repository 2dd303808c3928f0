/** What is in the databases of the scripted desk. */
import type { ColumnInfo, KeyInfo, SchemaInfo, TableInfo } from '../bindings';

function column(name: string, kind: string, more: Partial<ColumnInfo> = {}): ColumnInfo {
  return {
    name,
    kind,
    isKey: name === 'id',
    comment: '',
    ownName: '',
    note: '',
    values: [],
    meanings: [],
    ...more,
  };
}

const points = (from: string, table: string, inferred = false): KeyInfo => ({
  columns: [from],
  table,
  referenced: ['id'],
  inferred,
});

const id = column('id', 'INTEGER');

/** A table about which nobody wrote anything. */
type PlainTable = Omit<TableInfo, 'ownName' | 'note'>;
const unwritten = (table: PlainTable): TableInfo => ({ ...table, ownName: '', note: '' });

const SHOP: readonly PlainTable[] = [
  {
    name: 'customers',
    comment: 'Who buys, people and firms',
    rows: 648,
    keys: [],
    columns: [
      id,
      column('name', 'TEXT', { values: ['Margaret Holloway', '陳美玲', 'Jonas Richter'] }),
      column('city', 'TEXT', { values: ['London', '台北', 'Berlin', '上海'] }),
      column('segment', 'TEXT', {
        values: ['P', 'E', 'B'],
        meanings: [
          { code: 'P', label: 'private' },
          { code: 'E', label: 'education' },
          { code: 'B', label: 'business' },
        ],
      }),
    ],
  },
  {
    name: 'orders',
    comment: '',
    rows: 5210,
    keys: [points('customer_id', 'customers')],
    columns: [
      id,
      column('customer_id', 'INTEGER'),
      column('order_date', 'DATE', { values: ['2023-01-02', '2025-12-30'] }),
      column('status', 'TEXT', { values: ['paid', 'shipped', 'cancelled'] }),
      column('total', 'REAL', { comment: 'With tax, in euros', values: ['42.5', '118'] }),
    ],
  },
  {
    name: 'order_lines',
    comment: '',
    rows: 14_890,
    keys: [points('order_id', 'orders'), points('product_id', 'products')],
    columns: [
      id,
      column('order_id', 'INTEGER'),
      column('product_id', 'INTEGER'),
      column('quantity', 'INTEGER', { values: ['1', '2', '5'] }),
      column('unit_price', 'REAL'),
    ],
  },
  {
    name: 'products',
    comment: '',
    rows: 312,
    keys: [points('category_id', 'categories')],
    columns: [
      id,
      column('name', 'TEXT', { values: ['Stoneware Mug', 'Desk Lamp'] }),
      column('category_id', 'INTEGER'),
    ],
  },
  {
    name: 'categories',
    comment: '',
    rows: 14,
    keys: [],
    columns: [id, column('name', 'TEXT')],
  },
  {
    name: 'returns',
    comment: '',
    rows: 402,
    keys: [points('order_line_id', 'order_lines', true)],
    columns: [
      id,
      column('order_line_id', 'INTEGER'),
      column('reason', 'TEXT', { values: ['damaged on arrival', 'wrong colour'] }),
      column('refund', 'REAL'),
    ],
  },
  { name: 'notes', comment: '', rows: null, keys: [], columns: [column('備註 text', 'TEXT')] },
];

export const shopSchema: SchemaInfo = { note: '', tables: SHOP.map(unwritten) };

/** As a business has it: hundreds of tables with names that nobody can say. */
export function manyTables(count: number): SchemaInfo {
  const nameOf = (index: number): string =>
    `t${String(index).padStart(3, '0')}_${['ord', 'cust', 'inv_hdr', 'stock_mv', 'ref'][index % 5]}`;
  return {
    note: '',
    tables: Array.from({ length: count }, (_, index) => ({
      ownName: '',
      note: '',
      name: nameOf(index),
      comment: '',
      rows: (index * 7919) % 90_000,
      keys:
        index === 0
          ? []
          : [points('parent_id', nameOf(Math.floor((index - 1) / 3)), index % 2 === 0)],
      columns: [
        id,
        column('parent_id', 'INTEGER'),
        column(`val_${index}`, 'NUMERIC'),
        column('sts_cd', 'CHAR(1)'),
      ],
    })),
  };
}
