//! Running one query on a copy, read-only and for five seconds at most.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

use super::score::{Answer, Cell};

/// The rule of the material: slower than this is wrong.
pub const PATIENCE: Duration = Duration::from_secs(5);
/// Looking at the clock this seldom costs nothing and is still exact to a millisecond or so.
const STEPS_BETWEEN_LOOKS: i32 = 1_000;
/// A forgotten join condition can give millions of rows; no reference comes near this.
const MOST_ROWS: usize = 200_000;

/// Why a query has no answer.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// SQLite refused or stopped it.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// Nothing at all, or a statement that only changes things.
    #[error("not a query")]
    NotAQuery,
    /// It would not end.
    #[error("more than {MOST_ROWS} rows")]
    TooManyRows,
}

/// Runs a query to its end, or until patience runs out.
pub fn run(database: &Path, sql: &str, patience: Duration) -> Result<Answer, Fault> {
    let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let start = Instant::now();
    connection.progress_handler(
        STEPS_BETWEEN_LOOKS,
        Some(move || start.elapsed() > patience),
    )?;
    let mut statement = connection.prepare(sql)?;
    let columns = statement.column_count();
    if columns == 0 {
        return Err(Fault::NotAQuery);
    }
    let mut rows = statement.query([])?;
    let mut answer = Answer {
        columns,
        rows: Vec::new(),
    };
    while let Some(row) = rows.next()? {
        if answer.rows.len() == MOST_ROWS {
            return Err(Fault::TooManyRows);
        }
        answer.rows.push(
            (0..columns)
                .map(|at| row.get_ref(at).map(cell))
                .collect::<Result<_, _>>()?,
        );
    }
    Ok(answer)
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Integer(number),
        ValueRef::Real(number) => Cell::Real(number),
        // Old databases hold text in other encodings; it only has to equal itself.
        ValueRef::Text(bytes) => Cell::Text(String::from_utf8_lossy(bytes).into_owned()),
        ValueRef::Blob(bytes) => Cell::Blob(bytes.to_vec()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sql: &str, expected: Option<usize>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.sqlite");
        let script = "CREATE TABLE t (a); INSERT INTO t VALUES (1), ('x')";
        Connection::open(&path)
            .unwrap()
            .execute_batch(script)
            .unwrap();
        let answer = run(&path, sql, Duration::from_millis(300));
        assert_eq!(
            answer.ok().map(|answer| answer.rows.len()),
            expected,
            "{sql}"
        );
    }

    #[test]
    fn queries() {
        check("SELECT a FROM t", Some(2));
        check("SELECT a FROM t WHERE 0", Some(0));
        check("SELECT b FROM t", None);
        check("DELETE FROM t", None);
        check("SELECT 1; SELECT 2", None);
        check("", None);
    }

    #[test]
    fn queries_without_end_are_stopped() {
        let endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)";
        check(&format!("{endless} SELECT count(*) FROM n"), None);
        check(&format!("{endless} SELECT i FROM n"), None);
    }
}
