//! Files of entries: into a book, and out of it as they were.

use super::{Book, TRIES};
use crate::BookError;
use crate::attachment::Attachment;
use crate::record::Record;

impl Book {
    /// Attaches a file to an entry. What is there already under that name is not attached twice.
    ///
    /// # Errors
    /// When there is no such entry, or the file is empty, too large or without a name.
    pub fn attach(
        &mut self,
        entry: u32,
        name: &str,
        bytes: &[u8],
    ) -> Result<Attachment, BookError> {
        let file = Attachment::new(entry, name, bytes)?;
        for _ in 0..TRIES {
            self.refresh()?;
            if self.journal.entry(entry).is_none() {
                return Err(BookError::EntryUnknown(entry));
            }
            if self.journal.attachments(entry).contains(&file) {
                return Ok(file);
            }
            let kept = (file.sha256.as_str(), bytes);
            if self.append(vec![Record::Attachment(file.clone())], Some(kept))? {
                return Ok(file);
            }
        }
        Err(BookError::unusable(
            self.path(),
            &"other programs keep writing",
        ))
    }

    /// The bytes of an attached file, which are those that were attached.
    ///
    /// # Errors
    /// [`BookError::FileTampered`] when they are missing or others.
    pub fn attached(&self, file: &Attachment) -> Result<Vec<u8>, BookError> {
        let bytes = self.store.file(&file.sha256)?;
        bytes
            .filter(|bytes| file.is_of(bytes))
            .ok_or_else(|| BookError::FileTampered {
                entry: file.entry,
                name: file.name.clone(),
            })
    }

    /// A file of an entry by its name; of several the last one.
    ///
    /// # Errors
    /// When there is no such entry or file, or it was changed from outside.
    pub fn attached_as(&self, entry: u32, name: &str) -> Result<Vec<u8>, BookError> {
        if self.journal.entry(entry).is_none() {
            return Err(BookError::EntryUnknown(entry));
        }
        let mut files = self.journal.attachments(entry).iter().rev();
        let file =
            files
                .find(|file| file.name == name)
                .ok_or_else(|| BookError::AttachmentUnknown {
                    entry,
                    name: name.to_owned(),
                })?;
        self.attached(file)
    }
}
