/**
 * Entries that were proposed, while a person looks them over: what was changed, what is still in
 * doubt, what is left out. What the books take is decided by the desk; here it is only added up.
 */
import type {
  Account,
  BookEntry,
  BookPosting,
  BooksResult,
  Doubt,
  Unresolved,
} from '../../backend/bindings';
import { isAmount, isNegative, isZero, negated, size, sum, tidied, tidiedDay } from '../money';

export type Side = 'debit' | 'credit';

/** Directions in which money comes in. */
const COMES: ReadonlySet<string> = new Set(['income', 'refund']);

export class EntryDraft {
  date = $state('');
  description = $state('');
  counterparty = $state('');
  direction = $state('');
  postings = $state<BookPosting[]>([]);
  /** What nobody has settled yet. */
  doubts = $state.raw<readonly Doubt[]>([]);
  isIncluded = $state(true);
  readonly given: BookEntry;

  constructor(given: BookEntry) {
    this.given = given;
    this.reset();
  }

  /** As it was proposed. */
  reset(): void {
    const { date, description, counterparty, postings, doubts } = this.given;
    this.date = date;
    this.description = description;
    this.counterparty = counterparty;
    this.direction = this.given.direction ?? '';
    this.postings = postings.map((posting) => ({ ...posting }));
    this.doubts = doubts ?? [];
    this.isIncluded = true;
  }

  /** What is missing for each currency to add up to nothing; empty when it does. */
  readonly gaps = $derived.by(() =>
    [...new Set(this.postings.map(({ currency }) => currency))].flatMap((currency) => {
      const amounts = this.postings
        .filter((posting) => posting.currency === currency)
        .map(({ amount }) => amount);
      const gap = sum(amounts);
      return isZero(gap) ? [] : [{ currency, amount: gap }];
    }),
  );

  /** The entry as it stands now. */
  get entry(): BookEntry {
    return {
      ...this.given,
      date: this.date,
      description: this.description,
      counterparty: this.counterparty,
      direction: this.direction,
      postings: this.postings.map((posting) => ({ ...posting })),
      doubts: [...this.doubts],
    };
  }

  sideOf = ({ amount }: BookPosting): Side => (isNegative(amount) ? 'credit' : 'debit');

  setAccount(index: number, account: string): void {
    const posting = this.postings[index];
    if (!posting) return;
    posting.account = account;
    this.#settle('account');
  }

  /** Sets a sum on a side; where there are two postings the other follows. */
  setAmount(index: number, side: Side, text: string): void {
    const posting = this.postings[index];
    const amount = size(tidied(text));
    if (!posting || !isAmount(amount)) return;
    posting.amount = side === 'credit' ? negated(amount) : amount;
    const other = this.postings[1 - index];
    if (this.postings.length === 2 && other?.currency === posting.currency) {
      other.amount = negated(posting.amount);
    }
    this.#settle('amount');
  }

  /** What is no day is not taken. */
  setDate(text: string): void {
    const date = tidiedDay(text);
    if (!date) return;
    this.date = date;
    this.#settle('date');
  }

  setCounterparty(name: string): void {
    this.counterparty = name;
    this.#settle('counterparty');
  }

  isDoubtful(field: string): boolean {
    return this.doubts.some((doubt) => doubt.field === field);
  }

  /** What the doubtful field holds now. */
  valueOf({ field, choices }: Doubt): string {
    switch (field) {
      case 'date':
        return this.date;
      case 'counterparty':
        return this.counterparty;
      case 'account':
        return this.#inDoubt(choices)?.account ?? '';
      case 'currency':
        return this.postings[0]?.currency ?? '';
      case 'amount':
        return size(this.postings[0]?.amount ?? '');
      default:
        return this.direction;
    }
  }

  /** Takes one of the choices of a doubt, or what stands there already. */
  settle(doubt: Doubt, choice: string): void {
    if (doubt.field === 'date') this.date = choice;
    else if (doubt.field === 'counterparty') this.counterparty = choice;
    else if (doubt.field === 'currency') {
      for (const posting of this.postings) posting.currency = choice;
    } else if (doubt.field === 'amount') {
      const first = this.postings[0];
      if (first) this.setAmount(0, this.sideOf(first), choice);
    } else if (doubt.field === 'account') {
      const posting = this.#inDoubt(doubt.choices);
      if (posting) posting.account = choice;
    } else this.#turn(choice);
    this.doubts = this.doubts.filter((one) => one !== doubt);
  }

  /** Money that comes is money that goes, the other way round. */
  #turn(direction: string): void {
    if (COMES.has(direction) !== COMES.has(this.direction)) {
      for (const posting of this.postings) posting.amount = negated(posting.amount);
    }
    this.direction = direction;
  }

  #settle(field: string): void {
    this.doubts = this.doubts.filter((doubt) => doubt.field !== field);
  }

  /** The posting whose account is one of the choices. */
  #inDoubt(choices: readonly string[]): BookPosting | undefined {
    return this.postings.find(({ account }) => choices.includes(account)) ?? this.postings.at(-1);
  }
}

export class Proposal {
  entries = $state.raw<readonly EntryDraft[]>([]);
  /** Pieces that are no entries yet. */
  left = $state.raw<readonly Unresolved[]>([]);
  readonly accounts: readonly Account[];

  constructor(books: BooksResult) {
    this.entries = books.entries.map((entry) => new EntryDraft(entry));
    this.left = books.unresolved;
    this.accounts = books.accounts ?? [];
  }

  /** Whether a piece can become an entry: its currency and day are taken from the last one. */
  get canTakeUp(): boolean {
    return this.entries.length > 0;
  }

  /** Makes an entry of a piece, for the person to fill in. */
  takeUp(piece: Unresolved): void {
    const last = this.entries.at(-1);
    if (!last) return;
    const currency = last.postings[0]?.currency ?? '';
    const paid = last.postings.find(({ amount }) => isNegative(amount))?.account ?? '';
    const entry: BookEntry = {
      date: last.date,
      description: piece.source,
      counterparty: '',
      postings: [
        { account: '', amount: '', currency },
        { account: paid, amount: '', currency },
      ],
      tax: null,
      source: piece.source,
      confidence: 1,
      direction: 'expense',
      doubts: [],
    };
    this.entries = [...this.entries, new EntryDraft(entry)];
    this.left = this.left.filter((one) => one !== piece);
  }

  readonly included = $derived.by(() => this.entries.filter(({ isIncluded }) => isIncluded));
  /** Entries in which something has not been filled in. */
  readonly unfilled = $derived.by(() =>
    this.included.filter(({ postings }) =>
      postings.some(({ account, amount }) => account === '' || !isAmount(amount)),
    ),
  );
  /** How many doubts nobody has settled. */
  readonly open = $derived.by(() =>
    this.included.reduce((count, { doubts }) => count + doubts.length, 0),
  );
  readonly unbalanced = $derived.by(() => this.included.filter(({ gaps }) => gaps.length > 0));

  /** Debits and credits by currency. */
  readonly totals = $derived.by(() => {
    const postings = this.included.flatMap((entry) => entry.postings);
    return [...new Set(postings.map(({ currency }) => currency))].map((currency) => {
      const amounts = postings.filter((one) => one.currency === currency).map((one) => one.amount);
      return {
        currency,
        debit: sum(amounts.filter((amount) => !isNegative(amount))),
        credit: negated(sum(amounts.filter(isNegative))),
      };
    });
  });

  /** What was spent on what, the most first, in the currency that most was spent in. */
  readonly spending = $derived.by(() => {
    const isExpense = (name: string): boolean =>
      this.accounts.some((account) => account.name === name && account.class === 'expense');
    const spent = this.included
      .flatMap((entry) => entry.postings)
      .filter(({ account }) => isExpense(account));
    const currencies = spent.map(({ currency }) => currency);
    const currency = [...new Set(currencies)].sort(
      (a, b) => count(currencies, b) - count(currencies, a),
    )[0];
    const rows = [...new Set(spent.map(({ account }) => account))]
      .map((account) => ({
        label: this.labelOf(account),
        amount: Number(
          sum(
            spent
              .filter((one) => one.account === account && one.currency === currency)
              .map((one) => one.amount),
          ),
        ),
      }))
      .filter(({ amount }) => amount > 0)
      .sort((a, b) => b.amount - a.amount);
    return currency ? { currency, rows } : null;
  });

  /** The name of an account for people. */
  labelOf(account: string): string {
    return this.accounts.find(({ name }) => name === account)?.label ?? account;
  }

  /** The entries line by line, for a spreadsheet. */
  get lines(): string[][] {
    return this.included.flatMap(({ entry }) =>
      entry.postings.map(({ account, amount, currency }) => [
        entry.date,
        entry.description,
        entry.counterparty,
        account,
        isNegative(amount) ? '' : amount,
        isNegative(amount) ? size(amount) : '',
        currency,
        entry.tax ?? '',
        entry.source,
      ]),
    );
  }
}

const count = (all: readonly string[], one: string): number =>
  all.filter((other) => other === one).length;
