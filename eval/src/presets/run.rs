//! Asking: one `deskhand-cli batch` for a preset, and its results read back.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde_json::{Value, json};

use super::cases::Case;
use crate::failure::Failure;
use crate::sql::beside_this_program;

/// One run of the command line.
pub struct Run<'a> {
    pub cli: Option<&'a Path>,
    pub model: Option<&'a str>,
    pub scratch: &'a Path,
    pub keep: Option<&'a Path>,
    /// Where drafts were kept that are to be looked at again, without the model.
    pub again: Option<&'a Path>,
    pub assistant: &'a str,
    pub cases: &'a [Case],
}

/// What one result line says, as far as it is judged.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Answer {
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    status: String,
    #[serde(default)]
    pub artifact: Option<Value>,
    #[serde(default)]
    checks: Vec<Check>,
    #[serde(default)]
    pub repairs: u32,
    #[serde(default)]
    pub timings_ms: Timings,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Check {
    name: String,
    passed: bool,
    detail: String,
}

/// Milliseconds.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Timings {
    #[serde(default)]
    pub total: Option<u64>,
    #[serde(default)]
    pub first_token: Option<u64>,
}

impl Answer {
    /// Whether it was shown as an answer.
    pub fn is_done(&self) -> bool {
        self.status == "done"
    }

    /// Whether it came with a picture.
    pub fn draws(&self) -> bool {
        let picture = self
            .artifact
            .as_ref()
            .and_then(|artifact| artifact["svg"].as_str());
        picture.is_some_and(|picture| !picture.is_empty())
    }

    /// The first check that did not hold.
    pub fn failed_check(&self) -> String {
        let failed = self.checks.iter().find(|check| !check.passed);
        failed
            .map(|check| format!("{} ({})", check.name, check.detail))
            .unwrap_or_default()
    }

    /// What it says, whatever its kind.
    pub fn text(&self) -> String {
        let artifact = self.artifact.as_ref().unwrap_or(&Value::Null);
        ["text", "code", "command", "latex"]
            .iter()
            .find_map(|field| artifact[*field].as_str())
            .unwrap_or_default()
            .to_owned()
    }
}

/// Answers by the id of their case.
pub fn ask(run: &Run<'_>) -> Result<HashMap<String, Answer>, Failure> {
    let cli = match run.cli {
        Some(cli) => cli.to_owned(),
        None => beside_this_program()?,
    };
    if !cli.is_file() {
        return Err(Failure::NoCommandLine(cli));
    }
    let input = run.scratch.join(format!("{}.in.jsonl", run.assistant));
    let folder = run.keep.unwrap_or(run.scratch);
    fs::create_dir_all(folder).map_err(Failure::file(folder))?;
    let results = folder.join(format!("{}.out.jsonl", run.assistant));
    write_input(&input, run.cases)?;
    let mut command = Command::new(&cli);
    command.arg("--data-dir").arg(run.scratch.join("data"));
    if let Some(model) = run.model {
        command.args(["--model", model]);
    }
    let drafts = |folder: &Path| folder.join(format!("{}.drafts.jsonl", run.assistant));
    // Drafts kept earlier must not be taken for this run's.
    for old in run.keep.into_iter().map(drafts).filter(|old| old.exists()) {
        fs::remove_file(&old).map_err(Failure::file(&old))?;
    }
    match (run.again, run.keep) {
        (Some(again), _) => drop(command.arg("--from-drafts").arg(drafts(again))),
        (None, Some(keep)) => drop(command.arg("--keep-drafts").arg(drafts(keep))),
        (None, None) => {}
    }
    command
        .args(["batch", run.assistant])
        .arg(&input)
        .arg(&results);
    // Our standard output is for the report alone.
    command
        .stdin(Stdio::null())
        .stdout(io::stderr())
        .stderr(Stdio::null());
    let status = command.status().map_err(Failure::file(&cli))?;
    let text = fs::read_to_string(&results).map_err(Failure::file(&results))?;
    if text.is_empty() {
        return Err(Failure::NoResults(status.to_string()));
    }
    let mut answers = HashMap::new();
    for (number, line) in text.lines().enumerate() {
        let answer: Answer = serde_json::from_str(line).map_err(|source| Failure::Line {
            path: results.clone(),
            line: number + 1,
            source,
        })?;
        if let Some(id) = answer.id.clone() {
            answers.insert(id, answer);
        }
    }
    Ok(answers)
}

fn write_input(path: &Path, cases: &[Case]) -> Result<(), Failure> {
    let mut file = BufWriter::new(File::create(path).map_err(Failure::file(path))?);
    for case in cases {
        let mut line = json!(case.inputs);
        line["id"] = json!(case.id);
        writeln!(file, "{line}").map_err(Failure::file(path))?;
    }
    file.flush().map_err(Failure::file(path))
}
