//! The hand-off: everything an accountant asks for, in one archive.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::Format;
use crate::BookError;
use crate::record::Seal;
use crate::statements::{Kind, Statements};

/// What lies in it, by the name of the file.
const CONTENTS: [(&str, Format); 6] = [
    ("statements.xlsx", Format::Xlsx),
    ("statements.pdf", Format::Pdf),
    ("journal.csv", Format::Csv),
    ("book.journal", Format::Hledger),
    ("book.beancount", Format::Beancount),
    ("book.qif", Format::Qif),
];

/// Folder of the attached files.
const PROOFS: &str = "attachments";

pub(super) fn write(
    statements: &Statements<'_>,
    seal: Seal,
    files: &[(String, Vec<u8>)],
) -> Result<Vec<u8>, BookError> {
    let fail = |error: &dyn std::fmt::Display| {
        BookError::Export(format!("The archive cannot be made: {error}."))
    };
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, bytes: &[u8]| {
        archive
            .start_file(name, SimpleFileOptions::default())
            .map_err(|error| fail(&error))?;
        archive.write_all(bytes).map_err(|error| fail(&error))
    };
    for (name, format) in CONTENTS {
        add(name, &super::write(statements, seal, format)?)?;
    }
    add("general-ledger.csv", &general_ledger(statements)?)?;
    add("seal.txt", format!("{seal}\n").as_bytes())?;
    for (name, bytes) in files {
        add(&format!("{PROOFS}/{name}"), bytes)?;
    }
    let bytes = archive.finish().map_err(|error| fail(&error))?;
    Ok(bytes.into_inner())
}

/// Posting by posting and account by account, as auditors ask for it.
fn general_ledger(statements: &Statements<'_>) -> Result<Vec<u8>, BookError> {
    let journal = statements.journal();
    let statement = statements.report(Kind::GeneralLedger).statement(journal);
    let fail = |error: csv::Error| BookError::Export(error.to_string());
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(b"\xEF\xBB\xBF".to_vec());
    let mut head = vec![statement.title.clone()];
    head.extend(statement.columns);
    writer.write_record(&head).map_err(fail)?;
    for row in statement.rows {
        let mut fields = vec![export::guarded(&row.label).into_owned()];
        fields.extend(row.figures);
        fields.push(row.currency);
        writer.write_record(&fields).map_err(fail)?;
    }
    writer
        .into_inner()
        .map_err(|error| BookError::Export(error.to_string()))
}
