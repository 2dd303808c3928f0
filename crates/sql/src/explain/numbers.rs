//! Numbers as people read them, and what a column's name says about its numbers.

use assistant::artifact::Cell;

/// Decimals of a number that is shown shortened.
const DECIMALS: usize = 2;

/// A number with more decimals than this is shortened.
const MOST_DECIMALS: usize = 4;

/// A value for a sentence. `about` is put before a number that had to be shortened.
pub(super) fn shown(cell: &Cell, column: &str, about: &str) -> Option<String> {
    Some(match cell {
        Cell::Null => return None,
        Cell::Text(text) => text.clone(),
        // 2,024 would be no year, and 10,482 no customer number.
        Cell::Integer(number) if is_year_name(column) || is_id_name(column) => number.to_string(),
        Cell::Integer(number) => grouped(&number.to_string()),
        Cell::Real(number) if !number.is_finite() || number.abs() >= 1e15 => number.to_string(),
        Cell::Real(number) => real(*number, about),
    })
}

fn real(number: f64, about: &str) -> String {
    // What lies beyond the tenth decimal is the computer's, not the data's: 0.1 + 0.2.
    let exact = format!("{number:.10}");
    let exact = exact.trim_end_matches('0').trim_end_matches('.');
    let decimals = exact
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len());
    let is_small = number.abs() < 0.01 && number != 0.0;
    match decimals <= MOST_DECIMALS && !(is_small && decimals == 0) {
        true => grouped(exact),
        false if is_small => format!("{about}{number:.2e}"),
        false => format!("{about}{}", grouped(&format!("{number:.DECIMALS$}"))),
    }
}

/// A decimal number with commas between thousands.
pub(super) fn grouped(number: &str) -> String {
    let (sign, digits) = match number.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", number),
    };
    let (whole, decimals) = match digits.split_once('.') {
        Some((whole, _)) => (whole, &digits[whole.len()..]),
        None => (digits, ""),
    };
    let mut text = sign.to_owned();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + decimals
}

/// The words of a column's name, in small letters: `CustomerId` and `customer_id` alike.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for character in name.chars() {
        let starts = character.is_uppercase() && was_small;
        was_small = character.is_lowercase() || character.is_numeric();
        if (!character.is_alphanumeric() || starts)
            && words.last().is_some_and(|word| !word.is_empty())
        {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| character.is_alphanumeric()) {
            word.extend(character.to_lowercase());
        }
    }
    words
}

/// Whether a name is one of a column of years.
pub(crate) fn is_year_name(name: &str) -> bool {
    let is_one = |word: &String| matches!(word.as_str(), "year" | "yr" | "年" | "年份" | "年度");
    words(name).iter().any(is_one)
        || name.ends_with('年')
        || name.ends_with("年份")
        || name.ends_with("年度")
}

/// Whether a name is one of a column of numbers that only tell things apart.
pub(crate) fn is_id_name(name: &str) -> bool {
    const WORDS: [&str; 12] = [
        "id", "code", "key", "uid", "uuid", "zip", "zipcode", "postcode", "phone", "no", "ssn",
        "isbn",
    ];
    const ENDINGS: [&str; 10] = [
        "編號",
        "编号",
        "代碼",
        "代码",
        "號碼",
        "号码",
        "郵遞區號",
        "邮编",
        "統編",
        "序號",
    ];
    words(name)
        .last()
        .is_some_and(|last| WORDS.contains(&last.as_str()))
        || ENDINGS.iter().any(|ending| name.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_by_thousands_and_never_changed() {
        for (cell, column, expected) in [
            (Cell::Integer(0), "n", "0"),
            (Cell::Integer(999), "n", "999"),
            (Cell::Integer(-1_234_567), "n", "-1,234,567"),
            (Cell::Integer(i64::MIN), "n", "-9,223,372,036,854,775,808"),
            (Cell::Integer(2024), "year", "2024"),
            (Cell::Integer(2024), "出生年", "2024"),
            (Cell::Integer(10482), "CustomerId", "10482"),
            (Cell::Integer(10482), "paid", "10,482"),
            (Cell::Real(4250.0), "n", "4,250"),
            (Cell::Real(4250.5), "n", "4,250.5"),
            (Cell::Real(0.1 + 0.2), "n", "0.3"),
            (Cell::Real(112.0 / 3.0), "n", "about 37.33"),
            (Cell::Real(-0.5), "n", "-0.5"),
            (Cell::Real(0.0), "n", "0"),
            (Cell::Real(0.000_012_345), "n", "about 1.23e-5"),
            (Cell::Real(f64::INFINITY), "n", "inf"),
        ] {
            assert_eq!(shown(&cell, column, "about ").as_deref(), Some(expected));
        }
        assert_eq!(shown(&Cell::Null, "n", ""), None);
    }

    #[test]
    fn a_name_tells_years_and_ids() {
        for name in [
            "year",
            "Song_release_year",
            "releaseYear",
            "年度",
            "出生年",
            "open_year",
        ] {
            assert!(is_year_name(name), "{name}");
        }
        for name in ["years_worked_total", "yearly", "age", "amount", "周年庆"] {
            assert!(!is_year_name(name), "{name}");
        }
        for name in [
            "id",
            "Singer_ID",
            "customerId",
            "ZIP",
            "客戶編號",
            "country_code",
        ] {
            assert!(is_id_name(name), "{name}");
        }
        for name in ["paid", "amount", "idle", "數量", "number"] {
            assert!(!is_id_name(name), "{name}");
        }
    }
}
