//! Numbers: none may be lost on the way, and none may be made up.

use super::{Argument, Entry, Found, Looked};

pub(super) const KEEPS_NUMBERS: Entry = Entry {
    name: "keeps-numbers",
    argument: Argument::Inputs(1, 1),
    look: keeps,
};

pub(super) const NO_NEW_NUMBERS: Entry = Entry {
    name: "no-new-numbers",
    argument: Argument::Inputs(0, 3),
    look: none_new,
};

fn keeps(at: &Looked<'_>) -> Found {
    let there = numbers(at.text);
    let wanted = numbers(at.input(0).unwrap_or_default());
    let lost: Vec<&String> = wanted
        .iter()
        .filter(|number| !has(&there, number))
        .collect();
    match lost.as_slice() {
        [] => Found::passed("keeps-numbers", format!("all {} numbers", wanted.len())),
        lost => {
            let lost = listed(lost);
            Found::failed(
                "keeps-numbers",
                format!("lost: {lost}"),
                format!("These numbers of the text must stand in the answer: {lost}."),
            )
        }
    }
}

fn none_new(at: &Looked<'_>) -> Found {
    let source = match at.argument {
        None => at.source(),
        Some(names) => {
            let values = (0..names.split(',').count()).filter_map(|index| at.input(index));
            values.collect::<Vec<_>>().join("\n")
        }
    };
    let known = numbers(&source);
    // Numbers of lists and of small counts ("three points") are no claims.
    let claims = numbers(at.text)
        .into_iter()
        .filter(|number| number.len() > 1);
    let new: Vec<String> = claims.filter(|number| !has(&known, number)).collect();
    match new.iter().collect::<Vec<_>>().as_slice() {
        [] => Found::passed("no-new-numbers", "every number stands in the text"),
        new => {
            let new = listed(new);
            Found::failed(
                "no-new-numbers",
                format!("made up: {new}"),
                format!("These numbers are not in the text and must not be in the answer: {new}."),
            )
        }
    }
}

fn listed(numbers: &[&String]) -> String {
    let mut shown: Vec<&str> = Vec::new();
    for number in numbers {
        if !shown.contains(&number.as_str()) {
            shown.push(number);
        }
    }
    shown.truncate(8);
    shown.join(", ")
}

/// Whether a number is among others, whatever zeros its fraction ends with, or as one part of a
/// time, a date or a telephone number.
fn has(numbers: &[String], number: &str) -> bool {
    numbers.iter().any(|other| other == number)
}

/// The numbers of a text, each in one form: without the commas of thousands, in plain digits,
/// without zeros in front or at the end of a fraction.
pub(super) fn numbers(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().map(plain).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        if !letters[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let mut number = String::new();
        while at < letters.len() {
            let (letter, next) = (letters[at], letters.get(at + 1));
            let is_inside = next.is_some_and(char::is_ascii_digit);
            let groups = letter == ',' && is_group(&letters[at + 1..]);
            match letter {
                digit if digit.is_ascii_digit() => number.push(digit),
                '.' if is_inside && !number.contains('.') => number.push('.'),
                ',' if groups => {}
                _ => break,
            }
            at += 1;
        }
        found.push(normal(&number));
    }
    found
}

fn plain(letter: char) -> char {
    match letter {
        '０'..='９' => char::from_u32(u32::from(letter) - 0xFF10 + 0x30).unwrap_or(letter),
        '，' => ' ',
        other => other,
    }
}

/// Three digits and no fourth: what stands behind a comma of thousands.
fn is_group(rest: &[char]) -> bool {
    rest.len() >= 3
        && rest[..3].iter().all(char::is_ascii_digit)
        && !rest.get(3).is_some_and(char::is_ascii_digit)
}

fn normal(number: &str) -> String {
    let number = match number.contains('.') {
        true => number.trim_end_matches('0').trim_end_matches('.'),
        false => number,
    };
    let bare = number.trim_start_matches('0');
    match bare {
        "" => "0".to_owned(),
        bare if bare.starts_with('.') => format!("0{bare}"),
        bare => bare.to_owned(),
    }
}
