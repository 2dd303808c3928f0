//! Periods: first and last day, fiscal years, and those to compare with.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use crate::BookError;
use crate::record::BookInfo;

/// Days from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl Period {
    /// A period.
    ///
    /// # Errors
    /// When it ends before it begins.
    pub fn new(from: Date, to: Date) -> Result<Self, BookError> {
        if to < from {
            return Err(BookError::PeriodInvalid(format!("{from} to {to}")));
        }
        Ok(Self { from, to })
    }

    /// Whether a day is in it.
    #[must_use]
    pub fn has(&self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }

    /// The fiscal year of a book that a day is in.
    #[must_use]
    pub fn fiscal_year(info: &BookInfo, day: Date) -> Self {
        let begins = |year: i16| begin(year, info.fiscal_month, info.fiscal_day);
        let year = if day < begins(day.year()) {
            day.year() - 1
        } else {
            day.year()
        };
        Self {
            from: begins(year),
            to: before(begins(year + 1)),
        }
    }

    /// As many whole months, or days, right before it.
    #[must_use]
    pub fn previous(&self) -> Self {
        let to = before(self.from);
        let next = after(self.to);
        let whole = months(self.from, next);
        let from = if whole > 0 {
            back(self.from, whole)
        } else {
            let days = self.from.until(next).map_or(1, |span| span.get_days());
            self.from.checked_sub(days.days()).unwrap_or(self.from)
        };
        Self { from, to }
    }

    /// The same days a year earlier.
    #[must_use]
    pub fn year_before(&self) -> Self {
        Self {
            from: back(self.from, 12),
            to: before(back(after(self.to), 12)),
        }
    }

    /// Its months, the first and last of which may be parts of one.
    #[must_use]
    pub fn months(&self) -> Vec<Self> {
        self.pieces(1)
    }

    /// Its quarters, counted from its first day.
    #[must_use]
    pub fn quarters(&self) -> Vec<Self> {
        self.pieces(3)
    }

    fn pieces(&self, step: i32) -> Vec<Self> {
        let mut pieces = Vec::new();
        let mut from = self.from;
        while from <= self.to && pieces.len() < 400 {
            let first = from.first_of_month();
            let next = first.checked_add(step.months()).unwrap_or(self.to);
            let to = before(next).min(self.to);
            pieces.push(Self { from, to });
            from = after(to);
        }
        pieces
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} – {}", self.from, self.to)
    }
}

/// The 29th of February begins on the 28th in years without it.
fn begin(year: i16, month: i8, day: i8) -> Date {
    let month = month.clamp(1, 12);
    let last = date(year, month, 1).last_of_month().day();
    date(year, month, day.clamp(1, last))
}

fn before(day: Date) -> Date {
    day.yesterday().unwrap_or(day)
}

fn after(day: Date) -> Date {
    day.tomorrow().unwrap_or(day)
}

fn back(day: Date, months: i32) -> Date {
    day.checked_sub(months.months()).unwrap_or(day)
}

/// How many whole months lie between two days; none when they are no whole ones.
fn months(from: Date, next: Date) -> i32 {
    if from.day() != next.day() {
        return 0;
    }
    let count = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
    count(next) - count(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(month: i8, day: i8) -> BookInfo {
        BookInfo {
            title: String::new(),
            currency: "EUR".to_owned(),
            fiscal_month: month,
            fiscal_day: day,
        }
    }

    #[test]
    fn a_fiscal_year_begins_on_any_day() {
        let cases = [
            ((1, 1), "2026-05-04", "2026-01-01 – 2026-12-31"),
            ((4, 1), "2026-03-31", "2025-04-01 – 2026-03-31"),
            ((4, 6), "2026-04-06", "2026-04-06 – 2027-04-05"),
            ((2, 29), "2026-12-01", "2026-02-28 – 2027-02-27"),
        ];
        for ((month, day), today, year) in cases {
            let found = Period::fiscal_year(&info(month, day), today.parse().unwrap());
            assert_eq!(found.to_string(), year);
        }
    }

    #[test]
    fn the_period_before_is_as_long() {
        let cases = [
            ("2026-01-01", "2026-12-31", "2025-01-01 – 2025-12-31"),
            ("2026-03-01", "2026-03-31", "2026-02-01 – 2026-02-28"),
            ("2026-01-05", "2026-01-11", "2025-12-29 – 2026-01-04"),
        ];
        for (from, to, previous) in cases {
            let period = Period::new(from.parse().unwrap(), to.parse().unwrap()).unwrap();
            assert_eq!(period.previous().to_string(), previous);
        }
    }

    #[test]
    fn months_and_quarters_cover_a_year_without_gaps() {
        let year = Period::new(date(2026, 4, 1), date(2027, 3, 31)).unwrap();
        for (pieces, count) in [(year.months(), 12), (year.quarters(), 4)] {
            assert_eq!(pieces.len(), count);
            assert_eq!(pieces[0].from, year.from);
            assert_eq!(pieces[count - 1].to, year.to);
            assert!(
                pieces
                    .windows(2)
                    .all(|pair| after(pair[0].to) == pair[1].from)
            );
        }
    }
}
