//! The real window with the real model: asked, stopped, misused, and its history opened again.

#![expect(
    clippy::unwrap_used,
    reason = "the service below has helpers outside the test functions"
)]

use std::time::Duration;

use e2e::process::{self, PATIENCE};
use e2e::terminal::{Terminal, input, sql};
use e2e::window::{Window, drive, drive_on, drive_told};
use e2e::{database, place};
use serde_json::Value;

// The service that speaks as OpenAI's does; the desk's own tests ask it too.
#[path = "../../../crates/desk/tests/server/mod.rs"]
mod server;

/// The sample, by its name: every desk has a copy.
const SHOP: &str = "shop";

const QUESTION: &str = "How many customers are there in each country?";

/// So long that the model reads for many seconds.
fn long_question() -> String {
    "How many customers are there, and what did each of them order in which year? ".repeat(45)
}

async fn ask(window: &Window, database: &str, question: &str) {
    window.fill("field-database", database).await;
    window.paste("field-question", question).await;
    window.press("run-button").await;
}

/// Waits for the result of a run and says how it ended.
async fn ending(window: &Window) -> String {
    window.attribute("result", "data-status").await
}

#[test]
fn a_question_gets_the_table_that_the_command_line_prints() {
    drive("answer", |window| async move {
        window.part("run-button").await;
        window.photograph("start").await;
        window.fill("field-database", SHOP).await;
        window.fill("field-question", QUESTION).await;
        window.press("run-button").await;
        assert_eq!(ending(&window).await, "done");
        window.photograph("answer").await;

        let shown = window.table().await;
        let statement = window.statement().await;
        assert!(database::are_equal(
            &shown,
            &database::rows(&place::shop(), &statement)
        ));
        let report = Terminal::new().ask(&place::shop(), QUESTION).json();
        let printed: Vec<Vec<Value>> =
            serde_json::from_value(report["artifact"]["rows"].clone()).unwrap();
        assert!(
            database::are_equal(&shown, &printed),
            "{shown:?} is not {printed:?}"
        );
        let checks = window.attributes("check-badge", "data-passed").await;
        assert!(
            !checks.is_empty() && checks.iter().all(|passed| passed == "true"),
            "{checks:?}"
        );

        let run = window.attribute("result", "data-run").await;
        window.press("new-run").await;
        window
            .element(&format!("[data-testid='history-item'][data-run='{run}']"))
            .await;
        window.press("history-item").await;
        assert_eq!(window.attribute("result", "data-run").await, run);
        assert!(database::are_equal(&window.table().await, &shown));
        window.photograph("history").await;
        let list = window.terminal().json(&["history", "list", "--json"]);
        assert_eq!(list[0]["run"], run.as_str());
    });
}

#[test]
fn runs_of_the_command_line_are_in_the_history_of_the_window() {
    let terminal = Terminal::new();
    let database = input("database", place::shop());
    let statement = "SELECT name, department FROM categories ORDER BY name";
    let report = terminal.json(&sql(&[&database, &input("sql", statement)]));
    drive_on(terminal, "earlier", |window| async move {
        window.press("history-item").await;
        assert_eq!(
            window.attribute("result", "data-run").await,
            report["run"].as_str().unwrap()
        );
        let right = database::rows(&place::shop(), statement);
        assert!(database::are_equal(&window.table().await, &right));
    });
}

#[test]
fn a_statement_can_be_changed_and_run() {
    let terminal = Terminal::new();
    let database = input("database", place::shop());
    let _ = terminal.json(&sql(&[&database, "sql=SELECT 1 AS one"]));
    drive_on(terminal, "own-statement", |window| async move {
        window.press("history-item").await;
        let first = window.attribute("result", "data-run").await;
        let editor = window
            .element("[data-testid='sql-editor'] .cm-content")
            .await;
        editor.click().await.unwrap();
        let statement = "SELECT name FROM products ORDER BY price DESC LIMIT 4";
        // Everything there is selected, and typed over.
        editor.send_keys("\u{e009}a\u{e000}").await.unwrap();
        editor.send_keys(statement).await.unwrap();
        window.press("run-sql-button").await;
        let other = format!("[data-testid='result']:not([data-run='{first}'])");
        window.element(&other).await;
        assert_eq!(ending(&window).await, "done");
        let right = database::rows(&place::shop(), statement);
        assert!(database::are_equal(&window.table().await, &right));
        window.photograph("own-statement").await;
    });
}

#[test]
fn a_wrong_file_is_shown_with_its_code() {
    drive("wrong-file", |window| async move {
        ask(&window, "/there/is/none.sqlite", QUESTION).await;
        assert_eq!(
            window.attribute("error-state", "data-code").await,
            "file-not-found"
        );
        window.photograph("wrong-file").await;
        // The form is as it was, and another try is as good as the first.
        window.fill("field-database", SHOP).await;
        window.press("run-button").await;
        window
            .element("[data-testid='result'][data-status='done']")
            .await;
    });
}

#[test]
fn a_form_that_is_not_filled_in_says_what_is_missing() {
    drive("missing", |window| async move {
        window.fill("field-database", SHOP).await;
        window.press("run-button").await;
        assert_eq!(
            window.attribute("error-state", "data-code").await,
            "input-missing"
        );
        window.photograph("missing").await;
    });
}

#[test]
fn the_stop_button_stops_a_run() {
    drive("stopped", |window| async move {
        ask(&window, SHOP, &long_question()).await;
        window
            .element("[data-testid='stage'][data-stage='draft'][data-state='active']")
            .await;
        window.photograph("running").await;
        let begin = std::time::Instant::now();
        window.press("stop-button").await;
        assert_eq!(ending(&window).await, "cancelled");
        assert!(
            begin.elapsed() < Duration::from_secs(10),
            "{:?}",
            begin.elapsed()
        );
        window.photograph("stopped").await;
        let list = window.terminal().json(&["history", "list", "--json"]);
        assert_eq!(list[0]["status"], "cancelled");
    });
}

#[test]
fn a_worker_that_dies_does_not_take_the_window_along() {
    drive("worker-lost", |window| async move {
        ask(&window, SHOP, &long_question()).await;
        let worker = process::until("the window has a worker", || window.worker());
        // Once it has loaded the model, so that it dies at work.
        tokio::time::sleep(Duration::from_secs(2)).await;
        process::signal(worker, "KILL");
        let second = process::until("it is started again", || {
            window.worker().filter(|other| *other != worker)
        });
        process::signal(second, "KILL");
        assert_eq!(ending(&window).await, "failed");
        assert_eq!(
            window.attribute("error-state", "data-code").await,
            "engine-lost"
        );
        window.photograph("worker-lost").await;
        window.press("new-run").await;
        ask(&window, SHOP, QUESTION).await;
        assert_eq!(ending(&window).await, "done");
    });
}

#[test]
fn a_window_that_is_killed_leaves_its_run_as_interrupted() {
    drive("killed", |window| async move {
        ask(&window, SHOP, &long_question()).await;
        let worker = process::until("the window has a worker", || window.worker());
        tokio::time::sleep(Duration::from_secs(2)).await;
        process::signal(window.pid(), "KILL");
        process::wait_until_gone(worker, PATIENCE);
        let list = window.terminal().json(&["history", "list", "--json"]);
        assert_eq!(list[0]["status"], "interrupted", "{list}");
    });
}

#[test]
fn the_window_speaks_chinese() {
    drive("chinese", |window| async move {
        let english = window.part("run-button").await.text().await.unwrap();
        window.press("settings-menu").await;
        window.press("language-zh-Hant").await;
        let button = window.part("run-button").await;
        let chinese = process::until_async("the words change", || async {
            let text = button.text().await.unwrap();
            (text != english).then_some(text)
        })
        .await;
        assert!(!chinese.is_ascii(), "{chinese}");
        ask(&window, "shop", "每個國家各有多少位顧客？").await;
        ending(&window).await;
        window.photograph("chinese").await;
    });
}

/// The model manager as a person uses it: a file is checked, a service is added and tried, its model
/// is taken for everybody and answers, and then it is given up again.
#[test]
fn models_and_services_are_managed_in_the_window() {
    const STATEMENT: &str = "SELECT count(*) AS customers FROM customers";
    drive_told(Terminal::new(), &[], "models", |window| async move {
        let service = server::Server::start(STATEMENT).await;
        window.press("show-models").await;
        let small = "[data-testid='model-row'][data-model='qwen2.5-coder-0.5b']";
        window.element(&format!("{small}[data-state='here']")).await;
        let check = format!("{small} [data-testid='check-model']");
        window.element(&check).await.click().await.unwrap();
        window.element("[data-testid='toast']").await;

        window.press("add-service").await;
        window.fill("service-name", "office").await;
        window.fill("service-address", &service.url()).await;
        window.fill("service-key", "not-a-real-key").await;
        window.press("save-service").await;
        window
            .element("[data-testid='service-row'][data-service='office']")
            .await;
        window.fill("service-model", "small").await;
        window.press("test-service").await;
        window
            .element("[data-testid='service-trial'][data-state='over']")
            .await;
        window.photograph("models").await;
        window.press_in("service-trial", "use-model").await;
        // The button goes when the model is in use.
        process::until_async("its model is in use", || async {
            let left = window.attributes("use-model", "aria-describedby").await;
            let list = window.terminal().json(&["service", "list", "--json"]);
            (left.iter().all(|by| !by.is_empty()) && list[0]["name"] == "office").then_some(())
        })
        .await;

        window.press("assistant-sql").await;
        ask(&window, SHOP, "How many customers are there?").await;
        assert_eq!(ending(&window).await, "done");
        assert!(database::are_equal(
            &window.table().await,
            &database::rows(&place::shop(), STATEMENT)
        ));
        let run = window.attribute("result", "data-run").await;
        let report = window.terminal().json(&["history", "show", &run]);
        assert!(report.to_string().contains("office:small"), "{report}");
        let asked = service.heads();
        assert!(
            asked.iter().any(|head| head.starts_with("POST ")),
            "{asked:?}"
        );
        // The key is sent to the service and kept out of every file of the desk.
        let key = "not-a-real-key";
        assert!(asked.iter().any(|head| head.contains(key)));
        assert_eq!(window.terminal().files_with(key), [""; 0]);

        window.press("show-models").await;
        window.press("remove-service").await;
        window.press("confirm-remove").await;
        process::until_async("the service is gone", || async {
            let rows = window.attributes("service-row", "data-service").await;
            rows.is_empty().then_some(())
        })
        .await;
        let list = window.terminal().json(&["service", "list", "--json"]);
        assert_eq!(list.as_array().map(Vec::len), Some(0), "{list}");
    });
}
