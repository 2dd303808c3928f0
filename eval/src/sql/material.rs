//! The questions and their databases: the public ones of the eval folder, and our own business ones.
//!
//! Read only: whatever runs a query gets a copy of its own.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
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

/// Which questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Collection {
    /// Famous practice databases, from the eval folder.
    Public,
    /// Databases of offices, seldom seen in training: ours, in `eval/business`.
    Business,
    /// Questions that follow those, told with the reference statement of the one before.
    Followups,
}

/// One line of the questions that follow others.
#[derive(Clone, Deserialize)]
struct FollowEntry {
    id: String,
    db: String,
    language: String,
    question: String,
    follows: String,
    gold: String,
    ordered: bool,
}

impl FollowEntry {
    fn question(self, before: &[OfficeEntry]) -> Option<Question> {
        let earlier = before.iter().find(|one| one.id == self.follows)?;
        let follows = serde_json::json!({"question": earlier.question, "sql": earlier.gold});
        let entry = OfficeEntry {
            id: self.id,
            db: self.db,
            language: self.language,
            question: self.question,
            gold: self.gold,
            ordered: self.ordered,
            difficulty: String::new(),
        };
        Some(Question {
            follows: Some(follows.to_string()),
            ..entry.question()
        })
    }
}

/// One line of the business questions.
#[derive(Clone, Deserialize)]
struct OfficeEntry {
    id: String,
    db: String,
    language: String,
    question: String,
    gold: String,
    ordered: bool,
    difficulty: String,
}

impl OfficeEntry {
    fn question(self) -> Question {
        Question {
            language: match self.language.as_str() {
                "en" => Language::En,
                _ => Language::Zh,
            },
            id: self.id,
            database: self.db,
            text: self.question,
            gold: self.gold,
            hardness: self.difficulty,
            ordered: self.ordered,
            follows: None,
        }
    }
}

/// One line of the public `questions.jsonl`; the fields are theirs.
#[derive(Clone, Deserialize)]
struct Entry {
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
    fn in_set(&self, language: Language, part: Part) -> bool {
        let (sound, sampled) = match language {
            Language::En => (self.usable, self.sample_en),
            // Some of the translations lost what the question needs.
            Language::Zh => (self.usable && self.zh_ok, self.sample_zh),
        };
        sound && part.has(sampled)
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
            follows: None,
        }
    }
}

/// A question in one language, with its reference answer.
#[derive(Clone)]
pub struct Question {
    pub id: String,
    pub language: Language,
    pub database: String,
    pub text: String,
    pub gold: String,
    pub hardness: String,
    pub ordered: bool,
    /// What it follows, as the assistant takes it.
    pub follows: Option<String>,
}

impl Question {
    /// Names the question in a batch, where the same one may stand in both languages.
    pub fn key(&self) -> String {
        format!("{}:{}", self.language.code(), self.id)
    }
}

/// A part of a set. Whoever changes the product looks at the rest and leaves the sample alone, so
/// that the sample can still judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Part {
    /// What the material marks as its sample; every other question of ours.
    Sample,
    /// The others.
    Rest,
    /// Both.
    Whole,
}

impl Part {
    fn has(self, sampled: bool) -> bool {
        match self {
            Self::Sample => sampled,
            Self::Rest => !sampled,
            Self::Whole => true,
        }
    }
}

/// How much of a set to take.
#[derive(Clone, Copy)]
pub struct Choice {
    /// Which of the sound questions.
    pub part: Part,
    /// At most so many.
    pub limit: Option<usize>,
}

impl Collection {
    /// What is asked of it unless somebody says otherwise.
    pub fn usual(self) -> Part {
        match self {
            Self::Public => Part::Sample,
            Self::Business | Self::Followups => Part::Whole,
        }
    }

    /// Its questions in one language.
    pub fn questions(
        self,
        folder: &Path,
        language: Language,
        choice: Choice,
    ) -> Result<Vec<Question>, Failure> {
        let path = folder.join("questions.jsonl");
        match self {
            Self::Public => Ok(choose(&read(&path)?, language, choice)),
            Self::Business => {
                let all: Vec<OfficeEntry> = read(&path)?;
                let all = all.into_iter().map(OfficeEntry::question);
                Ok(Self::ours(all, language, choice))
            }
            Self::Followups => {
                let before: Vec<OfficeEntry> = read(&path)?;
                let all: Vec<FollowEntry> = read(&folder.join("followups.jsonl"))?;
                let all = all.into_iter().filter_map(|one| one.question(&before));
                Ok(Self::ours(all, language, choice))
            }
        }
    }

    /// Those of a language in a part of ours.
    fn ours(
        all: impl Iterator<Item = Question>,
        language: Language,
        choice: Choice,
    ) -> Vec<Question> {
        let set = all.filter(|one| one.language == language).enumerate();
        let set = set.filter(|(place, _)| choice.part.has(place % 2 == 1));
        let set: Vec<_> = set.map(|(_, one)| one).collect();
        evenly(&set, choice.limit).cloned().collect()
    }

    /// Puts one of its databases into a file.
    fn put(self, folder: &Path, name: &str, target: &Path) -> Result<(), Failure> {
        match self {
            Self::Public => {
                let path = folder
                    .join("database")
                    .join(name)
                    .join(format!("{name}.sqlite"));
                let bytes = fs::read(&path).map_err(Failure::file(path))?;
                // Written, not copied: a copy would inherit that the material is write-protected.
                fs::write(target, bytes).map_err(Failure::file(target))
            }
            Self::Business | Self::Followups => {
                let path = folder.join(format!("{name}.sql"));
                let script = fs::read_to_string(&path).map_err(Failure::file(&path))?;
                build(&script, target).map_err(|source| Failure::Reference {
                    id: name.to_owned(),
                    source: source.into(),
                })
            }
        }
    }
}

/// The database that a script makes.
fn build(script: &str, target: &Path) -> rusqlite::Result<()> {
    let connection = Connection::open(target)?;
    connection.execute_batch("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF")?;
    connection.execute_batch(script)
}

/// Reads every question.
fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Vec<T>, Failure> {
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

/// So many, spread over the whole, because the files are grouped by database.
fn evenly<T>(set: &[T], limit: Option<usize>) -> impl Iterator<Item = &T> {
    let count = limit.unwrap_or(set.len()).min(set.len());
    (0..count).map(move |at| &set[at * set.len() / count])
}

/// Takes the questions of a set.
fn choose(entries: &[Entry], language: Language, choice: Choice) -> Vec<Question> {
    let set: Vec<_> = entries
        .iter()
        .filter(|entry| entry.in_set(language, choice.part))
        .collect();
    evenly(&set, choice.limit)
        .map(|entry| entry.asked_in(language))
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
    collection: Collection,
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
        collection.put(folder, name, &databases.path(name))?;
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
    fn check(language: Language, part: Part, limit: Option<usize>, expected: &[&str]) {
        let entries = [
            entry(0, true, true, true),
            entry(1, true, false, true),
            entry(2, false, true, true),
            entry(3, true, true, false),
            entry(4, true, true, true),
            entry(5, true, true, true),
        ];
        let ids: Vec<_> = choose(&entries, language, Choice { part, limit })
            .into_iter()
            .map(|question| question.id)
            .collect();
        assert_eq!(ids, expected);
    }

    #[test]
    fn sets() {
        check(Language::En, Part::Sample, None, &["0", "1", "4", "5"]);
        check(Language::Zh, Part::Sample, None, &["0", "4", "5"]);
        check(Language::En, Part::Whole, None, &["0", "1", "3", "4", "5"]);
        check(Language::Zh, Part::Whole, None, &["0", "3", "4", "5"]);
        check(Language::En, Part::Rest, None, &["3"]);
        check(Language::En, Part::Sample, Some(2), &["0", "4"]);
        check(Language::En, Part::Sample, Some(99), &["0", "1", "4", "5"]);
        check(Language::En, Part::Sample, Some(0), &[]);
    }
}
