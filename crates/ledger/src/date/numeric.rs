//! Dates in digits: 2025-03-05, 5.3.2025, 3/5/25, 3/5.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Captures;

use super::{Calendar, Day, Rule, rule};

pub static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    vec![
        rule(
            r"(?P<y>\d{4})(?:-|/|\.| )(?P<m>\d{1,2})(?:-|/|\.| )(?P<n>\d{1,2})",
            year_first,
        ),
        // The years of Taiwan begin in 1912.
        rule(
            r"(?:^|[^\d])(?P<d>(?P<y>1[0-4]\d)[/.-](?P<m>\d{1,2})[/.-](?P<n>\d{1,2}))",
            taiwan,
        ),
        rule(
            r"(?P<a>\d{1,2})(?P<s>[/.-])(?P<b>\d{1,2})[/.,-](?P<y>\d{4}|\d{2})",
            year_last,
        ),
        rule(
            r"(?:^|[^\d./-])(?P<d>(?P<a>\d{1,2})/(?P<b>\d{1,2}))",
            no_year,
        ),
        rule(
            r"\b(?:on|date[d:]*) (?P<d>(?P<a>\d{1,2})[-.](?P<b>\d{1,2}))\b",
            named,
        ),
        // A note that begins with its date: 3.5 买菜 86
        rule(
            r"(?m)^\s*(?P<d>(?P<a>\d{1,2})\.(?P<b>\d{1,2}))(?:[ :、]+)(?P<rest>[^\d\n,;。]*[^\d\n,;。%元块美欧港日 ][^\d\n,;。]*)\d",
            heading,
        ),
    ]
});

/// 6.5 hours are no day in June.
fn heading(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    const UNITS: [&str; 25] = [
        "h", "hr", "hrs", "hour", "hours", "km", "kms", "mile", "miles", "kg", "kgs", "kilo",
        "kilos", "litre", "litres", "liters", "l", "m", "metres", "meters", "days", "tons",
        "tonnes", "oz", "lbs",
    ];
    const HAN_UNITS: [&str; 7] = ["小时", "公斤", "斤", "公里", "米", "升", "吨"];
    let rest = captures.name("rest").map_or("", |rest| rest.as_str());
    let first = rest
        .split(|letter: char| !letter.is_ascii_alphabetic())
        .next();
    let is_measure = first.is_some_and(|word| UNITS.contains(&word))
        || HAN_UNITS.iter().any(|unit| rest.starts_with(unit));
    match is_measure {
        true => None,
        false => month_first(captures, calendar),
    }
}

fn number(captures: &Captures<'_>, name: &str) -> Option<i8> {
    captures.name(name)?.as_str().parse().ok()
}

fn year_first(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    let year = captures["y"].parse().ok()?;
    calendar.day(year, number(captures, "m")?, number(captures, "n")?)
}

fn taiwan(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    let year: i16 = captures["y"].parse().ok()?;
    calendar.day(year + 1911, number(captures, "m")?, number(captures, "n")?)
}

/// Day and month in either order, before a year.
fn year_last(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    let year: i16 = captures["y"].parse().ok()?;
    let year = match captures["y"].len() {
        4 => year,
        _ if year > 60 => year + 1900,
        _ => year + 2000,
    };
    let (a, b) = (number(captures, "a")?, number(captures, "b")?);
    // Points are of countries that begin with the day.
    let is_day_first = &captures["s"] == ".";
    either(calendar, a, b, is_day_first, |calendar, month, day| {
        calendar.day(year, month, day)
    })
}

fn no_year(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    let (a, b) = (number(captures, "a")?, number(captures, "b")?);
    if (a, b) == (24, 7) {
        return None;
    }
    if calendar.month_first && (1..=12).contains(&a) {
        return calendar.day_of_year(a, b);
    }
    either(calendar, a, b, false, Calendar::day_of_year)
}

/// "on 5.3" and "on 22.05.": where only one order is possible it is that.
fn named(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    let (a, b) = (number(captures, "a")?, number(captures, "b")?);
    match (13..=31).contains(&a) {
        true => calendar.day_of_year(b, a).filter(|day| day.date.is_some()),
        false => month_first(captures, calendar),
    }
}

fn month_first(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    let (a, b) = (number(captures, "a")?, number(captures, "b")?);
    let day = calendar.day_of_year(a, b)?;
    day.date.is_some().then_some(day)
}

/// Takes the customary order where both are possible, keeping the other beside it.
fn either(
    calendar: &Calendar,
    a: i8,
    b: i8,
    is_day_first: bool,
    day: impl Fn(&Calendar, i8, i8) -> Option<Day>,
) -> Option<Day> {
    let (usual, other) = match is_day_first {
        true => (day(calendar, b, a), day(calendar, a, b)),
        false => (day(calendar, a, b), day(calendar, b, a)),
    };
    let date = |day: &Option<Day>| day.as_ref().and_then(|day| day.date);
    match (date(&usual), date(&other)) {
        (Some(_), Some(second)) => usual.map(|day| doubted(day, second, calendar)),
        (None, Some(_)) => other,
        _ => usual.or(other),
    }
}

/// The other reading counts only where it is not ahead: nobody tells of what will be.
fn doubted(day: Day, second: Date, calendar: &Calendar) -> Day {
    match day.date {
        Some(first) if first > calendar.today && second <= calendar.today => {
            Day::told(second).or(Some(first))
        }
        _ if second > calendar.today => day,
        _ => day.or(Some(second)),
    }
}
