//! The text as code reads it: every letter in one plain form, with the way back to how it was written.
//!
//! Folding is one letter for one letter (lower case, simplified script, narrow digits and signs), so
//! that every place in the folded text is a place in the original. Patterns are written once, for the
//! folded form; what a person sees is always cut out of the original.

use std::ops::Range;

use regex::Regex;

use crate::han;

/// A range of bytes of the folded text.
pub type Span = Range<usize>;

/// A text with its folded form.
#[derive(Debug)]
pub struct Text {
    original: String,
    folded: String,
    /// For every letter: where it begins in the folded text and in the original. One more at the end.
    places: Vec<(usize, usize)>,
}

impl Text {
    /// Reads a text.
    pub fn new(original: &str) -> Self {
        let mut folded = String::with_capacity(original.len());
        let mut places = Vec::with_capacity(original.len());
        for (at, letter) in original.char_indices() {
            places.push((folded.len(), at));
            folded.push(fold(letter));
        }
        places.push((folded.len(), original.len()));
        Self {
            original: original.to_owned(),
            folded,
            places,
        }
    }

    /// The folded form, which all spans point into.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// What was written at a place.
    pub fn original(&self, span: &Span) -> &str {
        &self.original[self.place(span.start)..self.place(span.end)]
    }

    fn place(&self, folded: usize) -> usize {
        match self.places.binary_search_by_key(&folded, |place| place.0) {
            Ok(at) => self.places[at].1,
            Err(_) => self.original.len(),
        }
    }
}

/// A text folded, where only the folded form is needed.
pub fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

/// The plain form of a letter.
fn fold(letter: char) -> char {
    match letter {
        // Full-width forms of what is on every keyboard.
        '\u{ff01}'..='\u{ff5e}' => lower(narrow(letter)),
        '\u{3000}' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\t' => ' ',
        '‘' | '’' | '´' | '`' => '\'',
        '“' | '”' | '「' | '」' | '『' | '』' => '"',
        '–' | '—' | '−' | '‐' | '‑' => '-',
        '\r' => '\n',
        letter if letter.is_ascii() => letter.to_ascii_lowercase(),
        letter => han::simplified(lower(letter)),
    }
}

fn narrow(letter: char) -> char {
    char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter)
}

/// Lower case where that is one letter.
fn lower(letter: char) -> char {
    let mut lower = letter.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(single), None) => single,
        _ => letter,
    }
}

/// Whether a letter is Chinese.
pub fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '〇')
}

/// A pattern over folded texts, from a constant. `\b` parts Latin words and digits from everything else,
/// Chinese included: 付cash吧 has the word cash.
pub fn pattern(pattern: &str) -> Regex {
    let pattern = pattern.replace(r"\b", r"(?-u:\b)");
    Regex::new(&pattern).expect("the patterns are constants that the tests compile")
}

/// The letter before a place.
pub fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

/// The letter at a place.
pub fn after(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

/// Whether a span of Latin letters or digits stands by itself, not within a longer word.
pub fn is_whole_word(text: &str, span: &Span) -> bool {
    let first = after(text, span.start);
    let last = before(text, span.end);
    let clash = |inner: Option<char>, outer: Option<char>| {
        inner.is_some_and(is_latin) && outer.is_some_and(is_latin)
    };
    !clash(first, before(text, span.start)) && !clash(last, after(text, span.end))
}

/// Letters and digits that make up words of alphabetic languages.
pub fn is_latin(letter: char) -> bool {
    letter.is_alphanumeric() && !is_han(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_leads_back() {
        let text = Text::new("買３杯 Café「ＮＴ＄１２０」’ok");
        assert_eq!(text.folded(), "买3杯 café\"nt$120\"'ok");
        let at = text.folded().find("nt$120").unwrap();
        assert_eq!(text.original(&(at..at + 6)), "ＮＴ＄１２０");
        assert_eq!(
            text.original(&(0..text.folded().len())),
            "買３杯 Café「ＮＴ＄１２０」’ok"
        );
    }

    #[test]
    fn words_stand_by_themselves() {
        assert!(is_whole_word("打25块", &(3..5)));
        assert!(!is_whole_word("oct25", &(3..5)));
        assert!(is_whole_word("a bus.", &(2..5)));
        assert!(!is_whole_word("a business", &(2..5)));
    }
}
