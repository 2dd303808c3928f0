//! What the real tools said about a draft.

use serde::{Deserialize, Serialize};

use crate::{Artifact, Fault};

/// One thing that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Check {
    /// Short name, stable, such as `runs`; the window's catalogue has the words for it.
    pub name: String,
    /// Whether it held.
    pub passed: bool,
    /// What was found, such as `7 rows` or the database's own message.
    pub detail: String,
}

impl Check {
    /// A check that held.
    pub fn passed(name: &str, detail: impl Into<String>) -> Self {
        Self {
            name: name.to_owned(),
            passed: true,
            detail: detail.into(),
        }
    }

    /// A check that did not hold.
    pub fn failed(name: &str, detail: impl Into<String>) -> Self {
        Self {
            name: name.to_owned(),
            passed: false,
            detail: detail.into(),
        }
    }
}

/// What all checks together say of a draft.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// What was checked, in order.
    pub checks: Vec<Check>,
    /// What the draft amounts to, as far as it could be made.
    pub artifact: Option<Artifact>,
    /// Nothing when the draft may be shown as an answer; otherwise why not.
    pub rejection: Option<Rejection>,
    /// How far the answer is to be trusted, 0 to 1, where that is known.
    pub confidence: Option<f64>,
    /// Whether more candidates might change the answer. It is asked for some, within limits.
    pub is_undecided: bool,
    /// Whether another step follows once this one is accepted.
    pub goes_on: bool,
}

impl Verdict {
    /// Whether the draft may be shown as an answer.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.rejection.is_none()
    }
}

/// Why a draft may not be shown as an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Rejection {
    /// For the person, when the draft was theirs.
    pub fault: Fault,
    /// For the model, so that the next draft is better.
    pub feedback: String,
}
