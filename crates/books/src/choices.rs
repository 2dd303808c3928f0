//! Periods that people look at, under names that read the same in every language.
//!
//! Which ones there are follows from the book's own entries and fiscal year; nothing here knows of a
//! window or of a menu.

use crate::period::Period;
use crate::record::BookInfo;

/// Most fiscal years that are offered.
const YEARS: usize = 30;

/// What kind of period it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// From the first entry to the last.
    Everything,
    /// A fiscal year.
    Year,
    /// A quarter of one.
    Quarter,
    /// A month of one.
    Month,
}

/// A period with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPeriod {
    /// What kind it is.
    pub span: Span,
    /// Its name, such as `2026`, `2026/27`, `2026 Q1` or `2026-01`; nothing for everything.
    pub name: String,
    /// Its days.
    pub period: Period,
}

/// What to choose among while `shown` is looked at: everything, the fiscal years that have entries,
/// the latest first, and quarters and months of the year that is shown.
#[must_use]
pub fn choices(info: &BookInfo, entries: Option<Period>, shown: Period) -> Vec<NamedPeriod> {
    let Some(entries) = entries else {
        return Vec::new();
    };
    let mut choices = vec![NamedPeriod {
        span: Span::Everything,
        name: String::new(),
        period: entries,
    }];
    let mut year = Period::fiscal_year(info, entries.to);
    for _ in 0..YEARS {
        if year.to < entries.from {
            break;
        }
        choices.push(NamedPeriod {
            span: Span::Year,
            name: name_of_year(year),
            period: year,
        });
        year = year.year_before();
    }
    let year = Period::fiscal_year(info, shown.to);
    let quarters = year.quarters().into_iter().zip(1..);
    choices.extend(quarters.map(|(period, number)| NamedPeriod {
        span: Span::Quarter,
        // Years that begin within a month have no quarters that people would count.
        name: match info.fiscal_day {
            1 => format!("{} Q{number}", name_of_year(year)),
            _ => period.to_string(),
        },
        period,
    }));
    choices.extend(year.months().into_iter().map(|period| NamedPeriod {
        span: Span::Month,
        name: match info.fiscal_day {
            1 => period.from.strftime("%Y-%m").to_string(),
            _ => period.to_string(),
        },
        period,
    }));
    choices
}

fn name_of_year(year: Period) -> String {
    let (from, to) = (year.from.year(), year.to.year());
    if from == to {
        return from.to_string();
    }
    format!("{from}/{:02}", to % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, to: &str) -> Period {
        Period::new(from.parse().unwrap(), to.parse().unwrap()).unwrap()
    }

    #[track_caller]
    fn check(begin: (i8, i8), entries: (&str, &str), shown: (&str, &str), expected: &[&str]) {
        let info = BookInfo {
            title: String::new(),
            currency: "EUR".to_owned(),
            fiscal_month: begin.0,
            fiscal_day: begin.1,
        };
        let found = choices(
            &info,
            Some(period(entries.0, entries.1)),
            period(shown.0, shown.1),
        );
        let said: Vec<String> = found
            .iter()
            .filter(|one| one.span != Span::Month)
            .map(|one| format!("{} = {}", one.name, one.period))
            .collect();
        assert_eq!(said, expected);
        let months = found.iter().filter(|one| one.span == Span::Month);
        let days: Vec<_> = months.map(|one| one.period).collect();
        let year = Period::fiscal_year(&info, shown.1.parse().unwrap());
        assert_eq!(days.first().map(|month| month.from), Some(year.from));
        assert_eq!(days.last().map(|month| month.to), Some(year.to));
    }

    #[test]
    fn years_with_entries_are_offered_and_parts_of_the_one_that_is_shown() {
        check(
            (1, 1),
            ("2025-03-04", "2026-11-05"),
            ("2025-01-01", "2025-12-31"),
            &[
                " = 2025-03-04 – 2026-11-05",
                "2026 = 2026-01-01 – 2026-12-31",
                "2025 = 2025-01-01 – 2025-12-31",
                "2025 Q1 = 2025-01-01 – 2025-03-31",
                "2025 Q2 = 2025-04-01 – 2025-06-30",
                "2025 Q3 = 2025-07-01 – 2025-09-30",
                "2025 Q4 = 2025-10-01 – 2025-12-31",
            ],
        );
        check(
            (4, 1),
            ("2026-03-31", "2026-04-01"),
            ("2026-04-01", "2027-03-31"),
            &[
                " = 2026-03-31 – 2026-04-01",
                "2026/27 = 2026-04-01 – 2027-03-31",
                "2025/26 = 2025-04-01 – 2026-03-31",
                "2026/27 Q1 = 2026-04-01 – 2026-06-30",
                "2026/27 Q2 = 2026-07-01 – 2026-09-30",
                "2026/27 Q3 = 2026-10-01 – 2026-12-31",
                "2026/27 Q4 = 2027-01-01 – 2027-03-31",
            ],
        );
    }

    #[test]
    fn a_book_without_entries_has_none() {
        let info = BookInfo {
            title: String::new(),
            currency: "EUR".to_owned(),
            fiscal_month: 1,
            fiscal_day: 1,
        };
        assert_eq!(choices(&info, None, period("2026-01-01", "2026-12-31")), []);
    }
}
