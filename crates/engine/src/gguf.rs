//! Reading the header of a GGUF file: is it one, is it whole, and how much memory will it take.
//!
//! It reads the description and no weights. It exists beside llama.cpp's own reader because a
//! damaged file must end in a sentence and not in C++, and because the size of the cache has to
//! be known before anything is loaded.

use std::io::{BufReader, Read, Seek};

/// What the header tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Name of the architecture, such as `qwen2`.
    pub architecture: String,
    /// Tokens of context that the model was trained for.
    pub trained_context: u32,
    layers: u64,
    cache_per_layer: u64,
}

impl Header {
    /// Bytes of key and value cache for a context of that many tokens, at two bytes a number.
    pub fn cache_bytes(&self, context: u32) -> u64 {
        self.layers
            .saturating_mul(self.cache_per_layer)
            .saturating_mul(u64::from(context) * 2)
    }
}

/// Why a file is not a usable model.
#[derive(Debug, thiserror::Error)]
pub enum Damage {
    #[error("it is not a GGUF file, it begins with {0:?}")]
    Magic(String),
    #[error("it is GGUF version {0}, and only 2 and 3 are known")]
    Version(u32),
    #[error("it ends too early: {has} bytes where at least {needs} are described")]
    Short { has: u64, needs: u64 },
    #[error("its header makes no sense: {0}")]
    Nonsense(&'static str),
    #[error("its header does not say {0}")]
    Silent(String),
    #[error("it cannot be read: {0}")]
    Read(#[from] std::io::Error),
}

/// Reads the header of a file of `size` bytes.
pub fn read_header(file: impl Read + Seek, size: u64) -> Result<Header, Damage> {
    let mut cursor = Cursor {
        input: BufReader::new(file),
        place: 0,
        size,
    };
    let magic = cursor.bytes::<4>()?;
    if &magic != b"GGUF" {
        return Err(Damage::Magic(String::from_utf8_lossy(&magic).into_owned()));
    }
    let version = cursor.u32()?;
    if !(2..=3).contains(&version) {
        return Err(Damage::Version(version));
    }
    let (tensors, entries) = (cursor.u64()?, cursor.u64()?);
    let facts = Facts::read(&mut cursor, entries)?;
    let header = facts.header()?;
    check_tensors(
        &mut cursor,
        tensors,
        facts.number("general.alignment").unwrap_or(32),
    )?;
    Ok(header)
}

/// Checks that the file is long enough for the last tensor to begin in it.
fn check_tensors(
    cursor: &mut Cursor<impl Read + Seek>,
    count: u64,
    alignment: u64,
) -> Result<(), Damage> {
    let mut last_offset = 0;
    for _ in 0..count {
        cursor.skip_string()?;
        let dimensions = cursor.u32()?;
        if dimensions > 8 {
            return Err(Damage::Nonsense("a tensor has more than eight dimensions"));
        }
        // The sizes, and the kind of number.
        cursor.skip(u64::from(dimensions) * 8 + 4)?;
        last_offset = last_offset.max(cursor.u64()?);
    }
    let needs = cursor
        .place
        .checked_next_multiple_of(alignment)
        .and_then(|start| start.checked_add(last_offset)?.checked_add(1))
        .ok_or(Damage::Nonsense("a tensor lies beyond any file"))?;
    if count == 0 {
        return Err(Damage::Nonsense("it has no tensors"));
    }
    if cursor.size < needs {
        return Err(Damage::Short {
            has: cursor.size,
            needs,
        });
    }
    Ok(())
}

/// The numbers and texts of the header; arrays, such as the vocabulary, are passed over.
#[derive(Default)]
struct Facts {
    architecture: Option<String>,
    numbers: Vec<(String, u64)>,
}

impl Facts {
    fn read(cursor: &mut Cursor<impl Read + Seek>, entries: u64) -> Result<Self, Damage> {
        let mut facts = Self::default();
        for _ in 0..entries {
            let key = cursor.string()?;
            let kind = cursor.u32()?;
            if key == "general.architecture" && kind == STRING {
                facts.architecture = Some(cursor.string()?);
            } else if let Some(number) = cursor.number_or_skip(kind)? {
                facts.numbers.push((key, number));
            }
        }
        Ok(facts)
    }

    fn number(&self, key: &str) -> Option<u64> {
        self.numbers
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, number)| *number)
    }

    fn header(&self) -> Result<Header, Damage> {
        let architecture = self
            .architecture
            .clone()
            .ok_or_else(|| Damage::Silent("its architecture".into()))?;
        let own = |name: &str| self.number(&format!("{architecture}.{name}"));
        let needed =
            |name: &str| own(name).ok_or_else(|| Damage::Silent(format!("{architecture}.{name}")));

        let heads = needed("attention.head_count")?.max(1);
        let width = needed("embedding_length")? / heads;
        let cached_heads = own("attention.head_count_kv").unwrap_or(heads);
        let key = own("attention.key_length").unwrap_or(width);
        let value = own("attention.value_length").unwrap_or(width);
        Ok(Header {
            trained_context: u32::try_from(needed("context_length")?).unwrap_or(u32::MAX),
            layers: needed("block_count")?,
            cache_per_layer: cached_heads.saturating_mul(key.saturating_add(value)),
            architecture,
        })
    }
}

// Kinds of value, as the GGUF description numbers them.
const STRING: u32 = 8;
const ARRAY: u32 = 9;

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

    fn skip(&mut self, length: u64) -> Result<(), Damage> {
        self.advance(length)?;
        let offset = i64::try_from(length).map_err(|_| Damage::Nonsense("a value is too long"))?;
        Ok(self.input.seek_relative(offset)?)
    }

    fn skip_string(&mut self) -> Result<(), Damage> {
        let length = self.u64()?;
        self.skip(length)
    }

    /// A key or a name; no sensible one is longer than a few hundred bytes.
    fn string(&mut self) -> Result<String, Damage> {
        let length = self.u64()?;
        if length > 1 << 16 {
            return Err(Damage::Nonsense("a name is longer than 65536 bytes"));
        }
        self.advance(length)?;
        let mut bytes = Vec::new();
        self.input.by_ref().take(length).read_to_end(&mut bytes)?;
        String::from_utf8(bytes).map_err(|_| Damage::Nonsense("a name is not text"))
    }

    /// The value if it is a whole number; everything else is passed over.
    fn number_or_skip(&mut self, kind: u32) -> Result<Option<u64>, Damage> {
        match kind {
            4 | 5 => Ok(Some(u64::from(self.u32()?))),
            10 | 11 => Ok(Some(self.u64()?)),
            STRING => self.skip_string().map(|()| None),
            ARRAY => self.skip_array().map(|()| None),
            _ => {
                let size =
                    fixed_size(kind).ok_or(Damage::Nonsense("a value of an unknown kind"))?;
                self.skip(size).map(|()| None)
            }
        }
    }

    fn skip_array(&mut self) -> Result<(), Damage> {
        let kind = self.u32()?;
        let count = self.u64()?;
        if let Some(size) = fixed_size(kind) {
            return self.skip(count.saturating_mul(size));
        }
        if kind != STRING {
            return Err(Damage::Nonsense("an array of an unknown kind"));
        }
        for _ in 0..count {
            self.skip_string()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn string(text: &str) -> Vec<u8> {
        [&(text.len() as u64).to_le_bytes(), text.as_bytes()].concat()
    }

    fn number(key: &str, value: u32) -> Vec<u8> {
        [&string(key)[..], &4_u32.to_le_bytes(), &value.to_le_bytes()].concat()
    }

    /// A small whole file: some facts, an array, one tensor of 32 bytes.
    fn whole() -> Vec<u8> {
        let mut file = b"GGUF\x03\0\0\0".to_vec();
        file.extend(1_u64.to_le_bytes());
        file.extend(7_u64.to_le_bytes());
        file.extend(
            [
                string("general.architecture"),
                8_u32.to_le_bytes().to_vec(),
                string("toy"),
            ]
            .concat(),
        );
        file.extend(
            [
                string("words"),
                9_u32.to_le_bytes().to_vec(),
                8_u32.to_le_bytes().to_vec(),
            ]
            .concat(),
        );
        file.extend([2_u64.to_le_bytes().to_vec(), string("a"), string("b")].concat());
        for (key, value) in [
            ("toy.attention.head_count", 14),
            ("toy.attention.head_count_kv", 2),
            ("toy.embedding_length", 896),
            ("toy.context_length", 32768),
            ("toy.block_count", 24),
        ] {
            file.extend(number(key, value));
        }
        file.extend([string("weights"), 1_u32.to_le_bytes().to_vec()].concat());
        file.extend(
            [
                32_u64.to_le_bytes().to_vec(),
                0_u32.to_le_bytes().to_vec(),
                0_u64.to_le_bytes().to_vec(),
            ]
            .concat(),
        );
        file.resize(file.len().next_multiple_of(32) + 32, 7);
        file
    }

    fn read(bytes: &[u8]) -> Result<Header, Damage> {
        read_header(std::io::Cursor::new(bytes), bytes.len() as u64)
    }

    #[test]
    fn a_whole_header_tells_what_the_cache_will_take() {
        let header = read(&whole()).unwrap();
        assert_eq!(
            (header.architecture.as_str(), header.trained_context),
            ("toy", 32768)
        );
        // 24 layers, 2 heads, 64 numbers a key and a value, 2 bytes a number.
        assert_eq!(header.cache_bytes(1000), 24 * 2 * 128 * 2 * 1000);
    }

    #[test]
    fn a_file_cut_anywhere_is_short() {
        let file = whole();
        for length in 4..file.len() - 32 {
            assert!(
                matches!(read(&file[..length]), Err(Damage::Short { .. })),
                "cut at {length}"
            );
        }
    }

    #[test]
    fn other_files_are_named_as_such() {
        assert!(matches!(read(b"<!DOCTYPE html>"), Err(Damage::Magic(begin)) if begin == "<!DO"));
        assert!(matches!(read(b"GGUF\x01\0\0\0"), Err(Damage::Version(1))));
        assert!(matches!(read(b""), Err(Damage::Short { .. })));
    }

    /// No garbage may panic, loop for ever or reserve memory for what it claims to hold.
    #[test]
    fn garbage_after_the_magic_is_refused() {
        let mut state = 1_u64;
        for _ in 0..2000 {
            let mut file = whole();
            for _ in 0..8 {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                let place = 8 + usize::try_from(state >> 33).unwrap() % (file.len() - 8);
                file[place] ^= (state >> 20) as u8 | 1;
            }
            let _ = read(&file);
        }
        let noise: Vec<u8> = (0..4096_u32)
            .map(|place| (place.wrapping_mul(2_654_435_761) >> 24) as u8)
            .collect();
        assert!(read(&[&b"GGUF\x03\0\0\0"[..], &noise].concat()).is_err());
    }
}
