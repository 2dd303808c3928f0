//! Tables in files (CSV, workbooks) as databases: loaded once into a private file, and found there
//! again until the file changes.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use ::sheets::{Options, SheetError, Stage};
use assistant::{Code, Fault, Tell};
use sha2::{Digest as _, Sha256};
use tokio_util::sync::CancellationToken;

use crate::folders::unwritable;

/// The database of a file with tables; nothing when the path names another kind of file.
///
/// # Errors
/// When the file cannot be read as what it is.
pub(crate) async fn database(
    folder: &Path,
    source: &Path,
    tell: Tell<'_>,
    cancel: &CancellationToken,
) -> Result<Option<PathBuf>, Fault> {
    if !::sheets::recognises(source) {
        return Ok(None);
    }
    std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
    let target = folder.join(format!("{}.sqlite", name_of(source)?));
    if target.is_file() {
        return Ok(Some(target));
    }
    load(source, &target, tell, cancel).await?;
    Ok(Some(target))
}

async fn load(
    source: &Path,
    target: &Path,
    tell: Tell<'_>,
    cancel: &CancellationToken,
) -> Result<(), Fault> {
    let (sender, mut told) = tokio::sync::mpsc::unbounded_channel();
    let (from, to, cancel) = (source.to_owned(), target.to_owned(), cancel.clone());
    let work = tokio::task::spawn_blocking(move || {
        let progress = |progress: ::sheets::Progress| {
            if progress.stage != Stage::Opening && progress.total > 0 {
                // Whoever waits may have gone.
                let percent = progress.done * 100 / progress.total;
                let _ = sender.send(u8::try_from(percent).unwrap_or(100));
            }
        };
        ::sheets::import(&from, &to, &Options::default(), &progress, &cancel)
    });
    while let Some(percent) = told.recv().await {
        tell(percent);
    }
    let loaded = work.await.map_err(|error| {
        Fault::new(Code::Internal, "Loading the file broke down.").with("detail", error)
    })?;
    loaded.map(drop).map_err(|error| fault(source, &error))
}

/// A name that changes with the file: what was loaded of an older one is not taken for it.
fn name_of(source: &Path) -> Result<String, Fault> {
    let unreadable = |error: std::io::Error| {
        let code = match error.kind() {
            std::io::ErrorKind::NotFound => Code::FileNotFound,
            _ => Code::FileUnreadable,
        };
        let sentence = format!("{} cannot be read: {error}.", source.display());
        Fault::new(code, sentence).with("path", source.display())
    };
    let path = source.canonicalize().map_err(unreadable)?;
    let file = path.metadata().map_err(unreadable)?;
    let changed = file
        .modified()
        .ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let mut hash = Sha256::new();
    hash.update(env!("CARGO_PKG_VERSION"));
    hash.update(path.as_os_str().as_encoded_bytes());
    hash.update(file.len().to_le_bytes());
    hash.update(changed.unwrap_or_default().as_nanos().to_le_bytes());
    let digest = hash.finalize();
    Ok(digest[..12]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

fn fault(source: &Path, error: &SheetError) -> Fault {
    let code = match error.code() {
        "cancelled" => return Fault::cancelled(),
        "file-not-found" => Code::FileNotFound,
        "file-is-folder" | "file-not-permitted" | "file-unreadable" | "file-changed"
        | "disk-full" | "file-unwritable" => Code::FileUnreadable,
        _ => Code::SheetInvalid,
    };
    Fault::new(code, error.to_string())
        .with("path", source.display())
        .with("reason", error.code())
        .with("detail", error)
}
