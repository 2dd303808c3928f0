//! Values of a server as cells.
//!
//! What becomes of a type, in both engines:
//! - whole numbers of up to 64 bits: exactly, as integers; beyond them (`BIGINT UNSIGNED`) as texts;
//! - floating point: as it is; a 4-byte one as the shortest number that stands for it;
//! - exact decimals: an integer where there is no fraction, a number where 15 digits hold it (then
//!   its digits are shown as stored), and otherwise the text with every digit;
//! - dates and times: ISO 8601 with a space, as the database writes them;
//! - truth values: `true` and `false` (PostgreSQL); MySQL has 1 and 0;
//! - bytes: as the engine's SQL writes them, `\xcafe` (PostgreSQL) and `x'CAFE'` (MySQL);
//! - everything else (JSON, UUID, arrays, ranges, enumerations): its text.

use assistant::artifact::Cell;

/// Digits that a 64-bit floating point number always gives back as they were.
const EXACT_DIGITS: usize = 15;

/// An exact decimal.
pub(super) fn decimal(text: &str) -> Cell {
    if !text.contains('.')
        && let Ok(whole) = text.parse::<i64>()
    {
        return Cell::Integer(whole);
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let significant = digits.trim_start_matches('0').len();
    match text.parse::<f64>() {
        // NaN and infinity have no digits.
        Ok(number) if significant <= EXACT_DIGITS => Cell::Real(number),
        _ => Cell::Text(text.to_owned()),
    }
}

/// A whole number, which may be beyond 64 bits with a sign.
pub(super) fn integer(text: &str) -> Cell {
    text.parse()
        .map_or_else(|_| Cell::Text(text.to_owned()), Cell::Integer)
}

/// A floating point number.
pub(super) fn real(text: &str) -> Cell {
    text.parse()
        .map_or_else(|_| Cell::Text(text.to_owned()), Cell::Real)
}

/// Bytes of a cell's text, for limits.
pub(super) fn size(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) => text.len(),
        _ => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_keep_every_digit() {
        let text = |text: &str| Cell::Text(text.to_owned());
        for (written, expected) in [
            ("42", Cell::Integer(42)),
            ("-9223372036854775808", Cell::Integer(i64::MIN)),
            ("9223372036854775808", text("9223372036854775808")),
            ("12.30", Cell::Real(12.3)),
            ("0.000000000000001", Cell::Real(1e-15)),
            ("-123456789012.345", Cell::Real(-123_456_789_012.345)),
            ("1234567890123.4567", text("1234567890123.4567")),
            ("Infinity", Cell::Real(f64::INFINITY)),
        ] {
            assert_eq!(decimal(written), expected, "{written}");
        }
        assert!(matches!(decimal("NaN"), Cell::Real(number) if number.is_nan()));
    }
}
