//! Answers of a certain shape, several answers, and choices: what is asked for, what is accepted.

use model::remote::Kind;
use model::{Candidates, Constraint, Model as _, ModelError, Prompt, Reason, Sampling};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::ask::{ask, ask_and_watch, constrained, model, prompt};
use super::good;
use super::server::{Reply, Server};

/// A stream that says `text` in two pieces, in OpenAI's style.
fn saying(text: &str) -> Reply {
    saying_until(text, "stop")
}

fn saying_until(text: &str, reason: &str) -> Reply {
    let middle = text
        .char_indices()
        .nth(text.chars().count() / 2)
        .map_or(0, |(place, _)| place);
    let (one, two) = text.split_at(middle);
    let chunks = [
        json!({"choices": [{"delta": {"content": one}}]}),
        json!({"choices": [{"delta": {"content": two}}]}),
        json!({"choices": [{"delta": {}, "finish_reason": reason}]}),
    ];
    Reply::events(chunks.map(|chunk| format!("data: {chunk}\n\n")).concat())
}

fn person() -> Constraint {
    Constraint::JsonSchema(json!({
        "type": "object",
        "properties": {"name": {"type": "string"}},
        "required": ["name"],
        "additionalProperties": false,
    }))
}

fn colours() -> Constraint {
    Constraint::Choices(vec!["red".to_owned(), "blue".to_owned()])
}

/// What is asked for, what the service says, and the text that is handed on, if any.
async fn check(constraint: Constraint, said: &str, expected: Option<&str>) {
    let server = Server::start(vec![saying(said)]).await;
    let answer = ask(
        &model(Kind::OpenAi, &server.url()),
        &constrained(constraint),
    )
    .await;
    match (answer, expected) {
        (Ok(completion), Some(expected)) => assert_eq!(completion.text, expected, "{said}"),
        (Err(ModelError::Unfit { .. }), None) => {}
        (answer, _) => panic!("{said}: {answer:?}"),
    }
}

#[tokio::test]
async fn an_answer_is_checked_on_this_side() {
    check(person(), r#"{"name": "Ada"}"#, Some(r#"{"name": "Ada"}"#)).await;
    check(person(), r#"{"name": 7}"#, None).await;
    check(person(), "Ada", None).await;
    check(colours(), r#"{"answer":"red"}"#, Some("red")).await;
    check(colours(), "blue", Some("blue")).await;
    check(colours(), "green", None).await;
    check(Constraint::Regex("[0-9]+".to_owned()), " 42\n", Some("42")).await;
    check(Constraint::Regex("[0-9]+".to_owned()), "about 42", None).await;
    let list = || Constraint::JsonSchema(json!({"type": "array", "items": {"type": "integer"}}));
    check(list(), r#"{"answer": [1, 2]}"#, Some("[1,2]")).await;
    check(list(), r#"{"answer": ["1"]}"#, None).await;
}

#[tokio::test]
async fn an_answer_cut_by_its_length_is_handed_on_as_such() {
    let server = Server::start(vec![saying_until(r#"{"name": "A"#, "length")]).await;
    let answer = ask(&model(Kind::OpenAi, &server.url()), &constrained(person()))
        .await
        .unwrap();
    assert_eq!(
        (answer.text.as_str(), answer.reason),
        (r#"{"name": "A"#, Reason::Length)
    );
    let server = Server::start(vec![saying_until(r#"{"answer": "re"#, "length")]).await;
    let answer = ask(&model(Kind::OpenAi, &server.url()), &constrained(colours())).await;
    assert!(
        matches!(answer, Err(ModelError::Unfit { .. })),
        "{answer:?}"
    );
}

#[tokio::test]
async fn a_constraint_that_cannot_be_kept_is_refused_unasked() {
    let server = Server::start(vec![good(Kind::OpenAi)]).await;
    let lark = constrained(Constraint::Lark("start: \"a\"".to_owned()));
    let answer = ask(&model(Kind::OpenAi, &server.url()), &lark).await;
    assert!(
        matches!(answer, Err(ModelError::Unconstrainable { .. })),
        "{answer:?}"
    );
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_schema_is_shown_as_it_comes_and_words_when_they_are_checked() {
    let server = Server::start(vec![saying(r#"{"name":"Ada"}"#)]).await;
    let (_, pieces) =
        ask_and_watch(&model(Kind::OpenAi, &server.url()), &constrained(person())).await;
    assert_eq!(pieces.len(), 2);
    let server = Server::start(vec![saying("blue")]).await;
    let (_, pieces) =
        ask_and_watch(&model(Kind::OpenAi, &server.url()), &constrained(colours())).await;
    assert_eq!(pieces, ["blue"]);
}

#[tokio::test]
async fn what_a_service_does_not_take_is_left_out_and_remembered() {
    let complaint = |text: &str| {
        Reply::json(
            "400 Bad Request",
            &json!({"error": {"message": text}}).to_string(),
        )
    };
    let answer = || saying("```json\n{\"name\":\"Ada\"}\n```");
    let server = Server::start(vec![
        complaint("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."),
        complaint("extra fields not permitted: stream_options"),
        complaint("This response_format type is unavailable now"),
        complaint("response_format is not supported"),
        answer(),
        answer(),
    ])
    .await;
    let model = model(Kind::OpenAi, &server.url());
    for _ in 0..2 {
        let answer = ask(&model, &constrained(person())).await.unwrap();
        assert_eq!(answer.text, r#"{"name":"Ada"}"#);
    }
    let names = |body: &Value| {
        let has = |name: &str| body.get(name).is_some();
        (
            has("max_tokens"),
            has("stream_options"),
            body["response_format"]["type"].as_str().map(str::to_owned),
        )
    };
    let schema = || Some("json_schema".to_owned());
    let asked = server
        .requests()
        .iter()
        .map(|request| names(&request.body))
        .collect::<Vec<_>>();
    assert_eq!(
        asked,
        [
            (true, true, schema()),
            (false, true, schema()),
            (false, false, schema()),
            (false, false, Some("json_object".to_owned())),
            (false, false, None),
            (false, false, None),
        ]
    );
}

#[tokio::test]
async fn a_complaint_about_nothing_that_can_be_left_out_is_told() {
    let server = Server::start(vec![Reply::json("400 Bad Request", r#"{"error":"no"}"#)]).await;
    let answer = ask(&model(Kind::OpenAi, &server.url()), &prompt()).await;
    assert!(
        matches!(answer, Err(ModelError::Service { status: 400, .. })),
        "{answer:?}"
    );
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn stop_texts_are_kept_on_this_side_too() {
    let server = Server::start(vec![saying("one\ntwo")]).await;
    let prompt = Prompt {
        stop: vec!["\n".to_owned()],
        ..prompt()
    };
    let answer = ask(&model(Kind::OpenAi, &server.url()), &prompt)
        .await
        .unwrap();
    assert_eq!((answer.text.as_str(), answer.reason), ("one", Reason::Stop));
    // A service would refuse one of nothing but space.
    assert_eq!(server.body(0).get("stop"), None);
}

#[tokio::test]
async fn candidates_are_asked_for_side_by_side() {
    let server = Server::start(vec![good(Kind::OpenAi)]).await;
    let sampled = Prompt {
        sampling: Sampling {
            temperature: 0.8,
            seed: 10,
            ..Sampling::GREEDY
        },
        ..prompt()
    };
    let which = Candidates { first: 0, count: 6 };
    let model = model(Kind::OpenAi, &server.url());
    let answers = model
        .generate_n(&sampled, which, &|_| {}, &CancellationToken::new())
        .await
        .unwrap();
    let mut numbers = answers
        .candidates
        .iter()
        .map(|candidate| candidate.number)
        .collect::<Vec<_>>();
    numbers.sort_unstable();
    assert_eq!(numbers, [0, 1, 2, 3, 4, 5]);
    assert_eq!((answers.usage.prompt, answers.usage.output), (42, 12));
    let mut seeds = server
        .requests()
        .iter()
        .map(|request| {
            (
                request.body["seed"].as_u64(),
                request.body["temperature"].as_f64(),
            )
        })
        .collect::<Vec<_>>();
    seeds.sort_by_key(|(seed, _)| *seed);
    let sampled = |seed| (Some(seed), Some(0.8));
    assert_eq!(
        seeds,
        [
            (None, Some(0.0)),
            sampled(11),
            sampled(12),
            sampled(13),
            sampled(14),
            sampled(15)
        ]
    );
}

#[tokio::test]
async fn a_choice_is_made_by_probabilities_where_they_are_told() {
    let scored = json!({"choices": [{
        "delta": {"content": "B"},
        "logprobs": {"content": [{"token": "B", "top_logprobs": [
            {"token": "B", "logprob": (0.6_f64).ln()},
            {"token": "A", "logprob": (0.2_f64).ln()},
        ]}]},
        "finish_reason": "length",
    }]});
    let server = Server::start(vec![Reply::events(format!("data: {scored}\n\n"))]).await;
    let options = ["red".to_owned(), "blue".to_owned()];
    let cancel = CancellationToken::new();
    let chosen = model(Kind::OpenAi, &server.url())
        .choose(&prompt(), &options, &cancel)
        .await
        .unwrap();
    assert!(
        (chosen[0] - 0.25).abs() < 1e-9 && (chosen[1] - 0.75).abs() < 1e-9,
        "{chosen:?}"
    );
    assert_eq!(
        (
            server.body(0)["top_logprobs"].as_u64(),
            server.body(0)["max_tokens"].as_u64()
        ),
        (Some(20), Some(1))
    );
}

#[tokio::test]
async fn a_choice_is_made_by_name_where_no_probabilities_are_told() {
    let options = ["red".to_owned(), "blue".to_owned()];
    let cancel = CancellationToken::new();
    let refusal = Reply::json(
        "400 Bad Request",
        r#"{"error":{"message":"logprobs is not supported"}}"#,
    );
    for first in [vec![saying("B")], vec![refusal, saying("B")]] {
        let requests = first.len();
        let mut replies = first;
        replies.push(saying(r#"{"answer":"blue"}"#));
        let server = Server::start(replies).await;
        let model = model(Kind::OpenAi, &server.url());
        for _ in 0..2 {
            let chosen = model.choose(&prompt(), &options, &cancel).await.unwrap();
            assert_eq!(chosen, [0.0, 1.0]);
        }
        // Once they were not told, they are not asked for again.
        assert_eq!(server.requests().len(), requests + 2);
    }
}

#[tokio::test]
async fn every_kind_takes_the_shape_out_of_its_own_answer() {
    let tool = [
        json!({"type": "message_start", "message": {"usage": {"input_tokens": 1, "output_tokens": 1}}}),
        json!({"type": "content_block_start", "content_block": {"type": "tool_use", "name": "answer", "input": {}}}),
        json!({"type": "content_block_delta", "delta": {"type": "input_json_delta", "partial_json": "{\"answer\":"}}),
        json!({"type": "content_block_delta", "delta": {"type": "input_json_delta", "partial_json": "\"blue\"}"}}),
        json!({"type": "message_delta", "delta": {"stop_reason": "tool_use"}}),
        json!({"type": "message_stop"}),
    ];
    let whole = r#"{\"answer\":\"blue\"}"#;
    for (kind, reply) in [
        (
            Kind::Anthropic,
            Reply::events(tool.map(|event| format!("data: {event}\n\n")).concat()),
        ),
        (
            Kind::Gemini,
            Reply::events(format!(
                "data: {{\"candidates\":[{{\"content\":{{\"parts\":[{{\"text\":\"{whole}\"}}]}},\"finishReason\":\"STOP\"}}]}}\n\n"
            )),
        ),
        (
            Kind::Ollama,
            Reply::new(
                "200 OK",
                "application/x-ndjson",
                format!("{{\"message\":{{\"content\":\"{whole}\"}},\"done\":true}}\n"),
            ),
        ),
    ] {
        let server = Server::start(vec![reply]).await;
        let answer = ask(&model(kind, &server.url()), &constrained(colours()))
            .await
            .unwrap();
        assert_eq!(answer.text, "blue", "{kind:?}");
    }
}
