//! The whole way of a person with a spreadsheet, in the real window with the real model: open a
//! workbook, ask, ask on, look at the chart, take the answer away. In English and in Chinese.

#![expect(
    clippy::unwrap_used,
    reason = "a test, with its helpers outside the test functions"
)]

use std::path::{Path, PathBuf};

use e2e::terminal::{Terminal, input, sql};
use e2e::window::{Window, drive_on};
use e2e::{database, place};
use serde_json::{Value, json};

/// What stands in the workbook: what was bought, by whom, where and when.
const BOUGHT: &str = "SELECT c.country, p.name AS product, o.order_date AS day, l.quantity
    FROM order_lines l JOIN orders o ON o.id = l.order_id JOIN customers c ON c.id = o.customer_id
    JOIN products p ON p.id = l.product_id";

/// A workbook, made by taking an answer away.
fn workbook(terminal: &Terminal, folder: &Path) -> PathBuf {
    let path = folder.join("bought.xlsx");
    let database = input("database", place::shop());
    let _ = terminal.json(&sql(&[&database, &input("sql", BOUGHT)]));
    let target = path.to_string_lossy().into_owned();
    let export = terminal.run(&["export", "last", "--as", "xlsx", "--to", &target]);
    assert_eq!(export.status.code(), Some(0), "{export:?}");
    path
}

/// The rows that the statement on the screen gives on what became of the workbook.
async fn right(window: &Window) -> Vec<Vec<Value>> {
    let folder = window.terminal().data().join("cache/sheets");
    let mut files = std::fs::read_dir(folder).unwrap();
    let loaded = files.find_map(|file| {
        let path = file.unwrap().path();
        (path.extension()? == "sqlite").then_some(path)
    });
    database::rows(&loaded.unwrap(), &window.statement().await)
}

/// Waits for another answer than `before` and holds it against the workbook; gives its run.
async fn answer(window: &Window, before: Option<&str>) -> String {
    let others = before.map_or_else(String::new, |run| format!(":not([data-run='{run}'])"));
    window
        .element(&format!("[data-testid='result']{others}"))
        .await;
    assert_eq!(window.attribute("result", "data-status").await, "done");
    let shown = window.table().await;
    assert!(!shown.is_empty());
    assert!(database::are_equal(&shown, &right(window).await));
    window.attribute("result", "data-run").await
}

/// Takes the answer away. Where to is asked by a dialog of the system's, which nobody can drive: the
/// window's own command is called with what that would have said.
async fn take_away(window: &Window, run: &str, format: &str, path: &Path) {
    window.part("export-menu").await;
    let script = "const [run, format, path] = arguments;
        return window.__TAURI_INTERNALS__.invoke('export_run', { run, format, path, language: 'en' });";
    let path = json!(path.to_string_lossy());
    window
        .script(script, vec![json!(run), json!(format), path])
        .await;
}

async fn journey(window: Window, path: PathBuf, question: &str, follow: &str, name: &str) {
    window.fill("field-database", &path.to_string_lossy()).await;
    window.paste("field-question", question).await;
    window.press("run-button").await;
    let first = answer(&window, None).await;
    window.photograph(&format!("journey-{name}-asked")).await;

    window.fill("follow-up-question", follow).await;
    window.press("follow-up-button").await;
    let second = answer(&window, Some(&first)).await;
    window.photograph(&format!("journey-{name}-followed")).await;
    let record = window.terminal().json(&["history", "show", &second]);
    assert_eq!(record["inputs"]["follows"], first.as_str(), "{record}");

    // Back to the first answer, by the way that the second one offers.
    window.press("followed").await;
    window
        .element(&format!("[data-testid='result'][data-run='{first}']"))
        .await;
    assert_ne!(window.attribute("chart", "data-mark").await, "none");
    window
        .element("[data-testid='chart-mark'] input[value='none']")
        .await
        .click()
        .await
        .unwrap();
    window
        .element("[data-testid='chart'][data-mark='none']")
        .await;

    let rows = right(&window).await.len();
    let target = path.with_file_name("answer.csv");
    take_away(&window, &first, "csv", &target).await;
    let text = std::fs::read_to_string(&target).unwrap();
    assert_eq!(text.trim_end().lines().count(), rows + 1, "{text}");
}

#[test]
fn from_a_workbook_to_an_answer_taken_away() {
    let terminal = Terminal::new();
    let folder = tempfile::tempdir().unwrap();
    let path = workbook(&terminal, folder.path());
    drive_on(terminal, "journey", |window| async move {
        let question = "What is the total quantity for each country?";
        journey(window, path, question, "Only in 2025.", "en").await;
        drop(folder);
    });
}

#[test]
fn the_same_in_chinese() {
    let terminal = Terminal::new();
    let folder = tempfile::tempdir().unwrap();
    let path = workbook(&terminal, folder.path());
    drive_on(terminal, "journey-zh", |window| async move {
        window.press("settings-menu").await;
        window.press("language-zh-Hans").await;
        let question = "每个国家的总数量（quantity）是多少？";
        journey(window, path, question, "只要 2025 年的", "zh").await;
        drop(folder);
    });
}
