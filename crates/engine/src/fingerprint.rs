//! A short stand-in for a model file and the settings it is run with.
//!
//! Hashing a gigabyte at every start would take longer than reading most prompts, so the header and
//! pages spread over the file are hashed. This tells models and versions apart; damage to the
//! weights is what `model verify` is for.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use sha2::{Digest as _, Sha256};

const HEAD: u64 = 1 << 20;
const PAGES: u64 = 128;
const PAGE: u64 = 4096;

/// The fingerprint of a file under settings that are written out in `settings`.
pub fn of(path: &Path, settings: &str) -> io::Result<[u8; 32]> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut hash = Sha256::new();
    hash.update(settings);
    hash.update(length.to_le_bytes());
    let mut buffer = Vec::new();
    let begins =
        std::iter::once((0, HEAD)).chain((0..PAGES).map(|page| (length / PAGES * page, PAGE)));
    for (begin, size) in begins {
        buffer.clear();
        file.seek(SeekFrom::Start(begin))?;
        (&file).take(size).read_to_end(&mut buffer)?;
        hash.update(&buffer);
    }
    Ok(hash.finalize().into())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn files_and_settings_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("model");
        let content = vec![1; 3 << 20];
        fs::write(&path, &content).unwrap();
        let first = of(&path, "context 4096").unwrap();
        assert_eq!(of(&path, "context 4096").unwrap(), first);
        assert_ne!(of(&path, "context 8192").unwrap(), first);
        let mut other = content.clone();
        other[100] = 2;
        fs::write(&path, &other).unwrap();
        assert_ne!(of(&path, "context 4096").unwrap(), first);
        fs::write(&path, &content[1..]).unwrap();
        assert_ne!(of(&path, "context 4096").unwrap(), first);
    }
}
