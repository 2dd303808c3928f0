//! The languages of the services: what a question looks like in each, and what their texts mean.
//!
//! Nothing here sends or waits, so each language is tested by its words alone. Reading is lenient
//! about what is missing or new, because services add to their answers without notice, and strict
//! about what is there: a number in the place of a text is an error and not an empty answer.

mod anthropic;
mod gemini;
mod ollama;
mod openai;
mod responses;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Kind;
use super::allows::Allows;
use super::answer::Delta;
use super::body::Text;
use super::fault::{is_page, message, one_line, page, status_of};
use super::form::{Form, Means};
use super::line::Ask;
use crate::{Message, Prompt, Role};

/// What is to be asked.
pub(super) struct Question<'a> {
    /// Name of the model, as the service knows it.
    pub model: &'a str,
    /// What to answer.
    pub prompt: &'a Prompt,
    /// What the answer must look like.
    pub form: &'a Form,
    /// What the service takes.
    pub allows: Allows,
    /// Whether the probabilities of the first token are wanted.
    pub scores: bool,
}

impl Question<'_> {
    /// The conversation, with what the answer must look like said at the end of it, where it does
    /// not disturb what a service may have kept of the beginning.
    fn messages(&self) -> Vec<Message> {
        let mut messages = self.prompt.messages.clone();
        if let Some(words) = self.words() {
            match messages.last_mut().filter(|last| last.role == Role::User) {
                Some(last) => last.text = format!("{}\n\n{words}", last.text),
                None => messages.push(Message {
                    role: Role::User,
                    text: words,
                }),
            }
        }
        messages
    }

    /// What is said about the answer: what it must look like, and how it should begin.
    fn words(&self) -> Option<String> {
        let opening = self.prompt.opening.trim();
        let words = self.form.words(self.allows.means);
        words.or_else(|| {
            (!opening.is_empty()).then(|| format!("Begin the answer with exactly this:\n{opening}"))
        })
    }

    /// The standing instructions, and the rest, for services that want them apart. Some of them
    /// refuse a conversation in which nobody speaks.
    fn apart(&self) -> (Vec<Message>, Vec<Message>) {
        let messages = self.messages().into_iter();
        let (system, mut rest): (Vec<_>, Vec<_>) =
            messages.partition(|message| message.role == Role::System);
        if rest.is_empty() {
            rest = system
                .into_iter()
                .map(|message| Message {
                    role: Role::User,
                    ..message
                })
                .collect();
            return (Vec::new(), rest);
        }
        (system, rest)
    }

    /// The schema for structured output, where the service is to have it.
    fn schema(&self) -> Option<&Value> {
        self.form
            .schema()
            .filter(|_| self.allows.means == Means::Schema)
    }

    /// Whether the service is only to be told that the answer is JSON.
    fn is_json(&self) -> bool {
        self.form.schema().is_some() && self.allows.means == Means::Json
    }

    fn temperature(&self) -> Option<f64> {
        self.allows
            .temperature
            .then(|| decimal(self.prompt.sampling.temperature))
    }

    /// The nucleus, where it is one.
    fn top_p(&self) -> Option<f64> {
        let top_p = self.prompt.sampling.top_p;
        (self.allows.top_p && top_p < 1.0).then(|| decimal(top_p))
    }

    /// The seed, where it has an effect.
    fn seed(&self) -> Option<u32> {
        let sampling = self.prompt.sampling;
        (self.allows.seed && sampling.temperature > 0.0).then_some(sampling.seed)
    }

    /// As many stop texts as the service takes; the others are looked for on this side.
    fn stop(&self, most: usize) -> Option<Vec<&str>> {
        // What counts only behind the opening is not for the service to look for.
        let is_everywhere = self.prompt.opening.trim().is_empty();
        let texts = self.prompt.stop.iter().map(String::as_str);
        let texts = texts.filter(|_| is_everywhere);
        // A stop text of nothing but space is refused by some.
        let texts = texts
            .filter(|text| !text.trim().is_empty())
            .take(most)
            .collect::<Vec<_>>();
        (self.allows.stop && !texts.is_empty()).then_some(texts)
    }
}

/// The number that was meant: 0.7 and not 0.699999988079071.
fn decimal(number: f32) -> f64 {
    (f64::from(number) * 10_000.0).round() / 10_000.0
}

/// The request for a question.
pub(super) fn ask(kind: Kind, question: &Question<'_>) -> Ask {
    match kind {
        Kind::OpenAi => openai::ask(question),
        Kind::Responses => responses::ask(question),
        Kind::Anthropic => anthropic::ask(question),
        Kind::Gemini => gemini::ask(question),
        Kind::Ollama => ollama::ask(question),
    }
}

/// The request for the list of models.
pub(super) fn list(kind: Kind) -> Ask {
    let path = match kind {
        Kind::Ollama => "api/tags",
        Kind::Gemini => "models?pageSize=1000",
        Kind::Anthropic => "models?limit=1000",
        Kind::OpenAi | Kind::Responses => "models",
    };
    Ask {
        path: path.to_owned(),
        body: None,
    }
}

/// The names in a list of models, as they are used in questions.
pub(super) fn names(list: &Value) -> Option<Vec<String>> {
    let entries = ["data", "models"]
        .iter()
        .find_map(|name| list.get(*name)?.as_array());
    // Together and others send the bare list.
    let entries = entries.or_else(|| list.as_array())?;
    let name_of = |entry: &Value| {
        let name = ["id", "name", "model"]
            .iter()
            .find_map(|name| entry.get(*name)?.as_str())?;
        Some(name.strip_prefix("models/").unwrap_or(name).to_owned())
    };
    Some(entries.iter().filter_map(name_of).collect())
}

/// What a text of an answer means. `wants_tool` says that the answer was asked for as the input
/// of a tool.
pub(super) fn read(kind: Kind, text: &Text, wants_tool: bool) -> Result<Vec<Delta>, String> {
    let (Text::Part(text) | Text::Whole(text)) = text;
    if text.trim() == "[DONE]" {
        return Ok(vec![Delta::Close]);
    }
    let value = serde_json::from_str::<Value>(text).map_err(|error| no_json(text, &error))?;
    let values = match value {
        Value::Array(values) => values,
        value => vec![value],
    };
    let mut deltas = Vec::new();
    for value in values {
        if let Some(error) = value.get("error").filter(|error| !error.is_null()) {
            deltas.push(fault(error));
            break;
        }
        deltas.extend(match kind {
            Kind::OpenAi => openai::read(parsed(value)?),
            Kind::Responses => responses::read(value)?,
            Kind::Anthropic => anthropic::read(value, wants_tool)?,
            Kind::Gemini => gemini::read(parsed(value)?),
            Kind::Ollama => ollama::read(parsed(value)?),
        });
    }
    Ok(deltas)
}

fn fault(error: &Value) -> Delta {
    // As it would stand in the body of a refusal, with its code beside it.
    let text = message(&serde_json::json!({ "error": error }));
    Delta::Fault {
        status: status_of(error),
        detail: one_line(&text.unwrap_or_else(|| error.to_string())),
    }
}

/// A value in the shape that is expected. Only the place of a mistake is told: what stands there
/// may be the person's.
fn parsed<T: DeserializeOwned>(value: Value) -> Result<T, String> {
    serde_json::from_value(value).map_err(|_| "it is JSON of another shape".to_owned())
}

fn no_json(text: &str, error: &serde_json::Error) -> String {
    if is_page(text) {
        return page(text);
    }
    format!(
        "it is no JSON, in line {} column {}",
        error.line(),
        error.column()
    )
}

#[cfg(test)]
mod tests;
