//! hledger's journal format. `hledger check` accepts it, and `hledger balance` comes to our figures.

use std::fmt::Write as _;

use super::{amounts, declared_digits, facts, one_line, sorted_rates};
use crate::account::{Class, Role};
use crate::entry::{Entry, Origin};
use crate::journal::Journal;
use crate::record::Seal;

/// Writing to a string cannot fail, so results are let go.
pub(super) fn write(journal: &Journal, seal: Seal) -> String {
    let mut out = String::new();
    let info = journal.info();
    let _ = writeln!(out, "; {}", comment(&info.title));
    let _ = writeln!(out, "; seal {seal}\n\ndecimal-mark .\n");
    for currency in journal.currencies() {
        let digits = declared_digits(journal, currency) as usize;
        let _ = writeln!(out, "commodity 1000.{:0<digits$} {}", "", symbol(currency));
    }
    out.push('\n');
    for (_, account) in journal.chart() {
        let kind = match (account.class, account.role) {
            (Class::Asset, Role::Cash) => 'C',
            (Class::Asset, _) => 'A',
            (Class::Liability, _) => 'L',
            (Class::Equity, _) => 'E',
            (Class::Income, _) => 'R',
            (Class::Expense, _) => 'X',
        };
        let _ = writeln!(out, "account {}  ; type:{kind}", account.name);
    }
    out.push('\n');
    for (day, currency, rate) in sorted_rates(journal) {
        let base = symbol(&info.currency);
        let _ = writeln!(out, "P {day} {} {rate} {base}", symbol(&currency));
    }
    let Some(span) = journal.span() else {
        return out;
    };
    for entry in journal.within(span) {
        write_entry(&mut out, journal, entry);
    }
    out
}

fn write_entry(out: &mut String, journal: &Journal, entry: &Entry) {
    let _ = write!(out, "\n{} * ({}) ", entry.date, entry.number);
    let description = free(&entry.description);
    if entry.counterparty.is_empty() && !description.contains('|') {
        out.push_str(&description);
    } else {
        let payee = free(&entry.counterparty).replace('|', "/");
        let _ = write!(out, "{payee} | {description}");
    }
    for tag in &entry.tags {
        let _ = write!(out, "  ; {}:", tag_name(tag));
    }
    out.push('\n');
    for (name, value) in facts(entry).into_iter().skip(1) {
        let _ = writeln!(out, "    ; {name}: {}", comment(&value));
    }
    if entry.origin == Origin::Closing {
        out.push_str("    ; closing:\n");
    }
    for posting in &entry.postings {
        let name = &journal.account(posting.account).name;
        for amount in amounts(journal, posting, symbol) {
            let _ = writeln!(out, "    {name}  {amount}");
        }
    }
}

/// A currency, in quotation marks unless it is plain letters.
fn symbol(currency: &str) -> String {
    if currency.chars().all(char::is_alphabetic) {
        currency.to_owned()
    } else {
        format!("\"{currency}\"")
    }
}

/// What hledger would take for the beginning of a comment.
fn free(text: &str) -> String {
    one_line(text).replace(';', "；")
}

/// In comments `name:` is a tag and `[2026-01-01]` a date, and both are read.
fn comment(text: &str) -> String {
    one_line(text)
        .replace(':', "：")
        .replace('[', "(")
        .replace(']', ")")
}

fn tag_name(tag: &str) -> String {
    let name: String = one_line(tag)
        .chars()
        .map(|letter| {
            if letter.is_alphanumeric() || letter == '-' || letter == '_' {
                letter
            } else {
                '-'
            }
        })
        .collect();
    // These two have a meaning of their own there.
    if name == "date" || name == "date2" || name == "type" {
        format!("{name}-")
    } else {
        name
    }
}
