//! What goes out comes in again with the same balances.

use std::collections::BTreeMap;

use books::export::Format;
use books::import::{self, Plan, plan};
use books::{Book, Origin};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::common::{chart, info, year};
use crate::exports::export;
use crate::properties::any_draft;

/// Values by account, as statements count them.
fn balances(book: &Book) -> BTreeMap<(String, String), Decimal> {
    let journal = book.journal();
    let mut sums = BTreeMap::new();
    for posting in journal.entries().iter().flat_map(|entry| &entry.postings) {
        let name = journal.account(posting.account).name.clone();
        let key = (name, journal.currency(posting.value_currency).to_owned());
        *sums.entry(key).or_insert(Decimal::ZERO) += posting.value;
    }
    sums.retain(|_, sum: &mut Decimal| !sum.is_zero());
    sums
}

fn again(book: &Book, format: Format, name: &str) -> (tempfile::TempDir, Book) {
    let file =
        import::read(name, &export(book, format)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let folder = tempfile::tempdir().unwrap();
    let mut fresh = Book::create(&folder.path().join("b.book"), info(), Vec::new()).unwrap();
    let imported = plan(&file, fresh.journal(), &Plan::default()).unwrap();
    fresh
        .commit(&imported.change)
        .unwrap_or_else(|error| panic!("{name}: {error}"));
    (folder, fresh)
}

fn check(book: &Book) {
    for (format, name) in [
        (Format::Hledger, "a.journal"),
        (Format::Beancount, "a.beancount"),
        (Format::Csv, "a.csv"),
    ] {
        let (_folder, fresh) = again(book, format, name);
        assert_eq!(balances(&fresh), balances(book), "{name}");
    }
}

#[test]
fn journals_come_back_with_the_same_balances() {
    let (_folder, mut book) = year();
    check(&book);
    book.close_year("2026-12-31".parse().unwrap()).unwrap();
    check(&book);
    let (_folder, fresh) = again(&book, Format::Csv, "a.csv");
    assert!(
        fresh
            .journal()
            .entries()
            .iter()
            .any(|entry| entry.origin == Origin::Closing)
    );
    let sale = fresh
        .journal()
        .entries()
        .iter()
        .find(|entry| entry.tax.is_some())
        .unwrap();
    assert_eq!(sale.counterparty, "=ACME()");
}

#[test]
fn quicken_s_format_comes_back_with_the_same_balances() {
    let (_folder, mut book) = crate::common::book();
    let (_other, year) = year();
    // It has one currency.
    let entries = [1, 2, 3, 4, 5, 6, 7, 8, 12].map(|number| {
        let entry = year.journal().entry(number).unwrap();
        let postings: Vec<(String, String)> = entry
            .postings
            .iter()
            .map(|posting| {
                (
                    year.journal().account(posting.account).name.clone(),
                    posting.value.to_string(),
                )
            })
            .collect();
        let postings: Vec<(&str, &str)> = postings
            .iter()
            .map(|(one, other)| (one.as_str(), other.as_str()))
            .collect();
        crate::common::draft(&entry.date.to_string(), &entry.description, &postings)
    });
    book.post(entries.to_vec()).unwrap();
    let (_folder, fresh) = again(&book, Format::Qif, "a.qif");
    assert_eq!(balances(&fresh), balances(&book));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_journal_comes_back_with_the_same_balances(drafts in prop::collection::vec(any_draft(), 1..12)) {
        let folder = tempfile::tempdir().unwrap();
        let mut book = Book::create(&folder.path().join("a.book"), info(), chart()).unwrap();
        for draft in drafts {
            let _ = book.post(vec![draft]);
        }
        if book.journal().entries().is_empty() {
            return Ok(());
        }
        check(&book);
    }
}
