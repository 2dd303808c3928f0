//! Functions of texts.

use super::value::{Broken, Value, shown};
use super::{Call, Computed, worth};

pub(super) fn call(call: &Call<'_>) -> Option<Computed> {
    Some(match call.name {
        "LEFT" | "RIGHT" | "MID" => part(call),
        "LEN" => call.takes(1, 1).and_then(|()| {
            let text = call.text(0)?;
            Ok(worth(text.map(|text| counted(text.chars().count()))))
        }),
        "TRIM" | "UPPER" | "LOWER" | "PROPER" | "CLEAN" => changed(call),
        "FIND" | "SEARCH" => found(call),
        "SUBSTITUTE" | "REPLACE" => replaced(call),
        "TEXTBEFORE" | "TEXTAFTER" => beside(call),
        "CONCAT" | "CONCATENATE" | "TEXTJOIN" => joined(call),
        "REPT" => call.takes(2, 2).and_then(|()| {
            let (text, times) = (call.text(0)?, call.number(1)?);
            Ok(said(text.and_then(|text| {
                let times = places(times?)?;
                match times * text.len() > 32_000 {
                    true => Err(Broken::Value),
                    false => Ok(text.repeat(times)),
                }
            })))
        }),
        "EXACT" => call.takes(2, 2).and_then(|()| {
            let (one, other) = (call.text(0)?, call.text(1)?);
            Ok(match (one, other) {
                (Ok(one), Ok(other)) => Value::Flag(one == other),
                (Err(broken), _) | (_, Err(broken)) => Value::Broken(broken),
            })
        }),
        "VALUE" => call.takes(1, 1).and_then(|()| Ok(worth(call.number(0)?))),
        "TEXT" => formatted(call),
        _ => return None,
    })
}

#[expect(clippy::cast_precision_loss, reason = "texts of a sample are short")]
fn counted(count: usize) -> f64 {
    count as f64
}

/// A number as a count of letters.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is not negative, and it saturates"
)]
fn places(number: f64) -> Result<usize, Broken> {
    match number < 0.0 {
        true => Err(Broken::Value),
        false => Ok(number.trunc() as usize),
    }
}

fn said(text: Result<String, Broken>) -> Value {
    match text {
        Ok(text) => Value::Text(text),
        Err(broken) => Value::Broken(broken),
    }
}

fn part(call: &Call<'_>) -> Computed {
    let is_middle = call.name == "MID";
    call.takes(if is_middle { 3 } else { 1 }, if is_middle { 3 } else { 2 })?;
    let text = call.text(0)?;
    let (second, third) = (call.number_or(1, 1.0)?, call.number_or(2, 1.0)?);
    Ok(said(text.and_then(|text| {
        let letters: Vec<char> = text.chars().collect();
        let second = places(second?)?;
        let (from, count) = match call.name {
            "LEFT" => (0, second),
            "RIGHT" => (letters.len().saturating_sub(second), second),
            _ => (second.checked_sub(1).ok_or(Broken::Value)?, places(third?)?),
        };
        Ok(letters.into_iter().skip(from).take(count).collect())
    })))
}

fn changed(call: &Call<'_>) -> Computed {
    call.takes(1, 1)?;
    let text = call.text(0)?;
    Ok(said(text.map(|text| {
        match call.name {
            "UPPER" => text.to_uppercase(),
            "LOWER" => text.to_lowercase(),
            "TRIM" => text
                .split(' ')
                .filter(|word| !word.is_empty())
                .collect::<Vec<_>>()
                .join(" "),
            "CLEAN" => text.chars().filter(|letter| !letter.is_control()).collect(),
            _ => proper(&text),
        }
    })))
}

/// Every word with a capital.
fn proper(text: &str) -> String {
    let mut after_letter = false;
    let mut proper = String::new();
    for letter in text.chars() {
        match after_letter {
            true => proper.extend(letter.to_lowercase()),
            false => proper.extend(letter.to_uppercase()),
        }
        after_letter = letter.is_alphabetic();
    }
    proper
}

fn found(call: &Call<'_>) -> Computed {
    call.takes(2, 3)?;
    let (sought, text, from) = (call.text(0)?, call.text(1)?, call.number_or(2, 1.0)?);
    Ok(worth(sought.and_then(|sought| {
        let (mut sought, mut text) = (sought, text?);
        if call.name == "SEARCH" {
            (sought, text) = (sought.to_lowercase(), text.to_lowercase());
        }
        let from = places(from?)?.checked_sub(1).ok_or(Broken::Value)?;
        let start = text
            .char_indices()
            .nth(from)
            .map_or(text.len(), |(at, _)| at);
        let at = text[start..].find(&sought).ok_or(Broken::Value)?;
        Ok(counted(text[..start + at].chars().count() + 1))
    })))
}

fn replaced(call: &Call<'_>) -> Computed {
    if call.name == "SUBSTITUTE" {
        call.takes(3, 4)?;
        let (text, old, new) = (call.text(0)?, call.text(1)?, call.text(2)?);
        let which = call.number_or(3, 0.0)?;
        return Ok(said(text.and_then(|text| {
            let (old, new) = (old?, new?);
            match places(which?)? {
                _ if old.is_empty() => Ok(text),
                0 => Ok(text.replace(&old, &new)),
                which => Ok(match text.match_indices(&old).nth(which - 1) {
                    Some((at, _)) => format!("{}{new}{}", &text[..at], &text[at + old.len()..]),
                    None => text,
                }),
            }
        })));
    }
    call.takes(4, 4)?;
    let (text, from, count, new) = (
        call.text(0)?,
        call.number(1)?,
        call.number(2)?,
        call.text(3)?,
    );
    Ok(said(text.and_then(|text| {
        let letters: Vec<char> = text.chars().collect();
        let from = places(from?)?.checked_sub(1).ok_or(Broken::Value)?;
        let after = from.saturating_add(places(count?)?);
        let begin: String = letters.iter().take(from).collect();
        let end: String = letters.iter().skip(after).collect();
        Ok(format!("{begin}{}{end}", new?))
    })))
}

fn beside(call: &Call<'_>) -> Computed {
    call.takes(2, 6)?;
    let (text, mark) = (call.text(0)?, call.text(1)?);
    Ok(said(text.and_then(|text| {
        let mark = mark?;
        let (before, after) = text.split_once(&mark).ok_or(Broken::Absent)?;
        Ok(match call.name {
            "TEXTBEFORE" => before.to_owned(),
            _ => after.to_owned(),
        })
    })))
}

fn joined(call: &Call<'_>) -> Computed {
    let is_list = call.name == "TEXTJOIN";
    call.takes(if is_list { 3 } else { 1 }, usize::MAX)?;
    let texts: Result<Vec<String>, Broken> = call
        .all(if is_list { 2 } else { 0 })?
        .iter()
        .map(Value::text)
        .collect();
    if !is_list {
        return Ok(said(texts.map(|texts| texts.concat())));
    }
    let (mark, skips) = (call.text(0)?, call.one(1)?.flag());
    Ok(said(texts.and_then(|mut texts| {
        if skips? {
            texts.retain(|text| !text.is_empty());
        }
        Ok(texts.join(&mark?))
    })))
}

/// The formats of every day: days, places, thousands, percent. Others are left as they are.
fn formatted(call: &Call<'_>) -> Computed {
    call.takes(2, 2)?;
    let (value, format) = (call.one(0)?, call.text(1)?);
    Ok(said(format.and_then(|format| {
        let Ok(number) = value.number() else {
            return value.text();
        };
        Ok(super::days::formatted(number, &format).unwrap_or_else(|| figure(number, &format)))
    })))
}

fn figure(number: f64, format: &str) -> String {
    let places = format.split_once('.').map_or(0, |(_, behind)| {
        behind
            .chars()
            .take_while(|one| matches!(one, '0' | '#'))
            .count()
    });
    let is_percent = format.contains('%');
    let scaled = if is_percent { number * 100.0 } else { number };
    let mut text = match format.contains(['0', '#']) {
        true => format!("{scaled:.places$}"),
        false => shown(scaled),
    };
    let whole = format.split('.').next().unwrap_or_default();
    let least = whole.chars().filter(|one| *one == '0').count();
    let digits = text.split('.').next().map_or(0, str::len);
    text.insert_str(0, &"0".repeat(least.saturating_sub(digits)));
    if format.contains(',') {
        text = with_thousands(&text);
    }
    if is_percent {
        text.push('%');
    }
    text
}

fn with_thousands(text: &str) -> String {
    let (whole, behind) = match text.split_once('.') {
        Some((whole, behind)) => (whole, format!(".{behind}")),
        None => (text, String::new()),
    };
    let count = whole.chars().count();
    let mut spaced = String::new();
    for (place, digit) in whole.chars().enumerate() {
        let is_start = place == 0 || (place == 1 && whole.starts_with('-'));
        if !is_start && (count - place).is_multiple_of(3) {
            spaced.push(',');
        }
        spaced.push(digit);
    }
    spaced + &behind
}
