//! Dates in a text: absolute in many orders, and relative to today.
//!
//! The texts tell of what was spent, so a date that could be in the past or in the future is in the
//! past. What is vague ("last week") or could be read in two ways is a date with the others beside it;
//! the 31st of February is a mention without a date.

mod calendar;
mod english;
mod han;
mod numeric;

use jiff::civil::Date;
use regex::{Captures, Regex};

use crate::text::{Span, after, before, is_latin};

pub use calendar::Calendar;

/// A place that names a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Where.
    pub span: Span,
    /// Which day.
    pub day: Day,
}

/// A day as far as it is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    /// The likeliest; nothing where there is no such day.
    pub date: Option<Date>,
    /// How sure that is.
    pub certainty: Certainty,
    /// What else it could be.
    pub others: Vec<Date>,
}

/// How sure a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// It is told.
    Told,
    /// It can be read in two ways: 3/5, "last Monday".
    Ambiguous,
    /// About when: "last week".
    Vague,
    /// Only what a bill is for: "March rent".
    Period,
    /// There is no such day in the calendar.
    Impossible,
}

impl Day {
    fn told(date: Date) -> Self {
        Self {
            date: Some(date),
            certainty: Certainty::Told,
            others: Vec::new(),
        }
    }

    fn vague(date: Date) -> Self {
        Self {
            certainty: Certainty::Vague,
            ..Self::told(date)
        }
    }

    fn impossible(others: Vec<Date>) -> Self {
        Self {
            date: None,
            certainty: Certainty::Impossible,
            others,
        }
    }

    /// This day, or another reading of it.
    fn or(mut self, other: Option<Date>) -> Self {
        if let Some(other) = other.filter(|other| Some(*other) != self.date) {
            self.others.push(other);
            self.certainty = Certainty::Ambiguous;
        }
        self
    }
}

/// A pattern and what it means. The group `d`, where there is one, is the part that is the date.
struct Rule {
    pattern: Regex,
    meaning: fn(&Captures<'_>, &Calendar) -> Option<Day>,
}

fn rule(pattern: &str, meaning: fn(&Captures<'_>, &Calendar) -> Option<Day>) -> Rule {
    Rule {
        pattern: crate::text::pattern(pattern),
        meaning,
    }
}

/// All dates of a folded text, in order.
pub fn find(text: &str, calendar: &Calendar) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    for rule in numeric::RULES
        .iter()
        .chain(english::RULES.iter())
        .chain(han::RULES.iter())
    {
        found.extend(matches(text, rule, calendar));
    }
    // Of those that overlap the first and longest.
    found.sort_by_key(|mention| (mention.span.start, std::cmp::Reverse(mention.span.end)));
    let mut end = 0;
    found.retain(|mention| {
        let is_free = mention.span.start >= end;
        if is_free {
            end = mention.span.end;
        }
        is_free
    });
    han::complete(text, &mut found, calendar);
    found
}

fn matches(text: &str, rule: &Rule, calendar: &Calendar) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(captures) = rule.pattern.captures_at(text, at) {
        let whole = captures.get(0).expect("group 0 always takes part").range();
        let span = captures
            .name("d")
            .map_or(whole.clone(), |part| part.range());
        at = span.end.max(at + 1);
        if stands_alone(text, &span)
            && let Some(day) = (rule.meaning)(&captures, calendar)
        {
            found.push(Mention { span, day });
        }
        while !text.is_char_boundary(at) {
            at += 1;
        }
        if at > text.len() {
            break;
        }
    }
    found
}

/// Whether neither a longer word nor a longer number goes on at either end.
fn stands_alone(text: &str, span: &Span) -> bool {
    let joins = |inner: Option<char>, outer: Option<char>| {
        matches!((inner, outer), (Some(inner), Some(outer))
            if (inner.is_ascii_digit() && outer.is_ascii_digit())
                || (inner.is_ascii_alphabetic() && is_latin(outer)))
    };
    let head = before(text, span.start);
    let tail = after(text, span.end);
    if joins(after(text, span.start), head) || joins(before(text, span.end), tail) {
        return false;
    }
    let begins_with_digit = after(text, span.start).is_some_and(|letter| letter.is_ascii_digit());
    let ends_with_digit = before(text, span.end).is_some_and(|letter| letter.is_ascii_digit());
    let is_money = begins_with_digit && head.is_some_and(|letter| "$€£¥￥#.".contains(letter));
    let next_but_one = text[span.end..].chars().nth(1);
    let goes_on = ends_with_digit
        && (tail == Some('%')
            || (tail.is_some_and(|letter| ".,/".contains(letter))
                && next_but_one.is_some_and(|letter| letter.is_ascii_digit())));
    !is_money && !goes_on
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
