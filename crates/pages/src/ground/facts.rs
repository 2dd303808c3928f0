//! Facts of a brief that have a form: prices, phones, addresses, dates. Each is found by a pattern;
//! a stretch of text belongs to the first pattern that takes it.

use std::sync::LazyLock;

use regex::Regex;

/// Something that must stand in the page as the brief has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What sort of fact.
    pub kind: FactKind,
    /// As it stands in the brief.
    pub text: String,
}

/// A sort of fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is named as it reads")]
pub enum FactKind {
    Name,
    Email,
    Link,
    Phone,
    Address,
    Price,
    Date,
    Hours,
    Product,
    Person,
    Number,
}

impl FactKind {
    /// Its stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Link => "link",
            Self::Phone => "phone",
            Self::Address => "address",
            Self::Price => "price",
            Self::Date => "date",
            Self::Hours => "hours",
            Self::Product => "product",
            Self::Person => "person",
            Self::Number => "number",
        }
    }
}

impl Fact {
    pub(crate) fn new(kind: FactKind, text: &str) -> Self {
        Self {
            kind,
            text: text.trim().to_owned(),
        }
    }
}

const MONTHS: &str = "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";

static PATTERNS: LazyLock<Vec<(FactKind, Regex)>> = LazyLock::new(|| {
    let months = MONTHS;
    let day = r"\d{1,2}(?:st|nd|rd|th)?";
    let patterns = [
        (FactKind::Email, r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+".to_owned()),
        (FactKind::Link, r"https?://[^\s<>，。；、）)」』]+|\bwww\.[A-Za-z0-9./_-]+[A-Za-z0-9/]|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|dev|app|shop|cafe|studio|example|co\.uk|com\.tw|tw|cn|hk|de|fr|eu)\b(?:/[^\s，。；、）)]*)?".to_owned()),
        (FactKind::Price, r"(?:NT\$|HK\$|US\$|CA\$|AU\$|A\$|S\$|\$|€|£|¥|￥|₹|RMB ?|NTD ?|TWD ?|USD ?|EUR ?|GBP ?|HKD ?|CHF ?)\d+(?:,\d{3})*(?:\.\d+|,\d{2}\b)?[kK]?|(?:人民幣|人民币|新台幣|台幣|港幣)\s?\d+(?:,\d{3})*\s?元?|\d+(?:,\d{3})*(?:\.\d+|,\d{2}\b)?\s?(?:元|塊錢|块钱|塊|块|円|€|£|euros?\b|dollars?\b|pounds?\b|pence\b|USD\b|EUR\b|TWD\b|NTD\b|GBP\b|CHF\b)".to_owned()),
        (FactKind::Date, format!(r"\d{{4}}\s?年\s?\d{{1,2}}\s?月(?:\s?\d{{1,2}}\s?日)?(?:\s?(?:至|到|-|–|~|、|和)\s?(?:\d{{1,2}}\s?月\s?)?\d{{1,2}}\s?日)?|\d{{1,2}}\s?月\s?\d{{1,2}}\s?日?(?:\s?(?:至|到|-|–|~|、|和)\s?(?:\d{{1,2}}\s?月\s?)?\d{{1,2}}\s?日)?|\d{{4}}[-/]\d{{1,2}}[-/]\d{{1,2}}|\b{day}(?:\s?(?:-|–|to|and|&)\s?{day})? (?:of )?{months}\b\.?(?:,? \d{{4}})?|\b{months} {day}(?:\s?(?:-|–|to|and|&)\s?(?:{months} )?{day})?(?:,? \d{{4}})?\b|\b{months} \d{{4}}\b")),
        (FactKind::Address, r"\b\d{1,5}[A-Za-z]?(?:[-–/]\d{1,4})? (?:[A-Z][\w'’.-]+ ){1,4}(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Boulevard|Blvd|Square|Sq|Drive|Dr|Way|Place|Pl|Court|Ct|Terrace|Row|Quay|Yard|Hill|Parade|Close|Alley|Walk|Wharf|Market|Gate|Crescent|Mews|Embankment|Highway)\b\.?(?:,? (?:Unit|Suite|Floor|Apt)\.? ?\w+)?(?:, (?:[A-ZÀ-Þ][a-zà-ÿ'’-]+ ?){1,3})*(?:,? ?\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|,? [A-Z]{2} \d{5}| \d{5})?|(?:[\u{4e00}-\u{9fff}]{2,3}[省])?(?:[\u{4e00}-\u{9fff}]{2,3}[市縣县])?(?:[\u{4e00}-\u{9fff}]{1,3}[區区鄉乡鎮镇市])?[\u{4e00}-\u{9fff}]{1,6}(?:路|街|大道|巷|弄|道|里)(?:[東西南北东中]路)?(?:[一二三四五六七八九十\d]+段)?\s?(?:[\d一二三四五六七八九十]+\s?(?:巷|弄)\s?)*[\dA-Za-z]+(?:[-之]\d+)?\s?[號号](?:之\d+)?(?:\s?[\d一二三四五六七八九十B]+\s?(?:樓|楼|F|层|層|室))?(?:之\d+)?".to_owned()),
        (FactKind::Hours, r"(?i)\b\d{1,2}(?:[:.]\d{2})? ?(?:a\.?m\.?|p\.?m\.?)?\s?(?:-|–|—|to|until|till|~)\s?\d{1,2}(?:[:.]\d{2})? ?(?:[ap]\.m\.|[ap]\.?m\b)|\d{1,2}[:：]\d{2}\s?(?:-|–|—|to|until|till|~|～|至|到)\s?\d{1,2}[:：]\d{2}|(?:早上|上午|中午|下午|晚上|傍晚|清晨|凌晨)?\s?\d{1,2}\s?[點点時时](?:半|\d{1,2}分)?\s?(?:-|–|~|～|至|到)\s?(?:早上|上午|中午|下午|晚上|傍晚|凌晨)?\s?\d{1,2}\s?[點点時时](?:半|\d{1,2}分)?|\d{1,2}:\d{2}|\b\d{1,2} ?(?:am|pm)\b|\b\d{1,2}h(?:\d{2})?\s?[-–]\s?\d{1,2}h(?:\d{2})?\b".to_owned()),
        (FactKind::Phone, r"(?:\+\d{1,3}[ .-]?)?\(?\d{2,5}\)?(?:[ .-]\d{2,5}){1,4}\b|\b(?:\+?\d{9,14})\b".to_owned()),
        (FactKind::Number, r"\d[\d,]*(?:\.\d+)?\s?%|\b(?:since|founded in|established in|est\.?|opened in|from) (?:18|19|20)\d{2}\b|(?:自|創立於|创立于|成立於|成立于|始於|始于|創業於)\s?(?:18|19|20)\d{2}\s?年?|(?:18|19|20)\d{2}\s?年(?:創立|创立|成立|開業|开业|起)".to_owned()),
        (FactKind::Number, r"\b\d[\d,]*(?:\.\d+)?\+?(?: |-)?(?:kg|g|km|m2|miles?|hours?|minutes?|mins?|days?|weeks?|months?|years?|people|members?|seats?|tables?|rooms?|beds?|talks?|speakers?|workshops?|students?|volunteers?|customers?|clients?|users?|players?|guests?|projects?|downloads?|languages?|countries|cities|farms?|bottles?|books?|lessons?|classes|courts?|bikes?|dogs?|cats?|hectares?|acres?|seasons?|courses?)\b|\d[\d,]*(?:\.\d+)?\s?(?:公斤|公里|公克|克|分鐘|分钟|小時|小时|天|週|周|個月|个月|年|人|位|名|張|张|間|间|房|席|場|场|種|种|款|本|家|隻|只|公頃|坪|堂|次|歲|岁|萬|万|道|組|组|條|条)".to_owned()),
    ];
    patterns
        .into_iter()
        .map(|(kind, pattern)| {
            (
                kind,
                Regex::new(&pattern).expect("a test compiles every pattern"),
            )
        })
        .collect()
});

/// What a page is told to look like; a site that is named behind it is no fact.
static LIKE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:like|similar to|inspired by|style of|reference:?|像|仿|參考|参考|類似|类似|風格如)\s*$")
        .expect("a test compiles it")
});

/// What speaks of the page and not of what it is for.
static ABOUT_THE_PAGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:-| )?\s*(?:columns?|sections?|pages?|px|colou?rs?|fonts?|words?|paragraphs?|欄|栏|個?區塊|頁|页|像素|個?段落|種顏色|个?部分)")
        .expect("a test compiles it")
});

/// Every fact with a form, in the order of the text.
#[must_use]
pub fn find(text: &str) -> Vec<Fact> {
    let mut taken: Vec<(usize, usize)> = Vec::new();
    let mut found: Vec<(usize, Fact)> = Vec::new();
    for (kind, pattern) in PATTERNS.iter() {
        for hit in pattern.find_iter(text) {
            let is_taken = taken
                .iter()
                .any(|(start, end)| hit.start() < *end && *start < hit.end());
            if is_taken
                || !is_fact(
                    *kind,
                    hit.as_str(),
                    &text[..hit.start()],
                    &text[hit.end()..],
                )
            {
                continue;
            }
            taken.push((hit.start(), hit.end()));
            let fact = Fact::new(*kind, trimmed(*kind, hit.as_str()));
            if !found.iter().any(|(_, other)| other.text == fact.text) {
                found.push((hit.start(), fact));
            }
        }
    }
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().map(|(_, fact)| fact).collect()
}

fn trimmed(kind: FactKind, text: &str) -> &str {
    match kind {
        FactKind::Address => text.trim_end_matches(['.', ',', ' ']).trim_start_matches([
            '是', '在', '於', '于', '到', '址', '為', '为', '位', '店', '址',
        ]),
        FactKind::Link | FactKind::Email => text.trim_end_matches(['.', ',', ' ']),
        FactKind::Number => {
            let year = text.find(|letter: char| letter.is_ascii_digit());
            match year {
                // Of "since 1987" the year must stand; how it is led up to is for the copy.
                Some(place) if text.is_char_boundary(place) && place > 0 => {
                    let rest = &text[place..];
                    &rest[..rest
                        .find(|letter: char| !letter.is_ascii_digit())
                        .unwrap_or(rest.len())]
                }
                _ => text,
            }
        }
        _ => text,
    }
}

fn is_fact(kind: FactKind, hit: &str, before: &str, after: &str) -> bool {
    match kind {
        FactKind::Link => !LIKE.is_match(before) && !before.ends_with('@'),
        FactKind::Phone => {
            let digits = hit.chars().filter(char::is_ascii_digit).count();
            // "#112233" is a colour, and so is what stands behind it.
            (8..=15).contains(&digits) && !before.ends_with(['#', '$', '€', '£', '¥'])
        }
        FactKind::Number | FactKind::Hours => !ABOUT_THE_PAGE.is_match(after),
        FactKind::Address => !hit.contains("你") && !hit.contains("我"),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(FactKind, &str)]) {
        let found = find(text);
        let found: Vec<(FactKind, &str)> = found
            .iter()
            .map(|fact| (fact.kind, fact.text.as_str()))
            .collect();
        for fact in expected {
            assert!(found.contains(fact), "{fact:?} of {text:?}: {found:?}");
        }
    }

    #[test]
    fn facts_are_found_in_english() {
        check(
            "Morning Light, 14 Mill Lane, Leeds LS1 4DT. Open Tue-Sat 8:00-16:00, phone 0113 496 0012, \
             mail hello@light.example or www.light.example. Espresso £11.50, since 1987, 14-15 May 2026.",
            &[
                (FactKind::Address, "14 Mill Lane, Leeds LS1 4DT"),
                (FactKind::Hours, "8:00-16:00"),
                (FactKind::Phone, "0113 496 0012"),
                (FactKind::Email, "hello@light.example"),
                (FactKind::Link, "www.light.example"),
                (FactKind::Price, "£11.50"),
                (FactKind::Number, "1987"),
                (FactKind::Date, "14-15 May 2026"),
            ],
        );
        check(
            "Call (02) 2345-6789 or +44 20 7946 0958",
            &[(FactKind::Phone, "+44 20 7946 0958")],
        );
        check(
            "Adult £4.50, child £2, bicycle £1; in Lisbon 3,50 € or 1,250 €.",
            &[
                (FactKind::Price, "£4.50"),
                (FactKind::Price, "£2"),
                (FactKind::Price, "£1"),
                (FactKind::Price, "3,50 €"),
                (FactKind::Price, "1,250 €"),
            ],
        );
        check(
            "a $1,200 course for 40 students, 9am to 5pm",
            &[
                (FactKind::Price, "$1,200"),
                (FactKind::Hours, "9am to 5pm"),
                (FactKind::Number, "40 students"),
            ],
        );
        check(
            "Open daily 8am to 8pm. Sunday 10 a.m. to 4 p.m. only.",
            &[
                (FactKind::Hours, "8am to 8pm"),
                (FactKind::Hours, "10 a.m. to 4 p.m."),
            ],
        );
    }

    #[test]
    fn facts_are_found_in_chinese() {
        check(
            "地址是台北市大安區信義路四段99號3樓，電話02-2345-6789，週一至週五10:00到20:00，拿鐵150元，2026年5月14日至15日",
            &[
                (FactKind::Address, "台北市大安區信義路四段99號3樓"),
                (FactKind::Phone, "02-2345-6789"),
                (FactKind::Hours, "10:00到20:00"),
                (FactKind::Price, "150元"),
                (FactKind::Date, "2026年5月14日至15日"),
            ],
        );
        check(
            "杭州市西湖区北山街12号，早上7点到晚上9点，¥38",
            &[
                (FactKind::Address, "杭州市西湖区北山街12号"),
                (FactKind::Hours, "早上7点到晚上9点"),
                (FactKind::Price, "¥38"),
            ],
        );
    }

    #[test]
    fn what_is_said_of_the_page_is_no_fact() {
        assert_eq!(find("like stripe.com, #aa3300, 3 columns, 2 pages"), []);
    }
}
