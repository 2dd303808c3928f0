//! Quicken Interchange Format.

use rust_decimal::Decimal;

use super::dates::{self, Order};
use super::{File, Split, Statement, Transaction};
use crate::ImportError;
use crate::account::{Account, Class};

pub(super) fn recognises(begin: &str) -> bool {
    let first = begin
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with(['#', '^']));
    let Some(first) = first else { return false };
    let first = first.trim_start_matches('\u{feff}').to_ascii_lowercase();
    ["!type", "!account", "!option", "!clear"]
        .iter()
        .any(|head| first.starts_with(head))
}

/// What the records under a heading are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Account,
    Transactions,
    Investments,
    Categories,
    Other,
}

pub(super) fn read(text: &str) -> Result<File, ImportError> {
    let dates = text
        .lines()
        .filter_map(|line| line.strip_prefix('D'))
        .filter(|date| {
            date.trim_start()
                .starts_with(|letter: char| letter.is_ascii_digit())
        });
    let (order, is_certain) = dates::order(dates);
    let mut reader = Reader {
        file: File::default(),
        order,
        part: Part::Other,
        kind: String::new(),
        account: (String::new(), String::new()),
        investments: 0,
        statement: None,
    };
    let mut record: Vec<(char, &str, usize)> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim_end().trim_start_matches('\u{feff}');
        let mut letters = line.chars();
        match letters.next() {
            None => {}
            Some('^') => reader.record(&std::mem::take(&mut record))?,
            Some('!') => {
                reader.record(&std::mem::take(&mut record))?;
                reader.heading(line);
            }
            Some('#') if record.is_empty() => {}
            Some(letter) => record.push((letter, letters.as_str(), number)),
        }
    }
    reader.record(&record)?;
    let has_dates = reader
        .file
        .statements
        .iter()
        .chain(&reader.statement)
        .any(|statement| !statement.transactions.is_empty());
    if has_dates && !is_certain {
        let note = "Whether day or month comes first cannot be told from these dates; the month was taken to.";
        reader.file.notes.push(note.to_owned());
    }
    Ok(reader.finish())
}

struct Reader {
    file: File,
    order: Order,
    part: Part,
    kind: String,
    /// Name and type of the account that was named last.
    account: (String, String),
    investments: usize,
    statement: Option<Statement>,
}

impl Reader {
    fn heading(&mut self, line: &str) {
        let lower = line.trim().to_ascii_lowercase();
        let kind = lower.strip_prefix("!type:").map(str::trim);
        self.part = match kind {
            _ if lower.starts_with("!account") => Part::Account,
            Some("bank" | "cash" | "ccard" | "oth a" | "oth l") => Part::Transactions,
            Some("invst") => Part::Investments,
            Some("cat") => Part::Categories,
            _ => Part::Other,
        };
        if self.part == Part::Transactions {
            self.file.statements.extend(self.statement.take());
            self.kind = kind.unwrap_or_default().to_owned();
            self.statement = Some(Statement {
                name: self.account.0.clone(),
                kind: self.kind.clone(),
                ..Statement::default()
            });
        }
    }

    fn record(&mut self, record: &[(char, &str, usize)]) -> Result<(), ImportError> {
        if record.is_empty() {
            return Ok(());
        }
        let field = |letter: char| {
            let found = record.iter().find(|(name, _, _)| *name == letter);
            found.map_or("", |(_, text, _)| text.trim())
        };
        match self.part {
            Part::Account => {
                self.account = (field('N').to_owned(), field('T').to_owned());
            }
            Part::Categories => {
                let is_income = record.iter().any(|(name, _, _)| *name == 'I');
                let class = if is_income {
                    Class::Income
                } else {
                    Class::Expense
                };
                let name = field('N');
                if !name.is_empty() {
                    self.file.accounts.push(Account::named(name, class));
                }
            }
            Part::Investments => self.investments += 1,
            Part::Transactions => {
                let transaction = transaction(record, self.order)?;
                if let Some(statement) = &mut self.statement {
                    statement.transactions.push(transaction);
                }
            }
            Part::Other => {}
        }
        Ok(())
    }

    fn finish(mut self) -> File {
        self.file.statements.extend(self.statement.take());
        if self.investments > 0 {
            let note = format!(
                "{} transactions of securities were left out.",
                self.investments
            );
            self.file.notes.push(note);
        }
        self.file
    }
}

fn transaction(record: &[(char, &str, usize)], order: Order) -> Result<Transaction, ImportError> {
    let first = super::line(record[0].2);
    let mut transaction = Transaction::default();
    let (mut date, mut amount) = (None, None);
    for (letter, text, number) in record {
        let text = text.trim();
        let wrong =
            |what: &str| ImportError::at(super::line(*number), format!("{text} is not {what}"));
        match letter {
            // A date among the splits is one of theirs.
            'D' if date.is_none() => {
                date = Some(dates::date(text, order).ok_or_else(|| wrong("a date"))?);
            }
            'T' => amount = Some(dates::amount(text).ok_or_else(|| wrong("an amount"))?),
            'U' if amount.is_none() => amount = dates::amount(text),
            'P' => text.clone_into(&mut transaction.payee),
            'M' => text.clone_into(&mut transaction.memo),
            'N' => text.clone_into(&mut transaction.id),
            'L' if !text.is_empty() && !text.starts_with("--Split") => {
                transaction.kind = category(text)
            }
            'S' => transaction.splits.push(Split {
                category: category(text),
                ..Split::default()
            }),
            'E' => {
                if let Some(split) = transaction.splits.last_mut() {
                    text.clone_into(&mut split.memo);
                }
            }
            '$' => {
                let amount = dates::amount(text).ok_or_else(|| wrong("an amount"))?;
                if let Some(split) = transaction.splits.last_mut() {
                    split.amount = amount;
                }
            }
            _ => {}
        }
    }
    transaction.date =
        date.ok_or_else(|| ImportError::at(first.as_str(), "a transaction has no date"))?;
    transaction.amount =
        amount.ok_or_else(|| ImportError::at(first.as_str(), "a transaction has no amount"))?;
    let split: Decimal = transaction.splits.iter().map(|split| split.amount).sum();
    if !transaction.splits.is_empty() && split != transaction.amount {
        let detail = format!(
            "the parts are {split} together and the whole is {}",
            transaction.amount
        );
        return Err(ImportError::at(first, detail));
    }
    if transaction.splits.is_empty() && !transaction.kind.is_empty() {
        transaction.splits.push(Split {
            category: std::mem::take(&mut transaction.kind),
            amount: transaction.amount,
            memo: String::new(),
        });
    }
    transaction.kind = String::new();
    Ok(transaction)
}

/// A category without its class, which stands behind a slash.
fn category(text: &str) -> String {
    text.split('/').next().unwrap_or_default().trim().to_owned()
}
