//! What the window can ask for about books.

use std::path::Path;

use assistant::artifact::BooksResult;
use assistant::{Fault, RunId};
use desk::{
    BookCreation, BookEntries, BookExportFormat, BookImport, BookPosted, BookQuery, BookStatements,
    BookSummary, BookVerified, BookView, ImportedFile,
};
use tauri::State;

use crate::Desktop;

/// Every book.
#[tauri::command]
#[specta::specta]
pub async fn books(desktop: State<'_, Desktop>) -> Result<Vec<BookSummary>, Fault> {
    desktop.desk()?.books().await
}

/// Makes a book.
#[tauri::command]
#[specta::specta]
pub async fn create_book(desktop: State<'_, Desktop>, creation: BookCreation) -> Result<(), Fault> {
    desktop.desk()?.create_book(creation).await
}

/// Posts everything that a run proposed, all of it or nothing.
#[tauri::command]
#[specta::specta]
pub async fn post_run(
    desktop: State<'_, Desktop>,
    run: RunId,
    book: Option<String>,
) -> Result<BookPosted, Fault> {
    desktop.desk()?.post_run(&run, book.as_deref()).await
}

/// Posts a proposal as the person has changed it.
#[tauri::command]
#[specta::specta]
pub async fn post_proposal(
    desktop: State<'_, Desktop>,
    proposal: BooksResult,
    run: RunId,
    book: String,
) -> Result<BookPosted, Fault> {
    desktop
        .desk()?
        .post_proposal(proposal, run.to_string(), book)
        .await
}

/// Statements of a book, and whether they tie out.
#[tauri::command]
#[specta::specta]
pub async fn book_statements(
    desktop: State<'_, Desktop>,
    book: String,
    view: BookView,
) -> Result<BookStatements, Fault> {
    desktop.desk()?.book_statements(&book, view).await
}

/// Entries of a book, the latest first.
#[tauri::command]
#[specta::specta]
pub async fn book_entries(
    desktop: State<'_, Desktop>,
    book: String,
    query: BookQuery,
) -> Result<BookEntries, Fault> {
    desktop.desk()?.book_entries(&book, query).await
}

/// Undoes an entry by an opposite one.
#[tauri::command]
#[specta::specta]
pub async fn reverse_entry(
    desktop: State<'_, Desktop>,
    book: String,
    entry: u32,
    date: Option<String>,
) -> Result<BookPosted, Fault> {
    let desk = desktop.desk()?;
    desk.reverse_entry(&book, entry, date.as_deref()).await
}

/// Takes a file of a bank or another program in.
#[tauri::command]
#[specta::specta]
pub async fn import_into_book(
    desktop: State<'_, Desktop>,
    book: String,
    request: BookImport,
) -> Result<ImportedFile, Fault> {
    desktop.desk()?.import_into_book(&book, request).await
}

/// Writes a book into a file that the person chose.
#[tauri::command]
#[specta::specta]
pub async fn export_book(
    desktop: State<'_, Desktop>,
    book: String,
    format: BookExportFormat,
    path: String,
    view: BookView,
) -> Result<(), Fault> {
    let desk = desktop.desk()?;
    desk.export_book(&book, format, Path::new(&path), view)
        .await
}

/// Checks that everything in a book is as it was written.
#[tauri::command]
#[specta::specta]
pub async fn verify_book(
    desktop: State<'_, Desktop>,
    book: String,
    seal: Option<String>,
) -> Result<BookVerified, Fault> {
    desktop.desk()?.verify_book(&book, seal.as_deref()).await
}

/// Locks a book up to a day; nothing in it is locked without one.
#[tauri::command]
#[specta::specta]
pub async fn lock_book(
    desktop: State<'_, Desktop>,
    book: String,
    through: Option<String>,
) -> Result<(), Fault> {
    desktop.desk()?.lock_book(&book, through.as_deref()).await
}

/// Ends the fiscal year that a day is in.
#[tauri::command]
#[specta::specta]
pub async fn close_book_year(
    desktop: State<'_, Desktop>,
    book: String,
    date: String,
) -> Result<BookPosted, Fault> {
    desktop.desk()?.close_book_year(&book, &date).await
}
