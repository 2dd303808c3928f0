//! The command line as it is written. Names here are a contract: scripts depend on them.

mod books;
mod history;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use books::{
    AttachedFile, BookCommand, BookWords, EntriesOptions, FileToAttach, HandOver, ImportOptions,
    NewBook, OpenBook, StatementsOptions,
};
pub use history::{Filter, HistoryCommand, RunStatus, RunsFormat, RunsOptions, UsageBy};

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
    /// Say whether anything may be asked over a network, forbid it, or allow it again
    Network {
        /// `off` forbids services, database servers, downloads and pages to look at; this machine
        /// itself is no network
        state: Option<NetworkState>,
    },
    /// Say what services were paid this month and how much may be, or change that
    Spending {
        /// Dollars that services may be paid in a month
        #[arg(long, value_name = "DOLLARS", conflicts_with = "no_limit")]
        limit: Option<String>,
        /// As much as they cost
        #[arg(long)]
        no_limit: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Keep books in double entry: post, look, take in, hand over
    #[command(subcommand)]
    Book(BookCommand),
}

/// Whether the network may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum NetworkState {
    /// It may
    On,
    /// It may not
    Off,
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
    /// Say what stands in the fields of an assistant unless a run names them, or change that
    Default {
        /// Id of the assistant
        assistant: String,
        /// What is to stand in a field; without a value it is given up
        #[arg(value_name = "NAME=VALUE")]
        values: Vec<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
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
    /// A page with your own pictures beside it, in an archive
    Zip,
    /// A page as a picture, taken by Chromium, Chrome or Edge
    Png,
    /// A game of chess with variations and comments
    Pgn,
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
        /// What it charges for a million tokens of prompts and of answers, in dollars, and for those
        /// that it still knew where that differs; `none` for unknown
        #[arg(long, value_name = "IN,OUT[,CACHED]")]
        price: Option<String>,
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
