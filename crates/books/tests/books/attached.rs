//! Files that prove entries lie in the book, unchanged or not at all.

use books::export::{Format, write_with};
use books::statements::Statements;
use books::{Book, BookError};
use rusqlite::Connection;

use crate::common::year;

const RECEIPT: &[u8] = b"%PDF-1.7 a receipt";

#[test]
fn a_file_comes_back_as_it_was() {
    let (_folder, mut book) = year();
    let file = book.attach(2, "/scans/receipt 1.pdf", RECEIPT).unwrap();
    assert_eq!((file.name.as_str(), file.size), ("receipt 1.pdf", 18));
    // Twice is once, and the same bytes may prove two entries.
    let seal = book.seal();
    assert_eq!(book.attach(2, "receipt 1.pdf", RECEIPT).unwrap(), file);
    assert_eq!(book.seal(), seal);
    book.attach(3, "again.pdf", RECEIPT).unwrap();
    let again = Book::open(book.path()).unwrap();
    assert_eq!(again.journal().attachments(2), [file]);
    assert_eq!(again.attached_as(2, "receipt 1.pdf").unwrap(), RECEIPT);
    assert_eq!(again.attached_as(3, "again.pdf").unwrap(), RECEIPT);
    assert_eq!(again.verify().unwrap().entries, 12);
}

#[test]
fn what_cannot_be_attached_leaves_the_book_as_it_was() {
    let (_folder, mut book) = year();
    let seal = book.seal();
    assert_eq!(
        book.attach(99, "a.pdf", RECEIPT),
        Err(BookError::EntryUnknown(99))
    );
    let empty = book.attach(2, "a.pdf", b"");
    assert_eq!(empty, Err(BookError::AttachmentInvalid("a.pdf".to_owned())));
    let unknown = book.attached_as(2, "b.pdf");
    assert!(matches!(
        unknown,
        Err(BookError::AttachmentUnknown { entry: 2, .. })
    ));
    assert_eq!(book.seal(), seal);
}

#[test]
fn a_file_cannot_be_exchanged() {
    let (_folder, mut book) = year();
    book.attach(2, "a.pdf", RECEIPT).unwrap();
    let outside = Connection::open(book.path()).unwrap();
    let refused = outside
        .execute("UPDATE files SET bytes = x'00'", [])
        .unwrap_err();
    assert!(refused.to_string().contains("never changed"), "{refused}");
    outside
        .execute_batch("DROP TRIGGER a_file_is_never_changed; UPDATE files SET bytes = x'00';")
        .unwrap();
    let changed = Err(BookError::FileTampered {
        entry: 2,
        name: "a.pdf".to_owned(),
    });
    assert_eq!(book.attached_as(2, "a.pdf"), changed);
    assert_eq!(book.verify().map(drop), changed.map(drop));
}

#[test]
fn the_archive_has_the_files_of_all_entries() {
    let (_folder, mut book) = year();
    let file = book.attach(2, "a.pdf", RECEIPT).unwrap();
    let statements = Statements::new(
        book.journal(),
        vec![book.journal().span().unwrap()],
        books::Language::English,
    );
    let files = [(file.file_name(), book.attached(&file).unwrap())];
    let bytes = write_with(&statements, book.seal(), Format::Package, &files).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let name = format!("attachments/{}", file.file_name());
    assert_eq!(archive.by_name(&name).unwrap().size(), 18);
}

#[test]
fn a_book_without_files_stays_readable_for_older_programs() {
    let (_folder, mut book) = year();
    let version = |book: &Book| -> i32 {
        Connection::open(book.path())
            .unwrap()
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap()
    };
    assert_eq!(version(&book), 1);
    book.attach(2, "a.pdf", RECEIPT).unwrap();
    assert_eq!(version(&book), 2);
}
