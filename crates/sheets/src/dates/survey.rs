//! What the dates of a column have in common.

use super::{ALL, DAY_FIRST, Date, MONTH_FIRST, Orders, ROC, Written, YEAR_FIRST};

/// By how much the years have to vary less than the days to be told from them.
const VARIES_LESS: u32 = 10;

/// What the texts of a column have in common as dates or as times.
#[derive(Debug, Clone)]
pub struct Survey {
    is_out: bool,
    orders: Orders,
    open: bool,
    dates: bool,
    dateless: bool,
    times: bool,
    offset: Option<Option<i16>>,
    short_year: bool,
    roc: bool,
    /// Smallest and largest number at either end of a date with a short year.
    ends: [(u32, u32); 2],
}

impl Default for Survey {
    fn default() -> Self {
        Self {
            is_out: false,
            orders: ALL,
            open: false,
            dates: false,
            dateless: false,
            times: false,
            offset: None,
            short_year: false,
            roc: false,
            ends: [(u32::MAX, 0); 2],
        }
    }
}

/// How all dates of a column are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dates {
    /// The orders that all values allow. Two of them when it is not certain which.
    pub orders: Orders,
    /// Some values have a time.
    pub times: bool,
    /// There are no dates at all, only times of day.
    pub dateless: bool,
    /// Minutes east of Greenwich that every value names.
    pub offset: Option<i16>,
    /// Years have two digits.
    pub short_year: bool,
    /// Years count from 1912.
    pub roc: bool,
}

impl Survey {
    /// Looks at one more value; false once the column cannot be dates or times any more.
    pub fn see(&mut self, text: &str) -> bool {
        if !self.is_out && self.agrees(text).is_none() {
            self.is_out = true;
        }
        !self.is_out
    }

    fn agrees(&mut self, text: &str) -> Option<()> {
        let written = Written::read(text)?;
        match written.date {
            Some(date) => self.see_date(&date),
            None => self.dateless = true,
        }
        if let Some(time) = written.time {
            self.times = true;
            // Times of different places do not stand in one order without being converted.
            if self
                .offset
                .replace(time.offset)
                .is_some_and(|other| other != time.offset)
            {
                return None;
            }
        }
        (self.orders != 0 && !(self.dates && self.dateless)).then_some(())
    }

    fn see_date(&mut self, date: &Date) {
        self.dates = true;
        self.orders &= date.orders;
        self.open |= !date.certain;
        self.short_year |= date.short_year;
        self.roc |= date.roc;
        if date.short_year && !date.certain {
            for (end, part) in self.ends.iter_mut().zip([date.parts[0], date.parts[2]]) {
                *end = (end.0.min(part), end.1.max(part));
            }
        }
    }

    /// The orders that are left. Where years may be at either end, they are at the end that
    /// varies much less: a table covers few years and all days of a month.
    fn orders_left(&self) -> Orders {
        if !self.open {
            return YEAR_FIRST;
        }
        let year_last = self.orders & (DAY_FIRST | MONTH_FIRST);
        let year_first = self.orders & YEAR_FIRST;
        if year_last == 0 || year_first == 0 {
            return self.orders;
        }
        let [first, last] = self.ends.map(|(least, most)| most.saturating_sub(least));
        if last + VARIES_LESS < first {
            year_last
        } else if first + VARIES_LESS < last {
            year_first
        } else {
            self.orders
        }
    }

    /// What they agree on. Nothing as well when years may be at either end.
    pub fn agreed(&self) -> Option<Dates> {
        let seen = self.dates || self.dateless;
        let order = self.orders_left();
        let is_certain = order.count_ones() == 1 || order == DAY_FIRST | MONTH_FIRST;
        (!self.is_out && seen && is_certain).then_some(Dates {
            orders: order,
            times: self.times,
            dateless: self.dateless,
            offset: self.offset.flatten(),
            short_year: self.short_year,
            roc: self.roc || self.open && order == ROC,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The column as it would be stored, day first where there is doubt, which is shown as `?`.
    fn check(values: &[&str], expected: &str) {
        let mut survey = Survey::default();
        for value in values {
            survey.see(value);
        }
        let found = survey.agreed().map_or("text".to_owned(), |dates| {
            let is_certain = dates.orders.count_ones() == 1;
            let order = if is_certain { dates.orders } else { DAY_FIRST };
            let read: Vec<String> = values
                .iter()
                .map(|value| {
                    let written = Written::read(value).unwrap();
                    let day = written.day(order).map(|day| day.to_string());
                    let clock = written.clock().map(|clock| clock.to_string());
                    [day, clock]
                        .into_iter()
                        .flatten()
                        .collect::<Vec<_>>()
                        .join(" ")
                })
                .collect();
            format!("{}{}", if is_certain { "" } else { "?" }, read.join(", "))
        });
        assert_eq!(found, expected, "{values:?}");
    }

    const COLUMNS: &[(&[&str], &str)] = &[
        (&["2024-01-05"], "2024-01-05"),
        (&["2024/1/5", "2024.12.31"], "2024-01-05, 2024-12-31"),
        (&["2024-02-30"], "text"),
        (&["2023-02-29"], "text"),
        (&["2024-02-29"], "2024-02-29"),
        (&["5.1.2024"], "2024-01-05"),
        (&["01/02/2024"], "?2024-02-01"),
        (&["01/02/2024", "31/01/2024"], "2024-02-01, 2024-01-31"),
        (&["01/02/2024", "01/31/2024"], "2024-01-02, 2024-01-31"),
        (&["13/01/2024", "01/13/2024"], "text"),
        (&["2024年1月5日", "2024-01-06"], "2024-01-05, 2024-01-06"),
        (&["24年1月5日"], "text"),
        (
            &["Jan 5, 2024", "5 Jan 2024", "January 5 2024"],
            "2024-01-05, 2024-01-05, 2024-01-05",
        ),
        (&["5-Jan-24", "1st March 2024"], "2024-01-05, 2024-03-01"),
        (&["Jan 2024"], "text"),
        (&["113/01/05", "99/12/31"], "2024-01-05, 2010-12-31"),
        (&["113/1/5"], "2024-01-05"),
        (&["113.1.5"], "text"),
        (&["民國113年1月5日"], "2024-01-05"),
        (&["99/12/31"], "text"),
        (&["24/01/05"], "text"),
        (&["11/12/12", "01/02/13"], "text"),
        (
            &["31/12/24", "01/02/24", "14/05/23"],
            "2024-12-31, 2024-02-01, 2023-05-14",
        ),
        (
            &["24/12/31", "24/01/02", "23/05/14"],
            "2024-12-31, 2024-01-02, 2023-05-14",
        ),
        (&["31.12.24", "01.02.24"], "2024-12-31, 2024-02-01"),
        (&["12/31/99"], "1999-12-31"),
        (&["1.2.10"], "text"),
        (&["192.168.1.1"], "text"),
        (&["2024-01-05 13:45:10"], "2024-01-05 13:45:10"),
        (
            &["2024-01-05T13:45:10Z", "2024-01-06T00:00:00Z"],
            "2024-01-05 13:45:10, 2024-01-06 00:00:00",
        ),
        (
            &["2024-01-05T13:45:10Z", "2024-01-06T00:00:00+08:00"],
            "text",
        ),
        (&["2024-01-05 13:45:10.25"], "2024-01-05 13:45:10.250"),
        (
            &["2024-01-05", "2024-01-05 13:45"],
            "2024-01-05, 2024-01-05 13:45:00",
        ),
        (&["1/13/2024 3:04 PM"], "2024-01-13 15:04:00"),
        (
            &["2024/1/5 下午 03:04:05", "2024/1/5 上午 12:00:00"],
            "2024-01-05 15:04:05, 2024-01-05 00:00:00",
        ),
        (&["2024年1月5日 10:30"], "2024-01-05 10:30:00"),
        (
            &["13:45", "09:05:10", "1:45 PM"],
            "13:45:00, 09:05:10, 13:45:00",
        ),
        (&["36:30:00"], "text"),
        (&["24:00"], "text"),
        (&["13:45", "2024-01-05"], "text"),
        (&["1:5"], "text"),
        (&["2024-01"], "text"),
        (&["2024-13-01"], "text"),
        (&["0000-01-01"], "text"),
        (&["May"], "text"),
        (&["555-12-3456"], "text"),
        (&["1/2"], "text"),
        (&["2024-01-0513:45"], "text"),
    ];

    #[test]
    fn dates_are_what_the_column_agrees_on() {
        for (values, expected) in COLUMNS {
            check(values, expected);
        }
    }
}
