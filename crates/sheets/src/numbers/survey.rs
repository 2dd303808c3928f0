//! What the numbers of a column have in common.

use super::{Decimal, TELEPHONE_DIGITS, fit, undress};

/// What the texts of a column have in common as numbers.
#[derive(Debug, Clone, Default)]
pub struct Survey {
    /// Values that are no number however they are read, or that do not agree with the others.
    is_out: bool,
    seen: bool,
    not_point: bool,
    not_comma: bool,
    point_fraction: bool,
    comma_fraction: bool,
    signs: bool,
    percent: bool,
    currency: Option<&'static str>,
}

/// How all numbers of a column are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbers {
    /// The sign before the fraction; nothing when both fit and mean different numbers.
    pub decimal: Option<Decimal>,
    /// The values are hundredths.
    pub percent: bool,
    /// The one currency that was marked.
    pub currency: Option<&'static str>,
    point_fraction: bool,
    comma_fraction: bool,
}

impl Numbers {
    /// Whether there are fractions when it is read this way.
    pub const fn is_real(&self, decimal: Decimal) -> bool {
        self.percent
            || match decimal {
                Decimal::Point => self.point_fraction,
                Decimal::Comma => self.comma_fraction,
            }
    }
}

impl Survey {
    /// Looks at one more value; false once the column cannot be numbers any more.
    pub fn see(&mut self, text: &str) -> bool {
        if !self.is_out && self.agrees(text).is_none() {
            self.is_out = true;
        }
        !self.is_out
    }

    fn agrees(&mut self, text: &str) -> Option<()> {
        let dressed = undress(text)?;
        if dressed.percent != self.percent && std::mem::replace(&mut self.seen, true) {
            return None;
        }
        self.seen = true;
        self.percent = dressed.percent;
        if let Some(mark) = dressed.currency
            && self
                .currency
                .replace(mark)
                .is_some_and(|other| other != mark)
        {
            return None;
        }
        let fits = |decimal, is_out: bool| {
            if is_out {
                None
            } else {
                fit(dressed.body, decimal)
            }
        };
        let point = fits(Decimal::Point, self.not_point);
        let comma = fits(Decimal::Comma, self.not_comma);
        let either = point.or(comma)?;
        if dressed.plus && either.digits >= TELEPHONE_DIGITS && !either.fraction {
            return None;
        }
        self.not_point = point.is_none();
        self.not_comma = comma.is_none();
        self.point_fraction |= point.is_some_and(|fit| fit.fraction);
        self.comma_fraction |= comma.is_some_and(|fit| fit.fraction);
        self.signs |= dressed.body.contains([',', '.']);
        Some(())
    }

    /// What they agree on.
    pub fn agreed(&self) -> Option<Numbers> {
        if self.is_out || !self.seen {
            return None;
        }
        let decimal = match (self.not_point, self.not_comma) {
            (false, true) => Some(Decimal::Point),
            (true, _) => Some(Decimal::Comma),
            // No currency has thousandths: three digits behind a sign are a group.
            (false, false) if self.currency.is_some() && self.signs => {
                match (self.point_fraction, self.comma_fraction) {
                    (false, true) => Some(Decimal::Point),
                    (true, false) => Some(Decimal::Comma),
                    _ => None,
                }
            }
            (false, false) if self.signs => None,
            (false, false) => Some(Decimal::Point),
        };
        Some(Numbers {
            decimal,
            percent: self.percent,
            currency: self.currency,
            point_fraction: self.point_fraction,
            comma_fraction: self.comma_fraction,
        })
    }

    /// The sign of the fraction, where the values leave no doubt.
    pub fn decided(&self) -> Option<Decimal> {
        let numbers = self.agreed()?;
        numbers.decimal.filter(|_| self.signs)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{integer, real};
    use super::*;

    /// The column as it would be stored; `?` before it when the decimal sign is not certain.
    fn check(values: &[&str], expected: &str) {
        let mut survey = Survey::default();
        for value in values {
            survey.see(value);
        }
        let found = survey.agreed().map_or("text".to_owned(), |numbers| {
            let decimal = numbers.decimal.unwrap_or(Decimal::Point);
            let mut buffer = String::new();
            let read: Vec<String> = values
                .iter()
                .map(|value| {
                    if numbers.is_real(decimal) {
                        format!("{:?}", real(value, decimal, &mut buffer).unwrap())
                    } else {
                        integer(value, decimal, &mut buffer).unwrap().to_string()
                    }
                })
                .collect();
            let doubt = if numbers.decimal.is_none() { "?" } else { "" };
            format!("{doubt}{}", read.join(" "))
        });
        assert_eq!(found, expected, "{values:?}");
    }

    #[test]
    fn numbers_are_what_the_column_agrees_on() {
        for (values, expected) in [
            (&["1", "-2", "+3"][..], "1 -2 3"),
            (&["0", "0.5", ".5", "-0.25"], "0.0 0.5 0.5 -0.25"),
            (&["1,234.50", "7"], "1234.5 7.0"),
            (&["1.234,50", "7"], "1234.5 7.0"),
            (&["1 234,50", "1\u{a0}234,5"], "1234.5 1234.5"),
            (&["1'234.50", "2\u{2019}000"], "1234.5 2000.0"),
            (&["1,234"], "?1234"),
            (&["1,234", "1,234,567"], "1234 1234567"),
            (&["1,234", "0.5"], "1234.0 0.5"),
            (&["1,234", "0,5"], "1.234 0.5"),
            (&["1.234"], "?1.234"),
            (&["1.234.567"], "1234567"),
            (&["12,34", "12.34"], "text"),
            (&["(5)", "(1,234.5)", "3"], "-5.0 -1234.5 3.0"),
            (&["5-", "12.5-"], "-5.0 -12.5"),
            (&["\u{2212}5"], "-5"),
            (&["(-5)"], "text"),
            (&["$5", "-$7.50", "$-1", "8"], "5.0 -7.5 -1.0 8.0"),
            (&["NT$1,200", "NT$ 35"], "1200 35"),
            (&["1,200元", "35 元"], "1200 35"),
            (&["1.234 €", "35 €"], "1234 35"),
            (&["5 €", "6,50 €"], "5.0 6.5"),
            (&["$5", "€5"], "text"),
            (&["12.5%", "-3 %", "12.3%"], "0.125 -0.03 0.123"),
            (&["12%", "7"], "text"),
            (&["7", "12%"], "text"),
            (&["007"], "text"),
            (&["00"], "text"),
            (&["0,123"], "0.123"),
            (&["123456789012345"], "123456789012345"),
            (&["1234567890123456"], "text"),
            (&["0.1234567890123456789"], "0.12345678901234568"),
            (&["+886912345678"], "text"),
            (&["1e5"], "text"),
            (&["12E3"], "text"),
            (&["1.5E+10", "2e-3"], "15000000000.0 0.002"),
            (&["1.5e999"], "text"),
            (&["5."], "text"),
            (&["."], "text"),
            (&["-"], "text"),
            (&["12,34,567"], "text"),
            (&["1,23"], "1.23"),
            (&["1,2345"], "1.2345"),
            (&["NaN"], "text"),
            (&["inf"], "text"),
            (&["0x10"], "text"),
            (&["1 2"], "text"),
            (&["½"], "text"),
            (&["５"], "text"),
        ] {
            check(values, expected);
        }
    }
}
