//! OFX, version 1 (SGML, where closing tags may be missing) and 2 (XML).
//!
//! Both are read by the same scanner, because banks write each in the manner of the other: tags and
//! texts in a row, a tag with a text being a value and one without an element around others.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Balance, File, Statement, Transaction, dates};
use crate::ImportError;

/// Deeper than this nothing is.
const DEEPEST: usize = 60;

pub(super) fn recognises(begin: &str) -> bool {
    let begin = begin.trim_start();
    begin.starts_with("OFXHEADER")
        || begin.starts_with("<OFX>")
        || begin.contains("<?OFX")
        || (begin.contains("OFXHEADER") && begin.contains("<OFX>"))
}

/// The encoding that the header names.
pub(super) fn encoding(begin: &str) -> Option<&'static str> {
    let value = |name: &str| {
        let line = begin
            .lines()
            .find_map(|line| line.trim().strip_prefix(name))?;
        Some(line.trim().to_ascii_lowercase())
    };
    match value("CHARSET:").as_deref() {
        Some("936") => Some("gb18030"),
        Some("950") => Some("big5"),
        Some("1252" | "none" | "iso-8859-1") | None => Some("windows-1252"),
        Some("1250") => Some("windows-1250"),
        Some("1251") => Some("windows-1251"),
        Some("932") => Some("shift_jis"),
        Some(_) => None,
    }
}

pub(super) fn read(text: &str) -> Result<File, ImportError> {
    if text.contains("<!DOCTYPE") || text.contains("<!ENTITY") {
        return Err(ImportError::Doctype);
    }
    let begin = text.find("<OFX>").or_else(|| text.find("<OFX"));
    let begin = begin.ok_or(ImportError::Missing("element OFX"))?;
    let mut reader = Reader::default();
    let mut rest = &text[begin..];
    while let Some(open) = rest.find('<') {
        let line = || super::line(1 + text[..text.len() - rest.len()].matches('\n').count());
        let after = &rest[open + 1..];
        let Some(close) = after.find('>') else {
            return Err(ImportError::at(line(), "a tag is never closed"));
        };
        let tag = &after[..close];
        let mut content = &after[close + 1..];
        let value;
        if let Some(data) = content.trim_start().strip_prefix("<![CDATA[") {
            let Some(end) = data.find("]]>") else {
                return Err(ImportError::at(line(), "a CDATA section is never closed"));
            };
            value = data[..end].trim().to_owned();
            content = &data[end + 3..];
        } else {
            let end = content.find('<').unwrap_or(content.len());
            value = unescaped(content[..end].trim());
            content = &content[end..];
        }
        reader.take(tag, value).map_err(|error| match error {
            ImportError::Invalid { place, detail } if place.is_empty() => {
                ImportError::at(line(), detail)
            }
            other => other,
        })?;
        rest = content;
    }
    reader.finish()
}

/// The entities that the standard names, and no other.
fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&#39;", "'")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
}

/// A transaction that is being read.
#[derive(Debug, Default)]
struct Open {
    transaction: Transaction,
    has_date: bool,
    has_amount: bool,
    name: String,
    check: String,
    is_investment: bool,
}

#[derive(Debug, Default)]
struct Reader {
    file: File,
    path: Vec<String>,
    statement: Option<Statement>,
    open: Option<Open>,
    /// Code and severity of the status that is being read, and the bank's words.
    status: (String, String, String),
    balance: Option<(Option<Date>, Option<Decimal>)>,
    has_message: bool,
}

/// Elements that are a statement of an account each.
const STATEMENTS: [&str; 4] = ["STMTRS", "CCSTMTRS", "INVSTMTRS", "ACCTINFO"];

/// Transactions of an investment account that move cash.
const INVESTMENTS: [&str; 19] = [
    "BUYDEBT",
    "BUYMF",
    "BUYOPT",
    "BUYOTHER",
    "BUYSTOCK",
    "CLOSUREOPT",
    "INCOME",
    "INVEXPENSE",
    "JRNLFUND",
    "JRNLSEC",
    "MARGININTEREST",
    "REINVEST",
    "RETOFCAP",
    "SELLDEBT",
    "SELLMF",
    "SELLOPT",
    "SELLOTHER",
    "SELLSTOCK",
    "SPLIT",
];

impl Reader {
    fn is_in(&self, name: &str) -> bool {
        self.path.iter().any(|element| element == name)
    }

    fn take(&mut self, tag: &str, value: String) -> Result<(), ImportError> {
        let tag = tag.trim();
        if tag.starts_with(['?', '!']) {
            return Ok(());
        }
        if let Some(name) = tag.strip_prefix('/') {
            return self.close(&name.trim().to_ascii_uppercase());
        }
        let name = tag.split_whitespace().next().unwrap_or_default();
        let is_empty = tag.ends_with('/');
        let name = name.trim_end_matches('/').to_ascii_uppercase();
        if is_empty {
            return Ok(());
        }
        if value.is_empty() {
            return self.begin(name);
        }
        self.value(&name, value)
    }

    fn begin(&mut self, name: String) -> Result<(), ImportError> {
        if self.path.len() >= DEEPEST {
            return Err(ImportError::at("", "elements are nested too deeply"));
        }
        match name.as_str() {
            "STATUS" => self.status = Default::default(),
            "STMTTRN" => self.open = Some(Open::default()),
            "LEDGERBAL" => self.balance = Some((None, None)),
            name if STATEMENTS.contains(&name) => {
                self.has_message = true;
                let kind = if name == "CCSTMTRS" { "CREDITCARD" } else { "" };
                self.statement = Some(Statement {
                    kind: kind.to_owned(),
                    ..Statement::default()
                });
            }
            name if INVESTMENTS.contains(&name) && self.is_in("INVTRANLIST") => {
                self.open = Some(Open {
                    is_investment: true,
                    transaction: Transaction {
                        kind: name.to_owned(),
                        ..Transaction::default()
                    },
                    ..Open::default()
                });
            }
            _ => {}
        }
        self.path.push(name);
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), ImportError> {
        // A closing tag of a value, or of an element that another one closed already.
        let Some(place) = self.path.iter().rposition(|element| element == name) else {
            return Ok(());
        };
        self.path.truncate(place);
        match name {
            "STATUS" => self.end_status()?,
            "STMTTRN" => self.end_transaction()?,
            "LEDGERBAL" => {
                let balance = self.balance.take();
                if let (Some(statement), Some((date, Some(amount)))) =
                    (&mut self.statement, balance)
                {
                    statement.closing = Some(Balance { date, amount });
                }
            }
            name if STATEMENTS.contains(&name) => {
                self.file.statements.extend(self.statement.take());
            }
            name if INVESTMENTS.contains(&name) => self.end_transaction()?,
            _ => {}
        }
        Ok(())
    }

    fn end_status(&mut self) -> Result<(), ImportError> {
        let (code, severity, message) = std::mem::take(&mut self.status);
        if severity.eq_ignore_ascii_case("ERROR") {
            let words = if message.is_empty() {
                format!("code {code}")
            } else {
                message
            };
            return Err(ImportError::Bank(words));
        }
        Ok(())
    }

    fn end_transaction(&mut self) -> Result<(), ImportError> {
        let Some(mut open) = self.open.take() else {
            return Ok(());
        };
        // What is reinvested moves no money either, although it has a total.
        let is_still = !open.has_amount || open.transaction.kind == "REINVEST";
        if open.is_investment && is_still {
            let note = format!(
                "A transaction {} moves securities and no money; it was left out.",
                open.transaction.kind
            );
            self.file.notes.push(note);
            return Ok(());
        }
        if !open.has_date {
            return Err(ImportError::at("", "a transaction has no date"));
        }
        if !open.has_amount {
            return Err(ImportError::at("", "a transaction has no amount"));
        }
        let transaction = &mut open.transaction;
        if open.name.is_empty() {
            transaction.payee.clone_from(&transaction.memo);
        } else {
            transaction.payee = open.name;
        }
        if transaction.id.is_empty() {
            transaction.id = open.check;
        }
        match &mut self.statement {
            Some(statement) => statement.transactions.push(open.transaction),
            None => {
                return Err(ImportError::at(
                    "",
                    "a transaction stands outside of any account",
                ));
            }
        }
        Ok(())
    }

    fn value(&mut self, name: &str, value: String) -> Result<(), ImportError> {
        if self.is_in("STATUS") {
            match name {
                "CODE" => self.status.0 = value,
                "SEVERITY" => self.status.1 = value,
                "MESSAGE" => self.status.2 = value,
                _ => {}
            }
            return Ok(());
        }
        if self.open.is_some() {
            return self.transaction_value(name, value);
        }
        if let Some(balance) = &mut self.balance {
            match name {
                "BALAMT" => balance.1 = Some(amount(&value)?),
                "DTASOF" => balance.0 = dates::compact(&value),
                _ => {}
            }
            return Ok(());
        }
        let is_from = ["BANKACCTFROM", "CCACCTFROM", "INVACCTFROM"]
            .iter()
            .any(|element| self.is_in(element));
        let Some(statement) = &mut self.statement else {
            return Ok(());
        };
        match name {
            "CURDEF" => statement.currency = value.to_ascii_uppercase(),
            "ACCTID" if is_from => statement.account = value,
            "ACCTTYPE" if is_from => statement.kind = value,
            "DESC"
                if self
                    .path
                    .last()
                    .is_some_and(|element| element == "ACCTINFO") =>
            {
                statement.name = value;
            }
            _ => {}
        }
        Ok(())
    }

    fn transaction_value(&mut self, name: &str, value: String) -> Result<(), ImportError> {
        // The rate of a currency that is only named for information stands in elements of its own;
        // the amount is in the statement's.
        let is_elsewhere =
            self.is_in("BANKACCTTO") || self.is_in("CCACCTTO") || self.is_in("SECID");
        let is_original = self.is_in("CURRENCY");
        let Some(open) = &mut self.open else {
            return Ok(());
        };
        let transaction = &mut open.transaction;
        match name {
            _ if is_elsewhere => {}
            "TRNTYPE" => transaction.kind = value,
            "DTPOSTED" | "DTTRADE" => {
                transaction.date = dates::compact(&value)
                    .ok_or_else(|| ImportError::at("", format!("{value} is not a date")))?;
                open.has_date = true;
            }
            "TRNAMT" | "TOTAL" => {
                transaction.amount = amount(&value)?;
                open.has_amount = true;
            }
            "FITID" => transaction.id = value,
            "NAME" if open.name.is_empty() => open.name = value,
            "PAYEE" => open.name = value,
            "MEMO" => transaction.memo = value,
            "CHECKNUM" => open.check = value,
            "CURSYM" if is_original => transaction.currency = value.to_ascii_uppercase(),
            _ => {}
        }
        Ok(())
    }

    fn finish(mut self) -> Result<File, ImportError> {
        // Files that end in the middle were cut off.
        if self.open.is_some() {
            return Err(ImportError::at(
                "the end",
                "the file ends in the middle of a transaction",
            ));
        }
        self.file.statements.extend(self.statement.take());
        if !self.has_message {
            return Err(ImportError::Missing("statement of an account"));
        }
        Ok(self.file)
    }
}

fn amount(value: &str) -> Result<Decimal, ImportError> {
    dates::amount(value).ok_or_else(|| ImportError::at("", format!("{value} is not an amount")))
}
