//! Keeps a run as it happens. Every call is one change that other processes see at once.
//!
//! What was kept is never judged here; a report goes in as the run gave it.

use assistant::driver::{Record, RunStart, Step};
use assistant::{Fault, RunId, RunReport};
use async_trait::async_trait;
use serde::Serialize;
use sqlx::{SqliteConnection, SqlitePool};

use crate::store::BEGIN_CHANGE;
use crate::text::Seen;
use crate::{History, HistoryError, now, spent, text};

#[async_trait]
impl Record for History {
    async fn begin(&self, start: &RunStart) -> Result<(), Fault> {
        self.note_write();
        let kept = insert_run(self.pool(), start, self.owner()).await;
        Ok(kept.map_err(|error| self.unusable(&error))?)
    }

    async fn partial(&self, run: &RunId, text: &str) -> Result<(), Fault> {
        let kept = update_partial(self.pool(), run, text).await;
        Ok(kept.map_err(|error| self.unusable(&error))?)
    }

    async fn step(&self, run: &RunId, step: &Step) -> Result<(), Fault> {
        let kept = insert_step(self.pool(), run, step).await;
        Ok(kept.map_err(|error| match &error {
            sqlx::Error::Database(reason) if reason.is_foreign_key_violation() => unknown(run),
            _ => self.unusable(&error),
        })?)
    }

    async fn finish(&self, report: &RunReport) -> Result<(), Fault> {
        self.note_write();
        let is_kept = finish_run(self.pool(), report)
            .await
            .map_err(|error| self.unusable(&error))?;
        if !is_kept {
            return Err(unknown(&report.run).into());
        }
        self.look_after();
        Ok(())
    }
}

fn unknown(run: &RunId) -> HistoryError {
    HistoryError::RunUnknown {
        name: run.0.clone(),
    }
}

async fn insert_run(pool: &SqlitePool, start: &RunStart, owner: &str) -> sqlx::Result<()> {
    let title = text::title(&start.inputs);
    let mut change = pool.begin_with(BEGIN_CHANGE).await?;
    let is_late = is_late(&mut change, &start.run.0).await?;
    let added = sqlx::query(
        "INSERT INTO runs (id, assistant, title, inputs, model, seed, caller_id, owner, status, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'running', ?)",
    )
    .bind(&start.run.0)
    .bind(&start.assistant)
    .bind(title)
    .bind(json(&start.inputs)?)
    .bind(&start.model.0)
    .bind(start.seed)
    .bind(start.id.as_ref().map(json).transpose()?)
    .bind(owner)
    .bind(now())
    .execute(&mut *change)
    .await?;
    let number = added.last_insert_rowid();
    if is_late {
        mark_late(&mut change, number).await?;
    }
    change.commit().await
}

/// Whether a run of that name is older than one that is here already.
pub(crate) async fn is_late(change: &mut SqliteConnection, run: &str) -> sqlx::Result<bool> {
    let newest: Option<String> = sqlx::query_scalar("SELECT id FROM runs ORDER BY id DESC LIMIT 1")
        .fetch_optional(change)
        .await?;
    Ok(newest.is_some_and(|newest| newest.as_str() > run))
}

/// Tells the search that a run's number is not in the order of names.
pub(crate) async fn mark_late(change: &mut SqliteConnection, number: i64) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO late (number) VALUES (?)")
        .bind(number)
        .execute(change)
        .await?;
    Ok(())
}

async fn update_partial(pool: &SqlitePool, run: &RunId, text: &str) -> sqlx::Result<()> {
    // A partial text that was on its way when the run ended comes too late.
    sqlx::query("UPDATE runs SET partial = ? WHERE id = ? AND status = 'running'")
        .bind(text)
        .bind(&run.0)
        .execute(pool)
        .await?;
    Ok(())
}

async fn insert_step(pool: &SqlitePool, run: &RunId, step: &Step) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO steps (run, seq, stage, attempt, took_ms, draft, checks, sent, at)
         SELECT ?1, coalesce(max(seq), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM steps WHERE run = ?1",
    )
    .bind(&run.0)
    .bind(step.stage.as_str())
    .bind(step.attempt)
    .bind(step.took_ms)
    .bind(&step.draft)
    .bind(json(&step.checks)?)
    .bind(&step.sent)
    .bind(now())
    .execute(pool)
    .await?;
    Ok(())
}

/// Whether there was such a run.
async fn finish_run(pool: &SqlitePool, report: &RunReport) -> sqlx::Result<bool> {
    let mut change = pool.begin_with(BEGIN_CHANGE).await?;
    // What was written in part is worth keeping only where nothing whole came of it.
    let number: Option<i64> = sqlx::query_scalar(
        "UPDATE runs SET status = ?, finished_at = ?, total_ms = ?, report = ?, error_code = ?,
                partial = CASE WHEN ? THEN NULL ELSE partial END
         WHERE id = ? RETURNING number",
    )
    .bind(json_word(&report.status)?)
    .bind(now())
    .bind(report.timings_ms.total)
    .bind(json(report)?)
    .bind(report.error.as_ref().map(|fault| fault.code.as_str()))
    .bind(report.artifact.is_some())
    .bind(&report.run.0)
    .fetch_optional(&mut *change)
    .await?;
    let Some(number) = number else {
        return Ok(false);
    };
    let mut seen = Seen::of_run(&mut change, number).await?;
    seen.output = report.artifact.as_ref().map(text::of_artifact);
    seen.keep(&mut change, number).await?;
    spent::keep(&mut change, number, report.tokens).await?;
    change.commit().await?;
    Ok(true)
}

pub(crate) fn json<T: Serialize>(value: &T) -> sqlx::Result<String> {
    serde_json::to_string(value).map_err(|error| sqlx::Error::Encode(Box::new(error)))
}

/// A value that is a single word in JSON, without its quotes.
fn json_word<T: Serialize>(value: &T) -> sqlx::Result<String> {
    Ok(json(value)?.trim_matches('"').to_owned())
}
