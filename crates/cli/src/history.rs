//! `history`: runs that were kept.

use std::process::ExitCode;

use desk::{Desk, RunRequest};
use history::Wanted;

use crate::arguments::HistoryCommand;
use crate::{Outcome, print, run};

pub async fn history(desk: &Desk, command: HistoryCommand) -> Outcome {
    let history = desk.history();
    match command {
        HistoryCommand::List {
            json,
            limit,
            assistant,
            pinned,
        } => {
            let wanted = Wanted {
                assistant,
                starred: pinned,
                ..Wanted::default()
            };
            print::summaries(&history.find(&wanted, limit, None).await?, json)?;
        }
        HistoryCommand::Pin { run } => {
            let run = history.resolve(&run).await?;
            history.star(&run, true).await?;
        }
        HistoryCommand::Unpin { run } => {
            let run = history.resolve(&run).await?;
            history.star(&run, false).await?;
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
