//! Asking: one `deskhand-cli batch sql` over all questions, and its results read back.
//!
//! The contract is the public one of the command line; nothing of the product is linked here.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde_json::json;

use super::material::{Databases, Question};
use crate::failure::Failure;

/// What one result line says, as far as the score needs it. Everything but the id may be missing.
#[derive(Debug, Default, Deserialize)]
pub struct Outcome {
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    pub status: String,
    #[serde(default)]
    artifact: Option<Artifact>,
    #[serde(default)]
    pub confidence: Option<f64>,
    #[serde(default)]
    pub repairs: Option<u32>,
    #[serde(default)]
    pub model: Option<String>,
    #[serde(default)]
    timings_ms: Option<Timings>,
    #[serde(default)]
    pub error: Option<serde_json::Value>,
}

#[derive(Debug, Deserialize)]
struct Artifact {
    #[serde(default)]
    sql: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Timings {
    #[serde(default)]
    total: Option<u64>,
}

impl Outcome {
    /// The query behind the result that was shown; a draft of a failed run was not.
    pub fn shown_sql(&self) -> Option<&str> {
        if self.status != "done" {
            return None;
        }
        Some(
            self.artifact
                .as_ref()
                .and_then(|artifact| artifact.sql.as_deref())
                .unwrap_or_default(),
        )
    }

    /// The query of a failed run, for whoever wants to learn from it.
    pub fn draft_sql(&self) -> Option<&str> {
        self.artifact
            .as_ref()
            .and_then(|artifact| artifact.sql.as_deref())
    }

    /// From question to result, in milliseconds.
    pub fn total_ms(&self) -> Option<u64> {
        self.timings_ms.as_ref().and_then(|timings| timings.total)
    }
}

/// The `deskhand-cli` that cargo built beside this program.
pub fn beside_this_program() -> Result<PathBuf, Failure> {
    let this = std::env::current_exe().map_err(Failure::file("eval"))?;
    Ok(this.with_file_name(format!("deskhand-cli{}", std::env::consts::EXE_SUFFIX)))
}

impl Drafts {
    fn kept_in(&self) -> Option<&Path> {
        match self {
            Self::Keep(file) => Some(file),
            _ => None,
        }
    }
}

/// One run of the command line.
pub struct Run<'a> {
    pub cli: &'a Path,
    pub model: Option<&'a str>,
    /// Its data folder and its input lie in here.
    pub scratch: &'a Path,
    pub results: &'a Path,
    pub drafts: Drafts,
}

/// Where drafts come from, and whether they are kept.
pub enum Drafts {
    /// From the model.
    Fresh,
    /// From the model, kept in this file.
    Keep(PathBuf),
    /// From this file.
    Again(PathBuf),
}

impl Run<'_> {
    /// Asks every question; progress goes to standard error as it comes.
    pub fn ask(&self, questions: &[Question], databases: &Databases) -> Result<(), Failure> {
        if !self.cli.is_file() {
            return Err(Failure::NoCommandLine(self.cli.into()));
        }
        let input = self.scratch.join("questions.jsonl");
        write_input(&input, questions, databases)?;
        // A file kept from an earlier run must not be taken for this one's.
        for old in [Some(self.results), self.drafts.kept_in()] {
            if let Some(old) = old.filter(|old| old.exists()) {
                fs::remove_file(old).map_err(Failure::file(old))?;
            }
        }
        let mut command = Command::new(self.cli);
        command.arg("--data-dir").arg(self.scratch.join("data"));
        if let Some(model) = self.model {
            command.args(["--model", model]);
        }
        match &self.drafts {
            Drafts::Fresh => {}
            Drafts::Keep(file) => drop(command.arg("--keep-drafts").arg(file)),
            Drafts::Again(file) => drop(command.arg("--from-drafts").arg(file)),
        }
        command.args(["batch", "sql"]).arg(&input).arg(self.results);
        // Our standard output is for the report alone.
        command
            .stdin(Stdio::null())
            .stdout(io::stderr())
            .stderr(Stdio::inherit());
        let status = command.status().map_err(Failure::file(self.cli))?;
        // 1 only says that some question failed, which is counted below like any wrong answer. After anything
        // else the results that were written still count, and what is missing is wrong.
        match fs::metadata(self.results) {
            Ok(file) if file.len() > 0 => Ok(()),
            _ => Err(Failure::NoResults(status.to_string())),
        }
    }
}

fn write_input(path: &Path, questions: &[Question], databases: &Databases) -> Result<(), Failure> {
    let write = || -> io::Result<()> {
        let mut file = BufWriter::new(File::create(path)?);
        for question in questions {
            let database = databases.path(&question.database);
            let mut line =
                json!({"id": question.key(), "database": database, "question": question.text});
            if let Some(follows) = &question.follows {
                line["follows"] = follows.as_str().into();
            }
            writeln!(file, "{line}")?;
        }
        file.flush()
    };
    write().map_err(Failure::file(path))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, shown: Option<&str>, total_ms: Option<u64>) {
        let outcome: Outcome = serde_json::from_str(line).unwrap();
        assert_eq!((outcome.shown_sql(), outcome.total_ms()), (shown, total_ms));
    }

    #[test]
    fn result_lines() {
        check(
            r#"{"id":"en:1","status":"done","artifact":{"kind":"query","sql":"SELECT 1"},"timings_ms":{"total":7}}"#,
            Some("SELECT 1"),
            Some(7),
        );
        // A draft was not shown as an answer.
        check(
            r#"{"id":"en:1","status":"failed","artifact":{"sql":"SELECT 1","draft":true}}"#,
            None,
            None,
        );
        check(
            r#"{"id":"en:1","status":"cancelled","artifact":null,"timings_ms":null,"error":null}"#,
            None,
            None,
        );
        // Done without a query is a result that cannot run.
        check(r#"{"id":"en:1","status":"done"}"#, Some(""), None);
    }
}
