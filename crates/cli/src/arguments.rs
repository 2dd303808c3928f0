//! The command line as it is written. Names here are a contract: scripts depend on them.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Task assistants for people who do not program, without a window.
#[derive(Debug, Parser)]
#[command(name = "deskhand-cli", version)]
pub struct Arguments {
    /// Folder for history, settings and samples, in place of the usual one (or set `DESKHAND_DATA_DIR`)
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Model that answers; `model list` shows which there are
    #[arg(long, global = true, value_name = "ID")]
    pub model: Option<String>,
    /// Keep every draft at the end of this file, for measuring
    #[arg(long, global = true, hide = true, value_name = "FILE")]
    pub keep_drafts: Option<PathBuf>,
    /// Take the drafts that were kept in this file, and ask no model
    #[arg(
        long,
        global = true,
        hide = true,
        value_name = "FILE",
        conflicts_with = "keep_drafts"
    )]
    pub from_drafts: Option<PathBuf>,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the assistants and what each wants to be told, or see to those of your own
    #[command(args_conflicts_with_subcommands = true)]
    Assistants {
        /// What to do with assistants of your own
        #[command(subcommand)]
        command: Option<AssistantsCommand>,
        /// Print JSON
        #[arg(long)]
        json: bool,
        /// Language of titles and labels
        #[arg(long, value_enum, default_value_t = Language::En)]
        language: Language,
    },
    /// Run an assistant once
    Run(RunOptions),
    /// Run an assistant for every line of a file, with the model kept loaded
    Batch(BatchOptions),
    /// Write the table of a kept run into a file
    Export(ExportOptions),
    /// Look at runs that were kept
    #[command(subcommand)]
    History(HistoryCommand),
    /// See to the models' files, and which of them answers
    #[command(subcommand)]
    Model(ModelCommand),
    /// See to databases that have names, which stand wherever a database is asked for
    #[command(subcommand)]
    Connection(ConnectionCommand),
    /// Look into a database, and write down what one has to know of it
    #[command(subcommand)]
    Database(DatabaseCommand),
    /// See to services elsewhere, whose models are called NAME:MODEL
    #[command(subcommand)]
    Service(ServiceCommand),
    /// Keep books in double entry: post, look, take in, hand over
    #[command(subcommand)]
    Book(BookCommand),
}

/// What to do with assistants of one's own.
#[derive(Debug, Subcommand)]
pub enum AssistantsCommand {
    /// Bring one in: its file, or a script of the classic sandbox, which is read and not executed
    Import {
        /// The file
        file: PathBuf,
    },
    /// Write one into a file that can be given away
    Export {
        /// Its id
        id: String,
        /// The file; one that is there is replaced
        #[arg(long)]
        to: PathBuf,
    },
    /// Leave each of its examples out in turn and predict it from the others
    Test {
        /// Its id
        id: String,
        /// Print the report as one JSON object
        #[arg(long)]
        json: bool,
    },
    /// List the versions that were saved, the newest first
    Versions {
        /// Its id
        id: String,
    },
    /// Copy one under a new id, to be changed
    Duplicate {
        /// Its id
        id: String,
    },
    /// Forget one with all its versions
    Delete {
        /// Its id
        id: String,
    },
}

/// A language of the app.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Language {
    /// English
    En,
    /// 繁體中文
    ZhHant,
    /// 简体中文
    ZhHans,
}

impl From<Language> for desk::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::En => Self::English,
            Language::ZhHant => Self::TraditionalChinese,
            Language::ZhHans => Self::SimplifiedChinese,
        }
    }
}

/// What to take away, and where to.
#[derive(Debug, Args)]
pub struct ExportOptions {
    /// The run, the beginning of its name, or `last`
    pub run: String,
    /// The kind of file
    #[arg(long = "as", value_enum)]
    pub format: Format,
    /// The file; one that is there is replaced
    #[arg(long)]
    pub to: PathBuf,
    /// Language of the few words that the file has of its own
    #[arg(long, value_enum, default_value_t = Language::En)]
    pub language: Language,
}

/// A kind of file.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Format {
    /// Comma-separated values
    Csv,
    /// A workbook of Excel
    Xlsx,
    /// An array of objects
    Json,
    /// A table in Markdown
    Markdown,
    /// A page, in one file
    Html,
}

/// How to run an assistant once.
#[derive(Debug, Args)]
pub struct RunOptions {
    /// Id of the assistant
    pub assistant: String,
    /// An input; VALUE may be @FILE, or @- for standard input
    #[arg(short, long = "input", value_name = "NAME=VALUE")]
    pub inputs: Vec<String>,
    /// Print the report as one JSON object
    #[arg(long)]
    pub json: bool,
    /// Seed for the sampler
    #[arg(long)]
    pub seed: Option<u32>,
}

/// How to run an assistant for every line of a file.
#[derive(Debug, Args)]
pub struct BatchOptions {
    /// Id of the assistant
    pub assistant: String,
    /// One JSON object of inputs a line; its "id" is copied to its result
    pub input: PathBuf,
    /// One result a line, in the same order
    pub output: PathBuf,
    /// Seed for the sampler
    #[arg(long)]
    pub seed: Option<u32>,
}

/// What to do with runs that were kept.
#[derive(Debug, Subcommand)]
pub enum HistoryCommand {
    /// Newest first
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
        /// Most runs to list
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// Runs whose inputs or outputs have these words
    Search {
        /// The words
        query: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Everything about one run, as JSON
    Show {
        /// Its id, the beginning of its id, or `last`
        run: String,
    },
    /// Forget a run
    Delete {
        /// Its id, the beginning of its id, or `last`
        run: String,
    },
    /// Run it again with the same inputs
    Rerun {
        /// Its id, the beginning of its id, or `last`
        run: String,
        /// Print the report as one JSON object
        #[arg(long)]
        json: bool,
    },
}

/// What to do with the models' files.
#[derive(Debug, Subcommand)]
pub enum ModelCommand {
    /// Which there are, and which are on this machine
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Download one, going on where an earlier try ended
    Pull {
        /// Its id; the default model when absent
        id: Option<String>,
    },
    /// Compare a file with its maker's checksum
    Verify {
        /// Its id; every model on this machine when absent
        id: Option<String>,
    },
    /// Delete a file
    Remove {
        /// Its id
        id: String,
    },
    /// Copy a GGUF file that is here already
    Import {
        /// The file; its name becomes the id
        file: PathBuf,
    },
    /// Choose which one answers from now on
    Use {
        /// Its id
        id: String,
        /// Only for this assistant, and not for all without a choice of their own
        #[arg(long = "for", value_name = "ASSISTANT")]
        assistant: Option<String>,
    },
}

/// What to do with services elsewhere.
#[derive(Debug, Subcommand)]
pub enum ServiceCommand {
    /// Which were set up, and where their keys lie
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Set one up, or change the one of that name
    Add {
        /// Its name: small letters, digits, `-`, `_` and `.`
        name: String,
        /// Which language it speaks
        #[arg(long, value_enum)]
        kind: ServiceKind,
        /// Where it is; its maker's own address when absent
        #[arg(long)]
        url: Option<String>,
        /// A header for every request; {key} in it stands for the key
        #[arg(long = "header", value_name = "NAME=VALUE")]
        headers: Vec<String>,
    },
    /// Read its key from standard input and keep it
    Key {
        /// Its name
        name: String,
    },
    /// Ask one of its models for a few words
    Test {
        /// Service and model
        // Not called `model`: clap would take it for the global option of that name.
        #[arg(value_name = "NAME:MODEL")]
        target: String,
    },
    /// Forget one and its key
    Remove {
        /// Its name
        name: String,
    },
}

/// What to do with databases that have names.
#[derive(Debug, Subcommand)]
pub enum ConnectionCommand {
    /// Which there are, and where their passwords lie
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Give a database a name, or change the one of that name
    Add {
        /// Its name
        name: String,
        /// A path, or the address of a server such as postgres://USER@HOST/DATABASE
        address: String,
        /// Read its password from standard input
        #[arg(long)]
        password: bool,
    },
    /// Open it and say what was found
    Test {
        /// Its name, a path or an address
        name: String,
    },
    /// Forget the name and the password; the database stays
    Remove {
        /// Its name
        name: String,
    },
}

/// What to do with what is known of a database.
#[derive(Debug, Subcommand)]
pub enum DatabaseCommand {
    /// Its tables and columns, as the model is told of them
    Schema {
        /// A path, an address or a name
        database: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// What you wrote about it
    Notes {
        /// A path, an address or a name
        database: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Write down what you call a table or column, and what one has to know of it; without words
    /// what was written is forgotten
    Note {
        /// A path, an address or a name
        database: String,
        /// TABLE or TABLE.COLUMN; the database as a whole when absent
        on: Option<String>,
        /// What you call it
        #[arg(long, default_value = "")]
        name: String,
        /// What one has to know of it, such as "revenue = amount without tax"
        #[arg(long, default_value = "")]
        text: String,
    },
}

/// Which language a service speaks.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ServiceKind {
    /// Chat completions of OpenAI and of the many who speak like it
    Openai,
    /// Responses of OpenAI
    OpenaiResponses,
    /// Messages of Anthropic
    Anthropic,
    /// Gemini of Google
    Gemini,
    /// Ollama's own
    Ollama,
}

impl From<ServiceKind> for model::remote::Kind {
    fn from(kind: ServiceKind) -> Self {
        match kind {
            ServiceKind::Openai => Self::OpenAi,
            ServiceKind::OpenaiResponses => Self::Responses,
            ServiceKind::Anthropic => Self::Anthropic,
            ServiceKind::Gemini => Self::Gemini,
            ServiceKind::Ollama => Self::Ollama,
        }
    }
}

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
