//! Journal, general ledger, and the list of what is unclassified: postings one by one.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::{Kind, Line, Look, Report, Statements};
use crate::account::Role;
use crate::entry::{AccountId, CurrencyId, Entry, Posting};
use crate::words::Word;

fn sides(value: Decimal) -> [Option<Decimal>; 2] {
    if value.is_sign_negative() {
        [None, Some(-value)]
    } else {
        [Some(value), None]
    }
}

fn headline(entry: &Entry) -> String {
    let mut line = format!("{} · {} · {}", entry.date, entry.number, entry.description);
    if !entry.counterparty.is_empty() {
        line.push_str(" · ");
        line.push_str(&entry.counterparty);
    }
    line
}

impl<'j> Statements<'j> {
    pub(super) fn journal_report(&self) -> Report<'j> {
        let mut report = self.sided(Kind::Journal, &[]);
        let Some(period) = self.periods.first() else {
            return report;
        };
        for entry in self.journal.within(*period) {
            self.list(&mut report, entry);
        }
        report
    }

    pub(super) fn unclassified(&self) -> Report<'j> {
        let mut report = self.sided(Kind::Unclassified, &[]);
        let Some(period) = self.periods.first() else {
            return report;
        };
        let is_unclassified =
            |posting: &Posting| self.journal.account(posting.account).role == Role::Unclassified;
        for entry in self.journal.within(*period) {
            if entry.reversed_by.is_none() && entry.postings.iter().any(is_unclassified) {
                self.list(&mut report, entry);
            }
        }
        report
    }

    fn sided(&self, kind: Kind, more: &[Word]) -> Report<'j> {
        let words = [&[Word::Debit, Word::Credit], more].concat();
        let columns = words.into_iter().map(|word| self.say(word).to_owned());
        self.begin_with(kind, columns.collect())
    }

    fn list(&self, report: &mut Report<'j>, entry: &'j Entry) {
        report.push(Line {
            label: Cow::Owned(headline(entry)),
            level: 0,
            look: Look::Heading,
            figures: Vec::new(),
            currency: CurrencyId(0),
            account: None,
            entry: Some(entry.number),
            counterparty: None,
            terms: Vec::new(),
        });
        for posting in &entry.postings {
            report.push(Line {
                label: Cow::Borrowed(&self.journal.account(posting.account).label),
                level: 1,
                look: Look::Plain,
                figures: sides(posting.value).to_vec(),
                currency: posting.value_currency,
                account: Some(posting.account),
                entry: Some(entry.number),
                counterparty: None,
                terms: Vec::new(),
            });
        }
    }

    pub(super) fn general_ledger(&self) -> Report<'j> {
        let mut report = self.sided(Kind::GeneralLedger, &[Word::Balance]);
        let Some(column) = self.tally.columns.first() else {
            return report;
        };
        let accounts = self.journal.accounts().len();
        let mut postings: Vec<Vec<(&'j Entry, &'j Posting)>> =
            vec![Vec::new(); accounts * self.tally.currencies.len()];
        for entry in self.journal.within(column.period) {
            for posting in &entry.postings {
                let slot = self.tally.slot(posting.value_currency);
                postings[slot * accounts + posting.account.0 as usize].push((entry, posting));
            }
        }
        for (slot, currency) in self.tally.parts() {
            self.currency_heading(&mut report, currency);
            for (id, _) in self.journal.chart() {
                let opening = column.opening(slot, id);
                let postings = &postings[slot * accounts + id.0 as usize];
                if !opening.is_zero() || !postings.is_empty() {
                    self.ledger_account(&mut report, id, currency, opening, postings);
                }
            }
        }
        report
    }

    fn ledger_account(
        &self,
        report: &mut Report<'j>,
        id: AccountId,
        currency: CurrencyId,
        opening: Decimal,
        postings: &[(&'j Entry, &'j Posting)],
    ) {
        let account = self.journal.account(id);
        let heading = report.heading(account.label.as_str(), 0, currency);
        report.lines[heading].account = Some(id);
        let mut balance = opening;
        let begin = vec![None, None, Some(opening)];
        report.plain(self.say(Word::Opening), currency, Some(id), begin);
        for (entry, posting) in postings {
            balance += posting.value;
            let [debit, credit] = sides(posting.value);
            report.push(Line {
                label: Cow::Owned(headline(entry)),
                level: 1,
                look: Look::Plain,
                figures: vec![debit, credit, Some(balance)],
                currency,
                account: Some(id),
                entry: Some(entry.number),
                counterparty: None,
                terms: Vec::new(),
            });
        }
        report.push(Line {
            label: Cow::Borrowed(self.say(Word::Closing)),
            level: 0,
            look: Look::Total,
            figures: vec![None, None, Some(balance)],
            currency,
            account: Some(id),
            entry: None,
            counterparty: None,
            terms: Vec::new(),
        });
    }
}
