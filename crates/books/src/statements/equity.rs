//! Movement in equity: what it was, what was earned, what owners put in and took out, what it is.

use rust_decimal::Decimal;

use super::tally::is_nothing;
use super::{Kind, Report, Statements};
use crate::account::Class;
use crate::words::Word;

impl<'j> Statements<'j> {
    pub(super) fn equity_movement(&self) -> Report<'j> {
        let mut report = self.begin(Kind::EquityMovement);
        for (slot, currency) in self.tally.parts() {
            self.currency_heading(&mut report, currency);
            let belongs = |class: Class| class == Class::Equity || class.is_temporary();
            let opening = self.tally.figures(|column| {
                let chart = self.journal.chart();
                let owned = chart.iter().filter(|(_, account)| belongs(account.class));
                -owned
                    .map(|(id, _)| column.opening(slot, *id))
                    .sum::<Decimal>()
            });
            let profit = self.tally.figures(|column| {
                let chart = self.journal.chart();
                let results = chart
                    .iter()
                    .filter(|(_, account)| account.class.is_temporary());
                -results
                    .map(|(id, _)| column.movement(slot, *id))
                    .sum::<Decimal>()
            });
            let mut terms = vec![
                report.plain(self.say(Word::Opening), currency, None, opening),
                report.plain(self.say(Word::Profit), currency, None, profit),
            ];
            for (id, account) in self.journal.chart() {
                let figures = self.tally.figures(|column| -column.movement(slot, id));
                if account.class == Class::Equity && !is_nothing(&figures) {
                    let label = account.label.as_str();
                    terms.push(report.plain(label, currency, Some(id), figures));
                }
            }
            let terms = terms.into_iter().map(|line| (line, false)).collect();
            report.total(self.say(Word::Closing), currency, terms);
        }
        report
    }
}
