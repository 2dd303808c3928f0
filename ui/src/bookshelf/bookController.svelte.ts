/** A book that lies open: its statements, and the entries behind a figure. */
import { asFault, type Backend } from '../backend/backend';
import type { BookBackend } from '../backend/bookBackend';
import type {
  BookEntries,
  BookExportFormat,
  BookStatements,
  BookSummary,
  BookVerified,
  BookView,
  Comparison,
  Fault,
  ImportedFile,
  StatementRow,
} from '../backend/bindings';
import type { Language } from '../i18n/message';

/** Most entries that are listed at once. */
const LISTED = 200;

/** Endings of the files that a book is taken away as. */
export const ENDINGS: Record<BookExportFormat, string> = {
  package: 'zip',
  xlsx: 'xlsx',
  pdf: 'pdf',
  csv: 'csv',
  hledger: 'journal',
  beancount: 'beancount',
  qif: 'qif',
};

/** Which entries are listed: those of an account, or one by its number. */
export interface Behind {
  readonly label: string;
  readonly account: string | null;
  readonly number: number | null;
  readonly from: string | null;
  readonly to: string | null;
}

export class BookController {
  books = $state.raw<BookSummary[]>([]);
  /** The book that lies open. */
  name = $state<string | null>(null);
  compare = $state<Comparison>('none');
  statements = $state.raw<BookStatements | null>(null);
  behind = $state.raw<Behind | null>(null);
  entries = $state.raw<BookEntries | null>(null);
  verified = $state.raw<BookVerified | null>(null);
  imported = $state.raw<ImportedFile | null>(null);
  fault = $state.raw<Fault | null>(null);
  isBusy = $state(false);
  #backend: BookBackend;
  #language: () => Language;

  constructor(backend: Backend, language: () => Language) {
    this.#backend = backend.bookshelf;
    this.#language = language;
  }

  /** Looks which books there are, and opens one where none lies open. */
  async refresh(): Promise<void> {
    await this.#during(async () => {
      this.books = await this.#backend.books();
    });
    const isThere = this.books.some(({ name }) => name === this.name);
    const first = this.books.find(({ problem }) => !problem) ?? this.books[0];
    if (!isThere) this.name = first?.name ?? null;
    if (this.name) await this.show();
  }

  async open(name: string): Promise<void> {
    this.name = name;
    this.verified = null;
    this.imported = null;
    await this.show();
  }

  /** Adds the statements up as the book is now. */
  async show(): Promise<void> {
    this.behind = null;
    this.entries = null;
    await this.#withBook(async (book) => {
      this.statements = await this.#backend.bookStatements(book, this.view());
    });
  }

  compareWith(compare: Comparison): Promise<void> {
    this.compare = compare;
    return this.show();
  }

  /** Whether there is anything behind a row. */
  static hasBehind(row: StatementRow): boolean {
    return Boolean(row.account) || Boolean(row.entry);
  }

  /** Lists the entries behind a row of a statement; balances are of everything up to the last day. */
  async lookBehind(statement: string, row: StatementRow): Promise<void> {
    const isBalance = statement === 'balance_sheet' || statement === 'trial_balance';
    const shown = this.statements;
    await this.#list({
      label: row.label,
      account: row.entry ? null : (row.account ?? null),
      number: row.entry ?? null,
      from: isBalance || row.entry ? null : (shown?.from ?? null),
      to: row.entry ? null : (shown?.to ?? null),
    });
  }

  async reverse(entry: number): Promise<void> {
    const behind = this.behind;
    await this.#withBook(async (book) => {
      await this.#backend.reverseEntry(book, entry);
    });
    if (this.fault) return;
    await this.show();
    if (behind) await this.#list(behind);
  }

  async verify(): Promise<void> {
    await this.#withBook(async (book) => {
      this.verified = await this.#backend.verifyBook(book);
    });
  }

  async takeIn(path: string): Promise<void> {
    await this.#withBook(async (book) => {
      this.imported = await this.#backend.importIntoBook(book, path);
    });
    if (!this.fault) await this.show();
  }

  /** Whether it was saved. */
  async save(format: BookExportFormat, path: string): Promise<boolean> {
    await this.#withBook((book) => this.#backend.exportBook(book, format, path, this.view()));
    return !this.fault;
  }

  view(): BookView {
    return { compare: this.compare, language: this.#language() };
  }

  async #list(behind: Behind): Promise<void> {
    await this.#withBook(async (book) => {
      const { account, number, from, to } = behind;
      this.entries = await this.#backend.bookEntries(book, {
        account,
        number,
        from,
        to,
        limit: LISTED,
      });
      this.behind = behind;
    });
  }

  async #withBook(work: (book: string) => Promise<void>): Promise<void> {
    const book = this.name;
    if (book) await this.#during(() => work(book));
  }

  async #during(work: () => Promise<void>): Promise<void> {
    this.isBusy = true;
    this.fault = null;
    try {
      await work();
    } catch (reason) {
      this.fault = asFault(reason);
    } finally {
      this.isBusy = false;
    }
  }
}
