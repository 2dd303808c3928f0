//! Dates in Chinese. The text is folded, so one script serves for both.

use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use regex::Captures;

use super::{Calendar, Certainty, Day, Mention, Rule, rule};
use crate::number::small_han;
use crate::text::before;

const NUMERAL: &str = "(?:[一二三四五六七八九十廿卅两]{1,3}|\\d{1,2})";

pub static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let year =
        "(?P<y>今年|去年|前年|明年|本年|(?:民国)? ?\\d{2,4} ?年|[一二三四五六七八九零〇]{4}年)";
    let month =
        format!("(?:(?P<m>{NUMERAL}) ?月份?|(?P<q>上上个?月|上个?月|这个?月|本月|当月|下个?月))");
    let week = "(?P<q>上上个?|上个?|这个?|本|下下个?|下个?)";
    vec![
        rule(
            &format!(r"(?:{year}的?)? ?{month}的? ?(?P<n>{NUMERAL}) ?(?P<s>[日号])"),
            month_day,
        ),
        rule(
            &format!(
                r"(?P<d>(?:{year}的?)? ?(?P<m>{NUMERAL}) ?月 ?(?P<n>[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]))(?P<after>[^百千万十多几点个块元圆月年人位份台张分毛角折成\d一二三四五六七八九两]|$)"
            ),
            month_day_short,
        ),
        rule(
            &format!(r"(?P<d>(?P<n>{NUMERAL}) ?(?P<s>[日号]))(?P<after>.{{0,3}})"),
            day_of_month,
        ),
        rule(
            r"(?P<w>大前[天日]|前[天日晚]|前儿|昨[天日晚夜早儿]|昨|今[天日晚早晨儿]|刚刚|刚才|刚|大后[天日]|后天|明[天日早晚]|琴日|寻日|今朝|今仔日)",
            word,
        ),
        rule(
            &format!(r"{week}(?:周|星期|礼拜)(?P<wd>[一二三四五六日天1-6末])"),
            weekday_of_week,
        ),
        rule(
            r"(?:周|星期|礼拜)(?P<wd>[一二三四五六日天末])(?P<other>[百千万])?",
            weekday,
        ),
        rule(
            r"(?P<n>[一二三四五六七八九十两半几]{1,2}|\d{1,3}) ?(?P<unit>天|日|周|个?星期|个?礼拜|个?月|年)(?:之?前|以前)",
            ago,
        ),
        rule(
            r"(?P<w>前几[天日]|前些[天日]|前阵子|前段时间|最近|上个?(?:周|星期|礼拜)|上个?月|上上个?月|去年|前年|上半年|这几天|近日|早前)",
            roughly,
        ),
        rule(
            &format!(
                r"(?:{year}的?)?(?:{month})?(?P<e>年底|年初|年末|年中|月底|月初|月末|月中|底|初|中旬|上旬|下旬)"
            ),
            edge,
        ),
        rule(
            r"(?P<w>元旦|情人节|劳动节|五一|国庆节?|圣诞节?|平安夜|双十一|双11|双十二|妇女节|儿童节|教师节|跨年)",
            holiday,
        ),
        rule(
            &format!(r"(?:{year}的?)?(?P<d>(?P<m>{NUMERAL}) ?月份?)(?P<after>.{{0,9}})"),
            month_only,
        ),
    ]
});

/// 二零二五年, 2025年, 114年, 去年.
fn year(text: &str, calendar: &Calendar) -> Option<i16> {
    let today = calendar.today.year();
    match text {
        "今年" | "本年" => return Some(today),
        "去年" => return Some(today - 1),
        "前年" => return Some(today - 2),
        "明年" => return Some(today + 1),
        _ => {}
    }
    let digits: String = text
        .chars()
        .filter_map(|letter| match letter {
            '零' | '〇' => Some('0'),
            letter if letter.is_ascii_digit() => Some(letter),
            letter => small_han(&letter.to_string())
                .and_then(|digit| char::from_digit(u32::try_from(digit).ok()?, 10)),
        })
        .collect();
    let number: i16 = digits.parse().ok()?;
    Some(match number {
        1000.. => number,
        _ if text.starts_with("民国") || (100..200).contains(&number) => number + 1911,
        0..=60 => number + 2000,
        _ => number + 1900,
    })
}

fn months(word: &str) -> i32 {
    match word.chars().next() {
        Some('上') if word.starts_with("上上") => -2,
        Some('上') => -1,
        Some('下') => 1,
        _ => 0,
    }
}

fn day_in(captures: &Captures<'_>, calendar: &Calendar, day: i8) -> Option<Day> {
    let said = captures
        .name("y")
        .and_then(|text| year(text.as_str(), calendar));
    if let Some(month) = captures.name("m") {
        let month = i8::try_from(small_han(month.as_str())?).ok()?;
        return match said {
            Some(year) => calendar.day(year, month, day),
            None => calendar.day_of_year(month, day),
        };
    }
    let months = months(captures.name("q")?.as_str());
    match said {
        // 去年本月十日
        Some(year) => calendar.day(year, calendar.month(months)?.month(), day),
        None => calendar.day_of_month_at(months, day),
    }
}

fn month_day(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    let day = i8::try_from(small_han(&captures["n"])?).ok()?;
    day_in(captures, calendar, day)
}

/// 八月十五, with the 日 left out.
fn month_day_short(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    month_day(captures, calendar)
}

/// 三日人工 are three days of work, 18号童鞋 is a size.
fn day_of_month(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    const DAYS_OF: [&str; 10] = [
        "人工", "工资", "工钱", "行程", "游", "券", "票", "套票", "通票", "餐",
    ];
    const SIZES_OF: [&str; 4] = ["鞋", "童鞋", "码", "线"];
    const DAYS_AFTER_ALL: [&str; 3] = ["游泳", "线上", "线下"];
    let after = captures.name("after").map_or("", |after| after.as_str());
    let after = after.strip_prefix('的').unwrap_or(after);
    let is_counted = match &captures["s"] {
        "日" if !captures["n"].contains(|letter: char| letter.is_ascii_digit()) => {
            DAYS_OF.as_slice()
        }
        "号" => SIZES_OF.as_slice(),
        _ => &[],
    };
    let begins = |words: &[&str]| words.iter().any(|word| after.starts_with(word));
    if begins(is_counted) && !begins(&DAYS_AFTER_ALL) {
        return None;
    }
    calendar.day_of_month(i8::try_from(small_han(&captures["n"])?).ok()?)
}

fn word(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    let word = &captures["w"];
    let days = match word.chars().next()? {
        '大' if word.starts_with("大前") => -3,
        '大' => 3,
        '前' => -2,
        '昨' | '琴' | '寻' => -1,
        '后' => 2,
        '明' => 1,
        _ => 0,
    };
    calendar.days(days).map(Day::told)
}

fn weekday_named(letter: &str) -> Option<Weekday> {
    Some(match letter {
        "一" | "1" => Weekday::Monday,
        "二" | "2" => Weekday::Tuesday,
        "三" | "3" => Weekday::Wednesday,
        "四" | "4" => Weekday::Thursday,
        "五" | "5" => Weekday::Friday,
        "六" | "6" | "末" => Weekday::Saturday,
        "日" | "天" => Weekday::Sunday,
        _ => return None,
    })
}

fn weekday_of_week(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    let weeks = match &captures["q"] {
        word if word.starts_with("上上") => -2,
        word if word.starts_with('上') => -1,
        word if word.starts_with("下下") => 2,
        word if word.starts_with('下') => 1,
        _ => 0,
    };
    let date = calendar.weekday_of_week(weeks, weekday_named(&captures["wd"])?)?;
    Some(if &captures["wd"] == "末" {
        weekend(date)
    } else {
        Day::told(date)
    })
}

fn weekend(saturday: Date) -> Day {
    let mut day = Day::vague(saturday);
    day.others.extend(saturday.tomorrow());
    day
}

fn weekday(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    // 老周一千五 is Mr Zhou and a sum.
    if captures.name("other").is_some() {
        return None;
    }
    let day = calendar.weekday(weekday_named(&captures["wd"])?)?;
    match &captures["wd"] {
        "末" => day.date.map(weekend),
        _ => Some(day),
    }
}

fn ago(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    let said = &captures["n"];
    let unit = captures["unit"].trim_start_matches('个');
    if said == "半" {
        return match unit {
            "月" => calendar.days(-15).map(Day::vague),
            "年" => calendar.months(-6).map(Day::vague),
            _ => None,
        };
    }
    let is_rough = said.contains('几');
    let count = if is_rough { 3 } else { small_han(said)? };
    let date = match unit {
        "天" | "日" => calendar.days(-count),
        "周" | "星期" | "礼拜" => calendar.days(-7 * count),
        "月" => calendar.months(-count),
        _ => calendar.years(-count),
    }?;
    Some(if is_rough || unit == "年" {
        Day::vague(date)
    } else {
        Day::told(date)
    })
}

fn roughly(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    let word = &captures["w"];
    let date = if word.ends_with('月') {
        calendar.months(i64::from(months(word)))
    } else if word.starts_with('上') && word != "上半年" {
        calendar.days(-7)
    } else {
        match word {
            "去年" => Date::new(calendar.today.year() - 1, 12, 31).ok(),
            "前年" => Date::new(calendar.today.year() - 2, 12, 31).ok(),
            "上半年" => Date::new(calendar.today.year(), 6, 30).ok(),
            "最近" | "这几天" | "近日" => Some(calendar.today),
            word if word.starts_with("前阵") || word.starts_with("前段") => calendar.days(-14),
            _ => calendar.days(-3),
        }
    };
    date.map(Day::vague)
}

/// 去年年底, 上個月底, 三月初. A bare 底, 初 or 中 belongs to a month that was named.
fn edge(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    let said = captures
        .name("y")
        .and_then(|text| year(text.as_str(), calendar));
    let edge = &captures["e"];
    let has_month = captures.name("m").is_some() || captures.name("q").is_some();
    if edge.starts_with('年') {
        let year = said.unwrap_or(calendar.today.year());
        let (month, day) = match edge {
            "年初" => (1, 1),
            "年中" => (6, 30),
            _ => (12, 31),
        };
        let date = Date::new(year, month, day).ok()?;
        // A bare 年底 that is still ahead was last year's.
        let is_ahead = date > calendar.today && said.is_none();
        let date = if is_ahead {
            Date::new(year - 1, month, day).ok()?
        } else {
            date
        };
        return Some(Day::vague(date));
    }
    if !edge.starts_with('月') && !has_month {
        // 去年底
        let (month, day) = match edge {
            "底" | "末" => (12, 31),
            "初" => (1, 1),
            _ => return None,
        };
        return Date::new(said?, month, day).ok().map(Day::vague);
    }
    let (is_last, number) = match edge.trim_start_matches('月') {
        "底" | "末" => (true, 0),
        "初" => (false, 1),
        "上旬" => (false, 5),
        "下旬" => (false, 25),
        _ => (false, 15),
    };
    if is_last && !has_month {
        let last = calendar.today.last_of_month();
        let date = if last > calendar.today {
            calendar.month(-1)?.last_of_month()
        } else {
            last
        };
        return Some(Day::vague(date));
    }
    let first = match has_month {
        true => day_in(captures, calendar, 1)?.date?,
        false => calendar.today.first_of_month(),
    };
    let date = match is_last {
        true => first.last_of_month(),
        false => Date::new(first.year(), first.month(), number).ok()?,
    };
    Some(Day::vague(date))
}

fn holiday(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    let (month, day) = match &captures["w"] {
        "元旦" => (1, 1),
        "情人节" => (2, 14),
        "妇女节" => (3, 8),
        "劳动节" | "五一" => (5, 1),
        "儿童节" => (6, 1),
        "教师节" => (9, 10),
        "双十一" | "双11" => (11, 11),
        "双十二" => (12, 12),
        "平安夜" => (12, 24),
        "跨年" => (12, 31),
        word if word.starts_with("国庆") => (10, 1),
        _ => (12, 25),
    };
    calendar.day_of_year(month, day).map(|day| match day.date {
        Some(date) => Day::vague(date),
        None => day,
    })
}

/// A month by itself is what a bill is for (三月房租), or about when something was.
fn month_only(captures: &Captures<'_>, calendar: &Calendar) -> Option<Day> {
    let month = i8::try_from(small_han(&captures["m"])?).ok()?;
    if !(1..=12).contains(&month) {
        return None;
    }
    let mut day = Day::vague(calendar.end_of_month(month)?);
    if let Some(year) = captures
        .name("y")
        .and_then(|text| year(text.as_str(), calendar))
    {
        day = Day::vague(Date::new(year, month, 1).ok()?.last_of_month());
    }
    let after = &captures["after"];
    let is_bill = [
        "费", "租", "薪", "工资", "账", "款", "电", "水", "税", "保", "月票", "奖金",
    ]
    .iter()
    .any(|word| after.contains(word));
    if is_bill || month == calendar.today.month() {
        day.certainty = Certainty::Period;
    }
    Some(day)
}

/// Mends what only the surroundings show: 8月1日或2日 is twice in August; 3号线, 305号房 and
/// 一周三次 are no dates.
pub fn complete(text: &str, found: &mut Vec<Mention>, calendar: &Calendar) {
    found.retain(|mention| !is_other(text, mention));
    for at in 1..found.len() {
        let between = &text[found[at - 1].span.end..found[at].span.start];
        let is_joined = between.len() <= 8
            && [
                "或", "和", "、", "到", "至", "-", "还是", "跟", "及", "或是", "或者",
            ]
            .contains(&between.trim());
        let is_bare = !text[found[at].span.clone()].contains('月')
            && text[found[at].span.clone()].ends_with(['日', '号']);
        let (Some(before), Some(day)) = (found[at - 1].day.date, found[at].day.date) else {
            continue;
        };
        if is_joined
            && is_bare
            && let Some(same) = calendar.day(before.year(), before.month(), day.day())
        {
            found[at].day = same;
        }
    }
}

fn is_other(text: &str, mention: &Mention) -> bool {
    let said = &text[mention.span.clone()];
    let next = &text[mention.span.end..];
    let begins = |words: &[&str]| words.iter().any(|word| next.starts_with(word));
    let is_bare_day = !said.contains('月') && said.ends_with(['日', '号']);
    if is_bare_day
        && begins(&[
            "线", "楼", "店", "房", "门", "桌", "出口", "机", "台", "院", "车厢", "本", "游", "元",
            "餐", "码", "间", "柜", "厅", "球", "仓",
        ])
    {
        return true;
    }
    let is_bare_weekday = said.starts_with(['周', '星', '礼']);
    if is_bare_weekday {
        let head = before(text, mention.span.start);
        return begins(&["次", "回"])
            || head.is_some_and(|letter| "每一两三四五六七八九十逢0123456789".contains(letter));
    }
    // 四块五一斤 is a price for a pound and no first of May.
    if matches!(said, "五一" | "六一")
        && before(text, mention.span.start).is_some_and(|letter| "块元毛角".contains(letter))
    {
        return true;
    }
    // 刚 and 昨 by themselves are dates only where they stand for the longer word.
    said == "刚" && !begins(&["买", "付", "花", "吃", "缴", "交", "刷", "去", "收", "领"])
}
