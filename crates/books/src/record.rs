//! What is written into a book: one line for each thing that happened to it, in a form that stays
//! the same byte for byte, and the seal of each line.
//!
//! A line's seal is the SHA-256 of the seal before it and everything in the line. Whoever changes,
//! removes or moves a line breaks every seal after it. Somebody who writes all seals anew is only
//! found by a seal that was noted elsewhere, which is why exports carry the last one.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::account::Account;
use crate::attachment::Attachment;
use crate::entry::Origin;

/// A seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Seal(pub(crate) [u8; 32]);

impl Seal {
    /// The seal before the first line.
    pub(crate) const NONE: Self = Self([0; 32]);

    /// Of the next line.
    pub(crate) fn next(self, line: u64, at: &str, body: &str) -> Self {
        let mut digest = Sha256::new();
        digest.update(b"deskhand book 1\n");
        digest.update(self.0);
        digest.update(line.to_be_bytes());
        digest.update((at.len() as u64).to_be_bytes());
        digest.update(at.as_bytes());
        digest.update(body.as_bytes());
        Self(digest.finalize().into())
    }

    /// Reads what [`std::fmt::Display`] writes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().as_bytes();
        if text.len() != 64 {
            return None;
        }
        let mut seal = [0; 32];
        for (byte, pair) in seal.iter_mut().zip(text.chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).ok()?;
            *byte = u8::from_str_radix(pair, 16).ok()?;
        }
        Some(Self(seal))
    }
}

impl std::fmt::Display for Seal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0
            .iter()
            .try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

/// One thing that happened to a book. Names of fields are part of the file's format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Record<'a> {
    /// The first line: what the book is.
    Book(BookInfo),
    /// An account was added, or given another label or role.
    Account(Account),
    /// A code of tax was added or changed.
    Tax(TaxCode),
    /// What a currency was worth on a day.
    Rate(Rate),
    /// An entry was posted.
    #[serde(borrow)]
    Entry(EntryRecord<'a>),
    /// Nothing may be posted up to that day; nothing is locked where there is none.
    Lock(Option<Date>),
    /// A file was attached to an entry. Its bytes lie beside the journal.
    Attachment(Attachment),
}

/// What a book is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookInfo {
    /// Whose books they are, as the statements say on top.
    pub title: String,
    /// The currency that statements are in.
    pub currency: String,
    /// The month in which a fiscal year begins, from 1.
    #[serde(default = "january")]
    pub fiscal_month: i8,
    /// The day of that month.
    #[serde(default = "january")]
    pub fiscal_day: i8,
}

fn january() -> i8 {
    1
}

/// A code of tax, such as VAT at a rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxCode {
    /// The code.
    pub code: String,
    /// As people read it.
    pub label: String,
    /// Hundredths, so `5` is five percent; a decimal.
    pub percent: String,
    /// The account that the tax itself is posted to.
    pub account: String,
}

/// What one unit of a currency was worth in the book's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// From this day on.
    pub date: Date,
    /// Which currency.
    pub currency: String,
    /// A decimal.
    pub rate: String,
}

/// An entry as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EntryRecord<'a> {
    pub number: u32,
    pub date: Date,
    #[serde(borrow)]
    pub description: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub counterparty: Cow<'a, str>,
    #[serde(borrow)]
    pub postings: Vec<PostingRecord<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub note: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub source: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<String>,
    #[serde(default, skip_serializing_if = "is_written")]
    pub origin: Origin,
}

fn is_written(origin: &Origin) -> bool {
    *origin == Origin::Written
}

/// A posting as it is written: amounts are decimals in texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PostingRecord<'a> {
    #[serde(borrow)]
    pub account: Cow<'a, str>,
    #[serde(borrow)]
    pub amount: Cow<'a, str>,
    #[serde(borrow)]
    pub currency: Cow<'a, str>,
    /// Amount and currency, where statements count it in another one.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub value: Option<(Cow<'a, str>, Cow<'a, str>)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_written_the_same_way_always() {
        let text = r#"{"entry":{"number":7,"date":"2026-02-03","description":"Lunch \"A\"","postings":[{"account":"Expenses:Food","amount":"84.50","currency":"EUR"},{"account":"Assets:Cash","amount":"-84.50","currency":"EUR","value":["-2900","TWD"]}],"origin":{"reversal":3}}}"#;
        let record: Record<'_> = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&record).unwrap(), text);
    }

    #[test]
    fn seals_are_read_as_they_are_written() {
        let seal = Seal::NONE.next(1, "2026-01-01T00:00:00Z", "{}");
        assert_eq!(Seal::parse(&seal.to_string()), Some(seal));
        assert_eq!(Seal::parse("xyz"), None);
        assert_ne!(seal, Seal::NONE.next(2, "2026-01-01T00:00:00Z", "{}"));
        assert_ne!(Seal::NONE.next(1, "a", "bc"), Seal::NONE.next(1, "ab", "c"));
    }
}
