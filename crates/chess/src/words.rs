//! Facts in words: English and Chinese, for three levels, by code; and what a model makes of them,
//! held against the facts.

mod chinese;
mod claims;
mod deeds;
mod english;
pub mod prompt;
pub mod report;
mod simplified;
mod vocabulary;

use assistant::artifact::ChessScore;
use shakmaty::{Chess, Move};

use crate::board;
use crate::facts::{Fact, Finding};

pub use claims::{Judged, Kept, judge, judge_complete};

/// The language of the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Chinese as in Taiwan and Hong Kong.
    Traditional,
    /// Chinese as on the mainland.
    Simplified,
}

impl Language {
    /// By its name in the inputs; English unless it is said.
    #[must_use]
    pub fn named(name: Option<&str>) -> Self {
        match name {
            Some("zh-Hant") => Self::Traditional,
            Some("zh-Hans") => Self::Simplified,
            _ => Self::English,
        }
    }
}

/// Whom the words are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Short, without figures.
    Beginner,
    /// With figures and lines.
    Club,
    /// With everything.
    Expert,
}

impl Level {
    /// By its name in the inputs; for the club unless it is said.
    #[must_use]
    pub fn named(name: Option<&str>) -> Self {
        match name {
            Some("beginner") => Self::Beginner,
            Some("expert") => Self::Expert,
            _ => Self::Club,
        }
    }

    /// Facts that are put into words.
    fn facts(self) -> usize {
        match self {
            Self::Beginner => 2,
            Self::Club => 3,
            Self::Expert => 4,
        }
    }

    /// Plies of a line that are shown.
    fn plies(self) -> usize {
        match self {
            Self::Beginner => 5,
            Self::Club => 7,
            Self::Expert => 10,
        }
    }
}

/// Facts below this weight are for the list alone.
const TELLING: u32 = 25;

/// Says facts about one move.
#[derive(Debug)]
pub struct Speaker<'a> {
    /// In which language.
    pub language: Language,
    /// For whom.
    pub level: Level,
    /// The position.
    pub before: &'a Chess,
    /// The move.
    pub action: Move,
}

impl Speaker<'_> {
    /// A fact in one sentence.
    #[must_use]
    pub fn sentence(&self, fact: &Fact) -> String {
        match self.language {
            Language::English => english::sentence(self, fact),
            Language::Traditional => chinese::sentence(self, fact),
            Language::Simplified => simplified::simplify(&chinese::sentence(self, fact)),
        }
    }

    /// What the move is worth, as the first sentence.
    #[must_use]
    pub fn lead(&self, score: ChessScore) -> String {
        match self.language {
            Language::English => english::lead(self, score),
            Language::Traditional => chinese::lead(self, score),
            Language::Simplified => simplified::simplify(&chinese::lead(self, score)),
        }
    }

    /// The facts that are put into words, the most telling first.
    #[must_use]
    pub fn told<'f>(&self, facts: &'f [Fact]) -> Vec<&'f Fact> {
        let mut told: Vec<&Fact> = facts
            .iter()
            .filter(|fact| fact.weight >= TELLING && self.suits(fact))
            .take(self.level.facts())
            .collect();
        // Why the tempting move fails is said even where much else could be.
        let warning = facts
            .iter()
            .find(|fact| matches!(fact.finding, Finding::Refuted(..)) && !told.contains(fact));
        if let Some(warning) = warning {
            told.truncate(self.level.facts().saturating_sub(1));
            told.push(warning);
        }
        told
    }

    /// Comparisons in figures say nothing to a beginner.
    fn suits(&self, fact: &Fact) -> bool {
        self.level != Level::Beginner || !matches!(fact.finding, Finding::Better(..))
    }

    /// The whole explanation, by code. `line` is what follows the move.
    #[must_use]
    pub fn explanation(&self, facts: &[Fact], score: ChessScore, line: &[Move]) -> String {
        let told = self.told(facts);
        let mut sentences = vec![self.lead(score)];
        sentences.extend(told.iter().map(|fact| self.sentence(fact)));
        if told.is_empty() {
            sentences.push(self.quiet(line));
        }
        self.joined(&sentences)
    }

    /// What is said where nothing could be proved that is worth saying.
    fn quiet(&self, line: &[Move]) -> String {
        let line = self.line(line);
        match self.language {
            Language::English => format!("Nothing is won by force; the line goes {line}."),
            Language::Traditional => format!("沒有強制的得益；後續變化是 {line}。"),
            Language::Simplified => format!("没有强制的得益；后续变化是 {line}。"),
        }
    }

    /// Sentences as a paragraph.
    #[must_use]
    pub fn joined(&self, sentences: &[String]) -> String {
        match self.language {
            Language::English => sentences.join(" "),
            Language::Traditional | Language::Simplified => sentences.concat(),
        }
    }

    /// The move in SAN.
    fn san(&self) -> String {
        board::san(self.before, self.action)
    }

    /// As much of a line as the level takes, in SAN.
    fn line(&self, moves: &[Move]) -> String {
        let mut words = board::sans(self.before, moves);
        if words.len() > self.level.plies() {
            words.truncate(self.level.plies());
            words.push("…".to_owned());
        }
        words.join(" ")
    }
}

/// Hundredths of a pawn as pawns with one digit, such as `1.5`.
fn pawns(hundredths: i32) -> String {
    format!("{:.1}", f64::from(hundredths) / 100.0)
}

/// The same with two digits, where less than a tenth matters.
fn pawns_fine(hundredths: i32) -> String {
    format!("{:.2}", f64::from(hundredths) / 100.0)
}

#[cfg(test)]
#[path = "words/tests.rs"]
mod tests;
