//! The database that is written: beside its place under another name, and put there when whole.

use std::fs::File;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Statement};
use tempfile::NamedTempFile;

use crate::SheetError;
use crate::column::Stored;
use crate::names::quoted;

/// The most columns that SQLite gives a table (`SQLITE_MAX_COLUMN` as it is built).
pub const MOST_COLUMNS: usize = 2000;

/// A database that is not there yet. Dropped before it is put in place, it leaves nothing behind.
pub struct Database {
    target: PathBuf,
    connection: Connection,
    file: NamedTempFile,
}

impl Database {
    /// Begins one that is to lie at `target`, whose folder there must be.
    pub fn begin(target: &Path) -> Result<Self, SheetError> {
        let writing = |error| SheetError::writing(target, &error);
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        let folder = match target.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        // Only its owner may read it: tempfile sees to that.
        let file = tempfile::Builder::new()
            .prefix(&format!(".{name}."))
            .suffix(".part")
            .tempfile_in(folder)
            .map_err(writing)?;
        let wrong = |error| SheetError::database(target, &error);
        let connection = Connection::open(file.path()).map_err(wrong)?;
        // Nothing has to survive a crash here: the file is not in its place before it is whole.
        connection
            .execute_batch(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
                 PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY; BEGIN;",
            )
            .map_err(wrong)?;
        Ok(Self {
            target: target.to_owned(),
            connection,
            file,
        })
    }

    /// Makes a table of columns with their names and declared types, and a writer for its rows.
    pub fn table(&self, name: &str, columns: &[(&str, &str)]) -> Result<Writer<'_>, SheetError> {
        let wrong = |error| SheetError::database(&self.target, &error);
        let declared: Vec<String> = columns
            .iter()
            .map(|(name, kind)| format!("{} {kind}", quoted(name)))
            .collect();
        let sql = format!("CREATE TABLE {} ({})", quoted(name), declared.join(", "));
        self.connection.execute_batch(&sql).map_err(wrong)?;
        let holes = vec!["?"; columns.len()].join(", ");
        let sql = format!("INSERT INTO {} VALUES ({holes})", quoted(name));
        Ok(Writer {
            target: &self.target,
            statement: self.connection.prepare(&sql).map_err(wrong)?,
        })
    }

    /// Puts it in its place, in one step and on disk.
    pub fn finish(self) -> Result<(), SheetError> {
        let target = self.target;
        let writing = |error| SheetError::writing(&target, &error);
        let wrong = |error| SheetError::database(&target, &error);
        self.connection.execute_batch("COMMIT").map_err(wrong)?;
        self.connection.close().map_err(|(_, error)| wrong(error))?;
        self.file.as_file().sync_all().map_err(writing)?;
        self.file
            .persist(&target)
            .map_err(|error| SheetError::writing(&target, &error.error))?;
        // The name is as good as the folder it stands in; not every system lets one sync that.
        if let Some(folder) = target.parent().and_then(|folder| File::open(folder).ok()) {
            let _ = folder.sync_all();
        }
        Ok(())
    }
}

/// Writes rows into one table.
pub struct Writer<'a> {
    target: &'a Path,
    statement: Statement<'a>,
}

impl Writer<'_> {
    /// Sets a value of the row that comes next; columns count from 0.
    pub fn set(&mut self, column: usize, value: Stored<'_>) -> Result<(), SheetError> {
        self.statement
            .raw_bind_parameter(column + 1, value)
            .map_err(|error| SheetError::database(self.target, &error))
    }

    /// Writes the row whose values are set.
    pub fn write(&mut self) -> Result<(), SheetError> {
        self.statement
            .raw_execute()
            .map(drop)
            .map_err(|error| SheetError::database(self.target, &error))
    }
}
