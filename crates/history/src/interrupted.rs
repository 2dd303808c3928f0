//! Runs whose process ended in the middle of them.
//!
//! Who lives is found out by `owner`; here it is only written down what that means for runs.

use std::collections::HashSet;

use assistant::{Code, Fault, Status};
use sqlx::{SqliteConnection, SqlitePool};

use crate::decode::{self, RunRow};
use crate::queries::{COLUMNS_OF_STEP, run_row};
use crate::record::json;
use crate::store::BEGIN_CHANGE;
use crate::text::Seen;
use crate::{now, text};

/// Marks every run that is under way and whose owner is not among the living.
pub(crate) async fn settle(pool: &SqlitePool, living: &HashSet<String>) -> sqlx::Result<u32> {
    let under_way: Vec<(String, String)> =
        sqlx::query_as("SELECT id, owner FROM runs WHERE status = 'running' ORDER BY id")
            .fetch_all(pool)
            .await?;
    let mut orphans = under_way
        .into_iter()
        .filter(|(_, owner)| !living.contains(owner))
        .peekable();
    if orphans.peek().is_none() {
        return Ok(0);
    }
    let mut change = pool.begin_with(BEGIN_CHANGE).await?;
    let mut settled = 0;
    for (run, _) in orphans {
        mark(&mut change, &run).await?;
        settled += 1;
    }
    change.commit().await?;
    tracing::info!(settled, "runs were interrupted");
    Ok(settled)
}

async fn mark(change: &mut SqliteConnection, run: &str) -> sqlx::Result<()> {
    let row = run_row(&mut *change, run).await?;
    // It may have ended, or been deleted, since it was looked up.
    let Some(row) = row.filter(|row| row.status == "running") else {
        return Ok(());
    };
    let steps = sqlx::query_as(COLUMNS_OF_STEP)
        .bind(run)
        .fetch_all(&mut *change)
        .await?;
    let error = interrupted();
    let code = error.code.as_str();
    let report = decode::composed(
        &row,
        &decode::steps(steps),
        Status::Interrupted,
        Some(error),
    );
    sqlx::query(
        "UPDATE runs SET status = 'interrupted', finished_at = ?, report = ?, error_code = ?
         WHERE id = ?",
    )
    .bind(now())
    .bind(json(&report)?)
    .bind(code)
    .bind(run)
    .execute(&mut *change)
    .await?;
    make_findable(change, &row).await
}

async fn make_findable(change: &mut SqliteConnection, row: &RunRow) -> sqlx::Result<()> {
    let mut seen = Seen::of_run(change, row.number).await?;
    seen.output = row.partial.as_deref().map(text::of_partial);
    seen.keep(change, row.number).await
}

fn interrupted() -> Fault {
    Fault::new(
        Code::Interrupted,
        "Deskhand ended in the middle of this run; what had been written is kept.",
    )
}
