//! What the ledger's assistant may know of books: their accounts and what was corrected in them.
//!
//! Corrections lie in a file beside the books and not in them: they say how a person thinks, not what
//! happened, and a book that is handed on has none of that in it.

use std::sync::Arc;

use assistant::artifact::{Account, BookEntry, BooksResult};
use books::{Change, Class, Journal, Role};
use ledger::{Correction, FileMemory, KnownBook, Memories, Memory, MemoryError};

use super::Shelf;
use crate::Folders;

/// The books and the corrections of a desk.
#[derive(Debug)]
pub(crate) struct BookMemory {
    shelf: Arc<Shelf>,
    corrections: FileMemory,
}

impl BookMemory {
    pub(crate) fn new(folders: &Folders) -> Self {
        Self {
            shelf: Arc::new(Shelf::new(folders)),
            corrections: FileMemory::new(folders.data().join("ledger")),
        }
    }

    pub(crate) fn shelf(&self) -> &Arc<Shelf> {
        &self.shelf
    }
}

impl Memory for BookMemory {
    fn book(&self, book: &str) -> Result<Option<KnownBook>, MemoryError> {
        // A name that cannot be one is refused where corrections are looked for.
        if !self.shelf.has(book).unwrap_or_default() {
            return Ok(None);
        }
        let book = self.shelf.book(book);
        let book = book.map_err(|error| MemoryError::Book(error.to_string()))?;
        let book = super::lock(&book);
        let journal = book.journal();
        Ok(Some(KnownBook {
            accounts: super::info::accounts(journal),
            currency: journal.info().currency.clone(),
        }))
    }

    fn corrections(&self, book: &str) -> Result<Vec<Correction>, MemoryError> {
        self.corrections.corrections(book)
    }

    fn keep(&self, book: &str, correction: &Correction) -> Result<(), MemoryError> {
        self.corrections.keep(book, correction)
    }
}

/// What a person taught by posting a proposal otherwise than it was made: the account of what was
/// earned or spent, where they changed it or settled a doubt about it.
pub(super) fn corrections(proposed: &BooksResult, posted: &BooksResult) -> Vec<Correction> {
    let mut left: Vec<&BookEntry> = proposed.entries.iter().collect();
    let mut corrections: Vec<Correction> = Vec::new();
    for entry in &posted.entries {
        // Entries were left out perhaps, but the words that they came from are as they were.
        let Some(place) = left.iter().position(|one| one.source == entry.source) else {
            continue;
        };
        let before = left.remove(place);
        let Some(account) = taught(before, entry, &posted.accounts) else {
            continue;
        };
        let text = match before.description.trim() {
            "" => before.source.trim(),
            description => description,
        };
        let correction = Correction {
            text: text.to_owned(),
            account,
        };
        if !text.is_empty() && !corrections.contains(&correction) {
            corrections.push(correction);
        }
    }
    corrections
}

/// Puts transactions of a bank's file where others like them were put before, in place of the accounts
/// for what nobody has classified. Says how many.
pub(super) fn recognise(change: &mut Change, journal: &Journal, memories: &Memories) -> usize {
    let role_of = |name: &str| match journal.account_id(name) {
        Some(id) => Some(journal.account(id).role),
        None => Class::by_root(name).map(|class| books::account::guess_role(name, class)),
    };
    let class_of = |name: &str| match journal.account_id(name) {
        Some(id) => Some(journal.account(id).class),
        None => Class::by_root(name),
    };
    let mut count = 0;
    let mut accounts: Vec<books::Account> = Vec::new();
    for entry in &mut change.entries {
        let account = [&entry.description, &entry.counterparty]
            .into_iter()
            .filter(|text| !text.trim().is_empty())
            .find_map(|text| memories.account_of(text));
        let Some(account) = account else {
            continue;
        };
        let Some(class) = class_of(account) else {
            continue;
        };
        let open = entry.postings.iter_mut().find(|posting| {
            role_of(&posting.account) == Some(Role::Unclassified)
                && class_of(&posting.account) == Some(class)
        });
        if let Some(posting) = open {
            account.clone_into(&mut posting.account);
            count += 1;
            let is_known = journal.account_id(account).is_some()
                || accounts.iter().any(|other| other.name == account);
            if !is_known {
                accounts.push(books::Account::named(account, class));
            }
        }
    }
    change.accounts.extend(accounts);
    count
}

fn taught(before: &BookEntry, after: &BookEntry, accounts: &[Account]) -> Option<String> {
    let is_doubted = |entry: &BookEntry| entry.doubts.iter().any(|doubt| doubt.field == "account");
    let is_settled = is_doubted(before) && !is_doubted(after);
    let mut lines = after.postings.iter().zip(&before.postings);
    let found = lines.find(|(line, was)| {
        is_of_results(&line.account, accounts) && (is_settled || line.account != was.account)
    });
    found.map(|(line, _)| line.account.clone())
}

/// Whether an account is about what was earned or spent, by what is known of it or by its name.
pub(super) fn is_of_results(name: &str, accounts: &[Account]) -> bool {
    let known = accounts.iter().find(|account| account.name == name);
    let class = known.and_then(|account| Class::by_name(&account.class));
    class
        .or_else(|| Class::by_root(name))
        .is_some_and(Class::is_temporary)
}

#[cfg(test)]
mod tests {
    use assistant::artifact::{BookPosting, Doubt};

    use super::*;

    fn entry(source: &str, account: &str, paid: &str, is_doubted: bool) -> BookEntry {
        let posting = |account: &str, amount: &str| BookPosting {
            account: account.to_owned(),
            amount: amount.to_owned(),
            currency: "EUR".to_owned(),
        };
        let doubt = Doubt {
            field: "account".to_owned(),
            reason: String::new(),
            choices: Vec::new(),
        };
        BookEntry {
            description: source.trim_end_matches(" 20").to_owned(),
            source: source.to_owned(),
            postings: vec![posting(account, "20"), posting(paid, "-20")],
            doubts: is_doubted.then_some(doubt).into_iter().collect(),
            ..BookEntry::default()
        }
    }

    #[track_caller]
    fn check(before: &[BookEntry], after: &[BookEntry], expected: &[(&str, &str)]) {
        let books = |entries: &[BookEntry]| BooksResult {
            entries: entries.to_vec(),
            ..BooksResult::default()
        };
        let found = corrections(&books(before), &books(after));
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|one| (one.text.as_str(), one.account.as_str()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_was_changed_or_settled_is_taught_and_nothing_else() {
        let figma =
            |account: &str, is_doubted| entry("Figma 20", account, "Assets:Bank", is_doubted);
        let beans = |account: &str| entry("Beans 20", account, "Assets:Bank", false);
        // Another account, though an entry before it was left out.
        check(
            &[beans("Expenses:Meals"), figma("Expenses:Other", true)],
            &[figma("Expenses:Software", false)],
            &[("Figma", "Expenses:Software")],
        );
        // A doubt that was settled by keeping what stood there.
        check(
            &[figma("Expenses:Other", true)],
            &[figma("Expenses:Other", false)],
            &[("Figma", "Expenses:Other")],
        );
        // Posted as it was, in doubt or not: nobody said anything.
        check(
            &[beans("Expenses:Meals"), figma("Expenses:Other", true)],
            &[beans("Expenses:Meals"), figma("Expenses:Other", true)],
            &[],
        );
        // How it was paid says nothing of what it was.
        check(
            &[beans("Expenses:Meals")],
            &[entry("Beans 20", "Expenses:Meals", "Assets:Cash", false)],
            &[],
        );
    }
}
