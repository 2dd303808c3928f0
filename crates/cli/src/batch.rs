//! `batch`: a run for every line of a file, in order, with the model kept loaded.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::process::ExitCode;
use std::sync::Arc;

use assistant::{Code, Fault, Inputs};
use desk::{Desk, RunRequest};
use serde_json::{Map, Value};
use tokio_util::sync::CancellationToken;

use crate::Outcome;
use crate::arguments::BatchOptions;
use crate::run::{cancelled_by_interrupt, unreadable};

pub async fn batch(desk: &Desk, options: BatchOptions) -> Outcome {
    desk.assistant(&options.assistant)?;
    let lines = BufReader::new(open(&options)?).lines();
    let mut output = create(&options)?;
    let cancel = cancelled_by_interrupt();
    for (number, line) in lines.enumerate() {
        let line = line.map_err(|error| unreadable(&options.input.to_string_lossy(), &error))?;
        if line.trim().is_empty() {
            continue;
        }
        let result = answer(desk, &options, &line, &cancel).await?;
        write_line(&mut output, &result, &options)?;
        eprintln!(
            "{}: {}",
            number + 1,
            result["status"].as_str().unwrap_or("failed")
        );
        if cancel.is_cancelled() {
            return Ok(ExitCode::FAILURE);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The result of one line. A line that is no object of inputs has a failed result like any other.
async fn answer(
    desk: &Desk,
    options: &BatchOptions,
    line: &str,
    cancel: &CancellationToken,
) -> Result<Value, Fault> {
    let (id, inputs) = match parse(line) {
        Ok(parsed) => parsed,
        Err(fault) => return Ok(refused(options, &fault)),
    };
    let request = RunRequest {
        id,
        assistant: options.assistant.clone(),
        inputs,
        model: None,
        seed: options.seed,
        exact: false,
    };
    let report = desk
        .run(request, Arc::new(|_| {}), cancel.child_token())
        .await?;
    serde_json::to_value(report).map_err(|error| internal(&error))
}

fn parse(line: &str) -> Result<(Option<Value>, Inputs), Fault> {
    let mut object: Map<String, Value> = serde_json::from_str(line).map_err(|error| {
        Fault::new(
            Code::InputInvalid,
            format!("This line is not a JSON object of inputs: {error}."),
        )
        .with("detail", error)
    })?;
    let id = object.remove("id");
    let inputs = object
        .into_iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| match value {
            Value::String(text) => (name, text),
            other => (name, other.to_string()),
        })
        .collect();
    Ok((id, Inputs(inputs)))
}

/// The result of a line that never became a run.
fn refused(options: &BatchOptions, fault: &Fault) -> Value {
    serde_json::json!({
        "id": null, "run": null, "assistant": options.assistant, "status": "failed",
        "artifact": null, "checks": [], "confidence": null, "repairs": 0, "model": null,
        "tokens": {"prompt": 0, "cached": 0, "output": 0},
        "timings_ms": {"total": 0, "first_token": null, "stages": {}},
        "error": fault,
    })
}

fn open(options: &BatchOptions) -> Result<File, Fault> {
    File::open(&options.input).map_err(|error| unreadable(&options.input.to_string_lossy(), &error))
}

fn create(options: &BatchOptions) -> Result<File, Fault> {
    File::create(&options.output).map_err(|error| unwritable(options, &error))
}

fn write_line(output: &mut File, result: &Value, options: &BatchOptions) -> Result<(), Fault> {
    let mut line = serde_json::to_vec(result).map_err(|error| internal(&error))?;
    line.push(b'\n');
    output
        .write_all(&line)
        .map_err(|error| unwritable(options, &error))
}

fn unwritable(options: &BatchOptions, error: &std::io::Error) -> Fault {
    let path = options.output.display();
    Fault::new(
        Code::FileUnreadable,
        format!("{path} cannot be written: {error}."),
    )
    .with("path", path)
    .with("detail", error)
}

fn internal(error: &serde_json::Error) -> Fault {
    Fault::new(Code::Internal, "A result could not be written as JSON.").with("detail", error)
}
