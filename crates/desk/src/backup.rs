//! Everything of a person's in one file, and back again.
//!
//! A backup is an archive with a manifest: which files, how large, with which checksum. Databases are
//! copied by SQLite itself (`VACUUM INTO`), which sees one moment of each even while others write; every
//! other file is replaced whole when it changes, so reading it is enough. What can be made again (models,
//! caches, samples, logs) is left out, and passwords and keys are in no file of ours to begin with.
//!
//! A backup comes back into a folder that is empty or not there, never over anything. It was made
//! elsewhere, so nothing in it is believed: names that lead out of the folder, sizes that do not hold,
//! archives that swell and what was changed since are refused before the folder appears.

mod manifest;
mod restore;
mod write;

use std::path::{Path, PathBuf};

use assistant::{Code, Fault};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use crate::archive::{TellProgress, broke_down};
use crate::{Desk, Folders};

pub use manifest::{BackupFile, BackupManifest};
pub use restore::restore;

/// What was written into a backup.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct WrittenBackup {
    /// How many files.
    pub files: u32,
    /// How many bytes they have.
    #[specta(type = u32)]
    pub bytes: f64,
    /// How many bytes the archive has.
    #[specta(type = u32)]
    pub archive_bytes: f64,
}

/// What was brought back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct RestoredBackup {
    /// The folder in which everything lies now.
    pub folder: String,
    /// When the backup was made: ISO 8601 in UTC.
    pub made_at: String,
    /// How many files.
    pub files: u32,
    /// How many runs its history has.
    pub runs: u32,
}

impl Desk {
    /// Writes everything of the person's into one file and reads it again to be sure.
    ///
    /// # Errors
    /// When something cannot be read, the file cannot be written or does not come back as it was
    /// written, or `cancel` fires. What was there under that name stays then.
    pub async fn back_up(
        &self,
        path: &Path,
        tell: TellProgress<'_>,
        cancel: &CancellationToken,
    ) -> Result<WrittenBackup, Fault> {
        let data = self.folders.data().to_owned();
        let target = path.to_owned();
        let cancel = cancel.clone();
        let (send, mut progress) = tokio::sync::mpsc::unbounded_channel();
        let work = tokio::task::spawn_blocking(move || {
            write::write(
                &data,
                &target,
                &|now| {
                    let _ = send.send(now);
                },
                &cancel,
            )
        });
        while let Some(now) = progress.recv().await {
            tell(now);
        }
        work.await.map_err(|error| broke_down(&error))?
    }

    /// Brings a backup back into a new folder beside the one in use, and says which.
    ///
    /// # Errors
    /// As [`restore()`].
    pub async fn restore_beside(
        &self,
        path: &Path,
        tell: TellProgress<'_>,
        cancel: &CancellationToken,
    ) -> Result<RestoredBackup, Fault> {
        restore(path, &beside(&self.folders), tell, cancel).await
    }
}

/// A name beside the data folder that nothing has yet.
fn beside(folders: &Folders) -> PathBuf {
    let data = folders.data();
    let name = data.file_name().unwrap_or_default().to_string_lossy();
    let day = jiff::Zoned::now().date();
    let mut place = data.with_file_name(format!("{name}-restored-{day}"));
    let mut count = 2;
    while place.exists() {
        place = data.with_file_name(format!("{name}-restored-{day}-{count}"));
        count += 1;
    }
    place
}

/// A file that is no backup, or no sound one.
fn invalid(path: &Path, detail: &str) -> Fault {
    Fault::new(
        Code::BackupInvalid,
        format!("{} is no sound backup: {detail}.", path.display()),
    )
    .with("path", path.display())
    .with("detail", detail)
}

fn cancelled() -> Fault {
    Fault::new(Code::Cancelled, "It was stopped; nothing was changed.")
}
