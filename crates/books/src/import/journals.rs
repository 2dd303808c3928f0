//! Journals of plain-text accounting: hledger's (and ledger's) and beancount's.
//!
//! What is read is what moves money: transactions with amounts, prices and elided amounts, and the
//! directives about accounts, currencies and rates. What would make other entries than are written
//! (rules, pads, includes) is refused or noted, never guessed at.

mod amount;
mod beancount;
mod hledger;

pub(super) use beancount::read as beancount;
pub(super) use hledger::read as hledger;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::ImportError;
use crate::entry::DraftPosting;

/// A posting whose amount may have been left to be worked out.
struct Loose {
    account: String,
    amount: Option<(Decimal, String)>,
    worth: Option<(Decimal, String)>,
}

/// Works out what was left out: an amount, or the rate between two currencies.
fn settled(postings: Vec<Loose>, place: &str) -> Result<Vec<DraftPosting>, ImportError> {
    let mut sums: BTreeMap<String, Decimal> = BTreeMap::new();
    for posting in &postings {
        if let Some((amount, currency)) = posting.worth.as_ref().or(posting.amount.as_ref()) {
            *sums.entry(currency.clone()).or_default() += amount;
        }
    }
    sums.retain(|_, sum| !sum.is_zero());
    let left_out = postings
        .iter()
        .filter(|posting| posting.amount.is_none())
        .count();
    if left_out > 1 {
        return Err(ImportError::at(place, "more than one amount is left out"));
    }
    let has_worth = postings.iter().any(|posting| posting.worth.is_some());
    let rate = match sums.iter().collect::<Vec<_>>().as_slice() {
        [(_, one), (_, other)]
            if left_out == 0 && !has_worth && (*one * *other).is_sign_negative() =>
        {
            inferred(&postings, &sums)
        }
        _ => None,
    };
    let mut settled = Vec::new();
    for posting in postings {
        let Some((amount, currency)) = posting.amount else {
            for (currency, sum) in &sums {
                settled.push(DraftPosting::new(&posting.account, -*sum, currency));
            }
            continue;
        };
        let mut draft = DraftPosting::new(&posting.account, amount, &currency);
        draft.worth = posting.worth;
        if let Some((of, total, sum, to)) = &rate
            && *of == currency
            && draft.worth.is_none()
        {
            draft.worth = Some((-*total * amount / *sum, to.clone()));
        }
        settled.push(draft);
    }
    even(&mut settled);
    Ok(settled)
}

/// The first currency that is written is worth what the other comes to: its name, the other's sum,
/// its own sum, the other's name.
fn inferred(
    postings: &[Loose],
    sums: &BTreeMap<String, Decimal>,
) -> Option<(String, Decimal, Decimal, String)> {
    let first = postings
        .iter()
        .find_map(|posting| posting.amount.as_ref())?;
    let (to, total) = sums.iter().find(|(currency, _)| **currency != first.1)?;
    let sum = sums.get(&first.1)?;
    Some((first.1.clone(), *total, *sum, to.clone()))
}

/// Prices are rounded, so that an entry may be over by less than what can be paid. What is over goes
/// to the largest posting that was worked out by a price.
fn even(postings: &mut [DraftPosting]) {
    for posting in postings.iter_mut() {
        if let Some((worth, _)) = &mut posting.worth {
            *worth = worth.round_dp(crate::money::MOST_DIGITS);
        }
    }
    let mut sums: BTreeMap<String, Decimal> = BTreeMap::new();
    for posting in postings.iter() {
        let (amount, currency) = match &posting.worth {
            Some((worth, currency)) => (*worth, currency),
            None => (posting.amount, &posting.currency),
        };
        *sums.entry(currency.clone()).or_default() += amount;
    }
    for (currency, sum) in sums {
        let tolerance = Decimal::new(5, 3);
        if sum.is_zero()
            || sum.abs() > tolerance.max(Decimal::new(1, crate::money::minor_digits(&currency)))
        {
            continue;
        }
        let largest = postings
            .iter_mut()
            .filter_map(|posting| posting.worth.as_mut())
            .filter(|(_, of)| *of == currency)
            .max_by_key(|(worth, _)| worth.abs());
        if let Some((worth, _)) = largest {
            *worth -= sum;
        }
    }
}
