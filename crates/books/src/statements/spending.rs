//! What was spent: by account and by who was paid, the most first.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::tally::is_nothing;
use super::{Kind, Report, Statements};
use crate::account::Class;
use crate::entry::{AccountId, CurrencyId};
use crate::words::Word;

/// What was spent on an account or with somebody.
struct Spent<'j> {
    label: &'j str,
    account: Option<AccountId>,
    counterparty: Option<&'j str>,
    figures: Vec<Option<Decimal>>,
}

impl<'j> Statements<'j> {
    pub(super) fn spending_by_category(&self) -> Report<'j> {
        let mut report = self.begin(Kind::SpendingByCategory);
        for (slot, currency) in self.tally.parts() {
            let mut lines: Vec<Spent<'j>> = Vec::new();
            for (id, account) in self.journal.chart() {
                if account.class == Class::Expense {
                    let figures = self.tally.figures(|column| column.movement(slot, id));
                    lines.push(Spent {
                        label: &account.label,
                        account: Some(id),
                        counterparty: None,
                        figures,
                    });
                }
            }
            self.spent(&mut report, currency, lines);
        }
        report
    }

    pub(super) fn spending_by_counterparty(&self) -> Report<'j> {
        let mut report = self.begin(Kind::SpendingByCounterparty);
        let columns = self.tally.columns.len();
        let mut sums: BTreeMap<(usize, &'j str), Vec<Decimal>> = BTreeMap::new();
        for (place, column) in self.tally.columns.iter().enumerate() {
            for entry in self.journal.within(column.period) {
                if entry.is_closing {
                    continue;
                }
                for posting in &entry.postings {
                    if self.journal.account(posting.account).class == Class::Expense {
                        let slot = self.tally.slot(posting.value_currency);
                        let sum = sums
                            .entry((slot, entry.counterparty.as_str()))
                            .or_insert_with(|| vec![Decimal::ZERO; columns]);
                        sum[place] += posting.value;
                    }
                }
            }
        }
        for (slot, currency) in self.tally.parts() {
            let lines =
                sums.iter()
                    .filter(|((of, _), _)| *of == slot)
                    .map(|((_, name), figures)| Spent {
                        label: if name.is_empty() {
                            self.say(Word::Nobody)
                        } else {
                            name
                        },
                        account: None,
                        counterparty: Some(*name),
                        figures: figures.iter().copied().map(Some).collect(),
                    });
            self.spent(&mut report, currency, lines.collect());
        }
        report
    }

    fn spent(&self, report: &mut Report<'j>, currency: CurrencyId, mut lines: Vec<Spent<'j>>) {
        self.currency_heading(report, currency);
        lines.retain(|spent| !is_nothing(&spent.figures));
        lines.sort_by_key(|spent| Reverse(spent.figures.first().copied().flatten()));
        let mut terms = Vec::new();
        for spent in lines {
            let place = report.plain(spent.label, currency, spent.account, spent.figures);
            report.lines[place].counterparty = spent.counterparty;
            terms.push((place, false));
        }
        report.total(self.say(Word::Total), currency, terms);
    }
}
