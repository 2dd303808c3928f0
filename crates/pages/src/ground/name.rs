//! Whose page it is, where a brief says so.

use std::sync::LazyLock;

use regex::Regex;

/// Longest name, in characters.
const LONGEST: usize = 48;

static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    // A capitalised word, or a small one between two of them.
    let word = r"[A-Z0-9À-Þ][\w'’&+-]*(?:\.\w+)*";
    let name = format!(
        r"(?:The |the )?{word}(?: (?:(?:and|of|the|de|do|da|du|la|le|&|\+) )?{word}){{0,5}}"
    );
    let patterns = [
        // Quoted behind a word for naming.
        r#"(?i)(?:called|named|titled|name(?:d)? is|name:|brand(?: name)? is|brand:)\s*["“'‘「《]([^"”'’」》\n]{1,48})["”'’」》]"#.to_owned(),
        format!(r"(?:called|named|[Nn]ame is|[Nn]ame:|[Bb]rand(?: name)? is|[Bb]rand:|[Tt]itled) ({name})"),
        r"(?:店名|名稱|名称|品牌名稱|品牌名称|公司名|品牌|名字)(?:是|為|为|叫做?|[:：])?\s*[「『“《\x22]([^」』”》\x22\n]{1,30})[」』”》\x22]".to_owned(),
        r"(?:叫做|叫作|名叫|名為|名为|取名|稱為|称为|店名叫|叫)\s*[「『“《\x22]([^」』”》\x22\n]{1,30})[」』”》\x22]".to_owned(),
        r"(?:叫做|叫作|名叫|名為|名为|店名是|店名叫|店名為|店名[:：]|名稱是|名稱[:：]|名称是|名称[:：]|品牌是|品牌名是)\s*([^，。、；：\s,.;:「」]{2,20}?(?: [A-Z]\w*)*)(?:[，。、；\s,.;(（]|的|$)".to_owned(),
        // A name in brackets at the place where a name stands.
        r"[「『《]([^」』》\n]{2,20})[」』》]".to_owned(),
        // Round marks are the mainland's; in English they are around words that somebody said.
        r"“([\u{4e00}-\u{9fff}][^”\n]{1,19})”".to_owned(),
        format!(r"(?:\bfor|\bof|^)\s*({name}),? (?:an?|the|our|my|is an?|is the) "),
        format!(r"^({name})\s?(?:—|–|-|:|\|) "),
        format!(r"(?:page|site|website|homepage|brief|portfolio) (?:for|of) (?:the |our )?({word}(?: (?:(?:and|of|the|&) )?{word}){{1,5}})"),
        format!(r"\b(?:I am|I'm|We are|we are|my name is) ({name})\b"),
        format!(r"\b(?:roastery|bakery|caf[eé]|shop|store|studio|clinic|restaurant|bar|salon|gym|school|club|hotel|guesthouse|hostel|app|tool|brand|agency|farm|winery|brewery|museum|festival|workshop|practice|firm|choir|band|bistro|lodge|garage|bookshop|bookstore|kitchen|house|academy|nursery|ferry|conference|company) ({name})"),
        format!(r"^({name}) (?:in|at|is|are|runs|offers|sells|wants|needs) "),
        format!(r"^({name}), (?:[a-z-]+ ){{0,2}}[a-z]+ (?:in|for|of|from|at)\b"),
        format!(r"^(?:[A-Z]?[a-z]+ ){{1,3}}({word}(?: {word}){{0,3}}),"),
        format!(r", the ({word}(?: {word}){{0,3}}),"),
        r"(?:^|\s)['‘]([A-Z][^'’\n]{2,40})['’]".to_owned(),
        r#"["“]([A-ZÀ-Þ0-9][^"”\n]{1,40})["”]"#.to_owned(),
        r"(?:我是|我們是|我们是|這裡是|这里是)\s*([\u{4e00}-\u{9fff}A-Za-z0-9]{2,14}?)[，。,]".to_owned(),
        r"(?:幫|帮|為|为|替|給|给)\s?([\u{4e00}-\u{9fff}A-Za-z]{2,12}?(?:店|館|馆|社|坊|屋|室|堂|軒|轩|居|院|園|园|吧|工作室|公司|診所|诊所|俱樂部|俱乐部|書店|书店))(?:做|設計|设计|製作|制作|寫|建)".to_owned(),
    ];
    patterns
        .iter()
        .map(|pattern| Regex::new(pattern).expect("a test compiles every pattern"))
        .collect()
});

/// Words that look like names where a sentence begins with them.
const NO_NAMES: &[&str] = &[
    "A",
    "An",
    "The",
    "Design",
    "Make",
    "Create",
    "Build",
    "Page",
    "Landing",
    "Website",
    "Please",
    "I",
    "We",
    "My",
    "Our",
    "It",
    "This",
    "FAQ",
    "English",
    "Chinese",
    "SaaS",
    "UI",
    "CSS",
    "HTML",
    "App",
    "iOS",
    "Android",
    "Products",
    "Sections",
    "Brief",
    "Hero",
    "Contact",
    "Team",
    "Include",
    "Need",
    "Want",
    "Write",
    "Generate",
    "One",
    "Two",
    "我的",
    "我們的",
    "我们的",
    "一間",
    "一家",
    "一个",
    "一個",
    "我",
    "我們",
    "我们",
];

/// The name, as the brief writes it.
#[must_use]
pub fn find(text: &str) -> Option<String> {
    PATTERNS.iter().find_map(|pattern| {
        pattern
            .captures_iter(text)
            .find_map(|found| tidy(found.get(1)?.as_str()))
    })
}

fn tidy(name: &str) -> Option<String> {
    let name = name
        .trim()
        .trim_end_matches(['.', ',', '、', '，', ':', ';', '-'])
        .trim_end_matches("'s")
        .trim();
    let length = name.chars().count();
    let is_name = (2..=LONGEST).contains(&length)
        && !NO_NAMES.contains(&name)
        && name.chars().any(char::is_alphabetic)
        && !NO_NAMES.iter().any(|word| {
            word.chars().count() > 2
                && *word != "The"
                && name
                    .strip_prefix(word)
                    .is_some_and(|rest| rest.starts_with(' '))
        })
        && !is_request(name);
    is_name.then(|| name.to_owned())
}

/// Something in brackets that is asked for and not a name: a slogan, a section.
fn is_request(name: &str) -> bool {
    name.ends_with(['!', '?', '！', '？', '。'])
        || name.contains(['，', ','])
        || [
            "常見", "常见", "關於", "关于", "聯絡", "联系", "預約", "预约", "加入", "報名", "报名",
            "價格", "价格",
        ]
        .iter()
        .any(|word| name.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found() {
        for (text, expected) in [
            (
                "A landing page for a bakery called Flour & Salt in Bristol",
                Some("Flour & Salt"),
            ),
            (
                "Design a page for my roastery named \"morning light\". Warm.",
                Some("morning light"),
            ),
            (
                "Page for Rivet Conf, a conference about Rust",
                Some("Rivet Conf"),
            ),
            ("Harbour Physio is a clinic in Cork", Some("Harbour Physio")),
            (
                "Northwind Chess Club: a page with a schedule",
                Some("Northwind Chess Club"),
            ),
            (
                "A page for my bakery Crumb and Salt in Leeds, warm and friendly",
                Some("Crumb and Salt"),
            ),
            (
                "Website for the studio Oak & Iron, furniture made to measure",
                Some("Oak & Iron"),
            ),
            (
                "A page for our café The Blue Door in York",
                Some("The Blue Door"),
            ),
            (
                "Design a landing page for my coffee roastery, warm and earthy",
                None,
            ),
            (
                "幫我設計一個茶館的網頁，店名叫「清心茶館」，要有菜單",
                Some("清心茶館"),
            ),
            ("我开了一家面包店，名叫麦田手作，在杭州", Some("麦田手作")),
            ("“前端之夜”技术大会，在上海", Some("前端之夜")),
            ("花店“一枝”，在苏州。浪漫、柔和", Some("一枝")),
            ("做一個牙醫診所的頁面", None),
            ("", None),
        ] {
            assert_eq!(find(text).as_deref(), expected, "{text}");
        }
    }
}
