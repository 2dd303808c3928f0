//! The pictures of a page: scenes, tiles, portraits and a map, drawn from the theme's inks, a motif
//! and a seed. They are inline SVG and name no colour, so that another palette repaints them.
//!
//! A motif is drawn once, in the page's library of symbols, and used wherever it is shown.

mod scene;

use std::sync::LazyLock;

use serde::Deserialize;

pub use scene::{map, panorama, portrait, poster, scene, tile};

/// Something to draw.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Motif {
    /// Stable name.
    pub id: String,
    /// What a text says when the motif fits it.
    pub words: Vec<String>,
    /// Its shapes.
    pub svg: String,
}

/// A small sign.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Icon {
    /// Stable name.
    pub id: String,
    /// What a text says when the sign fits it.
    pub words: Vec<String>,
    /// Its stroke.
    pub path: String,
}

#[derive(Deserialize)]
struct MotifFile {
    motif: Vec<Motif>,
}

#[derive(Deserialize)]
struct IconFile {
    icon: Vec<Icon>,
}

static MOTIFS: LazyLock<Vec<Motif>> = LazyLock::new(|| {
    let file: MotifFile = toml::from_str(include_str!("../../../assets/pages/motifs.toml"))
        .expect("a test reads the motifs that are built in");
    file.motif
});

static ICONS: LazyLock<Vec<Icon>> = LazyLock::new(|| {
    let file: IconFile = toml::from_str(include_str!("../../../assets/pages/icons.toml"))
        .expect("a test reads the icons that are built in");
    file.icon
});

impl Motif {
    /// Every motif there is.
    #[must_use]
    pub fn all() -> &'static [Self] {
        &MOTIFS
    }

    /// The motif of that name.
    #[must_use]
    pub fn named(id: &str) -> Option<&'static Self> {
        Self::all().iter().find(|motif| motif.id == id)
    }

    /// Motifs that fit a text, the one with most to say for it first.
    #[must_use]
    pub fn fitting(text: &str) -> Vec<&'static Self> {
        let text = text.to_lowercase();
        let mut found: Vec<(usize, &Self)> = Self::all()
            .iter()
            .map(|motif| (score(&motif.words, &text), motif))
            .filter(|(score, _)| *score > 0)
            .collect();
        found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        found.into_iter().map(|(_, motif)| motif).collect()
    }
}

impl Icon {
    /// A sign for each of some texts, none of them twice while there are others.
    #[must_use]
    pub fn for_texts(texts: &[String]) -> Vec<&'static Self> {
        let mut taken: Vec<&Self> = Vec::new();
        for text in texts {
            let text = text.to_lowercase();
            let is_free = |icon: &&Self| !taken.iter().any(|other| other.id == icon.id);
            let best = ICONS
                .iter()
                .filter(is_free)
                .map(|icon| (score(&icon.words, &text), icon))
                .filter(|(score, _)| *score > 0)
                .max_by_key(|(score, _)| *score)
                .map(|(_, icon)| icon);
            let plain = || {
                ICONS
                    .iter()
                    .rev()
                    .filter(is_free)
                    .find(|icon| icon.words.is_empty())
            };
            let chosen = best
                .or_else(plain)
                .unwrap_or(&ICONS[taken.len() % ICONS.len()]);
            taken.push(chosen);
        }
        taken
    }
}

/// How much of a text speaks for some words: the letters of those that it says.
pub(crate) fn score(words: &[String], lowercase: &str) -> usize {
    words
        .iter()
        .map(|word| {
            // A Chinese word says as much in two characters as an English one in six letters.
            let weight = if word.is_ascii() {
                word.len()
            } else {
                word.chars().count() * 3
            };
            occurrences(lowercase, word) * weight
        })
        .sum()
}

/// How often a text has a word: English ones only where they begin one.
fn occurrences(text: &str, word: &str) -> usize {
    text.match_indices(word)
        .filter(|(place, _)| {
            if !word.is_ascii() {
                return true;
            }
            let before = text[..*place].chars().next_back();
            let after: Option<char> = text[place + word.len()..].chars().next();
            let is_short = word.len() < 5;
            before.is_none_or(|letter| !letter.is_alphanumeric())
                && (!is_short
                    || after.is_none_or(|letter| !letter.is_alphabetic() || letter == 's'))
        })
        .count()
        .min(3)
}

/// Numbers that look random and are the same for the same seed: xorshift.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// From a seed.
    #[must_use]
    pub fn new(seed: u32) -> Self {
        Self(u64::from(seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 33) % u64::try_from(end.max(1)).unwrap_or(1)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn motifs_fit_what_is_said() {
        for (text, expected) in [
            ("A coffee roastery in Leeds with two cafés", "cup"),
            ("台南的手工麵包店", "bread"),
            ("A dental clinic for children", "tooth"),
            ("全國開發者年會", "podium"),
            ("A law firm", "scales"),
        ] {
            let found: Vec<_> = Motif::fitting(text)
                .iter()
                .map(|motif| motif.id.as_str())
                .collect();
            assert!(found.contains(&expected), "{text}: {found:?}");
        }
        assert!(Motif::fitting("xyz").is_empty());
    }

    #[test]
    fn no_sign_is_shown_twice() {
        let texts = ["Organic", "Organic too", "something", "else"].map(str::to_owned);
        let ids: Vec<_> = Icon::for_texts(&texts)
            .iter()
            .map(|icon| &icon.id)
            .collect();
        for (place, id) in ids.iter().enumerate() {
            assert!(!ids[place + 1..].contains(id), "{ids:?}");
        }
        assert_eq!(ids[0], "leaf");
    }
}
