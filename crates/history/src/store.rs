//! The history file: where it lies, how it is opened, and how its schema is brought up to date.
//!
//! A file that this program cannot use is refused before anything in it is changed. All migrations
//! of an opening are one transaction: all of them happen or none.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqlitePool};

use crate::owner::{Gate, Owner, Owners};
use crate::text::Seen;
use crate::upkeep::{MOST_PAGES_OF_LOG, Upkeep};
use crate::{HistoryError, text};

const FILE_NAME: &str = "history.sqlite";

/// How long a write waits for another process's.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// One that writes, and a few that look meanwhile.
const CONNECTIONS: u32 = 4;

/// Begins a change. Taking the lock for writing at once, not at the first write, is what makes
/// waiting for other writers possible at all.
pub(crate) const BEGIN_CHANGE: &str = "BEGIN IMMEDIATE";

static MIGRATIONS: Migrator = sqlx::migrate!();

/// An open history. Cloning is cheap, and all clones are the same one.
#[derive(Debug, Clone)]
pub struct History {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    path: PathBuf,
    owners: Owners,
    pool: SqlitePool,
    owner: Owner,
    upkeep: Arc<Upkeep>,
}

impl History {
    /// Opens the history in a data folder; makes both if need be. Runs of processes that are gone
    /// are settled on the way.
    ///
    /// # Errors
    /// [`HistoryError::TooNew`] or [`HistoryError::Unusable`]; the file is then as it was before.
    pub async fn open(folder: &Path) -> Result<Self, HistoryError> {
        let path = folder.join(FILE_NAME);
        let owners = Owners::at(folder)?;
        let gate = owners.gate().await?;
        bring_up_to_date(&path).await?;
        let owner = owners.claim(&gate)?;
        let pool = connect(&path)
            .await
            .map_err(|error| HistoryError::unusable(&path, &error))?;
        let history = Self {
            inner: Arc::new(Inner {
                path,
                owners,
                pool,
                owner,
                upkeep: Arc::default(),
            }),
        };
        history.settle(&gate).await?;
        Ok(history)
    }

    /// Marks the runs as interrupted whose process ended in the middle of them, and says how many
    /// there were. Runs of processes that live, this one included, are left alone.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub async fn settle_interrupted(&self) -> Result<u32, HistoryError> {
        let gate = self.inner.owners.gate().await?;
        self.settle(&gate).await
    }

    /// Waits for what is being kept and closes the file, in all clones at once.
    ///
    /// A history that is dropped is closed as well, but some time later.
    pub async fn close(self) {
        self.inner.pool.close().await;
    }

    /// Where the history lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.inner.path
    }

    async fn settle(&self, gate: &Gate) -> Result<u32, HistoryError> {
        let living = self.inner.owners.living(gate)?;
        let settled = crate::interrupted::settle(self.pool(), &living.owners)
            .await
            .map_err(|error| self.unusable(&error))?;
        living.remove_stale();
        Ok(settled)
    }

    pub(crate) fn pool(&self) -> &SqlitePool {
        &self.inner.pool
    }

    pub(crate) fn upkeep(&self) -> &Arc<Upkeep> {
        &self.inner.upkeep
    }

    pub(crate) fn owner(&self) -> &str {
        self.inner.owner.name()
    }

    pub(crate) fn unusable(&self, error: &sqlx::Error) -> HistoryError {
        HistoryError::unusable(&self.inner.path, error)
    }
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .disable_statement_logging()
}

async fn connect(path: &Path) -> sqlx::Result<SqlitePool> {
    SqlitePoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(BUSY_TIMEOUT * 4)
        .connect_with(
            options(path)
                .synchronous(SqliteSynchronous::Normal)
                .pragma("wal_autocheckpoint", MOST_PAGES_OF_LOG),
        )
        .await
}

async fn bring_up_to_date(path: &Path) -> Result<(), HistoryError> {
    let unusable = |error: sqlx::Error| HistoryError::unusable(path, &error);
    let mut connection = options(path)
        .create_if_missing(true)
        .connect()
        .await
        .map_err(unusable)?;
    let content = examine(&mut connection).await;
    let migrated = match content {
        Ok(Content::Ours) => migrate(&mut connection).await,
        _ => Ok(()),
    };
    // Whatever came of it, the file is let go of before anybody is told.
    let closed = connection.close().await;
    match content.map_err(unusable)? {
        Content::Ours => migrated.and(closed).map_err(unusable),
        Content::Newer => Err(HistoryError::TooNew {
            path: path.to_owned(),
        }),
        Content::Foreign => Err(HistoryError::Unusable {
            path: path.to_owned(),
            detail: "it is the database of another program".to_owned(),
        }),
    }
}

#[derive(Clone, Copy)]
enum Content {
    /// A history up to this program's, or nothing yet.
    Ours,
    Newer,
    Foreign,
}

/// Finds out what a file is without changing it.
async fn examine(connection: &mut SqliteConnection) -> sqlx::Result<Content> {
    let tables: Vec<String> =
        sqlx::query_scalar("SELECT name FROM sqlite_schema WHERE type = 'table'")
            .fetch_all(&mut *connection)
            .await?;
    if tables.is_empty() {
        return Ok(Content::Ours);
    }
    if !tables.iter().any(|table| table == "_sqlx_migrations") {
        return Ok(Content::Foreign);
    }
    let versions: Vec<i64> = sqlx::query_scalar("SELECT version FROM _sqlx_migrations")
        .fetch_all(&mut *connection)
        .await?;
    // This program leaves the number at 0. A later one that keeps its books elsewhere can raise it
    // to lock this one out.
    let lock_out: i64 = sqlx::query_scalar("PRAGMA user_version")
        .fetch_one(connection)
        .await?;
    let is_known = |version: &i64| MIGRATIONS.version_exists(*version);
    if lock_out > 0 || !versions.iter().all(is_known) {
        return Ok(Content::Newer);
    }
    Ok(Content::Ours)
}

async fn migrate(connection: &mut SqliteConnection) -> sqlx::Result<()> {
    // A property of the file, kept in it; it cannot be changed within a transaction.
    sqlx::query("PRAGMA journal_mode = WAL")
        .execute(&mut *connection)
        .await?;
    let mut change = connection.begin_with(BEGIN_CHANGE).await?;
    let lacks_pairs = lacks_pairs(&mut change).await?;
    MIGRATIONS
        .run_direct(None, &mut *change, false)
        .await
        .map_err(|error| match error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error,
            other => sqlx::Error::Migrate(Box::new(other)),
        })?;
    if lacks_pairs {
        add_pairs(&mut change).await?;
    }
    change.commit().await
}

/// Whether this is a history from before words of one or two letters had an index.
async fn lacks_pairs(change: &mut SqliteConnection) -> sqlx::Result<bool> {
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_schema WHERE name IN ('runs_text', 'runs_pairs')",
    )
    .fetch_all(change)
    .await?;
    Ok(tables == ["runs_text"])
}

/// Gives every run its place in that index, once.
async fn add_pairs(change: &mut SqliteConnection) -> sqlx::Result<()> {
    let numbers: Vec<i64> = sqlx::query_scalar("SELECT rowid FROM runs_text ORDER BY rowid")
        .fetch_all(&mut *change)
        .await?;
    for number in numbers {
        let mut seen = Seen::of_run(change, number).await?;
        seen.output = text::output_of(change, number).await?;
        seen.keep(change, number).await?;
    }
    Ok(())
}
