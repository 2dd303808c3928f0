//! Letters and pairs of letters as words of an index, so that words too short for trigrams are found.
//!
//! Pure functions. Each letter is written as its number, because the tokenizer of the index would
//! otherwise have opinions about what a word is. A letter counts as its small form, one for one, as
//! where a search is shown (`found`).

use std::fmt::Write as _;

/// Characters that are enough for the index of trigrams.
pub(crate) const TRIGRAM: usize = 3;

/// Every letter and every pair of neighbours in some texts, once each.
///
/// Whoever keeps a run waits for this, so nothing is allocated for a single word.
pub(crate) fn of_texts(texts: &[&str]) -> String {
    let mut words = Vec::with_capacity(texts.iter().map(|text| text.len() * 2).sum());
    for text in texts {
        let mut before = None;
        for letter in text.chars() {
            if is_gap(letter) {
                before = None;
                continue;
            }
            let letter = small(letter);
            words.push((None, letter));
            if let Some(before) = before {
                words.push((Some(before), letter));
            }
            before = Some(letter);
        }
    }
    words.sort_unstable();
    words.dedup();
    let mut all = String::with_capacity(words.len() * 12);
    for word in words {
        if !all.is_empty() {
            all.push(' ');
        }
        write_to(&mut all, word);
    }
    all
}

/// What to ask the index for, where a word is too short for trigrams.
pub(crate) fn of_word(word: &str) -> Option<String> {
    let mut letters = word.chars().map(small);
    let first = letters.next()?;
    match (letters.next(), letters.next()) {
        (None, _) => Some(written((None, first))),
        (Some(second), None) => Some(written((Some(first), second))),
        (Some(_), Some(_)) => None,
    }
}

/// A letter, or two, as a word of the index.
fn write_to(all: &mut String, (before, letter): (Option<char>, char)) {
    let letter = u32::from(letter);
    // Nothing can fail that is written to a text.
    let _ = match before {
        None => write!(all, "u{letter:x}"),
        Some(before) => write!(all, "b{:x}x{letter:x}", u32::from(before)),
    };
}

fn written(word: (Option<char>, char)) -> String {
    let mut text = String::new();
    write_to(&mut text, word);
    text
}

fn is_gap(letter: char) -> bool {
    letter.is_whitespace() || letter == '\0'
}

fn small(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_among_the_pairs_of_every_text_that_holds_it() {
        let texts = ["哪個客戶花費最多？", "AI, or İ", "a\nb"];
        let pairs = of_texts(&texts);
        let has = |word: &str| {
            let wanted = of_word(word).unwrap();
            pairs.split(' ').any(|pair| pair == wanted)
        };
        for word in ["客戶", "最多", "戶", "ai", "AI", "or", "？"] {
            assert!(has(word), "{word}");
        }
        // Neighbours in different lines are no word.
        for word in ["戶客", "ab", "a,", "多a"] {
            assert!(!has(word), "{word}");
        }
        assert_eq!(of_word("abc"), None);
        assert_eq!(of_word(""), None);
        assert_eq!(of_texts(&["aaaa"]), "u61 b61x61");
    }
}
