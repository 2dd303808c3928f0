//! What all tests of imports share: a folder, a file in it, and a look at what came out.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::types::Value;
use sheets::{Options, Report, SheetError};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

/// What an import came to.
pub struct Outcome {
    pub folder: TempDir,
    pub report: Result<Report, SheetError>,
}

impl Outcome {
    pub fn target(&self) -> PathBuf {
        self.folder.path().join("out.sqlite")
    }
}

/// Imports a file of these bytes.
pub fn import_bytes(name: &str, bytes: &[u8]) -> Outcome {
    import_with(name, |path| std::fs::write(path, bytes).unwrap())
}

/// Imports a file that `make` writes. Whatever comes of it, nothing else may lie in the folder.
pub fn import_with(name: &str, make: impl FnOnce(&Path)) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join(name);
    make(&source);
    let target = folder.path().join("out.sqlite");
    let report = sheets::import(
        &source,
        &target,
        &Options::default(),
        &|_| {},
        &CancellationToken::new(),
    );
    let files = folder.path().read_dir().unwrap().count();
    assert_eq!(
        files,
        1 + usize::from(report.is_ok()),
        "something was left behind"
    );
    Outcome { folder, report }
}

/// The code of what went wrong.
pub fn code(outcome: &Outcome) -> &'static str {
    outcome
        .report
        .as_ref()
        .map_or_else(SheetError::code, |_| "none")
}

/// Values of all rows of the first table.
fn values(outcome: &Outcome, table: usize) -> Vec<Vec<Value>> {
    let report = outcome.report.as_ref().unwrap();
    let connection = Connection::open(outcome.target()).unwrap();
    let sql = format!(
        "SELECT * FROM \"{}\" ORDER BY rowid",
        report.tables[table].name.replace('"', "\"\"")
    );
    let mut statement = connection.prepare(&sql).unwrap();
    let width = statement.column_count();
    statement
        .query_map([], |row| (0..width).map(|at| row.get(at)).collect())
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap()
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => format!("{number:?}"),
        Value::Text(text) => text.clone(),
        Value::Blob(_) => panic!("no import writes blobs"),
    }
}

/// Texts of all rows of the first table.
pub fn cells(outcome: &Outcome) -> Vec<Vec<String>> {
    let rows = values(outcome, 0);
    rows.iter()
        .map(|row| row.iter().map(shown).collect())
        .collect()
}

/// A table as a text: names and declared types, then its rows.
pub fn dump_table(outcome: &Outcome, table: usize) -> String {
    let report = match &outcome.report {
        Ok(report) => &report.tables[table],
        Err(error) => return format!("{}: {error}", error.code()),
    };
    let columns: Vec<String> = report
        .columns
        .iter()
        .map(|column| format!("{} {}", column.name, column.kind.declared()))
        .collect();
    let rows = values(outcome, table);
    assert_eq!(rows.len() as u64, report.rows);
    let rows = rows
        .iter()
        .map(|row| row.iter().map(shown).collect::<Vec<_>>().join("|"));
    std::iter::once(columns.join(", "))
        .chain(rows)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The first table as a text.
pub fn dump(outcome: &Outcome) -> String {
    dump_table(outcome, 0)
}
