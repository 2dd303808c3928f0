//! Dates: what a text that is one looks like, and the functions of dates in words.

use sqlparser::ast::{
    BinaryOperator, DateTimeField, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments,
    Value,
};

use super::language::Phrase;
use super::{Dialect, Teller, Words};

/// SQLite's clock shows the time of Greenwich, a server's that of the server.
const TODAY: Phrase = ["today (UTC)", "今天（UTC）", "今天（UTC）"];
const NOW: Phrase = ["now (UTC)", "現在（UTC）", "现在（UTC）"];
const TODAY_THERE: Phrase = [
    "today (by the server’s clock)",
    "今天（以伺服器時間為準）",
    "今天（以服务器时间为准）",
];
const NOW_THERE: Phrase = [
    "now (by the server’s clock)",
    "現在（以伺服器時間為準）",
    "现在（以服务器时间为准）",
];

/// Whether a text is a date as ISO 8601 writes it, from `2024-01` on, perhaps with a time behind it.
pub(crate) fn is_iso(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |from: usize, to: usize| {
        bytes
            .get(from..to)
            .is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    let is_month = digits(0, 4) && bytes.get(4) == Some(&b'-') && digits(5, 7);
    let is_day = is_month && bytes.get(7) == Some(&b'-') && digits(8, 10);
    match bytes.len() {
        7 => is_month,
        10 => is_day,
        11.. => is_day && matches!(bytes[10], b' ' | b'T') && digits(11, 13),
        _ => false,
    }
}

/// Arguments of a function, where they are plain expressions.
pub(crate) fn arguments(function: &Function) -> Option<Vec<&Expr>> {
    let FunctionArguments::List(list) = &function.args else {
        return matches!(function.args, FunctionArguments::None).then(Vec::new);
    };
    if list.duplicate_treatment.is_some() || !list.clauses.is_empty() {
        return None;
    }
    let plain = |argument| match argument {
        &FunctionArg::Unnamed(FunctionArgExpr::Expr(ref expression)) => Some(expression),
        _ => None,
    };
    list.args.iter().map(plain).collect()
}

/// The text of a literal.
pub(crate) fn text(expression: &Expr) -> Option<&str> {
    match expression {
        Expr::Value(value) => match &value.value {
            Value::SingleQuotedString(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

impl Teller<'_> {
    pub(super) fn today(&self) -> Phrase {
        match self.dialect {
            Dialect::Sqlite => TODAY,
            Dialect::Postgres | Dialect::MySql => TODAY_THERE,
        }
    }

    pub(super) fn now(&self) -> Phrase {
        match self.dialect {
            Dialect::Sqlite => NOW,
            Dialect::Postgres | Dialect::MySql => NOW_THERE,
        }
    }

    /// Functions that only servers have: `date_trunc`, `to_char`, `date_format`.
    fn server_function(&mut self, name: &str, arguments: &[&Expr]) -> Option<Words> {
        let (unit, moment, table) = match (self.dialect, name, arguments) {
            (Dialect::Postgres, "date_trunc" | "date_part", [unit, moment]) => {
                (text(unit)?, *moment, UNITS)
            }
            (Dialect::Postgres, "to_char", [moment, format]) => (text(format)?, *moment, TO_CHAR),
            (Dialect::MySql, "date_format", [moment, format]) => {
                return strftime(&text(format)?.replace("%i", "%M"))
                    .map(|phrase| self.of(phrase, moment));
            }
            _ => return None,
        };
        let known = table
            .iter()
            .find(|(known, _)| unit.eq_ignore_ascii_case(known));
        let (_, format) = known?;
        // A truncated date is still a date: the year and month of it, not the month alone.
        let format = match (name, *format) {
            ("date_trunc", "%m") => "%Y-%m",
            ("date_trunc", "%d") => "%Y-%m-%d",
            (_, format) => format,
        };
        Some(self.of(strftime(format)?, moment))
    }

    /// A function of dates; nothing when it is none, or one without words.
    pub(super) fn date_function(&mut self, name: &str, arguments: &[&Expr]) -> Option<Words> {
        match (name, arguments) {
            ("strftime", [format, moment, changes @ ..]) => {
                let moment = self.moment(moment, changes, false)?;
                Some(self.part_of_date(strftime(text(format)?)?, &moment))
            }
            ("date", []) => Some(Words::atom(self.language.pick(self.today()))),
            ("date", [moment, changes @ ..]) => {
                let is_now = is_now(moment);
                let moment = self.moment(moment, changes, true)?;
                match is_now {
                    true => Some(moment),
                    false => Some(
                        self.part_of_date(["the date of {0}", "{0} 的日期", "{0} 的日期"], &moment),
                    ),
                }
            }
            ("datetime", []) | ("now", []) => Some(Words::atom(self.language.pick(self.now()))),
            ("datetime", [moment, changes @ ..]) => self.moment(moment, changes, false),
            ("curdate" | "current_date", []) => Some(Words::atom(self.language.pick(self.today()))),
            ("current_timestamp", []) => Some(Words::atom(self.language.pick(self.now()))),
            ("year" | "month" | "day", [moment]) => {
                let moment = self.moment(moment, &[], false)?;
                let format = match name {
                    "year" => "%Y",
                    "month" => "%m",
                    _ => "%d",
                };
                Some(self.part_of_date(strftime(format)?, &moment))
            }
            _ => self.server_function(name, arguments),
        }
    }

    fn part_of_date(&self, phrase: Phrase, moment: &Words) -> Words {
        let moment = self.held(moment.clone());
        Words::phrase(self.say(phrase, &[&moment]))
    }

    /// A point in time with what is added to it.
    fn moment(&mut self, moment: &Expr, changes: &[&Expr], is_day: bool) -> Option<Words> {
        let changes: Vec<&str> = changes
            .iter()
            .map(|change| text(change))
            .collect::<Option<_>>()?;
        let mut words = match is_now(moment) {
            true => {
                let is_local = changes.contains(&"localtime");
                Words::atom(self.language.pick(match (is_day, is_local) {
                    (true, false) => self.today(),
                    (true, true) => ["today", "今天", "今天"],
                    (false, false) => self.now(),
                    (false, true) => ["now", "現在", "现在"],
                }))
            }
            // A number would be a day of the Julian calendar.
            false => self.value(moment),
        };
        for change in changes {
            if change == "localtime" && is_now(moment) {
                continue;
            }
            words = self.changed(&words, change)?;
        }
        Some(words)
    }

    fn changed(&self, moment: &Words, change: &str) -> Option<Words> {
        let held = self.tight(moment.clone());
        let phrase = match change {
            "start of month" => [
                "the first day of the month of {0}",
                "{0} 當月的第一天",
                "{0} 当月的第一天",
            ],
            "start of year" => [
                "the first day of the year of {0}",
                "{0} 當年的第一天",
                "{0} 当年的第一天",
            ],
            "start of day" => [
                "the start of the day of {0}",
                "{0} 當天零時",
                "{0} 当天零时",
            ],
            _ => return self.moved(&held, change),
        };
        Some(Words::phrase(self.say(phrase, &[&held])))
    }

    /// `+1 month`, `-7 days`.
    fn moved(&self, moment: &str, change: &str) -> Option<Words> {
        let (number, unit) = change.split_once(' ')?;
        let count: i32 = number.parse().ok()?;
        let unit: Phrase = match (unit.trim_end_matches('s'), count.abs()) {
            ("day", 1) => ["day", "天", "天"],
            ("day", _) => ["days", "天", "天"],
            ("month", 1) => ["month", "個月", "个月"],
            ("month", _) => ["months", "個月", "个月"],
            ("year", 1) => ["year", "年", "年"],
            ("year", _) => ["years", "年", "年"],
            ("hour", 1) => ["hour", "小時", "小时"],
            ("hour", _) => ["hours", "小時", "小时"],
            ("minute", 1) => ["minute", "分鐘", "分钟"],
            ("minute", _) => ["minutes", "分鐘", "分钟"],
            _ => return None,
        };
        let phrase = match count < 0 {
            true => ["{1} {2} before {0}", "{0} 的 {1} {2}前", "{0} 的 {1} {2}前"],
            false => ["{1} {2} after {0}", "{0} 的 {1} {2}後", "{0} 的 {1} {2}后"],
        };
        let words = [moment, &count.abs().to_string(), self.language.pick(unit)];
        Some(Words::phrase(self.say(phrase, &words)))
    }

    /// `julianday(a) - julianday(b)`.
    pub(super) fn days_between(
        &mut self,
        left: &Expr,
        op: &BinaryOperator,
        right: &Expr,
    ) -> Option<Words> {
        if *op != BinaryOperator::Minus {
            return None;
        }
        let (late, early) = (julian(left)?, julian(right)?);
        let late = self.moment(late, &[], false)?;
        let early = self.moment(early, &[], false)?;
        let (late, early) = (self.held(late), self.held(early));
        Some(Words::phrase(self.say(
            [
                "the days from {1} to {0}",
                "從 {1} 到 {0} 的天數",
                "从 {1} 到 {0} 的天数",
            ],
            &[&late, &early],
        )))
    }

    pub(super) fn extract(&mut self, whole: &Expr, field: &DateTimeField, moment: &Expr) -> Words {
        let format = match field {
            DateTimeField::Year => "%Y",
            DateTimeField::Month => "%m",
            DateTimeField::Day => "%d",
            DateTimeField::Hour => "%H",
            _ => return self.raw(whole),
        };
        match strftime(format) {
            Some(phrase) => self.of(phrase, moment),
            None => self.raw(whole),
        }
    }
}

fn is_now(expression: &Expr) -> bool {
    text(expression).is_some_and(|text| text.eq_ignore_ascii_case("now"))
}

fn julian(expression: &Expr) -> Option<&Expr> {
    let Expr::Function(function) = expression else {
        return None;
    };
    let is_julian = function.name.to_string().eq_ignore_ascii_case("julianday");
    match arguments(function)?.as_slice() {
        [moment] if is_julian => Some(moment),
        _ => None,
    }
}

/// What PostgreSQL calls parts of a date, and strftime's letters for them.
const UNITS: &[(&str, &str)] = &[
    ("year", "%Y"),
    ("month", "%m"),
    ("day", "%d"),
    ("hour", "%H"),
];

/// The same as formats.
const TO_CHAR: &[(&str, &str)] = &[
    ("YYYY", "%Y"),
    ("MM", "%m"),
    ("DD", "%d"),
    ("YYYY-MM", "%Y-%m"),
    ("MM-DD", "%m-%d"),
    ("YYYY-MM-DD", "%Y-%m-%d"),
    ("HH24", "%H"),
    ("HH24:MI", "%H:%M"),
];

/// What a format of strftime takes of a date.
fn strftime(format: &str) -> Option<Phrase> {
    Some(match format {
        "%Y" => ["the year of {0}", "{0} 的年份", "{0} 的年份"],
        "%m" => ["the month of {0}", "{0} 的月份", "{0} 的月份"],
        "%d" => [
            "the day of the month of {0}",
            "{0} 的日（幾號）",
            "{0} 的日（几号）",
        ],
        "%Y-%m" => ["the year and month of {0}", "{0} 的年月", "{0} 的年月"],
        "%m-%d" => ["the month and day of {0}", "{0} 的月日", "{0} 的月日"],
        "%Y-%m-%d" => ["the date of {0}", "{0} 的日期", "{0} 的日期"],
        "%H" => ["the hour of {0}", "{0} 的時（0–23）", "{0} 的小时（0–23）"],
        "%H:%M" => ["the time of {0}", "{0} 的時間", "{0} 的时间"],
        "%w" => [
            "the weekday of {0} (0 is Sunday)",
            "{0} 的星期（0 為星期日）",
            "{0} 的星期（0 为星期日）",
        ],
        "%j" => [
            "the day of the year of {0}",
            "{0} 是當年第幾天",
            "{0} 是当年第几天",
        ],
        "%W" => [
            "the week of the year of {0}",
            "{0} 是當年第幾週",
            "{0} 是当年第几周",
        ],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_told_from_other_texts() {
        for text in [
            "2024-01",
            "2024-01-31",
            "2024-01-31 10:00:00",
            "2024-01-31T10:00",
        ] {
            assert!(is_iso(text), "{text}");
        }
        for text in [
            "",
            "2024",
            "2024-1-3",
            "20240131",
            "2024-01-31x",
            "abcd-ef",
            "2024-013",
            "中文中文中文",
        ] {
            assert!(!is_iso(text), "{text}");
        }
    }
}
