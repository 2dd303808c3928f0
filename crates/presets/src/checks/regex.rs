//! A regular expression, tried on the texts that the person gave: those of the first input named
//! behind the colon must match, those of the second must not, a line each.

use fancy_regex::RegexBuilder;

use super::{Argument, Entry, Found, Looked};

pub(super) const REGEX: Entry = Entry {
    name: "regex",
    argument: Argument::Inputs(0, 2),
    look,
};

/// Steps that one try may take, so that no expression keeps anybody waiting.
const MOST_STEPS: usize = 200_000;

fn look(at: &Looked<'_>) -> Found {
    let expression = bare(at.text);
    let compiled = RegexBuilder::new(expression)
        .backtrack_limit(MOST_STEPS)
        .build();
    let compiled = match compiled {
        Ok(compiled) => compiled,
        Err(error) => {
            return Found::failed(
                "regex",
                format!("it does not compile: {error}"),
                format!("The regular expression does not compile: {error}. Write another."),
            );
        }
    };
    let tries = [(0, true), (1, false)]
        .into_iter()
        .flat_map(|(index, wanted)| {
            let lines = at.input(index).unwrap_or_default().lines();
            let lines = lines.map(str::trim).filter(|line| !line.is_empty());
            lines.map(move |line| (line, wanted))
        });
    let mut found = Found::passed("regex", "it compiles");
    let (mut tried, mut wrong) = (0, Vec::new());
    for (line, wanted) in tries {
        tried += 1;
        let matched = compiled.find(line).ok().flatten();
        let is_right = matched.is_some() == wanted;
        let value = match &matched {
            Some(matched) => format!("matches {:?}", matched.as_str()),
            None => "does not match".to_owned(),
        };
        found = found.with(line, value);
        if !is_right {
            wrong.push(match wanted {
                true => format!("it must match {line:?} and does not"),
                false => format!("it must not match {line:?} and does"),
            });
        }
    }
    let Some(first) = wrong.first() else {
        if tried > 0 {
            found.check.detail = format!("it compiles and is right on all {tried} samples");
        }
        return found;
    };
    let mut failed = Found::failed(
        "regex",
        first.clone(),
        format!(
            "The expression `{expression}` is wrong: {}.",
            wrong.join("; ")
        ),
    );
    failed.findings = found.findings;
    failed
}

/// The expression without the slashes of other languages around it.
fn bare(text: &str) -> &str {
    let text = text.trim().trim_matches('`');
    match text
        .strip_prefix('/')
        .and_then(|rest| rest.strip_suffix('/'))
    {
        Some(inner) if !inner.is_empty() => inner,
        _ => text,
    }
}
