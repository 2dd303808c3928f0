//! One question to one file: what to ask the model, and what its answers are worth.

use assistant::artifact::{QueryResult, Reading};
use assistant::fence::first_block;
use assistant::{Answer, Artifact, Check, Fault, Plan, Rejection, SoFar, Task, Verdict};
use async_trait::async_trait;
use model::Candidates;
use sqlparser::ast::Query;
use tokio_util::sync::CancellationToken;

use crate::Database;
use crate::explain::{self, Language};
use crate::sqlite::{Limits, Mention, Presence, Rows};
use crate::statement::{self, Parsed};
use crate::values::{self, Comparison};
use crate::vote::{self, Ballot};
use crate::{SqlError, chart, columns, dates, mend, prompt};

/// Candidates that are drafted at first. llama.cpp's kernels take tokens by fours.
const FIRST: u32 = 4;

/// Candidates in all, when the first do not agree.
const ALL: u32 = 8;

/// Share of the drafts that must agree for the answer to be taken without asking for more, and the
/// confidence from which on it is shown as sure.
const SURE: f64 = 0.75;

/// Other readings that are offered when it is not sure.
const READINGS: usize = 2;

/// Rows of each that are shown.
const READING_ROWS: usize = 5;

/// A result that is empty, or compares with a value that is not in the data, is more often a
/// mistake than an answer.
const DOUBTFUL: f64 = 0.4;

/// A question, or a statement that the person wrote, and the file it is about.
pub struct SqlTask {
    database: Database,
    mentions: Vec<Mention>,
    question: String,
    statement: Option<String>,
}

/// A statement in words.
struct Told {
    sql: String,
    explanation: Option<String>,
    headline: Option<String>,
}

/// What became of one draft.
struct Examined {
    /// How many drafts were word for word this one.
    votes: usize,
    draft: String,
    checks: Vec<Check>,
    outcome: Result<(String, Rows), SqlError>,
}

impl SqlTask {
    /// `statement` in place of the question means that no model is asked.
    pub fn new(
        database: Database,
        mentions: Vec<Mention>,
        question: String,
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
            if let Ok((sql, rows)) = examined.outcome {
                ballots.push(Ballot {
                    votes: examined.votes,
                    weight: weight(&examined.checks, &rows),
                    length: sql.len(),
                    rows,
                });
                papers.push((sql, examined.checks));
            }
        }
        let outcome = vote::count(&ballots)?;
        let others: Vec<Reading> = outcome
            .others
            .iter()
            .take(READINGS)
            .filter_map(|place| self.reading(&papers.get(*place)?.0, &ballots.get(*place)?.rows))
            .collect();
        let rows = ballots.swap_remove(outcome.winner).rows;
        let (sql, checks) = papers.swap_remove(outcome.winner);
        if self.statement.is_some() {
            return Some(self.accepted(checks, &sql, rows));
        }
        #[expect(clippy::cast_precision_loss, reason = "there are a handful of drafts")]
        let share = outcome.agreeing as f64 / drafts as f64;
        // How far drafts agree is no check of the answer but how far it is to be trusted; what
        // looks like a mistake is to be trusted less, however many agree on it.
        let confidence = share * weight(&checks, &rows);
        let mut verdict = self.accepted(checks, &sql, rows);
        if let Some(Artifact::Query(query)) = &mut verdict.artifact
            && confidence < SURE
        {
            query.readings = others;
        }
        Some(Verdict {
            confidence: Some(confidence),
            is_undecided: share < SURE && drafts < ALL as usize,
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

    /// What another finding would be, in short; nothing where it gives no rows.
    fn reading(&self, sql: &str, rows: &Rows) -> Option<Reading> {
        let told = self.told(sql, rows);
        (!rows.rows.is_empty()).then(|| Reading {
            sql: told.sql,
            explanation: told.explanation,
            headline: told.headline,
            columns: rows.columns.clone(),
            rows: rows.rows.iter().take(READING_ROWS).cloned().collect(),
            row_count: u32::try_from(rows.rows.len()).unwrap_or(u32::MAX),
        })
    }

    fn artifact(&self, sql: &str, result: Rows) -> Artifact {
        let told = self.told(sql, &result);
        Artifact::Query(QueryResult {
            sql: told.sql,
            dialect: self.database.dialect().to_owned(),
            chart: chart::suggest(&result),
            row_count: u32::try_from(result.rows.len()).unwrap_or(u32::MAX),
            columns: result.columns,
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
        };
        let Ok(Parsed::Query(query)) = statement::parse(sql) else {
            return plain;
        };
        let language = Language::of(&self.question);
        Told {
            // What the person wrote is shown as they wrote it.
            sql: match self.statement {
                Some(_) => plain.sql,
                None => explain::format(&query),
            },
            explanation: explain::explain(&query, self.database.schema(), language),
            headline: match rows.columns.is_empty() {
                true => None,
                false => explain::headline(rows, &query, language),
            },
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
        let mut doubts = Vec::new();
        // What the person wrote is run as it stands.
        if let (Parsed::Query(query), None) = (parsed?, &self.statement) {
            let mut query = *query;
            if self.mend(&mut query, &sql).await {
                sql = query.to_string();
            }
            if mend::contradicts_itself(&query) {
                let detail = "one column cannot be two values at once";
                doubts.push(Check::failed("values", detail));
            }
            let values = self.with_stored_spellings(query, cancel).await?;
            sql = values.corrected.unwrap_or(sql);
            doubts.extend(values.check);
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

    /// Puts right what code can: names, tables that are joined for nothing, the order of columns.
    /// Whether anything was changed.
    async fn mend(&self, query: &mut Query, sql: &str) -> bool {
        let mut is_changed = self.with_columns_of_the_schema(query, sql).await;
        // Each round leaves out one table.
        for _ in 0..3 {
            let mut shorter = None;
            for candidate in mend::without_a_join(query, &self.question) {
                // Where the table was needed after all, its columns are missing now.
                if self.database.explain(&candidate.to_string()).await.is_ok() {
                    shorter = Some(candidate);
                    break;
                }
            }
            let Some(shorter) = shorter else { break };
            *query = shorter;
            is_changed = true;
        }
        is_changed |= dates::as_iso(query, self.database.schema());
        is_changed | mend::order_columns(query, &self.question)
    }

    /// Puts columns under the alias of the table that has them, and names that are nearly right
    /// right. Whether anything was changed.
    async fn with_columns_of_the_schema(&self, query: &mut Query, sql: &str) -> bool {
        let mut sql = sql.to_owned();
        let mut is_changed = false;
        // Each round mends one name; a statement with more wrong ones than this is beyond mending.
        for _ in 0..4 {
            let Err(SqlError::Failed(message)) = self.database.explain(&sql).await else {
                break;
            };
            let schema = self.database.schema();
            let mended = columns::missing(&message).is_some_and(|missing| {
                columns::requalify(query, schema, &missing)
                    || columns::respell(query, schema, &missing)
            });
            if !mended {
                break;
            }
            is_changed = true;
            sql = query.to_string();
        }
        is_changed
    }

    /// What the model knows the database by.
    fn product(&self) -> &'static str {
        match self.database.dialect() {
            "postgres" => "PostgreSQL",
            "mysql" => "MySQL",
            _ => "SQLite",
        }
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
                None => format!("This is {0}, which says: {message}.", self.product()),
            },
            error => format!("{} says: {error}.", self.product()),
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
                Presence::Varied => {
                    values::fold(&mut query, comparison);
                    notes.push(format!("{:?} is spelt in several ways", comparison.text));
                    is_corrected = true;
                }
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
                Presence::Varied => best = found,
                Presence::Spelt(_) if best != Presence::Varied => best = found,
                Presence::Spelt(_) => {}
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

/// What speaks for a result, from 0 to 1.
fn weight(checks: &[Check], rows: &Rows) -> f64 {
    let has_failed = checks.iter().any(|check| !check.passed);
    let is_nothing = rows
        .rows
        .iter()
        .flatten()
        .all(|cell| *cell == assistant::artifact::Cell::Null);
    if has_failed || is_nothing {
        DOUBTFUL
    } else {
        1.0
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
