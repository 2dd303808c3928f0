//! Tables: CSV and workbooks of banks, whose columns are found by their headings, and our own.
//!
//! How a text is encoded, what separates its cells, where the headings are, which columns are dates
//! and which sign stands before the fraction is found by the crate that takes tables in; here it is
//! only told what each column means.

use jiff::civil::Date;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use rust_decimal::Decimal;
use sheets::{ColumnKind, Note, TableReport};

use super::{Balance, File, Statement, Transaction, dates};
use crate::entry::{Draft, DraftPosting, Origin};
use crate::words::Language;
use crate::{ImportError, money};

/// What a column means, and the words that headings have for it; a word that is contained counts
/// less than one that is the whole heading.
const MEANINGS: [(Meaning, &[&str]); 10] = [
    (
        Meaning::Date,
        &[
            "date",
            "booking date",
            "transaction date",
            "posted",
            "posting date",
            "buchungstag",
            "buchungsdatum",
            "datum",
            "fecha",
            "data",
            "日期",
            "交易日期",
            "記帳日",
            "记账日期",
            "交易時間",
            "交易时间",
            "入帳日",
            "帳務日期",
            "消費日",
        ],
    ),
    (
        Meaning::Debit,
        &[
            "debit",
            "withdrawal",
            "withdrawals",
            "paid out",
            "money out",
            "soll",
            "belastung",
            "ausgang",
            "débit",
            "cargo",
            "支出",
            "支出金額",
            "支出金额",
            "提出",
            "提款",
            "借方",
            "借方金额",
            "借方發生額",
            "借方发生额",
            "spent",
            "out",
        ],
    ),
    (
        Meaning::Credit,
        &[
            "credit",
            "deposit",
            "deposits",
            "paid in",
            "money in",
            "haben",
            "gutschrift",
            "eingang",
            "crédit",
            "abono",
            "存入",
            "存入金額",
            "收入",
            "收入金额",
            "收入金額",
            "存款",
            "貸方",
            "贷方",
            "贷方金额",
            "贷方发生额",
            "received",
            "in",
        ],
    ),
    (
        Meaning::Balance,
        &[
            "balance",
            "running balance",
            "saldo",
            "solde",
            "餘額",
            "余额",
            "帳戶餘額",
            "账户余额",
            "結餘",
            "结余",
        ],
    ),
    (
        Meaning::Amount,
        &[
            "amount",
            "value",
            "sum",
            "betrag",
            "umsatz",
            "montant",
            "importe",
            "bedrag",
            "金額",
            "金额",
            "交易金額",
            "交易金额",
            "發生額",
            "发生额",
        ],
    ),
    (
        Meaning::Currency,
        &[
            "currency", "ccy", "währung", "devise", "moneda", "幣別", "币种", "貨幣",
        ],
    ),
    (
        Meaning::Payee,
        &[
            "payee",
            "name",
            "counterparty",
            "merchant",
            "beneficiary",
            "recipient",
            "empfänger",
            "auftraggeber",
            "begünstigter",
            "tegenpartij",
            "bénéficiaire",
            "對象",
            "对方",
            "對方戶名",
            "对方户名",
            "交易對象",
            "交易对方",
            "商店",
            "商户",
            "收款人",
        ],
    ),
    (
        Meaning::Memo,
        &[
            "description",
            "memo",
            "details",
            "narrative",
            "reference text",
            "notes",
            "purpose",
            "verwendungszweck",
            "buchungstext",
            "libellé",
            "concepto",
            "omschrijving",
            "摘要",
            "說明",
            "说明",
            "備註",
            "备注",
            "附言",
            "用途",
            "交易說明",
        ],
    ),
    (
        Meaning::Id,
        &[
            "id",
            "transaction id",
            "reference",
            "reference number",
            "number",
            "交易序號",
            "交易单号",
            "流水号",
            "流水號",
            "交易流水号",
            "憑證號",
        ],
    ),
    (
        Meaning::Account,
        &[
            "account",
            "account number",
            "iban",
            "konto",
            "帳號",
            "账号",
            "帳戶",
            "账户",
        ],
    ),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Date,
    Debit,
    Credit,
    Balance,
    Amount,
    Currency,
    Payee,
    Memo,
    Id,
    Account,
}

pub(super) fn read(name: &str, bytes: &[u8]) -> Result<File, ImportError> {
    if let Some(file) = own(bytes) {
        return file;
    }
    let fail = |error: &dyn std::fmt::Display| ImportError::Table(error.to_string());
    let folder = tempfile::tempdir().map_err(|error| fail(&error))?;
    let ending = name
        .rsplit('.')
        .next()
        .filter(|ending| ending.len() < 6)
        .unwrap_or("csv");
    let source = folder.path().join(format!("table.{ending}"));
    std::fs::write(&source, bytes).map_err(|error| fail(&error))?;
    let target = folder.path().join("table.sqlite");
    let cancel = tokio_util::sync::CancellationToken::new();
    let report = sheets::import(
        &source,
        &target,
        &sheets::Options::default(),
        &|_| {},
        &cancel,
    )
    .map_err(|error| fail(&error))?;
    let database = Connection::open(&target).map_err(|error| fail(&error))?;
    let mut file = File::default();
    let mut refusal = None;
    for table in &report.tables {
        match statement(&database, table, &mut file.notes) {
            Ok(statement) => file.statements.extend(statement),
            Err(error) => refusal = Some(error),
        }
    }
    // A workbook may have sheets of other things beside the statement.
    match (file.statements.is_empty(), refusal) {
        (true, Some(error)) => Err(error),
        (true, None) => Err(ImportError::Empty),
        (false, _) => Ok(file),
    }
}

/// The column of each meaning: the one whose heading fits best, and whose values can be that.
fn meanings(table: &TableReport) -> Vec<(Meaning, usize)> {
    let mut found: Vec<(Meaning, usize)> = Vec::new();
    for whole in [true, false] {
        for (meaning, words) in MEANINGS {
            if found.iter().any(|(of, _)| *of == meaning) {
                continue;
            }
            let place = table
                .columns
                .iter()
                .enumerate()
                .position(|(place, column)| {
                    let heading = column.original.trim().to_lowercase();
                    let fits = if whole {
                        words.contains(&heading.as_str())
                    } else {
                        words
                            .iter()
                            .any(|word| word.chars().count() > 2 && heading.contains(word))
                            || words
                                .iter()
                                .any(|word| !word.is_ascii() && heading.contains(word))
                    };
                    fits && can_be(meaning, &column.kind)
                        && !found.iter().any(|(_, of)| *of == place)
                });
            if let Some(place) = place {
                found.push((meaning, place));
            }
        }
    }
    let has = |meaning| found.iter().any(|(of, _)| *of == meaning);
    let is_free = |place: &usize| !found.iter().any(|(_, of)| of == place);
    let free = |kinds: fn(&ColumnKind) -> bool| {
        (0..table.columns.len()).find(|place| is_free(place) && kinds(&table.columns[*place].kind))
    };
    let mut more = Vec::new();
    if !has(Meaning::Date) {
        more.extend(free(is_day).map(|place| (Meaning::Date, place)));
    }
    if !has(Meaning::Amount) && !has(Meaning::Debit) && !has(Meaning::Credit) {
        more.extend(free(is_number).map(|place| (Meaning::Amount, place)));
    }
    if !has(Meaning::Memo) && !has(Meaning::Payee) {
        more.extend(free(|kind| *kind == ColumnKind::Text).map(|place| (Meaning::Memo, place)));
    }
    found.extend(more);
    found
}

fn is_day(kind: &ColumnKind) -> bool {
    matches!(kind, ColumnKind::Date | ColumnKind::Timestamp)
}

fn is_number(kind: &ColumnKind) -> bool {
    matches!(kind, ColumnKind::Integer | ColumnKind::Real)
}

fn can_be(meaning: Meaning, kind: &ColumnKind) -> bool {
    match meaning {
        Meaning::Date => is_day(kind),
        Meaning::Debit | Meaning::Credit | Meaning::Balance | Meaning::Amount => is_number(kind),
        _ => true,
    }
}

/// The statement in a table; nothing where the table has no rows.
fn statement(
    database: &Connection,
    table: &TableReport,
    notes: &mut Vec<String>,
) -> Result<Option<Statement>, ImportError> {
    if table.rows == 0 {
        return Ok(None);
    }
    let meanings = meanings(table);
    let place = |meaning| {
        meanings
            .iter()
            .find(|(of, _)| *of == meaning)
            .map(|(_, place)| *place)
    };
    if place(Meaning::Date).is_none() {
        return Err(ImportError::NoColumn("dates"));
    }
    let sides = [Meaning::Amount, Meaning::Debit, Meaning::Credit].map(place);
    if sides.iter().all(Option::is_none) {
        return Err(ImportError::NoColumn("amounts"));
    }
    let mut statement = Statement {
        currency: mark(table).unwrap_or_default(),
        ..Statement::default()
    };
    let fail = |error: rusqlite::Error| ImportError::Table(error.to_string());
    let name = table.name.replace('"', "\"\"");
    let mut rows = database
        .prepare(&format!("SELECT * FROM \"{name}\""))
        .map_err(fail)?;
    let mut rows = rows.query([]).map_err(fail)?;
    let mut number = 0;
    let mut balances: Vec<(Date, Decimal, Decimal)> = Vec::new();
    while let Some(row) = rows.next().map_err(fail)? {
        number += 1;
        let fields = Fields {
            meanings: &meanings,
            row,
        };
        let Some(transaction) = fields.transaction(number)? else {
            // Sums at the end, notes between: told, because it could be more.
            notes.push(format!(
                "Row {number} has no date or no amount and was left out."
            ));
            continue;
        };
        if statement.account.is_empty() {
            statement.account = fields.text(Meaning::Account);
        }
        if let Some(balance) = fields.figure(Meaning::Balance) {
            balances.push((transaction.date, transaction.amount, balance));
        }
        statement.transactions.push(transaction);
    }
    settle(&mut statement, &balances);
    if statement.currency.is_empty() {
        let first = statement.transactions.first();
        statement.currency = first
            .map(|first| first.currency.clone())
            .unwrap_or_default();
    }
    Ok(Some(statement))
}

/// A row, of which the fields are asked for by what they mean.
struct Fields<'a, 's> {
    meanings: &'a [(Meaning, usize)],
    row: &'a rusqlite::Row<'s>,
}

impl Fields<'_, '_> {
    fn value(&self, meaning: Meaning) -> Option<ValueRef<'_>> {
        let (_, place) = self.meanings.iter().find(|(of, _)| *of == meaning)?;
        self.row.get_ref(*place).ok()
    }

    fn text(&self, meaning: Meaning) -> String {
        self.value(meaning).map(words).unwrap_or_default()
    }

    fn figure(&self, meaning: Meaning) -> Option<Decimal> {
        self.value(meaning).and_then(decimal)
    }

    /// Nothing where there is no date or no amount.
    fn transaction(&self, number: usize) -> Result<Option<Transaction>, ImportError> {
        let sides = (self.figure(Meaning::Debit), self.figure(Meaning::Credit));
        let amount = match sides {
            (None, None) => self.figure(Meaning::Amount),
            // Some banks write what goes out as a negative number in its own column.
            (debit, credit) => Some(credit.unwrap_or_default() - debit.unwrap_or_default().abs()),
        };
        let date = dates::iso(&self.text(Meaning::Date));
        let (Some(date), Some(amount)) = (date, amount) else {
            return Ok(None);
        };
        let amount = money::bounded(amount)
            .map_err(|error| ImportError::at(format!("row {number}"), error.to_string()))?;
        Ok(Some(Transaction {
            date,
            amount,
            currency: self.text(Meaning::Currency).to_uppercase(),
            payee: self.text(Meaning::Payee),
            memo: self.text(Meaning::Memo),
            id: self.text(Meaning::Id),
            ..Transaction::default()
        }))
    }
}

/// Balances at both ends, whichever of them the rows begin with.
fn settle(statement: &mut Statement, balances: &[(Date, Decimal, Decimal)]) {
    let (Some(first), Some(last)) = (balances.first(), balances.last()) else {
        return;
    };
    let (early, late) = if first.0 <= last.0 {
        (first, last)
    } else {
        (last, first)
    };
    statement.opening = Some(Balance {
        date: None,
        amount: early.2 - early.1,
    });
    statement.closing = Some(Balance {
        date: Some(late.0),
        amount: late.2,
    });
}

/// The currency that the amounts are marked with.
fn mark(table: &TableReport) -> Option<String> {
    let mark = table.notes.iter().find_map(|note| match note {
        Note::Currency { mark, .. } => Some(mark.as_str()),
        _ => None,
    })?;
    let code = match mark {
        "€" => "EUR",
        "£" => "GBP",
        "NT$" => "TWD",
        "US$" => "USD",
        "HK$" => "HKD",
        code if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_alphabetic()) => code,
        // `$` and `¥` are several currencies.
        _ => return None,
    };
    Some(code.to_uppercase())
}

fn words(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) | ValueRef::Blob(text) => {
            String::from_utf8_lossy(text).trim().to_owned()
        }
    }
}

/// The number that was written. Tables keep fractions as binary ones of 53 bits; the shortest decimal
/// that is the same is what was written, as long as that had no more than 15 digits.
fn decimal(value: ValueRef<'_>) -> Option<Decimal> {
    match value {
        ValueRef::Integer(number) => Some(Decimal::from(number)),
        ValueRef::Real(number) => Decimal::from_str_exact(&number.to_string()).ok(),
        _ => None,
    }
}

/// A file that was taken away from a book; nothing where it is another one.
fn own(bytes: &[u8]) -> Option<Result<File, ImportError>> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF")?;
    let mut reader = csv::Reader::from_reader(text);
    let head = reader.headers().ok()?.clone();
    let is_ours = [
        Language::English,
        Language::TraditionalChinese,
        Language::SimplifiedChinese,
    ]
    .into_iter()
    .any(|language| head.iter().eq(crate::export::columns(language)));
    is_ours.then(|| own_rows(&mut reader))
}

fn own_rows(reader: &mut csv::Reader<&[u8]>) -> Result<File, ImportError> {
    let mut file = File::default();
    let mut last = String::new();
    for (number, record) in (2..).zip(reader.records()) {
        let record = record.map_err(|error| ImportError::Table(error.to_string()))?;
        let field = |place: usize| export::unguarded(record.get(place).unwrap_or_default());
        let wrong =
            |what: &str| ImportError::at(super::line(number), format!("there is no {what}"));
        let figure = |place: usize| money::parse(field(place)).map_err(|_| wrong("amount"));
        if field(0) != last || file.entries.is_empty() {
            field(0).clone_into(&mut last);
            file.entries.push(Draft {
                date: field(1).parse().map_err(|_| wrong("date"))?,
                description: field(2).to_owned(),
                counterparty: field(3).to_owned(),
                tax: Some(field(9).to_owned()).filter(|tax| !tax.is_empty()),
                source: field(10).to_owned(),
                origin: if field(11) == "closing" {
                    Origin::Closing
                } else {
                    Origin::Written
                },
                ..Draft::default()
            });
        }
        let posting = DraftPosting::new(field(4), figure(5)?, field(6));
        let posting = if field(6) == field(8) {
            posting
        } else {
            posting.worth(figure(7)?, field(8))
        };
        if let Some(entry) = file.entries.last_mut() {
            entry.postings.push(posting);
        }
    }
    Ok(file)
}
