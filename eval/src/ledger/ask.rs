//! Asking: one `deskhand-cli batch ledger` over all texts, and its results read back.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde_json::json;

use super::labels::Item;
use crate::failure::Failure;

/// What one result line says. Everything may be missing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Outcome {
    id: Option<String>,
    pub status: String,
    pub artifact: Option<Books>,
    pub model: Option<String>,
    timings_ms: Option<Timings>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Timings {
    total: Option<u64>,
}

/// The entries and what was left over.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Books {
    pub entries: Vec<Entry>,
    pub unresolved: Vec<Unresolved>,
    pub draft: bool,
}

/// One entry.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Entry {
    pub date: String,
    pub direction: String,
    pub postings: Vec<Posting>,
    pub doubts: Vec<Doubt>,
    pub source: String,
}

/// One line of an entry.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Posting {
    pub account: String,
    pub amount: String,
    pub currency: String,
}

/// Something that is marked as not certain.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Doubt {
    pub field: String,
}

/// A piece without an entry.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Unresolved {
    pub source: String,
    pub code: String,
}

impl Outcome {
    /// From text to result, in milliseconds.
    pub fn total_ms(&self) -> Option<u64> {
        self.timings_ms.as_ref().and_then(|timings| timings.total)
    }
}

/// Runs the command line over the texts. Its data folder and its input lie in `scratch`.
pub fn run(
    cli: &Path,
    model: Option<&str>,
    items: &[Item],
    scratch: &Path,
    results: &Path,
) -> Result<(), Failure> {
    if !cli.is_file() {
        return Err(Failure::NoCommandLine(cli.into()));
    }
    let input = scratch.join("texts.jsonl");
    write_input(&input, items).map_err(Failure::file(&input))?;
    if results.exists() {
        fs::remove_file(results).map_err(Failure::file(results))?;
    }
    let mut command = Command::new(cli);
    command.arg("--data-dir").arg(scratch.join("data"));
    if let Some(model) = model {
        command.args(["--model", model]);
    }
    command
        .args(["batch", "ledger"])
        .arg(&input)
        .arg(results)
        .stdin(Stdio::null())
        .stdout(io::stderr())
        .stderr(Stdio::inherit());
    let status = command.status().map_err(Failure::file(cli))?;
    match fs::metadata(results) {
        Ok(file) if file.len() > 0 => Ok(()),
        _ => Err(Failure::NoResults(status.to_string())),
    }
}

fn write_input(path: &Path, items: &[Item]) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    for item in items {
        let mut line = json!({"id": item.id, "text": item.text, "today": item.today});
        if !item.corrections.is_empty() {
            // An input is a text, whatever is in it.
            line["corrections"] = json!(serde_json::to_string(&item.corrections)?);
        }
        writeln!(file, "{line}")?;
    }
    file.flush()
}

/// Reads results, by the id that their inputs had.
pub fn read(path: &Path) -> Result<HashMap<String, Outcome>, Failure> {
    let text = fs::read_to_string(path).map_err(Failure::file(path))?;
    let mut outcomes = HashMap::new();
    for (at, line) in text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let outcome: Outcome = serde_json::from_str(line).map_err(|source| Failure::Line {
            path: path.into(),
            line: at + 1,
            source,
        })?;
        if let Some(id) = outcome.id.clone() {
            outcomes.insert(id, outcome);
        }
    }
    Ok(outcomes)
}
