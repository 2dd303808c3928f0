//! The labelled texts.

use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

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
    /// Accounts of a person's own habits, before and after five corrections each.
    Habits,
    /// Everything.
    All,
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
    /// What the person corrected before.
    #[serde(skip)]
    pub corrections: Vec<Correction>,
    /// The part that it is of; told by the file.
    #[serde(skip)]
    pub half: &'static str,
}

/// An account that a person chose for a text, as the assistant takes it.
#[derive(Debug, Clone, Serialize)]
pub struct Correction {
    pub text: String,
    pub account: String,
}

/// A habit of a person's: what they book in an account that nobody would guess.
#[derive(Debug, Deserialize)]
struct Habit {
    id: String,
    lang: String,
    account: String,
    /// Five items that they corrected.
    taught: Vec<String>,
    /// Items like these.
    asked: Vec<Asked>,
}

#[derive(Debug, Deserialize)]
struct Asked {
    text: String,
    amount: String,
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
        Half::Both | Half::All => &["dev", "held"],
        Half::Habits => &[],
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
    if matches!(half, Half::Habits | Half::All) {
        items.extend(habits(folder, limit)?);
    }
    Ok(items)
}

/// Every item of every habit twice: with nothing corrected, and with all that the person corrected,
/// that of their other habits in the same language included.
fn habits(folder: &Path, limit: Option<usize>) -> Result<Vec<Item>, Failure> {
    let mut habits: Vec<Habit> = lines(&folder.join("habits.jsonl"))?;
    habits.truncate(limit.unwrap_or(usize::MAX));
    let corrections = |lang: &str| {
        let of_lang = habits.iter().filter(|habit| habit.lang == lang);
        of_lang
            .flat_map(|habit| {
                habit.taught.iter().map(|text| Correction {
                    text: text.clone(),
                    account: habit.account.clone(),
                })
            })
            .collect::<Vec<_>>()
    };
    let mut items = Vec::new();
    for (half, is_taught) in [("untaught", false), ("taught", true)] {
        for habit in &habits {
            for (place, asked) in habit.asked.iter().enumerate() {
                items.push(Item {
                    id: format!("{}.{}.{half}", habit.id, place + 1),
                    lang: habit.lang.clone(),
                    today: "2025-03-14".to_owned(),
                    text: asked.text.clone(),
                    entries: vec![Label {
                        amount: asked.amount.clone(),
                        currency: None,
                        date: None,
                        direction: "expense".to_owned(),
                        accounts: vec![habit.account.clone()],
                    }],
                    unresolved: Vec::new(),
                    flagged: Vec::new(),
                    corrections: match is_taught {
                        true => corrections(&habit.lang),
                        false => Vec::new(),
                    },
                    half,
                });
            }
        }
    }
    Ok(items)
}

fn part_of(folder: &Path, part: &'static str) -> Result<Vec<Item>, Failure> {
    let mut items: Vec<Item> = lines(&folder.join(format!("{part}.jsonl")))?;
    for item in &mut items {
        item.half = part;
    }
    Ok(items)
}

/// What stands in a file, one value a line.
fn lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, Failure> {
    let text = fs::read_to_string(path).map_err(Failure::file(path))?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| {
            serde_json::from_str(line).map_err(|source| Failure::Line {
                path: path.to_owned(),
                line: at + 1,
                source,
            })
        })
        .collect()
}
