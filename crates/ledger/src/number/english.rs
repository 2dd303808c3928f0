//! Numbers in English words: "forty-five", "a hundred and twenty", "two grand", "twelve fifty".

use rust_decimal::Decimal;

use super::{Number, Shape};
use crate::text::{before, is_latin};

/// Value of a word up to ninety.
fn unit(word: &str) -> Option<i64> {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    match word {
        "fiver" => return Some(5),
        "tenner" => return Some(10),
        _ => {}
    }
    let place = |words: &[&str]| words.iter().position(|small| *small == word);
    if let Some(place) = place(&SMALL) {
        return i64::try_from(place).ok();
    }
    let place = place(&TENS)?;
    i64::try_from(place).ok().map(|place| (place + 2) * 10)
}

fn scale(word: &str) -> Option<i64> {
    Some(match word {
        "hundred" => 100,
        "thousand" | "grand" => 1_000,
        "lakh" => 100_000,
        "million" => 1_000_000,
        "crore" => 10_000_000,
        "billion" => 1_000_000_000,
        "trillion" => 1_000_000_000_000,
        _ => return None,
    })
}

/// A word of a text with its place.
#[derive(Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    end: usize,
}

/// The next word, where nothing but a space or a hyphen stands before it.
fn next(text: &str, at: usize) -> Option<Word<'_>> {
    let rest = &text[at..];
    let trimmed = rest.trim_start_matches([' ', '-']);
    let begin = at + rest.len() - trimmed.len();
    if begin - at > 3 {
        return None;
    }
    let length = trimmed
        .find(|letter: char| !letter.is_ascii_alphabetic())
        .unwrap_or(trimmed.len());
    (length > 0).then(|| Word {
        text: &trimmed[..length],
        end: begin + length,
    })
}

/// What is known while reading.
#[derive(Default)]
struct Sum {
    total: Decimal,
    section: Decimal,
    has_scale: bool,
    /// Whether a number below a hundred is complete, so that another cannot be added to it.
    is_full: bool,
    tens: bool,
    words: u32,
}

impl Sum {
    fn value(&self) -> Decimal {
        self.total + self.section
    }

    /// Adds a word below a hundred. False when it cannot belong to the same number.
    fn add(&mut self, value: i64) -> bool {
        let fits = !self.is_full || (self.tens && (1..10).contains(&value));
        if fits {
            self.section += Decimal::from(value);
            self.tens = !self.is_full && value >= 20;
            self.is_full = true;
            self.words += 1;
        }
        fits
    }

    fn multiply(&mut self, factor: i64) {
        let count = if self.section.is_zero() {
            Decimal::ONE
        } else {
            self.section
        };
        if factor == 100 {
            self.section = count * Decimal::from(100);
        } else {
            self.total += count * Decimal::from(factor);
            self.section = Decimal::ZERO;
        }
        self.has_scale = true;
        self.is_full = false;
        self.tens = false;
        self.words += 1;
    }
}

/// Reads the number that begins at a letter.
pub fn read(text: &str, at: usize) -> Option<Number> {
    if before(text, at).is_some_and(is_latin) {
        return None;
    }
    let first = next(text, at)?;
    if first.text == "half" || first.text == "quarter" {
        return part_of_scale(text, at, first);
    }
    let mut sum = Sum::default();
    let mut end = match first.text {
        // "a hundred", but not "a" alone.
        "a" | "an" => {
            let word = next(text, first.end)?;
            sum.multiply(scale(word.text)?);
            word.end
        }
        word => {
            let value = unit(word);
            match value {
                Some(value) => sum.add(value),
                None => {
                    sum.multiply(scale(word).filter(|_| word != "grand")?);
                    true
                }
            };
            first.end
        }
    };
    let mut fraction = None;
    while let Some((taken, what)) = further(text, end, &mut sum) {
        end = taken;
        if let Some(cents) = what {
            fraction = Some(cents);
            break;
        }
    }
    Some(finished(at..end, &sum, fraction))
}

fn finished(span: std::ops::Range<usize>, sum: &Sum, fraction: Option<Decimal>) -> Number {
    let value = sum.value() + fraction.unwrap_or_default();
    let mut number = Number::new(span, Some(value), Shape::Words);
    number.is_scaled = sum.has_scale || sum.words > 1;
    number.has_fraction = fraction.is_some();
    // "two fifty" is 2.50 for a coffee and 250 for a desk.
    if let Some(cents) = fraction.filter(|_| sum.words == 1 && sum.value() < Decimal::TEN) {
        number.otherwise = Some((sum.value() + cents) * Decimal::from(100));
    }
    number
}

/// The next word of the number: where it ends, and the fraction if it was one.
fn further(text: &str, at: usize, sum: &mut Sum) -> Option<(usize, Option<Decimal>)> {
    let word = next(text, at)?;
    if let Some(value) = unit(word.text) {
        if sum.add(value) {
            return Some((word.end, None));
        }
        return cents(text, word, value, sum);
    }
    if let Some(factor) = scale(word.text) {
        sum.multiply(factor);
        return Some((word.end, None));
    }
    match word.text {
        "and" if sum.has_scale || sum.words > 0 => joined(text, word.end, sum),
        "point" => decimals(text, word.end),
        _ => None,
    }
}

/// "hundred and twenty", "two and a half".
fn joined(text: &str, at: usize, sum: &mut Sum) -> Option<(usize, Option<Decimal>)> {
    let word = next(text, at)?;
    if word.text == "a"
        && let Some(half) = next(text, word.end).filter(|word| word.text == "half")
    {
        return halved(text, half.end, sum);
    }
    if !sum.has_scale {
        return None;
    }
    // "two hundred and two chairs" is one number, "a hundred and Bob" is not.
    let value = unit(word.text)?;
    sum.add(value).then_some((word.end, None))
}

/// "and a half": of the scale that follows or that came before.
fn halved(text: &str, at: usize, sum: &mut Sum) -> Option<(usize, Option<Decimal>)> {
    let half = Decimal::new(5, 1);
    if let Some((word, factor)) = next(text, at).and_then(|word| Some((word, scale(word.text)?))) {
        sum.section += half;
        sum.multiply(factor);
        return Some((word.end, None));
    }
    if sum.has_scale {
        let scales = [1_000_000_000, 1_000_000, 1_000, 100];
        let largest = scales
            .into_iter()
            .map(Decimal::from)
            .find(|scale| sum.value() >= *scale);
        sum.total += largest.unwrap_or(Decimal::ONE) * half;
        return Some((at, None));
    }
    Some((at, Some(half)))
}

/// "twelve fifty", "nineteen ninety-nine": the second number is the cents.
fn cents(text: &str, word: Word<'_>, value: i64, sum: &Sum) -> Option<(usize, Option<Decimal>)> {
    if sum.has_scale || value < 10 {
        return None;
    }
    let mut cents = value;
    let mut end = word.end;
    if value >= 20
        && let Some(last) = next(text, end)
        && let Some(digit) = unit(last.text).filter(|digit| (1..10).contains(digit))
    {
        cents += digit;
        end = last.end;
    }
    Some((end, Some(Decimal::new(cents, 2))))
}

/// "point five", "point zero three".
fn decimals(text: &str, at: usize) -> Option<(usize, Option<Decimal>)> {
    let mut digits = String::new();
    let mut end = at;
    while let Some(word) = next(text, end) {
        let Some(value) = unit(word.text) else { break };
        digits.push_str(&value.to_string());
        end = word.end;
    }
    let fraction = format!("0.{digits}").parse().ok();
    fraction
        .filter(|_| !digits.is_empty())
        .map(|fraction| (end, Some(fraction)))
}

/// "half a million", "quarter million".
fn part_of_scale(text: &str, at: usize, first: Word<'_>) -> Option<Number> {
    let part = match first.text {
        "half" => Decimal::new(5, 1),
        _ => Decimal::new(25, 2),
    };
    let word = next(text, first.end)?;
    let word = match word.text {
        "a" => next(text, word.end)?,
        _ => word,
    };
    let value = part * Decimal::from(scale(word.text)?);
    let mut number = Number::new(at..word.end, Some(value), Shape::Words);
    number.is_scaled = true;
    Some(number)
}

/// A number up to 99 that is the whole of a short text.
pub fn small(text: &str) -> Option<i64> {
    if let Ok(number) = text.trim().parse() {
        return Some(number);
    }
    if matches!(text, "a" | "an") {
        return Some(1);
    }
    let mut words = text.split([' ', '-']).filter(|word| !word.is_empty());
    let first = unit(words.next()?)?;
    let value = match words.next() {
        None => first,
        Some(word) => first + unit(word).filter(|digit| first >= 20 && *digit < 10)?,
    };
    words.next().is_none().then_some(value)
}
