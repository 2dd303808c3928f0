//! SHA-256 of large files, off the threads that serve everything else.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{Progress, ProgressSink, Source, file_error};
use crate::ModelError;

/// Bytes between two words about progress.
const STEP: usize = 8 << 20;

/// The SHA-256 of a file in lower-case hexadecimal.
pub async fn of_file(
    path: &Path,
    progress: ProgressSink<'_>,
    cancel: &CancellationToken,
) -> Result<String, ModelError> {
    let total = path
        .metadata()
        .map_err(|error| file_error(path, &error))?
        .len();
    let (steps, mut done) = mpsc::unbounded_channel();
    let reading = tokio::task::spawn_blocking({
        let (path, cancel) = (path.to_owned(), cancel.clone());
        move || read(path, &cancel, &steps)
    });
    while let Some(done) = done.recv().await {
        progress(Progress {
            done,
            total,
            source: Source::Check,
        });
    }
    reading
        .await
        .unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()))
}

fn read(
    path: PathBuf,
    cancel: &CancellationToken,
    steps: &mpsc::UnboundedSender<u64>,
) -> Result<String, ModelError> {
    let failed = |error: std::io::Error| file_error(&path, &error);
    let mut file = File::open(&path).map_err(failed)?;
    let mut sum = Sha256::new();
    let mut buffer = vec![0; STEP];
    let mut done = 0;
    loop {
        if cancel.is_cancelled() {
            return Err(ModelError::Cancelled);
        }
        let length = file.read(&mut buffer).map_err(failed)?;
        if length == 0 {
            return Ok(hexadecimal(&sum.finalize()));
        }
        sum.update(&buffer[..length]);
        done += length as u64;
        // Nobody listens any more when the caller gave up.
        let _ = steps.send(done);
    }
}

/// The SHA-256 of a file that is small enough to be read in one go without a word in between.
pub fn of_reader(mut reader: impl std::io::Read) -> std::io::Result<String> {
    let mut sum = Sha256::new();
    std::io::copy(&mut reader, &mut sum)?;
    Ok(hexadecimal(&sum.finalize()))
}

/// Bytes as pairs of lower-case hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
