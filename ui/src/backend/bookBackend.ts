/** What the window asks of books. Each verb rejects with a fault and with nothing else. */
import type {
  BookEntries,
  BookExportFormat,
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
  /** Statements of a book, and whether they tie out. */
  bookStatements(book: string, view: BookView): Promise<BookStatements>;
  /** Entries of a book, the latest first. */
  bookEntries(book: string, query: BookQuery): Promise<BookEntries>;
  /** Undoes an entry by an opposite one. */
  reverseEntry(book: string, entry: number): Promise<BookPosted>;
  /** Takes a file of a bank or of another program in. */
  importIntoBook(book: string, path: string): Promise<ImportedFile>;
  /** Writes a book into a file. */
  exportBook(book: string, format: BookExportFormat, path: string, view: BookView): Promise<void>;
  /** Checks that everything is as it was written. */
  verifyBook(book: string): Promise<BookVerified>;
}
