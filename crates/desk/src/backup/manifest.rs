//! What a backup says of itself, and which of that can be true.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use assistant::{Code, Fault};
use serde::{Deserialize, Serialize};

use super::invalid;

/// Its name in the archive.
pub(super) const NAME: &str = "manifest.json";

/// What the archive says it is.
pub(super) const FORMAT: &str = "deskhand-backup";

/// The version that is written, and the newest that is read.
pub(super) const VERSION: u32 = 1;

/// Most bytes of a manifest.
pub(super) const MOST_BYTES: u64 = 32 << 20;

/// Most files of a backup.
const MOST_FILES: usize = 100_000;

/// Texts and databases do not shrink to less than this part of their size; an archive that claims to is
/// made to fill a disk.
const MOST_RATIO: u64 = 100;

/// What small archives may swell to in any case.
const USUAL_BYTES: u64 = 256 << 20;

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupManifest {
    /// What it is.
    pub format: String,
    /// In which version.
    pub version: u32,
    /// When it was made: ISO 8601 in UTC.
    pub made_at: String,
    /// By which program.
    pub program: String,
    /// What is in it.
    pub files: Vec<BackupFile>,
}

/// A file of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupFile {
    /// Where it lies in the data folder, its parts between slashes.
    pub path: String,
    /// Its bytes.
    pub size: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

impl BackupManifest {
    /// Reads and checks one, for an archive of so many bytes.
    pub(super) fn read(path: &Path, text: &[u8], archive: u64) -> Result<Self, Fault> {
        let value: serde_json::Value = serde_json::from_slice(text)
            .map_err(|error| invalid(path, &format!("its manifest is damaged ({error})")))?;
        if value.get("format").is_none_or(|format| format != FORMAT) {
            return Err(invalid(path, "its manifest is another program's"));
        }
        // Before anything else is understood: a newer one may have another shape.
        let version = value.get("version").and_then(serde_json::Value::as_u64);
        if version.is_some_and(|version| version > u64::from(VERSION)) {
            return Err(Fault::new(
                Code::FileTooNew,
                format!(
                    "The backup {} was made by a newer Deskhand; please update this one.",
                    path.display()
                ),
            )
            .with("path", path.display()));
        }
        let manifest: Self = serde_json::from_value(value)
            .map_err(|error| invalid(path, &format!("its manifest is damaged ({error})")))?;
        manifest
            .check(archive)
            .map_err(|detail| invalid(path, &detail))?;
        Ok(manifest)
    }

    fn check(&self, archive: u64) -> Result<(), String> {
        if self.files.len() > MOST_FILES {
            return Err(format!("it claims more than {MOST_FILES} files"));
        }
        let mut seen = BTreeSet::new();
        let mut sum: u64 = 0;
        for file in &self.files {
            inner_path(&file.path)?;
            // On some systems names that differ by the case of letters are the same file.
            if !seen.insert(file.path.to_lowercase()) {
                return Err(format!("it has {:?} twice", file.path));
            }
            sum = sum.saturating_add(file.size);
        }
        if sum > archive.saturating_mul(MOST_RATIO).max(USUAL_BYTES) {
            return Err(format!("it claims to hold {sum} bytes in {archive}"));
        }
        Ok(())
    }
}

/// A path that stays within its folder, on every system.
pub(super) fn inner_path(path: &str) -> Result<PathBuf, String> {
    let is_plain = |part: &str| {
        !part.is_empty()
            && part.len() <= 255
            && !part.ends_with(['.', ' '])
            && !part.contains(|letter: char| {
                letter.is_control()
                    || matches!(letter, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
            })
            && !is_device(part)
    };
    if path.len() > 1_000 || !path.split('/').all(is_plain) {
        return Err(format!(
            "it has a file whose name leads elsewhere ({:?})",
            path.chars().take(80).collect::<String>()
        ));
    }
    Ok(path.split('/').collect())
}

/// Names that mean a device on Windows, whatever their ending.
fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).to_ascii_uppercase();
    let is_numbered = |name: &str| {
        stem.strip_prefix(name)
            .is_some_and(|rest| rest.len() == 1 && rest.chars().all(|one| one.is_ascii_digit()))
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || is_numbered("COM")
        || is_numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_in_its_folder() {
        for path in [
            "history.sqlite",
            "books/家計.sqlite",
            "a/b/c.toml",
            ".hidden",
        ] {
            assert_eq!(inner_path(path).unwrap(), PathBuf::from(path));
        }
        for path in [
            "",
            "/etc/passwd",
            "../x",
            "a/../../x",
            "a//b",
            "./a",
            "a/.",
            "C:/x",
            "a\\b",
            "..\\x",
            "nul",
            "books/COM1.sqlite",
            "a\0b",
            "a/",
            "x.",
            "y ",
        ] {
            assert!(inner_path(path).is_err(), "{path:?}");
        }
        assert!(inner_path(&"a/".repeat(600)).is_err());
    }
}
