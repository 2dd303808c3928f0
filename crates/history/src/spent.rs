//! What runs cost: tokens, added up by run, assistant, month or model.
//!
//! What a token costs in money is not known here: prices belong to services.

use assistant::report::Tokens;
use serde::Serialize;
use sqlx::SqliteConnection;

use crate::{History, HistoryError};

/// What tokens are added up by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpentBy {
    /// Every run by itself, the newest first.
    Run,
    /// Assistants.
    Assistant,
    /// Months where the program runs, the newest first.
    Month,
    /// Models.
    Model,
}

/// Tokens of some runs of one model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Spent {
    /// The run, assistant, month or model.
    pub name: String,
    /// The model that was to answer.
    pub model: String,
    /// How many runs.
    pub runs: i64,
    /// Tokens of prompts.
    pub prompt: i64,
    /// How many of them did not have to be read anew.
    pub cached: i64,
    /// Tokens of answers.
    pub output: i64,
}

impl History {
    /// Tokens of all runs that have ended, by name and model; at most `limit` lines.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn spent(&self, by: SpentBy, limit: u32) -> Result<Vec<Spent>, HistoryError> {
        let sql = match by {
            SpentBy::Run => {
                "SELECT r.id AS name, r.model, 1 AS runs, s.prompt, s.cached, s.output
                 FROM runs AS r CROSS JOIN spent AS s ON s.number = r.number
                 ORDER BY r.id DESC LIMIT ?"
            }
            SpentBy::Assistant => {
                "SELECT r.assistant AS name, r.model, count(*) AS runs,
                        sum(s.prompt) AS prompt, sum(s.cached) AS cached, sum(s.output) AS output
                 FROM spent AS s JOIN runs AS r ON r.number = s.number
                 GROUP BY 1, 2 ORDER BY 1, 2 LIMIT ?"
            }
            SpentBy::Month => {
                "SELECT strftime('%Y-%m', r.created_at, 'localtime') AS name, r.model,
                        count(*) AS runs,
                        sum(s.prompt) AS prompt, sum(s.cached) AS cached, sum(s.output) AS output
                 FROM spent AS s JOIN runs AS r ON r.number = s.number
                 GROUP BY 1, 2 ORDER BY 1 DESC, 2 LIMIT ?"
            }
            SpentBy::Model => {
                "SELECT r.model AS name, r.model, count(*) AS runs,
                        sum(s.prompt) AS prompt, sum(s.cached) AS cached, sum(s.output) AS output
                 FROM spent AS s JOIN runs AS r ON r.number = s.number
                 GROUP BY 1 ORDER BY 1 LIMIT ?"
            }
        };
        sqlx::query_as(sql)
            .bind(limit)
            .fetch_all(self.pool())
            .await
            .map_err(|error| self.unusable(&error))
    }
}

/// Writes down what a run cost.
pub(crate) async fn keep(
    change: &mut SqliteConnection,
    number: i64,
    tokens: Tokens,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT OR REPLACE INTO spent (number, prompt, cached, output) VALUES (?, ?, ?, ?)",
    )
    .bind(number)
    .bind(tokens.prompt)
    .bind(tokens.cached)
    .bind(tokens.output)
    .execute(change)
    .await?;
    Ok(())
}
