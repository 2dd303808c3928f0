//! A small company's book to try things on.

use books::{Account, Book, BookInfo, Change, Class, Draft, DraftPosting, Rate, Role, TaxCode};
use jiff::civil::Date;
use rust_decimal::Decimal;
use tempfile::TempDir;

pub fn decimal(text: &str) -> Decimal {
    books::money::parse(text).unwrap()
}

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn info() -> BookInfo {
    BookInfo {
        title: "Paper & Ink 紙墨有限公司".to_owned(),
        currency: "EUR".to_owned(),
        fiscal_month: 1,
        fiscal_day: 1,
    }
}

pub fn chart() -> Vec<Account> {
    let account = Account::named;
    vec![
        account("Assets:Bank", Class::Asset),
        account("Assets:Bank USD", Class::Asset),
        account("Assets:現金", Class::Asset),
        account("Assets:Receivable", Class::Asset),
        account("Assets:Equipment", Class::Asset),
        account("Assets:Equipment:Depreciation", Class::Asset),
        account("Liabilities:Credit card", Class::Liability),
        account("Liabilities:VAT", Class::Liability),
        account("Liabilities:Loan", Class::Liability),
        account("Equity:Capital", Class::Equity),
        account("Equity:Retained earnings", Class::Equity),
        account("Income:Sales", Class::Income),
        account("Income:Exchange differences", Class::Income).with_role(Role::Exchange),
        account("Expenses:Rent", Class::Expense),
        account("Expenses:餐飲", Class::Expense),
        account("Expenses:Depreciation", Class::Expense),
        account("Expenses:Unclassified", Class::Expense),
    ]
}

/// A fresh book in a folder of its own.
pub fn book() -> (TempDir, Book) {
    let folder = tempfile::tempdir().unwrap();
    let book = Book::create(&folder.path().join("a.book"), info(), chart()).unwrap();
    (folder, book)
}

/// An entry: the postings are an account, an amount and perhaps a currency each.
pub fn draft(date: &str, what: &str, postings: &[(&str, &str)]) -> Draft {
    let posting = |(account, amount): &(&str, &str)| {
        let (amount, currency) = amount.split_once(' ').unwrap_or((amount, "EUR"));
        DraftPosting::new(account, decimal(amount), currency)
    };
    Draft {
        date: day(date),
        description: what.to_owned(),
        postings: postings.iter().map(posting).collect(),
        ..Draft::default()
    }
}

/// A year with everything in it: sales with tax, wages of nobody, a loan, equipment, dollars.
#[expect(
    clippy::too_many_lines,
    reason = "a list of entries, best read in one piece"
)]
pub fn year() -> (TempDir, Book) {
    let (folder, mut book) = book();
    let rate = |date: &str, rate: &str| Rate {
        date: day(date),
        currency: "USD".to_owned(),
        rate: rate.to_owned(),
    };
    let mut sale = draft(
        "2026-02-10",
        "Invoice 1; =paid by \"ACME\"",
        &[
            ("Assets:Receivable", "1200"),
            ("Income:Sales", "-1000"),
            ("Liabilities:VAT", "-200"),
        ],
    );
    sale.tax = Some("S20".to_owned());
    sale.counterparty = "=ACME()".to_owned();
    sale.tags = vec!["big one".to_owned()];
    sale.note = "due date: [2026-03-10]\nsecond line".to_owned();
    let mut lunch = draft(
        "2026-03-04",
        "午餐",
        &[
            ("Expenses:餐飲", "84.50"),
            ("Liabilities:Credit card", "-84.50"),
        ],
    );
    lunch.counterparty = "麵館".to_owned();
    lunch.source = "上週三午餐 84.50".to_owned();
    let mut dollars = draft(
        "2026-05-01",
        "Bought dollars",
        &[("Assets:Bank USD", "110 USD"), ("Assets:Bank", "-100")],
    );
    dollars.postings[0].worth = Some((decimal("100"), "EUR".to_owned()));
    let entries = vec![
        draft(
            "2026-01-01",
            "Capital",
            &[("Assets:Bank", "5000"), ("Equity:Capital", "-5000")],
        ),
        draft(
            "2026-01-02",
            "Loan",
            &[("Assets:Bank", "2000"), ("Liabilities:Loan", "-2000")],
        ),
        draft(
            "2026-01-05",
            "Press",
            &[("Assets:Equipment", "3000"), ("Assets:Bank", "-3000")],
        ),
        sale,
        draft(
            "2026-02-28",
            "ACME paid",
            &[("Assets:Bank", "1200"), ("Assets:Receivable", "-1200")],
        ),
        draft(
            "2026-03-01",
            "Rent",
            &[("Expenses:Rent", "2400"), ("Assets:Bank", "-2400")],
        ),
        lunch,
        draft(
            "2026-04-01",
            "To the till",
            &[("Assets:現金", "50"), ("Assets:Bank", "-50")],
        ),
        dollars,
        draft(
            "2026-06-01",
            "Hosting",
            &[
                ("Expenses:Unclassified", "11 USD"),
                ("Assets:Bank USD", "-11 USD"),
            ],
        ),
        draft(
            "2026-07-01",
            "Yen",
            &[
                ("Expenses:Rent", "900 JPY"),
                ("Liabilities:Credit card", "-900 JPY"),
            ],
        ),
        draft(
            "2026-12-31",
            "Wear",
            &[
                ("Expenses:Depreciation", "600"),
                ("Assets:Equipment:Depreciation", "-600"),
            ],
        ),
    ];
    book.commit(&Change {
        taxes: vec![TaxCode {
            code: "S20".to_owned(),
            label: "Sales 20 %".to_owned(),
            percent: "20".to_owned(),
            account: "Liabilities:VAT".to_owned(),
        }],
        rates: vec![rate("2026-05-01", "0.91"), rate("2026-12-31", "0.95")],
        entries,
        ..Change::default()
    })
    .unwrap();
    (folder, book)
}
