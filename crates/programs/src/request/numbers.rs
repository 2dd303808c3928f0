//! Numbers as people write them: 25,000, 25k, twelve, 两万五千.

use std::sync::LazyLock;

use regex::Regex;

/// A number in its place in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    /// What it amounts to.
    pub value: f64,
    /// Where it begins, in bytes.
    pub start: usize,
    /// Where it ends, with its thousands.
    pub end: usize,
}

impl Number {
    /// As a count of something.
    pub fn count(&self) -> Option<usize> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole and within bounds, as was asked just before"
        )]
        (self.value.fract() == 0.0 && (1.0..1e12).contains(&self.value))
            .then_some(self.value as usize)
    }
}

/// The text in small letters, with Chinese forms of digits and signs as ASCII has them.
pub fn plain(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '０'..='９' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
            '，' => ',',
            '；' => ';',
            '：' => ':',
            '（' => '(',
            '）' => ')',
            '。' => '.',
            'Ｘ' | 'ｘ' | '✕' => 'x',
            letter => letter,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

static DIGITS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s*(k\b|thousand|million|万|萬|千|百)?")
        .expect("the pattern is a literal that tests use")
});

static WORDS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|fifty|hundred)\b(?:\s+(thousand|hundred))?")
        .expect("the pattern is a literal that tests use")
});

static CHINESE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[零一二两兩三四五六七八九十百千万萬]+")
        .expect("the pattern is a literal that tests use")
});

/// Every number of a text that was made [`plain`], in order.
pub fn all(text: &str) -> Vec<Number> {
    let mut numbers: Vec<Number> = DIGITS
        .captures_iter(text)
        .filter_map(|found| {
            let whole = found.get(0)?;
            let value: f64 = found[1].replace(',', "").parse().ok()?;
            let scale = found.get(2).map_or(1.0, |word| scale(word.as_str()));
            Some(Number {
                value: value * scale,
                start: whole.start(),
                // Without the space behind it, which belongs to what follows.
                end: whole.start() + whole.as_str().trim_end().len(),
            })
        })
        .collect();
    numbers.extend(WORDS.captures_iter(text).filter_map(|found| {
        let whole = found.get(0)?;
        let scale = found.get(2).map_or(1.0, |word| scale(word.as_str()));
        Some(Number {
            value: word(&found[1])? * scale,
            start: whole.start(),
            end: whole.end(),
        })
    }));
    numbers.extend(CHINESE.find_iter(text).filter_map(|found| {
        // 5万 is read with its digits above.
        let follows_digit = text[..found.start()].ends_with(|c: char| c.is_ascii_digit());
        (!follows_digit).then_some(Number {
            value: chinese(found.as_str())?,
            start: found.start(),
            end: found.end(),
        })
    }));
    numbers.sort_by_key(|number| number.start);
    numbers
}

fn scale(word: &str) -> f64 {
    match word {
        "k" | "thousand" | "千" => 1e3,
        "million" => 1e6,
        "万" | "萬" => 1e4,
        "百" | "hundred" => 1e2,
        _ => 1.0,
    }
}

/// An English word as a number.
pub fn word(word: &str) -> Option<f64> {
    Some(match word {
        "a" | "an" | "one" | "single" => 1.0,
        "two" | "both" => 2.0,
        "three" => 3.0,
        "four" => 4.0,
        "five" => 5.0,
        "six" => 6.0,
        "seven" => 7.0,
        "eight" => 8.0,
        "nine" => 9.0,
        "ten" => 10.0,
        "eleven" => 11.0,
        "twelve" => 12.0,
        "twenty" => 20.0,
        "thirty" => 30.0,
        "fifty" => 50.0,
        "hundred" => 100.0,
        _ => return None,
    })
}

/// A Chinese numeral such as 两万五千.
pub fn chinese(text: &str) -> Option<f64> {
    let mut total = 0.0;
    let mut section = 0.0;
    let mut digit: f64 = 0.0;
    for letter in text.chars() {
        match letter {
            '零' => {}
            '一' => digit = 1.0,
            '二' | '两' | '兩' => digit = 2.0,
            '三' => digit = 3.0,
            '四' => digit = 4.0,
            '五' => digit = 5.0,
            '六' => digit = 6.0,
            '七' => digit = 7.0,
            '八' => digit = 8.0,
            '九' => digit = 9.0,
            '十' | '百' | '千' => {
                let unit = match letter {
                    '十' => 10.0,
                    '百' => 100.0,
                    _ => 1000.0,
                };
                section += digit.max(1.0) * unit;
                digit = 0.0;
            }
            '万' | '萬' => {
                let before: f64 = section + digit;
                total += before.max(1.0) * 10_000.0;
                section = 0.0;
                digit = 0.0;
            }
            _ => return None,
        }
    }
    Some(total + section + digit).filter(|value| *value > 0.0)
}
