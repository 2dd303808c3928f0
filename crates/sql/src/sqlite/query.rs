//! Compiling and running one statement on a fenced connection.

use std::time::{Duration, Instant};

use assistant::artifact::Cell;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, Row, Statement};
use tokio_util::sync::CancellationToken;

use super::Guarded;
use crate::SqlError;

/// How many steps of SQLite's machine pass between two looks at the clock.
const STEPS_BETWEEN_LOOKS: i32 = 2_000;

/// How much a statement may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Longest time.
    pub time: Duration,
    /// Most rows that are kept.
    pub rows: usize,
    /// Most bytes of texts that are kept.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(20),
            rows: 10_000,
            bytes: 32 << 20,
        }
    }
}

/// What a statement gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// Whether there were more than the limits allow.
    pub truncated: bool,
}

/// Stops whatever the connection does when the time is over or the person has had enough.
pub(super) fn stop_when(
    connection: &Connection,
    deadline: Option<Instant>,
    cancel: &CancellationToken,
) -> rusqlite::Result<()> {
    let cancel = cancel.clone();
    connection.progress_handler(
        STEPS_BETWEEN_LOOKS,
        Some(move || {
            cancel.is_cancelled() || deadline.is_some_and(|deadline| Instant::now() > deadline)
        }),
    )
}

pub(super) fn explain(guarded: &Guarded, sql: &str) -> Result<(), SqlError> {
    let statement = prepare(guarded, sql)?;
    // The authorizer has seen to it already; a second, independent opinion costs nothing.
    if !statement.readonly() || statement.is_explain() != 0 || statement.column_count() == 0 {
        return Err(SqlError::NotReadOnly("anything but SELECT".to_owned()));
    }
    let plan = format!("EXPLAIN {sql}");
    prepare(guarded, &plan)?
        .query([])
        .and_then(|mut rows| rows.next().map(|_| ()))
        .map_err(|error| query_error(guarded, &error))
}

pub(super) fn run(
    guarded: &Guarded,
    sql: &str,
    limits: Limits,
    cancel: &CancellationToken,
) -> Result<Rows, SqlError> {
    let deadline = Instant::now() + limits.time;
    stop_when(&guarded.connection, Some(deadline), cancel)
        .map_err(|error| query_error(guarded, &error))?;
    let result = collect(guarded, sql, limits);
    match result {
        Err(SqlError::Cancelled) if !cancel.is_cancelled() => Err(SqlError::TooSlow(limits.time)),
        other => other,
    }
}

fn collect(guarded: &Guarded, sql: &str, limits: Limits) -> Result<Rows, SqlError> {
    let fail = |error: rusqlite::Error| query_error(guarded, &error);
    let mut statement = prepare(guarded, sql)?;
    let columns: Vec<String> = statement
        .column_names()
        .into_iter()
        .map(Into::into)
        .collect();
    let mut rows = Vec::new();
    let mut bytes = 0;
    let mut cursor = statement.query([]).map_err(fail)?;
    while let Some(row) = cursor.next().map_err(fail)? {
        if rows.len() >= limits.rows || bytes >= limits.bytes {
            return Ok(Rows {
                columns,
                rows,
                truncated: true,
            });
        }
        let cells = cells(row, columns.len()).map_err(fail)?;
        bytes += cells.iter().map(size).sum::<usize>();
        rows.push(cells);
    }
    Ok(Rows {
        columns,
        rows,
        truncated: false,
    })
}

fn prepare<'a>(guarded: &'a Guarded, sql: &str) -> Result<Statement<'a>, SqlError> {
    guarded.refused.take();
    // SQLite would read up to there and say nothing of the rest.
    if sql.contains('\0') {
        return Err(SqlError::NotOneQuery("it has a NUL character".to_owned()));
    }
    guarded
        .connection
        .prepare(sql)
        .map_err(|error| query_error(guarded, &error))
}

fn cells(row: &Row<'_>, count: usize) -> rusqlite::Result<Vec<Cell>> {
    (0..count)
        .map(|index| row.get_ref(index).map(cell))
        .collect()
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(value) => Cell::Integer(value),
        ValueRef::Real(value) => Cell::Real(value),
        // Bytes that are not UTF-8 under a text's flag are shown with replacement characters.
        ValueRef::Text(bytes) => Cell::Text(String::from_utf8_lossy(bytes).into_owned()),
        ValueRef::Blob(bytes) => Cell::Text(blob_literal(bytes)),
    }
}

/// A blob as SQL writes it.
pub(crate) fn blob_literal(bytes: &[u8]) -> String {
    use std::fmt::Write;
    let mut text = String::with_capacity(bytes.len() * 2 + 3);
    text.push_str("x'");
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02X}");
    }
    text.push('\'');
    text
}

fn size(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) => text.len(),
        _ => 8,
    }
}

fn query_error(guarded: &Guarded, error: &rusqlite::Error) -> SqlError {
    match error.sqlite_error_code() {
        Some(ErrorCode::AuthorizationForStatementDenied) => {
            let what = guarded.refused.take().unwrap_or_else(|| "this".to_owned());
            SqlError::NotReadOnly(what)
        }
        Some(ErrorCode::OperationInterrupted) => SqlError::Cancelled,
        Some(ErrorCode::ReadOnly) => SqlError::NotReadOnly("writing".to_owned()),
        _ => match error {
            rusqlite::Error::MultipleStatement => {
                SqlError::NotOneQuery("there is more than one statement".to_owned())
            }
            rusqlite::Error::SqlInputError { msg, .. } => explained(guarded, msg),
            rusqlite::Error::SqliteFailure(_, Some(message)) => explained(guarded, message),
            other => SqlError::Failed(other.to_string()),
        },
    }
}

/// A function that the authorizer refused is reported by SQLite as a plain error
/// ("not authorized to use function"), so what was noted decides.
fn explained(guarded: &Guarded, message: &str) -> SqlError {
    match guarded.refused.take() {
        Some(what) => SqlError::NotReadOnly(what),
        None => SqlError::Failed(message.trim_end_matches('.').to_owned()),
    }
}
