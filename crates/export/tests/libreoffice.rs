//! Whether LibreOffice, where it is installed, opens a document for Word and finds everything in it.

use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use export::document::{Block, Cover, DocumentFormat, DocumentWriter, Grid, Section};

/// What LibreOffice reads in a file; nothing where it is not here, or lacks the part for texts.
fn read(folder: &Path, input: &Path) -> Option<String> {
    let home = format!("-env:UserInstallation=file://{}/home", folder.display());
    Command::new("soffice")
        .args([
            &home,
            "--headless",
            "--convert-to",
            "txt:Text (encoded):UTF8",
            "--outdir",
        ])
        .arg(folder.join("out"))
        .arg(input)
        .output()
        .ok()?;
    let name = input.with_extension("txt");
    std::fs::read_to_string(folder.join("out").join(name.file_name()?)).ok()
}

#[test]
fn a_document_for_word_is_read_by_another_program() {
    let folder = tempfile::tempdir().unwrap();
    let letter = folder.path().join("letter.html");
    std::fs::write(&letter, "<p>Dear aunt</p>").unwrap();
    if read(folder.path(), &letter).is_none() {
        eprintln!("LibreOffice is not here, so nothing is compared");
        return;
    }
    let cover = Cover {
        title: "Runs & more".to_owned(),
        language: "zh-Hant".to_owned(),
        ..Cover::default()
    };
    let section = Section {
        title: "哪個客戶花費最多？".to_owned(),
        about: vec![("Assistant".to_owned(), "Ask a database".to_owned())],
        blocks: vec![
            Block::Heading("Answer".to_owned()),
            Block::Text("One line\nand another".to_owned()),
            Block::Code {
                language: "sql".to_owned(),
                text: "SELECT 1 < 2 && 'x'".to_owned(),
            },
            Block::Table(Grid::new(
                vec!["name".to_owned(), "spent".to_owned()],
                vec![vec!["臺北市".to_owned(), "1,234.50".to_owned()]],
            )),
            Block::List(vec!["✓ runs".to_owned()]),
        ],
    };
    let mut writer =
        DocumentWriter::new(DocumentFormat::Docx, Cursor::new(Vec::new()), &cover).unwrap();
    writer.add(&section).unwrap();
    let bytes = writer.finish().unwrap().out.into_inner();
    let input = folder.path().join("runs.docx");
    std::fs::write(&input, bytes).unwrap();
    let text = read(folder.path(), &input).expect("LibreOffice opens it");
    for part in [
        "Runs & more",
        "哪個客戶花費最多？",
        "Assistant: Ask a database",
        "SELECT 1 < 2 && 'x'",
        "臺北市",
        "1,234.50",
        "✓ runs",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
}
