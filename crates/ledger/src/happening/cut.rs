//! Cutting a sentence between its sums.

use std::sync::LazyLock;

use regex::Regex;

use super::piece::within;
use super::{Charge, sentence};
use crate::date::Mention;
use crate::text::{Span, pattern};

/// A sentence in pieces.
#[derive(Debug, Default)]
pub struct Pieces {
    /// One for each sum.
    pub own: Vec<Span>,
    /// What is said of all of them.
    pub shared: Vec<Span>,
}

static BORDER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[,、/|&+]|\b(?:and|then|also|plus|as well as)\b| - |以及|还有|另外|然后|接着|再|和|及|又|跟",
    )
});

static WAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^ ?(?:元|块)?(?:in cash|cash|by [a-z]+(?: [a-z]+)?|on (?:the |my )?[a-z]+ ?card|paid [a-z ]+|刷卡|现金|付现|转[账帐])",
    )
});

/// Cuts `sentence` so that every sum has its own piece.
pub fn cut(
    text: &str,
    sentence: &Span,
    charges: &[Charge],
    protected: &[Span],
    mentions: &[Mention],
) -> Pieces {
    let mut pieces = Pieces::default();
    let mut begin = sentence.start;
    for pair in charges.windows(2) {
        let end = border(text, begin, &pair[0], &pair[1], protected, mentions);
        pieces.own.push(begin..end);
        begin = end;
    }
    pieces.own.push(begin..sentence.end);
    if charges.len() > 1 {
        pieces.shared = shared(text, &charges[charges.len() - 1], sentence, protected);
    }
    pieces
}

/// Where one happening ends and the next begins.
fn border(
    text: &str,
    begin: usize,
    one: &Charge,
    other: &Charge,
    protected: &[Span],
    mentions: &[Mention],
) -> usize {
    let gap = one.reach.end..other.reach.start;
    let borders: Vec<Span> = BORDER
        .find_iter(&text[gap.clone()])
        .map(|found| gap.start + found.start()..gap.start + found.end())
        .filter(|found| {
            !protected
                .iter()
                .any(|shield| found.start < shield.end && shield.start < found.end)
        })
        .collect();
    if borders.is_empty() {
        return without_border(text, begin, &gap, one, mentions);
    }
    // Between two borders stands a piece without a sum: it goes on with what it says more about.
    let leads_with_date = mentions
        .iter()
        .any(|mention| within(&mention.span, &(begin..one.reach.start)));
    for (place, border) in borders.iter().enumerate() {
        let Some(next) = borders.get(place + 1) else {
            return border.start;
        };
        let piece = &text[border.end..next.start];
        let span = border.end..next.start;
        let is_empty = piece.trim().is_empty();
        let is_date = is_only_date(text, &span, mentions) && !leads_with_date;
        if !(is_empty || sentence::trails(piece) || is_date) {
            return border.start;
        }
        if is_empty {
            return border.start;
        }
    }
    gap.end
}

fn without_border(
    text: &str,
    begin: usize,
    gap: &Span,
    one: &Charge,
    mentions: &[Mention],
) -> usize {
    let has_words_before = text[begin..one.reach.start]
        .chars()
        .any(char::is_alphabetic);
    if !has_words_before {
        // "20 for lunch 15 for the taxi"
        return gap.end;
    }
    let mut end = gap.start;
    // "lunch 20 on Monday taxi 15 on Tuesday"
    if let Some(mention) = mentions.iter().find(|mention| within(&mention.span, gap)) {
        let joint = text[gap.start..mention.span.start].trim();
        let is_at_once = matches!(joint, "" | "on" | "(" | "at" | "in");
        let is_at_end = text[mention.span.end..gap.end].trim().is_empty();
        if is_at_once && !is_at_end {
            end = mention.span.end;
        }
    }
    if let Some(way) = WAY.find(&text[end..gap.end]) {
        end += way.end();
    }
    end
}

fn is_only_date(text: &str, span: &Span, mentions: &[Mention]) -> bool {
    let inner = mentions.iter().find(|mention| within(&mention.span, span));
    inner.is_some_and(|mention| {
        let rest = format!(
            "{} {}",
            &text[span.start..mention.span.start],
            &text[mention.span.end..span.end]
        );
        rest.split_whitespace()
            .all(|word| matches!(word, "on" | "of" | "the" | "at" | "in"))
    })
}

/// A piece at the end of the sentence that says something of all sums: "both on Aug 1", 都付現.
fn shared(text: &str, last: &Charge, sentence: &Span, protected: &[Span]) -> Vec<Span> {
    let mut at = last.reach.end;
    let tail = at..sentence.end;
    if sentence::is_of_all(&text[tail.clone()]) {
        return vec![tail];
    }
    // A piece by itself behind a comma, such as ", paid in cash".
    while let Some(comma) = text[at..sentence.end].find(',').map(|found| at + found) {
        at = comma + 1;
        if protected.iter().any(|shield| shield.contains(&comma)) {
            continue;
        }
        if sentence::trails(&text[at..sentence.end]) {
            return std::iter::once(at..sentence.end).collect();
        }
    }
    Vec::new()
}
