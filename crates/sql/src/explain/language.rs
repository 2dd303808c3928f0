//! The three languages, and sentences with gaps that are filled.
//!
//! A sentence stands in the code in all three languages at once, so that one cannot be changed
//! without the others. Words go into its gaps in one pass: what fills a gap is never read again.

/// A language that a person is answered in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Chinese as written in Taiwan.
    TraditionalChinese,
    /// Chinese as written in mainland China.
    SimplifiedChinese,
}

/// A sentence in English, Traditional and Simplified Chinese, with gaps `{0}`, `{1}`…
pub(super) type Phrase = [&'static str; 3];

/// Common characters that are written so in Traditional Chinese only: in Big5 and not in GB 2312.
const TRADITIONAL: &str = "\
    們個來這說時國為會對學過沒還現問題數據資訊電話員幾點應該從讓給實際總計萬億產業經濟區縣鄉鎮\
    門開關長見視聽讀寫買賣價錢號碼單雙無務質銷額貨訂購廠師職醫藥車輛運輸與兩間誰樣種類頭條張編\
    選擇歷歲齡壽麼別華東書畫圖館飛機場遊戲動態戶頁顯紹詢統聯絡課結績級薦較線陸強減滿歡樂黨團體\
    園環靈鐘陳劉楊趙黃吳許鄭謝馮羅報領離龍葉愛歐聲舊錄觀";

/// Common characters that are written so in Simplified Chinese only: in GB 2312 and not in Big5.
const SIMPLIFIED: &str = "\
    们个来这说时国为会对学过没还现问题数资讯电话员点应该从让给实际总计亿产业经济区县乡镇门开关\
    长见视读写买卖钱号码单双无务质销额货订购师职医药车辆运输两间谁样类头条张编选择历岁龄寿别华\
    东书画图馆飞场戏动态户页显绍询统联络课结绩级较线陆强减满欢乐团园环灵钟陈刘杨赵黄吴许郑谢冯\
    罗报领";

impl Language {
    /// The language of a question.
    ///
    /// Chinese when it has at least as many Han characters as Latin words, so that a foreign name
    /// in a question decides nothing. Of the two ways to write Chinese, the one of which it has
    /// more characters; Traditional when there are as many of both or none, as in 「平均年」, where
    /// both write alike. Japanese and Korean, and every other language, are answered in English.
    #[must_use]
    pub fn of(question: &str) -> Self {
        let count = |is: &dyn Fn(char) -> bool| question.chars().filter(|c| is(*c)).count();
        let han = count(&is_han);
        let words = question
            .split(|character: char| !character.is_alphanumeric() || is_han(character))
            .filter(|word| word.chars().any(char::is_alphabetic))
            .count();
        let is_other = question
            .chars()
            .any(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{ac00}'..='\u{d7af}'));
        if han == 0 || han < words || is_other {
            return Self::English;
        }
        let traditional = count(&|character| TRADITIONAL.contains(character));
        match count(&|character| SIMPLIFIED.contains(character)) > traditional {
            true => Self::SimplifiedChinese,
            false => Self::TraditionalChinese,
        }
    }

    /// The one of three that is in this language.
    pub(super) fn pick<T>(self, [english, traditional, simplified]: [T; 3]) -> T {
        match self {
            Self::English => english,
            Self::TraditionalChinese => traditional,
            Self::SimplifiedChinese => simplified,
        }
    }

    /// A sentence with its gaps filled.
    pub(super) fn say(self, phrase: Phrase, words: &[&str]) -> String {
        let mut text = String::new();
        let mut rest = self.pick(phrase);
        while let Some(open) = rest.find('{') {
            let gap = rest[open + 1..].find('}').map(|length| open + 1 + length);
            let Some((close, word)) = gap.and_then(|close| {
                let place: usize = rest[open + 1..close].parse().ok()?;
                Some((close, words.get(place)?))
            }) else {
                break;
            };
            self.push(&mut text, self.between(&rest[..open]));
            self.push(&mut text, word);
            rest = &rest[close + 1..];
        }
        self.push(&mut text, self.between(rest));
        text
    }

    /// What stands between two gaps. In Chinese the words decide whether there is a space.
    fn between(self, words: &'static str) -> &'static str {
        match self {
            Self::English => words,
            Self::TraditionalChinese | Self::SimplifiedChinese => words.trim_matches(' '),
        }
    }

    /// English words without "the", for a place that has a word of its own there.
    pub(super) fn without_article(self, words: &str) -> &str {
        match self {
            Self::English => words.strip_prefix("the ").unwrap_or(words),
            Self::TraditionalChinese | Self::SimplifiedChinese => words,
        }
    }

    /// Adds words to a text; in Chinese with a space between a Han character and a Latin one.
    pub(super) fn push(self, text: &mut String, words: &str) {
        let before = text.chars().next_back();
        if let (Some(before), Some(after)) = (before, words.chars().next())
            && self != Self::English
            && (is_han(before) && is_latin(after) || is_latin(before) && is_han(after))
        {
            text.push(' ');
        }
        text.push_str(words);
    }

    /// `a, b and c`.
    pub(super) fn and(self, words: &[String]) -> String {
        self.list(words, [" and ", "和", "和"])
    }

    /// `a, b or c`.
    pub(super) fn or(self, words: &[String]) -> String {
        self.list(words, [" or ", "或", "或"])
    }

    fn list(self, words: &[String], last: Phrase) -> String {
        let mut text = String::new();
        for (place, word) in words.iter().enumerate() {
            if place > 0 {
                let is_last = place + 1 == words.len();
                let between = if is_last { last } else { [", ", "、", "、"] };
                self.push(&mut text, self.pick(between));
            }
            self.push(&mut text, word);
        }
        text
    }

    /// A text of the data, between quotation marks.
    pub(super) fn quoted(self, text: &str) -> String {
        match text {
            "" => self
                .pick(["an empty text", "空白文字", "空文本"])
                .to_owned(),
            _ => {
                let [open, close] = self.pick([["“", "”"], ["「", "」"], ["“", "”"]]);
                format!("{open}{text}{close}")
            }
        }
    }

    /// Words between brackets.
    pub(super) fn bracketed(self, words: &str) -> String {
        let [open, close] = self.pick([["(", ")"], ["（", "）"], ["（", "）"]]);
        format!("{open}{words}{close}")
    }
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Characters that want a space between themselves and a Han character.
fn is_latin(character: char) -> bool {
    !character.is_whitespace()
        && !is_han(character)
        && (character.is_alphanumeric() || "`_-+%=<>×÷≈…".contains(character))
}

#[cfg(test)]
mod tests {
    use super::Language::{English, SimplifiedChinese, TraditionalChinese};
    use super::*;

    #[test]
    fn a_question_tells_its_language() {
        for (question, expected) in [
            ("How many singers do we have?", English),
            ("", English),
            ("42?", English),
            ("How many orders did 台積電 make last year?", English),
            ("顧客は何人いますか", English),
            ("我們有多少歌手？", TraditionalChinese),
            ("我们有多少歌手？", SimplifiedChinese),
            ("Northwind Traders 有幾張訂單？", TraditionalChinese),
            ("查询 Northwind Traders 的订单", SimplifiedChinese),
            ("平均年", TraditionalChinese),
            ("按年龄降序排列", SimplifiedChinese),
            ("哪位歌手最年長？", TraditionalChinese),
        ] {
            assert_eq!(Language::of(question), expected, "{question}");
        }
    }

    #[test]
    fn gaps_are_filled_once() {
        let phrase = ["{1} of {0}", "{0}的{1}", "{0}的{1}"];
        assert_eq!(English.say(phrase, &["{1}", "{0}"]), "{0} of {1}");
        assert_eq!(
            TraditionalChinese.say(phrase, &["city", "人口"]),
            "city 的人口"
        );
        assert_eq!(SimplifiedChinese.say(["", "", "{0}{9}"], &["a"]), "a{9}");
    }

    #[test]
    fn a_list_reads_as_one() {
        let words = ["a".to_owned(), "b".to_owned(), "c".to_owned()];
        assert_eq!(English.and(&words), "a, b and c");
        assert_eq!(English.or(&words[..2]), "a or b");
        assert_eq!(TraditionalChinese.and(&words), "a、b 和 c");
        assert_eq!(English.and(&[]), "");
    }
}
