//! Books through the one door that window and command line use.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set its scene up has failed"
)]

use std::sync::Arc;

use assistant::artifact::{Account, Artifact, BookEntry, BookPosting, BooksResult};
use assistant::{Code, Inputs};
use desk::{
    BookCreation, BookExportFormat, BookImport, BookOpening, BookQuery, BookView, Comparison, Desk,
    DeskOptions, RunRequest,
};
use tokio_util::sync::CancellationToken;

async fn desk() -> (tempfile::TempDir, Desk) {
    let folder = tempfile::tempdir().unwrap();
    let options = DeskOptions {
        data_dir: Some(folder.path().to_owned()),
        ..DeskOptions::default()
    };
    let desk = Desk::open(options).await.unwrap();
    (folder, desk)
}

fn posting(account: &str, amount: &str) -> BookPosting {
    BookPosting {
        account: account.to_owned(),
        amount: amount.to_owned(),
        currency: "EUR".to_owned(),
    }
}

fn proposal() -> BooksResult {
    let account = |name: &str, label: &str, class: &str| Account {
        name: name.to_owned(),
        label: label.to_owned(),
        class: class.to_owned(),
    };
    BooksResult {
        entries: vec![BookEntry {
            date: "2026-03-04".to_owned(),
            description: "Lunch".to_owned(),
            counterparty: "ACME".to_owned(),
            postings: vec![
                posting("Expenses:Meals", "84.50"),
                posting("Assets:Card", "-84.50"),
            ],
            source: "Lunch with ACME 84.50".to_owned(),
            confidence: 0.9,
            ..BookEntry::default()
        }],
        accounts: vec![
            account("Assets:Card", "Card", "asset"),
            account("Expenses:Meals", "Meals", "expense"),
        ],
        ..BooksResult::default()
    }
}

fn everything() -> BookQuery {
    BookQuery {
        limit: 100,
        ..BookQuery::default()
    }
}

#[tokio::test]
async fn a_proposal_is_posted_once_and_keeps_its_sentence() {
    let (_folder, desk) = desk().await;
    let run = || "01J".to_owned();
    let posted = desk
        .post_proposal(proposal(), run(), "main".to_owned())
        .await
        .unwrap();
    assert_eq!(posted.entries, [1]);
    let again = desk
        .post_proposal(proposal(), run(), "main".to_owned())
        .await;
    assert_eq!(again.unwrap_err().code, Code::EntryRefused);
    let found = desk.book_entries("main", everything()).await.unwrap();
    assert_eq!(
        (found.total, found.entries[0].source.as_str()),
        (1, "Lunch with ACME 84.50")
    );
    assert_eq!(found.entries[0].run.as_deref(), Some("01J"));
    // Once it is undone it may be posted again.
    desk.reverse_entry("main", 1, None).await.unwrap();
    let posted = desk
        .post_proposal(proposal(), run(), "main".to_owned())
        .await
        .unwrap();
    assert_eq!(posted.entries, [3]);
    let mut draft = proposal();
    draft.draft = true;
    let refused = desk
        .post_proposal(draft, "02J".to_owned(), "main".to_owned())
        .await;
    assert_eq!(refused.unwrap_err().code, Code::EntryRefused);
}

/// What the ledger proposes for the book `shop`, and the run that it did so in.
async fn proposed(desk: &Desk, text: &str) -> (BooksResult, String) {
    let request = RunRequest {
        id: None,
        assistant: "ledger".to_owned(),
        inputs: Inputs::from([("text", text), ("today", "2026-03-05"), ("book", "shop")]),
        model: None,
        seed: None,
        exact: false,
    };
    let report = desk.run(request, Arc::new(|_| {}), CancellationToken::new());
    let report = report.await.unwrap();
    match report.artifact {
        Some(Artifact::Books(books)) => (books, report.run.to_string()),
        other => panic!("no books: {other:?} {:?}", report.error),
    }
}

#[tokio::test]
async fn a_correction_teaches_and_the_book_has_the_accounts() {
    let (_folder, desk) = desk().await;
    let (mut first, run) = proposed(&desk, "Noodle House lunch 12 EUR").await;
    assert_eq!(first.entries[0].postings[0].account, "Expenses:Meals");
    first.entries[0].postings[0].account = "Expenses:Client dinners".to_owned();
    let posted = desk
        .post_proposal(first, run, "shop".to_owned())
        .await
        .unwrap();
    assert_eq!((posted.entries.len(), posted.learned), (1, 1));
    // The account is the person's own, the currency that of the book, and neither was told again.
    let (second, run) = proposed(&desk, "Noodle House lunch 30").await;
    let posting = &second.entries[0].postings[0];
    assert_eq!(
        (posting.account.as_str(), posting.currency.as_str()),
        ("Expenses:Client dinners", "EUR")
    );
    assert!(second.entries[0].doubts.is_empty());
    let names = second.accounts.iter().map(|account| account.name.as_str());
    assert!(
        names
            .into_iter()
            .any(|name| name == "Expenses:Client dinners")
    );
    // What is posted as it was proposed teaches nothing.
    let posted = desk
        .post_proposal(second, run, "shop".to_owned())
        .await
        .unwrap();
    assert_eq!(posted.learned, 0);
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, best read in one piece")]
async fn a_book_begins_with_what_there_was() {
    let (_folder, desk) = desk().await;
    let creation = BookCreation {
        name: "a".to_owned(),
        title: String::new(),
        currency: "EUR".to_owned(),
        fiscal_start: None,
    };
    desk.create_book(creation).await.unwrap();
    let opening = |account: &str, amount: &str, currency: Option<&str>| BookOpening {
        account: account.to_owned(),
        amount: amount.to_owned(),
        currency: currency.map(str::to_owned),
    };
    desk.set_rate("a", "usd", "0.9", "2026-01-01")
        .await
        .unwrap();
    let balances = vec![
        opening("Assets:Bank", "1000", None),
        opening("Assets:Savings", "200", Some("USD")),
        opening("Liabilities:Loan", "300.50", None),
    ];
    let opened = desk
        .open_balances("a", "2026-01-01", balances)
        .await
        .unwrap();
    assert_eq!(opened.entries, [1]);
    let statements = desk
        .book_statements("a", BookView::default())
        .await
        .unwrap();
    assert!(statements.ties.iter().all(|tie| tie.holds));
    let sheet = statements
        .statements
        .iter()
        .find(|one| one.name == "balance_sheet")
        .unwrap();
    let figure = |account: &str| {
        let row = sheet
            .statement
            .rows
            .iter()
            .find(|row| row.account.as_deref() == Some(account))
            .unwrap();
        row.figures[0].clone()
    };
    assert_eq!(figure("Assets:Savings"), "180.00");
    assert_eq!(figure("Liabilities:Loan"), "300.50");
    assert_eq!(figure("Equity:Opening balances"), "879.50");
    let names: Vec<&str> = statements
        .choices
        .iter()
        .map(|choice| choice.name.as_str())
        .take(3)
        .collect();
    assert_eq!(names, ["", "2026", "2026 Q1"]);
    // Another rate on a later day is a gain of that day.
    desk.set_rate("a", "USD", "1.0", "2026-12-31")
        .await
        .unwrap();
    let revalued = desk.revalue_book("a", "2026-12-31").await.unwrap();
    assert_eq!(revalued.entries, [2]);
    let again = desk.revalue_book("a", "2026-12-31").await.unwrap();
    assert_eq!(again.entries, [0; 0]);

    for (refused, code) in [
        (opening("Assets:Bank", "5", None), Code::EntryRefused),
        (opening("Income:Sales", "5", None), Code::EntryRefused),
        (opening("Nowhere", "5", None), Code::EntryRefused),
        (opening("Assets:Cash", "1e400", None), Code::EntryRefused),
        (opening("Assets:Cash", "5", Some("U1")), Code::EntryRefused),
    ] {
        let what = format!("{refused:?}");
        let refused = desk.open_balances("a", "2026-01-01", vec![refused]).await;
        assert_eq!(refused.unwrap_err().code, code, "{what}");
    }
    let none = desk.open_balances("a", "2026-01-01", Vec::new()).await;
    assert_eq!(none.unwrap_err().code, Code::EntryRefused);
    for (currency, rate, date) in [
        ("EUR", "1", "2026-01-01"),
        ("USD", "0", "2026-01-01"),
        ("USD", "-1", "2026-01-01"),
        ("USD", "many", "2026-01-01"),
        ("USD", "1", "2026-02-30"),
        ("U1", "1", "2026-01-01"),
    ] {
        let refused = desk.set_rate("a", currency, rate, date).await;
        assert_eq!(
            refused.unwrap_err().code,
            Code::EntryRefused,
            "{currency} {rate} {date}"
        );
    }
}

#[tokio::test]
async fn a_bank_s_file_becomes_statements_and_a_package() {
    let (folder, desk) = desk().await;
    let file = folder.path().join("bank.csv");
    std::fs::write(
        &file,
        "Date,Payee,Amount\n2026-01-02,Landlord,-800.00\n2026-02-03,ACME,1200.50\n",
    )
    .unwrap();
    let request = BookImport {
        path: file.display().to_string(),
        account: Some("Assets:Bank".to_owned()),
        currency: Some("EUR".to_owned()),
    };
    let imported = desk
        .import_into_book("shop", request.clone())
        .await
        .unwrap();
    assert_eq!((imported.entries.len(), imported.duplicates), (2, 0));
    let again = desk.import_into_book("shop", request).await.unwrap();
    assert_eq!((again.entries.len(), again.duplicates), (0, 2));
    let view = BookView {
        compare: Comparison::Quarters,
        ..BookView::default()
    };
    let statements = desk.book_statements("shop", view).await.unwrap();
    assert!(statements.ties.iter().all(|tie| tie.holds));
    let income = statements
        .statements
        .iter()
        .find(|one| one.name == "income_statement")
        .unwrap();
    let profit = income.statement.rows.last().unwrap();
    assert_eq!(profit.figures, ["400.50", "400.50", "0.00", "0.00", "0.00"]);
    let months = desk.book_months("shop", BookView::default()).await.unwrap();
    assert_eq!(months.months.len(), 12);
    assert_eq!(months.spending.len(), 1);
    assert_eq!(months.spending[0].figures[..2], ["800.00", "0.00"]);
    assert_eq!(months.cash[..3], ["-800.00", "400.50", "400.50"]);
    for format in [
        BookExportFormat::Hledger,
        BookExportFormat::Xlsx,
        BookExportFormat::Csv,
    ] {
        let to = folder.path().join("out");
        desk.export_book("shop", format, &to, BookView::default())
            .await
            .unwrap();
        assert!(std::fs::metadata(&to).unwrap().len() > 100);
    }
    let verified = desk
        .verify_book("shop", Some(&statements.seal))
        .await
        .unwrap();
    assert_eq!(verified.has_seal, Some(true));
    assert_eq!(desk.books().await.unwrap()[0].entries, 2);
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, best read in one piece")]
async fn what_a_bank_could_not_say_is_put_where_it_belongs() {
    let (folder, desk) = desk().await;
    let file = folder.path().join("bank.csv");
    let text =
        "Date,Payee,Amount\n2026-01-02,Noodle House,-12.00\n2026-01-09,Noodle House,-14.00\n";
    std::fs::write(&file, text).unwrap();
    let request = BookImport {
        path: file.display().to_string(),
        account: Some("Assets:Bank".to_owned()),
        currency: Some("EUR".to_owned()),
    };
    desk.import_into_book("shop", request.clone())
        .await
        .unwrap();
    let from = "Expenses:Unclassified";
    let moved = desk
        .move_posting("shop", 1, from, "Expenses:Client dinners")
        .await
        .unwrap();
    assert_eq!((moved.entries.as_slice(), moved.learned), (&[3, 4][..], 1));
    let of_account = |account: &str| BookQuery {
        account: Some(account.to_owned()),
        ..everything()
    };
    let there = desk
        .book_entries("shop", of_account("Expenses:Client dinners"))
        .await
        .unwrap();
    assert_eq!((there.total, there.entries[0].number), (1, 4));
    assert_eq!(there.entries[0].origin, "imported");
    let names = there.accounts.iter().map(|account| account.name.as_str());
    assert!(names.into_iter().any(|name| name == from));
    // It is known as taken in, and what was told of it is known to the ledger.
    let again = desk.import_into_book("shop", request).await.unwrap();
    assert_eq!((again.entries.len(), again.duplicates), (0, 2));
    let (told, _) = proposed(&desk, "Noodle House 30").await;
    assert_eq!(
        told.entries[0].postings[0].account,
        "Expenses:Client dinners"
    );
    // So is what the bank tells of it later.
    let text = "Date,Payee,Amount\n2026-02-03,Noodle House,-9.00\n2026-02-04,Landlord,-800.00\n";
    std::fs::write(&file, text).unwrap();
    let later = BookImport {
        path: file.display().to_string(),
        account: Some("Assets:Bank".to_owned()),
        currency: None,
    };
    let later = desk.import_into_book("shop", later).await.unwrap();
    assert_eq!((later.entries.len(), later.recognised), (2, 1));
    for (entry, from, to) in [
        (1, from, "Expenses:Meals"),
        (9, from, "Expenses:Meals"),
        (2, "Income:Sales", "Expenses:Meals"),
        (2, from, from),
        (2, from, "Nowhere"),
        (3, "Assets:Bank", "Assets:Cash"),
    ] {
        let refused = desk.move_posting("shop", entry, from, to).await;
        assert_eq!(
            refused.unwrap_err().code,
            Code::EntryRefused,
            "{entry} {from} {to}"
        );
    }
    let statements = desk
        .book_statements("shop", BookView::default())
        .await
        .unwrap();
    assert!(statements.ties.iter().all(|tie| tie.holds));
}

#[tokio::test]
async fn the_sample_is_a_book_like_any_other() {
    let (_folder, desk) = desk().await;
    let sample = desk.sample_book().await.unwrap();
    assert!(sample.entries.len() > 300);
    assert_eq!(desk.sample_book().await.unwrap(), sample);
    let view = BookView {
        language: desk::Language::SimplifiedChinese,
        compare: Comparison::Quarters,
        ..BookView::default()
    };
    let statements = desk.book_statements(&sample.book, view).await.unwrap();
    assert_eq!(
        (statements.from.as_str(), statements.to.as_str()),
        ("2025-01-01", "2025-12-31")
    );
    assert!(statements.ties.iter().all(|tie| tie.holds));
    // The figure of a payee opens the entries of that payee.
    let payees = statements
        .statements
        .iter()
        .find(|one| one.name == "spending_by_counterparty")
        .unwrap();
    let row = &payees.statement.rows[0];
    let query = BookQuery {
        counterparty: row.counterparty.clone(),
        limit: 500,
        ..BookQuery::default()
    };
    let found = desk.book_entries(&sample.book, query).await.unwrap();
    assert!(found.total > 0 && found.total < 300, "{}", found.total);
    for entry in &found.entries {
        assert_eq!(Some(&entry.counterparty), row.counterparty.as_ref());
    }
    let months = desk
        .book_months(&sample.book, BookView::default())
        .await
        .unwrap();
    // Six categories and everything else; cash ends as the statements have it.
    assert_eq!(months.spending.len(), 7);
    let total = |name: &str| {
        let found = statements.statements.iter().find(|one| one.name == name);
        let rows = &found.unwrap().statement.rows;
        rows.last().unwrap().figures[0].clone()
    };
    assert_eq!(months.cash.last(), Some(&total("cash_flow_direct")));
}

#[tokio::test]
async fn what_cannot_be_is_said_with_a_code() {
    let (folder, desk) = desk().await;
    let unknown = desk
        .book_statements("none", BookView::default())
        .await
        .unwrap_err();
    assert_eq!(unknown.code, Code::BookUnknown);
    let creation = |name: &str| BookCreation {
        name: name.to_owned(),
        title: String::new(),
        currency: "EUR".to_owned(),
        fiscal_start: Some("04-01".to_owned()),
    };
    desk.create_book(creation("a")).await.unwrap();
    for name in ["a", "", "../b", "x/y", " c"] {
        let refused = desk.create_book(creation(name)).await.unwrap_err();
        assert_eq!(refused.code, Code::InputInvalid, "{name}");
    }
    let bad = folder.path().join("bad.ofx");
    std::fs::write(&bad, "<OFX></OFX>").unwrap();
    let request = |path: &std::path::Path| BookImport {
        path: path.display().to_string(),
        account: None,
        currency: None,
    };
    let refused = desk.import_into_book("a", request(&bad)).await.unwrap_err();
    assert_eq!(refused.code, Code::BankFileInvalid);
    let missing = desk
        .import_into_book("a", request(&folder.path().join("none")))
        .await;
    assert_eq!(missing.unwrap_err().code, Code::FileNotFound);
    // A book that somebody wrote into is refused, and still listed with what is wrong.
    let path = folder.path().join("books/a.book");
    let mut bytes = std::fs::read(&path).unwrap();
    let place = bytes
        .windows(6)
        .rposition(|bytes| bytes == b"\"title")
        .unwrap();
    bytes[place + 1] = b'T';
    std::fs::write(&path, bytes).unwrap();
    let (_other, desk) = (
        folder.path(),
        Desk::open(DeskOptions {
            data_dir: Some(folder.path().to_owned()),
            ..DeskOptions::default()
        })
        .await
        .unwrap(),
    );
    let damaged = desk.verify_book("a", None).await.unwrap_err();
    assert_eq!(damaged.code, Code::BookDamaged);
    assert!(desk.books().await.unwrap()[0].problem.is_some());
}
