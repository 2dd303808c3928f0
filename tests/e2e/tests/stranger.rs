//! A stranger's first ten minutes, in the real window: the first start, the sample, a file of their
//! own, finding it again, taking it away. Installing and uninstalling are the package's own test.

#![expect(
    clippy::unwrap_used,
    reason = "a test, with its helpers outside the test functions"
)]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use e2e::database;
use e2e::place;
use e2e::process;
use e2e::terminal::Terminal;
use e2e::window::{Window, drive_on};
use serde_json::{Value, json};

const TEN_MINUTES: Duration = Duration::from_secs(600);

/// What somebody keeps of their spending: a file that no test of the assistant knows.
const SPENDING: &str = "day,shop,category,amount
2026-09-01,Corner Market,groceries,42.10
2026-09-03,City Rail,travel,18.40
2026-09-05,Corner Market,groceries,37.55
2026-09-09,Lamp & Shade,household,64.00
2026-09-14,City Rail,travel,18.40
2026-09-20,Night Bakery,groceries,9.80
2026-09-27,Lamp & Shade,household,12.25
";

/// Asks, and gives the run that answered.
async fn ask(window: &Window, database: &str, question: &str) -> String {
    window.fill("field-database", database).await;
    window.paste("field-question", question).await;
    window.press("run-button").await;
    window
        .element("[data-testid='result'][data-status='done'] [data-testid='result-table']")
        .await;
    window.attribute("result", "data-run").await
}

/// What became of a file with a table.
fn loaded(data: &Path) -> PathBuf {
    let files = std::fs::read_dir(data.join("cache/sheets")).unwrap();
    let mut files = files.map(|file| file.unwrap().path());
    files
        .find(|path| path.extension().is_some_and(|ending| ending == "sqlite"))
        .unwrap()
}

/// Finds a run by a word in it, from wherever one is.
async fn find_again(window: &Window, word: &str, run: &str) {
    window.keys("\u{e009}n\u{e000}").await;
    window.keys("\u{e009}\u{e008}f\u{e000}").await;
    window.part("history-search").await;
    window.keys(word).await;
    let item = format!("[data-testid='history-item'][data-run='{run}']");
    window.element(&format!("{item} mark")).await;
    window.press_at(&item).await;
    window
        .element(&format!("[data-testid='result'][data-run='{run}']"))
        .await;
}

/// Takes an answer away. Where to is asked by a dialog of the system's, which nobody can drive.
async fn take_away(window: &Window, run: &str, path: &Path) -> String {
    window.part("export-menu").await;
    let script = "const [run, path] = arguments;
        return window.__TAURI_INTERNALS__.invoke('export_run', { run, format: 'csv', path, language: 'en' });";
    let target = json!(path.to_string_lossy());
    window.script(script, vec![json!(run), target]).await;
    std::fs::read_to_string(path).unwrap()
}

async fn minutes(window: Window, file: PathBuf) {
    let begun = Instant::now();
    window.part("welcome").await;
    assert!(
        begun.elapsed() < Duration::from_secs(30),
        "nobody waits so long"
    );
    window.photograph("stranger-1-welcome").await;
    // The model is here already: this way goes straight to a filled form.
    window.press("welcome-model").await;
    window.part("field-question").await;
    let first = ask(
        &window,
        "shop",
        "How many customers are there in each country?",
    )
    .await;
    assert!(database::are_equal(
        &window.table().await,
        &database::rows(&place::shop(), &window.statement().await)
    ));
    window.photograph("stranger-2-sample").await;

    let path = file.to_string_lossy().into_owned();
    let own = ask(
        &window,
        &path,
        "What is the total amount for each category?",
    )
    .await;
    assert_ne!(own, first);
    let shown = window.table().await;
    let right = database::rows(&loaded(window.terminal().data()), &window.statement().await);
    assert!(database::are_equal(&shown, &right), "{shown:?}");
    let told: Vec<String> = shown.iter().flatten().filter_map(text).collect();
    for part in ["groceries", "travel", "household"] {
        assert!(
            told.iter().any(|one| one == part),
            "{part} is not in {told:?}"
        );
    }
    window.photograph("stranger-3-own-file").await;

    find_again(&window, "category", &own).await;
    window.photograph("stranger-4-found").await;
    let taken = take_away(&window, &own, &file.with_file_name("answer.csv")).await;
    assert_eq!(taken.trim_end().lines().count(), shown.len() + 1, "{taken}");
    assert!(taken.contains("groceries"), "{taken}");
    // What was theirs is as it was.
    assert_eq!(std::fs::read_to_string(&file).unwrap(), SPENDING);
    let took = begun.elapsed();
    println!("a stranger's first ten minutes took {} s", took.as_secs());
    assert!(took < TEN_MINUTES);
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

#[test]
fn a_strangers_first_ten_minutes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("spending.csv");
    std::fs::write(&file, SPENDING).unwrap();
    drive_on(Terminal::unopened(), "stranger", |window| async move {
        let pid = window.pid();
        minutes(window, file).await;
        assert!(process::is_alive(pid));
        drop(folder);
    });
}
