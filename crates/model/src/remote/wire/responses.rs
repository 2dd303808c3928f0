//! Responses, as OpenAI's reference for `POST /responses` describes them.
//!
//! Nothing is left with the service (`store` is false). They know neither seeds nor stop texts.

use serde::Deserialize;
use serde_json::{Value, json};

use super::openai::is_strict;
use super::{Question, parsed};
use crate::remote::answer::{Delta, End, Tokens};
use crate::remote::line::Ask;

/// The events that matter. The many others repeat what was streamed, in shapes of their own.
const KNOWN: [&str; 6] = [
    "output_text.delta",
    "refusal.delta",
    "completed",
    "incomplete",
    "failed",
    "error",
];

pub(super) fn ask(question: &Question<'_>) -> Ask {
    let messages = question.messages();
    let input = messages
        .iter()
        .map(|message| json!({"role": message.role.as_str(), "content": message.text}))
        .collect::<Vec<_>>();
    let mut body = json!({
        "model": question.model,
        "input": input,
        "stream": true,
        "store": false,
        "max_output_tokens": question.prompt.max_tokens,
    });
    let options = [
        ("temperature", question.temperature().map(Value::from)),
        ("top_p", question.top_p().map(Value::from)),
        (
            "text",
            format(question).map(|format| json!({"format": format})),
        ),
    ];
    for (name, value) in options {
        if let Some(value) = value {
            body[name] = value;
        }
    }
    Ask {
        path: "responses".to_owned(),
        body: Some(body),
    }
}

fn format(question: &Question<'_>) -> Option<Value> {
    if question.is_json() {
        return Some(json!({"type": "json_object"}));
    }
    let schema = question.schema()?;
    Some(
        json!({"type": "json_schema", "name": "answer", "schema": schema, "strict": is_strict(schema)}),
    )
}

#[derive(Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: Option<String>,
    delta: Option<String>,
    message: Option<String>,
    code: Option<String>,
    response: Option<Response>,
}

#[derive(Deserialize)]
struct Response {
    output: Option<Vec<Item>>,
    status: Option<String>,
    incomplete_details: Option<Incomplete>,
    usage: Option<Usage>,
    error: Option<Value>,
}

#[derive(Deserialize)]
struct Item {
    content: Option<Vec<Content>>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

#[derive(Deserialize)]
struct Content {
    #[serde(rename = "type")]
    kind: Option<String>,
    text: Option<String>,
    refusal: Option<String>,
}

#[derive(Deserialize)]
struct Incomplete {
    reason: Option<String>,
}

#[derive(Deserialize)]
struct Usage {
    input_tokens: Option<u64>,
    output_tokens: Option<u64>,
    input_tokens_details: Option<Details>,
}

#[derive(Deserialize)]
struct Details {
    cached_tokens: Option<u64>,
}

pub(super) fn read(value: Value) -> Result<Vec<Delta>, String> {
    if value
        .get("object")
        .is_some_and(|object| object == "response")
    {
        let mut response: Response = parsed(value)?;
        let mut deltas = content(response.output.take());
        deltas.extend(end(response));
        return Ok(deltas);
    }
    let kind = value
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if !KNOWN.contains(&kind.strip_prefix("response.").unwrap_or(kind)) {
        return Ok(Vec::new());
    }
    let event: Event = parsed(value)?;
    Ok(match event.kind.as_deref().unwrap_or_default() {
        "response.output_text.delta" => event.delta.map(Delta::Text).into_iter().collect(),
        "response.refusal.delta" => event.delta.map(Delta::Refusal).into_iter().collect(),
        "error" => vec![super::fault(
            &json!({"message": event.message, "code": event.code}),
        )],
        _ => event.response.map(end).unwrap_or_default(),
    })
}

fn content(output: Option<Vec<Item>>) -> Vec<Delta> {
    let items = output.into_iter().flatten();
    let messages = items.filter(|item| item.kind.as_deref() == Some("message"));
    messages
        .flat_map(|item| item.content.into_iter().flatten())
        .filter_map(|content| match content.kind.as_deref() {
            Some("output_text") => content.text.map(Delta::Text),
            Some("refusal") => content.refusal.map(Delta::Refusal),
            _ => None,
        })
        .collect()
}

fn end(response: Response) -> Vec<Delta> {
    let usage = response.usage.map(|usage| {
        Delta::Usage(Tokens {
            prompt: usage.input_tokens,
            cached: usage
                .input_tokens_details
                .and_then(|details| details.cached_tokens),
            output: usage.output_tokens,
        })
    });
    let why = response
        .incomplete_details
        .and_then(|details| details.reason);
    let end = match (response.status.as_deref(), why.as_deref()) {
        (Some("failed"), _) => super::fault(&response.error.unwrap_or_default()),
        (Some("incomplete"), Some("content_filter")) => {
            Delta::End(End::Declined("its filter stopped the answer".to_owned()))
        }
        (Some("incomplete"), _) => Delta::End(End::Length),
        _ => Delta::End(End::Stop),
    };
    usage.into_iter().chain([end]).collect()
}
