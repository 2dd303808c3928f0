//! Looking for texts in the data of a server, within a time that nobody notices.

use std::fmt::Write;
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use super::Link;
use super::address::Engine;
use super::catalogue::Catalogue;
use crate::SqlError;
use crate::sqlite::{Mention, Presence, Schema};

/// Time to look through one column for one text.
const ONE_TEXT: Duration = Duration::from_secs(2);

/// Time for the values that a question mentions: of one column, and of all.
const ONE_COLUMN: Duration = Duration::from_millis(400);
const ALL_COLUMNS: Duration = Duration::from_millis(1_500);

/// Rows of a column that are looked through for what a question mentions.
const ROWS_LOOKED_AT: usize = 100_000;

/// Values that are told of one column, and in all: more would bury those that matter.
const FROM_ONE_COLUMN: usize = 2;
const MOST: usize = 8;

pub(super) async fn lookup(
    link: &Link,
    catalogue: &Catalogue,
    (table, column): (&str, &str),
    text: &str,
    cancel: &CancellationToken,
) -> Result<Presence, SqlError> {
    let Some((table, column)) = catalogue.place(table, column) else {
        return Ok(Presence::Unknown);
    };
    let engine = link.address.engine;
    let (column, text) = (as_text(engine, &column), literal(engine, text));
    // The first is as the statement itself would compare, which may use an index.
    let stands = format!("SELECT 1 FROM {table} WHERE {column} = {text} LIMIT 1");
    if let Some(found) = sparing(link.texts(stands, ONE_TEXT, cancel).await)? {
        if !found.is_empty() {
            return Ok(Presence::Here);
        }
    } else {
        return Ok(Presence::Unknown);
    }
    let spelt = format!(
        "SELECT DISTINCT {column} FROM {table} WHERE lower(trim({column})) = lower(trim({text})) LIMIT 2"
    );
    let Some(spelt) = sparing(link.texts(spelt, ONE_TEXT, cancel).await)? else {
        return Ok(Presence::Unknown);
    };
    let mut spellings = spelt.into_iter().flatten().flatten();
    Ok(match (spellings.next(), spellings.next()) {
        (Some(spelling), None) => Presence::Spelt(spelling),
        (None, _) => Presence::Absent,
        // Two spellings: which one is meant is not ours to say.
        (Some(_), Some(_)) => Presence::Unknown,
    })
}

pub(super) async fn mentions(
    link: &Link,
    catalogue: &Catalogue,
    schema: &Schema,
    question: &str,
    cancel: &CancellationToken,
) -> Result<Vec<Mention>, SqlError> {
    let engine = link.address.engine;
    let deadline = Instant::now() + ALL_COLUMNS;
    let asked = literal(engine, question);
    let mut found = Vec::new();
    let mut columns = Vec::new();
    for table in &schema.tables {
        let texts = table
            .columns
            .iter()
            .filter(|column| !column.values.is_empty());
        columns.extend(texts.map(|column| (&table.name, &column.name)));
    }
    for (table, column) in columns {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            break;
        }
        let Some((path, name)) = catalogue.place(table, column) else {
            continue;
        };
        let name = as_text(engine, &name);
        let stands_in = match engine {
            Engine::Postgres => format!("strpos(lower({asked}), lower(value)) > 0"),
            Engine::MySql => format!("INSTR(LOWER({asked}), LOWER(value)) > 0"),
        };
        let sql = format!(
            "SELECT DISTINCT value FROM (SELECT {name} AS value FROM {path} LIMIT {ROWS_LOOKED_AT})
             AS looked_at WHERE char_length(value) BETWEEN 2 AND 60 AND {stands_in} LIMIT 12"
        );
        let time = left.min(ONE_COLUMN);
        // A column that cannot be read, or not in time, is mentioned by nobody.
        let values = sparing(link.texts(sql, time, cancel).await)?.unwrap_or_default();
        let values = values
            .into_iter()
            .flatten()
            .flatten()
            .filter(|value| is_mentioned(question, value));
        found.extend(values.take(FROM_ONE_COLUMN).map(|value| Mention {
            table: table.clone(),
            column: column.clone(),
            value,
            meaning: None,
        }));
    }
    Ok(longest(found))
}

/// A longer value says more: "New York City" before "New York".
fn longest(mut found: Vec<Mention>) -> Vec<Mention> {
    found.sort_by_key(|mention| std::cmp::Reverse(mention.value.chars().count()));
    let all: Vec<String> = found
        .iter()
        .map(|mention| mention.value.to_lowercase())
        .collect();
    found.retain(|mention| {
        let value = mention.value.to_lowercase();
        !all.iter()
            .any(|other| other.len() > value.len() && other.contains(&value))
    });
    found.truncate(MOST);
    found
}

/// Whether a value stands in a question as words of its own. Chinese has no spaces between words.
fn is_mentioned(question: &str, value: &str) -> bool {
    let value = value.trim();
    let is_short = value.is_ascii() && value.len() < 4;
    let is_number = value.chars().all(|character| character.is_ascii_digit());
    // A code such as 'ARE' is only meant where it is written as it is stored.
    if is_number || is_short && (value.len() < 3 || !question.contains(value)) {
        return false;
    }
    let (question, value) = (question.to_lowercase(), value.to_lowercase());
    let is_word = |character: char| character.is_ascii_alphanumeric() || character == '_';
    question.match_indices(&value).any(|(begin, text)| {
        let rest = &question[begin + text.len()..];
        let touches_before = question[..begin].ends_with(is_word) && text.starts_with(is_word);
        let touches_after = rest.starts_with(is_word) && text.ends_with(is_word);
        // A plural is still the word: "dogs" mentions 'dog'.
        let is_plural = rest
            .strip_prefix('s')
            .is_some_and(|rest| !rest.starts_with(is_word));
        !touches_before && (!touches_after || is_plural)
    })
}

/// Lets pass what ends the run; every other error only means that nothing is known.
fn sparing<T>(result: Result<T, SqlError>) -> Result<Option<T>, SqlError> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(
            error @ (SqlError::Cancelled
            | SqlError::Lost { .. }
            | SqlError::Unreachable { .. }
            | SqlError::Refused { .. }),
        ) => Err(error),
        Err(_) => Ok(None),
    }
}

/// A column of text, an enumeration among them, for comparing with a text.
fn as_text(engine: Engine, column: &str) -> String {
    match engine {
        Engine::Postgres => format!("{column}::text"),
        Engine::MySql => column.to_owned(),
    }
}

/// A text whose every byte is spelt out, so that no setting of the server can read it as more.
fn literal(engine: Engine, text: &str) -> String {
    let mut hex = String::with_capacity(text.len() * 2);
    for byte in text.bytes().filter(|byte| *byte != 0) {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    match engine {
        Engine::Postgres => format!("convert_from(decode('{hex}', 'hex'), 'UTF8')"),
        Engine::MySql => format!("CONVERT(X'{hex}' USING utf8mb4)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_mentioned_as_words_of_its_own() {
        for (question, value, expected) in [
            ("How many singers are from france?", "France", true),
            ("How many cats and dogs are there?", "dog", true),
            ("Which concatenation is longest?", "cat", false),
            ("Who is in the USA?", "USA", true),
            ("What are the names?", "ARE", false),
            ("住在台北的顧客有幾位？", "台北", true),
            ("After 2014, how many?", "2014", false),
            ("Flights to New York (JFK)?", "New York", true),
        ] {
            assert_eq!(
                is_mentioned(question, value),
                expected,
                "{value} in {question}"
            );
        }
    }

    #[test]
    fn a_text_is_spelt_out_in_bytes() {
        assert_eq!(
            literal(Engine::Postgres, "'\\\0"),
            "convert_from(decode('275c', 'hex'), 'UTF8')"
        );
        assert_eq!(
            literal(Engine::MySql, "客"),
            "CONVERT(X'e5aea2' USING utf8mb4)"
        );
    }
}
