//! What an answer costs, in whole millionths of a dollar.
//!
//! Prices are what the person copied from the service's price list; nothing here knows any.
//! Whole numbers, because sums of many small amounts must come out exactly.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Usage;

/// An amount in millionths of a dollar. In a settings file it is a text in dollars, such as `"0.15"`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MicroDollars(pub u64);

impl fmt::Display for MicroDollars {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{}.{:06}", self.0 / 1_000_000, self.0 % 1_000_000);
        let end = text.trim_end_matches('0').len();
        // Money is read with two places at least.
        let cents = text.len() - 4;
        formatter.write_str(&text[..end.max(cents)])
    }
}

/// A text that is no amount of dollars with at most six places.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no amount of dollars with at most six places")]
pub struct NoAmount(String);

impl FromStr for MicroDollars {
    type Err = NoAmount;

    fn from_str(text: &str) -> Result<Self, NoAmount> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let is_amount =
            !whole.is_empty() && part.len() <= 6 && are_digits(whole) && are_digits(part);
        is_amount
            .then(|| format!("{whole}{part:0<6}").parse().ok())
            .flatten()
            .map(Self)
            .ok_or_else(|| NoAmount(text.to_owned()))
    }
}

impl TryFrom<String> for MicroDollars {
    type Error = NoAmount;

    fn try_from(text: String) -> Result<Self, NoAmount> {
        text.parse()
    }
}

impl From<MicroDollars> for String {
    fn from(amount: MicroDollars) -> Self {
        amount.to_string()
    }
}

/// What a service charges for a million tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// Tokens of the prompt.
    pub input_per_million: MicroDollars,
    /// Tokens of the answer.
    pub output_per_million: MicroDollars,
    /// Tokens of the prompt that the service still knew; without it they cost as much as others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cached_per_million: Option<MicroDollars>,
}

/// What so many tokens cost at that price, rounded up to a millionth of a dollar at the very end.
///
/// Surcharges for writing into a service's cache are not in it: no service reports them as part
/// of what [`Usage`] can hold.
#[must_use]
pub fn cost(usage: &Usage, price: &Price) -> MicroDollars {
    let cached = usage.cached.min(usage.prompt);
    let fresh = usage.prompt - cached;
    let cached_price = price.cached_per_million.unwrap_or(price.input_per_million);
    let sum = [
        (fresh, price.input_per_million),
        (cached, cached_price),
        (usage.output, price.output_per_million),
    ]
    .iter()
    .map(|(tokens, price)| u128::from(*tokens) * u128::from(price.0))
    .sum::<u128>();
    MicroDollars(u64::try_from(sum.div_ceil(1_000_000)).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_and_written_exactly() {
        for (text, expected) in [
            ("0.15", Some(150_000)),
            ("15", Some(15_000_000)),
            ("0.000001", Some(1)),
            ("3.", Some(3_000_000)),
            (".5", None),
            ("0.0000001", None),
            ("-1", None),
            ("1e3", None),
            ("", None),
            ("99999999999999999999", None),
        ] {
            let amount = text.parse::<MicroDollars>().ok().map(|amount| amount.0);
            assert_eq!(amount, expected, "{text:?}");
        }
        for (amount, expected) in [
            (150_000, "0.15"),
            (0, "0.00"),
            (1, "0.000001"),
            (2_500_000, "2.50"),
        ] {
            assert_eq!(MicroDollars(amount).to_string(), expected);
        }
    }

    #[test]
    fn cached_tokens_have_their_own_price() {
        let price = |cached: Option<u64>| Price {
            input_per_million: MicroDollars(3_000_000),
            output_per_million: MicroDollars(15_000_000),
            cached_per_million: cached.map(MicroDollars),
        };
        let usage = |prompt, cached, output| Usage {
            prompt,
            cached,
            output,
        };
        for (usage, cached_price, expected) in [
            (usage(1000, 0, 100), None, 4500),
            (usage(1000, 900, 100), None, 4500),
            (usage(1000, 900, 100), Some(300_000), 300 + 270 + 1500),
            // More cached than there was: a service's slip costs nothing extra.
            (usage(10, 20, 0), Some(300_000), 3),
            (usage(0, 0, 0), None, 0),
            (usage(0, 0, u32::MAX), None, 64_424_509_425),
        ] {
            assert_eq!(cost(&usage, &price(cached_price)).0, expected, "{usage:?}");
        }
    }

    #[test]
    fn a_fraction_of_a_millionth_is_rounded_up() {
        let price = Price {
            input_per_million: MicroDollars(1),
            output_per_million: MicroDollars(1),
            cached_per_million: None,
        };
        let usage = Usage {
            prompt: 1,
            cached: 0,
            output: 1,
        };
        assert_eq!(cost(&usage, &price).0, 1);
    }
}
