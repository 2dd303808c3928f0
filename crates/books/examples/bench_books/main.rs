//! `cargo xtask bench ledger`: how long every statement of a large book takes, against hledger making
//! the same reports of the same entries, and whether both come to the same balances.
//!
//! Ours begins with the file on disk: it is opened, every seal is checked, everything is added up and
//! every statement is made in full, journal and general ledger included. hledger reads its journal
//! anew for each report, because that is how it is used.

mod made;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

use books::export::{Format, write};
use books::statements::Statements;
use books::{Book, Language, Period};
use figures::Table;
use rust_decimal::Decimal;

/// Entries of the book, unless told otherwise.
const ENTRIES: usize = 100_000;

/// hledger's report for each of ours; those of theirs that make two of ours stand once.
const REPORTS: [&[&str]; 9] = [
    &["balance", "--flat"],
    &["incomestatement"],
    &["balancesheet"],
    &["cashflow"],
    &["balancesheetequity"],
    &["balance", "--pivot", "payee", "type:X"],
    &["balance", "type:X", "--sort-amount"],
    &["print"],
    &["register"],
];

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let as_json = arguments.iter().any(|argument| argument == "--json");
    let limit = arguments.iter().position(|argument| argument == "--limit");
    let entries = match limit.and_then(|place| arguments.get(place + 1)) {
        Some(number) => number.parse()?,
        None => ENTRIES,
    };
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("bench.book");
    let mut figures = Table::default();
    let begin = Instant::now();
    let book = made::book(&path, entries)?;
    figures.report("posting_seconds", begin.elapsed().as_secs_f64());
    drop(book);
    let seconds = (0..3).map(|_| ours(&path)).collect::<Result<Vec<_>, _>>()?;
    let best = seconds.into_iter().fold(f64::INFINITY, f64::min);
    figures.under("statements_seconds", best, 1.0);
    let book = Book::open(&path)?;
    let all = statements(&book)?;
    let broken = all.ties().iter().filter(|tie| !tie.holds()).count();
    figures.under("ties_broken", f64::from(u32::try_from(broken)?), 1.0);
    if Command::new("hledger").arg("--version").output().is_ok() {
        let journal = folder.path().join("bench.journal");
        std::fs::write(&journal, write(&all, book.seal(), Format::Hledger)?)?;
        let theirs = hledger(&journal)?;
        figures.report("hledger_seconds", theirs);
        figures.at_least("times_faster_than_hledger", theirs / best, 10.0);
        let different = difference(&book, &journal)?;
        figures.under(
            "balances_different",
            f64::from(u32::try_from(different)?),
            1.0,
        );
    } else {
        eprintln!("hledger is not here, so nothing is compared with it");
    }
    if as_json {
        println!("{}", figures.json());
    } else {
        print!("{figures}");
    }
    Ok(())
}

fn statements(book: &Book) -> Result<Statements<'_>, Box<dyn Error>> {
    let year = Period::new("2026-01-01".parse()?, "2026-12-31".parse()?)?;
    Ok(Statements::new(
        book.journal(),
        vec![year, year.previous()],
        Language::English,
    ))
}

/// Opening, adding up, and every statement in the form that is shown.
fn ours(path: &Path) -> Result<f64, Box<dyn Error>> {
    let begin = Instant::now();
    let book = Book::open(path)?;
    let statements = statements(&book)?;
    let mut rows = 0;
    for report in statements.all() {
        rows += report.statement(book.journal()).rows.len();
    }
    rows += statements.ties().len();
    let seconds = begin.elapsed().as_secs_f64();
    if rows == 0 {
        return Err("no statement has a row".into());
    }
    Ok(seconds)
}

fn run_hledger(journal: &Path, arguments: &[&str]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut command = Command::new("hledger");
    command.env("LANG", "C.UTF-8").env("LC_ALL", "C.UTF-8");
    command.arg("-f").arg(journal).args(arguments);
    let output = command.output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(output.stdout)
}

fn hledger(journal: &Path) -> Result<f64, Box<dyn Error>> {
    let begin = Instant::now();
    for report in REPORTS {
        run_hledger(journal, report)?;
    }
    Ok(begin.elapsed().as_secs_f64())
}

/// How many balances of accounts are not the same in both.
fn difference(book: &Book, journal: &Path) -> Result<usize, Box<dyn Error>> {
    let arguments = [
        "balance",
        "--flat",
        "--no-total",
        "--layout=bare",
        "-O",
        "csv",
    ];
    let output = run_hledger(journal, &arguments)?;
    let mut theirs = BTreeMap::new();
    for row in csv::Reader::from_reader(output.as_slice()).records() {
        let row = row?;
        theirs.insert(row[0].to_owned(), row[2].parse::<Decimal>()?);
    }
    let mut ours: BTreeMap<String, Decimal> = BTreeMap::new();
    for posting in book
        .journal()
        .entries()
        .iter()
        .flat_map(|entry| &entry.postings)
    {
        let name = &book.journal().account(posting.account).name;
        *ours.entry(name.clone()).or_default() += posting.amount;
    }
    let names: std::collections::BTreeSet<_> = ours.keys().chain(theirs.keys()).collect();
    let differs = |name: &&&String| {
        ours.get(**name).copied().unwrap_or_default()
            != theirs.get(**name).copied().unwrap_or_default()
    };
    Ok(names.iter().filter(differs).count())
}
