//! In which language and script a page is written.

use serde::{Deserialize, Serialize};
use zhconv::Variant;

/// A language of pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// English, and what is neither of the others.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Chinese in traditional characters.
    #[serde(rename = "zh-Hant")]
    Traditional,
    /// Chinese in simplified characters.
    #[serde(rename = "zh-Hans")]
    Simplified,
}

/// Characters that both scripts use, though one of them writes another word with it.
const SHARED: &str = "后里台只干系面丑几斗谷合回家借据卷克夸困累么仆朴千秋曲舍胜术松听涂万咸向须叶余郁御愿云沈吁致制钟周准岩游沾着峰群床秘污衛吃匯占并采志念表布丰松复當才范冲症别了";

impl Language {
    /// The value of the attribute `lang`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Traditional => "zh-Hant",
            Self::Simplified => "zh-Hans",
        }
    }

    /// Whether it is Chinese.
    #[must_use]
    pub fn is_chinese(self) -> bool {
        self != Self::English
    }

    /// Reads what a person wrote into the field `language`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name.trim().to_lowercase().as_str() {
            "en" | "english" | "en-us" | "en-gb" | "英文" | "英語" | "英语" => {
                Some(Self::English)
            }
            "zh-hant"
            | "zh-tw"
            | "zh-hk"
            | "traditional chinese"
            | "繁體中文"
            | "繁体中文"
            | "正體中文" => Some(Self::Traditional),
            "zh-hans" | "zh-cn" | "zh" | "chinese" | "simplified chinese" | "简体中文"
            | "簡體中文" | "中文" => Some(Self::Simplified),
            _ => None,
        }
    }

    /// The language of a text: Chinese where a fifth of its words are, and then the script of which
    /// it has more characters that the other does not have.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let chinese = text.chars().filter(|letter| is_han(*letter)).count();
        let words = text
            .split(|letter: char| !letter.is_alphabetic() || is_han(letter))
            .filter(|word| word.len() > 1)
            .count();
        if chinese == 0 || chinese * 5 < words * 2 {
            return Self::English;
        }
        let (traditional, simplified) = scripts(text);
        if traditional > simplified || (traditional == simplified && text.contains('「')) {
            Self::Traditional
        } else {
            Self::Simplified
        }
    }

    /// Characters of `text` that do not belong to this script.
    #[must_use]
    pub fn strays(self, text: &str) -> Vec<char> {
        let is_stray = |letter: &char| match self {
            Self::English => is_han(*letter),
            Self::Traditional => is_only(*letter, Variant::ZhHant),
            Self::Simplified => is_only(*letter, Variant::ZhHans),
        };
        text.chars().filter(is_stray).collect()
    }

    /// `text` in this script, with every one of `facts` as it is.
    #[must_use]
    pub fn in_script(self, text: &str, facts: &[String]) -> String {
        let target = match self {
            Self::English => return text.to_owned(),
            Self::Traditional => Variant::ZhHant,
            Self::Simplified => Variant::ZhHans,
        };
        if self.strays(text).is_empty() {
            return text.to_owned();
        }
        // A fact may be written in the other script; it is put back as the brief has it.
        let mut converted = zhconv::zhconv(text, target);
        for fact in facts.iter().filter(|fact| text.contains(fact.as_str())) {
            let changed = zhconv::zhconv(fact, target);
            converted = converted.replace(&changed, fact);
        }
        converted
    }
}

/// Whether a character is Chinese.
#[must_use]
pub fn is_han(letter: char) -> bool {
    matches!(letter, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}')
}

/// How many characters of a text only the traditional and only the simplified script has.
fn scripts(text: &str) -> (usize, usize) {
    let count = |target| {
        text.chars()
            .filter(|letter| is_only(*letter, target))
            .count()
    };
    (count(Variant::ZhHans), count(Variant::ZhHant))
}

/// Whether a character would be another one in the script of `target`, and is that script's nowhere.
fn is_only(letter: char, target: Variant) -> bool {
    is_han(letter)
        && !SHARED.contains(letter)
        && zhconv::zhconv(letter.encode_utf8(&mut [0; 4]), target) != letter.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_by_their_characters() {
        for (text, expected) in [
            ("A page for my coffee roastery", Language::English),
            (
                "幫我的咖啡店設計一個網頁，店名叫 Morning Light Coffee Roasters",
                Language::Traditional,
            ),
            ("帮我的咖啡店设计一个网页", Language::Simplified),
            (
                "A tea shop called 清心 in Taipei, warm colours please",
                Language::English,
            ),
            ("", Language::English),
        ] {
            assert_eq!(Language::of(text), expected, "{text}");
        }
    }

    #[test]
    fn strays_are_converted_and_facts_are_not() {
        let page = Language::Traditional;
        assert!(page.strays("我們的麵包每天現烤，週一公休").is_empty());
        assert_eq!(page.strays("我們的面包每天现烤"), ['现']);
        let facts = ["云门书店".to_owned()];
        assert_eq!(
            page.in_script("欢迎来到云门书店", &facts),
            "歡迎來到云门书店"
        );
        assert_eq!(Language::Simplified.in_script("歡迎光臨", &[]), "欢迎光临");
    }
}
