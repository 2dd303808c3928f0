//! What codes mean.
//!
//! A column says 'CX', and a small table elsewhere, or a comment, says that CX is "Cancelled by
//! patient". The model is told both, and a question that says "cancelled" is led to the code. Only
//! what the data or a comment says is used: nothing is guessed.

use std::collections::BTreeSet;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result};

use super::schema::{Column, Schema, Table, quoted};

/// A table with more rows is no list of codes.
const LONGEST_LIST: usize = 60;

/// Codes of one column that are told.
const MOST: usize = 24;

/// Longest code.
const CODE_CHARS: usize = 12;

/// A code and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// As it is stored; a number is written as a number.
    pub code: String,
    /// In words.
    pub label: String,
}

/// A list of codes: of one table, or of one group of a table that holds many lists.
struct List {
    table: String,
    /// The column of the codes.
    code: String,
    /// The group's name, where a table holds many lists.
    group: Option<String>,
    meanings: Vec<Meaning>,
}

/// Adds the meanings that can be known to every column with codes.
pub(super) fn add(connection: &Connection, schema: &mut Schema) -> Result<()> {
    let mut lists = Vec::new();
    for table in &schema.tables {
        lists.extend(lists_of(connection, table)?);
    }
    for place in 0..schema.tables.len() {
        for at in 0..schema.tables[place].columns.len() {
            let table = &schema.tables[place];
            let column = &table.columns[at];
            let codes = codes_of(connection, table, column)?;
            let meanings = match list_for(table, column, &codes, &lists) {
                Some(list) => present(&list.meanings, &codes),
                None => present(&in_comment(&column.comment, &codes), &codes),
            };
            schema.tables[place].columns[at].meanings = meanings;
        }
    }
    Ok(())
}

fn present(meanings: &[Meaning], codes: &BTreeSet<String>) -> Vec<Meaning> {
    let known = meanings
        .iter()
        .filter(|meaning| codes.contains(&meaning.code));
    known.take(MOST).cloned().collect()
}

/// The different values of a column, if they are few and short as codes are.
fn codes_of(connection: &Connection, table: &Table, column: &Column) -> Result<BTreeSet<String>> {
    let name = quoted(&column.name);
    let mut statement = connection.prepare(&format!(
        "SELECT DISTINCT {name} FROM {} WHERE {name} IS NOT NULL LIMIT {}",
        quoted(&table.name),
        LONGEST_LIST + 1
    ))?;
    let codes: Vec<Option<String>> = statement
        .query_map([], |row| Ok(code(row.get_ref(0)?)))?
        .collect::<Result<_>>()?;
    let are_codes = codes.len() <= LONGEST_LIST;
    Ok(
        match codes.into_iter().collect::<Option<BTreeSet<String>>>() {
            Some(codes) if are_codes => codes,
            _ => BTreeSet::new(),
        },
    )
}

fn code(value: ValueRef<'_>) -> Option<String> {
    let code = match value {
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Text(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        _ => return None,
    };
    (code.chars().count() <= CODE_CHARS).then_some(code)
}

/// The lists of codes that a table holds: none, one, or many.
fn lists_of(connection: &Connection, table: &Table) -> Result<Vec<List>> {
    // Codes first, words behind them, as people make such tables; a few more columns do no harm.
    if !(2..=6).contains(&table.columns.len()) {
        return Ok(Vec::new());
    }
    let mut statement = connection.prepare(&format!(
        "SELECT * FROM {} LIMIT {}",
        quoted(&table.name),
        4 * LONGEST_LIST + 1
    ))?;
    let width = table.columns.len();
    let rows: Vec<Vec<Option<String>>> = statement
        .query_map([], |row| {
            (0..width)
                .map(|place| {
                    Ok(match row.get_ref(place)? {
                        ValueRef::Integer(number) => Some(number.to_string()),
                        ValueRef::Text(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
                        _ => None,
                    })
                })
                .collect()
        })?
        .collect::<Result<_>>()?;
    Ok(as_lists(table, &rows))
}

fn as_lists(table: &Table, rows: &[Vec<Option<String>>]) -> Vec<List> {
    if rows.len() < 2 {
        return Vec::new();
    }
    let cell = |row: &[Option<String>], place: usize| row.get(place).cloned().flatten();
    let is_unique = |places: &[usize]| {
        let keys: BTreeSet<Vec<Option<String>>> = rows
            .iter()
            .map(|row| places.iter().map(|place| cell(row, *place)).collect())
            .collect();
        keys.len() == rows.len()
    };
    let is_code = |place: usize| {
        rows.iter()
            .all(|row| cell(row, place).is_some_and(|code| code.chars().count() <= CODE_CHARS))
    };
    // Words: texts, most of which differ, and longer than the codes.
    let words_behind = |code: usize| {
        (code + 1..table.columns.len()).find(|place| {
            let length = |place| -> usize {
                rows.iter()
                    .filter_map(|row| cell(row, place))
                    .map(|text| text.len())
                    .sum()
            };
            !table.columns[*place].values.is_empty() && length(*place) > length(code)
        })
    };
    let list = |code_at: usize, label: usize, group: Option<&str>| List {
        table: table.name.clone(),
        code: table.columns[code_at].name.clone(),
        group: group.map(str::to_owned),
        meanings: rows
            .iter()
            .filter(|row| group.is_none_or(|group| cell(row, 0).as_deref() == Some(group)))
            .filter_map(|row| {
                Some(Meaning {
                    code: cell(row, code_at)?,
                    label: cell(row, label)?,
                })
            })
            .collect(),
    };
    if is_unique(&[0]) && is_code(0) && rows.len() <= LONGEST_LIST {
        return words_behind(0)
            .map(|label| list(0, label, None))
            .into_iter()
            .collect();
    }
    if table.columns.len() >= 3 && is_unique(&[0, 1]) && is_code(1) {
        let Some(label) = words_behind(1) else {
            return Vec::new();
        };
        let groups: BTreeSet<String> = rows.iter().filter_map(|row| cell(row, 0)).collect();
        return groups
            .iter()
            .map(|group| list(1, label, Some(group)))
            .collect();
    }
    Vec::new()
}

/// The list that says what the codes of a column mean.
fn list_for<'lists>(
    table: &Table,
    column: &Column,
    codes: &BTreeSet<String>,
    lists: &'lists [List],
) -> Option<&'lists List> {
    let keys = table.foreign_keys.iter().chain(&table.inferred_keys);
    for key in keys.filter(|key| key.columns == [column.name.clone()]) {
        let pointed = lists.iter().find(|list| {
            list.group.is_none()
                && list.table == key.table
                && (key.referenced.is_empty() || key.referenced == [list.code.clone()])
        });
        if pointed.is_some() {
            return pointed;
        }
    }
    if codes.is_empty() {
        return None;
    }
    let holds_all = |list: &&List| {
        codes
            .iter()
            .all(|code| list.meanings.iter().any(|meaning| meaning.code == *code))
    };
    let is_own = |list: &&List| list.table == table.name;
    let fitting: Vec<&List> = lists
        .iter()
        .filter(|list| list.group.is_some() && !is_own(list) && holds_all(list))
        .collect();
    let named = fitting.iter().find(|list| {
        list.group
            .as_deref()
            .is_some_and(|group| is_named(&column.name, group))
    });
    match (named, fitting.as_slice()) {
        (Some(list), _) => Some(list),
        // Several lists have a '1'; one that alone has all of many codes is meant.
        (None, [only]) if codes.len() >= 3 => Some(only),
        _ => None,
    }
}

/// Whether a group of codes is called as a column is: `ACCT_TYP` and `acct_typ_cd`.
fn is_named(column: &str, group: &str) -> bool {
    let plain = |text: &str| -> String {
        text.chars()
            .filter(|character| character.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let (column, group) = (plain(column), plain(group));
    !group.is_empty() && (column.contains(&group) || column.len() > 2 && group.contains(&column))
}

/// Codes that a comment explains: `A active, C closed` or `1=個人；2=單位`. A word counts as a code
/// only if it is one of the column's values.
pub fn in_comment(comment: &str, codes: &BTreeSet<String>) -> Vec<Meaning> {
    let parts = comment.split([',', ';', '，', '；', '、', '/', '\n']);
    parts
        .filter_map(|part| {
            // A heading may stand before the first code: `status: A active`.
            let part = part
                .rsplit_once([':', '：'])
                .filter(|(head, _)| !codes.contains(head.trim()))
                .map_or(part, |(_, rest)| rest)
                .trim();
            let code = codes
                .iter()
                .filter(|code| !code.is_empty() && part.starts_with(code.as_str()))
                .max_by_key(|code| code.len())?;
            let rest = &part[code.len()..];
            let label = rest.trim_start_matches([' ', '=', ':', '：', '-', '–', '.']);
            let is_apart = rest.len() > label.len() || !rest.is_ascii();
            (is_apart && !label.is_empty()).then(|| Meaning {
                code: code.clone(),
                label: label.to_owned(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::schema;

    #[track_caller]
    fn check(script: &str, place: (&str, &str), expected: &[(&str, &str)]) {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(script).unwrap();
        let schema = schema::read(&connection).unwrap();
        let table = schema
            .tables
            .iter()
            .find(|table| table.name == place.0)
            .unwrap();
        let column = table
            .columns
            .iter()
            .find(|column| column.name == place.1)
            .unwrap();
        let found: Vec<_> = column
            .meanings
            .iter()
            .map(|one| (one.code.as_str(), one.label.as_str()))
            .collect();
        assert_eq!(found, expected, "{script}");
    }

    #[test]
    fn a_small_table_that_a_key_points_to_says_what_codes_mean() {
        let script = "CREATE TABLE st (st_cd TEXT PRIMARY KEY, st_nm TEXT); INSERT INTO st VALUES ('BK','Booked'),('NS','No-show'),('DN','Done');
            CREATE TABLE appt (id INTEGER PRIMARY KEY, st_cd TEXT); INSERT INTO appt VALUES (1,'BK'),(2,'NS');";
        check(
            script,
            ("appt", "st_cd"),
            &[("BK", "Booked"), ("NS", "No-show")],
        );
        check(script, ("appt", "id"), &[]);
    }

    #[test]
    fn a_table_of_many_lists_is_asked_by_the_name_of_the_column() {
        let script = "CREATE TABLE ref_code (dom TEXT, cd TEXT, descr TEXT, PRIMARY KEY (dom, cd)); INSERT INTO ref_code VALUES ('KYC','10','Missing'),('KYC','20','Verified'),('ACCT_TYP','10','Cash account'),('ACCT_TYP','20','Margin');
            CREATE TABLE account (no TEXT PRIMARY KEY, acct_typ_cd TEXT, other TEXT); INSERT INTO account VALUES ('a','10','10'),('b','20','20');";
        check(
            script,
            ("account", "acct_typ_cd"),
            &[("10", "Cash account"), ("20", "Margin")],
        );
        // Two lists have these codes, and the name says nothing.
        check(script, ("account", "other"), &[]);
    }

    #[test]
    fn a_comment_says_what_codes_mean() {
        let script = "CREATE TABLE a (id INTEGER PRIMARY KEY,\n sts TEXT, -- A active, C closed, P pending\n lx TEXT -- 类型：1=个人；2=单位\n); INSERT INTO a VALUES (1,'A','1'),(2,'C','2');";
        check(script, ("a", "sts"), &[("A", "active"), ("C", "closed")]);
        check(script, ("a", "lx"), &[("1", "个人"), ("2", "单位")]);
    }
}
