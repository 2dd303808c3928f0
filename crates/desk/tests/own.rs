//! A person's own assistants through the desk: kept, versioned, brought in, taken away. No model.

#![expect(
    clippy::unwrap_used,
    reason = "all of this is tests, its functions included"
)]

use std::path::Path;

use assistant::Code;
use desk::{Desk, DeskOptions, PresetFile};

async fn desk(folder: &Path) -> Desk {
    Desk::open(DeskOptions {
        data_dir: Some(folder.to_owned()),
        ..DeskOptions::default()
    })
    .await
    .unwrap()
}

const SCRIPT: &str = "
gpt = GPT(engine='davinci', temperature=0.2, max_tokens=60)
gpt.add_example(Example('cat', 'Katze'))
gpt.add_example(Example('dog', 'Hund'))
config = UIConfig(description='English to German', button_text='Translate', placeholder='house')
";

#[tokio::test]
async fn a_script_becomes_an_assistant_that_is_kept_and_versioned() {
    let folder = tempfile::tempdir().unwrap();
    let first = desk(folder.path()).await;
    let file = first.import_assistant(SCRIPT).unwrap();
    assert_eq!(file.id, "english-to-german");
    assert!(first.assistants().any(|one| one.id == file.id));
    assert_eq!(
        first.assistant(&file.id).unwrap().description().button.en,
        "Translate"
    );

    // The same once more stands beside it, because a script has no id of its own.
    assert_eq!(
        first.import_assistant(SCRIPT).unwrap().id,
        "english-to-german-2"
    );

    let mut changed = file.clone();
    changed.button.en = "Go".to_owned();
    assert_eq!(first.save_assistant(&changed).unwrap().version, 2);
    assert_eq!(first.save_assistant(&changed).unwrap().version, 2);
    assert_eq!(first.assistant_versions(&file.id).unwrap().len(), 2);
    assert_eq!(first.assistant_file(&file.id, Some(1)).unwrap(), file);

    // Another program sees the same.
    let second = desk(folder.path()).await;
    assert_eq!(second.assistant_file(&file.id, None).unwrap(), changed);
    second.delete_assistant(&file.id).unwrap();
    assert_eq!(
        first.assistant(&file.id).err().unwrap().code,
        Code::AssistantUnknown
    );
    assert_eq!(
        first.delete_assistant(&file.id).unwrap_err().code,
        Code::AssistantUnknown
    );
}

#[tokio::test]
async fn what_comes_with_deskhand_is_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path()).await;
    let built_in = desk.assistant_file("chat", None).unwrap();
    assert_eq!(
        desk.save_assistant(&built_in).unwrap_err().code,
        Code::PresetTaken
    );
    assert_eq!(
        desk.import_assistant(&built_in.write().unwrap())
            .unwrap_err()
            .code,
        Code::PresetTaken
    );
    assert_eq!(
        desk.delete_assistant("chat").unwrap_err().code,
        Code::PresetTaken
    );
    assert_eq!(
        desk.assistant_file("sql", None).unwrap_err().code,
        Code::PresetTaken
    );
    let copy = desk.duplicate_assistant("chat").unwrap();
    assert_eq!(copy.id, "chat-2");
    assert_eq!(desk.duplicate_assistant("chat").unwrap().id, "chat-3");
}

#[tokio::test]
async fn a_file_goes_out_and_comes_back_and_a_wrong_one_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path()).await;
    let file = desk.import_assistant(SCRIPT).unwrap();
    let path = folder.path().join("given-away.toml");
    desk.export_assistant(&file.id, &path).unwrap();
    desk.delete_assistant(&file.id).unwrap();
    assert_eq!(desk.import_assistant_file(&path).unwrap(), file);

    let text = std::fs::read_to_string(&path).unwrap();
    let refused = |text: &str| desk.import_assistant(text).unwrap_err();
    let broken = refused(&text.replace("kind = \"long-text\"", "kind = \"longest\""));
    assert_eq!(broken.code, Code::PresetInvalid);
    assert!(broken.details.contains_key("line"), "{broken:?}");
    assert_eq!(
        refused(&text.replace("version = 1", "version = 99")).code,
        Code::PresetInvalid
    );
    assert_eq!(refused(&"#".repeat(300_000)).code, Code::PresetInvalid);
    let missing = desk
        .import_assistant_file(&folder.path().join("none.toml"))
        .unwrap_err();
    assert_eq!(missing.code, Code::FileNotFound);
    assert_eq!(desk.own_assistants().unwrap().len(), 1);
}

#[tokio::test]
async fn one_that_cannot_be_read_any_more_is_told_of_and_harms_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path()).await;
    let file: PresetFile = desk.import_assistant(SCRIPT).unwrap();
    let store = rusqlite::Connection::open(folder.path().join("assistants.sqlite")).unwrap();
    let add = "INSERT INTO version VALUES ('odd', 1, '2026-01-01T00:00:00Z', 'version = 9')";
    store.execute(add, []).unwrap();
    let all = desk.own_assistants().unwrap();
    assert_eq!(all.len(), 2);
    assert!(
        all.iter()
            .any(|one| one.id == "odd" && one.problem.is_some())
    );
    assert!(desk.assistants().any(|one| one.id == file.id));
    assert_eq!(
        desk.assistant("odd").err().unwrap().code,
        Code::PresetInvalid
    );
}
