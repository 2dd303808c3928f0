//! Files of banks and of other programs: what is in them, read and not yet posted.
//!
//! A reader either understands a file or says what is wrong where; it never skips what it does not
//! understand in silence, and everything that it leaves out on purpose is in the notes. Nothing in a
//! file is an instruction: entities are not expanded, documents that declare a type are refused.

mod camt;
mod chinese;
mod dates;
mod journals;
mod mt940;
mod ofx;
mod post;
mod qif;
mod table;
mod xml;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::ImportError;
pub use post::{Imported, Plan, Reconciled, plan};

/// The most that is read of a file, in megabytes.
pub const MOST_MEGABYTES: u64 = 40;

/// What a file holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct File {
    /// Statements of accounts.
    pub statements: Vec<Statement>,
    /// Entries that are whole already, from a journal of another program.
    pub entries: Vec<crate::Draft>,
    /// Accounts of such a journal.
    pub accounts: Vec<crate::Account>,
    /// Rates of such a journal: day, currency, worth and its currency.
    pub rates: Vec<(Date, String, Decimal, String)>,
    /// What was left out, and why.
    pub notes: Vec<String>,
}

/// A statement of one account.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Statement {
    /// Number of the account, as the bank writes it; empty where the file does not say.
    pub account: String,
    /// Name of the account, where the file has one.
    pub name: String,
    /// What kind of account it is, as the file says, such as `CHECKING`.
    pub kind: String,
    /// Currency of the amounts; empty where the file does not say.
    pub currency: String,
    /// Balance at the beginning.
    pub opening: Option<Balance>,
    /// Balance at the end.
    pub closing: Option<Balance>,
    /// What happened.
    pub transactions: Vec<Transaction>,
}

/// A balance of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Balance {
    /// The day; nothing where the file does not say.
    pub date: Option<Date>,
    /// Positive is the person's.
    pub amount: Decimal,
}

/// Something that happened on an account.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Transaction {
    /// When it was booked.
    pub date: Date,
    /// Positive is money in.
    pub amount: Decimal,
    /// Currency; empty for the statement's.
    pub currency: String,
    /// Who paid or was paid.
    pub payee: String,
    /// What else is written.
    pub memo: String,
    /// The bank's own mark for it; empty where it has none.
    pub id: String,
    /// What kind of transaction it is, as the file says.
    pub kind: String,
    /// The other side, where the file says: category and amount with the sign of the transaction.
    pub splits: Vec<Split>,
}

/// A part of a transaction.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Split {
    /// Name of a category, or of an account in brackets.
    pub category: String,
    /// With the sign of the transaction.
    pub amount: Decimal,
    /// What is written beside it.
    pub memo: String,
}

/// Reads a file. The name helps where its bytes do not tell.
///
/// # Errors
/// When it is empty, too large, none of the formats, or not as the format says.
pub fn read(name: &str, bytes: &[u8]) -> Result<File, ImportError> {
    let megabytes = (bytes.len() as u64).div_ceil(1_000_000);
    if megabytes > MOST_MEGABYTES {
        let most = MOST_MEGABYTES;
        return Err(ImportError::TooLarge { megabytes, most });
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ImportError::Empty);
    }
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return table::read(name, bytes);
    }
    let text = decode(bytes);
    let begin: String = text.chars().take(4000).collect();
    if ofx::recognises(&begin) {
        return ofx::read(&decode_as(bytes, ofx::encoding(&begin)));
    }
    if begin.contains("urn:iso:std:iso:20022") || begin.contains("camt.05") {
        return camt::read(&text);
    }
    if begin.trim_start().starts_with('<') {
        return Err(ImportError::UnknownFormat);
    }
    if mt940::recognises(&begin) {
        return mt940::read(&text);
    }
    if qif::recognises(&begin) {
        return qif::read(&text);
    }
    match ending.as_str() {
        "beancount" | "bean" => return journals::beancount(&text),
        "journal" | "hledger" | "ledger" | "j" | "dat" => return journals::hledger(&text),
        "qif" | "ofx" | "qfx" | "sta" | "mt940" | "xml" => return Err(ImportError::UnknownFormat),
        _ => {}
    }
    if chinese::recognises(&begin) {
        return chinese::read(&text);
    }
    if chinese::recognises(&decode_as(bytes, Some("gb18030"))) {
        return chinese::read(&decode_as(bytes, Some("gb18030")));
    }
    table::read(name, bytes)
}

/// A text in UTF-8 or UTF-16 with a mark, or else as Windows wrote it in Western Europe.
fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(),
    }
}

/// A text in UTF-8, or else in the encoding that the file names.
fn decode_as(bytes: &[u8], label: Option<&str>) -> String {
    let encoding = label.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    match (std::str::from_utf8(bytes), encoding) {
        (Err(_), Some(encoding)) => encoding.decode(bytes).0.into_owned(),
        _ => decode(bytes),
    }
}

/// A place in a file, by its line.
fn line(number: usize) -> String {
    format!("line {number}")
}
