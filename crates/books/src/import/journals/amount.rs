//! Amounts as hledger and ledger write them: the currency on either side, the sign anywhere.

use rust_decimal::Decimal;

use crate::import::dates;

/// An amount and its currency, and what follows.
pub(super) fn parse(text: &str) -> Option<(Decimal, String, &str)> {
    let mut rest = text.trim_start();
    let mut is_less = false;
    take_sign(&mut rest, &mut is_less);
    let mut currency = take_currency(&mut rest)?;
    take_sign(&mut rest, &mut is_less);
    let length = rest
        .char_indices()
        .take_while(|(place, letter)| {
            letter.is_ascii_digit()
                || matches!(letter, '.' | ',')
                || (matches!(letter, ' ' | '\u{a0}')
                    && rest[*place + letter.len_utf8()..]
                        .starts_with(|next: char| next.is_ascii_digit()))
        })
        .map(|(place, letter)| place + letter.len_utf8())
        .last()?;
    let number = figure(&rest[..length])?;
    rest = rest[length..].trim_start();
    if currency.is_empty() {
        currency = take_currency(&mut rest)?;
    }
    Some((
        if is_less { -number } else { number },
        currency,
        rest.trim_start(),
    ))
}

/// hledger takes a single comma or point for the decimal mark, whatever follows it.
fn figure(text: &str) -> Option<Decimal> {
    let marks = text.matches(['.', ',']).count();
    if marks == 1 && !text.contains([' ', '\u{a0}']) {
        let plain = text.replace(',', ".");
        return crate::money::parse(plain.trim_end_matches('.')).ok();
    }
    dates::amount(text)
}

fn take_sign(rest: &mut &str, is_less: &mut bool) {
    while let Some(sign) = rest
        .chars()
        .next()
        .filter(|letter| matches!(letter, '-' | '+'))
    {
        *is_less ^= sign == '-';
        *rest = rest[1..].trim_start();
    }
}

/// A currency at the beginning; empty where there is none. Nothing where a quotation mark is never
/// closed.
fn take_currency(rest: &mut &str) -> Option<String> {
    if let Some(quoted) = rest.strip_prefix('"') {
        let end = quoted.find('"')?;
        let currency = quoted[..end].to_owned();
        *rest = quoted[end + 1..].trim_start();
        return Some(currency);
    }
    let length = rest
        .char_indices()
        .take_while(|(_, letter)| {
            !letter.is_whitespace()
                && !letter.is_ascii_digit()
                && !"-+.,@*;=(){}[]\"<>".contains(*letter)
        })
        .map(|(place, letter)| place + letter.len_utf8())
        .last()
        .unwrap_or(0);
    let currency = rest[..length].to_owned();
    *rest = rest[length..].trim_start();
    Some(currency)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn amounts_are_read_wherever_the_currency_stands() {
        let cases = [
            ("$-135", "-135 $"),
            ("-$20", "-20 $"),
            ("1 AAA @ 1.20 USD", "1 AAA"),
            ("10", "10 "),
            ("€1,234.50", "1234.50 €"),
            ("2,5 kg", "2.5 kg"),
            ("-3 \"Chocolate Frogs\"", "-3 Chocolate Frogs"),
            ("- 222228.50 CNY", "-222228.50 CNY"),
            ("USD 1 000.00", "1000.00 USD"),
        ];
        for (text, expected) in cases {
            let (amount, currency, _) = parse(text).unwrap();
            assert_eq!(format!("{amount} {currency}"), expected, "{text}");
        }
        assert!(parse("abc").is_none());
    }
}
