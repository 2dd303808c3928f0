//! Files that prove entries: into a book, and out of it again.

use std::path::{Path, PathBuf};

use assistant::{Code, Fault};
use books::{BookError, MOST_ATTACHED_MEGABYTES};

use super::BookFileInfo;
use super::edit::read;
use crate::Desk;
use crate::export::write_whole;

impl Desk {
    /// Attaches a copy of a file to an entry. The same file is not attached twice.
    ///
    /// # Errors
    /// When there is no such book or entry, or the file is empty, too large or cannot be read.
    pub async fn attach_to_entry(
        &self,
        book: &str,
        entry: u32,
        path: &Path,
    ) -> Result<BookFileInfo, Fault> {
        let path: PathBuf = path.to_owned();
        self.on_book(book, move |book| {
            let too_large = |megabytes, most| BookError::AttachmentTooLarge { megabytes, most };
            let bytes = read(&path, MOST_ATTACHED_MEGABYTES, too_large)?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let file = book.attach(entry, &name, &bytes)?;
            Ok(BookFileInfo::of(&file))
        })
        .await
    }

    /// Writes a file that is attached to an entry to a place that the person chose.
    ///
    /// # Errors
    /// When there is no such book, entry or file, or the place cannot be written to.
    pub async fn save_attachment(
        &self,
        book: &str,
        entry: u32,
        name: &str,
        to: &Path,
    ) -> Result<(), Fault> {
        let (name, to) = (name.to_owned(), to.to_owned());
        if to.as_os_str().is_empty() {
            return Err(Fault::new(Code::InputInvalid, "Where is the file to go?"));
        }
        self.on_book(book, move |book| {
            write_whole(&to, &book.attached_as(entry, &name)?)
        })
        .await
    }
}
