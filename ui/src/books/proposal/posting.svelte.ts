/** Putting a proposal into a book, as it was looked over. */
import { asFault, type Backend, type Posted } from '../../backend/backend';
import type { BooksResult, Fault, RunId } from '../../backend/bindings';
import type { Proposal } from './proposal.svelte';

export class Posting {
  book = $state('');
  posted = $state.raw<Posted | null>(null);
  fault = $state.raw<Fault | null>(null);
  isBusy = $state(false);
  readonly #backend: Backend;

  constructor(backend: Backend, book: string) {
    this.#backend = backend;
    this.book = book;
  }

  /** Whether this desk has books at all. */
  get isPossible(): boolean {
    return this.#backend.postProposal !== undefined;
  }

  /** Posts what is included, as it stands now; all of it or nothing. */
  async post(books: BooksResult, proposal: Proposal, run: RunId): Promise<void> {
    if (this.isBusy || this.posted || !this.#backend.postProposal) return;
    this.isBusy = true;
    this.fault = null;
    const entries = proposal.included.map(({ entry }) => entry);
    try {
      const looked: BooksResult = { ...books, book: this.book.trim(), entries, draft: false };
      this.posted = await this.#backend.postProposal(looked, run, this.book.trim());
    } catch (reason) {
      this.fault = asFault(reason);
    } finally {
      this.isBusy = false;
    }
  }
}
