//! A document for Word: the few parts that a package of Office Open XML must have, and no more.
//!
//! The body is written as it comes, so a long document needs no more memory than a section of it.

use std::io::{Seek, Write};

use zip::ZipWriter;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;

use super::{Block, Cover, Grid, Section, escaped};
use crate::ExportError;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"#;

const PARTS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;

const PARTS_OF_DOCUMENT: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;

const STYLES: &str = include_str!("docx/styles.xml");

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#;

/// A4 with margins of two centimetres.
const FOOT: &str = r#"<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr></w:body></w:document>"#;

/// Between the margins, in twentieths of a point.
const WIDTH: usize = 9638;

/// More than Word opens.
const MOST_PAGES: usize = 50_000;

/// Bytes of a body of about so many pages.
const MOST_BYTES: usize = MOST_PAGES * 10_000;

/// Most columns that a table of Word holds.
const MOST_COLUMNS: usize = 63;

/// A package whose body is being written.
pub(super) struct Package<W: Write + Seek> {
    archive: ZipWriter<W>,
    /// Bytes of the body so far.
    bytes: usize,
}

impl<W: Write + Seek> Package<W> {
    pub(super) fn new(out: W, cover: &Cover) -> Result<Self, ExportError> {
        let core = format!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title><dc:creator>Deskhand</dc:creator></cp:coreProperties>"#,
            escaped(&cover.title)
        );
        let mut archive = ZipWriter::new(out);
        let styles = STYLES.replace("{language}", &escaped(&cover.language));
        let parts: [(&str, &str); 5] = [
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", PARTS),
            ("docProps/core.xml", &core),
            ("word/styles.xml", &styles),
            ("word/_rels/document.xml.rels", PARTS_OF_DOCUMENT),
        ];
        for (name, text) in parts {
            archive.start_file(name, options()).map_err(unwritable)?;
            archive.write_all(text.as_bytes())?;
        }
        // Without the fields for more than four gigabytes: LibreOffice does not open a package that has them.
        archive
            .start_file("word/document.xml", options())
            .map_err(unwritable)?;
        let mut package = Self { archive, bytes: 0 };
        package.put(HEAD)?;
        package.put(&paragraph("Title", &cover.title))?;
        package.put(&paragraph("Subtitle", &cover.note))?;
        Ok(package)
    }

    fn put(&mut self, xml: &str) -> Result<(), ExportError> {
        self.bytes += xml.len();
        if self.bytes > MOST_BYTES {
            return Err(ExportError::TooManyPages { most: MOST_PAGES });
        }
        Ok(self.archive.write_all(xml.as_bytes())?)
    }

    pub(super) fn add(&mut self, section: &Section) -> Result<(), ExportError> {
        self.put(&paragraph("Heading1", &section.title))?;
        self.put(&facts(&section.about))?;
        for block in &section.blocks {
            self.put(&in_xml(block))?;
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<W, ExportError> {
        self.put(FOOT)?;
        self.archive.finish().map_err(unwritable)
    }
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
}

fn unwritable(error: ZipError) -> ExportError {
    ExportError::Unwritable(error.to_string())
}

fn in_xml(block: &Block) -> String {
    match block {
        Block::Heading(words) => paragraph("Heading2", words),
        Block::Text(words) => words
            .split("\n\n")
            .map(|words| paragraph("Normal", words.trim_matches('\n')))
            .collect(),
        Block::Note(words) => paragraph("Note", words),
        Block::Code { text, .. } => paragraph("Code", text),
        Block::List(points) => points
            .iter()
            .map(|point| paragraph("Point", &format!("•\t{point}")))
            .collect(),
        Block::Facts(pairs) => facts(pairs),
        Block::Table(grid) => table(grid),
        Block::Picture { .. } => String::new(),
    }
}

fn paragraph(style: &str, text: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{}</w:p>"#,
        run(text, "")
    )
}

/// Words with their line breaks and tabs.
fn run(text: &str, properties: &str) -> String {
    let mut xml = format!("<w:r>{properties}");
    for (line, words) in text.lines().enumerate() {
        if line > 0 {
            xml.push_str("<w:br/>");
        }
        for (place, piece) in words.split('\t').enumerate() {
            if place > 0 {
                xml.push_str("<w:tab/>");
            }
            xml.push_str(r#"<w:t xml:space="preserve">"#);
            xml.push_str(&escaped(piece));
            xml.push_str("</w:t>");
        }
    }
    xml.push_str("</w:r>");
    xml
}

fn facts(pairs: &[(String, String)]) -> String {
    pairs
        .iter()
        .map(|(name, value)| {
            format!(
                r#"<w:p><w:pPr><w:pStyle w:val="Fact"/></w:pPr>{}{}</w:p>"#,
                run(&format!("{name}: "), "<w:rPr><w:b/></w:rPr>"),
                run(value, "")
            )
        })
        .collect()
}

/// A table; one that is too wide for Word becomes a list of names and values for each row.
fn table(grid: &Grid) -> String {
    let count = grid.columns.len();
    if count == 0 {
        return String::new();
    }
    if count > MOST_COLUMNS {
        let rows = grid.rows.iter().map(|row| {
            let pairs = grid.columns.iter().cloned().zip(row.iter().cloned());
            facts(&pairs.collect::<Vec<_>>()) + &paragraph("Normal", "")
        });
        return rows.collect();
    }
    let mut xml = String::from(
        r#"<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="5000" w:type="pct"/></w:tblPr><w:tblGrid>"#,
    );
    xml.push_str(&format!(r#"<w:gridCol w:w="{}"/>"#, WIDTH / count).repeat(count));
    xml.push_str("</w:tblGrid><w:tr><w:trPr><w:tblHeader/></w:trPr>");
    for name in &grid.columns {
        xml.push_str(&cell(name, false, "<w:rPr><w:b/></w:rPr>"));
    }
    xml.push_str("</w:tr>");
    for row in &grid.rows {
        xml.push_str("<w:tr>");
        for (text, is_number) in row.iter().zip(&grid.numbers) {
            xml.push_str(&cell(text, *is_number, ""));
        }
        xml.push_str("</w:tr>");
    }
    xml.push_str("</w:tbl>");
    xml.push_str(&paragraph("Normal", ""));
    xml
}

fn cell(text: &str, is_number: bool, properties: &str) -> String {
    let side = if is_number {
        r#"<w:jc w:val="right"/>"#
    } else {
        ""
    };
    format!(
        r#"<w:tc><w:p><w:pPr><w:pStyle w:val="Cell"/>{side}</w:pPr>{}</w:p></w:tc>"#,
        run(text, properties)
    )
}
