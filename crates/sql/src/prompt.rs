//! What the model is told: rules, the schema with values found in it, the question, and, after a
//! draft that failed, what was found.
//!
//! The schema comes first and never changes for a file, so that the worker's memory of it serves
//! every later question.

use assistant::Attempt;
use model::{Message, Prompt, Role, Sampling};

use crate::columns;
use crate::dates::DateFormat;
use crate::question::Question;
use crate::relevant;
use crate::sqlite::{Column, Mention, OwnWords, Schema, Table};

/// Most characters of schema that are told whole. A token is about three of them; the rest of the
/// context is for the question, the answer and a repair. It is read once and remembered.
const SCHEMA_CHARS: usize = 16_000;

/// Most characters of the part of a larger schema that a question is about. It is read anew for
/// every question, which must not take long.
const PART_CHARS: usize = 2_800;

/// From so many characters of schema on, more drafts are asked for with the part that the first ones
/// are about, and so much of it is told then.
const FOCUS_FROM: usize = 5_000;
const FOCUS_CHARS: usize = 3_200;

/// Most tokens of an answer.
const ANSWER_TOKENS: u32 = 400;

/// The model is led into the block: left alone, one draft in two explains itself at length first.
const OPENING: &str = "```sql\nSELECT";

/// Where the block closes and the model would begin to explain itself.
const END_OF_BLOCK: &str = "```";

/// What Qwen's models were trained to be told first. Rules in its place were measured to make the
/// default model join tables that nobody asked for: 18 of 30 questions right with them, 21 with the
/// same schema and this, 23 with the schema in the question's own message as it stands here.
const SYSTEM: &str = "You are Qwen, created by Alibaba Cloud. You are a helpful assistant.";

/// The prompt for the next draft. `drafts` are those that did not agree, when more are asked for.
pub fn prompt(
    product: &str,
    schema: &Schema,
    mentions: &[Mention],
    question: &Question,
    failed: &[Attempt],
    drafts: &[String],
) -> Prompt {
    let part = |room: usize| {
        let length = |table: &Table| render_table(table, Detail::Values).len();
        let part = relevant::part(schema, &question.whole(), mentions, drafts, room, length);
        fitting(&part, SCHEMA_CHARS)
    };
    let whole = render(schema, Detail::Values);
    // Drafts that do not agree on a schema of many tables are lost among them.
    let is_focused = !drafts.is_empty() && whole.len() > FOCUS_FROM;
    let tables = match whole {
        _ if is_focused => part(FOCUS_CHARS),
        whole if whole.len() <= SCHEMA_CHARS => whole,
        _ => part(PART_CHARS),
    };
    let task = format!(
        "Using valid {product}, answer the following question for the tables above with one query."
    );
    let about = match schema.note.as_str() {
        "" => String::new(),
        note => format!("\nTo know: {note}\n"),
    };
    let lead = format!("{tables}\n{about}\n{task}\n\n");
    let mut messages = vec![message(Role::System, SYSTEM.to_owned())];
    messages.extend(talk(
        &lead,
        question,
        &format!("{}{}", values(mentions), notes(failed)),
    ));
    Prompt {
        messages,
        preset: 1,
        // What is told of a schema for one question alone is not worth remembering.
        lead: if is_focused { 0 } else { lead.len() },
        opening: OPENING.to_owned(),
        max_tokens: ANSWER_TOKENS,
        sampling: CANDIDATES,
        stop: vec![format!("\n{END_OF_BLOCK}"), format!(";{END_OF_BLOCK}")],
        constraint: None,
        adapter: None,
    }
}

/// The question behind what is known; behind the questions that it follows, where there are any.
fn talk(lead: &str, question: &Question, facts: &str) -> Vec<Message> {
    let mut messages = Vec::new();
    let mut lead = lead;
    for earlier in &question.earlier {
        messages.push(message(
            Role::User,
            format!("{lead}Question: {}", earlier.question),
        ));
        let sql = earlier.sql.trim();
        messages.push(message(Role::Assistant, format!("```sql\n{sql}\n```")));
        lead = "";
    }
    let text = match question.earlier.is_empty() {
        true => format!("{lead}{facts}Question: {}", question.text),
        false => format!(
            "{facts}The next question is about that answer. Write the whole query again, with what it changes.\nQuestion: {}",
            question.text
        ),
    };
    messages.push(message(Role::User, text));
    messages
}

/// What was found in failed drafts. The drafts themselves are not shown: a small model copies what
/// it sees, mistakes included, and was measured to write the same statement three times.
fn notes(failed: &[Attempt]) -> String {
    let mut notes: Vec<&str> = failed
        .iter()
        .map(|attempt| attempt.feedback.as_str())
        .collect();
    notes.dedup();
    notes.iter().map(|note| format!("Note: {note}\n")).collect()
}

/// Which column has a value that the question mentions.
fn values(mentions: &[Mention]) -> String {
    let lines = mentions.iter().map(|mention| {
        let Mention {
            table,
            column,
            value,
            meaning,
        } = mention;
        let (table, column, value) = (name(table), name(column), literal(value));
        match meaning {
            None => format!("Value: {table}.{column} has {value}\n"),
            Some(meaning) => format!("Value: {table}.{column} = {value} means {meaning}\n"),
        }
    });
    lines.collect()
}

/// How candidates differ from the likeliest draft.
const CANDIDATES: Sampling = Sampling {
    temperature: 0.7,
    top_p: 0.95,
    seed: 1,
    repeat_penalty: 1.0,
};

fn message(role: Role, text: String) -> Message {
    Message { role, text }
}

/// The schema as CREATE TABLE statements.
fn render(schema: &Schema, detail: Detail) -> String {
    let tables: Vec<String> = schema
        .tables
        .iter()
        .map(|table| render_table(table, detail))
        .collect();
    tables.join("\n")
}

/// The same with as much detail as fits: one table may have thousands of columns.
fn fitting(schema: &Schema, limit: usize) -> String {
    let details = [Detail::Values, Detail::Types];
    let texts = details.map(|detail| render(schema, detail));
    let fitting = texts.into_iter().find(|text| text.len() <= limit);
    fitting.unwrap_or_else(|| {
        let names = render(schema, Detail::Names);
        names[..names.floor_char_boundary(limit)].to_owned()
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Detail {
    Values,
    Types,
    Names,
}

fn render_table(table: &Table, detail: Detail) -> String {
    if detail == Detail::Names {
        let names: Vec<String> = table
            .columns
            .iter()
            .map(|column| name(&column.name))
            .collect();
        return format!("{} ({})", name(&table.name), names.join(", "));
    }
    let mut lines: Vec<String> = table
        .columns
        .iter()
        .map(|column| render_column(column, detail))
        .collect();
    let keys = table.foreign_keys.iter().chain(&table.inferred_keys);
    lines.extend(keys.map(|key| {
        let referenced = match key.referenced.as_slice() {
            [] => String::new(),
            columns => format!("({})", names(columns)),
        };
        format!(
            "  FOREIGN KEY ({}) REFERENCES {}{referenced}",
            names(&key.columns),
            name(&key.table)
        )
    }));
    let said = said(&table.own, &table.comment, &table.words);
    let comment = match said.is_empty() {
        true => String::new(),
        false => format!(" -- {}", said.join("; ")),
    };
    format!(
        "CREATE TABLE {} ({comment}\n{}\n);",
        name(&table.name),
        lines.join("\n")
    )
}

fn render_column(column: &Column, detail: Detail) -> String {
    let mut line = format!("  {}", name(&column.name));
    if !column.kind.is_empty() {
        line.push(' ');
        line.push_str(&column.kind);
    }
    if column.is_key {
        line.push_str(" PRIMARY KEY");
    }
    line.push(',');
    let notes = notes_of(column, detail);
    if !notes.is_empty() {
        line.push_str(&format!(" -- {notes}"));
    }
    line
}

/// What was said of a table or a column; where nobody said anything, what its name is short for.
fn said(own: &OwnWords, comment: &str, words: &str) -> Vec<String> {
    let said = [own.line(), comment.to_owned()];
    let said: Vec<String> = said.into_iter().filter(|text| !text.is_empty()).collect();
    match said.is_empty() && !words.is_empty() {
        true => vec![words.to_owned()],
        false => said,
    }
}

/// What is worth knowing of a column: what was written beside it, what its codes mean, how its dates
/// are to be compared, or a few of its values.
fn notes_of(column: &Column, detail: Detail) -> String {
    let mut notes = said(&column.own, &column.comment, &column.words);
    if detail == Detail::Values {
        notes.extend(meanings_of(column));
        notes.extend(values_of(column));
    }
    notes.join("; ")
}

/// Codes told of one column.
const MEANINGS: usize = 10;

fn meanings_of(column: &Column) -> Option<String> {
    let is_said = |label: &str| column.comment.contains(label);
    if column.meanings.is_empty() || column.meanings.iter().all(|one| is_said(&one.label)) {
        return None;
    }
    let shown = column.meanings.iter().take(MEANINGS);
    let mut told: Vec<String> = shown
        .map(|one| format!("{} {}", literal(&one.code), one.label))
        .collect();
    if column.meanings.len() > MEANINGS {
        told.push("...".to_owned());
    }
    Some(told.join(", "))
}

fn values_of(column: &Column) -> Option<String> {
    if let Some(dates) = column.dates.filter(|dates| *dates != DateFormat::Iso) {
        // Code makes ISO dates of whatever is stored, so that is what the model is to compare with.
        let example = column
            .values
            .iter()
            .find_map(|value| dates.read(value.trim()));
        let example = example.unwrap_or_else(|| "2024-01-31".to_owned());
        return Some(format!("date, such as {}", literal(&example)));
    }
    if column.values.is_empty() || !column.meanings.is_empty() {
        return None;
    }
    // A code's few values are all worth knowing; of names, a taste is enough.
    let shown = if column.values_are_all {
        column.values.len()
    } else {
        3
    };
    let values: Vec<String> = column
        .values
        .iter()
        .take(shown)
        .map(|value| literal(value))
        .collect();
    let more = if column.values_are_all { "" } else { ", ..." };
    Some(format!("{}{more}", values.join(", ")))
}

fn names(columns: &[String]) -> String {
    columns
        .iter()
        .map(|column| name(column))
        .collect::<Vec<_>>()
        .join(", ")
}

/// A name as it has to be written in a statement: bare where that is possible.
fn name(name: &str) -> String {
    let is_bare = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || character == '_')
        && !columns::is_reserved(name);
    if is_bare {
        name.to_owned()
    } else {
        crate::sqlite::quoted(name)
    }
}

fn literal(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''").replace(['\n', '\r'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::ForeignKey;

    fn schema() -> Schema {
        let column = |name: &str, kind: &str, is_key, values: &[&str]| Column {
            name: name.into(),
            kind: kind.into(),
            is_key,
            values: values.iter().map(|value| (*value).into()).collect(),
            values_are_all: values.len() < 3,
            ..Column::default()
        };
        Schema {
            tables: vec![Table {
                name: "order".into(),
                columns: vec![
                    column("id", "INTEGER", true, &[]),
                    column("ship mode", "TEXT", false, &["air", "it's"]),
                    column("客戶", "", false, &["王", "李", "陳", "林"]),
                ],
                foreign_keys: vec![ForeignKey {
                    columns: vec!["客戶".into()],
                    table: "customers".into(),
                    referenced: vec!["id".into()],
                }],
                ..Table::default()
            }],
            ..Schema::default()
        }
    }

    #[test]
    fn names_that_need_quotes_have_them_and_values_stand_behind_columns() {
        let expected = "\
CREATE TABLE \"order\" (
  id INTEGER PRIMARY KEY,
  \"ship mode\" TEXT, -- 'air', 'it''s'
  \"客戶\", -- '王', '李', '陳', ...
  FOREIGN KEY (\"客戶\") REFERENCES customers(id)
);";
        assert_eq!(fitting(&schema(), 1_000), expected);
    }

    #[test]
    fn a_schema_that_is_too_long_loses_values_first_and_types_next() {
        let types_only = fitting(&schema(), fitting(&schema(), 1_000).len() - 1);
        assert!(types_only.contains("INTEGER") && !types_only.contains("'air'"));
        assert_eq!(
            fitting(&schema(), 40),
            "\"order\" (id, \"ship mode\", \"客戶\")"
        );
    }

    #[test]
    fn what_was_found_is_told_and_the_failed_draft_is_not_shown() {
        let failed =
            ["There is no x.", "There is no x.", "There is no y."].map(|feedback| Attempt {
                draft: "SELECT x".into(),
                feedback: feedback.into(),
            });
        let mention = Mention {
            table: "order".into(),
            column: "ship mode".into(),
            value: "it's".into(),
            meaning: None,
        };
        let question = Question::new("How many?".into(), vec![]);
        let prompt = prompt("SQLite", &schema(), &[mention], &question, &failed, &[]);
        assert_eq!(
            &prompt.messages[1].text[prompt.lead..],
            "Value: \"order\".\"ship mode\" has 'it''s'\n\
             Note: There is no x.\nNote: There is no y.\nQuestion: How many?"
        );
        assert_eq!(prompt.messages.len(), 2);
    }

    #[test]
    fn a_question_that_follows_another_comes_behind_it_and_its_statement() {
        let earlier = vec![crate::Earlier {
            question: "Sales?".into(),
            sql: "SELECT 1\n".into(),
        }];
        let question = Question::new("Only 2024".into(), earlier);
        let prompt = prompt("SQLite", &schema(), &[], &question, &[], &[]);
        let texts: Vec<&str> = prompt.messages[1..]
            .iter()
            .map(|message| message.text.as_str())
            .collect();
        assert_eq!(&texts[0][prompt.lead..], "Question: Sales?");
        assert_eq!(texts[1], "```sql\nSELECT 1\n```");
        assert!(texts[2].ends_with("\nQuestion: Only 2024"), "{}", texts[2]);
    }

    #[test]
    fn the_persons_own_words_stand_before_what_others_wrote() {
        let mut schema = schema();
        schema.note = "revenue is without tax".into();
        schema.tables[0].own.name = "Bestellungen".into();
        schema.tables[0].comment = "from the old system".into();
        schema.tables[0].columns[1].own = OwnWords {
            name: "shipping".into(),
            note: "air is express".into(),
        };
        let question = Question::new("How many?".into(), vec![]);
        let prompt = prompt("SQLite", &schema, &[], &question, &[], &[]);
        let lead = &prompt.messages[1].text[..prompt.lead];
        for expected in [
            "CREATE TABLE \"order\" ( -- Bestellungen; from the old system\n",
            "\"ship mode\" TEXT, -- shipping: air is express; 'air'",
            "\nTo know: revenue is without tax\n",
        ] {
            assert!(lead.contains(expected), "{lead}");
        }
    }
}
