//! Book-keeping: entries in double entry, made of what somebody told, and what is not certain yet.
//!
//! Amounts are decimals written as text (`"84.50"`), never floating point numbers; dates are ISO.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Entries, and what could not be made into one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct BooksResult {
    /// Name of the book.
    #[serde(default)]
    pub book: String,
    /// The entries, in the order of the text.
    pub entries: Vec<BookEntry>,
    /// What nobody could make an entry of: a piece of the text each, with the reason.
    pub unresolved: Vec<Unresolved>,
    /// Statements over these entries by name, such as `trial_balance`.
    pub statements: BTreeMap<String, Statement>,
    /// The accounts that may be chosen, in the order of the chart.
    #[serde(default)]
    pub accounts: Vec<Account>,
    /// Whether this did not pass its checks and must not be taken for an answer.
    pub draft: bool,
}

/// One happening in double entry. The postings of each currency add up to nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct BookEntry {
    /// ISO date.
    pub date: String,
    /// What happened.
    pub description: String,
    /// Who paid or was paid; empty where nobody is named.
    pub counterparty: String,
    /// The postings, at least two.
    pub postings: Vec<BookPosting>,
    /// Tax code, where one was mentioned or is usual.
    pub tax: Option<String>,
    /// The piece of the text that it was made of, word for word.
    pub source: String,
    /// How far it is to be trusted, 0 to 1.
    pub confidence: f64,
    /// `expense`, `income`, `transfer` or `refund`.
    #[serde(default)]
    pub direction: String,
    /// What a person ought to look at: a field and why each.
    #[serde(default)]
    pub doubts: Vec<Doubt>,
}

/// One line of an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct BookPosting {
    /// Name of the account, its levels parted by colons.
    pub account: String,
    /// Decimal; debits are positive, credits negative.
    pub amount: String,
    /// ISO 4217 code.
    pub currency: String,
}

/// Something about an entry that is not certain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Doubt {
    /// `date`, `amount`, `currency`, `account`, `counterparty` or `direction`.
    pub field: String,
    /// Why, in one sentence in the language of the text.
    pub reason: String,
    /// What it could be, the likeliest first.
    pub choices: Vec<String>,
}

/// A piece of text without an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Unresolved {
    /// The piece, word for word.
    pub source: String,
    /// Short name of the reason, such as `no-amount`.
    pub code: String,
    /// The reason, in one sentence in the language of the text.
    pub reason: String,
}

/// An account of the chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Account {
    /// Its name, its levels parted by colons.
    pub name: String,
    /// Its name as people read it.
    pub label: String,
    /// `asset`, `liability`, `equity`, `income` or `expense`.
    pub class: String,
}

/// A statement: rows of figures under headings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Statement {
    /// Its title.
    pub title: String,
    /// Headings of the columns of figures.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<StatementRow>,
}

/// A row of a statement.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct StatementRow {
    /// What it is about.
    pub label: String,
    /// How far it is set in.
    pub level: u32,
    /// One decimal for each column; empty where there is none.
    pub figures: Vec<String>,
    /// Whether it sums up rows above.
    pub is_total: bool,
    /// Account behind the row, where there is one.
    #[serde(default)]
    pub account: Option<String>,
    /// Currency of the figures; empty for headings.
    #[serde(default)]
    pub currency: String,
    /// Number of the entry behind the row, where there is one.
    #[serde(default)]
    pub entry: Option<u32>,
    /// Whose entries are behind the row, where they are of one: a name, or nothing for those that
    /// name nobody.
    #[serde(default)]
    pub counterparty: Option<String>,
}
