//! Lines: none twice, and where questions were asked for, every one a question.

use super::{Argument, Entry, Found, Looked};

pub(super) const DISTINCT_LINES: Entry = Entry {
    name: "distinct-lines",
    argument: Argument::None,
    look: distinct,
};

pub(super) const QUESTIONS: Entry = Entry {
    name: "questions",
    argument: Argument::None,
    look: questions,
};

fn distinct(at: &Looked<'_>) -> Found {
    let mut seen: Vec<String> = Vec::new();
    for line in at.text.lines() {
        let letters = line.chars().filter(|one| one.is_alphabetic());
        let bare: String = letters.flat_map(char::to_lowercase).collect();
        if bare.is_empty() {
            continue;
        }
        if seen.contains(&bare) {
            return Found::failed(
                "distinct-lines",
                format!("{:?} stands there twice", line.trim()),
                "Write different lines; none may stand there twice.",
            );
        }
        seen.push(bare);
    }
    Found::passed("distinct-lines", format!("{} lines", seen.len()))
}

fn questions(at: &Looked<'_>) -> Found {
    let lines = at
        .text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty());
    let wrong = lines.clone().find(|line| !line.ends_with(['?', '？']));
    match wrong {
        None => Found::passed("questions", format!("{} questions", lines.count())),
        Some(wrong) => Found::failed(
            "questions",
            format!("{wrong:?} is no question"),
            "Every line must be one question that ends with a question mark; write nothing else.",
        ),
    }
}
