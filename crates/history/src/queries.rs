//! What can be asked of past runs.
//!
//! Names of runs sort by time, so the newest run is the one with the greatest name; two runs can
//! share a moment but never a name.

use assistant::driver::Step;
use assistant::{Inputs, RunId, RunReport, Status};
use model::ModelId;
use serde::{Deserialize, Serialize};
use sqlx::{QueryBuilder, Sqlite, SqliteExecutor};

use crate::decode::{self, RunRow, StepRow};
use crate::found::{self, Found};
use crate::{History, HistoryError};

/// Characters of a name's beginning that are enough to look for it.
const LEAST_PREFIX: usize = 6;

/// Characters of a trigram. The index cannot find anything shorter.
const TRIGRAM: usize = 3;

/// Stands for the newest run.
const LAST: &str = "last";

const COLUMNS_OF_SUMMARY: &str = "SELECT number, id, assistant, title, status, model, created_at, total_ms, starred FROM runs WHERE true";

pub(crate) const COLUMNS_OF_STEP: &str =
    "SELECT stage, attempt, took_ms, draft, checks, sent FROM steps WHERE run = ? ORDER BY seq";

/// A run in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct RunSummary {
    /// Its name.
    pub run: RunId,
    /// Id of the assistant.
    pub assistant: String,
    /// What was asked, in one short line.
    pub title: String,
    /// Where it stands.
    pub status: Status,
    /// Which model was to answer.
    pub model: ModelId,
    /// When it began: ISO 8601 in UTC.
    pub created_at: String,
    /// How long it took, once it has ended.
    pub total_ms: Option<u32>,
    /// Whether the person has set it apart.
    pub starred: bool,
    /// Where the words stand that were looked for; nothing where none were.
    pub found: Option<Found>,
}

/// Which runs are looked for. One that says nothing finds all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Wanted {
    /// Words that all stand in the title, the inputs or the output.
    pub words: String,
    /// Id of the assistant.
    pub assistant: Option<String>,
    /// Where they stand.
    pub status: Option<Status>,
    /// Only those that the person has set apart.
    pub starred: bool,
}

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
    /// Runs, the newest first; with `before`, those that are older than that one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn list(
        &self,
        limit: u32,
        before: Option<&RunId>,
    ) -> Result<Vec<RunSummary>, HistoryError> {
        self.find(&Wanted::default(), limit, before).await
    }

    /// Runs that hold every word of `query` in their title, inputs or output, the newest first.
    /// A query without words finds all.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn search(&self, query: &str, limit: u32) -> Result<Vec<RunSummary>, HistoryError> {
        let wanted = Wanted {
            words: query.to_owned(),
            ..Wanted::default()
        };
        self.find(&wanted, limit, None).await
    }

    /// Runs that are as wanted, the newest first; with `before`, those that are older than that one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn find(
        &self,
        wanted: &Wanted,
        limit: u32,
        before: Option<&RunId>,
    ) -> Result<Vec<RunSummary>, HistoryError> {
        let mut query = QueryBuilder::new(COLUMNS_OF_SUMMARY);
        if let Some(before) = before {
            query.push(" AND id < ").push_bind(&before.0);
        }
        if let Some(assistant) = &wanted.assistant {
            query.push(" AND assistant = ").push_bind(assistant);
        }
        if let Some(status) = wanted.status {
            query.push(" AND status = ").push_bind(decode::word(status));
        }
        if wanted.starred {
            query.push(" AND starred <> 0");
        }
        let words = words(&wanted.words);
        if !words.is_empty() {
            having(&mut query, &words);
        }
        query.push(" ORDER BY id DESC LIMIT ").push_bind(limit);
        let rows: Vec<SummaryRow> = query
            .build_query_as()
            .fetch_all(self.pool())
            .await
            .map_err(|error| self.unusable(&error))?;
        let mut summaries = Vec::with_capacity(rows.len());
        for row in rows {
            let number = row.number;
            let mut summary = RunSummary::from(row);
            if !words.is_empty() {
                summary.found = Some(self.found(number, &summary.title, &words).await?);
            }
            summaries.push(summary);
        }
        Ok(summaries)
    }

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

    async fn found(&self, number: i64, title: &str, words: &[&str]) -> Result<Found, HistoryError> {
        let texts: Option<(Option<String>, Option<String>)> =
            sqlx::query_as("SELECT output, inputs FROM runs_text WHERE rowid = ?")
                .bind(number)
                .fetch_optional(self.pool())
                .await
                .map_err(|error| self.unusable(&error))?;
        let (output, inputs) = texts.unwrap_or_default();
        let texts = [output.unwrap_or_default(), inputs.unwrap_or_default()];
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        Ok(found::found(title, &texts, words))
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
        let found = self.beginning_with(name).await?;
        match found.as_slice() {
            [run, ..] if run.0.eq_ignore_ascii_case(name) => Ok(run.clone()),
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

    /// At most two, which is enough to know whether there is one; the shortest name first.
    async fn beginning_with(&self, prefix: &str) -> Result<Vec<RunId>, HistoryError> {
        let names: Vec<String> = sqlx::query_scalar(
            "SELECT id FROM runs WHERE id LIKE ? ESCAPE '\\' ORDER BY length(id), id LIMIT 2",
        )
        .bind(beginning(prefix))
        .fetch_all(self.pool())
        .await
        .map_err(|error| self.unusable(&error))?;
        Ok(names.into_iter().map(RunId).collect())
    }
}

/// Asks for runs with all of these words.
fn having(query: &mut QueryBuilder<Sqlite>, words: &[&str]) {
    query.push(" AND number IN (SELECT rowid FROM runs_text WHERE true");
    let (long, short): (Vec<&str>, Vec<&str>) = words
        .iter()
        .partition(|word| word.chars().count() >= TRIGRAM);
    if !long.is_empty() {
        query.push(" AND runs_text MATCH ").push_bind(quoted(&long));
    }
    for word in short {
        query
            .push(" AND title || char(10) || inputs || char(10) || coalesce(output, '') LIKE ")
            .push_bind(containing(word))
            .push(" ESCAPE '\\'");
    }
    query.push(")");
}

#[derive(sqlx::FromRow)]
struct SummaryRow {
    number: i64,
    id: String,
    assistant: String,
    title: String,
    status: String,
    model: String,
    created_at: String,
    total_ms: Option<u32>,
    starred: bool,
}

impl From<SummaryRow> for RunSummary {
    fn from(row: SummaryRow) -> Self {
        Self {
            run: RunId(row.id),
            assistant: row.assistant,
            title: row.title,
            status: decode::status(&row.status),
            model: ModelId(row.model),
            created_at: row.created_at,
            total_ms: row.total_ms,
            starred: row.starred,
            found: None,
        }
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

fn unknown(name: &str) -> HistoryError {
    HistoryError::RunUnknown {
        name: name.to_owned(),
    }
}

/// SQLite takes a NUL for the end of a pattern, so it separates words as a space does.
fn words(query: &str) -> Vec<&str> {
    query
        .split(|character: char| character.is_whitespace() || character == '\0')
        .filter(|word| !word.is_empty())
        .collect()
}

/// Each word as a text of the index's query language; within quotes nothing has a meaning there.
fn quoted(words: &[&str]) -> String {
    let quoted = words
        .iter()
        .map(|word| format!("\"{}\"", word.replace('"', "\"\"")));
    quoted.collect::<Vec<_>>().join(" ")
}

fn containing(text: &str) -> String {
    format!("%{}%", literally(text))
}

fn beginning(text: &str) -> String {
    format!("{}%", literally(text))
}

/// For LIKE, with `\` as the escape.
fn literally(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_")
}
