//! What can go wrong between a prompt and its answer.

use std::path::PathBuf;
use std::time::Duration;

use crate::ModelId;
use crate::remote::MicroDollars;

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
    /// What is set for a remote service cannot be used: an address, a header, a proxy.
    #[error("the service {service} is not set up well: {detail}")]
    Misconfigured {
        /// Name of the service.
        service: String,
        /// What is wrong with it.
        detail: String,
    },
    /// A remote service did not accept the key, or wants one.
    #[error("{service} does not accept the key: {detail}")]
    Unauthorized {
        /// Name of the service.
        service: String,
        /// What it said.
        detail: String,
    },
    /// A remote service does not know the model, or the address.
    #[error("{service} does not know this: {detail}")]
    NotFound {
        /// Name of the service.
        service: String,
        /// What it said.
        detail: String,
    },
    /// A remote service was asked too often, or its quota is used up.
    #[error("{service} was asked too often: {detail}")]
    RateLimited {
        /// Name of the service.
        service: String,
        /// When to ask again, if it said so.
        retry_after: Option<Duration>,
        /// What it said.
        detail: String,
    },
    /// A remote service answered with an error.
    #[error("{service} answered with the error {status}: {detail}")]
    Service {
        /// Name of the service.
        service: String,
        /// HTTP status; 200 when the error came inside an answer that had begun well.
        status: u16,
        /// What it said.
        detail: String,
    },
    /// The person forbade any use of the network.
    #[error("the network is switched off: {what} was not asked")]
    Forbidden {
        /// What would have been asked.
        what: String,
    },
    /// As much was paid this month as the person wants to pay.
    #[error("{service} was not asked: {spent} of {limit} dollars are spent this month")]
    OverBudget {
        /// Name of the service.
        service: String,
        /// What was spent this month.
        spent: MicroDollars,
        /// How much may be.
        limit: MicroDollars,
    },
    /// A remote service could not be reached.
    #[error("{service} cannot be reached: {detail}")]
    Unreachable {
        /// Name of the service.
        service: String,
        /// What went wrong on the way.
        detail: String,
    },
    /// A remote service answered with something that is not an answer.
    #[error("what {service} answered cannot be read: {detail}")]
    Malformed {
        /// Name of the service.
        service: String,
        /// What was found.
        detail: String,
    },
    /// An answer of a remote service ended in the middle.
    #[error("the answer of {service} broke off: {detail}")]
    BrokenOff {
        /// Name of the service.
        service: String,
        /// How it ended.
        detail: String,
    },
    /// A remote service fell silent.
    #[error("{service} has been silent for {} ms while {during}", silence.as_millis())]
    Stalled {
        /// Name of the service.
        service: String,
        /// For how long nothing came, or the whole time when that was limited.
        silence: Duration,
        /// What was waited for.
        during: &'static str,
    },
    /// A remote service sent much more than was asked for, and did not end.
    #[error("the answer of {service} did not end within {bytes} bytes")]
    Endless {
        /// Name of the service.
        service: String,
        /// Bytes after which reading stopped.
        bytes: u64,
    },
    /// A remote service, or its model, would not answer this.
    #[error("{service} declined to answer: {detail}")]
    Declined {
        /// Name of the service.
        service: String,
        /// What it said.
        detail: String,
    },
    /// The constraint cannot be kept by this model.
    #[error("the constraint cannot be used: {detail}")]
    Unconstrainable {
        /// What is wrong with it.
        detail: String,
    },
    /// A remote model's answer is not what the constraint asks for.
    #[error("the answer of {service} is not what was asked for: {detail}")]
    Unfit {
        /// Name of the service.
        service: String,
        /// Where it differs.
        detail: String,
    },
}

impl ModelError {
    /// Whether the very same call may succeed when it is made once more.
    #[must_use]
    pub fn is_worth_one_retry(&self) -> bool {
        matches!(
            self,
            Self::WorkerLost { .. } | Self::BrokenOff { .. } | Self::Stalled { .. }
        )
    }
}
