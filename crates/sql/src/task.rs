//! One question to one file: what to ask the model, and what its answer is worth.

use assistant::artifact::QueryResult;
use assistant::fence::first_block;
use assistant::{Artifact, Attempt, Check, Fault, Plan, Rejection, Task, Verdict};
use async_trait::async_trait;
use sqlparser::ast::Query;
use tokio_util::sync::CancellationToken;

use crate::sqlite::{Database, Limits, Presence, Rows};
use crate::statement::{self, Parsed};
use crate::values::{self, Comparison};
use crate::{SqlError, chart, columns, prompt};

/// A question, or a statement that the person wrote, and the file it is about.
pub struct SqlTask {
    database: Database,
    question: String,
    statement: Option<String>,
}

impl SqlTask {
    /// `statement` in place of the question means that no model is asked.
    pub fn new(database: Database, question: String, statement: Option<String>) -> Self {
        Self {
            database,
            question,
            statement,
        }
    }

    /// Goes through the checks in order and stops at the first that fails.
    async fn examine(
        &self,
        draft: &str,
        checks: &mut Vec<Check>,
        cancel: &CancellationToken,
    ) -> Result<(String, Rows), SqlError> {
        let parsed = statement::parse(draft);
        checks.extend(after_parsing(&parsed));
        let mut sql = draft.to_owned();
        let mut doubts = None;
        // What the person wrote is run as it stands.
        if let (Parsed::Query(query), None) = (parsed?, &self.statement) {
            let mut query = *query;
            if self.with_columns_in_their_tables(&mut query, &sql).await {
                sql = query.to_string();
            }
            let values = self.with_stored_spellings(query, cancel).await?;
            sql = values.corrected.unwrap_or(sql);
            doubts = values.check;
        }
        let explained = self.database.explain(&sql).await;
        checks.extend(after_explaining(&explained));
        explained?;
        checks.extend(doubts);
        let result = self.database.run(&sql, Limits::default(), cancel).await;
        checks.push(match &result {
            Ok(rows) => Check::passed("runs", count(rows)),
            Err(error) => Check::failed("runs", error.to_string()),
        });
        Ok((sql, result?))
    }

    /// Puts columns under the alias of the table that has them. Whether anything was changed.
    async fn with_columns_in_their_tables(&self, query: &mut Query, sql: &str) -> bool {
        let mut sql = sql.to_owned();
        let mut is_changed = false;
        // Each round mends one name; a statement with more wrong ones than this is beyond mending.
        for _ in 0..4 {
            let Err(SqlError::Failed(message)) = self.database.explain(&sql).await else {
                break;
            };
            let mended = columns::missing(&message)
                .is_some_and(|missing| columns::requalify(query, self.database.schema(), &missing));
            if !mended {
                break;
            }
            is_changed = true;
            sql = query.to_string();
        }
        is_changed
    }

    /// What to tell the model about a draft that failed.
    fn feedback(&self, draft: &str, error: &SqlError) -> String {
        match error {
            SqlError::NotOneQuery(why) => format!("Write exactly one SQL query ({why})."),
            SqlError::NotReadOnly(what) => {
                format!("Write one SELECT query; {what} is not allowed.")
            }
            SqlError::TooSlow(_) => "Write a simpler query; the last one took too long.".to_owned(),
            SqlError::Failed(message) => match columns::missing(message) {
                Some(missing) => {
                    let query = match statement::parse(draft) {
                        Ok(Parsed::Query(query)) => Some(query),
                        _ => None,
                    };
                    columns::hint(query.as_deref(), self.database.schema(), &missing)
                }
                None => format!("This is SQLite, which says: {message}."),
            },
            error => format!("SQLite says: {error}."),
        }
    }

    /// Holds the texts of a statement against the data and puts the stored spelling in the place
    /// of another one.
    async fn with_stored_spellings(
        &self,
        mut query: Query,
        cancel: &CancellationToken,
    ) -> Result<Values, SqlError> {
        let mut notes = Vec::new();
        let mut is_absent = false;
        let mut is_corrected = false;
        let comparisons = values::comparisons(&query);
        for comparison in &comparisons {
            match self.find(&query, comparison, cancel).await? {
                Presence::Here | Presence::Unknown => {}
                Presence::Spelt(stored) => {
                    values::replace(&mut query, comparison, &stored);
                    notes.push(format!("{:?} is stored as {stored:?}", comparison.text));
                    is_corrected = true;
                }
                Presence::Absent => {
                    notes.push(format!(
                        "{} has no {:?}",
                        comparison.column, comparison.text
                    ));
                    is_absent = true;
                }
            }
        }
        let detail = match notes.as_slice() {
            [] => "every value is in the data".to_owned(),
            notes => notes.join("; "),
        };
        let check = match is_absent {
            true => Check::failed("values", detail),
            false => Check::passed("values", detail),
        };
        Ok(Values {
            corrected: is_corrected.then(|| query.to_string()),
            check: (!comparisons.is_empty()).then_some(check),
        })
    }

    /// The best that is known of a text in any column that the statement may mean.
    async fn find(
        &self,
        query: &Query,
        comparison: &Comparison,
        cancel: &CancellationToken,
    ) -> Result<Presence, SqlError> {
        let places = values::places(self.database.schema(), query, &comparison.column);
        let mut best = Presence::Unknown;
        for (table, column) in places {
            let found = self
                .database
                .lookup(table, column, &comparison.text, cancel)
                .await?;
            match found {
                Presence::Here => return Ok(found),
                Presence::Spelt(_) => best = found,
                Presence::Absent if best == Presence::Unknown => best = found,
                Presence::Absent | Presence::Unknown => {}
            }
        }
        Ok(best)
    }
}

/// What became of the texts of a statement.
struct Values {
    /// The statement with stored spellings, when there was one to put in.
    corrected: Option<String>,
    /// What was found; nothing when no text was compared.
    check: Option<Check>,
}

#[async_trait]
impl Task for SqlTask {
    fn plan(&self, failed: &[Attempt]) -> Plan {
        match &self.statement {
            Some(sql) => Plan::Given(sql.clone()),
            None => Plan::Ask(prompt::prompt(
                self.database.schema(),
                &self.question,
                failed,
            )),
        }
    }

    async fn check(&self, draft: &str, cancel: &CancellationToken) -> Result<Verdict, Fault> {
        // The person's own text is taken as it is; a model's is looked for in its prose.
        let draft = match self.statement {
            Some(_) => statement::trimmed(draft),
            None => statement::trimmed(first_block(draft)),
        };
        let mut checks = Vec::new();
        let (sql, rows, rejection) = match self.examine(draft, &mut checks, cancel).await {
            Ok((sql, rows)) => (sql, rows, None),
            Err(SqlError::Cancelled) => return Err(Fault::cancelled()),
            Err(error @ SqlError::Internal(_)) => return Err(error.into()),
            Err(error) => {
                let rejection = Rejection {
                    feedback: self.feedback(draft, &error),
                    fault: error.into(),
                };
                (draft.to_owned(), nothing(), Some(rejection))
            }
        };
        Ok(Verdict {
            checks,
            artifact: (!sql.is_empty()).then(|| artifact(&sql, rows)),
            rejection,
            confidence: None,
        })
    }
}

fn after_parsing(parsed: &Result<Parsed, SqlError>) -> Vec<Check> {
    match parsed {
        Ok(Parsed::Query(_)) => vec![Check::passed("parses", "one query")],
        Ok(Parsed::Unknown(why)) => vec![Check::passed(
            "parses",
            format!("left to the database: {why}"),
        )],
        Err(SqlError::NotReadOnly(what)) => vec![
            Check::passed("parses", "one statement"),
            Check::failed("reads-only", what),
        ],
        Err(error) => vec![Check::failed("parses", error.to_string())],
    }
}

fn after_explaining(explained: &Result<(), SqlError>) -> Vec<Check> {
    match explained {
        Ok(()) => vec![
            Check::passed("reads-only", "allowed by the database's own guard"),
            Check::passed("explains", "every name is in the schema"),
        ],
        Err(SqlError::NotReadOnly(what)) => vec![Check::failed("reads-only", what)],
        Err(error) => vec![
            Check::passed("reads-only", "nothing but reading was asked for"),
            Check::failed("explains", error.to_string()),
        ],
    }
}

fn nothing() -> Rows {
    Rows {
        columns: vec![],
        rows: vec![],
        truncated: false,
    }
}

fn count(rows: &Rows) -> String {
    match (rows.rows.len(), rows.truncated) {
        (1, false) => "1 row".to_owned(),
        (count, false) => format!("{count} rows"),
        (count, true) => format!("more than {count} rows"),
    }
}

fn artifact(sql: &str, result: Rows) -> Artifact {
    Artifact::Query(QueryResult {
        sql: sql.to_owned(),
        dialect: "sqlite".to_owned(),
        chart: chart::suggest(&result),
        row_count: u32::try_from(result.rows.len()).unwrap_or(u32::MAX),
        columns: result.columns,
        rows: result.rows,
        truncated: result.truncated,
        explanation: None,
        draft: false,
    })
}
