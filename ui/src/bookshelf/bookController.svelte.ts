/** A book that lies open: its statements, and the entries behind a figure. */
import { asFault, type Backend } from '../backend/backend';
import type { BookBackend } from '../backend/bookBackend';
import type {
  BookEntries,
  BookExportFormat,
  BookMonths,
  BookOpening,
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

/** Statements of everything up to the last day. */
const BALANCES: ReadonlySet<string> = new Set([
  'balance_sheet',
  'trial_balance',
  'aged_receivables',
  'aged_payables',
]);
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
  readonly counterparty: string | null;
  readonly number: number | null;
  readonly from: string | null;
  readonly to: string | null;
}

/** Days that are looked at, as ISO writes them. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

export class BookController {
  books = $state.raw<BookSummary[]>([]);
  /** The book that lies open. */
  name = $state<string | null>(null);
  compare = $state<Comparison>('none');
  /** The days that were chosen; nothing leaves the choice to the desk. */
  #days = $state.raw<Days | null>(null);
  statements = $state.raw<BookStatements | null>(null);
  /** The same days month by month, once somebody looks at them. */
  months = $state.raw<BookMonths | null>(null);
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

  /** What is known of the open book without adding it up. */
  readonly summary = $derived.by(() => this.books.find(({ name }) => name === this.name) ?? null);

  /** Looks which books there are, and opens the one asked for, or one where none lies open. */
  async refresh(asked: string | null = null): Promise<void> {
    await this.#count();
    if (asked && asked !== this.name) this.#lay(asked);
    const isThere = this.books.some(({ name }) => name === this.name);
    const first = this.books.find(({ problem }) => !problem) ?? this.books[0];
    if (!isThere) this.#lay(first?.name ?? null);
    if (this.name) await this.show();
  }

  async open(name: string): Promise<void> {
    this.#lay(name);
    await this.show();
  }

  /** Opens the book of a company that never was. */
  async openSample(): Promise<void> {
    let sample: string | null = null;
    await this.#during(async () => {
      sample = (await this.#backend.sampleBook()).book;
    });
    if (!this.fault) await this.refresh(sample);
  }

  #lay(name: string | null): void {
    this.name = name;
    this.verified = null;
    this.imported = null;
    // Figures of one book must never stand under the name of another.
    this.statements = null;
    this.#days = null;
  }

  /** Adds the statements up as the book is now. */
  async show(): Promise<void> {
    this.behind = null;
    this.entries = null;
    this.months = null;
    await this.#withBook(async (book) => {
      this.statements = await this.#backend.bookStatements(book, this.view());
    });
  }

  /** Looks at other days. Days that are none leave what is shown as it is. */
  async choosePeriod(days: Days): Promise<void> {
    const before = this.#days;
    this.#days = days;
    await this.show();
    if (this.fault) this.#days = before;
  }

  compareWith(compare: Comparison): Promise<void> {
    this.compare = compare;
    return this.show();
  }

  /** Adds the months up, where that is not done. */
  async showMonths(): Promise<void> {
    if (this.months || this.isBusy) return;
    await this.#withBook(async (book) => {
      this.months = await this.#backend.bookMonths(book, this.view());
    });
  }

  /** Whether there is anything behind a row. */
  static hasBehind(row: StatementRow): boolean {
    const { account, entry, counterparty } = row;
    return Boolean(account) || Boolean(entry) || typeof counterparty === 'string';
  }

  /** Lists the entries behind a row of a statement; balances are of everything up to the last day. */
  async lookBehind(statement: string, row: StatementRow): Promise<void> {
    const isBalance = BALANCES.has(statement);
    const shown = this.statements;
    await this.#list({
      label: row.label,
      account: row.entry ? null : (row.account ?? null),
      counterparty: row.entry ? null : (row.counterparty ?? null),
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

  /** Puts what an entry posted to one account into another: it is undone and posted anew. */
  async move(entry: number, from: string, to: string): Promise<void> {
    const behind = this.behind;
    await this.#change((book) => this.#backend.movePosting(book, entry, from, to));
    if (behind && !this.fault) await this.#list(behind);
  }

  /** Attaches a copy of a file to an entry, and shows it there. */
  async attach(entry: number, path: string): Promise<void> {
    const behind = this.behind;
    await this.#withBook(
      async (book) => void (await this.#backend.attachToEntry(book, entry, path)),
    );
    if (behind && !this.fault) await this.#list(behind);
  }

  /** Whether the file was written. */
  async saveAttached(entry: number, name: string, path: string): Promise<boolean> {
    await this.#withBook((book) => this.#backend.saveAttachment(book, entry, name, path));
    return !this.fault;
  }

  /** Takes over what there was before the book. Whether it is in the book now. */
  openWith(day: string, balances: BookOpening[]): Promise<boolean> {
    return this.#change((book) => this.#backend.openBalances(book, day, balances));
  }

  /** Notes what a currency is worth from a day on. Whether it was noted. */
  rate(currency: string, worth: string, day: string): Promise<boolean> {
    return this.#change((book) => this.#backend.setRate(book, currency, worth, day));
  }

  /** Brings other currencies to the rates of a day. */
  revalue(day: string): Promise<boolean> {
    return this.#change((book) => this.#backend.revalueBook(book, day));
  }

  /** Locks everything up to a day; without one nothing is locked any more. */
  lock(through: string | null): Promise<boolean> {
    return this.#change((book) => this.#backend.lockBook(book, through));
  }

  /** Ends the fiscal year that a day is in. */
  closeYear(day: string): Promise<boolean> {
    return this.#change((book) => this.#backend.closeBookYear(book, day));
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
    return { ...this.#days, compare: this.compare, language: this.#language() };
  }

  async #count(): Promise<void> {
    await this.#during(async () => {
      this.books = await this.#backend.books();
    });
  }

  /** Does something to the book and shows it as it is then. Whether it was done. */
  async #change(work: (book: string) => Promise<unknown>): Promise<boolean> {
    await this.#withBook(async (book) => void (await work(book)));
    if (this.fault) return false;
    await this.#count();
    await this.show();
    return !this.fault;
  }

  async #list(behind: Behind): Promise<void> {
    await this.#withBook(async (book) => {
      const { account, counterparty, number, from, to } = behind;
      this.entries = await this.#backend.bookEntries(book, {
        account,
        counterparty,
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
