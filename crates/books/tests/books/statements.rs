//! Statements against figures that were worked out by hand.

use books::statements::{Kind, Look, Statements};
use books::{Book, Language, Period};

use crate::common::{day, year};

fn periods() -> Vec<Period> {
    let period = Period::new(day("2026-01-01"), day("2026-12-31")).unwrap();
    vec![period, period.year_before()]
}

fn print(book: &Book, kind: Kind, language: Language) -> String {
    let statements = Statements::new(book.journal(), periods(), language);
    let report = statements.report(kind);
    let statement = report.statement(book.journal());
    let mut out = format!("{} | {}\n", statement.title, statement.columns.join(" | "));
    for row in statement.rows {
        let indent = "  ".repeat(row.level as usize);
        let sign = if row.is_total { "=" } else { "" };
        let figures = row.figures.join(" | ");
        out.push_str(&format!(
            "{indent}{sign}{} | {figures} {}\n",
            row.label, row.currency
        ));
    }
    out
}

#[test]
fn every_statement_of_a_year() {
    let (_folder, mut book) = year();
    book.revalue(day("2026-12-31")).unwrap();
    book.close_year(day("2026-12-31")).unwrap();
    let all: Vec<String> = Kind::ALL
        .into_iter()
        .map(|kind| print(&book, kind, Language::English))
        .collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn statements_speak_chinese() {
    let (_folder, book) = year();
    let sheet = print(&book, Kind::BalanceSheet, Language::TraditionalChinese);
    assert!(
        sheet.starts_with("資產負債表, 2026-01-01 – 2026-12-31"),
        "{sheet}"
    );
    assert!(sheet.contains("尚未結轉損益"), "{sheet}");
}

#[test]
fn everything_ties_out_before_and_after_the_closing() {
    let (_folder, mut book) = year();
    for step in 0..3 {
        match step {
            1 => drop(book.revalue(day("2026-12-31")).unwrap()),
            2 => drop(book.close_year(day("2026-12-31")).unwrap()),
            _ => {}
        }
        let statements = Statements::new(book.journal(), periods(), Language::English);
        let ties = statements.ties();
        // Five for each of two periods and two currencies, and receivables for each currency.
        assert_eq!(ties.len(), 22);
        for tie in ties {
            assert!(tie.holds(), "step {step}: {tie:?}");
        }
    }
}

#[test]
fn a_total_is_the_sum_of_its_terms() {
    let (_folder, book) = year();
    let statements = Statements::new(book.journal(), periods(), Language::English);
    for report in statements.all() {
        for (place, line) in report.lines.iter().enumerate() {
            assert!(line.terms.is_empty() || line.look == Look::Total);
            assert!(line.terms.iter().all(|(term, _)| *term < place));
        }
    }
}

#[test]
fn an_empty_book_has_statements() {
    let (_folder, book) = crate::common::book();
    let statements = Statements::new(book.journal(), periods(), Language::English);
    assert_eq!(statements.all().len(), Kind::ALL.len());
    assert!(statements.ties().iter().all(books::statements::Tie::holds));
}
