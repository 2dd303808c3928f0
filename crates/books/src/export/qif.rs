//! Quicken's format: every entry once, under the account that it moves, the other side as its
//! category. It knows one currency; amounts are the values of the statements, and what could not be
//! converted stands under an account that names its currency.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{one_line, plain};
use crate::account::{Class, Role};
use crate::entry::{CurrencyId, Entry, Posting};
use crate::journal::Journal;

type Page<'j> = Vec<(&'j Entry, CurrencyId)>;

/// Writing to a string cannot fail, so results are let go.
pub(super) fn write(journal: &Journal) -> String {
    let mut pages: BTreeMap<String, (&'static str, Page<'_>)> = BTreeMap::new();
    let Some(span) = journal.span() else {
        return "!Type:Bank\n".to_owned();
    };
    for entry in journal.within(span) {
        for currency in currencies(entry) {
            if let Some(posting) = main_posting(journal, entry, currency) {
                let name = account_name(journal, posting);
                let page = pages
                    .entry(name)
                    .or_insert_with(|| (kind(journal, posting), Vec::new()));
                page.1.push((entry, currency));
            }
        }
    }
    let mut out = String::new();
    categories(&mut out, journal);
    for (name, (kind, page)) in pages {
        let _ = write!(out, "!Account\nN{name}\nT{kind}\n^\n!Type:{kind}\n");
        for (entry, currency) in page {
            write_entry(&mut out, journal, entry, currency);
        }
    }
    out
}

/// Which categories there are, and whether each is income.
fn categories(out: &mut String, journal: &Journal) {
    out.push_str("!Type:Cat\n");
    for (_, account) in journal.chart() {
        if account.class.is_temporary() {
            let kind = if account.class == Class::Income {
                'I'
            } else {
                'E'
            };
            let _ = write!(out, "N{}\n{kind}\n^\n", category_text(&account.name));
        }
    }
}

fn currencies(entry: &Entry) -> Vec<CurrencyId> {
    let mut currencies: Vec<_> = entry
        .postings
        .iter()
        .map(|posting| posting.value_currency)
        .collect();
    currencies.sort();
    currencies.dedup();
    currencies
}

/// The posting under whose account an entry stands: money first, then what is owed and owned, then
/// whatever there is.
fn main_posting<'j>(
    journal: &Journal,
    entry: &'j Entry,
    currency: CurrencyId,
) -> Option<&'j Posting> {
    let rank = |posting: &&Posting| {
        let account = journal.account(posting.account);
        match (account.role, account.class) {
            (Role::Cash, _) => 0,
            (_, Class::Liability) => 1,
            (_, Class::Asset) => 2,
            (_, Class::Equity) => 3,
            _ => 4,
        }
    };
    entry
        .postings
        .iter()
        .filter(|posting| posting.value_currency == currency)
        .min_by_key(rank)
}

fn kind(journal: &Journal, posting: &Posting) -> &'static str {
    let account = journal.account(posting.account);
    match (account.class, account.role) {
        (Class::Asset, Role::Cash) => "Bank",
        (Class::Liability, _) => "Oth L",
        _ => "Oth A",
    }
}

fn account_name(journal: &Journal, posting: &Posting) -> String {
    let name = category_text(&journal.account(posting.account).name);
    if posting.value_currency == CurrencyId(0) {
        name
    } else {
        format!("{name} ({})", journal.currency(posting.value_currency))
    }
}

/// Categories of other accounts stand in brackets, and a class after a slash.
fn category_text(name: &str) -> String {
    one_line(name).replace('/', "-").replace(['[', ']'], "")
}

fn category(journal: &Journal, posting: &Posting) -> String {
    let name = account_name(journal, posting);
    if journal.account(posting.account).class.is_temporary() {
        name
    } else {
        format!("[{name}]")
    }
}

fn write_entry(out: &mut String, journal: &Journal, entry: &Entry, currency: CurrencyId) {
    let date = entry.date;
    let _ = writeln!(out, "D{}/{}/{}", date.month(), date.day(), date.year());
    let Some(main) = main_posting(journal, entry, currency) else {
        return;
    };
    let _ = writeln!(out, "T{}", plain(main.value));
    let _ = writeln!(out, "N{}", entry.number);
    let mut line = |letter: char, text: &str| {
        if !text.is_empty() {
            let _ = writeln!(out, "{letter}{}", one_line(text));
        }
    };
    line('P', &entry.counterparty);
    line('M', &entry.description);
    let others: Vec<&Posting> = entry
        .postings
        .iter()
        .filter(|posting| posting.value_currency == currency && !std::ptr::eq(*posting, main))
        .collect();
    if let [other] = others.as_slice() {
        line('L', &category(journal, other));
    } else {
        line('L', "--Split--");
        for other in others {
            line('S', &category(journal, other));
            line('$', &plain(-other.value));
        }
    }
    out.push_str("^\n");
}
