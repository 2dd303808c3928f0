//! A history on the command line: found, marked, carried away, brought in, kept safe and brought back.
//! Statements of one's own need no model, so none is asked.

#![expect(
    clippy::unwrap_used,
    reason = "all of this is tests, its functions included"
)]

use std::fs;

use e2e::place;
use e2e::terminal::{Terminal, input, sql};
use e2e::window::{drive_on, drive_told};
use serde_json::Value;

/// A history with three runs, the oldest first; the last of them has no answer.
fn history() -> (Terminal, Vec<String>) {
    let terminal = Terminal::new();
    let database = input("database", place::shop());
    for statement in [
        "SELECT 1 AS one",
        "SELECT '客戶' AS word",
        "SELECT no_such_column",
    ] {
        let statement = input("sql", statement);
        let _ = terminal.run(&sql(&[&database, &statement]));
    }
    let mut runs = names(&terminal, &["history", "list", "--json"]);
    runs.reverse();
    assert_eq!(runs.len(), 3);
    (terminal, runs)
}

fn names(terminal: &Terminal, arguments: &[&str]) -> Vec<String> {
    let list = terminal.json(arguments);
    let runs = list.as_array().unwrap().iter();
    runs.map(|run| run["run"].as_str().unwrap().to_owned())
        .collect()
}

#[track_caller]
fn check_failure(terminal: &Terminal, arguments: &[&str], code: &str) {
    let ended = terminal.run(arguments);
    assert_eq!(ended.code(), code, "{ended:?}");
    assert_eq!(ended.status.code(), Some(1), "{ended:?}");
}

#[test]
fn runs_are_found_by_words_tags_outcome_and_day() {
    let (terminal, runs) = history();
    let done = terminal.run(&["history", "tag", &runs[0], "tax", "year end"]);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let found = |arguments: &[&str]| names(&terminal, &[arguments, &["--json"]].concat());
    assert_eq!(found(&["history", "search", "客戶"]), [runs[1].clone()]);
    assert_eq!(found(&["history", "search", "year"]), [runs[0].clone()]);
    assert_eq!(
        found(&["history", "list", "--tag", "TAX"]),
        [runs[0].clone()]
    );
    assert_eq!(
        found(&["history", "list", "--status", "failed"]),
        [runs[2].clone()]
    );
    assert_eq!(
        found(&["history", "list", "--since", "2001-01-01"]).len(),
        3
    );
    assert!(found(&["history", "list", "--until", "2001-01-01"]).is_empty());
    assert_eq!(found(&["history", "list", "--assistant", "chess"]).len(), 0);
    let tags = terminal.json(&["history", "tags", "--json"]);
    assert_eq!(tags.as_array().unwrap().len(), 2, "{tags}");
    let _ = terminal.run(&["history", "untag", &runs[0], "tax"]);
    assert!(found(&["history", "list", "--tag", "tax"]).is_empty());
    check_failure(
        &terminal,
        &["history", "tag", &runs[0], " "],
        "input-invalid",
    );
    for wrong in [
        &["history", "list", "--since", "yesterday"][..],
        &["history", "list", "--status", "lost"],
        &["history", "tag", "last"],
    ] {
        assert_eq!(terminal.run(wrong).status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
#[expect(
    clippy::too_many_lines,
    reason = "one story from end to end, best read in one piece"
)]
fn runs_are_carried_away_and_brought_in_elsewhere() {
    let (terminal, runs) = history();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    for format in ["md", "html", "json", "docx", "pdf"] {
        let to = path(&format!("runs.{format}"));
        let exported = terminal.json(&[
            "history", "export", "--all", "--as", format, "--to", &to, "--json",
        ]);
        assert_eq!(exported["runs"], 3, "{format}: {exported}");
        assert!(fs::metadata(&to).unwrap().len() > 500, "{format}");
    }
    let one = path("one.md");
    let _ = terminal.run(&["history", "export", &runs[1], "--as", "md", "--to", &one]);
    let text = fs::read_to_string(&one).unwrap();
    assert!(
        text.contains("客戶") && !text.contains("no\\_such"),
        "{text}"
    );

    let other = Terminal::new();
    let file = path("runs.json");
    let imported = other.json(&["history", "import", &file, "--json"]);
    assert_eq!(
        (&imported["added"], &imported["present"]),
        (&3.into(), &0.into())
    );
    let again = other.json(&["history", "import", &file, "--json"]);
    assert_eq!((&again["added"], &again["present"]), (&0.into(), &3.into()));
    let here = terminal.json(&["history", "show", &runs[0]]);
    assert_eq!(other.json(&["history", "show", &runs[0]]), here);

    // Another run of that name stays, and the command says so and fails.
    let changed = fs::read_to_string(&file)
        .unwrap()
        .replacen("SELECT 1", "SELECT 2", 1);
    fs::write(&file, changed).unwrap();
    let conflict = other.run(&["history", "import", &file, "--json"]);
    assert_eq!(conflict.status.code(), Some(1), "{conflict:?}");
    let report: Value = conflict.json();
    assert_eq!(report["conflicts"], 1);
    assert_eq!(other.json(&["history", "show", &runs[0]]), here);

    check_failure(&other, &["history", "import", &one], "import-invalid");
    check_failure(
        &other,
        &["history", "import", "/no/such/file"],
        "file-not-found",
    );
    check_failure(
        &other,
        &[
            "history",
            "export",
            "01NOSUCHRUN",
            "--as",
            "md",
            "--to",
            &one,
        ],
        "run-unknown",
    );
    for wrong in [
        &["history", "export", "--as", "md", "--to", &one][..],
        &[
            "history", "export", "last", "--all", "--as", "md", "--to", &one,
        ],
        &["history", "export", "--all", "--as", "poem", "--to", &one],
        &["history", "export", "--all", "--as", "md"],
    ] {
        assert_eq!(terminal.run(wrong).status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn everything_is_backed_up_and_comes_back_into_an_empty_folder() {
    let (terminal, runs) = history();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("all.zip").display().to_string();
    let written = terminal.json(&["history", "backup", "--to", &file, "--json"]);
    assert!(written["files"].as_u64().unwrap() >= 1, "{written}");

    // The data folder of this terminal is empty: nobody has opened it.
    let other = Terminal::unopened();
    let restored = other.json(&["history", "restore", &file, "--json"]);
    assert_eq!(restored["runs"], 3, "{restored}");
    let mut back = names(&other, &["history", "list", "--json"]);
    back.reverse();
    assert_eq!(back, runs);
    check_failure(&other, &["history", "restore", &file], "restore-refused");
    let beside = folder.path().join("beside").display().to_string();
    assert_eq!(
        other
            .run(&["history", "restore", &file, "--to", &beside])
            .status
            .code(),
        Some(0)
    );

    let empty = folder.path().join("never").display().to_string();
    let letter = folder.path().join("letter.zip");
    fs::write(&letter, "dear aunt").unwrap();
    let letter = letter.display().to_string();
    check_failure(
        &other,
        &["history", "restore", &letter, "--to", &empty],
        "backup-invalid",
    );
    assert!(!folder.path().join("never").exists());
}

#[test]
fn two_runs_are_compared_and_rules_are_kept() {
    let (terminal, runs) = history();
    let compared = terminal.json(&["history", "compare", &runs[0], &runs[1], "--json"]);
    assert_eq!(compared["is_same"], false);
    assert_eq!(compared["inputs"], serde_json::json!(["sql"]));
    let same = terminal.json(&["history", "compare", "last", "last", "--json"]);
    assert_eq!(same["is_same"], true);
    let keep = |arguments: &[&str]| terminal.run(&[&["history", "keep"], arguments].concat());
    assert_eq!(keep(&[]).stdout.trim(), "for ever");
    assert_eq!(keep(&["--days", "90"]).stdout.trim(), "90 days");
    assert_eq!(terminal.run(&["history", "tidy"]).stdout.trim(), "0");
    assert_eq!(keep(&["--forever"]).stdout.trim(), "for ever");
    check_failure(
        &terminal,
        &["history", "keep", "--days", "1"],
        "input-invalid",
    );
    let usage = terminal.json(&["history", "usage", "--by", "month", "--json"]);
    assert_eq!(usage.as_array().unwrap().len(), 1, "{usage}");
}

#[test]
fn the_window_finds_marks_and_compares_runs() {
    let (terminal, _) = history();
    drive_on(terminal, "history-panel", |window| async move {
        window.part("history-item").await;
        window.press("keeping-menu").await;
        window.photograph("history-menu").await;
        window.press("keeping-pick").await;
        let boxes = window.attributes("keeping-pick-run", "aria-label").await;
        assert_eq!(boxes.len(), 3, "{boxes:?}");
        for label in &boxes[..2] {
            window
                .press_at(&format!(
                    "[data-testid='keeping-pick-run'][aria-label={label:?}]"
                ))
                .await;
        }
        window.photograph("history-picking").await;
        window.press("keeping-compare").await;
        window.part("keeping-comparison").await;
        window.photograph("history-compared").await;
        window.press_at(".dialog .close button").await;
        window.press("keeping-pick-done").await;

        window.press("history-filter").await;
        window.part("history-filters").await;
        window.photograph("history-filters").await;
        let tagged = window.terminal().json(&["history", "list", "--json"]);
        assert_eq!(tagged.as_array().unwrap().len(), 3);
        window.press("history-tag-edit").await;
        window.fill("history-tag-input", "tax 2026").await;
        window.press("history-tag-add").await;
        window.says("history-tag", "tax 2026").await;
        window.photograph("history-tagged").await;
        let found = window
            .terminal()
            .json(&["history", "list", "--tag", "tax 2026", "--json"]);
        assert_eq!(found.as_array().unwrap().len(), 1, "{found}");

        window.press("keeping-menu").await;
        window.press("keeping-export").await;
        window.part("keeping-formats").await;
        window.photograph("history-export").await;
        window.press_at(".dialog .close button").await;
        window.press("keeping-menu").await;
        window.press("keeping-rule").await;
        window.part("keeping-days").await;
        window.photograph("history-rule").await;
    });
}

#[test]
fn the_window_opens_with_the_run_that_a_link_names() {
    let (terminal, runs) = history();
    let link = format!("deskhand://run/{}", runs[1]);
    drive_told(terminal, &[&link], "history-link", |window| async move {
        assert_eq!(window.attribute("result", "data-status").await, "done");
        assert_eq!(window.table().await, [[Value::from("客戶")]]);
        window.photograph("history-opened").await;
    });
}

#[test]
fn a_file_that_the_window_is_started_with_is_offered_as_if_let_go_over_it() {
    let terminal = Terminal::new();
    let file = terminal.data().join("客戶.csv");
    fs::write(&file, "day,amount\n2026-01-02,5\n").unwrap();
    let file = file.to_string_lossy().into_owned();
    drive_told(terminal, &[&file], "started-with", |window| async move {
        window.part("file-offers").await;
        let offers = window.attributes("file-offer", "data-does").await;
        assert!(offers.iter().any(|does| does == "books"), "{offers:?}");
        let assistants = window.attributes("file-offer", "data-assistant").await;
        assert!(assistants.iter().any(|id| id == "sql"), "{assistants:?}");
        window.photograph("started-with").await;
    });
}
