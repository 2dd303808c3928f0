//! An assistant's whole life in the real window with the real model: made from nothing, tried,
//! tested on its own examples, used, given away as a file, taken away and brought in again; and one
//! that comes out of a script of the sandbox of 2020.

#![expect(
    clippy::unwrap_used,
    reason = "a test, with its helpers outside the test functions"
)]

use std::path::Path;

use e2e::process;
use e2e::terminal::Terminal;
use e2e::window::{Window, drive, drive_on};
use serde_json::{Value, json};

/// What the assistant is taught: a country, where it lies, its capital.
const TAUGHT: [[&str; 3]; 5] = [
    ["Italy", "Europe", "Rome"],
    ["Japan", "Asia", "Tokyo"],
    ["Egypt", "Africa", "Cairo"],
    ["Spain", "Europe", "Madrid"],
    ["Peru", "South America", "Lima"],
];

/// As the sandbox's own examples were written.
const SCRIPT: &str = r#""""Idea taken from a tweet."""
import os
from api import GPT, Example, UIConfig
from api import demo_web_app

# Construct GPT object and show some examples
gpt = GPT(engine="davinci",
          temperature=0.5,
          max_tokens=100)

gpt.add_example(Example('Two plus two equals four', '2 + 2 = 4'))
gpt.add_example(
    Example('The integral from zero to infinity', '\\int_0^{\\infty}'))
gpt.add_example(Example(
    'The gradient of x squared plus two times x with respect to x',
    '\\nabla_x x^2 + 2x'))
gpt.add_example(Example('The log of two times x', '\\log{2x}'))
gpt.add_example(
    Example('x squared plus y squared plus equals z squared', 'x^2 + y^2 = z^2'))

# Define UI configuration
config = UIConfig(description="Text to equation",
                  button_text="Translate",
                  placeholder="x squared plus 2 times x")

demo_web_app(gpt, config)
"#;

/// A field of the form that is tried beside the editor; the work behind may have one of that name.
fn tried(field: &str) -> String {
    format!("[data-testid='try-pane'] [data-testid='field-{field}']")
}

/// Calls a command of the window's own in place of a dialog of the system's, which nobody can drive.
async fn invoke(window: &Window, command: &str, arguments: Value) -> Value {
    let script = "return window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1]);";
    window.script(script, vec![json!(command), arguments]).await
}

/// What the command line says of an assistant.
fn told(terminal: &Terminal, id: &str) -> Option<Value> {
    let all = terminal.json(&["assistants", "--json"]);
    let mut all = all.as_array().unwrap().iter();
    all.find(|one| one["id"] == id).cloned()
}

/// Its words, one more field, and what the model is told.
async fn describe(window: &Window) {
    window.fill("builder-title", "Capitals").await;
    let description = "Name a country and get its capital.";
    window.fill("builder-description", description).await;
    window.fill("builder-button", "Find it").await;
    let label = "[data-testid='builder-field'][data-field='text'] input";
    window.fill_at(label, "Country").await;
    window.press("add-field").await;
    let second = "[data-testid='builder-field']:not([data-field='text']) input";
    window.fill_at(second, "Part of the world").await;
    let system = "Answer with the name of the capital city alone.";
    window.fill("builder-system", system).await;
}

/// The first example typed into the grid, the others pasted as they come out of a spreadsheet.
async fn teach(window: &Window) {
    window.press("add-shot").await;
    for (column, text) in TAUGHT[0].iter().enumerate() {
        let cell = format!("[data-testid='shots'] [data-row='0'][data-column='{column}']");
        window.fill_at(&cell, text).await;
    }
    window.press("add-shot").await;
    let cell = "[data-testid='shots'] [data-row='1'][data-column='0']";
    window.element(cell).await;
    let block: Vec<String> = TAUGHT[1..].iter().map(|row| row.join("\t")).collect();
    let script = "const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', arguments[1]);
        document.querySelector(arguments[0]).dispatchEvent(
            new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));";
    window
        .script(script, vec![json!(cell), json!(block.join("\n"))])
        .await;
    window
        .element("[data-testid='shots'] [data-row='4'][data-column='2']")
        .await;
}

/// Every example is left out in turn; what is counted must be what the marks say.
async fn test_all(window: &Window) {
    window.press("test-shots").await;
    let marks = process::until_async("every example is tested", || async {
        let marks = window.attributes("shot-verdict", "data-passed").await;
        (marks.len() == TAUGHT.len()).then_some(marks)
    })
    .await;
    let passed = marks.iter().filter(|passed| *passed == "true").count();
    assert!(passed > 0, "not one example was predicted");
    let rate = format!("{passed} of {} right", TAUGHT.len());
    window.says("pass-rate", &rate).await;
    // It can be tested again, so it is over.
    window.part("test-shots").await;
}

/// Runs an assistant from its card and gives what it answered.
async fn use_it(window: &Window, id: &str, text: &str) -> String {
    window.press("show-gallery").await;
    window.press(&format!("card-{id}")).await;
    window.fill("field-text", text).await;
    window.press("run-button").await;
    let status = window.attribute("result", "data-status").await;
    assert_eq!(status, "done", "{:?}", window.words("result").await);
    // What shows an answer is read when the first of its kind comes.
    window.part("text").await.text().await.unwrap()
}

/// Opens one of the person's own in the editor.
async fn edit(window: &Window, id: &str) {
    window.press("show-gallery").await;
    let card = format!(".card:has([data-testid='card-{id}']) [data-testid='edit-assistant']");
    window.element(&card).await.click().await.unwrap();
    window.part("builder").await;
}

/// Saves it as a file, and takes it away.
async fn give_away(window: &Window, id: &str, path: &Path) {
    edit(window, id).await;
    window.press("builder-menu").await;
    window.part("export-assistant").await;
    let arguments = json!({ "id": id, "path": path.to_string_lossy() });
    invoke(window, "export_assistant", arguments).await;
    window.press("remove-assistant").await;
    window.press("confirm-remove").await;
    window.part("gallery-view").await;
    process::until_async("its card is gone", || async {
        let cards = window.attributes(&format!("card-{id}"), "class").await;
        cards.is_empty().then_some(())
    })
    .await;
    assert_eq!(told(window.terminal(), id), None);
}

/// Lets a file go over the window: what the system tells the window then is said in its place.
async fn drop_in(window: &Window, path: &Path) {
    window.part("gallery-view").await;
    let payload = json!({ "paths": [path.to_string_lossy()], "position": { "x": 400, "y": 300 } });
    let tell = async |event: &str| {
        let arguments = json!({ "event": event, "payload": payload });
        invoke(window, "plugin:event|emit", arguments).await;
    };
    // The gallery may have just been drawn and not listen yet.
    process::until_async("the gallery offers to take it", || async {
        tell("tauri://drag-enter").await;
        window.words("drop-here").await
    })
    .await;
    window.photograph("gallery-drop").await;
    tell("tauri://drag-drop").await;
}

#[test]
fn an_assistant_is_made_tried_tested_shared_and_brought_back() {
    drive("gallery", |window| async move {
        window.press("show-gallery").await;
        window.part("gallery-view").await;
        window.photograph("gallery").await;
        window.press("new-assistant").await;
        describe(&window).await;
        teach(&window).await;

        window.fill_at(&tried("text"), "Germany").await;
        window.press("try-button").await;
        window.says("try-result", "Berlin").await;
        test_all(&window).await;
        window.photograph("gallery-builder").await;
        window.press("save-assistant").await;
        window.part("toast").await;
        window.press("close-builder").await;
        window.part("card-capitals").await;
        window.photograph("gallery-own").await;

        let answer = use_it(&window, "capitals", "France").await;
        assert!(answer.contains("Paris"), "{answer}");
        window.photograph("gallery-used").await;
        let list = window.terminal().json(&["history", "list", "--json"]);
        assert_eq!(list[0]["assistant"], "capitals", "{list}");

        let before = told(window.terminal(), "capitals").unwrap();
        assert_eq!(before["inputs"].as_array().map(Vec::len), Some(2));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("capitals.toml");
        give_away(&window, "capitals", &path).await;
        let file = std::fs::read_to_string(&path).unwrap();
        assert!(file.contains("Madrid"), "{file}");

        drop_in(&window, &path).await;
        window.part("builder").await;
        window.press("close-builder").await;
        window.part("card-capitals").await;
        assert_eq!(told(window.terminal(), "capitals"), Some(before));
        let again = folder.path().join("again.toml");
        let again = again.to_string_lossy();
        let export = ["assistants", "export", "capitals", "--to", &again];
        assert_eq!(window.terminal().run(&export).status.code(), Some(0));
        assert_eq!(std::fs::read_to_string(&*again).unwrap(), file);
    });
}

#[test]
fn the_classic_script_stands_in_the_gallery_after_one_paste() {
    drive("gallery-script", |window| async move {
        window.press("show-gallery").await;
        window.press("import-assistant").await;
        // What is neither a file nor a script is refused, and the dialog stays with its reason.
        window.paste("import-text", "print('hello')").await;
        window.press("import-button").await;
        let code = window.attribute("error-state", "data-code").await;
        assert_eq!(code, "preset-invalid");
        window.photograph("gallery-refused").await;
        window.paste("import-text", SCRIPT).await;
        window.press("import-button").await;
        window.part("builder").await;
        let rows = window.attributes("shot-verdict", "data-passed").await;
        assert!(rows.is_empty(), "nothing was tested yet");
        window
            .element("[data-testid='shots'] [data-row='4'][data-column='1']")
            .await;
        window.photograph("gallery-script").await;

        let _ = use_it(&window, "text-to-equation", "The log of three times x").await;
        let button = window.part("run-button").await.text().await.unwrap();
        assert!(button.contains("Translate"), "{button}");
        let hint = window.attribute("field-text", "placeholder").await;
        assert_eq!(hint, "x squared plus 2 times x");
        let own = told(window.terminal(), "text-to-equation").unwrap();
        assert_eq!(own["description"], "Text to equation");
        window.photograph("gallery-script-used").await;
    });
}

#[test]
fn what_others_made_takes_the_place_of_nothing() {
    let terminal = Terminal::new();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shell.toml");
    let copied = terminal.run(&["assistants", "duplicate", "translate"]);
    assert_eq!(copied.status.code(), Some(0), "{copied:?}");
    let target = path.to_string_lossy().into_owned();
    let export = ["assistants", "export", "translate-2", "--to", &target];
    assert_eq!(terminal.run(&export).status.code(), Some(0));
    // The same under the name of one that comes with Deskhand.
    let file = std::fs::read_to_string(&path).unwrap();
    let named = file.replacen("\"translate-2\"", "\"shell\"", 1);
    assert_ne!(named, file);
    std::fs::write(&path, named).unwrap();
    drive_on(terminal, "gallery-taken", |window| async move {
        window.press("show-gallery").await;
        drop_in(&window, &path).await;
        let code = window.attribute("error-state", "data-code").await;
        assert_eq!(code, "preset-taken");
        window.photograph("gallery-taken").await;
        let shell = told(window.terminal(), "shell").unwrap();
        assert_eq!(shell["artifact"], "command");
        drop(folder);
    });
}
