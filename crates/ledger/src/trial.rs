//! The trial balance over a handful of entries: what every account holds, and that both sides agree.

use std::collections::BTreeMap;

use assistant::artifact::{BookEntry, Statement, StatementRow};
use rust_decimal::Decimal;

use crate::chart::Chart;
use crate::language::Language;
use crate::money::currency;
use crate::words;

/// What each account holds in each currency.
pub fn balances(entries: &[BookEntry]) -> BTreeMap<(String, String), Decimal> {
    let mut balances: BTreeMap<(String, String), Decimal> = BTreeMap::new();
    for posting in entries.iter().flat_map(|entry| &entry.postings) {
        let amount: Decimal = posting.amount.parse().unwrap_or_default();
        let key = (posting.currency.clone(), posting.account.clone());
        *balances.entry(key).or_default() += amount;
    }
    balances
}

/// The statement: a block of rows for each currency, with its totals.
pub fn trial_balance(entries: &[BookEntry], chart: &Chart, language: Language) -> Statement {
    let (title, columns, total) = words::trial_balance(language);
    let balances = balances(entries);
    let mut currencies: Vec<&String> = balances.keys().map(|key| &key.0).collect();
    currencies.dedup();
    let mut rows = Vec::new();
    for code in currencies {
        let (mut debits, mut credits) = (Decimal::ZERO, Decimal::ZERO);
        for account in &chart.accounts {
            let key = (code.clone(), account.name.clone());
            let Some(balance) = balances.get(&key).filter(|balance| !balance.is_zero()) else {
                continue;
            };
            let figure = written(balance.abs(), code);
            let figures = match balance.is_sign_positive() {
                true => {
                    debits += balance;
                    vec![figure, String::new()]
                }
                false => {
                    credits -= balance;
                    vec![String::new(), figure]
                }
            };
            rows.push(StatementRow {
                label: account.label.in_language(language).to_owned(),
                level: 1,
                figures,
                is_total: false,
                account: Some(account.name.clone()),
                currency: code.clone(),
                entry: None,
                counterparty: None,
            });
        }
        rows.push(StatementRow {
            label: total.to_owned(),
            level: 0,
            figures: vec![written(debits, code), written(credits, code)],
            is_total: true,
            account: None,
            currency: code.clone(),
            entry: None,
            counterparty: None,
        });
    }
    Statement {
        title: title.to_owned(),
        columns: columns.map(str::to_owned).to_vec(),
        rows,
    }
}

/// A sum with at least the digits that are usual for its currency.
pub fn written(amount: Decimal, code: &str) -> String {
    let mut amount = amount.normalize();
    let digits = currency::decimals(code);
    if amount.scale() < digits {
        amount.rescale(digits);
    }
    amount.to_string()
}
