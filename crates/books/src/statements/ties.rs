//! Tie-outs: figures that must be equal because they are two ways to the same thing.

use rust_decimal::Decimal;

use super::{Kind, Look, Report, Statements};
use crate::account::{Class, Role};
use crate::entry::CurrencyId;
use crate::words::Word;

/// Two figures that must be equal.
#[derive(Debug, Clone, PartialEq)]
pub struct Tie {
    /// What must be equal.
    pub word: Word,
    /// Heading of the period.
    pub column: String,
    /// Currency of the figures.
    pub currency: CurrencyId,
    /// One way.
    pub left: Decimal,
    /// The other.
    pub right: Decimal,
}

impl Tie {
    /// Whether they are equal, to the last digit.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.left == self.right
    }
}

impl Statements<'_> {
    /// Every tie-out. Each side is added up on its own way, from the statements as they are shown
    /// where it can be.
    #[must_use]
    pub fn ties(&self) -> Vec<Tie> {
        let mut ties = Vec::new();
        let trial = self.trial_balance();
        let sheet = self.balance_sheet();
        let equity = self.equity_movement();
        let flows = [
            (Word::TieCashDirect, self.cash_flow_direct()),
            (Word::TieCashIndirect, self.cash_flow_indirect()),
        ];
        for (slot, currency) in self.tally.parts() {
            for (place, period) in self.periods.iter().enumerate() {
                let mut tie = |word, left, right| {
                    ties.push(Tie {
                        word,
                        column: period.to_string(),
                        currency,
                        left,
                        right,
                    });
                };
                let total = |report: &Report<'_>, label: &str, column: usize| {
                    total(report, label, currency, column)
                };
                let sum = self.say(Word::Total);
                tie(
                    Word::TieTrial,
                    total(&trial, sum, place * 2),
                    total(&trial, sum, place * 2 + 1),
                );
                let assets = format!("{sum}: {}", self.say(Word::Assets));
                tie(
                    Word::TieSheet,
                    total(&sheet, &assets, place),
                    total(&sheet, self.say(Word::LiabilitiesAndEquity), place),
                );
                let net = |end: bool| self.net_worth(slot, place, end);
                tie(
                    Word::TieEquity,
                    total(&equity, self.say(Word::Closing), place) - net(false),
                    net(true) - net(false),
                );
                let cash = |figures: Vec<Option<Decimal>>| figures[place].unwrap_or_default();
                let change = cash(self.cash(|column, id| column.end(slot, id)))
                    - cash(self.cash(|column, id| column.opening(slot, id)));
                for (word, flow) in &flows {
                    tie(
                        *word,
                        total(flow, self.say(Word::CashChange), place),
                        change,
                    );
                }
            }
        }
        self.tie_aged(&mut ties);
        ties
    }

    /// What is owed by person comes to what its accounts do, on the last day of the first period.
    fn tie_aged(&self, ties: &mut Vec<Tie>) {
        let Some(period) = self.periods.first() else {
            return;
        };
        let kinds = [
            (
                Word::TieReceivables,
                Kind::AgedReceivables,
                Role::Receivable,
            ),
            (Word::TiePayables, Kind::AgedPayables, Role::Payable),
        ];
        for (word, kind, role) in kinds {
            if self.journal.account_with(role).is_none() {
                continue;
            }
            let report = self.aged(kind, role);
            for (slot, currency) in self.tally.parts() {
                let chart = self.journal.chart();
                let accounts = chart.iter().filter(|(_, account)| account.role == role);
                let column = &self.tally.columns[0];
                let balance: Decimal = accounts.map(|(id, _)| column.end(slot, *id)).sum();
                ties.push(Tie {
                    word,
                    column: period.to_string(),
                    currency,
                    left: total(
                        &report,
                        self.say(Word::Total),
                        currency,
                        report.columns.len() - 1,
                    ),
                    right: if role == Role::Payable {
                        -balance
                    } else {
                        balance
                    },
                });
            }
        }
    }

    /// What there is less what is owed.
    fn net_worth(&self, slot: usize, place: usize, at_end: bool) -> Decimal {
        let column = &self.tally.columns[place];
        let chart = self.journal.chart();
        let held = chart
            .iter()
            .filter(|(_, account)| matches!(account.class, Class::Asset | Class::Liability));
        held.map(|(id, _)| {
            if at_end {
                column.end(slot, *id)
            } else {
                column.opening(slot, *id)
            }
        })
        .sum()
    }
}

/// The figure of a total by its label.
fn total(report: &Report<'_>, label: &str, currency: CurrencyId, column: usize) -> Decimal {
    debug_assert!(report.kind != Kind::Journal, "a journal has no totals");
    report
        .lines
        .iter()
        .find(|line| line.look == Look::Total && line.currency == currency && line.label == label)
        .and_then(|line| line.figures.get(column).copied().flatten())
        .unwrap_or_default()
}
