//! Workbooks: every format as far as it can be made here, and their bad twins.

use std::io::{Cursor, Write as _};

use crate::common::{Outcome, code, dump_table, import_bytes, import_with};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};
use sheets::{Kind, Note};

/// A workbook of sheets that are filled one by one.
fn workbook(fill: impl FnOnce(&mut Workbook) -> Result<(), XlsxError>) -> Outcome {
    let mut book = Workbook::new();
    fill(&mut book).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    import_bytes("book.xlsx", &bytes)
}

/// What becomes of one sheet.
fn check(fill: impl FnOnce(&mut Worksheet) -> Result<(), XlsxError>, expected: &str) -> Vec<Note> {
    let outcome = workbook(|book| fill(book.add_worksheet()));
    assert_eq!(dump_table(&outcome, 0), expected);
    outcome.report.unwrap().tables[0].notes.clone()
}

fn row(sheet: &mut Worksheet, at: u32, cells: &[&str]) -> Result<(), XlsxError> {
    for (cell, column) in cells.iter().zip(0..) {
        match cell.parse::<f64>() {
            _ if cell.is_empty() => {}
            Ok(number) => drop(sheet.write(at, column, number)?),
            Err(_) => drop(sheet.write(at, column, *cell)?),
        }
    }
    Ok(())
}

#[test]
fn cells_keep_their_kinds() {
    let notes = check(
        |sheet| {
            row(sheet, 0, &["name", "n", "r", "zip"])?;
            row(sheet, 1, &["茶", "3", "1.5", ""])?;
            row(sheet, 2, &["", "4", "2", ""])?;
            sheet.write(1, 3, "00501")?;
            sheet.write(2, 3, "10001")?;
            Ok(())
        },
        "name TEXT, n INTEGER, r REAL, zip TEXT\n茶|3|1.5|00501\nNULL|4|2.0|10001",
    );
    assert_eq!(notes, []);
}

#[test]
fn dates_times_and_lengths_are_told_by_their_formats() {
    let (date, stamp) = (
        Format::new().set_num_format("yyyy/m/d"),
        Format::new().set_num_format("yyyy-mm-dd hh:mm"),
    );
    let (time, span) = (
        Format::new().set_num_format("hh:mm"),
        Format::new().set_num_format("[h]:mm:ss"),
    );
    let notes = check(
        |sheet| {
            row(sheet, 0, &["d", "s", "t", "l", "ok"])?;
            for (at, day) in [(1, 5), (2, 6)] {
                let moment = ExcelDateTime::from_ymd(2024, 1, day)?;
                sheet.write_with_format(at, 0, &moment, &date)?;
                sheet.write_with_format(at, 1, &moment.and_hms(13, 45, 0)?, &stamp)?;
                sheet.write_with_format(at, 2, &ExcelDateTime::from_hms(8, 30, 0)?, &time)?;
                sheet.write_with_format(at, 3, 1.5, &span)?;
                sheet.write(at, 4, day == 5)?;
            }
            Ok(())
        },
        "d DATE, s TIMESTAMP, t TIME, l REAL, ok BOOLEAN\n\
         2024-01-05|2024-01-05 13:45:00|08:30:00|129600.0|1\n\
         2024-01-06|2024-01-06 13:45:00|08:30:00|129600.0|0",
    );
    assert_eq!(
        notes,
        [Note::Durations {
            column: "l".to_owned()
        }]
    );
}

#[test]
fn formulas_count_by_their_results() {
    let notes = check(
        |sheet| {
            row(sheet, 0, &["a", "twice"])?;
            row(sheet, 1, &["1", ""])?;
            row(sheet, 2, &["2", ""])?;
            sheet.write(1, 1, Formula::new("=A2*2").set_result("2"))?;
            sheet.write(2, 1, Formula::new("=NA()").set_result("#N/A"))?;
            Ok(())
        },
        "a INTEGER, twice INTEGER\n1|2\n2|NULL",
    );
    assert_eq!(
        notes,
        [Note::Faults {
            column: "twice".to_owned(),
            count: 1
        }]
    );
}

#[test]
fn several_kinds_in_a_column_are_texts() {
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let notes = check(
        |sheet| {
            row(sheet, 0, &["n", "x"])?;
            row(sheet, 1, &["1", "2.5"])?;
            row(sheet, 2, &["2", "word"])?;
            row(sheet, 3, &["3", ""])?;
            sheet.write_with_format(3, 1, ExcelDateTime::from_ymd(2024, 1, 5)?, &date)?;
            Ok(())
        },
        "n INTEGER, x TEXT\n1|2.5\n2|word\n3|2024-01-05",
    );
    assert_eq!(
        notes,
        [Note::Mixed {
            column: "x".to_owned()
        }]
    );
}

#[test]
fn numbers_written_as_texts_are_numbers_with_the_others() {
    check(
        |sheet| {
            row(sheet, 0, &["k", "n"])?;
            row(sheet, 1, &["a", "1"])?;
            row(sheet, 2, &["b", ""])?;
            sheet.write(2, 1, "2,500")?;
            Ok(())
        },
        "k TEXT, n INTEGER\na|1\nb|2500",
    );
}

#[test]
fn edges_and_titles_are_skipped() {
    let bold = Format::new();
    let notes = check(
        |sheet| {
            sheet.merge_range(1, 2, 1, 4, "Sales of May", &bold)?;
            for (at, cells) in [
                (3, ["day", "what", "sum"]),
                (4, ["x", "tea", "3"]),
                (6, ["y", "rice", "4"]),
            ] {
                for (cell, column) in cells.iter().zip(2..) {
                    match cell.parse::<f64>() {
                        Ok(number) => sheet.write(at, column, number)?,
                        Err(_) => sheet.write(at, column, *cell)?,
                    };
                }
            }
            sheet.write_blank(40, 20, &Format::new().set_bold())?;
            Ok(())
        },
        "day TEXT, what TEXT, sum INTEGER\nx|tea|3\ny|rice|4",
    );
    let lines = vec!["Sales of May".to_owned()];
    assert_eq!(notes, [Note::TitlesSkipped { lines }]);
}

#[test]
fn merged_headers_name_all_of_their_columns() {
    let plain = Format::new();
    check(
        |sheet| {
            sheet.merge_range(0, 0, 1, 0, "Region", &plain)?;
            sheet.merge_range(0, 1, 0, 2, "Q1", &plain)?;
            sheet.merge_range(0, 3, 0, 4, "Q2", &plain)?;
            row(sheet, 1, &["", "Jan", "Feb", "Apr", "May"])?;
            row(sheet, 2, &["North", "1", "2", "3", "4"])?;
            for at in 3..9 {
                row(sheet, at, &["South", "5", "6", "7", "8"])?;
            }
            Ok(())
        },
        &format!(
            "Region TEXT, Q1 Jan INTEGER, Q1 Feb INTEGER, Q2 Apr INTEGER, Q2 May INTEGER\nNorth|1|2|3|4{}",
            "\nSouth|5|6|7|8".repeat(6)
        ),
    );
}

#[test]
fn tables_may_begin_anywhere() {
    check(
        |sheet| {
            for (at, cells) in [
                (7, ["what", "who"]),
                (8, ["tea", "Ann"]),
                (9, ["rice", "Bob"]),
            ] {
                sheet.write(at, 20, cells[0])?;
                sheet.write(at, 21, cells[1])?;
            }
            Ok(())
        },
        "what TEXT, who TEXT\ntea|Ann\nrice|Bob",
    );
}

#[test]
fn every_sheet_is_a_table() {
    let outcome = workbook(|book| {
        row(book.add_worksheet().set_name("銷售 2024")?, 0, &["a", "b"])?;
        row(book.worksheet_from_index(0)?, 1, &["x", "1"])?;
        book.add_worksheet().set_name("Nothing")?;
        let hidden = book.add_worksheet().set_name("Hidden")?.set_hidden(true);
        row(hidden, 0, &["c", "d"])?;
        row(hidden, 1, &["y", "2"])
    });
    assert_eq!(dump_table(&outcome, 0), "a TEXT, b INTEGER\nx|1");
    assert_eq!(dump_table(&outcome, 1), "c TEXT, d INTEGER\ny|2");
    let report = outcome.report.unwrap();
    let names: Vec<&str> = report
        .tables
        .iter()
        .map(|table| table.name.as_str())
        .collect();
    assert_eq!(names, ["銷售 2024", "Hidden"]);
    assert_eq!(
        report.tables[1].notes,
        [Note::SheetHidden {
            sheet: "Hidden".to_owned()
        }]
    );
    assert_eq!(
        report.notes,
        [Note::SheetLeftOut {
            sheet: "Nothing".to_owned()
        }]
    );
}

/// An OpenDocument workbook of one sheet with these rows.
fn ods(rows: &str, manifest: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\">\
         <office:body><office:spreadsheet><table:table table:name=\"Tabelle 1\">{rows}</table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default();
    for (name, text) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", content.as_str()),
    ] {
        archive.start_file(name, stored).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

const ODS_ROWS: &str = "\
    <table:table-row><table:table-cell office:value-type=\"string\"><text:p>day</text:p></table:table-cell>\
    <table:table-cell office:value-type=\"string\"><text:p>at</text:p></table:table-cell>\
    <table:table-cell office:value-type=\"string\"><text:p>sum</text:p></table:table-cell></table:table-row>\
    <table:table-row><table:table-cell office:value-type=\"date\" office:date-value=\"2024-01-05\"><text:p>5.1.</text:p></table:table-cell>\
    <table:table-cell office:value-type=\"time\" office:time-value=\"PT08H30M00S\"><text:p>8:30</text:p></table:table-cell>\
    <table:table-cell office:value-type=\"currency\" office:value=\"12.5\"><text:p>12,50 €</text:p></table:table-cell></table:table-row>";

#[test]
fn open_documents_are_read() {
    let outcome = import_bytes("book.ods", &ods(ODS_ROWS, "<manifest:manifest/>"));
    assert_eq!(
        dump_table(&outcome, 0),
        "day DATE, at TIME, sum REAL\n2024-01-05|08:30:00|12.5"
    );
    let report = outcome.report.unwrap();
    assert_eq!(
        (report.kind, report.tables[0].name.as_str()),
        (Kind::Ods, "Tabelle 1")
    );
}

/// A compound file as old workbooks lie in, with one stream (MS-CFB, version 3).
fn compound(stream: &str, content: &[u8]) -> Vec<u8> {
    const SECTOR: usize = 512;
    const END: u32 = 0xffff_fffe;
    // Shorter streams lie elsewhere in such a file.
    let mut content = content.to_vec();
    content.resize(content.len().max(4096).next_multiple_of(SECTOR), 0);
    let sectors = u32::try_from(content.len() / SECTOR).unwrap();
    let mut file = vec![0u8; SECTOR];
    let mut put = |at: usize, bytes: &[u8]| file[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    put(24, &[0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0, 6, 0]);
    for (at, value) in [
        (44, 1u32),
        (48, 1),
        (56, 4096),
        (60, END),
        (68, END),
        (76, 0),
    ] {
        put(at, &value.to_le_bytes());
    }
    put(80, &[0xff; 432]);
    // Sector 0 is the table of sectors, sector 1 the directory, the others are the stream.
    let mut table = vec![0xffff_fffdu32, END];
    table.extend((2..=sectors).map(|at| at + 1));
    table.push(END);
    table.resize(SECTOR / 4, u32::MAX);
    file.extend(table.iter().flat_map(|at| at.to_le_bytes()));
    for (name, kind, child, start, length) in [
        ("Root Entry", 5u8, 1u32, END, 0),
        (stream, 2, u32::MAX, 2, content.len()),
    ] {
        let mut entry = [0u8; 128];
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry[..units.len()].copy_from_slice(&units);
        entry[64] = u8::try_from(units.len() + 2).unwrap();
        (entry[66], entry[67]) = (kind, 1);
        entry[68..76].fill(0xff);
        entry[76..80].copy_from_slice(&child.to_le_bytes());
        entry[116..120].copy_from_slice(&start.to_le_bytes());
        entry[120..124].copy_from_slice(&u32::try_from(length).unwrap().to_le_bytes());
        file.extend(entry);
    }
    file.resize(3 * SECTOR, 0);
    file.extend(content);
    file
}

/// A record of an old workbook (MS-XLS).
fn record(kind: u16, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap();
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), content].concat()
}

/// An old workbook with the sheet `Old`: names over one row of a text and a number.
fn xls() -> Vec<u8> {
    let begin = |kind: u8| record(0x0809, &[0, 6, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let end = record(0x000a, &[]);
    let label = |row: u8, column: u8, text: &str| {
        let head = [
            row,
            0,
            column,
            0,
            0,
            0,
            u8::try_from(text.len()).unwrap(),
            0,
            0,
        ];
        record(0x0204, &[&head[..], text.as_bytes()].concat())
    };
    let number = [&[1, 0, 1, 0, 0, 0][..], &2.5f64.to_le_bytes()].concat();
    let globals = begin(5).len() + record(0x0085, &[0; 11]).len() + end.len();
    let place = u32::try_from(globals).unwrap().to_le_bytes();
    let sheet = [&place[..], &[0, 0, 3, 0], b"Old"].concat();
    let parts = [
        begin(5),
        record(0x0085, &sheet),
        end.clone(),
        begin(0x10),
        label(0, 0, "what"),
        label(0, 1, "sum"),
        label(1, 0, "tea"),
        record(0x0203, &number),
        end,
    ];
    compound("Workbook", &parts.concat())
}

#[test]
fn old_workbooks_are_read() {
    let outcome = import_bytes("book.xls", &xls());
    assert_eq!(dump_table(&outcome, 0), "what TEXT, sum REAL\ntea|2.5");
    assert_eq!(outcome.report.unwrap().kind, Kind::Xls);
}

#[test]
fn names_of_files_may_lie() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    row(sheet, 0, &["a", "b"]).unwrap();
    row(sheet, 1, &["x", "1"]).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    for name in ["book.xls", "book.csv", "book"] {
        let outcome = import_bytes(name, &bytes);
        assert_eq!(dump_table(&outcome, 0), "a TEXT, b INTEGER\nx|1");
        assert_eq!(outcome.report.unwrap().kind, Kind::Xlsx);
    }
}

#[test]
fn bad_twins_are_told() {
    let mut book = Workbook::new();
    row(book.add_worksheet(), 0, &["a", "b"]).unwrap();
    let whole = book.save_to_buffer().unwrap();
    let empty = {
        let mut book = Workbook::new();
        book.add_worksheet();
        book.save_to_buffer().unwrap()
    };
    let mut wide = Workbook::new();
    let sheet = wide.add_worksheet();
    for column in 0..2001 {
        sheet.write(0, column, "x").unwrap();
    }
    let wide = wide.save_to_buffer().unwrap();
    let mut document = zip::ZipWriter::new(Cursor::new(Vec::new()));
    document
        .start_file(
            "word/document.xml",
            zip::write::SimpleFileOptions::default(),
        )
        .unwrap();
    let document = document.finish().unwrap().into_inner();
    let secret = "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    for (name, bytes, expected) in [
        (
            "cut.xlsx",
            whole[..whole.len() / 2].to_vec(),
            "sheet-damaged",
        ),
        ("empty.xlsx", empty, "sheet-empty"),
        ("wide.xlsx", wide, "sheet-too-wide"),
        ("text.xlsx", document, "sheet-unknown-format"),
        (
            "secret.xlsx",
            compound("EncryptedPackage", b"?"),
            "sheet-protected",
        ),
        ("secret.ods", ods("", secret), "sheet-protected"),
        ("other.xls", compound("WordDocument", b"?"), "sheet-damaged"),
        ("empty.ods", ods("", "<manifest:manifest/>"), "sheet-empty"),
    ] {
        assert_eq!(code(&import_bytes(name, &bytes)), expected, "{name}");
    }
}

#[test]
fn no_damage_makes_it_panic() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for at in 0..20 {
        row(sheet, at, &["word", "2", "3.5"]).unwrap();
    }
    for bytes in [
        book.save_to_buffer().unwrap(),
        xls(),
        ods(ODS_ROWS, "<manifest:manifest/>"),
    ] {
        for at in (0..bytes.len()).step_by(bytes.len() / 150 + 1) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x55;
            let outcome = import_with("book.xls", |path| std::fs::write(path, &damaged).unwrap());
            if let Err(error) = &outcome.report {
                assert!(error.code().starts_with("sheet-"), "{error:?}");
            }
        }
    }
}
