//! A table as GitHub's Markdown has it. Columns of numbers stand on the right.

use assistant::artifact::{Cell, QueryResult};

use crate::plain;

pub(crate) fn write(result: &QueryResult) -> String {
    let mut text = line(result.columns.iter().map(|name| escaped(name)));
    text.push_str(&line(
        (0..result.columns.len()).map(|place| rule(result, place).to_owned()),
    ));
    for row in &result.rows {
        text.push_str(&line(row.iter().map(|cell| escaped(&plain(cell)))));
    }
    text
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.collect();
    format!("| {} |\n", cells.join(" | "))
}

fn rule(result: &QueryResult, column: usize) -> &'static str {
    let mut cells = result
        .rows
        .iter()
        .filter_map(|row| row.get(column))
        .filter(|cell| **cell != Cell::Null)
        .peekable();
    let is_number = cells.peek().is_some()
        && cells.all(|cell| matches!(cell, Cell::Integer(_) | Cell::Real(_)));
    if is_number { "---:" } else { "---" }
}

/// A text without marks: what would be one is escaped, and a line's end is the only HTML.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' | '\r' => escaped.push_str("<br>"),
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' => {
                escaped.push('\\');
                escaped.push(character);
            }
            other => escaped.push(other),
        }
    }
    escaped
}
