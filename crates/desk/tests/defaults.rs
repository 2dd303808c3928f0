//! What a person wants to stand in the fields of an assistant, through the desk.

#![expect(
    clippy::unwrap_used,
    reason = "all of this is tests, its functions included"
)]

use std::sync::Arc;

use assistant::{Code, Inputs};
use desk::{Desk, DeskOptions, RunRequest};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

async fn desk(place: &TempDir) -> Desk {
    Desk::open(DeskOptions {
        data_dir: Some(place.path().to_owned()),
        ..DeskOptions::default()
    })
    .await
    .unwrap()
}

/// What is kept of a run's inputs, whatever became of it.
async fn kept(desk: &Desk, inputs: &[(&str, &str)], exact: bool) -> Inputs {
    let inputs = inputs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let request = RunRequest {
        id: None,
        assistant: "sql".to_owned(),
        inputs: Inputs(inputs.collect()),
        model: None,
        seed: None,
        exact,
    };
    let report = desk
        .run(request, Arc::new(|_| {}), CancellationToken::new())
        .await
        .unwrap();
    desk.history().show(&report.run).await.unwrap().inputs
}

fn standing(desk: &Desk, assistant: &str, field: &str) -> String {
    let described = desk.assistants().find(|one| one.id == assistant).unwrap();
    described.field(field).unwrap().default.clone()
}

#[tokio::test]
async fn a_default_stands_in_the_form_and_in_runs_that_name_no_other() {
    let place = tempfile::tempdir().unwrap();
    let desk = desk(&place).await;
    let usual = standing(&desk, "sql", "database");
    desk.set_assistant_default("sql", "database", Some(" shop "))
        .unwrap();
    assert_eq!(standing(&desk, "sql", "database"), "shop");

    let given = [("sql", "SELECT 1")];
    let inputs = kept(&desk, &given, false).await;
    assert_eq!(inputs.get("database"), Some("shop"));
    let named = [("sql", "SELECT 1"), ("database", "no-such-file.sqlite")];
    let inputs = kept(&desk, &named, false).await;
    assert_eq!(inputs.get("database"), Some("no-such-file.sqlite"));
    let blank = [("sql", "SELECT 1"), ("database", "")];
    assert_eq!(kept(&desk, &blank, false).await.get("database"), None);
    assert_eq!(kept(&desk, &given, true).await.get("database"), None);

    desk.set_assistant_default("sql", "database", None).unwrap();
    assert_eq!(standing(&desk, "sql", "database"), usual);
    assert!(desk.assistant_defaults().unwrap().is_empty());
}

#[tokio::test]
async fn what_cannot_stand_in_a_field_is_refused() {
    let place = tempfile::tempdir().unwrap();
    let desk = desk(&place).await;
    let set = |assistant: &str, field: &str, value: &str| {
        let set = desk.set_assistant_default(assistant, field, Some(value));
        set.map_err(|fault| fault.code)
    };
    assert_eq!(set("nobody", "x", "y"), Err(Code::AssistantUnknown));
    assert_eq!(set("sql", "nothing", "y"), Err(Code::InputUnknown));
    // Asked anew every time, or filled in by another part of the window.
    assert_eq!(set("sql", "question", "How many?"), Err(Code::InputUnknown));
    assert_eq!(set("sql", "sql", "SELECT 1"), Err(Code::InputUnknown));
    assert_eq!(set("shell", "shell", "tcsh"), Err(Code::InputInvalid));
    assert_eq!(set("shell", "shell", "powershell"), Ok(()));
    let text = std::fs::read_to_string(place.path().join("settings.toml")).unwrap();
    assert!(text.contains("powershell"), "{text}");

    // A password is not kept in clear text.
    let address = "postgres://me:s3cret-word@127.0.0.1:9/books";
    assert_eq!(set("sql", "database", address), Ok(()));
    let text = std::fs::read_to_string(place.path().join("settings.toml")).unwrap();
    assert!(
        text.contains("me@127.0.0.1") && !text.contains("s3cret"),
        "{text}"
    );

    // What the assistant has anyway is no choice of one's own.
    assert_eq!(set("shell", "shell", "bash"), Ok(()));
    assert!(!desk.assistant_defaults().unwrap().contains_key("shell"));
}
