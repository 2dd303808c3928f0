//! What of a run is text: its title in a list, and what a search looks through.
//!
//! Nothing here knows the database; it is a set of pure functions over inputs and artifacts.

use assistant::{Artifact, Inputs};
use serde_json::Value;

/// Characters of a title.
const TITLE_LIMIT: usize = 200;

/// Characters of one text that a search looks through. An index of trigrams is several times as
/// large as its text, and nobody looks for a run by what stands on its hundredth page.
const SEARCH_LIMIT: usize = 200_000;

/// The inputs that say what was asked, the most telling first.
const TELLING_INPUTS: [&str; 7] = [
    "question",
    "sql",
    "text",
    "brief",
    "description",
    "fen",
    "pgn",
];

/// A line that says what a run is about.
pub(crate) fn title(inputs: &Inputs) -> String {
    let telling = TELLING_INPUTS.iter().find_map(|name| inputs.get(name));
    let any = || inputs.0.keys().find_map(|name| inputs.get(name));
    one_line(telling.or_else(any).unwrap_or_default())
}

/// The inputs as a search sees them.
pub(crate) fn of_inputs(inputs: &Inputs) -> String {
    let values = inputs.0.values().map(String::as_str);
    searchable(values)
}

/// An artifact as a search sees it: every text and number in it, whatever its kind.
pub(crate) fn of_artifact(artifact: &Artifact) -> String {
    let mut texts = vec![];
    if let Ok(Value::Object(mut fields)) = serde_json::to_value(artifact) {
        fields.remove("kind");
        gather(&Value::Object(fields), &mut texts);
    }
    searchable(texts.iter().map(String::as_str))
}

/// A text that has been written only in part, as a search sees it.
pub(crate) fn of_partial(text: &str) -> String {
    searchable(std::iter::once(text))
}

fn gather(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::Null | Value::Bool(_) => {}
        Value::Number(number) => texts.push(number.to_string()),
        Value::String(text) => texts.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| gather(value, texts)),
        Value::Object(fields) => fields.values().for_each(|value| gather(value, texts)),
    }
}

/// Joins texts up to the limit. SQLite takes a NUL for the end of a text when it looks through it.
fn searchable<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut joined = String::new();
    let characters = texts.flat_map(|text| text.chars().chain(std::iter::once('\n')));
    joined.extend(
        characters
            .map(|character| if character == '\0' { ' ' } else { character })
            .take(SEARCH_LIMIT),
    );
    joined
}

/// One line without control characters, cut with an ellipsis where it is too long.
fn one_line(text: &str) -> String {
    let is_gap = |character: char| character.is_whitespace() || character.is_control();
    let words = text.split(is_gap).filter(|word| !word.is_empty());
    let mut line: Vec<char> = words
        .flat_map(|word| std::iter::once(' ').chain(word.chars()))
        .skip(1)
        .take(TITLE_LIMIT + 1)
        .collect();
    if line.len() > TITLE_LIMIT {
        line.truncate(TITLE_LIMIT - 1);
        line.push('…');
    }
    line.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_title<const N: usize>(inputs: [(&str, &str); N], expected: &str) {
        assert_eq!(title(&Inputs::from(inputs)), expected);
    }

    #[test]
    fn a_title_says_what_was_asked() {
        check_title(
            [("database", "a.db"), ("question", "how many?")],
            "how many?",
        );
        check_title([("database", "a.db"), ("sql", "SELECT 1")], "SELECT 1");
        check_title(
            [("database", "a.db"), ("question", " "), ("sql", "SELECT 2")],
            "SELECT 2",
        );
        check_title([("colour", ""), ("shape", "round")], "round");
        check_title([], "");
    }

    #[test]
    fn a_title_is_one_short_line() {
        check_title([("question", "  a\n\tb\0c  ")], "a b c");
        check_title([("question", &"問".repeat(200))], &"問".repeat(200));
        let cut = format!("{}…", "問".repeat(199));
        check_title([("question", &"問".repeat(201))], &cut);
        let words = title(&Inputs::from([("question", "ab ".repeat(100).as_str())]));
        assert_eq!(words.chars().count(), 200, "{words}");
    }

    #[test]
    fn a_search_sees_every_value_of_an_artifact() {
        let artifact: Artifact = serde_json::from_value(serde_json::json!({
            "kind": "query", "sql": "SELECT city", "dialect": "sqlite", "columns": ["city"],
            "rows": [["臺北市"], [42], [null]], "row_count": 3, "truncated": false,
            "explanation": "all cities", "chart": null, "draft": false,
        }))
        .unwrap();
        let text = of_artifact(&artifact);
        for part in ["SELECT city", "臺北市", "42", "all cities"] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(!text.contains("query"), "{text}");
    }

    #[test]
    fn a_search_sees_past_a_nul_and_not_past_the_limit() {
        assert_eq!(of_partial("a\0b"), "a b\n");
        assert_eq!(
            of_partial(&"x".repeat(SEARCH_LIMIT + 5)).len(),
            SEARCH_LIMIT
        );
    }
}
