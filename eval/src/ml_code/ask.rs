//! Asking: one `deskhand-cli batch ml-model` over the requests of a set.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde_json::{Value, json};

use crate::failure::Failure;

/// A request for a program.
#[derive(Debug, Clone)]
pub struct Request {
    /// Its id with the framework.
    pub id: String,
    text: String,
    framework: &'static str,
    /// Code that builds the network that was meant.
    pub reference: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// `done`, `failed` or `cancelled`.
    pub status: String,
    /// Why there is no answer.
    pub said: String,
    /// The program's files: name and text.
    pub files: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Own {
    id: String,
    text: String,
}

/// The requests of our own.
pub fn own(frameworks: &[&'static str]) -> Result<Vec<Request>, Failure> {
    let path = PathBuf::from("eval/ml-code/requests.jsonl");
    let all: Vec<Own> = lines(&path)?;
    Ok(frameworks
        .iter()
        .copied()
        .flat_map(|framework| {
            all.iter().map(move |one| Request {
                id: format!("{}:{framework}", one.id),
                text: one.text.clone(),
                framework,
                reference: None,
            })
        })
        .collect())
}

#[derive(Deserialize)]
struct Described {
    id: String,
    requirement: String,
    reference_code: String,
}

/// The tasks of the eval folder.
pub fn tasks(folder: &Path, frameworks: &[&'static str]) -> Result<Vec<Request>, Failure> {
    let path = folder.join("ml-code/deepeval_30.jsonl");
    if !path.is_file() {
        return Err(Failure::NoMaterial(path));
    }
    let all: Vec<Described> = lines(&path)?;
    Ok(frameworks
        .iter()
        .copied()
        .flat_map(|framework| {
            all.iter().map(move |one| Request {
                id: format!("{}:{framework}", one.id),
                text: one.requirement.clone(),
                framework,
                reference: Some(one.reference_code.clone()),
            })
        })
        .collect())
}

fn lines<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<Vec<T>, Failure> {
    let text = fs::read_to_string(path).map_err(Failure::file(path))?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(place, line)| {
            serde_json::from_str(line).map_err(|source| Failure::Line {
                path: path.into(),
                line: place + 1,
                source,
            })
        })
        .collect()
}

/// Asks every request and reads what came back, by id.
pub fn ask(
    cli: Option<&Path>,
    model: Option<&str>,
    requests: &[Request],
    scratch: &Path,
    name: &str,
) -> Result<HashMap<String, Answer>, Failure> {
    let cli = match cli {
        Some(path) => path.to_owned(),
        None => crate::sql::beside_this_program()?,
    };
    if !cli.is_file() {
        return Err(Failure::NoCommandLine(cli));
    }
    let input = scratch.join(format!("{name}-in.jsonl"));
    let output = scratch.join(format!("{name}-out.jsonl"));
    let mut file = fs::File::create(&input).map_err(Failure::file(&input))?;
    for one in requests {
        let line = json!({"id": one.id, "text": one.text, "framework": one.framework});
        writeln!(file, "{line}").map_err(Failure::file(&input))?;
    }
    drop(file);
    let mut command = Command::new(&cli);
    command.arg("--data-dir").arg(scratch.join("data"));
    if let Some(model) = model {
        command.args(["--model", model]);
    }
    command.args(["batch", "ml-model"]).arg(&input).arg(&output);
    command
        .stdin(Stdio::null())
        .stdout(io::stderr())
        .stderr(Stdio::inherit());
    let status = command.status().map_err(Failure::file(&cli))?;
    if !fs::metadata(&output).is_ok_and(|file| file.len() > 0) {
        return Err(Failure::NoResults(status.to_string()));
    }
    let results: Vec<Value> = lines(&output)?;
    Ok(results.iter().filter_map(answer).collect())
}

fn answer(line: &Value) -> Option<(String, Answer)> {
    let id = line.get("id")?.as_str()?.to_owned();
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let files = line.pointer("/artifact/files").and_then(Value::as_array);
    let files = files.into_iter().flatten();
    Some((
        id,
        Answer {
            status: text(line.get("status")),
            said: text(line.pointer("/error/sentence")),
            files: files
                .map(|file| (text(file.get("name")), text(file.get("text"))))
                .filter(|(name, _)| !name.contains(['/', '\\']) && !name.starts_with('.'))
                .collect(),
        },
    ))
}
