//! Ollama's own language, as its `docs/api.md` describes `POST /api/chat`: one JSON object a line.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Question, decimal};
use crate::remote::answer::{Delta, End, Tokens};
use crate::remote::line::Ask;

/// The context window that a server has when nobody asks for another.
const WINDOW: u64 = 4096;
/// The largest that is asked for.
const LARGEST: u64 = 131_072;
/// Most stop texts that are sent.
const STOPS: usize = 16;

pub(super) fn ask(question: &Question<'_>) -> Ask {
    let messages = question.messages();
    let texts = messages
        .iter()
        .map(|message| json!({"role": message.role.as_str(), "content": message.text}))
        .collect::<Vec<_>>();
    let letters = messages
        .iter()
        .map(|message| message.text.len() as u64)
        .sum();
    let mut body = json!({
        "model": question.model,
        "messages": texts,
        "stream": true,
        "options": options(question, letters),
    });
    if let Some(schema) = question.schema() {
        body["format"] = schema.clone();
    } else if question.is_json() {
        body["format"] = json!("json");
    }
    Ask {
        path: "api/chat".to_owned(),
        body: Some(body),
    }
}

fn options(question: &Question<'_>, letters: u64) -> Value {
    let mut options = json!({
        "num_predict": question.prompt.max_tokens,
        "repeat_penalty": decimal(question.prompt.sampling.repeat_penalty),
    });
    let values = [
        ("temperature", question.temperature().map(Value::from)),
        ("top_p", question.top_p().map(Value::from)),
        ("seed", question.seed().map(Value::from)),
        ("stop", question.stop(STOPS).map(Value::from)),
        (
            "num_ctx",
            window(letters, question.prompt.max_tokens).map(Value::from),
        ),
    ];
    for (name, value) in values {
        if let Some(value) = value {
            options[name] = value;
        }
    }
    options
}

/// The context window to ask for, where the usual one would not do: what does not fit is cut off
/// by the server without a word. In powers of two, because with another size the model is loaded
/// anew. A token is taken as three bytes, which is about right for Chinese and too little for English.
fn window(letters: u64, answer: u32) -> Option<u64> {
    let tokens = letters / 3 + u64::from(answer);
    (tokens > WINDOW).then(|| tokens.next_power_of_two().min(LARGEST))
}

#[derive(Deserialize)]
pub(super) struct Chunk {
    message: Option<Message>,
    done: Option<bool>,
    done_reason: Option<String>,
    prompt_eval_count: Option<u64>,
    eval_count: Option<u64>,
}

#[derive(Deserialize)]
struct Message {
    content: Option<String>,
}

pub(super) fn read(chunk: Chunk) -> Vec<Delta> {
    let text = chunk.message.and_then(|message| message.content);
    let mut deltas = Vec::from_iter(text.map(Delta::Text));
    if chunk.done == Some(true) {
        let is_cut = chunk.done_reason.as_deref() == Some("length");
        deltas.push(Delta::Usage(Tokens {
            prompt: chunk.prompt_eval_count,
            cached: None,
            output: chunk.eval_count,
        }));
        deltas.push(Delta::End(if is_cut { End::Length } else { End::Stop }));
        deltas.push(Delta::Close);
    }
    deltas
}
