//! Numbers as people write them: `1,234.50`, `1.234,50`, `(5)`, `NT$1,200`, `12.5%`.
//!
//! A single value is often ambiguous (`1,234`), so nothing is decided here for one value: each is
//! held against both ways of writing, and a column is what all of its values agree on. What looks
//! like a number and is a name (a postcode with a leading zero, a card number) is no number.

mod survey;

pub use survey::{Numbers, Survey};

/// Whole numbers with more digits than this are names, and a double would not hold them exactly.
const DIGITS: usize = 15;

/// A larger power of ten is beyond what a double holds, or may be.
const LARGEST_POWER: u32 = 290;

/// From so many digits on, `+` is the beginning of a telephone number.
const TELEPHONE_DIGITS: usize = 8;

/// Marks of currencies, longest first where one begins another.
const CURRENCIES: [&str; 29] = [
    "NT$", "US$", "HK$", "AU$", "CA$", "S$", "R$", "A$", "C$", "$", "＄", "€", "£", "¥", "￥", "₩",
    "₹", "元", "圓", "円", "원", "USD", "EUR", "TWD", "CNY", "RMB", "JPY", "GBP", "CHF",
];

/// Which sign stands before the fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimal {
    /// `1,234.50`
    Point,
    /// `1.234,50`
    Comma,
}

impl Decimal {
    const fn sign(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

/// A number in its dress.
struct Dressed<'a> {
    negative: bool,
    plus: bool,
    currency: Option<&'static str>,
    percent: bool,
    body: &'a str,
}

fn undress(text: &str) -> Option<Dressed<'_>> {
    let mut body = text.trim();
    let mut dressed = Dressed {
        negative: false,
        plus: false,
        currency: None,
        percent: false,
        body,
    };
    if let Some(inner) = body
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    {
        dressed.negative = true;
        body = inner.trim();
    }
    // Each piece of the dress is worn once; the loop is for their order.
    for _ in 0..3 {
        let before = body;
        body = dressed.take_sign(body)?;
        body = dressed.take_currency(body)?;
        if let Some(rest) = body.strip_suffix(['%', '％']) {
            if std::mem::replace(&mut dressed.percent, true) {
                return None;
            }
            body = rest.trim_end();
        }
        if before.len() == body.len() {
            break;
        }
    }
    dressed.body = body;
    let first = body.chars().next()?;
    (first.is_ascii_digit() || matches!(first, '.' | ',')).then_some(dressed)
}

impl Dressed<'_> {
    fn take_sign<'b>(&mut self, body: &'b str) -> Option<&'b str> {
        let is_signed = self.negative || self.plus;
        if let Some(rest) = body.strip_prefix(['-', '\u{2212}']) {
            self.negative = true;
            return (!is_signed).then(|| rest.trim_start());
        }
        if let Some(rest) = body.strip_prefix('+') {
            self.plus = true;
            return (!is_signed).then(|| rest.trim_start());
        }
        if let Some(rest) = body.strip_suffix(['-', '\u{2212}']) {
            self.negative = true;
            return (!is_signed).then(|| rest.trim_end());
        }
        Some(body)
    }

    fn take_currency<'b>(&mut self, body: &'b str) -> Option<&'b str> {
        // Most bodies are digits from end to end.
        let is_bare = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
        if is_bare(body.chars().next()) && is_bare(body.chars().next_back()) {
            return Some(body);
        }
        for mark in CURRENCIES {
            let rest = body
                .strip_prefix(mark)
                .map(str::trim_start)
                .or_else(|| body.strip_suffix(mark).map(str::trim_end));
            if let Some(rest) = rest {
                let is_first = self.currency.replace(mark).is_none();
                return is_first.then_some(rest);
            }
        }
        Some(body)
    }
}

/// What there is between the digits of a number that fits one way of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fit {
    fraction: bool,
    digits: usize,
}

const fn is_grouping(letter: char, decimal: Decimal) -> bool {
    match letter {
        ',' => matches!(decimal, Decimal::Point),
        '.' => matches!(decimal, Decimal::Comma),
        ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '\u{2019}' => true,
        _ => false,
    }
}

/// Holds digits and signs against one way of writing.
fn fit(body: &str, decimal: Decimal) -> Option<Fit> {
    let mantissa = match body.find(['e', 'E']) {
        Some(at) => {
            let (mantissa, exponent) = (&body[..at], &body[at + 1..]);
            let digits = exponent.strip_prefix(['-', '+']);
            // `12E3` is the name of something; `1.2E3` and `12E+3` are numbers.
            if digits.is_none() && !mantissa.contains(decimal.sign()) {
                return None;
            }
            let digits = digits.unwrap_or(exponent);
            let power = if is_digits(digits) {
                digits.parse().ok()
            } else {
                None
            };
            let is_number = power.is_some_and(|power: u32| power <= LARGEST_POWER);
            if !is_number || mantissa.chars().any(|letter| is_grouping(letter, decimal)) {
                return None;
            }
            mantissa
        }
        None => body,
    };
    let (whole, fraction) = match mantissa.split_once(decimal.sign()) {
        Some((_, "")) => return None,
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    if fraction.is_some_and(|fraction| !is_digits(fraction)) {
        return None;
    }
    let digits = whole_digits(whole, decimal)?;
    if digits == 0 && fraction.is_none() {
        return None;
    }
    Some(Fit {
        fraction: fraction.is_some() || mantissa.len() < body.len(),
        digits,
    })
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// How many digits there are before the fraction, if they and their groups are in order.
fn whole_digits(whole: &str, decimal: Decimal) -> Option<usize> {
    let digits = if is_digits(whole) {
        whole.len()
    } else {
        let sign = whole.chars().find(|letter| is_grouping(*letter, decimal))?;
        let mut groups = whole.split(sign);
        let first = groups.next()?;
        if !(1..=3).contains(&first.len()) || !is_digits(first) {
            return None;
        }
        let mut digits = first.len();
        for group in groups {
            if group.len() != 3 || !is_digits(group) {
                return None;
            }
            digits += 3;
        }
        digits
    };
    let is_name = digits > DIGITS || digits > 1 && whole.starts_with('0');
    (!is_name).then_some(digits)
}

/// Digits of a number as Rust reads them, put together in `buffer`.
fn clean<'b>(text: &str, decimal: Decimal, buffer: &'b mut String) -> Option<&'b str> {
    let dressed = undress(text)?;
    fit(dressed.body, decimal)?;
    buffer.clear();
    if dressed.negative {
        buffer.push('-');
    }
    for letter in dressed.body.chars() {
        if letter == decimal.sign() {
            buffer.push('.');
        } else if !is_grouping(letter, decimal) {
            buffer.push(letter);
        }
    }
    if dressed.percent {
        // Not divided afterwards: this way it is rounded once.
        buffer.push_str("e-2");
    }
    Some(buffer)
}

/// A whole number; nothing when it is none.
pub fn integer(text: &str, decimal: Decimal, buffer: &mut String) -> Option<i64> {
    clean(text, decimal, buffer)?.parse().ok()
}

/// A number; nothing when it is none.
pub fn real(text: &str, decimal: Decimal, buffer: &mut String) -> Option<f64> {
    let number: f64 = clean(text, decimal, buffer)?.parse().ok()?;
    number.is_finite().then_some(number)
}

/// Whether it is a number by itself.
pub fn is_number(text: &str) -> bool {
    Survey::default().see(text)
}
