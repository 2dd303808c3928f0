//! What the window can ask for about books.

use std::path::Path;

use assistant::artifact::BooksResult;
use assistant::{Fault, RunId};
use desk::{
    BookCreation, BookEntries, BookExportFormat, BookFileInfo, BookImport, BookMonths, BookOpening,
    BookPosted, BookQuery, BookStatements, BookSummary, BookVerified, BookView, ImportedFile,
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

/// Attaches a copy of a file to an entry.
#[tauri::command]
#[specta::specta]
pub async fn attach_to_entry(
    desktop: State<'_, Desktop>,
    book: String,
    entry: u32,
    path: String,
) -> Result<BookFileInfo, Fault> {
    let desk = desktop.desk()?;
    desk.attach_to_entry(&book, entry, Path::new(&path)).await
}

/// Writes a file that is attached to an entry to a place that the person chose.
#[tauri::command]
#[specta::specta]
pub async fn save_attachment(
    desktop: State<'_, Desktop>,
    book: String,
    entry: u32,
    name: String,
    path: String,
) -> Result<(), Fault> {
    let desk = desktop.desk()?;
    desk.save_attachment(&book, entry, &name, Path::new(&path))
        .await
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

/// Takes over what there was on a day before the book began.
#[tauri::command]
#[specta::specta]
pub async fn open_balances(
    desktop: State<'_, Desktop>,
    book: String,
    date: String,
    balances: Vec<BookOpening>,
) -> Result<BookPosted, Fault> {
    desktop.desk()?.open_balances(&book, &date, balances).await
}

/// Notes what one unit of a currency is worth in the book's own from a day on.
#[tauri::command]
#[specta::specta]
pub async fn set_book_rate(
    desktop: State<'_, Desktop>,
    book: String,
    currency: String,
    rate: String,
    date: String,
) -> Result<(), Fault> {
    let desk = desktop.desk()?;
    desk.set_rate(&book, &currency, &rate, &date).await
}

/// Brings what is had and owed in other currencies to the rates of a day.
#[tauri::command]
#[specta::specta]
pub async fn revalue_book(
    desktop: State<'_, Desktop>,
    book: String,
    date: String,
) -> Result<BookPosted, Fault> {
    desktop.desk()?.revalue_book(&book, &date).await
}

/// What the months of a period came to, for pictures.
#[tauri::command]
#[specta::specta]
pub async fn book_months(
    desktop: State<'_, Desktop>,
    book: String,
    view: BookView,
) -> Result<BookMonths, Fault> {
    desktop.desk()?.book_months(&book, view).await
}

/// Makes the book of a sample company, or gives the one that is there.
#[tauri::command]
#[specta::specta]
pub async fn sample_book(desktop: State<'_, Desktop>) -> Result<BookPosted, Fault> {
    desktop.desk()?.sample_book().await
}

/// Puts what an entry posted to one account into another.
#[tauri::command]
#[specta::specta]
pub async fn move_posting(
    desktop: State<'_, Desktop>,
    book: String,
    entry: u32,
    from: String,
    to: String,
) -> Result<BookPosted, Fault> {
    desktop.desk()?.move_posting(&book, entry, &from, &to).await
}
