//! Flowcharts: nodes in their brackets, arrows with words, subgraphs.

use super::Line;
use crate::Flaw;

/// Brackets of nodes, the longer ones first.
const SHAPES: &[(&str, &str)] = &[
    ("(((", ")))"),
    ("((", "))"),
    ("([", "])"),
    ("[[", "]]"),
    ("[(", ")]"),
    ("{{", "}}"),
    ("[/", "/]"),
    ("[/", "\\]"),
    ("[\\", "\\]"),
    ("[\\", "/]"),
    ("(", ")"),
    ("[", "]"),
    ("{", "}"),
    (">", "]"),
];

/// Words that no node may be called, because they stand for something else.
const RESERVED: &[&str] = &["end", "graph", "subgraph", "flowchart"];

/// How many nodes and arrows there are.
pub fn check(lines: &[Line<'_>]) -> Result<usize, Flaw> {
    let mut drawn = 0;
    let mut open = Vec::new();
    for (place, line) in lines {
        for part in statements(line) {
            let first = part.split_whitespace().next().unwrap_or_default();
            match first {
                "subgraph" => {
                    open.push(*place);
                    drawn += 1;
                }
                "end" if part == "end" => {
                    if open.pop().is_none() {
                        return Err(Flaw::at(*place, "this end closes nothing"));
                    }
                }
                "style" | "classDef" | "class" | "linkStyle" | "click" | "direction"
                | "accTitle:" | "accDescr:" => {}
                _ => drawn += statement(part).map_err(|message| Flaw::at(*place, message))?,
            }
        }
    }
    match open.pop() {
        Some(place) => Err(Flaw::at(place, "the subgraph is not closed by end")),
        None => Ok(drawn),
    }
}

/// Statements may stand in one line with semicolons between, which in texts are letters.
fn statements(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut is_quoted = false;
    let mut depth = 0_i32;
    for (place, letter) in line.char_indices() {
        match letter {
            '"' => is_quoted = !is_quoted,
            '[' | '(' | '{' if !is_quoted => depth += 1,
            ']' | ')' | '}' if !is_quoted => depth -= 1,
            ';' if !is_quoted && depth == 0 => {
                parts.push(line[start..place].trim());
                start = place + 1;
            }
            _ => {}
        }
    }
    parts.push(line[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// Nodes joined by arrows: `A[text] -- word --> B & C --> D`.
fn statement(text: &str) -> Result<usize, String> {
    let mut rest = nodes(text)?;
    let mut drawn = 1;
    while !rest.is_empty() {
        rest = arrow(rest)?;
        rest = nodes(rest)?;
        drawn += 1;
    }
    Ok(drawn)
}

/// One node or several with & between; what is left behind them.
fn nodes(text: &str) -> Result<&str, String> {
    let mut rest = node(text.trim_start())?.trim_start();
    while let Some(more) = rest.strip_prefix('&') {
        rest = node(more.trim_start())?.trim_start();
    }
    Ok(rest)
}

fn node(text: &str) -> Result<&str, String> {
    let mut end = 0;
    for (place, letter) in text.char_indices() {
        let goes_on = letter.is_alphanumeric()
            || "_.:".contains(letter)
            || (letter == '-' && text[place + 1..].starts_with(char::is_alphanumeric) && place > 0);
        if !goes_on {
            break;
        }
        end = place + letter.len_utf8();
    }
    let (name, rest) = text.split_at(end);
    if name.is_empty() {
        return Err(format!("a node is expected before {:?}", short(text)));
    }
    if RESERVED.contains(&name.to_lowercase().as_str()) {
        return Err(format!(
            "{name} is a word of Mermaid's and no name for a node"
        ));
    }
    let rest = match rest.strip_prefix("@{") {
        Some(shape) => {
            let end = shape.find('}').ok_or("a shape is not closed")?;
            return Ok(class_of(&shape[end + 1..]));
        }
        None => rest,
    };
    let Some((open, _)) = SHAPES.iter().find(|(open, _)| rest.starts_with(open)) else {
        return Ok(class_of(rest));
    };
    let inner = &rest[open.len()..];
    for (_, close) in SHAPES.iter().filter(|(known, _)| known == open) {
        if let Some(after) = label(inner, close)? {
            return Ok(class_of(after));
        }
    }
    Err(format!("the bracket {open} of {name} is not closed"))
}

/// What is left behind a node's text and its closing bracket.
fn label<'a>(text: &'a str, close: &str) -> Result<Option<&'a str>, String> {
    let trimmed = text.trim_start();
    if let Some(quoted) = trimmed.strip_prefix('"') {
        let end = quoted.find('"').ok_or("a quotation is not closed")?;
        return Ok(quoted[end + 1..].trim_start().strip_prefix(close));
    }
    let Some(end) = text.find(close) else {
        return Ok(None);
    };
    let inside = text[..end].trim();
    if inside.is_empty() {
        return Err("a node has no text".to_owned());
    }
    if let Some(bad) = inside.chars().find(|letter| "()[]{}\"".contains(*letter)) {
        return Err(format!(
            "{bad} within a node's text needs quotation marks around the text"
        ));
    }
    Ok(Some(&text[end + close.len()..]))
}

fn class_of(rest: &str) -> &str {
    match rest.strip_prefix(":::") {
        Some(class) => class.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_'),
        None => rest,
    }
}

/// What is left behind an arrow and its words.
fn arrow(text: &str) -> Result<&str, String> {
    let text = text.trim_start();
    let is_line = |letter: char| "-=.~<>ox".contains(letter);
    let start = text.trim_start_matches('<');
    let end = start
        .char_indices()
        .find(|(place, letter)| {
            // o and x end an arrow only where no name goes on.
            !is_line(*letter) || ("ox".contains(*letter) && *place < 2)
        })
        .map_or(start.len(), |(place, _)| place);
    let (line, rest) = start.split_at(end);
    let strokes = line
        .chars()
        .filter(|letter| "-=.~".contains(*letter))
        .count();
    if strokes < 2 {
        return Err(format!("an arrow is expected before {:?}", short(text)));
    }
    if let Some(words) = rest.strip_prefix('|') {
        let end = words
            .find('|')
            .ok_or("the words of an arrow are not closed by |")?;
        return Ok(&words[end + 1..]);
    }
    let is_whole = line.ends_with(['>', 'o', 'x']) || line.len() >= 3;
    if is_whole {
        return Ok(rest);
    }
    // -- words -->
    for close in ["-->", "---", "==>", "===", "-.->", ".->", "--x", "--o"] {
        if let Some(end) = rest.find(close) {
            return Ok(rest[end + close.len()..].trim_start_matches(['-', '>']));
        }
    }
    Err(format!("the arrow {line} does not end"))
}

fn short(text: &str) -> String {
    text.chars().take(20).collect()
}
