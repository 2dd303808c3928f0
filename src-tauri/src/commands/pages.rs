//! Commands about pages: changing one by hand, and what it can be changed to.

use std::path::Path;

use assistant::Fault;
use assistant::artifact::PageResult;
use desk::{PageChoices, PageCode, PageEdit, PageFormat, PagePreview};
use tauri::State;

use crate::Desktop;

/// A page after some changes, made without a model.
#[tauri::command]
#[specta::specta]
pub async fn change_page(
    desktop: State<'_, Desktop>,
    page: PageResult,
    edits: Vec<PageEdit>,
) -> Result<PageResult, Fault> {
    desktop.desk()?.change_page(&page, &edits)
}

/// A page whose code was changed by hand, if that passes; otherwise what is wrong with it.
#[tauri::command]
#[specta::specta]
pub async fn change_page_code(
    desktop: State<'_, Desktop>,
    page: PageResult,
    html: String,
) -> Result<PageCode, Fault> {
    desktop.desk()?.change_page_code(page, html).await
}

/// A page with its parts marked, as it is shown where they are taken hold of.
#[tauri::command]
#[specta::specta]
pub async fn preview_page(desktop: State<'_, Desktop>, plan: String) -> Result<PagePreview, Fault> {
    desktop.desk()?.preview_page(&plan)
}

/// A picture of the person's, as a change of a page takes it.
#[tauri::command]
#[specta::specta]
pub async fn read_photo(desktop: State<'_, Desktop>, path: String) -> Result<String, Fault> {
    desktop.desk()?.read_photo(Path::new(&path)).await
}

/// Writes a page as it is now into a file that the person chose.
#[tauri::command]
#[specta::specta]
pub async fn export_page(
    desktop: State<'_, Desktop>,
    html: String,
    format: PageFormat,
    path: String,
) -> Result<(), Fault> {
    let desk = desktop.desk()?;
    desk.export_page(&html, format, Path::new(&path)).await
}

/// What a page can be made to look like, and of what.
#[tauri::command]
#[specta::specta]
pub async fn page_choices(desktop: State<'_, Desktop>) -> Result<PageChoices, Fault> {
    Ok(desktop.desk()?.page_choices())
}
