//! In which language, and for Chinese in which script, a text is written.

use crate::han;
use crate::text::is_han;

/// The languages that the assistant answers in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English, and whatever else has Latin letters.
    #[default]
    English,
    /// 繁體中文
    Traditional,
    /// 简体中文
    Simplified,
    /// Chinese without a letter that would tell the script: 咖啡 65 元.
    Chinese,
}

impl Language {
    /// The language of a text as it was written.
    pub fn of(text: &str) -> Self {
        let letters = text.chars().filter(|letter| is_han(*letter));
        let (mut all, mut traditional, mut simplified) = (0, 0, 0);
        for letter in letters {
            all += 1;
            if han::is_traditional(letter) {
                traditional += 1;
            } else if han::is_simplified(letter) {
                simplified += 1;
            }
        }
        let latin = text.chars().filter(char::is_ascii_alphabetic).count();
        // A Chinese letter is about a word, and names of firms are often Latin.
        match (all, traditional, simplified) {
            (0, ..) => Self::English,
            (all, ..) if latin > 6 * all => Self::English,
            (_, traditional, simplified) if traditional > simplified => Self::Traditional,
            (_, _, 1..) => Self::Simplified,
            _ => Self::Chinese,
        }
    }

    /// This language, or another where the script is not known.
    pub fn or(self, whole: Self) -> Self {
        match (self, whole) {
            (Self::Chinese, Self::Traditional | Self::Simplified) => whole,
            (own, _) => own,
        }
    }

    /// What people who write it mostly reckon in.
    pub fn currency(self) -> &'static str {
        match self {
            Self::English => "USD",
            Self::Traditional => "TWD",
            Self::Simplified | Self::Chinese => "CNY",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_told_apart() {
        assert_eq!(Language::of("Lunch with ACME"), Language::English);
        assert_eq!(Language::of("上週三買了兩台螢幕"), Language::Traditional);
        assert_eq!(Language::of("上周三买了两台屏幕"), Language::Simplified);
        assert_eq!(Language::of("咖啡 65 元"), Language::Chinese);
        assert_eq!(Language::of("Adobe 訂閱費"), Language::Traditional);
        assert_eq!(
            Language::Chinese.or(Language::Traditional),
            Language::Traditional
        );
    }
}
