//! Which column of a table means what: by its heading, in several languages, and by its values.

use sheets::{ColumnKind, TableReport};

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
pub(super) enum Meaning {
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

/// The column of each meaning: the one whose heading fits best, and whose values can be that.
pub(super) fn meanings(table: &TableReport) -> Vec<(Meaning, usize)> {
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
