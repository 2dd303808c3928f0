//! Gains and losses by rates of exchange, on what is held and owed in other currencies.
//!
//! What comes in is added at its value of the day, what goes out is taken at the average of what is
//! there: the difference to its own value is realised, that of the rest to the rate of the last day
//! is not. Both together are what a revaluation on that day books.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Kind, Report, Statements};
use crate::account::Class;
use crate::entry::{AccountId, CurrencyId, Origin};
use crate::money;
use crate::period::Period;
use crate::words::Word;

/// What an account has in a currency, and what it cost.
#[derive(Default)]
struct Pool {
    amount: Decimal,
    cost: Decimal,
    /// Realised in the period.
    realised: Decimal,
}

impl Pool {
    fn take(&mut self, amount: Decimal, value: Decimal, counts: bool, base: &str) {
        let grows =
            self.amount.is_zero() || self.amount.is_sign_negative() == amount.is_sign_negative();
        if grows {
            self.amount += amount;
            self.cost += value;
            return;
        }
        // What is more than there was begins anew at its own value.
        let part = if amount.abs() > self.amount.abs() {
            -self.amount
        } else {
            amount
        };
        let cost = if part == -self.amount {
            -self.cost
        } else {
            money::round(self.cost * part / self.amount, base)
        };
        let share = if part == amount {
            value
        } else {
            money::round(value * part / amount, base)
        };
        self.amount += part;
        self.cost += cost;
        if counts {
            self.realised += cost - share;
        }
        if part != amount {
            self.amount += amount - part;
            self.cost += value - share;
        }
    }
}

impl<'j> Statements<'j> {
    pub(super) fn exchange_gains(&self) -> Report<'j> {
        let words = [
            Word::Amount,
            Word::Cost,
            Word::Worth,
            Word::Realised,
            Word::Unrealised,
        ];
        let columns = words.map(|word| self.say(word).to_owned());
        let mut report = self.begin_with(Kind::ExchangeGains, columns.to_vec());
        let Some(period) = self.periods.first().copied() else {
            return report;
        };
        let base = self.journal.info().currency.as_str();
        let mut terms = Vec::new();
        for ((account, currency), pool) in self.pools(period, base) {
            if pool.amount.is_zero() && pool.realised.is_zero() {
                continue;
            }
            let code = self.journal.currency(currency);
            let worth = self
                .journal
                .rate(code, period.to)
                .map(|rate| money::round(pool.amount * rate, base));
            let label = format!("{} · {code}", self.journal.account(account).label);
            let figures = vec![
                Some(pool.amount),
                Some(pool.cost),
                worth,
                Some(pool.realised),
                worth.map(|worth| worth - pool.cost),
            ];
            terms.push((
                report.plain(label, CurrencyId(0), Some(account), figures),
                false,
            ));
        }
        let total = report.total(self.say(Word::Total), CurrencyId(0), terms);
        // Amounts of several currencies have no sum.
        report.lines[total].figures[0] = None;
        report
    }

    fn pools(&self, period: Period, base: &str) -> BTreeMap<(AccountId, CurrencyId), Pool> {
        let mut pools: BTreeMap<(AccountId, CurrencyId), Pool> = BTreeMap::new();
        let all = Period {
            from: Date::MIN,
            to: period.to,
        };
        for entry in self.journal.within(all) {
            if entry.origin == Origin::Closing {
                continue;
            }
            for posting in &entry.postings {
                let class = self.journal.account(posting.account).class;
                let is_held = matches!(class, Class::Asset | Class::Liability);
                let is_foreign = posting.currency != CurrencyId(0);
                if is_held && is_foreign && posting.value_currency == CurrencyId(0) {
                    let pool = pools
                        .entry((posting.account, posting.currency))
                        .or_default();
                    let counts = period.from <= entry.date;
                    pool.take(posting.amount, posting.value, counts, base);
                }
            }
        }
        pools
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn realised_is_the_difference_to_the_average() {
        let decimal = |text: &str| money::parse(text).unwrap();
        let mut pool = Pool::default();
        pool.take(decimal("110"), decimal("100"), true, "EUR");
        pool.take(decimal("-11"), decimal("-10.01"), true, "EUR");
        assert_eq!(pool.cost, decimal("90"));
        assert_eq!(pool.realised, decimal("0.01"));
        // More is spent than there is: the rest is owed at its own value.
        pool.take(decimal("-100"), decimal("-91"), true, "EUR");
        assert_eq!(
            (
                pool.amount.to_string().as_str(),
                pool.cost.to_string().as_str()
            ),
            ("-1", "-0.91")
        );
        assert_eq!(pool.realised.to_string(), "0.10");
    }
}
