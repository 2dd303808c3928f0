//! One question to one file: what to ask the model, and what its answers are worth.

mod examine;
mod present;

use assistant::artifact::Reading;
use assistant::fence::first_block;
use assistant::report::SURE;
use assistant::{Answer, Artifact, Check, Fault, Plan, Rejection, SoFar, Task, Verdict};
use async_trait::async_trait;
use model::Candidates;
use tokio_util::sync::CancellationToken;

use crate::Database;
use crate::question::Question;
use crate::sqlite::{Mention, Rows};
use crate::statement;
use crate::vote::{self, Ballot};
use crate::{SqlError, prompt};
use examine::{FITS, Found};

/// Candidates that are drafted at first. llama.cpp's kernels take tokens by fours.
const FIRST: u32 = 4;

/// Candidates in all, when the first do not agree.
const ALL: u32 = 8;

/// Other readings that are offered when it is not sure.
const READINGS: usize = 2;

/// A result that is empty, or compares with a value that is not in the data, is more often a
/// mistake than an answer.
const DOUBTFUL: f64 = 0.4;

/// A question, or a statement that the person wrote, and the file it is about.
pub struct SqlTask {
    database: Database,
    mentions: Vec<Mention>,
    question: Question,
    statement: Option<String>,
}

/// What became of one draft.
struct Examined {
    /// How many drafts were word for word this one.
    votes: usize,
    draft: String,
    checks: Vec<Check>,
    outcome: Result<Found, SqlError>,
}

impl SqlTask {
    /// `statement` in place of the question means that no model is asked.
    pub fn new(
        database: Database,
        mentions: Vec<Mention>,
        question: Question,
        statement: Option<String>,
    ) -> Self {
        Self {
            database,
            mentions,
            question,
            statement,
        }
    }

    /// Looks at every draft once, however often it was written.
    async fn examine_all(
        &self,
        drafts: &[String],
        cancel: &CancellationToken,
    ) -> Result<Vec<Examined>, Fault> {
        let mut all: Vec<Examined> = Vec::new();
        for draft in drafts {
            // The person's own text is taken as it is; a model's is looked for in its prose.
            let draft = match self.statement {
                Some(_) => statement::trimmed(draft),
                None => statement::trimmed(first_block(draft)),
            };
            if let Some(known) = all.iter_mut().find(|known| known.draft == draft) {
                known.votes += 1;
                continue;
            }
            let mut checks = Vec::new();
            let outcome = self.examine(draft, &mut checks, cancel).await;
            match outcome {
                Err(SqlError::Cancelled) => return Err(Fault::cancelled()),
                Err(error @ SqlError::Internal(_)) => return Err(error.into()),
                outcome => all.push(Examined {
                    votes: 1,
                    draft: draft.to_owned(),
                    checks,
                    outcome,
                }),
            }
        }
        Ok(all)
    }

    /// What the drafts amount to when none of them ran: the likeliest, with what is wrong with it.
    fn rejected(&self, all: Vec<Examined>) -> Option<Verdict> {
        let first = all.into_iter().next()?;
        let error = first.outcome.err()?;
        let rejection = Rejection {
            feedback: self.feedback(&first.draft, &error),
            fault: error.into(),
        };
        Some(Verdict {
            checks: first.checks,
            artifact: (!first.draft.is_empty()).then(|| self.artifact(&first.draft, nothing())),
            rejection: Some(rejection),
            confidence: None,
            is_undecided: false,
            goes_on: false,
        })
    }

    /// The finding that most drafts came to.
    fn elected(&self, all: Vec<Examined>, drafts: usize) -> Option<Verdict> {
        let mut ballots = Vec::new();
        let mut papers = Vec::new();
        for examined in all {
            if let Ok(found) = examined.outcome {
                ballots.push(Ballot {
                    votes: examined.votes,
                    weight: weight(&examined.checks, &found),
                    length: found.sql.len(),
                    rows: found.rows,
                });
                papers.push((found.sql, examined.checks));
            }
        }
        let outcome = vote::count(&ballots)?;
        let others: Vec<Reading> = outcome
            .others
            .iter()
            .take(READINGS)
            .filter_map(|place| self.reading(&papers.get(*place)?.0, &ballots.get(*place)?.rows))
            .collect();
        let Ballot { rows, weight, .. } = ballots.swap_remove(outcome.winner);
        let (sql, checks) = papers.swap_remove(outcome.winner);
        if self.statement.is_some() {
            return Some(self.accepted(checks, &sql, rows));
        }
        // How far drafts agree is no check of the answer but how far it is to be trusted; what
        // looks like a mistake is to be trusted less, however many agree on it, and so is what is
        // easily got wrong.
        let confidence = agreement(outcome.agreeing, drafts) * weight * trust(&sql);
        let mut verdict = self.accepted(checks, &sql, rows);
        if let Some(Artifact::Query(query)) = &mut verdict.artifact
            && confidence < SURE
        {
            query.readings = others;
        }
        Some(Verdict {
            confidence: Some(confidence),
            is_undecided: confidence < SURE && drafts < ALL as usize,
            ..verdict
        })
    }

    fn accepted(&self, checks: Vec<Check>, sql: &str, rows: Rows) -> Verdict {
        Verdict {
            checks,
            artifact: Some(self.artifact(sql, rows)),
            rejection: None,
            confidence: None,
            is_undecided: false,
            goes_on: false,
        }
    }
}

#[async_trait]
impl Task for SqlTask {
    fn plan(&self, so_far: &SoFar) -> Plan {
        if let Some(sql) = &self.statement {
            return Plan::Given(sql.clone());
        }
        let prompt = prompt::prompt(
            self.product(),
            self.database.schema(),
            &self.mentions,
            &self.question,
            &so_far.failed,
            &so_far.undecided,
        );
        let first = u32::try_from(so_far.undecided.len()).unwrap_or(ALL);
        let count = if first == 0 {
            FIRST
        } else {
            ALL.saturating_sub(first).max(1)
        };
        Plan::Several(prompt, Candidates { first, count })
    }

    async fn check(
        &self,
        _: &SoFar,
        answer: &Answer,
        cancel: &CancellationToken,
    ) -> Result<Verdict, Fault> {
        let drafts = answer.texts();
        let all = self.examine_all(drafts, cancel).await?;
        let any_ran = all.iter().any(|examined| examined.outcome.is_ok());
        let verdict = match any_ran {
            true => self.elected(all, drafts.len()),
            false => self.rejected(all),
        };
        verdict.ok_or_else(|| SqlError::Internal("there was no draft".to_owned()).into())
    }
}

/// How far drafts agree, from 0 to 1. Four that all say the same say less than eight, as if one more
/// had said something else.
#[expect(clippy::cast_precision_loss, reason = "there are a handful of drafts")]
fn agreement(agreeing: usize, drafts: usize) -> f64 {
    agreeing as f64 / (drafts + 1) as f64
}

/// How far drafts of such a statement are to be trusted when they agree: small models make the same
/// mistake in every draft of what is long.
fn trust(sql: &str) -> f64 {
    let words = sql.to_uppercase();
    let count = |word: &str| {
        words
            .split_whitespace()
            .filter(|one| one.contains(word))
            .count()
    };
    let joins = if count("JOIN") > 1 { 0.95 } else { 1.0 };
    let selects = if count("SELECT") > 1 { 0.9 } else { 1.0 };
    joins * selects
}

/// What speaks for a result, from 0 to 1.
fn weight(checks: &[Check], found: &Found) -> f64 {
    let has_failed = checks
        .iter()
        .any(|check| !check.passed && check.name != FITS);
    let is_nothing = found
        .rows
        .rows
        .iter()
        .flatten()
        .all(|cell| *cell == assistant::artifact::Cell::Null);
    let doubt = if has_failed || is_nothing {
        DOUBTFUL
    } else {
        1.0
    };
    doubt * found.fits
}

fn nothing() -> Rows {
    Rows {
        columns: vec![],
        rows: vec![],
        truncated: false,
    }
}
