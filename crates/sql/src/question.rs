//! A question, and the questions that it follows.
//!
//! "Only 2024" means something after "sales by month" and nothing alone. What went before comes as
//! the questions with the statements that answered them, because a statement says exactly what was
//! meant, whatever words led to it.

use assistant::{Code, Fault};
use serde::{Deserialize, Serialize};

/// Most questions that are told of those before: a small model loses the thread in a long talk.
const MOST: usize = 3;

/// A question that was answered before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// In the person's words.
    pub question: String,
    /// The statement that answered it.
    pub sql: String,
}

/// A question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// In the person's words.
    pub text: String,
    /// What it follows, the oldest first.
    pub earlier: Vec<Earlier>,
}

impl Question {
    /// A question with the last of those that it follows.
    pub fn new(text: String, mut earlier: Vec<Earlier>) -> Self {
        let too_many = earlier.len().saturating_sub(MOST);
        earlier.drain(..too_many);
        Self { text, earlier }
    }

    /// All words of the talk, for whatever looks for words in it.
    pub fn whole(&self) -> String {
        let mut words: Vec<&str> = self
            .earlier
            .iter()
            .map(|one| one.question.as_str())
            .collect();
        words.push(&self.text);
        words.join("\n")
    }
}

/// What went before, where it was given in full: one question with its statement as JSON, or a list
/// of them. Nothing when the text is none of these but the name of a run.
///
/// # Errors
/// When it is JSON and not of that shape.
pub fn given(text: &str) -> Option<Result<Vec<Earlier>, Fault>> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Given {
        One(Earlier),
        Several(Vec<Earlier>),
    }
    if !text.starts_with(['{', '[']) {
        return None;
    }
    let read = serde_json::from_str(text).map(|given| match given {
        Given::One(one) => vec![one],
        Given::Several(several) => several,
    });
    Some(read.map_err(|error| {
        Fault::new(
            Code::InputInvalid,
            "What a question follows is the name of a run, or JSON with `question` and `sql`.",
        )
        .with("input", "follows")
        .with("detail", error)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<Option<usize>>) {
        let found = given(text).map(|given| given.ok().map(|earlier| earlier.len()));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_went_before_is_a_run_or_json() {
        check("last", None);
        check("01JABC", None);
        check(r#"{"question": "a", "sql": "SELECT 1"}"#, Some(Some(1)));
        check(
            r#"[{"question": "a", "sql": "b"}, {"question": "c", "sql": "d"}]"#,
            Some(Some(2)),
        );
        check(r#"{"question": "a"}"#, Some(None));
        check("[", Some(None));
    }

    #[test]
    fn only_the_last_of_a_long_talk_are_told() {
        let one = |number: usize| Earlier {
            question: format!("q{number}"),
            sql: String::new(),
        };
        let question = Question::new("now".to_owned(), (0..5).map(one).collect());
        assert_eq!(question.whole(), "q2\nq3\nq4\nnow");
    }
}
