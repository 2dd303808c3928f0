//! What is in a file: tables, columns, keys, a few values of each column of text, and what can be
//! known of them: comments, keys that nobody declared, what codes mean, how dates are written.

use rusqlite::{Connection, Result};

use super::meanings::Meaning;
use super::{comments, keys, meanings};
use crate::dates::DateFormat;

/// How many rows of a table are looked at for values.
const ROWS_LOOKED_AT: usize = 2_000;

/// How many values are kept for a column; a column with more different ones than this is not a code.
pub const VALUES_KEPT: usize = 8;

/// How many values are looked at to see whether they are dates.
const DATES_LOOKED_AT: usize = 60;

/// A longer value says little for its length.
const VALUE_CHARS: usize = 40;

/// What is in a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Schema {
    /// Tables and views that a question can be about.
    pub tables: Vec<Table>,
    /// Names of everything that may be read, inner tables of a full-text index among them.
    pub readable: Vec<String>,
    /// What a person wrote about the whole.
    pub note: String,
}

/// A table or a view.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns in order.
    pub columns: Vec<Column>,
    /// Its foreign keys.
    pub foreign_keys: Vec<ForeignKey>,
    /// Foreign keys that nobody declared and the data shows.
    pub inferred_keys: Vec<ForeignKey>,
    /// What was written beside it when it was made.
    pub comment: String,
    /// The person's own words for it.
    pub own: OwnWords,
    /// What its name is short for; empty where it is not.
    pub words: String,
}

/// A column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// The type it was declared with; empty where there was none.
    pub kind: String,
    /// Whether it is the primary key or a part of it.
    pub is_key: bool,
    /// Values found in it, most frequent first, for texts.
    pub values: Vec<String>,
    /// Whether `values` are all that were found.
    pub values_are_all: bool,
    /// What was written beside it when the table was made.
    pub comment: String,
    /// What its codes mean, where that can be known.
    pub meanings: Vec<Meaning>,
    /// How it writes dates, if it does.
    pub dates: Option<DateFormat>,
    /// The person's own words for it.
    pub own: OwnWords,
    /// What its name is short for; empty where it is not.
    pub words: String,
}

/// What a person calls a table or a column, and wrote about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnWords {
    /// Their name for it; empty where they gave none.
    pub name: String,
    /// Their note; empty where they made none.
    pub note: String,
}

impl OwnWords {
    /// Both in one line; empty when there is neither.
    #[must_use]
    pub fn line(&self) -> String {
        let parts = [self.name.as_str(), self.note.as_str()];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(": ")
    }
}

/// Columns that point to another table.
#[derive(Debug, Clone, PartialEq)]
pub struct ForeignKey {
    /// Columns of this table.
    pub columns: Vec<String>,
    /// The other table.
    pub table: String,
    /// Columns of the other table; empty for its primary key.
    pub referenced: Vec<String>,
}

/// Reads the schema. A table that cannot be read (a virtual one whose module is missing) is left out.
pub(super) fn read(connection: &Connection) -> Result<Schema> {
    let mut schema = Schema::default();
    let mut statement = connection.prepare(
        "SELECT name, type FROM pragma_table_list
         WHERE schema = 'main' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid",
    )?;
    let names: Vec<(String, String)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_>>()?;
    let order = creation_order(connection)?;
    let mut names = names;
    names.sort_by_key(|(name, _)| order.iter().position(|other| other == name));
    for (name, kind) in names {
        if kind != "shadow"
            && let Some(table) = read_table(connection, &name)?
        {
            schema.tables.push(table);
        }
        schema.readable.push(name);
    }
    keys::infer(connection, &mut schema)?;
    meanings::add(connection, &mut schema)?;
    Ok(schema)
}

/// Names in the order in which they were made, which is the order that makes sense to people.
fn creation_order(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare("SELECT name FROM sqlite_schema ORDER BY rowid")?;
    statement.query_map([], |row| row.get(0))?.collect()
}

fn read_table(connection: &Connection, name: &str) -> Result<Option<Table>> {
    let mut columns = match read_columns(connection, name) {
        Ok(columns) => columns,
        Err(error) if is_serious(&error) => return Err(error),
        Err(_) => return Ok(None),
    };
    let comments = read_comments(connection, name)?;
    for (of, comment) in comments.columns {
        if let Some(column) = columns
            .iter_mut()
            .find(|column| column.name.eq_ignore_ascii_case(&of))
        {
            column.comment = comment;
        }
    }
    Ok(Some(Table {
        foreign_keys: read_foreign_keys(connection, name)?,
        name: name.to_owned(),
        columns,
        comment: comments.table,
        ..Table::default()
    }))
}

fn read_comments(connection: &Connection, table: &str) -> Result<comments::Comments> {
    let mut statement = connection.prepare(
        "SELECT sql FROM sqlite_schema WHERE name = ?1 AND type = 'table' AND sql IS NOT NULL",
    )?;
    let sql: Vec<String> = statement
        .query_map([table], |row| row.get(0))?
        .collect::<Result<_>>()?;
    Ok(sql
        .first()
        .map(|sql| comments::of_table(sql))
        .unwrap_or_default())
}

/// A file that is busy or damaged is not a matter of one table.
fn is_serious(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{
        DatabaseBusy, DatabaseCorrupt, DatabaseLocked, NotADatabase, OperationInterrupted,
    };
    matches!(
        error.sqlite_error_code(),
        Some(DatabaseBusy | DatabaseLocked | DatabaseCorrupt | NotADatabase | OperationInterrupted)
    )
}

fn read_columns(connection: &Connection, table: &str) -> Result<Vec<Column>> {
    let mut statement = connection.prepare("SELECT name, type, pk FROM pragma_table_info(?1)")?;
    let mut columns: Vec<Column> = statement
        .query_map([table], |row| {
            Ok(Column {
                name: row.get(0)?,
                kind: row.get(1)?,
                is_key: row.get::<_, i64>(2)? > 0,
                ..Column::default()
            })
        })?
        .collect::<Result<_>>()?;
    for column in &mut columns {
        read_values(connection, table, column)?;
        column.dates = read_dates(connection, table, column)?;
    }
    Ok(columns)
}

/// Names go into the statement quoted, with quotes in them doubled, as SQL writes identifiers.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn read_values(connection: &Connection, table: &str, column: &mut Column) -> Result<()> {
    let sql = format!(
        "SELECT value, count(*) FROM (SELECT {} AS value FROM {} LIMIT {ROWS_LOOKED_AT})
         WHERE typeof(value) = 'text' AND value <> '' GROUP BY value
         ORDER BY count(*) DESC, value LIMIT {}",
        quoted(&column.name),
        quoted(table),
        VALUES_KEPT + 1,
    );
    let mut statement = connection.prepare(&sql)?;
    let values: Vec<String> = statement
        .query_map([], |row| {
            // A text need not be UTF-8 in SQLite.
            let value = row.get_ref(0)?;
            Ok(String::from_utf8_lossy(value.as_bytes().unwrap_or_default()).into_owned())
        })?
        .collect::<Result<_>>()?;
    column.values_are_all = values.len() <= VALUES_KEPT;
    column.values = values
        .into_iter()
        .take(VALUES_KEPT)
        .filter(|value| value.chars().count() <= VALUE_CHARS)
        .collect();
    Ok(())
}

/// How a column writes dates. Numbers may be dates too (20240131).
fn read_dates(connection: &Connection, table: &str, column: &Column) -> Result<Option<DateFormat>> {
    let name = quoted(&column.name);
    let mut statement = connection.prepare(&format!(
        "SELECT DISTINCT CAST({name} AS TEXT) FROM {}
         WHERE typeof({name}) IN ('text', 'integer') AND length({name}) BETWEEN 8 AND 30 LIMIT {DATES_LOOKED_AT}",
        quoted(table)
    ))?;
    let values: Vec<String> = statement
        .query_map([], |row| {
            let value = row.get_ref(0)?;
            Ok(String::from_utf8_lossy(value.as_bytes().unwrap_or_default()).into_owned())
        })?
        .collect::<Result<_>>()?;
    Ok(DateFormat::of(&values))
}

fn read_foreign_keys(connection: &Connection, table: &str) -> Result<Vec<ForeignKey>> {
    let mut statement = connection.prepare(
        "SELECT id, \"table\", \"from\", \"to\" FROM pragma_foreign_key_list(?1) ORDER BY id, seq",
    )?;
    let parts: Vec<(i64, String, String, Option<String>)> = statement
        .query_map([table], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?
        .collect::<Result<_>>()?;
    let mut keys: Vec<(i64, ForeignKey)> = Vec::new();
    for (id, other, from, to) in parts {
        if keys.last().is_none_or(|(last, _)| *last != id) {
            keys.push((
                id,
                ForeignKey {
                    columns: vec![],
                    table: other,
                    referenced: vec![],
                },
            ));
        }
        if let Some((_, key)) = keys.last_mut() {
            key.columns.push(from);
            key.referenced.extend(to);
        }
    }
    Ok(keys.into_iter().map(|(_, key)| key).collect())
}
