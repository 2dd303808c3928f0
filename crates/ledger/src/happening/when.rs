//! When each happening of a sentence was: by its own words, or by those of its neighbours.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::piece::within;
use super::sentence;
use crate::date::{Certainty, Mention};
use crate::text::{Span, pattern};

/// The day of a happening.
#[derive(Debug, Clone, PartialEq)]
pub struct When {
    /// The likeliest day.
    pub date: Date,
    /// Why it is not certain.
    pub doubt: Option<DateDoubt>,
    /// What else it could be.
    pub choices: Vec<Date>,
    /// Whether it stands before the sum, so that what follows may have it as well.
    pub leads: bool,
    /// Whether it was told at all, here or before.
    pub is_told: bool,
}

/// Why a date is not certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateDoubt {
    /// Two days are named.
    Two,
    /// There is no such day.
    Impossible,
    /// It can be read in two ways.
    Ambiguous,
    /// About when.
    Vague,
    /// It was told of a neighbour.
    Neighbour,
    /// It is ahead of today.
    Ahead,
}

/// What the dates of a sentence are found from.
pub struct Surroundings<'a> {
    pub text: &'a str,
    /// The piece of each happening.
    pub pieces: &'a [Span],
    /// The sum of each happening.
    pub reaches: &'a [Span],
    pub mentions: &'a [Mention],
    /// The date that a line by itself named.
    pub heading: Option<&'a Mention>,
    /// The happening before this sentence.
    pub before: Option<&'a When>,
    pub today: Date,
}

/// The day of each happening of a sentence.
pub fn of(around: &Surroundings<'_>) -> Vec<When> {
    let own: Vec<Option<When>> = around
        .pieces
        .iter()
        .zip(around.reaches)
        .map(|(piece, reach)| told(around, piece, reach))
        .collect();
    let trailing = of_all(around, &own);
    let mut whens: Vec<When> = Vec::with_capacity(own.len());
    for (place, told) in own.iter().enumerate() {
        let when = match told {
            Some(told) => told.clone(),
            None => match trailing.clone().or_else(|| of_some(around, &own, place)) {
                Some((shared, is_sure)) => neighbour(&shared, is_sure, around.today),
                None => carried(around, whens.last(), place),
            },
        };
        // By itself "the next day" is tomorrow.
        let is_open = told.as_ref().is_none_or(|told| told.date > around.today);
        let after = day_after(around, place, whens.last()).filter(|_| is_open);
        let when = after.unwrap_or(when);
        whens.push(when);
    }
    whens
}

/// "due on the 10th so I paid it now": when it had to be paid is not when it was.
pub fn is_due(text: &str, mention: &Mention) -> bool {
    static DUE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"\b(?:is|was|are|were|not) due (?:on |by )?(?:the )?$|[到截]期日?(?:是|为)?$")
    });
    DUE.is_match(&text[..mention.span.start])
}

/// What a piece itself says.
fn told(around: &Surroundings<'_>, piece: &Span, reach: &Span) -> Option<When> {
    let mentions: Vec<&Mention> = around
        .mentions
        .iter()
        .filter(|mention| within(&mention.span, piece) && !is_due(around.text, mention))
        .collect();
    let of = |wanted: &[Certainty]| -> Vec<&Mention> {
        mentions
            .iter()
            .copied()
            .filter(|mention| wanted.contains(&mention.day.certainty))
            .collect()
    };
    let precise = of(&[Certainty::Told, Certainty::Ambiguous, Certainty::Impossible]);
    let chosen = if precise.is_empty() {
        of(&[Certainty::Vague])
    } else {
        precise
    };
    let first = *chosen.first()?;
    let mut when = single(first, around.today);
    when.leads = first.span.start < reach.start;
    let others: Vec<Date> = chosen[1..]
        .iter()
        .filter_map(|mention| mention.day.date)
        .collect();
    let differs = others.iter().any(|other| *other != when.date);
    if differs && first.day.certainty != Certainty::Vague && !agrees(first, &chosen) {
        when.doubt = Some(DateDoubt::Two);
        when.choices = std::iter::once(when.date).chain(others).collect();
        when.choices.dedup();
    }
    Some(when)
}

/// "Monday the 10th" and "yesterday (13 March)" name the same day twice, one of them loosely.
fn agrees(first: &Mention, all: &[&Mention]) -> bool {
    let mut days: Vec<Date> = Vec::new();
    for mention in all {
        let readings = mention
            .day
            .date
            .into_iter()
            .chain(mention.day.others.iter().copied());
        let readings: Vec<Date> = readings.collect();
        if days.is_empty() {
            days = readings;
        } else {
            days.retain(|day| readings.contains(day));
        }
    }
    first.day.date.is_some_and(|date| days.contains(&date))
}

pub fn single(mention: &Mention, today: Date) -> When {
    let day = &mention.day;
    let doubt = match day.certainty {
        Certainty::Told | Certainty::Period => None,
        Certainty::Ambiguous => Some(DateDoubt::Ambiguous),
        Certainty::Vague => Some(DateDoubt::Vague),
        Certainty::Impossible => Some(DateDoubt::Impossible),
    };
    let date = day.date.or(day.others.first().copied()).unwrap_or(today);
    let is_ahead = date > today;
    let mut choices: Vec<Date> = day
        .date
        .into_iter()
        .chain(day.others.iter().copied())
        .collect();
    if is_ahead && doubt.is_none() {
        choices.push(today);
    }
    When {
        date,
        doubt: doubt.or(is_ahead.then_some(DateDoubt::Ahead)),
        choices,
        leads: false,
        is_told: true,
    }
}

/// The only date of a sentence, behind its last sum, is of all of them. The flag says whether that is
/// said ("both on the 1st") or only likely.
fn of_all(around: &Surroundings<'_>, own: &[Option<When>]) -> Option<(When, bool)> {
    let (last, others) = own.split_last()?;
    let last = last.as_ref()?;
    if others.is_empty() || others.iter().any(Option::is_some) || last.leads {
        return None;
    }
    let reach = around.reaches.last()?;
    let piece = around.pieces.last()?;
    let tail = &around.text[reach.end..piece.end];
    let joint = &around.text[around.reaches[others.len() - 1].end..reach.start];
    let is_pair = [" and ", "和", "及", "、", "跟"]
        .iter()
        .any(|word| joint.contains(word));
    Some((last.clone(), sentence::is_of_all(tail) || is_pair))
}

/// "gym 39 and Netflix 18 both went out on the 21st, then a fee": the next date that follows is said to
/// be of all before it.
fn of_some(around: &Surroundings<'_>, own: &[Option<When>], place: usize) -> Option<(When, bool)> {
    let next = (place + 1..own.len()).find(|at| own[*at].is_some())?;
    let when = own[next].as_ref()?;
    let tail = &around.text[around.reaches[next].end..around.pieces[next].end];
    (!when.leads && sentence::is_of_all(tail)).then(|| (when.clone(), true))
}

/// "a fee of 6.50 the day after": of what was told right before it.
fn day_after(around: &Surroundings<'_>, place: usize, last: Option<&When>) -> Option<When> {
    let piece = around.pieces.get(place).cloned().unwrap_or_default();
    let said = around.text.get(piece).unwrap_or_default();
    let told = last.or(around.before).filter(|when| when.is_told)?;
    let date = told.date.tomorrow().ok()?;
    let is_meant = NEXT_DAY.is_match(said) && date <= around.today;
    is_meant.then(|| When {
        date,
        choices: Vec::new(),
        is_told: true,
        ..told.clone()
    })
}

fn neighbour(when: &When, is_sure: bool, today: Date) -> When {
    let mut when = when.clone();
    if !is_sure && when.doubt.is_none() && when.date != today {
        when.doubt = Some(DateDoubt::Neighbour);
        when.choices = vec![when.date, today];
    }
    when
}

/// Words for the day of what was told before.
const SAME_DAY: [&str; 6] = ["same day", "that day", "当天", "同一天", "同日", "当日"];

/// Words for the day after it. "The day after the wedding" says when something else was.
static NEXT_DAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:next|following) day\b|\bday later\b|\bthe day after(?: that)? ?(?:$|[,.;)])|隔[天日]|[次翌]日|第二天",
    )
});

/// Where nothing is said: the day of the happening before, if it leads; a heading; else today.
fn carried(around: &Surroundings<'_>, last: Option<&When>, place: usize) -> When {
    let today = around.today;
    let piece = around.pieces.get(place).cloned().unwrap_or_default();
    let said = around.text.get(piece).unwrap_or_default();
    let told = last.or(around.before).filter(|when| when.is_told);
    if let Some(told) = told
        && SAME_DAY.iter().any(|words| said.contains(words))
    {
        return told.clone();
    }
    if let Some(last) = last {
        if last.leads {
            return last.clone();
        }
        // "rent on the 1st, coffee 4": likelier of today, but who knows.
        let mut when = plain(today);
        if last.is_told && last.date != today {
            when.doubt = Some(DateDoubt::Neighbour);
            when.choices = vec![today, last.date];
        }
        return when;
    }
    if let Some(heading) = around.heading {
        let mut when = single(heading, today);
        when.leads = true;
        return when;
    }
    match around.before {
        Some(before) if before.leads && place == 0 => {
            let mut when = neighbour(before, false, today);
            when.leads = true;
            when
        }
        _ => plain(today),
    }
}

fn plain(today: Date) -> When {
    When {
        date: today,
        doubt: None,
        choices: Vec::new(),
        leads: false,
        is_told: false,
    }
}
