/** What the window asks of books. Each verb rejects with a fault and with nothing else. */
import type {
  BookEntries,
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
  ImportedFile,
} from './bindings';

export interface BookBackend {
  /** Every book, by letter. */
  books(): Promise<BookSummary[]>;
  /** Makes the book of a sample company, or gives the one that is there. */
  sampleBook(): Promise<BookPosted>;
  /** Statements of a book, and whether they tie out. */
  bookStatements(book: string, view: BookView): Promise<BookStatements>;
  /** What the months of a period came to. */
  bookMonths(book: string, view: BookView): Promise<BookMonths>;
  /** Entries of a book, the latest first. */
  bookEntries(book: string, query: BookQuery): Promise<BookEntries>;
  /** Undoes an entry by an opposite one. */
  reverseEntry(book: string, entry: number): Promise<BookPosted>;
  /** Puts what an entry posted to one account into another. */
  movePosting(book: string, entry: number, from: string, to: string): Promise<BookPosted>;
  /** Attaches a copy of a file to an entry. */
  attachToEntry(book: string, entry: number, path: string): Promise<BookFileInfo>;
  /** Writes a file that is attached to an entry to a place. */
  saveAttachment(book: string, entry: number, name: string, path: string): Promise<void>;
  /** Takes a file of a bank or of another program in. */
  importIntoBook(book: string, path: string): Promise<ImportedFile>;
  /** Writes a book into a file. */
  exportBook(book: string, format: BookExportFormat, path: string, view: BookView): Promise<void>;
  /** Checks that everything is as it was written. */
  verifyBook(book: string): Promise<BookVerified>;
  /** Takes over what there was on a day before the book began. */
  openBalances(book: string, day: string, balances: BookOpening[]): Promise<BookPosted>;
  /** Notes what one unit of a currency is worth in the book's own from a day on. */
  setRate(book: string, currency: string, rate: string, day: string): Promise<void>;
  /** Brings what is had and owed in other currencies to the rates of a day. */
  revalueBook(book: string, day: string): Promise<BookPosted>;
  /** Locks a book up to a day; nothing in it is locked without one. */
  lockBook(book: string, through: string | null): Promise<void>;
  /** Ends the fiscal year that a day is in. */
  closeBookYear(book: string, day: string): Promise<BookPosted>;
}
