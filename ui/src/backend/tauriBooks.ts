/** Books on the real desk, by the generated commands. */
import type { BookBackend } from './bookBackend';
import { answered } from './answered';
import { commands } from './bindings';

export const tauriBooks: BookBackend = {
  books: () => answered(commands.books()),
  sampleBook: () => answered(commands.sampleBook()),
  bookStatements: (book, view) => answered(commands.bookStatements(book, view)),
  bookMonths: (book, view) => answered(commands.bookMonths(book, view)),
  bookEntries: (book, query) => answered(commands.bookEntries(book, query)),
  reverseEntry: (book, entry) => answered(commands.reverseEntry(book, entry, null)),
  movePosting: (book, entry, from, to) => answered(commands.movePosting(book, entry, from, to)),
  attachToEntry: (book, entry, path) => answered(commands.attachToEntry(book, entry, path)),
  saveAttachment: async (book, entry, name, path) =>
    void (await answered(commands.saveAttachment(book, entry, name, path))),
  importIntoBook: (book, path) =>
    answered(commands.importIntoBook(book, { path, account: null, currency: null })),
  exportBook: async (book, format, path, view) =>
    void (await answered(commands.exportBook(book, format, path, view))),
  verifyBook: (book) => answered(commands.verifyBook(book, null)),
  openBalances: (book, day, balances) => answered(commands.openBalances(book, day, balances)),
  setRate: async (book, currency, rate, day) =>
    void (await answered(commands.setBookRate(book, currency, rate, day))),
  revalueBook: (book, day) => answered(commands.revalueBook(book, day)),
  lockBook: async (book, through) => void (await answered(commands.lockBook(book, through))),
  closeBookYear: (book, day) => answered(commands.closeBookYear(book, day)),
};
