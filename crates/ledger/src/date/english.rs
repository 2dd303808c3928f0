//! Dates in English words.

use std::sync::LazyLock;

use jiff::Span;
use jiff::civil::{Date, Weekday};
use regex::Captures;

use super::{Calendar, Certainty, Day, Rule, rule};
use crate::number::small_english;

const MONTH: &str = "(?P<mon>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
const WEEKDAY: &str = "(?P<wd>mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)";
const FULL_WEEKDAY: &str = "(?P<wd>monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thu(?:rs?)?|fri)";
const ORDINAL: &str = "(?:\\d{1,2}(?: ?st| ?nd| ?rd| ?th)|(?:twenty|thirty)[ -](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|twentieth|thirtieth|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth)";
const COUNT: &str = "(?P<n>\\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|a couple of|a couple|couple|a few|few|several)";

pub static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let any_day = format!(
        "(?:{ORDINAL}|twenty[ -](?:one|two|three|four|five|six|seven|eight|nine)|\\d{{1,2}})"
    );
    let year = "(?:,? ?(?:of )?(?P<y>(?:19|20)\\d{2}|'\\d{2}))";
    let named = "(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\\.?,? )?";
    vec![
        rule(
            r"(?P<w>today|tonight|this (?:morning|afternoon|evening|lunchtime|noon)|just now|yesterday|last (?:nights?|nite)|day before yesterday|tomorrow|tmrw|day after (?:tomorrow|tmrw)|(?:the )?(?:last|past|previous) day|(?:the )?next day)",
            word,
        ),
        rule(
            r"(?:the )(?P<w>day before yesterday|day after tomorrow)",
            word,
        ),
        rule(
            &format!(r"{named}{MONTH}\.?[ /-]?(?:the )?(?P<day>{any_day}){year}"),
            month_day,
        ),
        rule(
            &format!(r"{named}{MONTH}\.?[ /-]?(?:the )?(?P<day>{any_day})"),
            month_day,
        ),
        rule(
            &format!(r"{named}(?:the )?(?P<day>{any_day})\.?[ -]?(?:of )?{MONTH}\b\.?{year}"),
            month_day,
        ),
        rule(
            &format!(r"{named}(?:the )?(?P<day>{any_day})\.?[ -]?(?:of )?{MONTH}\b\.?"),
            month_day,
        ),
        rule(
            &format!(r"(?P<y>\d{{4}})[-/ ]{MONTH}[-/ ](?P<day>\d{{1,2}})"),
            month_day,
        ),
        rule(
            &format!(r"(?P<q>last|this|next|previous|past|prior)(?: week)?(?: on)? {WEEKDAY}\b"),
            weekday_of_week,
        ),
        rule(
            &format!(
                r"(?:on )?{WEEKDAY}(?: of)? (?:the )?(?P<q>last|this|next|previous|past) week\b"
            ),
            weekday_of_week,
        ),
        rule(
            &format!(
                r"(?:on |last |every |black |cyber |giving |easter |good |shrove )?\b{FULL_WEEKDAY}\b\.?"
            ),
            weekday,
        ),
        rule(r"\bon (?P<wd>sat|sun)\b\.?", weekday),
        rule(
            &format!(r"{FULL_WEEKDAY},? the (?P<day>{any_day})\b"),
            day_of_month,
        ),
        rule(
            r"\b(?:on|since|by|dated) (?P<d>(?:the )?(?P<day>\d{1,2}(?:st|nd|rd|th)))\b(?P<other> (?:street|st|avenue|ave|road|floor|birthday|anniversary|grade|edition|place|hole|attempt))?",
            day_of_month,
        ),
        rule(
            &format!(
                r"\b(?:on|since|by|for) (?P<d>the (?P<day>{ORDINAL}))(?:[,.;:!)]|$| (?:i|we|he|she|they|my|our|the|and|paid|bought|got|for)\b)"
            ),
            day_of_month,
        ),
        rule(
            r"(?P<d>the (?P<day>\d{1,2}(?:st|nd|rd|th)))\b(?:[,.;:!)]|$| (?:and|for|at|by|in|with|via|to|i|we|from|paid|of (?:this|the) month))",
            day_of_month,
        ),
        rule(
            r"\b(?:on|for) (?P<d>the (?P<day>\d{1,2}|twenty[ -](?:one|two|three|four|five|six|seven|eight|nine)|thirty))(?:[,.;:! ]*$|[,;:.!] )",
            day_of_month,
        ),
        rule(r"\bon (?P<d>(?P<day>\d{1,2}))$", day_of_month),
        rule(
            &format!(
                r"(?:the )?(?P<day>{ORDINAL}) (?:of |in )?(?P<q>this|last|next|previous) month\b"
            ),
            day_of_month,
        ),
        rule(
            &format!(r"(?P<q>this|last|next|previous) month(?:,)? on the (?P<day>{ORDINAL})"),
            day_of_month,
        ),
        rule(
            &format!(
                r"(?:the )?(?P<nth>first|second|third|fourth|last) {FULL_WEEKDAY} (?:of|in) (?:(?P<q>this|last|next|previous) month|{MONTH})\b"
            ),
            nth_weekday,
        ),
        rule(
            &format!(
                r"{COUNT} (?P<unit>(?:business |working |week)?days?|weeks?|fortnights?|months?|years?|weekends?) (?P<dir>ago|back|earlier|before|from now|from today|later|hence)\b"
            ),
            ago,
        ),
        rule(
            r"(?P<y>(?:\d{1,2}|an?) years?,? (?:and )?)?(?P<m>(?:\d{1,2}|an?) months?,? (?:and )?)(?P<dd>(?:\d{1,3}|a) days?) ago",
            long_ago,
        ),
        rule(&format!(r"{COUNT} days before yesterday"), before_yesterday),
        rule(
            r"(?P<q>last|past|previous) (?P<unit>week(?:end)?|month|year|quarter)(?:'s)?\b",
            last_period,
        ),
        rule(
            r"(?:the )?(?P<p>end|beginning|start|middle) of (?:the )?(?:(?P<q>last|this|previous) )?(?P<unit>month|year)\b",
            edge,
        ),
        rule(
            &format!(
                r"(?P<p>end of|beginning of|start of|middle of|early|mid|late|mid-)[ -]?{MONTH}\b"
            ),
            edge_of_month,
        ),
        rule(
            &format!(r"\bin (?P<d>{MONTH}\b(?:,? (?P<y>\d{{4}}))?)"),
            in_month,
        ),
        rule(
            r"\b(?P<w>christmas day|(?:on )?christmas eve|xmas eve|xmas day|on christmas|on xmas|nye|boxing day|new year's day|new year's eve|valentine's day|halloween)\b",
            holiday,
        ),
        rule(
            r"\b(?:earlier|the other|recently) (?P<w>this week|day)\b",
            recently,
        ),
    ]
});

fn month_number(name: &str) -> Option<i8> {
    const NAMES: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let at = NAMES.iter().position(|short| name.starts_with(short))?;
    i8::try_from(at + 1).ok()
}

fn weekday_named(name: &str) -> Option<Weekday> {
    Some(match name.get(..2)? {
        "mo" => Weekday::Monday,
        "tu" => Weekday::Tuesday,
        "we" => Weekday::Wednesday,
        "th" => Weekday::Thursday,
        "fr" => Weekday::Friday,
        "sa" => Weekday::Saturday,
        "su" => Weekday::Sunday,
        _ => return None,
    })
}

/// `15th`, `twenty-first`, `first`, `15`.
fn day_number(text: &str) -> Option<i8> {
    const ORDINALS: [(&str, i8); 12] = [
        ("first", 1),
        ("second", 2),
        ("third", 3),
        ("fourth", 4),
        ("fifth", 5),
        ("sixth", 6),
        ("seventh", 7),
        ("eighth", 8),
        ("ninth", 9),
        ("tenth", 10),
        ("eleventh", 11),
        ("twelfth", 12),
    ];
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    if !digits.is_empty() {
        return digits.parse().ok();
    }
    if let Some(day) = small_english(text) {
        return i8::try_from(day).ok();
    }
    let (tens, word) = match text.split_once([' ', '-']) {
        Some(("twenty", word)) => (20, word),
        Some(("thirty", word)) => (30, word),
        _ => (0, text),
    };
    if let Some((_, day)) = ORDINALS.iter().find(|(name, _)| *name == word) {
        return Some(tens + day);
    }
    match word {
        "twentieth" => Some(20),
        "thirtieth" => Some(30),
        word => i8::try_from(small_english(word.strip_suffix("th")?)?).ok(),
    }
}

fn count(text: &str) -> Option<i64> {
    match text {
        "a couple of" | "a couple" | "couple" => Some(2),
        "a few" | "few" | "several" => Some(3),
        text => small_english(text),
    }
}

fn is_rough(text: &str) -> bool {
    text.contains("few") || text == "several" || text.contains("couple")
}

fn week(captures: &Captures<'_>) -> Option<i64> {
    captures.name("q").map(|word| match word.as_str() {
        "next" => 1,
        "this" => 0,
        _ => -1,
    })
}

fn word(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    let word = &captures["w"];
    let days = if word.starts_with("day before") {
        -2
    } else if word.starts_with("day after") {
        2
    } else if word == "yesterday"
        || matches!(word, "last night" | "last nights" | "last nite")
        || word.ends_with("last day")
        || word.ends_with("past day")
        || word.ends_with("previous day")
    {
        -1
    } else if word.starts_with("tomorrow") || word == "tmrw" || word.ends_with("next day") {
        1
    } else {
        0
    };
    calendar.days(days).map(Day::told)
}

fn month_day(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    let month = month_number(&captures["mon"])?;
    let day = day_number(&captures["day"])?;
    match captures.name("y").map(|year| year.as_str()) {
        None => calendar.day_of_year(month, day),
        Some(year) => {
            let year: i16 = match year.strip_prefix('\'') {
                Some(short) => short.parse::<i16>().ok()? + 2000,
                None => year.parse().ok()?,
            };
            // "March 5, 2050 for rent" names a sum, not a year to come.
            let is_year = year <= calendar.today.year() + 2;
            is_year.then(|| calendar.day(year, month, day))?
        }
    }
}

fn weekday(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    // "the Black Friday promo" is a season of sales, whose name is no day of this week.
    const NAMED: [&str; 7] = [
        "every ", "black ", "cyber ", "giving ", "easter ", "good ", "shrove ",
    ];
    if NAMED.iter().any(|name| captures[0].starts_with(name)) {
        return None;
    }
    calendar.weekday(weekday_named(&captures["wd"])?)
}

/// "last Friday" is the Friday of last week; where that is not the latest one, it may be meant as well.
fn weekday_of_week(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    let weekday = weekday_named(&captures["wd"])?;
    let weeks = week(captures)?;
    let date = calendar.weekday_of_week(weeks, weekday)?;
    let says_week = captures[0].contains("week");
    let latest = calendar.days(-1).and_then(|yesterday| {
        let seen = Calendar {
            today: yesterday,
            ..*calendar
        };
        seen.weekday(weekday)?.date
    });
    match weeks {
        -1 if !says_week => Some(Day::told(date).or(latest)),
        0 if date > calendar.today => Some(Day::told(date).or(latest)),
        _ => Some(Day::told(date)),
    }
}

fn day_of_month(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    // "on 5th street" is a place.
    if captures.name("other").is_some() {
        return None;
    }
    let day = day_number(&captures["day"])?;
    match week(captures) {
        Some(months) => calendar.day_of_month_at(i32::try_from(months).ok()?, day),
        None => calendar.day_of_month(day),
    }
}

fn nth_weekday(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    let weekday = weekday_named(&captures["wd"])?;
    let nth = match &captures["nth"] {
        "last" => -1,
        word => day_number(word)?,
    };
    let in_month = |first: Date| first.nth_weekday_of_month(nth, weekday).ok();
    let date = match (week(captures), captures.name("mon")) {
        (Some(months), _) => in_month(calendar.month(i32::try_from(months).ok()?)?)?,
        (None, Some(month)) => {
            let month = month_number(month.as_str())?;
            let year = calendar.today.year();
            let of_year = |year| Date::new(year, month, 1).ok().and_then(in_month);
            of_year(year)
                .filter(|date| *date <= calendar.today)
                .or_else(|| of_year(year - 1))?
        }
        _ => return None,
    };
    Some(Day::told(date))
}

fn ago(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    let said = &captures["n"];
    let direction = match &captures["dir"] {
        "ago" | "back" | "earlier" | "before" => -1,
        _ => 1,
    };
    let count = count(said)? * direction;
    let unit = &captures["unit"];
    let date = if unit.starts_with("business")
        || unit.starts_with("working")
        || unit.starts_with("weekday")
    {
        calendar.working_days_ago(-count)
    } else if unit.starts_with("day") {
        calendar.days(count)
    } else if unit.starts_with("weekend") {
        calendar.weekday_of_week(count, Weekday::Saturday)
    } else if unit.starts_with("week") {
        calendar.days(count * 7)
    } else if unit.starts_with("fortnight") {
        calendar.days(count * 14)
    } else if unit.starts_with("month") {
        calendar.months(count)
    } else {
        calendar.years(count)
    }?;
    let is_vague = is_rough(said) || unit.starts_with("weekend") || unit.starts_with("year");
    Some(if is_vague {
        Day::vague(date)
    } else {
        Day::told(date)
    })
}

fn long_ago(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    let part = |name: &str| -> i64 {
        captures
            .name(name)
            .and_then(|part| small_english(part.as_str().split(' ').next()?))
            .unwrap_or(0)
    };
    let span = Span::new()
        .try_years(part("y"))
        .and_then(|span| span.try_months(part("m")))
        .and_then(|span| span.try_days(part("dd")))
        .ok()?;
    calendar.today.checked_sub(span).ok().map(Day::told)
}

fn before_yesterday(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    calendar.days(-1 - count(&captures["n"])?).map(Day::told)
}

fn last_period(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    let date = match &captures["unit"] {
        "week" => calendar.days(-7)?,
        "weekend" => calendar.weekday_of_week(-1, Weekday::Saturday)?,
        "month" => calendar.months(-1)?,
        "quarter" => calendar.months(-3)?,
        _ => Date::new(calendar.today.year() - 1, 12, 31).ok()?,
    };
    let mut day = Day::vague(date);
    if &captures["unit"] == "weekend" {
        day.others.extend(date.tomorrow());
    }
    Some(day)
}

fn edge(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    let is_last = captures
        .name("q")
        .is_some_and(|word| word.as_str() != "this");
    let first = match &captures["unit"] {
        "month" => calendar.month(if is_last { -1 } else { 0 })?,
        _ => Date::new(calendar.today.year() - i16::from(is_last), 1, 1).ok()?,
    };
    let last = match &captures["unit"] {
        "month" => first.last_of_month(),
        _ => first.last_of_year(),
    };
    let date = match &captures["p"] {
        "end" => last,
        "middle" => Date::new(first.year(), first.month(), 15).ok()?,
        _ => first,
    };
    Some(Day::vague(date))
}

fn edge_of_month(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    let month = month_number(&captures["mon"])?;
    let last = calendar.end_of_month(month)?;
    let day = match captures["p"].chars().next()? {
        'e' if captures["p"].starts_with("end") => return Some(Day::vague(last)),
        'e' | 'b' | 's' => 1,
        'l' => 25,
        _ => 15,
    };
    let date = Date::new(last.year(), last.month(), day).ok()?;
    Some(Day::vague(date.min(calendar.today)))
}

fn in_month(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    let month = month_number(&captures["mon"])?;
    let date = match captures.name("y") {
        Some(year) => Date::new(year.as_str().parse().ok()?, month, 1)
            .ok()?
            .last_of_month(),
        None => calendar.end_of_month(month)?,
    };
    Some(Day::vague(date.min(calendar.today)))
}

fn holiday(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    let (month, day) = match &captures["w"] {
        "christmas eve" | "on christmas eve" | "xmas eve" => (12, 24),
        "boxing day" => (12, 26),
        "new year's day" => (1, 1),
        "new year's eve" | "nye" => (12, 31),
        "valentine's day" => (2, 14),
        "halloween" => (10, 31),
        _ => (12, 25),
    };
    calendar.day_of_year(month, day)
}

fn recently(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    let days = if &captures["w"] == "day" { -3 } else { -1 };
    let mut day = Day::vague(calendar.days(days)?);
    day.certainty = Certainty::Vague;
    Some(day)
}
