//! In which language a text is, as far as that can be told from its letters.
//!
//! Traditional and simplified characters are told apart by the two national sets: a character of
//! GB 2312 that Big5 lacks is written in simplified Chinese alone, and the other way round. What
//! both have says nothing. No table of our own is needed, and none can be out of date.

use encoding_rs::{BIG5, GBK};

/// A language, as far as letters show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    /// English, or no letters at all.
    English,
    /// Chinese in traditional characters.
    Traditional,
    /// Chinese in simplified characters.
    Simplified,
    /// Chinese in characters that both have.
    Chinese,
    /// Another one: Japanese, Korean, Cyrillic, and so on.
    Other,
}

/// Characters of GB 2312 that Big5 lacks and traditional writers use all the same.
const SHARED_BESIDES: &str = "啰〇";

impl Tongue {
    /// The language of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let (mut han, mut latin, mut other) = (0_usize, 0_usize, 0_usize);
        let (mut traditional, mut simplified) = (0_usize, 0_usize);
        for letter in text.chars() {
            if is_han(letter) {
                han += 1;
                traditional += usize::from(is_traditional(letter));
                simplified += usize::from(is_simplified(letter));
            } else if letter.is_ascii_alphabetic() {
                latin += 1;
            } else if letter.is_alphabetic() {
                other += usize::from(!is_western(letter));
            }
        }
        // A Chinese character says about as much as two letters, and Chinese quotes English words
        // more often than the other way round.
        match () {
            () if other > han && other > latin => Self::Other,
            () if han * 4 <= latin => Self::English,
            () if han == 0 => Self::English,
            () if traditional > simplified => Self::Traditional,
            () if simplified > traditional => Self::Simplified,
            () => Self::Chinese,
        }
    }

    /// The language that a code of the app names, such as `zh-Hant`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "en" => Some(Self::English),
            "zh-Hant" => Some(Self::Traditional),
            "zh-Hans" => Some(Self::Simplified),
            _ => None,
        }
    }

    /// Its name as a model is told it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Traditional => "Traditional Chinese (繁體中文)",
            Self::Simplified => "Simplified Chinese (简体中文)",
            Self::Chinese => "Chinese (中文)",
            Self::Other => "the language of the text",
        }
    }

    /// Whether it is Chinese.
    #[must_use]
    pub fn is_chinese(self) -> bool {
        matches!(self, Self::Traditional | Self::Simplified | Self::Chinese)
    }

    /// Whether a text in `other` would do where this one was wanted.
    #[must_use]
    pub fn takes(self, other: Self) -> bool {
        match self {
            Self::Other => true,
            Self::Chinese => other.is_chinese(),
            Self::Traditional | Self::Simplified => other == self || other == Self::Chinese,
            Self::English => other == self,
        }
    }

    /// Characters of `text` that do not belong into this language's script, each once.
    #[must_use]
    pub fn strangers(self, text: &str) -> Vec<char> {
        let is_strange: fn(char) -> bool = match self {
            Self::Traditional => is_simplified,
            Self::Simplified => is_traditional,
            Self::English | Self::Chinese | Self::Other => |_| false,
        };
        let mut strangers: Vec<char> = Vec::new();
        for letter in text.chars().filter(|letter| is_strange(*letter)) {
            if !strangers.contains(&letter) {
                strangers.push(letter);
            }
        }
        strangers
    }
}

/// Whether a character is one of Chinese writing.
#[must_use]
pub fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
}

/// Letters that English texts borrow.
fn is_western(letter: char) -> bool {
    matches!(letter, '\u{aa}'..='\u{24f}' | '\u{370}'..='\u{3ff}' | '\u{2100}'..='\u{214f}' | '\u{1d400}'..='\u{1d7ff}')
}

fn is_simplified(letter: char) -> bool {
    is_han(letter)
        && (RARE_IN_BIG5.contains(&letter)
            || (in_gb2312(letter) && !in_big5(letter) && !SHARED_BESIDES.contains(letter)))
}

fn is_traditional(letter: char) -> bool {
    is_han(letter) && in_big5(letter) && !in_gb2312(letter) && in_gbk(letter)
}

/// Characters that Big5 has for rare words of its own and that no traditional text of today uses.
const RARE_IN_BIG5: &[char] = &[
    '体', '号', '机', '从', '适', '听', '园', '当', '旧', '据', '构', '灯', '粮', '种', '胜', '胶',
    '触', '坏', '庄',
];

fn gbk(letter: char) -> Option<[u8; 2]> {
    let mut buffer = [0; 4];
    let (bytes, _, failed) = GBK.encode(letter.encode_utf8(&mut buffer));
    match (failed, bytes.as_ref()) {
        (false, [first, second]) => Some([*first, *second]),
        _ => None,
    }
}

fn in_gbk(letter: char) -> bool {
    gbk(letter).is_some()
}

/// GB 2312 is the part of GBK whose both bytes are high.
fn in_gb2312(letter: char) -> bool {
    gbk(letter).is_some_and(|[first, second]| (0xB0..=0xF7).contains(&first) && second >= 0xA1)
}

fn in_big5(letter: char) -> bool {
    let mut buffer = [0; 4];
    let (bytes, _, failed) = BIG5.encode(letter.encode_utf8(&mut buffer));
    !failed && bytes.len() == 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Tongue) {
        assert_eq!(Tongue::of(text), expected, "{text}");
    }

    #[test]
    fn languages_are_told_apart_by_their_letters() {
        check("", Tongue::English);
        check("The meeting is on Monday.", Tongue::English);
        check("Café naïve", Tongue::English);
        check("會議在星期一，請準時。", Tongue::Traditional);
        check("会议在星期一，请准时。", Tongue::Simplified);
        check("中文", Tongue::Chinese);
        check("請看 README 與 Makefile 這兩個檔案", Tongue::Traditional);
        check("We met 王 at the station in the morning", Tongue::English);
        check("Привет, как дела", Tongue::Other);
    }

    #[test]
    fn strangers_are_named_once() {
        assert_eq!(
            Tongue::Traditional.strangers("這个国家的国民"),
            vec!['个', '国']
        );
        assert_eq!(Tongue::Simplified.strangers("这個国家"), vec!['個']);
        assert!(
            Tongue::Traditional
                .strangers("臺灣的里長只乾杯，台北后里")
                .is_empty()
        );
        assert!(Tongue::English.strangers("国").is_empty());
    }
}
