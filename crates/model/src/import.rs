//! Taking in a model file that the person has already: looked at, copied, summed up.
//!
//! The copy appears under its final name when it is whole and on disk, or not at all. Which files
//! were taken in is for the caller to remember; nothing here keeps a list.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::ModelError;
use crate::catalogue::{Entry, ModelFolder};
use crate::download::{Progress, ProgressSink, Source, file_error, hexadecimal, sync_folder};
use crate::gguf::{self, Damage};

/// Where imported files lie inside of the folder of models.
pub const FOLDER: &str = "imported";

/// Bytes between two words about progress.
const STEP: usize = 8 << 20;

/// What a file would be called here: its name without the ending, in small letters, digits and
/// `.`, `-`, `_`.
#[must_use]
pub fn slug(path: &Path) -> String {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let letters = name.to_lowercase();
    let mut slug = String::new();
    for letter in letters.chars() {
        let is_plain = letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_');
        if is_plain {
            slug.push(letter);
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_matches(['-', '.']);
    if slug.is_empty() { "model" } else { slug }.to_owned()
}

/// Looks at the file and copies it into the folder. What comes back describes the copy.
///
/// # Errors
/// [`ModelError::Corrupt`] when it is not a whole GGUF file; [`ModelError::File`] when it cannot
/// be read, or the copy cannot be written; [`ModelError::Cancelled`]. After each of them nothing
/// is left behind.
pub async fn take_in(
    path: &Path,
    folder: &ModelFolder,
    progress: ProgressSink<'_>,
    cancel: &CancellationToken,
) -> Result<Entry, ModelError> {
    let header = examine(path.to_owned()).await?;
    let id = slug(path);
    let file = format!("{FOLDER}/{id}.gguf");
    let copied = copy(path, &folder.path().join(&file), progress, cancel).await?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    Ok(Entry {
        // What the person knows it by; the name inside of a file is often that of another one.
        title: stem.into_owned(),
        id: crate::ModelId(id),
        licence: String::new(),
        architecture: header.architecture,
        context: header.context,
        file,
        bytes: copied.bytes,
        sha256: copied.sha256,
        memory_mb: None,
        good_for: None,
        official: None,
        chunks: Vec::new(),
    })
}

async fn examine(path: PathBuf) -> Result<gguf::Header, ModelError> {
    let looked = tokio::task::spawn_blocking({
        let path = path.clone();
        move || gguf::examine(&path)
    });
    match joined(looked.await) {
        Ok(header) => Ok(header),
        Err(Damage::Unreadable(error)) => Err(file_error(&path, &error)),
        Err(damage) => Err(ModelError::Corrupt {
            path,
            detail: damage.to_string(),
        }),
    }
}

struct Copied {
    bytes: u64,
    sha256: String,
}

async fn copy(
    from: &Path,
    to: &Path,
    progress: ProgressSink<'_>,
    cancel: &CancellationToken,
) -> Result<Copied, ModelError> {
    let total = from
        .metadata()
        .map_err(|error| file_error(from, &error))?
        .len();
    let (steps, mut done) = mpsc::unbounded_channel();
    // A caller that goes away takes the copy with it.
    let cancel = cancel.child_token();
    let _gone = cancel.clone().drop_guard();
    let copying = tokio::task::spawn_blocking({
        let (from, to) = (from.to_owned(), to.to_owned());
        move || copy_in_steps(&from, &to, &cancel, &steps)
    });
    while let Some(done) = done.recv().await {
        progress(Progress {
            done,
            total,
            source: Source::Check,
        });
    }
    joined(copying.await)
}

fn joined<T>(result: Result<T, tokio::task::JoinError>) -> T {
    result.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))
}

fn copy_in_steps(
    from: &Path,
    to: &Path,
    cancel: &CancellationToken,
    steps: &mpsc::UnboundedSender<u64>,
) -> Result<Copied, ModelError> {
    let unwritten = |error: std::io::Error| file_error(to, &error);
    let mut input = File::open(from).map_err(|error| file_error(from, &error))?;
    let mut part = Part::begin(to)?;
    let mut sum = Sha256::new();
    let mut buffer = vec![0; STEP];
    let mut bytes = 0;
    loop {
        if cancel.is_cancelled() {
            return Err(ModelError::Cancelled);
        }
        let length = input
            .read(&mut buffer)
            .map_err(|error| file_error(from, &error))?;
        if length == 0 {
            break;
        }
        part.file.write_all(&buffer[..length]).map_err(unwritten)?;
        sum.update(&buffer[..length]);
        bytes += length as u64;
        // Nobody listens any more when the caller gave up.
        let _ = steps.send(bytes);
    }
    part.settle(to).map_err(unwritten)?;
    Ok(Copied {
        bytes,
        sha256: hexadecimal(&sum.finalize()),
    })
}

/// A copy under way. It is deleted when it does not become the file that it was meant to be, and
/// what a program left behind that was killed is written over by the next.
struct Part {
    path: PathBuf,
    file: File,
    is_settled: bool,
}

impl Part {
    fn begin(to: &Path) -> Result<Self, ModelError> {
        let path = to.with_extension("part");
        let failed = |error: std::io::Error| file_error(&path, &error);
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let file = OpenOptions::new()
            .create(true)
            .write(true)
            .truncate(false)
            .open(&path)
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let detail = "it is being imported by another program".to_owned();
                return Err(ModelError::File { path, detail });
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        file.set_len(0).map_err(failed)?;
        Ok(Self {
            path,
            file,
            is_settled: false,
        })
    }

    fn settle(mut self, to: &Path) -> std::io::Result<()> {
        self.file.sync_all()?;
        std::fs::rename(&self.path, to)?;
        self.is_settled = true;
        to.parent().map_or(Ok(()), sync_folder)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.is_settled {
            // What cannot be deleted now is written over by the next import.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids() {
        for (path, expected) in [
            ("/a/Llama-3.2 (1B) Q4_K_M.gguf", "llama-3.2-1b-q4_k_m"),
            ("home:model.gguf", "home-model"),
            ("..gguf", "model"),
            ("模型.gguf", "model"),
            ("--x--.gguf", "x"),
        ] {
            assert_eq!(slug(Path::new(path)), expected, "{path}");
        }
    }

    #[tokio::test]
    async fn a_copy_that_fails_or_is_stopped_leaves_nothing() {
        let place = tempfile::tempdir().unwrap();
        let from = place.path().join("from");
        std::fs::write(&from, [7; 100]).unwrap();
        let to = place.path().join("imported/to.gguf");
        let cancel = CancellationToken::new();

        let copied = copy(&from, &to, &|_| {}, &cancel).await.unwrap();
        assert_eq!(copied.bytes, 100);
        let other = Part::begin(&to).unwrap();
        let busy = copy(&from, &to, &|_| {}, &cancel).await;
        assert!(matches!(busy, Err(ModelError::File { .. })));
        drop(other);

        std::fs::remove_file(&to).unwrap();
        cancel.cancel();
        let stopped = copy(&from, &to, &|_| {}, &cancel).await;
        assert!(matches!(stopped, Err(ModelError::Cancelled)));
        let left = std::fs::read_dir(place.path().join("imported")).unwrap();
        assert_eq!(left.count(), 0);

        let nowhere = copy(&from, &from.join("x"), &|_| {}, &CancellationToken::new()).await;
        assert!(matches!(nowhere, Err(ModelError::File { .. })));
    }
}
