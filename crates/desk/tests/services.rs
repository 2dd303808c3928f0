//! Models of services and files of the person's own, through the desk, with a service of a few
//! lines on the loopback interface.

#![expect(
    clippy::unwrap_used,
    reason = "all of this is tests, its functions included"
)]

mod server;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use assistant::{Artifact, Code, Inputs, RunReport, Status};
use desk::{Desk, DeskOptions, RunRequest, ServiceEdit, read_key};
use model::ModelId;
use model::remote::{Kind, MicroDollars};
use server::Server;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

const KEY: &str = "sk-never-in-a-file-1234";
const STATEMENT: &str = "SELECT count(*) AS customers FROM customers";

async fn desk(place: &TempDir) -> Desk {
    let options = DeskOptions {
        data_dir: Some(place.path().to_owned()),
        model: None,
        ..DeskOptions::default()
    };
    Desk::open(options).await.unwrap()
}

fn edit(name: &str, url: &str) -> ServiceEdit {
    ServiceEdit {
        name: name.to_owned(),
        kind: Kind::OpenAi,
        base_url: Some(url.to_owned()),
        headers: None,
        price: None,
    }
}

/// A desk with the service `toy`, which has a key.
async fn with_toy(place: &TempDir, server: &Server) -> Desk {
    let desk = desk(place).await;
    // What was set by hand stays; here, that no proxy of this machine is used.
    let by_hand = "[[service]]\nname = \"toy\"\nkind = \"ollama\"\nproxy = \"none\"\n";
    std::fs::write(place.path().join("services.toml"), by_hand).unwrap();
    let key = read_key(KEY).unwrap();
    let kept = desk
        .services()
        .save(edit("toy", &server.url()), key)
        .await
        .unwrap();
    // The keychain of whoever runs the tests is left alone.
    assert_eq!(
        serde_json::to_value(kept.unwrap().place).unwrap(),
        "session"
    );
    desk
}

async fn run(desk: &Desk, model: Option<&str>) -> Result<RunReport, assistant::Fault> {
    let inputs = [("database", "shop"), ("question", "How many customers?")];
    let inputs = inputs.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let request = RunRequest {
        id: None,
        assistant: "sql".to_owned(),
        inputs: Inputs(inputs.into()),
        model: model.map(ModelId::from),
        seed: None,
        exact: false,
    };
    desk.run(request, Arc::new(|_| {}), CancellationToken::new())
        .await
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

fn has(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

#[tokio::test]
async fn a_model_elsewhere_answers_and_its_key_is_in_no_file() {
    let (place, server) = (tempfile::tempdir().unwrap(), Server::start(STATEMENT).await);
    let desk = with_toy(&place, &server).await;
    let report = run(&desk, Some("toy:small")).await.unwrap();
    assert_eq!(report.status, Status::Done, "{report:?}");
    assert_eq!(report.model, Some(ModelId::from("toy:small")));
    let Some(Artifact::Query(result)) = &report.artifact else {
        panic!("{report:?}");
    };
    assert_eq!((result.rows.len(), result.draft), (1, false));
    assert!(report.tokens.output > 0, "{report:?}");
    let record = desk.history().show(&report.run).await.unwrap();
    let sent: Vec<&str> = record
        .steps
        .iter()
        .filter_map(|step| step.sent.as_deref())
        .collect();
    assert!(
        sent.len() == 1 && sent[0].contains("How many customers?"),
        "what a service was told is kept: {sent:?}"
    );
    assert!(server.heads().iter().all(|head| head.contains(KEY)));

    let listed = desk.services().list().await.unwrap();
    let listed = serde_json::to_value(&listed).unwrap();
    assert_eq!(
        listed,
        serde_json::json!([{
            "name": "toy", "kind": "openai", "baseUrl": server.url(), "keyPlace": "session",
            "price": null
        }])
    );
    desk.close().await;
    let kept = files(place.path());
    assert!(kept.iter().any(|path| path.ends_with("services.toml")));
    for path in kept {
        let bytes = std::fs::read(&path).unwrap();
        assert!(!has(&bytes, KEY), "{}", path.display());
    }
}

#[tokio::test]
async fn a_service_is_tried_and_forgotten() {
    let (place, server) = (tempfile::tempdir().unwrap(), Server::start("1, 2, 3").await);
    let desk = with_toy(&place, &server).await;
    let cancel = CancellationToken::new();
    let report = desk.services().test("toy", "small", &cancel).await.unwrap();
    assert!(
        report.ok && report.findings.iter().all(|one| one.passed),
        "{report:?}"
    );
    assert_eq!(report.models, ["small"]);

    let id = ModelId::from("toy:small");
    desk.choose_model(Some(&id), Some("sql")).unwrap();
    desk.services().remove("toy").await.unwrap();
    assert!(desk.services().list().await.unwrap().is_empty());
    // Without its service a choice would only break every run.
    assert!(desk.models().choices().unwrap().by_assistant.is_empty());
    let again = desk.services().remove("toy").await.unwrap_err();
    assert_eq!(again.code, Code::ServiceMisconfigured);

    let nobody = edit("away", "http://127.0.0.1:9/v1");
    desk.services().save(nobody, None).await.unwrap();
    let report = desk.services().test("away", "x", &cancel).await.unwrap();
    assert!(!report.ok && !report.sentence.is_empty(), "{report:?}");
    cancel.cancel();
    let stopped = desk.services().test("away", "x", &cancel).await;
    assert_eq!(stopped.unwrap_err().code, Code::Cancelled);
}

#[tokio::test]
async fn what_cannot_be_understood_is_named_and_left_alone() {
    let place = tempfile::tempdir().unwrap();
    let desk = desk(&place).await;
    let unknown = run(&desk, Some("nobody:x")).await.unwrap_err();
    assert_eq!(unknown.code, Code::ModelUnknown);

    let path = place.path().join("services.toml");
    std::fs::write(&path, "[[service]]\nname = 7\n").unwrap();
    let listed = desk.services().list().await.unwrap_err();
    let saved = desk.services().save(edit("a", "http://127.0.0.1:9"), None);
    for fault in [listed, saved.await.unwrap_err()] {
        assert_eq!(fault.code, Code::FileUnreadable);
        assert!(fault.sentence.contains("services.toml"), "{fault}");
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    assert_eq!(kept, "[[service]]\nname = 7\n");
}

#[tokio::test]
async fn a_file_of_ones_own_is_taken_in_and_given_up() {
    let place = tempfile::tempdir().unwrap();
    let desk = desk(&place).await;
    let (models, cancel) = (desk.models(), CancellationToken::new());
    let import = async |path: &Path| models.import(path, &|_| {}, &cancel).await;

    let text = place.path().join("letter.gguf");
    std::fs::write(&text, "Dear Sir or Madam").unwrap();
    let refused = import(&text).await.unwrap_err();
    assert_eq!(refused.code, Code::ModelCorrupt);
    assert!(refused.sentence.contains("not a GGUF file"), "{refused}");
    let missing = import(&place.path().join("no.gguf")).await.unwrap_err();
    assert_eq!(missing.code, Code::FileNotFound);

    let path = place.path().join("My Model (Q4).gguf");
    std::fs::write(&path, small_model()).unwrap();
    let seen = Mutex::new(0.0);
    let tell = |now: desk::PullProgress| *seen.lock().unwrap() = now.done;
    let info = models.import(&path, &tell, &cancel).await.unwrap();
    assert_eq!(info.id, ModelId::from("my-model-q4"));
    assert_eq!(info.title, "My Model (Q4)");
    assert!(info.imported && info.present && info.byte_count() > 0);
    assert_eq!(seen.into_inner().unwrap(), info.bytes);
    let again = import(&path).await.unwrap_err();
    assert_eq!(again.code, Code::InputInvalid);

    assert!(models.list().unwrap().contains(&info));
    assert_eq!(models.get(Some(&info.id)).unwrap().id(), &info.id);
    models.verify(&info.id, &|_| {}).await.unwrap();
    desk.choose_model(Some(&info.id), None).unwrap();
    assert_eq!(models.choices().unwrap().default, info.id);
    let nowhere = models.pull(&ModelId::from("other"), &|_| {}, &cancel).await;
    assert_eq!(nowhere.unwrap_err().code, Code::ModelUnknown);

    models.remove(&info.id, &cancel).await.unwrap();
    assert!(models.list().unwrap().iter().all(|one| !one.imported));
    assert_ne!(models.choices().unwrap().default, info.id);
    let left = files(&place.path().join("models"));
    assert!(
        left.iter()
            .all(|path| path.extension().is_none_or(|ending| ending != "gguf"))
    );
}

/// The header of a model of one tensor, and the tensor.
fn small_model() -> Vec<u8> {
    let string = |text: &str| [&(text.len() as u64).to_le_bytes(), text.as_bytes()].concat();
    let mut file = b"GGUF\x03\0\0\0".to_vec();
    file.extend([1_u64.to_le_bytes(), 1_u64.to_le_bytes()].concat());
    file.extend(string("general.architecture"));
    file.extend(8_u32.to_le_bytes());
    file.extend(string("toy"));
    file.extend(string("weights"));
    file.extend([1_u32.to_le_bytes().to_vec(), 8_u64.to_le_bytes().to_vec()].concat());
    file.extend([0_u32.to_le_bytes().to_vec(), 0_u64.to_le_bytes().to_vec()].concat());
    file.resize(file.len().next_multiple_of(32) + 32, 1);
    file
}

#[tokio::test]
async fn every_assistant_has_the_model_that_was_chosen_for_it() {
    let (place, server) = (tempfile::tempdir().unwrap(), Server::start(STATEMENT).await);
    let toy = with_toy(&place, &server).await;
    let (own, common) = (ModelId::from("toy:own"), ModelId::from("toy:common"));
    let model_of = async |desk: &Desk, model| run(desk, model).await.unwrap().model.unwrap();

    toy.choose_model(Some(&common), None).unwrap();
    assert_eq!(model_of(&toy, None).await, common);
    toy.choose_model(Some(&own), Some("sql")).unwrap();
    assert_eq!(model_of(&toy, None).await, own);
    assert_eq!(model_of(&toy, Some("toy:asked")).await.0, "toy:asked");
    let info = toy.models().info(None).unwrap();
    assert!(info.id == common && info.is_default && info.present);

    let unknown = toy.choose_model(Some(&ModelId::from("no")), None);
    assert_eq!(unknown.unwrap_err().code, Code::ModelUnknown);
    let unknown = toy.choose_model(Some(&own), Some("nobody"));
    assert_eq!(unknown.unwrap_err().code, Code::AssistantUnknown);
    toy.choose_model(None, Some("sql")).unwrap();
    assert_eq!(model_of(&toy, None).await, common);
    toy.choose_model(Some(&own), Some("sql")).unwrap();
    toy.close().await;

    let told = Desk::open(DeskOptions {
        data_dir: Some(place.path().to_owned()),
        model: Some(ModelId::from("toy:told")),
        ..DeskOptions::default()
    });
    assert_eq!(model_of(&told.await.unwrap(), None).await.0, "toy:told");

    std::fs::write(place.path().join("settings.toml"), "[models]\nsql = 7\n").unwrap();
    let fault = run(&toy, None).await.unwrap_err();
    assert!(fault.sentence.contains("settings.toml"), "{fault}");
}

#[tokio::test]
async fn a_password_in_the_address_of_a_server_is_kept_out_of_history() {
    let place = tempfile::tempdir().unwrap();
    let desk = Desk::open(DeskOptions {
        data_dir: Some(place.path().to_owned()),
        ..DeskOptions::default()
    })
    .await
    .unwrap();
    // Nobody listens on this port.
    let inputs = assistant::Inputs::from([
        ("database", "postgres://me:s3cret-word@127.0.0.1:9/books"),
        ("sql", "SELECT 1"),
    ]);
    let request = desk::RunRequest {
        id: None,
        assistant: "sql".into(),
        inputs,
        model: None,
        seed: None,
        exact: false,
    };
    let watch = std::sync::Arc::new(|_| {});
    let report = desk
        .run(request, watch, CancellationToken::new())
        .await
        .unwrap();
    let code = report.error.as_ref().map(|fault| fault.code);
    assert_eq!(code, Some(assistant::Code::ServerUnreachable), "{report:?}");
    let record = desk.history().show(&report.run).await.unwrap();
    assert_eq!(
        record.inputs.get("database"),
        Some("postgres://me@127.0.0.1:9/books")
    );
    desk.close().await;
    for entry in std::fs::read_dir(place.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            assert!(
                !bytes.windows(11).any(|part| part == b"s3cret-word"),
                "{}",
                path.display()
            );
        }
    }
}

#[tokio::test]
async fn nothing_elsewhere_is_asked_where_the_network_is_forbidden() {
    let (place, server) = (tempfile::tempdir().unwrap(), Server::start(STATEMENT).await);
    let desk = with_toy(&place, &server).await;
    // A name that leads nowhere: were it asked, it could not be reached.
    let far = edit("far", "https://models.example.invalid/v1");
    desk.services()
        .save(far, read_key(KEY).unwrap())
        .await
        .unwrap();
    desk.set_offline(true).unwrap();
    assert!(desk.is_offline().unwrap());

    let report = run(&desk, Some("far:big")).await.unwrap();
    let fault = report.error.unwrap();
    assert_eq!(fault.code, Code::NetworkForbidden, "{fault:?}");
    let cancel = CancellationToken::new();
    let tested = desk.services().test("far", "big", &cancel).await;
    assert_eq!(tested.unwrap_err().code, Code::NetworkForbidden);
    let pulled = desk
        .models()
        .pull(&ModelId::from("qwen2.5-coder-0.5b"), &|_| {}, &cancel)
        .await;
    assert_eq!(pulled.unwrap_err().code, Code::NetworkForbidden);
    let inputs = [
        ("database", "postgres://reader@db.example.invalid/shop"),
        ("question", "How many?"),
    ];
    let asked = ask(&desk, "sql", &inputs).await;
    assert_eq!(asked.error.unwrap().code, Code::NetworkForbidden);
    let inputs = [
        ("brief", "A page for a bakery"),
        ("reference", "example.invalid"),
    ];
    let asked = ask(&desk, "page", &inputs).await;
    assert_eq!(asked.error.unwrap().code, Code::NetworkForbidden);

    // This machine itself is no network.
    let report = run(&desk, Some("toy:small")).await.unwrap();
    assert_eq!(report.status, Status::Done, "{report:?}");
    desk.set_offline(false).unwrap();
    assert!(!desk.is_offline().unwrap());
}

#[tokio::test]
async fn a_paid_service_is_asked_until_the_month_is_paid_for() {
    let (place, server) = (tempfile::tempdir().unwrap(), Server::start(STATEMENT).await);
    let desk = with_toy(&place, &server).await;
    assert_eq!(desk.spending().unwrap().limit, None);
    // Nobody knows what it costs: nothing is counted, and nothing refused.
    desk.set_spending_limit(Some("0")).unwrap();
    let report = run(&desk, Some("toy:small")).await.unwrap();
    assert_eq!(report.status, Status::Done, "{report:?}");
    assert_eq!(desk.spending().unwrap().spent, "0.00");

    let priced = ServiceEdit {
        price: Some(desk::PriceInfo {
            input: "1".to_owned(),
            output: "10".to_owned(),
            cached: String::new(),
        }),
        ..edit("toy", &server.url())
    };
    desk.services().save(priced, None).await.unwrap();
    let asked = server.heads().len();
    let refused = run(&desk, Some("toy:small")).await.unwrap();
    let fault = refused.error.unwrap();
    assert_eq!(fault.code, Code::SpendingLimitReached, "{fault:?}");
    assert_eq!(fault.details["service"], "toy");
    let cancel = CancellationToken::new();
    let tried = desk.services().test("toy", "small", &cancel).await;
    assert_eq!(tried.unwrap_err().code, Code::SpendingLimitReached);
    assert_eq!(server.heads().len(), asked, "nothing went out");

    // 9 tokens in and 4 out, at a millionth and at ten millionths of a dollar.
    desk.set_spending_limit(Some("0.0005")).unwrap();
    let report = run(&desk, Some("toy:small")).await.unwrap();
    assert_eq!(report.status, Status::Done, "{report:?}");
    let used = u64::try_from(server.heads().len() - asked).unwrap();
    let spent = desk.spending().unwrap().spent;
    assert_eq!(spent, MicroDollars(49 * used).to_string());
    let lines = desk.usage(history::SpentBy::Month, 10).await.unwrap();
    assert_eq!(lines.len(), 1, "{lines:?}");

    // What is forgotten has been paid all the same.
    desk.history().delete(&report.run).await.unwrap();
    assert_eq!(desk.spending().unwrap().spent, spent);
    for _ in 0..11 {
        run(&desk, Some("toy:small")).await.unwrap();
    }
    let fault = run(&desk, Some("toy:small")).await.unwrap().error.unwrap();
    assert_eq!(fault.code, Code::SpendingLimitReached);
    desk.close().await;

    // Another program on the same folder obeys it too.
    let again = self::desk(&place).await;
    let fault = run(&again, Some("toy:small")).await.unwrap().error.unwrap();
    assert_eq!(fault.code, Code::SpendingLimitReached);
    again.set_spending_limit(None).unwrap();
    assert_eq!(again.spending().unwrap().limit, None);
}

async fn ask(desk: &Desk, assistant: &str, inputs: &[(&str, &str)]) -> RunReport {
    let inputs = inputs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let request = RunRequest {
        id: None,
        assistant: assistant.to_owned(),
        inputs: Inputs(inputs.collect()),
        model: Some(ModelId::from("toy:small")),
        seed: None,
        exact: false,
    };
    desk.run(request, Arc::new(|_| {}), CancellationToken::new())
        .await
        .unwrap()
}
