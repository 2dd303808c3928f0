//! Bad weather: programs that are killed and runs that are stopped in the middle.

use std::time::Duration;

use e2e::place;
use e2e::process::{self, PATIENCE, Running};
use e2e::terminal::{Terminal, input, sql};
use serde_json::Value;

/// How long a program may take to stop, and its worker to follow it.
const SOON: Duration = Duration::from_secs(5);

/// How long a worker needs at most to load the small model; after that it is reading the question.
const LOADED: Duration = Duration::from_secs(2);

/// So long that the model has to read for many seconds before it can write a word.
fn long_question() -> String {
    let shipped = "請一併考慮每一張訂單的出貨日期、通路與折扣。";
    format!("How many customers are there? {}", shipped.repeat(50))
}

/// A run whose worker has its model loaded and is at work on a long question.
fn under_way(terminal: &Terminal) -> (Running, u32) {
    let database = input("database", place::shop());
    let question = input("question", long_question());
    let mut run = terminal.start(&sql(&[&database, &question]));
    run.wait_for_line("writing");
    let worker = worker_of(&run, None);
    std::thread::sleep(LOADED);
    (run, worker)
}

/// The run's worker, once there is one other than `last`.
fn worker_of(run: &Running, last: Option<u32>) -> u32 {
    process::until("the run has a worker", || {
        process::children(run.pid(), "deskhand-engine")
            .into_iter()
            .find(|worker| Some(*worker) != last)
    })
}

fn newest(terminal: &Terminal) -> Value {
    terminal.json(&["history", "list", "--json"])[0].clone()
}

#[test]
fn a_run_whose_program_is_killed_is_kept_as_interrupted() {
    let terminal = Terminal::new();
    let (run, worker) = under_way(&terminal);
    process::signal(run.pid(), "KILL");
    let ended = run.end(SOON);
    assert_eq!(ended.status.code(), None, "{ended:?}");
    process::wait_until_gone(worker, SOON);
    let kept = newest(&terminal);
    assert_eq!(kept["status"], "interrupted", "{kept}");
    let shown = terminal.json(&["history", "show", "last"]);
    assert_eq!(shown["report"]["status"], "interrupted");
    assert_eq!(shown["report"]["error"]["code"], "interrupted");
    assert!(shown["inputs"]["question"].as_str().unwrap().len() > 1000);
    // The next run is none the worse for it.
    let report = terminal
        .ask(&place::shop(), "How many customers are there?")
        .json();
    assert_eq!(report["status"], "done", "{report}");
}

#[test]
fn a_program_killed_again_and_again_leaves_a_history_that_opens() {
    let terminal = Terminal::new();
    let database = input("database", place::shop());
    let question = input("question", "How many orders are there?");
    for moment in [0_u64, 5, 10, 20, 40, 80, 160, 320, 640, 1280] {
        let run = terminal.start(&sql(&[&database, &question]));
        std::thread::sleep(Duration::from_millis(moment));
        // It may have ended just before.
        if process::is_alive(run.pid()) {
            process::signal(run.pid(), "KILL");
        }
        drop(run);
    }
    let list = terminal.json(&["history", "list", "--json"]);
    for item in list.as_array().unwrap() {
        let status = item["status"].as_str().unwrap();
        assert!(matches!(status, "interrupted" | "done"), "{item}");
        let run = item["run"].as_str().unwrap();
        let shown = terminal.json(&["history", "show", run]);
        assert_eq!(shown["report"]["status"], status);
    }
}

#[test]
fn a_worker_that_is_killed_is_started_once_more() {
    let terminal = Terminal::new();
    let (mut run, worker) = under_way(&terminal);
    process::signal(worker, "KILL");
    run.wait_for_line("starting it again");
    let second = worker_of(&run, Some(worker));
    let ended = run.end(PATIENCE * 2);
    process::wait_until_gone(second, SOON);
    let report = ended.json();
    let status = report["status"].as_str().unwrap();
    assert!(matches!(status, "done" | "failed"), "{report}");
    assert_ne!(report["error"]["code"], "engine-lost", "{report}");
    assert_eq!(newest(&terminal)["status"], status);
}

#[test]
fn a_worker_that_is_killed_twice_is_given_up_with_a_sentence() {
    let terminal = Terminal::new();
    let (mut run, worker) = under_way(&terminal);
    process::signal(worker, "KILL");
    run.wait_for_line("starting it again");
    let second = worker_of(&run, Some(worker));
    process::signal(second, "KILL");
    let ended = run.end(PATIENCE);
    assert_eq!(ended.code(), "engine-lost", "{ended:?}");
    assert_eq!(ended.status.code(), Some(1));
    assert_eq!(newest(&terminal)["status"], "failed");
}

#[test]
fn a_run_that_is_stopped_stops_soon_and_says_so() {
    let terminal = Terminal::new();
    let (run, worker) = under_way(&terminal);
    process::signal(run.pid(), "INT");
    let ended = run.end(SOON);
    assert_eq!(ended.status.code(), Some(1), "{ended:?}");
    process::wait_until_gone(worker, SOON);
    let report = ended.json();
    assert_eq!(report["status"], "cancelled", "{report}");
    assert_eq!(report["error"]["code"], "cancelled");
    assert_eq!(newest(&terminal)["status"], "cancelled");
}
