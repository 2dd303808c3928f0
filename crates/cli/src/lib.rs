//! `deskhand-cli`: the desk without a window, for scripts, for tests and for machines with no display.
//!
//! It parses, calls the desk and prints; it decides nothing. Results go to standard output,
//! progress and complaints to standard error.
//!
//! Exit status: 0 done, 1 failed (the printed object or sentence says why), 2 wrong usage.

mod arguments;
mod assistants;
mod batch;
mod books;
mod databases;
mod export;
mod history;
mod models;
mod print;
mod progress;
mod run;
mod services;

use std::process::ExitCode;

use arguments::{Arguments, Command, HistoryCommand, NetworkState};
use assistant::{Code, Fault};
use clap::Parser;
use desk::{Desk, DeskOptions, Drafts, Priority};

/// How a command ended.
type Outcome = Result<ExitCode, Fault>;

/// What `deskhand-cli` does: reads the command line of this process, performs it, and says how it ended.
///
/// A library and not only a program, because what is installed on Linux is one program with two names: the
/// desk is in it once.
#[tokio::main]
pub async fn run() -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("DESKHAND_LOG")
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn")),
        )
        .init();
    let arguments = Arguments::parse();
    match perform(arguments).await {
        Ok(code) => code,
        Err(fault) => {
            eprintln!("{} [{}]", fault.sentence, fault.code.as_str());
            exit_code(&fault)
        }
    }
}

/// What the caller could have known before calling is wrong usage; everything else has failed.
fn exit_code(fault: &Fault) -> ExitCode {
    match fault.code {
        Code::AssistantUnknown | Code::InputUnknown => ExitCode::from(2),
        _ => ExitCode::FAILURE,
    }
}

async fn perform(arguments: Arguments) -> Outcome {
    // The folder into which a backup comes back must be empty, and opening a desk fills it.
    if let Command::History(HistoryCommand::Restore { file, to, json }) = arguments.command {
        return history::restore(arguments.data_dir, &file, to, json).await;
    }
    let kept = arguments.keep_drafts.map(Drafts::Keep);
    let desk = Desk::open(DeskOptions {
        drafts: kept.or(arguments.from_drafts.map(Drafts::Replay)),
        data_dir: arguments.data_dir,
        model: arguments.model.map(model::ModelId),
        priority: match arguments.command {
            Command::Batch(_) => Priority::Batch,
            _ => Priority::Interactive,
        },
    })
    .await?;
    let outcome = match arguments.command {
        Command::Assistants {
            command: Some(command),
            ..
        } => assistants::assistants(&desk, command).await,
        Command::Assistants { json, language, .. } => {
            print::assistants(&desk, json, language);
            Ok(ExitCode::SUCCESS)
        }
        Command::Run(options) => run::run(&desk, options).await,
        Command::Batch(options) => batch::batch(&desk, options).await,
        Command::Export(options) => export::export(&desk, options).await,
        Command::History(command) => history::history(&desk, command).await,
        Command::Model(command) => models::models(&desk, command).await,
        Command::Connection(command) => databases::connections(&desk, command).await,
        Command::Database(command) => databases::databases(&desk, command).await,
        Command::Service(command) => services::services(&desk, command).await,
        Command::Network { state } => network(&desk, state),
        Command::Spending {
            limit,
            no_limit,
            json,
        } => services::spending(&desk, limit.as_deref(), no_limit, json),
        Command::Book(command) => books::books(&desk, command).await,
    };
    desk.close().await;
    outcome
}

/// `network`: whether it may be used.
fn network(desk: &Desk, state: Option<NetworkState>) -> Outcome {
    if let Some(state) = state {
        desk.set_offline(state == NetworkState::Off)?;
    }
    println!("{}", if desk.is_offline()? { "off" } else { "on" });
    Ok(ExitCode::SUCCESS)
}
