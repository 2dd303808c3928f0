//! When a place is open, as a brief says it: days with hours, and the days on which it is closed.

use std::sync::LazyLock;

use regex::Regex;

/// Most lines of hours.
const MOST: usize = 7;

static OPEN: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let day = r"(?:Mon(?:day)?s?|Tue(?:s|sday)?s?|Wed(?:nesday)?s?|Thu(?:r|rs|rsday)?s?|Fri(?:day)?s?|Sat(?:urday)?s?|Sun(?:day)?s?|[Ww]eekdays?|[Ww]eekends?|[Ee]very ?day|[Dd]aily|[Bb]ank holidays|[Hh]olidays)";
    let time = r"\d{1,2}(?:[:.]\d{2})? ?(?:[ap]\.?m\b\.?)?";
    let span = format!(r"{time}\s?(?:-|–|—|to|until|till|~)\s?{time}");
    let tag = r"(?:週|周|星期|禮拜|礼拜)[一二三四五六日天](?:[一二三四五六日天])?";
    let tags = format!(
        r"(?:{tag}(?:\s?(?:至|到|-|–|~|～|、|和|及|與|与)\s?(?:{tag}|[一二三四五六日天]))*|每天|每日|平日|假日|週末|周末|工作日|全年無休|全年无休|例假日|國定假日)"
    );
    let zeit = r"(?:早上|上午|中午|下午|晚上|傍晚|清晨|凌晨)?\s?\d{1,2}(?:[:：]\d{2}|\s?[點点時时](?:半|\d{1,2}分)?)?";
    let weile = format!(r"{zeit}\s?(?:-|–|—|~|～|至|到)\s?{zeit}");
    [
        format!(r"(?:\b)({day}(?:\s?(?:-|–|to|through|and|&|,)\s?(?:and )?{day})*)(?:[:,]| from| at| are| is| open)*\s*({span}(?:\s?(?:and|&|,)\s?{span})?)"),
        format!(r"({tags})(?:營業|营业|看診|看诊|開放|开放|的|是|為|为|[:：，,\s])*({weile}(?:\s?(?:、|和|及|與|，|,)\s?{weile})?)"),
    ]
    .iter()
    .map(|pattern| Regex::new(pattern).expect("a test compiles every pattern"))
    .collect()
});

static CLOSED: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"(?i)\b(closed)(?: on)? ((?:mon|tues|wednes|thurs|fri|satur|sun)days?(?:\s?(?:-|–|to|and|&|,)\s?(?:mon|tues|wednes|thurs|fri|satur|sun)days?)*)",
        r"(?i)\b((?:mon|tues|wednes|thurs|fri|satur|sun)days?(?:\s?(?:and|&|,)\s?(?:mon|tues|wednes|thurs|fri|satur|sun)days?)*):? (?:is |are |we are )?(closed)\b",
        r"((?:每)?(?:週|周|星期|禮拜|礼拜)[一二三四五六日天](?:\s?(?:、|和|及|至|到)\s?(?:(?:週|周|星期|禮拜|礼拜)?[一二三四五六日天]))*)\s?(公休|休息|休館|休馆|休診|休诊|店休|不營業|不营业)",
    ]
    .iter()
    .map(|pattern| Regex::new(pattern).expect("a test compiles every pattern"))
    .collect()
});

/// Days and hours, in the order of the brief, the closed days last.
#[must_use]
pub fn find(text: &str) -> Vec<(String, String)> {
    let mut lines: Vec<(usize, String, String)> = Vec::new();
    for pattern in OPEN.iter() {
        for found in pattern.captures_iter(text) {
            if let (Some(days), Some(hours)) = (found.get(1), found.get(2)) {
                let hours = hours.as_str().trim().trim_end_matches(['.', ',']);
                // "Monday 5 to 6" of something else is no opening hour without a sign of time.
                let is_time = hours.contains([':', '：', '點', '点', '時', '时', '.'])
                    || hours.to_lowercase().contains('m')
                    || hours.chars().any(|letter| letter == '-' || letter == '–');
                if is_time {
                    lines.push((
                        days.start(),
                        days.as_str().trim().to_owned(),
                        hours.to_owned(),
                    ));
                }
            }
        }
    }
    lines.sort_by_key(|(place, ..)| *place);
    let mut hours: Vec<(String, String)> = lines
        .into_iter()
        .map(|(_, days, hours)| (days, hours))
        .collect();
    for pattern in CLOSED.iter() {
        for found in pattern.captures_iter(text) {
            if let (Some(one), Some(two)) = (found.get(1), found.get(2)) {
                let is_english = one.as_str().eq_ignore_ascii_case("closed");
                let (days, word) = if is_english { (two, one) } else { (one, two) };
                let word = capitalised(word.as_str());
                hours.push((capitalised(days.as_str().trim()), word));
            }
        }
    }
    hours.dedup();
    hours.truncate(MOST);
    hours
}

pub(crate) fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_found() {
        let check = |text: &str, expected: &[(&str, &str)]| {
            let found = find(text);
            let found: Vec<_> = found
                .iter()
                .map(|(days, hours)| (days.as_str(), hours.as_str()))
                .collect();
            assert_eq!(found, expected, "{text}");
        };
        check(
            "Open Tue-Sat 8:00-16:00, Sunday 9am to 1pm, closed on Monday.",
            &[
                ("Tue-Sat", "8:00-16:00"),
                ("Sunday", "9am to 1pm"),
                ("Monday", "Closed"),
            ],
        );
        check(
            "營業時間週二至週日 11:00-21:00，週一公休",
            &[("週二至週日", "11:00-21:00"), ("週一", "公休")],
        );
        check(
            "周一到周五早上7点到晚上9点",
            &[("周一到周五", "早上7点到晚上9点")],
        );
        check("每天 7:00–19:00", &[("每天", "7:00–19:00")]);
        check("no hours here", &[]);
    }
}
