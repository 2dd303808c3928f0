//! The pipeline that every assistant is: ground, draft, check, repair, present, record.
//!
//! - [`Assistant`] is what a showcase implements: it describes itself, gathers facts by code,
//!   says what to ask the model, and checks what came back with real tools.
//! - [`run::Machine`] is the course of one run as a pure state machine: signals in, effects out.
//!   It knows no model, no clock, no database, so cancel, repair and a dead model are short tests.
//! - [`driver::drive`] carries the effects out.
//!
//! What this crate is not: it does not choose the model, keep history or show anything.
//! Those come in through [`model::Model`], [`driver::Record`] and a channel of [`event::RunEvent`]s,
//! so that the same run happens in the window, on the command line and in a test.

pub mod artifact;
pub mod check;
pub mod description;
pub mod driver;
pub mod event;
pub mod fault;
pub mod fence;
pub mod inputs;
pub mod report;
pub mod run;

use async_trait::async_trait;
use tokio_util::sync::CancellationToken;

pub use artifact::Artifact;
pub use check::{Check, Rejection, Verdict};
pub use description::Description;
pub use event::RunEvent;
pub use fault::{Code, Fault};
pub use inputs::Inputs;
pub use report::{RunId, RunReport, Status};

/// Is told how far something slow is, 0 to 100.
pub type Tell<'a> = &'a (dyn Fn(u8) + Send + Sync);

/// A preset prompt pipeline: one task that a person can hand over.
#[async_trait]
pub trait Assistant: Send + Sync {
    /// What it is, what it wants to be told, and how its form reads.
    fn description(&self) -> &Description;

    /// Gathers the facts with code and returns the task ready for drafting. `tell` is told how far
    /// it is where that takes long, such as loading a large file.
    ///
    /// `inputs` have been checked against the description already.
    ///
    /// # Errors
    /// When the inputs name something that is not there or cannot be used.
    async fn ground(
        &self,
        inputs: &Inputs,
        tell: Tell<'_>,
        cancel: &CancellationToken,
    ) -> Result<Box<dyn Task>, Fault>;
}

/// One task with its facts gathered.
#[async_trait]
pub trait Task: Send + Sync {
    /// What to do for the next draft, given what there is so far (nothing at first).
    fn plan(&self, so_far: &SoFar) -> Plan;

    /// Checks the drafts of one attempt with real tools: one, or several candidates for the same
    /// answer, the likeliest first. There is at least one.
    ///
    /// # Errors
    /// Only when the checking itself is impossible (the file vanished, the run was cancelled);
    /// bad drafts are a [`Verdict`] that did not pass.
    async fn check(&self, drafts: &[String], cancel: &CancellationToken) -> Result<Verdict, Fault>;
}

/// The course of a run up to its next draft.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SoFar {
    /// The attempts that failed.
    pub failed: Vec<Attempt>,
    /// Candidates of the present attempt among which no choice could be made yet.
    pub undecided: Vec<String>,
}

/// Where the next draft comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum Plan {
    /// From the model.
    Ask(model::Prompt),
    /// Several candidates for the same answer, from the model.
    Several(model::Prompt, model::Candidates),
    /// From the person, word for word; no model is involved and nothing is repaired.
    Given(String),
}

/// A draft that did not pass, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt {
    /// What the model wrote.
    pub draft: String,
    /// What the checks found, in words meant for the model.
    pub feedback: String,
}
