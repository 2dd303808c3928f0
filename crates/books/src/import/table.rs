//! Tables: CSV and workbooks of banks, whose columns are found by their headings, and our own.
//!
//! How a text is encoded, what separates its cells, where the headings are, which columns are dates
//! and which sign stands before the fraction is found by the crate that takes tables in; here it is
//! only told what each column means.

mod columns;
mod own;

use jiff::civil::Date;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use rust_decimal::Decimal;
use sheets::{Note, TableReport};

use self::columns::{Meaning, meanings};
use self::own::own;
use super::{Balance, File, Statement, Transaction, dates};
use crate::{ImportError, money};

pub(super) fn read(name: &str, bytes: &[u8]) -> Result<File, ImportError> {
    if let Some(file) = own(bytes) {
        return file;
    }
    let fail = |error: &dyn std::fmt::Display| ImportError::Table(error.to_string());
    let folder = tempfile::tempdir().map_err(|error| fail(&error))?;
    let ending = name
        .rsplit('.')
        .next()
        .filter(|ending| ending.len() < 6)
        .unwrap_or("csv");
    let source = folder.path().join(format!("table.{ending}"));
    std::fs::write(&source, bytes).map_err(|error| fail(&error))?;
    let target = folder.path().join("table.sqlite");
    let cancel = tokio_util::sync::CancellationToken::new();
    let report = sheets::import(
        &source,
        &target,
        &sheets::Options::default(),
        &|_| {},
        &cancel,
    )
    .map_err(|error| fail(&error))?;
    let database = Connection::open(&target).map_err(|error| fail(&error))?;
    let mut file = File::default();
    let mut refusal = None;
    for table in &report.tables {
        match statement(&database, table, &mut file.notes) {
            Ok(statement) => file.statements.extend(statement),
            Err(error) => refusal = Some(error),
        }
    }
    // A workbook may have sheets of other things beside the statement.
    match (file.statements.is_empty(), refusal) {
        (true, Some(error)) => Err(error),
        (true, None) => Err(ImportError::Empty),
        (false, _) => Ok(file),
    }
}

/// The statement in a table; nothing where the table has no rows.
fn statement(
    database: &Connection,
    table: &TableReport,
    notes: &mut Vec<String>,
) -> Result<Option<Statement>, ImportError> {
    if table.rows == 0 {
        return Ok(None);
    }
    let meanings = meanings(table);
    let place = |meaning| {
        meanings
            .iter()
            .find(|(of, _)| *of == meaning)
            .map(|(_, place)| *place)
    };
    if place(Meaning::Date).is_none() {
        return Err(ImportError::NoColumn("dates"));
    }
    let sides = [Meaning::Amount, Meaning::Debit, Meaning::Credit].map(place);
    if sides.iter().all(Option::is_none) {
        return Err(ImportError::NoColumn("amounts"));
    }
    let mut statement = Statement {
        currency: mark(table).unwrap_or_default(),
        ..Statement::default()
    };
    let fail = |error: rusqlite::Error| ImportError::Table(error.to_string());
    let name = table.name.replace('"', "\"\"");
    let mut rows = database
        .prepare(&format!("SELECT * FROM \"{name}\""))
        .map_err(fail)?;
    let mut rows = rows.query([]).map_err(fail)?;
    let mut number = 0;
    let mut balances: Vec<(Date, Decimal, Decimal)> = Vec::new();
    while let Some(row) = rows.next().map_err(fail)? {
        number += 1;
        let fields = Fields {
            meanings: &meanings,
            row,
        };
        let Some(transaction) = fields.transaction(number)? else {
            // Sums at the end, notes between: told, because it could be more.
            notes.push(format!(
                "Row {number} has no date or no amount and was left out."
            ));
            continue;
        };
        if statement.account.is_empty() {
            statement.account = fields.text(Meaning::Account);
        }
        if let Some(balance) = fields.figure(Meaning::Balance) {
            balances.push((transaction.date, transaction.amount, balance));
        }
        statement.transactions.push(transaction);
    }
    settle(&mut statement, &balances);
    if statement.currency.is_empty() {
        let first = statement.transactions.first();
        statement.currency = first
            .map(|first| first.currency.clone())
            .unwrap_or_default();
    }
    Ok(Some(statement))
}

/// A row, of which the fields are asked for by what they mean.
struct Fields<'a, 's> {
    meanings: &'a [(Meaning, usize)],
    row: &'a rusqlite::Row<'s>,
}

impl Fields<'_, '_> {
    fn value(&self, meaning: Meaning) -> Option<ValueRef<'_>> {
        let (_, place) = self.meanings.iter().find(|(of, _)| *of == meaning)?;
        self.row.get_ref(*place).ok()
    }

    fn text(&self, meaning: Meaning) -> String {
        self.value(meaning).map(words).unwrap_or_default()
    }

    fn figure(&self, meaning: Meaning) -> Option<Decimal> {
        self.value(meaning).and_then(decimal)
    }

    /// Nothing where there is no date or no amount.
    fn transaction(&self, number: usize) -> Result<Option<Transaction>, ImportError> {
        let sides = (self.figure(Meaning::Debit), self.figure(Meaning::Credit));
        let amount = match sides {
            (None, None) => self.figure(Meaning::Amount),
            // Some banks write what goes out as a negative number in its own column.
            (debit, credit) => Some(credit.unwrap_or_default() - debit.unwrap_or_default().abs()),
        };
        let date = dates::iso(&self.text(Meaning::Date));
        let (Some(date), Some(amount)) = (date, amount) else {
            return Ok(None);
        };
        let amount = money::bounded(amount)
            .map_err(|error| ImportError::at(format!("row {number}"), error.to_string()))?;
        Ok(Some(Transaction {
            date,
            amount,
            currency: self.text(Meaning::Currency).to_uppercase(),
            payee: self.text(Meaning::Payee),
            memo: self.text(Meaning::Memo),
            id: self.text(Meaning::Id),
            ..Transaction::default()
        }))
    }
}

/// Balances at both ends, whichever of them the rows begin with.
fn settle(statement: &mut Statement, balances: &[(Date, Decimal, Decimal)]) {
    let (Some(first), Some(last)) = (balances.first(), balances.last()) else {
        return;
    };
    let (early, late) = if first.0 <= last.0 {
        (first, last)
    } else {
        (last, first)
    };
    statement.opening = Some(Balance {
        date: None,
        amount: early.2 - early.1,
    });
    statement.closing = Some(Balance {
        date: Some(late.0),
        amount: late.2,
    });
}

/// The currency that the amounts are marked with.
fn mark(table: &TableReport) -> Option<String> {
    let mark = table.notes.iter().find_map(|note| match note {
        Note::Currency { mark, .. } => Some(mark.as_str()),
        _ => None,
    })?;
    let code = match mark {
        "€" => "EUR",
        "£" => "GBP",
        "NT$" => "TWD",
        "US$" => "USD",
        "HK$" => "HKD",
        code if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_alphabetic()) => code,
        // `$` and `¥` are several currencies.
        _ => return None,
    };
    Some(code.to_uppercase())
}

fn words(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) | ValueRef::Blob(text) => {
            String::from_utf8_lossy(text).trim().to_owned()
        }
    }
}

/// The number that was written. Tables keep fractions as binary ones of 53 bits; the shortest decimal
/// that is the same is what was written, as long as that had no more than 15 digits.
fn decimal(value: ValueRef<'_>) -> Option<Decimal> {
    match value {
        ValueRef::Integer(number) => Some(Decimal::from(number)),
        ValueRef::Real(number) => Decimal::from_str_exact(&number.to_string()).ok(),
        _ => None,
    }
}
