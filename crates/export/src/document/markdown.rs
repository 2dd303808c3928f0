//! A document in GitHub's Markdown. A text of a run is quoted or escaped, so that it cannot take the
//! document apart.

use super::{Block, Cover, Grid, Section};
use crate::markdown::escaped;

pub(super) fn head(cover: &Cover) -> String {
    format!("# {}\n\n{}\n", line(&cover.title), line(&cover.note))
}

pub(super) fn section(section: &Section) -> String {
    let mut text = format!("\n---\n\n## {}\n\n", line(&section.title));
    text.push_str(&facts(&section.about));
    text.push_str(&blocks(&section.blocks));
    text
}

pub(super) fn blocks(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        text.push('\n');
        text.push_str(&in_markdown(block));
    }
    text
}

fn in_markdown(block: &Block) -> String {
    match block {
        Block::Heading(words) => format!("### {}\n", line(words)),
        // As a quotation: a text that is Markdown itself stays so, and headings in it stay in it.
        Block::Text(words) => quoted(words),
        Block::Note(words) => format!("**{}**\n", line(words)),
        Block::Code { language, text } => fenced(language, text),
        Block::List(points) => points
            .iter()
            .map(|point| format!("- {}\n", line(point)))
            .collect(),
        Block::Facts(pairs) => facts(pairs),
        Block::Table(grid) => table(grid),
        Block::Picture { .. } => String::new(),
    }
}

fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    escaped(&words.join(" "))
}

fn facts(pairs: &[(String, String)]) -> String {
    pairs
        .iter()
        .map(|(name, value)| format!("- **{}:** {}\n", line(name), line(value)))
        .collect()
}

fn quoted(text: &str) -> String {
    let lines = text.lines().map(|line| match line.is_empty() {
        true => ">\n".to_owned(),
        false => format!("> {line}\n"),
    });
    lines.collect()
}

/// With a fence longer than any in the text.
fn fenced(language: &str, text: &str) -> String {
    let longest = text
        .lines()
        .map(|line| {
            let line = line.trim_start();
            line.len() - line.trim_start_matches('`').len()
        })
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    let language: String = language
        .chars()
        .filter(|letter| letter.is_alphanumeric() || "+-#.".contains(*letter))
        .collect();
    format!(
        "{fence}{language}\n{}\n{fence}\n",
        text.trim_end_matches('\n')
    )
}

fn table(grid: &Grid) -> String {
    let row = |cells: &mut dyn Iterator<Item = String>| {
        let cells: Vec<String> = cells.collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let mut text = row(&mut grid.columns.iter().map(|name| escaped(name)));
    text.push_str(&row(&mut grid
        .numbers
        .iter()
        .map(|is_number| if *is_number { "---:" } else { "---" }.to_owned())));
    for cells in &grid.rows {
        text.push_str(&row(&mut cells.iter().map(|cell| escaped(cell))));
    }
    text
}
