//! The assistant as a whole, with a model that was told what to say or with none at all.

#![expect(
    clippy::unwrap_used,
    reason = "a test, with its helpers outside the test functions"
)]

use std::sync::Arc;

use assistant::artifact::{Artifact, BookEntry, BooksResult};
use assistant::{Answer, Assistant, Inputs, Plan, SoFar, Verdict};
use ledger::{Correction, FileMemory, Ledger, Memory};
use proptest::prelude::*;
use tokio_util::sync::CancellationToken;

fn ledger(folder: &std::path::Path) -> Ledger {
    Ledger::new(Arc::new(FileMemory::new(folder.to_owned()))).unwrap()
}

/// Runs a task to its end. `chosen` is the option that the model is sure of; without it there is none.
async fn run(ledger: &Ledger, inputs: &Inputs, chosen: Option<&str>) -> Verdict {
    let cancel = CancellationToken::new();
    let task = ledger.ground(inputs, &|_| {}, &cancel).await.unwrap();
    let mut so_far = SoFar::default();
    loop {
        let answer = match (task.plan(&so_far), chosen) {
            (Plan::Choose(_, options), Some(chosen)) => {
                let chances = options
                    .iter()
                    .map(|option| if option == chosen { 0.98 } else { 0.02 / 30.0 });
                Answer::Chances(chances.collect())
            }
            _ => Answer::Nothing,
        };
        let verdict = task.check(&so_far, &answer, &cancel).await.unwrap();
        if !verdict.goes_on {
            return verdict;
        }
        so_far.accepted.push(answer);
    }
}

fn books(verdict: &Verdict) -> &BooksResult {
    match &verdict.artifact {
        Some(Artifact::Books(books)) => books,
        other => panic!("not books: {other:?}"),
    }
}

async fn propose(text: &str) -> BooksResult {
    let folder = tempfile::tempdir().unwrap();
    let inputs = Inputs::from([("text", text), ("today", "2025-03-14")]);
    let verdict = run(&ledger(folder.path()), &inputs, None).await;
    assert!(verdict.is_accepted(), "{text}: {:?}", verdict.checks);
    books(&verdict).clone()
}

/// An entry in one line: date, postings, and what is doubted.
fn line(entry: &BookEntry) -> String {
    let postings: Vec<String> = entry
        .postings
        .iter()
        .map(|posting| {
            format!(
                "{} {} {}",
                posting.account, posting.amount, posting.currency
            )
        })
        .collect();
    let doubts: Vec<&str> = entry
        .doubts
        .iter()
        .map(|doubt| doubt.field.as_str())
        .collect();
    format!(
        "{} {}: {} {doubts:?}",
        entry.date,
        entry.direction,
        postings.join(", ")
    )
}

#[track_caller]
fn check(text: &str, entries: &[&str], unresolved: &[&str]) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let books = runtime.block_on(propose(text));
    let found: Vec<String> = books.entries.iter().map(line).collect();
    assert_eq!(found, entries, "{text}");
    let codes: Vec<&str> = books
        .unresolved
        .iter()
        .map(|leftover| leftover.code.as_str())
        .collect();
    assert_eq!(codes, unresolved, "{text}");
}

#[test]
fn happenings_become_entries() {
    check(
        "Lunch with ACME 84.50 on the company card yesterday",
        &["2025-03-13 expense: Expenses:Meals 84.50 USD, Liabilities:Credit Card -84.50 USD []"],
        &[],
    );
    check(
        "上週三買了兩台螢幕共 12,600 元",
        &["2025-03-05 expense: Expenses:Equipment 12600 TWD, Assets:Bank -12600 TWD []"],
        &[],
    );
    check(
        "moved 500 from checking to savings",
        &["2025-03-14 transfer: Assets:Savings 500.00 USD, Assets:Bank -500.00 USD []"],
        &[],
    );
    check(
        "web hosting €100 plus 20% VAT",
        &[
            "2025-03-14 expense: Expenses:Software 100.00 EUR, Liabilities:Sales Tax 20.00 EUR, Assets:Bank -120.00 EUR []",
        ],
        &[],
    );
    check(
        "前天退了一件外套，退款 599 元",
        // No letter of it tells the script, so that the yuan could be either.
        &[
            "2025-03-12 refund: Assets:Bank 599.00 CNY, Expenses:Clothing -599.00 CNY [\"currency\"]",
        ],
        &[],
    );
    check(
        "dinner with Tom 90, half mine, cash",
        &[
            "2025-03-14 expense: Expenses:Meals 45.00 USD, Assets:Accounts Receivable 45.00 USD, Assets:Cash -90.00 USD [\"amount\"]",
        ],
        &[],
    );
    check(
        "Exchanged 500 EUR for 540 USD",
        &[
            "2025-03-14 transfer: Assets:Bank 540.00 USD, Equity:Conversions -540.00 USD, Equity:Conversions 500.00 EUR, Assets:Bank -500.00 EUR [\"amount\"]",
        ],
        &[],
    );
}

#[test]
fn bad_input_is_said_clearly() {
    check("Lunch with Bob", &[], &["no-amount"]);
    check("lunch for 1e400 dollars", &[], &["amount-too-large"]);
    check("lunch 0", &[], &["amount-zero"]);
    check(
        "toner 65 on February 31",
        &[
            "2025-02-28 expense: Expenses:Office Supplies 65.00 USD, Assets:Bank -65.00 USD [\"date\"]",
        ],
        &[],
    );
    check(
        "rent 1,200 on March 1 or March 2",
        &["2025-03-01 expense: Expenses:Rent 1200.00 USD, Assets:Bank -1200.00 USD [\"date\"]"],
        &[],
    );
    check(
        "refund of -25 for the lamp",
        &["2025-03-14 refund: Assets:Bank 25.00 USD, Expenses:Equipment -25.00 USD [\"amount\"]"],
        &[],
    );
    check(
        "lunch 20 XYZ",
        &["2025-03-14 expense: Expenses:Meals 20.00 USD, Assets:Bank -20.00 USD [\"currency\"]"],
        &[],
    );
    check(
        "flurble 30",
        &[
            "2025-03-14 expense: Expenses:Miscellaneous 30.00 USD, Assets:Bank -30.00 USD [\"account\", \"direction\"]",
        ],
        &[],
    );
    check("🎉 🎉", &[], &[]);
}

#[tokio::test]
async fn the_model_chooses_what_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = ledger(folder.path());
    let inputs = Inputs::from([
        ("text", "flurble 30, snorkwidget 40"),
        ("today", "2025-03-14"),
    ]);
    let verdict = run(&ledger, &inputs, Some("Gifts")).await;
    let entries = &books(&verdict).entries;
    assert_eq!(entries.len(), 2);
    for entry in entries {
        assert_eq!(entry.postings[0].account, "Expenses:Gifts");
        assert!(entry.doubts.is_empty(), "{:?}", entry.doubts);
    }
}

#[tokio::test]
async fn corrections_come_first() {
    let folder = tempfile::tempdir().unwrap();
    let memory = FileMemory::new(folder.path().to_owned());
    let correction = Correction {
        text: "Blue Bottle".into(),
        account: "Expenses:Cost of Goods".into(),
    };
    memory.keep("shop", &correction).unwrap();
    let ledger = Ledger::new(Arc::new(memory)).unwrap();
    let text = "Blue Bottle coffee 18";
    let of_book = Inputs::from([("text", text), ("book", "shop")]);
    let verdict = run(&ledger, &of_book, None).await;
    assert_eq!(
        books(&verdict).entries[0].postings[0].account,
        "Expenses:Cost of Goods"
    );
    let without = Inputs::from([("text", text)]);
    let verdict = run(&ledger, &without, None).await;
    assert_eq!(
        books(&verdict).entries[0].postings[0].account,
        "Expenses:Meals"
    );
}

#[tokio::test]
async fn inputs_that_cannot_be_used_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = ledger(folder.path());
    let cancel = CancellationToken::new();
    for (name, value) in [
        ("book", "../etc"),
        ("currency", "XYZ"),
        ("chart", "none"),
        ("today", "2025-02-31"),
        ("corrections", "{"),
    ] {
        let inputs = Inputs::from([("text", "lunch 20"), (name, value)]);
        let fault = ledger.ground(&inputs, &|_| {}, &cancel).await.err();
        assert!(fault.is_some(), "{name} = {value} was taken");
    }
}

#[tokio::test]
async fn a_long_text_is_read_in_little_time() {
    let text =
        "Yesterday lunch with ACME 84.50 on the card, taxi 12; 昨天買了兩台螢幕共 12,600 元。\n"
            .repeat(1_000);
    let began = std::time::Instant::now();
    let books = propose(&text).await;
    assert_eq!(books.entries.len(), 3_000);
    assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is typed: no crash, every entry balances, no sum is lost.
    #[test]
    fn anything_may_be_typed(text in "([a-z ]{0,12}|[0-9.,]{1,9}|\\$|€|元|塊|[一二三五十百千萬點半]{1,5}|，|、|。|\n| and | yesterday|上週三|3/5|2月31日|incl. 20% VAT|half mine|退款|🎉){0,14}") {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let books = runtime.block_on(propose(&text));
        prop_assert!(books.entries.iter().all(|entry| entry.postings.len() >= 2));
    }
}
