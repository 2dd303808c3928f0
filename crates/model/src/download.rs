//! Having the file of a model: fetching it, checking it, throwing it away.
//!
//! A file appears under its final name only when its SHA-256 was found to be the catalogue's, by
//! one rename. Until then it is a partial file, of which every source has its own, because they
//! resume differently.
//!
//! Which sources there are is decided here and nowhere else: first the maker's repository, then
//! the same bytes in pieces from the Python package index, for machines that reach only that.

mod checksum;
mod official;
mod packages;

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::ModelError;
use crate::catalogue::{Entry, ModelFolder};

pub(crate) use checksum::hexadecimal;
pub use packages::{Pip, Unavailable, WheelSource};

/// How far a download or a check is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes that are done.
    pub done: u64,
    /// Bytes in all.
    pub total: u64,
    /// Where they come from.
    pub source: Source,
}

/// Where bytes come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The maker's repository.
    Official,
    /// Pieces from the Python package index.
    Packages,
    /// The file itself, which is being checked, or copied from where the person has it.
    Check,
}

/// Who is told how far it is.
pub type ProgressSink<'sink> = &'sink (dyn Fn(Progress) + Send + Sync);

/// The places where model files are had.
pub struct Sources {
    /// Beginning of the addresses of official files, without a slash at the end.
    pub base_url: String,
    /// Who fetches wheels.
    pub wheels: Box<dyn WheelSource>,
}

impl Sources {
    /// The maker's repository (or what `DESKHAND_MODEL_BASE_URL` puts in its place), and pip.
    #[must_use]
    pub fn standard() -> Self {
        let base_url = std::env::var("DESKHAND_MODEL_BASE_URL")
            .ok()
            .filter(|url| !url.is_empty())
            .unwrap_or_else(|| "https://huggingface.co".to_owned());
        Self {
            base_url: base_url.trim_end_matches('/').to_owned(),
            wheels: Box::new(Pip),
        }
    }
}

/// What keeps one source from delivering, apart from what keeps every source from it.
enum Trouble {
    /// Another source may be tried.
    Source(String),
    /// The caller cancelled, or the file cannot be written.
    Everywhere(ModelError),
}

/// Fetches the file of a model, unless it is there, and returns its path.
///
/// # Errors
/// [`ModelError::Download`] when no source had it, with what each of them said;
/// [`ModelError::File`] when it cannot be written; [`ModelError::Cancelled`]. After each of them
/// the same call goes on where it stopped.
pub async fn pull(
    entry: &Entry,
    folder: &ModelFolder,
    progress: ProgressSink<'_>,
    cancel: &CancellationToken,
) -> Result<PathBuf, ModelError> {
    pull_from(&Sources::standard(), entry, folder, progress, cancel).await
}

/// [`pull`] from other places than the usual ones.
///
/// # Errors
/// As [`pull`].
pub async fn pull_from(
    sources: &Sources,
    entry: &Entry,
    folder: &ModelFolder,
    progress: ProgressSink<'_>,
    cancel: &CancellationToken,
) -> Result<PathBuf, ModelError> {
    std::fs::create_dir_all(folder.path()).map_err(|error| file_error(folder.path(), &error))?;
    let lock = Arc::new(lock(entry, folder, cancel).await?);
    let path = folder.path_of(entry);
    if folder.is_present(entry) {
        return Ok(path);
    }

    let job = Job {
        entry,
        folder,
        progress,
        cancel,
        lock,
    };
    let mut details = Vec::new();
    for source in [Source::Official, Source::Packages] {
        let fetched = match source {
            Source::Official => official::fetch(&job, &sources.base_url).await,
            _ => packages::fetch(&job, sources.wheels.as_ref()).await,
        };
        let settled = match fetched {
            Ok(part) => settle(&job, &part, &path).await,
            Err(trouble) => Err(trouble),
        };
        match settled {
            Ok(()) => {
                clear(entry, folder);
                return Ok(path);
            }
            Err(Trouble::Source(detail)) => details.push(detail),
            Err(Trouble::Everywhere(error)) => return Err(error),
        }
    }
    Err(ModelError::Download {
        id: entry.id.clone(),
        detail: details.join("; "),
    })
}

/// Reads the file of a model again and compares it with the catalogue.
///
/// # Errors
/// [`ModelError::Missing`], [`ModelError::Corrupt`], or [`ModelError::File`] when it cannot be read.
pub async fn verify(
    entry: &Entry,
    folder: &ModelFolder,
    progress: ProgressSink<'_>,
) -> Result<(), ModelError> {
    let path = folder.path_of(entry);
    let size = match path.metadata() {
        Ok(facts) => facts.len(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(ModelError::Missing {
                id: entry.id.clone(),
                path,
            });
        }
        Err(error) => return Err(file_error(&path, &error)),
    };
    if size != entry.bytes {
        let detail = format!("it has {size} bytes and not {}", entry.bytes);
        return Err(ModelError::Corrupt { path, detail });
    }
    let sum = checksum::of_file(&path, progress, &CancellationToken::new()).await?;
    if sum != entry.sha256 {
        let detail = format!("its SHA-256 is {sum} and not {}", entry.sha256);
        return Err(ModelError::Corrupt { path, detail });
    }
    Ok(())
}

/// Throws away the file of a model and whatever was left of unfinished downloads.
///
/// # Errors
/// [`ModelError::File`] when a file cannot be removed; [`ModelError::Cancelled`] while waiting for
/// a download of the same model to end.
pub async fn remove(
    entry: &Entry,
    folder: &ModelFolder,
    cancel: &CancellationToken,
) -> Result<(), ModelError> {
    if !folder.path().exists() {
        return Ok(());
    }
    let _lock = lock(entry, folder, cancel).await?;
    clear(entry, folder);
    let path = folder.path_of(entry);
    match std::fs::remove_file(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(file_error(&path, &error));
        }
        _ => {}
    }
    // The lock file stays: whoever waits for it must not be left with a file that is gone.
    Ok(())
}

/// What every source needs to know.
struct Job<'job> {
    entry: &'job Entry,
    folder: &'job ModelFolder,
    progress: ProgressSink<'job>,
    cancel: &'job CancellationToken,
    /// Held by whoever writes, also by a thread that outlives a caller who went away.
    lock: Arc<File>,
}

impl Job<'_> {
    fn say(&self, done: u64, source: Source) {
        (self.progress)(Progress {
            done,
            total: self.entry.bytes,
            source,
        });
    }

    /// The partial file, or another companion, of this model.
    fn beside(&self, ending: &str) -> PathBuf {
        beside(self.entry, self.folder, ending)
    }
}

/// Checks a complete partial file and gives it its final name.
async fn settle(job: &Job<'_>, part: &Path, path: &Path) -> Result<(), Trouble> {
    let sum = checksum::of_file(part, job.progress, job.cancel)
        .await
        .map_err(Trouble::Everywhere)?;
    if sum != job.entry.sha256 {
        // Nothing of it can be trusted, so the next attempt must not build upon it.
        clear(job.entry, job.folder);
        return Err(Trouble::Source(format!(
            "the file that came has the SHA-256 {sum} and not {}",
            job.entry.sha256
        )));
    }
    let renamed = std::fs::rename(part, path).and_then(|()| sync_folder(job.folder.path()));
    renamed.map_err(|error| Trouble::Everywhere(file_error(path, &error)))
}

/// Makes the rename survive a power cut. Only Unix lets a folder be opened for that.
pub(crate) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()
    } else {
        Ok(())
    }
}

/// Waits until no other process fetches or removes the same model.
async fn lock(
    entry: &Entry,
    folder: &ModelFolder,
    cancel: &CancellationToken,
) -> Result<File, ModelError> {
    let path = beside(entry, folder, "lock");
    let error = |error: std::io::Error| file_error(&path, &error);
    let file = OpenOptions::new()
        .create(true)
        .write(true)
        .truncate(false)
        .open(&path)
        .map_err(error)?;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => {
                tracing::debug!("another process fetches {}", entry.id)
            }
            Err(TryLockError::Error(failure)) => return Err(error(failure)),
        }
        tokio::select! {
            () = cancel.cancelled() => return Err(ModelError::Cancelled),
            () = tokio::time::sleep(Duration::from_millis(200)) => {}
        }
    }
}

fn beside(entry: &Entry, folder: &ModelFolder, ending: &str) -> PathBuf {
    folder.path().join(format!("{}.{ending}", entry.file))
}

/// Removes everything that unfinished downloads of a model left behind, as far as it can be removed.
fn clear(entry: &Entry, folder: &ModelFolder) {
    for ending in [official::PART, packages::PART, packages::RECORD] {
        let _ = std::fs::remove_file(beside(entry, folder, ending));
    }
    packages::clear_wheels(entry, folder);
}

pub(crate) fn file_error(path: &Path, error: &std::io::Error) -> ModelError {
    ModelError::File {
        path: path.to_owned(),
        detail: error.to_string(),
    }
}

/// An error with everything that stands behind it, in one sentence.
fn in_full(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(&format!(": {cause}"));
        source = cause.source();
    }
    text
}
