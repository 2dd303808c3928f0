//! Writing a backup: every file by itself into the archive, then the manifest, then all of it read again.

use std::fs::File;
use std::io::{BufWriter, Cursor, Read, Write};
use std::path::{Path, PathBuf};

use assistant::{Code, Fault};
use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};
use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;
use tokio_util::sync::CancellationToken;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::manifest::{self, BackupFile, BackupManifest};
use super::{WrittenBackup, cancelled, restore};
use crate::archive::{JobProgress, unreadable};
use crate::folders::unwritable;

/// What can be made again, belongs to one program's life, or is the window's own.
const LEFT_OUT: [&str; 6] = ["cache", "models", "samples", "logs", "owners", "webview"];

/// What SQLite keeps beside a database that is open, what holds a file for a moment, and what is not
/// finished. All of it is in the database's own copy, or nothing.
const LEFT_OUT_ENDINGS: [&str; 5] = ["-wal", "-shm", "-journal", ".lock", ".tmp"];

/// Files in which a person may have written an address with a password by hand.
const ADDRESSES: [&str; 2] = ["connections.toml", "services.toml"];

const SQLITE: &[u8] = b"SQLite format 3\0";

/// Steps of SQLite between two looks at whether somebody stops it.
const STEPS: i32 = 100_000;

type Tell<'a> = &'a dyn Fn(JobProgress);

/// Writes everything in a data folder into an archive.
pub(super) fn write(
    data: &Path,
    path: &Path,
    tell: Tell<'_>,
    cancel: &CancellationToken,
) -> Result<WrittenBackup, Fault> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let fail = |error: std::io::Error| unwritable(path, &error);
    let unfinished = NamedTempFile::new_in(folder).map_err(fail)?;
    let sources = sources(data, &[path, unfinished.path()])?;
    let total: u64 = sources.iter().map(|source| source.size).sum();
    let out = BufWriter::new(unfinished.reopen().map_err(fail)?);
    let mut packing = Packing {
        path,
        folder,
        archive: ZipWriter::new(out),
        files: Vec::new(),
        done: 0,
        // Everything is written once and read once.
        total: total * 2,
        tell,
        cancel,
    };
    for source in &sources {
        packing.add(source)?;
    }
    let files = packing.finish()?;
    unfinished.as_file().sync_all().map_err(fail)?;
    let mut done = total;
    restore::verify(unfinished.path(), cancel, &mut |bytes| {
        done += bytes;
        tell(JobProgress::new(done.min(total * 2), total * 2));
    })
    // It is about the file of that name, whatever it was called while it was written.
    .map_err(|fault| match fault.code {
        Code::BackupInvalid => super::invalid(path, &fault.details["detail"]),
        _ => fault,
    })?;
    let archive = unfinished.as_file().metadata().map_err(fail)?.len();
    unfinished
        .persist(path)
        .map_err(|error| fail(error.error))?;
    let bytes = files.iter().map(|file| file.size).sum();
    Ok(WrittenBackup {
        files: u32::try_from(files.len()).unwrap_or(u32::MAX),
        bytes: JobProgress::new(bytes, 0).done,
        archive_bytes: JobProgress::new(archive, 0).done,
    })
}

/// A file that goes into a backup.
struct Source {
    path: PathBuf,
    name: String,
    size: u64,
}

/// Every file that is the person's, in the order of names.
fn sources(data: &Path, but: &[&Path]) -> Result<Vec<Source>, Fault> {
    let but: Vec<PathBuf> = but
        .iter()
        .filter_map(|path| path.canonicalize().ok())
        .collect();
    let mut sources = Vec::new();
    let mut folders = vec![(data.to_owned(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        let entries = std::fs::read_dir(&folder).map_err(|error| unreadable(&folder, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| unreadable(&folder, &error))?;
            let path = entry.path();
            let own = entry.file_name().to_string_lossy().into_owned();
            let name = format!("{prefix}{own}");
            let is_left_out = LEFT_OUT.contains(&name.as_str())
                || LEFT_OUT_ENDINGS.iter().any(|ending| own.ends_with(ending))
                // An unfinished file of ours, or a name that could not be brought back everywhere.
                || own.starts_with(".tmp")
                || path.canonicalize().is_ok_and(|path| but.contains(&path));
            let kind = entry
                .file_type()
                .map_err(|error| unreadable(&path, &error))?;
            if is_left_out || kind.is_symlink() {
                continue;
            }
            if kind.is_dir() {
                folders.push((path, format!("{name}/")));
            } else if kind.is_file() {
                let data = entry
                    .metadata()
                    .map_err(|error| unreadable(&path, &error))?;
                manifest::inner_path(&name).map_err(|_| unfit(&path))?;
                sources.push(Source {
                    path,
                    name,
                    size: data.len(),
                });
            }
        }
    }
    sources.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(sources)
}

fn unfit(path: &Path) -> Fault {
    Fault::new(
        Code::FileUnreadable,
        format!(
            "{} has a name that not every computer takes: rename it, and back up again.",
            path.display()
        ),
    )
    .with("path", path.display())
}

struct Packing<'a> {
    path: &'a Path,
    folder: &'a Path,
    archive: ZipWriter<BufWriter<File>>,
    files: Vec<BackupFile>,
    done: u64,
    total: u64,
    tell: Tell<'a>,
    cancel: &'a CancellationToken,
}

impl Packing<'_> {
    fn add(&mut self, source: &Source) -> Result<(), Fault> {
        let mut file = match File::open(&source.path) {
            Ok(file) => file,
            // Somebody removed it in this moment.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(unreadable(&source.path, &error)),
        };
        let before = self.done;
        if is_database(&mut file) {
            let mut copy = copied(&source.path, self.folder, self.cancel)?;
            self.pack(&source.name, &source.path, copy.as_file_mut())?;
        } else if ADDRESSES.contains(&source.name.as_str()) {
            let text = std::fs::read_to_string(&source.path);
            let text = text.map_err(|error| unreadable(&source.path, &error))?;
            let mut text = Cursor::new(without_passwords(&text));
            self.pack(&source.name, &source.path, &mut text)?;
        } else {
            let mut file =
                File::open(&source.path).map_err(|error| unreadable(&source.path, &error))?;
            self.pack(&source.name, &source.path, &mut file)?;
        }
        // A copy may have another size than what was counted on.
        self.done = before + source.size;
        (self.tell)(JobProgress::new(self.done, self.total));
        Ok(())
    }

    fn pack(&mut self, name: &str, from: &Path, file: &mut dyn Read) -> Result<(), Fault> {
        let options = SimpleFileOptions::default().large_file(true);
        self.archive
            .start_file(name, options)
            .map_err(|error| unwritable(self.path, &error.into()))?;
        let mut hash = Sha256::new();
        let mut size = 0;
        let mut buffer = vec![0; 1 << 18];
        loop {
            if self.cancel.is_cancelled() {
                return Err(cancelled());
            }
            let length = file
                .read(&mut buffer)
                .map_err(|error| unreadable(from, &error))?;
            if length == 0 {
                break;
            }
            hash.update(&buffer[..length]);
            size += length as u64;
            self.archive
                .write_all(&buffer[..length])
                .map_err(|error| unwritable(self.path, &error))?;
            self.done += length as u64;
            (self.tell)(JobProgress::new(self.done.min(self.total), self.total));
        }
        self.files.push(BackupFile {
            path: name.to_owned(),
            size,
            sha256: hexadecimal(&hash.finalize()),
        });
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<BackupFile>, Fault> {
        let manifest = BackupManifest {
            format: manifest::FORMAT.to_owned(),
            version: manifest::VERSION,
            made_at: format!("{:.3}", Timestamp::now()),
            program: concat!("Deskhand ", env!("CARGO_PKG_VERSION")).to_owned(),
            files: self.files,
        };
        let text = serde_json::to_vec_pretty(&manifest).map_err(|error| {
            Fault::new(Code::Internal, "The manifest could not be written.").with("detail", error)
        })?;
        let mut write = || -> std::io::Result<()> {
            self.archive
                .start_file(manifest::NAME, SimpleFileOptions::default())?;
            self.archive.write_all(&text)
        };
        write().map_err(|error| unwritable(self.path, &error))?;
        let finished = self.archive.finish().map_err(std::io::Error::from);
        finished
            .and_then(|mut out| out.flush())
            .map_err(|error| unwritable(self.path, &error))?;
        Ok(manifest.files)
    }
}

/// A text whose addresses have their users but no passwords.
fn without_passwords(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find("://") {
        let (before, after) = rest.split_at(place + 3);
        kept.push_str(before);
        let end = after
            .find(|letter: char| letter.is_whitespace() || "/?#\"'".contains(letter))
            .unwrap_or(after.len());
        let (server, later) = after.split_at(end);
        match server.rsplit_once('@') {
            Some((person, host)) => {
                kept.push_str(person.split(':').next().unwrap_or_default());
                kept.push('@');
                kept.push_str(host);
            }
            None => kept.push_str(server),
        }
        rest = later;
    }
    kept.push_str(rest);
    kept
}

fn is_database(file: &mut File) -> bool {
    let mut begin = [0; 16];
    file.read_exact(&mut begin).is_ok() && begin == *SQLITE
}

/// One moment of a database, in a file of its own.
fn copied(path: &Path, folder: &Path, cancel: &CancellationToken) -> Result<NamedTempFile, Fault> {
    let copy = NamedTempFile::new_in(folder).map_err(|error| unwritable(folder, &error))?;
    let work = || -> rusqlite::Result<()> {
        let connection = Connection::open_with_flags(
            path,
            // A database whose log has to be read first cannot be opened for reading alone.
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        connection.busy_timeout(std::time::Duration::from_secs(30))?;
        let cancel = cancel.clone();
        connection.progress_handler(STEPS, Some(move || cancel.is_cancelled()))?;
        // Into an empty file, which SQLite takes for none.
        connection.execute("VACUUM INTO ?1", [copy.path().to_string_lossy()])?;
        Ok(())
    };
    work().map_err(|error| match cancel.is_cancelled() {
        true => cancelled(),
        false => Fault::new(
            Code::FileUnreadable,
            format!("{} cannot be copied: {error}.", path.display()),
        )
        .with("path", path.display())
        .with("detail", error),
    })?;
    Ok(copy)
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leaves_its_password_behind() {
        for (text, expected) in [
            (
                "a = \"postgres://ann:s3cr:et@host:5432/db\"\n",
                "a = \"postgres://ann@host:5432/db\"\n",
            ),
            (
                "http://user:p@ss@proxy:3128 and http://plain/a@b:c",
                "http://user@proxy:3128 and http://plain/a@b:c",
            ),
            ("no address: a:b@c", "no address: a:b@c"),
            ("", ""),
        ] {
            assert_eq!(without_passwords(text), expected);
        }
    }
}
