//! Everything that can keep a measurement from being made.
//!
//! A wrong answer is not a failure: it is what is being measured.

use std::io;
use std::path::PathBuf;

/// Why there are no figures.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The material lies outside the repository and need not be on this machine.
    #[error("there is no eval material at {}; say where it is with --eval-dir", .0.display())]
    NoMaterial(PathBuf),
    /// The command line under test has not been built.
    #[error("there is no deskhand-cli at {}; build it, or say where it is with --cli", .0.display())]
    NoCommandLine(PathBuf),
    /// No question fits the chosen set.
    #[error("no question fits the chosen set")]
    NoQuestions,
    /// A file could not be read, written, copied or started.
    #[error("{}: {source}", path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A line of a JSON Lines file is not what it should be.
    #[error("{}, line {line}: {source}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// What the parser said.
        source: serde_json::Error,
    },
    /// The command line ended without a single result.
    #[error("deskhand-cli gave no results ({0})")]
    NoResults(String),
    /// The reference itself does not run, so nothing can be compared with it.
    #[error("the reference query of {id} does not run: {source}")]
    Reference {
        /// The question.
        id: String,
        /// What SQLite said.
        source: crate::sql::Fault,
    },
    /// The report could not be written.
    #[error("cannot write the report: {0}")]
    Report(#[from] io::Error),
}

impl Failure {
    /// Turns an error on a file into a failure that names the file.
    pub fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }

    /// 2 = asked for something that is not there, 1 = it went wrong on the way.
    pub fn exit_status(&self) -> u8 {
        match self {
            Self::NoMaterial(_) | Self::NoCommandLine(_) | Self::NoQuestions => 2,
            Self::File { .. }
            | Self::Line { .. }
            | Self::NoResults(_)
            | Self::Reference { .. }
            | Self::Report(_) => 1,
        }
    }
}
