//! Carries out what [`crate::run::Machine`] asks for: calls the assistant, the model and the
//! recorder, keeps the time, and tells whoever watches.
//!
//! It decides nothing about the course of a run; that is the machine's. It is the only place
//! where a run meets the clock.

mod seen;
mod spent;

use std::future::Future;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use model::{Answers, Listener, Model, ModelError, ModelId, News, Prompt};
use seen::{Seen, Way, lock};
use serde::{Deserialize, Serialize};
use spent::{Spent, millis};
use tokio_util::sync::CancellationToken;

use crate::event::{ModelState, Stage};
use crate::run::{Author, Draft, Effect, Ending, Grounded, Machine, Notice, Signal};
use crate::{
    Answer, Assistant, Check, Fault, Inputs, Plan, RunEvent, RunId, RunReport, SoFar, Status, Task,
    Verdict,
};

/// How often the text that is being written is saved, so that a crash loses little of what was seen.
const PARTIAL_INTERVAL: Duration = Duration::from_millis(500);

/// How long something that was told to stop may take before the run ends without it.
const CANCEL_GRACE: Duration = Duration::from_secs(8);

/// Keeps a run as it happens.
#[async_trait]
pub trait Record: Send + Sync {
    /// The run exists. Nothing is shown before this has succeeded.
    async fn begin(&self, start: &RunStart) -> Result<(), Fault>;
    /// The text that is being written, so far.
    async fn partial(&self, run: &RunId, text: &str) -> Result<(), Fault>;
    /// A stage is complete.
    async fn step(&self, run: &RunId, step: &Step) -> Result<(), Fault>;
    /// The run is over.
    async fn finish(&self, report: &RunReport) -> Result<(), Fault>;
}

/// A run that is about to begin.
#[derive(Debug, Clone, PartialEq)]
pub struct RunStart {
    /// The caller's own name for it.
    pub id: Option<serde_json::Value>,
    /// Name of the run.
    pub run: RunId,
    /// Id of the assistant.
    pub assistant: String,
    /// What the person filled in.
    pub inputs: Inputs,
    /// Which model is to answer.
    pub model: ModelId,
    /// Seed for the sampler.
    pub seed: Option<u32>,
}

/// A stage that is complete.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Step {
    /// Which stage.
    pub stage: Stage,
    /// Which draft it belongs to, from 1.
    pub attempt: u32,
    /// How long it took, in milliseconds.
    pub took_ms: u32,
    /// What the model or the person wrote, for a draft.
    pub draft: Option<String>,
    /// What was found, for a check.
    pub checks: Vec<Check>,
    /// What a model elsewhere was told for it, word for word; nothing where nothing left the machine.
    pub sent: Option<String>,
}

/// Everything a run needs from outside.
pub struct Surroundings<'a> {
    /// What is to be done.
    pub assistant: &'a dyn Assistant,
    /// Who answers.
    pub model: &'a dyn Model,
    /// Who keeps it.
    pub record: &'a dyn Record,
    /// Who watches.
    pub watch: &'a (dyn Fn(RunEvent) + Send + Sync),
    /// Fires when the person stops it.
    pub cancel: &'a CancellationToken,
}

/// Takes a run from its inputs to its report. It always ends with a report, which has been kept
/// and told before this returns.
pub async fn drive(around: Surroundings<'_>, start: RunStart) -> RunReport {
    let mut drive = Drive::new(&around, start);
    if let Err(fault) = drive.begin().await {
        return drive.finish(failed(fault)).await;
    }
    let mut machine = Machine::new(around.assistant.description().repair_limit);
    let mut signal = Signal::Start;
    loop {
        let mut next = None;
        for effect in machine.handle(signal) {
            match effect {
                Effect::Finish(ending) => return drive.finish(*ending).await,
                // The cancellation token has told everything under way already.
                Effect::Interrupt => {}
                Effect::Notify(notice) => drive.notify(notice),
                work => next = Some(drive.work(work).await),
            }
        }
        signal = match next {
            _ if around.cancel.is_cancelled() => Signal::Cancel,
            Some(signal) => signal,
            None => return drive.finish(failed(stuck())).await,
        };
    }
}

fn stuck() -> Fault {
    Fault::new(
        crate::Code::Internal,
        "The run came to a stand. This is a mistake in Deskhand.",
    )
}

fn failed(fault: Fault) -> Ending {
    Ending {
        status: Status::Failed,
        artifact: None,
        checks: vec![],
        confidence: None,
        repairs: 0,
        error: Some(fault),
    }
}

/// A run under way: its task, and what has been spent on it so far.
struct Drive<'a> {
    around: &'a Surroundings<'a>,
    start: RunStart,
    task: Option<Box<dyn Task>>,
    model_was_asked: bool,
    /// What has just left the machine.
    sent: Option<String>,
    spent: Spent,
}

impl<'a> Drive<'a> {
    fn new(around: &'a Surroundings<'a>, start: RunStart) -> Self {
        Self {
            around,
            start,
            task: None,
            model_was_asked: false,
            sent: None,
            spent: Spent::new(),
        }
    }

    async fn begin(&self) -> Result<(), Fault> {
        self.around.record.begin(&self.start).await?;
        self.start.inputs.check(self.around.assistant.description())
    }

    fn notify(&mut self, notice: Notice) {
        if matches!(notice, Notice::Part(_)) {
            self.spent.shown();
        }
        (self.around.watch)(match notice {
            Notice::Stage(stage, attempt) => RunEvent::Stage { stage, attempt },
            Notice::Restarted(attempt) => RunEvent::Restarted { attempt },
            Notice::Checked {
                attempt,
                checks,
                accepted,
            } => RunEvent::Checked {
                attempt,
                checks,
                accepted,
            },
            Notice::Part(artifact) => RunEvent::Part { artifact },
        });
    }

    async fn work(&mut self, effect: Effect) -> Signal {
        let began = Instant::now();
        let (signal, step) = match effect {
            Effect::Ground => {
                let result = self.ground().await;
                (Signal::Grounded(result), step(Stage::Ground, 1))
            }
            Effect::Draft {
                attempt,
                mut so_far,
            } => {
                (so_far.worked, so_far.writing) = self.spent.at_work();
                let result = self.draft(&so_far).await;
                let mut step = step(Stage::Draft, attempt);
                step.sent = self.sent.take();
                step.draft = result
                    .as_ref()
                    .ok()
                    .and_then(|draft| written(&draft.answer));
                (Signal::Drafted(result), step)
            }
            Effect::Check {
                attempt,
                mut so_far,
                answer,
            } => {
                (so_far.worked, so_far.writing) = self.spent.at_work();
                let result = self.check(&so_far, &answer).await;
                let mut step = step(Stage::Check, attempt);
                step.checks = result
                    .as_ref()
                    .map_or(vec![], |verdict| verdict.checks.clone());
                (Signal::Checked(result), step)
            }
            Effect::Notify(_) | Effect::Interrupt | Effect::Finish(_) => {
                return Signal::Cancel;
            }
        };
        self.keep(step, began).await;
        signal
    }

    /// Adds a stage to the books. A step that cannot be kept is logged: the answer matters more.
    async fn keep(&mut self, mut step: Step, began: Instant) {
        step.took_ms = millis(began.elapsed());
        self.spent.stage(step.stage, step.took_ms);
        if let Err(fault) = self.around.record.step(&self.start.run, &step).await {
            tracing::error!(run = %self.start.run, code = ?fault.code, "a step was not kept");
        }
    }

    async fn ground(&mut self) -> Result<Grounded, Fault> {
        let cancel = self.around.cancel;
        let tell = |percent: u8| (self.around.watch)(RunEvent::Grounding { percent });
        let show = |artifact: crate::Artifact| {
            let artifact = Box::new(artifact);
            (self.around.watch)(RunEvent::Glimpse { artifact });
        };
        let inputs = &self.start.inputs;
        let work = self
            .around
            .assistant
            .ground_in_view(inputs, &tell, &show, cancel);
        let task = unless_cancelled(cancel, work)
            .await
            .unwrap_or_else(|| Err(Fault::cancelled()))?;
        let needs_model = task.needs_model();
        self.task = Some(task);
        Ok(Grounded { needs_model })
    }

    async fn check(&self, so_far: &SoFar, answer: &Answer) -> Result<Verdict, Fault> {
        let cancel = self.around.cancel;
        let task = self.task.as_ref().ok_or_else(stuck)?;
        unless_cancelled(cancel, task.check(so_far, answer, cancel))
            .await
            .unwrap_or_else(|| Err(Fault::cancelled()))
    }

    async fn draft(&mut self, so_far: &SoFar) -> Result<Draft, ModelError> {
        let plan = self.task.as_ref().map(|task| task.plan(so_far));
        let answer = match plan {
            Some(Plan::Nothing) => return Ok(Draft::without_model()),
            Some(Plan::Given(text)) => {
                return Ok(Draft {
                    answer: Answer::Texts(vec![text]),
                    author: Author::Person,
                });
            }
            Some(Plan::Ask(prompt)) => Answer::Texts(self.ask(so_far, prompt, Way::One).await?),
            Some(Plan::Several(prompt, which)) => {
                Answer::Texts(self.ask(so_far, prompt, Way::Several(which)).await?)
            }
            Some(Plan::Each(prompt, endings)) => {
                Answer::Texts(self.ask(so_far, prompt, Way::Each(&endings)).await?)
            }
            Some(Plan::Choose(prompt, options)) => {
                Answer::Chances(self.choose(&prompt, &options).await?)
            }
            None => {
                return Err(ModelError::Failed {
                    detail: stuck().sentence,
                });
            }
        };
        Ok(Draft {
            answer,
            author: Author::Model,
        })
    }

    /// Notes that the model is asked, and what of it leaves the machine.
    fn asks(&mut self, prompt: &Prompt, endings: &[model::Ending]) {
        self.model_was_asked = true;
        let is_elsewhere = self.around.model.is_elsewhere();
        self.sent = is_elsewhere.then(|| spoken(prompt, endings));
    }

    async fn choose(
        &mut self,
        prompt: &Prompt,
        options: &[String],
    ) -> Result<Vec<f64>, ModelError> {
        self.asks(prompt, &[]);
        let Surroundings { model, cancel, .. } = self.around;
        let chosen = model.choose(prompt, options, cancel);
        unless_cancelled(cancel, chosen)
            .await
            .unwrap_or(Err(ModelError::Cancelled))
    }

    /// Asks the model, showing the first candidate as it is written, and answers to endings as they
    /// are complete.
    async fn ask(
        &mut self,
        so_far: &SoFar,
        mut prompt: Prompt,
        way: Way<'_>,
    ) -> Result<Vec<String>, ModelError> {
        let endings = match way {
            Way::Each(endings) => endings,
            Way::One | Way::Several(_) => &[],
        };
        self.asks(&prompt, endings);
        if let Some(seed) = self.start.seed {
            prompt.sampling.seed = seed;
        }
        let asked = Instant::now();
        let seen = Seen {
            complete: Mutex::new(vec![None; endings.len()]),
            ..Seen::default()
        };
        let sink = |news: News<'_>| self.tell(so_far, way, &seen, news);
        let answer = unless_cancelled(self.around.cancel, self.answer(&prompt, way, &sink));
        let (texts, usage, first_token_ms) = tokio::select! {
            answer = answer => answer.unwrap_or(Err(ModelError::Cancelled))?,
            never = self.save_partials(&seen.written) => match never {},
        };
        let since = lock(&seen.at_work).unwrap_or(asked);
        let wrote = lock(&seen.writing).unwrap_or(since);
        let times = (since.elapsed(), wrote.elapsed());
        self.spent.answered(usage, first_token_ms, times);
        if let Some(glimpsed) = &*lock(&seen.glimpsed) {
            self.spent.worded(glimpsed.first);
        }
        Ok(texts)
    }

    /// Passes on what a model tells while it is at work.
    fn tell(&self, so_far: &SoFar, way: Way<'_>, seen: &Seen, news: News<'_>) {
        seen.note(news);
        let watch = self.around.watch;
        match news {
            News::Piece(piece) if way.is_shown() => {
                let mut written = lock(&seen.written);
                written.push_str(piece);
                let text = piece.to_owned();
                watch(RunEvent::Token { text });
                let task = self.task.as_ref().filter(|_| matches!(way, Way::One));
                let artifact = task.and_then(|task| task.glimpse_of(so_far, &written));
                if let Some(artifact) = artifact.and_then(|artifact| seen.unseen(artifact)) {
                    watch(RunEvent::Glimpse { artifact });
                }
            }
            News::Answer { number, text } if matches!(way, Way::Each(_)) => {
                let complete = seen.with(number, text);
                let task = self.task.as_ref();
                if let Some(artifact) = task.and_then(|task| task.glimpse(so_far, &complete)) {
                    let artifact = Box::new(artifact);
                    watch(RunEvent::Glimpse { artifact });
                }
            }
            News::Piece(_) | News::Answer { .. } => {}
            News::Waiting => watch(RunEvent::Model {
                state: ModelState::Waiting,
            }),
            News::Loading { percent } => watch(RunEvent::Model {
                state: ModelState::Loading { percent },
            }),
            News::Reading { read, of, .. } => {
                let percent = u64::from(read) * 100 / u64::from(of.max(1));
                let percent = u8::try_from(percent).unwrap_or(100);
                watch(RunEvent::Model {
                    state: ModelState::Reading { percent },
                });
            }
        }
    }

    async fn answer(
        &self,
        prompt: &Prompt,
        way: Way<'_>,
        sink: Listener<'_>,
    ) -> Result<(Vec<String>, model::Usage, u64), ModelError> {
        let Surroundings { model, cancel, .. } = self.around;
        let mut answers: Answers = match way {
            Way::One => {
                let one = model.generate(prompt, sink, cancel).await?;
                return Ok((vec![one.text], one.usage, one.first_token_ms));
            }
            Way::Several(which) => model.generate_n(prompt, which, sink, cancel).await?,
            Way::Each(endings) => model.generate_each(prompt, endings, sink, cancel).await?,
        };
        answers.candidates.sort_by_key(|candidate| candidate.number);
        let texts = answers.candidates.into_iter().map(|one| one.text).collect();
        Ok((texts, answers.usage, answers.first_token_ms))
    }

    /// Saves what has been written from time to time, for ever.
    async fn save_partials(&self, written: &Mutex<String>) -> std::convert::Infallible {
        let mut saved = 0;
        loop {
            tokio::time::sleep(PARTIAL_INTERVAL).await;
            let text = lock(written).clone();
            if text.len() > saved {
                saved = text.len();
                if let Err(fault) = self.around.record.partial(&self.start.run, &text).await {
                    tracing::warn!(run = %self.start.run, code = ?fault.code, "a partial draft was not kept");
                }
            }
        }
    }

    async fn finish(&self, ending: Ending) -> RunReport {
        let report = RunReport {
            id: self.start.id.clone(),
            run: self.start.run.clone(),
            assistant: self.start.assistant.clone(),
            status: ending.status,
            artifact: ending.artifact,
            checks: ending.checks,
            confidence: ending.confidence,
            repairs: ending.repairs,
            model: self.model_was_asked.then(|| self.around.model.id().clone()),
            tokens: self.spent.tokens(),
            timings_ms: self.spent.timings(),
            error: ending.error,
        };
        if let Err(fault) = self.around.record.finish(&report).await {
            tracing::error!(run = %report.run, code = ?fault.code, "the end of a run was not kept");
        }
        (self.around.watch)(RunEvent::Ended {
            report: Box::new(report.clone()),
        });
        report
    }
}

/// Everything that a prompt says, as a person can read it.
fn spoken(prompt: &Prompt, endings: &[model::Ending]) -> String {
    let ends = endings.iter().flat_map(|ending| &ending.messages);
    let messages = prompt.messages.iter().chain(ends);
    let texts: Vec<&str> = messages.map(|message| message.text.as_str()).collect();
    texts.join("\n\n")
}

/// What came, as history keeps it.
fn written(answer: &Answer) -> Option<String> {
    match answer {
        Answer::Texts(texts) => Some(texts.join("\n\n")),
        Answer::Chances(chances) => Some(
            chances
                .iter()
                .map(|chance| format!("{chance:.3}"))
                .collect::<Vec<_>>()
                .join(" "),
        ),
        Answer::Nothing => None,
    }
}

fn step(stage: Stage, attempt: u32) -> Step {
    Step {
        stage,
        attempt,
        took_ms: 0,
        draft: None,
        checks: vec![],
        sent: None,
    }
}

/// Waits for `work`, but no longer than the grace time after a cancel. Nothing when it ran out.
async fn unless_cancelled<T>(
    cancel: &CancellationToken,
    work: impl Future<Output = T>,
) -> Option<T> {
    tokio::select! {
        biased;
        result = work => Some(result),
        () = async { cancel.cancelled().await; tokio::time::sleep(CANCEL_GRACE).await } => None,
    }
}

#[cfg(test)]
#[path = "driver_tests.rs"]
mod tests;
