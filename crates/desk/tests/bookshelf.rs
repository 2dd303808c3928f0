//! Books through the one door that window and command line use.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set its scene up has failed"
)]

use assistant::Code;
use assistant::artifact::{Account, BookEntry, BookPosting, BooksResult};
use desk::{
    BookCreation, BookExportFormat, BookImport, BookQuery, BookView, Comparison, Desk, DeskOptions,
};

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
