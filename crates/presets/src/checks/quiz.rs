//! A quiz as JSON: questions with options that differ, of which one is right.

use serde::Deserialize;

use super::{Argument, Entry, Found, Looked};

pub(super) const QUIZ: Entry = Entry {
    name: "quiz",
    argument: Argument::None,
    look,
};

#[derive(Deserialize)]
struct Quiz {
    questions: Vec<Question>,
}

#[derive(Deserialize)]
struct Question {
    question: String,
    options: Vec<String>,
    answer: usize,
}

/// Letters of the options.
const LETTERS: [&str; 6] = ["A", "B", "C", "D", "E", "F"];

fn look(at: &Looked<'_>) -> Found {
    let failed = |why: String| {
        let feedback = format!("The quiz is wrong: {why}.");
        Found::failed("quiz", why, feedback)
    };
    let quiz: Quiz = match serde_json::from_str(at.text) {
        Ok(quiz) => quiz,
        Err(error) => return failed(format!("it has another form ({error})")),
    };
    let mut rows = Vec::new();
    let mut most = 0;
    for question in &quiz.questions {
        let count = question.options.len();
        let is_double = question
            .options
            .iter()
            .enumerate()
            .any(|(index, one)| question.options[..index].contains(one));
        if question.question.trim().is_empty() || !(2..=LETTERS.len()).contains(&count) {
            return failed("a question is empty or has too few or too many options".to_owned());
        }
        if is_double {
            return failed(format!(
                "two options of {:?} are the same",
                question.question
            ));
        }
        if question.answer >= count {
            return failed(format!(
                "the answer to {:?} is none of its options",
                question.question
            ));
        }
        most = most.max(count);
        let mut row = vec![question.question.clone()];
        row.extend(question.options.clone());
        rows.push((row, LETTERS[question.answer]));
    }
    if rows.is_empty() {
        return failed("it has no questions".to_owned());
    }
    let mut found = Found::passed("quiz", format!("{} questions", rows.len()));
    let mut head = vec!["?".to_owned()];
    head.extend(LETTERS[..most].iter().map(ToString::to_string));
    head.push("✓".to_owned());
    found.table.push(head);
    for (mut row, right) in rows {
        row.resize(most + 1, String::new());
        row.push(right.to_owned());
        found.table.push(row);
    }
    found
}
