//! What is shown of a statement and its rows: the table, the words, the chart, other readings.

use assistant::Artifact;
use assistant::artifact::{QueryResult, Reading};

use super::SqlTask;
use crate::chart;
use crate::explain::{self, Dialect, Language};
use crate::sqlite::Rows;
use crate::statement::{self, Parsed};

/// Rows of another reading that are shown.
const READING_ROWS: usize = 5;

/// A statement in words.
struct Told {
    sql: String,
    explanation: Option<String>,
    headline: Option<String>,
    headings: Vec<String>,
}

impl SqlTask {
    /// What another finding would be, in short; nothing where it gives no rows.
    pub(super) fn reading(&self, sql: &str, rows: &Rows) -> Option<Reading> {
        let told = self.told(sql, rows);
        (!rows.rows.is_empty()).then(|| Reading {
            sql: told.sql,
            explanation: told.explanation,
            headline: told.headline,
            columns: rows.columns.clone(),
            headings: told.headings,
            rows: rows.rows.iter().take(READING_ROWS).cloned().collect(),
            row_count: u32::try_from(rows.rows.len()).unwrap_or(u32::MAX),
        })
    }

    pub(super) fn artifact(&self, sql: &str, result: Rows) -> Artifact {
        let told = self.told(sql, &result);
        Artifact::Query(QueryResult {
            sql: told.sql,
            dialect: self.database.dialect().to_owned(),
            chart: chart::suggest(&result),
            row_count: u32::try_from(result.rows.len()).unwrap_or(u32::MAX),
            columns: result.columns,
            headings: told.headings,
            rows: result.rows,
            truncated: result.truncated,
            explanation: told.explanation,
            headline: told.headline,
            readings: vec![],
            draft: false,
        })
    }

    /// A statement in words, by code, so that they are true. What could not be parsed stays as it is.
    fn told(&self, sql: &str, rows: &Rows) -> Told {
        let plain = Told {
            sql: sql.to_owned(),
            explanation: None,
            headline: None,
            headings: rows.columns.clone(),
        };
        let Ok(Parsed::Query(query)) = statement::parse_as(sql, self.database.dialect()) else {
            return plain;
        };
        let language = Language::of(&self.question.text);
        let dialect = Dialect::named(self.database.dialect());
        let schema = self.database.schema();
        Told {
            // What the person wrote is shown as they wrote it.
            sql: match self.statement {
                Some(_) => plain.sql,
                None => explain::format(&query),
            },
            explanation: explain::explain_for(dialect, &query, schema, language),
            headings: explain::headings(dialect, &query, schema, language, &rows.columns),
            headline: match rows.columns.is_empty() {
                true => None,
                false => explain::headline(rows, &query, language),
            },
        }
    }
}
