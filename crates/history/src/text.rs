//! What of a run is text: its title in a list, and what a search looks through.
//!
//! Pure functions over inputs and artifacts, and the one place where their texts are put into the
//! indexes of the search ([`Seen::keep`]).

use assistant::{Artifact, Inputs};
use serde_json::Value;
use sqlx::SqliteConnection;

use crate::pairs;

/// Characters of a title.
const TITLE_LIMIT: usize = 200;

/// Characters of one text that a search looks through. An index of trigrams is several times as
/// large as its text, and nobody looks for a run by what stands on its hundredth page.
const SEARCH_LIMIT: usize = 200_000;

/// The inputs that say what was asked, the most telling first.
const TELLING_INPUTS: [&str; 8] = [
    "question",
    "sql",
    "text",
    "brief",
    "description",
    "fen",
    "pgn",
    "instruction",
];

/// A line that says what a run is about.
pub(crate) fn title(inputs: &Inputs) -> String {
    let telling = TELLING_INPUTS.iter().find_map(|name| inputs.get(name));
    if telling.is_none()
        && let Some(name) = name_of_page(inputs)
    {
        return one_line(&name);
    }
    let any = || inputs.0.keys().find_map(|name| inputs.get(name));
    one_line(telling.or_else(any).unwrap_or_default())
}

/// What a page is called that was changed by hand: its plan or its code says so.
fn name_of_page(inputs: &Inputs) -> Option<String> {
    if let Some(html) = inputs.get("html") {
        let (_, behind) = html.split_once("<title>")?;
        let name = behind.split_once("</title>")?.0;
        // The two marks of HTML that names have.
        return Some(name.replace("&#39;", "'").replace("&amp;", "&"));
    }
    let plan: Value = serde_json::from_str(inputs.get("plan")?).ok()?;
    Some(plan["title"].as_str()?.to_owned())
}

/// What a search sees of a run that has ended. One that is under way is not in its indexes: it would have
/// to be taken out again a moment later.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) title: String,
    /// What was filled in, and the tags.
    pub(crate) inputs: String,
    pub(crate) output: Option<String>,
}

impl Seen {
    /// What a run and its tags say, but for what came out.
    pub(crate) async fn of_run(change: &mut SqliteConnection, number: i64) -> sqlx::Result<Self> {
        let (run, title, inputs): (String, String, String) =
            sqlx::query_as("SELECT id, title, inputs FROM runs WHERE number = ?")
                .bind(number)
                .fetch_one(&mut *change)
                .await?;
        let tags: Vec<String> =
            sqlx::query_scalar("SELECT tag FROM tags WHERE run = ? ORDER BY tag")
                .bind(run)
                .fetch_all(change)
                .await?;
        let inputs = serde_json::from_str(&inputs).unwrap_or_default();
        Ok(Self {
            title,
            inputs: of_inputs_and_tags(&inputs, &tags),
            output: None,
        })
    }

    /// What it is to see from now on.
    pub(crate) async fn keep(
        &self,
        change: &mut SqliteConnection,
        number: i64,
    ) -> sqlx::Result<()> {
        let output = self.output.as_deref().unwrap_or_default();
        sqlx::query(
            "INSERT OR REPLACE INTO runs_text (rowid, title, inputs, output) VALUES (?, ?, ?, ?)",
        )
        .bind(number)
        .bind(&self.title)
        .bind(&self.inputs)
        .bind(output)
        .execute(&mut *change)
        .await?;
        sqlx::query("INSERT OR REPLACE INTO runs_pairs (rowid, pairs) VALUES (?, ?)")
            .bind(number)
            .bind(pairs::of_texts(&[&self.title, &self.inputs, output]))
            .execute(change)
            .await?;
        Ok(())
    }
}

/// What came out of a run, as the search sees it now.
pub(crate) async fn output_of(
    change: &mut SqliteConnection,
    number: i64,
) -> sqlx::Result<Option<String>> {
    let output: Option<Option<String>> =
        sqlx::query_scalar("SELECT output FROM runs_text WHERE rowid = ?")
            .bind(number)
            .fetch_optional(change)
            .await?;
    Ok(output.flatten())
}

/// Inputs and tags as a search sees them.
pub(crate) fn of_inputs_and_tags(inputs: &Inputs, tags: &[String]) -> String {
    let values = inputs.0.values().chain(tags).map(String::as_str);
    searchable(values)
}

/// An artifact as a search sees it: every text and number in it, whatever its kind.
pub(crate) fn of_artifact(artifact: &Artifact) -> String {
    of_artifact_as_kept(serde_json::to_value(artifact).unwrap_or_default())
}

/// The same of one that may be of a kind that this program does not know.
pub(crate) fn of_artifact_as_kept(artifact: Value) -> String {
    let mut texts = vec![];
    if let Value::Object(mut fields) = artifact {
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
        let plan = r#"{"version":1,"title":"Crumb | Bakery"}"#;
        check_title([("plan", plan)], "Crumb | Bakery");
        check_title([("plan", plan), ("instruction", "darker")], "darker");
        check_title(
            [("html", "<title>Mine &amp; yours</title>")],
            "Mine & yours",
        );
        check_title([("plan", "no plan")], "no plan");
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
