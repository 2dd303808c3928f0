//! Trial balance, income statement and balance sheet.

use rust_decimal::Decimal;

use super::tally::is_nothing;
use super::{Kind, Report, Statements};
use crate::account::Class;
use crate::entry::CurrencyId;
use crate::words::Word;

/// Which figure of an account.
#[derive(Clone, Copy)]
pub(super) enum Figure {
    Movement,
    End,
}

impl<'j> Statements<'j> {
    pub(super) fn trial_balance(&self) -> Report<'j> {
        let columns = self.periods.iter().flat_map(|period| {
            [Word::Debit, Word::Credit].map(|word| format!("{} {}", period.to, self.say(word)))
        });
        let mut report = self.begin_with(Kind::TrialBalance, columns.collect());
        for (slot, currency) in self.tally.parts() {
            self.currency_heading(&mut report, currency);
            let mut lines = Vec::new();
            for (id, account) in self.journal.chart() {
                let sides = self.tally.columns.iter().flat_map(|column| {
                    let end = column.end(slot, id);
                    if end.is_sign_negative() {
                        [None, Some(-end)]
                    } else {
                        [Some(end).filter(|end| !end.is_zero()), None]
                    }
                });
                let figures: Vec<_> = sides.collect();
                if !is_nothing(&figures) {
                    let line = report.plain(account.label.as_str(), currency, Some(id), figures);
                    lines.push((line, false));
                }
            }
            report.total(self.say(Word::Total), currency, lines);
        }
        report
    }

    pub(super) fn income_statement(&self) -> Report<'j> {
        let mut report = self.begin(Kind::IncomeStatement);
        for (slot, currency) in self.tally.parts() {
            self.currency_heading(&mut report, currency);
            let income = self.section(&mut report, slot, currency, Class::Income, Figure::Movement);
            let income = self.close(&mut report, Class::Income, currency, income);
            let spent = self.section(
                &mut report,
                slot,
                currency,
                Class::Expense,
                Figure::Movement,
            );
            let spent = self.close(&mut report, Class::Expense, currency, spent);
            report.total(
                self.say(Word::Profit),
                currency,
                vec![(income, false), (spent, true)],
            );
        }
        report
    }

    pub(super) fn balance_sheet(&self) -> Report<'j> {
        let columns = self.periods.iter().map(|period| period.to.to_string());
        let mut report = self.begin_with(Kind::BalanceSheet, columns.collect());
        for (slot, currency) in self.tally.parts() {
            self.currency_heading(&mut report, currency);
            let assets = self.section(&mut report, slot, currency, Class::Asset, Figure::End);
            self.close(&mut report, Class::Asset, currency, assets);
            let owed = self.section(&mut report, slot, currency, Class::Liability, Figure::End);
            let owed = self.close(&mut report, Class::Liability, currency, owed);
            let mut equity = self.section(&mut report, slot, currency, Class::Equity, Figure::End);
            let open = self.tally.figures(|column| {
                let chart = self.journal.chart();
                let temporary = chart
                    .iter()
                    .filter(|(_, account)| account.class.is_temporary());
                -temporary
                    .map(|(id, _)| column.end(slot, *id))
                    .sum::<Decimal>()
            });
            equity.push(report.plain(self.say(Word::NotClosed), currency, None, open));
            let equity = self.close(&mut report, Class::Equity, currency, equity);
            report.total(
                self.say(Word::LiabilitiesAndEquity),
                currency,
                vec![(owed, false), (equity, false)],
            );
        }
        report
    }

    /// A heading and the accounts of a class that have a figure; where the lines stand.
    pub(super) fn section(
        &self,
        report: &mut Report<'j>,
        slot: usize,
        currency: CurrencyId,
        class: Class,
        figure: Figure,
    ) -> Vec<usize> {
        report.heading(self.say(Word::of_class(class)), 0, currency);
        let mut lines = Vec::new();
        for (id, account) in self.journal.chart() {
            if account.class != class {
                continue;
            }
            let figures = self.tally.figures(|column| {
                let sum = match figure {
                    Figure::Movement => column.movement(slot, id),
                    Figure::End => column.end(slot, id),
                };
                if class.is_credit() { -sum } else { sum }
            });
            if !is_nothing(&figures) {
                lines.push(report.plain(account.label.as_str(), currency, Some(id), figures));
            }
        }
        lines
    }

    /// The total of a class.
    fn close(
        &self,
        report: &mut Report<'j>,
        class: Class,
        currency: CurrencyId,
        lines: Vec<usize>,
    ) -> usize {
        let label = format!(
            "{}: {}",
            self.say(Word::Total),
            self.say(Word::of_class(class))
        );
        let terms = lines.into_iter().map(|line| (line, false)).collect();
        report.total(label, currency, terms)
    }
}
