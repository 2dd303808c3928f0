//! What a page can be for, and what follows from it: sections, pictures, moods, the first button.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::art::score;
use crate::language::Language;
use crate::plan::Kind;

/// A kind of place or work.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Business {
    /// Stable name.
    pub id: String,
    /// What it is called, in English and in traditional Chinese.
    pub name: [String; 2],
    /// How a brief says it.
    pub words: Vec<String>,
    /// What its pictures are about.
    pub motifs: Vec<String>,
    /// Sections besides those that every page has.
    pub sections: Vec<Kind>,
    /// How it looks.
    pub moods: Vec<String>,
    /// What its first button asks for.
    pub action: String,
    /// Whether what it sells are products or plans.
    pub offer: Kind,
}

#[derive(Deserialize)]
struct File {
    business: Vec<Business>,
}

static ALL: LazyLock<Vec<Business>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../../assets/pages/businesses.toml"))
        .expect("a test reads the kinds of business that are built in");
    file.business
});

impl Business {
    /// Every kind there is; the last is a company that does something or other.
    #[must_use]
    pub fn all() -> &'static [Self] {
        &ALL
    }

    /// The kind of that name.
    #[must_use]
    pub fn named(id: &str) -> Option<&'static Self> {
        Self::all().iter().find(|business| business.id == id)
    }

    /// The kind that a brief speaks of most, and whether that is only a guess. What is said first
    /// counts more: a brief begins with what it is about.
    #[must_use]
    pub fn of(text: &str) -> (&'static Self, bool) {
        let lower = text.to_lowercase();
        let beginning: String = lower.chars().take(160).collect();
        let best = Self::all()
            .iter()
            .map(|business| {
                let said = score(&business.words, &lower) + 2 * score(&business.words, &beginning);
                (said, business)
            })
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        match best {
            Some((said, business)) if said > 0 => (business, false),
            _ => (&Self::all()[Self::all().len() - 1], true),
        }
    }

    /// What such a place is called.
    #[must_use]
    pub fn label(&self, language: Language) -> String {
        match language {
            Language::English => self.name[0].clone(),
            Language::Traditional => self.name[1].clone(),
            Language::Simplified => language.in_script(&self.name[1], &[]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::art::Motif;

    #[test]
    fn every_kind_names_what_there_is() {
        for business in Business::all() {
            for motif in &business.motifs {
                assert!(Motif::named(motif).is_some(), "{}: {motif}", business.id);
            }
            assert!(
                matches!(business.offer, Kind::Products | Kind::Pricing),
                "{}",
                business.id
            );
            assert!(business.sections.len() >= 3, "{}", business.id);
        }
    }

    #[test]
    fn briefs_tell_their_kind() {
        for (text, expected) in [
            (
                "Design a landing page for my coffee roastery, warm and earthy",
                "coffee",
            ),
            ("幫我做一個牙醫診所的網頁，要有看診時間", "dentist"),
            ("A page for our chess club in the library", "club"),
            ("为我们的开源软件做一个落地页", "software"),
            ("Portfolio of an illustrator who loves dogs", "portfolio"),
        ] {
            assert_eq!(Business::of(text).0.id, expected, "{text}");
        }
        assert!(Business::of("qwerty").1);
    }
}
