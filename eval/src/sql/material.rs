//! The questions and their databases, as they lie in the eval folder.
//!
//! Read only: whatever runs a query gets a copy of its own.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::failure::Failure;

/// The language a question is asked in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    En,
    Zh,
}

impl Language {
    /// As in the names of the sets.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
        }
    }
}

/// One line of `questions.jsonl`; the fields are theirs.
#[derive(Clone, Deserialize)]
pub struct Entry {
    id: String,
    db: String,
    en: String,
    zh: String,
    gold: String,
    hardness: String,
    ordered: bool,
    zh_ok: bool,
    usable: bool,
    sample_en: bool,
    sample_zh: bool,
}

impl Entry {
    fn in_set(&self, language: Language, whole: bool) -> bool {
        let (sound, sampled) = match language {
            Language::En => (self.usable, self.sample_en),
            // Some of the translations lost what the question needs.
            Language::Zh => (self.usable && self.zh_ok, self.sample_zh),
        };
        sound && (whole || sampled)
    }

    fn asked_in(&self, language: Language) -> Question {
        let text = match language {
            Language::En => &self.en,
            Language::Zh => &self.zh,
        };
        Question {
            id: self.id.clone(),
            language,
            database: self.db.clone(),
            text: text.clone(),
            gold: self.gold.clone(),
            hardness: self.hardness.clone(),
            ordered: self.ordered,
        }
    }
}

/// A question in one language, with its reference answer.
pub struct Question {
    pub id: String,
    pub language: Language,
    pub database: String,
    pub text: String,
    pub gold: String,
    pub hardness: String,
    pub ordered: bool,
}

impl Question {
    /// Names the question in a batch, where the same one may stand in both languages.
    pub fn key(&self) -> String {
        format!("{}:{}", self.language.code(), self.id)
    }
}

/// How much of a set to take.
#[derive(Clone, Copy)]
pub struct Choice {
    /// Every sound question, not only the sample.
    pub whole: bool,
    /// At most so many.
    pub limit: Option<usize>,
}

/// Reads every question.
pub fn read(path: &Path) -> Result<Vec<Entry>, Failure> {
    let text = fs::read_to_string(path).map_err(Failure::file(path))?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| {
            serde_json::from_str(line).map_err(|source| Failure::Line {
                path: path.into(),
                line: at + 1,
                source,
            })
        })
        .collect()
}

/// Takes the questions of a set. A limit picks evenly, because the file is grouped by database.
pub fn choose(entries: &[Entry], language: Language, choice: Choice) -> Vec<Question> {
    let set: Vec<_> = entries
        .iter()
        .filter(|entry| entry.in_set(language, choice.whole))
        .collect();
    let count = choice.limit.unwrap_or(set.len()).min(set.len());
    (0..count)
        .map(|at| set[at * set.len() / count].asked_in(language))
        .collect()
}

/// Where a set of copies lies.
pub struct Databases {
    folder: PathBuf,
}

impl Databases {
    /// The copy of one database.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.sqlite"))
    }
}

/// Copies every database that the questions need into `to`.
pub fn copy_databases(
    folder: &Path,
    questions: &[Question],
    to: &Path,
) -> Result<Databases, Failure> {
    fs::create_dir_all(to).map_err(Failure::file(to))?;
    let databases = Databases { folder: to.into() };
    let names: BTreeSet<&str> = questions
        .iter()
        .map(|question| question.database.as_str())
        .collect();
    for name in names {
        let source = folder
            .join("database")
            .join(name)
            .join(format!("{name}.sqlite"));
        let bytes = fs::read(&source).map_err(Failure::file(&source))?;
        // Written, not copied: a copy would inherit that the material is write-protected.
        let target = databases.path(name);
        fs::write(&target, bytes).map_err(Failure::file(&target))?;
    }
    Ok(databases)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(number: usize, usable: bool, zh_ok: bool, sampled: bool) -> Entry {
        Entry {
            id: number.to_string(),
            db: "shop".into(),
            en: "How many?".into(),
            zh: "多少？".into(),
            gold: "SELECT 1".into(),
            hardness: "easy".into(),
            ordered: false,
            zh_ok,
            usable,
            sample_en: sampled,
            sample_zh: sampled,
        }
    }

    #[track_caller]
    fn check(language: Language, whole: bool, limit: Option<usize>, expected: &[&str]) {
        let entries = [
            entry(0, true, true, true),
            entry(1, true, false, true),
            entry(2, false, true, true),
            entry(3, true, true, false),
            entry(4, true, true, true),
            entry(5, true, true, true),
        ];
        let ids: Vec<_> = choose(&entries, language, Choice { whole, limit })
            .into_iter()
            .map(|question| question.id)
            .collect();
        assert_eq!(ids, expected);
    }

    #[test]
    fn sets() {
        check(Language::En, false, None, &["0", "1", "4", "5"]);
        check(Language::Zh, false, None, &["0", "4", "5"]);
        check(Language::En, true, None, &["0", "1", "3", "4", "5"]);
        check(Language::Zh, true, None, &["0", "3", "4", "5"]);
        check(Language::En, false, Some(2), &["0", "4"]);
        check(Language::En, false, Some(99), &["0", "1", "4", "5"]);
        check(Language::En, false, Some(0), &[]);
    }
}
