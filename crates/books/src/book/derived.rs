//! Entries that code makes of what is in a book: opposite ones, year-end closings, revaluations, and
//! what there was before the book. Nothing here writes; what is made is committed like any other entry.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::account::{Account, Class};
use crate::entry::{Draft, DraftPosting, Entry, Origin};
use crate::journal::Journal;
use crate::period::Period;
use crate::{BookError, money};

/// What an account held before the book began, positive on the side on which it grows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningBalance {
    /// Name of the account.
    pub account: String,
    /// How much it held.
    pub amount: Decimal,
    /// In which currency.
    pub currency: String,
}

/// The entry that takes over what there was on a day, and the accounts that it needs.
pub(super) fn opening(
    journal: &Journal,
    date: Date,
    balances: &[OpeningBalance],
) -> Result<(Vec<Account>, Draft), BookError> {
    let source = journal.opening_account();
    let mut accounts = Vec::new();
    let mut postings = Vec::new();
    let mut sums: BTreeMap<&str, Decimal> = BTreeMap::new();
    for balance in balances {
        let name = &balance.account;
        let class = match journal.account_id(name) {
            Some(id) => journal.account(id).class,
            None => {
                let class =
                    Class::by_root(name).ok_or_else(|| BookError::AccountUnknown(name.clone()))?;
                if accounts
                    .iter()
                    .all(|account: &Account| account.name != *name)
                {
                    accounts.push(Account::named(name, class));
                }
                class
            }
        };
        if class.is_temporary() {
            return Err(BookError::NoBalance(name.clone()));
        }
        let is_twice = postings.iter().any(|posting: &DraftPosting| {
            posting.account == *name && posting.currency == balance.currency
        });
        if is_twice || is_opened(journal, name, &balance.currency) {
            return Err(BookError::OpenedAlready {
                account: name.clone(),
                currency: balance.currency.clone(),
            });
        }
        let amount = if class.is_credit() {
            -balance.amount
        } else {
            balance.amount
        };
        postings.push(DraftPosting::new(name, amount, &balance.currency));
        *sums.entry(&balance.currency).or_default() += amount;
    }
    for (currency, sum) in sums {
        if !sum.is_zero() {
            postings.push(DraftPosting::new(&source.name, -sum, currency));
        }
    }
    accounts.push(source);
    let draft = Draft {
        date,
        description: "Opening balances".to_owned(),
        postings,
        origin: Origin::Opening,
        ..Draft::default()
    };
    Ok((accounts, draft))
}

/// Whether an account was opened before, and that was not undone.
fn is_opened(journal: &Journal, account: &str, currency: &str) -> bool {
    let is_of = |entry: &Entry| {
        entry.postings.iter().any(|posting| {
            journal.account(posting.account).name == account
                && journal.currency(posting.currency) == currency
        })
    };
    journal
        .entries()
        .iter()
        .any(|entry| entry.origin == Origin::Opening && entry.reversed_by.is_none() && is_of(entry))
}

pub(super) fn opposite(journal: &Journal, entry: &Entry, date: Date) -> Draft {
    Draft {
        date,
        note: String::new(),
        postings: postings_of(journal, entry, true),
        origin: Origin::Reversal(entry.number),
        ..again(entry)
    }
}

/// The same entry with one account in place of another; nothing where it does not post to that one.
pub(super) fn moved(journal: &Journal, entry: &Entry, from: &str, to: &str) -> Option<Draft> {
    let mut postings = postings_of(journal, entry, false);
    let mut is_moved = false;
    for posting in &mut postings {
        if posting.account == from {
            to.clone_into(&mut posting.account);
            is_moved = true;
        }
    }
    is_moved.then(|| Draft {
        postings,
        origin: entry.origin.clone(),
        ..again(entry)
    })
}

/// What an entry says, without its postings.
fn again(entry: &Entry) -> Draft {
    Draft {
        date: entry.date,
        description: entry.description.clone(),
        counterparty: entry.counterparty.clone(),
        postings: Vec::new(),
        tax: entry.tax.clone(),
        tags: entry.tags.clone(),
        note: entry.note.clone(),
        source: entry.source.clone(),
        run: entry.run.clone(),
        origin: Origin::Written,
    }
}

/// The postings of an entry with the values that they were posted with, or their opposites.
fn postings_of(journal: &Journal, entry: &Entry, is_opposite: bool) -> Vec<DraftPosting> {
    let signed = |amount: Decimal| if is_opposite { -amount } else { amount };
    let postings = entry.postings.iter().map(|posting| {
        let currency = journal.currency(posting.currency);
        let account = &journal.account(posting.account).name;
        let draft = DraftPosting::new(account, signed(posting.amount), currency);
        let of = journal.currency(posting.value_currency);
        if of == currency && posting.value == posting.amount {
            draft
        } else {
            draft.worth(signed(posting.value), of)
        }
    });
    postings.collect()
}

/// Amount and value of accounts by currency and value's currency.
type Balances = BTreeMap<(u32, u16, u16), (Decimal, Decimal)>;

fn balances(journal: &Journal, through: Date, wanted: impl Fn(Class) -> bool) -> Balances {
    let mut balances = Balances::new();
    let from = Date::MIN;
    for entry in journal.within(Period { from, to: through }) {
        for posting in &entry.postings {
            if wanted(journal.account(posting.account).class) {
                let key = (
                    posting.account.0,
                    posting.currency.0,
                    posting.value_currency.0,
                );
                let sums = balances.entry(key).or_default();
                sums.0 += posting.amount;
                sums.1 += posting.value;
            }
        }
    }
    balances
}

pub(super) fn closing(journal: &Journal, year: Period, retained: &str) -> Vec<DraftPosting> {
    let mut postings = Vec::new();
    let mut results: BTreeMap<&str, Decimal> = BTreeMap::new();
    for ((account, currency, of), (amount, value)) in
        balances(journal, year.to, Class::is_temporary)
    {
        if amount.is_zero() && value.is_zero() {
            continue;
        }
        let account = &journal.accounts()[account as usize].name;
        let currency = &journal.currencies()[usize::from(currency)];
        let of = &journal.currencies()[usize::from(of)];
        let posting = DraftPosting::new(account, -amount, currency);
        postings.push(if currency == of && amount == value {
            posting
        } else {
            posting.worth(-value, of)
        });
        *results.entry(of).or_default() += value;
    }
    for (currency, result) in results {
        if !result.is_zero() {
            postings.push(DraftPosting::new(retained, result, currency));
        }
    }
    postings
}

pub(super) fn revaluation(journal: &Journal, day: Date) -> Result<Vec<DraftPosting>, BookError> {
    let base = &journal.info().currency;
    let base_id = journal.currency_id(base).map_or(0, |id| id.0);
    let is_held = |class: Class| matches!(class, Class::Asset | Class::Liability);
    // What an account carries beyond its own amounts in the book's currency: its foreign amounts'
    // value, and earlier revaluations.
    let mut carried: BTreeMap<u32, Decimal> = BTreeMap::new();
    let mut fair: BTreeMap<u32, Decimal> = BTreeMap::new();
    for ((account, currency, of), (amount, value)) in balances(journal, day, is_held) {
        if of != base_id || currency == base_id {
            continue;
        }
        let code = &journal.currencies()[usize::from(currency)];
        let rate = journal
            .rate(code, day)
            .ok_or_else(|| BookError::RateMissing {
                currency: code.clone(),
                base: base.clone(),
                date: day,
            })?;
        *carried.entry(account).or_default() += value;
        *fair.entry(account).or_default() += money::round(amount * rate, base);
    }
    for entry in journal.within(Period {
        from: Date::MIN,
        to: day,
    }) {
        if !is_revaluation(journal, entry) {
            continue;
        }
        for posting in &entry.postings {
            if let Some(carried) = carried.get_mut(&posting.account.0) {
                *carried += posting.value;
            }
        }
    }
    let differences = fair.into_iter().filter_map(|(account, fair)| {
        let difference = fair - carried.get(&account).copied().unwrap_or_default();
        let name = &journal.accounts()[account as usize].name;
        (!difference.is_zero()).then(|| DraftPosting::new(name, difference, base))
    });
    Ok(differences.collect())
}

fn is_revaluation(journal: &Journal, entry: &Entry) -> bool {
    match entry.origin {
        Origin::Revaluation => true,
        Origin::Reversal(of) => journal
            .entry(of)
            .is_some_and(|entry| entry.origin == Origin::Revaluation),
        _ => false,
    }
}
