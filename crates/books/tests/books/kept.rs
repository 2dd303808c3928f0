//! What is posted stays as it was posted.

use books::{Book, BookError, Change, Origin};
use rusqlite::Connection;

use crate::common::{book, chart, day, draft, info, year};

#[test]
fn a_book_is_the_same_when_it_is_opened_again() {
    let (_folder, book) = year();
    let again = Book::open(book.path()).unwrap();
    assert_eq!(again.journal().entries(), book.journal().entries());
    assert_eq!(again.seal(), book.seal());
    assert_eq!(again.verify().unwrap().entries, 12);
}

#[test]
fn nothing_is_posted_halfway() {
    let (_folder, mut book) = book();
    let good = draft(
        "2026-01-01",
        "a",
        &[("Assets:Bank", "1"), ("Equity:Capital", "-1")],
    );
    let bad = [
        draft(
            "2026-01-01",
            "b",
            &[("Assets:Bank", "1"), ("Equity:Capital", "-2")],
        ),
        draft(
            "2026-01-01",
            "c",
            &[("Assets:Bank", "1"), ("Nowhere", "-1")],
        ),
        draft(
            "2026-01-01",
            "d",
            &[("Assets:Bank", "0"), ("Equity:Capital", "0")],
        ),
        draft(
            "0001-01-01",
            "e",
            &[("Assets:Bank", "1"), ("Equity:Capital", "-1")],
        ),
        draft(
            "2026-01-01",
            "f",
            &[("Assets:Bank", "1 a b"), ("Equity:Capital", "-1 a b")],
        ),
    ];
    for bad in bad {
        let seal = book.seal();
        let what = bad.description.clone();
        book.post(vec![good.clone(), bad]).expect_err(&what);
        assert_eq!(
            (book.seal(), book.journal().entries().len()),
            (seal, 0),
            "{what}"
        );
        assert_eq!(Book::open(book.path()).unwrap().seal(), seal);
    }
}

#[test]
fn a_mistake_is_undone_by_another_entry_and_only_once() {
    let (_folder, mut book) = year();
    let by = book.reverse(10, None).unwrap();
    let entry = book.journal().entry(by).unwrap().clone();
    assert_eq!(entry.origin, Origin::Reversal(10));
    let undone = book.journal().entry(10).unwrap();
    assert_eq!(undone.reversed_by, Some(by));
    for (one, other) in undone.postings.iter().zip(&entry.postings) {
        assert_eq!((one.amount, one.value), (-other.amount, -other.value));
    }
    assert_eq!(
        book.reverse(10, None),
        Err(BookError::Reversed { entry: 10, by })
    );
    assert_eq!(book.reverse(99, None), Err(BookError::EntryUnknown(99)));
}

#[test]
fn a_locked_period_takes_nothing_more() {
    let (_folder, mut book) = year();
    book.lock(Some(day("2026-06-30"))).unwrap();
    let late = draft(
        "2026-06-30",
        "late",
        &[("Assets:Bank", "1"), ("Equity:Capital", "-1")],
    );
    assert!(matches!(
        book.post(vec![late.clone()]),
        Err(BookError::Locked { .. })
    ));
    assert!(matches!(
        book.reverse(1, None),
        Err(BookError::Locked { .. })
    ));
    book.reverse(1, Some(day("2026-07-01"))).unwrap();
    book.lock(None).unwrap();
    book.post(vec![late]).unwrap();
}

#[test]
fn two_programs_write_to_one_book() {
    let (_folder, mut one) = book();
    let mut other = Book::open(one.path()).unwrap();
    let entry = draft(
        "2026-01-01",
        "a",
        &[("Assets:Bank", "1"), ("Equity:Capital", "-1")],
    );
    assert_eq!(one.post(vec![entry.clone()]).unwrap(), [1]);
    assert_eq!(other.post(vec![entry.clone()]).unwrap(), [2]);
    assert_eq!(one.post(vec![entry]).unwrap(), [3]);
    assert_eq!(one.verify().unwrap().entries, 3);
}

#[test]
fn accounts_that_are_there_are_not_written_again() {
    let (_folder, mut book) = book();
    let seal = book.seal();
    let again = Change {
        accounts: chart(),
        ..Change::default()
    };
    assert!(book.commit(&again).unwrap().is_empty());
    assert_eq!(book.seal(), seal);
}

#[test]
fn the_database_itself_refuses_to_forget() {
    let (_folder, book) = year();
    let raw = Connection::open(book.path()).unwrap();
    for statement in [
        "UPDATE journal SET body = '{}' WHERE line = 3",
        "DELETE FROM journal WHERE line = 3",
        "INSERT INTO journal VALUES (900, '', '', zeroblob(32))",
    ] {
        raw.execute(statement, []).expect_err(statement);
    }
}

#[test]
fn rows_that_somebody_changed_are_found() {
    let tamperings = [
        "UPDATE journal SET body = replace(body, '2400', '2300')",
        "UPDATE journal SET at = '2020-01-01T00:00:00Z' WHERE line = 20",
        "DELETE FROM journal WHERE line = 20",
        "DELETE FROM journal WHERE line = (SELECT MAX(line) FROM journal)",
        "UPDATE journal SET line = line + 1000 WHERE line = 21",
        "UPDATE head SET line = line - 1",
        "DELETE FROM head",
        "UPDATE journal SET seal = zeroblob(32) WHERE line = (SELECT MAX(line) FROM journal)",
        "UPDATE journal SET body = (SELECT body FROM journal WHERE line = 22) WHERE line = 23",
        "UPDATE journal SET body = CAST(body AS BLOB) WHERE line = 5",
    ];
    for tampering in tamperings {
        let (_folder, book) = year();
        let raw = Connection::open(book.path()).unwrap();
        raw.execute_batch(
            "DROP TRIGGER journal_is_never_changed; DROP TRIGGER journal_is_never_shortened; PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')'); PRAGMA writable_schema = RESET;"
        )
        .unwrap();
        let changed = raw.execute(tampering, []);
        drop(raw);
        assert!(changed.unwrap() > 0, "{tampering}");
        let found = book.verify();
        assert!(
            matches!(
                found,
                Err(BookError::Tampered { .. } | BookError::Unusable { .. })
            ),
            "{tampering}: {found:?}"
        );
        assert!(Book::open(book.path()).is_err(), "{tampering}");
    }
}

#[test]
fn bytes_that_somebody_changed_are_found_or_change_nothing() {
    let (_folder, book) = year();
    let bytes = std::fs::read(book.path()).unwrap();
    let (entries, seal) = (book.journal().entries().to_vec(), book.seal());
    let path = book.path().with_extension("changed");
    let mut found = 0;
    for place in (0..bytes.len()).step_by(97) {
        let mut changed = bytes.clone();
        changed[place] ^= 0x21;
        std::fs::write(&path, &changed).unwrap();
        match Book::open(&path) {
            Err(_) => found += 1,
            Ok(book) => {
                let is_same = book.journal().entries() == entries && book.seal() == seal;
                assert!(is_same || book.verify().is_err(), "byte {place}");
            }
        }
        let _ = std::fs::remove_file(path.with_extension("changed-journal"));
    }
    assert!(found > 20, "only {found} changes were found");
}

#[test]
fn a_noted_seal_proves_that_nothing_before_it_was_rewritten() {
    let (_folder, mut book) = year();
    let noted = book.seal();
    book.lock(Some(day("2026-01-31"))).unwrap();
    assert!(book.has_seal(noted).unwrap());
    let (_other, rewritten) = crate::common::book();
    assert!(!rewritten.has_seal(noted).unwrap());
}

#[test]
fn a_file_that_is_no_book_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x");
    for bytes in [b"".as_slice(), b"hello", &[0; 4096]] {
        std::fs::write(&path, bytes).unwrap();
        Book::open(&path).unwrap_err();
        assert_eq!(std::fs::read(&path).unwrap(), bytes);
    }
    assert!(Book::open(&folder.path().join("none")).is_err());
    assert!(Book::create(&path, info(), Vec::new()).is_err());
}

#[test]
fn a_year_is_closed_and_opened_again() {
    let (_folder, mut book) = year();
    let closing = book.close_year(day("2026-05-05")).unwrap();
    let entry = book.journal().entry(closing).unwrap();
    assert_eq!((entry.date, entry.is_closing), (day("2026-12-31"), true));
    assert!(matches!(
        book.close_year(day("2026-05-05")),
        Err(BookError::NothingToClose(_))
    ));
    let undone = book.reverse(closing, None).unwrap();
    assert!(book.journal().entry(undone).unwrap().is_closing);
    book.close_year(day("2026-05-05")).unwrap();
}

#[test]
fn dollars_are_brought_to_the_rate_of_the_day_once() {
    let (_folder, mut book) = year();
    let number = book.revalue(day("2026-12-31")).unwrap().unwrap();
    let entry = book.journal().entry(number).unwrap();
    // 110 dollars were bought for 100.00, 11 of them spent at 0.91 = 10.01: 99 dollars stand at
    // 89.99 and are worth 94.05.
    assert_eq!(entry.postings[0].value.to_string(), "4.06");
    assert_eq!(book.revalue(day("2026-12-31")).unwrap(), None);
    book.reverse(number, None).unwrap();
    assert!(book.revalue(day("2026-12-31")).unwrap().is_some());
}
