/** Books on the real desk, by the generated commands. */
import type { BookBackend } from './bookBackend';
import { answered } from './answered';
import { commands } from './bindings';

export const tauriBooks: BookBackend = {
  books: () => answered(commands.books()),
  bookStatements: (book, view) => answered(commands.bookStatements(book, view)),
  bookEntries: (book, query) => answered(commands.bookEntries(book, query)),
  reverseEntry: (book, entry) => answered(commands.reverseEntry(book, entry, null)),
  importIntoBook: (book, path) =>
    answered(commands.importIntoBook(book, { path, account: null, currency: null })),
  exportBook: async (book, format, path, view) =>
    void (await answered(commands.exportBook(book, format, path, view))),
  verifyBook: (book) => answered(commands.verifyBook(book, null)),
};
