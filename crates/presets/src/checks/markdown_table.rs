//! A table in Markdown: a head, a rule below it, and rows as long as the head.

use super::{Argument, Entry, Found, Looked};

pub(super) const MARKDOWN_TABLE: Entry = Entry {
    name: "markdown-table",
    argument: Argument::None,
    look,
};

const WANTED: &str = "Write one table in Markdown and nothing else: | head | head |, then | --- | --- |, then the rows, each with as many columns.";

fn look(at: &Looked<'_>) -> Found {
    let lines: Vec<&str> = at.text.lines().map(str::trim).collect();
    let Some(start) = lines.iter().position(|line| line.starts_with('|')) else {
        return Found::failed("markdown-table", "there is no table", WANTED);
    };
    let table = lines[start..]
        .iter()
        .take_while(|line| line.starts_with('|'));
    let rows: Vec<Vec<String>> = table.map(|line| cells(line)).collect();
    let is_rule = |row: &Vec<String>| {
        row.iter()
            .all(|cell| cell.contains('-') && cell.chars().all(|one| matches!(one, '-' | ':')))
    };
    match rows.as_slice() {
        [head, rule, body @ ..] if is_rule(rule) && !body.is_empty() => {
            let odd = rows.iter().find(|row| row.len() != head.len());
            if let Some(odd) = odd {
                let detail = format!(
                    "a row has {} columns and the head {}",
                    odd.len(),
                    head.len()
                );
                return Found::failed("markdown-table", detail, WANTED);
            }
            let detail = format!("{} rows, {} columns", body.len(), head.len());
            let mut found = Found::passed("markdown-table", detail);
            found.table = std::iter::once(head).chain(body).cloned().collect();
            found
        }
        _ => Found::failed(
            "markdown-table",
            "the table has no rows, or no rule below its head",
            WANTED,
        ),
    }
}

/// The cells of one line; a bar behind a backslash belongs to its cell.
fn cells(line: &str) -> Vec<String> {
    let inner = line.trim_start_matches('|');
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let hidden = inner.replace("\\|", "\u{1}");
    let cells = hidden.split('|');
    cells
        .map(|cell| cell.trim().replace('\u{1}', "|"))
        .collect()
}
