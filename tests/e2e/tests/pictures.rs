//! Pictures of every view for the documentation, light and dark, in English and in Chinese. They are
//! made by `cargo xtask gallery`, and looked at by people; as a test they would only take time.

#![expect(
    clippy::unwrap_used,
    reason = "a test, with its helpers outside the test functions"
)]

use std::time::Duration;

use e2e::terminal::{Terminal, input, sql};
use e2e::window::{Window, drive_on};
use e2e::{picture, place};
use serde_json::json;

const SIZE: [u32; 2] = [1280, 800];
const CTRL: &str = "\u{e009}";
const LET_GO: &str = "\u{e000}";
const ESCAPE: &str = "\u{e00c}";

/// What is shown, what is pressed to come there (`^` is a key with Control held down, `=` a selector),
/// and a part that says that it is there.
type View = (&'static str, &'static [&'static str], &'static str);

const VIEWS: [View; 12] = [
    ("work", &["assistant-sql", "^n"], "form"),
    ("chat", &["assistant-chat"], "chat"),
    ("gallery", &["show-gallery"], "gallery-view"),
    ("builder", &["show-gallery", "new-assistant"], "builder"),
    ("books", &["show-books"], "book-statement"),
    ("models", &["show-models"], "models-view"),
    ("usage", &["show-models", "show-usage"], "usage-table"),
    ("settings", &["^,"], "settings-view"),
    ("help", &["show-help"], "help-view"),
    ("help-on-one", &["show-help", "help-chess"], "help-trust"),
    ("palette", &["^k"], "palette-input"),
    ("welcome", &["show-help", "show-welcome"], "welcome"),
];

/// Work of each kind, made on the command line before the window opens; each is shown from history.
struct Works(Vec<(&'static str, String)>);

impl Works {
    fn make(terminal: &Terminal, language: &str) -> Self {
        let is_english = language == "en";
        let pick = |english: &'static str, chinese: &'static str| match is_english {
            true => english,
            false => chinese,
        };
        let database = input("database", "shop");
        let question = pick(
            "How many customers are there in each country?",
            "每个国家有多少位客户？",
        );
        let mut works = Vec::new();
        let mut keep = |name, arguments: &[&str]| {
            let report = terminal.json(arguments);
            works.push((name, report["run"].as_str().unwrap().to_owned()));
        };
        let asked = input("question", question);
        keep("answer", &sql(&[&database, &asked]));
        let equation = input(
            "text",
            pick("integral of x squared from 0 to 1", "x平方从0到1的积分"),
        );
        keep("equation", &run("latex", &[&equation]));
        let position = "fen=r1bqkbnr/pppp1ppp/2n5/4p3/2B1P3/5Q2/PPPP1PPP/RNB1K1NR w KQkq - 4 4";
        let told = input("language", language);
        keep("chess", &run("chess", &[position, &told]));
        let text = input(
            "text",
            pick(
                "Monday: paid 84.50 for train tickets with the company card. Yesterday a client paid our invoice of 1,200.",
                "周一用公司卡付了84.50元火车票。昨天客户付了我们1200元的发票。",
            ),
        );
        keep("ledger", &run("ledger", &[&text]));
        Self(works)
    }
}

fn run<'a>(assistant: &'a str, inputs: &[&'a str]) -> Vec<&'a str> {
    let mut arguments = vec!["run", assistant, "--json"];
    for input in inputs {
        arguments.extend(["-i", *input]);
    }
    arguments
}

/// Keeps what is shown by day and by night.
async fn keep(window: &Window, language: &str, name: &str) {
    // Nothing is on its way, and nothing has the focus ring that only keyboards draw.
    tokio::time::sleep(Duration::from_millis(700)).await;
    for theme in ["light", "dark"] {
        // The palette is where one types, and closes when one is elsewhere.
        let script = "document.documentElement.dataset.theme = arguments[0];
            if (arguments[1] !== 'palette') document.activeElement?.blur();";
        window.script(script, vec![json!(theme), json!(name)]).await;
        tokio::time::sleep(Duration::from_millis(450)).await;
        let file = place::gallery().join(format!("{name}-{language}-{theme}.png"));
        std::fs::write(file, picture::small(&window.picture().await)).unwrap();
    }
}

async fn go(window: &Window, way: &[&str]) {
    for step in way {
        match step.strip_prefix('^') {
            Some(key) => window.keys(&format!("{CTRL}{key}{LET_GO}")).await,
            None => window.press(step).await,
        }
    }
}

async fn all(window: Window, language: &'static str, works: Works) {
    window.part("run-button").await;
    window.resize(SIZE).await;
    window.keys(&format!("{CTRL},{LET_GO}")).await;
    window.part("settings-view").await;
    let choice = format!("[data-testid='settings-language'] input[value='{language}']");
    window.press_at(&choice).await;
    for (name, run) in works.0 {
        let item = format!("[data-testid='history-item'][data-run='{run}']");
        window.press_at(&item).await;
        window
            .element(&format!("[data-testid='result'][data-run='{run}']"))
            .await;
        keep(&window, language, name).await;
    }
    window.press("show-books").await;
    window.press("book-sample").await;
    for (name, way, part) in VIEWS {
        go(&window, way).await;
        window.part(part).await;
        keep(&window, language, name).await;
        match name {
            "palette" => window.keys(ESCAPE).await,
            "welcome" => window.press("welcome-samples").await,
            _ => {}
        }
    }
}

fn pictures(language: &'static str) {
    let terminal = Terminal::new();
    let works = Works::make(&terminal, language);
    drive_on(terminal, &format!("pictures-{language}"), move |window| {
        all(window, language, works)
    });
}

#[test]
#[ignore = "makes pictures for the documentation: cargo xtask gallery"]
fn in_english() {
    pictures("en");
}

#[test]
#[ignore = "makes pictures for the documentation: cargo xtask gallery"]
fn in_chinese() {
    pictures("zh-Hans");
}
