//! The course of one run as a pure state machine: signals in, effects out.
//!
//! ```text
//! Ready -> Grounding -> Drafting -> Checking -> Ended
//!                          ^------ repair ---'
//!                          ^---- next step ---'
//! ```
//!
//! It performs nothing itself and holds no clock, so every course a run can take is a test of a
//! few lines. [`crate::driver`] carries the effects out and feeds the results back.

use model::ModelError;

use crate::check::Verdict;
use crate::event::Stage;
use crate::{Answer, Artifact, Attempt, Check, Code, Fault, SoFar, Status};

/// How often more candidates may be asked for in one attempt.
const MOST_WIDENINGS: u32 = 3;

/// Something that happened to the run.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "one signal is alive at a time, and boxes would hide its shape"
)]
pub enum Signal {
    /// The person asked for it.
    Start,
    /// The facts were gathered, or could not be.
    Grounded(Result<Grounded, Fault>),
    /// A draft came, or did not.
    Drafted(Result<Draft, ModelError>),
    /// The draft was looked at, or could not be.
    Checked(Result<Verdict, Fault>),
    /// The person stopped it.
    Cancel,
}

/// What the course of a run depends on once the facts are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grounded {
    /// Whether a model that gives no answer ends the run.
    pub needs_model: bool,
}

/// What came for one attempt, and from whom.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// What came.
    pub answer: Answer,
    /// From whom.
    pub author: Author,
}

/// Who wrote a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    /// The model; a draft that fails goes back to it.
    Model,
    /// The person; a draft that fails is theirs to mend.
    Person,
    /// Nobody: code has to do without a draft, and would do the same again.
    Code,
}

impl Draft {
    /// Where a model was asked in vain, or none was to be asked.
    #[must_use]
    pub fn without_model() -> Self {
        Self {
            answer: Answer::Nothing,
            author: Author::Code,
        }
    }
}

/// Something to be done for the run.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Gather the facts, then signal [`Signal::Grounded`].
    Ground,
    /// Get a draft that takes the failed ones into account, then signal [`Signal::Drafted`].
    Draft {
        /// Counts drafts from 1.
        attempt: u32,
        /// What there is so far.
        so_far: SoFar,
    },
    /// Check what came for an attempt, then signal [`Signal::Checked`].
    Check {
        /// Which attempt.
        attempt: u32,
        /// What there was before it.
        so_far: SoFar,
        /// What came: of texts all candidates, those of earlier rounds too.
        answer: Answer,
    },
    /// Tell whoever watches.
    Notify(Notice),
    /// Stop whatever is under way; its signal is no longer of interest.
    Interrupt,
    /// The run is over.
    Finish(Box<Ending>),
}

/// What whoever watches is told.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// A stage began.
    Stage(Stage, u32),
    /// The model's process died and the draft begins anew.
    Restarted(u32),
    /// A draft was checked.
    Checked {
        /// Which draft.
        attempt: u32,
        /// What was found.
        checks: Vec<Check>,
        /// Whether it may be shown.
        accepted: bool,
    },
    /// A step is complete and another follows.
    Part(Box<Artifact>),
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Ending {
    /// Done, failed or cancelled.
    pub status: Status,
    /// The answer, or the best draft.
    pub artifact: Option<Artifact>,
    /// What was checked on it.
    pub checks: Vec<Check>,
    /// How far it is to be trusted.
    pub confidence: Option<f64>,
    /// How often a draft went back to the model.
    pub repairs: u32,
    /// Why there is no answer.
    pub error: Option<Fault>,
}

#[derive(Debug, Clone, PartialEq)]
enum State {
    Ready,
    Grounding,
    /// `restarted`: this very draft has been asked for a second time after the worker died.
    Drafting {
        attempt: u32,
        restarted: bool,
    },
    Checking {
        attempt: u32,
        author: Author,
        answer: Answer,
    },
    Ended,
}

/// The course of one run.
#[derive(Debug)]
pub struct Machine {
    state: State,
    repair_limit: u32,
    so_far: SoFar,
    /// How often more candidates were asked for in this attempt.
    widenings: u32,
    needs_model: bool,
    /// Drafts that failed, of all steps.
    repairs: usize,
    /// The best of the present step.
    best: Option<Verdict>,
    /// What the complete steps amount to.
    part: Option<Verdict>,
}

impl Machine {
    /// A run that has not begun. `repair_limit`: how often a draft may go back to the model.
    #[must_use]
    pub fn new(repair_limit: u32) -> Self {
        Self {
            state: State::Ready,
            repair_limit,
            so_far: SoFar::default(),
            widenings: 0,
            needs_model: true,
            repairs: 0,
            best: None,
            part: None,
        }
    }

    /// Whether the run is over.
    #[must_use]
    pub fn is_ended(&self) -> bool {
        self.state == State::Ended
    }

    /// Takes in what happened and returns what is to be done, in order.
    ///
    /// A signal that does not belong to the state (a result that comes after a cancel) is ignored.
    pub fn handle(&mut self, signal: Signal) -> Vec<Effect> {
        match (self.state.clone(), signal) {
            (State::Ended, _) => vec![],
            (_, Signal::Cancel) => self.cancel(),
            (State::Ready, Signal::Start) => {
                self.state = State::Grounding;
                vec![
                    Effect::Notify(Notice::Stage(Stage::Ground, 1)),
                    Effect::Ground,
                ]
            }
            (State::Grounding, Signal::Grounded(Ok(grounded))) => {
                self.needs_model = grounded.needs_model;
                self.draft(1)
            }
            (State::Grounding, Signal::Grounded(Err(fault))) => self.fail(fault),
            (State::Drafting { attempt, .. }, Signal::Drafted(Ok(draft))) => {
                self.check(attempt, draft)
            }
            (State::Drafting { attempt, restarted }, Signal::Drafted(Err(error))) => {
                self.draft_failed(attempt, restarted, error)
            }
            (
                State::Checking {
                    attempt,
                    author,
                    answer,
                },
                Signal::Checked(Ok(verdict)),
            ) => self.checked(attempt, author, answer, verdict),
            (State::Checking { .. }, Signal::Checked(Err(fault))) => self.fail(fault),
            _ => vec![],
        }
    }

    fn draft(&mut self, attempt: u32) -> Vec<Effect> {
        self.state = State::Drafting {
            attempt,
            restarted: false,
        };
        vec![
            Effect::Notify(Notice::Stage(Stage::Draft, attempt)),
            self.draft_effect(attempt),
        ]
    }

    fn draft_effect(&self, attempt: u32) -> Effect {
        Effect::Draft {
            attempt,
            so_far: self.so_far.clone(),
        }
    }

    /// A worker that died is given the same draft once more; anything else ends the run.
    fn draft_failed(&mut self, attempt: u32, restarted: bool, error: ModelError) -> Vec<Effect> {
        if restarted || !error.is_worth_one_retry() {
            // While more was asked for only to be surer, there is an answer already.
            // Part of a longer course is none.
            let has_answer =
                (self.best.as_ref()).is_some_and(|best| best.is_accepted() && !best.goes_on);
            if has_answer && error != ModelError::Cancelled {
                let ending = self.ending(Status::Done, None);
                return vec![self.finish(ending)];
            }
            if !self.needs_model && error != ModelError::Cancelled {
                return self.check(attempt, Draft::without_model());
            }
            return self.fail(error.into());
        }
        self.state = State::Drafting {
            attempt,
            restarted: true,
        };
        vec![
            Effect::Notify(Notice::Restarted(attempt)),
            self.draft_effect(attempt),
        ]
    }

    fn check(&mut self, attempt: u32, draft: Draft) -> Vec<Effect> {
        let so_far = self.so_far.clone();
        let answer = match draft.answer {
            Answer::Texts(texts) => {
                self.so_far.undecided.extend(texts);
                Answer::Texts(self.so_far.undecided.clone())
            }
            other => other,
        };
        self.state = State::Checking {
            attempt,
            author: draft.author,
            answer: answer.clone(),
        };
        vec![
            Effect::Notify(Notice::Stage(Stage::Check, attempt)),
            Effect::Check {
                attempt,
                so_far,
                answer,
            },
        ]
    }

    fn checked(
        &mut self,
        attempt: u32,
        author: Author,
        answer: Answer,
        verdict: Verdict,
    ) -> Vec<Effect> {
        let notice = Effect::Notify(Notice::Checked {
            attempt,
            checks: verdict.checks.clone(),
            accepted: verdict.is_accepted(),
        });
        let may_widen = author == Author::Model && self.widenings < MOST_WIDENINGS;
        if verdict.is_accepted() && verdict.is_undecided && may_widen {
            self.widenings += 1;
            self.best = Some(verdict);
            return self.draft(attempt);
        }
        let Some(rejection) = verdict.rejection.clone() else {
            if verdict.goes_on {
                return self.next_step(notice, answer, verdict);
            }
            self.best = Some(verdict);
            let ending = self.ending(Status::Done, None);
            return vec![notice, self.finish(ending)];
        };
        self.keep_if_better(verdict);
        let mut effects = vec![notice];
        let drafts = std::mem::take(&mut self.so_far.undecided);
        effects.extend(match author {
            Author::Person | Author::Code => self.fail(rejection.fault),
            Author::Model if attempt > self.repair_limit => self.fail(not_sure(&rejection.fault)),
            Author::Model => {
                self.so_far.failed.push(Attempt {
                    draft: drafts.into_iter().next().unwrap_or_default(),
                    feedback: rejection.feedback,
                });
                self.repairs += 1;
                self.widenings = 0;
                self.draft(attempt + 1)
            }
        });
        effects
    }

    /// Leaves a complete step behind; its part is shown while the next one is under way.
    fn next_step(&mut self, notice: Effect, answer: Answer, verdict: Verdict) -> Vec<Effect> {
        let mut effects = vec![notice];
        let part = verdict.artifact.clone();
        effects.extend(part.map(|part| Effect::Notify(Notice::Part(Box::new(part)))));
        self.so_far.accepted.push(answer);
        self.so_far.failed.clear();
        self.so_far.undecided.clear();
        self.widenings = 0;
        self.best = None;
        self.part = Some(verdict);
        effects.extend(self.draft(1));
        effects
    }

    /// The best draft is the one that passed most checks; of two equal ones the later, which was
    /// written with more feedback.
    fn keep_if_better(&mut self, verdict: Verdict) {
        let passed = |verdict: &Verdict| verdict.checks.iter().filter(|check| check.passed).count();
        if self
            .best
            .as_ref()
            .is_none_or(|best| passed(&verdict) >= passed(best))
        {
            self.best = Some(verdict);
        }
    }

    fn cancel(&mut self) -> Vec<Effect> {
        let ending = self.ending(Status::Cancelled, Some(Fault::cancelled()));
        vec![Effect::Interrupt, self.finish(ending)]
    }

    fn fail(&mut self, fault: Fault) -> Vec<Effect> {
        let status = match fault.code {
            Code::Cancelled => Status::Cancelled,
            _ => Status::Failed,
        };
        let ending = self.ending(status, Some(fault));
        vec![self.finish(ending)]
    }

    fn ending(&mut self, status: Status, error: Option<Fault>) -> Ending {
        let best = self.best.take().or_else(|| self.part.take());
        let (mut artifact, checks, confidence) = match best {
            Some(verdict) => (verdict.artifact, verdict.checks, verdict.confidence),
            None => (None, vec![], None),
        };
        if let Some(artifact) = &mut artifact {
            artifact.set_draft(status != Status::Done);
        }
        Ending {
            status,
            artifact,
            checks,
            confidence: confidence.filter(|_| status == Status::Done),
            repairs: u32::try_from(self.repairs).unwrap_or(u32::MAX),
            error,
        }
    }

    fn finish(&mut self, ending: Ending) -> Effect {
        self.state = State::Ended;
        Effect::Finish(Box::new(ending))
    }
}

fn not_sure(last: &Fault) -> Fault {
    Fault::new(
        Code::NotSure,
        format!(
            "I am not sure: no draft passed its checks. The best one is kept. The last problem was: {}",
            last.sentence
        ),
    )
    .with("reason", &last.sentence)
    .with("reason_code", last.code.as_str())
}

#[cfg(test)]
#[path = "run_tests.rs"]
mod tests;
