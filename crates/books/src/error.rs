//! What can be wrong with a book, an entry, or a file that is taken in.

use std::path::{Path, PathBuf};

use assistant::{Code, Fault};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// Why something was not done. Whatever it is, the book is as it was before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BookError {
    /// There is no book of that name.
    #[error("There is no book called {0}.")]
    Unknown(String),
    /// There is a book already.
    #[error("There is a book called {0} already.")]
    Exists(String),
    /// The name cannot be one.
    #[error("{0} cannot be the name of a book: use letters, digits, spaces, - and _.")]
    NameInvalid(String),
    /// The file is not a book, or cannot be read or written.
    #[error("The book {path} cannot be used: {detail}.")]
    Unusable {
        /// Where it lies.
        path: PathBuf,
        /// Why, a clause.
        detail: String,
    },
    /// The file was written by a later version.
    #[error("The book {0} was written by a newer Deskhand.")]
    TooNew(PathBuf),
    /// Something in the book is not as it was written.
    #[error("The book was changed from outside: line {line} of its journal {detail}.")]
    Tampered {
        /// Which line, from 1.
        line: u64,
        /// What is wrong with it, a clause.
        detail: String,
    },
    /// An attached file is not as it was attached.
    #[error(
        "The book was changed from outside: the file {name} of entry {entry} is not as it was attached."
    )]
    FileTampered {
        /// Which entry.
        entry: u32,
        /// Which file.
        name: String,
    },
    /// Not a decimal.
    #[error("{0} is not an amount.")]
    AmountUnreadable(String),
    /// Too large or too fine.
    #[error("{0} is larger or finer than a book holds.")]
    AmountOutOfRange(String),
    /// Not a currency.
    #[error("{0} is not a currency.")]
    CurrencyInvalid(String),
    /// Not a date.
    #[error("{0} is not a date.")]
    DateInvalid(String),
    /// An entry without at least two postings that are not nothing.
    #[error("An entry needs at least two postings; {0} has fewer.")]
    TooFewPostings(String),
    /// A text that nobody would write into a journal.
    #[error("The text “{0}…” is too long for an entry.")]
    TextTooLong(String),
    /// An entry whose postings do not add up to nothing.
    #[error("{what} does not balance: {difference} {currency} is over.")]
    Unbalanced {
        /// The entry's description.
        what: String,
        /// By how much.
        difference: Decimal,
        /// In which currency.
        currency: String,
    },
    /// An account that is not in the chart.
    #[error("There is no account called {0}.")]
    AccountUnknown(String),
    /// An account that cannot be made.
    #[error("{0} cannot be the name of an account.")]
    AccountInvalid(String),
    /// The period is locked.
    #[error("{date} is locked: the books are closed through {through}.")]
    Locked {
        /// The date that was asked for.
        date: Date,
        /// The last locked day.
        through: Date,
    },
    /// There is no such entry.
    #[error("There is no entry {0}.")]
    EntryUnknown(u32),
    /// The entry was reversed already.
    #[error("Entry {entry} was reversed by entry {by} already.")]
    Reversed {
        /// Which.
        entry: u32,
        /// By which.
        by: u32,
    },
    /// An entry that stays as it is.
    #[error(
        "Entry {0} stays in its accounts: the books made it themselves, or it is there already."
    )]
    NotMoved(u32),
    /// There is no rate to convert with.
    #[error("There is no rate from {currency} to {base} on {date} or before.")]
    RateMissing {
        /// From which currency.
        currency: String,
        /// To which.
        base: String,
        /// When.
        date: Date,
    },
    /// A period that ends before it begins, or a year that is none.
    #[error("{0} is not a period.")]
    PeriodInvalid(String),
    /// There is nothing to close.
    #[error("There is no income and no expense to close in {0}.")]
    NothingToClose(String),
    /// An account that begins every year with nothing.
    #[error("{0} is about what was earned or spent and has no opening balance.")]
    NoBalance(String),
    /// An account whose opening balance is in the book.
    #[error("The opening balance of {account} in {currency} is in the book already.")]
    OpenedAlready {
        /// Which account.
        account: String,
        /// In which currency.
        currency: String,
    },
    /// A code of tax that is not there, or makes no sense.
    #[error("{0} is not a tax code of this book.")]
    TaxUnknown(String),
    /// A run whose proposal did not pass its checks.
    #[error("The entries of the run {0} did not pass their checks, so they are not posted.")]
    NotChecked(String),
    /// A run without entries.
    #[error("The run {0} proposed no entries.")]
    NothingToPost(String),
    /// A run whose entries are in the book.
    #[error("The entries of the run {0} are in the book already.")]
    PostedAlready(String),
    /// A file that is no proof of anything: nothing in it, or no name.
    #[error("{0} cannot be attached: it is empty, or its name is none.")]
    AttachmentInvalid(String),
    /// A file that is too large to lie in a book.
    #[error("The file has {megabytes} MB, and at most {most} are attached.")]
    AttachmentTooLarge {
        /// How large it is.
        megabytes: u64,
        /// How large it may be.
        most: u64,
    },
    /// An entry without such a file.
    #[error("Entry {entry} has no file called {name}.")]
    AttachmentUnknown {
        /// Which entry.
        entry: u32,
        /// Which file.
        name: String,
    },
    /// The file that was to be taken in cannot be.
    #[error("The file cannot be taken in: {0}.")]
    Import(#[from] ImportError),
    /// Something cannot be written in a format.
    #[error("{0}")]
    Export(String),
}

/// Why a file from a bank was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Nothing in it.
    #[error("it is empty")]
    Empty,
    /// Too much of it.
    #[error("it has {megabytes} MB, and at most {most} are read")]
    TooLarge {
        /// How large it is.
        megabytes: u64,
        /// How large it may be.
        most: u64,
    },
    /// None of the formats.
    #[error(
        "it is none of the formats that are known: OFX, QIF, CAMT, MT940, CSV, Excel or a journal"
    )]
    UnknownFormat,
    /// Of a format, but wrong.
    #[error("{place}: {detail}")]
    Invalid {
        /// Where, such as `line 12`.
        place: String,
        /// What is wrong there, a clause.
        detail: String,
    },
    /// Of a format, without what is wanted.
    #[error("it has no {0}")]
    Missing(&'static str),
    /// The bank reports an error in place of a statement.
    #[error("the bank reports an error: {0}")]
    Bank(String),
    /// A document type, entities: nothing that a bank sends, and dangerous.
    #[error("it declares a document type, which no statement needs and which is not read")]
    Doctype,
    /// A table without the columns that make it a statement.
    #[error("no column of {0} was found in it")]
    NoColumn(&'static str),
    /// Words of the reader of tables.
    #[error("{0}")]
    Table(String),
}

impl ImportError {
    /// Something is wrong at a place.
    pub(crate) fn at(place: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::Invalid {
            place: place.into(),
            detail: detail.into(),
        }
    }
}

impl BookError {
    pub(crate) fn unusable(path: &Path, error: &dyn std::fmt::Display) -> Self {
        Self::Unusable {
            path: path.to_owned(),
            detail: error.to_string(),
        }
    }

    /// What the person can act upon.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Unknown(_) => Code::BookUnknown,
            Self::Unusable { .. }
            | Self::TooNew(_)
            | Self::Tampered { .. }
            | Self::FileTampered { .. } => Code::BookDamaged,
            Self::Import(_) => Code::BankFileInvalid,
            Self::Export(_) => Code::ExportImpossible,
            Self::NameInvalid(_) | Self::Exists(_) | Self::PeriodInvalid(_) => Code::InputInvalid,
            _ => Code::EntryRefused,
        }
    }
}

impl From<BookError> for Fault {
    fn from(error: BookError) -> Self {
        let fault = Self::new(error.code(), error.to_string()).with("detail", &error);
        match &error {
            BookError::Unknown(name) => fault.with("book", name),
            BookError::Unusable { path, .. } | BookError::TooNew(path) => {
                fault.with("path", path.display())
            }
            _ => fault,
        }
    }
}
