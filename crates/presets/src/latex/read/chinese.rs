//! Chinese words of mathematics, in both scripts.

use super::Token;

/// Words and what they mean, the longest first where one begins another.
const WORDS: &[(&str, Token)] = &[
    ("大於或等於", Token::Relation(r"\ge")),
    ("大于或等于", Token::Relation(r"\ge")),
    ("小於或等於", Token::Relation(r"\le")),
    ("小于或等于", Token::Relation(r"\le")),
    ("大於等於", Token::Relation(r"\ge")),
    ("大于等于", Token::Relation(r"\ge")),
    ("小於等於", Token::Relation(r"\le")),
    ("小于等于", Token::Relation(r"\le")),
    ("不等於", Token::Relation(r"\ne")),
    ("不等于", Token::Relation(r"\ne")),
    ("約等於", Token::Relation(r"\approx")),
    ("约等于", Token::Relation(r"\approx")),
    ("大於", Token::Relation(">")),
    ("大于", Token::Relation(">")),
    ("小於", Token::Relation("<")),
    ("小于", Token::Relation("<")),
    ("等於", Token::Relation("=")),
    ("等于", Token::Relation("=")),
    ("的平方根", Token::FunctionBehind(r"\sqrt")),
    ("的平方", Token::Squared),
    ("平方", Token::Squared),
    ("的立方", Token::Cubed),
    ("立方", Token::Cubed),
    ("的階乘", Token::Factorial),
    ("的阶乘", Token::Factorial),
    ("加減", Token::PlusMinus),
    ("加减", Token::PlusMinus),
    ("正負", Token::PlusMinus),
    ("正负", Token::PlusMinus),
    ("加上", Token::Plus),
    ("加", Token::Plus),
    ("減去", Token::Minus),
    ("减去", Token::Minus),
    ("減", Token::Minus),
    ("减", Token::Minus),
    ("負", Token::Minus),
    ("负", Token::Minus),
    ("乘以", Token::Times),
    ("乘上", Token::Times),
    ("乘", Token::Times),
    ("除以", Token::Over),
    ("根號", Token::SquareRoot),
    ("根号", Token::SquareRoot),
    ("的自然對數", Token::FunctionBehind(r"\ln")),
    ("的自然对数", Token::FunctionBehind(r"\ln")),
    ("的對數", Token::FunctionBehind(r"\log")),
    ("的对数", Token::FunctionBehind(r"\log")),
    ("的正弦", Token::FunctionBehind(r"\sin")),
    ("的餘弦", Token::FunctionBehind(r"\cos")),
    ("的余弦", Token::FunctionBehind(r"\cos")),
    ("的正切", Token::FunctionBehind(r"\tan")),
    ("分之", Token::Parts),
    ("的積分", Token::IntegralBehind),
    ("的积分", Token::IntegralBehind),
    ("從", Token::From),
    ("从", Token::From),
    ("到", Token::To),
    ("正無窮大", Token::Infinity),
    ("正无穷大", Token::Infinity),
    ("正無窮", Token::Infinity),
    ("正无穷", Token::Infinity),
    ("無窮大", Token::Infinity),
    ("无穷大", Token::Infinity),
    ("無限大", Token::Infinity),
    ("无限大", Token::Infinity),
    ("無窮", Token::Infinity),
    ("无穷", Token::Infinity),
];

const GREEK: &[(&str, &str)] = &[
    ("圓周率", r"\pi"),
    ("圆周率", r"\pi"),
    ("派", r"\pi"),
    ("西塔", r"\theta"),
    ("阿爾法", r"\alpha"),
    ("阿尔法", r"\alpha"),
    ("貝塔", r"\beta"),
    ("贝塔", r"\beta"),
];

/// The tokens, if every word is known.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    let text: String = text
        .to_lowercase()
        .chars()
        .filter(|one| !one.is_whitespace() && !matches!(one, '，' | '。' | '？' | ','))
        .collect();
    let mut tokens = Vec::new();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (token, taken) = power(rest)
            .or_else(|| word(rest))
            .or_else(|| number(rest))
            .or_else(|| letter(rest))?;
        tokens.extend(token);
        rest = &rest[taken..];
    }
    Some(tokens)
}

/// `的n次方`, which names the exponent in its middle.
fn power(rest: &str) -> Option<(Vec<Token>, usize)> {
    let inner = rest.strip_prefix('的').unwrap_or(rest);
    let mut taken = rest.len() - inner.len();
    if taken == 0 {
        return None;
    }
    let (exponent, length) = number(inner).or_else(|| letter(inner))?;
    taken += length;
    let behind = &inner[length..];
    let ending = ["次方", "次幂", "次冪"]
        .into_iter()
        .find(|ending| behind.starts_with(*ending))?;
    taken += ending.len();
    let mut tokens = vec![Token::Power];
    tokens.extend(exponent);
    Some((tokens, taken))
}

fn word(rest: &str) -> Option<(Vec<Token>, usize)> {
    let (word, token) = WORDS.iter().find(|(word, _)| rest.starts_with(word))?;
    Some((vec![token.clone()], word.len()))
}

fn letter(rest: &str) -> Option<(Vec<Token>, usize)> {
    if let Some((word, letter)) = GREEK.iter().find(|(word, _)| rest.starts_with(word)) {
        return Some((vec![Token::Letter((*letter).to_owned())], word.len()));
    }
    let first = rest.chars().next().filter(char::is_ascii_lowercase)?;
    Some((vec![Token::Letter(first.to_string())], 1))
}

/// Digits, or Chinese numerals up to 9,999.
fn number(rest: &str) -> Option<(Vec<Token>, usize)> {
    let end = rest
        .find(|one: char| !one.is_ascii_digit() && one != '.')
        .unwrap_or(rest.len());
    if end > 0 {
        rest[..end].parse::<f64>().ok()?;
        return Some((vec![Token::Number(rest[..end].to_owned())], end));
    }
    let (mut total, mut digit, mut taken) = (0_u32, None, 0);
    for letter in rest.chars() {
        let place = match letter {
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            _ => 1,
        };
        if place > 1 {
            total += digit.take().unwrap_or(1) * place;
        } else if let Some(value) = "零一二三四五六七八九".chars().position(|one| one == letter)
        {
            // Two digits with nothing between are a year or a list, and no number to be added up.
            if digit.is_some_and(|digit| digit != 0) {
                return None;
            }
            digit = u32::try_from(value).ok();
        } else if matches!(letter, '兩' | '两') {
            digit = Some(2);
        } else {
            break;
        }
        taken += letter.len_utf8();
    }
    (taken > 0).then(|| {
        (
            vec![Token::Number((total + digit.unwrap_or(0)).to_string())],
            taken,
        )
    })
}
