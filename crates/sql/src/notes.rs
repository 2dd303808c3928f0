//! What a person wrote about a database in their own words: what they call tables and columns, and
//! what one has to know of them ("revenue = amount without tax").
//!
//! The words are told to the model beside the schema, and shown where the schema is. Where they are
//! kept is the desk's business. Words about something that is no longer there are left alone.

use crate::sqlite::{OwnWords, Schema};

/// Most characters of one note: it is read with every question.
pub const MOST_CHARS: usize = 300;

/// What a note is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// The table; nothing for the database as a whole.
    pub table: Option<String>,
    /// Its column; nothing for the table as a whole.
    pub column: Option<String>,
}

impl Subject {
    /// What a text names: nothing, a table, or `table.column`, whichever the schema has. A name may
    /// have points in it.
    #[must_use]
    pub fn find(text: &str, schema: &Schema) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return Some(Self::default());
        }
        let same = |name: &str, other: &str| name.to_lowercase() == other.to_lowercase();
        if let Some(table) = schema.tables.iter().find(|table| same(&table.name, text)) {
            return Some(Self {
                table: Some(table.name.clone()),
                column: None,
            });
        }
        schema.tables.iter().find_map(|table| {
            let mut columns = table.columns.iter();
            let column =
                columns.find(|column| same(&format!("{}.{}", table.name, column.name), text))?;
            Some(Self {
                table: Some(table.name.clone()),
                column: Some(column.name.clone()),
            })
        })
    }
}

/// Everything that was written about one database.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes(pub Vec<(Subject, OwnWords)>);

impl Notes {
    /// Whether nothing was written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Puts the words where they belong.
    pub(crate) fn write_into(&self, schema: &mut Schema) {
        for (subject, words) in &self.0 {
            let words = OwnWords {
                name: one_line(&words.name),
                note: one_line(&words.note),
            };
            let Some(table) = &subject.table else {
                schema.note = words.note;
                continue;
            };
            let mut tables = schema.tables.iter_mut();
            let Some(table) = tables.find(|one| one.name.eq_ignore_ascii_case(table)) else {
                continue;
            };
            match &subject.column {
                None => table.own = words,
                Some(column) => {
                    let mut columns = table.columns.iter_mut();
                    if let Some(column) = columns.find(|one| one.name.eq_ignore_ascii_case(column))
                    {
                        column.own = words;
                    }
                }
            }
        }
    }
}

/// A note stands in one line of the schema, and not for ever.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(MOST_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::{Column, Table};

    fn schema() -> Schema {
        let table = |name: &str, columns: &[&str]| Table {
            name: name.into(),
            columns: columns
                .iter()
                .map(|name| Column {
                    name: (*name).into(),
                    ..Column::default()
                })
                .collect(),
            ..Table::default()
        };
        Schema {
            tables: vec![table("a.b", &["c"]), table("Sales", &["Amount", "x.y"])],
            ..Schema::default()
        }
    }

    #[track_caller]
    fn check(text: &str, expected: Option<(Option<&str>, Option<&str>)>) {
        let found = Subject::find(text, &schema());
        let found = found
            .as_ref()
            .map(|found| (found.table.as_deref(), found.column.as_deref()));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_subject_is_named_as_people_write_it() {
        check(" ", Some((None, None)));
        check("sales", Some((Some("Sales"), None)));
        check("sales.amount", Some((Some("Sales"), Some("Amount"))));
        check("a.b", Some((Some("a.b"), None)));
        check("a.b.c", Some((Some("a.b"), Some("c"))));
        check("Sales.x.y", Some((Some("Sales"), Some("x.y"))));
        check("nobody", None);
    }

    #[test]
    fn words_go_where_they_belong_in_one_line() {
        let mut schema = schema();
        let words = |name: &str, note: &str| OwnWords {
            name: name.into(),
            note: note.into(),
        };
        let of = |text: &str, schema: &Schema| Subject::find(text, schema).unwrap();
        let gone = Subject {
            table: Some("gone".into()),
            column: None,
        };
        let notes = Notes(vec![
            (of("", &schema), words("", "all in euros\n\nand cents")),
            (
                of("sales.amount", &schema),
                words("revenue", &"x".repeat(999)),
            ),
            (gone, words("?", "?")),
        ]);
        notes.write_into(&mut schema);
        assert_eq!(schema.note, "all in euros and cents");
        let amount = &schema.tables[1].columns[0].own;
        assert_eq!(amount.name, "revenue");
        assert_eq!(amount.note.len(), MOST_CHARS);
        assert_eq!(schema.tables[0].own, OwnWords::default());
    }
}
