//! Values of the data that a question mentions.
//!
//! "How many singers are from France?" mentions a value of `singer.country`. Which column has it is
//! a fact, and a small model that is told it compares the right column with the right spelling.

use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use super::query::stop_when;
use super::{Column, Guarded, Schema, quoted};
use crate::world;

/// Time for all columns together; what was found by then is enough.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// Values that are told of one column.
const FROM_ONE_COLUMN: usize = 2;

/// Values that are told in all: more would bury those that matter.
const MOST: usize = 8;

/// A value that a question mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The table.
    pub table: String,
    /// The column.
    pub column: String,
    /// The value as it is stored.
    pub value: String,
    /// What it means, where the question names that and not the value.
    pub meaning: Option<String>,
}

/// Looks through the columns of text for values that stand in the question.
pub(super) fn mentions(
    guarded: &Guarded,
    schema: &Schema,
    question: &str,
    cancel: &CancellationToken,
) -> Vec<Mention> {
    let deadline = Instant::now() + PATIENCE;
    if stop_when(&guarded.connection, Some(deadline), cancel).is_err() {
        return Vec::new();
    }
    let mut found: Vec<Mention> = Vec::new();
    let mut meant: Vec<Mention> = Vec::new();
    for table in &schema.tables {
        for column in &table.columns {
            let meanings = column
                .meanings
                .iter()
                .filter(|one| is_meant(question, &one.label));
            meant.extend(meanings.take(FROM_ONE_COLUMN).map(|one| Mention {
                table: table.name.clone(),
                column: column.name.clone(),
                value: one.code.clone(),
                meaning: Some(one.label.clone()),
            }));
        }
    }
    for table in &schema.tables {
        for column in table
            .columns
            .iter()
            .filter(|column| !column.values.is_empty())
        {
            // A column that cannot be read, or not in time, is mentioned by nobody.
            let values = matching(guarded, &table.name, &column.name, question).unwrap_or_default();
            let whole = values.into_iter().filter(|value| {
                is_mentioned(question, value) && !is_a_columns_word(question, value, schema)
            });
            found.extend(whole.take(FROM_ONE_COLUMN).map(|value| Mention {
                table: table.name.clone(),
                column: column.name.clone(),
                value,
                meaning: None,
            }));
        }
    }
    meant.extend(of_the_world(guarded, schema, question));
    // A longer value says more: "New York City" before "New York".
    found.sort_by_key(|mention| std::cmp::Reverse(mention.value.chars().count()));
    let longest = found.clone();
    found.retain(|mention| {
        !longest.iter().any(|other| {
            other.value.len() > mention.value.len()
                && other
                    .value
                    .to_lowercase()
                    .contains(&mention.value.to_lowercase())
        })
    });
    found.truncate(MOST);
    meant.truncate(MOST);
    found.extend(meant);
    found
}

/// Countries, continents and languages that the question names in other words than the data.
fn of_the_world(guarded: &Guarded, schema: &Schema, question: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    for named in world::named(question) {
        for table in &schema.tables {
            for column in table.columns.iter().filter(|one| !one.values.is_empty()) {
                let names: Vec<&str> = match has_codes(column) {
                    true => named.same.clone(),
                    false => {
                        let same = named.same.iter().copied();
                        same.filter(|name| !world::is_short(name)).collect()
                    }
                };
                // A column that cannot be read, or not in time, is meant by nobody.
                let values = among(guarded, &table.name, &column.name, &names).unwrap_or_default();
                let other = values
                    .into_iter()
                    .filter(|value| !value.eq_ignore_ascii_case(named.said));
                found.extend(other.take(1).map(|value| Mention {
                    table: table.name.clone(),
                    column: column.name.clone(),
                    value,
                    meaning: Some(named.said.to_owned()),
                }));
            }
        }
    }
    found
}

/// Whether most of what is known of a column's values are codes of countries.
fn has_codes(column: &Column) -> bool {
    let codes = column
        .values
        .iter()
        .filter(|value| world::is_code(value.trim()))
        .count();
    codes * 2 >= column.values.len()
}

/// Those of some names that a column has, as it has them.
fn among(
    guarded: &Guarded,
    table: &str,
    column: &str,
    names: &[&str],
) -> rusqlite::Result<Vec<String>> {
    let (table, column) = (quoted(table), quoted(column));
    let names: Vec<String> = names
        .iter()
        .map(|name| format!("'{}'", name.to_lowercase().replace('\'', "''")))
        .collect();
    let mut statement = guarded.connection.prepare(&format!(
        "SELECT DISTINCT {column} FROM {table}
         WHERE typeof({column}) = 'text' AND lower(trim({column})) IN ({}) LIMIT 2",
        names.join(", ")
    ))?;
    statement.query_map([], |row| row.get(0))?.collect()
}

/// Whether a question names what a code stands for: the whole label, or its first word if that says
/// something by itself ("cancelled" of "Cancelled by patient").
fn is_meant(question: &str, label: &str) -> bool {
    if is_mentioned(question, label) {
        return true;
    }
    let Some(first) = label
        .split([' ', '-', '/', '('])
        .next()
        .filter(|word| word.is_ascii())
    else {
        return false;
    };
    let first = stem(&first.to_lowercase());
    first.len() >= 4
        && question
            .split(|character: char| !character.is_ascii_alphanumeric())
            .any(|word| stem(&word.to_lowercase()) == first)
}

/// A word without its most common endings.
fn stem(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    let stem = word
        .strip_suffix("es")
        .filter(|stem| stem.ends_with(['s', 'x', 'h']));
    stem.or_else(|| word.strip_suffix('s').filter(|stem| !stem.ends_with('s')))
        .unwrap_or(word)
        .to_owned()
}

fn matching(
    guarded: &Guarded,
    table: &str,
    column: &str,
    question: &str,
) -> rusqlite::Result<Vec<String>> {
    let (table, column) = (quoted(table), quoted(column));
    let mut statement = guarded.connection.prepare(&format!(
        "SELECT DISTINCT {column} FROM {table}
         WHERE typeof({column}) = 'text' AND length({column}) BETWEEN 2 AND 60
           AND instr(lower(?1), lower({column})) > 0 LIMIT 12"
    ))?;
    statement.query_map([question], |row| row.get(0))?.collect()
}

/// Whether a value stands in a question as words of its own. Chinese has no spaces between words.
fn is_mentioned(question: &str, value: &str) -> bool {
    let value = value.trim();
    // A code such as 'ARE' or 'and' is only meant where it is written as it is stored.
    let is_code = value.is_ascii() && value.len() < 4 || is_common(&value.to_lowercase());
    if is_code && !question.contains(value) {
        return false;
    }
    if is_common(value) {
        return false;
    }
    let (question, value) = (question.to_lowercase(), value.to_lowercase());
    if value.chars().all(|character| character.is_ascii_digit()) {
        return false;
    }
    let is_word = |character: char| character.is_ascii_alphanumeric() || character == '_';
    question.match_indices(&value).any(|(begin, text)| {
        let before = question[..begin].chars().next_back();
        let after = question[begin + text.len()..].chars().next();
        let touches = |inner: Option<char>, outer: Option<char>| {
            inner.is_some_and(is_word) && outer.is_some_and(is_word)
        };
        // A plural is still the word: "dogs" mentions 'dog'.
        let is_plural =
            after == Some('s') && !question[begin + text.len() + 1..].starts_with(is_word);
        !touches(text.chars().next(), before)
            && (!touches(text.chars().next_back(), after) || is_plural)
            && (text.chars().count() > 2 || !text.is_ascii())
    })
}

/// Whether what looks like a name is a word for a column: "the year of independence" asks for
/// `IndepYear` and means no town of Independence, which would be written large.
fn is_a_columns_word(question: &str, value: &str, schema: &Schema) -> bool {
    let value = value.trim();
    let is_a_name = value.chars().next().is_some_and(char::is_uppercase)
        && value.chars().all(|letter| letter.is_ascii_alphabetic());
    if !is_a_name || question.contains(value) {
        return false;
    }
    let value = value.to_lowercase();
    let mut columns = schema.tables.iter().flat_map(|table| &table.columns);
    columns.any(|column| {
        let words = crate::mend::spaced(&column.name);
        let mut words = words.split(' ').filter(|word| word.len() > 4);
        words.any(|word| value.starts_with(word))
    })
}

/// Words that nearly every question has, in small letters.
fn is_common(word: &str) -> bool {
    const COMMON: &[&str] = &[
        "all", "and", "any", "are", "both", "but", "by", "each", "find", "for", "from", "give",
        "has", "have", "how", "in", "is", "least", "less", "list", "many", "more", "most", "name",
        "names", "no", "not", "number", "of", "on", "or", "other", "show", "that", "the", "their",
        "there", "to", "was", "were", "what", "when", "where", "which", "who", "with",
    ];
    COMMON.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_code_stands_for_is_found_by_its_words() {
        for (question, label, expected) in [
            (
                "How many appointments were cancelled?",
                "Cancelled by patient",
                true,
            ),
            ("How many companies are there?", "Company", true),
            ("List all bonds", "Bond", true),
            ("有多少张已结算的工单？", "已结算", true),
            ("How many by patient?", "Cancelled by patient", false),
            ("How many are on?", "On hold", false),
        ] {
            assert_eq!(is_meant(question, label), expected, "{label} in {question}");
        }
    }

    #[track_caller]
    fn check(question: &str, value: &str, expected: bool) {
        assert_eq!(
            is_mentioned(question, value),
            expected,
            "{value:?} in {question:?}"
        );
    }

    #[test]
    fn a_word_for_a_column_is_no_name() {
        let column = Column {
            name: "FoundYear".into(),
            ..Column::default()
        };
        let schema = Schema {
            tables: vec![crate::sqlite::Table {
                columns: vec![column],
                ..crate::sqlite::Table::default()
            }],
            ..Schema::default()
        };
        for (question, value, expected) in [
            ("In which year was its foundation?", "Foundation", true),
            ("Who belongs to the Foundation?", "Foundation", false),
            ("Who lives in france?", "France", false),
        ] {
            assert_eq!(is_a_columns_word(question, value, &schema), expected);
        }
    }

    #[test]
    fn a_value_is_mentioned_as_words_of_its_own() {
        check("How many singers are from France?", "France", true);
        check("How many singers are from france?", "France", true);
        check("How many cats and dogs are there?", "dog", true);
        check("Which concatenation is longest?", "cat", false);
        check("Who is in the USA?", "USA", true);
        check("Is it so?", "is", false);
        check("What are the names?", "ARE", false);
        check("Is ARE a code?", "ARE", true);
        check("How many are there and where?", "and", false);
        check("住在台北的顧客有幾位？", "台北", true);
        check("After 2014, how many?", "2014", false);
        check("Flights to New York (JFK)?", "New York", true);
    }
}
