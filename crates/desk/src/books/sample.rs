//! A year of a small company that never was, for looking at before one has books of one's own.

use assistant::Fault;
use books::import::{self, Plan};
use books::{Book, BookError};

use super::edit::BookCreation;
use super::{BookPosted, Shelf};
use crate::Desk;

/// The name of the book, which says that it is a sample.
pub const SAMPLE_BOOK: &str = "Sample - Lantern and Quill";

const TITLE: &str = "Lantern & Quill Ltd 燈與筆";
const JOURNAL: &[u8] = include_bytes!("../../../../assets/samples/lantern-and-quill.journal");

impl Desk {
    /// Makes the sample's book, or gives the one that is there.
    ///
    /// # Errors
    /// When the folder of books cannot be written.
    pub async fn sample_book(&self) -> Result<BookPosted, Fault> {
        self.on_shelf(|shelf| {
            if !shelf.has(SAMPLE_BOOK)? {
                make(shelf)?;
            }
            let book = shelf.book(SAMPLE_BOOK)?;
            let count = super::lock(&book).journal().entries().len();
            Ok(BookPosted {
                book: SAMPLE_BOOK.to_owned(),
                entries: (1..=super::info::count(count)).collect(),
                learned: 0,
            })
        })
        .await
    }
}

fn make(shelf: &Shelf) -> Result<(), Fault> {
    let file = import::read("sample.journal", JOURNAL).map_err(BookError::from)?;
    let creation = BookCreation {
        name: SAMPLE_BOOK.to_owned(),
        title: TITLE.to_owned(),
        currency: "EUR".to_owned(),
        fiscal_start: None,
    };
    // Filled before it is seen, so that nobody ever opens half a sample.
    shelf.create_with(creation, |book: &mut Book| {
        let imported = import::plan(&file, book.journal(), &Plan::default())?;
        book.commit(&imported.change).map(drop)
    })
}
