//! A file that this program cannot use is refused and left as it is.

#![expect(
    clippy::unwrap_used,
    reason = "a helper of a test fails as a test does"
)]

mod common;

use std::path::Path;

use assistant::{Code, Fault};
use common::{keep, raw};
use history::{History, HistoryError};
use sqlx::Connection;

async fn refused(folder: &Path) -> HistoryError {
    let file = folder.join("history.sqlite");
    let before = std::fs::read(&file).unwrap();
    let error = History::open(folder).await.unwrap_err();
    assert!(
        std::fs::read(&file).unwrap() == before,
        "the file was changed"
    );
    error
}

/// A history with a run in it, closed.
async fn kept() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let history = History::open(folder.path()).await.unwrap();
    keep(&history, "q", "a").await;
    // Whoever closes last puts the write-ahead log into the file.
    history.close().await;
    folder
}

async fn change(folder: &Path, sql: &'static str) {
    let mut raw = raw(folder).await;
    sqlx::raw_sql(sql).execute(&mut raw).await.unwrap();
    raw.close().await.unwrap();
}

#[tokio::test]
async fn a_file_of_a_newer_program_is_refused() {
    let newer = [
        "INSERT INTO _sqlx_migrations VALUES (9999, 'later', '2030-01-01', true, x'00', 1)",
        "PRAGMA user_version = 1",
    ];
    for sql in newer {
        let folder = kept().await;
        change(folder.path(), sql).await;
        let error = refused(folder.path()).await;
        assert!(matches!(error, HistoryError::TooNew { .. }), "{error}");
        let fault = Fault::from(error);
        assert_eq!(fault.code, Code::HistoryTooNew);
        assert!(fault.sentence.contains("newer Deskhand"), "{fault}");
    }
}

#[tokio::test]
async fn a_file_that_is_no_history_is_refused() {
    let whole = kept().await;
    let whole = std::fs::read(whole.path().join("history.sqlite")).unwrap();
    let cases: [&[u8]; 4] = [
        b"this is not a database, it is a letter to my aunt",
        &[0; 4096],
        &[b"SQLite format 3\0".as_slice(), &[0xab; 8192]].concat(),
        &whole[..whole.len() / 2],
    ];
    for (number, bytes) in cases.into_iter().enumerate() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("history.sqlite"), bytes).unwrap();
        let error = refused(folder.path()).await;
        assert!(
            matches!(error, HistoryError::Unusable { .. }),
            "{number}: {error}"
        );
        assert_eq!(Fault::from(error).code, Code::HistoryUnusable);
    }
}

#[tokio::test]
async fn a_database_of_another_program_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    change(folder.path(), "CREATE TABLE recipes (name TEXT)").await;
    let error = refused(folder.path()).await;
    assert!(matches!(error, HistoryError::Unusable { .. }), "{error}");
}

#[tokio::test]
async fn a_history_whose_migrations_were_tampered_with_is_refused() {
    let folder = kept().await;
    change(
        folder.path(),
        "UPDATE _sqlx_migrations SET checksum = x'00' WHERE version = 1",
    )
    .await;
    let error = refused(folder.path()).await;
    assert!(matches!(error, HistoryError::Unusable { .. }), "{error}");
}

#[tokio::test]
async fn a_migration_that_fails_takes_the_others_back() {
    let folder = kept().await;
    // As if the second migration had never been, but something stands in its way.
    change(
        folder.path(),
        "DROP TRIGGER runs_text_follows_deletion; DROP TABLE runs_text; DROP TABLE runs; DROP TABLE steps;
         DELETE FROM _sqlx_migrations; CREATE TABLE runs_text (x)",
    )
    .await;
    let error = refused(folder.path()).await;
    assert!(matches!(error, HistoryError::Unusable { .. }), "{error}");
    let mut raw = raw(folder.path()).await;
    let runs: u32 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'runs'")
        .fetch_one(&mut raw)
        .await
        .unwrap();
    assert_eq!(runs, 0, "the first migration stayed behind");
}

#[tokio::test]
async fn an_opening_makes_the_folder_and_sets_the_file_up() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("not/there/yet");
    let history = History::open(&folder).await.unwrap();
    assert_eq!(history.path(), folder.join("history.sqlite"));
    let mut raw = raw(&folder).await;
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode")
        .fetch_one(&mut raw)
        .await
        .unwrap();
    assert_eq!(mode, "wal");
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_unusable() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let error = History::open(&file).await.unwrap_err();
    assert!(matches!(error, HistoryError::Unusable { .. }), "{error}");
}
