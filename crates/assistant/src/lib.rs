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

use std::time::Duration;

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

/// Is shown what there is so far while facts are gathered. It may still change and is marked as a draft.
pub type Show<'a> = &'a (dyn Fn(Artifact) + Send + Sync);

/// A preset prompt pipeline: one task that a person can hand over.
#[async_trait]
pub trait Assistant: Send + Sync {
    /// What it is, what it wants to be told, and how its form reads.
    fn description(&self) -> &Description;

    /// Which model it would rather be answered by, where the person made no choice.
    fn model(&self) -> Option<&model::ModelId> {
        None
    }

    /// What a model may read before anybody has asked: the preset with which a run with such inputs
    /// begins, and one token as the answer. Nothing where there is no preset that takes long to read.
    fn ahead(&self, inputs: &Inputs) -> Option<model::Prompt> {
        let _ = inputs;
        None
    }

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

    /// The same for whoever watches: `show` is given what there is so far, where there is something
    /// to look at before all facts are gathered (the lines of a chess engine whose depth grows).
    ///
    /// # Errors
    /// As [`Assistant::ground`].
    async fn ground_in_view(
        &self,
        inputs: &Inputs,
        tell: Tell<'_>,
        show: Show<'_>,
        cancel: &CancellationToken,
    ) -> Result<Box<dyn Task>, Fault> {
        // Most have nothing to show before they are done.
        let _ = show;
        self.ground(inputs, tell, cancel).await
    }
}

/// One task with its facts gathered.
///
/// A task takes one step or several: the sections of a page, the accounts of many entries, a move
/// and then the words for it. Each step is planned, answered, checked and if need be repaired; a
/// verdict that [goes on](Verdict::goes_on) is shown as a part while the next step is under way. A
/// task keeps nothing between the calls: what came of earlier steps is in [`SoFar`].
#[async_trait]
pub trait Task: Send + Sync {
    /// What to do for the next draft, given what there is so far (nothing at first).
    fn plan(&self, so_far: &SoFar) -> Plan;

    /// Checks what came for one attempt with real tools. `so_far` is what the plan was made from.
    ///
    /// # Errors
    /// Only when the checking itself is impossible (the file vanished, the run was cancelled);
    /// bad drafts are a [`Verdict`] that did not pass.
    async fn check(
        &self,
        so_far: &SoFar,
        answer: &Answer,
        cancel: &CancellationToken,
    ) -> Result<Verdict, Fault>;

    /// What there is to see while the answers of a [`Plan::Each`] are being written: `texts` has those
    /// that are complete, in the order of their endings. It may still change, and nobody has checked
    /// it as a whole. Nothing where there is nothing to see.
    fn glimpse(&self, so_far: &SoFar, texts: &[Option<String>]) -> Option<Artifact> {
        let _ = (so_far, texts);
        None
    }

    /// What there is to see while the answer of a [`Plan::Ask`] is being written, of which `written` is
    /// there. It is asked with every piece and gives the same again where nothing is new. What it shows
    /// holds already, though more may come: a sentence that is complete and checked, for instance.
    fn glimpse_of(&self, so_far: &SoFar, written: &str) -> Option<Artifact> {
        let _ = (so_far, written);
        None
    }

    /// Whether the run is over where the model gives no answer. Otherwise the step is checked with
    /// [`Answer::Nothing`], and the task does with code what it can.
    fn needs_model(&self) -> bool {
        true
    }
}

/// The course of a run up to its next draft.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SoFar {
    /// What came for the steps that are complete, in order.
    pub accepted: Vec<Answer>,
    /// The attempts of the present step that failed.
    pub failed: Vec<Attempt>,
    /// Candidates of the present attempt among which no choice could be made yet.
    pub undecided: Vec<String>,
    /// How long the model has worked for this run: reading and writing, without what was spent on
    /// waiting for its turn, on loading it and on reading a preset, which is read once for many runs.
    /// The driver fills it in, which alone has a clock.
    pub worked: Duration,
    /// How much of that it wrote.
    pub writing: Duration,
}

/// What came for one attempt.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The candidates for one draft, at least one, the likeliest first; or the answers to endings, in
    /// their order.
    Texts(Vec<String>),
    /// How likely each of the options is, in their order; the numbers add up to 1.
    Chances(Vec<f64>),
    /// Nothing, because nothing was asked or the model did not answer.
    Nothing,
}

impl Answer {
    /// The candidates; none where no text was asked for.
    #[must_use]
    pub fn texts(&self) -> &[String] {
        match self {
            Self::Texts(texts) => texts,
            Self::Chances(_) | Self::Nothing => &[],
        }
    }
}

/// Where the next draft comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum Plan {
    /// From the model.
    Ask(model::Prompt),
    /// Several candidates for the same answer, from the model.
    Several(model::Prompt, model::Candidates),
    /// One answer to each of several endings of one conversation, from the model, side by side.
    Each(model::Prompt, Vec<model::Ending>),
    /// How likely each of some options is, from the model.
    Choose(model::Prompt, Vec<String>),
    /// Nobody is asked: the check makes the artifact from the facts.
    Nothing,
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
