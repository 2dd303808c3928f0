//! Messages, as Anthropic's reference for `POST /v1/messages` describes them.
//!
//! An answer of a certain shape is asked for as the input of a tool that must be used: every
//! model knows tools, while structured output is known to the newer ones alone. What a preset
//! holds is marked to be kept by the service, which then reads it for a tenth of the price.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Question, parsed};
use crate::Role;
use crate::remote::answer::{Delta, End, Tokens};
use crate::remote::line::Ask;

/// The tool whose input is the answer.
const TOOL: &str = "answer";
/// Most stop texts that are sent.
const STOPS: usize = 16;

pub(super) fn ask(question: &Question<'_>) -> Ask {
    let (system, rest) = question.apart();
    let role = |role| {
        if role == Role::Assistant {
            "assistant"
        } else {
            "user"
        }
    };
    let messages = rest
        .iter()
        .map(|message| json!({"role": role(message.role), "content": message.text}))
        .collect::<Vec<_>>();
    let mut body = json!({
        "model": question.model,
        "messages": messages,
        "max_tokens": question.prompt.max_tokens,
        "stream": true,
    });
    let tools = question
        .schema()
        .map(|schema| json!([{"name": TOOL, "input_schema": schema}]));
    let choice = tools
        .is_some()
        .then(|| json!({"type": "tool", "name": TOOL}));
    let options = [
        ("system", self::system(question, &system)),
        // Its scale ends at 1, where that of others ends at 2.
        (
            "temperature",
            question.temperature().map(|number| json!(number.min(1.0))),
        ),
        ("top_p", question.top_p().map(Value::from)),
        ("stop_sequences", question.stop(STOPS).map(Value::from)),
        ("tools", tools),
        ("tool_choice", choice),
    ];
    for (name, value) in options {
        if let Some(value) = value {
            body[name] = value;
        }
    }
    Ask {
        path: "messages".to_owned(),
        body: Some(body),
    }
}

/// The standing instructions; the last of those that are a preset is marked to be kept.
fn system(question: &Question<'_>, messages: &[crate::Message]) -> Option<Value> {
    let texts = messages.iter().filter(|message| !message.text.is_empty());
    let mut blocks = texts
        .map(|message| json!({"type": "text", "text": message.text}))
        .collect::<Vec<_>>();
    let kept = question.prompt.preset.min(blocks.len());
    if let Some(last) = kept.checked_sub(1).and_then(|last| blocks.get_mut(last)) {
        last["cache_control"] = json!({"type": "ephemeral"});
    }
    (!blocks.is_empty()).then(|| Value::from(blocks))
}

#[derive(Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: Option<String>,
    message: Option<Message>,
    delta: Option<Change>,
    usage: Option<Usage>,
}

#[derive(Deserialize)]
struct Message {
    content: Option<Vec<Block>>,
    stop_reason: Option<String>,
    usage: Option<Usage>,
}

#[derive(Deserialize)]
struct Block {
    #[serde(rename = "type")]
    kind: Option<String>,
    text: Option<String>,
    input: Option<Value>,
}

#[derive(Deserialize)]
struct Change {
    #[serde(rename = "type")]
    kind: Option<String>,
    text: Option<String>,
    partial_json: Option<String>,
    stop_reason: Option<String>,
}

#[derive(Deserialize)]
struct Usage {
    input_tokens: Option<u64>,
    output_tokens: Option<u64>,
    cache_read_input_tokens: Option<u64>,
    cache_creation_input_tokens: Option<u64>,
}

impl Usage {
    /// Its `input_tokens` are only those that were neither read from the cache nor written to it.
    fn tokens(&self) -> Delta {
        let (read, written) = (
            self.cache_read_input_tokens,
            self.cache_creation_input_tokens,
        );
        let more = read.unwrap_or(0).saturating_add(written.unwrap_or(0));
        Delta::Usage(Tokens {
            prompt: self.input_tokens.map(|fresh| fresh.saturating_add(more)),
            cached: read,
            output: self.output_tokens,
        })
    }
}

pub(super) fn read(value: Value, wants_tool: bool) -> Result<Vec<Delta>, String> {
    match value.get("type").and_then(Value::as_str) {
        Some("message") => Ok(whole(parsed(value)?, wants_tool)),
        Some("message_start" | "content_block_delta" | "message_delta" | "message_stop") => {
            Ok(part(parsed(value)?, wants_tool))
        }
        _ => Ok(Vec::new()),
    }
}

fn part(event: Event, wants_tool: bool) -> Vec<Delta> {
    let start = event.message.and_then(|message| message.usage);
    let mut deltas = Vec::from_iter(start.or(event.usage).map(|usage| usage.tokens()));
    if let Some(change) = event.delta {
        let text = match (change.kind.as_deref(), wants_tool) {
            (Some("text_delta"), false) => change.text,
            (Some("input_json_delta"), true) => change.partial_json,
            _ => None,
        };
        deltas.extend(text.map(Delta::Text));
        deltas.extend(change.stop_reason.map(|reason| Delta::End(end(&reason))));
    }
    if event.kind.as_deref() == Some("message_stop") {
        deltas.push(Delta::Close);
    }
    deltas
}

fn whole(message: Message, wants_tool: bool) -> Vec<Delta> {
    let blocks = message.content.into_iter().flatten();
    let texts = blocks.filter_map(|block| match (block.kind.as_deref(), wants_tool) {
        (Some("text"), false) => block.text,
        (Some("tool_use"), true) => block.input.map(|input| input.to_string()),
        _ => None,
    });
    let mut deltas = texts.map(Delta::Text).collect::<Vec<_>>();
    deltas.extend(message.usage.map(|usage| usage.tokens()));
    deltas.extend(message.stop_reason.map(|reason| Delta::End(end(&reason))));
    deltas
}

fn end(reason: &str) -> End {
    match reason {
        "max_tokens" | "model_context_window_exceeded" => End::Length,
        "refusal" => End::Declined("the model refused".to_owned()),
        _ => End::Stop,
    }
}
