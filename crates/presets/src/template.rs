//! Templates: a person's words put into the sentence that the model is told.
//!
//! Strict and small on purpose. A file may come from anywhere, so a template reads no files (there
//! is no loader, and neither `include` nor `import` nor `extends`), loops only as long as its fuel
//! lasts, and writes only so much.

use std::collections::BTreeMap;
use std::io::{self, Write};

use minijinja::{Environment, UndefinedBehavior, Value};

/// What the template may ask for beside the inputs: the language that the answer is to be in.
pub(crate) const LANGUAGE: &str = "language";

/// Instructions that one rendering may take: a thousand times what any honest template needs.
const FUEL: u64 = 50_000;

/// Most bytes of what is rendered.
const MOST_OUTPUT: usize = 128 * 1024;

/// Most characters of a template.
const MOST_CHARS: usize = 20_000;

fn environment<'a>() -> Environment<'a> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_recursion_limit(50);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    environment
}

/// Why a template cannot be used with these inputs, if it cannot.
pub(crate) fn problem(template: &str, inputs: &[&str]) -> Option<String> {
    if template.trim().is_empty() {
        return Some("the template is empty".to_owned());
    }
    if template.chars().count() > MOST_CHARS {
        return Some(format!(
            "the template has more than {MOST_CHARS} characters"
        ));
    }
    let environment = environment();
    let parsed = match environment.template_from_str(template) {
        Ok(parsed) => parsed,
        Err(error) => return Some(in_words(&error)),
    };
    let mut unknown: Vec<String> = parsed
        .undeclared_variables(false)
        .into_iter()
        .filter(|name| name != LANGUAGE && name != "range" && !inputs.contains(&name.as_str()))
        .collect();
    unknown.sort();
    if let Some(name) = unknown.first() {
        return Some(format!(
            "the template asks for {name}, which is no input; there are {} and {LANGUAGE}",
            inputs.join(", ")
        ));
    }
    // What can be known only by trying: filters that are not there, loops that never end.
    let sample = inputs
        .iter()
        .map(|name| ((*name).to_owned(), "1".to_owned()));
    render(template, &sample.collect(), "English").err()
}

/// Fills a template. Inputs that are absent are empty.
///
/// # Errors
/// Why it cannot be filled, as a clause.
pub(crate) fn render(
    template: &str,
    values: &BTreeMap<String, String>,
    language: &str,
) -> Result<String, String> {
    let mut context: BTreeMap<&str, &str> = values
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    context.insert(LANGUAGE, language);
    let environment = environment();
    let template = environment
        .template_from_str(template)
        .map_err(|error| in_words(&error))?;
    let mut output = Bounded(Vec::new());
    template
        .render_captured_to(Value::from_pairs(context), &mut output)
        .map_err(|error| in_words(&error))?;
    String::from_utf8(output.0).map_err(|error| error.to_string())
}

/// The part at the beginning of a template that is the same for every run.
pub(crate) fn fixed_part(template: &str) -> &str {
    let end = ["{{", "{%", "{#"]
        .iter()
        .filter_map(|opening| template.find(opening))
        .min();
    &template[..end.unwrap_or(template.len())]
}

fn in_words(error: &minijinja::Error) -> String {
    let what = match error.kind() {
        minijinja::ErrorKind::OutOfFuel => "it loops too often".to_owned(),
        minijinja::ErrorKind::WriteFailure => "it writes too much".to_owned(),
        kind => match error.detail() {
            Some(detail) => format!("{kind} ({detail})"),
            None => kind.to_string(),
        },
    };
    match error.line() {
        Some(line) if line > 1 => {
            format!("the template cannot be used, in its line {line}: {what}")
        }
        _ => format!("the template cannot be used: {what}"),
    }
}

/// A buffer that refuses to grow beyond all measure.
struct Bounded(Vec<u8>);

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > MOST_OUTPUT {
            return Err(io::Error::other("too much output"));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(template: &str, expected: Option<&str>) {
        let found = problem(template, &["text", "tone"]);
        match (found, expected) {
            (None, None) => {}
            (Some(found), Some(expected)) if found.contains(expected) => {}
            (found, expected) => panic!("{template:?}: {found:?} and not {expected:?}"),
        }
    }

    #[test]
    fn templates_are_strict_and_bounded() {
        check("Say {{ text }} in {{ language }}.", None);
        check(
            "{% if tone %}Tone: {{ tone }}{% endif %} {{ text | upper }}",
            None,
        );
        check(
            "{% for line in text | lines %}{{ loop.index }}: {{ line }}{% endfor %}",
            None,
        );
        check(" ", Some("empty"));
        check("{{ txet }}", Some("asks for txet"));
        check("{% if true %}{{ text }}", Some("cannot be used"));
        check("a\nb\n{{ text | shout }}", Some("in its line 3"));
        check("{% include '/etc/passwd' %}", Some("cannot be used"));
        check("{% import 'a' as b %}", Some("cannot be used"));
        check("{% extends 'a' %}", Some("cannot be used"));
        check(
            "{% for a in range(9000) %}{% for b in range(9000) %}x{% endfor %}{% endfor %}",
            Some("loops too often"),
        );
        check("{{ 'abcdefgh' * 900000 }}", Some("cannot be used"));
    }

    #[test]
    fn what_is_the_same_for_every_run_is_known() {
        assert_eq!(fixed_part("Translate:\n{{ text }}"), "Translate:\n");
        assert_eq!(fixed_part("{% if a %}x{% endif %}"), "");
        assert_eq!(fixed_part("plain"), "plain");
    }
}
