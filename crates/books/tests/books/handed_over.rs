//! Workbook, PDF and the archive with everything.

use std::io::{Cursor, Read as _};

use books::export::Format;
use calamine::{Data, Reader as _, Xlsx};

use crate::common::year;
use crate::exports::export;

#[test]
fn the_workbook_has_live_formulas_and_no_formula_of_anybody_else_s() {
    let (_folder, book) = year();
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(export(&book, Format::Xlsx))).unwrap();
    let names = workbook.sheet_names();
    for name in ["Tie-outs", "Trial balance", "Balance sheet", "Journal"] {
        assert!(names.iter().any(|found| found == name), "{name}: {names:?}");
    }
    let formulas = |workbook: &mut Xlsx<_>, name: &str| {
        let formulas = workbook.worksheet_formula(name).unwrap();
        formulas
            .used_cells()
            .map(|(_, _, formula)| formula.clone())
            .filter(|formula| !formula.is_empty())
            .collect::<Vec<_>>()
    };
    let totals = formulas(&mut workbook, "Balance sheet");
    assert!(
        totals.iter().any(|formula| formula.contains("SUM(")),
        "{totals:?}"
    );
    assert!(
        formulas(&mut workbook, "Trial balance")
            .iter()
            .any(|formula| formula.contains("SUMIFS("))
    );
    assert!(
        formulas(&mut workbook, "Tie-outs")
            .iter()
            .any(|formula| formula.contains("IF(ROUND("))
    );
    assert!(formulas(&mut workbook, "Journal").is_empty());
    let journal = workbook.worksheet_range("Journal").unwrap();
    assert!(
        journal
            .used_cells()
            .any(|(_, _, cell)| *cell == Data::String("=ACME()".to_owned()))
    );
    // Figures are there without calculating.
    let ties = workbook.worksheet_range("Tie-outs").unwrap();
    let holds = ties
        .used_cells()
        .filter(|(_, _, cell)| **cell == Data::String("holds".to_owned()))
        .count();
    assert_eq!(holds, 22);
}

#[test]
fn the_archive_has_everything_an_accountant_asks_for() {
    let (_folder, book) = year();
    let bytes = match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        export(&book, Format::Package)
    })) {
        Ok(bytes) => bytes,
        Err(_) => {
            eprintln!("no font of this system has Chinese, so no PDF was made");
            return;
        }
    };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect();
    for name in [
        "statements.xlsx",
        "statements.pdf",
        "journal.csv",
        "general-ledger.csv",
        "book.journal",
        "book.beancount",
        "book.qif",
        "seal.txt",
    ] {
        assert!(names.iter().any(|found| found == name), "{name}: {names:?}");
    }
    let mut pdf = Vec::new();
    archive
        .by_name("statements.pdf")
        .unwrap()
        .read_to_end(&mut pdf)
        .unwrap();
    assert!(
        pdf.starts_with(b"%PDF-") && pdf.len() > 10_000,
        "{}",
        pdf.len()
    );
}

#[test]
fn the_sample_is_a_whole_year_that_ties_out() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../assets/samples/lantern-and-quill.journal");
    let bytes = std::fs::read(path).unwrap();
    let file = books::import::read("sample.journal", &bytes).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.book");
    let mut book = books::Book::create(&path, crate::common::info(), Vec::new()).unwrap();
    let plan = books::import::Plan::default();
    let imported = books::import::plan(&file, book.journal(), &plan).unwrap();
    book.commit(&imported.change).unwrap();
    let span = book.journal().span().unwrap();
    assert_eq!(
        (span.from.to_string(), span.to.to_string()),
        ("2025-01-01".to_owned(), "2025-12-31".to_owned())
    );
    let statements = books::statements::Statements::new(
        book.journal(),
        vec![span, span.previous()],
        books::Language::English,
    );
    assert!(statements.ties().iter().all(books::statements::Tie::holds));
    assert!(book.journal().entries().len() > 300);
}
