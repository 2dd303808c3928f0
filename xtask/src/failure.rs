//! Why an errand did not get done.

use std::fmt;
use std::path::Path;

/// What ends an errand early.
#[derive(Debug)]
pub enum Failure {
    /// The command line makes no sense: usage, exit status 2.
    Usage(String),
    /// A program that speaks for itself ended like this; nothing needs to be added.
    Status(u8),
    /// One sentence for the person.
    Sentence(String),
}

impl Failure {
    /// The command line makes no sense.
    pub fn usage(sentence: impl Into<String>) -> Self {
        Self::Usage(sentence.into())
    }

    /// One sentence for the person.
    pub fn sentence(sentence: impl Into<String>) -> Self {
        Self::Sentence(sentence.into())
    }

    /// Something about a file.
    pub fn file(what: &str, path: &Path, error: &std::io::Error) -> Self {
        Self::Sentence(format!("cannot {what} {}: {error}", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(sentence) | Self::Sentence(sentence) => formatter.write_str(sentence),
            Self::Status(status) => write!(formatter, "it ended with status {status}"),
        }
    }
}
