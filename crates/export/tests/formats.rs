//! Every format is read back with another reader.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Cursor;

use assistant::artifact::{Cell, QueryResult};
use calamine::{Data, Reader, Xlsx};
use export::{ExportError, Format, Words, guarded, query, unguarded};
use proptest::prelude::*;

fn result(columns: &[&str], rows: Vec<Vec<Cell>>) -> QueryResult {
    QueryResult {
        sql: "SELECT 1\nFROM a".to_owned(),
        dialect: "sqlite".to_owned(),
        columns: columns.iter().map(ToString::to_string).collect(),
        row_count: u32::try_from(rows.len()).unwrap(),
        rows,
        truncated: true,
        explanation: Some("Starts from a.".to_owned()),
        chart: None,
        headline: None,
        readings: vec![],
        headings: vec![],
        draft: false,
    }
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn sample() -> QueryResult {
    result(
        &["name", "paid", "on", "at", "big"],
        vec![
            vec![
                text("=1+1"),
                Cell::Integer(-5),
                text("2024-01-31"),
                text("2024-01-31 10:30:00"),
                Cell::Integer(i64::MAX),
            ],
            vec![
                text("台北, \"x\"\ny|z"),
                Cell::Real(0.5),
                text("1999-12-01"),
                Cell::Null,
                Cell::Integer(1),
            ],
            vec![
                Cell::Null,
                Cell::Real(f64::INFINITY),
                Cell::Null,
                Cell::Null,
                Cell::Null,
            ],
        ],
    )
}

fn write(result: &QueryResult, format: Format) -> Vec<u8> {
    query(result, format, Some("How much?"), &Words::ENGLISH).unwrap()
}

fn records(bytes: &[u8], delimiter: u8) -> Vec<Vec<String>> {
    let mut builder = csv::ReaderBuilder::new();
    let mut reader = builder
        .has_headers(false)
        .delimiter(delimiter)
        .from_reader(bytes);
    let records = reader
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect());
    records.collect()
}

#[test]
fn csv_is_read_back() {
    let bytes = write(&sample(), Format::Csv);
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap();
    assert!(bytes.starts_with(b"name,paid,on,at,big\r\n'=1+1,-5,2024-01-31,"));
    let found = records(bytes, b',');
    assert_eq!(found.len(), 4);
    assert_eq!(
        found[1],
        [
            "'=1+1",
            "-5",
            "2024-01-31",
            "2024-01-31 10:30:00",
            "9223372036854775807"
        ]
    );
    assert_eq!(found[2], ["台北, \"x\"\ny|z", "0.5", "1999-12-01", "", "1"]);
    assert_eq!(found[3], ["", "inf", "", "", ""]);
}

#[test]
fn tsv_has_no_mark_and_keeps_line_ends_inside_of_cells() {
    let bytes = write(&sample(), Format::Tsv);
    assert!(bytes.starts_with(b"name\tpaid\ton\tat\tbig\n'=1+1\t-5\t"));
    assert_eq!(records(&bytes, b'\t')[2][0], "台北, \"x\"\ny|z");
}

#[test]
fn what_a_spreadsheet_would_run_is_guarded() {
    for (original, expected) in [
        ("", ""),
        ("a=1", "a=1"),
        ("=1", "'=1"),
        ("+886 2", "'+886 2"),
        ("-x", "'-x"),
        ("@sum", "'@sum"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("'", "'"),
        ("'tis", "'tis"),
        ("'=1", "''=1"),
    ] {
        assert_eq!(guarded(original), expected);
        assert_eq!(unguarded(expected), original);
    }
}

proptest! {
    #[test]
    fn guarding_is_undone_exactly(original in "['=+@\\-a\\t]{0,6}") {
        let text = guarded(&original);
        prop_assert!(!text.starts_with(['=', '+', '-', '@', '\t', '\r']));
        prop_assert_eq!(unguarded(&text), original.as_str());
    }

    #[test]
    fn any_text_comes_back_from_csv_and_json(original in "\\PC*|[\\n\\r\",;']{0,8}") {
        let table = result(&["a", "b"], vec![vec![text(&original), Cell::Integer(1)]]);
        let bytes = write(&table, Format::Csv);
        let found = records(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap(), b',');
        prop_assert_eq!(unguarded(&found[1][0]), original.as_str());
        let json: serde_json::Value = serde_json::from_slice(&write(&table, Format::Json)).unwrap();
        prop_assert_eq!(json[0]["a"].as_str(), Some(original.as_str()));
    }
}

#[test]
fn a_workbook_is_read_back() {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(write(&sample(), Format::Xlsx))).unwrap();
    assert_eq!(book.sheet_names(), ["Result", "Query"]);
    let sheet = book.worksheet_range("Result").unwrap();
    let cell = |row: u32, column: u32| {
        sheet
            .get_value((row, column))
            .cloned()
            .unwrap_or(Data::Empty)
    };
    assert_eq!(cell(0, 0), Data::String("name".into()));
    assert_eq!(cell(1, 0), Data::String("=1+1".into()));
    assert_eq!(cell(1, 1), Data::Float(-5.0));
    assert_eq!(cell(1, 4), Data::String("9223372036854775807".into()));
    assert_eq!(cell(2, 0), Data::String("台北, \"x\"\ny|z".into()));
    assert_eq!(cell(2, 4), Data::Float(1.0));
    assert_eq!(cell(3, 0), Data::Empty);
    assert_eq!(cell(3, 1), Data::String("inf".into()));
    // Days since the end of 1899: 2024-01-31 is number 45322, and half past ten 0.4375 of a day.
    for (place, expected) in [((1, 2), 45322.0), ((1, 3), 45322.4375), ((2, 2), 36495.0)] {
        match cell(place.0, place.1) {
            Data::DateTime(date) => assert!((date.as_f64() - expected).abs() < 1e-9, "{date:?}"),
            other => panic!("{other:?}"),
        }
    }
    let sheet = book.worksheet_range("Query").unwrap();
    let rows: Vec<Vec<String>> = sheet
        .rows()
        .map(|row| row.iter().map(ToString::to_string).collect())
        .collect();
    assert_eq!(
        rows,
        [
            ["Question", "How much?"],
            ["SQL", "SELECT 1\nFROM a"],
            ["How it was found", "Starts from a."],
            ["Note", "These are the first rows; there were more."],
        ]
    );
}

#[test]
fn a_column_is_one_of_dates_only_if_all_of_it_is() {
    for other in [
        "soon",
        "2024-02-30",
        "1900-02-28",
        "2024-01-31 10:00:00",
        "2024-1-1",
        "２０２４-01-01",
    ] {
        let table = result(&["d"], vec![vec![text("2024-01-31")], vec![text(other)]]);
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(write(&table, Format::Xlsx))).unwrap();
        let sheet = book.worksheet_range("Result").unwrap();
        assert_eq!(
            sheet.get_value((1, 0)),
            Some(&Data::String("2024-01-31".into())),
            "{other}"
        );
        assert_eq!(sheet.get_value((2, 0)), Some(&Data::String(other.into())));
    }
}

#[test]
fn json_has_objects_or_arrays() {
    let json = |columns: &[&str]| -> serde_json::Value {
        let table = result(columns, vec![vec![Cell::Integer(1 << 60), Cell::Null]]);
        serde_json::from_slice(&write(&table, Format::Json)).unwrap()
    };
    assert_eq!(
        json(&["b", "a"]).to_string(),
        r#"[{"b":"1152921504606846976","a":null}]"#
    );
    assert_eq!(
        json(&["a", "a"]).to_string(),
        r#"[["a","a"],["1152921504606846976",null]]"#
    );
}

#[test]
fn markdown_is_a_table_whatever_is_in_it() {
    let table = result(
        &["a|b", "n"],
        vec![
            vec![text("x | y\r\n*z* <b> \\"), Cell::Integer(5)],
            vec![Cell::Null, Cell::Null],
        ],
    );
    let expected =
        "| a\\|b | n |\n| --- | ---: |\n| x \\| y<br>\\*z\\* \\<b\\> \\\\ | 5 |\n|  |  |\n";
    assert_eq!(
        String::from_utf8(write(&table, Format::Markdown)).unwrap(),
        expected
    );
}

#[track_caller]
fn check_refused(table: &QueryResult, format: Format, expected: &ExportError, code: &str) {
    let found = query(table, format, None, &Words::TRADITIONAL_CHINESE).unwrap_err();
    assert_eq!(&found, expected);
    assert_eq!(found.code(), code);
}

#[test]
fn what_a_format_cannot_hold_is_refused() {
    check_refused(
        &result(&[], vec![]),
        Format::Csv,
        &ExportError::NoColumns,
        "export-no-columns",
    );
    let ragged = result(&["a"], vec![vec![Cell::Null], vec![]]);
    let expected = ExportError::Ragged {
        row: 2,
        found: 0,
        expected: 1,
    };
    check_refused(&ragged, Format::Json, &expected, "export-ragged");
    let long = result(&["a"], vec![vec![text(&"中".repeat(32_768))]]);
    let expected = ExportError::TextTooLong {
        row: 1,
        most: 32_767,
    };
    check_refused(&long, Format::Xlsx, &expected, "export-text-too-long");
    let many = result(&["a"], vec![vec![Cell::Null]; 1_048_576]);
    let expected = ExportError::TooManyRows {
        found: 1_048_576,
        most: 1_048_575,
    };
    check_refused(&many, Format::Xlsx, &expected, "export-too-many-rows");
    let wide = result(&vec!["a"; 16_385], vec![]);
    let expected = ExportError::TooManyColumns {
        found: 16_385,
        most: 16_384,
    };
    check_refused(&wide, Format::Xlsx, &expected, "export-too-many-columns");
    assert!(
        query(
            &result(&["a"], vec![]),
            Format::Xlsx,
            None,
            &Words::SIMPLIFIED_CHINESE
        )
        .is_ok()
    );
}
