//! What a book is taken away as: files for other programs, for accountants, and for signing.
//!
//! Bytes come back; where they go is the caller's business. Every format has the same balances, and
//! texts of the person's never become a formula or a command of the other program.

mod beancount;
mod csv;
mod hledger;
mod package;
mod pdf;
mod qif;
mod workbook;

use std::fmt::Write as _;

use rust_decimal::Decimal;

use crate::entry::{Entry, Posting};
use crate::journal::Journal;
use crate::record::Seal;
use crate::statements::Statements;
use crate::{BookError, money};

/// A format to take a book away in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A journal of hledger, which ledger reads as well.
    Hledger,
    /// A ledger of beancount.
    Beancount,
    /// Every posting in a row, as comma-separated values.
    Csv,
    /// Quicken's, account by account.
    Qif,
    /// A workbook with the statements, their sums as live formulas.
    Xlsx,
    /// The statements to be printed and signed.
    Pdf,
    /// All of these in one archive.
    Package,
}

impl Format {
    /// The usual ending of a file's name.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Hledger => "journal",
            Self::Beancount => "beancount",
            Self::Csv => "csv",
            Self::Qif => "qif",
            Self::Xlsx => "xlsx",
            Self::Pdf => "pdf",
            Self::Package => "zip",
        }
    }
}

/// Writes a book. Journals hold all of it, whatever the periods of the statements are; workbook and
/// PDF hold the statements.
///
/// # Errors
/// When the format cannot hold it.
pub fn write(
    statements: &Statements<'_>,
    seal: Seal,
    format: Format,
) -> Result<Vec<u8>, BookError> {
    write_with(statements, seal, format, &[])
}

/// The same with the attached files of the book, each with its bytes. Only the archive takes them.
///
/// # Errors
/// When the format cannot hold it.
pub fn write_with(
    statements: &Statements<'_>,
    seal: Seal,
    format: Format,
    files: &[(String, Vec<u8>)],
) -> Result<Vec<u8>, BookError> {
    let journal = statements.journal();
    match format {
        Format::Hledger => Ok(hledger::write(journal, seal).into_bytes()),
        Format::Beancount => Ok(beancount::write(journal, seal).into_bytes()),
        Format::Csv => csv::write(journal, statements.language()),
        Format::Qif => Ok(qif::write(journal).into_bytes()),
        Format::Xlsx => workbook::write(statements, seal),
        Format::Pdf => pdf::write(statements, seal),
        Format::Package => package::write(statements, seal, files),
    }
}

/// Headings of the file that [`Format::Csv`] is, by which it is known again.
pub(crate) fn columns(language: crate::Language) -> impl Iterator<Item = &'static str> {
    csv::COLUMNS.into_iter().map(move |word| word.say(language))
}

/// One line: what breaks lines becomes a space.
fn one_line(text: &str) -> String {
    text.split(|letter: char| letter.is_control() || letter == '\u{2028}' || letter == '\u{2029}')
        .filter(|piece| !piece.trim().is_empty())
        .map(str::trim)
        .collect::<Vec<_>>()
        .join(" ")
}

/// What stands on the right of an account in hledger and beancount: amount and currency, with what
/// it counts as where that differs. Two of them where one could not say it.
fn amounts(journal: &Journal, posting: &Posting, name: impl Fn(&str) -> String) -> Vec<String> {
    let currency = name(journal.currency(posting.currency));
    let amount = plain(posting.amount);
    if posting.currency == posting.value_currency {
        return vec![format!("{amount} {currency}")];
    }
    let of = name(journal.currency(posting.value_currency));
    let value = plain(posting.value);
    let agrees = posting.amount.is_sign_negative() == posting.value.is_sign_negative();
    if posting.amount.is_zero() {
        vec![format!("{value} {of}")]
    } else if agrees || posting.value.is_zero() {
        vec![format!(
            "{amount} {currency} @@ {} {of}",
            plain(posting.value.abs())
        )]
    } else {
        vec![
            format!("{amount} {currency} @@ 0 {of}"),
            format!("{value} {of}"),
        ]
    }
}

fn plain(amount: Decimal) -> String {
    crate::statements::plain(amount, 0).to_string()
}

/// Facts about an entry that other programs have no field for: a name and a value each.
fn facts(entry: &Entry) -> Vec<(&'static str, String)> {
    let mut facts = vec![("entry", entry.number.to_string())];
    let mut add = |name, text: &str| {
        if !text.is_empty() {
            facts.push((name, one_line(text)));
        }
    };
    add("tax", entry.tax.as_deref().unwrap_or_default());
    add("note", &entry.note);
    add("source", &entry.source);
    if let crate::Origin::Reversal(of) = entry.origin {
        add("reverses", &of.to_string());
    }
    facts
}

/// Rates as both languages write them, by day.
fn sorted_rates(journal: &Journal) -> Vec<(jiff::civil::Date, String, String)> {
    let mut rates: Vec<_> = journal
        .rates()
        .map(|(currency, day, rate)| (day, currency.to_owned(), rate.to_string()))
        .collect();
    rates.sort();
    rates
}

/// A text's code points, for names that must be plain letters.
fn hexadecimal(text: &str) -> String {
    text.chars().fold(String::new(), |mut name, letter| {
        // Writing to a string cannot fail.
        let _ = write!(name, "{:X}", u32::from(letter));
        name
    })
}

/// The first day that anything in the book is of, or the first of 1970.
fn beginning(journal: &Journal) -> jiff::civil::Date {
    let epoch = jiff::civil::date(1970, 1, 1);
    journal.span().map_or(epoch, |span| span.from.min(epoch))
}

/// A number of digits that a currency is declared with.
fn declared_digits(journal: &Journal, currency: &str) -> u32 {
    journal
        .currency_id(currency)
        .map_or(money::minor_digits(currency), |id| journal.digits(id))
}
