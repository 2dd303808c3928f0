//! The reading of dates, numbers and sums against specifications that nobody here wrote: those of
//! Microsoft's Recognizers-Text, in English and Chinese.
//!
//! Only what applies to notes about past spending is held against them: dates that are not ahead of the
//! reference day, numbers that are no fractions or powers, sums in currencies that are still paid in.
//! The material lies outside the repository; without it the tests say so and stop.

#![expect(
    clippy::unwrap_used,
    reason = "a test, with its helpers outside the test functions"
)]

use std::path::PathBuf;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::Value;

/// The cases of one file; nothing where the material is not on this machine.
fn cases(name: &str) -> Option<Vec<Value>> {
    let folder = match std::env::var_os("DESKHAND_EVAL_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/eval"),
    };
    let path = folder.join("ledger/recognizers").join(name);
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("the material of {name} is not here: nothing was compared");
        return None;
    };
    Some(serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap())
}

/// Counts, and shows what differs.
struct Score {
    name: &'static str,
    right: usize,
    all: usize,
}

impl Score {
    fn new(name: &'static str) -> Self {
        Self {
            name,
            right: 0,
            all: 0,
        }
    }

    fn count(
        &mut self,
        input: &str,
        expected: &impl std::fmt::Debug,
        found: &impl std::fmt::Debug,
        is_right: bool,
    ) {
        self.all += 1;
        self.right += usize::from(is_right);
        if !is_right {
            eprintln!("{}: {input:?} is {expected:?}, not {found:?}", self.name);
        }
    }

    #[track_caller]
    fn at_least(&self, percent: usize) {
        eprintln!("{}: {} of {}", self.name, self.right, self.all);
        assert!(
            self.right * 100 >= self.all * percent,
            "{}: {} of {}, and {percent} % are wanted",
            self.name,
            self.right,
            self.all
        );
    }
}

fn dates(file: &str, name: &'static str, percent: usize) {
    let Some(cases) = cases(file) else { return };
    let mut score = Score::new(name);
    for case in cases {
        let input = case["Input"].as_str().unwrap();
        let today: Date = case["Context"]["ReferenceDateTime"].as_str().unwrap()[..10]
            .parse()
            .unwrap();
        let results = case["Results"].as_array().unwrap();
        let [result] = results.as_slice() else {
            continue;
        };
        let Some(past) = result["Value"]["PastResolution"]["date"].as_str() else {
            continue;
        };
        // The year 1 stands for a day that there is not.
        let expected: Option<Date> = Some(past)
            .filter(|past| !past.starts_with("0001"))
            .map(|past| past.parse().unwrap());
        if expected.is_some_and(|date| date > today || date.year() < 1900) {
            continue;
        }
        let found = ledger::spec::dates(input, today);
        let is_right = match expected {
            Some(date) => found.first().is_some_and(|first| first.1 == Some(date)),
            None => found.first().is_none_or(|first| first.1.is_none()),
        };
        score.count(input, &expected, &found, is_right);
    }
    score.at_least(percent);
}

#[test]
fn dates_in_english() {
    dates("English/DateParser.json", "dates in English", 85);
}

#[test]
fn dates_in_chinese() {
    dates("Chinese/DateParser.json", "dates in Chinese", 80);
}

fn is_plain(input: &str, value: &str) -> bool {
    let odd = [
        "分之",
        "/",
        "^",
        "E",
        "又",
        "打",
        "dozen",
        "doz",
        "dz",
        "thousandth",
        "fifth",
        "third",
        "eighth",
        "hundredth",
        "fourth",
        "quarter",
        "over",
        "out of",
        "firsts",
        "first",
        "half",
        "ninth",
        "thirtieth",
        "⅔",
        "¾",
        "negative",
        "minus",
    ];
    !odd.iter().any(|mark| input.contains(mark)) && !value.contains('E') && !input.contains("1/2")
}

fn numbers(file: &str, name: &'static str, percent: usize) {
    let Some(cases) = cases(file) else { return };
    let mut score = Score::new(name);
    for case in cases {
        let input = case["Input"].as_str().unwrap();
        let results = case["Results"].as_array().unwrap();
        let values: Vec<&str> = results
            .iter()
            .map(|result| result["Resolution"]["value"].as_str().unwrap_or_default())
            .collect();
        let [value] = values.as_slice() else { continue };
        let Ok(expected) = value.parse::<Decimal>() else {
            continue;
        };
        if !is_plain(input, value) || expected.abs() > Decimal::from(1_000_000_000_000_000_i64) {
            continue;
        }
        let found = ledger::spec::numbers(input);
        // A minus is not part of a number here; it is looked for around a sum.
        let is_right = found.iter().any(|number| number.1 == Some(expected.abs()));
        score.count(input, &expected, &found, is_right);
    }
    score.at_least(percent);
}

#[test]
fn numbers_in_english() {
    numbers("English/NumberModel.json", "numbers in English", 70);
}

#[test]
fn numbers_in_chinese() {
    numbers("Chinese/NumberModel.json", "numbers in Chinese", 82);
}

fn sums(file: &str, name: &'static str, percent: usize) {
    let Some(cases) = cases(file) else { return };
    let mut score = Score::new(name);
    for case in cases {
        let input = case["Input"].as_str().unwrap();
        for result in case["Results"].as_array().unwrap() {
            let Some(value) = result["Resolution"]["value"].as_str() else {
                continue;
            };
            let unit = result["Resolution"]["unit"].as_str().unwrap_or_default();
            let Ok(mut expected) = value.parse::<Decimal>() else {
                continue;
            };
            if !is_current(unit) || expected > Decimal::from(1_000_000_000_000_000_i64) {
                continue;
            }
            if unit == "Cent" {
                expected /= Decimal::ONE_HUNDRED;
            }
            let found = ledger::spec::sums(input);
            let is_right = found.iter().any(|sum| sum.0 == Some(expected));
            score.count(input, &(expected, unit), &found, is_right);
        }
    }
    score.at_least(percent);
}

/// Currencies that are still paid in, among those of the specification.
fn is_current(unit: &str) -> bool {
    let gone = [
        "markka",
        "Peseta",
        "Franc",
        "mark",
        "Lira",
        "Guilder",
        "Schilling",
        "Bitcoin",
        "Satoshi",
        "Escudo",
        "Punt",
        "Drachma",
        "Dinar",
    ];
    !gone.iter().any(|name| unit.contains(name))
}

#[test]
fn sums_in_english() {
    sums("English/CurrencyModel.json", "sums in English", 82);
}

#[test]
fn sums_in_chinese() {
    sums("Chinese/CurrencyModel.json", "sums in Chinese", 85);
}
