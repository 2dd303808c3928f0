//! What the person is told when something goes wrong: a code, a sentence and details.
//!
//! Crates below keep typed errors of their own; they become a [`Fault`] at their edge.
//! The window matches on [`Code`] alone (its catalogue has the words in every language and what
//! can be done next); the English sentence is for the command line, the log and the record.

use std::collections::BTreeMap;

use model::ModelError;
use serde::{Deserialize, Serialize};

/// What went wrong, for programs and for the table of words.
///
/// A code is added when somebody can act on it differently, not for every cause.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, specta::Type,
)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// No assistant has that id.
    AssistantUnknown,
    /// An input that the assistant does not have.
    InputUnknown,
    /// A required input is missing or empty.
    InputMissing,
    /// An input is longer than the assistant takes.
    InputTooLong,
    /// An input is not one of its choices, not a number, not a date.
    InputInvalid,
    /// The file of an assistant has a mistake, is too large, or was written by a newer Deskhand.
    PresetInvalid,
    /// An assistant of that id comes with Deskhand and cannot be changed.
    PresetTaken,
    /// The file does not exist.
    FileNotFound,
    /// The file cannot be read or written.
    FileUnreadable,
    /// The file is not a database.
    DatabaseInvalid,
    /// A table in a file (CSV, a workbook) cannot be read.
    SheetInvalid,
    /// An answer cannot be written in the format that was asked for.
    ExportImpossible,
    /// A page or picture that a page is to look like cannot be used.
    ReferenceUnusable,
    /// A page cannot be changed in that way.
    EditImpossible,
    /// No browser is here that takes a picture of a page.
    BrowserMissing,
    /// The database has no tables.
    DatabaseEmpty,
    /// Another program holds the database.
    DatabaseLocked,
    /// A database server cannot be reached.
    ServerUnreachable,
    /// A database server does not let us in: user, password, or the name of the database.
    ServerRefused,
    /// A database server went away in the middle.
    ServerLost,
    /// The query failed, with the database's own words.
    QueryFailed,
    /// The statement would do more than read.
    QueryNotReadOnly,
    /// The query took longer than allowed.
    QueryTooSlow,
    /// A chess position that cannot be, or in which nobody has a move.
    PositionInvalid,
    /// A chess game that cannot be read.
    GameInvalid,
    /// There is no chess engine on this machine.
    ChessEngineMissing,
    /// The chess engine died or fell silent, and did so again after a restart.
    ChessEngineLost,
    /// There is no book of that name.
    BookUnknown,
    /// A book cannot be read, or was changed from outside.
    BookDamaged,
    /// An entry cannot be posted: it does not balance, its day is locked, an account is missing.
    EntryRefused,
    /// A file from a bank or another program cannot be taken in.
    BankFileInvalid,
    /// Every draft failed its checks.
    NotSure,
    /// No model has that id.
    ModelUnknown,
    /// The model's file is not on this machine.
    ModelMissing,
    /// The model's file is damaged.
    ModelCorrupt,
    /// The model does not fit into memory.
    ModelTooLarge,
    /// The worker program is missing or cannot be started.
    EngineMissing,
    /// The worker died, and died again after a restart.
    EngineLost,
    /// The model could not answer.
    ModelFailed,
    /// The prompt does not fit into the model's context.
    ContextOverflow,
    /// The model could not be downloaded.
    DownloadFailed,
    /// What is set for a service elsewhere cannot be used.
    ServiceMisconfigured,
    /// A service does not accept the key, or wants one.
    ServiceKeyRefused,
    /// A service was asked too often, or its quota is used up.
    ServiceBusy,
    /// A service cannot be reached, or fell silent.
    ServiceUnreachable,
    /// A service answered with an error, or with what is no answer.
    ServiceFailed,
    /// The person forbade any use of the network.
    NetworkForbidden,
    /// As much was paid this month as the person wants to pay.
    SpendingLimitReached,
    /// The run was stopped by the person.
    Cancelled,
    /// The program ended in the middle of the run.
    Interrupted,
    /// No run has that id.
    RunUnknown,
    /// The history cannot be read or written.
    HistoryUnusable,
    /// The history was written by a newer Deskhand.
    HistoryTooNew,
    /// A file of runs cannot be brought in: it is none, or it is damaged.
    ImportInvalid,
    /// A file is no backup, or it is damaged.
    BackupInvalid,
    /// A file of runs or a backup was written by a newer Deskhand.
    FileTooNew,
    /// There is something already where a backup was to be brought back.
    RestoreRefused,
    /// A mistake of ours.
    Internal,
}

impl Code {
    /// The code as it is written in JSON, such as `file-not-found`.
    #[must_use]
    pub fn as_str(self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(code)) => code,
            _ => "internal".to_owned(),
        }
    }
}

/// Something that went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type, thiserror::Error)]
#[error("{sentence}")]
pub struct Fault {
    /// What, for programs.
    pub code: Code,
    /// What, in one English sentence with a full stop.
    pub sentence: String,
    /// The sentence's particulars by name, for the translated sentences and for the curious.
    pub details: BTreeMap<String, String>,
}

impl Fault {
    /// A fault without details.
    pub fn new(code: Code, sentence: impl Into<String>) -> Self {
        Self {
            code,
            sentence: sentence.into(),
            details: BTreeMap::new(),
        }
    }

    /// Adds one particular.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.details.insert(name.to_owned(), value.to_string());
        self
    }

    /// Something between us and a service elsewhere. `detail` is a clause that names it.
    fn from_service(code: Code, service: String, detail: String) -> Self {
        let mut letters = detail.chars();
        let sentence: String = letters
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .chain(letters)
            .collect();
        Self::new(code, format!("{}.", sentence.trim_end_matches('.')))
            .with("service", service)
            .with("detail", detail)
    }

    /// Something would have used the network, which the person forbade.
    #[must_use]
    pub fn network_forbidden(what: &str) -> Self {
        Self::new(
            Code::NetworkForbidden,
            format!("The network is switched off in the settings, so {what} was not asked."),
        )
        .with("what", what)
    }

    /// The run was stopped by the person.
    #[must_use]
    pub fn cancelled() -> Self {
        Self::new(Code::Cancelled, "The run was stopped.")
    }
}

/// Whole megabytes, rounded up: what people compare memory in.
fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1_000_000)
}

impl From<ModelError> for Fault {
    #[expect(
        clippy::too_many_lines,
        reason = "a table with one row for each error, best read in one piece"
    )]
    fn from(error: ModelError) -> Self {
        let detail = error.to_string();
        match error {
            ModelError::Cancelled => Self::cancelled(),
            ModelError::Forbidden { what } => Self::network_forbidden(&what),
            ModelError::OverBudget { service, spent, limit } => Self::new(
                Code::SpendingLimitReached,
                format!(
                    "{spent} of the {limit} dollars for this month are spent, so {service} was not asked: raise the limit with `deskhand-cli spending --limit`, or use a model on this machine."
                ),
            )
            .with("service", service)
            .with("spent", spent)
            .with("limit", limit),
            ModelError::Unknown(id) => Self::new(
                Code::ModelUnknown,
                format!("There is no model called {id}; `model list` shows those that there are."),
            )
            .with("model", id),
            ModelError::Missing { id, path } => Self::new(
                Code::ModelMissing,
                format!("The model {id} is not on this machine yet: download it with `deskhand-cli model pull {id}`."),
            )
            .with("model", id)
            .with("path", path.display()),
            ModelError::Corrupt { path, detail } => Self::new(
                Code::ModelCorrupt,
                format!(
                    "The model file {} is damaged ({detail}): remove it and download it again.",
                    path.display()
                ),
            )
            .with("path", path.display())
            .with("detail", detail),
            ModelError::TooLarge { id, needed, available } => Self::new(
                Code::ModelTooLarge,
                format!(
                    "The model {id} needs {} MB of memory and {} MB are free: close other programs or choose the smaller model.",
                    megabytes(needed),
                    megabytes(available)
                ),
            )
            .with("model", id)
            .with("needed_mb", megabytes(needed))
            .with("available_mb", megabytes(available)),
            ModelError::EngineMissing { path, detail } => Self::new(
                Code::EngineMissing,
                format!("The model program {} cannot be started ({detail}): install Deskhand again.", path.display()),
            )
            .with("path", path.display())
            .with("detail", detail),
            ModelError::WorkerLost { detail } => Self::new(
                Code::EngineLost,
                format!("The model program ended twice in the middle of the work ({detail})."),
            )
            .with("detail", detail),
            ModelError::ContextOverflow { prompt, output, context } => Self::new(
                Code::ContextOverflow,
                format!(
                    "This is too much for the model at once: {prompt} tokens and {output} for the answer, and it holds {context}."
                ),
            )
            .with("prompt", prompt)
            .with("output", output)
            .with("context", context),
            ModelError::Download { id, detail } => Self::new(
                Code::DownloadFailed,
                format!("The model {id} could not be downloaded: {detail}."),
            )
            .with("model", id)
            .with("detail", detail),
            ModelError::File { path, detail } => Self::new(
                Code::FileUnreadable,
                format!("{} cannot be used: {detail}.", path.display()),
            )
            .with("path", path.display())
            .with("detail", detail),
            ModelError::Misconfigured { service, .. } => {
                Self::from_service(Code::ServiceMisconfigured, service, detail)
            }
            ModelError::Unauthorized { service, .. } => {
                Self::from_service(Code::ServiceKeyRefused, service, detail)
            }
            ModelError::RateLimited { service, retry_after, .. } => {
                let fault = Self::from_service(Code::ServiceBusy, service, detail);
                match retry_after {
                    Some(pause) => fault.with("seconds", pause.as_secs()),
                    None => fault,
                }
            }
            ModelError::Unreachable { service, .. }
            | ModelError::BrokenOff { service, .. }
            | ModelError::Stalled { service, .. } => {
                Self::from_service(Code::ServiceUnreachable, service, detail)
            }
            ModelError::NotFound { service, .. }
            | ModelError::Service { service, .. }
            | ModelError::Malformed { service, .. }
            | ModelError::Endless { service, .. }
            | ModelError::Declined { service, .. }
            | ModelError::Unfit { service, .. } => {
                Self::from_service(Code::ServiceFailed, service, detail)
            }
            ModelError::Failed { .. } | ModelError::Unconstrainable { .. } => {
                Self::new(Code::ModelFailed, "The model could not answer.").with("detail", detail)
            }
        }
    }
}
