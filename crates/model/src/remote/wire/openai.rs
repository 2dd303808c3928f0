//! Chat completions, as OpenAI's reference for `POST /chat/completions` describes them, with what
//! its many imitators add: usage in other places, text in parts, older `text` instead of messages.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Question;
use crate::remote::answer::{Delta, End, Tokens};
use crate::remote::line::Ask;

/// Most stop texts that are taken.
const STOPS: usize = 4;

pub(super) fn ask(question: &Question<'_>) -> Ask {
    let messages = question.messages();
    let messages = messages
        .iter()
        .map(|message| json!({"role": message.role.as_str(), "content": message.text}))
        .collect::<Vec<_>>();
    let mut body = json!({"model": question.model, "messages": messages, "stream": true});
    let length = if question.allows.new_length {
        "max_completion_tokens"
    } else {
        "max_tokens"
    };
    body[length] = json!(question.prompt.max_tokens);
    let usage = question
        .allows
        .stream_options
        .then(|| json!({"include_usage": true}));
    let options = [
        ("stream_options", usage),
        ("temperature", question.temperature().map(Value::from)),
        ("top_p", question.top_p().map(Value::from)),
        ("seed", question.seed().map(Value::from)),
        ("stop", question.stop(STOPS).map(Value::from)),
        ("response_format", format(question)),
        ("logprobs", question.scores.then_some(Value::Bool(true))),
        ("top_logprobs", question.scores.then(|| json!(20))),
    ];
    for (name, value) in options {
        if let Some(value) = value {
            body[name] = value;
        }
    }
    Ask {
        path: "chat/completions".to_owned(),
        body: Some(body),
    }
}

fn format(question: &Question<'_>) -> Option<Value> {
    if question.is_json() {
        return Some(json!({"type": "json_object"}));
    }
    let schema = question.schema()?;
    let named = json!({"name": "answer", "schema": schema, "strict": is_strict(schema)});
    Some(json!({"type": "json_schema", "json_schema": named}))
}

/// Whether every object in a schema names all it may hold and must hold it. Only then can the
/// exact mode be asked for; any other schema is refused in it.
pub(super) fn is_strict(schema: &Value) -> bool {
    let fits = |fields: &Map<String, Value>| {
        let Some(properties) = fields.get("properties").and_then(Value::as_object) else {
            return fields.get("type").is_none_or(|kind| kind != "object");
        };
        let required = fields.get("required").and_then(Value::as_array);
        let is_required =
            |name: &str| required.is_some_and(|all| all.iter().any(|one| one == name));
        fields.get("additionalProperties") == Some(&Value::Bool(false))
            && properties.keys().all(|name| is_required(name))
    };
    match schema {
        Value::Object(fields) => fits(fields) && fields.values().all(is_strict),
        Value::Array(values) => values.iter().all(is_strict),
        _ => true,
    }
}

/// A part of a stream, or a whole answer: they differ in `delta` and `message`.
#[derive(Deserialize)]
pub(super) struct Chunk {
    choices: Option<Vec<Choice>>,
    usage: Option<Usage>,
}

#[derive(Deserialize)]
struct Choice {
    index: Option<u64>,
    #[serde(alias = "message")]
    delta: Option<Message>,
    text: Option<String>,
    finish_reason: Option<String>,
    logprobs: Option<Logprobs>,
}

#[derive(Deserialize)]
struct Message {
    content: Option<Content>,
    refusal: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Content {
    Text(String),
    Parts(Vec<Part>),
}

/// Mistral's reasoning models send their thoughts as parts of another type, without a `text`.
#[derive(Deserialize)]
struct Part {
    text: Option<String>,
}

#[derive(Deserialize)]
struct Logprobs {
    content: Option<Vec<Place>>,
}

#[derive(Deserialize)]
struct Place {
    top_logprobs: Option<Vec<Score>>,
}

#[derive(Deserialize)]
struct Score {
    token: String,
    logprob: f64,
}

#[derive(Deserialize)]
struct Usage {
    prompt_tokens: Option<u64>,
    completion_tokens: Option<u64>,
    prompt_tokens_details: Option<Details>,
    /// DeepSeek's older name.
    prompt_cache_hit_tokens: Option<u64>,
}

#[derive(Deserialize)]
struct Details {
    cached_tokens: Option<u64>,
}

pub(super) fn read(chunk: Chunk) -> Vec<Delta> {
    let mut deltas = Vec::new();
    let choices = chunk.choices.into_iter().flatten();
    for choice in choices.filter(|choice| choice.index.unwrap_or(0) == 0) {
        read_choice(choice, &mut deltas);
    }
    if let Some(usage) = chunk.usage {
        let details = usage.prompt_tokens_details;
        deltas.push(Delta::Usage(Tokens {
            prompt: usage.prompt_tokens,
            cached: details
                .and_then(|details| details.cached_tokens)
                .or(usage.prompt_cache_hit_tokens),
            output: usage.completion_tokens,
        }));
    }
    deltas
}

fn read_choice(choice: Choice, deltas: &mut Vec<Delta>) {
    let message = choice
        .delta
        .map(|message| (message.content, message.refusal));
    let (content, refusal) = message.unwrap_or_default();
    let content = match content {
        Some(Content::Text(text)) => Some(text),
        Some(Content::Parts(parts)) => {
            Some(parts.into_iter().filter_map(|part| part.text).collect())
        }
        None => choice.text,
    };
    let place = choice
        .logprobs
        .and_then(|all| all.content?.into_iter().next()?.top_logprobs);
    if let Some(scores) = place.filter(|scores| !scores.is_empty()) {
        let scores = scores.into_iter().map(|score| (score.token, score.logprob));
        deltas.push(Delta::Scores(scores.collect()));
    }
    deltas.extend(content.map(Delta::Text));
    deltas.extend(refusal.map(Delta::Refusal));
    deltas.extend(choice.finish_reason.map(|reason| end(&reason)));
}

/// Why it is over. Names that are not known are those of services that end well in their own words.
fn end(reason: &str) -> Delta {
    match reason {
        "length" | "model_length" | "max_tokens" => Delta::End(End::Length),
        "content_filter" => Delta::End(End::Declined("its filter stopped the answer".to_owned())),
        "error" | "insufficient_system_resource" => Delta::Fault {
            status: 503,
            detail: "the model broke down in the middle of the answer".to_owned(),
        },
        _ => Delta::End(End::Stop),
    }
}
