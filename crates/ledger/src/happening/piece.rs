//! Pieces of a text: their edges, and what is left of them without sums and dates.

use crate::date::Mention;
use crate::money::{Figure, Sense};
use crate::text::{Span, Text};

/// The same place without white space and marks around it.
pub fn trimmed(text: &str, span: Span) -> Span {
    let said = &text[span.clone()];
    let is_mark = |letter: char| letter.is_whitespace() || ",;、。:*•·|".contains(letter);
    let mut head = said.trim_start_matches(is_mark);
    // A bullet is no minus, and the end of the sentence before no point of a number.
    for mark in ["- ", ". "] {
        head = head
            .strip_prefix(mark)
            .map_or(head, |rest| rest.trim_start_matches(is_mark));
    }
    let begin = said.len() - head.len();
    let tail = said[begin..].trim_end_matches(is_mark).len();
    let mut end = span.start + begin + tail;
    if text[span.start + begin..end].ends_with('.') && end > span.start + begin + 1 {
        end -= 1;
    }
    span.start + begin..end
}

/// Whether one place lies in another.
pub fn within(inner: &Span, outer: &Span) -> bool {
    inner.start >= outer.start && inner.end <= outer.end
}

/// What is left of a piece for people to read.
pub fn description(text: &Text, span: &Span, mentions: &[Mention], figures: &[Figure]) -> String {
    let kept: Vec<&str> = remains(span, mentions, figures)
        .iter()
        .map(|part| text.original(part).trim())
        .filter(|part| !part.is_empty())
        .collect();
    // Where a sum stood between two commas one is enough.
    let joined = kept
        .join(" ")
        .replace(", ,", ",")
        .replace("，，", "，")
        .replace("， ，", "，");
    let joined = joined.replace(" ,", ",").replace(" ，", "，");
    let is_mark =
        |letter: char| letter.is_whitespace() || ",;:、，；：。.-–()（）*•".contains(letter);
    let mut said = joined.trim_matches(is_mark);
    for word in ["and ", "then ", "also ", "on ", "for "] {
        said = said.strip_prefix(word).unwrap_or(said);
    }
    for word in [
        " on", " at", " for", " on the", " of", " and", "花了", "共", "付了", "的",
    ] {
        said = said
            .strip_suffix(word)
            .unwrap_or(said)
            .trim_matches(is_mark);
    }
    match said {
        "" => text.original(span).trim().to_owned(),
        said => said.to_owned(),
    }
}

/// A piece of text with its sums and dates taken out.
pub fn without(text: &str, span: &Span, mentions: &[Mention], figures: &[Figure]) -> String {
    let kept: Vec<&str> = remains(span, mentions, figures)
        .into_iter()
        .map(|part| &text[part])
        .collect();
    kept.join(" ")
}

/// The parts of a piece between its sums and dates.
fn remains(span: &Span, mentions: &[Mention], figures: &[Figure]) -> Vec<Span> {
    let mut holes: Vec<&Span> = mentions.iter().map(|mention| &mention.span).collect();
    holes.extend(
        figures
            .iter()
            .filter(|figure| figure.sense == Sense::Money)
            .map(|figure| &figure.span),
    );
    holes.sort_by_key(|hole| hole.start);
    let mut parts = Vec::new();
    let mut at = span.start;
    for hole in holes.into_iter().filter(|hole| within(hole, span)) {
        if hole.start < at {
            continue;
        }
        parts.push(at..hole.start);
        at = hole.end;
    }
    parts.push(at..span.end);
    parts
}

/// Whether nothing is left of a piece but words that join.
pub fn says_nothing(words: &str) -> bool {
    const JOINTS: [&str; 16] = [
        "on", "and", "then", "another", "at", "in", "for", "the", "of", "plus", "again", "also",
        "a", "was", "又", "和",
    ];
    words
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| JOINTS.contains(&word))
}

/// Words parted by single spaces.
pub fn plain(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join(" ")
}
