//! Bringing a backup back, and reading one to be sure that it could be.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::Path;

use assistant::{Code, Fault};
use history::{History, HistoryError};
use sha2::{Digest as _, Sha256};
use tokio_util::sync::CancellationToken;
use zip::ZipArchive;

use super::manifest::{self, BackupFile, BackupManifest};
use super::write::hexadecimal;
use super::{RestoredBackup, cancelled, invalid};
use crate::archive::{JobProgress, TellProgress, broke_down, unreadable};
use crate::folders::unwritable;

type Archive = ZipArchive<BufReader<File>>;

/// Brings a backup back into a folder that is empty or not there.
///
/// # Errors
/// When the file is no sound backup or a newer program's, the folder has something in it, it cannot be
/// written, or `cancel` fires. The folder is then as it was.
pub async fn restore(
    path: &Path,
    folder: &Path,
    tell: TellProgress<'_>,
    cancel: &CancellationToken,
) -> Result<RestoredBackup, Fault> {
    let (from, to) = (path.to_owned(), folder.to_owned());
    let cancelling = cancel.clone();
    let (send, mut progress) = tokio::sync::mpsc::unbounded_channel();
    let work = tokio::task::spawn_blocking(move || {
        unpack(
            &from,
            &to,
            &|now| {
                let _ = send.send(now);
            },
            &cancelling,
        )
    });
    while let Some(now) = progress.recv().await {
        tell(now);
    }
    let (staged, manifest) = work.await.map_err(|error| broke_down(&error))??;
    let runs = settle(path, staged.path()).await?;
    if cancel.is_cancelled() {
        return Err(cancelled());
    }
    move_into_place(staged, folder)?;
    Ok(RestoredBackup {
        folder: folder.display().to_string(),
        made_at: manifest.made_at,
        files: u32::try_from(manifest.files.len()).unwrap_or(u32::MAX),
        runs: u32::try_from(runs).unwrap_or(u32::MAX),
    })
}

/// Whether a folder has nothing in it, or is not there.
fn is_free(folder: &Path) -> Result<bool, Fault> {
    match std::fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(unwritable(folder, &error)),
    }
}

fn taken(folder: &Path) -> Fault {
    Fault::new(
        Code::RestoreRefused,
        format!(
            "There is something in {} already, and a backup is never brought back over anything: name a folder that is empty or not there.",
            folder.display()
        ),
    )
    .with("path", folder.display())
}

/// Unpacks everything beside the folder.
fn unpack(
    path: &Path,
    folder: &Path,
    tell: &dyn Fn(JobProgress),
    cancel: &CancellationToken,
) -> Result<(tempfile::TempDir, BackupManifest), Fault> {
    if !is_free(folder)? {
        return Err(taken(folder));
    }
    let (mut archive, manifest) = open(path)?;
    let beside = folder
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let beside = beside.unwrap_or(Path::new("."));
    std::fs::create_dir_all(beside).map_err(|error| unwritable(beside, &error))?;
    let staged = tempfile::Builder::new()
        .prefix(".deskhand-restore-")
        .tempdir_in(beside)
        .map_err(|error| unwritable(beside, &error))?;
    let total: u64 = manifest.files.iter().map(|file| file.size).sum();
    let mut done = 0;
    for file in &manifest.files {
        let inner = manifest::inner_path(&file.path).map_err(|detail| invalid(path, &detail))?;
        let target = staged.path().join(inner);
        let parent = target.parent().unwrap_or(staged.path());
        std::fs::create_dir_all(parent).map_err(|error| unwritable(parent, &error))?;
        let mut out = File::create_new(&target).map_err(|error| unwritable(&target, &error))?;
        read_file(path, &mut archive, file, cancel, &mut |bytes| {
            done += bytes.len() as u64;
            tell(JobProgress::new(done, total));
            out.write_all(bytes)
                .map_err(|error| unwritable(&target, &error))
        })?;
        out.sync_all()
            .map_err(|error| unwritable(&target, &error))?;
    }
    Ok((staged, manifest))
}

/// Reads a backup through; `tell` hears of every piece.
pub(super) fn verify(
    path: &Path,
    cancel: &CancellationToken,
    tell: &mut dyn FnMut(u64),
) -> Result<BackupManifest, Fault> {
    let (mut archive, manifest) = open(path)?;
    for file in &manifest.files {
        read_file(path, &mut archive, file, cancel, &mut |bytes| {
            tell(bytes.len() as u64);
            Ok(())
        })?;
    }
    Ok(manifest)
}

/// The archive and its manifest, which says of every file in it what it is.
fn open(path: &Path) -> Result<(Archive, BackupManifest), Fault> {
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    let length = file
        .metadata()
        .map_err(|error| unreadable(path, &error))?
        .len();
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| {
        invalid(
            path,
            &format!("it is no archive, or a damaged one ({error})"),
        )
    })?;
    let text = {
        let entry = archive
            .by_name(manifest::NAME)
            .map_err(|_| invalid(path, "it has no manifest, so it is another program's"))?;
        let mut text = Vec::new();
        entry
            .take(manifest::MOST_BYTES + 1)
            .read_to_end(&mut text)
            .map_err(|error| invalid(path, &format!("its manifest is damaged ({error})")))?;
        if text.len() as u64 > manifest::MOST_BYTES {
            return Err(invalid(path, "its manifest is larger than any"));
        }
        text
    };
    let manifest = BackupManifest::read(path, &text, length)?;
    let known: BTreeMap<&str, &BackupFile> = manifest
        .files
        .iter()
        .map(|file| (file.path.as_str(), file))
        .collect();
    for place in 0..archive.len() {
        let entry = archive
            .by_index_raw(place)
            .map_err(|error| invalid(path, &format!("it is damaged ({error})")))?;
        let name = entry
            .name()
            .map(|name| name.into_owned())
            .unwrap_or_default();
        let is_known = name == manifest::NAME || known.contains_key(name.as_str());
        if !is_known || entry.is_symlink() || entry.is_dir() {
            let name: String = name.chars().take(80).collect();
            return Err(invalid(
                path,
                &format!("it has {name:?}, which its manifest does not know"),
            ));
        }
    }
    Ok((archive, manifest))
}

/// Reads a file of the archive, no further than it may be long, and compares it with the manifest.
fn read_file(
    path: &Path,
    archive: &mut Archive,
    file: &BackupFile,
    cancel: &CancellationToken,
    take: &mut dyn FnMut(&[u8]) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let changed = || invalid(path, &format!("{} is not as it was written", file.path));
    let entry = archive
        .by_name(&file.path)
        .map_err(|_| invalid(path, &format!("{} is missing", file.path)))?;
    let mut entry = entry.take(file.size.saturating_add(1));
    let mut hash = Sha256::new();
    let mut size = 0;
    let mut buffer = vec![0; 1 << 18];
    loop {
        if cancel.is_cancelled() {
            return Err(cancelled());
        }
        let length = entry.read(&mut buffer).map_err(|_| changed())?;
        if length == 0 {
            break;
        }
        size += length as u64;
        if size > file.size {
            return Err(changed());
        }
        hash.update(&buffer[..length]);
        take(&buffer[..length])?;
    }
    match size == file.size && hexadecimal(&hash.finalize()) == file.sha256 {
        true => Ok(()),
        false => Err(changed()),
    }
}

/// Opens the history that was unpacked, as the program will; how many runs it has.
async fn settle(path: &Path, staged: &Path) -> Result<u64, Fault> {
    if !staged.join("history.sqlite").exists() {
        return Ok(0);
    }
    // In the words of the backup: the folder has not got its name yet.
    let said = |error: HistoryError| match error {
        HistoryError::TooNew { .. } => Fault::new(
            Code::FileTooNew,
            format!(
                "The backup {} was made by a newer Deskhand; please update this one.",
                path.display()
            ),
        )
        .with("path", path.display()),
        other => invalid(path, &format!("its history cannot be used ({other})")),
    };
    let history = History::open(staged).await.map_err(said)?;
    let runs = history.count().await.map_err(said)?;
    history.close().await;
    Ok(runs)
}

/// Gives what was unpacked its name.
fn move_into_place(staged: tempfile::TempDir, folder: &Path) -> Result<(), Fault> {
    // Somebody may have written there meanwhile. An empty folder gives way; anything else does not.
    if !is_free(folder)? {
        return Err(taken(folder));
    }
    if folder.exists() {
        std::fs::remove_dir(folder).map_err(|error| unwritable(folder, &error))?;
    }
    std::fs::rename(staged.path(), folder).map_err(|error| unwritable(folder, &error))?;
    // It is no temporary folder any more.
    let _ = staged.keep();
    Ok(())
}
