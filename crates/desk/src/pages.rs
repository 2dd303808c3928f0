//! Changing a page by hand: no model, no run, nothing kept. A page that is to be kept is run again with
//! its plan, as the assistant's hidden input. And taking one away, as it is now.

mod picture;

use std::path::Path;

use ::pages::edit::Edit;
use ::pages::render::PagePreview;
use ::pages::{PageChoices, PageCode};
use assistant::artifact::PageResult;
use assistant::{Code, Fault};
use serde::{Deserialize, Serialize};

use crate::Desk;
use crate::export::write_whole;

/// What a page can be taken away as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum PageFormat {
    /// One file with everything in it.
    Html,
    /// An archive with the person's pictures beside the page.
    Zip,
    /// A picture of the whole page.
    Png,
}

impl Desk {
    /// The page after some changes, in their order.
    ///
    /// # Errors
    /// When the plan of the page is damaged or a change cannot be made.
    pub fn change_page(&self, page: &PageResult, edits: &[Edit]) -> Result<PageResult, Fault> {
        ::pages::change(page, edits)
    }

    /// A page whose code was changed by hand, if that passes; otherwise what is wrong with it.
    ///
    /// # Errors
    /// When the work cannot be done at all.
    pub async fn change_page_code(
        &self,
        page: PageResult,
        html: String,
    ) -> Result<PageCode, Fault> {
        let work = tokio::task::spawn_blocking(move || ::pages::code::take(&page, &html));
        work.await.map_err(|error| {
            Fault::new(Code::Internal, "The code could not be looked at.").with("detail", error)
        })
    }

    /// A page with its parts marked, as it is shown where they are taken hold of.
    ///
    /// # Errors
    /// When the plan is damaged.
    pub fn preview_page(&self, plan: &str) -> Result<PagePreview, Fault> {
        ::pages::preview(plan)
    }

    /// What a page can be made to look like, and of what.
    #[must_use]
    pub fn page_choices(&self) -> PageChoices {
        PageChoices::all()
    }

    /// A picture of the person's, as a change of a page takes it.
    ///
    /// # Errors
    /// When there is no such file, it is too large, or it is no picture.
    pub async fn read_photo(&self, path: &Path) -> Result<String, Fault> {
        let path = path.to_owned();
        let work = tokio::task::spawn_blocking(move || ::pages::photo(&path));
        work.await.map_err(|error| {
            Fault::new(Code::Internal, "The picture could not be read.").with("detail", error)
        })?
    }

    /// Writes a page into a file, whole or not at all.
    ///
    /// # Errors
    /// When the file cannot be written, and for a picture when no browser takes it.
    pub async fn export_page(
        &self,
        html: &str,
        format: PageFormat,
        path: &Path,
    ) -> Result<(), Fault> {
        let bytes = match format {
            PageFormat::Html => html.as_bytes().to_vec(),
            PageFormat::Zip => ::pages::package::archive(html).map_err(|error| {
                Fault::new(Code::Internal, "The archive could not be made.").with("detail", error)
            })?,
            PageFormat::Png => picture::take(html).await?,
        };
        write_whole(path, &bytes)
    }
}
