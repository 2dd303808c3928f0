//! ISO 20022: CAMT.052 (during the day), 053 (statements) and 054 (notices), of any version.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::xml::{Element, parse};
use super::{Balance, File, Statement, Transaction, dates};
use crate::{ImportError, money};

/// The three messages, and what they call what we call a statement.
const MESSAGES: [(&str, &str); 3] = [
    ("BkToCstmrStmt", "Stmt"),
    ("BkToCstmrAcctRpt", "Rpt"),
    ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
];

pub(super) fn read(text: &str) -> Result<File, ImportError> {
    let document = parse(text)?;
    let mut file = File::default();
    for (message, name) in MESSAGES {
        for message in document.all(message) {
            for element in message.all(name) {
                let statement = statement(element, &mut file.notes)?;
                file.statements.push(statement);
            }
        }
    }
    if file.statements.is_empty() {
        return Err(ImportError::Missing("statement of an account"));
    }
    Ok(file)
}

fn statement(element: &Element, notes: &mut Vec<String>) -> Result<Statement, ImportError> {
    let account = element
        .child("Acct")
        .ok_or(ImportError::Missing("account"))?;
    let number = match account.text_at(&["Id", "IBAN"]) {
        "" => account.text_at(&["Id", "Othr", "Id"]),
        iban => iban,
    };
    let mut statement = Statement {
        account: number.to_owned(),
        name: account.text_at(&["Nm"]).to_owned(),
        currency: account.text_at(&["Ccy"]).to_owned(),
        ..Statement::default()
    };
    for balance in element.all("Bal") {
        let code = balance.text_at(&["Tp", "CdOrPrtry", "Cd"]);
        let (amount, currency) = signed(balance)?;
        let date = day(balance.child("Dt"));
        let balance = Some(Balance { date, amount });
        match code {
            "OPBD" => statement.opening = balance,
            "PRCD" if statement.opening.is_none() => statement.opening = balance,
            "CLBD" => statement.closing = balance,
            _ => continue,
        }
        if statement.currency.is_empty() {
            statement.currency = currency;
        }
    }
    for entry in element.all("Ntry") {
        // Version 8 has the code in an element of its own.
        let status = match entry.text_at(&["Sts", "Cd"]) {
            "" => entry.text_at(&["Sts"]),
            code => code,
        };
        if !matches!(status, "" | "BOOK") {
            notes.push(format!(
                "A transaction that is not booked yet ({status}) was left out."
            ));
            continue;
        }
        let transaction = transaction(entry)?;
        if statement.currency.is_empty() {
            statement.currency.clone_from(&transaction.currency);
        }
        statement.transactions.push(transaction);
    }
    Ok(statement)
}

/// Amount with its sign, and its currency.
fn signed(element: &Element) -> Result<(Decimal, String), ImportError> {
    let amount = element.child("Amt").ok_or(ImportError::Missing("amount"))?;
    let text = amount.text.trim();
    let figure = money::parse(text)
        .map_err(|_| ImportError::at("CAMT", format!("{text} is not an amount")))?;
    let figure = match element.text_at(&["CdtDbtInd"]) {
        "DBIT" => -figure,
        "CRDT" => figure,
        other => {
            return Err(ImportError::at(
                "CAMT",
                format!("{other:?} is neither credit nor debit"),
            ));
        }
    };
    Ok((
        figure,
        amount.attribute("Ccy").unwrap_or_default().to_owned(),
    ))
}

fn day(element: Option<&Element>) -> Option<Date> {
    let element = element?;
    let date = dates::iso(element.text_at(&["Dt"]));
    date.or_else(|| dates::iso(element.text_at(&["DtTm"])))
}

fn transaction(entry: &Element) -> Result<Transaction, ImportError> {
    let (amount, currency) = signed(entry)?;
    let date = day(entry.child("BookgDt")).or_else(|| day(entry.child("ValDt")));
    let date = date.ok_or_else(|| ImportError::at("CAMT", "a transaction has no date"))?;
    let details: Vec<&Element> = entry
        .all("NtryDtls")
        .flat_map(|details| details.all("TxDtls"))
        .collect();
    let mut transaction = Transaction {
        date,
        amount,
        currency,
        id: entry.text_at(&["AcctSvcrRef"]).to_owned(),
        kind: entry.text_at(&["BkTxCd", "Domn", "Fmly", "Cd"]).to_owned(),
        memo: entry.text_at(&["AddtlNtryInf"]).to_owned(),
        ..Transaction::default()
    };
    // A batch of several has no one payee; what each of them says is in the memo.
    if let [detail] = details.as_slice() {
        transaction.payee = payee(detail, amount);
        if transaction.id.is_empty() {
            transaction.id = reference(detail);
        }
    }
    let mut memos: Vec<String> = details.iter().map(|detail| memo(detail)).collect();
    memos.retain(|memo| !memo.is_empty());
    if !transaction.memo.is_empty() {
        memos.push(transaction.memo);
    }
    transaction.memo = memos.join(" / ");
    Ok(transaction)
}

/// Who is on the other side: the creditor of what goes out, the debtor of what comes in.
fn payee(detail: &Element, amount: Decimal) -> String {
    let roles = if amount.is_sign_negative() {
        ["Cdtr", "UltmtCdtr"]
    } else {
        ["Dbtr", "UltmtDbtr"]
    };
    let parties = detail.child("RltdPties");
    let mut names = roles.iter().filter_map(|role| {
        let party = parties?.child(role)?;
        // Version 8 has the party in an element of its own.
        let name = match party.text_at(&["Pty", "Nm"]) {
            "" => party.text_at(&["Nm"]),
            name => name,
        };
        (!name.is_empty()).then(|| name.to_owned())
    });
    names.next().unwrap_or_default()
}

fn reference(detail: &Element) -> String {
    let references = ["AcctSvcrRef", "TxId", "EndToEndId", "InstrId"];
    let found = references
        .iter()
        .map(|name| detail.text_at(&["Refs", name]))
        .find(|text| !text.is_empty() && *text != "NOTPROVIDED");
    found.unwrap_or_default().to_owned()
}

fn memo(detail: &Element) -> String {
    let Some(information) = detail.child("RmtInf") else {
        return detail.text_at(&["AddtlTxInf"]).to_owned();
    };
    let mut parts: Vec<&str> = information
        .all("Ustrd")
        .map(|text| text.text.trim())
        .collect();
    for structured in information.all("Strd") {
        parts.push(structured.text_at(&["CdtrRefInf", "Ref"]));
        parts.extend(structured.all("AddtlRmtInf").map(|text| text.text.trim()));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}
