//! Formal languages: the answer is parsed by a real parser (`parsers`), and what the parser read off
//! it is shown. Beside one check for each language there are some that hold an answer against what
//! the person gave: the language that they chose, the names in their code, their sample.

use parsers::{Language, jq, python, settings};
use serde_json::Value;

use super::{Argument, Entry, Found, Looked};

macro_rules! languages {
    ($($entry:ident, $name:literal, $language:ident;)*) => {
        $(
            pub(super) const $entry: Entry = Entry {
                name: $name,
                argument: Argument::None,
                look: |at| parsed($name, Language::$language, at.text),
            };
        )*
    };
}

languages! {
    BASH, "bash", Bash;
    COMMIT, "commit", Commit;
    COMPOSE, "compose", Compose;
    CSS, "css", Css;
    DOCKERFILE, "dockerfile", Dockerfile;
    GIT, "git", Git;
    HTML, "html", Html;
    JAVASCRIPT, "javascript", JavaScript;
    JQ, "jq", Jq;
    MERMAID, "mermaid", Mermaid;
    NGINX, "nginx", Nginx;
    PYTHON, "python", Python;
    SQL, "sql", Sql;
    SYSTEMD, "systemd", Systemd;
    TYPESCRIPT, "typescript", TypeScript;
}

/// The language is the value of the input behind the colon.
pub(super) const PARSES: Entry = Entry {
    name: "parses",
    argument: Argument::Inputs(1, 1),
    look: |at| {
        let named = at.input(0).unwrap_or_default();
        match Language::named(named) {
            Some(language) => parsed("parses", language, at.text),
            None => Found::passed("parses", format!("there is no parser for {named}")),
        }
    },
};

/// Every name in backticks stands in the input behind the colon.
pub(super) const MENTIONS: Entry = Entry {
    name: "mentions",
    argument: Argument::Inputs(1, 1),
    look: mentions,
};

/// Tests in Python that call what the input behind the colon defines.
pub(super) const CALLS: Entry = Entry {
    name: "calls",
    argument: Argument::Inputs(1, 1),
    look: calls,
};

/// A filter of jq that makes something of the sample in the input behind the colon.
pub(super) const TRANSFORMS: Entry = Entry {
    name: "transforms",
    argument: Argument::Inputs(1, 1),
    look: transforms,
};

/// Most letters of a result that are shown.
const MOST_SHOWN: usize = 4_000;

fn parsed(name: &'static str, language: Language, text: &str) -> Found {
    match parsers::check(language, text) {
        Ok(facts) => {
            let said: Vec<String> = facts
                .iter()
                .map(|fact| format!("{}: {}", fact.name, fact.value))
                .collect();
            let found = Found::passed(name, said.join("; "));
            facts
                .into_iter()
                .fold(found, |found, fact| found.with(fact.name, fact.value))
        }
        Err(flaw) => Found::failed(
            name,
            flaw.to_string(),
            format!("This is not right: {flaw}. Write the whole of it again without this mistake."),
        ),
    }
}

/// Words that explanations put in backticks and that every reader knows.
const COMMON: &[&str] = &[
    "true",
    "false",
    "null",
    "None",
    "True",
    "False",
    "NULL",
    "undefined",
    "NaN",
    "ValueError",
    "KeyError",
    "TypeError",
    "IndexError",
    "ZeroDivisionError",
    "Error",
];

fn mentions(at: &Looked<'_>) -> Found {
    let source = at.input(0).unwrap_or_default();
    let known: Vec<&str> = words(source).collect();
    let mut named = 0;
    for span in at.text.split('`').skip(1).step_by(2) {
        for word in words(span) {
            let is_known =
                known.iter().any(|one| one.eq_ignore_ascii_case(word)) || COMMON.contains(&word);
            if !is_known {
                return Found::failed(
                    "mentions",
                    format!("{word} does not stand in what was given"),
                    format!("The name {word} is not in the code. Use only names that are."),
                );
            }
            named += 1;
        }
    }
    match named {
        0 => Found::failed(
            "mentions",
            "it names nothing of what was given",
            "Name the parts of the code in backticks.",
        ),
        count => Found::passed("mentions", format!("{count} names, all of them there")),
    }
}

/// Names in a text: letters, digits and underscores, not beginning with a digit.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .filter(|word| word.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_'))
}

fn calls(at: &Looked<'_>) -> Found {
    let wrong =
        |detail: &str| Found::failed("calls", detail, format!("{detail}. Write the tests again."));
    let source = at.input(0).unwrap_or_default();
    let defined: Vec<String> = match python::check(source) {
        Ok(facts) => facts
            .iter()
            .filter(|fact| fact.name == "defines")
            .flat_map(|fact| fact.value.split(", ").map(str::to_owned))
            .filter(|name| !name.starts_with("__"))
            .collect(),
        Err(_) => vec![],
    };
    let tests = at.text.matches("def test_").count();
    if tests < 2 {
        return wrong("There are fewer than two functions named test_");
    }
    if !at.text.contains("assert") && !at.text.contains("raises") {
        return wrong("Nothing is asserted");
    }
    let called: Vec<&String> = defined
        .iter()
        .filter(|name| at.text.contains(&format!("{name}(")))
        .collect();
    match (defined.as_slice(), called.first()) {
        ([], _) => Found::passed("calls", format!("{tests} tests")),
        (_, Some(name)) => Found::passed("calls", format!("{tests} tests that call {name}")),
        ([first, ..], None) => wrong(&format!("The tests do not call {first}")),
    }
}

fn transforms(at: &Looked<'_>) -> Found {
    let sample = at.input(0).unwrap_or_default();
    let (kind, value) = match read(sample) {
        Ok(read) => read,
        // The sample is the person's: the model can do nothing about it.
        Err(reason) => {
            return Found::failed(
                "transforms",
                format!("the sample cannot be read: {reason}"),
                "Write a filter of jq.",
            );
        }
    };
    match jq::run(at.text, &value) {
        Err(flaw) => Found::failed(
            "transforms",
            flaw.to_string(),
            format!(
                "The filter `{}` fails on the sample: {flaw}. Write another.",
                at.text
            ),
        ),
        Ok(values) if values.iter().all(is_void) => Found::failed(
            "transforms",
            "it gives nothing",
            format!(
                "The filter `{}` gives nothing on the sample; look at its fields again.",
                at.text
            ),
        ),
        Ok(values) => {
            let shown: Vec<String> = values.iter().map(|value| format!("{value:#}")).collect();
            let shown: String = shown.join("\n").chars().take(MOST_SHOWN).collect();
            let detail = format!("run on the sample ({kind})");
            let mut found = Found::passed("transforms", detail).with("result", shown);
            found.table = table(&values);
            found
        }
    }
}

/// The sample with its kind: JSON by its bracket, CSV by a first line of headings, otherwise YAML.
fn read(sample: &str) -> Result<(&'static str, Value), String> {
    let sample = sample.trim();
    let first = sample.lines().next().unwrap_or_default();
    let wrong = |flaw: parsers::Flaw| flaw.to_string();
    if sample.starts_with(['{', '[']) {
        return settings::json_value(sample)
            .map(|value| ("JSON", value))
            .map_err(wrong);
    }
    if first.contains(',') && !first.contains(": ") {
        return settings::csv_value(sample)
            .map(|value| ("CSV", value))
            .map_err(wrong);
    }
    settings::yaml_value(sample)
        .map(|value| ("YAML", value))
        .map_err(wrong)
}

fn is_void(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty() || items.iter().all(Value::is_null),
        Value::Object(members) => !members.is_empty() && members.values().all(Value::is_null),
        _ => false,
    }
}

/// Objects of one form as rows, with their names above.
fn table(values: &[Value]) -> Vec<Vec<String>> {
    let rows = match values {
        [Value::Array(rows)] => rows,
        _ => return vec![],
    };
    let Some(Value::Object(first)) = rows.first() else {
        return vec![];
    };
    let names: Vec<String> = first.keys().cloned().collect();
    let mut table = vec![names.clone()];
    for row in rows {
        let Value::Object(row) = row else {
            return vec![];
        };
        let cell = |name: &String| match row.get(name) {
            Some(Value::String(text)) => text.clone(),
            Some(value) => value.to_string(),
            None => String::new(),
        };
        table.push(names.iter().map(cell).collect());
    }
    table
}

#[cfg(test)]
#[path = "formal_tests.rs"]
mod tests;
