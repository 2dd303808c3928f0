//! What can go wrong with history, and how a person is told.

use std::path::{Path, PathBuf};

use assistant::{Code, Fault};

/// Why history could not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HistoryError {
    /// The file was written by a newer program; it has been left as it was.
    #[error("{} was written by a newer program", path.display())]
    TooNew {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be read or written, or is no history.
    #[error("{} cannot be used: {detail}", path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// In the words of the database or of the operating system.
        detail: String,
    },
    /// No run has that name.
    #[error("there is no run {name}")]
    RunUnknown {
        /// What was asked for.
        name: String,
    },
    /// More than one run begins with that.
    #[error("more than one run begins with {prefix}")]
    RunAmbiguous {
        /// What was asked for.
        prefix: String,
    },
    /// What was said of a day is none.
    #[error("{value} is no day")]
    DayInvalid {
        /// Which of the two ends of a span it is.
        field: &'static str,
        /// What was said.
        value: String,
    },
    /// A tag that cannot be one.
    #[error("{tag} cannot be a tag")]
    TagInvalid {
        /// What was said.
        tag: String,
        /// How many characters a tag may have.
        most: usize,
    },
    /// A beginning that is too short to name a run.
    #[error("{prefix} is too short to name a run")]
    PrefixTooShort {
        /// What was asked for.
        prefix: String,
        /// How many characters it takes.
        least: usize,
    },
}

impl HistoryError {
    /// What the database said about a file.
    pub(crate) fn unusable(path: &Path, error: &sqlx::Error) -> Self {
        let detail = match error {
            sqlx::Error::Database(error) => error.message().to_owned(),
            sqlx::Error::PoolTimedOut => "it is busy".to_owned(),
            other => other.to_string(),
        };
        Self::Unusable {
            path: path.to_owned(),
            detail,
        }
    }

    /// What the operating system said about a file or folder.
    pub(crate) fn unreachable(path: &Path, error: &std::io::Error) -> Self {
        Self::Unusable {
            path: path.to_owned(),
            detail: error.to_string(),
        }
    }
}

impl From<HistoryError> for Fault {
    fn from(error: HistoryError) -> Self {
        match error {
            HistoryError::TooNew { path } => Self::new(
                Code::HistoryTooNew,
                format!(
                    "The history in {} was written by a newer Deskhand; please update this one. The file has been left as it is.",
                    path.display()
                ),
            )
            .with("path", path.display()),
            HistoryError::Unusable { path, detail } => Self::new(
                Code::HistoryUnusable,
                format!("The history in {} cannot be used: {detail}.", path.display()),
            )
            .with("path", path.display())
            .with("detail", detail),
            HistoryError::RunUnknown { name } => Self::new(
                Code::RunUnknown,
                format!("There is no run {name}; `history list` shows those that there are."),
            )
            .with("run", name),
            HistoryError::RunAmbiguous { prefix } => Self::new(
                Code::RunUnknown,
                format!("More than one run begins with {prefix}; please give more of its name."),
            )
            .with("run", prefix),
            HistoryError::DayInvalid { field, value } => Self::new(
                Code::InputInvalid,
                format!("{value} is no day of the calendar: write one such as 2026-03-31."),
            )
            .with("input", field)
            .with("value", value)
            .with("wanted", "date"),
            HistoryError::TagInvalid { tag, most } => Self::new(
                Code::InputInvalid,
                format!("{tag:?} cannot be a tag: a tag is one line of 1 to {most} characters."),
            )
            .with("input", "tag")
            .with("value", tag)
            .with("most", most),
            HistoryError::PrefixTooShort { prefix, least } => Self::new(
                Code::RunUnknown,
                format!("There is no run {prefix}; the beginning of a name takes at least {least} characters."),
            )
            .with("run", prefix),
        }
    }
}
