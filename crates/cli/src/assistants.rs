//! `assistants import | export | test | …`: seeing to assistants of one's own.

use std::process::ExitCode;

use desk::{Desk, ExampleResult};

use crate::arguments::AssistantsCommand;
use crate::run::cancelled_by_interrupt;
use crate::{Outcome, print};

pub async fn assistants(desk: &Desk, command: AssistantsCommand) -> Outcome {
    match command {
        AssistantsCommand::Import { file } => {
            let file = desk.import_assistant_file(&file)?;
            println!("{}  {}", file.id, file.title.en);
        }
        AssistantsCommand::Export { id, to } => desk.export_assistant(&id, &to)?,
        AssistantsCommand::Test { id, json } => return test(desk, &id, json).await,
        AssistantsCommand::Versions { id } => {
            for version in desk.assistant_versions(&id)? {
                println!("{}  {}", version.number, version.saved_at);
            }
        }
        AssistantsCommand::Duplicate { id } => {
            println!("{}", desk.duplicate_assistant(&id)?.id);
        }
        AssistantsCommand::Delete { id } => desk.delete_assistant(&id)?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn test(desk: &Desk, id: &str, json: bool) -> Outcome {
    let file = desk.assistant_file(id, None)?;
    let tell = |result: &ExampleResult| {
        let mark = if result.passed { "passed" } else { "failed" };
        eprintln!("{}: {mark}", result.place + 1);
    };
    let report = desk
        .test_examples(&file, &tell, &cancelled_by_interrupt())
        .await?;
    if json {
        print::json(&report)?;
    } else {
        for result in report.results.iter().filter(|result| !result.passed) {
            println!("{}. expected  {}", result.place + 1, result.expected);
            println!("    predicted {}", result.predicted);
        }
        println!("{} of {} examples predicted", report.passed, report.total);
    }
    Ok(ExitCode::SUCCESS)
}
