//! Reckoning with days: which day is meant by "the 15th", "Friday", "two weeks ago", seen from today.

use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::Day;

/// The calendar as seen from one day.
#[derive(Debug, Clone, Copy)]
pub struct Calendar {
    /// The day from which it is seen.
    pub today: Date,
    /// Whether 3/5 is certainly in March, as in Chinese.
    pub month_first: bool,
}

impl Calendar {
    /// A day of a stated year.
    pub fn day(&self, year: i16, month: i8, day: i8) -> Option<Day> {
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        Some(match Date::new(year, month, day) {
            Ok(date) => Day::told(date),
            Err(_) => self.nearest(year, month),
        })
    }

    /// A day of a month in the latest year in which it is not ahead of today.
    pub fn day_of_year(&self, month: i8, day: i8) -> Option<Day> {
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        let this_year = self.today.year();
        let found = (0..9)
            .filter_map(|back| Date::new(this_year - back, month, day).ok())
            .find(|date| *date <= self.today);
        Some(match found {
            Some(date) => Day::told(date),
            None => self.nearest(this_year, month),
        })
    }

    /// The latest day with that number that is not ahead of today.
    pub fn day_of_month(&self, day: i8) -> Option<Day> {
        if !(1..=31).contains(&day) {
            return None;
        }
        (0..4)
            .filter_map(|back| self.month(-back))
            .filter_map(|month| Date::new(month.year(), month.month(), day).ok())
            .find(|date| *date <= self.today)
            .map(Day::told)
    }

    /// A day of the month that is so many months from this one.
    pub fn day_of_month_at(&self, months: i32, day: i8) -> Option<Day> {
        let month = self.month(months)?;
        self.day(month.year(), month.month(), day)
    }

    /// The first of the month that is so many months from this one.
    pub fn month(&self, months: i32) -> Option<Date> {
        self.today
            .first_of_month()
            .checked_add(Span::new().try_months(months).ok()?)
            .ok()
    }

    /// The last of a month without a year, no later than today.
    pub fn end_of_month(&self, month: i8) -> Option<Date> {
        let mut year = self.today.year();
        if month > self.today.month() {
            year -= 1;
        }
        let last = Date::new(year, month, 1).ok()?.last_of_month();
        Some(last.min(self.today))
    }

    /// What might have been meant by a day that there is not: the end of that month, or the day after.
    fn nearest(&self, year: i16, month: i8) -> Day {
        let last = Date::new(year, month, 1).ok().map(Date::last_of_month);
        let next = last.and_then(|last| last.tomorrow().ok());
        Day::impossible(last.into_iter().chain(next).collect())
    }

    /// So many days from today.
    pub fn days(&self, days: i64) -> Option<Date> {
        self.today
            .checked_add(Span::new().try_days(days).ok()?)
            .ok()
    }

    /// So many months from today.
    pub fn months(&self, months: i64) -> Option<Date> {
        self.today
            .checked_add(Span::new().try_months(months).ok()?)
            .ok()
    }

    /// So many years from today.
    pub fn years(&self, years: i64) -> Option<Date> {
        self.today
            .checked_add(Span::new().try_years(years).ok()?)
            .ok()
    }

    /// The latest such day of the week, today included.
    pub fn weekday(&self, weekday: Weekday) -> Option<Day> {
        let back = weekday.until(self.today.weekday());
        let latest = self.days(-i64::from(back))?;
        let week_before = if back == 0 { self.days(-7) } else { None };
        Some(Day::told(latest).or(week_before))
    }

    /// A day of the week that is so many weeks from this one. Weeks begin on Monday.
    pub fn weekday_of_week(&self, weeks: i64, weekday: Weekday) -> Option<Date> {
        let monday = -i64::from(self.today.weekday().to_monday_zero_offset());
        self.days(monday + 7 * weeks + i64::from(weekday.to_monday_zero_offset()))
    }

    /// So many working days before today (or after, where negative).
    pub fn working_days_ago(&self, days: i64) -> Option<Date> {
        let step = if days < 0 { 1 } else { -1 };
        let mut date = self.today;
        let mut left = days.abs().min(400);
        while left > 0 {
            date = date.checked_add(Span::new().days(step)).ok()?;
            if date.weekday().to_monday_zero_offset() < 5 {
                left -= 1;
            }
        }
        Some(date)
    }
}
