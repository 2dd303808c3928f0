//! `run`: one run, with its progress on standard error.

use std::collections::BTreeMap;
use std::io::Read;
use std::process::ExitCode;

use assistant::{Code, Fault, Inputs, RunReport, Status};
use desk::{Desk, RunRequest};
use tokio_util::sync::CancellationToken;

use crate::arguments::RunOptions;
use crate::{Outcome, print, progress};

pub async fn run(desk: &Desk, options: RunOptions) -> Outcome {
    let inputs = match parse_inputs(&options.inputs) {
        Ok(inputs) => inputs,
        Err(fault) => {
            eprintln!("{} [{}]", fault.sentence, fault.code.as_str());
            return Ok(ExitCode::from(2));
        }
    };
    let request = RunRequest {
        id: None,
        assistant: options.assistant,
        inputs,
        model: None,
        seed: options.seed,
        exact: false,
    };
    one(desk, request, options.json).await
}

/// Runs a request, prints its report and turns it into an exit status. Ctrl-C stops the run.
pub async fn one(desk: &Desk, request: RunRequest, json: bool) -> Outcome {
    let cancel = cancelled_by_interrupt();
    let report = desk.run(request, progress::on_stderr(), cancel).await?;
    if json {
        print::json(&report)?;
    } else {
        print::report(&report);
    }
    Ok(exit_code(&report))
}

fn exit_code(report: &RunReport) -> ExitCode {
    match (&report.status, &report.error) {
        (Status::Done, _) => ExitCode::SUCCESS,
        (_, Some(fault)) => crate::exit_code(fault),
        (_, None) => ExitCode::FAILURE,
    }
}

/// A token that fires at the first Ctrl-C; a second one ends the program as usual.
pub fn cancelled_by_interrupt() -> CancellationToken {
    let cancel = CancellationToken::new();
    let token = cancel.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            eprintln!("stopping ...");
            token.cancel();
        }
        if tokio::signal::ctrl_c().await.is_ok() {
            std::process::exit(130);
        }
    });
    cancel
}

fn parse_inputs(pairs: &[String]) -> Result<Inputs, Fault> {
    let pairs: Result<BTreeMap<String, String>, Fault> =
        pairs.iter().map(|pair| parse(pair)).collect();
    pairs.map(Inputs)
}

fn parse(pair: &str) -> Result<(String, String), Fault> {
    let (name, value) = pair.split_once('=').ok_or_else(|| {
        Fault::new(
            Code::InputInvalid,
            format!("An input is written NAME=VALUE, and {pair:?} has no equals sign."),
        )
    })?;
    let value = match value.strip_prefix('@') {
        None => value.to_owned(),
        Some("-") => read_stdin()?,
        Some(path) => std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))?,
    };
    Ok((name.to_owned(), value))
}

fn read_stdin() -> Result<String, Fault> {
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .map_err(|error| unreadable("standard input", &error))?;
    Ok(text)
}

/// A file of the caller's that cannot be read.
pub fn unreadable(path: &str, error: &std::io::Error) -> Fault {
    let code = match error.kind() {
        std::io::ErrorKind::NotFound => Code::FileNotFound,
        _ => Code::FileUnreadable,
    };
    Fault::new(code, format!("{path} cannot be read: {error}."))
        .with("path", path)
        .with("detail", error)
}
