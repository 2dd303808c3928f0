//! What common tools and their options do, in our own words and three languages.
//!
//! The table is `assets/shell/tools.tsv`, one line each: tool, option, kind, English, traditional
//! and simplified Chinese. The tool may be two words (`git push`). The option is empty for the
//! tool itself, `-x` or `--word` for an option, `-x=` for one that takes the next word, `@1`,
//! `@2`, `@*` for what it is told besides. `{}` in the words stands for the value.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::tongue::Tongue;

const TABLE: &str = include_str!("../../../../assets/shell/tools.tsv");

/// A language to explain in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Speech {
    English,
    Traditional,
    Simplified,
}

impl Speech {
    pub fn of(tongue: Tongue) -> Self {
        match tongue {
            Tongue::Traditional | Tongue::Chinese => Self::Traditional,
            Tongue::Simplified => Self::Simplified,
            Tongue::English | Tongue::Other => Self::English,
        }
    }

    pub fn pick(self, words: [&str; 3]) -> &str {
        match self {
            Self::English => words[0],
            Self::Traditional => words[1],
            Self::Simplified => words[2],
        }
    }
}

/// What a tool may come to, by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It only looks.
    Reads,
    /// It makes or changes something.
    Changes,
    /// It deletes or overwrites.
    Deletes,
    /// It sends something out.
    Sends,
    /// It needs an administrator.
    Administers,
    /// It calls the command behind it.
    Calls,
}

/// One line of the table.
#[derive(Debug)]
pub(super) struct Row {
    pub kind: Option<Kind>,
    pub takes_value: bool,
    words: [&'static str; 3],
}

impl Row {
    /// What it does, with its value where it has one.
    pub fn say(&self, speech: Speech, value: &str) -> String {
        speech.pick(self.words).replace("{}", value)
    }
}

/// Options by tool.
type Rows = HashMap<&'static str, HashMap<&'static str, Row>>;

static ROWS: LazyLock<Rows> = LazyLock::new(|| {
    let mut rows = Rows::new();
    for ((tool, option), row) in lines().filter_map(row) {
        rows.entry(tool).or_default().insert(option, row);
    }
    rows
});

fn lines() -> impl Iterator<Item = &'static str> {
    TABLE
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}

fn row(line: &'static str) -> Option<((&'static str, &'static str), Row)> {
    let mut columns = line.split('\t');
    let (tool, option) = (columns.next()?, columns.next()?);
    let kind = match columns.next()? {
        "r" => Some(Kind::Reads),
        "c" => Some(Kind::Changes),
        "d" => Some(Kind::Deletes),
        "s" => Some(Kind::Sends),
        "a" => Some(Kind::Administers),
        "x" => Some(Kind::Calls),
        _ => None,
    };
    let words = [columns.next()?, columns.next()?, columns.next()?];
    let takes_value = option.len() > 1 && option.ends_with('=');
    let option = option
        .strip_suffix('=')
        .filter(|_| takes_value)
        .unwrap_or(option);
    Some((
        (tool, option),
        Row {
            kind,
            takes_value,
            words,
        },
    ))
}

/// A line of the table; the option is empty for the tool itself.
pub(super) fn find(tool: &str, option: &str) -> Option<&'static Row> {
    ROWS.get(tool)?.get(option)
}

/// How many tools are known.
#[cfg(test)]
pub(super) fn tools() -> usize {
    ROWS.values()
        .filter(|options| options.contains_key(""))
        .count()
}

/// Lines of the file that the table could not take in.
#[cfg(test)]
pub(super) fn wrong_lines() -> Vec<&'static str> {
    lines()
        .filter(|line| line.split('\t').count() != 6 || row(line).is_none())
        .collect()
}
