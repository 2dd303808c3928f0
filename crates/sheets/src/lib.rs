//! Tables out of files: CSV and its relatives, and workbooks of Excel and LibreOffice, become a
//! private SQLite database that questions can be asked of.
//!
//! A file is gone through twice: once to find out what its columns are from all of their values,
//! once to write them. Nothing is decided from a few rows but the header, and what is not certain
//! is in the [`Report`] as a [`Note`].
//!
//! What this crate is not: it never changes the file it reads, it answers no questions, and it
//! knows nothing of assistants or windows. Where the database lies is told to it.

mod cell;
mod column;
mod database;
mod dates;
mod error;
mod header;
mod kind;
mod names;
mod numbers;
mod progress;
mod report;
mod table;
mod text;
mod workbook;

use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tokio_util::sync::CancellationToken;

pub use error::SheetError;
pub use kind::{Kind, recognises};
pub use progress::{Progress, Stage};
pub use report::{ColumnKind, ColumnReport, Header, Note, Report, TableReport};

use database::Database;
use names::Names;
use progress::Watch;
use text::TextGrid;
use workbook::Workbook;

/// What helps where a file does not tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The country the file comes from, as in the names of hosts: `tw`, `cn`, `de`, `us`. It helps
    /// to guess an encoding, and whether the month comes before the day.
    pub region: Option<String>,
}

impl Options {
    fn order(&self) -> Option<dates::Orders> {
        let region = self.region.as_deref()?;
        region
            .eq_ignore_ascii_case("us")
            .then_some(dates::MONTH_FIRST)
    }
}

/// Reads `source` and writes its tables into a new database at `target`, readable by its owner
/// only. A file that lies at `target` is replaced in one step, when the new one is whole and on
/// disk; after an error it is as it was, and nothing else is left behind.
///
/// This takes as long as it takes on the thread it is called on, and looks at `cancel` many times
/// a second, with two exceptions: an xls file is unfolded in one go, and so is what the system
/// still has to put on disk at the end. `progress` hears at most 20 words a second and one at the end.
///
/// # Errors
/// [`SheetError`], which says for each kind what happened.
pub fn import(
    source: &Path,
    target: &Path,
    options: &Options,
    progress: &dyn Fn(Progress),
    cancel: &CancellationToken,
) -> Result<Report, SheetError> {
    let watch = Watch::new(progress, cancel);
    watch.tick()?;
    let kind = Kind::of(source)?;
    check_target(source, target)?;
    let before = stamp(source)?;
    let database = Database::begin(target)?;
    let job = Job {
        source,
        options,
        watch: &watch,
        length: before.0,
    };
    let report = match kind {
        Kind::Text => job.text(&database)?,
        _ => job.guarded_workbook(kind, &database)?,
    };
    if stamp(source)? != before {
        return Err(SheetError::Changed(source.to_owned()));
    }
    watch.tick()?;
    database.finish()?;
    watch.finish();
    Ok(report)
}

/// How long it is and when it was written to.
fn stamp(path: &Path) -> Result<(u64, Option<SystemTime>), SheetError> {
    let metadata = path
        .metadata()
        .map_err(|error| SheetError::reading(path, &error))?;
    Ok((metadata.len(), metadata.modified().ok()))
}

fn check_target(source: &Path, target: &Path) -> Result<(), SheetError> {
    if let (Ok(source), Ok(target)) = (source.canonicalize(), target.canonicalize())
        && source == target
    {
        return Err(SheetError::TargetIsSource(target));
    }
    if target.is_dir() {
        return Err(SheetError::IsFolder(target.to_owned()));
    }
    // What another connection has left there would be taken for a part of the new database.
    for ending in ["-journal", "-wal", "-shm"] {
        let mut beside = target.as_os_str().to_owned();
        beside.push(ending);
        if PathBuf::from(beside).exists() {
            return Err(SheetError::TargetBusy(target.to_owned()));
        }
    }
    Ok(())
}

/// One import.
struct Job<'a> {
    source: &'a Path,
    options: &'a Options,
    watch: &'a Watch<'a>,
    length: u64,
}

impl Job<'_> {
    fn changed(&self) -> SheetError {
        SheetError::Changed(self.source.to_owned())
    }

    fn text(&self, database: &Database) -> Result<Report, SheetError> {
        // The encoding, the columns, the rows.
        self.watch.expect(self.length * 3);
        let mut notes = Vec::new();
        let mut grid = TextGrid::open(self.source, self.options.region.as_deref(), self.watch)?;
        let stem = self
            .source
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy();
        let stem = header::name(cell::Cell::Text(&stem));
        let name = Names::default().table(&stem);
        self.watch.reach(self.length);
        let mut plan = table::survey(&mut grid, &name, self.options.order(), self.watch)?;
        if let Some(line) = grid.seen.open_quote {
            grid.take_quotes_literally();
            plan = table::survey(&mut grid, &name, self.options.order(), self.watch)?;
            // Only a file that has no use for quotation marks can be read without them.
            let is_regular = plan.as_ref().is_some_and(|plan| plan.ragged == 0);
            if grid.seen.has_quoted || !is_regular {
                let path = self.source.to_owned();
                return Err(SheetError::UnclosedQuote { path, line });
            }
            notes.push(Note::QuotesLiteral { line });
        }
        notes.extend(grid.notes());
        let plan = plan.ok_or_else(|| SheetError::Empty(self.source.to_owned()))?;
        if name != stem {
            let (original, name) = (stem, name.clone());
            notes.push(Note::Renamed { original, name });
        }
        self.watch.reach(self.length * 2);
        let table = plan.write(&mut grid, name, database, &|| self.changed(), self.watch)?;
        Ok(Report {
            kind: Kind::Text,
            tables: vec![table],
            encoding: Some(grid.encoding()),
            delimiter: grid.delimiter(),
            notes,
        })
    }

    /// calamine takes what a file says about itself for granted in places, and panics when it is
    /// not so.
    fn guarded_workbook(&self, kind: Kind, database: &Database) -> Result<Report, SheetError> {
        let work = AssertUnwindSafe(|| self.workbook(kind, database));
        std::panic::catch_unwind(work).unwrap_or_else(|_| {
            Err(SheetError::Damaged {
                path: self.source.to_owned(),
                detail: "the reader gave up".to_owned(),
            })
        })
    }

    fn workbook(&self, kind: Kind, database: &Database) -> Result<Report, SheetError> {
        self.watch.expect(self.length * 2);
        let mut book = Workbook::open(self.source, kind, self.watch)?;
        let mut names = Names::default();
        let mut report = Report {
            kind,
            tables: Vec::new(),
            encoding: None,
            delimiter: None,
            notes: Vec::new(),
        };
        for sheet in book.sheets() {
            let mut grid = book.sheet(&sheet.name)?;
            let plan = table::survey(&mut grid, &sheet.name, self.options.order(), self.watch)?;
            let Some(plan) = plan else {
                report.notes.push(Note::SheetLeftOut { sheet: sheet.name });
                continue;
            };
            let original = header::name(cell::Cell::Text(&sheet.name));
            let name = names.table(&original);
            let changed = || self.changed();
            let mut table = plan.write(&mut grid, name.clone(), database, &changed, self.watch)?;
            if name != original {
                table.notes.push(Note::Renamed { original, name });
            }
            if sheet.is_hidden {
                let sheet = sheet.name.clone();
                table.notes.push(Note::SheetHidden { sheet });
            }
            table.source_sheet = Some(sheet.name);
            report.tables.push(table);
        }
        if report.tables.is_empty() {
            return Err(SheetError::Empty(self.source.to_owned()));
        }
        Ok(report)
    }
}
