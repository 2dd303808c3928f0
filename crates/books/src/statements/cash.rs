//! Cash flow, direct and indirect.
//!
//! Direct: every entry that moves cash is read from its other side. Indirect: profit, and what every
//! other account but cash changed by. Both are added up without looking at cash itself, so that the
//! change in cash is a check on them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::tally::is_nothing;
use super::{Kind, Report, Statements};
use crate::account::{Account, Class, Role};
use crate::entry::{AccountId, CurrencyId};
use crate::words::Word;

/// What cash moves for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Activity {
    Operating,
    Investing,
    Financing,
    Exchange,
}

impl Activity {
    const ALL: [Self; 4] = [
        Self::Operating,
        Self::Investing,
        Self::Financing,
        Self::Exchange,
    ];

    fn of(account: &Account) -> Self {
        match (account.role, account.class) {
            (Role::Exchange, _) => Self::Exchange,
            (Role::FixedAsset, _) => Self::Investing,
            (Role::Loan, _) | (_, Class::Equity) => Self::Financing,
            _ => Self::Operating,
        }
    }

    fn word(self) -> Word {
        match self {
            Self::Operating => Word::Operating,
            Self::Investing => Word::Investing,
            Self::Financing => Word::Financing,
            Self::Exchange => Word::ExchangeEffect,
        }
    }
}

/// A line to be: its label, the account behind it, its figures.
type Flow<'j> = (&'j str, Option<AccountId>, Vec<Option<Decimal>>);

impl<'j> Statements<'j> {
    pub(super) fn cash_flow_direct(&self) -> Report<'j> {
        let mut report = self.begin(Kind::CashFlowDirect);
        let flows = self.direct_flows();
        for (slot, currency) in self.tally.parts() {
            self.currency_heading(&mut report, currency);
            self.cash_report(&mut report, slot, currency, |activity| {
                let mut lines: Vec<Flow<'j>> = Vec::new();
                for (id, account) in self.journal.chart() {
                    if Activity::of(account) == activity
                        && let Some(figures) = flows.get(&(slot, id))
                    {
                        let figures = figures.iter().copied().map(Some).collect();
                        lines.push((&account.label, Some(id), figures));
                    }
                }
                lines
            });
        }
        report
    }

    pub(super) fn cash_flow_indirect(&self) -> Report<'j> {
        let mut report = self.begin(Kind::CashFlowIndirect);
        for (slot, currency) in self.tally.parts() {
            self.currency_heading(&mut report, currency);
            self.cash_report(&mut report, slot, currency, |activity| {
                let mut lines: Vec<Flow<'j>> = Vec::new();
                let exchange = self.result(slot, |account| account.role == Role::Exchange);
                match activity {
                    Activity::Operating => {
                        let profit = self.result(slot, |_| true);
                        lines.push((self.say(Word::Profit), None, profit));
                        let less = exchange.iter().map(|figure| figure.map(|figure| -figure));
                        lines.push((self.say(Word::ExchangeWithin), None, less.collect()));
                    }
                    Activity::Exchange => {
                        lines.push((self.say(Word::ExchangeWithin), None, exchange));
                    }
                    _ => {}
                }
                for (id, account) in self.journal.chart() {
                    let is_other = !account.class.is_temporary() && account.role != Role::Cash;
                    if is_other && Activity::of(account) == activity {
                        let figures = self.tally.figures(|column| -column.movement(slot, id));
                        lines.push((&account.label, Some(id), figures));
                    }
                }
                lines
            });
        }
        report
    }

    /// What was earned, less what was spent, over some accounts; one figure for each column.
    fn result(&self, slot: usize, wanted: impl Fn(&Account) -> bool) -> Vec<Option<Decimal>> {
        self.tally.figures(|column| {
            let chart = self.journal.chart();
            let results = chart
                .iter()
                .filter(|(_, account)| account.class.is_temporary() && wanted(account));
            -results
                .map(|(id, _)| column.movement(slot, *id))
                .sum::<Decimal>()
        })
    }

    /// The activities with their totals, and how cash came from its beginning to its end.
    fn cash_report(
        &self,
        report: &mut Report<'j>,
        slot: usize,
        currency: CurrencyId,
        flows: impl Fn(Activity) -> Vec<Flow<'j>>,
    ) {
        let mut totals = Vec::new();
        for activity in Activity::ALL {
            let mut lines = flows(activity);
            lines.retain(|(_, _, figures)| !is_nothing(figures));
            if lines.is_empty() && activity == Activity::Exchange {
                continue;
            }
            report.heading(self.say(activity.word()), 0, currency);
            let mut terms = Vec::new();
            for (label, account, figures) in lines {
                terms.push((report.plain(label, currency, account, figures), false));
            }
            let label = format!("{}: {}", self.say(Word::Total), self.say(activity.word()));
            totals.push((report.total(label, currency, terms), false));
        }
        let change = report.total(self.say(Word::CashChange), currency, totals);
        let opening = self.cash(|column, id| column.opening(slot, id));
        let opening = report.plain(self.say(Word::CashOpening), currency, None, opening);
        let terms = vec![(opening, false), (change, false)];
        report.total(self.say(Word::CashClosing), currency, terms);
    }

    /// A figure of all cash accounts together.
    pub(super) fn cash(
        &self,
        figure: impl Fn(&super::tally::Column, AccountId) -> Decimal,
    ) -> Vec<Option<Decimal>> {
        self.tally.figures(|column| {
            let chart = self.journal.chart();
            let cash = chart
                .iter()
                .filter(|(_, account)| account.role == Role::Cash);
            cash.map(|(id, _)| figure(column, *id)).sum()
        })
    }

    /// What cash moved for, by part and account; one figure for each column.
    fn direct_flows(&self) -> BTreeMap<(usize, AccountId), Vec<Decimal>> {
        let is_cash: Vec<bool> = self
            .journal
            .accounts()
            .iter()
            .map(|account| account.role == Role::Cash)
            .collect();
        let width = self.tally.currencies.len() * is_cash.len();
        let mut flows = BTreeMap::new();
        for (place, column) in self.tally.columns.iter().enumerate() {
            let mut sums = vec![Decimal::ZERO; width];
            for entry in self.journal.within(column.period) {
                let moves_cash = entry
                    .postings
                    .iter()
                    .any(|posting| is_cash[posting.account.0 as usize]);
                if !moves_cash {
                    continue;
                }
                for posting in &entry.postings {
                    let account = posting.account.0 as usize;
                    if !is_cash[account] {
                        let slot = self.tally.slot(posting.value_currency);
                        sums[slot * is_cash.len() + account] -= posting.value;
                    }
                }
            }
            for (index, sum) in sums.into_iter().enumerate() {
                if !sum.is_zero() {
                    let account = u32::try_from(index % is_cash.len()).unwrap_or(u32::MAX);
                    let key = (index / is_cash.len(), AccountId(account));
                    let columns = self.tally.columns.len();
                    let figures: &mut Vec<Decimal> = flows
                        .entry(key)
                        .or_insert_with(|| vec![Decimal::ZERO; columns]);
                    figures[place] = sum;
                }
            }
        }
        flows
    }
}
