//! What can be asked of one past run; lists are in `find`.
//!
//! Names of runs sort by time, so the newest run is the one with the greatest name; two runs can
//! share a moment but never a name.

use assistant::driver::Step;
use assistant::{Inputs, RunId, RunReport};
use serde::{Deserialize, Serialize};
use sqlx::SqliteExecutor;

use crate::decode::{self, RunRow, StepRow};
use crate::{History, HistoryError};

/// Characters of a name's beginning that are enough to look for it.
const LEAST_PREFIX: usize = 6;

/// Stands for the newest run.
const LAST: &str = "last";

pub(crate) const COLUMNS_OF_STEP: &str =
    "SELECT stage, attempt, took_ms, draft, checks, sent FROM steps WHERE run = ? ORDER BY seq";

/// All that was kept of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RunRecord {
    /// When it began: ISO 8601 in UTC.
    pub created_at: String,
    /// What the person filled in.
    pub inputs: Inputs,
    /// How it ended; what is known so far, while it is under way.
    pub report: RunReport,
    /// Its stages in order.
    pub steps: Vec<Step>,
    /// What had been written when it ended without an artifact.
    pub partial: Option<String>,
}

impl History {
    /// Sets a run apart, or puts it back.
    ///
    /// # Errors
    /// When there is no such run, or the file cannot be written.
    pub async fn star(&self, run: &RunId, starred: bool) -> Result<(), HistoryError> {
        let changed = sqlx::query("UPDATE runs SET starred = ? WHERE id = ?")
            .bind(starred)
            .bind(&run.0)
            .execute(self.pool())
            .await
            .map_err(|error| self.unusable(&error))?;
        if changed.rows_affected() == 0 {
            return Err(unknown(&run.0));
        }
        Ok(())
    }

    /// All that was kept of a run.
    ///
    /// # Errors
    /// When there is no such run, or the file cannot be read.
    pub async fn show(&self, run: &RunId) -> Result<RunRecord, HistoryError> {
        let unusable = |error: sqlx::Error| self.unusable(&error);
        let row = run_row(self.pool(), &run.0).await.map_err(unusable)?;
        let row = row.ok_or_else(|| unknown(&run.0))?;
        let steps: Vec<StepRow> = sqlx::query_as(COLUMNS_OF_STEP)
            .bind(&run.0)
            .fetch_all(self.pool())
            .await
            .map_err(unusable)?;
        let steps = decode::steps(steps);
        Ok(RunRecord {
            inputs: decode::inputs(&row),
            report: decode::report(&row, &steps),
            steps,
            created_at: row.created_at,
            partial: row.partial,
        })
    }

    /// The run that a person means: by its name, by the beginning of it, or by the word `last`.
    ///
    /// # Errors
    /// When that names no run or more than one, or the file cannot be read.
    pub async fn resolve(&self, name: &str) -> Result<RunId, HistoryError> {
        let name = name.trim();
        if name.eq_ignore_ascii_case(LAST) {
            let newest = self.list(1, None).await?.into_iter().next();
            return newest
                .map(|summary| summary.run)
                .ok_or_else(|| unknown(name));
        }
        // Names are written in capitals; a person need not.
        let sought = name.to_ascii_uppercase();
        let found = self.beginning_with(&sought).await?;
        match found.as_slice() {
            [run, ..] if run.0 == sought => Ok(run.clone()),
            _ if name.len() < LEAST_PREFIX => Err(HistoryError::PrefixTooShort {
                prefix: name.to_owned(),
                least: LEAST_PREFIX,
            }),
            [run] => Ok(run.clone()),
            [] => Err(unknown(name)),
            _ => Err(HistoryError::RunAmbiguous {
                prefix: name.to_owned(),
            }),
        }
    }

    /// Forgets a run: its steps and its place in the search go with it.
    ///
    /// # Errors
    /// When there is no such run, or the file cannot be written.
    pub async fn delete(&self, run: &RunId) -> Result<(), HistoryError> {
        let gone = sqlx::query("DELETE FROM runs WHERE id = ?")
            .bind(&run.0)
            .execute(self.pool())
            .await
            .map_err(|error| self.unusable(&error))?;
        if gone.rows_affected() == 0 {
            return Err(unknown(&run.0));
        }
        Ok(())
    }

    /// At most two, which is enough to know whether there is one; one of exactly that name first. A
    /// range and not LIKE, which would go through every name there is.
    async fn beginning_with(&self, prefix: &str) -> Result<Vec<RunId>, HistoryError> {
        let names: Vec<String> =
            sqlx::query_scalar("SELECT id FROM runs WHERE id >= ? AND id < ? ORDER BY id LIMIT 2")
                .bind(prefix)
                // Names are digits and capitals, and all of those come before it.
                .bind(format!("{prefix}~"))
                .fetch_all(self.pool())
                .await
                .map_err(|error| self.unusable(&error))?;
        Ok(names.into_iter().map(RunId).collect())
    }
}

pub(crate) async fn run_row(
    executor: impl SqliteExecutor<'_>,
    run: &str,
) -> sqlx::Result<Option<RunRow>> {
    sqlx::query_as(
        "SELECT number, id, assistant, inputs, model, caller_id, status, created_at, report, partial
         FROM runs WHERE id = ?",
    )
    .bind(run)
    .fetch_optional(executor)
    .await
}

pub(crate) fn unknown(name: &str) -> HistoryError {
    HistoryError::RunUnknown {
        name: name.to_owned(),
    }
}

/// A text as it stands within a pattern of LIKE, with `\` as the escape.
pub(crate) fn literally(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_")
}
