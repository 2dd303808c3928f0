//! Entries: as they are handed in, as they are kept, and what makes one valid.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{BookError, money};

/// Where an entry comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// A person wrote or approved it.
    #[default]
    Written,
    /// It was in a file of a bank or of another program. The text tells it from every other
    /// transaction, so that a file that comes again posts nothing new.
    Imported(String),
    /// It takes over what was there before the book.
    Opening,
    /// It ends a year: what was earned and spent goes to the results of past years.
    Closing,
    /// It undoes the entry of that number.
    Reversal(u32),
    /// It brings amounts in other currencies to the rate of a day.
    Revaluation,
}

impl Origin {
    /// Whether it goes by the values of other entries and not by today's rates.
    fn keeps_values(&self) -> bool {
        matches!(self, Self::Closing | Self::Reversal(_))
    }
}

/// A posting that is handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftPosting {
    /// Name of the account.
    pub account: String,
    /// Debits are positive, credits negative.
    pub amount: Decimal,
    /// Code of the currency.
    pub currency: String,
    /// What it is worth in another currency, with the sign of the amount: in an exchange, what was
    /// paid for it.
    pub worth: Option<(Decimal, String)>,
}

impl DraftPosting {
    /// A posting in one currency.
    #[must_use]
    pub fn new(account: &str, amount: Decimal, currency: &str) -> Self {
        Self {
            account: account.to_owned(),
            amount,
            currency: currency.to_owned(),
            worth: None,
        }
    }

    /// The same with what it is worth.
    #[must_use]
    pub fn worth(mut self, amount: Decimal, currency: &str) -> Self {
        self.worth = Some((amount, currency.to_owned()));
        self
    }
}

/// An entry that is handed in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// When it happened.
    pub date: Date,
    /// What happened.
    pub description: String,
    /// Who paid or was paid.
    pub counterparty: String,
    /// The postings.
    pub postings: Vec<DraftPosting>,
    /// Code of the tax in it.
    pub tax: Option<String>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// What else is to be known.
    pub note: String,
    /// The sentence it was made of, word for word.
    pub source: String,
    /// The run it was proposed in.
    pub run: Option<String>,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where an account stands in a book's chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountId(pub(crate) u32);

/// Where a currency stands in a book's list of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CurrencyId(pub(crate) u16);

/// A posting in a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// Its account.
    pub account: AccountId,
    /// Debits are positive, credits negative.
    pub amount: Decimal,
    /// The currency of the amount.
    pub currency: CurrencyId,
    /// What statements count: the amount in the book's own currency where a rate is known, the
    /// amount itself elsewhere.
    pub value: Decimal,
    /// The currency of the value.
    pub value_currency: CurrencyId,
}

/// An entry in a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// From 1, in the order of posting.
    pub number: u32,
    /// When it happened.
    pub date: Date,
    /// What happened.
    pub description: String,
    /// Who paid or was paid.
    pub counterparty: String,
    /// The postings; their values add up to nothing in each currency.
    pub postings: Vec<Posting>,
    /// Code of the tax in it.
    pub tax: Option<String>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// What else is to be known.
    pub note: String,
    /// The sentence it was made of.
    pub source: String,
    /// The run it was proposed in.
    pub run: Option<String>,
    /// Where it comes from.
    pub origin: Origin,
    /// The entry that undoes it.
    pub reversed_by: Option<u32>,
    /// Whether it ends a year, or undoes what ended one: income statements leave it out.
    pub is_closing: bool,
}

/// Fewest postings of an entry.
const FEWEST: usize = 2;

/// Longest text of an entry, in characters.
const LONGEST: usize = 4000;

impl Draft {
    /// What can be said of an entry without its book.
    pub(crate) fn check(&self) -> Result<(), BookError> {
        if !(1800..=2400).contains(&i32::from(self.date.year())) {
            return Err(BookError::DateInvalid(self.date.to_string()));
        }
        let texts = [
            &self.description,
            &self.counterparty,
            &self.note,
            &self.source,
        ];
        if let Some(long) = texts
            .into_iter()
            .find(|text| text.chars().count() > LONGEST)
        {
            return Err(BookError::TextTooLong(long.chars().take(40).collect()));
        }
        let moving = |posting: &&DraftPosting| {
            !posting.amount.is_zero()
                || posting
                    .worth
                    .as_ref()
                    .is_some_and(|(worth, _)| !worth.is_zero())
        };
        if self.postings.iter().filter(moving).count() < FEWEST {
            return Err(BookError::TooFewPostings(self.what()));
        }
        for posting in &self.postings {
            money::bounded(posting.amount)?;
            check_currency(&posting.currency)?;
            if let Some((worth, currency)) = &posting.worth {
                money::bounded(*worth)?;
                check_currency(currency)?;
            }
        }
        Ok(())
    }

    /// How people call it.
    pub(crate) fn what(&self) -> String {
        if self.description.is_empty() {
            format!("the entry of {}", self.date)
        } else {
            self.description.clone()
        }
    }
}

fn check_currency(name: &str) -> Result<(), BookError> {
    if money::is_currency(name) {
        Ok(())
    } else {
        Err(BookError::CurrencyInvalid(name.to_owned()))
    }
}

/// What postings are worth in the book's currency, where that can be known; in their own otherwise.
///
/// `base` is the book's currency, `rate` what one unit of a currency is worth in it on the day.
/// Either all postings are converted or none, so that an entry balances in what statements count;
/// statements then have a part of their own for that currency.
pub(crate) fn values(
    draft: &Draft,
    base: &str,
    rate: &dyn Fn(&str) -> Option<Decimal>,
) -> Result<Vec<(Decimal, String)>, BookError> {
    let weighed: Vec<(Decimal, &str)> = draft
        .postings
        .iter()
        .map(|posting| match &posting.worth {
            Some((worth, currency)) => (*worth, currency.as_str()),
            None => (posting.amount, posting.currency.as_str()),
        })
        .collect();
    balance(draft, &weighed)?;
    let mut rates = BTreeMap::new();
    for (_, currency) in &weighed {
        if *currency != base {
            rates.insert(*currency, rate(currency));
        }
    }
    if draft.origin.keeps_values() || rates.values().any(Option::is_none) {
        return Ok(owned(&weighed));
    }
    let mut values: Vec<Decimal> = weighed
        .iter()
        .map(
            |(amount, currency)| match rates.get(currency).copied().flatten() {
                Some(rate) => money::round(*amount * rate, base),
                None => *amount,
            },
        )
        .collect();
    settle(&mut values, &weighed, base);
    for value in &values {
        money::bounded(*value)?;
    }
    Ok(values
        .into_iter()
        .map(|value| (value, base.to_owned()))
        .collect())
}

fn owned(weighed: &[(Decimal, &str)]) -> Vec<(Decimal, String)> {
    weighed
        .iter()
        .map(|(amount, currency)| (*amount, (*currency).to_owned()))
        .collect()
}

fn balance(draft: &Draft, weighed: &[(Decimal, &str)]) -> Result<(), BookError> {
    let mut sums: BTreeMap<&str, Decimal> = BTreeMap::new();
    for (amount, currency) in weighed {
        *sums.entry(currency).or_default() += amount;
    }
    match sums.into_iter().find(|(_, sum)| !sum.is_zero()) {
        Some((currency, difference)) => Err(BookError::Unbalanced {
            what: draft.what(),
            difference,
            currency: currency.to_owned(),
        }),
        None => Ok(()),
    }
}

/// What rounding has left over goes to the largest converted posting, which it changes least.
fn settle(values: &mut [Decimal], weighed: &[(Decimal, &str)], base: &str) {
    let over: Decimal = values.iter().sum();
    if over.is_zero() {
        return;
    }
    let largest = (0..values.len())
        .filter(|place| weighed[*place].1 != base)
        .max_by_key(|place| values[*place].abs());
    if let Some(place) = largest {
        values[place] -= over;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn decimal(text: &str) -> Decimal {
        money::parse(text).unwrap()
    }

    fn draft(postings: &[(&str, &str)]) -> Draft {
        Draft {
            date: date(2026, 1, 1),
            postings: postings
                .iter()
                .map(|(amount, currency)| DraftPosting::new("A:B", decimal(amount), currency))
                .collect(),
            ..Draft::default()
        }
    }

    fn valued(draft: &Draft, rate: Option<&str>) -> Result<Vec<String>, BookError> {
        let rate = |_: &str| rate.map(decimal);
        let values = values(draft, "TWD", &rate)?;
        Ok(values
            .into_iter()
            .map(|(value, currency)| format!("{value} {currency}"))
            .collect())
    }

    #[test]
    fn values_are_in_the_books_currency_where_a_rate_is_known() {
        let own = draft(&[("10", "TWD"), ("-10", "TWD")]);
        assert_eq!(valued(&own, None).unwrap(), ["10 TWD", "-10 TWD"]);
        let foreign = draft(&[("10", "USD"), ("-10", "USD")]);
        assert_eq!(valued(&foreign, None).unwrap(), ["10 USD", "-10 USD"]);
        assert_eq!(
            valued(&foreign, Some("31.5")).unwrap(),
            ["315.0 TWD", "-315.0 TWD"]
        );
    }

    #[test]
    fn what_rounding_leaves_over_is_put_somewhere() {
        let three = draft(&[("0.10", "USD"), ("0.10", "USD"), ("-0.20", "USD")]);
        let values = valued(&three, Some("0.333")).unwrap();
        assert_eq!(values, ["0.03 TWD", "0.03 TWD", "-0.06 TWD"]);
    }

    #[test]
    fn an_exchange_counts_at_what_was_paid() {
        let mut exchange = draft(&[("100", "USD"), ("-3150", "TWD")]);
        assert!(matches!(
            valued(&exchange, None),
            Err(BookError::Unbalanced { .. })
        ));
        exchange.postings[0].worth = Some((decimal("3150"), "TWD".to_owned()));
        assert_eq!(valued(&exchange, None).unwrap(), ["3150 TWD", "-3150 TWD"]);
    }
}
