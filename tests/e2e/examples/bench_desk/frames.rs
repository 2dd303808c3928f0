//! Frames that the window does not draw in time while an answer is written into it and a table of a
//! hundred thousand rows is open.
//!
//! An answer of the assistant for databases keeps ten thousand rows at most, so the table is made longer in
//! the history's file. Looking at an older answer while another is being written is what the window is built
//! for: what comes is taken in, and what is looked at stays.
//!
//! How many frames a web view drops on a machine says little about a window without knowing what it drops by
//! itself. So the same is counted with nothing but a page of a few lines in the same web view: plain words
//! that come at the same pace, and plain rows that are moved.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use e2e::place;
use e2e::terminal::{Terminal, input, sql};
use e2e::window::{Window, drive_told};
use figures::Table;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::service;

/// Rows of the table.
const ROWS: usize = 100_000;
/// How long frames are counted at a time.
const WHILE: Duration = Duration::from_secs(8);
/// What a frame may take at sixty a second.
const SLOT_MS: f64 = 1000.0 / 60.0;

/// Until a long table lies open, with its chart and everything around it.
const OPENS: Duration = Duration::from_secs(6);
/// Until an empty page is there and nothing of the one before goes on.
const SETTLES: Duration = Duration::from_secs(2);

/// Writes down when each frame begins; told so, it moves an element by some points each time.
const COUNT: &str = "
    const moved = document.querySelector(arguments[0])?.closest('.scroll') ?? null;
    window.counted = [];
    const next = (at) => {
        window.counted.push(at);
        if (moved) moved.scrollTop += 23;
        window.counting = requestAnimationFrame(next);
    };
    window.counting = requestAnimationFrame(next);";
/// Puts plain words, as many a second as the service writes, in the place of everything.
const PLAIN_WORDS: &str = "
    document.body.innerHTML = '<pre data-testid=plain></pre>';
    const text = document.querySelector('pre');
    text.setAttribute('style', 'height:80vh; overflow:auto; white-space:pre-wrap');
    setInterval(() => {
        text.append(' and some more');
        text.scrollTop = text.scrollHeight;
    }, 25);";
/// Puts plain rows in the place of everything.
const PLAIN_ROWS: &str = "
    const row = '<tr><td>No. 客戶<td>Sales<td>12.5<td>1';
    document.body.innerHTML =
        `<div class=scroll><table data-testid=plain>${row.repeat(2000)}</table></div>`;
    document.querySelector('.scroll').setAttribute('style', 'height:31rem; overflow:auto');";
const COUNTED: &str = "cancelAnimationFrame(window.counting); return window.counted;";

/// The service by which the answer is written; its key is in the environment of this program.
const SERVICE: &str = "bench";

pub fn measure(figures: &mut Table) {
    let terminal = Terminal::new();
    let run = long_table(&terminal);
    let url = format!("http://{}/v1", service::start());
    let add = ["service", "add", SERVICE, "--kind", "openai", "--url", &url];
    let added = terminal.run(&add);
    assert_eq!(added.status.code(), Some(0), "{added:?}");
    let seen = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&seen);
    drive_told(
        terminal,
        &["--model", "bench:small"],
        "bench",
        move |window| async move {
            for (name, times) in look(&window, &run).await {
                told.lock().unwrap().push((name, times));
            }
        },
    );
    for (name, times) in seen.lock().unwrap().iter() {
        let (dropped, worst) = dropped(times);
        let figure = format!("dropped_{name}_percent");
        match name.starts_with("plain") {
            true => figures.report(&figure, dropped),
            false => figures.under(&figure, dropped, 5.0),
        }
        figures.report(&format!("longest_{name}_ms"), worst);
    }
}

async fn look(window: &Window, run: &str) -> Vec<(&'static str, Vec<f64>)> {
    let mut seen = Vec::new();
    window.press("assistant-chat").await;
    window.fill("field-text", "How did the quarter go?").await;
    window.press("run-button").await;
    window.part("tokens").await;
    seen.push(("answer", count(window, "").await));
    window.photograph("bench-answer").await;

    // The answer goes on being written while the older one is looked at.
    let item = format!("[data-testid='history-item'][data-run='{run}']");
    window.press_at(&item).await;
    window.part("result-table").await;
    // Opening ten megabytes is another matter than having them open.
    tokio::time::sleep(OPENS).await;
    seen.push(("table", count(window, "").await));
    seen.push((
        "scrolling",
        count(window, "[data-testid='result-table']").await,
    ));
    window.photograph("bench-table").await;
    let rows = window.part("row-count").await.text().await.unwrap();
    let digits: String = rows.chars().filter(char::is_ascii_digit).collect();
    assert_eq!(digits, ROWS.to_string(), "{rows}");
    let list = window.terminal().json(&["history", "list", "--json"]);
    let states: Vec<&str> = list
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|run| run["status"].as_str())
        .collect();
    assert!(
        states.contains(&"running"),
        "the answer was over too soon: {states:?}"
    );
    window.script("location.href = 'about:blank'", vec![]).await;
    tokio::time::sleep(SETTLES).await;
    window.script(PLAIN_WORDS, vec![]).await;
    seen.push(("plain_answer", count(window, "").await));
    window.script(PLAIN_ROWS, vec![]).await;
    seen.push((
        "plain_scrolling",
        count(window, "[data-testid='plain']").await,
    ));
    seen
}

/// When each frame of the next seconds begins, in milliseconds.
async fn count(window: &Window, moved: &str) -> Vec<f64> {
    let moved = if moved.is_empty() {
        "no-such-element"
    } else {
        moved
    };
    window.script(COUNT, vec![moved.into()]).await;
    tokio::time::sleep(WHILE).await;
    let times = window.script(COUNTED, vec![]).await;
    serde_json::from_value(times).unwrap()
}

/// Of a hundred frames, how many were due and not drawn; and the longest time without one.
fn dropped(times: &[f64]) -> (f64, f64) {
    let (mut due, mut missed, mut worst) = (0.0, 0.0, 0.0);
    for pair in times.windows(2) {
        let took = pair[1] - pair[0];
        let slots = (took / SLOT_MS).round().max(1.0);
        due += slots;
        missed += slots - 1.0;
        worst = f64::max(worst, took);
    }
    assert!(due > 0.0, "no frame was drawn at all");
    (missed / due * 100.0, worst)
}

/// Makes a run with a table as long as that, as it would be kept; its name.
fn long_table(terminal: &Terminal) -> String {
    let statement = "SELECT name, department, 12.5 AS share, 1 AS number FROM categories LIMIT 1";
    let database = input("database", place::shop());
    let run = terminal.json(&sql(&[&database, &input("sql", statement)]))["run"].clone();
    let run = run.as_str().unwrap().to_owned();
    let history = Connection::open(terminal.data().join("history.sqlite")).unwrap();
    let kept: String = history
        .query_row("SELECT report FROM runs WHERE id = ?1", [&run], |row| {
            row.get(0)
        })
        .unwrap();
    let mut report: Value = serde_json::from_str(&kept).unwrap();
    let first = report["artifact"]["rows"][0].clone();
    let rows: Vec<Value> = (0..ROWS)
        .map(|number| {
            let mut row = first.clone();
            row[0] = json!(format!("No. {number} 客戶"));
            row[3] = json!(number);
            row
        })
        .collect();
    report["artifact"]["rows"] = rows.into();
    report["artifact"]["row_count"] = ROWS.into();
    let change = "UPDATE runs SET report = ?1 WHERE id = ?2";
    let changed = history.execute(change, [&report.to_string(), &run]);
    assert_eq!(changed.unwrap(), 1);
    run
}
