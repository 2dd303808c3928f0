//! Prefixes in files: written beside the work, checked on every load, bounded in sum.
//!
//! ```text
//! magic (8) | fingerprint (32) | tokens: u32 | state: u64 | tokens, 4 bytes each | state | CRC-32
//! ```
//! Numbers are little-endian; the checksum is over everything before it.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;
use std::time::SystemTime;

use llama_cpp_2::token::LlamaToken;
use sha2::{Digest as _, Sha256};

use super::Prefix;

const MAGIC: &[u8; 8] = b"DHprefx1";
const HEADER: usize = 8 + 32 + 4 + 8;
const CHECKSUM: usize = 4;

/// Bytes of all files together; the least recently used go first.
const FOLDER_BYTES: u64 = 1 << 30;

/// A folder of prefixes, and the thread that writes them.
pub struct Disk {
    folder: PathBuf,
    fingerprint: [u8; 32],
    queue: Option<Sender<Prefix>>,
    writer: Option<JoinHandle<()>>,
}

impl Disk {
    pub fn new(folder: PathBuf, fingerprint: [u8; 32]) -> Self {
        let (queue, incoming) = channel::<Prefix>();
        let place = folder.clone();
        let writer = std::thread::spawn(move || {
            for prefix in incoming {
                // The store only saves time: without it everything works, and more slowly.
                let under = varied(&fingerprint, &prefix.variant);
                if let Err(error) = write(&place, &under, &prefix) {
                    tracing::warn!("a prefix could not be kept: {error}");
                }
            }
        });
        Self {
            folder,
            fingerprint,
            queue: Some(queue),
            writer: Some(writer),
        }
    }

    /// Writes a prefix soon.
    pub fn save(&self, prefix: Prefix) {
        if let Some(queue) = &self.queue {
            let _ = queue.send(prefix);
        }
    }

    /// The state after exactly these tokens. A file that is not what it should be is removed.
    pub fn load(&self, tokens: &[LlamaToken], variant: [u8; 32]) -> Option<Prefix> {
        let fingerprint = varied(&self.fingerprint, &variant);
        let path = path(&self.folder, &fingerprint, tokens);
        let mut bytes = Vec::new();
        let mut file = File::open(&path).ok()?;
        file.read_to_end(&mut bytes).ok()?;
        let Some(state) = state(&bytes, &fingerprint, tokens) else {
            tracing::warn!("a stored prefix was damaged and is thrown away");
            let _ = fs::remove_file(&path);
            return None;
        };
        // Whoever makes room later goes by when a file was last used.
        let _ = File::options()
            .append(true)
            .open(&path)
            .and_then(|file| file.set_modified(SystemTime::now()));
        Some(Prefix {
            tokens: tokens.into(),
            state: Arc::from(state),
            variant,
        })
    }
}

impl Drop for Disk {
    /// Waits for what is still to be written.
    fn drop(&mut self) {
        self.queue = None;
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

/// The fingerprint under an adapter; under none it is the model's own.
fn varied(fingerprint: &[u8; 32], variant: &[u8; 32]) -> [u8; 32] {
    let mut varied = *fingerprint;
    for (byte, other) in varied.iter_mut().zip(variant) {
        *byte ^= other;
    }
    varied
}

fn token_bytes(tokens: &[LlamaToken]) -> Vec<u8> {
    tokens
        .iter()
        .flat_map(|token| token.0.to_le_bytes())
        .collect()
}

/// Where the state after these tokens lies.
fn path(folder: &Path, fingerprint: &[u8; 32], tokens: &[LlamaToken]) -> PathBuf {
    let mut hash = Sha256::new();
    hash.update(fingerprint);
    hash.update(token_bytes(tokens));
    let name: String = hash
        .finalize()
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    folder.join(format!("{name}.prefix"))
}

fn header(fingerprint: &[u8; 32], tokens: usize, state: usize) -> Vec<u8> {
    let mut header = Vec::with_capacity(HEADER);
    header.extend_from_slice(MAGIC);
    header.extend_from_slice(fingerprint);
    header.extend_from_slice(&u32::try_from(tokens).unwrap_or(u32::MAX).to_le_bytes());
    header.extend_from_slice(&(state as u64).to_le_bytes());
    header
}

/// The state in a file, if everything about the file is right.
fn state<'a>(file: &'a [u8], fingerprint: &[u8; 32], tokens: &[LlamaToken]) -> Option<&'a [u8]> {
    let listed = token_bytes(tokens);
    let size = file.len().checked_sub(HEADER + listed.len() + CHECKSUM)?;
    let (content, checksum) = file.split_at(file.len() - CHECKSUM);
    let (head, rest) = content.split_at(HEADER);
    let (known, state) = rest.split_at(listed.len());
    let is_right = head == header(fingerprint, tokens.len(), size)
        && known == listed
        && crc32fast::hash(content).to_le_bytes() == checksum;
    is_right.then_some(state)
}

/// Writes beside the final name and moves it there whole: half a file is never seen.
fn write(folder: &Path, fingerprint: &[u8; 32], prefix: &Prefix) -> io::Result<()> {
    create_private(folder)?;
    let path = path(folder, fingerprint, &prefix.tokens);
    if path.exists() {
        return Ok(());
    }
    make_room(folder, prefix.state.len() as u64)?;
    let mut checksum = crc32fast::Hasher::new();
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    for part in [
        header(fingerprint, prefix.tokens.len(), prefix.state.len()).as_slice(),
        token_bytes(&prefix.tokens).as_slice(),
        &prefix.state,
    ] {
        checksum.update(part);
        file.write_all(part)?;
    }
    file.write_all(&checksum.finalize().to_le_bytes())?;
    file.persist(&path).map_err(|failed| failed.error)?;
    Ok(())
}

/// What a state was made of can be guessed from it, so it is nobody's business but the user's.
fn create_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Removes the files that were not used for longest until `needed` more bytes fit.
fn make_room(folder: &Path, needed: u64) -> io::Result<()> {
    let mut files: Vec<(SystemTime, u64, PathBuf)> = fs::read_dir(folder)?
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let facts = entry.metadata().ok()?;
            Some((facts.modified().ok()?, facts.len(), entry.path()))
        })
        .collect();
    files.sort();
    let mut sum: u64 = files.iter().map(|(_, bytes, _)| bytes).sum();
    for (_, bytes, path) in files {
        if sum + needed <= FOLDER_BYTES {
            break;
        }
        fs::remove_file(path)?;
        sum -= bytes;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::adapter::NONE;

    use super::*;

    const FINGERPRINT: [u8; 32] = [9; 32];

    fn tokens() -> Vec<LlamaToken> {
        (0..60).map(LlamaToken).collect()
    }

    fn written(folder: &Path) -> PathBuf {
        let prefix = Prefix {
            tokens: tokens().into(),
            state: vec![5; 3000].into(),
            variant: NONE,
        };
        write(folder, &FINGERPRINT, &prefix).unwrap();
        path(folder, &FINGERPRINT, &tokens())
    }

    #[test]
    fn every_kind_of_damage_is_noticed_and_thrown_away() {
        type Damage = fn(&mut Vec<u8>);
        let damages: [Damage; 6] = [
            |bytes| bytes[0] ^= 1,
            |bytes| bytes[20] ^= 1,
            |bytes| bytes[HEADER + 3] ^= 1,
            |bytes| bytes[2000] ^= 1,
            |bytes| bytes.truncate(1500),
            Vec::clear,
        ];
        for damage in damages {
            let folder = tempfile::tempdir().unwrap();
            let disk = Disk::new(folder.path().to_owned(), FINGERPRINT);
            let path = written(folder.path());
            assert_eq!(
                *disk.load(&tokens(), NONE).unwrap().state,
                vec![5; 3000][..]
            );
            let mut bytes = fs::read(&path).unwrap();
            damage(&mut bytes);
            fs::write(&path, bytes).unwrap();
            assert!(disk.load(&tokens(), NONE).is_none());
            assert!(!path.exists());
        }
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_no_harm() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        let disk = Disk::new(file.join("below"), FINGERPRINT);
        disk.save(Prefix {
            tokens: tokens().into(),
            state: vec![5; 3].into(),
            variant: NONE,
        });
        assert!(disk.load(&tokens(), NONE).is_none());
    }

    #[test]
    fn room_is_made_by_removing_the_oldest() {
        let folder = tempfile::tempdir().unwrap();
        for (name, age) in [("old", 100), ("new", 10)] {
            let file = File::create(folder.path().join(name)).unwrap();
            file.set_len(FOLDER_BYTES / 2).unwrap();
            let when = SystemTime::now() - std::time::Duration::from_secs(age);
            file.set_modified(when).unwrap();
        }
        make_room(folder.path(), 10).unwrap();
        assert!(!folder.path().join("old").exists());
        assert!(folder.path().join("new").exists());
    }
}
