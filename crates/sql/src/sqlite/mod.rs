//! One SQLite file, open for reading and for nothing else.
//!
//! All calls into SQLite happen on blocking threads, one at a time for a file. The connection that
//! answers people's and the model's statements is fenced by [`guard`] before it sees the first of
//! them; the schema is read before that, because reading it needs pragmas.

mod comments;
mod guard;
mod keys;
mod lookup;
mod meanings;
mod mentions;
mod query;
mod schema;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};
use tokio_util::sync::CancellationToken;

pub use lookup::Presence;
pub use mentions::Mention;
pub(crate) use query::blob_literal;
pub use query::{Limits, Rows};
pub use schema::{Column, ForeignKey, OwnWords, Schema, Table, quoted};

use crate::SqlError;

/// How long to wait for another program to let go of the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);

/// A file that is open, and what is in it.
#[derive(Clone)]
pub struct Database {
    connection: Arc<Mutex<Guarded>>,
    schema: Arc<Schema>,
}

struct Guarded {
    connection: Connection,
    refused: guard::Refusals,
}

impl Database {
    /// Opens a file and reads its schema.
    ///
    /// # Errors
    /// When there is no such file, it is no database, it is locked, or it has no tables.
    pub async fn open(path: PathBuf, cancel: &CancellationToken) -> Result<Self, SqlError> {
        let cancel = cancel.clone();
        blocking(move || Self::open_now(&path, &cancel)).await
    }

    fn open_now(path: &Path, cancel: &CancellationToken) -> Result<Self, SqlError> {
        let connection = open_read_only(path)?;
        let says = |error: rusqlite::Error| open_error(path, &error);
        query::stop_when(&connection, None, cancel).map_err(says)?;
        let schema = schema::read(&connection).map_err(says)?;
        if schema.tables.is_empty() {
            return Err(SqlError::Empty(path.display().to_string()));
        }
        let refused = guard::fence(&connection, &schema).map_err(says)?;
        Ok(Self {
            connection: Arc::new(Mutex::new(Guarded {
                connection,
                refused,
            })),
            schema: Arc::new(schema),
        })
    }

    /// What is in the file.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The same, to write the person's own words into.
    pub(crate) fn schema_mut(&mut self) -> &mut Schema {
        Arc::make_mut(&mut self.schema)
    }

    /// Lets SQLite compile the statement without running it.
    ///
    /// # Errors
    /// When it is not one statement that only reads, or names something that is not there.
    pub async fn explain(&self, sql: &str) -> Result<(), SqlError> {
        let (this, sql) = (self.clone(), sql.to_owned());
        blocking(move || this.with(|guarded| query::explain(guarded, &sql))).await
    }

    /// Runs a statement within limits.
    ///
    /// # Errors
    /// As [`Self::explain`], and when it fails while running, takes too long or is cancelled.
    pub async fn run(
        &self,
        sql: &str,
        limits: Limits,
        cancel: &CancellationToken,
    ) -> Result<Rows, SqlError> {
        let (this, sql, cancel) = (self.clone(), sql.to_owned(), cancel.clone());
        blocking(move || this.with(|guarded| query::run(guarded, &sql, limits, &cancel))).await
    }

    /// Looks for a text in a column.
    ///
    /// # Errors
    /// Only when the looking itself broke down.
    pub async fn lookup(
        &self,
        table: &str,
        column: &str,
        text: &str,
        cancel: &CancellationToken,
    ) -> Result<Presence, SqlError> {
        let (this, cancel) = (self.clone(), cancel.clone());
        let (table, column, text) = (table.to_owned(), column.to_owned(), text.to_owned());
        blocking(move || {
            Ok(this.with(|guarded| lookup::lookup(guarded, (&table, &column), &text, &cancel)))
        })
        .await
    }

    /// Values of the data that a question mentions.
    ///
    /// # Errors
    /// Only when the looking itself broke down.
    pub async fn mentions(
        &self,
        question: &str,
        cancel: &CancellationToken,
    ) -> Result<Vec<Mention>, SqlError> {
        let (this, question, cancel) = (self.clone(), question.to_owned(), cancel.clone());
        blocking(move || {
            let schema = Arc::clone(&this.schema);
            Ok(this.with(|guarded| mentions::mentions(guarded, &schema, &question, &cancel)))
        })
        .await
    }

    fn with<T>(&self, work: impl FnOnce(&Guarded) -> T) -> T {
        work(
            &self
                .connection
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, SqlError> + Send + 'static,
) -> Result<T, SqlError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| SqlError::Internal(error.to_string()))?
}

fn open_read_only(path: &Path) -> Result<Connection, SqlError> {
    let metadata = std::fs::metadata(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => SqlError::NoFile(path.to_owned()),
        _ => unreadable(path, error),
    })?;
    if !metadata.is_file() {
        return Err(unreadable(path, "it is not a file"));
    }
    // SQLite's own message for a file without permission is vague; the system's is not.
    std::fs::File::open(path).map_err(|error| unreadable(path, error))?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection =
        Connection::open_with_flags(path, flags).map_err(|error| open_error(path, &error))?;
    connection
        .busy_timeout(BUSY_TIMEOUT)
        .map_err(|error| open_error(path, &error))?;
    Ok(connection)
}

fn unreadable(path: &Path, detail: impl ToString) -> SqlError {
    SqlError::Unreadable {
        path: path.to_owned(),
        detail: detail.to_string(),
    }
}

fn open_error(path: &Path, error: &rusqlite::Error) -> SqlError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            SqlError::Locked(path.to_owned())
        }
        Some(ErrorCode::OperationInterrupted) => SqlError::Cancelled,
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => SqlError::NotADatabase {
            path: path.to_owned(),
            detail: error.to_string(),
        },
        _ => unreadable(path, error),
    }
}
