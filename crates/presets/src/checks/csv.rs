//! Comma-separated values: a head and rows that are as long as it.

use super::{Argument, Entry, Found, Looked};

pub(super) const CSV: Entry = Entry {
    name: "csv",
    argument: Argument::None,
    look,
};

fn look(at: &Looked<'_>) -> Found {
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(at.text.as_bytes());
    let rows: Result<Vec<Vec<String>>, _> = reader
        .records()
        .map(|record| record.map(|record| record.iter().map(str::to_owned).collect()))
        .collect();
    match rows {
        Ok(rows) if rows.first().is_some_and(|head| head.len() > 1) => {
            let detail = format!("{} rows below the head", rows.len() - 1);
            let mut found = Found::passed("csv", detail);
            found.table = rows;
            found
        }
        Ok(_) => Found::failed(
            "csv",
            "it has no columns",
            "The answer must be CSV: a head line with the names of the columns and then the rows, with commas between.",
        ),
        Err(error) => Found::failed(
            "csv",
            error.to_string(),
            "Every row of the CSV must have as many values as the head; put values with commas in double quotes.",
        ),
    }
}
