/** A history with something of everything, reckoned back from now. */
import type { Localized, RunRecord, Status } from '../bindings';
import { answered, cancelled, unsure, type Play } from './plays';

const HOUR = 3_600_000;
type Told = readonly [
  hoursAgo: number,
  status: Status,
  question: string,
  questionHant: string,
  ms: number,
];

const TOLD: readonly Told[] = [
  [
    0.1,
    'done',
    'How much did we sell in each month of last year?',
    '去年每個月的銷售額是多少？',
    2840,
  ],
  [
    0.6,
    'done',
    'Which products were returned most often, and why?',
    '哪些商品最常被退貨，原因是什麼？',
    4120,
  ],
  [
    2.2,
    'failed',
    'Who are our most loyal wholesale partners by region and season?',
    '各地區各季節最忠實的批發夥伴是誰？',
    9210,
  ],
  [3.1, 'done', 'How many customers joined in each quarter?', '每一季有多少新客戶？', 1630],
  [
    25,
    'cancelled',
    'List every order line with its product and customer',
    '列出每一筆訂單明細及其商品與客戶',
    3100,
  ],
  [
    27,
    'done',
    'What is the average order value online and in the stores?',
    '線上與門市的平均訂單金額各是多少？',
    1980,
  ],
  [
    50,
    'interrupted',
    'Which categories earn the most after returns?',
    '扣除退貨後，哪些類別獲利最高？',
    0,
  ],
  [52, 'done', 'Which customers have not ordered for a year?', '哪些客戶已經一年沒有下單？', 2260],
  [120, 'done', 'Orders from Taiwan in December', '十二月來自臺灣的訂單', 1490],
];

export function past(language: keyof Localized, now = Date.now()): RunRecord[] {
  return TOLD.map(([hoursAgo, status, en, hant, ms]) => {
    const at = now - hoursAgo * HOUR;
    const request = {
      assistant: 'sql',
      inputs: { database: 'shop', question: language === 'en' ? en : hant },
      model: null,
    };
    const run = `01J${String(Math.round(at)).padStart(23, '0')}`;
    const play: Play = status === 'failed' ? unsure(run, request) : answered(run, request);
    const report =
      status === 'cancelled' || status === 'interrupted' ? cancelled(play) : play.report;
    return {
      created_at: new Date(at).toISOString(),
      inputs: request.inputs,
      report: {
        ...report,
        status,
        error:
          status === 'interrupted'
            ? { code: 'interrupted', sentence: '', details: {} }
            : report.error,
        timings_ms: { ...report.timings_ms, total: ms },
      },
      steps: [],
      partial:
        status === 'cancelled' ? 'SELECT l.id, p.name, c.name\nFROM order_lines AS l\nJOIN' : null,
    };
  });
}
