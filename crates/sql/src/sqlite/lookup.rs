//! Whether a text stands in a column.

use std::time::{Duration, Instant};

use rusqlite::{Connection, OptionalExtension};
use tokio_util::sync::CancellationToken;

use super::query::stop_when;
use super::{Guarded, quoted};

/// A column without an index may be long; beyond this the question is left open.
const PATIENCE: Duration = Duration::from_secs(2);

/// For what is good to know and seldom so.
const BRIEFLY: Duration = Duration::from_millis(300);

/// What is known of a text in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Presence {
    /// It stands there.
    Here,
    /// It stands there in one other spelling: other case, or white space around it.
    Spelt(String),
    /// It stands there in several spellings that differ only in case or white space around them.
    Varied,
    /// It does not stand there.
    Absent,
    /// The column is too long to look through, or cannot be read.
    Unknown,
}

pub(super) fn lookup(
    guarded: &Guarded,
    (table, column): (&str, &str),
    text: &str,
    cancel: &CancellationToken,
) -> Presence {
    let (table, column) = (quoted(table), quoted(column));
    let connection = &guarded.connection;
    let found = stop_when(connection, Some(Instant::now() + PATIENCE), cancel)
        .and_then(|()| stands(connection, &table, &column, text))
        .and_then(|stands| {
            if !stands {
                return other_spelling(connection, &table, &column, text);
            }
            // Whether it is spelt otherwise as well takes a look at every row; not for ever.
            stop_when(connection, Some(Instant::now() + BRIEFLY), cancel)?;
            let others = other_spelling(connection, &table, &column, text);
            Ok(match others {
                Ok(Presence::Varied) => Presence::Varied,
                _ => Presence::Here,
            })
        });
    found.unwrap_or(Presence::Unknown)
}

fn stands(
    connection: &Connection,
    table: &str,
    column: &str,
    text: &str,
) -> rusqlite::Result<bool> {
    connection
        .query_row(
            &format!("SELECT 1 FROM {table} WHERE {column} = ?1 LIMIT 1"),
            [text],
            |_| Ok(()),
        )
        .optional()
        .map(|row| row.is_some())
}

fn other_spelling(
    connection: &Connection,
    table: &str,
    column: &str,
    text: &str,
) -> rusqlite::Result<Presence> {
    let mut statement = connection.prepare(&format!(
        "SELECT DISTINCT {column} FROM {table}
         WHERE typeof({column}) = 'text' AND lower(trim({column})) = lower(trim(?1)) LIMIT 2"
    ))?;
    let mut spellings: Vec<String> = statement
        .query_map([text], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(match (spellings.pop(), spellings.is_empty()) {
        (Some(spelling), true) => Presence::Spelt(spelling),
        (None, _) => Presence::Absent,
        (Some(_), false) => Presence::Varied,
    })
}
