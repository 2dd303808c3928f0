//! How many of what a price is for: the number in front of the word that the price is told by.
//!
//! "12 metres of linen at 9.80 the metre", "1.5 hours on Monday and 1 hour on Wednesday at 40 an hour",
//! "3 weeks, 3 hours every week, 15 for an hour", 千字160元、共两万字.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use crate::money::Figure;
use crate::text::{Span, pattern};

/// What a price is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its word without an ending.
    word: String,
    /// How many of them: a thousand words.
    size: u32,
}

/// How many there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Many {
    /// Times what.
    pub factor: Decimal,
    /// Which figures that is made of.
    pub used: Vec<usize>,
}

static UNIT_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^ ?(?:元|块钱?)?( ?/ ?|an? |the |per |each |every |for an? |for )([a-z]{1,12})\b")
});
/// Parts of time, which a day or a week may be told by.
const TIMES: [&str; 8] = [
    "day", "week", "month", "year", "night", "morning", "evening", "hour",
];

static PER_THOUSAND: LazyLock<Regex> = LazyLock::new(|| pattern(r"(千|百)字[ 是要为:]*$"));
/// 一匹 120 元.
static PER_ONE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:一|每)([\p{Han}]{1,2}?)[ 是要卖只才为:]*$"));
static EVERY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^ ?[a-z]+(?: of [a-z]+)? (?:every|each|per|an?) ([a-z]+)\b"));

/// What a price is for, as far as that is a word that may stand behind a number.
pub fn unit(head: &str, tail: &str) -> Option<Unit> {
    if let Some(found) = PER_THOUSAND.captures(head) {
        let size = if &found[1] == "千" { 1000 } else { 100 };
        return Some(Unit {
            word: "字".to_owned(),
            size,
        });
    }
    if let Some(found) = PER_ONE.captures(head) {
        return Some(Unit {
            word: found[1].to_owned(),
            size: 1,
        });
    }
    let found = UNIT_BEHIND.captures(tail)?;
    let word = stem(&found[2]);
    // "80 the day before": when it was, and not what for.
    let is_when = &found[1] == "the " && TIMES.contains(&word.as_str());
    (!is_when).then_some(Unit { word, size: 1 })
}

/// A word as it is compared: without its plural, and written out.
fn stem(word: &str) -> String {
    let word = match word {
        "hr" | "hrs" | "h" => "hour",
        "min" | "mins" => "minute",
        "wk" | "wks" => "week",
        "mo" | "mos" => "month",
        "yr" | "yrs" => "year",
        "m" | "meter" | "meters" => "metre",
        "kg" | "kgs" | "kilos" | "kilogram" | "kilograms" => "kilo",
        "l" | "liter" | "liters" => "litre",
        "people" | "persons" | "head" | "heads" | "pax" => "person",
        word => word,
    };
    let plain = word.strip_suffix("ies").map(|stem| format!("{stem}y"));
    plain.unwrap_or_else(|| {
        let long = ["ches", "shes", "xes", "sses"]
            .iter()
            .any(|end| word.ends_with(end));
        match long {
            true => word[..word.len() - 2].to_owned(),
            false => word.strip_suffix('s').unwrap_or(word).to_owned(),
        }
    })
}

/// How many of a unit a sentence tells of, among the figures at `free`.
pub fn of(
    text: &str,
    sentence: &Span,
    figures: &[Figure],
    free: &[usize],
    unit: &Unit,
) -> Option<Many> {
    let tail = |place: usize| &text[figures[place].span.end..sentence.end];
    let counted: Vec<usize> = free
        .iter()
        .copied()
        .filter(|place| counts_it(tail(*place), &unit.word))
        .collect();
    let (first, rest) = counted.split_first()?;
    let mut factor = figures[*first].value?;
    let mut used = vec![*first];
    for place in rest {
        let last = used.last().copied().unwrap_or(*first);
        let between = &text[figures[last].span.end..figures[*place].span.start];
        let is_added =
            between.contains(" + ") || between.contains(" and ") || between.contains("加");
        if !is_added || between.contains(['.', ';']) {
            break;
        }
        factor = factor.checked_add(figures[*place].value?)?;
        used.push(*place);
    }
    // "3 hours every week" for 3 weeks.
    if let ([only], Some(found)) = (used.as_slice(), EVERY.captures(tail(used[0]))) {
        let word = stem(&found[1]);
        let only = *only;
        let times = free
            .iter()
            .copied()
            .find(|place| *place != only && counts_it(tail(*place), &word));
        if let Some(times) = times {
            factor = factor.checked_mul(figures[times].value?)?;
            used.push(times);
        }
    }
    let factor = factor.checked_div(Decimal::from(unit.size))?;
    Some(Many { factor, used })
}

/// Whether one of the first words behind a number is a unit's.
fn counts_it(tail: &str, unit: &str) -> bool {
    if !unit.is_ascii() {
        return tail.trim_start().starts_with(unit);
    }
    tail.split(|letter: char| !letter.is_ascii_alphabetic())
        .filter(|word| !word.is_empty())
        .take(2)
        .any(|word| stem(word) == unit)
}

/// Whether what stands behind a number is counted to be paid for: people, things, pieces of work. Of a
/// term, an age or the place in a series nothing is bought.
pub fn is_of_things(tail: &str) -> bool {
    static NOT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^[ -]?(?:years?|yrs?|months?|weeks?|days?|minutes?|mins?|st|nd|rd|th|times|am|pm|o'clock|stars?|bedroom|person|day|night|of (?:us|them)|percent|gb|tb|mb|kw|kwh|mph|inch(?:es)?|cm|mm|ml|cl|g|grams?|kgs?|km|miles?|day)\b|^ ?(?:%|号|日|月|年|周|岁|级|层|楼|点|分钟|折|成|寸|吋|度|期|人|位|个人|名|公里|公斤|斤)",
        )
    });
    !NOT.is_match(tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_that_a_price_is_told_by() {
        let word = |head: &str, tail: &str| unit(head, tail).map(|unit| unit.word);
        assert_eq!(word("", " a dozen").as_deref(), Some("dozen"));
        assert_eq!(word("", " the metre").as_deref(), Some("metre"));
        assert_eq!(word("", "/hr").as_deref(), Some("hour"));
        assert_eq!(word("", " per boxes").as_deref(), Some("box"));
        assert_eq!(word("千字", "元").as_deref(), Some("字"));
        assert_eq!(word("", " yesterday"), None);
        assert_eq!(word("", " the day before"), None);
    }

    #[test]
    fn words_are_compared_without_their_endings() {
        assert!(counts_it(" dozen eggs", "dozen"));
        assert!(counts_it(" metres linen", "metre"));
        assert!(counts_it("hrs mon", "hour"));
        assert!(!counts_it(" eggs", "dozen"));
        assert!(counts_it("字", "字"));
    }
}
