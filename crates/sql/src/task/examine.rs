//! What one draft is worth: the checks in their order, and what code puts right before them.

use assistant::Check;
use sqlparser::ast::Query;
use tokio_util::sync::CancellationToken;

use super::SqlTask;
use crate::sqlite::{Limits, Presence, Rows};
use crate::statement::{self, Parsed};
use crate::values::{self, Comparison};
use crate::{
    SqlError, absent, columns, dates, ends, extremes, fit, flags, groups, joins, marked, mend,
    once, sets, shape, sqlite_words, totals, units, validity,
};

/// What became of the texts of a statement.
struct Values {
    /// The statement with stored spellings, when there was one to put in.
    corrected: Option<String>,
    /// What was found; nothing when no text was compared.
    check: Option<Check>,
}

/// Names of a statement that are mended at most.
const ROUNDS: usize = 12;

/// Name of the check that holds a statement against the words of the question. It is weighed by itself.
pub(super) const FITS: &str = "fits";

/// What a draft gave.
pub(super) struct Found {
    /// The statement that was run, mended where that was needed.
    pub sql: String,
    /// What it gave.
    pub rows: Rows,
    /// How well it fits the words of the question, 0 to 1.
    pub fits: f64,
}

impl SqlTask {
    /// Goes through the checks in order and stops at the first that fails.
    pub(super) async fn examine(
        &self,
        draft: &str,
        checks: &mut Vec<Check>,
        cancel: &CancellationToken,
    ) -> Result<Found, SqlError> {
        let parsed = statement::parse_as(draft, self.database.dialect());
        checks.extend(after_parsing(&parsed));
        let mut sql = draft.to_owned();
        let mut doubts = Vec::new();
        let mut fits = 1.0;
        // What the person wrote is run as it stands.
        if let (Parsed::Query(query), None) = (parsed?, &self.statement) {
            let mut query = *query;
            let written = query.clone();
            if self.mend(&mut query).await {
                let mended = query.to_string();
                // What runs as it was written must not be mended into what does not.
                let is_worse = self.database.explain(&mended).await.is_err()
                    && self.database.explain(&sql).await.is_ok();
                match is_worse {
                    true => query = written,
                    false => sql = mended,
                }
            }
            if mend::contradicts_itself(&query) {
                let detail = "one column cannot be two values at once";
                doubts.push(Check::failed("values", detail));
            }
            // A question that follows another takes back some of its words.
            if self.question.earlier.is_empty() {
                let fit = fit::fit(
                    &query,
                    &self.question.text,
                    &self.mentions,
                    self.database.schema(),
                );
                fits = fit.weight;
                doubts.push(match fit.against.as_slice() {
                    [] => Check::passed(FITS, "it does what the words ask for"),
                    against => Check::failed(FITS, against.join("; ")),
                });
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
        Ok(Found {
            sql,
            rows: result?,
            fits,
        })
    }

    /// Puts right what code can: names, tables that are joined for nothing, the order of columns.
    /// Whether anything was changed.
    async fn mend(&self, query: &mut Query) -> bool {
        let mut is_changed = joins::along_keys(query, self.database.schema());
        if self.database.dialect() == "sqlite" {
            is_changed |= sqlite_words::translate(query, self.database.schema());
        }
        let sql = query.to_string();
        is_changed |= self.with_columns_of_the_schema(query, &sql).await;
        let whole = self.question.whole();
        // Each round leaves out one table.
        for _ in 0..3 {
            let mut shorter = None;
            for candidate in mend::without_a_join(query, &whole) {
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
        is_changed |= validity::on_the_day(query, &whole, self.database.schema());
        is_changed |= ends::as_said(query, &whole, self.database.schema());
        is_changed |= self.with_sets(query, &whole).await;
        is_changed |= absent::without_empty(query, self.database.schema());
        is_changed |= absent::without_the_bare(query, &whole);
        is_changed |= self.with_flags(query, &whole).await;
        is_changed |= totals::added_up(query, &whole);
        is_changed |= totals::counted(query, &whole);
        is_changed |= self.with_groups(query, &whole).await;
        is_changed |= units::as_asked(query, &whole, self.database.schema());
        is_changed |= shape::without_figures(query, &whole);
        is_changed |= shape::with_the_figure(query, &whole);
        is_changed |= shape::each_once(query, &whole);
        is_changed |= once::listed_once(query, self.database.schema());
        is_changed |= shape::rounded(query, &whole);
        is_changed |= shape::without_constants(query, &whole);
        is_changed | mend::order_columns(query, &whole)
    }

    /// Says of sets what the question says of them, as far as the database takes that.
    async fn with_sets(&self, query: &mut Query, question: &str) -> bool {
        let mut changed = query.clone();
        let is_changed = sets::intersect(&mut changed, question)
            || sets::take_away(&mut changed, question, self.database.schema())
            || sets::turn_round(&mut changed, question);
        if !is_changed || self.database.explain(&changed.to_string()).await.is_err() {
            return false;
        }
        *query = changed;
        true
    }

    /// Says of groups, and of the one with the most, what the question says of them, as far as the
    /// database takes that.
    async fn with_groups(&self, query: &mut Query, question: &str) -> bool {
        let mut changed = query.clone();
        let mut is_changed = groups::of_groups(&mut changed, question);
        is_changed |= groups::named(&mut changed, question);
        is_changed |= extremes::of_the_one_with(&mut changed, question);
        if !is_changed || self.database.explain(&changed.to_string()).await.is_err() {
            return false;
        }
        *query = changed;
        true
    }

    /// Asks of a property that the question names, and of a value that it sets in marks, as far as the
    /// database takes that.
    async fn with_flags(&self, query: &mut Query, question: &str) -> bool {
        let mut changed = query.clone();
        let is_changed = flags::asked_for(&mut changed, question, self.database.schema())
            | marked::asked_for(&mut changed, question, &self.mentions);
        if !is_changed || self.database.explain(&changed.to_string()).await.is_err() {
            return false;
        }
        *query = changed;
        true
    }

    /// Puts columns under the alias of the table that has them, and names that are nearly right
    /// right. Whether anything was changed.
    async fn with_columns_of_the_schema(&self, query: &mut Query, sql: &str) -> bool {
        let mut sql = sql.to_owned();
        let mut is_changed = false;
        // Each round mends one name; a statement with more wrong ones than this is beyond mending.
        for _ in 0..ROUNDS {
            let Err(SqlError::Failed(message)) = self.database.explain(&sql).await else {
                break;
            };
            let schema = self.database.schema();
            let mended = columns::missing(&message).is_some_and(|missing| {
                columns::requalify(query, schema, &missing)
                    || joins::with_table_of(query, schema, &missing, 1)
                    || columns::respell(query, schema, &missing)
                    || joins::with_table_of(query, schema, &missing, 2)
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
    pub(super) fn product(&self) -> &'static str {
        match self.database.dialect() {
            "postgres" => "PostgreSQL",
            "mysql" => "MySQL",
            _ => "SQLite",
        }
    }

    /// What to tell the model about a draft that failed.
    pub(super) fn feedback(&self, draft: &str, error: &SqlError) -> String {
        match error {
            SqlError::NotOneQuery(why) => format!("Write exactly one SQL query ({why})."),
            SqlError::NotReadOnly(what) => {
                format!("Write one SELECT query; {what} is not allowed.")
            }
            SqlError::TooSlow(_) => "Write a simpler query; the last one took too long.".to_owned(),
            SqlError::Failed(message) => match columns::missing(message) {
                Some(missing) => {
                    let query = match statement::parse_as(draft, self.database.dialect()) {
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
                Presence::Absent if self.elsewhere(&mut query, comparison).await => {
                    notes.push(format!("{:?} is in another column", comparison.text));
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

    /// Compares the one column that the data has a text in, where the statement compares one that
    /// does not have it; of a code's meaning, the code. Whether it did.
    async fn elsewhere(&self, query: &mut Query, comparison: &Comparison) -> bool {
        let is_it = |text: &str| text.eq_ignore_ascii_case(&comparison.text);
        let meant = self.mentions.iter().filter(|mention| {
            is_it(&mention.value) || mention.meaning.as_deref().is_some_and(is_it)
        });
        let aliases = columns::aliases(query);
        let mut changes = Vec::new();
        for mention in meant {
            let mut names = aliases
                .iter()
                .filter(|(_, table)| table.eq_ignore_ascii_case(&mention.table));
            let alias = match (names.next(), names.next()) {
                (Some((alias, _)), None) => Some(alias.as_str()),
                _ => None,
            };
            let mut changed = query.clone();
            // A key that is called like the text it stands for needs the table that has the text.
            let is_called_the_same =
                alias.is_none() && mention.column.eq_ignore_ascii_case(&comparison.column);
            let target = match is_called_the_same {
                true => (Some(mention.table.as_str()), mention.column.as_str()),
                false => (alias, mention.column.as_str()),
            };
            if !values::compare_instead(&mut changed, comparison, target, &mention.value) {
                continue;
            }
            if is_called_the_same
                && !joins::with_table(&mut changed, self.database.schema(), &mention.table)
            {
                continue;
            }
            let sql = changed.to_string();
            self.with_columns_of_the_schema(&mut changed, &sql).await;
            if self.database.explain(&changed.to_string()).await.is_ok() {
                changes.push((alias.is_some(), changed));
            }
        }
        // A column of a table that is there already is more likely meant than one to be joined.
        changes.sort_by_key(|(is_there, _)| !is_there);
        let best = changes.first().is_some_and(|(is_there, _)| {
            changes
                .iter()
                .filter(|(other, _)| other == is_there)
                .count()
                == 1
        });
        if best {
            *query = changes.swap_remove(0).1;
        }
        best
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

fn count(rows: &Rows) -> String {
    match (rows.rows.len(), rows.truncated) {
        (1, false) => "1 row".to_owned(),
        (count, false) => format!("{count} rows"),
        (count, true) => format!("more than {count} rows"),
    }
}
