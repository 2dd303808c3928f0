//! What an assistant proposed, as something that can be posted.

use assistant::artifact::{BookEntry, BooksResult};

use crate::account::{Account, Class};
use crate::book::Change;
use crate::entry::{Draft, DraftPosting};
use crate::journal::Journal;
use crate::{BookError, money};

/// The change that posts everything that was proposed: the accounts that the book lacks, and the
/// entries. A proposal that did not pass its checks, or was posted already, is refused.
///
/// # Errors
/// Also when an amount or a date is none, or an account has no class.
pub fn change(proposal: &BooksResult, run: &str, journal: &Journal) -> Result<Change, BookError> {
    if proposal.draft {
        return Err(BookError::NotChecked(run.to_owned()));
    }
    if proposal.entries.is_empty() {
        return Err(BookError::NothingToPost(run.to_owned()));
    }
    let is_posted = |entry: &crate::Entry| {
        entry.run.as_deref() == Some(run)
            && entry.reversed_by.is_none()
            && !matches!(entry.origin, crate::Origin::Reversal(_))
    };
    if journal.entries().iter().any(is_posted) {
        return Err(BookError::PostedAlready(run.to_owned()));
    }
    let mut change = Change::default();
    for entry in &proposal.entries {
        change.entries.push(draft(entry, run)?);
    }
    // A fresh book gets the whole chart, so that the next proposal finds its accounts.
    let is_fresh = journal.accounts().is_empty();
    for account in &proposal.accounts {
        let is_used = change.entries.iter().any(|entry| {
            entry
                .postings
                .iter()
                .any(|posting| posting.account == account.name)
        });
        if (is_fresh || is_used) && journal.account_id(&account.name).is_none() {
            let class = Class::by_name(&account.class)
                .ok_or_else(|| BookError::AccountInvalid(account.name.clone()))?;
            let account = Account::named(&account.name, class).labelled(&account.label);
            change.accounts.push(account);
        }
    }
    let missing = missing_accounts(&change, journal)?;
    change.accounts.extend(missing);
    Ok(change)
}

/// Accounts of entries that are neither in the book nor in the change, where their name tells their
/// class.
pub(crate) fn missing_accounts(
    change: &Change,
    journal: &Journal,
) -> Result<Vec<Account>, BookError> {
    let mut missing: Vec<Account> = Vec::new();
    for posting in change.entries.iter().flat_map(|entry| &entry.postings) {
        let name = &posting.account;
        let is_there = journal.account_id(name).is_some()
            || change
                .accounts
                .iter()
                .chain(&missing)
                .any(|account| account.name == *name);
        if !is_there {
            let class =
                Class::by_root(name).ok_or_else(|| BookError::AccountUnknown(name.clone()))?;
            missing.push(Account::named(name, class));
        }
    }
    Ok(missing)
}

fn draft(entry: &BookEntry, run: &str) -> Result<Draft, BookError> {
    let postings = entry.postings.iter().map(|posting| {
        let amount = money::parse(&posting.amount)?;
        Ok(DraftPosting::new(
            &posting.account,
            amount,
            &posting.currency,
        ))
    });
    let doubts = entry
        .doubts
        .iter()
        .map(|doubt| format!("{}: {}", doubt.field, doubt.reason));
    Ok(Draft {
        date: entry
            .date
            .parse()
            .map_err(|_| BookError::DateInvalid(entry.date.clone()))?,
        description: entry.description.clone(),
        counterparty: entry.counterparty.clone(),
        postings: postings.collect::<Result<_, BookError>>()?,
        tax: entry.tax.clone(),
        note: doubts.collect::<Vec<_>>().join("; "),
        source: entry.source.clone(),
        run: Some(run.to_owned()),
        ..Draft::default()
    })
}
