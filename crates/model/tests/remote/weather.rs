//! Bad weather: whatever a service does, it ends in a typed error within a bounded time, and the
//! next request works.

use std::time::{Duration, Instant};

use model::ModelError;
use model::remote::{Kind, Patience};
use tokio_util::sync::CancellationToken;

use super::ask::{KEY, PATIENCE, ask, ask_and_watch, model, model_of, prompt, service};
use super::server::{After, Reply, Server, nobody};
use super::{DONE, good, hello};

/// What the service does first, how often it is asked before that is told, what is told, and
/// within how many milliseconds. Afterwards it answers well, and the same model must too.
async fn check(kind: Kind, replies: Vec<Reply>, expected: fn(&ModelError) -> bool, within_ms: u64) {
    let (how, bad) = (format!("{kind:?} {:?}", replies[0].status), replies.len());
    let mut all = replies;
    all.push(good(kind));
    let server = Server::start(all).await;
    let model = model(kind, &server.url());
    let started = Instant::now();
    let error = ask(&model, &prompt()).await.unwrap_err();
    let took = started.elapsed();
    assert!(expected(&error), "{how}: {error:?}");
    assert!(took < Duration::from_millis(within_ms), "{how}: {took:?}");
    assert_eq!(server.requests().len(), bad, "{how}: {error:?}");
    let next = ask(&model, &prompt()).await;
    assert_eq!(
        next.map(|completion| completion.text),
        Ok("Hello".to_owned()),
        "{how}"
    );
}

const KINDS: [Kind; 5] = [
    Kind::OpenAi,
    Kind::Responses,
    Kind::Anthropic,
    Kind::Gemini,
    Kind::Ollama,
];

/// The kind of content that a service streams.
fn stream(kind: Kind, body: impl Into<Vec<u8>>) -> Reply {
    match kind {
        Kind::Ollama => Reply::new("200 OK", "application/x-ndjson", body),
        _ => Reply::events(body),
    }
}

#[tokio::test]
async fn a_refusal_says_what_kind_it_is() {
    let refused = |status, body: &str| vec![Reply::json(status, body)];
    for kind in KINDS {
        let error = r#"{"error":{"message":"it is wrong","type":"some_error"}}"#;
        check(
            kind,
            refused("401 Unauthorized", error),
            |error| matches!(error, ModelError::Unauthorized { .. }),
            1000,
        )
        .await;
        check(
            kind,
            refused("403 Forbidden", error),
            |error| matches!(error, ModelError::Unauthorized { .. }),
            1000,
        )
        .await;
        check(
            kind,
            refused("404 Not Found", r#"{"error":"model 'm' not found"}"#),
            |error| matches!(error, ModelError::NotFound { detail, .. } if detail.contains("'m'")),
            1000,
        )
        .await;
        check(
            kind,
            refused("418 I'm a teapot", "short and stout"),
            |error| matches!(error, ModelError::Service { status: 418, .. }),
            1000,
        )
        .await;
        check(
            kind,
            vec![Reply::new("502 Bad Gateway", "text/html", "<html><title>Bad gateway</title>").header("Retry-After", "0"); 3],
            |error| matches!(error, ModelError::Service { status: 502, detail, .. } if detail.contains("web page, \"Bad gateway\"")),
            2000,
        )
        .await;
    }
    let quota = r#"{"error":{"message":"You have no credit","code":"insufficient_quota"}}"#;
    check(
        Kind::OpenAi,
        refused("429 Too Many Requests", quota),
        |error| matches!(error, ModelError::RateLimited { .. }),
        1000,
    )
    .await;
    let late = Reply::json(
        "429 Too Many Requests",
        quota.replace("insufficient_quota", "slow").as_str(),
    );
    check(
        Kind::OpenAi,
        vec![late.header("Retry-After", "3600")],
        |error| matches!(error, ModelError::RateLimited { retry_after: Some(after), .. } if after.as_secs() == 3600),
        1000,
    )
    .await;
}

#[tokio::test]
async fn a_refused_request_is_made_again_three_times_at_most() {
    let broken = || {
        Reply::json(
            "500 Internal Server Error",
            r#"{"error":{"message":"oops"}}"#,
        )
    };
    check(
        Kind::OpenAi,
        vec![broken(), broken(), broken()],
        |error| matches!(error, ModelError::Service { status: 500, .. }),
        4000,
    )
    .await;
}

#[tokio::test]
async fn a_request_is_made_again_when_the_service_wants_it() {
    let busy = |name, value: &str| Reply::json("429 Too Many Requests", "{}").header(name, value);
    let soon = httpdate::fmt_http_date(std::time::SystemTime::now() + Duration::from_secs(4));
    for (reply, least_ms, most_ms) in [
        (busy("Retry-After", "1"), 1000, 3000),
        (busy("Retry-After", &soon), 1000, 5000),
        (busy("retry-after-ms", "50"), 50, 1500),
        (Reply::json("529 ", "{}"), 500, 2500),
    ] {
        let server = Server::start(vec![reply.clone(), good(Kind::OpenAi)]).await;
        let started = Instant::now();
        let answer = ask(&model(Kind::OpenAi, &server.url()), &prompt())
            .await
            .unwrap();
        let took = u64::try_from(started.elapsed().as_millis()).unwrap();
        assert_eq!(
            (answer.text.as_str(), server.requests().len()),
            ("Hello", 2)
        );
        assert!((least_ms..most_ms).contains(&took), "{reply:?} {took}");
    }
}

#[tokio::test]
async fn an_answer_that_is_none_is_told_from_one() {
    for kind in KINDS {
        let malformed: fn(&ModelError) -> bool =
            |error| matches!(error, ModelError::Malformed { .. });
        check(
            kind,
            vec![Reply::new(
                "200 OK",
                "text/html",
                "<!DOCTYPE html><title>Sign in</title>",
            )],
            malformed,
            1000,
        )
        .await;
        // Not UTF-8, in the middle of what would be a text.
        let bad = String::from_utf8(hello(kind)).unwrap();
        let bad = bad.split("Hello").collect::<Vec<_>>();
        let bad = [bad[0].as_bytes(), b"H\xff\xfe", bad[1].as_bytes()].concat();
        check(kind, vec![stream(kind, bad)], malformed, 1000).await;
        let half = if kind == Kind::Ollama {
            "{\"message\":\n"
        } else {
            "data: {\"choices\": [\n\n"
        };
        check(kind, vec![stream(kind, half)], malformed, 1000).await;
        check(
            kind,
            vec![
                Reply::json("200 OK", r#"{"hello": "world"}"#);
                if kind == Kind::Ollama { 3 } else { 1 }
            ],
            |error| {
                matches!(
                    error,
                    ModelError::Malformed { .. } | ModelError::BrokenOff { .. }
                )
            },
            4000,
        )
        .await;
    }
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_no_answer() {
    for kind in KINDS {
        let broken: fn(&ModelError) -> bool = |error| matches!(error, ModelError::BrokenOff { .. });
        let whole = hello(kind);
        let text = String::from_utf8(whole.clone()).unwrap();
        let middle = text.find("Hello").unwrap() + 3;
        let text_end = text.find("lo\"").unwrap();
        let blank = if kind == Kind::Ollama { "\n" } else { "\n\n" };
        let after_text = text_end + text[text_end..].find(blank).unwrap() + blank.len();
        // Half an event: nothing was shown, so it is asked for again.
        check(
            kind,
            vec![stream(kind, &whole[..middle]).after(After::Cut); 3],
            broken,
            4000,
        )
        .await;
        // The text was shown already, and the end never comes.
        check(
            kind,
            vec![stream(kind, &whole[..after_text]).after(After::Cut)],
            broken,
            1000,
        )
        .await;
        check(kind, vec![stream(kind, &whole[..after_text])], broken, 1000).await;
    }
}

#[tokio::test]
async fn silence_has_an_end() {
    for kind in KINDS {
        let stalled: fn(&ModelError) -> bool = |error| matches!(error, ModelError::Stalled { .. });
        let whole = hello(kind);
        let text = String::from_utf8(whole.clone()).unwrap();
        let after_text = text.find("lo\"").unwrap() + 4;
        check(
            kind,
            vec![stream(kind, &whole[..after_text]).after(After::Silence)],
            stalled,
            1500,
        )
        .await;
    }
    // A service that never begins.
    let never = good(Kind::OpenAi).delay(Duration::from_secs(60));
    check(
        Kind::OpenAi,
        vec![never],
        |error| matches!(error, ModelError::Stalled { .. }),
        6000,
    )
    .await;
}

#[tokio::test]
async fn a_stream_of_signs_of_life_has_an_end_too() {
    // A comment every now and then keeps a connection from being silent.
    let mut alive = Reply::events(": alive\n\n");
    alive.after = After::Flood;
    let server = Server::start(vec![alive]).await;
    let patience = Patience {
        total_ms: 500,
        ..PATIENCE
    };
    let slow = model_of(model::remote::Service {
        patience,
        ..service(Kind::OpenAi, &server.url())
    });
    let started = Instant::now();
    let error = ask(&slow, &prompt()).await.unwrap_err();
    // Which of the two limits is met first depends on the machine.
    assert!(
        matches!(
            error,
            ModelError::Stalled { .. } | ModelError::Endless { .. }
        ),
        "{error:?}"
    );
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_flood_has_an_end() {
    for kind in [Kind::OpenAi, Kind::Ollama, Kind::Gemini] {
        let piece = match kind {
            Kind::Ollama => format!(
                "{{\"message\":{{\"content\":\"{}\"}},\"done\":false}}\n",
                "x".repeat(4000)
            ),
            Kind::Gemini => format!(
                "data: {{\"candidates\":[{{\"content\":{{\"parts\":[{{\"text\":\"{}\"}}]}}}}]}}\n\n",
                "x".repeat(4000)
            ),
            _ => format!(
                "data: {{\"choices\":[{{\"delta\":{{\"content\":\"{}\"}}}}]}}\n\n",
                "x".repeat(4000)
            ),
        };
        let endless: fn(&ModelError) -> bool = |error| matches!(error, ModelError::Endless { .. });
        check(
            kind,
            vec![stream(kind, piece).after(After::Flood)],
            endless,
            15_000,
        )
        .await;
        // One event or line that does not end.
        check(
            kind,
            vec![stream(kind, "x".repeat(4000)).after(After::Flood)],
            endless,
            15_000,
        )
        .await;
    }
}

#[tokio::test]
async fn nobody_there_is_told() {
    let url = nobody().await;
    let started = Instant::now();
    let error = ask(&model(Kind::OpenAi, &url), &prompt())
        .await
        .unwrap_err();
    assert!(matches!(error, ModelError::Unreachable { .. }), "{error:?}");
    assert!(started.elapsed() < Duration::from_secs(4));
    // Names that do not exist; `.invalid` never does.
    let error = ask(&model(Kind::OpenAi, "http://service.invalid/v1"), &prompt())
        .await
        .unwrap_err();
    assert!(matches!(error, ModelError::Unreachable { .. }), "{error:?}");
}

#[tokio::test]
async fn what_was_shown_is_not_asked_for_again() {
    let whole = String::from_utf8(hello(Kind::OpenAi)).unwrap();
    let error = "data: {\"error\":{\"message\":\"Busy\",\"code\":503}}\n\n";
    let broken = whole
        .replace(DONE, error)
        .replace("\"finish_reason\":\"stop\"", "\"finish_reason\":null");
    let server = Server::start(vec![Reply::events(broken), good(Kind::OpenAi)]).await;
    let (answer, pieces) = ask_and_watch(&model(Kind::OpenAi, &server.url()), &prompt()).await;
    assert!(
        matches!(answer, Err(ModelError::Service { status: 503, .. })),
        "{answer:?}"
    );
    assert_eq!(
        (pieces.concat().as_str(), server.requests().len()),
        ("Hello", 1)
    );
    // The same error before anything was shown.
    let server = Server::start(vec![Reply::events(error), good(Kind::OpenAi)]).await;
    let (answer, pieces) = ask_and_watch(&model(Kind::OpenAi, &server.url()), &prompt()).await;
    assert_eq!(
        (answer.unwrap().text.as_str(), pieces.concat().as_str()),
        ("Hello", "Hello")
    );
}

#[tokio::test]
async fn a_whole_answer_is_good_whatever_its_connection_does_then() {
    let whole = String::from_utf8(hello(Kind::OpenAi)).unwrap();
    let without_done = whole.replace(DONE, "");
    for after in [After::End, After::Cut, After::Silence] {
        let server = Server::start(vec![Reply::events(without_done.clone()).after(after)]).await;
        let answer = ask(&model(Kind::OpenAi, &server.url()), &prompt()).await;
        assert_eq!(answer.unwrap().text, "Hello", "{after:?}");
    }
}

#[tokio::test]
async fn a_cancelled_request_ends_at_once() {
    let silent = |reply: Reply| reply.after(After::Silence);
    let start = String::from_utf8(hello(Kind::OpenAi))
        .unwrap()
        .replace(DONE, "")
        .replace("\"stop\"", "null");
    let patient = Patience {
        stall_ms: 60_000,
        first_byte_ms: 60_000,
        total_ms: 60_000,
        ..PATIENCE
    };
    for reply in [
        good(Kind::OpenAi).delay(Duration::from_secs(60)),
        silent(Reply::events("")),
        silent(Reply::events(start)),
        Reply::json("500 ", "{}").header("Retry-After", "4"),
    ] {
        let server = Server::start(vec![reply.clone()]).await;
        let model = model_of(model::remote::Service {
            patience: patient,
            ..service(Kind::OpenAi, &server.url())
        });
        let cancel = CancellationToken::new();
        let started = Instant::now();
        let stopper = cancel.clone();
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(300)).await;
            stopper.cancel();
        });
        let answer = model::Model::generate(&model, &prompt(), &|_| {}, &cancel).await;
        assert_eq!(answer, Err(ModelError::Cancelled), "{reply:?}");
        assert!(started.elapsed() < Duration::from_millis(1300), "{reply:?}");
    }
}

#[tokio::test]
async fn no_error_shows_the_key_and_none_leads_it_elsewhere() {
    let body = format!(r#"{{"error":{{"message":"Incorrect API key provided: {KEY}."}}}}"#);
    let server = Server::start(vec![Reply::json("401 Unauthorized", &body)]).await;
    let error = ask(&model(Kind::OpenAi, &server.url()), &prompt())
        .await
        .unwrap_err();
    assert!(error.to_string().contains("[hidden]"), "{error}");
    // A stream that repeats it inside an error.
    let event = format!("data: {{\"error\":{{\"message\":\"bad {KEY}\"}}}}\n\n");
    let server = Server::start(vec![Reply::events(event)]).await;
    let error = ask(&model(Kind::OpenAi, &server.url()), &prompt())
        .await
        .unwrap_err();
    assert!(error.to_string().contains("[hidden]"), "{error}");

    let other = Server::start(vec![good(Kind::OpenAi)]).await;
    let away = Reply::json("307 Temporary Redirect", "")
        .header("Location", &format!("{}/v1?{KEY}", other.url()));
    let server = Server::start(vec![away]).await;
    let error = ask(&model(Kind::OpenAi, &server.url()), &prompt())
        .await
        .unwrap_err();
    assert!(
        matches!(&error, ModelError::Misconfigured { detail, .. } if detail.contains(&other.url())),
        "{error:?}"
    );
    assert!(other.requests().is_empty());
}
