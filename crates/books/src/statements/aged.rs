//! What customers owe and what suppliers are owed, by who and by age on the last day.
//!
//! Payments settle the oldest bill of the same person first, unless they came before it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Kind, Report, Statements};
use crate::account::Role;
use crate::period::Period;
use crate::words::Word;

/// Days up to which each column goes; the last one has no end.
const AGES: [i32; 3] = [30, 60, 90];

/// Bills of one person that are open, the oldest first; one that is negative was paid too much.
type Open = Vec<(Date, Decimal)>;

impl<'j> Statements<'j> {
    pub(super) fn aged(&self, kind: Kind, role: Role) -> Report<'j> {
        let mut columns: Vec<String> = Vec::new();
        let mut from = 0;
        for to in AGES {
            columns.push(format!("{from}–{to} {}", self.say(Word::Days)));
            from = to + 1;
        }
        columns.push(format!(
            "> {} {}",
            AGES[AGES.len() - 1],
            self.say(Word::Days)
        ));
        columns.push(self.say(Word::Total).to_owned());
        let mut report = self.begin_with(kind, columns);
        let Some(day) = self.periods.first().map(|period| period.to) else {
            return report;
        };
        let open = self.open_bills(role, day);
        // Where several accounts are of the role, a person's bills may be in any of them.
        let accounts = self.journal.chart().into_iter();
        let mut of_role = accounts.filter(|(_, account)| account.role == role);
        let only = match (of_role.next(), of_role.next()) {
            (Some((id, _)), None) => Some(id),
            _ => None,
        };
        for (slot, currency) in self.tally.parts() {
            let of_part = open.iter().filter(|((of, _), _)| *of == slot);
            let of_part: Vec<_> = of_part.filter(|(_, bills)| !bills.is_empty()).collect();
            if of_part.is_empty() && slot > 0 {
                continue;
            }
            self.currency_heading(&mut report, currency);
            let mut terms = Vec::new();
            for ((_, name), bills) in of_part {
                let label = if name.is_empty() {
                    self.say(Word::Nobody)
                } else {
                    name
                };
                let figures = by_age(bills, day).into_iter().map(Some).collect();
                let place = report.plain(label, currency, only, figures);
                report.lines[place].counterparty = Some(*name);
                terms.push((place, false));
            }
            report.total(self.say(Word::Total), currency, terms);
        }
        report
    }

    fn open_bills(&self, role: Role, day: Date) -> BTreeMap<(usize, &'j str), Open> {
        let mut open: BTreeMap<(usize, &'j str), Open> = BTreeMap::new();
        let from = Date::MIN;
        for entry in self.journal.within(Period { from, to: day }) {
            for posting in &entry.postings {
                if self.journal.account(posting.account).role != role {
                    continue;
                }
                let value = if role == Role::Payable {
                    -posting.value
                } else {
                    posting.value
                };
                let slot = self.tally.slot(posting.value_currency);
                let bills = open.entry((slot, entry.counterparty.as_str())).or_default();
                settle(bills, entry.date, value);
            }
        }
        open
    }
}

/// Takes what goes the other way from the oldest; what is left stands open itself.
fn settle(bills: &mut Open, date: Date, mut value: Decimal) {
    while !value.is_zero() {
        let Some((_, oldest)) = bills.first_mut() else {
            break;
        };
        if oldest.is_sign_negative() == value.is_sign_negative() {
            break;
        }
        let part = if oldest.abs() <= value.abs() {
            *oldest
        } else {
            -value
        };
        *oldest -= part;
        value += part;
        if oldest.is_zero() {
            bills.remove(0);
        }
    }
    if !value.is_zero() {
        bills.push((date, value));
    }
}

fn by_age(bills: &Open, day: Date) -> Vec<Decimal> {
    let mut figures = vec![Decimal::ZERO; AGES.len() + 2];
    for (date, value) in bills {
        let age = date.until(day).map_or(0, |span| span.get_days());
        let column = AGES.iter().position(|to| age <= *to).unwrap_or(AGES.len());
        figures[column] += value;
        figures[AGES.len() + 1] += value;
    }
    figures
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn payments_settle_the_oldest_bill_first() {
        let mut bills = Open::new();
        for (day, value) in [(1, 100), (5, 50), (9, -120), (20, -40), (25, 5)] {
            settle(&mut bills, date(2026, 1, day), Decimal::from(value));
        }
        assert_eq!(bills, [(date(2026, 1, 20), Decimal::from(-5))]);
    }

    #[test]
    fn bills_stand_in_the_column_of_their_age() {
        let bills = vec![
            (date(2026, 1, 1), Decimal::ONE),
            (date(2026, 5, 1), Decimal::TWO),
        ];
        let figures = by_age(&bills, date(2026, 5, 31));
        let figures: Vec<String> = figures.iter().map(Decimal::to_string).collect();
        assert_eq!(figures, ["2", "0", "0", "1", "3"]);
    }
}
