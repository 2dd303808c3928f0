//! What a brief lists: things with a price, people with a role, what happens when, what was said.

use std::sync::LazyLock;

use regex::Regex;

use super::facts::{FactKind, find as find_facts};
use crate::language::is_han;

/// Most things of a list.
const MOST: usize = 12;

/// Something that can be bought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What it is called.
    pub title: String,
    /// What it costs, with what that is for ("£12 a month").
    pub price: String,
    /// What the brief says of it.
    pub text: String,
}

/// Somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their name.
    pub name: String,
    /// What they do.
    pub role: String,
}

/// Something that happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub time: String,
    /// What.
    pub title: String,
}

fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a test compiles every pattern")
}

static LEADING: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"^(?i:(?:and|or|plus|we|i|sell|sells|offer|offers|have|has|serve|serves|our|the|a|an|with|includes?|including|products?|items?|menu|plans?|prices?|are|is|at|costs?|there|two|three|four|five|six|also)\b[\s:]*)+|^(?:和|及|與|与|還有|还有|以及|跟|有|賣|卖|包括|包含|我們|我们|主打|招牌是|產品有|产品有|菜單有|菜单有|品項有|方案有|分別是|分别是|價格|价格|另有)+",
    )
});

static TRAILING: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)[\s:：=—–-]+$|\s+(?:at|for|is|costs?|are|from|only|just|sells for|priced at)$|(?:售價|售价|定價|定价|賣|卖|只要|價格|价格|是|要|為|为|收費|收费)$",
    )
});

static UNIT_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?:每月|每年|每人|每位|每堂|每次|每晚|每杯|每份|每週|每周|每盒|每小時|每小时|月費|月费|年費|年费|一杯|一份|一晚|一堂|一次|一盒|一個月|一人)\s?$",
    )
});

static UNIT_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"^\s?(?:/|／)\s?[\w\u{4e00}-\u{9fff}]{1,10}|^ (?:per|a|an|each|every) (?:month|year|week|day|night|person|hour|class|session|lesson|seat|bag|box|kilo|kg|head|cup|slice|piece|user|team|half day|pair|visit|ticket|table|bottle|glass)\b|^ (?:each|monthly|yearly|pp)\b|^(?:一杯|一份|一晚|一堂|一次|一盒|一個月|一人|起)",
    )
});

/// Words that make a price a condition and not the price of a thing.
static CONDITION: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)\b(?:over|above|under|below|from|around|about|between|starting|shipping|delivery|deposit|free|minimum|budget|raised|prizes?|discount|off|save|members? pay|up to|more than|less than|cost of|worth)\b|免運|免运|滿|满|以上|以下|低消|運費|运费|押金|訂金|订金|預算|预算|起跳|折扣|優惠|优惠|補助|獎金|奖金",
    )
});

/// Things with a price, in the order of the brief.
#[must_use]
pub fn offers(text: &str) -> Vec<Offer> {
    let mut offers: Vec<Offer> = Vec::new();
    let prices = find_facts(text);
    for fact in prices.iter().filter(|fact| fact.kind == FactKind::Price) {
        for (start, _) in text.match_indices(&fact.text) {
            let end = start + fact.text.len();
            // "£1" also stands at the beginning of "£11.50".
            let goes_on = text[end..].starts_with(|letter: char| letter.is_ascii_digit())
                || text[end..].starts_with(['.', ','])
                    && text[end + 1..].starts_with(|letter: char| letter.is_ascii_digit());
            let goes_before = text[..start].ends_with(|letter: char| letter.is_ascii_digit());
            if !goes_on
                && !goes_before
                && offers.len() < MOST
                && let Some(offer) = offer(text, start, end)
                && !offers.iter().any(|other| other.title == offer.title)
            {
                offers.push(offer);
            }
        }
    }
    let place = |offer: &Offer| text.find(&offer.title).unwrap_or(0);
    offers.sort_by_key(place);
    offers
}

fn offer(text: &str, start: usize, end: usize) -> Option<Offer> {
    let mut before = &text[..start];
    let mut price_start = start;
    if let Some(unit) = UNIT_BEFORE.find(before) {
        price_start = unit.start();
        before = &text[..price_start];
    }
    let price_end = UNIT_AFTER
        .find(&text[end..])
        .map_or(end, |unit| end + unit.end());
    let price = text[price_start..price_end].trim().to_owned();
    let mut before = before.trim_end();
    let mut said = String::new();
    // "Espresso (£3)", and "Espresso (dark, sweet) £3".
    if let Some(without) = before.strip_suffix(['(', '（']) {
        before = without.trim_end();
    } else if before.ends_with([')', '）']) {
        let open = before.rfind(['(', '（'])?;
        said = before[open..]
            .trim_matches(['(', ')', '（', '）', ' '])
            .to_owned();
        before = before[..open].trim_end();
    }
    let Some(title) = title_at_end(before) else {
        return fee(&text[price_start..start], &text[start..price_end]);
    };
    Some(Offer {
        title,
        price,
        text: said,
    })
}

/// A fee that has no other name than what it is for: "月費 1200 元".
fn fee(unit: &str, price: &str) -> Option<Offer> {
    let unit = unit.trim();
    unit.ends_with(['費', '费']).then(|| Offer {
        title: unit.to_owned(),
        price: price.trim().to_owned(),
        text: String::new(),
    })
}

/// What a stretch of text ends with, if that is a name and not a sentence.
fn title_at_end(before: &str) -> Option<String> {
    let stripped = strip_trailing(before);
    let cut = stripped
        .char_indices()
        .rev()
        .find(|(place, letter)| is_boundary(stripped, *place, *letter))
        .map_or(0, |(place, letter)| place + letter.len_utf8());
    let mut title = &stripped[cut..];
    for word in [" and ", " or ", " plus "] {
        if let Some(place) = title.rfind(word) {
            // Of "bread and butter pudding" the title would be halved; a short list is likelier.
            title = &title[place + word.len()..];
        }
    }
    let title = title.trim();
    let title = LEADING.replace(title, "");
    let title = strip_trailing(&title).trim_matches([
        '"', '“', '”', '「', '」', '*', '•', '\'', '『', '』', '-', ' ',
    ]);
    let is_name = !title.is_empty()
        && title.chars().any(char::is_alphabetic)
        && title.split_whitespace().count() <= 7
        && title.chars().filter(|letter| is_han(*letter)).count() <= 14
        && title.chars().count() <= 48
        && !CONDITION.is_match(title);
    is_name.then(|| title.to_owned())
}

fn strip_trailing(text: &str) -> &str {
    let mut text = text.trim_end();
    while let Some(found) = TRAILING.find(text) {
        if found.start() == 0 || found.is_empty() {
            break;
        }
        text = text[..found.start()].trim_end();
    }
    text
}

fn is_boundary(text: &str, place: usize, letter: char) -> bool {
    match letter {
        ',' | ';' | ':' | '\n' | '，' | '；' | '：' | '。' | '、' | '(' | '（' | ')' | '）'
        | '!' | '！' | '•' | '|' => true,
        '.' => text[place + 1..].starts_with(' '),
        _ => false,
    }
}

static PEOPLE: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    vec![
        compiled(
            r"((?:Dr\.? |Prof\.? |Chef )?[A-ZÀ-Þ][\w'’-]+(?: (?:[A-ZÀ-Þ][\w'’.-]*|de|van|von|da)){1,3}) ?[(（]([^()（）\d£$€]{3,44})[)）]",
        ),
        compiled(
            r"((?:[\u{4e00}-\u{9fff}·]{2,5}|[A-Z][\w'-]+(?: [A-Z][\w'-]+)?)) ?[（(]([^（）()\d$¥]{2,24})[)）]",
        ),
        compiled(r"\b((?:Dr|Prof|Chef)\.? [A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?)()"),
        compiled(
            r"(?:^|[，、：:。\s和及與与由是])([\u{4e00}-\u{9fff}]{2,3})(醫師|医师|醫生|医生|老師|老师|教練|教练|主廚|主厨|律師|律师|院長|院长|博士|教授|設計師|设计师|會計師|会计师)",
        ),
        compiled(
            r"((?:[A-ZÀ-Þ][\w'’-]+ ){1,2}[A-ZÀ-Þ][\w'’-]+), ((?:our |the )?(?:head |lead |senior |chief |founder|owner|co-founder|baker|chef|coach|teacher|dentist|doctor|nurse|designer|engineer|developer|director|manager|roaster|partner|lawyer|photographer|president|secretary|treasurer)[a-z -]{0,24})",
        ),
    ]
});

/// What is in brackets without being what somebody does.
const NO_ROLES: &[&str] = &[
    "closed", "free", "optional", "included", "公休", "免費", "免费", "含", "必填", "選填",
];

/// People with what they do. The page's own name is nobody.
#[must_use]
pub fn people(text: &str, name: Option<&str>) -> Vec<Person> {
    let mut people: Vec<(usize, Person)> = Vec::new();
    let facts = find_facts(text);
    for pattern in PEOPLE.iter() {
        for found in pattern.captures_iter(text) {
            let (Some(who), Some(role)) = (found.get(1), found.get(2)) else {
                continue;
            };
            let person = Person {
                name: who.as_str().trim().to_owned(),
                role: role.as_str().trim().to_owned(),
            };
            let lower = person.role.to_lowercase();
            let is_nobody = name.is_some_and(|name| name.contains(&person.name))
                || NO_ROLES.iter().any(|word| lower.contains(word))
                || facts.iter().any(|fact| {
                    fact.text.contains(&person.name)
                        || (!person.role.is_empty() && fact.text.contains(&person.role))
                })
                || is_thing(&person.name);
            if !is_nobody
                && !people
                    .iter()
                    .any(|(_, other)| other.name.contains(&person.name))
            {
                people.push((who.start(), person));
            }
        }
    }
    people.sort_by_key(|(place, _)| *place);
    people.truncate(MOST);
    people.into_iter().map(|(_, person)| person).collect()
}

/// Names of sections and days that stand before a bracket.
fn is_thing(name: &str) -> bool {
    let lower = name.to_lowercase();
    [
        "faq", "pricing", "team", "hours", "products", "page", "section", "menu", "monday",
        "street", "road",
    ]
    .iter()
    .any(|word| lower.contains(word))
        || [
            "區", "区", "頁", "页", "價格", "价格", "方案", "產品", "产品", "團隊", "团队", "時間",
            "时间", "咖啡", "茶", "麵", "飯", "問題", "问题", "語", "语", "色",
        ]
        .iter()
        .any(|word| name.ends_with(word))
}

static EVENTS: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"((?:(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)|Day \d|(?:週|周|星期)[一二三四五六日天]|第[一二三]天)[ ,:：]*)?\d{1,2}(?::\d{2}|[:：]\d{2})(?:\s?(?:-|–|~|至|到)\s?\d{1,2}[:：]\d{2})?)[ \t]*(?:[-–—:：][ \t]*)?([A-Za-z][^,;\n，；。、()（）]{2,60}|[\u{4e00}-\u{9fff}][^,;\n，；。、()（）]{1,60})",
    )
});

/// What happens when, where a brief lists at least two such things.
#[must_use]
pub fn events(text: &str) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    for found in EVENTS.captures_iter(text) {
        let (time, title) = (found[1].trim(), found[2].trim().trim_end_matches('.'));
        let lower = title.to_lowercase();
        let goes_on = [
            "and ", "to ", "or ", "until ", "on ", "at ", "in ", "am", "pm", "every", "daily",
            "for ", "週", "周", "和", "到", "至", "營業", "营业", "的", "開始", "开始", "開門",
            "开门", "開放", "开放", "開店", "开店",
        ]
        .iter()
        .any(|word| lower.starts_with(word));
        let has_day = super::hours::find(title).is_empty();
        if !goes_on && has_day {
            events.push(Event {
                time: time.to_owned(),
                title: title.split(". ").next().unwrap_or(title).to_owned(),
            });
        }
    }
    events.truncate(MOST);
    if events.len() < 2 { Vec::new() } else { events }
}

static QUOTES: LazyLock<Regex> =
    LazyLock::new(|| compiled(r#"["“]([^"”\n]{24,280})["”]|「([^」\n]{10,120})」"#));

static SAID: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)testimonial|quote|review|said|says|customers? (?:say|love)|好評|好评|推薦|推荐|評價|评价|口碑|說：|说：|見證",
    )
});

/// What somebody said, where the brief speaks of such words.
#[must_use]
pub fn quotes(text: &str) -> Vec<String> {
    if !SAID.is_match(text) {
        return Vec::new();
    }
    QUOTES
        .captures_iter(text)
        .filter_map(|found| found.get(1).or_else(|| found.get(2)))
        .map(|quote| quote.as_str().trim().to_owned())
        .take(6)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = offers(text);
        let found: Vec<_> = found
            .iter()
            .map(|offer| (offer.title.as_str(), offer.price.as_str()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn offers_are_found() {
        check(
            "Three coffees: Harbour Espresso (£11.50), Yirgacheffe £14 and Night Shift Decaf - £12.",
            &[
                ("Harbour Espresso", "£11.50"),
                ("Yirgacheffe", "£14"),
                ("Night Shift Decaf", "£12"),
            ],
        );
        check(
            "Plans: Solo at $9 per month; Team costs $29 a month. Free shipping over $40.",
            &[("Solo", "$9 per month"), ("Team", "$29 a month")],
        );
        check(
            "菜單有拿鐵150元、美式120元、手沖咖啡 180 元，滿1000元免運",
            &[("拿鐵", "150元"), ("美式", "120元"), ("手沖咖啡", "180 元")],
        );
        check(
            "单人方案每月300元，家庭方案每月800元",
            &[("单人方案", "每月300元"), ("家庭方案", "每月800元")],
        );
        check(
            "社區健身房。單次 200 元，月費 1200 元。",
            &[("單次", "200 元"), ("月費", "1200 元")],
        );
    }

    #[test]
    fn people_are_found() {
        let found = people(
            "Team: Anna Lee (head roaster), Dr Omar Haddad and Tom Ford (baker). Open Monday (closed).",
            None,
        );
        let names: Vec<_> = found.iter().map(|person| person.name.as_str()).collect();
        assert_eq!(names, ["Anna Lee", "Dr Omar Haddad", "Tom Ford"]);
        let found = people("講者：王小明（資料工程師）、李美華（設計總監）", None);
        assert_eq!(found[0].name, "王小明");
        assert_eq!(found[1].role, "設計總監");
    }

    #[test]
    fn events_are_found() {
        let found = events(
            "Agenda: 09:30 Keynote by Ines Rocha; 11:00 Proofs without tears; 14:00 Workshop",
        );
        assert_eq!(found.len(), 3);
        assert_eq!(
            found[0],
            Event {
                time: "09:30".into(),
                title: "Keynote by Ines Rocha".into()
            }
        );
        let found = events("日程：13:00 签到；13:30 样式的未来；16:00 圆桌。");
        let titles: Vec<&str> = found.iter().map(|event| event.title.as_str()).collect();
        assert_eq!(titles, ["签到", "样式的未来", "圆桌"]);
        let found = events("議程：09:20 開場；10:00 從浮標到地圖；13:30 工作坊。");
        assert_eq!(found.len(), 3);
        assert_eq!(events("Open 8:00-16:00 and 9:00-12:00"), []);
        assert_eq!(events("平日 9:00 開門，假日 10:00 開門。"), []);
    }
}
