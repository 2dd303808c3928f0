//! Remote models, against services of a few lines on the loopback interface and recorded streams.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on should panic where it stands"
)]

#[path = "remote/ask.rs"]
mod ask;
#[path = "remote/form.rs"]
mod form;
#[path = "remote/replay.rs"]
mod replay;
#[path = "remote/server.rs"]
mod server;
#[path = "remote/settings.rs"]
mod settings;
#[path = "remote/weather.rs"]
mod weather;

use model::remote::Kind;
use server::Reply;

/// The end of a stream in OpenAI's style.
const DONE: &str = "data: [DONE]\n\n";

/// A short stream that says `Hello`, in the language of a service.
fn hello(kind: Kind) -> Vec<u8> {
    let text = match kind {
        Kind::OpenAi => [
            r#"data: {"choices":[{"delta":{"content":"Hello"}}]}"#,
            r#"data: {"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":2}}"#,
        ]
        .join("\n\n")
            + "\n\n"
            + DONE,
        Kind::Responses => [
            r#"data: {"type":"response.output_text.delta","delta":"Hello"}"#,
            r#"data: {"type":"response.completed","response":{"status":"completed","usage":{"input_tokens":7,"output_tokens":2}}}"#,
            "",
        ]
        .join("\n\n"),
        Kind::Anthropic => [
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":7,\"output_tokens\":1}}}",
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"Hello\"}}",
            "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":2}}",
            "event: message_stop\ndata: {\"type\":\"message_stop\"}",
            "",
        ]
        .join("\n\n"),
        Kind::Gemini => [
            r#"data: {"candidates":[{"content":{"parts":[{"text":"Hello"}]}}]}"#,
            r#"data: {"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":7,"candidatesTokenCount":2}}"#,
            "",
        ]
        .join("\n\n"),
        Kind::Ollama => [
            r#"{"message":{"content":"Hello"},"done":false}"#,
            r#"{"message":{"content":""},"done":true,"done_reason":"stop","prompt_eval_count":7,"eval_count":2}"#,
            "",
        ]
        .join("\n"),
    };
    text.into_bytes()
}

/// A reply that says `Hello`.
fn good(kind: Kind) -> Reply {
    match kind {
        Kind::Ollama => Reply::new("200 OK", "application/x-ndjson", hello(kind)),
        _ => Reply::events(hello(kind)),
    }
}
