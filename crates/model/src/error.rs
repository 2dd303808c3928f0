//! What can go wrong between a prompt and its answer.

use std::path::PathBuf;

use crate::ModelId;

/// Why a model gave no answer, or a model file could not be had.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ModelError {
    /// No model of that name is known.
    #[error("no model is called {0}")]
    Unknown(ModelId),
    /// The model is known and its file is not there.
    #[error("the model {id} is not on this machine: {} is missing", path.display())]
    Missing {
        /// Which model.
        id: ModelId,
        /// Where its file should be.
        path: PathBuf,
    },
    /// The file is there and is not what it should be.
    #[error("the model file {} is damaged: {detail}", path.display())]
    Corrupt {
        /// Which file.
        path: PathBuf,
        /// What was found.
        detail: String,
    },
    /// The model does not fit into the memory that is free now. Sizes in bytes.
    #[error("the model {id} needs {needed} bytes of memory and {available} are free")]
    TooLarge {
        /// Which model.
        id: ModelId,
        /// Bytes needed.
        needed: u64,
        /// Bytes free.
        available: u64,
    },
    /// The worker program is not where it should be.
    #[error("the model worker {} cannot be started: {detail}", path.display())]
    EngineMissing {
        /// Where it should be.
        path: PathBuf,
        /// What the system said.
        detail: String,
    },
    /// The worker ended, or stopped speaking, in the middle of something.
    #[error("the model worker ended unexpectedly: {detail}")]
    WorkerLost {
        /// What is known of its end.
        detail: String,
    },
    /// Prompt and answer do not fit into the context window. Sizes in tokens.
    #[error("{prompt} tokens of prompt and {output} of answer do not fit into {context}")]
    ContextOverflow {
        /// Tokens of the prompt.
        prompt: u32,
        /// Tokens kept free for the answer.
        output: u32,
        /// Size of the context window.
        context: u32,
    },
    /// The model failed while answering.
    #[error("the model failed: {detail}")]
    Failed {
        /// What it said.
        detail: String,
    },
    /// The caller cancelled.
    #[error("cancelled")]
    Cancelled,
    /// A model file could not be downloaded.
    #[error("the model {id} could not be downloaded: {detail}")]
    Download {
        /// Which model.
        id: ModelId,
        /// What happened, source by source.
        detail: String,
    },
    /// A file could not be read or written.
    #[error("{}: {detail}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        detail: String,
    },
}

impl ModelError {
    /// Whether the very same call may succeed when it is made once more.
    #[must_use]
    pub fn is_worth_one_retry(&self) -> bool {
        matches!(self, Self::WorkerLost { .. })
    }
}
