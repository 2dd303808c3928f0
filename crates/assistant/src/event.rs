//! What a run tells while it is under way.

use serde::{Deserialize, Serialize};

use crate::{Artifact, Check, RunReport};

/// A stretch of a run, in the words that the window shows.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, specta::Type,
)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Code gathers the facts.
    Ground,
    /// The model writes.
    Draft,
    /// Real tools look at what it wrote.
    Check,
}

impl Stage {
    /// The name as written in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ground => "ground",
            Self::Draft => "draft",
            Self::Check => "check",
        }
    }
}

/// What a model does before it writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "doing", rename_all = "kebab-case")]
pub enum ModelState {
    /// Somebody else is being answered first.
    Waiting,
    /// It is being loaded.
    Loading {
        /// How far, 0 to 100.
        percent: u8,
    },
    /// It reads what it was told.
    Reading {
        /// How far, 0 to 100.
        percent: u8,
    },
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum RunEvent {
    /// A stage began. `attempt` counts drafts from 1.
    Stage {
        /// Which.
        stage: Stage,
        /// Which draft it belongs to.
        attempt: u32,
    },
    /// How far the gathering of facts is, where it takes long.
    Grounding {
        /// 0 to 100.
        percent: u8,
    },
    /// What there is so far while facts are gathered or a step is written; it may change, and the next takes its place.
    Glimpse {
        /// The artifact so far, marked as a draft.
        artifact: Box<Artifact>,
    },
    /// What the model does before it writes.
    Model {
        /// What.
        state: ModelState,
    },
    /// The model wrote a piece of the draft.
    Token {
        /// The piece.
        text: String,
    },
    /// The model's process ended and was started again; the draft begins anew.
    Restarted {
        /// Which draft.
        attempt: u32,
    },
    /// A draft was checked.
    Checked {
        /// Which draft.
        attempt: u32,
        /// What was found.
        checks: Vec<Check>,
        /// Whether it may be shown as an answer.
        accepted: bool,
    },
    /// A step is complete and another follows: what there is so far, to be shown at once.
    Part {
        /// The unfinished artifact.
        artifact: Box<Artifact>,
    },
    /// The run ended; nothing follows.
    Ended {
        /// How.
        report: Box<RunReport>,
    },
}
