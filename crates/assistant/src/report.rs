//! How a run ended: the object that the command line prints and history keeps.

use std::collections::BTreeMap;

use model::ModelId;
use serde::{Deserialize, Serialize};

use crate::{Artifact, Check, Fault};

/// Name of a run: a ULID, so that names sort by the time when runs began.
#[derive(
    Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, specta::Type,
)]
#[serde(transparent)]
pub struct RunId(pub String);

impl std::fmt::Display for RunId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Under way.
    Running,
    /// It made an artifact that passed its checks.
    Done,
    /// It did not; the report says why.
    Failed,
    /// The person stopped it.
    Cancelled,
    /// The program ended while it was under way.
    Interrupted,
}

/// An answer that is trusted less than this is shown as not sure, with what else it could be.
pub const SURE: f64 = 0.75;

/// Tokens of a whole run, all drafts together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Tokens {
    /// Tokens of prompts.
    pub prompt: u32,
    /// How many of them did not have to be read anew.
    pub cached: u32,
    /// Tokens of answers.
    pub output: u32,
}

/// Where the time went, in milliseconds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Timings {
    /// The whole run.
    pub total: u32,
    /// From the first question to the model until its first token.
    pub first_token: Option<u32>,
    /// By stage: `ground`, `draft`, `check`; `first_part`, from the beginning until the first part of
    /// something that grows was there; `first_words`, until words of the model that hold could be seen
    /// before it was done; and `worked`, how long the model was at work for it.
    pub stages: BTreeMap<String, u32>,
}

/// A run and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RunReport {
    /// The caller's own name for it, copied from a batch line.
    #[specta(type = Option<String>)]
    pub id: Option<serde_json::Value>,
    /// Name of the run.
    pub run: RunId,
    /// Id of the assistant.
    pub assistant: String,
    /// Where it stands.
    pub status: Status,
    /// What it made; a draft when it failed.
    pub artifact: Option<Artifact>,
    /// What was checked on the last draft.
    pub checks: Vec<Check>,
    /// How far the answer is to be trusted, 0 to 1, where that is known.
    pub confidence: Option<f64>,
    /// How often a draft went back to the model.
    pub repairs: u32,
    /// Which model answered; none when none was needed.
    pub model: Option<ModelId>,
    /// Tokens used.
    pub tokens: Tokens,
    /// Where the time went.
    pub timings_ms: Timings,
    /// Why there is no answer.
    pub error: Option<Fault>,
}
