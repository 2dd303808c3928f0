//! Lists of runs: the newest that are as wanted, a page at a time.
//!
//! A history may hold a million runs, so nothing here may look at all of them. Without words each
//! filter has an index in the order of the list. With words the search index is followed from its
//! newest entry backwards until a page is full: a word that stands in every run costs no more than one
//! that stands in few. That needs numbers in the order of names, which runs that were brought in from
//! elsewhere do not have (`late`); those are asked separately and merged in.

use std::collections::HashMap;

use assistant::{RunId, Status};
use model::ModelId;
use serde::{Deserialize, Serialize};
use sqlx::{QueryBuilder, Sqlite};

use crate::found::{self, Found};
use crate::queries::literally;
use crate::wanted::{Filter, Wanted};
use crate::{History, HistoryError, decode, pairs, text};

const COLUMNS: &str = "SELECT r.number, r.id, r.assistant, r.title, r.status, r.model, r.created_at, r.total_ms, r.starred";

/// Short words that are looked for beside long ones; the database has no room for more conditions than a
/// thousand, and nobody writes so many.
const MOST_REST: usize = 100;

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
    /// What the person calls it, in the order of letters.
    pub tags: Vec<String>,
    /// Where the words stand that were looked for; nothing where none were.
    pub found: Option<Found>,
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

    /// Runs that hold every word of `query` in their title, inputs, output or tags, the newest first.
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
    /// When a day that is wanted is none, or the file cannot be read.
    pub async fn find(
        &self,
        wanted: &Wanted,
        limit: u32,
        before: Option<&RunId>,
    ) -> Result<Vec<RunSummary>, HistoryError> {
        let filter = Filter::new(wanted, before)?;
        let words = words(&wanted.words);
        let rows = match words.is_empty() {
            true => self.listed(&filter, limit).await,
            false => self.sought(&filter, &words, limit).await,
        };
        let rows = rows.map_err(|error| self.unusable(&error))?;
        let mut tags = self.tags_of(&rows).await?;
        let mut summaries = Vec::with_capacity(rows.len());
        for row in rows {
            let number = row.number;
            let mut summary = RunSummary::from(row);
            summary.tags = tags.remove(&summary.run.0).unwrap_or_default();
            if !words.is_empty() {
                summary.found = Some(self.found(number, &summary.title, &words).await?);
            }
            summaries.push(summary);
        }
        Ok(summaries)
    }

    async fn listed(&self, filter: &Filter<'_>, limit: u32) -> sqlx::Result<Vec<SummaryRow>> {
        let mut query = QueryBuilder::new(COLUMNS);
        let order = match filter.tag() {
            Some(tag) => {
                query
                    .push(" FROM tags AS g CROSS JOIN runs AS r ON r.id = g.run WHERE g.tag = ")
                    .push_bind(tag.to_owned());
                "g.run"
            }
            None => {
                query.push(" FROM runs AS r WHERE true");
                "r.id"
            }
        };
        filter.push_span(&mut query, order);
        filter.push(&mut query, filter.tag().is_some() || filter.is_starred());
        push_end(&mut query, order, limit);
        query.build_query_as().fetch_all(self.pool()).await
    }

    async fn sought(
        &self,
        filter: &Filter<'_>,
        words: &[&str],
        limit: u32,
    ) -> sqlx::Result<Vec<SummaryRow>> {
        let search = Search::new(words);
        // Among runs in order a span of names is a span of numbers.
        let (first, last) = self.numbers(filter).await?;
        let mut query = QueryBuilder::new(COLUMNS);
        // CROSS JOIN: the index leads, in its own order, and the runs follow.
        search.push_from(
            &mut query,
            " AS t CROSS JOIN runs AS r ON r.number = t.rowid",
        );
        search.push_match(&mut query, "t.");
        query
            .push(" AND t.rowid >= ")
            .push_bind(first)
            .push(" AND t.rowid <= ")
            .push_bind(last)
            .push(" AND r.number NOT IN (SELECT number FROM late)");
        search.push_rest(&mut query);
        filter.push(&mut query, true);
        filter.push_tag(&mut query);
        push_end(&mut query, "t.rowid", limit);
        let mut rows: Vec<SummaryRow> = query.build_query_as().fetch_all(self.pool()).await?;
        rows.extend(self.sought_under_way(filter, words, limit).await?);
        let has_late: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM late)")
            .fetch_one(self.pool())
            .await?;
        if has_late {
            rows.extend(self.sought_late(filter, &search, limit).await?);
        }
        rows.sort_by(|a, b| b.id.cmp(&a.id));
        // One that another version began is in the indexes although it is under way.
        rows.dedup_by(|a, b| a.id == b.id);
        rows.truncate(limit as usize);
        Ok(rows)
    }

    /// The first and the last number, among runs in order, of those whose names are wanted.
    async fn numbers(&self, filter: &Filter<'_>) -> sqlx::Result<(i64, i64)> {
        let first = match filter.first() {
            None => Some(i64::MIN),
            Some(first) => sqlx::query_scalar(
                "SELECT number FROM runs WHERE id >= ? AND number NOT IN (SELECT number FROM late)
                 ORDER BY id LIMIT 1",
            )
            .bind(first)
            .fetch_optional(self.pool())
            .await?,
        };
        let last = match filter.end() {
            None => Some(i64::MAX),
            Some(end) => sqlx::query_scalar(
                "SELECT number FROM runs WHERE id < ? AND number NOT IN (SELECT number FROM late)
                 ORDER BY id DESC LIMIT 1",
            )
            .bind(end)
            .fetch_optional(self.pool())
            .await?,
        };
        // Where there is none, none is found.
        Ok((first.unwrap_or(i64::MAX), last.unwrap_or(i64::MIN)))
    }

    /// Runs that are under way are few and in no index; what was filled in is looked through.
    async fn sought_under_way(
        &self,
        filter: &Filter<'_>,
        words: &[&str],
        limit: u32,
    ) -> sqlx::Result<Vec<SummaryRow>> {
        let mut query = QueryBuilder::new(COLUMNS);
        query.push(", r.inputs FROM runs AS r WHERE r.status = 'running'");
        filter.push_span(&mut query, "r.id");
        filter.push(&mut query, true);
        filter.push_tag(&mut query);
        push_end(&mut query, "r.id", limit);
        let rows: Vec<UnderWay> = query.build_query_as().fetch_all(self.pool()).await?;
        let words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
        let found = rows.into_iter().filter(|one| {
            let inputs = serde_json::from_str(&one.inputs).unwrap_or_default();
            let text = text::of_inputs_and_tags(&inputs, &[]).to_lowercase();
            let title = one.row.title.to_lowercase();
            words
                .iter()
                .all(|word| text.contains(word) || title.contains(word))
        });
        Ok(found.map(|one| one.row).collect())
    }

    async fn sought_late(
        &self,
        filter: &Filter<'_>,
        search: &Search<'_>,
        limit: u32,
    ) -> sqlx::Result<Vec<SummaryRow>> {
        let mut query = QueryBuilder::new(COLUMNS);
        query.push(" FROM late CROSS JOIN runs AS r ON r.number = late.number WHERE true");
        query.push(" AND r.number IN (SELECT rowid");
        search.push_from(&mut query, "");
        search.push_match(&mut query, "");
        query.push(")");
        search.push_rest(&mut query);
        filter.push_span(&mut query, "r.id");
        filter.push(&mut query, true);
        filter.push_tag(&mut query);
        push_end(&mut query, "r.id", limit);
        query.build_query_as().fetch_all(self.pool()).await
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

    async fn tags_of(
        &self,
        rows: &[SummaryRow],
    ) -> Result<HashMap<String, Vec<String>>, HistoryError> {
        let mut tags: HashMap<String, Vec<String>> = HashMap::new();
        if rows.is_empty() {
            return Ok(tags);
        }
        let mut query = QueryBuilder::<Sqlite>::new("SELECT run, tag FROM tags WHERE run IN (");
        let mut names = query.separated(", ");
        for row in rows {
            names.push_bind(row.id.clone());
        }
        query.push(") ORDER BY run, tag");
        let found: Vec<(String, String)> = query
            .build_query_as()
            .fetch_all(self.pool())
            .await
            .map_err(|error| self.unusable(&error))?;
        for (run, tag) in found {
            tags.entry(run).or_default().push(tag);
        }
        Ok(tags)
    }
}

fn push_end(query: &mut QueryBuilder<Sqlite>, order: &str, limit: u32) {
    query.push(" ORDER BY ").push(order).push(" DESC LIMIT ");
    query.push_bind(limit);
}

/// Words, and which index leads to them: that of trigrams where one of them is long enough, and else
/// that of letters and pairs.
struct Search<'a> {
    table: &'static str,
    asked: String,
    /// Short words beside long ones: they are looked for in the texts that the long ones lead to.
    rest: Vec<&'a str>,
}

impl<'a> Search<'a> {
    fn new(words: &[&'a str]) -> Self {
        let (long, short): (Vec<&str>, Vec<&str>) = words
            .iter()
            .partition(|word| word.chars().count() >= pairs::TRIGRAM);
        if long.is_empty() {
            let asked = short.iter().filter_map(|word| pairs::of_word(word));
            return Self {
                table: "runs_pairs",
                asked: quoted(asked),
                rest: vec![],
            };
        }
        let mut rest = short;
        rest.sort_unstable();
        rest.dedup();
        rest.truncate(MOST_REST);
        Self {
            table: "runs_text",
            asked: quoted(long.into_iter().map(str::to_owned)),
            rest,
        }
    }

    fn push_from(&self, query: &mut QueryBuilder<Sqlite>, join: &str) {
        query.push(" FROM ").push(self.table).push(join);
        query.push(" WHERE true");
    }

    fn push_match(&self, query: &mut QueryBuilder<Sqlite>, table: &str) {
        query.push(" AND ").push(table).push(self.table);
        query.push(" MATCH ").push_bind(self.asked.clone());
    }

    fn push_rest(&self, query: &mut QueryBuilder<Sqlite>) {
        for word in &self.rest {
            query
                .push(
                    " AND (SELECT title || char(10) || inputs || char(10) || coalesce(output, '')
                           FROM runs_text WHERE rowid = r.number) LIKE ",
                )
                .push_bind(format!("%{}%", literally(word)))
                .push(" ESCAPE '\\'");
        }
    }
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

#[derive(sqlx::FromRow)]
struct UnderWay {
    #[sqlx(flatten)]
    row: SummaryRow,
    inputs: String,
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
            tags: Vec::new(),
            found: None,
        }
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
fn quoted(words: impl Iterator<Item = String>) -> String {
    let quoted = words.map(|word| format!("\"{}\"", word.replace('"', "\"\"")));
    quoted.collect::<Vec<_>>().join(" ")
}
