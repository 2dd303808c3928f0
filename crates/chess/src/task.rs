//! One question: first the move with its proved facts, at once and by code alone; then, where a
//! model is to be asked, its words, held against the facts.

use assistant::artifact::ChessResult;
use assistant::{Answer, Artifact, Check, Code, Fault, Plan, Rejection, SoFar, Task, Verdict};
use async_trait::async_trait;
use shakmaty::{CastlingMode, Chess, Position};
use tokio_util::sync::CancellationToken;

use crate::advice::Advice;
use crate::request::Request;
use crate::words::{Judged, Language, judge, judge_complete, prompt};
use crate::{fen, notation};

/// A question with everything that code can say gathered.
pub struct ChessTask {
    advice: Advice,
    request: Request,
}

impl ChessTask {
    /// The task for what was gathered.
    pub fn new(advice: Advice, request: &Request) -> Self {
        Self {
            advice,
            request: request.clone(),
        }
    }

    /// Whether a model is to word the facts: there must be something to word.
    fn asks_a_model(&self) -> bool {
        self.request.in_words && self.request.by_model && !self.advice.told.is_empty()
    }

    /// What a model may say.
    fn notes(&self) -> Vec<String> {
        let lead = std::iter::once(self.advice.lead.clone());
        lead.chain(self.advice.told.iter().cloned()).collect()
    }

    /// The move, its lines and its facts, every move of them played once more.
    fn the_move(&self) -> Verdict {
        let mut checks = self.advice.checks.clone();
        let artifact = self.advice.result.clone();
        let rejection = match (&self.advice.flaw, replay(&artifact)) {
            (Some(error), _) => Some(error.clone().into()),
            (None, Ok(count)) => {
                let words = format!("{count} moves played on the board, all legal");
                checks.insert(0, Check::passed("legal", words));
                None
            }
            (None, Err(word)) => {
                let detail = format!("{word} is not legal");
                checks.insert(0, Check::failed("legal", detail.clone()));
                Some(
                    Fault::new(Code::Internal, "This is a mistake in Deskhand.")
                        .with("detail", detail),
                )
            }
        };
        Verdict {
            checks,
            artifact: Some(Artifact::Chess(artifact)),
            goes_on: rejection.is_none() && self.asks_a_model(),
            rejection: rejection.map(|fault| Rejection {
                fault,
                feedback: String::new(),
            }),
            confidence: None,
            is_undecided: false,
        }
    }

    /// The words of a model as far as the facts cover them, with those of the templates for what it
    /// left out; where nothing is left, or there was no model, those of the templates alone.
    fn the_words(&self, text: &str) -> Verdict {
        let mut verdict = self.the_move();
        verdict.goes_on = false;
        let judged = judge(text, &self.notes(), self.request.language);
        let said = self.told_by(&judged);
        let detail = match &said {
            None => "worded by code from the facts".to_owned(),
            Some((_, by_code)) => format!(
                "every sentence is covered by the facts: {} by the model, {by_code} by code, {} cut",
                judged.kept.len(),
                judged.cut
            ),
        };
        verdict.checks.push(Check::passed("words", detail));
        if let (Some(Artifact::Chess(advice)), Some((said, _))) = (&mut verdict.artifact, said) {
            advice.explanation = said;
        }
        verdict
    }

    /// What is said with the sentences of the model, and how many of it are the templates'. Nothing where
    /// it said no more than the first sentence does.
    fn told_by(&self, judged: &Judged) -> Option<(String, usize)> {
        let mut told = judged.kept.iter().flat_map(|kept| &kept.tells);
        told.any(|note| *note > 0).then(|| self.said_with(judged))
    }

    /// The sentences of the model, with those of the templates for what it did not tell, and how many
    /// these are.
    fn said_with(&self, judged: &Judged) -> (String, usize) {
        let notes = self.notes();
        let tells = |note: usize| judged.kept.iter().any(|kept| kept.tells.contains(&note));
        let best = self.advice.result.best.san.trim_end_matches(['+', '#']);
        let first = judged.kept.first();
        let names_it = first.is_some_and(|first| names(&first.sentence, best));
        let lead = notes.first().filter(|_| !names_it);
        let untold = notes.iter().enumerate().skip(1);
        let untold = untold.filter(|(note, _)| !tells(*note));
        let untold: Vec<&String> = untold.map(|(_, sentence)| sentence).collect();
        let by_code = untold.len() + usize::from(lead.is_some());
        // Later ones that tell nothing by themselves only say again what others say.
        let kept = judged.kept.iter().enumerate();
        let kept = kept.filter(|(index, kept)| {
            let is_lead = *index == 0 && names_it;
            is_lead || kept.tells.iter().any(|note| *note > 0)
        });
        let kept = kept.map(|(_, kept)| &kept.sentence);
        let all: Vec<&str> = lead
            .into_iter()
            .chain(kept)
            .chain(untold)
            .map(String::as_str)
            .collect();
        let separator = match self.request.language {
            Language::English => " ",
            Language::Traditional | Language::Simplified => "",
        };
        (all.join(separator), by_code)
    }
}

/// Whether a sentence has a move as a word of its own: "g3" is not in "Ng3".
fn names(sentence: &str, action: &str) -> bool {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '=');
    sentence
        .split(|letter| !is_part(letter))
        .any(|word| word == action)
}

#[async_trait]
impl Task for ChessTask {
    fn plan(&self, so_far: &SoFar) -> Plan {
        match so_far.accepted.is_empty() {
            true => Plan::Nothing,
            false => Plan::Ask(prompt::prompt(
                &self.notes(),
                self.request.language,
                self.request.level,
            )),
        }
    }

    async fn check(
        &self,
        so_far: &SoFar,
        answer: &Answer,
        _cancel: &CancellationToken,
    ) -> Result<Verdict, Fault> {
        Ok(match so_far.accepted.is_empty() {
            true => self.the_move(),
            false => self.the_words(answer.texts().first().map_or("", String::as_str)),
        })
    }

    /// The sentences that are complete and covered by the facts, with those of the templates for what the
    /// model did not come to yet.
    fn glimpse_of(&self, so_far: &SoFar, written: &str) -> Option<Artifact> {
        let notes = self.notes();
        let judged = judge_complete(written, &notes, self.request.language);
        let (explanation, by_code) = self.said_with(&judged);
        let is_anything_of_it = by_code < notes.len() && !so_far.accepted.is_empty();
        is_anything_of_it.then(|| {
            let mut advice = self.advice.result.clone();
            advice.explanation = explanation;
            Artifact::Chess(advice)
        })
    }

    fn needs_model(&self) -> bool {
        false
    }
}

/// Plays every line of an answer from its position, as anybody who doubts it would; the number of
/// moves, or the first word that is no legal move.
fn replay(advice: &ChessResult) -> Result<usize, String> {
    let mut situation = fen::parse(&advice.fen).map_err(|error| error.to_string())?;
    if advice.chess960 && situation.mode == CastlingMode::Standard {
        situation.mode = CastlingMode::Chess960;
    }
    // A report may have no mistake to show, and then no move.
    let best = std::slice::from_ref(&advice.best.san).iter();
    let best: Vec<String> = best.filter(|san| !san.is_empty()).cloned().collect();
    let mut count = play(&situation.chess, &best)?;
    for mistake in advice
        .habits
        .iter()
        .flat_map(|habits| &habits.themes)
        .flat_map(|theme| &theme.examples)
    {
        let from = fen::parse(&mistake.fen).map_err(|error| error.to_string())?;
        count += play(&from.chess, &mistake.line)?;
    }
    let candidates = advice.candidates.iter().chain(&advice.meant);
    for candidate in candidates {
        count += play(&situation.chess, &candidate.line)?;
    }
    for fact in &advice.facts {
        count += play(&situation.chess, &fact.line)?;
    }
    Ok(count)
}

fn play(from: &Chess, line: &[String]) -> Result<usize, String> {
    let mut position = from.clone();
    for word in line {
        let action = notation::parse(&position, word).ok_or_else(|| word.clone())?;
        position.play_unchecked(action);
    }
    Ok(line.len())
}

#[cfg(test)]
#[path = "task_tests.rs"]
mod tests;
