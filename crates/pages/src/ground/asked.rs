//! Which sections a brief asks for, how many things are to be in them, and what it does not want.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::business::Business;
use crate::plan::{Kind, MOST_ITEMS};

/// Most sections of a topic of their own.
const MOST_TOPICS: usize = 4;

/// What was asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Asked {
    /// Sections named, in the order in which they are named.
    pub kinds: Vec<Kind>,
    /// Sections that are not wanted.
    pub unwanted: Vec<Kind>,
    /// How many things a section is to have.
    pub counts: BTreeMap<Kind, usize>,
    /// Topics that are no kind of their own.
    pub topics: Vec<String>,
    /// Whether the order in which they are named is to be theirs.
    pub is_ordered: bool,
}

static WORDS: LazyLock<Vec<(Kind, Regex)>> = LazyLock::new(|| {
    let words = [
        (
            Kind::Navigation,
            r"navigation|nav ?bar|導覽列|导航|選單列|菜单栏",
        ),
        (
            Kind::Hero,
            r"\bhero\b|banner|header image|主視覺|主视觉|首屏|橫幅|横幅",
        ),
        (
            Kind::About,
            r"about (?:us|me|the)|our story|story section|who we are|\bstory\b|biography|\bbio\b|an? about|introduction|mission|關於|关于|品牌故事|故事|簡介|简介|介紹自己|緣起|理念",
        ),
        (
            Kind::Features,
            r"features?\b|benefits|advantages|why (?:us|choose)|highlights|services?\b|what we do|selling points|特色|優點|优点|優勢|优势|功能|亮點|亮点|服務項目|服务项目|服務內容|為什麼選|为什么选|賣點|卖点",
        ),
        (
            Kind::Products,
            r"products?\b|\bmenu\b|dishes|catalogue|catalog|shop section|treatments|bestsellers|rooms section|rooms\b|產品|产品|商品|菜單|菜单|品項|品项|房型|招牌菜|餐點|餐点",
        ),
        (
            Kind::Pricing,
            r"\b(?:pricing|price (?:list|table)|prices|plans|tickets?|memberships?|subscriptions?|packages|fees|rates|tuition)\b|價格|价格|價目|价目|方案|票價|票价|票種|收費|收费|費用|费用|學費|学费|會費|套餐",
        ),
        (
            Kind::Gallery,
            r"gallery|photos|pictures section|portfolio|showcase|selected works?|projects?\b|our work|case stud(?:y|ies)|相簿|圖庫|图库|畫廊|画廊|作品|照片|案例|剪影",
        ),
        (
            Kind::Testimonials,
            r"testimonials?|reviews?\b|customer quotes|quotes|what (?:people|customers|clients|guests|parents|members) say|好評|好评|評價|评价|推薦|推荐|見證|见证|口碑|心得|客戶回饋",
        ),
        (
            Kind::Faq,
            r"\bfaqs?\b|frequently asked|questions and answers|q ?& ?a\b|questions section|常見問題|常见问题|問答|问答|疑問|疑难",
        ),
        (
            Kind::Team,
            r"\bteam\b|\bstaff\b|our people|speakers?\b|instructors?|teachers section|coaches|trainers|our doctors|the doctors|members section|board\b|團隊|团队|成員|成员|講者|讲者|師資|师资|醫師介紹|医师介绍|醫師陣容|教練介紹|教练|教練團|夥伴介紹",
        ),
        (
            Kind::Steps,
            r"how it works|how we work|\bsteps?\b|process\b|procedure|workflow|getting started|流程|步驟|步骤|運作方式|如何運作|怎麼進行|如何進行|怎么用|如何使用|使用方式",
        ),
        (
            Kind::Statistics,
            r"statistics?|\bstats\b|in numbers|key (?:figures|numbers)|numbers section|impact numbers|數據|数据|數字|数字|統計|统计|里程碑",
        ),
        (
            Kind::Schedule,
            r"schedule|agenda|programme\b|program\b|timetable|calendar|line-?up|itinerary|timeline|upcoming events|議程|议程|日程|時程|课表|課表|節目|节目|行程|活動時間表|時間表",
        ),
        (
            Kind::OpeningHours,
            r"opening (?:hours|times)|business hours|\bhours\b|open(?:ing)? times|營業時間|营业时间|看診時間|看诊时间|門診時間|门诊时间|開放時間|开放时间|開館時間",
        ),
        (
            Kind::Contact,
            r"contact|location|\bmap\b|find us|address section|get in touch|how to (?:get|reach)|directions|聯絡|联络|联系|聯繫|位置|地圖|地图|交通|地址",
        ),
        (
            Kind::Partners,
            r"partners?\b|sponsors?\b|clients? logos?|logos?\b|supporters|press\b|as seen in|合作夥伴|合作伙伴|贊助|赞助|協辦|夥伴廠商",
        ),
        (
            Kind::Newsletter,
            r"newsletter|mailing list|email sign-?up|subscribe|sign-?up form|waitlist|waiting list|電子報|电子报|邮件订阅|訂閱表單|訂閱|订阅|候補名單|通知我",
        ),
        (
            Kind::CallToAction,
            r"call[ -]to[ -]action|\bcta\b|sign up (?:button|section)|register button|invitation to|行動呼籲|行动号召|行動號召|報名按鈕|报名按钮|立即預約區|召喚行動",
        ),
        (Kind::Footer, r"footer|頁尾|页脚|页尾"),
    ];
    words
        .into_iter()
        .map(|(kind, pattern)| {
            (
                kind,
                Regex::new(&format!("(?i){pattern}")).expect("a test compiles every pattern"),
            )
        })
        .collect()
});

static NEGATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:\bno|\bwithout(?: an?y?)?|don['’]?t (?:need|want|include)(?: an?y?)?|\bnot?(?: an?)?|skip(?: the)?|leave out(?: the)?|except(?: the)?|不要有?|不需要|不用|不放|沒有|没有|別放|别放|無需|省略|不必)\s*(?:[\w\u{4e00}-\u{9fff}]{1,8}\s?(?:or|and|,|、|和|或)\s?)?$")
        .expect("a test compiles it")
});

static TOPIC: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"(?i)(?:section|part|block|paragraph|area|note)s? (?:about|on|for|explaining|covering|with) (?:the |our |my )?([a-z][\w' -]{3,40}?)(?:[,.;:\n]|$| and | with | that | which )",
        r"(?:關於|关于|說明|说明|介紹|介绍)([\u{4e00}-\u{9fff}]{2,12}?)的(?:區塊|区块|部分|段落|一區|章節|板块|版塊)",
        r"(?:一個|一个|加上|要有)([\u{4e00}-\u{9fff}]{2,10}?)(?:區塊|区块|專區|专区|板块|版塊)",
    ]
    .iter()
    .map(|pattern| Regex::new(pattern).expect("a test compiles every pattern"))
    .collect()
});

static ORDER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)in (?:this|that|the following) order|sections?(?: in order)?:|依序|按順序|按顺序|順序[是為:：]|顺序[是为:：]")
        .expect("a test compiles it")
});

static COUNT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve)\s+(?:[a-z-]+\s+){0,2}?([a-z-]+)\b|([兩两二三四五六七八九十]|\d{1,2})\s?(?:個|个|種|种|款|項|项|則|则|位|名|道|張|张|組|组|條|条|支|樣|样|大)?\s?([\u{4e00}-\u{9fff}]{2,6})")
        .expect("a test compiles it")
});

/// Kinds of section that a text names, in its order.
#[must_use]
pub fn kinds_named(text: &str) -> Vec<Kind> {
    let mut found: Vec<(usize, Kind)> = WORDS
        .iter()
        .filter_map(|(kind, pattern)| Some((pattern.find(text)?.start(), *kind)))
        .collect();
    found.sort();
    found.into_iter().map(|(_, kind)| kind).collect()
}

impl Asked {
    /// What a brief asks for.
    #[must_use]
    pub fn find(text: &str, business: &Business) -> Self {
        let mut asked = Self {
            is_ordered: ORDER.is_match(text),
            ..Self::default()
        };
        let mut found: Vec<(usize, Kind)> = Vec::new();
        for (kind, pattern) in WORDS.iter() {
            for hit in pattern.find_iter(text) {
                if NEGATION.is_match(&text[..hit.start()]) {
                    asked.unwanted.push(*kind);
                } else if !found.iter().any(|(_, other)| other == kind) {
                    found.push((hit.start(), *kind));
                }
            }
        }
        found.retain(|(_, kind)| !asked.unwanted.contains(kind));
        found.sort();
        asked.kinds = found.into_iter().map(|(_, kind)| kind).collect();
        asked.count(text, business);
        asked.find_topics(text);
        asked
    }

    fn count(&mut self, text: &str, business: &Business) {
        for found in COUNT.captures_iter(text) {
            let number = found
                .get(1)
                .or_else(|| found.get(3))
                .and_then(|word| number(word.as_str()));
            let noun = found.get(2).or_else(|| found.get(4));
            let (Some(number), Some(noun)) = (number, noun) else {
                continue;
            };
            if let Some(kind) = kind_of(noun.as_str(), business)
                && (2..=MOST_ITEMS).contains(&number)
            {
                self.counts.entry(kind).or_insert(number);
            }
        }
    }

    fn find_topics(&mut self, text: &str) {
        for pattern in TOPIC.iter() {
            for found in pattern.captures_iter(text) {
                let topic = found[1].trim().to_owned();
                let is_kind = WORDS.iter().any(|(_, words)| words.is_match(&topic));
                if !is_kind && !self.topics.contains(&topic) && self.topics.len() < MOST_TOPICS {
                    self.topics.push(topic);
                }
            }
        }
    }

    /// How many things a section is to have.
    #[must_use]
    pub fn count_of(&self, kind: Kind) -> Option<usize> {
        self.counts.get(&kind).copied()
    }
}

fn number(word: &str) -> Option<usize> {
    if let Ok(number) = word.parse() {
        return Some(number);
    }
    let words = [
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("twelve", 12),
        ("兩", 2),
        ("两", 2),
        ("二", 2),
        ("三", 3),
        ("四", 4),
        ("五", 5),
        ("六", 6),
        ("七", 7),
        ("八", 8),
        ("九", 9),
        ("十", 10),
    ];
    let lower = word.to_lowercase();
    words
        .iter()
        .find(|(name, _)| *name == lower)
        .map(|(_, number)| *number)
}

/// Nouns that are counted, each with its section.
const NOUNS: &[(Kind, &[&str])] = &[
    (
        Kind::Pricing,
        &[
            "plan",
            "tier",
            "ticket",
            "package",
            "membership",
            "方案",
            "票種",
            "票种",
            "套餐",
        ],
    ),
    (
        Kind::Products,
        &[
            "product",
            "item",
            "blend",
            "coffee",
            "dish",
            "cake",
            "treatment",
            "room",
            "tea",
            "bouquet",
            "candle",
            "產品",
            "产品",
            "商品",
            "品項",
            "菜",
            "咖啡",
            "茶",
            "麵包",
            "面包",
            "房型",
            "甜點",
        ],
    ),
    (
        Kind::Features,
        &[
            "feature", "benefit", "reason", "service", "特色", "功能", "優點", "优点", "亮點",
            "亮点", "服務", "理由",
        ],
    ),
    (Kind::Steps, &["step", "步驟", "步骤"]),
    (
        Kind::Faq,
        &["question", "faq", "問題", "问题", "常見問題", "常见问题"],
    ),
    (
        Kind::Testimonials,
        &[
            "testimonial",
            "review",
            "quote",
            "評價",
            "评价",
            "好評",
            "好评",
            "推薦",
        ],
    ),
    (
        Kind::Gallery,
        &[
            "photo",
            "picture",
            "project",
            "work",
            "instrument",
            "作品",
            "照片",
            "案例",
        ],
    ),
];

/// Which section a noun is counted for.
fn kind_of(noun: &str, business: &Business) -> Option<Kind> {
    let noun = noun.to_lowercase();
    let (kind, _) = NOUNS
        .iter()
        .find(|(_, nouns)| nouns.iter().any(|word| noun.starts_with(word)))?;
    // Items of those who sell plans are plans.
    let is_plan =
        *kind == Kind::Products && business.offer == Kind::Pricing && noun.starts_with("item");
    Some(if is_plan { Kind::Pricing } else { *kind })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> Asked {
        Asked::find(text, Business::of(text).0)
    }

    #[test]
    fn sections_are_found() {
        let found = asked(
            "A roastery page with three products, an FAQ about shipping and opening hours. No testimonials.",
        );
        assert_eq!(found.kinds, [Kind::Products, Kind::Faq, Kind::OpeningHours]);
        assert_eq!(found.unwanted, [Kind::Testimonials]);
        assert_eq!(found.count_of(Kind::Products), Some(3));
        let found = asked("要有團隊、常見問題和營業時間，不要電子報，三種方案");
        assert_eq!(
            found.kinds,
            [Kind::Team, Kind::Faq, Kind::OpeningHours, Kind::Pricing]
        );
        assert_eq!(found.unwanted, [Kind::Newsletter]);
        assert_eq!(found.count_of(Kind::Pricing), Some(3));
    }

    #[test]
    fn topics_of_their_own_are_found() {
        assert_eq!(
            asked("and a section about allergens, please").topics,
            ["allergens"]
        );
        assert_eq!(asked("還要一個關於過敏原的區塊").topics, ["過敏原"]);
    }
}
