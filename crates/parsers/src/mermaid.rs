//! Diagrams in Mermaid's language: the common kinds, line by line.
//!
//! The real renderer is a program for browsers. This is a grammar of our own for the kinds that
//! people ask for; what it accepts is a subset of what Mermaid draws, so that a diagram that passes
//! is drawn. Of kinds that are seldom asked for only the first line is known, and they are refused.

mod flow;
mod kinds;

use crate::{Fact, Flaw};

/// A line of a diagram with its number, from 1.
type Line<'a> = (usize, &'a str);

/// A diagram: its kind, and how much is in it.
///
/// # Errors
/// The first line that Mermaid would not draw.
pub fn check(text: &str) -> Result<Vec<Fact>, Flaw> {
    let lines: Vec<Line<'_>> = without_settings(text)
        .into_iter()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with("%%"))
        .collect();
    let Some(((place, header), rest)) = lines.split_first() else {
        return Err(Flaw::of_all("there is nothing in it"));
    };
    // "graph LR; A-->B" in one line.
    let (header, behind) = header.split_once(';').unwrap_or((header, ""));
    let mut body = vec![(*place, behind.trim())];
    body.retain(|(_, line)| !line.is_empty());
    body.extend(rest);
    let body = body.as_slice();
    let kind = header
        .split([' ', ';', ':'])
        .next()
        .unwrap_or_default()
        .trim();
    let (name, drawn) = match kind {
        "graph" | "flowchart" | "flowchart-v2" => {
            let direction = header[kind.len()..].trim().trim_end_matches(';');
            if !matches!(direction, "" | "TB" | "TD" | "BT" | "RL" | "LR") {
                return Err(Flaw::at(*place, format!("{direction} is no direction")));
            }
            ("flowchart", flow::check(body)?)
        }
        "sequenceDiagram" => ("sequence", kinds::sequence(body)?),
        "classDiagram" | "classDiagram-v2" => ("class", kinds::class(body)?),
        "stateDiagram" | "stateDiagram-v2" => ("state", kinds::state(body)?),
        "erDiagram" => ("entities", kinds::entities(body)?),
        "gantt" => ("gantt", kinds::gantt(body)?),
        "pie" => ("pie", kinds::pie(body)?),
        "mindmap" => ("mindmap", kinds::mindmap(text)?),
        "journey" => ("journey", kinds::journey(body)?),
        "timeline" => ("timeline", kinds::timeline(body)?),
        "gitGraph" => ("git", kinds::git(body)?),
        other => {
            return Err(Flaw::at(
                *place,
                format!("{other} is no kind of diagram that is known here"),
            ));
        }
    };
    if drawn == 0 {
        return Err(Flaw::of_all("the diagram has nothing to draw"));
    }
    Ok(vec![Fact::new("diagram", name), Fact::new("drawn", drawn)])
}

/// The lines without the block of settings between two lines of dashes at the top.
fn without_settings(text: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = text
        .lines()
        .enumerate()
        .map(|(place, line)| (place + 1, line.trim()))
        .collect();
    if lines.first().is_some_and(|(_, line)| *line == "---")
        && let Some(end) = lines.iter().skip(1).position(|(_, line)| *line == "---")
    {
        lines.drain(..end + 2);
    }
    lines
}
