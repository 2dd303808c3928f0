//! beancount's format. `bean-check` accepts it.
//!
//! Accounts there begin with one of five words and their levels with a capital letter or a digit;
//! the name that an account has in the book is kept beside it.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use super::{amounts, beginning, facts, hexadecimal, one_line, sorted_rates};
use crate::account::Account;
use crate::entry::Entry;
use crate::journal::Journal;
use crate::record::Seal;

/// Writing to a string cannot fail, so results are let go.
pub(super) fn write(journal: &Journal, seal: Seal) -> String {
    let mut out = String::new();
    let info = journal.info();
    let _ = writeln!(out, "; seal {seal}");
    let _ = writeln!(out, "option \"title\" {}", quoted(&info.title));
    let _ = writeln!(
        out,
        "option \"operating_currency\" \"{}\"",
        commodity(&info.currency)
    );
    // Totals in another currency are divided by the amount and multiplied again, which is off by
    // something in the 25th digit.
    out.push_str("option \"inferred_tolerance_default\" \"*:0.000000001\"\n\n");
    let names = names(journal);
    let begin = beginning(journal);
    for currency in journal.currencies() {
        if commodity(currency) != *currency {
            let _ = writeln!(out, "{begin} commodity {}", commodity(currency));
            let _ = writeln!(out, "  name: {}", quoted(currency));
        }
    }
    for (_, account) in journal.chart() {
        let name = &names[account.name.as_str()];
        let _ = writeln!(out, "{begin} open {name}");
        if *name != account.name {
            let _ = writeln!(out, "  name: {}", quoted(&account.name));
        }
    }
    out.push('\n');
    for (day, currency, rate) in sorted_rates(journal) {
        let (of, base) = (commodity(&currency), commodity(&info.currency));
        let _ = writeln!(out, "{day} price {of} {rate} {base}");
    }
    let Some(span) = journal.span() else {
        return out;
    };
    for entry in journal.within(span) {
        write_entry(&mut out, journal, &names, entry);
    }
    out
}

fn write_entry(out: &mut String, journal: &Journal, names: &HashMap<&str, String>, entry: &Entry) {
    let payee = quoted(&entry.counterparty);
    let _ = write!(
        out,
        "\n{} * {payee} {}",
        entry.date,
        quoted(&entry.description)
    );
    for tag in &entry.tags {
        let _ = write!(out, " #{}", tag_name(tag));
    }
    out.push('\n');
    for (name, value) in facts(entry) {
        let _ = writeln!(out, "  {name}: {}", quoted(&value));
    }
    for posting in &entry.postings {
        let name = &names[journal.account(posting.account).name.as_str()];
        for amount in amounts(journal, posting, commodity) {
            let _ = writeln!(out, "  {name}  {amount}");
        }
    }
}

fn quoted(text: &str) -> String {
    let text = one_line(text).replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{text}\"")
}

fn tag_name(tag: &str) -> String {
    let name: String = one_line(tag)
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() || letter == '-' || letter == '_' {
                letter
            } else if letter.is_ascii() {
                '-'
            } else {
                letter
            }
        })
        .collect();
    if name.is_ascii() {
        name
    } else {
        format!("u{}", hexadecimal(&name))
    }
}

/// A currency as beancount has them: capital letters, digits and a few signs.
fn commodity(currency: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit();
    let is_good = currency.len() >= 2
        && currency.len() <= 24
        && currency.starts_with(|letter: char| letter.is_ascii_uppercase())
        && currency.ends_with(is_plain)
        && currency
            .chars()
            .all(|letter| is_plain(letter) || "'._-".contains(letter));
    if is_good {
        currency.to_owned()
    } else {
        format!("X{:.22}", hexadecimal(currency))
    }
}

/// The name of each account there.
fn names(journal: &Journal) -> HashMap<&str, String> {
    let mut taken = HashSet::new();
    let mut names = HashMap::new();
    for (_, account) in journal.chart() {
        let wanted = name(account);
        let mut unique = wanted.clone();
        let mut count = 1;
        while !taken.insert(unique.clone()) {
            count += 1;
            unique = format!("{wanted}-{count}");
        }
        names.insert(account.name.as_str(), unique);
    }
    names
}

fn name(account: &Account) -> String {
    let mut levels: Vec<&str> = account.name.split(':').collect();
    if crate::Class::by_root(&account.name) == Some(account.class) {
        levels.remove(0);
    }
    let mut name = account.class.root().to_owned();
    for level in levels {
        name.push(':');
        name.push_str(&level_name(level));
    }
    if name == account.class.root() {
        name.push_str(":All");
    }
    name
}

fn level_name(level: &str) -> String {
    let mut name: String = level
        .chars()
        .map(|letter| {
            if letter.is_alphanumeric() {
                letter
            } else {
                '-'
            }
        })
        .collect();
    let first = name.chars().next().unwrap_or('-');
    if first.is_lowercase() {
        let capital: String = first.to_uppercase().collect();
        name.replace_range(..first.len_utf8(), &capital);
    }
    let first = name.chars().next().unwrap_or('-');
    if !first.is_uppercase() && !first.is_ascii_digit() {
        name.insert_str(0, "X-");
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Class;

    #[test]
    fn accounts_get_names_that_beancount_takes() {
        let cases = [
            ("Assets:Bank of X", Class::Asset, "Assets:Bank-of-X"),
            ("資產:現金", Class::Asset, "Assets:X-現金"),
            ("expenses:food", Class::Expense, "Expenses:Food"),
            ("Assets", Class::Asset, "Assets:All"),
            ("Visa", Class::Liability, "Liabilities:Visa"),
        ];
        for (given, class, expected) in cases {
            assert_eq!(name(&Account::named(given, class)), expected);
        }
    }

    #[test]
    fn currencies_get_names_that_beancount_takes() {
        for (given, expected) in [("EUR", "EUR"), ("$", "X24"), ("元", "X5143"), ("A", "X41")] {
            assert_eq!(commodity(given), expected);
        }
    }
}
