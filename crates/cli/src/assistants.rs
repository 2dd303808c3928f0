//! `assistants import | export | test | …`: seeing to assistants of one's own, and to what stands in
//! the fields of any.

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
        AssistantsCommand::Default {
            assistant,
            values,
            json,
        } => return defaults(desk, &assistant, &values, json),
        AssistantsCommand::Delete { id } => desk.delete_assistant(&id)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn defaults(desk: &Desk, assistant: &str, values: &[String], json: bool) -> Outcome {
    for pair in values {
        let Some((name, value)) = pair.split_once('=') else {
            eprintln!("A default is written NAME=VALUE, or NAME= to give it up.");
            return Ok(ExitCode::from(2));
        };
        desk.set_assistant_default(assistant, name.trim(), Some(value))?;
    }
    desk.assistant(assistant)?;
    let own = desk.assistant_defaults()?.remove(assistant);
    let own = own.unwrap_or_default();
    if json {
        print::json(&own)?;
    } else {
        for (name, value) in own {
            println!("{name}={value}");
        }
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
