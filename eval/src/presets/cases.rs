//! What is asked, and what is expected.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::failure::Failure;

/// One case.
#[derive(Debug, Clone, Deserialize)]
pub struct Case {
    pub id: String,
    pub inputs: BTreeMap<String, String>,
    #[serde(default)]
    pub expect: Expect,
    /// Whether it was written by others.
    #[serde(skip)]
    pub is_foreign: bool,
}

/// What an answer must be. Whatever is absent is not asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// Every one of these stands in it, no matter capitals and the commas of thousands.
    #[serde(default)]
    pub all: Vec<String>,
    /// One of each group stands in it.
    #[serde(default)]
    pub any: Vec<Vec<String>>,
    /// None of these stands in it.
    #[serde(default)]
    pub none: Vec<String>,
    /// It is in Chinese (`zh`) or not (`en`).
    #[serde(default)]
    pub language: Option<String>,
    /// It has so many rows below its head, or lines.
    #[serde(default)]
    pub rows: Option<usize>,
    /// It is one of these equations, written alike or not.
    #[serde(default)]
    pub latex: Vec<String>,
    /// It does what one of these commands does.
    #[serde(default)]
    pub command: Vec<String>,
}

impl Case {
    /// What was said.
    pub fn said(&self) -> String {
        let values: Vec<&str> = self.inputs.values().map(String::as_str).collect();
        values.join(" | ")
    }
}

/// The cases of one file.
pub fn read(path: &Path) -> Result<Vec<Case>, Failure> {
    let text = fs::read_to_string(path).map_err(Failure::file(path))?;
    lines(&text, path)
}

fn lines<T: for<'a> Deserialize<'a>>(text: &str, path: &Path) -> Result<Vec<T>, Failure> {
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            serde_json::from_str(line).map_err(|source| Failure::Line {
                path: path.into(),
                line: number + 1,
                source,
            })
        })
        .collect()
}

/// A task of InterCode-ALFA with its two reference commands.
#[derive(Deserialize)]
struct Alfa {
    id: String,
    query: String,
    gold: String,
    gold2: String,
}

/// Tasks for bash that others wrote; none where the material is absent.
pub fn of_alfa(folder: &Path) -> Result<Vec<Case>, Failure> {
    let path = folder.join("shell/alfa_60.jsonl");
    if !path.is_file() {
        return Ok(vec![]);
    }
    let text = fs::read_to_string(&path).map_err(Failure::file(&path))?;
    let tasks: Vec<Alfa> = lines(&text, &path)?;
    Ok(tasks
        .into_iter()
        .map(|task| Case {
            id: task.id,
            inputs: [("text".to_owned(), task.query)].into(),
            expect: Expect {
                command: vec![task.gold, task.gold2],
                ..Expect::default()
            },
            is_foreign: true,
        })
        .collect())
}
