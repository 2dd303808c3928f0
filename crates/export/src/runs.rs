//! What a run says in a document: who was asked what, the answer in words, tables and code, and what was
//! checked. Every kind of artifact is told in the same few blocks; what a document cannot hold (a page, a
//! board) is told by what is in it, and is among the files of the run ([`files()`]).

mod answer;
mod files;
mod words;

use assistant::{Check, RunReport, Status};

use crate::document::{Block, Section};

pub use answer::answer;
pub use files::{RunFile, files, plain_name};
pub use words::RunWords;

/// A run as it is to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownRun {
    /// What was asked, in one line.
    pub title: String,
    /// The assistant, as people call it.
    pub assistant: String,
    /// When it began, as people write it.
    pub began: String,
    /// What was filled in, with the names of the fields as people read them.
    pub inputs: Vec<(String, String)>,
    /// What the person calls it.
    pub tags: Vec<String>,
    /// What was said before, who and what each; nothing where it is no part of a conversation.
    pub earlier: Vec<(bool, String)>,
    /// How it ended.
    pub report: RunReport,
    /// What had been written when it ended without an answer.
    pub partial: Option<String>,
}

/// A run as a section of a document.
#[must_use]
pub fn section(run: &ShownRun, words: &RunWords) -> Section {
    let mut blocks = Vec::new();
    for (is_person, text) in &run.earlier {
        let who = if *is_person {
            words.you
        } else {
            &run.assistant
        };
        blocks.push(Block::Heading(who.to_owned()));
        blocks.push(Block::Text(text.clone()));
    }
    blocks.push(Block::Heading(words.asked.to_owned()));
    blocks.extend(inputs(&run.inputs));
    blocks.push(Block::Heading(words.answer.to_owned()));
    if let Some(fault) = &run.report.error {
        blocks.push(Block::Note(fault.sentence.clone()));
    }
    match (&run.report.artifact, &run.partial) {
        (Some(artifact), _) => blocks.extend(answer(artifact, words)),
        (None, Some(partial)) => {
            blocks.push(Block::Note(words.partial.to_owned()));
            blocks.push(Block::Text(partial.clone()));
        }
        (None, None) => blocks.push(Block::Note(words.nothing.to_owned())),
    }
    if !run.report.checks.is_empty() {
        blocks.push(Block::Heading(words.checked.to_owned()));
        blocks.push(Block::List(run.report.checks.iter().map(check).collect()));
    }
    Section {
        title: match run.title.is_empty() {
            true => run.report.run.0.clone(),
            false => run.title.clone(),
        },
        about: about(run, words),
        blocks,
    }
}

/// Short values in a list, long ones below each other.
fn inputs(inputs: &[(String, String)]) -> Vec<Block> {
    let is_short = |value: &str| value.chars().count() <= 80 && !value.contains('\n');
    let (short, long): (Vec<_>, Vec<_>) = inputs
        .iter()
        .cloned()
        .partition(|(_, value)| is_short(value));
    let mut blocks = Vec::new();
    if !short.is_empty() {
        blocks.push(Block::Facts(short));
    }
    for (name, value) in long {
        blocks.push(Block::Facts(vec![(name, String::new())]));
        blocks.push(Block::Text(value));
    }
    blocks
}

fn about(run: &ShownRun, words: &RunWords) -> Vec<(String, String)> {
    let report = &run.report;
    let mut about = vec![
        (words.assistant, run.assistant.clone()),
        (words.began, run.began.clone()),
        (words.status, words.of_status(report.status).to_owned()),
    ];
    if let Some(model) = &report.model {
        about.push((words.model, model.0.clone()));
    }
    if report.timings_ms.total > 0 && report.status != Status::Running {
        let seconds = f64::from(report.timings_ms.total) / 1000.0;
        about.push((words.took, format!("{seconds:.1} s")));
    }
    let tokens = report.tokens;
    if tokens.prompt + tokens.output > 0 {
        about.push((
            words.tokens,
            format!("{} + {}", tokens.prompt, tokens.output),
        ));
    }
    if !run.tags.is_empty() {
        about.push((words.tags, run.tags.join(", ")));
    }
    about.push((words.run, report.run.0.clone()));
    about
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn check(check: &Check) -> String {
    let sign = if check.passed { "✓" } else { "✗" };
    match check.detail.is_empty() {
        true => format!("{sign} {}", check.name),
        false => format!("{sign} {}: {}", check.name, check.detail),
    }
}

#[cfg(test)]
mod tests;
