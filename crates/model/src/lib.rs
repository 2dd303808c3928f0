//! Asking a model: the [`Model`] trait and everything that stands behind it.
//!
//! A pipeline sees only [`Model`], [`Prompt`] and [`Completion`]; it never learns whether the
//! answer came from the worker on this machine or from elsewhere.
//!
//! This crate links no model. The local one runs in a process of its own ([`local`]) because
//! llama.cpp may abort, and neither the window nor a run may go down with it.

pub mod catalogue;
pub mod download;
mod error;
pub mod local;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

pub use error::ModelError;
pub use protocol::{Message, Reason, Role, Usage};

/// Name of a model: one of the catalogue's, such as `qwen2.5-coder-1.5b`.
#[derive(
    Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, specta::Type,
)]
#[serde(transparent)]
pub struct ModelId(pub String);

impl std::fmt::Display for ModelId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<&str> for ModelId {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

/// What a model is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    /// The conversation so far.
    pub messages: Vec<Message>,
    /// Most tokens of output.
    pub max_tokens: u32,
    /// How tokens are chosen.
    pub sampling: Sampling,
    /// The answer ends before the first of these texts.
    pub stop: Vec<String>,
}

/// How tokens are chosen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sampling {
    /// Softmax temperature; 0 takes the likeliest token every time.
    pub temperature: f32,
    /// Nucleus mass; 1 keeps every token.
    pub top_p: f32,
    /// Seed of the sampler.
    pub seed: u32,
}

impl Sampling {
    /// The likeliest token every time.
    pub const GREEDY: Self = Self {
        temperature: 0.0,
        top_p: 1.0,
        seed: 0,
    };
}

/// What a model answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Completion {
    /// The answer.
    pub text: String,
    /// Why it ended.
    pub reason: Reason,
    /// Tokens used.
    pub usage: Usage,
    /// Milliseconds until the first token.
    pub first_token_ms: u64,
    /// Milliseconds until the end.
    pub total_ms: u64,
}

/// Something that answers prompts.
#[async_trait]
pub trait Model: Send + Sync {
    /// Which model this is.
    fn id(&self) -> &ModelId;

    /// Answers `prompt`, handing each piece to `sink` as it comes.
    ///
    /// # Errors
    /// [`ModelError::Cancelled`] soon after `cancel` fires; [`ModelError::WorkerLost`] when the
    /// process behind the model died, after which the same call may simply be made again.
    async fn generate(
        &self,
        prompt: &Prompt,
        sink: &(dyn for<'piece> Fn(&'piece str) + Send + Sync),
        cancel: &CancellationToken,
    ) -> Result<Completion, ModelError>;
}
