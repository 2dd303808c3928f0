//! Texts with delimiters, as rows that can be gone through again and again.
//!
//! Cutting is the work of the `csv` crate; this module finds out how it has to cut, and notices
//! a quotation mark that is never closed.

mod decode;
mod dialect;
mod encoding;

use std::io::Read as _;
use std::path::Path;

use csv::StringRecord;

use crate::SheetError;
use crate::cell::{Cell, Grid, Row};
use crate::progress::Watch;
use crate::report::Note;
use decode::{Decoded, SENTINEL};
use dialect::{Dialect, Ends};
use encoding::Found;
pub use encoding::is_wide;

/// How much of a text its delimiter is guessed from, in bytes of UTF-8.
const SAMPLE: u64 = 256 << 10;

/// So many lines are not one row, as a rule.
const MANY_LINES: u64 = 100;

/// So many of those are told.
const LONG_CELLS_TOLD: usize = 3;

/// A text.
pub struct TextGrid<'a> {
    path: &'a Path,
    watch: &'a Watch<'a>,
    found: Found,
    dialect: Dialect,
    /// What the last pass came upon.
    pub seen: Seen,
}

/// What one pass comes upon.
#[derive(Debug, Default)]
pub struct Seen {
    /// The line of the quotation mark that is never closed.
    pub open_quote: Option<u64>,
    /// Whether there are cells in quotation marks that were kept as they are.
    pub has_quoted: bool,
    long_cells: Vec<(u64, u64)>,
    replaced: u64,
    nuls: u64,
}

impl<'a> TextGrid<'a> {
    /// Finds out how the text is encoded and cut.
    pub fn open(
        path: &'a Path,
        region: Option<&str>,
        watch: &'a Watch<'a>,
    ) -> Result<Self, SheetError> {
        let found = encoding::detect(path, region, watch)?;
        let (decoded, _) = Decoded::open(path, found, watch)?;
        let mut sample = Vec::new();
        decoded
            .take(SAMPLE)
            .read_to_end(&mut sample)
            .map_err(|error| stopped(path, watch, &error))?;
        let mut sample = String::from_utf8_lossy(&sample).into_owned();
        let end = sample.find(SENTINEL);
        if let Some(end) = end {
            sample.truncate(end - 1);
        }
        Ok(Self {
            path,
            watch,
            found,
            dialect: Dialect::guess(&sample, end.is_some()),
            seen: Seen::default(),
        })
    }

    /// From now on a quotation mark is a letter like any other.
    pub fn take_quotes_literally(&mut self) {
        self.dialect.quoting = false;
    }

    pub fn encoding(&self) -> String {
        self.found.encoding.name().to_owned()
    }

    pub fn delimiter(&self) -> Option<char> {
        self.dialect.delimiter.map(char::from)
    }

    /// What the last pass came upon that a person should know.
    pub fn notes(&self) -> Vec<Note> {
        let mut notes = Vec::new();
        if self.seen.replaced > 0 {
            notes.push(Note::InvalidBytes {
                count: self.seen.replaced,
            });
        }
        if self.seen.nuls > 0 {
            notes.push(Note::NulBytes {
                count: self.seen.nuls,
            });
        }
        for (line, lines) in &self.seen.long_cells {
            notes.push(Note::LongCell {
                line: *line,
                lines: *lines,
            });
        }
        notes
    }

    /// The line in which a row begins, from where the reader is behind it.
    fn line(&self, behind: u64, records: u64, record: &StringRecord) -> (u64, u64) {
        let within = record
            .as_slice()
            .bytes()
            .filter(|byte| *byte == b'\n')
            .count() as u64;
        let line = match self.dialect.ends {
            Ends::Lf => behind.saturating_sub(within + 1),
            Ends::CrLf => behind.saturating_sub(within),
            Ends::Cr => records,
        };
        (line.max(1), within + 1)
    }
}

/// Why a stream ended early.
fn stopped(path: &Path, watch: &Watch<'_>, error: &std::io::Error) -> SheetError {
    if watch.is_cancelled() {
        return SheetError::Cancelled;
    }
    SheetError::reading(path, error)
}

impl Grid for TextGrid<'_> {
    fn each_row(
        &mut self,
        visit: &mut dyn FnMut(Row<'_>) -> Result<(), SheetError>,
    ) -> Result<(), SheetError> {
        self.seen = Seen::default();
        let (decoded, tally) = Decoded::open(self.path, self.found, self.watch)?;
        let decoded = decoded.ending_with(self.dialect.ends.bytes());
        let mut reader = self.dialect.reader(decoded);
        let mut record = StringRecord::new();
        let mut records = 0u64;
        let mut last_line = 0;
        loop {
            let more = match reader.read_record(&mut record) {
                Ok(more) => more,
                Err(_) if tally.is_too_long.get() => {
                    self.seen.open_quote = Some(last_line + 1);
                    return Ok(());
                }
                Err(error) => {
                    let error = std::io::Error::from(error);
                    return Err(stopped(self.path, self.watch, &error));
                }
            };
            tally.since_row.set(0);
            records += 1;
            if !more || record.len() == 1 && &record[0] == SENTINEL {
                break;
            }
            let (line, lines) = self.line(reader.position().line(), records, &record);
            last_line = line;
            let last = record.iter().next_back().unwrap_or_default();
            if last.trim_end().ends_with(SENTINEL) {
                self.seen.open_quote = Some(line);
                break;
            }
            if self.dialect.has_separator_line && records == 1 {
                continue;
            }
            self.look_at(&record, line, lines);
            let cells: Vec<Cell<'_>> = record.iter().map(Cell::Text).collect();
            visit(Row {
                line,
                cells: &cells,
            })?;
        }
        self.seen.replaced = tally.replaced.get();
        self.seen.nuls = tally.nuls.get();
        Ok(())
    }

    fn is_ragged(&self) -> bool {
        true
    }
}

impl TextGrid<'_> {
    fn look_at(&mut self, record: &StringRecord, line: u64, lines: u64) {
        if lines > MANY_LINES && self.seen.long_cells.len() < LONG_CELLS_TOLD {
            self.seen.long_cells.push((line, lines));
        }
        if !self.dialect.quoting && !self.seen.has_quoted {
            let is_quoted =
                |cell: &str| cell.len() > 1 && cell.starts_with('"') && cell.ends_with('"');
            self.seen.has_quoted = record.iter().any(is_quoted);
        }
    }
}
