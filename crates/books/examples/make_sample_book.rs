//! Makes `assets/samples/lantern-and-quill.journal`: a year of a small company's books, invented from
//! a fixed seed. Run `cargo run --example make_sample_book` at the root of the project.
//!
//! The company buys paper and lamps and sells them to offices; it has staff, a loan, a van, a card,
//! a supplier in America, and customers with Chinese names.

use std::error::Error;
use std::path::Path;

use books::export::{Format, write};
use books::statements::Statements;
use books::{
    Account, Book, BookInfo, Change, Class, Draft, DraftPosting, Language, Period, Rate, Role,
    TaxCode,
};
use jiff::civil::{Date, date};
use rust_decimal::Decimal;

/// A small generator of numbers that is the same everywhere (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % below
    }

    /// An amount between two, in cents.
    fn amount(&mut self, from: u64, to: u64) -> Decimal {
        let cents = from * 100 + self.roll((to - from) * 100);
        Decimal::new(i64::try_from(cents).unwrap_or_default(), 2)
    }

    fn day(&mut self, month: i8) -> Date {
        let day = 1 + i8::try_from(self.roll(28)).unwrap_or_default();
        date(2025, month, day)
    }

    fn pick<'a>(&mut self, names: &[&'a str]) -> &'a str {
        let place = usize::try_from(self.roll(names.len() as u64)).unwrap_or_default();
        names[place]
    }
}

const CUSTOMERS: [&str; 6] = [
    "Harbour Dental",
    "Orrin & Vale Solicitors",
    "竹風設計",
    "Moss Street School",
    "Juniper Travel",
    "青石书店",
];
const SUPPLIERS: [&str; 4] = [
    "Northwick Paper Mill",
    "Corvane Lighting",
    "Tessel Packaging",
    "和順紙業",
];
const SMALL: [(&str, &str, u64, u64); 6] = [
    ("Expenses:Travel", "Train to a customer", 18, 140),
    ("Expenses:Meals", "Lunch with a customer", 22, 95),
    ("Expenses:Meals", "與客戶午餐", 20, 80),
    ("Expenses:Office", "Printer ink and post", 9, 70),
    ("Expenses:Software", "Subscriptions", 12, 60),
    ("Expenses:Van", "Fuel", 40, 95),
];

fn chart() -> Vec<Account> {
    let account = |name: &str, class| Account::named(name, class);
    vec![
        account("Assets:Bank", Class::Asset),
        account("Assets:Bank USD", Class::Asset),
        account("Assets:Cash", Class::Asset),
        account("Assets:Receivable", Class::Asset),
        account("Assets:Stock", Class::Asset),
        account("Assets:Vehicle", Class::Asset),
        account("Assets:Vehicle:Accumulated depreciation", Class::Asset),
        account("Assets:Input VAT", Class::Asset).with_role(Role::Tax),
        account("Liabilities:Payable", Class::Liability),
        account("Liabilities:Company card", Class::Liability),
        account("Liabilities:Output VAT", Class::Liability).with_role(Role::Tax),
        account("Liabilities:Wage tax", Class::Liability),
        account("Liabilities:Loan", Class::Liability),
        account("Equity:Capital", Class::Equity),
        account("Equity:Drawings", Class::Equity),
        account("Equity:Retained earnings", Class::Equity),
        account("Income:Sales", Class::Income),
        account("Income:Exchange differences", Class::Income).with_role(Role::Exchange),
        account("Expenses:Cost of goods", Class::Expense),
        account("Expenses:Wages", Class::Expense),
        account("Expenses:Rent", Class::Expense),
        account("Expenses:Utilities", Class::Expense),
        account("Expenses:Travel", Class::Expense),
        account("Expenses:Meals", Class::Expense),
        account("Expenses:Office", Class::Expense),
        account("Expenses:Software", Class::Expense),
        account("Expenses:Van", Class::Expense),
        account("Expenses:Interest", Class::Expense),
        account("Expenses:Bank fees", Class::Expense),
        account("Expenses:Depreciation", Class::Expense),
        account("Expenses:Unclassified", Class::Expense),
    ]
}

fn entry(date: Date, what: &str, who: &str, postings: &[(&str, Decimal)]) -> Draft {
    let postings = postings
        .iter()
        .map(|(account, amount)| DraftPosting::new(account, *amount, "EUR"));
    Draft {
        date,
        description: what.to_owned(),
        counterparty: who.to_owned(),
        postings: postings.collect(),
        ..Draft::default()
    }
}

fn taxed(mut entry: Draft, code: &str) -> Draft {
    entry.tax = Some(code.to_owned());
    entry
}

fn tax(net: Decimal) -> Decimal {
    books::money::round(net * Decimal::new(20, 2), "EUR")
}

fn beginning() -> Vec<Draft> {
    let whole = |number: i64| Decimal::from(number);
    vec![
        entry(
            date(2025, 1, 1),
            "Capital paid in",
            "",
            &[
                ("Assets:Bank", whole(40_000)),
                ("Equity:Capital", whole(-40_000)),
            ],
        ),
        entry(
            date(2025, 1, 2),
            "Loan for the van",
            "Quayside Bank",
            &[
                ("Assets:Bank", whole(18_000)),
                ("Liabilities:Loan", whole(-18_000)),
            ],
        ),
        taxed(
            entry(
                date(2025, 1, 9),
                "Van",
                "Aldermill Motors",
                &[
                    ("Assets:Vehicle", whole(20_000)),
                    ("Assets:Input VAT", whole(4_000)),
                    ("Assets:Bank", whole(-24_000)),
                ],
            ),
            "P20",
        ),
    ]
}

/// What happens every month on its day.
#[expect(
    clippy::too_many_lines,
    reason = "a list of entries, best read in one piece"
)]
fn regular(month: i8, dice: &mut Dice) -> Vec<Draft> {
    let amount = |text: &str| books::money::parse(text).unwrap_or_default();
    let on = |day: i8| date(2025, month, day);
    let power = dice.amount(180, 320);
    let interest = amount("75.00") - Decimal::new(i64::from(month) * 310, 2);
    let mut entries = vec![
        entry(
            on(1),
            "Rent of the workshop",
            "Fennick Estates",
            &[
                ("Expenses:Rent", amount("1450.00")),
                ("Assets:Bank", amount("-1450.00")),
            ],
        ),
        entry(
            on(25),
            "Wages",
            "",
            &[
                ("Expenses:Wages", amount("5200.00")),
                ("Assets:Bank", amount("-4030.00")),
                ("Liabilities:Wage tax", amount("-1170.00")),
            ],
        ),
        taxed(
            entry(
                on(12),
                "電費 Electricity",
                "Brightwell Energy",
                &[
                    ("Expenses:Utilities", power),
                    ("Assets:Input VAT", tax(power)),
                    ("Assets:Bank", -power - tax(power)),
                ],
            ),
            "P20",
        ),
        entry(
            on(15),
            "Loan instalment",
            "Quayside Bank",
            &[
                ("Liabilities:Loan", amount("500.00")),
                ("Expenses:Interest", interest),
                ("Assets:Bank", amount("-500.00") - interest),
            ],
        ),
        entry(
            on(28),
            "Wear of the van",
            "",
            &[
                ("Expenses:Depreciation", amount("333.33")),
                ("Assets:Vehicle:Accumulated depreciation", amount("-333.33")),
            ],
        ),
        entry(
            on(28),
            "Drawings",
            "",
            &[
                ("Equity:Drawings", amount("1200.00")),
                ("Assets:Bank", amount("-1200.00")),
            ],
        ),
        entry(
            on(28),
            "Account fee",
            "Quayside Bank",
            &[
                ("Expenses:Bank fees", amount("14.90")),
                ("Assets:Bank", amount("-14.90")),
            ],
        ),
    ];
    if month > 1 {
        entries.push(entry(
            on(10),
            "Wage tax of last month",
            "Tax office",
            &[
                ("Liabilities:Wage tax", amount("1170.00")),
                ("Assets:Bank", amount("-1170.00")),
            ],
        ));
    }
    entries
}

/// Sales, purchases and small spending of a month; what is sold is paid in the next.
#[expect(
    clippy::too_many_lines,
    reason = "a list of entries, best read in one piece"
)]
fn trade(month: i8, dice: &mut Dice) -> Vec<Draft> {
    let mut entries = Vec::new();
    for number in 0..7 + dice.roll(5) {
        let (net, who, day) = (
            dice.amount(400, 3_900),
            dice.pick(&CUSTOMERS),
            dice.day(month),
        );
        let gross = net + tax(net);
        let what = format!("Invoice {month:02}{number:02}");
        entries.push(taxed(
            entry(
                day,
                &what,
                who,
                &[
                    ("Assets:Receivable", gross),
                    ("Income:Sales", -net),
                    ("Liabilities:Output VAT", -tax(net)),
                ],
            ),
            "S20",
        ));
        let cost = books::money::round(net * Decimal::new(43, 2), "EUR");
        entries.push(entry(
            day,
            &format!("Goods of {what}"),
            who,
            &[("Expenses:Cost of goods", cost), ("Assets:Stock", -cost)],
        ));
        if month < 12 {
            let paid = dice.day(month + 1);
            entries.push(entry(
                paid,
                &format!("{what} paid"),
                who,
                &[("Assets:Bank", gross), ("Assets:Receivable", -gross)],
            ));
        }
    }
    for _ in 0..4 {
        let (net, who, day) = (
            dice.amount(1_300, 3_400),
            dice.pick(&SUPPLIERS),
            dice.day(month),
        );
        let gross = net + tax(net);
        entries.push(taxed(
            entry(
                day,
                "Paper, lamps, boxes",
                who,
                &[
                    ("Assets:Stock", net),
                    ("Assets:Input VAT", tax(net)),
                    ("Liabilities:Payable", -gross),
                ],
            ),
            "P20",
        ));
        if month < 12 {
            entries.push(entry(
                dice.day(month + 1),
                "Bill paid",
                who,
                &[("Liabilities:Payable", gross), ("Assets:Bank", -gross)],
            ));
        }
    }
    for _ in 0..6 + dice.roll(4) {
        let place = usize::try_from(dice.roll(SMALL.len() as u64)).unwrap_or_default();
        let (account, what, from, to) = SMALL[place];
        let amount = dice.amount(from, to);
        entries.push(entry(
            dice.day(month),
            what,
            "",
            &[(account, amount), ("Liabilities:Company card", -amount)],
        ));
    }
    entries
}

/// Dollars for a supplier in America.
fn dollars() -> Vec<Draft> {
    let amount = |text: &str| books::money::parse(text).unwrap_or_default();
    let mut bought = entry(
        date(2025, 3, 3),
        "Dollars bought",
        "Quayside Bank",
        &[("Assets:Bank", amount("-1850.00"))],
    );
    bought.postings.push(
        DraftPosting::new("Assets:Bank USD", amount("2000.00"), "USD")
            .worth(amount("1850.00"), "EUR"),
    );
    let paid = |day: Date, figure: &str| {
        let mut paid = entry(day, "Lamp samples", "Prairie Lamp Works", &[]);
        paid.postings = vec![
            DraftPosting::new("Expenses:Cost of goods", amount(figure), "USD"),
            DraftPosting::new("Assets:Bank USD", -amount(figure), "USD"),
        ];
        paid
    };
    vec![
        bought,
        paid(date(2025, 4, 7), "640.00"),
        paid(date(2025, 9, 18), "525.50"),
    ]
}

/// What a quarter's taxes come to is paid in the next month, and the card every month's end.
fn settlements(entries: &[Draft]) -> Vec<Draft> {
    let sum = |account: &str, from: Date, to: Date| -> Decimal {
        entries
            .iter()
            .filter(|entry| from <= entry.date && entry.date <= to)
            .flat_map(|entry| &entry.postings)
            .filter(|posting| posting.account == account)
            .map(|posting| posting.amount)
            .sum()
    };
    let mut settled = Vec::new();
    for quarter in 0..3_i8 {
        let (from, last) = (
            date(2025, quarter * 3 + 1, 1),
            date(2025, quarter * 3 + 3, 1).last_of_month(),
        );
        let (output, input) = (
            sum("Liabilities:Output VAT", from, last),
            sum("Assets:Input VAT", from, last),
        );
        settled.push(entry(
            date(2025, quarter * 3 + 4, 20),
            &format!("VAT of quarter {}", quarter + 1),
            "Tax office",
            &[
                ("Liabilities:Output VAT", -output),
                ("Assets:Input VAT", -input),
                ("Assets:Bank", output + input),
            ],
        ));
    }
    for month in 1..12 {
        let from = date(2025, month, 1);
        let card = sum("Liabilities:Company card", from, from.last_of_month());
        settled.push(entry(
            date(2025, month + 1, 5),
            "Card of last month",
            "Quayside Bank",
            &[("Liabilities:Company card", -card), ("Assets:Bank", card)],
        ));
    }
    settled
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut dice = Dice(2025);
    let mut entries = beginning();
    for month in 1..=12 {
        entries.extend(regular(month, &mut dice));
        entries.extend(trade(month, &mut dice));
    }
    entries.extend(dollars());
    entries.extend(settlements(&entries));
    entries.sort_by_key(|entry| entry.date);
    let folder = tempfile::tempdir()?;
    let info = BookInfo {
        title: "Lantern & Quill Ltd 燈與筆".to_owned(),
        currency: "EUR".to_owned(),
        fiscal_month: 1,
        fiscal_day: 1,
    };
    let mut book = Book::create(&folder.path().join("sample.book"), info, chart())?;
    let code = |code: &str, label: &str, account: &str| TaxCode {
        code: code.to_owned(),
        label: label.to_owned(),
        percent: "20".to_owned(),
        account: account.to_owned(),
    };
    let rate = |day: Date, rate: &str| Rate {
        date: day,
        currency: "USD".to_owned(),
        rate: rate.to_owned(),
    };
    book.commit(&Change {
        taxes: vec![
            code("S20", "Sales at 20 %", "Liabilities:Output VAT"),
            code("P20", "Purchases at 20 %", "Assets:Input VAT"),
        ],
        rates: vec![
            rate(date(2025, 3, 3), "0.925"),
            rate(date(2025, 4, 7), "0.912"),
            rate(date(2025, 9, 18), "0.851"),
            rate(date(2025, 12, 31), "0.858"),
        ],
        entries,
        ..Change::default()
    })?;
    book.revalue(date(2025, 12, 31))?;
    let year = Period::new(date(2025, 1, 1), date(2025, 12, 31))?;
    let statements = Statements::new(book.journal(), vec![year], Language::English);
    if let Some(tie) = statements.ties().iter().find(|tie| !tie.holds()) {
        return Err(format!("{tie:?} does not hold").into());
    }
    // The seal depends on when the lines were written; the sample has to be the same always.
    let journal = String::from_utf8(write(&statements, book.seal(), Format::Hledger)?)?;
    let lines: Vec<&str> = journal
        .lines()
        .filter(|line| !line.starts_with("; seal"))
        .collect();
    let target = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../assets/samples/lantern-and-quill.journal");
    std::fs::write(&target, format!("{}\n", lines.join("\n")))?;
    println!("{} entries", book.journal().entries().len());
    Ok(())
}
