//! A workbook of Excel: the rows, and what they are the answer to.
//!
//! Texts are written as texts, so that none is taken for a formula, a number or a link. A column is
//! one of dates only when every value in it is a date that Excel counts right: it takes 1900 for a
//! leap year, so days before March 1900 stay texts.

use assistant::artifact::{Cell, QueryResult};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use crate::{ExportError, Words};

/// Rows of a sheet without the header.
const ROWS: usize = 1_048_575;

/// Columns of a sheet.
const COLUMNS: usize = 16_384;

/// UTF-16 units in a cell.
const CELL: usize = 32_767;

/// The largest whole number that Excel, which knows only floating point numbers, holds exactly.
const SAFE_INTEGER: u64 = 1 << 53;

/// Width of a column in characters, at least and at most.
const WIDTH: std::ops::RangeInclusive<usize> = 8..=60;

/// Rows that are measured for the width.
const ROWS_MEASURED: usize = 1_000;

/// What a column's texts are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Day,
    Moment,
}

struct Formats {
    header: Format,
    day: Format,
    moment: Format,
    wrapped: Format,
}

pub(crate) fn write(
    result: &QueryResult,
    question: Option<&str>,
    words: &Words,
) -> Result<Vec<u8>, ExportError> {
    check(result)?;
    let formats = Formats {
        header: Format::new().set_bold(),
        day: Format::new().set_num_format("yyyy-mm-dd"),
        moment: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
        wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
    };
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    rows(sheet, result, &formats, words).map_err(|error| internal(&error))?;
    let sheet = workbook.add_worksheet();
    about(sheet, result, question, &formats, words)?;
    workbook.save_to_buffer().map_err(|error| internal(&error))
}

fn internal(error: &XlsxError) -> ExportError {
    ExportError::Internal(error.to_string())
}

/// Whether a sheet holds it all.
fn check(result: &QueryResult) -> Result<(), ExportError> {
    let (rows, columns) = (result.rows.len(), result.columns.len());
    if rows > ROWS {
        return Err(ExportError::TooManyRows {
            found: rows,
            most: ROWS,
        });
    }
    if columns > COLUMNS {
        return Err(ExportError::TooManyColumns {
            found: columns,
            most: COLUMNS,
        });
    }
    for name in &result.columns {
        check_text(name, 0)?;
    }
    for (place, row) in result.rows.iter().enumerate() {
        for cell in row {
            if let Cell::Text(text) = cell {
                check_text(text, place + 1)?;
            }
        }
    }
    Ok(())
}

fn check_text(text: &str, row: usize) -> Result<(), ExportError> {
    // Counting is needed only where there are that many bytes.
    match text.len() > CELL && text.encode_utf16().count() > CELL {
        true => Err(ExportError::TextTooLong { row, most: CELL }),
        false => Ok(()),
    }
}

fn rows(
    sheet: &mut Worksheet,
    result: &QueryResult,
    formats: &Formats,
    words: &Words,
) -> Result<(), XlsxError> {
    sheet.set_name(words.result)?;
    let kinds: Vec<Kind> = (0..result.columns.len())
        .map(|column| kind(result, column))
        .collect();
    for (column, name) in (0_u16..).zip(&result.columns) {
        sheet.write_string_with_format(0, column, name, &formats.header)?;
        sheet.set_column_width(column, width(result, column))?;
    }
    for (line, row) in (1_u32..).zip(&result.rows) {
        for ((column, cell), kind) in (0_u16..).zip(row).zip(&kinds) {
            write_cell(sheet, (line, column), cell, *kind, formats)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    let last_row = u32::try_from(result.rows.len()).unwrap_or(u32::MAX);
    let last_column = u16::try_from(result.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, last_row, last_column)?;
    Ok(())
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    kind: Kind,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Null => {}
        #[expect(
            clippy::cast_precision_loss,
            reason = "every whole number up to 2^53 is exact"
        )]
        Cell::Integer(number) if number.unsigned_abs() <= SAFE_INTEGER => {
            sheet.write_number(row, column, *number as f64)?;
        }
        Cell::Integer(number) => {
            sheet.write_string(row, column, number.to_string())?;
        }
        Cell::Real(number) if number.is_finite() => {
            sheet.write_number(row, column, *number)?;
        }
        Cell::Real(number) => {
            sheet.write_string(row, column, number.to_string())?;
        }
        Cell::Text(text) => match (kind, date(text)) {
            (Kind::Day, Some((_, date))) => {
                sheet.write_datetime_with_format(row, column, &date, &formats.day)?;
            }
            (Kind::Moment, Some((_, date))) => {
                sheet.write_datetime_with_format(row, column, &date, &formats.moment)?;
            }
            _ => {
                sheet.write_string(row, column, text)?;
            }
        },
    }
    Ok(())
}

/// What a column holds: dates only if it holds nothing else.
fn kind(result: &QueryResult, column: usize) -> Kind {
    let mut found = Kind::Plain;
    for row in &result.rows {
        match row.get(column) {
            Some(Cell::Null) => {}
            Some(Cell::Text(text)) => match date(text) {
                Some((kind, _)) if found == Kind::Plain || found == kind => found = kind,
                _ => return Kind::Plain,
            },
            _ => return Kind::Plain,
        }
    }
    found
}

/// A text that is a day, `2024-01-31`, or a moment, `2024-01-31 10:00:00`.
fn date(text: &str) -> Option<(Kind, ExcelDateTime)> {
    let bytes = text.as_bytes();
    let shape: String = bytes
        .iter()
        .map(|byte| {
            if byte.is_ascii_digit() {
                '0'
            } else {
                char::from(*byte)
            }
        })
        .collect();
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<u16>().ok();
    let kind = match shape.as_str() {
        "0000-00-00" => Kind::Day,
        "0000-00-00 00:00:00" | "0000-00-00T00:00:00" => Kind::Moment,
        _ => return None,
    };
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    if (year, month) < (1900, 3) {
        return None;
    }
    let date =
        ExcelDateTime::from_ymd(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?).ok()?;
    match kind {
        Kind::Moment => {
            let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
            if hour > 23 || minute > 59 || second > 59 {
                return None;
            }
            let minute = u8::try_from(minute).ok()?;
            Some((kind, date.and_hms(hour, minute, f64::from(second)).ok()?))
        }
        _ => Some((kind, date)),
    }
}

/// How wide a column has to be for what is in it; Chinese characters are two wide.
#[expect(clippy::cast_precision_loss, reason = "at most 60")]
fn width(result: &QueryResult, column: u16) -> f64 {
    let column = usize::from(column);
    let cells = result
        .rows
        .iter()
        .take(ROWS_MEASURED)
        .filter_map(|row| row.get(column));
    let widths = cells.map(|cell| {
        let text = crate::plain(cell);
        text.lines()
            .map(UnicodeWidthStr::width)
            .max()
            .unwrap_or_default()
    });
    // The arrow of the filter takes its place beside the name.
    let name = result
        .columns
        .get(column)
        .map_or(0, |name| name.width() + 3);
    let widest = widths.max().unwrap_or_default().max(name) + 1;
    widest.clamp(*WIDTH.start(), *WIDTH.end()) as f64
}

fn about(
    sheet: &mut Worksheet,
    result: &QueryResult,
    question: Option<&str>,
    formats: &Formats,
    words: &Words,
) -> Result<(), ExportError> {
    let mut lines = Vec::new();
    lines.extend(question.map(|question| (words.question, question)));
    lines.push((words.statement, result.sql.as_str()));
    lines.extend(
        result
            .explanation
            .as_deref()
            .map(|text| (words.explanation, text)),
    );
    lines.extend(result.truncated.then_some((words.note, words.truncated)));
    lines.extend(result.draft.then_some((words.note, words.draft)));
    for (_, text) in &lines {
        check_text(text, 0)?;
    }
    let write = |sheet: &mut Worksheet| -> Result<(), XlsxError> {
        sheet.set_name(words.query)?;
        sheet.set_column_width(0, 18)?;
        sheet.set_column_width(1, 90)?;
        for (row, (head, text)) in (0_u32..).zip(&lines) {
            sheet.write_string_with_format(row, 0, *head, &formats.header)?;
            sheet.write_string_with_format(row, 1, *text, &formats.wrapped)?;
        }
        Ok(())
    };
    write(sheet).map_err(|error| internal(&error))
}
