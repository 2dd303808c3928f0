//! Chinese numerals: 三千零五十, 五千八, 兩百五, 1萬2, 200萬, 一百多, 壹仟貳佰.

use rust_decimal::Decimal;

use super::{Number, Shape};
use crate::text::{after, before};

/// What a folded letter means in a numeral.
#[derive(Clone, Copy, PartialEq)]
enum Sign {
    Digit(i64),
    Zero,
    Unit(i64),
    /// 廿, 卅
    Tens(i64),
}

fn sign(letter: char) -> Option<Sign> {
    Some(match letter {
        '零' | '〇' => Sign::Zero,
        '一' | '壹' => Sign::Digit(1),
        '二' | '两' | '贰' | '俩' => Sign::Digit(2),
        '三' | '叁' | '仨' => Sign::Digit(3),
        '四' | '肆' => Sign::Digit(4),
        '五' | '伍' => Sign::Digit(5),
        '六' | '陆' => Sign::Digit(6),
        '七' | '柒' => Sign::Digit(7),
        '八' | '捌' => Sign::Digit(8),
        '九' | '玖' => Sign::Digit(9),
        '十' | '拾' => Sign::Unit(10),
        '廿' => Sign::Tens(20),
        '卅' => Sign::Tens(30),
        '百' | '佰' => Sign::Unit(100),
        '千' | '仟' => Sign::Unit(1_000),
        '万' => Sign::Unit(10_000),
        '亿' => Sign::Unit(100_000_000),
        '兆' => Sign::Unit(1_000_000_000_000),
        _ => return None,
    })
}

/// Reads the numeral that begins at a Chinese letter.
pub fn read(text: &str, at: usize) -> Option<Number> {
    let letter = after(text, at)?;
    match sign(letter)? {
        // 百五 is said for 150, but 百貨 and 千層 are words.
        Sign::Unit(unit) if unit > 10 && !is_short(text, at) => None,
        Sign::Zero if after(text, at + letter.len_utf8()) != Some('点') => None,
        _ => Reader::new(text, at).number(),
    }
}

/// A unit, one digit, and the end: 百五.
fn is_short(text: &str, at: usize) -> bool {
    let mut letters = text[at..].chars();
    let digit = letters.nth(1).and_then(sign);
    let next = letters.next();
    // Within a word, such as 一千百一, it is nothing of the sort.
    let is_at_begin = before(text, at).and_then(sign).is_none();
    is_at_begin
        && matches!(digit, Some(Sign::Digit(_)))
        && next.and_then(sign) != Some(Sign::Unit(10))
}

/// A number in digits that goes on in Chinese: 200萬, 1萬2, 3千5.
pub fn continued(text: &str, number: &Number) -> Option<Number> {
    let rest = text[number.span.end..].trim_start_matches(' ');
    let unit = rest.chars().next().and_then(sign)?;
    let is_near = text.len() - rest.len() - number.span.end <= 1;
    // 5百貨 is no number; a scale in English ends it.
    let is_unit = matches!(unit, Sign::Unit(unit) if unit != 10) && number.value.is_some();
    let is_plain = text[number.span.clone()].ends_with(|letter: char| letter.is_ascii_digit());
    (is_unit && is_near && is_plain)
        .then(|| Reader::new(text, number.span.start).number())
        .flatten()
}

/// A numeral up to 99 that is the whole of a short text, such as the day of a month.
pub fn small(text: &str) -> Option<i64> {
    if let Ok(number) = text.trim().parse() {
        return Some(number);
    }
    let letters: Vec<Sign> = text.chars().map(sign).collect::<Option<_>>()?;
    let value = match letters.as_slice() {
        [Sign::Digit(digit)] => *digit,
        [Sign::Unit(10)] => 10,
        [Sign::Unit(10), Sign::Digit(digit)] => 10 + digit,
        [Sign::Digit(tens), Sign::Unit(10)] => tens * 10,
        [Sign::Digit(tens), Sign::Unit(10), Sign::Digit(digit)] => tens * 10 + digit,
        [Sign::Tens(tens)] => *tens,
        [Sign::Tens(tens), Sign::Digit(digit)] => tens + digit,
        [Sign::Digit(tens), Sign::Zero] => tens * 10,
        [Sign::Digit(tens), Sign::Digit(digit)] => tens * 10 + digit,
        _ => return None,
    };
    Some(value)
}

/// Reads one numeral, letter by letter.
struct Reader<'a> {
    text: &'a str,
    begin: usize,
    at: usize,
    /// Finished parts with the large unit (万 and above) of each, the largest first.
    parts: Vec<(Decimal, i64)>,
    /// What was said below the next large unit.
    section: Decimal,
    /// A digit or number that waits for its unit.
    waiting: Option<Decimal>,
    /// The last unit, if nothing but a digit came since.
    last_unit: Option<i64>,
    /// Digits one after the other without units: 二零二五.
    row: u32,
    has_unit: bool,
    has_fraction: bool,
    is_about: bool,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, begin: usize) -> Self {
        Self {
            text,
            begin,
            at: begin,
            parts: Vec::new(),
            section: Decimal::ZERO,
            waiting: None,
            last_unit: None,
            row: 0,
            has_unit: false,
            has_fraction: false,
            is_about: false,
        }
    }

    fn number(mut self) -> Option<Number> {
        while self.step()? {}
        let value = self.total()?;
        let mut number = Number::new(self.begin..self.at, Some(value), Shape::Han);
        number.is_scaled = self.has_unit;
        number.has_fraction = self.has_fraction;
        number.is_about = self.is_about;
        (self.at > self.begin).then_some(number)
    }

    /// Takes one sign. False at the end of the numeral.
    fn step(&mut self) -> Option<bool> {
        let rest = &self.text[self.at..];
        let Some(letter) = rest.chars().next() else {
            return Some(false);
        };
        if letter.is_ascii_digit() {
            return self.digits();
        }
        if letter == ' ' {
            return Some(self.space());
        }
        if matches!(letter, '多' | '余' | '几' | '来') && self.about(letter) {
            return Some(true);
        }
        if letter == '点' {
            return Some(self.fraction());
        }
        let Some(sign) = sign(letter) else {
            return Some(false);
        };
        match sign {
            Sign::Digit(digit) => self.digit(digit),
            Sign::Zero if self.row > 0 && !self.has_unit => self.digit(0),
            Sign::Zero => self.last_unit = None,
            Sign::Tens(tens) => {
                self.section += Decimal::from(tens);
                self.has_unit = true;
            }
            Sign::Unit(unit) => {
                if !self.unit(unit)? {
                    return Some(false);
                }
            }
        }
        self.at += letter.len_utf8();
        Some(true)
    }

    /// A space before a scale only: `200 万`.
    fn space(&mut self) -> bool {
        let next = self.text[self.at + 1..].chars().next().and_then(sign);
        let goes_on = self.at > self.begin
            && self.waiting.is_some()
            && !self.has_unit
            && matches!(next, Some(Sign::Unit(unit)) if unit != 10);
        if goes_on {
            self.at += 1;
        }
        goes_on
    }

    fn digits(&mut self) -> Option<bool> {
        let is_first = self.at == self.begin;
        let goes_on = is_first || self.last_unit.is_some() || self.waiting.is_none();
        if !goes_on || (self.has_unit && self.waiting.is_some()) {
            return Some(false);
        }
        let number = super::digits::read(self.text, self.at)?;
        self.has_fraction |= number.has_fraction;
        self.waiting = Some(number.value?);
        self.row = 2;
        if number.span.len() > 1 {
            // 3万4000 is told in full, 3万4 is short.
            self.last_unit = None;
        }
        self.at = number.span.end;
        Some(true)
    }

    fn digit(&mut self, digit: i64) {
        let digit = Decimal::from(digit);
        self.waiting = Some(match self.waiting {
            Some(before) if !self.has_unit => before * Decimal::TEN + digit,
            _ => digit,
        });
        self.row += 1;
    }

    /// Multiplies what waits. False where the unit is no part of this numeral.
    fn unit(&mut self, unit: i64) -> Option<bool> {
        let factor = Decimal::from(unit);
        self.row = 0;
        if unit < 10_000 {
            let count = match self.waiting.take() {
                Some(count) => count,
                // 一百十五 and 十 begin with an unsaid one; 百百 does not.
                None if unit == 10 || self.at == self.begin => Decimal::ONE,
                None => return Some(false),
            };
            self.section = self.section.checked_add(count.checked_mul(factor)?)?;
        } else {
            let mut sum = self.section + self.waiting.take().unwrap_or_default();
            while let Some((part, _)) = self.parts.pop_if(|(_, other)| *other <= unit) {
                sum = sum.checked_add(part)?;
            }
            if sum.is_zero() {
                if self.at != self.begin {
                    return Some(false);
                }
                sum = Decimal::ONE;
            }
            self.parts.push((sum.checked_mul(factor)?, unit));
            self.section = Decimal::ZERO;
        }
        self.has_unit = true;
        self.last_unit = Some(unit);
        Some(true)
    }

    /// 一百多, 十几: some more than that.
    fn about(&mut self, letter: char) -> bool {
        if self.waiting.is_some() || !self.has_unit {
            return false;
        }
        // 五百来 is about five hundred, 五百来买 is not.
        let next = self.text[self.at + letter.len_utf8()..].chars().next();
        let counts =
            next.is_some_and(|next| sign(next).is_some() || "元块圆个人美欧日台港".contains(next));
        if !counts && letter != '多' && letter != '几' {
            return false;
        }
        self.is_about = true;
        self.last_unit = None;
        self.at += letter.len_utf8();
        true
    }

    /// 三点五. Of 七点五十 it is the time that is told.
    fn fraction(&mut self) -> bool {
        let digits: String = self.text[self.at + '点'.len_utf8()..]
            .chars()
            .map_while(|letter| match sign(letter) {
                Some(Sign::Digit(digit)) => char::from_digit(u32::try_from(digit).ok()?, 10),
                Some(Sign::Zero) => Some('0'),
                _ => letter.is_ascii_digit().then_some(letter),
            })
            .take(12)
            .collect();
        let length: usize = self.text[self.at + '点'.len_utf8()..]
            .chars()
            .take(digits.len())
            .map(char::len_utf8)
            .sum();
        let end = self.at + '点'.len_utf8() + length;
        let next = self.text[end..].chars().next();
        let is_time = next.is_some_and(|letter| "十分半钟刻".contains(letter));
        let Some(fraction) = format!("0.{digits}")
            .parse::<Decimal>()
            .ok()
            .filter(|_| !digits.is_empty() && !is_time)
        else {
            return false;
        };
        self.settle();
        self.section += fraction;
        self.has_fraction = true;
        self.last_unit = None;
        self.at = end;
        true
    }

    /// Adds the digit that waits, as a tenth of the last unit where it directly follows one.
    fn settle(&mut self) {
        let Some(waiting) = self.waiting.take() else {
            return;
        };
        let factor = match self.last_unit.take() {
            Some(unit) if unit >= 100 => Decimal::from(unit / 10),
            _ => Decimal::ONE,
        };
        self.section += waiting * factor;
    }

    fn total(&mut self) -> Option<Decimal> {
        self.settle();
        let mut total = self.section;
        for (part, _) in &self.parts {
            total = total.checked_add(*part)?;
        }
        Some(total)
    }
}
