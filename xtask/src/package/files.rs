//! Files and folders, with failures that name them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::shell;

/// Makes a folder and those above it.
pub fn make(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| Failure::file("make", folder, &error))
}

/// Makes a folder that has nothing in it.
pub fn empty(folder: &Path) -> Result<(), Failure> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| Failure::file("remove", folder, &error))?;
    }
    make(folder)
}

/// Reads a text.
pub fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| Failure::file("read", path, &error))
}

/// Writes a file, and the folders above it.
pub fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        make(folder)?;
    }
    fs::write(path, content).map_err(|error| Failure::file("write", path, &error))
}

/// Copies a file to a path, following links, and makes the folders above it.
pub fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    if let Some(folder) = to.parent() {
        make(folder)?;
    }
    fs::copy(from, to)
        .map(drop)
        .map_err(|error| Failure::file("copy", from, &error))
}

/// Copies everything in a folder, links as links.
pub fn copy_all(from: &Path, to: &Path) -> Result<(), Failure> {
    make(to)?;
    let mut cp = Command::new("cp");
    shell::run(cp.arg("-a").arg(from.join(".")).arg(to))
}

/// Everything in a folder, in order of names.
pub fn list(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let unreadable = |error: std::io::Error| Failure::file("read", folder, &error);
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        paths.push(entry.map_err(unreadable)?.path());
    }
    paths.sort();
    Ok(paths)
}

/// Makes a link that says `to`, whether or not there is such a thing.
#[cfg(unix)]
pub fn link(to: &str, at: &Path) -> Result<(), Failure> {
    if let Some(folder) = at.parent() {
        make(folder)?;
    }
    std::os::unix::fs::symlink(to, at).map_err(|error| Failure::file("make the link", at, &error))
}

/// There are no links in what is installed elsewhere.
#[cfg(not(unix))]
pub fn link(_to: &str, at: &Path) -> Result<(), Failure> {
    Err(Failure::sentence(format!(
        "{} would be a link",
        at.display()
    )))
}

/// Megabytes of a file, as people read them.
pub fn megabytes(path: &Path) -> Result<f64, Failure> {
    let bytes = fs::metadata(path)
        .map_err(|error| Failure::file("look at", path, &error))?
        .len();
    // In tenths, so that nothing is lost on the way to a float.
    let tenths = u32::try_from(bytes.div_ceil(100_000)).unwrap_or(u32::MAX);
    Ok(f64::from(tenths) / 10.0)
}
