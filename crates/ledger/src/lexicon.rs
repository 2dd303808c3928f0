//! What people call what they spend on, as data: words and names in both languages, by concept.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::{self, Span, is_han, is_latin};

const FILE: &str = include_str!("../../../assets/ledger/lexicon.toml");

#[derive(Deserialize)]
struct File {
    concept: Vec<ConceptEntry>,
}

#[derive(Deserialize)]
struct ConceptEntry {
    id: String,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    places: Vec<String>,
    #[serde(default)]
    weak: Vec<String>,
}

/// How much a word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// It hints.
    Weak,
    /// The name of a shop or a service.
    Place,
    /// It names the thing.
    Word,
}

/// A word of the lexicon that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Where in the folded text.
    pub span: Span,
    /// Which concept it belongs to.
    pub concept: &'static str,
    /// How much it says.
    pub strength: Strength,
}

struct Entry {
    text: String,
    concept: &'static str,
    strength: Strength,
}

/// Words by their first letter, the longest first.
pub struct Lexicon {
    entries: HashMap<char, Vec<Entry>>,
}

static BUILT_IN: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(FILE).expect("the built-in lexicon is read by a test"));

impl Lexicon {
    /// The lexicon that comes with the program. It is read once.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    fn read(file: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(file)?;
        let mut lexicon = Self {
            entries: HashMap::new(),
        };
        for concept in file.concept {
            let id: &'static str = Box::leak(concept.id.into_boxed_str());
            let lists = [
                (concept.words, Strength::Word),
                (concept.places, Strength::Place),
                (concept.weak, Strength::Weak),
            ];
            for (words, strength) in lists {
                for word in words {
                    lexicon.add(&word, id, strength);
                }
            }
        }
        for entries in lexicon.entries.values_mut() {
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.text.len()));
        }
        Ok(lexicon)
    }

    fn add(&mut self, word: &str, concept: &'static str, strength: Strength) {
        let text = text::folded(word);
        // One Chinese letter is a part of many words: 鍋 is bought, and eaten as 麻辣鍋.
        let is_one = text.chars().count() == 1;
        let strength = if is_one { Strength::Weak } else { strength };
        if let Some(first) = text.chars().next() {
            self.entries.entry(first).or_default().push(Entry {
                text,
                concept,
                strength,
            });
        }
    }

    /// The concepts.
    #[cfg(test)]
    pub fn concepts(&self) -> std::collections::BTreeSet<&'static str> {
        let entries = self.entries.values().flatten();
        entries.map(|entry| entry.concept).collect()
    }

    /// Whether there is such a concept.
    #[cfg(test)]
    pub fn has(&self, concept: &str) -> bool {
        self.concepts().contains(concept)
    }

    /// Every word in a folded text that is among `concepts`. Of words that overlap the longest; the
    /// same word of several concepts comes with each of them.
    pub fn find(&self, text: &str, is_wanted: impl Fn(&str) -> bool) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        let mut free_from = 0;
        for (at, letter) in text.char_indices() {
            if at < free_from {
                continue;
            }
            let Some(entries) = self.entries.get(&letter) else {
                continue;
            };
            let mut longest = 0;
            for entry in entries {
                let Some(length) = matches(text, at, &entry.text) else {
                    continue;
                };
                if length < longest {
                    continue;
                }
                let again = hits.last().is_some_and(|last| {
                    last.span == (at..at + length) && last.concept == entry.concept
                });
                if is_wanted(entry.concept) && !again {
                    longest = length;
                    hits.push(Hit {
                        span: at..at + length,
                        concept: entry.concept,
                        strength: entry.strength,
                    });
                }
            }
            free_from = at + longest;
        }
        hits
    }
}

/// The length of a word at a place, with an English plural; nothing where it is not there.
fn matches(text: &str, at: usize, word: &str) -> Option<usize> {
    let rest = text[at..].strip_prefix(word)?;
    let is_latin_word = word.starts_with(is_latin);
    if is_latin_word && text::before(text, at).is_some_and(is_latin) {
        return None;
    }
    if !word.ends_with(is_latin) || word.ends_with(is_han) {
        return Some(word.len());
    }
    // A word that ends in digits or letters must end there, or go on as a plural or possessive.
    let plural = ["", "s", "es", "'s"].into_iter().find(|plural| {
        rest.strip_prefix(plural)
            .is_some_and(|rest| !rest.chars().next().is_some_and(is_latin))
    })?;
    Some(word.len() + plural.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let folded = text::folded(text);
        let found: Vec<&str> = Lexicon::built_in()
            .find(&folded, |_| true)
            .iter()
            .map(|hit| hit.concept)
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_are_found_whole() {
        check("Lunch", &["meals"]);
        check("electricity bill", &["utilities"]);
        check("three new office chairs", &["equipment"]);
        check("sandwiches", &["meals"]);
        check("businesslike", &[]);
        check("電費", &["utilities"]);
        check("电费", &["utilities"]);
        check("parking", &["transport"]);
        check("UBER", &["transport"]);
        check("Uber Eats", &["meals"]);
    }

    #[test]
    fn no_word_is_twice_in_a_concept() {
        let mut twice = Vec::new();
        for entries in BUILT_IN.entries.values() {
            for (at, entry) in entries.iter().enumerate() {
                let again = entries[at + 1..]
                    .iter()
                    .any(|other| other.text == entry.text && other.concept == entry.concept);
                if again {
                    twice.push(format!("{}: {}", entry.concept, entry.text));
                }
            }
        }
        assert_eq!(twice, Vec::<String>::new());
    }
}
