//! Lengths: most characters, words and lines, fewest lines.

use super::{Argument, Entry, Found, Looked};
use crate::tongue::is_han;

pub(super) const MAX_CHARS: Entry = Entry {
    name: "max-chars",
    argument: Argument::Number,
    look: |at| {
        at_most(
            "max-chars",
            at.text.chars().count(),
            at.number(),
            "characters",
        )
    },
};

pub(super) const MAX_WORDS: Entry = Entry {
    name: "max-words",
    argument: Argument::Number,
    look: |at| at_most("max-words", words(at.text), at.number(), "words"),
};

pub(super) const MAX_LINES: Entry = Entry {
    name: "max-lines",
    argument: Argument::Number,
    look: |at| at_most("max-lines", lines(at.text), at.number(), "lines"),
};

pub(super) const MIN_LINES: Entry = Entry {
    name: "min-lines",
    argument: Argument::Number,
    look: |at: &Looked<'_>| {
        let (is, wanted) = (lines(at.text), at.number());
        if is >= wanted {
            return Found::passed("min-lines", format!("{is} lines"));
        }
        Found::failed(
            "min-lines",
            format!("{is} lines where {wanted} were wanted"),
            format!("Write at least {wanted} lines; yours has {is}."),
        )
    },
};

fn at_most(name: &str, is: usize, limit: usize, what: &str) -> Found {
    if is <= limit {
        return Found::passed(name, format!("{is} {what}"));
    }
    Found::failed(
        name,
        format!("{is} {what}, and {limit} are allowed"),
        format!("Write at most {limit} {what}; yours has {is}. Keep only what matters most."),
    )
}

fn lines(text: &str) -> usize {
    text.lines().filter(|line| !line.trim().is_empty()).count()
}

/// Words; of Chinese every two characters count as one, which is about how long words are.
pub(super) fn words(text: &str) -> usize {
    let han = text.chars().filter(|letter| is_han(*letter)).count();
    let western = text
        .split(|letter: char| is_han(letter) || letter.is_whitespace())
        .filter(|word| word.chars().any(char::is_alphanumeric));
    western.count() + han.div_ceil(2)
}
