//! What a brief says, found out by code: language, name, facts, what is offered, when it is open,
//! which sections are asked for, how it is to look, and what kind of place it is for.
//!
//! Whatever stands here is never left to the model: it goes into the plan as the brief has it.

pub mod asked;
pub mod business;
pub mod facts;
pub mod hours;
pub mod lists;
pub mod mood;
pub mod name;

use crate::language::Language;
pub use asked::Asked;
pub use business::Business;
pub use facts::{Fact, FactKind};
pub use mood::Mood;

/// A brief that was read.
#[derive(Debug, Clone)]
pub struct Brief {
    /// The brief without markup and control characters.
    pub text: String,
    /// In which language the page is to be.
    pub language: Language,
    /// Whose page it is, where the brief says so.
    pub name: Option<String>,
    /// What must stand in the page unaltered.
    pub facts: Vec<Fact>,
    /// What can be bought: name, price and what is said of it.
    pub offers: Vec<lists::Offer>,
    /// Who is named, with what they do.
    pub people: Vec<lists::Person>,
    /// What is named as going on, with its time.
    pub events: Vec<lists::Event>,
    /// Words that somebody said of it.
    pub quotes: Vec<String>,
    /// When it is open: days and hours.
    pub hours: Vec<(String, String)>,
    /// Which sections are asked for, how many items, and what is not wanted.
    pub asked: Asked,
    /// How it is to look.
    pub mood: Mood,
    /// What kind of place it is for, and whether the brief says so clearly.
    pub business: &'static Business,
    /// Whether nothing in the brief told the kind.
    pub is_unclear: bool,
}

impl Brief {
    /// Reads a brief. `language`: what the person asked for, where they did.
    #[must_use]
    pub fn read(text: &str, language: Option<Language>) -> Self {
        let text = plain(text);
        let language = language.unwrap_or_else(|| Language::of(&text));
        let name = name::find(&text);
        let offers = lists::offers(&text);
        let (business, is_unclear) = kind_of(&text, &offers);
        let people = lists::people(&text, name.as_deref());
        let events = lists::events(&text);
        let hours = hours::find(&text);
        let quotes = lists::quotes(&text);
        let mut facts = facts::find(&text);
        let mut add = |kind: FactKind, found: &str| {
            if !found.is_empty() && !facts.iter().any(|fact| fact.text == found) {
                facts.push(Fact::new(kind, found));
            }
        };
        if let Some(name) = &name {
            add(FactKind::Name, name);
        }
        for offer in &offers {
            add(FactKind::Product, &offer.title);
        }
        for person in &people {
            add(FactKind::Person, &person.name);
        }
        let asked = Asked::find(&text, business);
        let mood = Mood::find(&text);
        Self {
            language,
            name,
            facts,
            offers,
            people,
            events,
            quotes,
            hours,
            asked,
            mood,
            business,
            is_unclear,
            text,
        }
    }

    /// The first fact of a kind.
    #[must_use]
    pub fn fact(&self, kind: FactKind) -> Option<&str> {
        self.facts
            .iter()
            .find(|fact| fact.kind == kind)
            .map(|fact| fact.text.as_str())
    }

    /// The page's name: the brief's, or what such a place is called.
    #[must_use]
    pub fn display_name(&self) -> String {
        self.name
            .clone()
            .unwrap_or_else(|| self.business.label(self.language))
    }

    /// What may stand in the page in the other script or language, because the brief has it so.
    #[must_use]
    pub fn exempt(&self) -> Vec<String> {
        let mut texts: Vec<String> = self.facts.iter().map(|fact| fact.text.clone()).collect();
        texts.extend(self.people.iter().map(|person| person.role.clone()));
        texts.extend(self.offers.iter().map(|offer| offer.text.clone()));
        texts.retain(|text| !text.is_empty());
        texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
        texts
    }

    /// The sentences of the brief.
    #[must_use]
    pub fn sentences(&self) -> Vec<&str> {
        sentences(&self.text)
    }
}

/// What kind of place a brief is about, and whether that is only a guess. What can be bought there says
/// less of it than the rest: a ferry that takes bicycles is no bicycle shop.
fn kind_of(text: &str, offers: &[lists::Offer]) -> (&'static Business, bool) {
    let titles = offers.iter().map(|offer| offer.title.as_str());
    let rest = titles.fold(text.to_owned(), |rest, title| rest.replace(title, " "));
    match Business::of(&rest) {
        (business, false) => (business, false),
        (_, true) => (Business::of(text).0, true),
    }
}

/// A text without tags, scripts and control characters; its lines stay lines.
fn plain(text: &str) -> String {
    static BLOCKS: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
        regex::Regex::new(
            r"(?is)<(script|style)\b.*?(</(script|style)\s*>|$)|<!--.*?(-->|$)|</?[a-z][^<>]*>",
        )
        .expect("a test compiles it")
    });
    let without = BLOCKS.replace_all(text, " ");
    let mut out = String::with_capacity(without.len());
    for letter in without.chars() {
        match letter {
            '\n' => out.push('\n'),
            letter if letter.is_whitespace() => {
                if !out.ends_with([' ', '\n']) {
                    out.push(' ');
                }
            }
            // Marks that turn the direction of writing would turn the rest of the page with it.
            '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}' => {}
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out.trim().to_owned()
}

/// Sentences: what ends with a full stop that is not inside a number, an address or an abbreviation.
pub(crate) fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((place, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let is_end = match letter {
            '。' | '！' | '？' | '\n' | '；' => true,
            '!' | '?' | ';' => next.is_none_or(char::is_whitespace),
            '.' => {
                let word = text[start..place].rsplit(' ').next().unwrap_or("");
                let is_short = word.len() <= 2 || matches!(word, "Mrs" | "Prof" | "Ave");
                next.is_none_or(char::is_whitespace)
                    && !(is_short && word.starts_with(char::is_uppercase))
            }
            _ => false,
        };
        if is_end {
            let end = place + letter.len_utf8();
            found.push(text[start..end].trim());
            start = end;
        }
    }
    found.push(text[start..].trim());
    found.retain(|sentence| sentence.chars().any(char::is_alphanumeric));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brief_is_read_as_text() {
        assert_eq!(
            plain("A <b>bakery</b><script>alert(1)</script>\u{202e} in Leeds"),
            "A bakery in Leeds"
        );
        assert_eq!(plain("a < b and c > d"), "a < b and c > d");
    }

    #[test]
    fn what_can_be_bought_does_not_tell_what_a_place_is() {
        let brief = Brief::read("The boat Tern crosses at noon. Adult £4, bicycle £1.", None);
        assert!(brief.is_unclear);
        let brief = Brief::read("A bakery. Coffee £2, tea £2, rye loaf £4.", None);
        assert_eq!(
            (brief.business.id.as_str(), brief.is_unclear),
            ("bakery", false)
        );
    }

    #[test]
    fn sentences_end_where_they_end() {
        let text = "Open at 8.30 on St. Mary Road. Mail a@b.co. 我們在台北。歡迎";
        assert_eq!(
            sentences(text),
            [
                "Open at 8.30 on St. Mary Road.",
                "Mail a@b.co.",
                "我們在台北。",
                "歡迎"
            ]
        );
    }
}
