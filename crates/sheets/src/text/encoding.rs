//! In which encoding a text is, found out from the whole of it.
//!
//! Exports are often plain ASCII for thousands of lines until the first name comes, so the first
//! block is not enough. UTF-8 is told by its own rules; what is not UTF-8 is guessed by chardetng,
//! which is fed with the blocks that have something other than ASCII in them.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::SheetError;
use crate::progress::Watch;

const BLOCK: usize = 64 << 10;

/// The guess does not get better with more bytes than this.
const FED: usize = 4 << 20;

/// UTF-8 with one bad place in so many good ones is damaged UTF-8; other encodings have hardly
/// any good ones.
const GOOD_FOR_ONE_BAD: u64 = 10;

/// What was found.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    pub encoding: &'static Encoding,
    /// How many bytes at the start are a mark and no text.
    pub mark: u64,
}

/// Reads the file once, from end to end. `region` is a country as in the names of hosts (`tw`,
/// `cn`, `de`), for the guess.
pub fn detect(path: &Path, region: Option<&str>, watch: &Watch<'_>) -> Result<Found, SheetError> {
    let reading = |error| SheetError::reading(path, &error);
    let mut file = File::open(path).map_err(reading)?;
    let mut block = vec![0; BLOCK];
    let mut length = read_full(&mut file, &mut block).map_err(reading)?;
    let (marked, mark) = Encoding::for_bom(&block[..length]).unwrap_or((UTF_8, 0));
    if marked != UTF_8 {
        let mark = mark as u64;
        return Ok(Found {
            encoding: marked,
            mark,
        });
    }
    if let Some(encoding) = wide(&block[..length]) {
        return Ok(Found { encoding, mark: 0 });
    }
    let mut tally = Tally::default();
    let mut detector = Detector::new();
    let mut begin = mark;
    while length > 0 {
        tally.see(&block[begin..length]);
        detector.see(&block[begin..length]);
        begin = 0;
        watch.bytes(length as u64)?;
        length = read_full(&mut file, &mut block).map_err(reading)?;
    }
    tally.end();
    let encoding = if tally.is_utf_8() {
        UTF_8
    } else {
        detector.guess(region)
    };
    let mark = mark as u64;
    Ok(Found { encoding, mark })
}

fn read_full(file: &mut File, block: &mut [u8]) -> std::io::Result<usize> {
    let mut length = 0;
    while length < block.len() {
        match file.read(&mut block[length..]) {
            Ok(0) => break,
            Ok(more) => length += more,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}

/// Whether letters take two bytes each, so that any byte may be a part of one.
pub fn is_wide(block: &[u8]) -> bool {
    block.starts_with(&[0xff, 0xfe]) || block.starts_with(&[0xfe, 0xff]) || wide(block).is_some()
}

/// UTF-16 without its mark: nearly every line end and delimiter has a zero, on always the same
/// side. A text of single bytes with some zeros in it has those elsewhere.
fn wide(block: &[u8]) -> Option<&'static Encoding> {
    if block.len() % 2 == 1 {
        return None;
    }
    let is_sign = |byte: u8| matches!(byte, b'\n' | b',' | b';' | b'\t' | b'|');
    let all = block.iter().filter(|byte| is_sign(**byte)).count();
    let mut signs = [0usize; 2];
    for pair in block.chunks_exact(2) {
        for side in [0, 1] {
            signs[side] += usize::from(pair[side] == 0 && is_sign(pair[1 - side]));
        }
    }
    let is = |side: usize| signs[side] > 0 && signs[side] * 10 > all * 7;
    match (is(0), is(1)) {
        (false, true) => Some(UTF_16LE),
        (true, false) => Some(UTF_16BE),
        _ => None,
    }
}

/// How well the bytes keep to the rules of UTF-8.
#[derive(Default)]
struct Tally {
    good: u64,
    bad: u64,
    /// The beginning of a letter at the end of the last block.
    rest: Vec<u8>,
}

impl Tally {
    fn see(&mut self, block: &[u8]) {
        let mut block = block;
        while !self.rest.is_empty() {
            let Some((first, others)) = block.split_first() else {
                return;
            };
            if first & 0xc0 != 0x80 {
                self.bad += 1;
                self.rest.clear();
                break;
            }
            self.rest.push(*first);
            block = others;
            match std::str::from_utf8(&self.rest) {
                Ok(_) => self.good += 1,
                Err(error) if error.error_len().is_none() => continue,
                Err(_) => self.bad += 1,
            }
            self.rest.clear();
        }
        while !block.is_empty() {
            let error = match std::str::from_utf8(block) {
                Ok(text) => return self.count(text.as_bytes()),
                Err(error) => error,
            };
            let (good, others) = block.split_at(error.valid_up_to());
            self.count(good);
            let Some(length) = error.error_len() else {
                self.rest.extend_from_slice(others);
                return;
            };
            self.bad += 1;
            block = &others[length..];
        }
    }

    fn count(&mut self, good: &[u8]) {
        if !good.is_ascii() {
            self.good += good.iter().filter(|byte| **byte >= 0xc0).count() as u64;
        }
    }

    fn end(&mut self) {
        self.bad += u64::from(!self.rest.is_empty());
    }

    const fn is_utf_8(&self) -> bool {
        self.bad == 0 || self.good >= self.bad * GOOD_FOR_ONE_BAD
    }
}

/// chardetng, fed with what is worth it.
struct Detector {
    detector: EncodingDetector,
    fed: usize,
    pairs: Pairs,
    /// The last block that was fed ended within a letter, perhaps.
    is_open: bool,
}

impl Detector {
    fn new() -> Self {
        Self {
            detector: EncodingDetector::new(Iso2022JpDetection::Deny),
            fed: 0,
            pairs: Pairs::default(),
            is_open: false,
        }
    }

    fn see(&mut self, block: &[u8]) {
        if self.fed >= FED || block.is_ascii() && !self.is_open {
            return;
        }
        self.detector.feed(block, false);
        self.pairs.see(block);
        self.fed += block.len();
        self.is_open = !block.last().is_some_and(u8::is_ascii);
    }

    fn guess(mut self, region: Option<&str>) -> &'static Encoding {
        self.detector.feed(&[], true);
        let region = region.map(str::to_ascii_lowercase).filter(|region| {
            !region.is_empty() && region.bytes().all(|byte| byte.is_ascii_lowercase())
        });
        let guess = self
            .detector
            .guess(region.as_deref().map(str::as_bytes), Utf8Detection::Deny);
        if guess.is_single_byte() && self.pairs.is_chinese() {
            return GBK;
        }
        guess
    }
}

/// Bytes that come in pairs. chardetng is made for pages: of a few short names in GBK it thinks
/// that they are accented letters, which come alone in nearly every word that has them.
#[derive(Default)]
struct Pairs {
    /// The first byte of a pair that is not whole yet.
    lead: Option<u8>,
    pairs: u64,
    /// Pairs of the 3755 letters that come first in GB 2312, which are those of everyday life.
    common: u64,
    alone: u64,
}

impl Pairs {
    fn see(&mut self, block: &[u8]) {
        for byte in block {
            match (self.lead.take(), *byte) {
                (None, 0x80..) => self.lead = Some(*byte),
                (Some(lead), 0xa1..) => {
                    self.pairs += 1;
                    self.common += u64::from((0xb0..=0xd7).contains(&lead));
                }
                (Some(_), _) => self.alone += 1,
                (None, _) => {}
            }
        }
    }

    const fn is_chinese(&self) -> bool {
        self.pairs >= 4 && self.alone * 50 <= self.pairs && self.common * 3 >= self.pairs * 2
    }
}
