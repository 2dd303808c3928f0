//! Gemini, as Google's reference for `models.streamGenerateContent` describes it.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Question;
use crate::Role;
use crate::remote::answer::{Delta, End, Tokens};
use crate::remote::line::Ask;

/// Most stop texts that are taken.
const STOPS: usize = 5;

pub(super) fn ask(question: &Question<'_>) -> Ask {
    let (system, rest) = question.apart();
    let contents = rest
        .iter()
        .map(|message| {
            let role = if message.role == Role::Assistant {
                "model"
            } else {
                "user"
            };
            json!({"role": role, "parts": [{"text": message.text}]})
        })
        .collect::<Vec<_>>();
    let mut body = json!({"contents": contents, "generationConfig": config(question)});
    if !system.is_empty() {
        let parts = system.iter().map(|message| json!({"text": message.text}));
        body["systemInstruction"] = json!({"parts": parts.collect::<Vec<_>>()});
    }
    let model = question
        .model
        .strip_prefix("models/")
        .unwrap_or(question.model);
    Ask {
        path: format!("models/{model}:streamGenerateContent?alt=sse"),
        body: Some(body),
    }
}

fn config(question: &Question<'_>) -> Value {
    let mut config = json!({"maxOutputTokens": question.prompt.max_tokens});
    let is_json = question.is_json() || question.schema().is_some();
    // Its seeds have a sign.
    let seed = question
        .seed()
        .map(|seed| i32::from_ne_bytes(seed.to_ne_bytes()));
    let options = [
        ("temperature", question.temperature().map(Value::from)),
        ("topP", question.top_p().map(Value::from)),
        ("seed", seed.map(Value::from)),
        ("stopSequences", question.stop(STOPS).map(Value::from)),
        (
            "responseMimeType",
            is_json.then(|| json!("application/json")),
        ),
        ("responseJsonSchema", question.schema().cloned()),
    ];
    for (name, value) in options {
        if let Some(value) = value {
            config[name] = value;
        }
    }
    config
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Chunk {
    candidates: Option<Vec<Candidate>>,
    prompt_feedback: Option<Feedback>,
    usage_metadata: Option<Usage>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Candidate {
    content: Option<Content>,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Content {
    parts: Option<Vec<Part>>,
}

#[derive(Deserialize)]
struct Part {
    text: Option<String>,
    thought: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Feedback {
    block_reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Usage {
    prompt_token_count: Option<u64>,
    cached_content_token_count: Option<u64>,
    candidates_token_count: Option<u64>,
    thoughts_token_count: Option<u64>,
}

pub(super) fn read(chunk: Chunk) -> Vec<Delta> {
    let mut deltas = Vec::new();
    let blocked = chunk
        .prompt_feedback
        .and_then(|feedback| feedback.block_reason);
    deltas.extend(
        blocked.map(|reason| Delta::End(End::Declined(format!("the prompt is blocked: {reason}")))),
    );
    if let Some(candidate) = chunk.candidates.and_then(|all| all.into_iter().next()) {
        let parts = candidate
            .content
            .and_then(|content| content.parts)
            .into_iter()
            .flatten();
        let texts = parts
            .filter(|part| part.thought != Some(true))
            .filter_map(|part| part.text);
        deltas.extend(texts.map(Delta::Text));
        deltas.extend(
            candidate
                .finish_reason
                .map(|reason| Delta::End(end(&reason))),
        );
    }
    deltas.extend(chunk.usage_metadata.map(|usage| {
        // Thoughts are charged as output and counted apart.
        let outputs = [usage.candidates_token_count, usage.thoughts_token_count];
        let output = outputs.into_iter().flatten().reduce(u64::saturating_add);
        Delta::Usage(Tokens {
            prompt: usage.prompt_token_count,
            cached: usage.cached_content_token_count,
            output,
        })
    }));
    deltas
}

fn end(reason: &str) -> End {
    match reason {
        "STOP" | "FINISH_REASON_UNSPECIFIED" => End::Stop,
        "MAX_TOKENS" => End::Length,
        other => End::Declined(other.to_owned()),
    }
}
