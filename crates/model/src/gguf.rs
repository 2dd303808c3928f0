//! Whether a file is a model at all, and whole as far as its header tells.
//!
//! It reads the description at the beginning of a GGUF file and no weights, so that a page saved
//! under the wrong name or half a download is found out before it is copied. Whether the worker
//! can run the architecture, and how much memory that takes, is the worker's to say.

use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::Path;

/// What the header tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Name of the architecture, such as `qwen2`.
    pub architecture: String,
    /// Tokens of context that the model was trained for.
    pub context: u32,
}

/// Why a file is not a whole model.
#[derive(Debug, thiserror::Error)]
pub enum Damage {
    /// It is something else.
    #[error("it is not a GGUF file")]
    Other,
    /// It is of a version that is not known.
    #[error("it is GGUF version {0}, and only 2 and 3 are known")]
    Version(u32),
    /// Something is missing at its end.
    #[error("it ends too early: it has {has} bytes and describes {needs}")]
    Short {
        /// Bytes that are there.
        has: u64,
        /// Bytes that must be there.
        needs: u64,
    },
    /// Its header cannot be right.
    #[error("its header makes no sense: {0}")]
    Nonsense(&'static str),
    /// It cannot be read.
    #[error("it cannot be read: {0}")]
    Unreadable(#[from] std::io::Error),
}

/// Most entries and tensors that are believed; the largest models have a few thousand.
const MOST: u64 = 1 << 20;
/// Longest name that is believed.
const LONGEST: u64 = 1 << 16;

const U32: u32 = 4;
const STRING: u32 = 8;
const ARRAY: u32 = 9;

/// Reads the header of the file at `path`.
///
/// # Errors
/// [`Damage`], when it is not a whole model or cannot be read.
pub fn examine(path: &Path) -> Result<Header, Damage> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    read(file, size)
}

fn read(file: impl Read + Seek, size: u64) -> Result<Header, Damage> {
    let mut cursor = Cursor {
        input: BufReader::new(file),
        place: 0,
        size,
    };
    if size < 4 || &cursor.bytes::<4>()? != b"GGUF" {
        return Err(Damage::Other);
    }
    let version = cursor.u32()?;
    if !(2..=3).contains(&version) {
        return Err(Damage::Version(version));
    }
    let (tensors, entries) = (cursor.u64()?, cursor.u64()?);
    if tensors == 0 || tensors > MOST || entries > MOST {
        return Err(Damage::Nonsense("the number of its parts"));
    }
    let facts = Facts::read(&mut cursor, entries)?;
    let end = end_of_tensors(&mut cursor, tensors, facts.alignment)?;
    if end > size {
        return Err(Damage::Short {
            has: size,
            needs: end,
        });
    }
    Ok(Header {
        architecture: facts
            .architecture
            .ok_or(Damage::Nonsense("it names no architecture"))?,
        context: facts.context.unwrap_or(u32::MAX),
    })
}

/// The entries that matter here.
struct Facts {
    architecture: Option<String>,
    context: Option<u32>,
    alignment: u64,
}

impl Facts {
    fn read(cursor: &mut Cursor<impl Read + Seek>, entries: u64) -> Result<Self, Damage> {
        let mut facts = Self {
            architecture: None,
            context: None,
            alignment: 32,
        };
        for _ in 0..entries {
            let key = cursor.string()?;
            match (key.as_str(), cursor.u32()?) {
                ("general.architecture", STRING) => facts.architecture = Some(cursor.string()?),
                ("general.alignment", U32) => facts.alignment = u64::from(cursor.u32()?).max(1),
                (key, U32) if key.ends_with(".context_length") => {
                    facts.context = Some(cursor.u32()?);
                }
                (_, kind) => cursor.skip_value(kind)?,
            }
        }
        Ok(facts)
    }
}

/// Where the last tensor ends. Of one in a kind of number that is not known here, only that it
/// begins inside of the file is asked for.
fn end_of_tensors(
    cursor: &mut Cursor<impl Read + Seek>,
    count: u64,
    alignment: u64,
) -> Result<u64, Damage> {
    const FAR: Damage = Damage::Nonsense("a tensor lies beyond any file");
    let mut end: u64 = 0;
    for _ in 0..count {
        cursor.skip_string()?;
        let dimensions = cursor.u32()?;
        if dimensions > 8 {
            return Err(Damage::Nonsense("a tensor has more than eight dimensions"));
        }
        let mut numbers: u64 = 1;
        for _ in 0..dimensions {
            numbers = numbers.checked_mul(cursor.u64()?).ok_or(FAR)?;
        }
        let (group, bytes) = packing(cursor.u32()?);
        let length = numbers.div_ceil(group).checked_mul(bytes).ok_or(FAR)?;
        let offset = cursor.u64()?;
        end = end.max(offset.checked_add(length.max(1)).ok_or(FAR)?);
    }
    let start = cursor
        .place
        .checked_next_multiple_of(alignment)
        .ok_or(FAR)?;
    start.checked_add(end).ok_or(FAR)
}

/// How many numbers of a kind are packed into how many bytes. The kinds are numbered by ggml; of
/// an unknown one nothing is known to be taken.
fn packing(kind: u32) -> (u64, u64) {
    match kind {
        0 | 26 => (1, 4),
        1 | 25 | 30 => (1, 2),
        24 => (1, 1),
        27 | 28 => (1, 8),
        2 | 20 => (32, 18),
        3 => (32, 20),
        6 => (32, 22),
        7 => (32, 24),
        8 => (32, 34),
        10 => (256, 84),
        11 => (256, 110),
        12 => (256, 144),
        13 => (256, 176),
        14 => (256, 210),
        _ => (1, 0),
    }
}

struct Cursor<R> {
    input: BufReader<R>,
    place: u64,
    size: u64,
}

impl<R: Read + Seek> Cursor<R> {
    /// Counts `length` bytes as read, if the file has them.
    fn advance(&mut self, length: u64) -> Result<(), Damage> {
        let needs = self.place.saturating_add(length);
        if needs > self.size {
            return Err(Damage::Short {
                has: self.size,
                needs,
            });
        }
        self.place = needs;
        Ok(())
    }

    fn bytes<const N: usize>(&mut self) -> Result<[u8; N], Damage> {
        self.advance(N as u64)?;
        let mut bytes = [0; N];
        self.input.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    fn u32(&mut self) -> Result<u32, Damage> {
        Ok(u32::from_le_bytes(self.bytes()?))
    }

    fn u64(&mut self) -> Result<u64, Damage> {
        Ok(u64::from_le_bytes(self.bytes()?))
    }

    fn string(&mut self) -> Result<String, Damage> {
        let length = self.u64()?;
        if length > LONGEST {
            return Err(Damage::Nonsense("a name is longer than any name"));
        }
        self.advance(length)?;
        let mut bytes = Vec::new();
        self.input.by_ref().take(length).read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn skip(&mut self, length: u64) -> Result<(), Damage> {
        self.advance(length)?;
        let length = i64::try_from(length).map_err(|_| Damage::Nonsense("a value is too long"))?;
        Ok(self.input.seek_relative(length)?)
    }

    fn skip_string(&mut self) -> Result<(), Damage> {
        let length = self.u64()?;
        self.skip(length)
    }

    fn skip_value(&mut self, kind: u32) -> Result<(), Damage> {
        match (fixed_size(kind), kind) {
            (Some(size), _) => self.skip(size),
            (None, STRING) => self.skip_string(),
            (None, ARRAY) => self.skip_array(),
            (None, _) => Err(Damage::Nonsense("a value of an unknown kind")),
        }
    }

    fn skip_array(&mut self) -> Result<(), Damage> {
        let (kind, count) = (self.u32()?, self.u64()?);
        match (fixed_size(kind), kind) {
            (Some(size), _) => self.skip(count.saturating_mul(size)),
            // Every text takes eight bytes at least, so that this ends with the file.
            (None, STRING) => (0..count).try_for_each(|_| self.skip_string()),
            (None, _) => Err(Damage::Nonsense("an array of an unknown kind")),
        }
    }
}

/// Bytes of a value of a kind with a fixed size.
fn fixed_size(kind: u32) -> Option<u64> {
    match kind {
        0 | 1 | 7 => Some(1),
        2 | 3 => Some(2),
        4..=6 => Some(4),
        10..=12 => Some(8),
        _ => None,
    }
}

#[cfg(test)]
#[path = "gguf_tests.rs"]
mod tests;
