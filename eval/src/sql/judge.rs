//! From a question and what came back to a verdict.

use super::batch::Outcome;
use super::execute::{self, PATIENCE};
use super::material::{Databases, Question};
use super::score;
use crate::failure::Failure;

/// What became of one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The reference's rows.
    Right,
    /// A result was shown, and it is another one.
    OtherRows,
    /// A result was shown whose query does not run: what must never happen.
    DoesNotRun,
    /// The assistant said that it could not, or was stopped.
    NotShown,
    /// No line came back for this question.
    Missing,
}

impl Verdict {
    /// Whether the user saw a result.
    pub fn shown(self) -> bool {
        matches!(self, Self::Right | Self::OtherRows | Self::DoesNotRun)
    }
}

/// A question with its verdict.
pub struct Judgement {
    pub question: Question,
    pub outcome: Outcome,
    pub verdict: Verdict,
    /// Why it is wrong, in a few words; empty when it is right.
    pub reason: String,
}

/// Judges one question. Only a reference that does not run is an error.
pub fn judge(
    question: Question,
    outcome: Option<Outcome>,
    databases: &Databases,
) -> Result<Judgement, Failure> {
    let (outcome, missing) = match outcome {
        Some(outcome) => (outcome, false),
        None => (Outcome::default(), true),
    };
    let (verdict, reason) = match outcome.shown_sql() {
        Some(sql) => compare(&question, sql, databases)?,
        None if missing => (Verdict::Missing, "no result came back".into()),
        None => (Verdict::NotShown, not_shown(&outcome)),
    };
    Ok(Judgement {
        question,
        outcome,
        verdict,
        reason,
    })
}

fn compare(
    question: &Question,
    sql: &str,
    databases: &Databases,
) -> Result<(Verdict, String), Failure> {
    let database = databases.path(&question.database);
    let gold =
        execute::run(&database, &question.gold, PATIENCE).map_err(|source| Failure::Reference {
            id: question.id.clone(),
            source,
        })?;
    let ours = match execute::run(&database, sql, PATIENCE) {
        Ok(answer) => answer,
        Err(error) => return Ok((Verdict::DoesNotRun, error.to_string())),
    };
    if score::same(&gold, &ours, question.ordered) {
        return Ok((Verdict::Right, String::new()));
    }
    let reason = format!(
        "{} rows of {} columns instead of {} of {}",
        ours.rows.len(),
        ours.columns,
        gold.rows.len(),
        gold.columns
    );
    Ok((Verdict::OtherRows, reason))
}

fn not_shown(outcome: &Outcome) -> String {
    match &outcome.error {
        Some(error) if !error.is_null() => format!("{}: {error}", outcome.status),
        _ => outcome.status.clone(),
    }
}
