//! `history` as it is written.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::Language;

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
        /// Which ones
        #[command(flatten)]
        filter: Filter,
    },
    /// Runs whose inputs, outputs or tags have these words
    Search {
        /// The words
        query: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
        /// Most runs to list
        #[arg(long, default_value_t = 50)]
        limit: u32,
        /// Which ones
        #[command(flatten)]
        filter: Filter,
    },
    /// Everything about one run, as JSON
    Show {
        /// Its id, the beginning of its id, or `last`
        run: String,
    },
    /// Pin a run, so that it is found at once
    Pin {
        /// Its id, the beginning of its id, or `last`
        run: String,
    },
    /// Let go of a pinned run
    Unpin {
        /// Its id, the beginning of its id, or `last`
        run: String,
    },
    /// Put tags on a run
    Tag {
        /// Its id, the beginning of its id, or `last`
        run: String,
        /// The tags
        #[arg(required = true)]
        tags: Vec<String>,
    },
    /// Take tags off a run
    Untag {
        /// Its id, the beginning of its id, or `last`
        run: String,
        /// The tags
        #[arg(required = true)]
        tags: Vec<String>,
    },
    /// Every tag, and how many runs have it
    Tags {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Forget a run
    Delete {
        /// Its id, the beginning of its id, or `last`
        run: String,
    },
    /// Run it again with the same inputs; `--model` lets another model answer
    Rerun {
        /// Its id, the beginning of its id, or `last`
        run: String,
        /// Print the report as one JSON object
        #[arg(long)]
        json: bool,
    },
    /// What two runs have in common and what not
    Compare {
        /// The one
        left: String,
        /// The other
        right: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Write runs into a file: as a document, or as JSON that can be taken in again
    Export(RunsOptions),
    /// Take runs in from a file that `export --as json` wrote, or that ChatGPT gave its user
    Import {
        /// The file; an archive will do
        file: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Write everything of yours into one file: history, books, assistants, settings, notes
    Backup {
        /// The file; one that is there is replaced
        #[arg(long)]
        to: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Bring a backup back into a folder that is empty or not there yet
    Restore {
        /// The backup
        file: PathBuf,
        /// The folder; the data folder itself when absent
        #[arg(long)]
        to: Option<PathBuf>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// How many tokens runs took, and what they cost where a service has a price
    Usage {
        /// What they are added up by
        #[arg(long, value_enum, default_value_t = UsageBy::Assistant)]
        by: UsageBy,
        /// Most lines
        #[arg(long, default_value_t = 200)]
        limit: u32,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Say for how long runs are kept, or change it; without a rule they are kept for ever
    Keep {
        /// Forget runs that are older than so many days and not pinned
        #[arg(long, conflicts_with = "forever")]
        days: Option<u32>,
        /// Forget nothing
        #[arg(long)]
        forever: bool,
    },
    /// Forget now what is older than the rule says
    Tidy,
}

/// Which runs.
#[derive(Debug, Default, Args)]
pub struct Filter {
    /// Only those of this assistant
    #[arg(long)]
    pub assistant: Option<String>,
    /// Only those that stand there
    #[arg(long, value_enum)]
    pub status: Option<RunStatus>,
    /// Only those with this tag
    #[arg(long)]
    pub tag: Option<String>,
    /// Only those that this model was to answer
    #[arg(long = "of-model", value_name = "ID")]
    pub of_model: Option<String>,
    /// Only from this day on, such as 2026-03-31
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub since: Option<String>,
    /// Only up to this day
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub until: Option<String>,
    /// Only those that are pinned
    #[arg(long)]
    pub pinned: bool,
}

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RunStatus {
    /// Under way
    Running,
    /// It has an answer
    Done,
    /// It has none
    Failed,
    /// It was stopped
    Cancelled,
    /// The program ended in the middle of it
    Interrupted,
}

/// What tokens are added up by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum UsageBy {
    /// Every run by itself, the newest first
    Run,
    /// Assistants
    Assistant,
    /// Months, the newest first
    Month,
    /// Models
    Model,
}

/// Which runs to write, and as what.
#[derive(Debug, Args)]
pub struct RunsOptions {
    /// The runs, by their ids, the beginnings of them, or `last`; `--run ID` is the same
    pub runs: Vec<String>,
    /// One more run
    #[arg(long = "run", value_name = "RUN", hide = true)]
    pub more: Vec<String>,
    /// All runs
    #[arg(long)]
    pub all: bool,
    /// Only those with these words
    #[arg(long)]
    pub words: Option<String>,
    /// Which ones
    #[command(flatten)]
    pub filter: Filter,
    /// The kind of file
    #[arg(long = "as", value_enum)]
    pub format: RunsFormat,
    /// The file; one that is there is replaced
    #[arg(long)]
    pub to: PathBuf,
    /// Bring the files of the runs along; the file is then an archive
    #[arg(long)]
    pub with_files: bool,
    /// Language of the words that a document has of its own
    #[arg(long, value_enum, default_value_t = Language::En)]
    pub language: Language,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// A kind of file for runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RunsFormat {
    /// Markdown
    #[value(alias = "markdown")]
    Md,
    /// A page in one file
    Html,
    /// Everything that was kept, to be taken in again
    Json,
    /// A document for Word
    Docx,
    /// A document for paper
    Pdf,
}

/// A day of the calendar, as it is written.
fn day(text: &str) -> Result<String, String> {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let are_digits = parts
        .iter()
        .all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    if lengths == [4, 2, 2] && are_digits {
        return Ok(text.to_owned());
    }
    Err("a day is written as 2026-03-31".to_owned())
}
