//! What is told about books and entries.

use assistant::artifact::Account;
use books::{Attachment, Book, BookError, Entry, Journal, Origin};
use serde::{Deserialize, Serialize};

/// A book in a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct BookSummary {
    /// Its name.
    pub name: String,
    /// Whose books they are.
    pub title: String,
    /// The currency of its statements.
    pub currency: String,
    /// How many entries it has.
    pub entries: u32,
    /// Day of the first entry.
    pub from: Option<String>,
    /// Day of the last entry.
    pub to: Option<String>,
    /// Last locked day.
    pub locked: Option<String>,
    /// What is wrong with it, where it cannot be opened.
    pub problem: Option<String>,
}

impl BookSummary {
    pub(super) fn of(name: String, book: &Book) -> Self {
        let journal = book.journal();
        let span = journal.span();
        Self {
            name,
            title: journal.info().title.clone(),
            currency: journal.info().currency.clone(),
            entries: count(journal.entries().len()),
            from: span.map(|span| span.from.to_string()),
            to: span.map(|span| span.to.to_string()),
            locked: journal.locked().map(|day| day.to_string()),
            problem: None,
        }
    }

    pub(super) fn broken(name: String, error: &BookError) -> Self {
        Self {
            name,
            problem: Some(error.to_string()),
            ..Self::default()
        }
    }
}

/// The accounts of a book, as proposals have them.
pub(super) fn accounts(journal: &Journal) -> Vec<Account> {
    let account = |account: &books::Account| Account {
        name: account.name.clone(),
        label: account.label.clone(),
        class: account.class.name().to_owned(),
    };
    journal.accounts().iter().map(account).collect()
}

/// A number of things, for people.
pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// An entry of a book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct BookEntryInfo {
    /// Its number.
    pub number: u32,
    /// ISO date.
    pub date: String,
    /// What happened.
    pub description: String,
    /// Who paid or was paid.
    pub counterparty: String,
    /// Its postings.
    pub postings: Vec<BookPostingInfo>,
    /// Code of tax.
    pub tax: Option<String>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// What else is to be known.
    pub note: String,
    /// The sentence it was made of.
    pub source: String,
    /// The run it was proposed in.
    pub run: Option<String>,
    /// `written`, `imported`, `opening`, `closing`, `reversal` or `revaluation`.
    pub origin: String,
    /// The entry that it undoes.
    pub reverses: Option<u32>,
    /// The entry that undoes it.
    pub reversed_by: Option<u32>,
    /// Files that prove it.
    #[serde(default)]
    pub attachments: Vec<BookFileInfo>,
}

/// A file that proves an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct BookFileInfo {
    /// Name of the file.
    pub name: String,
    /// Length in bytes; at most 20,000,000.
    pub size: u32,
    /// SHA-256 of the bytes, in hexadecimal digits.
    pub sha256: String,
}

impl BookFileInfo {
    pub(super) fn of(file: &Attachment) -> Self {
        Self {
            name: file.name.clone(),
            size: u32::try_from(file.size).unwrap_or(u32::MAX),
            sha256: file.sha256.clone(),
        }
    }
}

/// A posting of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct BookPostingInfo {
    /// Name of the account.
    pub account: String,
    /// Name of the account as people read it.
    pub label: String,
    /// Decimal; debits are positive.
    pub amount: String,
    /// Currency of the amount.
    pub currency: String,
    /// What statements count.
    pub value: String,
    /// Currency of the value.
    pub value_currency: String,
}

impl BookEntryInfo {
    pub(super) fn of(journal: &Journal, entry: &Entry) -> Self {
        let postings = entry.postings.iter().map(|posting| {
            let account = journal.account(posting.account);
            let figure =
                |figure, currency| books::statements::plain(figure, journal.digits(currency));
            BookPostingInfo {
                account: account.name.clone(),
                label: account.label.clone(),
                amount: figure(posting.amount, posting.currency),
                currency: journal.currency(posting.currency).to_owned(),
                value: figure(posting.value, posting.value_currency),
                value_currency: journal.currency(posting.value_currency).to_owned(),
            }
        });
        let (origin, reverses) = match &entry.origin {
            Origin::Written => ("written", None),
            Origin::Imported(_) => ("imported", None),
            Origin::Opening => ("opening", None),
            Origin::Closing => ("closing", None),
            Origin::Reversal(of) => ("reversal", Some(*of)),
            Origin::Revaluation => ("revaluation", None),
        };
        Self {
            number: entry.number,
            date: entry.date.to_string(),
            description: entry.description.clone(),
            counterparty: entry.counterparty.clone(),
            postings: postings.collect(),
            tax: entry.tax.clone(),
            tags: entry.tags.clone(),
            note: entry.note.clone(),
            source: entry.source.clone(),
            run: entry.run.clone(),
            origin: origin.to_owned(),
            reverses,
            reversed_by: entry.reversed_by,
            attachments: journal
                .attachments(entry.number)
                .iter()
                .map(BookFileInfo::of)
                .collect(),
        }
    }
}

/// What a check of a whole book found: that everything is as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct BookVerified {
    /// Entries that were gone over.
    pub entries: u32,
    /// The last seal. Noted elsewhere, it proves later that nothing before it was rewritten.
    pub seal: String,
    /// Whether a seal that was asked about is one of this book's; absent where none was.
    pub has_seal: Option<bool>,
}

/// What taking a file in came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ImportedFile {
    /// The book.
    pub book: String,
    /// Numbers of the entries that were posted.
    pub entries: Vec<u32>,
    /// How many transactions were there already.
    pub duplicates: u32,
    /// How many were put where others like them were put before.
    #[serde(default)]
    pub recognised: u32,
    /// Balances of statements beside the book's.
    pub balances: Vec<ImportedBalance>,
    /// What was left out, and why.
    pub notes: Vec<String>,
}

/// The balance that a statement ends with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ImportedBalance {
    /// The account in the book.
    pub account: String,
    /// Currency of the balances.
    pub currency: String,
    /// What the bank says.
    pub statement: String,
    /// What the statement's own transactions come to; absent where it has no beginning.
    pub summed: Option<String>,
    /// What the book says.
    pub book: String,
    /// Whether bank and book agree.
    pub agrees: bool,
}
