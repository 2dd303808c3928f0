//! What a person sets: addresses, headers, proxies, keys; and the test of a connection.

use std::time::Duration;

use model::remote::keys::{Chain, Environment, Keychain, Keys as _};
use model::remote::{Finding, Kind, Problem, Proxy, RemoteModel, Service};
use model::{Message, Model as _, ModelError, ModelId, Prompt, Role, Usage};
use tokio_util::sync::CancellationToken;

use super::ask::{KEY, ask, model, model_of, prompt, service};
use super::good;
use super::server::{Reply, Server, nobody};

#[tokio::test]
async fn every_kind_is_asked_at_its_address_with_its_header() {
    let bearer = format!("authorization: bearer {KEY}");
    for (kind, line, header) in [
        (Kind::OpenAi, "POST /base/chat/completions", bearer.clone()),
        (Kind::Responses, "POST /base/responses", bearer.clone()),
        (
            Kind::Anthropic,
            "POST /base/messages",
            format!("x-api-key: {KEY}"),
        ),
        (
            Kind::Gemini,
            "POST /base/models/m:streamGenerateContent?alt=sse",
            format!("x-goog-api-key: {KEY}"),
        ),
        (Kind::Ollama, "POST /base/api/chat", bearer),
    ] {
        let server = Server::start(vec![good(kind)]).await;
        let answer = ask(&model(kind, &format!("{}/base/", server.url())), &prompt())
            .await
            .unwrap();
        let usage = Usage {
            prompt: 7,
            cached: 0,
            output: 2,
        };
        assert_eq!(
            (answer.text.as_str(), answer.usage),
            ("Hello", usage),
            "{kind:?}"
        );
        let request = &server.requests()[0];
        assert_eq!(request.line, line);
        assert!(request.head.contains(&header), "{}", request.head);
    }
}

#[tokio::test]
async fn headers_and_the_query_of_an_address_are_kept() {
    let server = Server::start(vec![good(Kind::OpenAi)]).await;
    let mut azure = service(
        Kind::OpenAi,
        &format!("{}/openai?api-version=1", server.url()),
    );
    azure.headers = [("api-key", "{key}"), ("X-Title", "Deskhand")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
    ask(&model_of(azure), &prompt()).await.unwrap();
    let request = &server.requests()[0];
    assert_eq!(request.line, "POST /openai/chat/completions?api-version=1");
    assert!(
        request.head.contains(&format!("api-key: {KEY}"))
            && request.head.contains("x-title: deskhand")
    );
    assert!(
        !request.head.contains("authorization"),
        "the key is sent once"
    );
}

#[tokio::test]
async fn a_proxy_that_is_set_is_used() {
    let server = Server::start(vec![good(Kind::OpenAi)]).await;
    let mut far = service(Kind::OpenAi, "http://service.invalid/v1");
    far.proxy = Proxy::Address(server.url().replace("http://", "http://user:hunter2@"));
    ask(&model_of(far.clone()), &prompt()).await.unwrap();
    let request = &server.requests()[0];
    assert_eq!(
        request.line,
        "POST http://service.invalid/v1/chat/completions"
    );
    assert!(request.head.contains("proxy-authorization: basic"));
    far.proxy = Proxy::Address(nobody().await.replace("http://", "http://user:hunter2@"));
    let error = ask(&model_of(far), &prompt()).await.unwrap_err();
    assert!(
        matches!(error, ModelError::Unreachable { .. }) && !error.to_string().contains("hunter2"),
        "{error}"
    );
}

/// Runs alone in a program of its own, because a program's variables cannot be changed safely.
#[tokio::test]
async fn a_proxy_in_the_environment_is_used() {
    const INNER: &str = "DESKHAND_TEST_INNER_PROXY";
    if std::env::var_os(INNER).is_some() {
        let mut far = service(Kind::OpenAi, "http://service.invalid/v1");
        far.proxy = Proxy::Environment;
        assert_eq!(ask(&model_of(far), &prompt()).await.unwrap().text, "Hello");
        return;
    }
    let server = Server::start(vec![good(Kind::OpenAi)]).await;
    let output = tokio::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "settings::a_proxy_in_the_environment_is_used"])
        .env(INNER, "1")
        .env("HTTP_PROXY", server.url())
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .env_remove("REQUEST_METHOD")
        .output()
        .await
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    assert_eq!(
        server.requests()[0].line,
        "POST http://service.invalid/v1/chat/completions"
    );
}

#[tokio::test]
async fn a_model_is_opened_by_its_id_with_its_key() {
    let server = Server::start(vec![good(Kind::OpenAi)]).await;
    let services = [service(Kind::OpenAi, &server.url())];
    let keys = Chain::of(
        Environment::of(|name| (name == "DESKHAND_KEY_TEST").then(|| KEY.to_owned())),
        Box::new(Keychain),
    );
    let opened = RemoteModel::open(&ModelId::from("test:org/model:1"), &services, &keys).unwrap();
    assert_eq!(opened.id().0, "test:org/model:1");
    ask(&opened, &prompt()).await.unwrap();
    assert_eq!(server.body(0)["model"], "org/model:1");
    assert!(server.requests()[0].head.contains(KEY));
    assert!(!format!("{opened:?} {:?}", keys.get("test").unwrap()).contains(KEY));
    for id in ["other:m", "plain", "test:"] {
        let id = ModelId::from(id);
        assert_eq!(
            RemoteModel::open(&id, &services, &keys).err(),
            Some(ModelError::Unknown(id))
        );
    }
    let named_badly = RemoteModel::new(Service::new("A B", Kind::OpenAi), "m", None);
    assert!(matches!(named_badly, Err(ModelError::Misconfigured { .. })));
}

#[tokio::test]
async fn a_preset_is_marked_to_be_kept() {
    let server = Server::start(vec![good(Kind::Anthropic)]).await;
    let mut preset = Prompt {
        preset: 1,
        lead: 0,
        ..prompt()
    };
    preset.messages.insert(
        0,
        Message {
            role: Role::System,
            text: "Rules".to_owned(),
        },
    );
    ask(&model(Kind::Anthropic, &server.url()), &preset)
        .await
        .unwrap();
    assert_eq!(
        server.body(0)["system"][0]["cache_control"]["type"],
        "ephemeral"
    );
}

fn listing(models: &[&str]) -> Reply {
    let data = models
        .iter()
        .map(|name| serde_json::json!({"id": name}))
        .collect::<Vec<_>>();
    Reply::json("200 OK", &serde_json::json!({"data": data}).to_string())
}

/// The stream of `good`, with its text in two pieces.
fn streamed() -> Reply {
    let text = String::from_utf8(good(Kind::OpenAi).pieces.concat()).unwrap();
    let piece = r#"data: {"choices":[{"delta":{"content":"Hello"}}]}"#;
    Reply::events(text.replacen(piece, &format!("{piece}\n\n{piece}"), 1))
}

/// What the service sends to the test of a connection, and what the report says: whether it was
/// reached, takes the key, has the model, streams; and the problem.
async fn check(replies: Vec<Reply>, expected: [Finding; 4], problem: Option<Problem>) {
    let server = Server::start(replies).await;
    let model = model(Kind::OpenAi, &server.url());
    check_at(&model, expected, problem).await;
}

async fn check_at(model: &RemoteModel, expected: [Finding; 4], problem: Option<Problem>) {
    let report = model
        .test_connection(&CancellationToken::new())
        .await
        .unwrap();
    let found = [report.reachable, report.key, report.model, report.streams];
    assert_eq!((found, report.problem), (expected, problem), "{report:?}");
    let sentence = report.sentence();
    assert!(
        sentence.ends_with('.') && !sentence.contains(KEY),
        "{sentence}"
    );
    assert_eq!(report.is_well(), problem.is_none());
}

fn page() -> Reply {
    Reply::new("200 OK", "text/html", "<html><title>Router</title>")
}

fn refusal(status: &'static str, text: &str) -> Reply {
    Reply::json(
        status,
        &serde_json::json!({"error": {"message": text}}).to_string(),
    )
}

#[tokio::test]
async fn the_test_of_a_connection_says_that_it_works() {
    use Finding::{No, Yes};
    let missing = refusal("404 Not Found", "no such thing");
    for (replies, streams) in [
        (vec![listing(&["m", "n"]), streamed()], Yes),
        (vec![missing, streamed()], Yes),
        (vec![listing(&["m"]), good(Kind::OpenAi)], No),
    ] {
        check(replies, [Yes, Yes, Yes, streams], None).await;
    }
}

#[tokio::test]
async fn the_test_of_a_connection_says_what_is_wrong() {
    use Finding::{No, Unknown, Yes};
    let missing = || refusal("404 Not Found", "no such thing");
    let unknown = || refusal("401 Unauthorized", "bad key");
    let busy = || refusal("429 Too Many Requests", "slow down").header("Retry-After", "0");
    let away =
        Reply::json("301 Moved Permanently", "").header("Location", "https://elsewhere.invalid/");
    let asleep = good(Kind::OpenAi).delay(Duration::from_secs(60));
    for (replies, expected, problem) in [
        (vec![unknown()], [Yes, No, Unknown, No], Problem::Key),
        (
            vec![listing(&["m"]), unknown()],
            [Yes, No, Yes, No],
            Problem::Key,
        ),
        (
            vec![listing(&["n"]), missing()],
            [Yes, Unknown, No, No],
            Problem::Model,
        ),
        (
            vec![missing(), missing()],
            [Yes, Unknown, Unknown, No],
            Problem::Address,
        ),
        (
            vec![page(), page()],
            [Yes, Unknown, Unknown, No],
            Problem::Answer,
        ),
        (
            vec![listing(&["m"]), busy()],
            [Yes, Yes, Yes, No],
            Problem::Limit,
        ),
        (
            vec![asleep],
            [Unknown, Unknown, Unknown, No],
            Problem::Silence,
        ),
        (vec![away], [Yes, Unknown, Unknown, No], Problem::Address),
    ] {
        check(replies, expected, Some(problem)).await;
    }
    let nowhere = model(Kind::OpenAi, &nobody().await);
    check_at(
        &nowhere,
        [No, Unknown, Unknown, No],
        Some(Problem::Unreachable),
    )
    .await;
}

#[tokio::test]
async fn the_test_of_a_connection_can_be_cancelled() {
    let server = Server::start(vec![good(Kind::OpenAi).delay(Duration::from_secs(60))]).await;
    let cancel = CancellationToken::new();
    cancel.cancel();
    let report = model(Kind::OpenAi, &server.url())
        .test_connection(&cancel)
        .await;
    assert_eq!(report, Err(ModelError::Cancelled));
}
