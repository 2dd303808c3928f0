/** What the scripted desk knows: one assistant, one shop, a few answers. */
import type { AppInfo, Check, Description, Localized, QueryResult } from '../bindings';
import type { ModelCard } from '../library';

const text = (en: string, zhHant: string, zhHans: string): Localized => ({
  en,
  'zh-Hant': zhHant,
  'zh-Hans': zhHans,
});
const same = (value: string): Localized => text(value, value, value);

const example = (label: Localized, question: Localized): Description['examples'][number] => ({
  label,
  values: [
    { name: 'database', value: same('shop') },
    { name: 'question', value: question },
  ],
});

export const sqlAssistant: Description = {
  id: 'sql',
  title: text('Ask a database', '詢問資料庫', '询问数据库'),
  description: text(
    'Ask a question in your own words and get the table that answers it. Deskhand only ever reads.',
    '用自己的話提問，直接得到回答問題的表格。Deskhand 只會讀取，絕不更動資料。',
    '用自己的话提问，直接得到回答问题的表格。Deskhand 只读取，绝不改动数据。',
  ),
  icon: 'database',
  hue: 185,
  button: text('Find the answer', '找出答案', '找出答案'),
  artifact: 'query',
  repair_limit: 2,
  inputs: [
    {
      name: 'database',
      kind: 'file',
      label: text('In the database', '在資料庫', '在数据库'),
      placeholder: text(
        'Choose an SQLite file, or type shop for the sample',
        '選擇 SQLite 檔案，或輸入 shop 使用範例',
        '选择 SQLite 文件，或输入 shop 使用示例',
      ),
      required: true,
      instead_of: null,
      hidden: false,
      max_chars: 4096,
      extensions: ['sqlite', 'db', 'csv', 'tsv', 'xlsx', 'xls', 'ods'],
    },
    {
      name: 'question',
      kind: 'long-text',
      label: text('I would like to know', '我想知道', '我想知道'),
      placeholder: text(
        'Which five customers spent the most in 2025?',
        '2025 年消費最多的五位顧客是誰？',
        '2025 年消费最多的五位客户是谁？',
      ),
      required: true,
      instead_of: null,
      hidden: false,
      max_chars: 4000,
      extensions: [],
    },
    {
      name: 'sql',
      kind: 'long-text',
      label: same('SQL'),
      placeholder: same(''),
      required: false,
      instead_of: 'question',
      hidden: true,
      max_chars: 100_000,
      extensions: [],
    },
    {
      name: 'follows',
      kind: 'long-text',
      label: same('Follows'),
      placeholder: same(''),
      required: false,
      instead_of: null,
      hidden: true,
      max_chars: 20_000,
      extensions: [],
    },
  ],
  examples: [
    example(
      text('Best customers of 2025', '2025 年的最佳顧客', '2025 年的最佳客户'),
      text(
        'Which five customers spent the most in 2025?',
        '2025 年消費最多的五位顧客是誰？',
        '2025 年消费最多的五位客户是谁？',
      ),
    ),
    example(
      text('Sales by month', '每月銷售額', '每月销售额'),
      text(
        'What were the total sales for each month of 2025?',
        '2025 年每個月的銷售總額是多少？',
        '2025 年每个月的销售总额是多少？',
      ),
    ),
    example(
      text('Never sold', '從未售出的商品', '从未售出的商品'),
      text(
        'Which products have never been ordered?',
        '哪些商品從來沒有被訂購過？',
        '哪些商品从来没有被订购过？',
      ),
    ),
    example(
      text('Reasons for returns', '退貨原因', '退货原因'),
      text(
        'What are the reasons for returns and how many returns are there for each?',
        '退貨的原因有哪些？各有多少筆退貨？',
        '退货的原因有哪些？各有多少笔退货？',
      ),
    ),
  ],
};

export const appInfo: AppInfo = {
  version: '0.1.0',
  data_dir: '/home/you/.local/share/deskhand',
  sure: 0.75,
  samples: [
    {
      name: 'shop',
      title: text('A shop for stationery and the home', '文具與居家用品店', '文具与家居用品店'),
    },
  ],
};

export const models: readonly ModelCard[] = [
  {
    id: 'qwen2.5-coder-1.5b',
    title: 'Qwen2.5 Coder 1.5B Instruct (Q4_K_M)',
    licence: 'Apache-2.0',
    bytes: 1_117_320_768,
    present: true,
    is_default: true,
    imported: false,
    memory_bytes: 1_700_000_000,
    good_for: text(
      'everyday questions on an ordinary machine; the best balance of speed and accuracy',
      '一般電腦上的日常問題，速度與準確度兼顧',
      '普通电脑上的日常问题，速度与准确度兼顾',
    ),
  },
  {
    id: 'qwen2.5-coder-0.5b',
    title: 'Qwen2.5 Coder 0.5B Instruct (Q4_K_M)',
    licence: 'Apache-2.0',
    bytes: 491_400_064,
    present: false,
    is_default: false,
    imported: false,
    memory_bytes: 900_000_000,
    good_for: text(
      'small machines and quick tries; it is wrong more often',
      '小型電腦與快速試用，較常出錯',
      '小型电脑与快速试用，较常出错',
    ),
  },
];

/** As a later catalogue may have them: larger ones, and one that the person brought. */
export const manyModels: readonly ModelCard[] = [
  ...models,
  {
    id: 'qwen2.5-coder-7b',
    title: 'Qwen2.5 Coder 7B Instruct (Q4_K_M)',
    licence: 'Apache-2.0',
    bytes: 4_683_073_536,
    memory_bytes: 5_500_000_000,
    present: false,
    is_default: false,
    imported: false,
    good_for: text(
      'harder questions and larger databases, with 8 GB of memory and some patience',
      '較難的問題與較大的資料庫，需要 8 GB 記憶體與一些耐心',
      '较难的问题与较大的数据库，需要 8 GB 内存与一些耐心',
    ),
  },
  {
    id: 'minutes-3b-q4',
    title: 'minutes-3b-q4',
    licence: '',
    bytes: 2_104_932_768,
    memory_bytes: null,
    present: true,
    is_default: false,
    imported: true,
    good_for: null,
  },
];

export const BEST_SQL = `SELECT
  c.name,
  c.city,
  c.segment,
  COUNT(*) AS orders,
  ROUND(SUM(o.total), 2) AS spent
FROM customers AS c
JOIN orders AS o ON o.customer_id = c.id
WHERE o.order_date BETWEEN '2025-01-01' AND '2025-12-31'
  AND o.status <> 'cancelled'
GROUP BY c.id
ORDER BY spent DESC
LIMIT 5`;

export const best: QueryResult = {
  sql: BEST_SQL,
  dialect: 'sqlite',
  columns: ['name', 'city', 'segment', 'orders', 'spent'],
  rows: [
    ['Margaret Holloway', 'London', 'education', 27, 20733.63],
    ['陳美玲', '台北', 'business', 32, 16764.11],
    ['Jonas Richter', 'Berlin', null, 18, 13480.59],
    ['周建国', '上海', 'business', 13, 8730.94],
    ['Priya Raman', 'Manchester', 'education', 22, 8645.67],
  ],
  row_count: 5,
  truncated: false,
  explanation: [
    'Starts from customers, adding the matching rows of orders (`orders.customer_id = customers.id`). Rows without a match are left out.',
    'Keeps only the rows where all of these hold:',
    '  - orders.order_date is between 2025-01-01 and 2025-12-31 (both included)',
    '  - orders.status is not “cancelled”',
    'Makes one group for each customers.id.',
    'Sorts by the sum of orders.total, largest first.',
    'Shows only the first 5 rows.',
  ].join('\n'),
  headline: 'Margaret Holloway has the largest spent: 20,733.63.',
  chart: null,
  readings: [],
  draft: false,
};

export const bestChecks: readonly Check[] = [
  { name: 'parses', passed: true, detail: 'one SELECT' },
  { name: 'reads-only', passed: true, detail: 'reads customers, orders' },
  { name: 'names', passed: true, detail: '2 tables, 8 columns' },
  { name: 'explains', passed: true, detail: 'SEARCH orders USING INDEX orders_by_date' },
  { name: 'runs', passed: true, detail: '5 rows in 4 ms' },
];

const GOODS = [
  'Linen Hardcover Notebook A5',
  'Soy Candle Fig & Cedar',
  'Gel Pens Set of 6',
  'Stoneware Mug',
];
const REASONS = ['damaged on arrival', 'wrong colour', null, 'changed mind, 顏色與照片不同'];

/** A long result, as a careless question gives it. */
export function manyRows(count: number): QueryResult {
  return {
    ...best,
    sql: 'SELECT l.id, p.name AS product, l.quantity, l.unit_price, r.reason, r.refund, o.order_date\nFROM order_lines AS l\nLEFT JOIN returns AS r ON r.order_line_id = l.id\nJOIN products AS p ON p.id = l.product_id\nJOIN orders AS o ON o.id = l.order_id',
    columns: ['id', 'product', 'quantity', 'unit_price', 'reason', 'refund', 'order_date'],
    rows: Array.from({ length: count }, (_, index) => [
      10_000 + index,
      GOODS[index % GOODS.length] ?? null,
      1 + ((index * 7) % 5),
      Math.round((3.5 + ((index * 37) % 4000) / 100) * 100) / 100,
      REASONS[(index * 5) % REASONS.length] ?? null,
      index % 3 === 0 ? Math.round(index * 1.37 * 100) / 100 : null,
      `2025-${String(1 + (index % 12)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}`,
    ]),
    row_count: count,
    truncated: true,
    headline: null,
    explanation: null,
  };
}
