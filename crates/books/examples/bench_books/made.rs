//! A book of any size, made of a fixed seed: always the same entries.

use std::path::Path;

use books::{Account, Book, BookError, BookInfo, Class, Draft, DraftPosting};
use jiff::ToSpan as _;
use jiff::civil::date;
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
}

fn chart() -> Vec<Account> {
    let mut chart = vec![
        Account::named("Assets:Bank", Class::Asset),
        Account::named("Assets:Cash", Class::Asset),
        Account::named("Assets:Receivable", Class::Asset),
        Account::named("Liabilities:Payable", Class::Liability),
        Account::named("Equity:Capital", Class::Equity),
    ];
    for number in 0..40 {
        chart.push(Account::named(
            &format!("Expenses:Category {number}"),
            Class::Expense,
        ));
    }
    for number in 0..10 {
        chart.push(Account::named(
            &format!("Income:Line {number}"),
            Class::Income,
        ));
    }
    chart
}

/// Makes the book: two years, two to four postings an entry.
pub fn book(path: &Path, entries: usize) -> Result<Book, BookError> {
    let info = BookInfo {
        title: "Bench".to_owned(),
        currency: "EUR".to_owned(),
        fiscal_month: 1,
        fiscal_day: 1,
    };
    let mut book = Book::create(path, info, chart())?;
    let mut dice = Dice(5);
    let drafts = (0..entries).map(|_| draft(&mut dice)).collect();
    book.post(drafts)?;
    Ok(book)
}

fn draft(dice: &mut Dice) -> Draft {
    let cents =
        |dice: &mut Dice| Decimal::new(i64::try_from(dice.roll(500_000)).unwrap_or(1) + 1, 2);
    let days = i64::try_from(dice.roll(730)).unwrap_or_default();
    let mut postings = Vec::new();
    let mut sum = Decimal::ZERO;
    let is_sale = dice.roll(4) == 0;
    for _ in 0..=dice.roll(3) {
        let amount = if is_sale { -cents(dice) } else { cents(dice) };
        let account = if is_sale {
            format!("Income:Line {}", dice.roll(10))
        } else {
            format!("Expenses:Category {}", dice.roll(40))
        };
        sum += amount;
        postings.push(DraftPosting::new(&account, amount, "EUR"));
    }
    let money = [
        "Assets:Bank",
        "Assets:Cash",
        "Assets:Receivable",
        "Liabilities:Payable",
    ];
    let place = usize::try_from(dice.roll(4)).unwrap_or_default();
    postings.push(DraftPosting::new(money[place], -sum, "EUR"));
    Draft {
        date: date(2025, 1, 1).saturating_add(days.days()),
        description: format!("Entry about something or other {}", dice.roll(1000)),
        counterparty: format!("Payee {}", dice.roll(300)),
        postings,
        ..Draft::default()
    }
}
