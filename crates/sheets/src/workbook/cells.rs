//! Cells of calamine as cells of ours.

use calamine::{Data, DataRef, ExcelDateTime};

use crate::cell::{Cell, Clock, Day};
use crate::dates::{self, Written};

/// Beyond this a double does not hold every whole number.
const EXACT: f64 = 9_007_199_254_740_992.0;

const DAY_MILLIS: f64 = 86_400_000.0;

pub fn of_ref<'a>(data: &'a DataRef<'_>) -> Cell<'a> {
    match data {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(number) => Cell::Integer(*number),
        DataRef::Float(number) => number_cell(*number),
        DataRef::String(text) => Cell::Text(text),
        DataRef::SharedString(text) => Cell::Text(text),
        DataRef::Bool(truth) => Cell::Truth(*truth),
        DataRef::DateTime(moment) => moment_cell(moment),
        DataRef::DateTimeIso(text) => iso_moment(text),
        DataRef::DurationIso(text) => iso_span(text),
        DataRef::Error(_) => Cell::Fault,
    }
}

pub fn of(data: &Data) -> Cell<'_> {
    match data {
        Data::Empty => Cell::Empty,
        Data::Int(number) => Cell::Integer(*number),
        Data::Float(number) => number_cell(*number),
        Data::String(text) => Cell::Text(text),
        Data::Bool(truth) => Cell::Truth(*truth),
        Data::DateTime(moment) => moment_cell(moment),
        Data::DateTimeIso(text) => iso_moment(text),
        Data::DurationIso(text) => iso_span(text),
        Data::Error(_) => Cell::Fault,
    }
}

/// Workbooks have doubles only; a whole one is a whole number.
fn number_cell(number: f64) -> Cell<'static> {
    if number.fract() == 0.0 && number.abs() < EXACT {
        return Cell::Integer(number as i64);
    }
    if number.is_finite() {
        Cell::Real(number)
    } else {
        Cell::Fault
    }
}

/// A number of days since 1900 or 1904. Below one day it is a time.
fn moment_cell(moment: &ExcelDateTime) -> Cell<'static> {
    let days = moment.as_f64();
    if moment.is_duration() {
        return Cell::Span((days * DAY_MILLIS).round() as i64);
    }
    // 9999-12-31 is the last day of both systems, or nearly so.
    if !(0.0..2_958_466.0).contains(&days) {
        return number_cell(days);
    }
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let clock = Clock {
        seconds: u32::from(hour) * 3600 + u32::from(minute) * 60 + u32::from(second),
        nanos: u32::from(milli) * 1_000_000,
    };
    if days < 1.0 {
        return Cell::Clock(clock);
    }
    // Excel has a 29 February 1900, which the calendar has not.
    let day = Day { year, month, day };
    Cell::Moment(day, (clock != Clock::default()).then_some(clock))
}

/// `2024-01-05` or `2024-01-05T10:00:00`, as OpenDocument and strict Office Open XML have it.
fn iso_moment(text: &str) -> Cell<'_> {
    let Some(written) = Written::read(text) else {
        return Cell::Text(text);
    };
    let clock = written.clock();
    match (written.day(dates::YEAR_FIRST), clock) {
        (Some(day), clock) => Cell::Moment(day, clock.filter(|clock| *clock != Clock::default())),
        (None, Some(clock)) => Cell::Clock(clock),
        (None, None) => Cell::Text(text),
    }
}

/// `PT08H30M00S`. OpenDocument has no other form for a time of day, so what is shorter than a day
/// is taken for one.
fn iso_span(text: &str) -> Cell<'_> {
    let Some(millis) = read_span(text) else {
        return Cell::Text(text);
    };
    match u32::try_from(millis) {
        Ok(millis) if millis < 86_400_000 => Cell::Clock(Clock {
            seconds: millis / 1000,
            nanos: millis % 1000 * 1_000_000,
        }),
        _ => Cell::Span(millis),
    }
}

fn read_span(text: &str) -> Option<i64> {
    let (sign, rest) = text
        .strip_prefix('-')
        .map_or((1.0, text), |rest| (-1.0, rest));
    let (days, mut rest) = rest.strip_prefix('P')?.split_once('T')?;
    let mut seconds = match days.strip_suffix('D') {
        Some(days) => days.parse::<f64>().ok()? * 86_400.0,
        None if days.is_empty() => 0.0,
        None => return None,
    };
    for (unit, length) in [('H', 3600.0), ('M', 60.0), ('S', 1.0)] {
        if let Some((number, others)) = rest.split_once(unit) {
            seconds += number.replace(',', ".").parse::<f64>().ok()? * length;
            rest = others;
        }
    }
    rest.is_empty()
        .then_some((sign * seconds * 1000.0).round() as i64)
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType::{DateTime, TimeDelta};

    use super::*;

    #[test]
    fn serial_days_are_days() {
        for (days, is_span, is_1904, expected) in [
            (45_296.0, false, false, "2024-01-05"),
            (43_834.0, false, true, "2024-01-05"),
            (45_296.5, false, false, "2024-01-05 12:00:00"),
            (45_296.000_011_574, false, false, "2024-01-05 00:00:01"),
            (0.75, false, false, "18:00:00"),
            (1.0, false, false, "1900-01-01"),
            (-3.0, false, false, "-3"),
            (1.520_833_333_333_333_3, true, false, "36:30:00"),
        ] {
            let kind = if is_span { TimeDelta } else { DateTime };
            let cell = moment_cell(&ExcelDateTime::new(days, kind, is_1904));
            assert_eq!(cell.to_string(), expected, "{days}");
        }
    }

    #[test]
    fn iso_spans_are_times_or_lengths() {
        for (text, expected) in [
            ("PT08H30M00S", "08:30:00"),
            ("PT08H30M00.250S", "08:30:00.250"),
            ("PT36H30M00S", "36:30:00"),
            ("P1DT1H", "25:00:00"),
            ("-PT30M", "-00:30:00"),
            ("PT", "00:00:00"),
            ("soon", "soon"),
        ] {
            assert_eq!(iso_span(text).to_string(), expected);
        }
    }
}
