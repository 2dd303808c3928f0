//! The part of the command line that is about books.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::Language;

/// What to do with books.
#[derive(Debug, Subcommand)]
pub enum BookCommand {
    /// Which there are
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Make one
    Create(NewBook),
    /// Take over what there was before the book
    Open(OpenBook),
    /// Note what a currency is worth in the book's own from a day on
    Rate {
        /// Name of the book
        name: String,
        /// The other currency
        currency: String,
        /// What one unit of it is worth
        rate: String,
        /// From this day on
        #[arg(long, value_name = "DATE")]
        on: String,
    },
    /// Bring what is had and owed in other currencies to the rates of a day
    Revalue {
        /// Name of the book
        name: String,
        /// The day
        date: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Post everything that a run of the ledger proposed
    Post {
        /// The run, the beginning of its name, or `last`
        run: String,
        /// The book; that which the run was about when absent
        #[arg(long, value_name = "NAME")]
        book: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Statements, and whether they tie out
    Statements(StatementsOptions),
    /// Entries, the latest first
    Entries(EntriesOptions),
    /// Take in a file of a bank or of another program; what is there already is not posted again
    Import(ImportOptions),
    /// Write it into a file for another program or an accountant
    Export(HandOver),
    /// Check that everything is as it was written
    Verify {
        /// Name of the book
        name: String,
        /// A seal that was noted before: is it one of this book's?
        #[arg(long)]
        seal: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Undo an entry by an opposite one
    Reverse {
        /// Name of the book
        name: String,
        /// Number of the entry
        entry: u32,
        /// Day of the opposite entry; that of the entry when absent
        #[arg(long)]
        date: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Put what an entry posted to one account into another: it is undone and posted anew
    Move {
        /// Name of the book
        name: String,
        /// Number of the entry
        entry: u32,
        /// The account that it posts to
        from: String,
        /// The account that it belongs to
        to: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Attach a copy of a file to an entry: a receipt, an invoice
    Attach(FileToAttach),
    /// Write a file that is attached to an entry
    Attached(AttachedFile),
    /// Let nothing be posted up to a day any more; lifts the lock when no day is named
    Lock {
        /// Name of the book
        name: String,
        /// The last locked day
        #[arg(long, value_name = "DATE")]
        through: Option<String>,
    },
    /// End the fiscal year that a day is in; reversing the entry opens it again
    Close {
        /// Name of the book
        name: String,
        /// A day of the year
        date: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

/// A file that proves an entry.
#[derive(Debug, Args)]
pub struct FileToAttach {
    /// Name of the book
    pub name: String,
    /// The entry
    pub entry: u32,
    /// The file, of 20 MB at most
    pub file: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// A file that lies in a book, and where a copy is to go.
#[derive(Debug, Args)]
pub struct AttachedFile {
    /// Name of the book
    pub name: String,
    /// The entry
    pub entry: u32,
    /// Name of the file, as `book entries` shows it
    pub file: String,
    /// Where to write it
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
}

/// What statements are compared with, and in which words they are.
#[derive(Debug, Args)]
pub struct BookWords {
    /// What to compare with
    #[arg(long, value_enum, default_value_t = Comparison::None)]
    pub compare: Comparison,
    /// Language of the statements
    #[arg(long, value_enum, default_value_t = Language::En)]
    pub language: Language,
}

/// What to compare a period with.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Comparison {
    /// Nothing
    None,
    /// As long a time right before it
    Previous,
    /// The same days a year earlier
    YearBefore,
    /// Its months
    Months,
    /// Its quarters
    Quarters,
}

impl From<Comparison> for desk::Comparison {
    fn from(comparison: Comparison) -> Self {
        match comparison {
            Comparison::None => Self::None,
            Comparison::Previous => Self::Previous,
            Comparison::YearBefore => Self::YearBefore,
            Comparison::Months => Self::Months,
            Comparison::Quarters => Self::Quarters,
        }
    }
}

/// A format to take a book away in.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum BookFormat {
    /// A journal of hledger
    Hledger,
    /// A ledger of beancount
    Beancount,
    /// Every posting in a row
    Csv,
    /// Quicken's
    Qif,
    /// A workbook with live formulas
    Xlsx,
    /// Statements to be signed
    Pdf,
    /// All of these in one archive
    Package,
}

impl From<BookFormat> for desk::BookExportFormat {
    fn from(format: BookFormat) -> Self {
        match format {
            BookFormat::Hledger => Self::Hledger,
            BookFormat::Beancount => Self::Beancount,
            BookFormat::Csv => Self::Csv,
            BookFormat::Qif => Self::Qif,
            BookFormat::Xlsx => Self::Xlsx,
            BookFormat::Pdf => Self::Pdf,
            BookFormat::Package => Self::Package,
        }
    }
}

/// What there was before a book.
#[derive(Debug, Args)]
pub struct OpenBook {
    /// Name of the book
    pub name: String,
    /// The day on which it was there
    pub date: String,
    /// An account and what it held, as `Assets:Bank=1200` or `Assets:Savings=500 USD`; what is owed
    /// is positive too
    #[arg(required = true, value_name = "ACCOUNT=AMOUNT")]
    pub balances: Vec<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// What a new book is to be.
#[derive(Debug, Args)]
pub struct NewBook {
    /// Its name: letters, digits, spaces, `-` and `_`
    pub name: String,
    /// Whose books they are; its name when absent
    #[arg(long)]
    pub title: Option<String>,
    /// The currency of its statements
    #[arg(long)]
    pub currency: String,
    /// Month and day on which a fiscal year begins, as 04-01
    #[arg(long, value_name = "MM-DD")]
    pub fiscal_start: Option<String>,
}

/// Which statements of which days.
#[derive(Debug, Args)]
pub struct StatementsOptions {
    /// Name of the book
    pub name: String,
    /// First day; the fiscal year of the last entry when neither day is named
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Last day
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    #[command(flatten)]
    pub words: BookWords,
    /// A statement such as `trial_balance`; all but journal and general ledger when absent
    #[arg(long = "only", value_name = "STATEMENT")]
    pub statements: Vec<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Which entries.
#[derive(Debug, Args)]
pub struct EntriesOptions {
    /// Name of the book
    pub name: String,
    /// Only those that touch this account
    #[arg(long)]
    pub account: Option<String>,
    /// From this day on
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Up to this day
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// Only those with this text in them
    #[arg(long)]
    pub text: Option<String>,
    /// Most entries to show
    #[arg(long, default_value_t = 50)]
    pub limit: u32,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// What to take in, and how.
#[derive(Debug, Args)]
pub struct ImportOptions {
    /// Name of the book
    pub name: String,
    /// The file: OFX, QIF, CAMT, MT940, CSV, a workbook, Alipay, WeChat, hledger or beancount
    pub file: PathBuf,
    /// The account in the book that it is of
    #[arg(long)]
    pub account: Option<String>,
    /// The currency of amounts without one
    #[arg(long)]
    pub currency: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// What to hand over, and where to.
#[derive(Debug, Args)]
pub struct HandOver {
    /// Name of the book
    pub name: String,
    /// The kind of file
    #[arg(long = "as", value_enum)]
    pub format: BookFormat,
    /// The file; one that is there is replaced
    #[arg(long)]
    pub to: PathBuf,
    /// First day of the statements; the fiscal year of the last entry when neither is named
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Last day of the statements
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    #[command(flatten)]
    pub words: BookWords,
}
