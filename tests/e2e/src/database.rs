//! What a database really says, asked directly.

use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

/// The rows of a statement, in the shape of an artifact's `rows`.
///
/// # Panics
/// When the database or the statement is bad.
#[must_use]
pub fn rows(database: &Path, sql: &str) -> Vec<Vec<Value>> {
    let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .expect("the database opens");
    let mut statement = connection.prepare(sql).expect("the statement is good");
    let width = statement.column_count();
    let rows = statement
        .query_map([], |row| {
            (0..width).map(|at| Ok(cell(row.get_ref(at)?))).collect()
        })
        .expect("the statement runs");
    rows.collect::<Result<_, _>>()
        .expect("the rows can be read")
}

fn cell(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null | ValueRef::Blob(_) => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into(),
    }
}

/// Whether two tables say the same, however each writes its numbers.
#[must_use]
pub fn are_equal(left: &[Vec<Value>], right: &[Vec<Value>]) -> bool {
    left.len() == right.len()
        && left.iter().zip(right).all(|(left, right)| {
            left.len() == right.len() && left.iter().zip(right).all(|(a, b)| is_same(a, b))
        })
}

fn is_same(left: &Value, right: &Value) -> bool {
    match (number(left), number(right)) {
        (Some(left), Some(right)) => (left - right).abs() <= 1e-9 * left.abs().max(1.0),
        _ => left == right,
    }
}

/// The window writes every value as a text.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::String(text) => text.parse().ok(),
        other => other.as_f64(),
    }
}
