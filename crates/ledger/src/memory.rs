//! What a person corrected before, so that they need not do it again.
//!
//! Where corrections are kept is told from outside through [`Memory`]; [`FileMemory`] keeps those of a
//! book in a file of JSON lines, which is enough where no other store is at hand.

use std::collections::HashSet;
use std::io::Write;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::own::KnownBook;
use crate::text::{self, is_han};

/// An account that a person chose for a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// What it was said of.
    pub text: String,
    /// The account that is right.
    pub account: String,
}

/// Why corrections cannot be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum MemoryError {
    /// A name that could lead out of the folder.
    #[error("{0:?} cannot be the name of a book: letters, digits, spaces, - and _ can")]
    Name(String),
    /// The file.
    #[error("{path}: {source}")]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A correction cannot be written as a line.
    #[error("a correction cannot be written: {0}")]
    Line(#[from] serde_json::Error),
    /// The book itself.
    #[error("{0}")]
    Book(String),
}

/// Where corrections are, and what is known of books.
pub trait Memory: Send + Sync {
    /// What there is in a book already; nothing where there is no such book, or nobody knows.
    ///
    /// # Errors
    /// When there is one and it cannot be read.
    fn book(&self, _book: &str) -> Result<Option<KnownBook>, MemoryError> {
        Ok(None)
    }

    /// All corrections of a book, the oldest first. A book that nobody knows has none.
    ///
    /// # Errors
    /// When they cannot be read.
    fn corrections(&self, book: &str) -> Result<Vec<Correction>, MemoryError>;

    /// Keeps one more.
    ///
    /// # Errors
    /// When it cannot be written.
    fn keep(&self, book: &str, correction: &Correction) -> Result<(), MemoryError>;
}

/// A file of JSON lines for each book, in one folder.
#[derive(Debug, Clone)]
pub struct FileMemory {
    folder: PathBuf,
}

impl FileMemory {
    /// Corrections in `folder`, which need not exist yet.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    fn path(&self, book: &str) -> Result<PathBuf, MemoryError> {
        let is_plain = book
            .chars()
            .all(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'));
        match is_plain && !book.trim().is_empty() && book.len() <= 200 {
            true => Ok(self
                .folder
                .join(format!("{}.corrections.jsonl", book.trim()))),
            false => Err(MemoryError::Name(book.chars().take(60).collect())),
        }
    }
}

impl Memory for FileMemory {
    /// A line that is none (cut short by a crash) is passed over: it must not cost the others.
    fn corrections(&self, book: &str) -> Result<Vec<Correction>, MemoryError> {
        let path = self.path(book)?;
        match std::fs::read_to_string(&path) {
            Ok(lines) => Ok(lines
                .lines()
                .filter_map(|line| serde_json::from_str(line).ok())
                .collect()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(source) => Err(MemoryError::File { path, source }),
        }
    }

    fn keep(&self, book: &str, correction: &Correction) -> Result<(), MemoryError> {
        let path = self.path(book)?;
        let mut line = serde_json::to_string(correction)?;
        line.push('\n');
        let write = || {
            std::fs::create_dir_all(&self.folder)?;
            std::fs::OpenOptions::new()
                .create(true)
                .append(true)
                .open(&path)?
                .write_all(line.as_bytes())
        };
        write().map_err(|source| MemoryError::File {
            path: path.clone(),
            source,
        })
    }
}

/// Corrections ready to be compared with.
#[derive(Debug, Default)]
pub struct Memories {
    entries: Vec<Remembered>,
}

#[derive(Debug)]
struct Remembered {
    pairs: HashSet<(char, char)>,
    terms: Vec<String>,
    account: String,
}

/// From here on a correction counts for another text.
const ALIKE: f64 = 0.6;

/// So many corrections with a word in common, all to one account, are a habit.
const HABIT: usize = 3;

/// How likely an account is that only a habit speaks for.
const BY_HABIT: f64 = 0.85;

/// From this likelihood on the texts are as good as the same.
const SAME: f64 = 0.9;

impl Memories {
    /// Corrections, the oldest first.
    #[must_use]
    pub fn new(corrections: &[Correction]) -> Self {
        let entries = corrections.iter().map(|correction| {
            let words = text::folded(&correction.text);
            Remembered {
                pairs: pairs(&words),
                terms: terms(&words),
                account: correction.account.clone(),
            }
        });
        Self {
            entries: entries.collect(),
        }
    }

    /// The account of what was corrected of as good as the same text. For texts that nobody is asked
    /// about, such as the lines of a bank's file.
    #[must_use]
    pub fn account_of(&self, text: &str) -> Option<&str> {
        let found = self.recall(&text::folded(text));
        found
            .filter(|(_, likelihood)| *likelihood >= SAME)
            .map(|(account, _)| account)
    }

    /// The account of the nearest corrected text, and how near it is; the newest of several as near.
    /// Where none is near, the account of a habit.
    pub(crate) fn recall(&self, words: &str) -> Option<(&str, f64)> {
        let (own, own_terms) = (pairs(words), terms(words));
        let mut best: Option<(&str, f64)> = None;
        for entry in &self.entries {
            let near = likeness(entry, &own, &own_terms);
            if near >= ALIKE && best.is_none_or(|(_, other)| near >= other) {
                best = Some((&entry.account, near));
            }
        }
        best.map(|(account, near)| (account, (0.55 + near * 0.44).min(0.99)))
            .or_else(|| Some((self.habit(&own_terms)?, BY_HABIT)))
    }

    /// The account to which everything with one of these words was corrected, where that was so often
    /// that it is no chance, and no other word says otherwise.
    fn habit(&self, terms: &[String]) -> Option<&str> {
        let mut accounts = terms.iter().filter_map(|term| {
            let mut with = self.entries.iter().filter(|one| one.terms.contains(term));
            let account = with.next()?.account.as_str();
            let others: Vec<&Remembered> = with.collect();
            let is_one = others.iter().all(|other| other.account == account);
            (is_one && others.len() + 1 >= HABIT).then_some(account)
        });
        let first = accounts.next()?;
        accounts.all(|account| account == first).then_some(first)
    }
}

/// How alike two texts are, 0 to 1: what pairs of letters they share, or whether one has all the
/// words of the other.
fn likeness(entry: &Remembered, pairs: &HashSet<(char, char)>, terms: &[String]) -> f64 {
    let shared = entry.pairs.intersection(pairs).count();
    let all = entry.pairs.len() + pairs.len();
    let ratio = |part: usize, whole: usize| {
        f64::from(u32::try_from(part).unwrap_or(u32::MAX))
            / f64::from(u32::try_from(whole.max(1)).unwrap_or(u32::MAX))
    };
    let dice = ratio(2 * shared, all);
    let (few, many) = match entry.terms.len() <= terms.len() {
        true => (entry.terms.as_slice(), terms),
        false => (terms, entry.terms.as_slice()),
    };
    let contained = !few.is_empty() && few.iter().all(|term| many.contains(term));
    dice.max(if contained { 0.85 } else { 0.0 })
}

/// Neighbouring letters, digits and marks left out.
fn pairs(words: &str) -> HashSet<(char, char)> {
    let letters: Vec<char> = words
        .chars()
        .filter(|letter| letter.is_alphabetic())
        .collect();
    letters.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

/// The words that say something: Latin ones of three letters and more, Chinese pairs.
fn terms(words: &str) -> Vec<String> {
    const FILLERS: [&str; 26] = [
        "the", "and", "for", "with", "from", "paid", "bought", "via", "our", "was", "got", "new",
        "this", "that", "card", "cash", "company", "bank", "transfer", "to", "at", "of", "on",
        "in", "by", "my",
    ];
    let mut terms: Vec<String> = words
        .split(|letter: char| !letter.is_alphanumeric() || is_han(letter))
        .filter(|word| word.chars().count() >= 3 && !FILLERS.contains(word))
        .filter(|word| word.chars().any(char::is_alphabetic))
        .map(|word| word.strip_suffix('s').unwrap_or(word).to_owned())
        .collect();
    let han: Vec<char> = words
        .chars()
        .filter(|letter| is_han(*letter) && !"的了在买付花我给去用共".contains(*letter))
        .collect();
    terms.extend(han.windows(2).map(|pair| pair.iter().collect::<String>()));
    terms.sort();
    terms.dedup();
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(memories: &Memories, words: &str, expected: Option<&str>) {
        let found = memories
            .recall(&text::folded(words))
            .map(|(account, _)| account);
        assert_eq!(found, expected, "{words}");
    }

    #[test]
    fn what_was_corrected_is_remembered() {
        let correction = |text: &str, account: &str| Correction {
            text: text.into(),
            account: account.into(),
        };
        let memories = Memories::new(&[
            correction("Figma", "Expenses:Advertising"),
            correction("阿明早餐店", "Expenses:Wages"),
            correction("Blue Bottle beans", "Expenses:Cost of Goods"),
        ]);
        check(
            &memories,
            "Figma plan for March",
            Some("Expenses:Advertising"),
        );
        check(&memories, "阿明早餐店 兩份", Some("Expenses:Wages"));
        check(
            &memories,
            "blue bottle beans again",
            Some("Expenses:Cost of Goods"),
        );
        check(&memories, "green bottle", None);
        check(&memories, "电费", None);
    }

    #[test]
    fn what_always_was_corrected_alike_is_a_habit() {
        let to = |account: &str, texts: &[&str]| -> Vec<Correction> {
            let corrections = texts.iter().map(|text| Correction {
                text: (*text).into(),
                account: account.into(),
            });
            corrections.collect()
        };
        let goods = "Expenses:Cost of Goods";
        let mut all = to(
            goods,
            &["Marlow rope", "Marlow shackles", "two cleats, Marlow"],
        );
        all.extend(to(goods, &["联华 面粉", "联华 牛奶"]));
        check(&Memories::new(&all), "Marlow varnish", Some(goods));
        // Twice may be chance.
        check(&Memories::new(&all), "联华 砂糖", None);
        all.extend(to("Expenses:Meals", &["lunch in Marlow"]));
        check(&Memories::new(&all), "Marlow varnish", None);
    }

    #[test]
    fn a_file_keeps_them() {
        let folder = tempfile::tempdir().unwrap();
        let memory = FileMemory::new(folder.path().join("books"));
        assert_eq!(memory.corrections("shop").unwrap(), []);
        let correction = Correction {
            text: "Figma".into(),
            account: "Expenses:Software".into(),
        };
        memory.keep("shop", &correction).unwrap();
        memory.keep("shop", &correction).unwrap();
        assert_eq!(memory.corrections("shop").unwrap().len(), 2);
        assert!(memory.corrections("../shop").is_err());
        assert!(memory.keep("", &correction).is_err());
    }
}
