//! What every month of a period came to, for pictures: spending by category, and cash.
//!
//! Only what has a value in the book's own currency is in it: a picture has one scale.

use rust_decimal::Decimal;

use super::Statements;
use crate::account::{Class, Role};
use crate::entry::AccountId;
use crate::journal::Journal;
use crate::period::Period;
use crate::words::{Language, Word};

/// Categories that are told apart; the rest goes together.
const CATEGORIES: usize = 6;

/// Most months in a picture, the latest ones of a longer period.
const MONTHS: usize = 36;

/// The months of a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Months {
    /// Their days, in order.
    pub months: Vec<Period>,
    /// What was spent on what in each, the most first.
    pub spending: Vec<(String, Vec<Decimal>)>,
    /// Cash at the end of each.
    pub cash: Vec<Decimal>,
}

impl Months {
    /// Adds the months of a period up.
    #[must_use]
    pub fn new(journal: &Journal, period: Period, language: Language) -> Self {
        let mut months = period.months();
        months.drain(..months.len().saturating_sub(MONTHS));
        let statements = Statements::new(journal, months.clone(), language);
        // The book's own currency always stands first.
        let own = 0;
        let columns = &statements.tally.columns;
        let chart = journal.chart();
        let cash_accounts: Vec<AccountId> = chart
            .iter()
            .filter(|(_, account)| account.role == Role::Cash)
            .map(|(id, _)| *id)
            .collect();
        let cash = columns.iter().map(|column| {
            let held = cash_accounts.iter().map(|id| column.end(own, *id));
            held.sum::<Decimal>()
        });
        let cash = cash.collect();
        let mut spending: Vec<(String, Vec<Decimal>)> = chart
            .into_iter()
            .filter(|(_, account)| account.class == Class::Expense)
            .map(|(id, account)| {
                let figures = columns.iter().map(|column| column.movement(own, id));
                (account.label.clone(), figures.collect())
            })
            .filter(|(_, figures): &(String, Vec<Decimal>)| {
                figures.iter().any(|figure| !figure.is_zero())
            })
            .collect();
        spending.sort_by_key(|(_, figures)| std::cmp::Reverse(figures.iter().sum::<Decimal>()));
        // One category left over is as well shown by its own name.
        if spending.len() > CATEGORIES + 1 {
            let rest = spending.split_off(CATEGORIES);
            let sums = (0..months.len())
                .map(|place| {
                    let figures = rest.iter().map(|(_, figures)| figures[place]);
                    figures.sum::<Decimal>()
                })
                .collect();
            spending.push((Word::Others.say(language).to_owned(), sums));
        }
        Self {
            months,
            spending,
            cash,
        }
    }
}
