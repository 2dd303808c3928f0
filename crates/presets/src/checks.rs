//! The checks that a preset's file can name, one file each.
//!
//! A check is a function from what was written, and what was asked, to what was found: whether it
//! holds, what the person reads, and what the model is told when it does not. It asks no model,
//! runs nothing, reads no files, and takes milliseconds. To add one, write its file and name it in
//! [`REGISTRY`].

mod colours;
mod cron;
mod csv;
mod ends;
mod formal;
mod formula;
mod json;
mod language;
mod length;
mod lines;
mod markdown_table;
mod numbers;
mod placeholder;
mod quiz;
mod quotes;
mod regex;
mod toml;
mod xml;
mod yaml;

use assistant::artifact::Finding;
use assistant::{Check, Inputs};

use crate::file::PresetFile;
use crate::tongue::Tongue;

/// Every check.
const REGISTRY: &[&Entry] = &[
    &colours::CONTRAST,
    &cron::CRON,
    &csv::CSV,
    &formula::CELLS,
    &formula::FORMULA,
    &json::JSON,
    &language::LANGUAGE,
    &length::MAX_CHARS,
    &length::MAX_LINES,
    &length::MAX_WORDS,
    &length::MIN_LINES,
    &lines::DISTINCT_LINES,
    &lines::QUESTIONS,
    &markdown_table::MARKDOWN_TABLE,
    &numbers::KEEPS_NUMBERS,
    &numbers::NO_NEW_NUMBERS,
    &placeholder::NO_PLACEHOLDER,
    &quiz::QUIZ,
    &quotes::QUOTES_SOURCE,
    &regex::REGEX,
    &toml::TOML,
    &xml::XML,
    &yaml::YAML,
    &formal::BASH,
    &formal::CALLS,
    &formal::COMMIT,
    &formal::COMPOSE,
    &formal::CSS,
    &formal::DOCKERFILE,
    &formal::GIT,
    &formal::HTML,
    &formal::JAVASCRIPT,
    &formal::JQ,
    &formal::MENTIONS,
    &formal::MERMAID,
    &formal::NGINX,
    &formal::PARSES,
    &formal::PYTHON,
    &formal::SQL,
    &formal::SYSTEMD,
    &formal::TRANSFORMS,
    &formal::TYPESCRIPT,
];

/// A check that files can name.
pub struct Entry {
    /// Its name, in files and in reports.
    pub name: &'static str,
    /// What stands behind the colon.
    pub argument: Argument,
    /// Looks at a draft.
    pub look: fn(&Looked<'_>) -> Found,
}

/// What stands behind the colon of a check in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Argument {
    /// Nothing.
    None,
    /// A number.
    Number,
    /// Names of inputs, with commas between them: at least so many, at most so many.
    Inputs(usize, usize),
}

/// An answer, and what it answers.
#[derive(Clone, Copy)]
pub struct Draft<'a> {
    /// The preset.
    pub file: &'a PresetFile,
    /// The model's words, all of them.
    pub answer: &'a str,
    /// What the person filled in.
    pub inputs: &'a Inputs,
    /// The language of the person's words.
    pub tongue: Tongue,
}

impl Draft<'_> {
    /// What the person said: the value of the preset's main input.
    #[must_use]
    pub fn said(&self) -> String {
        let main = self.file.main_input();
        let said = main.and_then(|field| self.inputs.get(&field.name));
        said.unwrap_or_default().to_owned()
    }
}

/// What a check looks at.
#[derive(Clone, Copy)]
pub struct Looked<'a> {
    /// The part of the answer that counts.
    pub text: &'a str,
    /// The answer, and what it answers.
    pub draft: &'a Draft<'a>,
    /// What stands behind the colon.
    pub argument: Option<&'a str>,
}

impl Looked<'_> {
    /// The number behind the colon.
    fn number(&self) -> usize {
        let number = self.argument.and_then(|argument| argument.parse().ok());
        number.unwrap_or_default()
    }

    /// The value of an input that is named behind the colon, counted from 0.
    fn input(&self, index: usize) -> Option<&str> {
        let name = self.argument?.split(',').nth(index)?.trim();
        self.draft.inputs.get(name)
    }

    /// Everything that the person filled in.
    fn source(&self) -> String {
        crate::prompt::joined(&self.draft.inputs.0)
    }
}

/// What a check found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// For the person.
    pub check: Check,
    /// For the model, a sentence; empty where the check held.
    pub feedback: String,
    /// What else is worth showing.
    pub findings: Vec<Finding>,
    /// The same as rows and columns, where it is a table.
    pub table: Vec<Vec<String>>,
}

impl Found {
    /// It holds.
    #[must_use]
    pub fn passed(name: &str, detail: impl Into<String>) -> Self {
        Self {
            check: Check::passed(name, detail),
            feedback: String::new(),
            findings: vec![],
            table: vec![],
        }
    }

    /// It does not. `feedback` is a sentence for the model.
    #[must_use]
    pub fn failed(name: &str, detail: impl Into<String>, feedback: impl Into<String>) -> Self {
        Self {
            check: Check::failed(name, detail),
            feedback: feedback.into(),
            findings: vec![],
            table: vec![],
        }
    }

    /// Adds something worth showing.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.findings.push(Finding {
            name: name.into(),
            value: value.into(),
        });
        self
    }
}

fn entry(written: &str) -> Option<(&'static Entry, Option<&str>)> {
    let (name, argument) = match written.split_once(':') {
        Some((name, argument)) => (name.trim(), Some(argument.trim())),
        None => (written.trim(), None),
    };
    let entry = REGISTRY.iter().find(|entry| entry.name == name)?;
    Some((entry, argument))
}

/// Why a check cannot be used as it is written in a file, if it cannot.
#[must_use]
pub fn problem(written: &str, inputs: &[&str]) -> Option<String> {
    let Some((entry, argument)) = entry(written) else {
        let known: Vec<&str> = names().collect();
        return Some(format!(
            "there is no check called {written}; there are {}",
            known.join(", ")
        ));
    };
    let name = entry.name;
    match (entry.argument, argument) {
        (Argument::None, None) => None,
        (Argument::None, Some(_)) => Some(format!("the check {name} takes nothing behind a colon")),
        (Argument::Number, Some(number)) if number.parse::<usize>().is_ok() => None,
        (Argument::Number, _) => Some(format!("the check {name} wants a number, as in {name}:20")),
        (Argument::Inputs(0, _), None) => None,
        (Argument::Inputs(least, most), named) => {
            let named: Vec<&str> = named
                .unwrap_or_default()
                .split(',')
                .map(str::trim)
                .collect();
            let unknown = named.iter().find(|name| !inputs.contains(*name));
            match unknown {
                Some(unknown) => Some(format!(
                    "the check {name} looks at {unknown}, which is no input"
                )),
                None if (least..=most).contains(&named.len()) => None,
                None => Some(format!("the check {name} wants {least} to {most} inputs")),
            }
        }
    }
}

/// The names of all checks.
pub fn names() -> impl Iterator<Item = &'static str> {
    REGISTRY.iter().map(|entry| entry.name)
}

/// What every answer is held to, and then what the file names, in its order.
pub(crate) fn look(at: &Looked<'_>) -> Vec<Found> {
    let mut found = vec![ends::look(at)];
    for written in &at.draft.file.output.checks {
        if let Some((entry, argument)) = entry(written) {
            found.push((entry.look)(&Looked { argument, ..*at }));
        }
    }
    found
}

#[cfg(test)]
#[path = "checks/tests.rs"]
mod tests;
