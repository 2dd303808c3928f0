//! What other programs make of our exports.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use books::export::{Format, write};
use books::statements::Statements;
use books::{Book, Language, Period};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::common::{chart, day, info, year};
use crate::properties::any_draft;

/// Whether a program is here; where it is not, the test says so and stops.
pub fn has(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok();
    if !found {
        eprintln!("{program} is not here, so nothing was compared with it");
    }
    found
}

pub fn export(book: &Book, format: Format) -> Vec<u8> {
    export_of(book, format, "2026-01-01", "2026-12-31")
}

pub fn export_of(book: &Book, format: Format, from: &str, to: &str) -> Vec<u8> {
    let period = Period::new(day(from), day(to)).unwrap();
    let periods = vec![period, period.previous()];
    let statements = Statements::new(book.journal(), periods, Language::English);
    write(&statements, book.seal(), format).unwrap()
}

/// Sums of amounts by account and currency, or of values.
fn sums(book: &Book, of_values: bool) -> BTreeMap<(String, String), Decimal> {
    let journal = book.journal();
    let mut sums = BTreeMap::new();
    for entry in journal.entries() {
        for posting in &entry.postings {
            let (amount, currency) = if of_values {
                (posting.value, posting.value_currency)
            } else {
                (posting.amount, posting.currency)
            };
            let key = (
                journal.account(posting.account).name.clone(),
                journal.currency(currency).to_owned(),
            );
            *sums.entry(key).or_insert(Decimal::ZERO) += amount;
        }
    }
    sums.retain(|_, sum: &mut Decimal| !sum.is_zero());
    sums
}

/// What `hledger balance` says.
fn hledger(path: &Path, at_cost: bool) -> BTreeMap<(String, String), Decimal> {
    let mut command = Command::new("hledger");
    command.env("LANG", "C.UTF-8").env("LC_ALL", "C.UTF-8");
    command.arg("-f").arg(path);
    command.args([
        "balance",
        "--flat",
        "--no-total",
        "--layout=bare",
        "-O",
        "csv",
        "-E",
    ]);
    if at_cost {
        command.arg("-B");
    }
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let mut sums = BTreeMap::new();
    for row in csv::Reader::from_reader(output.stdout.as_slice()).records() {
        let row = row.unwrap();
        let sum: Decimal = row[2].parse().unwrap();
        if !sum.is_zero() {
            sums.insert((row[0].to_owned(), row[1].to_owned()), sum);
        }
    }
    sums
}

fn check(book: &Book, folder: &Path) {
    let path = folder.join("out.journal");
    std::fs::write(&path, export(book, Format::Hledger)).unwrap();
    if has("hledger") {
        let mut check = Command::new("hledger");
        check.env("LANG", "C.UTF-8").env("LC_ALL", "C.UTF-8");
        check.arg("-f").arg(&path).args(["check", "--strict"]);
        let output = check.output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        // Amounts that one posting cannot say are said by two, so only the values agree always.
        assert_eq!(hledger(&path, true), sums(book, true));
    }
    let path = folder.join("out.beancount");
    std::fs::write(&path, export(book, Format::Beancount)).unwrap();
    if has("bean-check") {
        let output = Command::new("bean-check").arg(&path).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(output.status.success() && said.is_empty(), "{said}\n{text}");
    }
}

#[test]
fn other_programs_come_to_the_same_balances() {
    let (folder, mut book) = year();
    check(&book, folder.path());
    if has("hledger") {
        let path = folder.path().join("out.journal");
        assert_eq!(hledger(&path, false), sums(&book, false));
    }
    book.revalue(day("2026-12-31")).unwrap();
    book.close_year(day("2026-12-31")).unwrap();
    book.reverse(7, None).unwrap();
    check(&book, folder.path());
}

#[test]
fn nothing_of_a_persons_becomes_a_formula() {
    let (_folder, book) = year();
    let text = String::from_utf8(export(&book, Format::Csv)).unwrap();
    for row in csv::Reader::from_reader(text.as_bytes()).records() {
        for field in row.unwrap().iter() {
            let is_number = field.parse::<Decimal>().is_ok();
            assert!(
                is_number || !field.starts_with(['=', '+', '-', '@']),
                "{field}"
            );
        }
    }
    assert!(text.contains("'=ACME()"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_book_is_accepted_by_other_programs(drafts in prop::collection::vec(any_draft(), 1..12)) {
        let folder = tempfile::tempdir().unwrap();
        let mut book = Book::create(&folder.path().join("a.book"), info(), chart()).unwrap();
        for draft in drafts {
            let _ = book.post(vec![draft]);
        }
        check(&book, folder.path());
    }
}
