//! The labelled texts.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::failure::Failure;

/// Which part of the labelled texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Half {
    /// What was looked at while building.
    Dev,
    /// What was held back.
    Held,
    /// Both, with figures of their own.
    Both,
}

/// A text and what is in it.
#[derive(Debug, Deserialize)]
pub struct Item {
    pub id: String,
    /// `en`, `zh-Hant` or `zh-Hans`.
    pub lang: String,
    /// The day of the telling.
    pub today: String,
    pub text: String,
    pub entries: Vec<Label>,
    /// Codes that must be among the leftovers.
    #[serde(default)]
    pub unresolved: Vec<String>,
    /// Fields that must be marked as doubted in the first entry.
    #[serde(default)]
    pub flagged: Vec<String>,
    /// The part that it is of; told by the file.
    #[serde(skip)]
    pub half: &'static str,
}

/// One happening. What is absent may be anything.
#[derive(Debug, Deserialize)]
pub struct Label {
    /// What was paid in all.
    pub amount: String,
    #[serde(default)]
    pub currency: Option<String>,
    #[serde(default)]
    pub date: Option<String>,
    pub direction: String,
    /// One of these must be posted to.
    #[serde(default)]
    pub accounts: Vec<String>,
}

/// Reads the labelled texts, or `limit` of each part, spread evenly.
pub fn read(folder: &Path, half: Half, limit: Option<usize>) -> Result<Vec<Item>, Failure> {
    let parts: &[&'static str] = match half {
        Half::Dev => &["dev"],
        Half::Held => &["held"],
        Half::Both => &["dev", "held"],
    };
    let mut items = Vec::new();
    for part in parts {
        let all = part_of(folder, part)?;
        let count = limit.unwrap_or(all.len()).min(all.len());
        let total = all.len();
        items.extend(
            all.into_iter()
                .enumerate()
                .filter(|(at, _)| at * count / total != (at + 1) * count / total)
                .map(|(_, item)| item),
        );
    }
    Ok(items)
}

fn part_of(folder: &Path, part: &'static str) -> Result<Vec<Item>, Failure> {
    let path = folder.join(format!("{part}.jsonl"));
    let text = fs::read_to_string(&path).map_err(Failure::file(&path))?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| {
            let mut item: Item = serde_json::from_str(line).map_err(|source| Failure::Line {
                path: path.clone(),
                line: at + 1,
                source,
            })?;
            item.half = part;
            Ok(item)
        })
        .collect()
}
