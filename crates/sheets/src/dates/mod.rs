//! Dates and times as people write them.
//!
//! As with numbers nothing is decided for one value: `01/02/2024` is two different days, and only
//! the whole column tells which.

mod survey;
mod time;

use crate::cell::{Clock, Day};
pub use survey::{Dates, Survey};
use time::Time;

/// In which order the three numbers of a date stand. Bits, for sets of them.
pub type Orders = u8;

/// Year, month, day.
pub const YEAR_FIRST: Orders = 1;
/// Day, month, year.
pub const DAY_FIRST: Orders = 2;
/// Month, day, year.
pub const MONTH_FIRST: Orders = 4;
/// Year of the Republic of China (113 = 2024), month, day.
pub const ROC: Orders = 8;
const ALL: Orders = 15;

/// Year 1 of the Republic of China is 1912.
const ROC_BEFORE: u32 = 1911;

/// Two digits up to this are of the 2000s, as SQL Server, Excel and strptime have it or nearly so.
const CENTURY_TURN: u32 = 68;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A date and a time, one of them possibly missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    date: Option<Date>,
    time: Option<Time>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Date {
    parts: [u32; 3],
    /// The orders under which it is a day. All of them when it says itself what is what, and
    /// then `parts` are year, month, day.
    orders: Orders,
    certain: bool,
    short_year: bool,
    roc: bool,
}

impl Written {
    /// Takes a text apart.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        // The shortest is `1:05`, the longest one that is of any use is a timestamp with its zone.
        if !(4..=48).contains(&text.len()) || !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let Some(colon) = text.find(':') else {
            let date = Some(Date::read(text)?);
            return Some(Self { date, time: None });
        };
        let hour = text[..colon].trim_end_matches(|letter: char| letter.is_ascii_digit());
        let (mut before, after) = (hour.trim_end(), &text[hour.len()..]);
        let mut afternoon = None;
        for (word, is_afternoon) in [("上午", false), ("下午", true)] {
            if let Some(rest) = before.strip_suffix(word) {
                (before, afternoon) = (rest.trim_end(), Some(is_afternoon));
            }
        }
        let time = Some(Time::read(after, afternoon)?);
        let before = before.strip_suffix(['T', 't', ',']).unwrap_or(before);
        let date = match before {
            "" => None,
            // Something has to stand between the two.
            _ if before.len() == hour.len() && hour.ends_with(|last: char| last != '日') => {
                return None;
            }
            _ => Some(Date::read(before.trim_end())?),
        };
        Some(Self { date, time })
    }

    /// The day, if it is one in this order.
    pub fn day(&self, order: Orders) -> Option<Day> {
        self.date?.day(order)
    }

    /// The time, if there is one.
    pub fn clock(&self) -> Option<Clock> {
        self.time.map(|time| time.clock)
    }
}

impl Date {
    fn read(text: &str) -> Option<Self> {
        let first = text.chars().next()?;
        if first.is_ascii_digit() {
            let between = text.find(|letter: char| !letter.is_ascii_digit())?;
            match text[between..].chars().next()? {
                sign @ ('-' | '/' | '.') => {
                    return Self::signed(text, sign).or_else(|| Self::named(text));
                }
                '年' => return Self::chinese(text, 0, false),
                _ => return Self::named(text),
            }
        }
        for word in ["民國", "民国", "中華民國"] {
            if let Some(rest) = text.strip_prefix(word) {
                return Self::chinese(rest.trim_start(), ROC_BEFORE, true);
            }
        }
        Self::named(text)
    }

    /// A date that says itself what is what.
    fn certain(year: u32, month: u32, day: u32) -> Option<Self> {
        Day::new(year, month, day)?;
        Some(Self {
            parts: [year, month, day],
            orders: ALL,
            certain: true,
            short_year: false,
            roc: false,
        })
    }

    /// `2024年1月5日`
    fn chinese(text: &str, before: u32, roc: bool) -> Option<Self> {
        let (year, rest) = text.split_once('年')?;
        let (month, rest) = rest.split_once('月')?;
        let day = rest.trim_end().strip_suffix(['日', '號', '号'])?;
        let (year, digits) = number(year.trim())?;
        if !roc && digits != 4 {
            return None;
        }
        let (month, day) = (number(month.trim())?.0, number(day.trim())?.0);
        Some(Self {
            roc,
            ..Self::certain(year + before, month, day)?
        })
    }

    /// `5 Jan 2024`, `Jan 5, 2024`, `5-Jan-2024`
    fn named(text: &str) -> Option<Self> {
        let mut parts = text
            .split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | '-' | '/' | '.'))
            .filter(|part| !part.is_empty());
        let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        let (month, day) = match (month(first), month(second)) {
            (Some(month), None) => (month, second),
            (None, Some(month)) => (month, first),
            _ => return None,
        };
        let bare = day.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
        if !matches!(&day[bare.len()..], "" | "st" | "nd" | "rd" | "th") {
            return None;
        }
        let (year, digits) = number(third)?;
        let short_year = digits == 2;
        if digits != 4 && !short_year {
            return None;
        }
        let year = if short_year { century(year) } else { year };
        Some(Self {
            short_year,
            ..Self::certain(year, month, number(bare)?.0)?
        })
    }

    /// Three numbers with one sign between them.
    fn signed(text: &str, sign: char) -> Option<Self> {
        let mut pieces = text.split(sign);
        let pieces = [
            pieces.next()?,
            pieces.next()?,
            pieces.next()?,
            pieces.next().unwrap_or(""),
        ];
        if !pieces[3].is_empty() || text.ends_with(sign) {
            return None;
        }
        let mut parts = [0; 3];
        let mut digits = [0; 3];
        for (at, piece) in pieces[..3].iter().enumerate() {
            (parts[at], digits[at]) = number(piece)?;
        }
        let [a, b, c] = digits;
        let is_padded = b == 2 && c == 2;
        match (a, b, c) {
            (4, 1..=2, 1..=2) => Self::certain(parts[0], parts[1], parts[2]),
            (3, 1..=2, 1..=2) if sign != '.' || is_padded => Self::ordered(parts, ROC, false),
            (1..=2, 1..=2, 4) if sign == '.' => Self::ordered(parts, DAY_FIRST, false),
            (1..=2, 1..=2, 4) => Self::ordered(parts, DAY_FIRST | MONTH_FIRST, false),
            // `1.2.10` is a version or a section.
            (2, 2, 2) if sign == '.' => Self::ordered(parts, DAY_FIRST | YEAR_FIRST, true),
            (1..=2, 1..=2, 1..=2) if sign != '.' => Self::ordered(parts, ALL, true),
            _ => None,
        }
    }

    /// Three numbers in one of `orders`.
    fn ordered(parts: [u32; 3], orders: Orders, short_year: bool) -> Option<Self> {
        let mut date = Self {
            parts,
            orders,
            certain: false,
            short_year,
            roc: false,
        };
        let mut fitting = 0;
        for order in [YEAR_FIRST, DAY_FIRST, MONTH_FIRST, ROC] {
            if orders & order != 0 && date.day(order).is_some() {
                fitting |= order;
            }
        }
        date.orders = fitting;
        (fitting != 0).then_some(date)
    }

    fn day(&self, order: Orders) -> Option<Day> {
        let [a, b, c] = self.parts;
        if self.certain {
            return Day::new(a, b, c);
        }
        let year = |year| if self.short_year { century(year) } else { year };
        match order {
            YEAR_FIRST => Day::new(year(a), b, c),
            DAY_FIRST => Day::new(year(c), b, a),
            MONTH_FIRST => Day::new(year(c), a, b),
            ROC if (80..=199).contains(&a) => Day::new(a + ROC_BEFORE, b, c),
            _ => None,
        }
    }
}

fn century(year: u32) -> u32 {
    if year <= CENTURY_TURN {
        2000 + year
    } else {
        1900 + year
    }
}

/// A number of one to four digits, and how many they are.
fn number(text: &str) -> Option<(u32, usize)> {
    let is_number = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number {
        return None;
    }
    Some((text.parse().ok()?, text.len()))
}

/// The month of an English name, in full or its first three letters.
fn month(text: &str) -> Option<u32> {
    let name = text.to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| {
        *month == name
            || name.len() == 3 && month.starts_with(&name)
            || name == "sept" && *month == "september"
    })?;
    u32::try_from(at + 1).ok()
}

/// Whether it is a date or a time by itself.
pub fn is_date(text: &str) -> bool {
    Written::read(text).is_some()
}
