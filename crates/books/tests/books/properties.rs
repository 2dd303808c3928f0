//! Whatever is posted, the book holds together.

use books::statements::Statements;
use books::{Book, Change, Draft, DraftPosting, Language, Period, Rate};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::common::{chart, info};

/// Things that people do to a book.
#[derive(Debug, Clone)]
pub enum Deed {
    Post(Draft),
    Reverse(u32),
    Close(Date),
    Revalue(Date),
    Lock(Option<Date>),
    Rate(Date, String, u32),
}

fn any_day() -> impl Strategy<Value = Date> {
    (0..1000_i32).prop_map(|days| date(2025, 1, 1).checked_add(days.days()).unwrap())
}

fn amount() -> impl Strategy<Value = Decimal> {
    (-10_000_000_i64..10_000_000, 0..=2_u32).prop_map(|(digits, scale)| Decimal::new(digits, scale))
}

/// A balanced entry of two to four postings in one currency, or an exchange between two.
pub fn any_draft() -> impl Strategy<Value = Draft> {
    let accounts = prop::collection::vec(0..chart().len(), 4);
    let amounts = prop::collection::vec(amount(), 1..=3);
    let currency = prop::sample::select(vec!["EUR", "EUR", "EUR", "USD", "JPY", "$"]);
    let texts = ("\\PC{0,12}", "\\PC{0,8}");
    (any_day(), accounts, amounts, currency, texts, any::<bool>()).prop_map(
        |(date, accounts, mut amounts, currency, (description, counterparty), is_exchange)| {
            let sum: Decimal = amounts.iter().sum();
            amounts.push(-sum);
            let chart = chart();
            let mut postings: Vec<DraftPosting> = amounts
                .iter()
                .zip(accounts)
                .map(|(amount, account)| DraftPosting::new(&chart[account].name, *amount, currency))
                .collect();
            if is_exchange {
                let first = &mut postings[0];
                first.worth = Some((first.amount, currency.to_owned()));
                first.amount = (first.amount * Decimal::new(31, 1)).round_dp(2);
                first.currency = "GBP".to_owned();
            }
            Draft {
                date,
                description,
                counterparty,
                postings,
                ..Draft::default()
            }
        },
    )
}

fn any_deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        8 => any_draft().prop_map(Deed::Post),
        1 => (1..30_u32).prop_map(Deed::Reverse),
        1 => any_day().prop_map(Deed::Close),
        1 => any_day().prop_map(Deed::Revalue),
        1 => prop::option::weighted(0.3, any_day()).prop_map(Deed::Lock),
        1 => (any_day(), prop::sample::select(vec!["USD", "JPY"]), 1..50_000_u32)
            .prop_map(|(day, currency, rate)| Deed::Rate(day, currency.to_owned(), rate)),
    ]
}

/// Deeds that the book refuses are fine; what matters is what it is afterwards.
pub fn perform(book: &mut Book, deed: Deed) {
    let _ = match deed {
        Deed::Post(draft) => book.post(vec![draft]).map(drop),
        Deed::Reverse(number) => book.reverse(number, None).map(drop),
        Deed::Close(day) => book.close_year(day).map(drop),
        Deed::Revalue(day) => book.revalue(day).map(drop),
        Deed::Lock(day) => book.lock(day),
        Deed::Rate(date, currency, rate) => {
            let rate = Decimal::new(i64::from(rate), 4).to_string();
            let rates = vec![Rate {
                date,
                currency,
                rate,
            }];
            book.commit(&Change {
                rates,
                ..Change::default()
            })
            .map(drop)
        }
    };
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_book_holds_together_whatever_is_done_to_it(deeds in prop::collection::vec(any_deed(), 1..40)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.book");
        let mut book = Book::create(&path, info(), chart()).unwrap();
        for deed in deeds {
            perform(&mut book, deed);
        }
        let again = Book::open(&path).unwrap();
        prop_assert_eq!(again.journal().entries(), book.journal().entries());
        prop_assert_eq!(again.verify().unwrap().seal, book.seal());
        for entry in book.journal().entries() {
            let mut sums = std::collections::HashMap::new();
            for posting in &entry.postings {
                *sums.entry(posting.value_currency).or_insert(Decimal::ZERO) += posting.value;
            }
            prop_assert!(sums.values().all(Decimal::is_zero));
        }
        let year = Period::new(date(2026, 4, 1), date(2027, 3, 31)).unwrap();
        let mut periods = vec![year, year.previous()];
        periods.extend(year.quarters());
        let statements = Statements::new(book.journal(), periods, Language::English);
        for tie in statements.ties() {
            prop_assert!(tie.holds(), "{:?}", tie);
        }
    }
}
