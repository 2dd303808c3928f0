//! One question: first the move with its proved facts, at once and by code alone; then, where a
//! model is to be asked, its words, held against the facts.

use assistant::artifact::ChessResult;
use assistant::{Answer, Artifact, Check, Code, Fault, Plan, Rejection, SoFar, Task, Verdict};
use async_trait::async_trait;
use shakmaty::{CastlingMode, Chess, Position};
use tokio_util::sync::CancellationToken;

use crate::advice::Advice;
use crate::request::Request;
use crate::words::{Judged, Language, judge, prompt};
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

    /// The words of a model as far as the facts cover them; where nothing is left, or there was no
    /// model, those of the templates.
    fn the_words(&self, text: &str) -> Verdict {
        let mut verdict = self.the_move();
        verdict.goes_on = false;
        let judged = judge(text, &self.notes(), self.request.language);
        let said = self.told_by(&judged);
        let detail = match (&said, judged.cut) {
            (None, _) => "worded by code from the facts".to_owned(),
            (Some(_), 0) => "every sentence is covered by the facts".to_owned(),
            (Some(_), cut) => format!("{cut} sentences that the facts do not cover were cut"),
        };
        verdict.checks.push(Check::passed("words", detail));
        if let (Some(Artifact::Chess(advice)), Some(said)) = (&mut verdict.artifact, said) {
            advice.explanation = said;
        }
        verdict
    }

    /// Nothing where the templates do better: what was kept must say more than the first sentence.
    fn told_by(&self, judged: &Judged) -> Option<String> {
        let best = self.advice.result.best.san.trim_end_matches(['+', '#']);
        let language = self.request.language;
        let separator = match language {
            Language::English => " ",
            Language::Traditional | Language::Simplified => "",
        };
        let mut said = judged.kept.clone();
        let lead = std::slice::from_ref(&self.advice.lead);
        let echoes = judge(&said.join(separator), lead, language).kept.len();
        let says_why = echoes < said.len();
        if said.first().is_none_or(|first| !first.contains(best)) {
            said.insert(0, self.advice.lead.clone());
        }
        says_why.then(|| said.join(separator))
    }
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
    let mut count = play(&situation.chess, std::slice::from_ref(&advice.best.san))?;
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
