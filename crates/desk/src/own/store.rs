//! Where a person's own presets lie: `assistants.sqlite` in the data folder.
//!
//! SQLite and not a folder of files, because every save is a version that stays, the window and the
//! command line may save at the same moment, and what is half written must never be read. It is a
//! file of its own beside history: an assistant outlives its runs, and can be carried away alone.

use std::path::{Path, PathBuf};
use std::time::Duration;

use assistant::{Code, Fault};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

/// Version of the tables.
const VERSION: i64 = 1;

/// How long to wait for another program that is writing.
const PATIENCE: Duration = Duration::from_secs(5);

const TABLES: &str = "
-- One line for every save. The highest number of an id is what it is now.
CREATE TABLE version (
  id TEXT NOT NULL,
  number INTEGER NOT NULL,
  saved_at TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (id, number)
) STRICT;
PRAGMA user_version = 1;
";

/// One save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Saved {
    pub id: String,
    pub number: u32,
    pub saved_at: String,
    pub text: String,
}

/// The file. It is opened for each question, as with settings: another program may be at it too.
#[derive(Debug, Clone)]
pub(super) struct Store {
    path: PathBuf,
}

impl Store {
    pub fn new(data: &Path) -> Self {
        Self {
            path: data.join("assistants.sqlite"),
        }
    }

    /// The newest version of every preset, by id.
    pub fn newest(&self) -> Result<Vec<Saved>, Fault> {
        let wanted = "SELECT id, max(number), saved_at, text FROM version GROUP BY id ORDER BY id";
        self.read(wanted, params![])
    }

    /// Every version of one, the newest first.
    pub fn versions(&self, id: &str) -> Result<Vec<Saved>, Fault> {
        let wanted =
            "SELECT id, number, saved_at, text FROM version WHERE id = ?1 ORDER BY number DESC";
        self.read(wanted, params![id])
    }

    fn read(&self, wanted: &str, told: &[&dyn rusqlite::ToSql]) -> Result<Vec<Saved>, Fault> {
        if !self.path.exists() {
            return Ok(vec![]);
        }
        let connection = self.open()?;
        let read = || -> rusqlite::Result<Vec<Saved>> {
            let mut statement = connection.prepare(wanted)?;
            let rows = statement.query_map(told, |row| {
                Ok(Saved {
                    id: row.get(0)?,
                    number: row.get(1)?,
                    saved_at: row.get(2)?,
                    text: row.get(3)?,
                })
            })?;
            rows.collect()
        };
        read().map_err(|error| self.unusable(&error))
    }

    /// Keeps a text as the newest version; what is the newest already is not kept twice.
    pub fn save(&self, id: &str, text: &str) -> Result<u32, Fault> {
        let mut connection = self.open()?;
        let mut save = || -> rusqlite::Result<u32> {
            let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let last: Option<(u32, String)> = change
                .query_row(
                    "SELECT number, text FROM version WHERE id = ?1 ORDER BY number DESC LIMIT 1",
                    [id],
                    |row| Ok((row.get(0)?, row.get(1)?)),
                )
                .optional()?;
            let number = match last {
                Some((number, last)) if last == text => return Ok(number),
                Some((number, _)) => number + 1,
                None => 1,
            };
            let now = jiff::Timestamp::now().to_string();
            change.execute(
                "INSERT INTO version (id, number, saved_at, text) VALUES (?1, ?2, ?3, ?4)",
                params![id, number, now, text],
            )?;
            change.commit()?;
            Ok(number)
        };
        save().map_err(|error| self.unusable(&error))
    }

    /// Forgets a preset with all its versions. Says whether it was there.
    pub fn delete(&self, id: &str) -> Result<bool, Fault> {
        if !self.path.exists() {
            return Ok(false);
        }
        let connection = self.open()?;
        let deleted = connection.execute("DELETE FROM version WHERE id = ?1", [id]);
        Ok(deleted.map_err(|error| self.unusable(&error))? > 0)
    }

    fn open(&self) -> Result<Connection, Fault> {
        let open = || -> rusqlite::Result<(Connection, i64)> {
            let mut connection = Connection::open(&self.path)?;
            connection.busy_timeout(PATIENCE)?;
            connection.pragma_update(None, "journal_mode", "WAL")?;
            let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let version = change.query_row("PRAGMA user_version", [], |row| row.get(0))?;
            if version == 0 {
                change.execute_batch(TABLES)?;
                change.commit()?;
                return Ok((connection, VERSION));
            }
            drop(change);
            Ok((connection, version))
        };
        let (connection, version) = open().map_err(|error| self.unusable(&error))?;
        if version > VERSION {
            let path = self.path.display();
            return Err(Fault::new(
                Code::FileUnreadable,
                format!("{path} was written by a newer Deskhand."),
            )
            .with("path", path));
        }
        Ok(connection)
    }

    fn unusable(&self, error: &rusqlite::Error) -> Fault {
        let path = self.path.display();
        Fault::new(
            Code::FileUnreadable,
            format!("{path} cannot be used: {error}."),
        )
        .with("path", path)
        .with("detail", error)
    }
}
