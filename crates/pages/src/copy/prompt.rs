//! What the model is told: a page that was written well, part by part, then the brief, then the parts
//! of this page so far. One conversation serves a whole page, so that the worker reads nothing twice
//! and the model sees what it has said already.

use std::sync::LazyLock;

use model::{Constraint, Ending, Message, Prompt, Role, Sampling};
use serde::Deserialize;

use super::Form;
use super::kept::Kept;
use crate::ground::Brief;
use crate::language::Language;

/// What Qwen's models were trained to be told first.
pub(crate) const SYSTEM: &str =
    "You are Qwen, created by Alibaba Cloud. You are a helpful assistant.";

/// Most characters of a brief that the model is told: it writes about a place, not a catalogue, and a
/// person waits while it reads.
const ENGLISH_BRIEF: usize = 1_200;

/// The same of a Chinese one, which says as much with a third of the characters.
const CHINESE_BRIEF: usize = 450;

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
    let mut talk = Talk::of(brief, written);
    let asked = talk.ask_for(form, kept);
    let mut prompt = conversation(brief.language, written, kept.is_some());
    prompt.messages.extend(talk.messages);
    prompt.max_tokens = asked.max_tokens(brief.language);
    prompt.constraint = Some(Constraint::JsonSchema(asked.schema(brief.language)));
    prompt
}

/// What several parts have in common that are written side by side; each goes on with an [`ending`].
#[must_use]
pub fn beside(brief: &Brief, written: &[Written], is_again: bool) -> Prompt {
    let mut prompt = conversation(brief.language, written, is_again);
    prompt.messages.extend(Talk::of(brief, written).messages);
    prompt
}

/// How the conversation of [`beside`] goes on for one part.
#[must_use]
pub fn ending(brief: &Brief, written: &[Written], form: &Form, kept: Option<&Kept>) -> Ending {
    let mut talk = Talk::of(brief, written);
    let before = talk.messages.len();
    let asked = talk.ask_for(form, kept);
    Ending {
        messages: talk.messages.split_off(before),
        max_tokens: asked.max_tokens(brief.language),
        constraint: Some(Constraint::JsonSchema(asked.schema(brief.language))),
    }
}

/// The worked example alone, as it stands before every brief in a language.
#[must_use]
pub fn ahead(language: Language) -> Prompt {
    let (label, _) = labels(language);
    let mut prompt = conversation(language, &[], false);
    prompt.messages.push(message(Role::User, label.to_owned()));
    prompt.max_tokens = 1;
    prompt
}

/// The worked example, and how is asked.
fn conversation(language: Language, written: &[Written], is_again: bool) -> Prompt {
    let messages = preset(language);
    Prompt {
        // Only the first part brings the example back from the store; the rest goes on from what
        // the worker has just read.
        preset: if written.is_empty() && !is_again {
            messages.len()
        } else {
            0
        },
        messages,
        lead: 0,
        opening: String::new(),
        max_tokens: 0,
        sampling: Sampling {
            temperature: if is_again { 0.8 } else { 0.4 },
            top_p: 0.9,
            seed: 7,
            repeat_penalty: 1.0,
        },
        stop: Vec::new(),
        constraint: None,
        adapter: None,
    }
}

/// What is said of one page, behind the worked example.
struct Talk {
    language: Language,
    messages: Vec<Message>,
    /// The brief, until it was told.
    opening: Option<String>,
}

impl Talk {
    /// Up to where the next part is asked for.
    fn of(brief: &Brief, written: &[Written]) -> Self {
        let language = brief.language;
        let (label, _) = labels(language);
        let mut talk = Self {
            language,
            messages: Vec::new(),
            opening: Some(format!("{label}{}\n\n", told(brief))),
        };
        for one in written {
            talk.ask(&one.ask, "");
            talk.answer(one.answer.clone());
        }
        talk
    }

    fn ask(&mut self, ask: &str, note: &str) {
        let before = self.opening.take().unwrap_or_default();
        let (_, part) = labels(self.language);
        let text = format!("{before}{part}{ask}{note}");
        self.messages.push(message(Role::User, text));
    }

    fn answer(&mut self, text: String) {
        self.messages.push(message(Role::Assistant, text));
    }

    /// Asks for a part, or for what is missing of it, and says which form that is.
    fn ask_for(&mut self, form: &Form, kept: Option<&Kept>) -> Form {
        let rest = kept.and_then(|kept| Some((kept, kept.rest()?.0)));
        let Some((kept, rest)) = rest else {
            self.ask(&form.ask(self.language), "");
            return form.clone();
        };
        // What was good is shown as if nothing else had been written; what was not is not shown.
        let said = super::shown(&kept.answer(), form);
        if !said.is_empty() {
            self.ask(&form.ask(self.language), "");
            self.answer(said);
        }
        let hint = kept.problem.as_ref().map_or("", |problem| &problem.hint);
        self.ask(&rest.ask(self.language), &format!("\n{hint}"));
        rest
    }
}

/// The brief as the model is told it.
fn told(brief: &Brief) -> String {
    let most = if brief.language.is_chinese() {
        CHINESE_BRIEF
    } else {
        ENGLISH_BRIEF
    };
    brief.text.chars().take(most).collect()
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
    let text = told(brief);
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
    fn what_is_read_ahead_is_what_a_page_begins_with() {
        for text in ["A bakery in Leeds", "台南的麵包店", "成都的面包店，很温暖"] {
            let brief = Brief::read(text, None);
            let form = Form {
                section: "hero".to_owned(),
                kind: crate::plan::Kind::Hero,
                heading: true,
                lead: true,
                items: super::super::Items::None,
                count: 0,
                topic: String::new(),
            };
            let first = prompt(&brief, &[], &form, None);
            let ahead = ahead(brief.language);
            assert_eq!(first.preset, ahead.preset);
            assert!(ahead.preset > 2 && ahead.messages.len() > ahead.preset);
            assert_eq!(
                first.messages[..first.preset],
                ahead.messages[..ahead.preset]
            );
        }
    }

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
