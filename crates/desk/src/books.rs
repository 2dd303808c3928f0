//! Books: where they lie, what is done to them, and how they are shown.
//!
//! A book is a file under the person's data, opened when it is first asked for and kept open. Other
//! programs may write to it meanwhile, so what they wrote is read before anything is answered.

mod attach;
mod begin;
mod edit;
mod info;
mod known;
mod mend;
mod months;
mod sample;
mod view;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use assistant::{Code, Fault};
use books::{Book, BookError};

use crate::{Desk, Folders};

pub use begin::BookOpening;
pub use edit::{BookCreation, BookImport, BookPosted};
pub use info::{
    BookEntryInfo, BookFileInfo, BookPostingInfo, BookSummary, BookVerified, ImportedBalance,
    ImportedFile,
};
pub(crate) use known::BookMemory;
pub use months::{BookMonths, BookSeries};
pub use sample::SAMPLE_BOOK;
pub use view::{
    BookEntries, BookExportFormat, BookQuery, BookStatements, BookView, Comparison, NamedStatement,
    PeriodChoice, TieInfo,
};

/// The name of a book when nobody named one.
pub const USUAL_BOOK: &str = "main";

/// Ending of a book's file.
const ENDING: &str = "book";

/// Longest name of a book, in characters.
const LONGEST: usize = 64;

/// The books that are open.
#[derive(Debug)]
pub(crate) struct Shelf {
    folder: PathBuf,
    open: Mutex<HashMap<String, Arc<Mutex<Book>>>>,
}

impl Shelf {
    pub(crate) fn new(folders: &Folders) -> Self {
        Self {
            folder: folders.data().join("books"),
            open: Mutex::default(),
        }
    }

    fn path(&self, name: &str) -> Result<PathBuf, BookError> {
        let is_good = !name.trim().is_empty()
            && name.trim() == name
            && name.chars().count() <= LONGEST
            && name
                .chars()
                .all(|letter| letter.is_alphanumeric() || " -_".contains(letter));
        if !is_good {
            return Err(BookError::NameInvalid(name.to_owned()));
        }
        Ok(self.folder.join(format!("{name}.{ENDING}")))
    }

    /// Names of all books, by letter.
    fn names(&self) -> Vec<String> {
        let Ok(files) = std::fs::read_dir(&self.folder) else {
            return Vec::new();
        };
        let mut names: Vec<String> = files
            .flatten()
            .map(|file| file.path())
            .filter(|path| path.extension().is_some_and(|ending| ending == ENDING))
            .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
            .collect();
        names.sort();
        names
    }

    fn has(&self, name: &str) -> Result<bool, BookError> {
        Ok(self.path(name)?.exists())
    }

    /// The book of a name, with everything that other programs wrote.
    fn book(&self, name: &str) -> Result<Arc<Mutex<Book>>, BookError> {
        let path = self.path(name)?;
        if !path.exists() {
            return Err(BookError::Unknown(name.to_owned()));
        }
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(book) = open.get(name) {
            let book = Arc::clone(book);
            drop(open);
            let refreshed = lock(&book).refresh();
            if refreshed.is_err() {
                // A book that was replaced by another file under its name is opened anew.
                self.forget(name);
                return self.reopened(name);
            }
            return Ok(book);
        }
        let book = Arc::new(Mutex::new(Book::open(&path)?));
        open.insert(name.to_owned(), Arc::clone(&book));
        Ok(book)
    }

    fn reopened(&self, name: &str) -> Result<Arc<Mutex<Book>>, BookError> {
        let book = Arc::new(Mutex::new(Book::open(&self.path(name)?)?));
        self.keep(name, &book);
        Ok(book)
    }

    fn forget(&self, name: &str) {
        self.open
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(name);
    }

    fn keep(&self, name: &str, book: &Arc<Mutex<Book>>) {
        self.open
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(name.to_owned(), Arc::clone(book));
    }
}

fn lock(book: &Mutex<Book>) -> std::sync::MutexGuard<'_, Book> {
    book.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    /// Every book, by letter. One that cannot be opened is there with what is wrong with it.
    ///
    /// # Errors
    /// Only by a mistake of ours.
    pub async fn books(&self) -> Result<Vec<BookSummary>, Fault> {
        self.on_shelf(|shelf| {
            let summary = |name: String| match shelf.book(&name) {
                Ok(book) => BookSummary::of(name, &lock(&book)),
                Err(error) => BookSummary::broken(name, &error),
            };
            Ok(shelf.names().into_iter().map(summary).collect())
        })
        .await
    }

    /// Does something with the shelf where waiting for a disk keeps nobody else waiting.
    async fn on_shelf<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Shelf) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let shelf = Arc::clone(&self.shelf);
        let done = tokio::task::spawn_blocking(move || work(&shelf)).await;
        done.map_err(|error| {
            Fault::new(Code::Internal, "The work on the book broke down.").with("detail", error)
        })?
    }

    /// Does something with a book.
    async fn on_book<T: Send + 'static>(
        &self,
        name: &str,
        work: impl FnOnce(&mut Book) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let name = name.to_owned();
        self.on_shelf(move |shelf| {
            let book = shelf.book(&name)?;
            work(&mut lock(&book))
        })
        .await
    }
}
