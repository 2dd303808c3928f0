//! Functions of days. Spreadsheets count them from the end of 1899.

use jiff::civil::{Date, Weekday, date};
use jiff::{Span, ToSpan as _};

use super::value::{Broken, Value};
use super::{Call, Computed, Stop, worth};

/// The day that counts as 0.
const ZERO: Date = date(1899, 12, 30);

pub(super) fn call(call: &Call<'_>) -> Option<Computed> {
    Some(match call.name {
        "DATE" => made(call),
        // The same for everybody, so that a sample is one.
        "TODAY" | "NOW" => call.takes(0, 0).map(|()| counted(Ok(date(2024, 6, 15)))),
        "YEAR" | "MONTH" | "DAY" | "WEEKDAY" => part(call),
        "EDATE" | "EOMONTH" => later(call),
        "DAYS" => between(call, |one, other| one - other),
        "DATEDIF" => difference(call),
        "NETWORKDAYS" | "WORKDAY" => working(call),
        _ => return None,
    })
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "days far out of the calendar are answered as such"
)]
fn day(number: f64) -> Result<Date, Broken> {
    let days = number.trunc() as i64;
    let span = Span::new().try_days(days).map_err(|_| Broken::Number)?;
    ZERO.checked_add(span).map_err(|_| Broken::Number)
}

fn count(day: Date) -> Result<f64, Broken> {
    let span = ZERO.until(day).map_err(|_| Broken::Number)?;
    Ok(f64::from(span.get_days()))
}

fn counted(day: Result<Date, Broken>) -> Value {
    worth(day.and_then(count))
}

fn given(call: &Call<'_>, place: usize) -> Result<Result<Date, Broken>, Stop> {
    Ok(call.number(place)?.and_then(day))
}

fn made(call: &Call<'_>) -> Computed {
    call.takes(3, 3)?;
    let (year, month, day) = (call.number(0)?, call.number(1)?, call.number(2)?);
    Ok(counted(year.and_then(|year| {
        let (months, days) = (whole(month? - 1.0)?, whole(day? - 1.0)?);
        let year = i16::try_from(whole(year)?).map_err(|_| Broken::Number)?;
        let start = Date::new(year, 1, 1).map_err(|_| Broken::Number)?;
        let span = Span::new().try_months(months).map_err(|_| Broken::Number)?;
        let start = start.checked_add(span).map_err(|_| Broken::Number)?;
        let span = Span::new().try_days(days).map_err(|_| Broken::Number)?;
        start.checked_add(span).map_err(|_| Broken::Number)
    })))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "what is out of bounds is refused before"
)]
fn whole(number: f64) -> Result<i64, Broken> {
    match number.abs() < 1e6 {
        true => Ok(number.trunc() as i64),
        false => Err(Broken::Number),
    }
}

fn part(call: &Call<'_>) -> Computed {
    let is_weekday = call.name == "WEEKDAY";
    call.takes(1, if is_weekday { 2 } else { 1 })?;
    let (day, kind) = (given(call, 0)?, call.number_or(1, 1.0)?);
    Ok(worth(day.and_then(|day| {
        Ok(match call.name {
            "YEAR" => f64::from(day.year()),
            "MONTH" => f64::from(day.month()),
            "DAY" => f64::from(day.day()),
            _ if kind? == 2.0 => f64::from(day.weekday().to_monday_one_offset()),
            _ => f64::from(day.weekday().to_sunday_one_offset()),
        })
    })))
}

fn later(call: &Call<'_>) -> Computed {
    call.takes(2, 2)?;
    let (day, months) = (given(call, 0)?, call.number(1)?);
    Ok(counted(day.and_then(|day| {
        let span = Span::new().try_months(whole(months?)?);
        let span = span.map_err(|_| Broken::Number)?;
        let later = day.checked_add(span).map_err(|_| Broken::Number)?;
        Ok(match call.name {
            "EOMONTH" => later.last_of_month(),
            _ => later,
        })
    })))
}

fn between(call: &Call<'_>, work: fn(f64, f64) -> f64) -> Computed {
    call.takes(2, 2)?;
    let (one, other) = (call.number(0)?, call.number(1)?);
    Ok(worth(
        one.and_then(|one| Ok(work(one.trunc(), other?.trunc()))),
    ))
}

fn difference(call: &Call<'_>) -> Computed {
    call.takes(3, 3)?;
    let (from, to, unit) = (given(call, 0)?, given(call, 1)?, call.text(2)?);
    Ok(worth(from.and_then(|from| {
        let (to, unit) = (to?, unit?.to_uppercase());
        if to < from {
            return Err(Broken::Number);
        }
        let months = (i32::from(to.year()) - i32::from(from.year())) * 12 + i32::from(to.month())
            - i32::from(from.month())
            - i32::from(to.day() < from.day());
        match unit.as_str() {
            "D" => Ok(count(to)? - count(from)?),
            "M" => Ok(f64::from(months)),
            "Y" => Ok(f64::from(months / 12)),
            "YM" => Ok(f64::from(months % 12)),
            _ => Err(Broken::Number),
        }
    })))
}

fn is_working(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Days from Monday to Friday. Holidays of a sample are nobody's, so they are left out.
fn working(call: &Call<'_>) -> Computed {
    call.takes(2, 3)?;
    let start = given(call, 0)?;
    if call.name == "WORKDAY" {
        let days = call.number(1)?;
        return Ok(counted(start.and_then(|start| moved(start, whole(days?)?))));
    }
    let end = given(call, 1)?;
    Ok(worth(start.and_then(|start| {
        let end = end?;
        let (first, last, sign) = if start <= end {
            (start, end, 1.0)
        } else {
            (end, start, -1.0)
        };
        if count(last)? - count(first)? > 40_000.0 {
            return Err(Broken::Number);
        }
        let days = first.series(1.day()).take_while(|day| *day <= last);
        let working = u32::try_from(days.filter(|day| is_working(*day)).count());
        Ok(sign * f64::from(working.unwrap_or(u32::MAX)))
    })))
}

fn moved(start: Date, days: i64) -> Result<Date, Broken> {
    if days.abs() > 10_000 {
        return Err(Broken::Number);
    }
    let step = if days < 0 { -1.days() } else { 1.day() };
    let mut left = days.abs();
    let mut day = start;
    while left > 0 {
        day = day.checked_add(step).map_err(|_| Broken::Number)?;
        left -= i64::from(is_working(day));
    }
    Ok(day)
}

/// A day in a format such as `yyyy-mm-dd`; nothing where the format is none of days.
pub(super) fn formatted(number: f64, format: &str) -> Option<String> {
    let lower = format.to_lowercase();
    if !lower.contains(['y', 'd']) && !lower.contains("mmm") {
        return None;
    }
    let day = day(number).ok()?;
    let pattern = lower
        .replace("yyyy", "%Y")
        .replace("yy", "%y")
        .replace("mmmm", "%B")
        .replace("mmm", "%b")
        .replace("mm", "%m")
        .replace("dddd", "%A")
        .replace("ddd", "%a")
        .replace("dd", "%d");
    Some(day.strftime(&pattern).to_string())
}
