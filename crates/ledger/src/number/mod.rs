//! Numbers in a text: in digits of several customs, in English words, in Chinese numerals.
//!
//! What a number counts (money, chairs, days) is not decided here.

mod digits;
mod english;
mod han;

use rust_decimal::Decimal;

use crate::text::{Span, is_han};

pub use english::small as small_english;
pub use han::small as small_han;

/// A number and how it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// Where it is.
    pub span: Span,
    /// Its value; nothing when it is too large for any sum of money.
    pub value: Option<Decimal>,
    /// How it was written.
    pub shape: Shape,
    /// Whether it was written with a fraction.
    pub has_fraction: bool,
    /// Whether it was written with a scale or group signs: `2,400`, `5k`, 三百.
    pub is_scaled: bool,
    /// Whether it is only said about how much: 一百多.
    pub is_about: bool,
    /// What else it could be: `1.234` is 1234 or 1.234.
    pub otherwise: Option<Decimal>,
}

/// How a number was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// In digits, perhaps with a scale in words behind them.
    Digits,
    /// In English words.
    Words,
    /// In Chinese numerals, perhaps mixed with digits.
    Han,
}

/// No sum of money is as large; what is, is a slip of the hand or not meant seriously.
pub const TOO_LARGE: i64 = 1_000_000_000_000_000;

impl Number {
    fn new(span: Span, value: Option<Decimal>, shape: Shape) -> Self {
        Self {
            span,
            value: value.filter(|value| value.abs() < Decimal::from(TOO_LARGE)),
            shape,
            has_fraction: false,
            is_scaled: false,
            is_about: false,
            otherwise: None,
        }
    }

    /// A whole number in digits without any ornament, such as a year or a count has.
    pub fn is_plain_integer(&self) -> bool {
        !self.has_fraction && !self.is_scaled && self.shape == Shape::Digits
    }
}

/// All numbers of a folded text, in order. Places in `taken` (dates) are passed over.
pub fn find(text: &str, taken: &[Span]) -> Vec<Number> {
    let mut numbers = Vec::new();
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        if let Some(span) = taken.iter().find(|span| span.contains(&at)) {
            at = span.end;
            continue;
        }
        // A number of no length would be found again for ever.
        let number = read(text, at, letter).filter(|number| number.span.end > at);
        match number.filter(|number| !overlaps(&number.span, taken)) {
            Some(number) => {
                at = number.span.end;
                numbers.push(number);
            }
            None => at = past(text, at, letter),
        }
    }
    numbers
}

fn read(text: &str, at: usize, letter: char) -> Option<Number> {
    if letter.is_ascii_digit() || letter == '.' {
        let number = digits::read(text, at)?;
        return Some(han::continued(text, &number).unwrap_or(number));
    }
    if is_han(letter) {
        return han::read(text, at);
    }
    if letter.is_ascii_alphabetic() {
        return english::read(text, at);
    }
    None
}

/// Where to go on after a letter that begins no number: Latin words are passed as a whole, unless a
/// number follows in them (`usd115`).
fn past(text: &str, at: usize, letter: char) -> usize {
    let next = at + letter.len_utf8();
    if letter.is_ascii_digit() {
        let rest = text[at..].find(|letter: char| !letter.is_ascii_digit());
        return rest.map_or(text.len(), |length| at + length);
    }
    if !letter.is_ascii_alphabetic() {
        return next;
    }
    let rest = text[at..].find(|letter: char| !letter.is_ascii_alphabetic());
    rest.map_or(text.len(), |length| at + length)
}

fn overlaps(span: &Span, taken: &[Span]) -> bool {
    taken
        .iter()
        .any(|other| span.start < other.end && other.start < span.end)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
