//! The same section in every format: whole, readable by others, and without any text taken for markup.

use std::io::{Cursor, Read as _};

use super::*;

/// Texts that would take a document apart where they were not escaped.
const NASTY: &str =
    "</p><script>alert(1)</script> & \"quotes\" 客戶 ]]> # heading | pipe \u{1}\u{c}";

fn sample() -> Section {
    Section {
        title: format!("Who spent most? {NASTY}"),
        about: vec![("Assistant".to_owned(), "Ask a database 資料庫".to_owned())],
        blocks: vec![
            Block::Heading("Answer".to_owned()),
            Block::Text(format!("First line\n# no heading\n\n{NASTY}")),
            Block::Note("Not an answer".to_owned()),
            Block::Code {
                language: "sql\n```".to_owned(),
                text: "SELECT 1;\n````\nDROP".to_owned(),
            },
            Block::List(vec!["one".to_owned(), NASTY.to_owned()]),
            Block::Table(Grid::new(
                vec!["name".to_owned(), "spent".to_owned()],
                vec![
                    vec!["臺北市 a|b".to_owned(), "1,234.50".to_owned()],
                    vec![NASTY.to_owned()],
                ],
            )),
            Block::Picture {
                svg: "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>x</script></svg>"
                    .to_owned(),
                words: "x squared".to_owned(),
            },
        ],
    }
}

fn written(format: DocumentFormat, sections: &[Section]) -> Finished<Vec<u8>> {
    let cover = Cover {
        title: "Runs & more".to_owned(),
        note: "2026-03-31".to_owned(),
        language: "zh-Hant".to_owned(),
        page: "頁".to_owned(),
    };
    let mut writer = DocumentWriter::new(format, Cursor::new(Vec::new()), &cover).unwrap();
    for section in sections {
        writer.add(section).unwrap();
    }
    let Finished { out, lacking } = writer.finish().unwrap();
    Finished {
        out: out.into_inner(),
        lacking,
    }
}

fn text(format: DocumentFormat) -> String {
    String::from_utf8(written(format, &[sample()]).out).unwrap()
}

#[test]
fn markdown_keeps_what_a_run_says_within_its_quotation_or_fence() {
    let text = text(DocumentFormat::Markdown);
    assert!(
        text.starts_with("# Runs \\& more\n\n2026-03-31\n"),
        "{text}"
    );
    assert!(
        text.contains("\n## Who spent most? \\</p\\>\\<script\\>"),
        "{text}"
    );
    assert!(text.contains("\n> # no heading\n>\n> </p>"), "{text}");
    assert!(
        text.contains("\n`````sql\nSELECT 1;\n````\nDROP\n`````\n"),
        "{text}"
    );
    assert!(text.contains("| 臺北市 a\\|b | 1,234.50 |"), "{text}");
    assert!(text.contains("| --- | ---: |"), "{text}");
}

#[test]
fn a_page_loads_nothing_and_runs_nothing() {
    let text = text(DocumentFormat::Html);
    assert!(text.contains("default-src 'none'"), "{text}");
    assert!(!text.contains("<script"), "{text}");
    assert!(
        !text.contains("http://") && !text.contains("https://"),
        "{text}"
    );
    assert!(text.contains("src=\"data:image/svg+xml,%3Csvg"), "{text}");
    assert!(text.contains("<td>臺北市 a|b</td><td class=\"number\">1,234.50</td>"));
    assert!(text.ends_with("</html>\n"));
    let count = |what: &str| text.matches(what).count();
    for tag in ["section", "p", "pre", "table", "ul", "dl", "main", "body"] {
        let opened = count(&format!("<{tag}>")) + count(&format!("<{tag} "));
        assert_eq!(opened, count(&format!("</{tag}>")), "{tag}");
    }
}

#[test]
fn a_document_for_word_is_a_package_of_sound_parts() {
    let bytes = written(DocumentFormat::Docx, &[sample(), sample()]).out;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        archive
            .by_name(name)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        text
    };
    for name in [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/styles.xml",
        "word/_rels/document.xml.rels",
    ] {
        assert!(part(name).starts_with("<?xml"), "{name}");
    }
    assert!(part("docProps/core.xml").contains("Runs &amp; more"));
    let body = part("word/document.xml");
    assert!(body.contains("&lt;script&gt;"), "{body}");
    assert!(
        !body.contains(['\u{1}', '\u{c}']),
        "XML has no such letters"
    );
    assert_eq!(body.matches("<w:tbl>").count(), 2);
    assert_eq!(
        body.matches("<w:p>").count(),
        body.matches("</w:p>").count()
    );
    assert_eq!(body.matches("<w:tr>").count(), 6);
}

#[test]
fn paper_has_every_section_in_its_contents() {
    let many = vec![sample(); 30];
    let Finished { out, lacking } = written(DocumentFormat::Pdf, &many);
    assert!(out.starts_with(b"%PDF-1.") && out.ends_with(b"%%EOF"));
    assert!(
        lacking.is_empty(),
        "this system has a font for Chinese: {lacking:?}"
    );
    let text = String::from_utf8_lossy(&out);
    assert_eq!(text.matches("/Dest").count(), 30);
    assert!(text.matches("/Type /Page\n").count() > 10, "pages");
}

#[test]
fn a_letter_that_no_font_has_is_said() {
    let mut section = sample();
    section
        .blocks
        .push(Block::Text("\u{10ffff}\u{e000}".to_owned()));
    let lacking = written(DocumentFormat::Pdf, &[section]).lacking;
    assert!(lacking.contains(&'\u{10ffff}'), "{lacking:?}");
}

#[test]
fn a_table_that_is_too_wide_for_paper_becomes_lists() {
    let columns: Vec<String> = (0..70).map(|place| format!("column {place}")).collect();
    let grid = Grid::new(columns.clone(), vec![columns]);
    let section = Section {
        blocks: vec![Block::Table(grid)],
        ..Section::default()
    };
    for format in [DocumentFormat::Pdf, DocumentFormat::Docx] {
        assert!(
            !written(format, std::slice::from_ref(&section))
                .out
                .is_empty()
        );
    }
}

#[test]
fn more_than_anybody_prints_is_refused() {
    let mut writer = DocumentWriter::new(
        DocumentFormat::Pdf,
        Cursor::new(Vec::new()),
        &Cover::default(),
    )
    .unwrap();
    let section = Section {
        blocks: vec![Block::Text("x ".repeat(4_000_000))],
        ..Section::default()
    };
    let refused = (0..5).find_map(|_| writer.add(&section).err());
    assert_eq!(refused.unwrap().code(), "export-too-many-pages");
}
