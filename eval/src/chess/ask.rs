//! Asking the command line, and what its answers say.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::{Options, material};
use crate::failure::Failure;

/// One line of results.
pub struct Answer(Value);

impl Answer {
    /// Whether there is an answer.
    pub fn is_done(&self) -> bool {
        self.0["status"] == "done"
    }

    /// What is shown.
    pub fn artifact(&self) -> Option<&Value> {
        Some(&self.0["artifact"]).filter(|artifact| artifact.is_object())
    }

    /// The suggested move, as engines write it; nothing where the run failed.
    pub fn best(&self) -> Option<&str> {
        self.0["artifact"]["move"]["uci"]
            .as_str()
            .filter(|_| self.is_done())
    }

    /// What went wrong.
    pub fn code(&self) -> Option<&str> {
        self.0["error"]["code"].as_str()
    }

    /// From position to answer, in milliseconds.
    pub fn total_ms(&self) -> Option<u64> {
        self.0["timings_ms"]["total"].as_u64()
    }

    /// Sentences in a model's own words: those that the check counted.
    pub fn sentences_by_model(&self) -> usize {
        let checks = self.0["checks"].as_array().into_iter().flatten();
        let mut words = checks.filter(|check| check["name"] == "words");
        let detail = words.find_map(|check| check["detail"].as_str());
        let counts = detail
            .and_then(|detail| detail.strip_prefix("every sentence is covered by the facts: "));
        let count = counts.and_then(|counts| counts.split_once(" by the model"));
        count.and_then(|(count, _)| count.parse().ok()).unwrap_or(0)
    }

    /// From the question to a model's first words that hold, in milliseconds.
    pub fn first_words_ms(&self) -> Option<u64> {
        self.0["timings_ms"]["stages"]["first_words"].as_u64()
    }
}

/// Everything that asking needs.
pub struct Asked<'a> {
    pub options: &'a Options,
    pub folder: &'a Path,
    pub scratch: &'a Path,
}

impl Asked<'_> {
    /// As many of `all` as the limit says.
    pub fn sample<T>(&self, all: Vec<T>) -> Vec<T> {
        match self.options.limit {
            Some(limit) => material::spread(all, limit as usize),
            None => all,
        }
    }

    /// Asks all of `inputs`, each of which has an `id`, and returns the answers by it.
    pub fn answers(
        &self,
        name: &str,
        inputs: Vec<Value>,
    ) -> Result<HashMap<String, Answer>, Failure> {
        if let Some(folder) = &self.options.from {
            let results = folder.join(format!("{name}.jsonl"));
            let text = fs::read_to_string(&results).map_err(Failure::file(&results))?;
            return read(&results, &text);
        }
        let cli = match &self.options.cli {
            Some(path) => path.clone(),
            None => beside_this_program()?,
        };
        if !cli.is_file() {
            return Err(Failure::NoCommandLine(cli));
        }
        let input = self.scratch.join(format!("{name}-in.jsonl"));
        let lines: String = inputs.iter().map(|input| format!("{input}\n")).collect();
        fs::write(&input, lines).map_err(Failure::file(&input))?;
        let folder = self.options.keep.as_deref().unwrap_or(self.scratch);
        fs::create_dir_all(folder).map_err(Failure::file(folder))?;
        let results = folder.join(format!("{name}.jsonl"));
        if results.exists() {
            fs::remove_file(&results).map_err(Failure::file(&results))?;
        }
        let mut command = Command::new(&cli);
        command.arg("--data-dir").arg(self.scratch.join("data"));
        if let Some(model) = &self.options.model {
            command.args(["--model", model]);
        }
        command.args(["batch", "chess"]).arg(&input).arg(&results);
        // Our standard output is for the report alone. A status of 1 only says that some failed.
        command
            .stdin(Stdio::null())
            .stdout(io::stderr())
            .stderr(Stdio::null());
        let status = command.status().map_err(Failure::file(&cli))?;
        let text =
            fs::read_to_string(&results).map_err(|_| Failure::NoResults(status.to_string()))?;
        read(&results, &text)
    }
}

fn read(path: &Path, text: &str) -> Result<HashMap<String, Answer>, Failure> {
    let mut answers = HashMap::new();
    for (index, line) in text.lines().enumerate() {
        let value: Value = serde_json::from_str(line).map_err(|source| Failure::Line {
            path: path.into(),
            line: index + 1,
            source,
        })?;
        if let Some(id) = value["id"].as_str().map(str::to_owned) {
            answers.insert(id, Answer(value));
        }
    }
    Ok(answers)
}

fn beside_this_program() -> Result<PathBuf, Failure> {
    let this = std::env::current_exe().map_err(Failure::file("eval"))?;
    Ok(this.with_file_name(format!("deskhand-cli{}", std::env::consts::EXE_SUFFIX)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn sentences_of_a_model_are_counted_as_the_check_counts_them() {
        let by_model = |detail: &str| {
            let checks = json!([{"name": "legal"}, {"name": "words", "detail": detail}]);
            Answer(json!({"checks": checks})).sentences_by_model()
        };
        let covered = "every sentence is covered by the facts";
        assert_eq!(
            by_model(&format!("{covered}: 2 by the model, 0 by code, 1 cut")),
            2
        );
        assert_eq!(
            by_model(&format!("{covered}: 13 by the model, 2 by code, 0 cut")),
            13
        );
        assert_eq!(by_model("worded by code from the facts"), 0);
        assert_eq!(Answer(json!({})).sentences_by_model(), 0);
    }
}
