//! Quotations: what the answer quotes really stands in the source.

use std::sync::LazyLock;

use ::regex::Regex;

use super::{Argument, Entry, Found, Looked};

pub(super) const QUOTES_SOURCE: Entry = Entry {
    name: "quotes-source",
    argument: Argument::Inputs(1, 1),
    look,
};

/// Shorter ones are a manner of speaking and no quotation.
const SHORTEST: usize = 6;

static QUOTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?m)\"([^\"\n]+)\"|“([^”\n]+)”|「([^」\n]+)」|『([^』\n]+)』|^\\s*>\\s*(.+)$")
        .expect("it is a constant that a test compiles")
});

fn look(at: &Looked<'_>) -> Found {
    let source = at.input(0).unwrap_or_default();
    let quoted: Vec<&str> = QUOTED
        .captures_iter(at.text)
        .filter_map(|groups| groups.iter().skip(1).flatten().next())
        .map(|group| {
            group
                .as_str()
                .trim()
                .trim_matches(['"', '“', '”', '「', '」'])
        })
        .filter(|text| text.chars().count() >= SHORTEST)
        .collect();
    let Some(first) = quoted.first() else {
        return Found::failed(
            "quotes-source",
            "nothing is quoted",
            "Quote the line of the source that the answer rests on, word for word, in quotation marks.",
        );
    };
    let wrong = quoted.iter().find(|text| line_of(source, text).is_none());
    match wrong {
        Some(wrong) => Found::failed(
            "quotes-source",
            format!("{wrong:?} does not stand in the source"),
            format!("{wrong:?} does not stand in the source. Quote a line of it word for word."),
        ),
        None => {
            let line = line_of(source, first).unwrap_or(1);
            let detail = format!("{} quoted, from line {line}", quoted.len());
            Found::passed("quotes-source", detail).with("source-line", line.to_string())
        }
    }
}

/// The line of the source on which a quotation begins, whatever the spaces and the last stop.
fn line_of(source: &str, quotation: &str) -> Option<usize> {
    let bare = |text: &str| -> String {
        let letters = text.chars().filter(|letter| letter.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let wanted = bare(quotation);
    let mut told = String::new();
    let mut starts = Vec::new();
    for (number, line) in source.lines().enumerate() {
        starts.push((told.len(), number + 1));
        told.push_str(&bare(line));
    }
    let at = told.find(&wanted)?;
    let line = starts.iter().rev().find(|(start, _)| *start <= at);
    line.map(|(_, number)| *number)
}
