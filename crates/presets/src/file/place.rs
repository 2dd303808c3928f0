//! Where in a file something stands, so that whoever wrote it finds it.

use toml::de::{DeTable, DeValue};

use super::VERSION;
use crate::PresetError;

/// A step on the way into a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// The value of a key.
    Key(&'static str),
    /// An element of an array.
    At(usize),
}

/// Whether the format's version is one that is known here. It is looked at before anything else,
/// because a newer file is likely to have fields that would only be called unknown.
pub(super) fn known_version(text: &str) -> Result<(), PresetError> {
    let table = DeTable::parse(text).map_err(|error| wrong(text, &error))?;
    let version = table.get_ref().get("version").map(|value| value.get_ref());
    let Some(version) = version else {
        return Err(PresetError::Wrong {
            line: 1,
            reason: format!("there is no `version`; the format's is {VERSION}"),
        });
    };
    let number = match version {
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
        _ => None,
    };
    match number {
        Some(number) if (1..=i64::from(VERSION)).contains(&number) => Ok(()),
        Some(number) if number > i64::from(VERSION) => Err(PresetError::TooNew {
            version: number,
            known: VERSION,
        }),
        _ => Err(PresetError::Wrong {
            line: line_of(text, &[Step::Key("version")]),
            reason: format!("`version` must be a number from 1 to {VERSION}"),
        }),
    }
}

/// What the reader of TOML found.
pub(super) fn wrong(text: &str, error: &toml::de::Error) -> PresetError {
    let at = error.span().map_or(0, |span| span.start);
    PresetError::Wrong {
        line: line_at(text, at),
        reason: error.message().trim_end_matches('.').replace('\n', ", "),
    }
}

/// The line on which a value stands, or the innermost of its surroundings that is there.
pub(super) fn line_of(text: &str, path: &[Step]) -> usize {
    let Ok(table) = DeTable::parse(text) else {
        return 1;
    };
    let mut at = 0;
    let mut value = DeValue::Table(table.into_inner());
    for step in path {
        let next = match (step, value) {
            (Step::Key(key), DeValue::Table(mut table)) => table.remove(*key),
            (Step::At(index), DeValue::Array(array)) => array.into_iter().nth(*index),
            _ => None,
        };
        let Some(next) = next else { break };
        at = next.span().start;
        value = next.into_inner();
    }
    line_at(text, at)
}

fn line_at(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or(text);
    before.matches('\n').count() + 1
}
