//! One run of a preset: what to ask, and what the answers are worth.

use std::cmp::Reverse;
use std::sync::Arc;

use assistant::{Answer, Check, Code, Fault, Inputs, Plan, Rejection, SoFar, Task, Verdict};
use async_trait::async_trait;
use model::Candidates;
use tokio_util::sync::CancellationToken;

use crate::artifact::{self, Finished};
use crate::checks::Draft;
use crate::file::PresetFile;
use crate::prompt::{Opening, Said, prompt};
use crate::tongue::Tongue;

/// One run of a preset.
#[derive(Debug)]
pub(crate) struct PresetTask {
    pub file: Arc<PresetFile>,
    pub opening: Arc<Opening>,
    pub said: Said,
    pub inputs: Inputs,
    pub tongue: Tongue,
    /// The answer, where code can read it out of the person's words and nobody need be asked.
    pub read: Option<String>,
}

/// Below this share of the candidates as many again are asked for.
const SURE: f64 = 0.7;

/// Candidates there are in the end, at most.
const ALL: usize = 8;

/// How many voices one doubt outweighs.
const DOUBT: f64 = 1.5;

/// A candidate that was looked at.
struct Seen {
    finished: Finished,
    /// How many candidates amount to the same, itself included.
    votes: usize,
}

impl Seen {
    /// Its votes, less what speaks against it.
    #[expect(
        clippy::cast_precision_loss,
        reason = "there are at most 8 candidates, and a handful of doubts"
    )]
    fn weight(&self) -> f64 {
        self.votes as f64 - DOUBT * self.finished.doubts as f64
    }
}

impl PresetTask {
    fn look(&self, answer: &str) -> Finished {
        artifact::finish(&Draft {
            file: &self.file,
            answer,
            inputs: &self.inputs,
            tongue: self.tongue,
        })
    }

    /// The candidate that passed most checks; among those, the one that most others agree with,
    /// less what speaks against it; among those, the likeliest.
    fn best(&self, texts: &[String]) -> Option<(Finished, Option<f64>)> {
        let mut seen: Vec<Seen> = texts
            .iter()
            .map(|text| Seen {
                finished: self.look(text),
                votes: 0,
            })
            .collect();
        let keys: Vec<String> = seen.iter().map(|one| one.finished.key.clone()).collect();
        for (one, key) in seen.iter_mut().zip(&keys) {
            one.votes = keys.iter().filter(|other| *other == key).count();
        }
        let several = seen.len() > 1;
        let all = seen.len();
        let mut best: Option<Seen> = None;
        for one in seen {
            let rank = |seen: &Seen| (Reverse(seen.finished.failures()), seen.weight());
            if best.as_ref().is_none_or(|best| rank(&one) > rank(best)) {
                best = Some(one);
            }
        }
        let best = best?;
        // Few people can tell 7 of 12 from 6 of 12, but everybody can tell all from some.
        #[expect(clippy::cast_precision_loss, reason = "there are at most 8 candidates")]
        let confidence = several.then(|| {
            let share = best.votes as f64 / all as f64;
            // What goes against the words of the request is no more than a guess.
            if best.finished.doubts > 0 {
                share / 2.0
            } else {
                share
            }
        });
        Some((best.finished, confidence))
    }
}

#[async_trait]
impl Task for PresetTask {
    fn needs_model(&self) -> bool {
        self.read.is_none()
    }

    fn plan(&self, so_far: &SoFar) -> Plan {
        if self.read.is_some() {
            return Plan::Nothing;
        }
        let prompt = prompt(&self.file, &self.opening, &self.said, &so_far.failed);
        match self.file.engine.candidates {
            0 | 1 => Plan::Ask(prompt),
            count => {
                let first = u32::try_from(so_far.undecided.len()).unwrap_or(count);
                Plan::Several(prompt, Candidates { first, count })
            }
        }
    }

    async fn check(
        &self,
        _: &SoFar,
        answer: &Answer,
        _: &CancellationToken,
    ) -> Result<Verdict, Fault> {
        let best = match &self.read {
            Some(read) => self.best(std::slice::from_ref(read)),
            None => self.best(answer.texts()),
        };
        let Some((finished, confidence)) = best else {
            return Err(Fault::new(Code::Internal, "There was no draft to look at."));
        };
        let rejection = finished.feedback().map(|(check, feedback)| Rejection {
            fault: rejected(check),
            feedback,
        });
        Ok(Verdict {
            checks: finished
                .found
                .iter()
                .map(|found| found.check.clone())
                .collect(),
            artifact: Some(finished.artifact),
            rejection,
            is_undecided: confidence.is_some_and(|confidence| confidence < SURE)
                && answer.texts().len() + self.file.engine.candidates as usize <= ALL,
            confidence,
            goes_on: false,
        })
    }
}

fn rejected(check: &Check) -> Fault {
    Fault::new(
        Code::NotSure,
        format!(
            "The draft did not pass the check {:?}: {}.",
            check.name, check.detail
        ),
    )
    .with("check", &check.name)
    .with("reason", &check.detail)
}
