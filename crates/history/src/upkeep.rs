//! What a history needs from time to time and nobody should wait for: the write-ahead log goes into the
//! file, and the pieces of the search index are merged.
//!
//! SQLite does both of itself, but in the middle of whatever write happens to be the one too many, which
//! then takes a quarter of a second instead of a millisecond. Here it is done a moment after a run has
//! ended, in steps so small that a run which begins meanwhile hardly notices. Where the program ends
//! before, the next one does it; the limits at which SQLite would do it anyway are only set further out.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sqlx::SqlitePool;

use crate::History;
use crate::store::BEGIN_CHANGE;

/// How long after a write: by then whoever wrote has gone on.
const MOMENT: Duration = Duration::from_millis(400);

/// How long nobody must have written before a step; and how long that is waited for at most.
const QUIET: Duration = Duration::from_millis(300);
const PATIENCE: Duration = Duration::from_secs(60);

/// Between two steps.
const PAUSE: Duration = Duration::from_millis(25);

/// Pages of an index that one step writes at most.
const PAGES: i64 = 24;

/// Steps at a time; what is left is for the next time.
const STEPS: usize = 200;

/// Pages of the log at which SQLite puts it into the file whoever waits: forty megabytes.
pub(crate) const MOST_PAGES_OF_LOG: &str = "10000";

/// What is known about the upkeep of an open history. It does not hold the history itself: whoever lets go
/// of that has let go of it.
#[derive(Debug)]
pub(crate) struct Upkeep {
    /// Whether somebody is about to see to the file.
    is_due: AtomicBool,
    /// When this process last wrote.
    written: Mutex<Instant>,
}

impl Default for Upkeep {
    fn default() -> Self {
        Self {
            is_due: AtomicBool::new(false),
            written: Mutex::new(Instant::now()),
        }
    }
}

impl Upkeep {
    fn lock(&self) -> MutexGuard<'_, Instant> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until nobody has written for a while. A batch that never pauses gets its upkeep all the
    /// same.
    async fn wait_for_quiet(&self, begun: Instant) {
        while begun.elapsed() < PATIENCE {
            let since = self.lock().elapsed();
            let Some(left) = QUIET.checked_sub(since) else {
                return;
            };
            // A hair more, or what is left could be nothing for ever.
            tokio::time::sleep(left + Duration::from_millis(1)).await;
        }
    }
}

impl History {
    /// Somebody writes.
    pub(crate) fn note_write(&self) {
        *self.upkeep().lock() = Instant::now();
    }

    /// Sees to the file in a moment, unless somebody is about to.
    pub(crate) fn look_after(&self) {
        let upkeep = Arc::clone(self.upkeep());
        if upkeep.is_due.swap(true, Ordering::AcqRel) {
            return;
        }
        let pool = self.pool().clone();
        tokio::spawn(async move {
            tokio::time::sleep(MOMENT).await;
            // It is no loss when it cannot be done now: the file is as good as before.
            if let Err(error) = look_after(&pool, &upkeep).await {
                tracing::debug!(%error, "the history was not looked after");
            }
            upkeep.is_due.store(false, Ordering::Release);
        });
    }
}

async fn look_after(pool: &SqlitePool, upkeep: &Upkeep) -> sqlx::Result<()> {
    let begun = Instant::now();
    for table in ["runs_text", "runs_pairs"] {
        for _ in 0..STEPS {
            upkeep.wait_for_quiet(begun).await;
            if !merge(pool, table).await? {
                break;
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
    // PASSIVE: as much as can be done without anybody waiting.
    sqlx::query("PRAGMA wal_checkpoint(PASSIVE)")
        .execute(pool)
        .await?;
    Ok(())
}

/// Merges a little of an index; whether there was anything to merge.
async fn merge(pool: &SqlitePool, table: &str) -> sqlx::Result<bool> {
    let sql = match table {
        "runs_text" => "INSERT INTO runs_text (runs_text, rank) VALUES ('merge', ?)",
        _ => "INSERT INTO runs_pairs (runs_pairs, rank) VALUES ('merge', ?)",
    };
    let mut change = pool.begin_with(BEGIN_CHANGE).await?;
    let changes = "SELECT total_changes()";
    let before: i64 = sqlx::query_scalar(changes).fetch_one(&mut *change).await?;
    sqlx::query(sql).bind(PAGES).execute(&mut *change).await?;
    let after: i64 = sqlx::query_scalar(changes).fetch_one(&mut *change).await?;
    change.commit().await?;
    // The command itself counts as one.
    Ok(after - before >= 2)
}
