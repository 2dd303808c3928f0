//! Streams that were recorded from real services, cut at awkward places. They are not part of the
//! repository; where they are absent, these tests say so.

use std::path::PathBuf;

use model::remote::Kind;
use model::{Constraint, Prompt, Reason, Usage};
use serde_json::{Value, json};

use super::ask::{ask, constrained, model, prompt};
use super::server::{Reply, Server};

fn folder() -> Option<PathBuf> {
    let shared = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/eval");
    let shared = std::env::var_os("DESKHAND_SHARED_EVAL")
        .map_or_else(|| PathBuf::from(shared), PathBuf::from);
    let folder = shared.join("llm-api").join("streams");
    if folder.is_dir() {
        return Some(folder);
    }
    println!(
        "skipped: there are no recorded streams at {}",
        folder.display()
    );
    None
}

fn kind_of(name: &str) -> Kind {
    match name.split("--").next().unwrap() {
        "anthropic" => Kind::Anthropic,
        "open-responses" => Kind::Responses,
        _ => Kind::OpenAi,
    }
}

/// The recorded answers whose names end so, but for those that are no answers of a language model.
fn recorded(end: &str) -> Vec<(String, String)> {
    let Some(folder) = folder() else {
        return Vec::new();
    };
    let mut files = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), path))
        .filter(|(name, _)| name.ends_with(end) && !name.contains("transcription"))
        .map(|(name, path)| (name, std::fs::read_to_string(path).unwrap()))
        .collect::<Vec<_>>();
    files.sort();
    files
}

/// The one that was asked for the input of a tool must be asked for it here too.
fn prompt_for(name: &str) -> Prompt {
    if name.contains("json-tool") {
        return constrained(Constraint::JsonSchema(json!({"type": "object"})));
    }
    prompt()
}

/// What an answer should be, by a reading of its own.
#[derive(Debug, Default, PartialEq)]
struct Expected {
    text: String,
    reason: Option<Reason>,
    usage: Usage,
}

fn number(value: &Value, place: &str) -> u32 {
    value
        .pointer(place)
        .and_then(Value::as_u64)
        .unwrap_or(0)
        .try_into()
        .unwrap()
}

fn plain(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(parts)) => parts.iter().map(|part| plain(part.get("text"))).collect(),
        _ => String::new(),
    }
}

fn expect_openai(chunks: &[Value]) -> Expected {
    let mut expected = Expected::default();
    for chunk in chunks {
        for place in [
            "/choices/0/delta/content",
            "/choices/0/message/content",
            "/choices/0/text",
        ] {
            expected.text += &plain(chunk.pointer(place));
        }
        if let Some(reason) = chunk
            .pointer("/choices/0/finish_reason")
            .and_then(Value::as_str)
        {
            expected.reason = Some(if reason == "length" {
                Reason::Length
            } else {
                Reason::Stop
            });
        }
        if chunk.get("usage").is_some_and(Value::is_object) {
            expected.usage = Usage {
                prompt: number(chunk, "/usage/prompt_tokens"),
                cached: number(chunk, "/usage/prompt_tokens_details/cached_tokens"),
                output: number(chunk, "/usage/completion_tokens"),
            };
        }
    }
    expected
}

fn expect_anthropic(chunks: &[Value]) -> Expected {
    let last = |place: &str| {
        chunks
            .iter()
            .rev()
            .find_map(|chunk| chunk.pointer(place)?.as_u64())
    };
    let count = |place: &str| u32::try_from(last(place).unwrap()).unwrap();
    let mut expected = Expected {
        reason: Some(Reason::Stop),
        usage: Usage {
            prompt: count("/usage/input_tokens"),
            cached: count("/usage/cache_read_input_tokens"),
            output: count("/usage/output_tokens"),
        },
        ..Expected::default()
    };
    for chunk in chunks {
        for place in ["/delta/text", "/delta/partial_json", "/content/0/text"] {
            expected.text += &plain(chunk.pointer(place));
        }
        if let Some(input) = chunk.pointer("/content/0/input") {
            expected.text += &input.to_string();
        }
    }
    expected
}

/// By the last event alone, which repeats the whole answer: the reader goes by the pieces.
fn expect_responses(chunks: &[Value]) -> Expected {
    let last = chunks.last().unwrap();
    let whole = last.get("response").unwrap_or(last);
    let items = whole["output"].as_array().unwrap();
    let texts = items.iter().filter(|item| item["type"] == "message");
    Expected {
        text: texts.map(|item| plain(item.get("content"))).collect(),
        reason: Some(Reason::Stop),
        usage: Usage {
            prompt: number(whole, "/usage/input_tokens"),
            cached: number(whole, "/usage/input_tokens_details/cached_tokens"),
            output: number(whole, "/usage/output_tokens"),
        },
    }
}

fn expected(name: &str, chunks: &[Value]) -> Expected {
    match kind_of(name) {
        Kind::Anthropic => expect_anthropic(chunks),
        Kind::Responses => expect_responses(chunks),
        _ => expect_openai(chunks),
    }
}

/// The lines of a recording as the events that they were, with the given end of line.
fn events(name: &str, lines: &[&str], end: &str) -> String {
    let mut stream = format!(": a comment first{end}{end}");
    for line in lines {
        let value = serde_json::from_str::<Value>(line).unwrap();
        if let Some(event) = value["type"]
            .as_str()
            .filter(|_| kind_of(name) != Kind::OpenAi)
        {
            stream += &format!("event: {event}{end}");
        }
        stream += &format!("data: {line}{end}{end}");
    }
    if kind_of(name) == Kind::OpenAi {
        stream += &format!("data: [DONE]{end}{end}");
    }
    stream
}

/// Places in the middle of a character, of a field's name, and between the two halves of a line's end.
fn awkward_places(stream: &[u8]) -> Vec<usize> {
    let is_awkward = |&place: &usize| {
        let (before, after) = stream.split_at(place);
        (after[0] & 0xc0) == 0x80
            || (before.ends_with(b"\r") && after[0] == b'\n')
            || (before.ends_with(b"\nda") && after.starts_with(b"ta:"))
            || (before.ends_with(b"data:") && after[0] == b' ')
            || before.ends_with(b"\n")
            || before.ends_with(b"\\")
    };
    (1..stream.len()).filter(is_awkward).collect()
}

async fn check(name: &str, reply: Reply, expected: &Expected, how: &str) {
    let server = Server::start(vec![reply]).await;
    let completion = ask(&model(kind_of(name), &server.url()), &prompt_for(name)).await;
    let completion = completion.unwrap_or_else(|error| panic!("{name}, {how}: {error}"));
    let got = Expected {
        text: completion.text,
        reason: Some(completion.reason),
        usage: completion.usage,
    };
    assert_eq!(&got, expected, "{name}, {how}");
    let requests = server.requests().len();
    assert_eq!(requests, 1, "{name}, {how}: one request is enough");
}

#[tokio::test]
async fn recorded_streams_are_read_wherever_they_are_cut() {
    let streams = recorded(".chunks.txt");
    for (name, text) in &streams {
        let lines = text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .collect::<Vec<_>>();
        let chunks = lines
            .iter()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect::<Vec<_>>();
        let expected = expected(name, &chunks);
        for (end, end_name) in [("\n", "LF"), ("\r\n", "CRLF")] {
            let stream = events(name, &lines, end);
            let (reply, length) = (Reply::events(stream.clone()), stream.len());
            let places = awkward_places(stream.as_bytes());
            check(
                name,
                reply.clone(),
                &expected,
                &format!("{end_name}, in one piece"),
            )
            .await;
            check(
                name,
                reply.clone().cut(places.into_iter()),
                &expected,
                &format!("{end_name}, at awkward places"),
            )
            .await;
            check(
                name,
                reply.cut(1..length),
                &expected,
                &format!("{end_name}, byte by byte"),
            )
            .await;
        }
    }
    println!("{} recorded streams", streams.len());
}

#[tokio::test]
async fn recorded_whole_answers_are_read_too() {
    let answers = recorded(".json");
    for (name, text) in &answers {
        let expected = expected(name, &[serde_json::from_str(text).unwrap()]);
        let reply = Reply::json("200 OK", text);
        check(name, reply.clone(), &expected, "in one piece").await;
        check(name, reply.cut(1..text.len()), &expected, "byte by byte").await;
    }
    println!("{} recorded answers", answers.len());
}

/// Figures of some recordings, read off by a person: the reading above may be wrong in the same
/// way as the one it judges.
#[tokio::test]
async fn some_recordings_are_known_by_their_figures() {
    for (name, reason, usage) in [
        ("openai--chat--openai-text", Reason::Stop, (16, 0, 300)),
        (
            "deepseek--chat--deepseek-text",
            Reason::Length,
            (13, 0, 400),
        ),
        (
            "deepseek--chat--deepseek-tool-call",
            Reason::Stop,
            (339, 320, 83),
        ),
        ("groq--groq-reasoning", Reason::Stop, (17, 0, 1107)),
        ("mistral--mistral-reasoning", Reason::Stop, (10, 0, 46)),
        (
            "openai--completion--openai-completion-text",
            Reason::Length,
            (14, 0, 16),
        ),
        ("anthropic--anthropic-text", Reason::Stop, (12, 0, 30)),
    ] {
        let Some((name, text)) = recorded(&format!("{name}.chunks.txt")).into_iter().next() else {
            continue;
        };
        let lines = text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .collect::<Vec<_>>();
        let server = Server::start(vec![Reply::events(events(&name, &lines, "\n"))]).await;
        let completion = ask(&model(kind_of(&name), &server.url()), &prompt())
            .await
            .unwrap();
        let (prompt, cached, output) = usage;
        assert_eq!(
            (completion.reason, completion.usage),
            (
                reason,
                Usage {
                    prompt,
                    cached,
                    output
                }
            ),
            "{name}"
        );
    }
}
