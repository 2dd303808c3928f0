//! From what a file holds to what is posted: which accounts, what was there already, and whether the
//! balances agree.

mod accounts;

use std::collections::{BTreeMap, HashMap};

use rust_decimal::Decimal;
use sha2::{Digest as _, Sha256};

use super::{File, Statement, Transaction};
use crate::account::Account;
use crate::book::Change;
use crate::entry::{Draft, DraftPosting, Origin};
use crate::journal::Journal;
use crate::record::Rate;
use crate::{BookError, ImportError, money};

/// How a file is to be taken in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The account in the book that the statement is of; found by the file's own words when absent.
    pub account: Option<String>,
    /// The currency of amounts without one; the book's own when absent.
    pub currency: Option<String>,
}

/// What taking a file in comes to.
#[derive(Debug, Clone, Default)]
pub struct Imported {
    /// What is to be committed.
    pub change: Change,
    /// How many transactions were there already.
    pub duplicates: usize,
    /// Balances of statements, beside what the book comes to.
    pub reconciled: Vec<Reconciled>,
    /// What a person should know.
    pub notes: Vec<String>,
}

/// The balance at the end of a statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Reconciled {
    /// The account in the book.
    pub account: String,
    /// Currency of both.
    pub currency: String,
    /// What the statement says.
    pub statement: Decimal,
    /// What the statement's beginning and its transactions come to; nothing where it has no beginning.
    pub summed: Option<Decimal>,
    /// What the book comes to on that day once the file is taken in.
    pub book: Decimal,
}

impl Reconciled {
    /// Whether the book agrees with the bank.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.statement == self.book
    }
}

/// Plans what a file would post to a book. Nothing is posted by it.
///
/// # Errors
/// When a currency is missing or is none, or amounts do not fit.
pub fn plan(file: &File, journal: &Journal, plan: &Plan) -> Result<Imported, BookError> {
    let mut imported = Imported {
        notes: file.notes.clone(),
        ..Imported::default()
    };
    let mut planner = Planner {
        journal,
        plan,
        file,
        seen: HashMap::new(),
        imported: &mut imported,
    };
    planner.entries()?;
    for statement in &file.statements {
        planner.statement(statement)?;
    }
    let missing = crate::proposal::missing_accounts(&imported.change, journal)?;
    imported.change.accounts.extend(missing);
    if file.statements.len() > 1 && plan.account.is_some() {
        imported.notes.push("The file has several statements; all of them were put into the account that was named.".to_owned());
    }
    Ok(imported)
}

struct Planner<'a> {
    journal: &'a Journal,
    plan: &'a Plan,
    file: &'a File,
    /// How often each transaction was met in this file: two that are the same in everything are two.
    seen: HashMap<String, usize>,
    imported: &'a mut Imported,
}

impl Planner<'_> {
    /// Entries of other journals. They are known again by everything that is in them.
    fn entries(&mut self) -> Result<(), BookError> {
        for account in &self.file.accounts {
            let is_used = self.file.entries.iter().any(|entry| {
                entry
                    .postings
                    .iter()
                    .any(|posting| posting.account == account.name)
            });
            let is_new = self.journal.account_id(&account.name).is_none()
                && !self
                    .imported
                    .change
                    .accounts
                    .iter()
                    .any(|other| other.name == account.name);
            if is_new && is_used {
                self.imported.change.accounts.push(account.clone());
            }
        }
        for (date, currency, rate, of) in &self.file.rates {
            if *of == self.journal.info().currency && *rate > Decimal::ZERO {
                self.imported.change.rates.push(Rate {
                    date: *date,
                    currency: named(currency)?,
                    rate: money::bounded(*rate)?.to_string(),
                });
            }
        }
        for entry in &self.file.entries {
            let mut text = format!(
                "{}\u{1f}{}\u{1f}{}",
                entry.date, entry.description, entry.counterparty
            );
            for posting in &entry.postings {
                text.push_str(&format!(
                    "\u{1f}{}\u{1f}{}\u{1f}{}",
                    posting.account,
                    posting.amount.normalize(),
                    posting.currency
                ));
            }
            let Some(mark) = self.fresh(&text) else {
                continue;
            };
            let mut entry = entry.clone();
            if entry.origin == Origin::Written {
                entry.origin = Origin::Imported(mark);
            }
            for posting in &mut entry.postings {
                posting.currency = self.currency(&posting.currency)?;
            }
            self.imported.change.entries.push(entry);
        }
        // Rates that came with a file that was taken in before are there already.
        if self.imported.change.entries.is_empty() {
            self.imported.change.rates.clear();
        }
        Ok(())
    }

    /// The mark of a transaction; nothing, and counted, where it is in the book.
    fn fresh(&mut self, text: &str) -> Option<String> {
        let count = self.seen.entry(text.to_owned()).or_default();
        *count += 1;
        let mut digest = Sha256::new();
        digest.update(text.as_bytes());
        digest.update(count.to_be_bytes());
        let mark: String = digest
            .finalize()
            .iter()
            .take(16)
            .fold(String::new(), |mark, byte| mark + &format!("{byte:02x}"));
        if self.journal.has_imported(&mark) {
            self.imported.duplicates += 1;
            return None;
        }
        Some(mark)
    }

    fn currency(&self, written: &str) -> Result<String, BookError> {
        if written.is_empty() {
            let own = &self.journal.info().currency;
            return named(self.plan.currency.as_ref().unwrap_or(own));
        }
        named(written)
    }

    fn statement(&mut self, statement: &Statement) -> Result<(), BookError> {
        let account = self.account(statement);
        self.opening(statement, &account)?;
        let mut moved: BTreeMap<String, Decimal> = BTreeMap::new();
        let mut last = None;
        for transaction in &statement.transactions {
            let currency = match transaction.currency.as_str() {
                "" => self.currency(&statement.currency)?,
                currency => named(currency)?,
            };
            *moved.entry(currency.clone()).or_default() += transaction.amount;
            last = last.max(Some(transaction.date));
            self.transaction(statement, transaction, &account, currency)?;
        }
        if let Some(closing) = &statement.closing {
            let currency = self.currency(&statement.currency)?;
            let day = closing.date.or(last);
            let moved = moved.get(&currency).copied().unwrap_or_default();
            self.imported.reconciled.push(Reconciled {
                statement: closing.amount,
                summed: statement
                    .opening
                    .as_ref()
                    .map(|opening| opening.amount + moved),
                book: self.balance(&account.name, &currency, day),
                account: account.name.clone(),
                currency,
            });
        }
        self.add_account(account);
        Ok(())
    }

    /// The balance that the first statement of an account begins with was there before the book.
    fn opening(&mut self, statement: &Statement, account: &Account) -> Result<(), BookError> {
        let Some(opening) = statement.opening.as_ref() else {
            return Ok(());
        };
        let is_moved = |drafts: &[Draft]| {
            let mut postings = drafts.iter().flat_map(|draft| &draft.postings);
            postings.any(|posting| posting.account == account.name)
        };
        let id = self.journal.account_id(&account.name);
        let is_known = id.is_some_and(|id| {
            let entries = self.journal.entries().iter();
            entries
                .flat_map(|entry| &entry.postings)
                .any(|posting| posting.account == id)
        });
        if opening.amount.is_zero() || is_known || is_moved(&self.imported.change.entries) {
            return Ok(());
        }
        let first = statement
            .transactions
            .iter()
            .map(|transaction| transaction.date)
            .min();
        let Some(date) = opening.date.into_iter().chain(first).min() else {
            return Ok(());
        };
        let currency = self.currency(&statement.currency)?;
        let source = self.journal.opening_account();
        self.imported.notes.push(format!(
            "{}: the balance of {} {currency} that the statement begins with was posted as its opening.",
            account.name, opening.amount
        ));
        self.imported.change.entries.push(Draft {
            date,
            description: format!("Opening balance of {}", account.label),
            postings: vec![
                DraftPosting::new(&account.name, opening.amount, &currency),
                DraftPosting::new(&source.name, -opening.amount, &currency),
            ],
            origin: Origin::Opening,
            ..Draft::default()
        });
        self.add_account(source);
        Ok(())
    }

    fn transaction(
        &mut self,
        statement: &Statement,
        transaction: &Transaction,
        account: &Account,
        currency: String,
    ) -> Result<(), BookError> {
        if transaction.amount.is_zero() {
            self.imported.notes.push(format!(
                "{}: a transaction over nothing was left out.",
                transaction.date
            ));
            return Ok(());
        }
        let text = [
            statement.account.as_str(),
            account.name.as_str(),
            &transaction.date.to_string(),
            &transaction.amount.normalize().to_string(),
            &currency,
            &transaction.id,
            &transaction.payee,
            &transaction.memo,
        ]
        .join("\u{1f}");
        let Some(mark) = self.fresh(&text) else {
            return Ok(());
        };
        let mut postings = vec![DraftPosting::new(
            &account.name,
            transaction.amount,
            &currency,
        )];
        if transaction.splits.is_empty() {
            let other = self.unclassified(transaction.amount);
            postings.push(DraftPosting::new(&other, -transaction.amount, &currency));
        }
        let mut notes = Vec::new();
        for split in transaction
            .splits
            .iter()
            .filter(|split| !split.amount.is_zero())
        {
            let other = self.category(split);
            postings.push(DraftPosting::new(&other, -split.amount, &currency));
            if !split.memo.is_empty() {
                notes.push(split.memo.clone());
            }
        }
        let description = if transaction.memo.is_empty() {
            transaction.payee.clone()
        } else {
            transaction.memo.clone()
        };
        if !transaction.id.is_empty() {
            notes.push(transaction.id.clone());
        }
        self.imported.change.entries.push(Draft {
            date: transaction.date,
            description,
            counterparty: transaction.payee.clone(),
            postings,
            note: notes.join("\n"),
            origin: Origin::Imported(mark),
            ..Draft::default()
        });
        Ok(())
    }

    /// What the book comes to once the file is taken in.
    fn balance(&self, account: &str, currency: &str, day: Option<jiff::civil::Date>) -> Decimal {
        let is_until = |date: jiff::civil::Date| day.is_none_or(|day| date <= day);
        let kept = self
            .journal
            .entries()
            .iter()
            .filter(|entry| is_until(entry.date))
            .flat_map(|entry| &entry.postings)
            .filter(|posting| {
                self.journal.account(posting.account).name == account
                    && self.journal.currency(posting.currency) == currency
            })
            .map(|posting| posting.amount);
        let new = self
            .imported
            .change
            .entries
            .iter()
            .filter(|entry| is_until(entry.date))
            .flat_map(|entry| &entry.postings)
            .filter(|posting| posting.account == account && posting.currency == currency)
            .map(|posting| posting.amount);
        kept.chain(new).sum()
    }
}

fn named(currency: &str) -> Result<String, BookError> {
    if money::is_currency(currency) {
        Ok(currency.to_owned())
    } else {
        let detail = format!("{currency} is not a currency");
        Err(ImportError::at("currency", detail).into())
    }
}
