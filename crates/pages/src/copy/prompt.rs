//! What the model is told: a page that was written well, part by part, then the brief, then the parts
//! of this page so far. One conversation serves a whole page, so that the worker reads nothing twice
//! and the model sees what it has said already.

use std::sync::LazyLock;

use model::{Constraint, Message, Prompt, Role, Sampling};
use serde::Deserialize;

use super::Form;
use super::kept::Kept;
use crate::ground::Brief;
use crate::language::Language;

/// What Qwen's models were trained to be told first.
pub(crate) const SYSTEM: &str =
    "You are Qwen, created by Alibaba Cloud. You are a helpful assistant.";

/// Most characters of the brief that the model is told: it writes about a place, not a catalogue.
const BRIEF_CHARS: usize = 1_200;

#[derive(Deserialize)]
struct Examples {
    en: Example,
    zh: Example,
}

/// A page that was written well.
#[derive(Deserialize)]
struct Example {
    rules: String,
    brief: String,
    turns: Vec<Turn>,
}

#[derive(Deserialize)]
struct Turn {
    ask: String,
    answer: String,
}

static EXAMPLES: LazyLock<Examples> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../assets/pages/examples.toml"))
        .expect("a test reads the examples that are built in")
});

fn example(language: Language) -> &'static Example {
    if language.is_chinese() {
        &EXAMPLES.zh
    } else {
        &EXAMPLES.en
    }
}

/// What the example says, so that nobody takes it for an answer.
#[must_use]
pub fn example_texts(language: Language) -> Vec<String> {
    let turns = &example(language).turns;
    turns
        .iter()
        .map(|turn| language.in_script(&turn.answer, &[]))
        .collect()
}

/// A part that is there already: what was asked and what stands in the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// What was asked.
    pub ask: String,
    /// What the model answered, whether or not it was used.
    pub answer: String,
}

/// The prompt for the next part; `kept` is what there is of it already, where it was asked for before.
#[must_use]
pub fn prompt(brief: &Brief, written: &[Written], form: &Form, kept: Option<&Kept>) -> Prompt {
    let language = brief.language;
    let mut messages = preset(language);
    let preset = messages.len();
    let (label, part) = labels(language);
    let text: String = brief.text.chars().take(BRIEF_CHARS).collect();
    let opening = format!("{label}{text}\n\n{part}");
    let mut first = Some(opening);
    let mut ask = |ask: &str, note: &str| {
        let before = first.take().unwrap_or_else(|| part.to_owned());
        format!("{before}{ask}{note}")
    };
    for one in written {
        messages.push(message(Role::User, ask(&one.ask, "")));
        messages.push(message(Role::Assistant, one.answer.clone()));
    }
    let rest = kept.and_then(|kept| Some((kept, kept.rest()?.0)));
    let asked = match &rest {
        None => {
            messages.push(message(Role::User, ask(&form.ask(language), "")));
            form
        }
        Some((kept, rest)) => {
            let hint = kept.problem.as_ref().map_or("", |problem| &problem.hint);
            let note = format!("\n{hint}");
            // What was good is shown as if nothing else had been written; what was not is not shown.
            let said = super::shown(&kept.answer(), form);
            if !said.is_empty() {
                messages.push(message(Role::User, ask(&form.ask(language), "")));
                messages.push(message(Role::Assistant, said));
            }
            messages.push(message(Role::User, ask(&rest.ask(language), &note)));
            rest
        }
    };
    Prompt {
        messages,
        // Only the first part brings the example back from the store; the rest goes on from what
        // the worker has just read.
        preset: if written.is_empty() && kept.is_none() {
            preset
        } else {
            0
        },
        lead: 0,
        opening: String::new(),
        max_tokens: asked.max_tokens(language),
        sampling: Sampling {
            temperature: if kept.is_none() { 0.4 } else { 0.8 },
            top_p: 0.9,
            seed: 7,
            repeat_penalty: 1.0,
        },
        stop: Vec::new(),
        constraint: Some(Constraint::JsonSchema(asked.schema(language))),
        adapter: None,
    }
}

/// The worked example as a conversation.
fn preset(language: Language) -> Vec<Message> {
    let example = example(language);
    let script = if language == Language::Simplified {
        "简体中文"
    } else {
        "繁體中文"
    };
    let own = |text: &str| language.in_script(&text.replace("{script}", script), &[]);
    let (label, part) = labels(language);
    let mut messages = vec![message(Role::System, SYSTEM.to_owned())];
    for (place, turn) in example.turns.iter().enumerate() {
        let ask = own(&turn.ask);
        let text = if place == 0 {
            format!(
                "{}\n\n{label}{}\n\n{part}{ask}",
                own(&example.rules),
                own(&example.brief)
            )
        } else {
            format!("{part}{ask}")
        };
        messages.push(message(Role::User, text));
        messages.push(message(Role::Assistant, own(&turn.answer)));
    }
    messages
}

fn labels(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::English => ("Brief: ", "Part: "),
        Language::Traditional => ("簡介：", "部分："),
        Language::Simplified => ("简介：", "部分："),
    }
}

/// The prompt for choosing what kind of place a brief is about.
#[must_use]
pub fn choose_business(brief: &Brief) -> Prompt {
    let text: String = brief.text.chars().take(BRIEF_CHARS).collect();
    let ask = format!(
        "What is this page for? Name the kind of place or work in one or two words.\n\n{text}"
    );
    Prompt {
        messages: vec![
            message(Role::System, SYSTEM.to_owned()),
            message(Role::User, ask),
        ],
        preset: 1,
        lead: 0,
        opening: String::new(),
        max_tokens: 8,
        sampling: Sampling::GREEDY,
        stop: Vec::new(),
        constraint: None,
        adapter: None,
    }
}

pub(crate) fn message(role: Role, text: String) -> Message {
    Message { role, text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_answers_and_in_script() {
        for language in [
            Language::English,
            Language::Traditional,
            Language::Simplified,
        ] {
            for text in example_texts(language) {
                serde_json::from_str::<super::super::Answer>(&text).unwrap();
                if language.is_chinese() {
                    assert!(language.strays(&text).is_empty(), "{text}");
                }
            }
        }
    }
}
