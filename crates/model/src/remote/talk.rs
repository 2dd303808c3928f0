//! One question and its answer, with as many attempts as make sense.
//!
//! An attempt is made again only while nothing of its answer was shown, because a sink cannot
//! take back what it got. Whether a run asks again after that is the run's business.

use std::time::{Duration, Instant};

use futures_util::StreamExt as _;
use reqwest::Response;

use super::allows::Allows;
use super::answer::{Answer, Delta};
use super::body::{self, Text};
use super::fault::Failure;
use super::form::{Form, Means};
use super::line::Line;
use super::wire::{self, Question};
use super::{Kind, pauses::Pauses};
use crate::{Completion, Listener, ModelError, News, Prompt, Reason};

/// Bytes that any answer may have, whatever it was allowed: heads, usage, keep-alives.
const ROOM: u64 = 1024 * 1024;
/// Bytes for each token that was allowed. The wordiest service recorded sends 300.
const BYTES_PER_TOKEN: u64 = 4096;
/// Most bytes of any answer.
const MOST: u64 = 256 * 1024 * 1024;
/// Once an answer is complete, only its usage is still of interest.
const AFTERTHOUGHT: Duration = Duration::from_secs(3);

/// How likely tokens were in the place of the first one, if that was told.
type Scores = Option<Vec<(String, f64)>>;

/// A question to be asked.
pub(super) struct Talk<'a> {
    pub line: &'a Line,
    pub model: &'a str,
    pub prompt: &'a Prompt,
    pub form: Form,
    pub scores: bool,
    pub started: Instant,
}

/// An answer, and what was learned on the way to it.
pub(super) struct Told {
    pub completion: Completion,
    pub scores: Scores,
    pub allows: Allows,
}

impl Talk<'_> {
    /// Asks until there is an answer or no sense in asking on.
    pub(super) async fn run(&self, known: Allows, sink: Listener<'_>) -> Result<Told, ModelError> {
        let (mut allows, mut keep) = (known, known);
        let mut pauses = Pauses::new(self.line.service().patience.pauses());
        loop {
            let is_live = self.form.is_shown_as_it_comes(allows.means);
            let silence = |_: News<'_>| {};
            let shown: Listener<'_> = if is_live { sink } else { &silence };
            let mut answer = Answer::new(shown, self.prompt, self.started);
            let Err(failure) = self.attempt(allows, &mut answer).await else {
                let (completion, scores) =
                    self.settle(answer, if is_live { None } else { Some(sink) })?;
                return Ok(Told {
                    completion,
                    scores,
                    allows: keep,
                });
            };
            if is_live && answer.was_shown() {
                return Err(failure.error);
            }
            if let Some(complaint) = failure.complaint.as_deref()
                && allows.learn(complaint, self.form.schema().is_some())
            {
                keep = allows.remembered(complaint, keep);
                continue;
            }
            let Some(pause) = pauses.next(&failure) else {
                return Err(failure.error);
            };
            tracing::debug!(error = %failure.error, pause_ms = pause.as_millis(), "asking once more");
            tokio::time::sleep(pause).await;
        }
    }

    async fn attempt(&self, allows: Allows, answer: &mut Answer<'_>) -> Result<(), Failure> {
        let kind = self.line.service().kind;
        let question = Question {
            model: self.model,
            prompt: self.prompt,
            form: &self.form,
            allows,
            scores: self.scores && allows.logprobs,
        };
        let response = self.line.send(&wire::ask(kind, &question)).await?;
        let is_tool = kind == Kind::Anthropic
            && allows.means == Means::Schema
            && self.form.schema().is_some();
        self.read(response, answer, is_tool).await
    }

    async fn read(
        &self,
        response: Response,
        answer: &mut Answer<'_>,
        is_tool: bool,
    ) -> Result<(), Failure> {
        let mut texts = body::texts(self.line, response, limit(self.prompt.max_tokens));
        loop {
            let is_over = answer.end().is_some();
            let next = texts.next();
            let text = if is_over {
                // Whatever becomes of the rest, the answer is whole.
                match tokio::time::timeout(AFTERTHOUGHT, next).await {
                    Ok(Some(Ok(text))) => text,
                    _ => return Ok(()),
                }
            } else {
                match next.await {
                    Some(text) => text.map_err(interrupted)?,
                    None => return Err(Failure::passing(self.line.broken_off("it has no end"))),
                }
            };
            let is_whole = matches!(text, Text::Whole(_));
            let goes_on = self.take(&text, answer, is_tool)?;
            if !goes_on || (is_whole && answer.end().is_some()) {
                return Ok(());
            }
            if is_whole {
                return Err(Failure::lasting(
                    self.line.malformed("it is JSON without an answer in it"),
                ));
            }
        }
    }

    /// Takes one text into the answer. Whether more is wanted.
    fn take(&self, text: &Text, answer: &mut Answer<'_>, is_tool: bool) -> Result<bool, Failure> {
        let kind = self.line.service().kind;
        let deltas = wire::read(kind, text, is_tool)
            .map_err(|detail| Failure::lasting(self.line.malformed(&detail)))?;
        for delta in deltas {
            if let Delta::Fault { status, detail } = &delta {
                return Err(self.line.fault(*status, detail));
            }
            if !answer.take(delta) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The completion, if the answer is what was asked for. `late` gets it in one piece, where it
    /// could not be shown as it came.
    fn settle(
        &self,
        mut answer: Answer<'_>,
        late: Option<Listener<'_>>,
    ) -> Result<(Completion, Scores), ModelError> {
        let reason = answer.close().map_err(|why| self.line.declined(&why))?;
        let text = match self.form.settle(answer.text()) {
            Ok(text) => text,
            // Cut off by its length it cannot be whole; what there is of it is handed on as such.
            Err(_) if reason == Reason::Length && late.is_none() => answer.text().to_owned(),
            Err(_) if reason == Reason::Length => {
                return Err(self.line.unfit("there was no room for all of it"));
            }
            Err(detail) => return Err(self.line.unfit(&detail)),
        };
        if let Some(sink) = late.filter(|_| !text.is_empty()) {
            sink(News::Piece(&text));
        }
        let total = self.started.elapsed();
        let completion = Completion {
            // Pieces that were shown cannot lose their fence or their space afterwards.
            text: if late.is_some() {
                text
            } else {
                answer.text().to_owned()
            },
            reason,
            usage: answer.usage(),
            first_token_ms: milliseconds(answer.first().unwrap_or(total)),
            total_ms: milliseconds(total),
        };
        Ok((completion, answer.scores().map(<[_]>::to_vec)))
    }
}

/// A connection that broke may hold the next time; silence and floods are not asked for twice.
fn interrupted(error: ModelError) -> Failure {
    match error {
        ModelError::BrokenOff { .. } => Failure::passing(error),
        error => Failure::lasting(error),
    }
}

fn limit(max_tokens: u32) -> u64 {
    (ROOM + u64::from(max_tokens) * BYTES_PER_TOKEN).min(MOST)
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
