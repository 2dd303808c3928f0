//! Runs to keep, and a second process to keep them in.

#![allow(
    dead_code,
    clippy::allow_attributes,
    reason = "each file of tests uses its own share of this"
)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use assistant::artifact::{Cell, QueryResult};
use assistant::driver::{Record, RunStart, Step};
use assistant::event::Stage;
use assistant::report::{Timings, Tokens};
use assistant::{Artifact, Check, Inputs, RunId, RunReport, Status};
use history::{History, new_run_id};
use model::ModelId;

/// Tells the test binary that it is the second process, and what to do.
pub const ROLE: &str = "HISTORY_TEST_ROLE";
/// Where the second process finds the history.
pub const FOLDER: &str = "HISTORY_TEST_FOLDER";

pub fn start(question: &str) -> RunStart {
    RunStart {
        id: Some(serde_json::json!({"line": 7})),
        run: new_run_id(),
        assistant: "sql".to_owned(),
        inputs: Inputs::from([("database", "shop.db"), ("question", question)]),
        model: ModelId::from("qwen2.5-coder-0.5b"),
        seed: Some(u32::MAX),
    }
}

pub fn draft(text: &str) -> Step {
    Step {
        stage: Stage::Draft,
        attempt: 1,
        took_ms: 12,
        draft: Some(text.to_owned()),
        checks: vec![],
        sent: None,
    }
}

pub fn checked(attempt: u32) -> Step {
    Step {
        stage: Stage::Check,
        attempt,
        took_ms: 3,
        draft: None,
        checks: vec![Check::failed("runs", "no such column: x")],
        sent: None,
    }
}

/// A report whose artifact holds `text` as a cell.
pub fn done(start: &RunStart, text: &str) -> RunReport {
    RunReport {
        id: start.id.clone(),
        run: start.run.clone(),
        assistant: start.assistant.clone(),
        status: Status::Done,
        artifact: Some(Artifact::Query(QueryResult {
            sql: "SELECT name\nFROM customer".to_owned(),
            dialect: "sqlite".to_owned(),
            columns: vec!["name".to_owned(), "spent".to_owned()],
            rows: vec![vec![Cell::Text(text.to_owned()), Cell::Real(0.1 + 0.2)]],
            row_count: 1,
            truncated: false,
            explanation: None,
            chart: None,
            headline: Some("One row.".into()),
            readings: vec![],
            headings: vec![],
            draft: false,
        })),
        checks: vec![Check::passed("runs", "1 row")],
        confidence: Some(0.123_456_789_012_345_67),
        repairs: 1,
        model: Some(start.model.clone()),
        tokens: Tokens {
            prompt: 412,
            cached: 380,
            output: 51,
        },
        timings_ms: Timings {
            total: 1840,
            first_token: Some(140),
            stages: BTreeMap::from([("draft".to_owned(), 1610)]),
        },
        error: None,
    }
}

/// Keeps a run from its beginning to its end.
pub async fn keep(history: &History, question: &str, answer: &str) -> RunId {
    let start = start(question);
    history.begin(&start).await.unwrap();
    history.finish(&done(&start, answer)).await.unwrap();
    start.run
}

/// The history's file as sqlite sees it, past this crate.
pub async fn raw(folder: &Path) -> sqlx::SqliteConnection {
    use sqlx::ConnectOptions;
    sqlx::sqlite::SqliteConnectOptions::new()
        .filename(folder.join("history.sqlite"))
        .create_if_missing(true)
        .connect()
        .await
        .unwrap()
}

/// A second process. It is killed when dropped.
pub struct Other {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Other {
    /// Starts this very test binary with only its test `other_process`.
    pub fn start(role: &str, folder: &Path) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "other_process", "--nocapture"])
            .env(ROLE, role)
            .env(FOLDER, folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        Self { child, lines }
    }

    /// Waits for a line `WORD REST` and returns the rest.
    pub fn told(&mut self, word: &str) -> String {
        for line in (&mut self.lines).lines().map_while(Result::ok) {
            // The test harness writes its own words before, without ending the line.
            if let Some((_, rest)) = line.split_once(&format!("{word} ")) {
                return rest.to_owned();
            }
        }
        panic!("the other process never said {word}");
    }

    /// Ends it as the operating system does, in the middle of anything; returns what it still said.
    pub fn kill(mut self) -> Vec<String> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        (&mut self.lines).lines().map_while(Result::ok).collect()
    }

    /// Waits until it ends by itself.
    pub fn ends_well(mut self) {
        let _ = (&mut self.lines).lines().count();
        assert!(self.child.wait().unwrap().success());
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
