//! Tags: words of a person's own on runs. A tag is found by the search as what was asked is.

use assistant::RunId;
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

use crate::queries::unknown;
use crate::store::BEGIN_CHANGE;
use crate::text::{self, Seen};
use crate::{History, HistoryError};

/// Most characters of a tag.
const MOST: usize = 40;

/// A tag and how many runs have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct TagCount {
    /// The tag.
    pub tag: String,
    /// How many runs have it.
    pub runs: u32,
}

impl History {
    /// Puts a tag on a run. One that it has already stays as it was first written.
    ///
    /// # Errors
    /// When there is no such run, the tag cannot be one, or the file cannot be written.
    pub async fn tag(&self, run: &RunId, tag: &str) -> Result<(), HistoryError> {
        let tag = clean(tag)?;
        self.change_tags(
            run,
            "INSERT OR IGNORE INTO tags (run, tag) VALUES (?, ?)",
            &tag,
        )
        .await
    }

    /// Takes a tag off a run. One that it does not have is no mistake.
    ///
    /// # Errors
    /// When there is no such run, the tag cannot be one, or the file cannot be written.
    pub async fn untag(&self, run: &RunId, tag: &str) -> Result<(), HistoryError> {
        let tag = clean(tag)?;
        self.change_tags(run, "DELETE FROM tags WHERE run = ? AND tag = ?", &tag)
            .await
    }

    /// Every tag there is, in the order of letters.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn tags(&self) -> Result<Vec<TagCount>, HistoryError> {
        let counted: Vec<(String, u32)> =
            sqlx::query_as("SELECT min(tag), count(*) FROM tags GROUP BY tag ORDER BY tag")
                .fetch_all(self.pool())
                .await
                .map_err(|error| self.unusable(&error))?;
        let count = |(tag, runs)| TagCount { tag, runs };
        Ok(counted.into_iter().map(count).collect())
    }

    /// Every model that was to answer a run, in the order of letters.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn models(&self) -> Result<Vec<String>, HistoryError> {
        // From one name to the next greater one: their index is as long as the history.
        sqlx::query_scalar(
            "WITH RECURSIVE known (model) AS (
                 SELECT min(model) FROM runs
                 UNION ALL
                 SELECT (SELECT min(model) FROM runs WHERE model > known.model) FROM known
                 WHERE known.model IS NOT NULL
             )
             SELECT model FROM known WHERE model IS NOT NULL",
        )
        .fetch_all(self.pool())
        .await
        .map_err(|error| self.unusable(&error))
    }

    async fn change_tags(
        &self,
        run: &RunId,
        sql: &'static str,
        tag: &str,
    ) -> Result<(), HistoryError> {
        let changed = async {
            let mut change = self.pool().begin_with(BEGIN_CHANGE).await?;
            let number: Option<i64> = sqlx::query_scalar("SELECT number FROM runs WHERE id = ?")
                .bind(&run.0)
                .fetch_optional(&mut *change)
                .await?;
            let Some(number) = number else {
                return Ok(false);
            };
            sqlx::query(sql)
                .bind(&run.0)
                .bind(tag)
                .execute(&mut *change)
                .await?;
            make_findable(&mut change, number).await?;
            change.commit().await?;
            Ok(true)
        };
        match changed.await.map_err(|error| self.unusable(&error))? {
            true => Ok(()),
            false => Err(unknown(&run.0)),
        }
    }
}

/// Tells the search which tags a run has now. One that is under way is not in it yet.
pub(crate) async fn make_findable(change: &mut SqliteConnection, number: i64) -> sqlx::Result<()> {
    let has_ended: bool =
        sqlx::query_scalar("SELECT status <> 'running' FROM runs WHERE number = ?")
            .bind(number)
            .fetch_one(&mut *change)
            .await?;
    if !has_ended {
        return Ok(());
    }
    let mut seen = Seen::of_run(change, number).await?;
    seen.output = text::output_of(change, number).await?;
    seen.keep(change, number).await
}

/// A tag in one line, without what surrounds it.
pub(crate) fn clean(tag: &str) -> Result<String, HistoryError> {
    let words: Vec<&str> = tag.split_whitespace().collect();
    let clean = words.join(" ");
    let length = clean.chars().count();
    if length == 0 || length > MOST || clean.chars().any(char::is_control) {
        return Err(HistoryError::TagInvalid {
            tag: tag.chars().take(2 * MOST).collect(),
            most: MOST,
        });
    }
    Ok(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_one_short_line() {
        assert_eq!(clean("  tax \n 2026 ").unwrap(), "tax 2026");
        assert_eq!(clean("報稅").unwrap(), "報稅");
        let long = "x".repeat(MOST + 1);
        for tag in ["", " \t", "a\0b", long.as_str()] {
            assert!(
                matches!(clean(tag), Err(HistoryError::TagInvalid { .. })),
                "{tag:?}"
            );
        }
    }
}
