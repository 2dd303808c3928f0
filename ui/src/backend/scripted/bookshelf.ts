/** Books that a scripted desk keeps: one with a lunch and a sale in it. */
import type { BookBackend } from '../bookBackend';
import type {
  BookEntries,
  BookEntryInfo,
  BookExportFormat,
  BookFileInfo,
  BookMonths,
  BookOpening,
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
  attachments: [],
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
  /** What was done to a book, in the order in which it was. */
  readonly done: unknown[][] = [];
  #script: BooksScript;
  #entries: BookEntryInfo[] = [lunch];
  #locked: string | null = null;
  #hasSample = false;

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
      locked: this.#locked,
      problem: null,
    };
    return Promise.resolve(this.#script.hasNoBooks && !this.#hasSample ? [] : [main]);
  }

  sampleBook(): Promise<BookPosted> {
    this.#hasSample = true;
    return this.#answer({ book: 'main', entries: [1] });
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
      from: view.from ?? '2026-01-01',
      to: view.to ?? '2026-12-31',
      choices: [
        { span: 'everything', name: '', from: '2026-03-04', to: '2026-03-04' },
        { span: 'year', name: '2026', from: '2026-01-01', to: '2026-12-31' },
        { span: 'quarter', name: '2026 Q1', from: '2026-01-01', to: '2026-03-31' },
        { span: 'month', name: '2026-03', from: '2026-03-01', to: '2026-03-31' },
      ],
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

  bookMonths(): Promise<BookMonths> {
    return this.#answer({
      currency: 'EUR',
      months: ['2026-01', '2026-02', '2026-03', '2026-04'],
      spending: [
        { label: 'Rent', figures: ['800.00', '800.00', '800.00', '800.00'] },
        { label: 'Meals', figures: ['120.00', '64.20', '204.50', '96.00'] },
        { label: 'Travel', figures: ['0.00', '310.00', '46.20', '0.00'] },
      ],
      cash: ['4200.00', '3960.30', '5120.80', '5740.10'],
    });
  }

  bookEntries(book: string, query: BookQuery): Promise<BookEntries> {
    this.queries.push({ book, ...query });
    const accounts = [
      { name: 'Assets:Bank', label: 'Bank', class: 'asset' },
      { name: 'Expenses:Meals', label: 'Meals', class: 'expense' },
      { name: 'Expenses:Travel', label: 'Travel', class: 'expense' },
    ];
    return this.#answer({ total: this.#entries.length, entries: this.#entries, accounts });
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

  movePosting(book: string, entry: number, from: string, to: string): Promise<BookPosted> {
    this.done.push(['move', book, entry, from, to]);
    return this.#answer({ book, entries: [2, 3], learned: 1 });
  }

  attachToEntry(_book: string, entry: number, path: string): Promise<BookFileInfo> {
    const file = { name: path.split('/').at(-1) ?? path, size: 48_200, sha256: SEAL };
    this.#entries = this.#entries.map((one) =>
      one.number === entry ? { ...one, attachments: [...(one.attachments ?? []), file] } : one,
    );
    return this.#answer(file);
  }

  saveAttachment(book: string, entry: number, name: string, path: string): Promise<void> {
    this.done.push(['saved', book, entry, name, path]);
    return this.#answer(undefined);
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

  openBalances(book: string, day: string, balances: BookOpening[]): Promise<BookPosted> {
    this.done.push(['open', book, day, balances]);
    return this.#answer({ book, entries: [2] });
  }

  setRate(book: string, currency: string, rate: string, day: string): Promise<void> {
    this.done.push(['rate', book, currency, rate, day]);
    return this.#answer(undefined);
  }

  revalueBook(book: string, day: string): Promise<BookPosted> {
    this.done.push(['revalue', book, day]);
    return this.#answer({ book, entries: [] });
  }

  lockBook(book: string, through: string | null): Promise<void> {
    this.done.push(['lock', book, through]);
    this.#locked = through;
    return this.#answer(undefined);
  }

  closeBookYear(book: string, day: string): Promise<BookPosted> {
    this.done.push(['close', book, day]);
    return this.#answer({ book, entries: [3] });
  }

  #answer<T>(value: T): Promise<T> {
    const { bookFault } = this.#script;
    return bookFault ? Promise.reject(bookFault) : Promise.resolve(value);
  }
}
