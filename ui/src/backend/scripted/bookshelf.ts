/** Books that a scripted desk keeps: one with a lunch and a sale in it. */
import type { BookBackend } from '../bookBackend';
import type {
  BookEntries,
  BookEntryInfo,
  BookExportFormat,
  BookPosted,
  BookQuery,
  BookStatements,
  BookSummary,
  BookVerified,
  BookView,
  Fault,
  ImportedFile,
} from '../bindings';

const SEAL = '5ea1'.repeat(16);

const posting = (account: string, label: string, amount: string) => ({
  account,
  label,
  amount,
  currency: 'EUR',
  value: amount,
  value_currency: 'EUR',
});

const lunch: BookEntryInfo = {
  number: 1,
  date: '2026-03-04',
  description: 'Lunch with ACME',
  counterparty: 'Noodle House',
  postings: [posting('Expenses:Meals', 'Meals', '84.50'), posting('Assets:Bank', 'Bank', '-84.50')],
  tax: null,
  tags: [],
  note: '',
  source: 'Lunch with ACME 84.50 on the company card yesterday',
  run: 'run-1',
  origin: 'written',
  reverses: null,
  reversed_by: null,
};

const row = (label: string, figures: string[], more: object = {}) => ({
  label,
  level: 1,
  figures,
  is_total: false,
  account: null,
  currency: 'EUR',
  entry: null,
  ...more,
});

/** Which books there are, and what is wrong with them. */
export interface BooksScript {
  /** No book at all. */
  hasNoBooks?: boolean;
  /** How every question about a book ends. */
  bookFault?: Fault;
}

export class ScriptedBooks implements BookBackend {
  readonly exported: { book: string; format: BookExportFormat; path: string }[] = [];
  readonly views: BookView[] = [];
  readonly queries: (BookQuery & { book: string })[] = [];
  #script: BooksScript;
  #entries: BookEntryInfo[] = [lunch];

  constructor(script: BooksScript = {}) {
    this.#script = script;
  }

  books(): Promise<BookSummary[]> {
    const main = {
      name: 'main',
      title: 'Fern & Folio',
      currency: 'EUR',
      entries: this.#entries.length,
      from: '2026-03-04',
      to: '2026-03-04',
      locked: null,
      problem: null,
    };
    return Promise.resolve(this.#script.hasNoBooks ? [] : [main]);
  }

  bookStatements(book: string, view: BookView): Promise<BookStatements> {
    this.views.push(view);
    const trial = {
      title: 'Trial balance, 2026-01-01 – 2026-12-31',
      columns: ['2026-12-31 Debit', '2026-12-31 Credit'],
      rows: [
        row('Bank', ['', '84.50'], { account: 'Assets:Bank' }),
        row('Meals', ['84.50', ''], { account: 'Expenses:Meals' }),
        row('Total', ['84.50', '84.50'], { is_total: true, level: 0 }),
      ],
    };
    const income = {
      title: 'Income statement, 2026-01-01 – 2026-12-31',
      columns: ['2026-01-01 – 2026-12-31'],
      rows: [row('Meals', ['84.50'], { account: 'Expenses:Meals' })],
    };
    return this.#answer({
      book,
      title: 'Fern & Folio',
      from: '2026-01-01',
      to: '2026-12-31',
      statements: [
        { name: 'trial_balance', statement: trial },
        { name: 'income_statement', statement: income },
      ],
      ties: [
        {
          check: 'Debits = credits',
          period: '2026',
          currency: 'EUR',
          left: '84.50',
          right: '84.50',
          holds: true,
        },
      ],
      seal: SEAL,
    });
  }

  bookEntries(book: string, query: BookQuery): Promise<BookEntries> {
    this.queries.push({ book, ...query });
    return this.#answer({ total: this.#entries.length, entries: this.#entries });
  }

  reverseEntry(book: string, entry: number): Promise<BookPosted> {
    const number = this.#entries.length + 1;
    const undone = this.#entries.map((one) =>
      one.number === entry ? { ...one, reversed_by: number } : one,
    );
    const opposite = { ...lunch, number, origin: 'reversal', reverses: entry };
    this.#entries = [opposite, ...undone];
    return this.#answer({ book, entries: [number] });
  }

  importIntoBook(book: string): Promise<ImportedFile> {
    return this.#answer({ book, entries: [2, 3], duplicates: 1, balances: [], notes: [] });
  }

  exportBook(book: string, format: BookExportFormat, path: string): Promise<void> {
    this.exported.push({ book, format, path });
    return this.#answer(undefined);
  }

  verifyBook(): Promise<BookVerified> {
    return this.#answer({ entries: this.#entries.length, seal: SEAL, has_seal: null });
  }

  #answer<T>(value: T): Promise<T> {
    const { bookFault } = this.#script;
    return bookFault ? Promise.reject(bookFault) : Promise.resolve(value);
  }
}
