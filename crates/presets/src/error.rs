//! Why a preset cannot be used.

use assistant::{Code, Fault};

/// Why a preset cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PresetError {
    /// Something in the file is wrong.
    #[error("line {line}: {reason}")]
    Wrong {
        /// Where, counted from 1.
        line: usize,
        /// What, as a clause without a full stop.
        reason: String,
    },
    /// The file is larger than any preset.
    #[error("it has {bytes} bytes, and a preset has at most {limit}")]
    TooLarge {
        /// How large it is.
        bytes: usize,
        /// How large it may be.
        limit: usize,
    },
    /// The file was written by a newer Deskhand.
    #[error(
        "it is written in version {version} of the format, and this Deskhand knows versions up to {known}"
    )]
    TooNew {
        /// Its version.
        version: i64,
        /// The newest that is known here.
        known: u32,
    },
    /// The text is not one of the classic sandbox's scripts.
    #[error("line {line} of the script: {reason}")]
    Script {
        /// Where, counted from 1.
        line: usize,
        /// What, as a clause without a full stop.
        reason: String,
    },
    /// A built-in assistant has that id.
    #[error("{0} is an assistant that comes with Deskhand; give yours another id")]
    BuiltIn(String),
}

impl From<PresetError> for Fault {
    fn from(error: PresetError) -> Self {
        let detail = error.to_string();
        match error {
            PresetError::BuiltIn(id) => Self::new(
                Code::PresetTaken,
                format!(
                    "{id} is the id of an assistant that comes with Deskhand: give yours another."
                ),
            )
            .with("assistant", id),
            PresetError::Wrong { line, reason } | PresetError::Script { line, reason } => {
                Self::new(
                    Code::PresetInvalid,
                    format!("This is not a preset that can be used: {detail}."),
                )
                .with("line", line)
                .with("detail", reason)
            }
            PresetError::TooLarge { .. } | PresetError::TooNew { .. } => Self::new(
                Code::PresetInvalid,
                format!("This is not a preset that can be used: {detail}."),
            )
            .with("detail", detail),
        }
    }
}
