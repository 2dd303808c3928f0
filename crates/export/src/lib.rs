//! What a person takes away: the rows of an answer as files for other programs ([`query`]), and whole
//! runs as documents to read, print and file ([`document`], [`runs`]).
//!
//! Nothing is read here and no file is opened: bytes come back, or go where the caller says. A format
//! that cannot hold a table whole refuses it; nothing is cut off in silence.

mod delimited;
pub mod document;
mod json;
mod markdown;
pub mod paper;
pub mod runs;
mod words;
mod workbook;

use assistant::artifact::QueryResult;

pub use delimited::{guarded, unguarded};
pub use words::Words;

/// A kind of file, or of text for the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values after RFC 4180: CRLF, quotes where needed. UTF-8 with a byte order
    /// mark, without which Excel takes Chinese for another encoding. Texts that a spreadsheet would
    /// run as a formula are [`guarded`]. NULL and the empty text are both an empty field.
    Csv,
    /// As [`Self::Csv`] with tabs, line feeds and no byte order mark, as spreadsheets take it from
    /// the clipboard.
    Tsv,
    /// A workbook of Excel 2007 and later: the rows on one sheet; question, statement and what else
    /// is to be known on a second one.
    Xlsx,
    /// A JSON array with an object for each row. Where two columns have one name, arrays instead,
    /// the first of them the names. Cells are written as in the history: whole numbers beyond 2^53
    /// are texts.
    Json,
    /// A table as GitHub's Markdown has it.
    Markdown,
}

impl Format {
    /// The usual ending of a file's name.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
            Self::Markdown => "md",
        }
    }
}

/// Why a table could not be written in a format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// There is no table to write.
    #[error("The answer has no columns.")]
    NoColumns,
    /// A row has another number of cells than there are columns.
    #[error("Row {row} has {found} cells where there are {expected} columns.")]
    Ragged {
        /// Which row, counted from 1.
        row: usize,
        /// How many cells it has.
        found: usize,
        /// How many it should have.
        expected: usize,
    },
    /// A sheet does not hold so many rows.
    #[error("Excel holds {most} rows below a header, and the answer has {found}: save it as CSV.")]
    TooManyRows {
        /// How many there are.
        found: usize,
        /// How many a sheet holds.
        most: usize,
    },
    /// A sheet does not hold so many columns.
    #[error("Excel holds {most} columns, and the answer has {found}: save it as CSV.")]
    TooManyColumns {
        /// How many there are.
        found: usize,
        /// How many a sheet holds.
        most: usize,
    },
    /// A text is longer than a cell of Excel.
    #[error(
        "Excel holds {most} characters in a cell, and row {row} has a longer text: save it as CSV."
    )]
    TextTooLong {
        /// Which row, counted from 1; 0 for the header and what is on the second sheet.
        row: usize,
        /// How many characters a cell holds.
        most: usize,
    },
    /// More than anybody prints.
    #[error(
        "That is more than {most} pages: choose fewer runs, or another format, which has no such limit."
    )]
    TooManyPages {
        /// How many such a document may have.
        most: usize,
    },
    /// No font of this system can be used.
    #[error("{0}")]
    NoFont(String),
    /// What is made cannot be written.
    #[error("It cannot be written: {0}.")]
    Unwritable(String),
    /// A mistake of ours.
    #[error("The file could not be made: {0}.")]
    Internal(String),
}

impl ExportError {
    /// A word for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoColumns => "export-no-columns",
            Self::Ragged { .. } => "export-ragged",
            Self::TooManyRows { .. } => "export-too-many-rows",
            Self::TooManyColumns { .. } => "export-too-many-columns",
            Self::TextTooLong { .. } => "export-text-too-long",
            Self::TooManyPages { .. } => "export-too-many-pages",
            Self::NoFont(_) => "export-no-font",
            Self::Unwritable(_) => "export-unwritable",
            Self::Internal(_) => "internal",
        }
    }
}

impl From<std::io::Error> for ExportError {
    fn from(error: std::io::Error) -> Self {
        Self::Unwritable(error.to_string())
    }
}

/// The rows of an answer in a format. The question and the words are used by [`Format::Xlsx`] alone.
///
/// # Errors
/// When the table is not one, or the format cannot hold it whole.
pub fn query(
    result: &QueryResult,
    format: Format,
    question: Option<&str>,
    words: &Words,
) -> Result<Vec<u8>, ExportError> {
    let expected = result.columns.len();
    if expected == 0 {
        return Err(ExportError::NoColumns);
    }
    for (place, row) in result.rows.iter().enumerate() {
        if row.len() != expected {
            return Err(ExportError::Ragged {
                row: place + 1,
                found: row.len(),
                expected,
            });
        }
    }
    match format {
        Format::Csv => delimited::csv(result),
        Format::Tsv => delimited::tsv(result),
        Format::Xlsx => workbook::write(result, question, words),
        Format::Json => json::write(result),
        Format::Markdown => Ok(markdown::write(result).into_bytes()),
    }
}

/// What a cell is as text; NULL is the empty text.
fn plain(cell: &assistant::artifact::Cell) -> String {
    use assistant::artifact::Cell;
    match cell {
        Cell::Null => String::new(),
        Cell::Integer(number) => number.to_string(),
        Cell::Real(number) => number.to_string(),
        Cell::Text(text) => text.clone(),
    }
}
