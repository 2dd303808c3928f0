//! Whether LibreOffice opens what an accountant is handed, and computes our formulas to our figures.

use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;
use std::process::Command;

use books::export::Format;
use books::import::{self, Plan, plan};
use books::{Book, BookInfo};
use calamine::{Data, Reader as _, Xlsx};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::exports::{export_of, has};

/// The workbook without the figures that we put beside the formulas, so that they are computed.
fn without_figures(workbook: &[u8]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut stripped = ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        if name.starts_with("xl/worksheets/sheet") {
            let text = String::from_utf8(bytes).unwrap();
            let mut out = String::new();
            for (place, piece) in text.split("</f>").enumerate() {
                if place == 0 {
                    out.push_str(piece);
                    continue;
                }
                out.push_str("</f>");
                let rest = piece.strip_prefix("<v>").map_or(piece, |rest| {
                    rest.split_once("</v>").map_or(rest, |(_, rest)| rest)
                });
                out.push_str(rest);
            }
            bytes = out.into_bytes();
        }
        stripped
            .start_file(name.as_str(), SimpleFileOptions::default())
            .unwrap();
        stripped.write_all(&bytes).unwrap();
    }
    stripped.finish().unwrap().into_inner()
}

fn sample(folder: &Path) -> Book {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../assets/samples/lantern-and-quill.journal");
    let file = import::read("sample.journal", &std::fs::read(path).unwrap()).unwrap();
    let info = BookInfo {
        title: "Sample".to_owned(),
        currency: "EUR".to_owned(),
        fiscal_month: 1,
        fiscal_day: 1,
    };
    let mut book = Book::create(&folder.join("a.book"), info, Vec::new()).unwrap();
    let imported = plan(&file, book.journal(), &Plan::default()).unwrap();
    book.commit(&imported.change).unwrap();
    book
}

/// The workbook of the archive that is handed over.
fn handed_over(book: &Book) -> Vec<u8> {
    let package = export_of(book, Format::Package, "2025-01-01", "2025-12-31");
    let mut archive = ZipArchive::new(Cursor::new(package)).unwrap();
    let mut workbook = Vec::new();
    let mut file = archive.by_name("statements.xlsx").unwrap();
    file.read_to_end(&mut workbook).unwrap();
    workbook
}

/// The year of the sample company, handed over, opened and computed anew by another program.
#[test]
fn libreoffice_computes_the_same_figures() {
    if !has("soffice") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let book = sample(folder.path());
    let ours = handed_over(&book);
    let input = folder.path().join("in.xlsx");
    std::fs::write(&input, without_figures(&ours)).unwrap();
    let home = format!(
        "-env:UserInstallation=file://{}/home",
        folder.path().display()
    );
    let out = folder.path().join("out");
    let status = Command::new("soffice")
        .args([&home, "--headless", "--convert-to", "xlsx", "--outdir"])
        .arg(&out)
        .arg(&input)
        .status()
        .unwrap();
    assert!(status.success());
    let mut theirs: Xlsx<_> =
        Xlsx::new(Cursor::new(std::fs::read(out.join("in.xlsx")).unwrap())).unwrap();
    let mut ours: Xlsx<_> = Xlsx::new(Cursor::new(ours)).unwrap();
    let mut compared = 0;
    for name in ours.sheet_names() {
        let formulas = ours.worksheet_formula(&name).unwrap();
        let (our_cells, their_cells) = (
            ours.worksheet_range(&name).unwrap(),
            theirs.worksheet_range(&name).unwrap(),
        );
        let start = formulas.start().unwrap_or_default();
        for (row, column, formula) in formulas.used_cells() {
            if formula.is_empty() {
                continue;
            }
            let place = (
                start.0 + u32::try_from(row).unwrap(),
                start.1 + u32::try_from(column).unwrap(),
            );
            let one = our_cells.get_value(place).cloned().unwrap_or_default();
            let other = their_cells.get_value(place).cloned().unwrap_or_default();
            let is_same = match (&one, &other) {
                (Data::String(one), Data::String(other)) => one == other,
                _ => number(&one)
                    .zip(number(&other))
                    .is_some_and(|(one, other)| (one - other).abs() < 1e-6),
            };
            assert!(
                is_same,
                "{name} {place:?}: {one:?} and {other:?} of {formula}"
            );
            compared += 1;
        }
    }
    assert!(compared > 60, "only {compared} formulas were compared");
    eprintln!("{compared} formulas come to the same");
}

fn number(cell: &Data) -> Option<f64> {
    match cell {
        Data::Float(number) => Some(*number),
        Data::Int(number) => Some(f64::from(i32::try_from(*number).ok()?)),
        _ => None,
    }
}
