//! Amounts: exact decimals, and how many digits after the point a currency has.
//!
//! Nothing here is ever a floating point number. Amounts are bounded so that no sum over a book can
//! lose a digit: a decimal has 28 of them.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::BookError;

/// The largest amount of one posting, exclusive: ten trillion.
pub const MOST: i64 = 10_000_000_000_000;

/// The most digits after the point.
pub const MOST_DIGITS: u32 = 8;

/// Digits after the point of a currency, by ISO 4217; commodities that are not in it have two.
///
/// The new Taiwan dollar has two by the standard and none in anybody's books; its amounts are
/// rounded to two where something must be rounded, and shown as they were written.
#[must_use]
pub fn minor_digits(currency: &str) -> u32 {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX"
        | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        "BTC" | "ETH" => 8,
        _ => 2,
    }
}

/// Digits after the point that figures of a currency are shown with at least.
#[must_use]
pub fn shown_digits(currency: &str) -> u32 {
    match currency {
        "TWD" => 0,
        "BTC" | "ETH" => 2,
        _ => minor_digits(currency),
    }
}

/// Rounds to what a currency can be paid in, halves away from nothing as merchants do.
#[must_use]
pub fn round(amount: Decimal, currency: &str) -> Decimal {
    amount.round_dp_with_strategy(
        minor_digits(currency),
        RoundingStrategy::MidpointAwayFromZero,
    )
}

/// A decimal as programs write it, such as `-1234.50`.
///
/// # Errors
/// When it is none, or larger or finer than a book holds.
pub fn parse(text: &str) -> Result<Decimal, BookError> {
    let trimmed = text.trim();
    let amount = Decimal::from_str_exact(trimmed)
        .map_err(|_| BookError::AmountUnreadable(trimmed.to_owned()))?;
    bounded(amount)
}

/// The amount, if a book can hold it.
///
/// # Errors
/// When it is too large or has too many digits after the point.
pub fn bounded(amount: Decimal) -> Result<Decimal, BookError> {
    let amount = if amount.scale() > MOST_DIGITS {
        amount.normalize()
    } else {
        amount
    };
    if amount.scale() > MOST_DIGITS || amount.abs() >= Decimal::from(MOST) {
        return Err(BookError::AmountOutOfRange(amount.to_string()));
    }
    Ok(amount)
}

/// Whether something may be the name of a currency or a commodity.
#[must_use]
pub fn is_currency(name: &str) -> bool {
    let length = name.chars().count();
    (1..=24).contains(&length)
        && name.chars().all(|letter| {
            !letter.is_whitespace()
                && !letter.is_control()
                && !letter.is_ascii_digit()
                && !"\"';@{}()[]=,*+-#|~".contains(letter)
        })
        && !name.starts_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_or_refused() {
        let good = ["84.50", "-0.01", " 12600 ", "0", "9999999999999.99999999"];
        for text in good {
            assert_eq!(parse(text).unwrap().to_string(), text.trim());
        }
        let bad = ["", "1e400", "1,5", "NaN", "10000000000000", "0.000000001"];
        for text in bad {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_fine_amount_that_ends_in_noughts_is_not_too_fine() {
        assert_eq!(parse("1.50000000000").unwrap().to_string(), "1.5");
    }

    #[test]
    fn halves_are_rounded_away_from_nothing() {
        let cases = [
            ("2.345", "EUR", "2.35"),
            ("-2.345", "EUR", "-2.35"),
            ("2.5", "JPY", "3"),
        ];
        for (amount, currency, rounded) in cases {
            assert_eq!(round(parse(amount).unwrap(), currency).to_string(), rounded);
        }
    }

    #[test]
    fn a_currency_is_a_word() {
        for name in ["EUR", "$", "AAPL", "元", "VAC.HOURS"] {
            assert!(is_currency(name), "{name}");
        }
        for name in ["", "E R", "\"", "12", "a;b", ".x"] {
            assert!(!is_currency(name), "{name}");
        }
    }
}
