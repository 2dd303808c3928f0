//! CSV for files and TSV for the clipboard.
//!
//! A spreadsheet that opens such a file runs a text beginning with `=`, `+`, `-`, `@`, a tab or a
//! carriage return as a formula, whoever wrote that text into the data. Such texts get an apostrophe
//! before them. So that it can be taken away again without doubt, texts that already look like a
//! guarded one get one more: [`unguarded`] undoes [`guarded`] for every text. Numbers are left alone.

use std::borrow::Cow;

use assistant::artifact::{Cell, QueryResult};

use crate::{ExportError, plain};

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Whether a text would be run as a formula, apostrophes before it aside.
fn is_risky(text: &str) -> bool {
    text.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A text that no spreadsheet runs: with an apostrophe before it if it needs one.
#[must_use]
pub fn guarded(text: &str) -> Cow<'_, str> {
    match is_risky(text) {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

/// The text that was [`guarded`].
#[must_use]
pub fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(original) if is_risky(original) => original,
        _ => text,
    }
}

pub(crate) fn csv(result: &QueryResult) -> Result<Vec<u8>, ExportError> {
    write(
        result,
        b',',
        csv::Terminator::CRLF,
        BYTE_ORDER_MARK.to_vec(),
    )
}

pub(crate) fn tsv(result: &QueryResult) -> Result<Vec<u8>, ExportError> {
    write(result, b'\t', csv::Terminator::Any(b'\n'), Vec::new())
}

fn write(
    result: &QueryResult,
    delimiter: u8,
    terminator: csv::Terminator,
    bytes: Vec<u8>,
) -> Result<Vec<u8>, ExportError> {
    let internal = |error: csv::Error| ExportError::Internal(error.to_string());
    let mut builder = csv::WriterBuilder::new();
    let mut writer = builder
        .delimiter(delimiter)
        .terminator(terminator)
        .from_writer(bytes);
    let header = result.columns.iter().map(|name| guarded(name).into_owned());
    writer.write_record(header).map_err(internal)?;
    for row in &result.rows {
        writer
            .write_record(row.iter().map(field))
            .map_err(internal)?;
    }
    writer
        .into_inner()
        .map_err(|error| ExportError::Internal(error.to_string()))
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => guarded(text).into_owned(),
        // Infinity is a word, and begins with a sign at most half of the time.
        Cell::Real(number) if !number.is_finite() => guarded(&number.to_string()).into_owned(),
        other => plain(other),
    }
}
