//! Dates and amounts as other programs write them.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::money;

/// Which part of a date comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Day,
    Month,
    Year,
}

/// The numbers of a date.
fn numbers(text: &str) -> Option<[(i16, usize); 3]> {
    let mut numbers = text
        .split(|letter: char| !letter.is_ascii_digit())
        .filter(|piece| !piece.is_empty())
        .map(|piece| Some((piece.parse().ok()?, piece.len())));
    let three = [numbers.next()??, numbers.next()??, numbers.next()??];
    numbers.next().is_none().then_some(three)
}

/// In which order the dates of a file are: any that only one order allows decides.
pub(super) fn order<'a>(dates: impl Iterator<Item = &'a str>) -> (Order, bool) {
    let (mut day_first, mut month_first) = (true, true);
    for text in dates {
        let Some([first, second, _]) = numbers(text) else {
            continue;
        };
        if first.1 == 4 {
            return (Order::Year, true);
        }
        day_first &= second.0 <= 12;
        month_first &= first.0 <= 12;
    }
    match (month_first, day_first) {
        (true, false) => (Order::Month, true),
        (false, true) => (Order::Day, true),
        // Quicken is American.
        _ => (Order::Month, false),
    }
}

/// A date of three numbers. Years of two digits are of this century up to 69.
pub(super) fn date(text: &str, order: Order) -> Option<Date> {
    let [first, second, third] = numbers(text)?;
    let (year, month, day) = match order {
        Order::Year => (first, second.0, third.0),
        Order::Month => (third, first.0, second.0),
        Order::Day => (third, second.0, first.0),
    };
    let year = match year {
        (number, 4) => number,
        (number, 1 | 2) if number < 70 => 2000 + number,
        (number, 2) => 1900 + number,
        _ => return None,
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `YYYYMMDD`, with or without a time after it.
pub(super) fn compact(text: &str) -> Option<Date> {
    let digits = text.trim().get(..8)?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |range: std::ops::Range<usize>| digits[range].parse::<i16>().ok();
    let (month, day) = (number(4..6)?, number(6..8)?);
    Date::new(
        number(0..4)?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

/// `YYYY-MM-DD`, with or without a time after it.
pub(super) fn iso(text: &str) -> Option<Date> {
    text.trim().get(..10)?.parse().ok()
}

/// An amount with a comma or a point before the fraction, and the other one or spaces or an
/// apostrophe between thousands. With one kind of sign only, three digits after a single one are
/// thousands.
pub(super) fn amount(text: &str) -> Option<Decimal> {
    let mut text: String = text
        .trim()
        .chars()
        .filter(|letter| !matches!(letter, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’'))
        .collect();
    let mut is_less = false;
    if text.starts_with('(') && text.ends_with(')') {
        text = text[1..text.len() - 1].to_owned();
        is_less = true;
    }
    if let Some(rest) = text.strip_suffix('-') {
        text = rest.to_owned();
        is_less = !is_less;
    }
    text = text.replace('−', "-");
    let comma = text.rfind(',');
    let point = text.rfind('.');
    let plain = match (comma, point) {
        (Some(comma), Some(point)) if comma > point => text.replace('.', "").replace(',', "."),
        (Some(_), Some(_)) => text.replace(',', ""),
        (Some(comma), None) => {
            let is_thousands = text.matches(',').count() > 1
                || (text.len() - comma == 4
                    && !text.trim_start_matches(['-', '+']).starts_with('0'));
            text.replace(',', if is_thousands { "" } else { "." })
        }
        (None, Some(_)) if text.matches('.').count() > 1 => text.replace('.', ""),
        _ => text,
    };
    let plain = plain.strip_prefix('+').unwrap_or(&plain);
    let is_number = plain.strip_prefix('-').unwrap_or(plain);
    if !is_number.starts_with(|letter: char| letter.is_ascii_digit() || letter == '.') {
        return None;
    }
    let plain = plain.strip_suffix('.').unwrap_or(plain);
    let amount = money::parse(plain).ok()?;
    Some(if is_less { -amount } else { amount })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_of_all_countries() {
        let cases = [
            ("1,234.56", "1234.56"),
            ("1.234,56", "1234.56"),
            ("1 234,56", "1234.56"),
            ("1'234.50", "1234.50"),
            ("1,234", "1234"),
            ("0,125", "0.125"),
            ("12,5", "12.5"),
            ("-34.51", "-34.51"),
            ("34.51-", "-34.51"),
            ("(34.51)", "-34.51"),
            ("+7", "7"),
            ("380115,", "380115"),
            ("1.234.567", "1234567"),
        ];
        for (text, expected) in cases {
            assert_eq!(
                amount(text).map(|amount| amount.to_string()).as_deref(),
                Some(expected),
                "{text}"
            );
        }
        for text in ["", "$120", "abc", "1e5", "--1", "1.2.3,4,5"] {
            assert_eq!(amount(text), None, "{text}");
        }
    }

    #[test]
    fn dates_of_all_countries() {
        let cases = [
            ("2/10'2020", Order::Month, "2020-02-10"),
            ("1/ 1'00", Order::Month, "2000-01-01"),
            ("22/12/2017", Order::Day, "2017-12-22"),
            ("2022-09-23", Order::Year, "2022-09-23"),
            ("31.12.99", Order::Day, "1999-12-31"),
        ];
        for (text, order, expected) in cases {
            assert_eq!(date(text, order).unwrap().to_string(), expected, "{text}");
        }
        assert_eq!(date("31/02/2020", Order::Day), None);
        assert_eq!(compact("20120231"), None);
        assert_eq!(
            compact("20091215202000.000[-4:EST]").unwrap().to_string(),
            "2009-12-15"
        );
    }

    #[test]
    fn one_date_tells_the_order_of_all() {
        let order_of = |dates: &[&str]| order(dates.iter().copied());
        assert_eq!(order_of(&["01/02/2018", "22/12/2017"]), (Order::Day, true));
        assert_eq!(
            order_of(&["01/02/2018", "12/22/2017"]),
            (Order::Month, true)
        );
        assert_eq!(order_of(&["01/02/2018"]), (Order::Month, false));
    }
}
