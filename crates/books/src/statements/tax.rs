//! Tax by code: what it is on, and what it comes to.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Kind, Report, Statements};
use crate::account::Role;
use crate::entry::{Entry, Posting};
use crate::words::Word;

impl<'j> Statements<'j> {
    /// Net and tax have the sign of what is owed to the tax office: sales are positive, purchases
    /// negative.
    pub(super) fn tax_summary(&self) -> Report<'j> {
        let columns = self.periods.iter().flat_map(|period| {
            [Word::Net, Word::Tax, Word::Gross].map(|word| format!("{period} {}", self.say(word)))
        });
        let mut report = self.begin_with(Kind::TaxSummary, columns.collect());
        let count = self.tally.columns.len();
        let mut sums: BTreeMap<(usize, &'j str), Vec<[Decimal; 2]>> = BTreeMap::new();
        for (place, column) in self.tally.columns.iter().enumerate() {
            for entry in self.journal.within(column.period) {
                let Some(code) = &entry.tax else { continue };
                for posting in &entry.postings {
                    let Some(side) = self.side(entry, posting) else {
                        continue;
                    };
                    let slot = self.tally.slot(posting.value_currency);
                    let sum = sums
                        .entry((slot, code.as_str()))
                        .or_insert_with(|| vec![[Decimal::ZERO; 2]; count]);
                    sum[place][side] -= posting.value;
                }
            }
        }
        for (slot, currency) in self.tally.parts() {
            self.currency_heading(&mut report, currency);
            let mut terms = Vec::new();
            for ((_, code), sums) in sums.iter().filter(|((of, _), _)| *of == slot) {
                let label = match self.journal.tax(code) {
                    Some(tax) => format!("{code} · {}", tax.label),
                    None => (*code).to_owned(),
                };
                let figures = sums.iter().flat_map(|[net, tax]| [*net, *tax, net + tax]);
                let figures = figures.map(Some).collect();
                terms.push((report.plain(label, currency, None, figures), false));
            }
            report.total(self.say(Word::Total), currency, terms);
        }
        report
    }

    /// Whether a posting of an entry with tax is what the tax is on (0) or the tax itself (1).
    fn side(&self, entry: &Entry, posting: &Posting) -> Option<usize> {
        let account = self.journal.account(posting.account);
        let code = entry.tax.as_deref().and_then(|code| self.journal.tax(code));
        let is_tax = match code {
            Some(code) => code.account == account.name,
            None => account.role == Role::Tax,
        };
        if is_tax {
            return Some(1);
        }
        let is_base = account.class.is_temporary() || matches!(account.role, Role::FixedAsset);
        is_base.then_some(0)
    }
}
