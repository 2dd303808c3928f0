//! What can go wrong between a file and its tables.

use std::io;
use std::path::{Path, PathBuf};

/// Why a file could not be taken in. Displayed, it is a sentence for the person; [`code`](Self::code)
/// is for the program and never changes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// There is no such file.
    #[error("There is no file at {}.", .0.display())]
    NoFile(PathBuf),
    /// It is a folder.
    #[error("{} is a folder: choose one of the files in it.", .0.display())]
    IsFolder(PathBuf),
    /// The person may not read or write it.
    #[error("You are not allowed to open {}.", .0.display())]
    NoPermission(PathBuf),
    /// The system could not read it.
    #[error("{} cannot be read: {detail}.", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        detail: String,
    },
    /// It is something that this crate does not read.
    #[error("{} is {what}, not a table: {advice}.", path.display())]
    NotASheet {
        /// Which file.
        path: PathBuf,
        /// What it is, with its article.
        what: &'static str,
        /// What the person can do about it.
        advice: &'static str,
    },
    /// There is nothing in it.
    #[error("{} is empty: there is no table in it.", .0.display())]
    Empty(PathBuf),
    /// It opens with a password only.
    #[error("{} is protected by a password: save a copy without one and take that.", .0.display())]
    Protected(PathBuf),
    /// It begins like a workbook and does not go on like one.
    #[error("{} is damaged or incomplete: open it in the program it came from and save it anew.", path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What the reader said.
        detail: String,
    },
    /// More columns than a table can have.
    #[error(
        "The table {table} has {columns} columns, and a database table can have {most} at most."
    )]
    TooManyColumns {
        /// Which table.
        table: String,
        /// How many it has.
        columns: usize,
        /// How many there can be.
        most: usize,
    },
    /// A workbook of a kind that has to be held in memory, and is too large for that.
    #[error(
        "{} is too large to be opened ({megabytes} MB, at most {most} MB): save its sheets as CSV files and take those.",
        path.display()
    )]
    TooLarge {
        /// Which file.
        path: PathBuf,
        /// What it would unfold to, in MB of 1,000,000 bytes.
        megabytes: u64,
        /// How much is taken.
        most: u64,
    },
    /// A cell begins with a quotation mark, and the one that would end it is missing.
    #[error(
        "The quotation mark that opens a cell in line {line} of {} is never closed, so everything after it would be one cell: close it or take it out.",
        path.display()
    )]
    UnclosedQuote {
        /// Which file.
        path: PathBuf,
        /// The line in which the row begins, from 1.
        line: u64,
    },
    /// The file was written to while it was read.
    #[error("{} was changed while it was read: try again when it is finished.", .0.display())]
    Changed(PathBuf),
    /// The file to be written is the one to be read.
    #[error("{} cannot be replaced by its own import.", .0.display())]
    TargetIsSource(PathBuf),
    /// Another program has the database open.
    #[error("Another program is using {} right now: close it there and try again.", .0.display())]
    TargetBusy(PathBuf),
    /// No room.
    #[error("There is not enough room on the disk for {}.", .0.display())]
    DiskFull(PathBuf),
    /// The database cannot be written for another reason.
    #[error("{} cannot be written: {detail}.", path.display())]
    Unwritable {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        detail: String,
    },
    /// The person stopped it.
    #[error("Cancelled.")]
    Cancelled,
}

impl SheetError {
    /// A word for the program, in small letters with hyphens. One for each kind, and it stays.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoFile(_) => "file-not-found",
            Self::IsFolder(_) => "file-is-folder",
            Self::NoPermission(_) => "file-not-permitted",
            Self::Unreadable { .. } => "file-unreadable",
            Self::NotASheet { .. } => "sheet-unknown-format",
            Self::Empty(_) => "sheet-empty",
            Self::Protected(_) => "sheet-protected",
            Self::Damaged { .. } => "sheet-damaged",
            Self::TooManyColumns { .. } => "sheet-too-wide",
            Self::TooLarge { .. } => "sheet-too-large",
            Self::UnclosedQuote { .. } => "sheet-unclosed-quote",
            Self::Changed(_) => "file-changed",
            Self::TargetIsSource(_) => "target-is-source",
            Self::TargetBusy(_) => "target-busy",
            Self::DiskFull(_) => "disk-full",
            Self::Unwritable { .. } => "file-unwritable",
            Self::Cancelled => "cancelled",
        }
    }

    /// What the system said while `path` was read.
    pub(crate) fn reading(path: &Path, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::NoFile(path.to_owned()),
            io::ErrorKind::PermissionDenied => Self::NoPermission(path.to_owned()),
            io::ErrorKind::IsADirectory => Self::IsFolder(path.to_owned()),
            _ => Self::Unreadable {
                path: path.to_owned(),
                detail: error.to_string(),
            },
        }
    }

    /// What the system said while `path` was written.
    pub(crate) fn writing(path: &Path, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                Self::DiskFull(path.to_owned())
            }
            io::ErrorKind::PermissionDenied => Self::NoPermission(path.to_owned()),
            _ => Self::Unwritable {
                path: path.to_owned(),
                detail: error.to_string(),
            },
        }
    }

    /// What SQLite said while `path` was written.
    pub(crate) fn database(path: &Path, error: &rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::DiskFull(path.to_owned()),
            Some(rusqlite::ErrorCode::PermissionDenied) => Self::NoPermission(path.to_owned()),
            _ => Self::Unwritable {
                path: path.to_owned(),
                detail: error.to_string(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_called_one() {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        connection
            .execute_batch("CREATE TABLE t (a); PRAGMA max_page_count = 3;")
            .unwrap();
        let error = connection
            .execute("INSERT INTO t VALUES (zeroblob(100000))", [])
            .unwrap_err();
        let path = Path::new("x.sqlite");
        assert_eq!(SheetError::database(path, &error).code(), "disk-full");
        for (kind, code) in [
            (io::ErrorKind::StorageFull, "disk-full"),
            (io::ErrorKind::PermissionDenied, "file-not-permitted"),
            (io::ErrorKind::BrokenPipe, "file-unwritable"),
        ] {
            assert_eq!(SheetError::writing(path, &kind.into()).code(), code);
        }
        for (kind, code) in [
            (io::ErrorKind::NotFound, "file-not-found"),
            (io::ErrorKind::PermissionDenied, "file-not-permitted"),
            (io::ErrorKind::BrokenPipe, "file-unreadable"),
        ] {
            assert_eq!(SheetError::reading(path, &kind.into()).code(), code);
        }
    }
}
