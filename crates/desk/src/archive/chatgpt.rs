//! Conversations of ChatGPT, as its users can download them, as runs of our conversation assistant.
//!
//! A conversation is a tree of messages: where a question was asked anew or an answer was made again, it
//! has branches. Every question with its answer becomes a run, of every branch; what was said before it on
//! its way from the root is its earlier turns. Names are made of the time and of the message's own name, so
//! that a file that is brought in again brings nothing new. Nothing is known of such a file for certain:
//! whatever is missing or of another shape is left out.

use std::collections::{BTreeMap, HashMap, HashSet};

use assistant::artifact::{TextFormat, TextResult};
use assistant::report::{Timings, Tokens};
use assistant::{Artifact, Inputs, RunId, RunReport, Status};
use history::KeptRun;
use jiff::Timestamp;
use model::ModelId;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use ulid::Ulid;

/// The assistant whose runs they become.
const ASSISTANT: &str = "chat";

/// The tag that they get.
const TAG: &str = "ChatGPT";

/// Most characters of earlier turns that a run has; the assistant reads no more of them.
const MOST_EARLIER: usize = 10_000;

/// Most characters of a title.
const MOST_TITLE: usize = 200;

/// Most steps through the tree of one conversation: no person makes as many branches.
const MOST_STEPS: usize = 2_000_000;

/// A message that somebody can have read.
struct Said<'a> {
    is_person: bool,
    text: String,
    at: Option<f64>,
    id: &'a str,
    model: Option<&'a str>,
}

/// A question and what was answered.
struct Turn<'a> {
    question: Said<'a>,
    answer: Vec<Said<'a>>,
}

/// The runs of a conversation.
pub(super) fn runs(conversation: &Value) -> Result<Vec<KeptRun>, String> {
    let nodes = conversation
        .get("mapping")
        .and_then(Value::as_object)
        .ok_or("it is no conversation: it has no \"mapping\"")?;
    let name = ["conversation_id", "id"]
        .iter()
        .find_map(|field| conversation.get(field).and_then(Value::as_str))
        .unwrap_or_default();
    let parents: HashSet<&str> = nodes
        .values()
        .filter_map(|node| node.get("parent").and_then(Value::as_str))
        .collect();
    let mut runs = BTreeMap::new();
    // Every end of a branch, in an order that does not depend on how the file was written.
    let mut ends: Vec<&String> = nodes
        .keys()
        .filter(|id| !parents.contains(id.as_str()))
        .collect();
    ends.sort();
    let mut steps = 0;
    for end in ends {
        let (way, length) = way(nodes, end)?;
        steps += length;
        if steps > MOST_STEPS {
            return Err("it has more branches than a conversation can have".to_owned());
        }
        let mut earlier = Vec::new();
        for turn in turns(&way) {
            if let Some(run) = run(conversation, name, &turn, &earlier) {
                runs.entry(run.run.clone()).or_insert(run);
            }
            earlier.push(("user", turn.question.text));
            let answer: Vec<String> = turn.answer.into_iter().map(|said| said.text).collect();
            earlier.push(("assistant", answer.join("\n\n")));
        }
    }
    if runs.is_empty() && !nodes.is_empty() {
        return Err("nothing in it can be read, or nobody said when it was".to_owned());
    }
    Ok(runs.into_values().collect())
}

/// From the root to an end of a branch, and how many steps that is.
fn way<'a>(
    nodes: &'a serde_json::Map<String, Value>,
    end: &'a str,
) -> Result<(Vec<Said<'a>>, usize), String> {
    let mut seen = HashSet::new();
    let mut way = Vec::new();
    let mut next = Some(end);
    while let Some(id) = next {
        if !seen.insert(id) {
            return Err("its messages go round in a circle".to_owned());
        }
        let Some(node) = nodes.get(id) else {
            break;
        };
        way.extend(node.get("message").and_then(|message| said(id, message)));
        next = node.get("parent").and_then(Value::as_str);
    }
    way.reverse();
    Ok((way, seen.len()))
}

/// What a message says; nothing where nobody was to read it.
fn said<'a>(id: &'a str, message: &'a Value) -> Option<Said<'a>> {
    let role = message.get("author")?.get("role")?.as_str()?;
    let metadata = message.get("metadata").unwrap_or(&Value::Null);
    let is_hidden = metadata.get("is_visually_hidden_from_conversation") == Some(&json!(true));
    // What an answer tells a tool is no part of what was said.
    let recipient = message.get("recipient").and_then(Value::as_str);
    if is_hidden || !matches!(recipient, None | Some("all")) {
        return None;
    }
    let text = text(message.get("content")?)?;
    Some(Said {
        is_person: match role {
            "user" => true,
            "assistant" => false,
            _ => return None,
        },
        text,
        at: message.get("create_time").and_then(Value::as_f64),
        id,
        model: metadata.get("model_slug").and_then(Value::as_str),
    })
}

fn text(content: &Value) -> Option<String> {
    let kind = content.get("content_type").and_then(Value::as_str);
    let text = match kind {
        Some("text" | "multimodal_text") => content
            .get("parts")?
            .as_array()?
            .iter()
            .filter_map(|part| {
                part.as_str()
                    .or_else(|| part.get("text").and_then(Value::as_str))
            })
            .collect::<Vec<_>>()
            .join("\n\n"),
        Some("code") => format!("```\n{}\n```", content.get("text")?.as_str()?),
        _ => return None,
    };
    (!text.trim().is_empty()).then_some(text)
}

/// Questions with all that was answered before the next one.
fn turns<'a>(way: &[Said<'a>]) -> Vec<Turn<'a>> {
    let copy = |said: &Said<'a>| Said {
        text: said.text.clone(),
        ..*said
    };
    let mut turns: Vec<Turn<'a>> = Vec::new();
    for said in way {
        match (said.is_person, turns.last_mut()) {
            (true, _) => turns.push(Turn {
                question: copy(said),
                answer: Vec::new(),
            }),
            (false, Some(turn)) => turn.answer.push(copy(said)),
            // An answer to nothing was a greeting.
            (false, None) => {}
        }
    }
    turns
}

fn run(
    conversation: &Value,
    name: &str,
    turn: &Turn<'_>,
    earlier: &[(&str, String)],
) -> Option<KeptRun> {
    let began = conversation.get("create_time").and_then(Value::as_f64);
    let mut times = turn.answer.iter().filter_map(|said| said.at);
    let at = moment(turn.question.at.or(times.clone().next()).or(began)?)?;
    let ended = times.next_back().and_then(moment).unwrap_or(at);
    let last = turn.answer.last().map_or(turn.question.id, |said| said.id);
    let run = name_of(at, &[name, turn.question.id, last]);
    let model = turn.answer.iter().rev().find_map(|said| said.model);
    let model = format!("chatgpt:{}", model.unwrap_or("unknown"));
    let answer: Vec<&str> = turn.answer.iter().map(|said| said.text.as_str()).collect();
    let status = match answer.is_empty() {
        true => Status::Cancelled,
        false => Status::Done,
    };
    let took = ended.as_millisecond() - at.as_millisecond();
    let took = u32::try_from(took).unwrap_or_default();
    let report = report(&run, &model, &answer, status, took);
    let mut inputs = HashMap::from([("text", turn.question.text.clone())]);
    if let Some(earlier) = told(earlier) {
        inputs.insert("history", earlier);
    }
    let inputs = inputs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value));
    let title = conversation.get("title").and_then(Value::as_str);
    Some(KeptRun {
        title: one_line(&turn.question.text),
        inputs: Inputs(inputs.collect()),
        assistant: report.assistant.clone(),
        model,
        seed: None,
        caller_id: Some(json!({"conversation": name, "title": title})),
        status: match status {
            Status::Done => "done",
            _ => "cancelled",
        }
        .to_owned(),
        created_at: format!("{at:.3}"),
        finished_at: Some(format!("{ended:.3}")),
        total_ms: Some(took),
        report: serde_json::to_value(&report).ok(),
        error_code: None,
        partial: None,
        steps: vec![],
        starred: false,
        tags: vec![TAG.to_owned()],
        run,
    })
}

/// What the program would have reported, had it been asked.
fn report(run: &RunId, model: &str, answer: &[&str], status: Status, took: u32) -> RunReport {
    RunReport {
        id: None,
        run: run.clone(),
        assistant: ASSISTANT.to_owned(),
        status,
        artifact: (!answer.is_empty()).then(|| {
            Artifact::Text(TextResult {
                text: answer.join("\n\n"),
                format: TextFormat::Markdown,
                ..TextResult::default()
            })
        }),
        checks: vec![],
        confidence: None,
        repairs: 0,
        model: Some(ModelId(model.to_owned())),
        tokens: Tokens::default(),
        timings_ms: Timings {
            total: took,
            ..Timings::default()
        },
        error: None,
    }
}

/// Earlier turns as the assistant reads them, the newest as far as they fit.
fn told(earlier: &[(&str, String)]) -> Option<String> {
    let mut left = MOST_EARLIER;
    let mut turns: Vec<Value> = Vec::new();
    for (role, text) in earlier.iter().rev() {
        let length = text.chars().count();
        if length > left {
            break;
        }
        left -= length;
        turns.push(json!({"role": role, "text": text}));
    }
    turns.reverse();
    (!turns.is_empty()).then(|| Value::from(turns).to_string())
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    if line.chars().count() <= MOST_TITLE {
        return line;
    }
    line.chars().take(MOST_TITLE - 1).chain(['…']).collect()
}

/// A time in seconds; only one that a conversation can have.
fn moment(seconds: f64) -> Option<Timestamp> {
    if !(1.0..=32_503_680_000.0).contains(&seconds) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "it is within the year 3000, which a thousandth of a second fits"
    )]
    let millis = (seconds * 1000.0) as i64;
    Timestamp::from_millisecond(millis).ok()
}

/// A name that sorts by time and is the same whenever the same message is read.
fn name_of(at: Timestamp, parts: &[&str]) -> RunId {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let hash = hash.finalize();
    let random = hash
        .iter()
        .take(10)
        .fold(0_u128, |sum, byte| (sum << 8) | u128::from(*byte));
    let millis = u64::try_from(at.as_millisecond()).unwrap_or_default();
    RunId(Ulid::from_parts(millis, random).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(parent: Option<&str>, role: &str, text: &str, at: f64) -> Value {
        json!({"parent": parent, "children": [], "message": {
            "author": {"role": role}, "create_time": at, "recipient": "all",
            "content": {"content_type": "text", "parts": [text]},
            "metadata": {"model_slug": "gpt-4o"}}})
    }

    fn conversation(mapping: Value) -> Value {
        json!({"id": "c1", "title": "Bread", "create_time": 1_700_000_000.0, "mapping": mapping})
    }

    #[test]
    fn every_answer_of_every_branch_is_a_run_with_what_was_said_before() {
        let told = conversation(json!({
            "root": {"parent": null, "message": null, "children": ["s"]},
            "s": node(Some("root"), "system", "be nice", 1.7e9),
            "q1": node(Some("s"), "user", "How is bread made?", 1_700_000_001.5),
            "a1": node(Some("q1"), "assistant", "With flour.", 1_700_000_003.0),
            "a1b": node(Some("q1"), "assistant", "With love.", 1_700_000_004.0),
            "q2": node(Some("a1"), "user", "How much?", 1_700_000_010.0),
            "t": json!({"parent": "q2", "message": {"author": {"role": "assistant"}, "recipient": "python",
                "content": {"content_type": "code", "text": "1+1"}, "create_time": 1_700_000_011.0}}),
            "a2": node(Some("t"), "assistant", "500 g.", 1_700_000_012.0),
        }));
        let runs = runs(&told).unwrap();
        let said: Vec<(&str, String)> = runs
            .iter()
            .map(|run| {
                let artifact = run.report.as_ref().unwrap()["artifact"]["text"].clone();
                (run.title.as_str(), artifact.as_str().unwrap().to_owned())
            })
            .collect();
        assert_eq!(said.len(), 3, "{said:?}");
        assert!(said.contains(&("How is bread made?", "With flour.".to_owned())));
        assert!(said.contains(&("How is bread made?", "With love.".to_owned())));
        assert_eq!(said[2], ("How much?", "500 g.".to_owned()));
        let last = &runs[2];
        assert_eq!(
            last.inputs.get("history"),
            Some(
                r#"[{"role":"user","text":"How is bread made?"},{"role":"assistant","text":"With flour."}]"#
            )
        );
        assert_eq!(last.created_at, "2023-11-14T22:13:30.000Z");
        assert_eq!(
            (last.model.as_str(), last.total_ms),
            ("chatgpt:gpt-4o", Some(2000))
        );
        assert_eq!(last.tags, [TAG]);
        assert_eq!(super::runs(&told).unwrap(), runs, "the same names again");
    }

    #[test]
    fn what_is_no_conversation_is_said() {
        let circle = conversation(json!({
            "a": node(Some("b"), "user", "x", 1.7e9),
            "b": node(Some("a"), "user", "y", 1.7e9),
            "c": node(Some("a"), "user", "z", 1.7e9),
        }));
        let silent = conversation(json!({"a": {"parent": null}, "b": 7, "c": null}));
        for bad in [
            json!(null),
            json!("x"),
            json!({"mapping": []}),
            json!({}),
            circle,
            silent,
        ] {
            let reason = runs(&bad).unwrap_err();
            assert!(!reason.is_empty(), "{bad}");
        }
        assert!(runs(&conversation(json!({}))).unwrap().is_empty());
    }

    #[test]
    fn times_that_cannot_be_and_long_talks_do_no_harm() {
        let mut mapping = serde_json::Map::new();
        let mut parent = None;
        for place in 0..400 {
            let role = if place % 2 == 0 { "user" } else { "assistant" };
            let id = format!("n{place}");
            let at = if place == 0 {
                f64::MAX
            } else {
                1.7e9 + f64::from(place)
            };
            mapping.insert(
                id.clone(),
                node(parent.as_deref(), role, &"long ".repeat(100), at),
            );
            parent = Some(id);
        }
        let runs = runs(&conversation(Value::Object(mapping))).unwrap();
        assert_eq!(runs.len(), 199, "one has no time that can be");
        let longest = runs
            .iter()
            .filter_map(|run| run.inputs.get("history"))
            .map(str::len)
            .max();
        assert!(longest.unwrap() < 2 * MOST_EARLIER);
        assert!(
            runs.iter()
                .all(|run| run.title.chars().count() <= MOST_TITLE)
        );
    }
}
