//! Letters and pairs of letters as words of an index, so that words too short for trigrams are found.
//!
//! Pure functions. Each letter is written as its number, because the tokenizer of the index would
//! otherwise have opinions about what a word is. A letter counts as its small form, one for one, as
//! where a search is shown (`found`).

use std::collections::BTreeSet;

/// Characters that are enough for the index of trigrams.
pub(crate) const TRIGRAM: usize = 3;

/// Every letter and every pair of neighbours in some texts, once each.
pub(crate) fn of_texts(texts: &[&str]) -> String {
    let mut words = BTreeSet::new();
    for text in texts {
        let mut before = None;
        for letter in text.chars() {
            if is_gap(letter) {
                before = None;
                continue;
            }
            let letter = small(letter);
            words.insert((None, letter));
            if let Some(before) = before {
                words.insert((Some(before), letter));
            }
            before = Some(letter);
        }
    }
    let words: Vec<String> = words.into_iter().map(written).collect();
    words.join(" ")
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

fn written((before, letter): (Option<char>, char)) -> String {
    match before {
        None => format!("u{:x}", u32::from(letter)),
        Some(before) => format!("b{:x}x{:x}", u32::from(before), u32::from(letter)),
    }
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
