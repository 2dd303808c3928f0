//! A desk with runs in its history that no model was asked for.

#![allow(
    dead_code,
    clippy::allow_attributes,
    reason = "each file of tests uses its own share of this"
)]

use std::path::Path;

use assistant::artifact::{Cell, QueryResult};
use assistant::driver::{Record as _, RunStart};
use assistant::report::{Timings, Tokens};
use assistant::{Artifact, Inputs, RunId, RunReport, Status};
use desk::{Desk, DeskOptions};
use model::ModelId;

pub async fn desk(folder: &Path) -> Desk {
    Desk::open(DeskOptions {
        data_dir: Some(folder.to_owned()),
        ..DeskOptions::default()
    })
    .await
    .unwrap()
}

fn start(question: &str, model: &str) -> RunStart {
    RunStart {
        id: None,
        run: history::new_run_id(),
        assistant: "sql".to_owned(),
        inputs: Inputs::from([("database", "shop"), ("question", question)]),
        model: ModelId::from(model),
        seed: None,
    }
}

/// A run that has not ended.
pub async fn begin(desk: &Desk, question: &str) -> RunId {
    let start = start(question, "small");
    desk.history().begin(&start).await.unwrap();
    start.run
}

pub async fn keep(desk: &Desk, question: &str, answer: &str) -> RunId {
    keep_of(desk, question, answer, "small").await
}

/// A run that a model answered with one cell.
pub async fn keep_of(desk: &Desk, question: &str, answer: &str, model: &str) -> RunId {
    let start = start(question, model);
    desk.history().begin(&start).await.unwrap();
    let report = RunReport {
        id: None,
        run: start.run.clone(),
        assistant: start.assistant.clone(),
        status: Status::Done,
        artifact: Some(Artifact::Query(QueryResult {
            sql: "SELECT name\nFROM customer".to_owned(),
            dialect: "sqlite".to_owned(),
            columns: vec!["name".to_owned()],
            rows: vec![vec![Cell::Text(answer.to_owned())]],
            row_count: 1,
            truncated: false,
            explanation: None,
            chart: None,
            headline: None,
            readings: vec![],
            headings: vec![],
            draft: false,
        })),
        checks: vec![],
        confidence: Some(0.3),
        repairs: 0,
        model: Some(start.model.clone()),
        tokens: Tokens {
            prompt: 1_000_000,
            cached: 0,
            output: 100_000,
        },
        timings_ms: Timings::default(),
        error: None,
    };
    desk.history().finish(&report).await.unwrap();
    start.run
}
