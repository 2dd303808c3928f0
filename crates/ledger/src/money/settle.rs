//! Which currency is meant where a text says only `$`, 元 or nothing at all.

use super::currency::{self, Money};
use super::{Figure, Named, Sense};
use crate::language::Language;

/// A currency with what speaks against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// ISO code.
    pub code: String,
    /// Others that may be meant, where that matters.
    pub others: Vec<String>,
    /// Something that is no currency we know, as written.
    pub unknown: Option<String>,
}

impl Settled {
    fn certain(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            others: Vec::new(),
            unknown: None,
        }
    }

    fn or(code: &str, others: &[&str]) -> Self {
        Self {
            others: others.iter().map(|other| (*other).to_owned()).collect(),
            ..Self::certain(code)
        }
    }
}

/// The currency of one sum. `language` is that of its sentence; `base` the book's own currency, where it
/// has one; `figures` are all of the text.
pub fn settle(
    figure: &Figure,
    language: Language,
    base: Option<&str>,
    figures: &[Figure],
) -> Settled {
    match &figure.named {
        Some(Named::Code(code)) => Settled::certain(code),
        Some(Named::Unknown(word)) => Settled {
            unknown: Some(word.clone()),
            ..Settled::certain(base.unwrap_or(language.currency()))
        },
        Some(Named::OneOf(codes, family)) => shared(codes, *family, language, base, figures),
        None => unsaid(language, base, figures),
    }
}

fn shared(
    codes: &[String],
    family: Money,
    language: Language,
    base: Option<&str>,
    figures: &[Figure],
) -> Settled {
    if let Some(base) = base.filter(|base| codes.iter().any(|code| code == base)) {
        return Settled::certain(base);
    }
    // A text that says US$ once means the same by $ later.
    let named = stated(figures);
    if let [only] = named.as_slice()
        && codes.contains(only)
    {
        return Settled::certain(only);
    }
    match (family, language) {
        (Money::Dollar, Language::English) => Settled::certain("USD"),
        (Money::Dollar, Language::Traditional) => Settled::or("TWD", &["USD", "HKD"]),
        (Money::Dollar, _) => Settled::or("USD", &["CNY"]),
        (Money::Yuan, Language::Traditional) => Settled::certain("TWD"),
        (Money::Yuan, Language::Simplified) => Settled::certain("CNY"),
        (Money::Yuan, _) => Settled::or("CNY", &["TWD"]),
        (Money::Yen, Language::English) => Settled::or("JPY", &["CNY"]),
        (Money::Yen, Language::Traditional) => Settled::or("JPY", &["CNY"]),
        (Money::Yen, _) => Settled::certain("CNY"),
        (Money::Other, _) => Settled {
            others: codes[1..].to_vec(),
            ..Settled::certain(&codes[0])
        },
    }
}

/// Where nothing is said: the book's currency, or the only one that the text names, or that of the language.
fn unsaid(language: Language, base: Option<&str>, figures: &[Figure]) -> Settled {
    if let Some(base) = base {
        return Settled::certain(base);
    }
    let usual = language.currency();
    let named = stated(figures);
    match named.as_slice() {
        // Chinese that could be from either side of the strait.
        [] if language == Language::Chinese => Settled::or("CNY", &["TWD"]),
        [] => Settled::certain(usual),
        [only] if only == usual => Settled::certain(usual),
        [only] => {
            // Named in the other language it says little about this one.
            let is_own = !matches!(only.as_str(), "TWD" | "CNY") || language != Language::English;
            match is_own {
                true => Settled::certain(only),
                false => Settled::or(usual, &[only]),
            }
        }
        several => {
            let mut settled = Settled::certain(usual);
            settled.others = several
                .iter()
                .filter(|code| *code != usual)
                .cloned()
                .collect();
            settled
        }
    }
}

/// The currencies that a text names for certain, each once.
fn stated(figures: &[Figure]) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for figure in figures.iter().filter(|figure| figure.sense == Sense::Money) {
        let code = match &figure.named {
            Some(Named::Code(code)) => code.clone(),
            Some(Named::OneOf(..) | Named::Unknown(_)) | None => continue,
        };
        if currency::is_code(&code) && !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}
