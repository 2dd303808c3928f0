//! What each account came to, by period: the sums that most statements are made of.

use rust_decimal::Decimal;

use crate::entry::{AccountId, CurrencyId, Entry};
use crate::journal::Journal;
use crate::period::Period;

/// Sums of values by currency and account.
#[derive(Debug, Clone)]
pub(super) struct Sums {
    accounts: usize,
    sums: Vec<Decimal>,
}

impl Sums {
    fn new(slots: usize, accounts: usize) -> Self {
        Self {
            accounts,
            sums: vec![Decimal::ZERO; slots * accounts],
        }
    }

    fn get(&self, slot: usize, account: AccountId) -> Decimal {
        self.sums[slot * self.accounts + account.0 as usize]
    }
}

/// A period added up.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub period: Period,
    /// Everything before the first day.
    opening: Sums,
    /// Everything in the period but the closing of years.
    movement: Sums,
    /// The closing of years in the period.
    closing: Sums,
}

impl Column {
    pub(super) fn opening(&self, slot: usize, account: AccountId) -> Decimal {
        self.opening.get(slot, account)
    }

    pub(super) fn movement(&self, slot: usize, account: AccountId) -> Decimal {
        self.movement.get(slot, account)
    }

    /// At the end of the last day.
    pub(super) fn end(&self, slot: usize, account: AccountId) -> Decimal {
        self.opening.get(slot, account)
            + self.movement.get(slot, account)
            + self.closing.get(slot, account)
    }
}

/// All periods added up.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    /// The currencies that values are in, the book's own first.
    pub currencies: Vec<CurrencyId>,
    /// Where each currency of the book stands among them.
    slots: Vec<usize>,
    pub columns: Vec<Column>,
}

impl Tally {
    pub(super) fn new(journal: &Journal, periods: &[Period]) -> Self {
        let (currencies, slots) = value_currencies(journal);
        let accounts = journal.accounts().len();
        let empty = || Sums::new(currencies.len(), accounts);
        let add = |sums: &mut Sums, entry: &Entry| {
            for posting in &entry.postings {
                let slot = slots[usize::from(posting.value_currency.0)];
                sums.sums[slot * accounts + posting.account.0 as usize] += posting.value;
            }
        };
        let column = |period: &Period| {
            let mut column = Column {
                period: *period,
                opening: empty(),
                movement: empty(),
                closing: empty(),
            };
            for entry in journal.until(period.from) {
                add(&mut column.opening, entry);
            }
            for entry in journal.within(*period) {
                if entry.is_closing {
                    add(&mut column.closing, entry);
                } else {
                    add(&mut column.movement, entry);
                }
            }
            column
        };
        Self {
            columns: periods.iter().map(column).collect(),
            currencies,
            slots,
        }
    }

    /// Where a currency of values stands.
    pub(super) fn slot(&self, currency: CurrencyId) -> usize {
        self.slots[usize::from(currency.0)]
    }

    /// One figure for each column.
    pub(super) fn figures(&self, figure: impl Fn(&Column) -> Decimal) -> Vec<Option<Decimal>> {
        self.columns
            .iter()
            .map(|column| Some(figure(column)))
            .collect()
    }

    /// Slots with their currencies.
    pub(super) fn parts(&self) -> Vec<(usize, CurrencyId)> {
        self.currencies.iter().copied().enumerate().collect()
    }
}

fn value_currencies(journal: &Journal) -> (Vec<CurrencyId>, Vec<usize>) {
    let mut is_used = vec![false; journal.currencies().len()];
    // The book's own is always there, so that an empty book has statements too.
    if let Some(first) = is_used.first_mut() {
        *first = true;
    }
    for entry in journal.entries() {
        for posting in &entry.postings {
            is_used[usize::from(posting.value_currency.0)] = true;
        }
    }
    let mut currencies = Vec::new();
    let mut slots = vec![0; is_used.len()];
    for (id, is_used) in (0..).zip(is_used) {
        if is_used {
            slots[usize::from(id)] = currencies.len();
            currencies.push(CurrencyId(id));
        }
    }
    (currencies, slots)
}

/// Whether all figures are nothing.
pub(super) fn is_nothing(figures: &[Option<Decimal>]) -> bool {
    figures
        .iter()
        .all(|figure| figure.is_none_or(|figure| figure.is_zero()))
}
