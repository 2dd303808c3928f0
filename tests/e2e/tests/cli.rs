//! The contract of the command line, on good days and with bad input.

#![expect(
    clippy::unwrap_used,
    reason = "all of this is tests, its functions included"
)]

use std::fs;
use std::path::{Path, PathBuf};

use e2e::terminal::{Terminal, input, sql};
use e2e::{database, place};
use serde_json::{Value, json};
use tempfile::TempDir;

const QUESTION: &str = "How many customers are there?";

/// A folder with a database of one's own.
fn own_database(name: &str, statements: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.execute_batch(statements).unwrap();
    (folder, path)
}

fn rows(report: &Value) -> Vec<Vec<Value>> {
    serde_json::from_value(report["artifact"]["rows"].clone()).unwrap()
}

/// Every field of the contract's object is there and of its type.
#[track_caller]
fn check_report(report: &Value) {
    assert!(report["run"].is_string(), "{report}");
    assert_eq!(report["assistant"], "sql");
    assert!(matches!(
        report["status"].as_str(),
        Some("done" | "failed" | "cancelled")
    ));
    assert!(report["repairs"].is_u64(), "{report}");
    for field in ["prompt", "cached", "output"] {
        assert!(report["tokens"][field].is_u64(), "{field}: {report}");
    }
    assert!(report["timings_ms"]["total"].is_u64(), "{report}");
    assert!(report["timings_ms"]["stages"].is_object(), "{report}");
    for check in report["checks"].as_array().unwrap() {
        assert!(
            check["name"].is_string() && check["detail"].is_string(),
            "{check}"
        );
        assert!(check["passed"].is_boolean(), "{check}");
    }
    for field in ["id", "artifact", "confidence", "model", "error"] {
        assert!(report.get(field).is_some(), "{field}: {report}");
    }
}

#[track_caller]
fn check_query(artifact: &Value) {
    assert_eq!(artifact["kind"], "query");
    assert_eq!(artifact["dialect"], "sqlite");
    assert!(
        artifact["sql"].is_string() && artifact["columns"].is_array(),
        "{artifact}"
    );
    let rows = artifact["rows"].as_array().unwrap();
    assert_eq!(artifact["row_count"], rows.len());
    assert!(artifact["truncated"].is_boolean(), "{artifact}");
    for field in ["explanation", "chart"] {
        assert!(artifact.get(field).is_some(), "{field}: {artifact}");
    }
}

/// A failed run is 1, wrong usage is 2, and both say why.
#[track_caller]
fn check_failure(terminal: &Terminal, arguments: &[&str], code: &str, status: i32) {
    let ended = terminal.run(arguments);
    assert_eq!(ended.code(), code, "{ended:?}");
    assert_eq!(ended.status.code(), Some(status), "{ended:?}");
}

#[track_caller]
fn check_database_failure(database: &Path, code: &str) {
    let terminal = Terminal::new();
    let ended = terminal.ask(database, QUESTION);
    assert_eq!(ended.code(), code, "{ended:?}");
    assert_eq!(ended.status.code(), Some(1));
    let report = ended.json();
    check_report(&report);
    assert_eq!(report["status"], "failed");
    // Nothing is lost: what went wrong is in the history too.
    let list = terminal.json(&["history", "list", "--json"]);
    assert_eq!(list[0]["run"], report["run"]);
    assert_eq!(list[0]["status"], "failed");
}

#[test]
fn assistants_say_what_they_want_to_be_told() {
    let all = Terminal::new().json(&["assistants", "--json"]);
    let found = all
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["id"] == "sql");
    let assistant = found.expect("sql is there");
    assert!(assistant["title"].is_string() && assistant["description"].is_string());
    assert_eq!(assistant["artifact"], "query");
    let names: Vec<&str> = assistant["inputs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|input| input["name"].as_str().unwrap())
        .collect();
    for name in ["database", "question", "sql"] {
        assert!(names.contains(&name), "{names:?}");
    }
}

#[test]
fn a_question_is_answered_by_the_contract_and_rightly() {
    let terminal = Terminal::new();
    let ended = terminal.ask(&place::shop(), QUESTION);
    assert_eq!(ended.status.code(), Some(0), "{ended:?}");
    let report = ended.json();
    check_report(&report);
    check_query(&report["artifact"]);
    assert_eq!(report["status"], "done");
    assert_eq!(report["model"], place::MODEL);
    assert_eq!(report["error"], Value::Null);
    let checks = report["checks"].as_array().unwrap();
    assert!(!checks.is_empty() && checks.iter().all(|check| check["passed"] == true));
    assert!(report["tokens"]["output"].as_u64().unwrap() > 0);
    assert!(report["timings_ms"]["first_token"].is_u64());
    let right = database::rows(&place::shop(), "SELECT count(*) FROM customers");
    assert!(database::are_equal(&rows(&report), &right), "{report}");
}

#[test]
fn the_rows_shown_are_the_rows_of_the_statement_shown() {
    let ended = Terminal::new().ask(&place::shop(), "List the names of all categories.");
    let report = ended.json();
    assert_eq!(report["status"], "done", "{report}");
    let statement = report["artifact"]["sql"].as_str().unwrap();
    let right = database::rows(&place::shop(), statement);
    assert!(!right.is_empty());
    assert!(database::are_equal(&rows(&report), &right), "{report}");
}

#[test]
fn a_question_in_chinese_is_answered() {
    let ended = Terminal::new().ask(&place::shop(), "一共有多少位顧客？");
    assert_eq!(ended.status.code(), Some(0), "{ended:?}");
    let report = ended.json();
    let right = database::rows(&place::shop(), "SELECT count(*) FROM customers");
    assert!(database::are_equal(&rows(&report), &right), "{report}");
}

#[test]
fn a_statement_of_ones_own_needs_no_model() {
    let mut terminal = Terminal::new();
    let database = input("database", place::shop());
    let statement = "sql=SELECT name, price FROM products ORDER BY id LIMIT 3";
    let mut command = terminal.command(&sql(&[&database, statement]));
    let empty = tempfile::tempdir().unwrap();
    command.env("DESKHAND_MODELS", empty.path());
    let ended = e2e::process::Running::start(&mut command).end(e2e::process::PATIENCE);
    let report = ended.json();
    assert_eq!(report["status"], "done", "{report}");
    assert_eq!(report["model"], Value::Null);
    assert_eq!(report["artifact"]["columns"], json!(["name", "price"]));
    let right = database::rows(&place::shop(), &statement[4..]);
    assert!(database::are_equal(&rows(&report), &right), "{report}");
    terminal = Terminal::new();
    check_failure(
        &terminal,
        &sql(&[&database, "sql=SELECT nothing"]),
        "query-failed",
        1,
    );
}

/// A table in a file is asked like a database, and its answer is taken away as another file.
#[test]
fn a_spreadsheet_is_asked_and_its_answer_taken_away() {
    let terminal = Terminal::new();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("費用.csv");
    let text =
        "日期;項目;金額\n05.01.2024;午餐;1.250,50\n06.01.2024;紙張;80,00\n07.01.2024;紙張;20,00\n";
    std::fs::write(&file, text).unwrap();
    let database = input("database", &file);
    let statement = "sql=SELECT 項目, sum(金額) AS 合計 FROM 費用 GROUP BY 項目 ORDER BY 合計 DESC";
    let report = terminal.json(&sql(&[&database, statement]));
    assert_eq!(
        report["artifact"]["rows"],
        json!([["午餐", 1250.5], ["紙張", 100.0]])
    );
    // The file is as it was, and nothing lies beside it.
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);

    let target = folder.path().join("answer.csv");
    let to = target.to_string_lossy();
    let ended = terminal.run(&["export", "last", "--as", "csv", "--to", &to]);
    assert_eq!(ended.status.code(), Some(0), "{ended:?}");
    let exported = std::fs::read_to_string(&target).unwrap();
    assert_eq!(
        exported.trim_start_matches('\u{feff}'),
        "項目,合計\r\n午餐,1250.5\r\n紙張,100\r\n"
    );
    for format in ["xlsx", "json", "markdown"] {
        let target = folder.path().join(format);
        let ended = terminal.run(&[
            "export",
            "last",
            "--as",
            format,
            "--to",
            &target.to_string_lossy(),
        ]);
        assert_eq!(ended.status.code(), Some(0), "{ended:?}");
        assert!(target.metadata().unwrap().len() > 20);
    }
    let none = folder.path().join("no/such/folder.csv");
    let ended = terminal.run(&[
        "export",
        "last",
        "--as",
        "csv",
        "--to",
        &none.to_string_lossy(),
    ]);
    assert!(ended.stderr.contains("file-unreadable"), "{ended:?}");
    // What cannot be read is said, and leaves nothing behind.
    std::fs::write(folder.path().join("bad.xlsx"), b"PK\x03\x04 not a workbook").unwrap();
    let bad = input("database", folder.path().join("bad.xlsx"));
    check_failure(&terminal, &sql(&[&bad, "sql=SELECT 1"]), "sheet-invalid", 1);
}

#[test]
fn a_statement_that_writes_is_refused_and_the_file_stays_as_it_is() {
    let (_folder, copy) = own_database("copy.sqlite", "");
    fs::copy(place::shop(), &copy).unwrap();
    let before = fs::read(&copy).unwrap();
    let terminal = Terminal::new();
    let database = input("database", &copy);
    for statement in [
        "DELETE FROM customers",
        "INSERT INTO categories (name, department) VALUES ('x', 'Home')",
        "DROP TABLE orders",
        "PRAGMA user_version = 7",
        "ATTACH 'other.sqlite' AS other",
        "VACUUM",
    ] {
        let statement = input("sql", statement);
        check_failure(
            &terminal,
            &sql(&[&database, &statement]),
            "query-not-read-only",
            1,
        );
    }
    check_failure(
        &terminal,
        &sql(&[&database, "sql=SELECT 1; DELETE FROM customers"]),
        "query-not-read-only",
        1,
    );
    assert_eq!(fs::read(&copy).unwrap(), before);
    let beside: Vec<_> = fs::read_dir(copy.parent().unwrap()).unwrap().collect();
    assert_eq!(beside.len(), 1, "nothing was left beside it: {beside:?}");
}

#[test]
fn a_batch_keeps_the_order_and_copies_ids() {
    let terminal = Terminal::new();
    let lines = terminal.data().join("in.jsonl");
    let results = terminal.data().join("out.jsonl");
    let shop = place::shop();
    let good = json!({"id": "first", "database": shop, "question": QUESTION});
    let bad = json!({"id": 2, "database": "/there/is/none.sqlite", "question": QUESTION});
    let last = json!({"id": {"n": 3}, "database": shop, "question": "How many orders are there?"});
    fs::write(&lines, format!("{good}\n{bad}\n{last}\n")).unwrap();
    let (lines, out) = (lines.to_string_lossy(), results.to_string_lossy());
    let ended = terminal.run(&["batch", "sql", &lines, &out]);
    assert_eq!(ended.status.code(), Some(0), "{ended:?}");
    let text = fs::read_to_string(&results).unwrap();
    let reports: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    reports.iter().for_each(check_report);
    let ids: Vec<&Value> = reports.iter().map(|report| &report["id"]).collect();
    assert_eq!(ids, [&json!("first"), &json!(2), &json!({"n": 3})]);
    let statuses: Vec<&Value> = reports.iter().map(|report| &report["status"]).collect();
    assert_eq!(statuses, ["done", "failed", "done"]);
    assert_eq!(reports[1]["error"]["code"], "file-not-found");
}

#[test]
fn a_batch_line_that_is_no_object_fails_alone() {
    let terminal = Terminal::new();
    let lines = terminal.data().join("in.jsonl");
    let out = terminal.data().join("out.jsonl");
    let good = json!({"database": place::shop(), "sql": "SELECT 1"});
    fs::write(&lines, format!("{{\"broken\": \n{good}\n")).unwrap();
    let ended = terminal.run(&[
        "batch",
        "sql",
        &lines.to_string_lossy(),
        &out.to_string_lossy(),
    ]);
    let text = fs::read_to_string(&out).unwrap();
    let reports: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(reports.len(), 2, "{ended:?}");
    assert_eq!(reports[0]["status"], "failed");
    assert_eq!(reports[0]["error"]["code"], "input-invalid");
    assert_eq!(reports[1]["status"], "done", "{}", reports[1]);
}

#[test]
fn history_keeps_runs_newest_first() {
    let terminal = Terminal::new();
    let database = input("database", place::shop());
    let first = terminal.json(&sql(&[&database, "sql=SELECT 1 AS one"]));
    let second = terminal.json(&sql(&[&database, "sql=SELECT 2 AS two"]));
    let list = terminal.json(&["history", "list", "--json"]);
    let runs: Vec<&Value> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["run"])
        .collect();
    assert_eq!(runs, [&second["run"], &first["run"]]);
    assert_eq!(list[0]["status"], "done");
    assert_eq!(list[0]["assistant"], "sql");
    let shown = terminal.json(&["history", "show", first["run"].as_str().unwrap()]);
    assert_eq!(shown["report"]["run"], first["run"]);
    assert_eq!(shown["report"]["artifact"], first["artifact"]);
    assert_eq!(shown["inputs"]["sql"], "SELECT 1 AS one");
    let last = terminal.json(&["history", "show", "last"]);
    assert_eq!(last["report"]["run"], second["run"]);
    check_failure(
        &terminal,
        &["history", "show", "01NOSUCHRUN"],
        "run-unknown",
        1,
    );
}

#[test]
fn models_are_listed_and_verified() {
    let terminal = Terminal::new();
    let list = terminal.run(&["model", "list"]);
    assert_eq!(list.status.code(), Some(0), "{list:?}");
    for id in ["qwen2.5-coder-1.5b", "qwen2.5-coder-0.5b"] {
        assert!(list.stdout.contains(id), "{list:?}");
    }
    let verified = terminal.run(&["model", "verify", place::MODEL]);
    assert_eq!(verified.status.code(), Some(0), "{verified:?}");
    check_failure(&terminal, &["model", "verify", "gpt-9"], "model-unknown", 1);
}

#[test]
fn a_model_file_that_is_damaged_is_found_out() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder
            .path()
            .join("qwen2.5-coder-0.5b-instruct-q4_k_m.gguf"),
        b"GGUF, or so",
    )
    .unwrap();
    let terminal = Terminal::new();
    let database = input("database", place::shop());
    let question = input("question", QUESTION);
    for arguments in [
        vec!["model", "verify", place::MODEL],
        sql(&[&database, &question]),
    ] {
        let mut command = terminal.command(&arguments);
        command.env("DESKHAND_MODELS", folder.path());
        let ended = e2e::process::Running::start(&mut command).end(e2e::process::PATIENCE);
        assert_eq!(ended.code(), "model-corrupt", "{ended:?}");
        assert_eq!(ended.status.code(), Some(1));
    }
}

#[test]
fn a_model_that_is_not_there_is_named() {
    let empty = tempfile::tempdir().unwrap();
    let terminal = Terminal::new();
    let database = input("database", place::shop());
    let question = input("question", QUESTION);
    let mut command = terminal.command(&sql(&[&database, &question]));
    command.env("DESKHAND_MODELS", empty.path());
    let ended = e2e::process::Running::start(&mut command).end(e2e::process::PATIENCE);
    assert_eq!(ended.code(), "model-missing", "{ended:?}");
    assert_eq!(ended.status.code(), Some(1));
    let report = ended.json();
    assert_eq!(report["status"], "failed");
    let sentence = report["error"]["sentence"].as_str().unwrap();
    assert!(sentence.contains(place::MODEL), "{sentence}");
    let whole_or_half = fs::read_dir(empty.path()).unwrap().filter(|entry| {
        let name = entry.as_ref().unwrap().file_name();
        name.to_string_lossy().starts_with("qwen")
    });
    assert_eq!(whole_or_half.count(), 0, "asking must not download");
}

#[test]
fn a_model_that_nobody_knows_is_refused() {
    let terminal = Terminal::with_model("gpt-9");
    let database = input("database", place::shop());
    let question = input("question", QUESTION);
    check_failure(&terminal, &sql(&[&database, &question]), "model-unknown", 1);
}

#[test]
fn a_file_that_is_not_there_is_named() {
    check_database_failure(Path::new("/there/is/none.sqlite"), "file-not-found");
    let folder = tempfile::tempdir().unwrap();
    let typo = folder.path().join("shop.sqlit");
    check_database_failure(&typo, "file-not-found");
    assert!(!typo.exists(), "asking must not make a file");
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.sqlite");
    fs::write(&text, "Dear diary, ".repeat(1000)).unwrap();
    check_database_failure(&text, "database-invalid");
    let half = folder.path().join("half.sqlite");
    let whole = fs::read(place::shop()).unwrap();
    fs::write(&half, &whole[..whole.len() / 2]).unwrap();
    check_database_failure(&half, "database-invalid");
}

#[test]
fn a_database_without_tables_is_refused() {
    let (_folder, path) = own_database("empty.sqlite", "PRAGMA user_version = 1");
    check_database_failure(&path, "database-empty");
    // A file of no bytes is what SQLite makes of a new database.
    fs::write(&path, b"").unwrap();
    check_database_failure(&path, "database-empty");
}

#[test]
fn a_database_that_another_program_holds_is_not_waited_for() {
    let (_folder, path) = own_database(
        "held.sqlite",
        "CREATE TABLE t (a); INSERT INTO t VALUES (1)",
    );
    let holder = rusqlite::Connection::open(&path).unwrap();
    holder.execute_batch("BEGIN EXCLUSIVE").unwrap();
    check_database_failure(&path, "database-locked");
    holder.execute_batch("ROLLBACK").unwrap();
}

#[test]
fn a_question_must_be_one() {
    let terminal = Terminal::new();
    let database = input("database", place::shop());
    for question in ["question=", "question=  \n ", "sql="] {
        check_failure(&terminal, &sql(&[&database, question]), "input-missing", 1);
    }
    check_failure(&terminal, &sql(&[&database]), "input-missing", 1);
    check_failure(&terminal, &sql(&["question=How many?"]), "input-missing", 1);
}

#[test]
fn a_question_of_a_hundred_kilobytes_is_too_long() {
    let terminal = Terminal::new();
    let database = input("database", place::shop());
    let question = input("question", "How many customers are there? ".repeat(3500));
    check_failure(
        &terminal,
        &sql(&[&database, &question]),
        "input-too-long",
        1,
    );
    let file = terminal.data().join("question.txt");
    fs::write(&file, "客".repeat(100_000)).unwrap();
    let question = format!("question=@{}", file.display());
    check_failure(
        &terminal,
        &sql(&[&database, &question]),
        "input-too-long",
        1,
    );
}

#[test]
fn wrong_usage_is_told_apart_from_a_failed_run() {
    let terminal = Terminal::new();
    check_failure(
        &terminal,
        &["run", "poetry", "--json"],
        "assistant-unknown",
        2,
    );
    check_failure(&terminal, &sql(&["colour=red"]), "input-unknown", 2);
    for arguments in [
        &["dance"][..],
        &["run"],
        &["run", "sql", "--no-such-flag"],
        &["run", "sql", "-i", "no-equals-sign"],
        &["batch", "sql"],
        &["history", "show"],
    ] {
        let ended = terminal.run(arguments);
        assert_eq!(ended.status.code(), Some(2), "{arguments:?}: {ended:?}");
        assert!(!ended.stderr.trim().is_empty(), "{arguments:?}");
        assert!(ended.stdout.is_empty(), "{arguments:?}: {ended:?}");
    }
}
