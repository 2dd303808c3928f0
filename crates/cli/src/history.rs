//! `history`: runs that were kept.

use std::process::ExitCode;

use desk::{Desk, RunRequest};

use crate::arguments::HistoryCommand;
use crate::{Outcome, print, run};

pub async fn history(desk: &Desk, command: HistoryCommand) -> Outcome {
    let history = desk.history();
    match command {
        HistoryCommand::List { json, limit } => {
            print::summaries(&history.list(limit, None).await?, json)?;
        }
        HistoryCommand::Search { query, json } => {
            print::summaries(&history.search(&query, 50).await?, json)?;
        }
        HistoryCommand::Show { run } => {
            let run = history.resolve(&run).await?;
            print::json(&history.show(&run).await?)?;
        }
        HistoryCommand::Delete { run } => {
            let run = history.resolve(&run).await?;
            history.delete(&run).await?;
        }
        HistoryCommand::Rerun { run, json } => return rerun(desk, &run, json).await,
    }
    Ok(ExitCode::SUCCESS)
}

async fn rerun(desk: &Desk, run: &str, json: bool) -> Outcome {
    let run = desk.history().resolve(run).await?;
    let record = desk.history().show(&run).await?;
    let request = RunRequest {
        id: None,
        assistant: record.report.assistant,
        inputs: record.inputs,
        model: None,
        seed: None,
    };
    run::one(desk, request, json).await
}
