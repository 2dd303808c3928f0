//! Which numbers of a text are sums of money, and of what currency.
//!
//! Quantities, years, percents, telephone and room numbers are told apart by what stands around them.
//! Nothing is thrown away here: a number that is no sum keeps its [`Sense`], because it may have to
//! serve as one where nothing better was said.

mod beside;
mod cents;
mod count;
pub mod currency;
mod settle;
mod worth;

use rust_decimal::Decimal;

use crate::number::{self, Number};
use crate::text::{Span, Text};

pub use beside::is_before_a_thing;
pub use currency::Named;
pub use settle::{Settled, settle};

/// A number with what it counts.
#[derive(Debug, Clone)]
pub struct Figure {
    /// The number and, of money, its currency.
    pub span: Span,
    /// The number by itself.
    pub number: Number,
    /// What it is worth; nothing when it is too large.
    pub value: Option<Decimal>,
    /// The currency that is named.
    pub named: Option<Named>,
    /// What it counts.
    pub sense: Sense,
    /// Whether a sign or a word makes it negative.
    pub is_negative: bool,
    /// Whether it is only about right: "about 50".
    pub is_about: bool,
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// Money, by a currency or because nothing speaks against it.
    Money,
    /// Things, people, days.
    Count,
    /// Hundredths of something else.
    Percent,
    /// A year.
    Year,
    /// The name of something: of an invoice, a room, a telephone, a product.
    Name,
    /// A time of the day, a length, a weight.
    Measure,
    /// A word that is no number at all: "one of them".
    Word,
}

impl Figure {
    /// Whether it is certainly money.
    pub fn has_currency(&self) -> bool {
        self.named.is_some()
    }
}

/// All numbers of a text with their sense. `taken` are the dates.
pub fn figures(text: &Text, taken: &[Span]) -> Vec<Figure> {
    let names = count::names(text.folded());
    let passed: Vec<Span> = taken.iter().chain(&names).cloned().collect();
    let numbers = number::find(text.folded(), &passed);
    let mut figures: Vec<Figure> = Vec::with_capacity(numbers.len());
    for number in numbers {
        let figure = figure(text, number, figures.last());
        // A number that the one before has taken in: the cents of "five bucks fifty".
        if figures
            .last()
            .is_none_or(|last| last.span.end <= figure.number.span.start)
        {
            figures.push(figure);
        }
    }
    beside::reconsider(text.folded(), &mut figures);
    figures
}

fn figure(text: &Text, number: Number, last: Option<&Figure>) -> Figure {
    let mut worth = worth::around(text, &number);
    let begin = last.map_or(0, |last| last.span.end);
    if worth.span.start < begin {
        // The sign in front was the other number's.
        worth.span.start = number.span.start;
    }
    let folded = text.folded();
    let is_money = worth.named.is_some() || worth.span != number.span;
    let sense = match is_money {
        true => Sense::Money,
        false => count::sense(folded, &number),
    };
    let is_negative = is_negative(folded, &worth.span, &number);
    Figure {
        is_about: number.is_about || is_about(folded, &worth.span),
        span: worth.span,
        value: worth.value,
        named: worth.named,
        sense,
        is_negative,
        number,
    }
}

/// A minus before the number or its sign. A dash between words, or in a range, is none.
fn is_negative(text: &str, span: &Span, number: &Number) -> bool {
    let head = &text[..span.start];
    let inner = &text[span.start..number.span.start];
    if inner.ends_with('-') || inner.ends_with('负') {
        return true;
    }
    if ["负", "minus ", "negative "]
        .iter()
        .any(|word| head.ends_with(word))
    {
        return true;
    }
    head.strip_suffix('-').is_some_and(|head| {
        head.is_empty() || head.ends_with([' ', ':', '(', '\n', ',', ';', '款', '了'])
    }) && !head.ends_with(" - ")
}

fn is_about(text: &str, span: &Span) -> bool {
    const WORDS: [&str; 17] = [
        "about",
        "around",
        "roughly",
        "approx",
        "approx.",
        "approximately",
        "circa",
        "some",
        "nearly",
        "almost",
        "大概",
        "大约",
        "约",
        "差不多",
        "左右",
        "将近",
        "近",
    ];
    let head = text[..span.start].trim_end();
    let tail = text[span.end..].trim_start();
    let is_before = WORDS.iter().any(|word| {
        head.strip_suffix(word).is_some_and(|rest| {
            !word.is_ascii() || !rest.ends_with(|letter: char| letter.is_ascii_alphanumeric())
        })
    });
    is_before
        || tail.starts_with("左右")
        || tail.starts_with("上下")
        || tail.starts_with("or so")
        || tail.starts_with("多块")
        || tail.starts_with("出头")
}
