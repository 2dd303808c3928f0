//! What Alipay and WeChat let people take away: a table below some lines of greeting.
//!
//! One file tells of several of the person's accounts: the wallet and every card that was paid with.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{File, Split, Statement, Transaction, dates};
use crate::ImportError;

/// Headings of the columns that matter, in both programs.
const DATE: &[&str] = &["交易时间", "交易創建時間", "交易创建时间", "付款时间"];
const KIND: &[&str] = &["交易类型", "交易分类", "类型"];
const PAYEE: &[&str] = &["交易对方"];
const ITEM: &[&str] = &["商品", "商品说明", "商品名称"];
const SIDE: &[&str] = &["收/支"];
const AMOUNT: &[&str] = &["金额(元)", "金额", "金额（元）"];
const MEANS: &[&str] = &["支付方式", "收/付款方式"];
const STATE: &[&str] = &["当前状态", "交易状态"];
const MARK: &[&str] = &["交易单号", "交易订单号", "交易号"];
const REMARK: &[&str] = &["备注"];

pub(super) fn recognises(text: &str) -> bool {
    heading(text).is_some()
}

/// Which line the headings are on.
fn heading(text: &str) -> Option<usize> {
    text.lines().take(60).position(|line| {
        line.contains("交易对方") && line.contains("收/支") && line.contains("金额")
    })
}

/// Where each column stands.
struct Columns(BTreeMap<&'static str, usize>);

impl Columns {
    fn find(record: &csv::StringRecord) -> Result<Self, ImportError> {
        let wanted = [
            ("date", DATE),
            ("kind", KIND),
            ("payee", PAYEE),
            ("item", ITEM),
            ("side", SIDE),
            ("amount", AMOUNT),
            ("means", MEANS),
            ("state", STATE),
            ("mark", MARK),
            ("remark", REMARK),
        ];
        let place = |names: &[&str]| {
            let is_one = |field: &str| names.contains(&field.trim());
            record.iter().position(is_one)
        };
        let found: BTreeMap<_, _> = wanted
            .into_iter()
            .filter_map(|(name, names)| Some((name, place(names)?)))
            .collect();
        for (name, words) in [
            ("date", "dates"),
            ("amount", "amounts"),
            ("side", "directions"),
        ] {
            if !found.contains_key(name) {
                return Err(ImportError::NoColumn(words));
            }
        }
        Ok(Self(found))
    }

    /// A field; one that only says that there is nothing is empty.
    fn get<'a>(&self, record: &'a csv::StringRecord, name: &str) -> &'a str {
        let field = self.0.get(name).and_then(|place| record.get(*place));
        let field = field.unwrap_or_default().trim();
        if field == "/" { "" } else { field }
    }
}

/// A row that has been understood as far as its fields go.
struct Row {
    date: Date,
    kind: String,
    payee: String,
    item: String,
    side: String,
    amount: Decimal,
    means: String,
    state: String,
    mark: String,
    remark: String,
}

pub(super) fn read(text: &str) -> Result<File, ImportError> {
    let begin = heading(text).ok_or(ImportError::NoColumn("headings"))?;
    let is_wechat = text.contains("微信");
    let table: String = text
        .lines()
        .skip(begin)
        .fold(String::new(), |mut table, line| {
            table.push_str(line);
            table.push('\n');
            table
        });
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .trim(csv::Trim::All)
        .from_reader(table.as_bytes());
    let mut records = reader.records();
    let fail = |error: csv::Error| ImportError::Table(error.to_string());
    let head = records.next().transpose().map_err(fail)?;
    let columns = Columns::find(&head.unwrap_or_default())?;
    let mut rows = Vec::new();
    for (number, record) in (begin + 2..).zip(records) {
        let record = record.map_err(fail)?;
        // A line of dashes and sums closes the older files.
        if record.len() < 5 || columns.get(&record, "date").is_empty() {
            continue;
        }
        rows.push(row(&columns, &record, number)?);
    }
    Ok(sorted(rows, is_wechat))
}

fn row(columns: &Columns, record: &csv::StringRecord, number: usize) -> Result<Row, ImportError> {
    let get = |name: &str| columns.get(record, name).to_owned();
    let date = get("date");
    let amount = get("amount");
    let figure = amount.trim_start_matches(['¥', '￥', ' ']);
    Ok(Row {
        date: dates::iso(&date)
            .or_else(|| dates::date(date.split(' ').next()?, dates::Order::Year))
            .ok_or_else(|| ImportError::at(super::line(number), format!("{date} is not a date")))?,
        amount: dates::amount(figure).ok_or_else(|| {
            ImportError::at(super::line(number), format!("{amount} is not an amount"))
        })?,
        kind: get("kind"),
        payee: get("payee"),
        item: get("item"),
        side: get("side"),
        means: get("means"),
        state: get("state"),
        mark: get("mark"),
        remark: get("remark"),
    })
}

/// One statement for each account that was paid from or to; what came to nothing is left out.
fn sorted(rows: Vec<Row>, is_wechat: bool) -> File {
    let mut file = File::default();
    let wallet = if is_wechat {
        "微信零钱"
    } else {
        "支付宝余额"
    };
    let closed: Vec<String> = rows
        .iter()
        .filter(|row| row.state.contains("关闭"))
        .map(|row| row.mark.clone())
        .collect();
    let mut statements: Vec<Statement> = Vec::new();
    for row in rows {
        let is_refund_of_closed = row.state.contains("退款")
            && closed.iter().any(|mark| {
                !mark.is_empty()
                    && row.mark.len() > mark.len()
                    && row.mark.starts_with(mark.as_str())
            });
        if row.state.contains("关闭") || is_refund_of_closed {
            let what = if row.item.is_empty() {
                &row.kind
            } else {
                &row.item
            };
            file.notes.push(format!(
                "{} {what} {}: {}; it was left out, because no money moved in the end.",
                row.date, row.amount, row.state
            ));
            continue;
        }
        let (own, transaction) = transaction(row, wallet);
        let place = statements
            .iter()
            .position(|statement| statement.name == own);
        let place = place.unwrap_or_else(|| {
            statements.push(Statement {
                name: own.clone(),
                currency: "CNY".to_owned(),
                kind: if is_credit(&own) {
                    "CREDITCARD"
                } else {
                    "WALLET"
                }
                .to_owned(),
                ..Statement::default()
            });
            statements.len() - 1
        });
        statements[place].transactions.push(transaction);
    }
    file.statements = statements;
    file
}

fn is_credit(means: &str) -> bool {
    ["信用卡", "花呗", "白条", "信用"]
        .iter()
        .any(|word| means.contains(word))
}

/// Between which accounts money moves.
struct Move {
    /// The person's account that the row is of.
    own: String,
    /// Another account of the person's, where money only moves between them; empty elsewhere.
    other: String,
    is_in: bool,
}

impl Move {
    fn of(row: &Row, wallet: &str) -> Self {
        let means = match row.means.as_str() {
            "" | "余额" | "零钱" => wallet,
            means => means.split('&').next().unwrap_or(means),
        };
        let simple = |is_in: bool| Self {
            own: means.to_owned(),
            other: String::new(),
            is_in,
        };
        match row.side.as_str() {
            "收入" => simple(true),
            "支出" => simple(false),
            _ => Self::between(row, means, wallet).unwrap_or_else(|| {
                let words = ["收益发放", "卖出", "转出到", "赎回"];
                let is_back = row.state.contains("退款") || row.kind == "退款";
                simple(is_back || words.iter().any(|word| row.item.contains(word)))
            }),
        }
    }

    /// Into the wallet, out of it, into its fund, out of that, to a credit card.
    fn between(row: &Row, means: &str, wallet: &str) -> Option<Self> {
        let fund = if wallet.starts_with('微') {
            "零钱通"
        } else {
            "余额宝"
        };
        let kind = row.kind.as_str();
        let moved = |own: &str, other: &str, is_in: bool| {
            Some(Self {
                own: own.to_owned(),
                other: other.to_owned(),
                is_in,
            })
        };
        if let Some(from) = kind.strip_prefix("转入零钱通") {
            let own = account(from.trim_start_matches("-来自"), means, wallet);
            return moved(own, fund, false);
        }
        if let Some(to) = kind.strip_prefix("零钱通转出") {
            let other = account(to.trim_start_matches("-到"), wallet, wallet);
            return moved(fund, other, false);
        }
        match kind {
            "零钱提现" => moved(wallet, means, false),
            "零钱充值" => moved(wallet, &row.payee, true),
            "信用卡还款" => moved(means, &row.payee, false),
            _ => None,
        }
    }
}

/// The person's account that it is of, and what happened on it.
fn transaction(row: Row, wallet: &str) -> (String, Transaction) {
    let Move { own, other, is_in } = Move::of(&row, wallet);
    let amount = if is_in { row.amount } else { -row.amount };
    let splits = if other.is_empty() {
        Vec::new()
    } else {
        parts(&other, amount, &row.remark)
    };
    let memo: Vec<&str> = [row.item.as_str(), row.kind.as_str(), row.remark.as_str()]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    let transaction = Transaction {
        date: row.date,
        amount,
        currency: "CNY".to_owned(),
        memo: memo.join(" · "),
        payee: row.payee,
        id: row.mark,
        kind: row.kind.clone(),
        splits,
    };
    (own, transaction)
}

/// What arrives on the other account, and the fee, which stands in the remark.
fn parts(other: &str, amount: Decimal, remark: &str) -> Vec<Split> {
    let fee = remark
        .strip_prefix("服务费")
        .and_then(|fee| dates::amount(fee.trim_start_matches(['¥', '￥'])))
        .unwrap_or_default();
    let mut parts = vec![Split {
        category: format!("[{other}]"),
        amount: amount + fee,
        memo: String::new(),
    }];
    if !fee.is_zero() {
        parts.push(Split {
            category: "Expenses:Bank fees".to_owned(),
            amount: -fee,
            memo: remark.to_owned(),
        });
    }
    parts
}

/// An account by what the kind of a transaction calls it.
fn account<'a>(name: &'a str, otherwise: &'a str, wallet: &'a str) -> &'a str {
    match name.trim() {
        "" => otherwise,
        "零钱" => wallet,
        name => name,
    }
}
