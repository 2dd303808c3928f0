//! What a file is: by its name as a first guess, by its first bytes for certain.
//!
//! Names lie: many a `.xls` from a bank is a web page, a text or a newer workbook.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::Path;

use serde::Serialize;

use crate::SheetError;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Text with cells separated by a comma, a semicolon, a tab or a bar.
    Text,
    /// Excel since 2007 (Office Open XML).
    Xlsx,
    /// Excel's binary form since 2007.
    Xlsb,
    /// Excel 97 to 2003.
    Xls,
    /// OpenDocument, as of LibreOffice.
    Ods,
}

const SAVE_ANEW: &str = "open it in a spreadsheet program and save it as .xlsx";
const CHOOSE_ANOTHER: &str = "choose a CSV file or a workbook of Excel or LibreOffice";

/// How files of other kinds begin, and what they are.
const OTHERS: [(&[u8], &str, &str); 9] = [
    (
        b"SQLite format 3\0",
        "a database already",
        "open it as one, it does not have to be taken in",
    ),
    (b"%PDF-", "a PDF document", CHOOSE_ANOTHER),
    (b"{\\rtf", "a text document", CHOOSE_ANOTHER),
    (b"\x89PNG", "a picture", CHOOSE_ANOTHER),
    (b"\xff\xd8\xff", "a picture", CHOOSE_ANOTHER),
    (b"GIF8", "a picture", CHOOSE_ANOTHER),
    (b"\x1f\x8b", "a compressed file", "unpack it first"),
    (b"Rar!", "a compressed file", "unpack it first"),
    (b"7z\xbc\xaf", "a compressed file", "unpack it first"),
];

/// How the web pages and XML files begin that are sold as `.xls`.
const PAGES: [&str; 6] = [
    "<!doctype html",
    "<html",
    "<table",
    "<meta",
    "<head",
    "mime-version:",
];

impl Kind {
    /// What it is by its name; nothing when the name says that it is something else.
    #[must_use]
    pub fn by_name(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match ending.as_str() {
            "csv" | "tsv" | "tab" | "psv" | "txt" => Self::Text,
            "xlsx" | "xlsm" | "xltx" | "xltm" => Self::Xlsx,
            "xlsb" => Self::Xlsb,
            "xls" | "xlt" => Self::Xls,
            "ods" | "ots" => Self::Ods,
            _ => return None,
        })
    }

    /// What it is by its first bytes, whatever its name says.
    ///
    /// # Errors
    /// When it cannot be read, is empty, or is none of these.
    pub fn of(path: &Path) -> Result<Self, SheetError> {
        let reading = |error| SheetError::reading(path, &error);
        if path.metadata().map_err(reading)?.is_dir() {
            return Err(SheetError::IsFolder(path.to_owned()));
        }
        let mut file = File::open(path).map_err(reading)?;
        let mut start = Vec::new();
        file.by_ref()
            .take(8192)
            .read_to_end(&mut start)
            .map_err(reading)?;
        if start.is_empty() {
            return Err(SheetError::Empty(path.to_owned()));
        }
        if start.starts_with(b"PK") {
            file.seek(SeekFrom::Start(0)).map_err(reading)?;
            return archive(path, file);
        }
        if start.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
            return Ok(Self::Xls);
        }
        let unknown = |what, advice| SheetError::NotASheet {
            path: path.to_owned(),
            what,
            advice,
        };
        for (bytes, what, advice) in OTHERS {
            if start.starts_with(bytes) {
                return Err(unknown(what, advice));
            }
        }
        if is_page(&start) {
            return Err(unknown("a web page", SAVE_ANEW));
        }
        if start.trim_ascii_start().starts_with(b"<?xml") {
            return Err(unknown("an XML file", SAVE_ANEW));
        }
        if is_binary(&start) && !crate::text::is_wide(&start) {
            return Err(unknown("no text and no workbook", CHOOSE_ANOTHER));
        }
        Ok(Self::Text)
    }
}

/// Whether the name of a file is one of those that [`import`](crate::import) takes.
#[must_use]
pub fn recognises(path: &Path) -> bool {
    Kind::by_name(path).is_some()
}

fn is_page(start: &[u8]) -> bool {
    // In UTF-16 every other byte of it is zero.
    let letters: Vec<u8> = start
        .iter()
        .filter(|byte| byte.is_ascii() && **byte != 0)
        .take(256)
        .map(u8::to_ascii_lowercase)
        .collect();
    let text = String::from_utf8_lossy(letters.trim_ascii_start());
    PAGES.iter().any(|page| text.starts_with(page))
        || text.starts_with("<?xml") && text.contains("<html")
}

/// Whether there are more control characters in it than in any text.
fn is_binary(start: &[u8]) -> bool {
    let is_control = |byte: &&u8| matches!(**byte, 1..=8 | 14..=26 | 28..=31);
    start.iter().filter(is_control).count() * 50 > start.len()
}

/// Looks into a ZIP archive for the members that tell one workbook from another.
fn archive(path: &Path, file: File) -> Result<Kind, SheetError> {
    let damaged = |detail: String| SheetError::Damaged {
        path: path.to_owned(),
        detail,
    };
    let archive = zip::ZipArchive::new(std::io::BufReader::new(file))
        .map_err(|error| damaged(error.to_string()))?;
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("xl/workbook.bin") {
        return Ok(Kind::Xlsb);
    }
    if has("xl/workbook.xml") || has("xl/_rels/workbook.xml.rels") {
        return Ok(Kind::Xlsx);
    }
    if has("content.xml") && Kind::by_name(path).is_none_or(|kind| kind != Kind::Text) {
        return Ok(Kind::Ods);
    }
    let (what, advice) = if has("word/document.xml") {
        ("a text document", CHOOSE_ANOTHER)
    } else if has("Index/Document.iwa") {
        ("a workbook of Numbers", "export it as .xlsx from there")
    } else {
        ("an archive", "unpack it first")
    };
    Err(SheetError::NotASheet {
        path: path.to_owned(),
        what,
        advice,
    })
}
