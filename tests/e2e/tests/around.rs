//! What surrounds the work, in the real window: mistakes of the window itself, other windows, what
//! was used, defaults of one's own.

#![expect(
    clippy::unwrap_used,
    reason = "a test, with its helpers outside the test functions"
)]

use e2e::process;
use e2e::terminal::{Terminal, input, sql};
use e2e::window::{Window, drive_on, drive_told};
use e2e::{database, place};
use serde_json::{Value, json};

// The service that speaks as OpenAI's does; the desk's own tests ask it too.
#[path = "../../../crates/desk/tests/server/mod.rs"]
mod server;

const CTRL: &str = "\u{e009}";
const LET_GO: &str = "\u{e000}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";

async fn gone(window: &Window, id: &str) {
    process::until_async(&format!("{id} is gone"), || async {
        window.words(id).await.is_none().then_some(())
    })
    .await;
}

fn log(window: &Window) -> String {
    let path = window.terminal().data().join("logs/desk.log");
    std::fs::read_to_string(path).unwrap_or_default()
}

/// Waits until the log has a line with all of these.
async fn logged(window: &Window, parts: &[&str]) {
    process::until_async(&format!("the log has {parts:?}"), || async {
        let log = log(window);
        let mut lines = log.lines();
        let has = lines.any(|line| parts.iter().all(|part| line.contains(part)));
        has.then_some(())
    })
    .await;
}

#[test]
fn a_mistake_of_the_window_is_said_and_logged_without_anybodys_words() {
    drive_on(Terminal::new(), "slip", |window| async move {
        window.part("run-button").await;
        // Drawing the settings fails, as it would with a mistake of ours in it.
        let breaking = "window.usual = Intl.NumberFormat;
            Intl.NumberFormat = function () { throw new RangeError('the diary of Ms Lee'); };";
        window.script(breaking, vec![]).await;
        window.keys(&format!("{CTRL},{LET_GO}")).await;
        window.part("slip").await;
        window.photograph("slip-drawing").await;
        logged(&window, &["Drawing", "RangeError", ".js:"]).await;
        // The rest of the window works on.
        window
            .script("Intl.NumberFormat = window.usual;", vec![])
            .await;
        window.press("slip-go").await;
        window.part("settings-view").await;

        let throwing = "setTimeout(() => { throw new TypeError('the diary of Ms Lee'); });
            Promise.reject(new SyntaxError('the diary of Ms Lee'));";
        window.script(throwing, vec![]).await;
        window.part("slip").await;
        window.photograph("slip-unexpected").await;
        logged(&window, &["Unexpected", "TypeError"]).await;
        logged(&window, &["Rejected", "SyntaxError"]).await;
        assert!(!log(&window).contains("diary"), "{}", log(&window));
        window.press("slip-go").await;
        gone(&window, "slip").await;

        // Started again, it is as it was left.
        window.script(throwing, vec![]).await;
        window.press("slip-again").await;
        gone(&window, "slip").await;
        window.part("run-button").await;
    });
}

#[test]
fn a_run_is_looked_at_in_a_window_of_its_own_and_comes_back() {
    let terminal = Terminal::new();
    let database = input("database", place::shop());
    let statement = "SELECT name, department FROM categories ORDER BY name";
    let report = terminal.json(&sql(&[&database, &input("sql", statement)]));
    let run = report["run"].as_str().unwrap().to_owned();
    drive_on(terminal, "beside", |window| async move {
        window.press("history-item").await;
        window.part("result").await;
        window.press("open-beside").await;
        window.go_beside().await;
        window.element("[data-testid='app'][data-as='work']").await;
        assert_eq!(window.attribute("result", "data-run").await, run);
        let right = database::rows(&place::shop(), statement);
        assert!(database::are_equal(&window.table().await, &right));
        assert_eq!(window.words("rail").await, None);
        window.photograph("beside").await;
        // Nothing but what this window needs: its title is the page's, and no plug-in may set it.
        let refused = window
            .script(
                "return window.__TAURI_INTERNALS__.invoke('plugin:window|set_title', { value: 'x' })
                    .then(() => 'allowed', (error) => String(error));",
                vec![],
            )
            .await;
        assert!(
            refused.as_str().unwrap().contains("not allowed"),
            "{refused}"
        );
        window.press("show-in-main").await;
        window.come_back().await;
        window.element("[data-testid='app'][data-as='main']").await;
        assert_eq!(window.attribute("result", "data-run").await, run);
    });
}

#[test]
fn the_small_window_takes_a_quick_question_and_goes_with_escape() {
    drive_on(Terminal::new(), "quick", |window| async move {
        window.part("run-button").await;
        window.keys(&format!("{CTRL}k{LET_GO}")).await;
        window.part("palette-input").await;
        window.keys("A quick question").await;
        window.keys(ENTER).await;
        window.go_beside().await;
        window.element("[data-testid='app'][data-as='quick']").await;
        window.part("quick-choice").await;
        let script = "const choice = document.querySelector(`[data-testid='quick-choice']`);
            choice.value = 'latex';
            choice.dispatchEvent(new Event('change', { bubbles: true }));";
        window.script(script, vec![]).await;
        window
            .paste("field-text", "integral of x squared from 0 to 1")
            .await;
        window.photograph("quick").await;
        window.press("run-button").await;
        window
            .element("[data-testid='result'][data-status='done'] [data-testid='equation']")
            .await;
        window.photograph("quick-answer").await;
        window.keys_to_close(ESCAPE).await;
        window.come_back().await;
        window.element("[data-testid='app'][data-as='main']").await;
        let list = window.terminal().json(&["history", "list", "--json"]);
        assert_eq!(list[0]["assistant"], "latex", "{list}");
    });
}

#[test]
fn what_was_used_is_drawn_and_counted_as_the_command_line_counts() {
    let terminal = Terminal::new();
    let _ = terminal.ask(
        &place::shop(),
        "How many customers are there in each country?",
    );
    let lines = terminal.json(&["history", "usage", "--by", "assistant", "--json"]);
    drive_on(terminal, "usage", |window| async move {
        window.press("show-models").await;
        window.press("show-usage").await;
        window.part("usage-table").await;
        window
            .press_at("[data-testid='usage-by'] input[value='assistant']")
            .await;
        window.element("[data-testid='chart'] svg").await;
        let script = "return [...document.querySelectorAll(`[data-testid='usage-table'] tbody tr`)]
            .map((row) => [...row.querySelectorAll('td')].map((cell) => cell.dataset.value ?? null));";
        let counted = json!([[
            "Ask a database",
            lines[0]["runs"].to_string(),
            lines[0]["prompt"].to_string(),
            lines[0]["cached"].to_string(),
            lines[0]["output"].to_string(),
            Value::Null
        ]]);
        process::until_async("the table is added up by assistant", || async {
            (window.script(script, vec![]).await == counted).then_some(())
        })
        .await;
        window.photograph("usage").await;
        window.fill("spending-limit", "2.50").await;
        window.press("set-spending-limit").await;
        window.says("spent", "$2.50").await;
        let spending = window.terminal().json(&["spending", "--json"]);
        assert_eq!(spending["limit"], "2.50");
    });
}

#[test]
fn a_paid_service_is_asked_until_the_month_is_paid_for() {
    const STATEMENT: &str = "SELECT count(*) AS customers FROM customers";
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let service = runtime.block_on(server::Server::start(STATEMENT));
    let terminal = Terminal::new();
    let url = service.url();
    let add = ["service", "add", "toy", "--kind", "openai", "--url", &url];
    let added = terminal.run(&[&add[..], &["--price", "1,10"]].concat());
    assert_eq!(added.status.code(), Some(0), "{added:?}");
    let told = ["--model", "toy:small"];
    drive_told(terminal, &told, "paid", |window| async move {
        let question = "How many customers are there?";
        window.fill("field-database", "shop").await;
        window.paste("field-question", question).await;
        window.press("run-button").await;
        window
            .element("[data-testid='result'][data-status='done']")
            .await;
        let terminal = window.terminal().asking("toy:small");
        let spent = terminal.json(&["spending", "--json"])["spent"].clone();
        assert_ne!(spent, "0.00");
        let limited = terminal.run(&["spending", "--limit", spent.as_str().unwrap()]);
        assert_eq!(limited.status.code(), Some(0), "{limited:?}");

        let asked = service.heads().len();
        window.press("run-button").await;
        window
            .element("[data-testid='error-state'][data-code='spending-limit-reached']")
            .await;
        window.photograph("spending-limit").await;
        let refused = terminal.ask(&place::shop(), question);
        assert_eq!(refused.status.code(), Some(1), "{refused:?}");
        assert_eq!(refused.code(), "spending-limit-reached");
        assert_eq!(service.heads().len(), asked, "nothing went out");
    });
    drop(runtime);
}

#[test]
fn a_default_that_is_kept_in_the_window_holds_on_the_command_line() {
    drive_on(Terminal::new(), "defaults", |window| async move {
        window.part("run-button").await;
        window.fill("field-database", "shop").await;
        window.press("keep-defaults").await;
        gone(&window, "keep-defaults").await;
        let own = window
            .terminal()
            .json(&["assistants", "default", "sql", "--json"]);
        assert_eq!(own, json!({"database": "shop"}));
        let statement = "sql=SELECT count(*) AS n FROM customers";
        let report = window.terminal().json(&sql(&[statement]));
        assert_eq!(report["status"], "done", "{report}");
        window.keys(&format!("{CTRL},{LET_GO}")).await;
        window.part("settings-defaults").await;
        window.photograph("defaults").await;
    });
}
