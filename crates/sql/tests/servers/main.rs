//! Real servers: what is answered, what is refused, what stops when it is told to.

#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set its scene up has failed"
)]

mod cases;
mod mariadb;
mod postgres;
mod start;

use std::time::{Duration, Instant};

use assistant::artifact::Cell;
use sql::SqlError;
use sql::server::Server;
use sql::sqlite::{Limits, Rows};
use tokio_util::sync::CancellationToken;

/// A text in a cell.
pub fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

/// Runs and explains a statement, within a time that a test has.
pub async fn run(server: &Server, sql: &str) -> Result<Rows, SqlError> {
    let limits = Limits {
        time: Duration::from_secs(5),
        ..Limits::default()
    };
    let rows = server.run(sql, limits, &CancellationToken::new()).await?;
    server.explain(sql).await?;
    Ok(rows)
}

/// Every attempt is refused, in a bounded time, both to run and to explain.
pub async fn check_refused(server: &Server, attempts: &[&str]) {
    for sql in attempts {
        let began = Instant::now();
        let cancel = CancellationToken::new();
        let run = server.run(sql, Limits::default(), &cancel).await;
        assert!(is_refusal(&run.as_ref().map(|_| ())), "{sql}: {run:?}");
        let explained = server.explain(sql).await;
        assert!(
            is_refusal(&explained.as_ref().map(|_| ())),
            "{sql}: {explained:?}"
        );
        assert!(began.elapsed() < Duration::from_secs(2), "{sql}");
    }
}

fn is_refusal(result: &Result<(), &SqlError>) -> bool {
    matches!(
        result,
        Err(SqlError::NotReadOnly(_) | SqlError::NotOneQuery(_) | SqlError::Failed(_))
    )
}

/// What the parsed tree does not show is refused by the server itself.
pub async fn check_refused_by_the_server(server: &Server, statements: &[&str]) {
    for sql in statements {
        let cancel = CancellationToken::new();
        let run = server.run(sql, Limits::default(), &cancel).await;
        let by_server = [
            "only reading is allowed: writing",
            "permission denied for sequence",
        ];
        let words = run.unwrap_err().to_string();
        assert!(
            by_server.iter().any(|begin| words.starts_with(begin)),
            "{sql}: {words}"
        );
    }
}

/// The first cell of every honest query.
pub async fn check_answered(server: &Server, cases: &[(&str, Cell)]) {
    for (sql, expected) in cases {
        let rows = run(server, sql).await;
        let first = rows
            .as_ref()
            .ok()
            .and_then(|rows| rows.rows.first()?.first());
        assert_eq!(first, Some(expected), "{sql}: {rows:?}");
    }
}

/// One row of names, kinds and values.
pub async fn check_types(server: &Server, expected: &[(&str, Cell)]) {
    let rows = run(server, "SELECT * FROM kinds ORDER BY id")
        .await
        .unwrap();
    let found: Vec<(&str, Cell)> = rows
        .columns
        .iter()
        .map(String::as_str)
        .zip(rows.rows[0].iter().cloned())
        .collect();
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!(found, expected);
    }
    // All but the key are NULL in the second row.
    assert!(rows.rows[1].iter().skip(1).all(|cell| *cell == Cell::Null));
}

/// Runs what does not end until something ends it.
pub async fn never_ending(
    server: &Server,
    sql: &str,
    time: Duration,
    cancel: &CancellationToken,
) -> SqlError {
    let limits = Limits {
        time,
        ..Limits::default()
    };
    server.run(sql, limits, cancel).await.unwrap_err()
}

/// Limits of rows and bytes hold, and the connection serves on.
pub async fn check_limits(server: &Server, many: &str, few: &str) {
    let cancel = CancellationToken::new();
    let limits = |rows, bytes| Limits {
        time: Duration::from_secs(10),
        rows,
        bytes,
    };
    for (rows, bytes, kept) in [(10, 1 << 20, 10), (300, 1 << 20, 300), (100_000, 800, 100)] {
        let found = server
            .run(many, limits(rows, bytes), &cancel)
            .await
            .unwrap();
        assert!(found.truncated, "{rows} {bytes}");
        assert_eq!(found.rows.len(), kept, "{rows} {bytes}");
    }
    let found = server.run(few, limits(3, 1 << 20), &cancel).await.unwrap();
    assert_eq!((found.rows.len(), found.truncated), (3, false));
    let nothing = format!("SELECT * FROM ({few}) AS f WHERE 1 = 0");
    let found = server
        .run(&nothing, limits(3, 1 << 20), &cancel)
        .await
        .unwrap();
    assert_eq!((found.rows.len(), found.columns.len()), (0, 1));
}
