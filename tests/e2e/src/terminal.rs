//! The command line as a script uses it: arguments in, JSON, a status and sentences out.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use serde_json::Value;
use tempfile::TempDir;

use crate::place::{self, MODEL};
use crate::process::{Ended, PATIENCE, Running};

/// `deskhand-cli` with a data folder of its own.
pub struct Terminal {
    data: Arc<TempDir>,
    model: &'static str,
}

impl Terminal {
    /// A fresh data folder of somebody who has begun, and the small model.
    ///
    /// # Panics
    /// When there can be no temporary folder.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "it makes a folder")]
    pub fn new() -> Self {
        let terminal = Self::unopened();
        let settings = terminal.data().join("settings.toml");
        std::fs::write(settings, "begun = true\n").expect("the data folder can be written");
        terminal
    }

    /// A data folder that nobody has opened yet, so that the window asks how to begin.
    ///
    /// # Panics
    /// When there can be no temporary folder.
    #[must_use]
    pub fn unopened() -> Self {
        let data = tempfile::tempdir().expect("a temporary folder can be made");
        Self {
            data: Arc::new(data),
            model: MODEL,
        }
    }

    /// The same data folder once more, for a window after another.
    #[must_use]
    pub fn again(&self) -> Self {
        Self {
            data: Arc::clone(&self.data),
            model: self.model,
        }
    }

    /// The same with another model.
    #[must_use]
    pub fn with_model(model: &'static str) -> Self {
        Self {
            model,
            ..Self::new()
        }
    }

    /// The same data folder, asked with another model.
    #[must_use]
    pub fn asking(&self, model: &'static str) -> Self {
        Self {
            data: Arc::clone(&self.data),
            model,
        }
    }

    /// The data folder.
    #[must_use]
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// Files of the data folder in which a text stands, whatever kind of file it is.
    ///
    /// # Panics
    /// When the folder cannot be read.
    #[must_use]
    pub fn files_with(&self, text: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![self.data().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("the data folder can be read") {
                let path = entry.expect("its entries can be read").path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let bytes = std::fs::read(&path).expect("its files can be read");
                if bytes
                    .windows(text.len())
                    .any(|part| part == text.as_bytes())
                {
                    found.push(path.display().to_string());
                }
            }
        }
        found
    }

    /// A command that can still be changed before it is started.
    #[must_use]
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(place::program("deskhand-cli"));
        command.arg("--data-dir").arg(self.data());
        command.args(["--model", self.model]).args(arguments);
        command.env_remove("DESKHAND_DATA_DIR");
        command
    }

    /// Starts it.
    #[must_use]
    pub fn start(&self, arguments: &[&str]) -> Running {
        Running::start(&mut self.command(arguments))
    }

    /// Runs it to its end.
    #[must_use]
    pub fn run(&self, arguments: &[&str]) -> Ended {
        self.start(arguments).end(PATIENCE)
    }

    /// Asks the assistant `sql` and prints JSON.
    #[must_use]
    pub fn ask(&self, database: &Path, question: &str) -> Ended {
        self.run(&sql(&[
            &input("database", database),
            &input("question", question),
        ]))
    }

    /// Runs it to its end and reads what it printed as JSON.
    ///
    /// # Panics
    /// When it failed, or printed something else.
    #[must_use]
    pub fn json(&self, arguments: &[&str]) -> Value {
        let ended = self.run(arguments);
        assert_eq!(ended.status.code(), Some(0), "{ended:?}");
        ended.json()
    }
}

/// `run sql --json` with inputs.
#[must_use]
pub fn sql<'a>(inputs: &[&'a str]) -> Vec<&'a str> {
    let mut arguments = vec!["run", "sql", "--json"];
    for input in inputs {
        arguments.extend(["-i", *input]);
    }
    arguments
}

/// An input as the command line takes it.
#[must_use]
pub fn input(name: &str, value: impl AsRef<std::ffi::OsStr>) -> String {
    format!("{name}={}", value.as_ref().to_string_lossy())
}

impl Ended {
    /// What it printed, as JSON.
    ///
    /// # Panics
    /// When it printed something else.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("not one JSON value ({error}): {self:?}"))
    }

    /// The code of its failure: from the object, or from the `[code]` after the sentence.
    ///
    /// # Panics
    /// When it names none.
    #[must_use]
    pub fn code(&self) -> String {
        let (sentence, code) = match serde_json::from_str::<Value>(&self.stdout) {
            Ok(report) => (
                text(&report["error"]["sentence"]),
                text(&report["error"]["code"]),
            ),
            Err(_) => self.spoken_code(),
        };
        assert!(sentence.len() > 10, "a failure needs a sentence: {self:?}");
        code
    }

    fn spoken_code(&self) -> (String, String) {
        let last = self.stderr.lines().last().unwrap_or_default();
        let spoken = last
            .strip_suffix(']')
            .and_then(|line| line.rsplit_once(" ["));
        let (sentence, code) = spoken.unwrap_or_else(|| panic!("no code: {self:?}"));
        (sentence.to_owned(), code.to_owned())
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
