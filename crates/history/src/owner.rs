//! Which processes are alive: each holds an operating system lock on a file of its own.
//!
//! A lock goes when its process goes, however it goes, and needs no clock, no heartbeat and no
//! process ids that might be somebody else's by now. What the locks mean for runs is not known
//! here; see `interrupted`.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::HistoryError;

const FOLDER_NAME: &str = "owners";
const GATE_NAME: &str = "gate";
const LOCK_EXTENSION: &str = "lock";

/// How long to wait for another process at the gate. It needs milliseconds; one that stopped in
/// there must not stop everybody else for ever.
const GATE_TIMEOUT: Duration = Duration::from_secs(10);
const GATE_INTERVAL: Duration = Duration::from_millis(10);

/// The folder with the locks.
#[derive(Debug)]
pub(crate) struct Owners {
    folder: PathBuf,
}

/// Only one process at a time opens a history or looks who lives. It is what makes a lock file and
/// its lock appear as one to the others.
#[derive(Debug)]
pub(crate) struct Gate {
    _lock: File,
}

/// This process's own lock.
#[derive(Debug)]
pub(crate) struct Owner {
    name: String,
    path: PathBuf,
    _lock: File,
}

/// Who lives, and what the dead have left.
pub(crate) struct Living {
    pub(crate) owners: HashSet<String>,
    stale: Vec<PathBuf>,
}

impl Owners {
    pub(crate) fn at(data_folder: &Path) -> Result<Self, HistoryError> {
        let folder = data_folder.join(FOLDER_NAME);
        std::fs::create_dir_all(&folder)
            .map_err(|error| HistoryError::unreachable(&folder, &error))?;
        Ok(Self { folder })
    }

    /// Waits for the gate. It opens again when the result is dropped.
    pub(crate) async fn gate(&self) -> Result<Gate, HistoryError> {
        let path = self.folder.join(GATE_NAME);
        let unreachable = |error| HistoryError::unreachable(&path, &error);
        let file = open_or_create(&path).map_err(unreachable)?;
        let began = Instant::now();
        while !lock(&file).map_err(unreachable)? {
            if began.elapsed() > GATE_TIMEOUT {
                return Err(HistoryError::Unusable {
                    path,
                    detail: "another program holds it".to_owned(),
                });
            }
            tokio::time::sleep(GATE_INTERVAL).await;
        }
        Ok(Gate { _lock: file })
    }

    /// Makes this process known as alive, until the result is dropped.
    pub(crate) fn claim(&self, _gate: &Gate) -> Result<Owner, HistoryError> {
        let name = crate::new_ulid().to_string();
        let path = self.folder.join(&name).with_extension(LOCK_EXTENSION);
        let unreachable = |error| HistoryError::unreachable(&path, &error);
        let file = open_or_create(&path).map_err(unreachable)?;
        lock(&file).map_err(unreachable)?;
        Ok(Owner {
            name,
            path,
            _lock: file,
        })
    }

    /// Looks who lives.
    pub(crate) fn living(&self, _gate: &Gate) -> Result<Living, HistoryError> {
        let mut living = Living {
            owners: HashSet::new(),
            stale: vec![],
        };
        let entries = std::fs::read_dir(&self.folder)
            .map_err(|error| HistoryError::unreachable(&self.folder, &error))?;
        for path in entries.flatten().map(|entry| entry.path()) {
            let is_lock = path.extension() == Some(OsStr::new(LOCK_EXTENSION));
            let Some(name) = path.file_stem().filter(|_| is_lock) else {
                continue;
            };
            if is_held(&path) {
                living.owners.insert(name.to_string_lossy().into_owned());
            } else {
                living.stale.push(path);
            }
        }
        Ok(living)
    }
}

impl Owner {
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        remove(&self.path);
    }
}

impl Living {
    /// Removes what the dead have left; to be done when nothing refers to them any more.
    pub(crate) fn remove_stale(self) {
        for path in &self.stale {
            remove(path);
        }
    }
}

/// A file that is left behind is only clutter; the next to look will try again.
fn remove(path: &Path) {
    if let Err(error) = std::fs::remove_file(path) {
        tracing::debug!(%error, "a lock file was not removed");
    }
}

fn open_or_create(path: &Path) -> std::io::Result<File> {
    File::options()
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
}

/// Whether the lock is now ours. On a file system without locks it counts as ours.
fn lock(file: &File) -> std::io::Result<bool> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) if error.kind() == std::io::ErrorKind::Unsupported => {
            tracing::warn!("there are no file locks here; interrupted runs may go unnoticed");
            Ok(true)
        }
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Whether the process that made the file lives. In doubt it does: calling a run that goes on
/// interrupted is worse than calling one that stopped running.
fn is_held(path: &Path) -> bool {
    match File::options().write(true).open(path) {
        Ok(file) => file.try_lock().is_err(),
        Err(error) => error.kind() != std::io::ErrorKind::NotFound,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_owner_lives_until_it_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let owners = Owners::at(folder.path()).unwrap();
        let gate = owners.gate().await.unwrap();
        let first = owners.claim(&gate).unwrap();
        let second = owners.claim(&gate).unwrap();
        let gone = second.name().to_owned();
        drop(second);

        let living = owners.living(&gate).unwrap();
        assert!(living.owners.contains(first.name()));
        assert!(!living.owners.contains(&gone));
        assert!(living.stale.is_empty());
    }

    #[tokio::test]
    async fn what_the_dead_have_left_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let owners = Owners::at(folder.path()).unwrap();
        let left = folder.path().join("owners/01DEAD.lock");
        std::fs::write(&left, "").unwrap();

        let gate = owners.gate().await.unwrap();
        let living = owners.living(&gate).unwrap();
        assert!(living.owners.is_empty());
        assert!(left.exists());
        living.remove_stale();
        assert!(!left.exists());
    }

    #[tokio::test]
    async fn the_gate_lets_one_in_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let owners = Owners::at(folder.path()).unwrap();
        let gate = owners.gate().await.unwrap();
        let wait = Duration::from_millis(50);
        assert!(tokio::time::timeout(wait, owners.gate()).await.is_err());
        drop(gate);
        assert!(owners.gate().await.is_ok());
    }
}
