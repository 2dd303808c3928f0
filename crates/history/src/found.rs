//! What a search shows of a run: where the words stand, in a title and in a line of the rest.
//!
//! The index of the database finds runs; this only shows why. Pure functions over texts, because a
//! window has to mark Chinese, accents and words of two letters alike, which the index's own
//! snippets cannot.

use serde::{Deserialize, Serialize};

/// Characters shown before the first word that was found.
const BEFORE: usize = 28;

/// Characters of a line in all.
const LINE: usize = 140;

/// A piece of a text, and whether it is what was looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Piece {
    /// Its text.
    pub text: String,
    /// Whether it was looked for.
    pub hit: bool,
}

/// Where the words of a search stand in a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Found {
    /// The title in pieces.
    pub title: Vec<Piece>,
    /// A line of the answer or of what was filled in, where a word stands there and not in the title.
    pub excerpt: Vec<Piece>,
}

/// Where `words` stand in a run of that title. `texts` are what else was searched, the most telling
/// first.
pub(crate) fn found(title: &str, texts: &[&str], words: &[&str]) -> Found {
    let title = pieces(title, words);
    let is_hit = |pieces: &[Piece]| pieces.iter().any(|piece| piece.hit);
    // A word that the title shows need not be shown again.
    let hidden: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| {
            !title
                .iter()
                .any(|piece| piece.hit && folded(&piece.text) == folded(word))
        })
        .collect();
    let excerpt = texts
        .iter()
        .map(|text| excerpt(text, &hidden))
        .find(|line| is_hit(line));
    Found {
        title,
        excerpt: excerpt.unwrap_or_default(),
    }
}

/// A text in pieces.
fn pieces(text: &str, words: &[&str]) -> Vec<Piece> {
    let characters: Vec<char> = text.chars().collect();
    let hits = hits(&characters, words);
    cut(&characters, &hits)
}

/// A line around the first word that was found.
fn excerpt(text: &str, words: &[&str]) -> Vec<Piece> {
    // In one line: an answer is a table or a page as often as it is a sentence.
    let line: Vec<char> = text
        .split_whitespace()
        .flat_map(|word| std::iter::once(' ').chain(word.chars()))
        .skip(1)
        .collect();
    let whole = hits(&line, words);
    let Some(first) = whole.iter().position(|hit| *hit) else {
        return Vec::new();
    };
    let begin = first.saturating_sub(BEFORE);
    let end = line.len().min(begin + LINE);
    let mut shown = cut(&line[begin..end], &whole[begin..end]);
    let gap = || Piece {
        text: "…".to_owned(),
        hit: false,
    };
    if begin > 0 {
        shown.insert(0, gap());
    }
    if end < line.len() {
        shown.push(gap());
    }
    shown
}

/// Which characters belong to a word.
fn hits(characters: &[char], words: &[&str]) -> Vec<bool> {
    let text: Vec<char> = characters.iter().map(|one| small(*one)).collect();
    let words: Vec<Vec<char>> = words.iter().map(|word| folded(word)).collect();
    let mut hits = vec![false; text.len()];
    for word in words.iter().filter(|word| !word.is_empty()) {
        for at in 0..(text.len() + 1).saturating_sub(word.len()) {
            if text[at..at + word.len()] == word[..] {
                hits[at..at + word.len()].fill(true);
            }
        }
    }
    hits
}

fn folded(word: &str) -> Vec<char> {
    word.chars().map(small).collect()
}

/// One letter for one letter, so that places stay what they are.
fn small(character: char) -> char {
    character.to_lowercase().next().unwrap_or(character)
}

fn cut(characters: &[char], hits: &[bool]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (character, hit) in characters.iter().zip(hits) {
        match pieces.last_mut() {
            Some(last) if last.hit == *hit => last.text.push(*character),
            _ => pieces.push(Piece {
                text: character.to_string(),
                hit: *hit,
            }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pieces in one line, those that were looked for in brackets.
    fn line(pieces: &[Piece]) -> String {
        let show = |piece: &Piece| match piece.hit {
            true => format!("[{}]", piece.text),
            false => piece.text.clone(),
        };
        pieces.iter().map(show).collect()
    }

    #[track_caller]
    fn check(title: &str, texts: &[&str], words: &[&str], expected: (&str, &str)) {
        let found = found(title, texts, words);
        let shown = (line(&found.title), line(&found.excerpt));
        assert_eq!((shown.0.as_str(), shown.1.as_str()), expected);
    }

    #[test]
    fn words_are_marked_where_they_stand() {
        check(
            "Who spent most?",
            &["Ada\nLovelace"],
            &["SPENT", "ada"],
            ("Who [spent] most?", "[Ada] Lovelace"),
        );
        check(
            "哪個客戶花費最多？",
            &["臺北市"],
            &["客戶"],
            ("哪個[客戶]花費最多？", ""),
        );
        check("q", &["a b", "bcd"], &["cd"], ("q", "b[cd]"));
        check("Straße", &[], &["STRASSE"], ("Straße", ""));
        check("", &[""], &["x"], ("", ""));
        check("a", &["a"], &[], ("a", ""));
    }

    #[test]
    fn a_line_begins_shortly_before_the_word() {
        let text = format!("{} needle {}", "x".repeat(100), "y".repeat(200));
        let found = found("q", &[&text], &["needle"]);
        let shown = line(&found.excerpt);
        assert!(
            shown.starts_with(&format!("…{} [needle] y", "x".repeat(27))),
            "{shown}"
        );
        assert!(shown.ends_with("y…"), "{shown}");
        let length: usize = found
            .excerpt
            .iter()
            .map(|piece| piece.text.chars().count())
            .sum();
        assert_eq!(length, LINE + 2);
    }
}
