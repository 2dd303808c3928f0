//! Numbers in digits: `84.50`, `2,400`, `1.234,56`, `12,50`, `1 234 567`, `1,50,000`, `1'200.50`, `1.5k`.

use rust_decimal::Decimal;

use super::{Number, Shape};
use crate::text::{after, before, is_latin};

/// Words and letters behind digits that multiply them, the longer first.
const SCALES: [(&str, i64); 22] = [
    ("thousand", 1_000),
    ("trillion", 1_000_000_000_000),
    ("million", 1_000_000),
    ("billion", 1_000_000_000),
    ("hundred", 100),
    ("grand", 1_000),
    ("crores", 10_000_000),
    ("crore", 10_000_000),
    ("lakhs", 100_000),
    ("lakh", 100_000),
    ("mill", 1_000_000),
    ("mil", 1_000_000),
    ("bln", 1_000_000_000),
    ("tln", 1_000_000_000_000),
    ("mln", 1_000_000),
    ("mm", 1_000_000),
    ("mn", 1_000_000),
    ("bn", 1_000_000_000),
    ("tn", 1_000_000_000_000),
    ("k", 1_000),
    ("m", 1_000_000),
    ("b", 1_000_000_000),
];

/// Reads the number that begins at a digit, or at a point before one.
pub fn read(text: &str, at: usize) -> Option<Number> {
    if before(text, at).is_some_and(|letter| letter.is_ascii_digit()) || is_within(text, at) {
        return None;
    }
    let run = run(&text[at..]);
    // "22,24,26" is a list: what follows the first comma of it is no number with a fraction.
    let run = match is_listed(text, at) {
        true => run.split(',').next().unwrap_or(run),
        false => run,
    };
    if !run.starts_with(|letter: char| letter.is_ascii_digit() || letter == '.') || run == "." {
        return None;
    }
    let written = value(run)?;
    let mut end = at + written.length;
    let mut number = Number::new(at..end, written.value, Shape::Digits);
    number.has_fraction = written.has_fraction;
    number.is_scaled = written.is_grouped;
    number.otherwise = written.otherwise;
    if let Some(length) = exponent(&text[end..]) {
        end += length;
        number.value = text[at..end]
            .parse::<f64>()
            .ok()
            .filter(|value| value.abs() < 1e15)
            .and_then(|_| Decimal::from_scientific(&text[at..end]).ok());
        number.otherwise = None;
    }
    if let Some((length, factor)) = scale(text, end) {
        end += length;
        number.is_scaled = true;
        number.value = number
            .value
            .and_then(|value| value.checked_mul(Decimal::from(factor)));
        number.otherwise = None;
    }
    number.span.end = end;
    let sane = number
        .value
        .filter(|value| *value < Decimal::from(super::TOO_LARGE));
    number.value = sane;
    Some(number)
}

/// Whether a comma and a digit stand before it.
fn is_listed(text: &str, at: usize) -> bool {
    text[..at]
        .strip_suffix(',')
        .is_some_and(|head| head.ends_with(|letter: char| letter.is_ascii_digit()))
}

/// Whether a point and a digit stand before it: the rest of an address or a version.
fn is_within(text: &str, at: usize) -> bool {
    text[..at]
        .strip_suffix('.')
        .is_some_and(|head| head.ends_with(|letter: char| letter.is_ascii_digit()))
}

/// The digits with all signs between them.
fn run(text: &str) -> &str {
    let letters: Vec<(usize, char)> = text.char_indices().take(60).collect();
    let is_digit = |at: usize| {
        letters
            .get(at)
            .is_some_and(|letter| letter.1.is_ascii_digit())
    };
    let mut end = 0;
    for (at, (_, letter)) in letters.iter().enumerate() {
        let goes_on = match letter {
            '0'..='9' => true,
            '.' | ',' | '\'' => is_digit(at + 1) && (at == 0 || is_digit(at - 1)),
            // A space parts groups of three, and only after a group.
            ' ' => {
                is_digit(at + 1)
                    && is_digit(at + 2)
                    && is_digit(at + 3)
                    && !is_digit(at + 4)
                    && is_grouped_so_far(&text[..letters[at].0])
            }
            _ => false,
        };
        if !goes_on {
            break;
        }
        end = at + 1;
    }
    match letters.get(end) {
        Some((length, _)) => &text[..*length],
        None => {
            &text[..letters
                .last()
                .map_or(0, |(at, letter)| at + letter.len_utf8())]
        }
    }
}

fn is_grouped_so_far(head: &str) -> bool {
    let mut groups = head.split(' ');
    let first = groups.next().unwrap_or_default();
    is_digits(first, 1..=3) && groups.all(|group| is_digits(group, 3..=3))
}

struct Written {
    length: usize,
    value: Option<Decimal>,
    has_fraction: bool,
    is_grouped: bool,
    otherwise: Option<Decimal>,
}

/// What a run of digits and signs means. Where it is several numbers, the first of them.
fn value(run: &str) -> Option<Written> {
    let groups = |sign: char, run: &str| -> bool {
        let mut parts = run.split(sign);
        let first = parts.next().unwrap_or_default();
        let rest: Vec<&str> = parts.collect();
        let by_three = is_digits(first, 1..=3) && rest.iter().all(|part| is_digits(part, 3..=3));
        let by_two = is_digits(first, 1..=2)
            && rest.len() > 1
            && rest[..rest.len() - 1]
                .iter()
                .all(|part| is_digits(part, 2..=2))
            && is_digits(rest[rest.len() - 1], 3..=3);
        !rest.is_empty() && (by_three || (sign == ',' && by_two)) && !first.starts_with('0')
    };
    let whole = |length: usize, digits: String, has_fraction: bool, is_grouped: bool| {
        Some(Written {
            length,
            value: digits.parse().ok(),
            has_fraction,
            is_grouped,
            otherwise: None,
        })
    };
    let plain = |run: &str| run.replace([',', '\'', ' ', '.'], "");
    if let Some((head, fraction)) = run.rsplit_once('.')
        && is_digits(fraction, 1..=30)
    {
        // 1,234.56
        if [',', '\'', ' '].into_iter().any(|sign| groups(sign, head)) {
            return whole(run.len(), format!("{}.{fraction}", plain(head)), true, true);
        }
        if groups('.', run) {
            return dotted(run);
        }
        if head.is_empty() || is_digits(head, 1..=40) {
            return whole(run.len(), format!("0{head}.{fraction}"), true, false);
        }
    }
    if [',', '\'', ' '].into_iter().any(|sign| groups(sign, run)) {
        return whole(run.len(), plain(run), false, true);
    }
    if let Some((head, fraction)) = run.rsplit_once(',')
        && is_digits(fraction, 1..=2)
        && (groups('.', head) || groups(' ', head) || is_digits(head, 1..=12))
    {
        let is_grouped = head.contains(['.', ' ']);
        return whole(
            run.len(),
            format!("{}.{fraction}", plain(head)),
            true,
            is_grouped,
        );
    }
    // A list without spaces, a version, an address: the first run of digits alone.
    let length = run.find(|letter: char| !letter.is_ascii_digit());
    let length = length.unwrap_or(run.len());
    match run.matches('.').count() {
        // ".5,33,4" begins with no digit at all: no number of no length, which nobody would get past.
        _ if length == 0 => None,
        0 | 1 => whole(length, run[..length].to_owned(), false, false),
        _ => None,
    }
}

/// `1.234` is a thousand and more in half of the world, `1.234.567` everywhere.
fn dotted(run: &str) -> Option<Written> {
    let is_certain = run.matches('.').count() > 1;
    Some(Written {
        length: run.len(),
        value: run.replace('.', "").parse().ok(),
        has_fraction: false,
        is_grouped: true,
        otherwise: if is_certain { None } else { run.parse().ok() },
    })
}

fn is_digits(text: &str, length: std::ops::RangeInclusive<usize>) -> bool {
    length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Length of `e400`.
fn exponent(rest: &str) -> Option<usize> {
    let digits = rest.strip_prefix('e')?;
    let unsigned = digits.strip_prefix(['+', '-']).unwrap_or(digits);
    let count = unsigned
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(unsigned.len());
    let end = rest.len() - unsigned.len() + count;
    let is_free = !after(rest, end).is_some_and(is_latin);
    (count > 0 && is_free).then_some(end)
}

/// A scale behind a number: how long it is with the space before it, and its factor.
fn scale(text: &str, at: usize) -> Option<(usize, i64)> {
    let rest = &text[at..];
    let spaced = rest.trim_start_matches(' ');
    let spaces = rest.len() - spaced.len();
    SCALES.iter().find_map(|(word, factor)| {
        // Single letters belong to something else when they stand apart.
        let is_near = spaces == 0 || (word.len() > 2 && spaces == 1);
        let tail = spaced.strip_prefix(word)?;
        // `m` alone is metres as well; money in millions is told by a sign before it.
        let is_clear = *word != "m" && *word != "b" && *word != "mm" || has_sign(text, at);
        let is_free = !tail.chars().next().is_some_and(is_latin);
        (is_near && is_free && is_clear).then_some((spaces + word.len(), *factor))
    })
}

fn has_sign(text: &str, end: usize) -> bool {
    let head = text[..end]
        .trim_end_matches(|letter: char| letter.is_ascii_digit() || ".,".contains(letter));
    head.trim_end().ends_with(['$', '€', '£', '¥', '￥'])
}
