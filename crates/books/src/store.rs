//! The file of a book: a SQLite database with one table that only grows.
//!
//! A book has a file of its own and does not lie in the history: it outlives the runs that its
//! entries come from, it is handed to other people, and forgetting a run must not touch it. SQLite
//! through rusqlite and not sqlx, because everything here is short, local and synchronous, and the
//! workspace has both already. The lines are the truth; balances and charts are made of them when
//! the book is opened, so there is nothing beside them that could say something else. Only the bytes
//! of attached files lie in a table of their own, by the SHA-256 that a line gives.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, TransactionBehavior};

use crate::BookError;
use crate::record::Seal;

/// Marks the file as a book; the four letters `DHBK`.
const APPLICATION: i32 = 0x4448_424b;

/// Version of the file's format: 2 since files can be attached. A book gets it with its first file,
/// so that an older program goes on reading those that have none.
const VERSION: i32 = 2;
const WITHOUT_FILES: i32 = 1;

const BUSY: Duration = Duration::from_secs(5);

const SCHEMA: &str = "
CREATE TABLE journal (
  line INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  body TEXT NOT NULL,
  seal BLOB NOT NULL CHECK (length(seal) = 32)
) STRICT;
CREATE TABLE head (
  only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
  line INTEGER NOT NULL,
  seal BLOB NOT NULL
) STRICT;
CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
  BEGIN SELECT RAISE(ABORT, 'a journal is never changed'); END;
CREATE TRIGGER journal_is_never_shortened BEFORE DELETE ON journal
  BEGIN SELECT RAISE(ABORT, 'a journal is never shortened'); END;
CREATE TRIGGER journal_has_no_gaps BEFORE INSERT ON journal
  WHEN NEW.line <> (SELECT COALESCE(MAX(line), 0) + 1 FROM journal)
  BEGIN SELECT RAISE(ABORT, 'a journal has no gaps'); END;
";

const FILES: &str = "
CREATE TABLE IF NOT EXISTS files (
  sha256 TEXT PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;
CREATE TRIGGER IF NOT EXISTS a_file_is_never_changed BEFORE UPDATE ON files
  BEGIN SELECT RAISE(ABORT, 'an attached file is never changed'); END;
CREATE TRIGGER IF NOT EXISTS a_file_is_never_removed BEFORE DELETE ON files
  BEGIN SELECT RAISE(ABORT, 'an attached file is never removed'); END;
";

/// An open file.
#[derive(Debug)]
pub(crate) struct Store {
    path: PathBuf,
    connection: Connection,
    /// The last line that was read or written here, and its seal.
    line: u64,
    seal: Seal,
}

impl Store {
    /// Makes a new file, readable by its owner only.
    pub(crate) fn create(path: &Path) -> Result<Self, BookError> {
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        options
            .open(path)
            .map_err(|error| BookError::unusable(path, &error))?;
        let connection = connect(path)?;
        let setup = format!(
            "BEGIN IMMEDIATE; {SCHEMA} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {WITHOUT_FILES}; COMMIT;"
        );
        connection
            .execute_batch(&setup)
            .map_err(|error| BookError::unusable(path, &error))?;
        Ok(Self::new(path, connection))
    }

    /// Opens a file, which must be a book.
    pub(crate) fn open(path: &Path) -> Result<Self, BookError> {
        let connection = connect(path)?;
        let number = |pragma: &str| {
            connection
                .pragma_query_value(None, pragma, |row| row.get::<_, i32>(0))
                .map_err(|error| BookError::unusable(path, &error))
        };
        if number("application_id")? != APPLICATION {
            return Err(BookError::unusable(path, &"it is not a book"));
        }
        if number("user_version")? > VERSION {
            return Err(BookError::TooNew(path.to_owned()));
        }
        Ok(Self::new(path, connection))
    }

    fn new(path: &Path, connection: Connection) -> Self {
        Self {
            path: path.to_owned(),
            connection,
            line: 0,
            seal: Seal::NONE,
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The last seal that was read or written.
    pub(crate) fn seal(&self) -> Seal {
        self.seal
    }

    /// Reads the lines after the last one that was read, in order, and checks their seals.
    pub(crate) fn read(
        &mut self,
        each: &mut dyn FnMut(u64, &str) -> Result<(), BookError>,
    ) -> Result<(), BookError> {
        let (line, seal) = read(&self.path, &self.connection, self.line, self.seal, each)?;
        (self.line, self.seal) = (line, seal);
        Ok(())
    }

    /// Writes lines after those that were read; all of them or none. Nothing is written when
    /// another program has written meanwhile: it comes back false, and the rest is to be read first.
    /// `file` is a SHA-256 and its bytes, kept with the lines.
    pub(crate) fn append(
        &mut self,
        bodies: &[String],
        file: Option<(&str, &[u8])>,
    ) -> Result<bool, BookError> {
        let at = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let path = self.path.clone();
        let fail = |error: rusqlite::Error| BookError::unusable(&path, &error);
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(fail)?;
        let last: i64 = transaction
            .query_row("SELECT COALESCE(MAX(line), 0) FROM journal", [], |row| {
                row.get(0)
            })
            .map_err(fail)?;
        if u64::try_from(last) != Ok(self.line) {
            return Ok(false);
        }
        if let Some(file) = file {
            keep(&transaction, file).map_err(fail)?;
        }
        let (mut line, mut seal) = (self.line, self.seal);
        {
            let mut insert = transaction
                .prepare("INSERT INTO journal (line, at, body, seal) VALUES (?1, ?2, ?3, ?4)")
                .map_err(fail)?;
            for body in bodies {
                line += 1;
                seal = seal.next(line, &at, body);
                insert
                    .execute((line.cast_signed(), &at, body, seal.0.as_slice()))
                    .map_err(fail)?;
            }
        }
        transaction
            .execute(
                "INSERT OR REPLACE INTO head (only_one, line, seal) VALUES (1, ?1, ?2)",
                (line.cast_signed(), seal.0.as_slice()),
            )
            .map_err(fail)?;
        transaction.commit().map_err(fail)?;
        (self.line, self.seal) = (line, seal);
        Ok(true)
    }

    /// Goes over the whole file: whether SQLite finds it sound, and every seal.
    pub(crate) fn verify(
        &self,
        each: &mut dyn FnMut(u64, &str) -> Result<(), BookError>,
    ) -> Result<(u64, Seal), BookError> {
        let sound: String = self
            .connection
            .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
            .map_err(|error| BookError::unusable(&self.path, &error))?;
        if sound != "ok" {
            return Err(BookError::unusable(&self.path, &sound));
        }
        read(&self.path, &self.connection, 0, Seal::NONE, each)
    }

    /// The bytes of a file.
    pub(crate) fn file(&self, sha256: &str) -> Result<Option<Vec<u8>>, BookError> {
        let fail = |error: rusqlite::Error| BookError::unusable(&self.path, &error);
        let has_files = self.connection.table_exists(None, "files").map_err(fail)?;
        if !has_files {
            return Ok(None);
        }
        self.connection
            .query_row(
                "SELECT bytes FROM files WHERE sha256 = ?1",
                [sha256],
                |row| row.get(0),
            )
            .optional()
            .map_err(fail)
    }

    /// The line that has a seal.
    pub(crate) fn line_of(&self, seal: Seal) -> Result<Option<u64>, BookError> {
        let line: Option<i64> = self
            .connection
            .query_row(
                "SELECT line FROM journal WHERE seal = ?1",
                [seal.0.as_slice()],
                |row| row.get(0),
            )
            .optional()
            .map_err(|error| BookError::unusable(&self.path, &error))?;
        Ok(line.map(i64::cast_unsigned))
    }
}

fn keep(
    transaction: &rusqlite::Transaction<'_>,
    (sha256, bytes): (&str, &[u8]),
) -> Result<(), rusqlite::Error> {
    transaction.execute_batch(FILES)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.execute(
        "INSERT OR IGNORE INTO files (sha256, bytes) VALUES (?1, ?2)",
        (sha256, bytes),
    )?;
    Ok(())
}

fn connect(path: &Path) -> Result<Connection, BookError> {
    let fail = |error: rusqlite::Error| BookError::unusable(path, &error);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(fail)?;
    connection.busy_timeout(BUSY).map_err(fail)?;
    // One file and nothing beside it, so that it can be copied; and on disk before anybody is told.
    connection
        .execute_batch("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;")
        .map_err(fail)?;
    Ok(connection)
}

fn read(
    path: &Path,
    connection: &Connection,
    after: u64,
    mut seal: Seal,
    each: &mut dyn FnMut(u64, &str) -> Result<(), BookError>,
) -> Result<(u64, Seal), BookError> {
    let fail = |error: rusqlite::Error| BookError::unusable(path, &error);
    let mut line = after;
    // One transaction: the head must be that of the lines.
    let transaction = connection.unchecked_transaction().map_err(fail)?;
    let mut statement = transaction
        .prepare("SELECT line, at, body, seal FROM journal WHERE line > ?1 ORDER BY line")
        .map_err(fail)?;
    let mut rows = statement.query([after.cast_signed()]).map_err(fail)?;
    while let Some(row) = rows.next().map_err(fail)? {
        let found: i64 = row.get(0).map_err(fail)?;
        line += 1;
        let tampered = |detail: &str| BookError::Tampered {
            line,
            detail: detail.to_owned(),
        };
        if found != line.cast_signed() {
            return Err(tampered("is missing"));
        }
        let text = |column| {
            row.get_ref(column)
                .ok()
                .and_then(|value| value.as_str().ok())
        };
        let (Some(at), Some(body)) = (text(1), text(2)) else {
            return Err(tampered("is no text"));
        };
        let kept = row.get_ref(3).map_err(fail)?;
        seal = seal.next(line, at, body);
        if kept.as_blob().ok() != Some(seal.0.as_slice()) {
            return Err(tampered("is not as it was written"));
        }
        each(line, body)?;
    }
    drop(rows);
    drop(statement);
    let head: Option<(i64, Vec<u8>)> = transaction
        .query_row("SELECT line, seal FROM head", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()
        .map_err(fail)?;
    let is_whole = match &head {
        Some((last, head)) => *last == line.cast_signed() && head.as_slice() == seal.0,
        None => line == 0,
    };
    if !is_whole {
        return Err(BookError::Tampered {
            line: line + 1,
            detail: "is missing".to_owned(),
        });
    }
    Ok((line, seal))
}
