//! Texts with delimiters: what becomes of their cells, their columns and their bad twins.

use crate::common::{Outcome, code, dump, import_bytes};
use encoding_rs::{BIG5, GBK, SHIFT_JIS, WINDOWS_1252};
use proptest::prelude::*;

/// What becomes of a text: `name KIND, …` and a line for every row, `|` between the cells.
fn check(text: &[u8], expected: &str) {
    let outcome = import_bytes("data.csv", text);
    assert_eq!(
        dump(&outcome),
        expected,
        "{}",
        String::from_utf8_lossy(text)
    );
}

/// The codes of the notes on a text.
fn check_notes(text: &[u8], expected: &[&str]) {
    let outcome = import_bytes("data.csv", text);
    let report = outcome.report.as_ref().unwrap();
    let mut notes: Vec<&str> = Vec::new();
    let serialised = serde_json::to_value(report).unwrap();
    let of_file = serialised["notes"].as_array().unwrap().clone();
    let of_table = serialised["tables"][0]["notes"].as_array().unwrap().clone();
    let all: Vec<_> = of_file.into_iter().chain(of_table).collect();
    notes.extend(all.iter().map(|note| note["code"].as_str().unwrap()));
    assert_eq!(notes, expected, "{}", String::from_utf8_lossy(text));
    for note in report.notes.iter().chain(&report.tables[0].notes) {
        assert!(note.to_string().ends_with('.'), "{note:?} says nothing");
    }
}

/// Texts, and what becomes of them.
const TEXTS: &[(&str, &str)] = &[
    (
        "name,age\nAnn,3\nBob,4\n",
        "name TEXT, age INTEGER\nAnn|3\nBob|4",
    ),
    (
        "name;price\nx;1,5\ny;2,25",
        "name TEXT, price REAL\nx|1.5\ny|2.25",
    ),
    ("a\tb\r\n1\tx y\r\n", "a INTEGER, b TEXT\n1|x y"),
    ("a|b\n1|\n|2\n", "a INTEGER, b INTEGER\n1|NULL\nNULL|2"),
    ("a,b\r1,2\r3,4\r", "a INTEGER, b INTEGER\n1|2\n3|4"),
    ("sep=;\na;b\n1;2\n", "a INTEGER, b INTEGER\n1|2"),
    (
        "Ann,3\nBob,4\n",
        "column_1 TEXT, column_2 INTEGER\nAnn|3\nBob|4",
    ),
    ("name\nAnn\nBob\n", "name TEXT\nAnn\nBob"),
    ("n\n1\n2\n", "n INTEGER\n1\n2"),
    ("a,b\n", "a TEXT, b TEXT"),
    (
        "a,b\n\"x, \"\"y\"\"\nz\",2\n",
        "a TEXT, b INTEGER\nx, \"y\"\nz|2",
    ),
    (
        "a,A,a\n1,2,3\n",
        "a INTEGER, A_2 INTEGER, a_3 INTEGER\n1|2|3",
    ),
    ("a,,n\nx,y,1\n", "a TEXT, column_2 TEXT, n INTEGER\nx|y|1"),
    ("a,b,\n1,2,\n3,4,\n", "a INTEGER, b INTEGER\n1|2\n3|4"),
    (
        "  the   name ,\"n\"\"q\",select,😀\nx,1,2,3\n",
        "the name TEXT, n\"q INTEGER, select INTEGER, 😀 INTEGER\nx|1|2|3",
    ),
    ("品名,數量\n茶,3\n", "品名 TEXT, 數量 INTEGER\n茶|3"),
    (
        "id,zip,card\n1,00501,4111111111111111\n2,10001,5500000000000004\n",
        "id INTEGER, zip TEXT, card TEXT\n1|00501|4111111111111111\n2|10001|5500000000000004",
    ),
    (
        "n,d\n\"1,234.50\",2024-01-05\n7,2024-12-31\n",
        "n REAL, d DATE\n1234.5|2024-01-05\n7.0|2024-12-31",
    ),
    (
        "n\t t\n1 234,50\t13:45\n(7)\t9:05 PM\n",
        "n REAL, t TIME\n1234.5|13:45:00\n-7.0|21:05:00",
    ),
    (
        "p,c,s\n12.5%,\"NT$1,200\",5-\n3%,NT$35,6\n",
        "p REAL, c INTEGER, s INTEGER\n0.125|1200|-5\n0.03|35|6",
    ),
    (
        "when,ok\n2024-01-05T10:00:00Z,true\n2024-01-06T11:30:00Z,false\n",
        "when TIMESTAMP, ok TEXT\n2024-01-05 10:00:00|true\n2024-01-06 11:30:00|false",
    ),
    (
        "d,n\n01/02/2024,1\n31/01/2024,2\n",
        "d DATE, n INTEGER\n2024-02-01|1\n2024-01-31|2",
    ),
    (
        "d,e\n01/02/2024,01/31/2024\n03/04/2024,02/28/2024\n",
        "d DATE, e DATE\n2024-01-02|2024-01-31\n2024-03-04|2024-02-28",
    ),
    ("n;m\n1.234;0,5\n", "n INTEGER, m REAL\n1234|0.5"),
    (
        "d,n\n113/01/05,1\n112/12/31,2\n",
        "d DATE, n INTEGER\n2024-01-05|1\n2023-12-31|2",
    ),
    (
        "a,n\nx,1\ny,N/A\nz,-\n",
        "a TEXT, n INTEGER\nx|1\ny|NULL\nz|NULL",
    ),
    ("a,n\nx,1\nN/A,2\n", "a TEXT, n INTEGER\nx|1\nN/A|2"),
    (
        "a,b\n1,2\n3\n4,5,6\n",
        "a INTEGER, b INTEGER, column_3 INTEGER\n1|2|NULL\n3|NULL|NULL\n4|5|6",
    ),
    ("a,b\n1,2\n,\n\n3,4\n,\n", "a INTEGER, b INTEGER\n1|2\n3|4"),
    (
        "Sales of May\n\nday;what;sum\n2024-05-01;tea;3\n2024-05-02;rice;4\n",
        "day DATE, what TEXT, sum INTEGER\n2024-05-01|tea|3\n2024-05-02|rice|4",
    ),
    (
        "x,mixed\n1,5\n2,five\n",
        "x INTEGER, mixed TEXT\n1|5\n2|five",
    ),
    ("x,y\n\" \",a\n1,\" \"\n", "x INTEGER, y TEXT\nNULL|a\n1| "),
    ("x\n9223372036854775807\n", "x TEXT\n9223372036854775807"),
    (
        "x\n999999999999999\n-999999999999999\n",
        "x INTEGER\n999999999999999\n-999999999999999",
    ),
    ("a,b\n1,2\0\n", "a INTEGER, b INTEGER\n1|2"),
    (
        "a,b\n5\" pipe,1\n6\" pipe,2\n",
        "a TEXT, b INTEGER\n5\" pipe|1\n6\" pipe|2",
    ),
];

#[test]
fn cells_become_rows() {
    for (text, expected) in TEXTS {
        check(text.as_bytes(), expected);
    }
}

#[test]
fn what_is_not_plain_is_noted() {
    for (text, expected) in [
        ("a,n\nx,1\n", &[][..]),
        ("1,2\n3,4\n", &["header-made"]),
        ("a,b\n", &["no-rows"]),
        ("a,b\n1,2\n3\n4,5,6\n", &["short-rows", "long-rows"]),
        ("a,b\n1,2\n,\n3,4\n", &["blank-rows-skipped"]),
        ("a,a\n1,2\n", &["renamed"]),
        ("a,n\nx,12%\n", &["percent"]),
        ("a,n\nx,$12\n", &["currency"]),
        ("a;n\nx;1,234\n", &["decimal-doubtful"]),
        ("a,d\nx,01/02/2024\n", &["date-order-doubtful"]),
        ("a,d\nx,12/31/99\n", &["short-years"]),
        ("a,d\nx,民國113年1月5日\n", &["roc-years"]),
        ("a,d\nx,2024-01-05T10:00:00+08:00\n", &["time-zone"]),
        ("a,n\nx,1\ny,-\n", &["placeholders"]),
        ("a,n\nx,\ny,\n", &["no-values"]),
        ("Title\n\na,n,m\nx,1,2\ny,1,2\n", &["titles-skipped"]),
        ("a,b\n1,2\0\n", &["nul-bytes"]),
        ("a\tb\n1\tx\n2\t\"y\n3\tz\n", &["quotes-literal"]),
        (
            "k,n\n1,1\n2,2\n3,3\n4,4\n5,5\n6,6\n7,7\n8,8\n9,9\n10,10\n11,x\n",
            &["kept-as-text"],
        ),
    ] {
        check_notes(text.as_bytes(), expected);
    }
    let long = format!("a,b\n\"{}\",1\n", "x\n".repeat(150));
    check_notes(long.as_bytes(), &["long-cell"]);
    let damaged = [&"é,n\nü,1\n".repeat(20).into_bytes()[..], b"\xff,3\n"].concat();
    let outcome = import_bytes("data.csv", &damaged);
    let notes = &outcome.report.unwrap().notes;
    assert_eq!(*notes, [sheets::Note::InvalidBytes { count: 1 }]);
}

#[test]
fn lines_are_numbered_as_an_editor_does() {
    for (text, expected) in [
        ("a,b\n1,2\n3\n", 3),
        ("a,b\r\n1,2\r\n3\r\n", 3),
        ("a,b\r\n1,2\r\n\r\n\r\n3\r\n", 5),
        ("a,b\n1,2\n\n\n3\n", 5),
        ("a,b\n\"1\n1\n1\",2\n3\n", 5),
        ("a,b\r\n\"1\r\n1\",2\r\n3", 4),
        ("a,b\r1,2\r3\r", 3),
        ("a,b\n1,2\n3", 3),
    ] {
        let report = import_bytes("data.csv", text.as_bytes()).report.unwrap();
        let short = report.tables[0].notes.iter().find_map(|note| match note {
            sheets::Note::ShortRows { lines, .. } => Some(lines[0]),
            _ => None,
        });
        assert_eq!(short, Some(expected), "{text:?}");
    }
}

fn utf16(text: &str, is_little: bool, mark: bool) -> Vec<u8> {
    let mark = mark.then_some(0xfeff);
    let units = mark.into_iter().chain(text.encode_utf16());
    units
        .flat_map(|unit| {
            if is_little {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        })
        .collect()
}

#[test]
fn encodings_are_found() {
    let chinese =
        "姓名,城市,年齡\n王小明,台北市信義區,30\n李大華,高雄市左營區,41\n陳美玲,臺中市西屯區,27\n";
    let simple =
        "姓名,城市,年龄\n张三,北京市朝阳区,30\n李四,上海市浦东新区,41\n王五,广州市天河区,27\n";
    let japanese = "名前,都市,年齢\n田中さくら,とうきょう,30\n鈴木たろう,おおさか,41\n";
    let western = "name,ville,age\nJosé,Orléans,30\nZoë,Besançon,41\n";
    let late = format!(
        "{}张三,北京市朝阳区,30\n",
        "abc,Beijing,30\n".repeat(20_000)
    );
    for (encoding, bytes, text) in [
        ("UTF-8", chinese.as_bytes().to_vec(), chinese),
        (
            "UTF-8",
            [b"\xef\xbb\xbf", chinese.as_bytes()].concat(),
            chinese,
        ),
        ("UTF-16LE", utf16(chinese, true, true), chinese),
        ("UTF-16BE", utf16(chinese, false, true), chinese),
        ("UTF-16LE", utf16(chinese, true, false), chinese),
        ("UTF-16BE", utf16(chinese, false, false), chinese),
        ("GBK", GBK.encode(simple).0.into_owned(), simple),
        ("Big5", BIG5.encode(chinese).0.into_owned(), chinese),
        (
            "Shift_JIS",
            SHIFT_JIS.encode(japanese).0.into_owned(),
            japanese,
        ),
        (
            "windows-1252",
            WINDOWS_1252.encode(western).0.into_owned(),
            western,
        ),
        ("GBK", GBK.encode(&late).0.into_owned(), &late),
        (
            "GBK",
            GBK.encode("姓名,n\n张三,1\n李四,2\n").0.into_owned(),
            "姓名,n\n张三,1\n李四,2\n",
        ),
        // A mark that lies.
        (
            "GBK",
            [b"\xef\xbb\xbf", &*GBK.encode(simple).0].concat(),
            simple,
        ),
    ] {
        let expected = import_bytes("data.csv", text.as_bytes());
        let outcome = import_bytes("data.csv", &bytes);
        assert_eq!(dump(&outcome), dump(&expected));
        assert_eq!(outcome.report.unwrap().encoding.as_deref(), Some(encoding));
    }
}

#[test]
fn bad_twins_are_told() {
    let wide = vec!["x"; 2001].join(",");
    for (name, bytes, expected) in [
        ("a.csv", &b""[..], "sheet-empty"),
        ("a.csv", b"\n\n\n", "sheet-empty"),
        ("a.csv", b"\xef\xbb\xbf", "sheet-empty"),
        ("a.csv", b",,\n,,\n", "sheet-empty"),
        ("a.csv", wide.as_bytes(), "sheet-too-wide"),
        (
            "a.csv",
            b"a,b\n\"x\",1\n\"y,2\nz,3\n",
            "sheet-unclosed-quote",
        ),
        (
            "a.xls",
            b"<html><table><tr><td>1</td></tr></table></html>",
            "sheet-unknown-format",
        ),
        (
            "a.xls",
            b"\xef\xbb\xbf  <!DOCTYPE html>",
            "sheet-unknown-format",
        ),
        (
            "a.xls",
            b"<?xml version=\"1.0\"?><Workbook/>",
            "sheet-unknown-format",
        ),
        ("a.csv", b"%PDF-1.7", "sheet-unknown-format"),
        ("a.csv", b"SQLite format 3\0....", "sheet-unknown-format"),
        (
            "a.csv",
            b"\x01\x02\x03\x04\x05\x06\x07",
            "sheet-unknown-format",
        ),
        ("a.xlsx", b"PK\x03\x04 and then nothing", "sheet-damaged"),
        (
            "a.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and then nothing",
            "sheet-damaged",
        ),
    ] {
        assert_eq!(
            code(&import_bytes(name, bytes)),
            expected,
            "{name} {bytes:?}"
        );
    }
    let most = format!(
        "{}\n{}\n",
        vec!["x"; 2000].join(","),
        vec!["1"; 2000].join(",")
    );
    let report = import_bytes("a.csv", most.as_bytes()).report.unwrap();
    assert_eq!(report.tables[0].columns.len(), 2000);
}

#[test]
fn an_open_quote_is_found_far_away() {
    let mut text = "a,b\n\"x\",1\n".to_owned();
    text.push_str("\"open,2\n");
    text.push_str(&format!("{},1\n", "x".repeat(1000)).repeat(20_000));
    let outcome = import_bytes("a.csv", text.as_bytes());
    let error = outcome.report.unwrap_err();
    assert!(
        matches!(error, sheets::SheetError::UnclosedQuote { line: 3, .. }),
        "{error:?}"
    );
}

#[test]
fn texts_with_the_names_of_workbooks_are_read_as_texts() {
    let outcome = import_bytes("old.xls", b"a\tb\n1\t2\n");
    assert_eq!(dump(&outcome), "a INTEGER, b INTEGER\n1|2");
    assert_eq!(outcome.report.unwrap().kind, sheets::Kind::Text);
}

#[test]
fn tables_are_called_as_their_files() {
    for (file, expected) in [
        ("Sales  2024.csv", "Sales 2024"),
        ("銷售.csv", "銷售"),
        ("select.tsv", "select"),
        ("a\"b.csv", "a\"b"),
        ("sqlite_x.csv", "_sqlite_x"),
        ("a.b.csv", "a.b"),
    ] {
        let outcome: Outcome = import_bytes(file, b"a,b\n1,2\n");
        assert_eq!(outcome.report.unwrap().tables[0].name, expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the `csv` crate writes comes back, as long as every cell is a text.
    #[test]
    fn written_cells_come_back(
        delimiter in prop::sample::select(vec![b',', b';', b'\t', b'|']),
        rows in (1usize..6).prop_flat_map(|width| {
            prop::collection::vec(prop::collection::vec("[^\0]{0,12}", width), 1..20)
        }),
    ) {
        let width = rows[0].len();
        // The letter keeps a column from being numbers, and a row from being empty.
        let rows: Vec<Vec<String>> = rows
            .into_iter()
            .map(|row| row.into_iter().map(|cell| format!("x{cell}y")).collect())
            .collect();
        let header: Vec<String> = (0..width).map(|at| format!("name {at}")).collect();
        let mut writer = csv::WriterBuilder::new()
            .delimiter(delimiter)
            .quote_style(csv::QuoteStyle::Always)
            .from_writer(Vec::new());
        writer.write_record(&header).unwrap();
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let outcome = import_bytes("data.csv", &writer.into_inner().unwrap());
        prop_assert_eq!(outcome.report.as_ref().unwrap().tables[0].columns.len(), width);
        prop_assert_eq!(crate::common::cells(&outcome), rows);
    }

    /// No bytes make it panic, and what comes back is a table or a sentence.
    #[test]
    fn no_bytes_are_too_bad(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for name in ["a.csv", "a.xls", "a.xlsx"] {
            match import_bytes(name, &bytes).report {
                Ok(report) => prop_assert!(!report.tables.is_empty()),
                Err(error) => prop_assert!(error.to_string().ends_with('.')),
            }
        }
    }
}
