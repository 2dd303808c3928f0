//! A file of text as a stream of UTF-8, whatever it is encoded in.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read, Seek as _, SeekFrom};
use std::path::Path;
use std::rc::Rc;

use encoding_rs::{Decoder, DecoderResult};

use super::encoding::Found;
use crate::SheetError;
use crate::progress::Watch;

const BLOCK: usize = 64 << 10;

/// A row is not longer than this; what is, is the rest of a file behind an open quotation mark.
const LONGEST_ROW: u64 = 16 << 20;

/// A line of its own behind the end. When it does not come back as one, it was swallowed by a
/// quotation mark that is never closed. The letter is one that Unicode keeps out of texts.
pub const SENTINEL: &str = "\u{fdd0}end\u{fdd0}";

/// What happened on the way; shared with the one who reads.
#[derive(Debug, Default)]
pub struct Tally {
    /// Places that could not be decoded.
    pub replaced: Cell<u64>,
    /// NUL letters that were left out.
    pub nuls: Cell<u64>,
    /// Bytes handed out since somebody set this to zero.
    pub since_row: Cell<u64>,
    /// The row is longer than any row.
    pub is_too_long: Cell<bool>,
}

/// The stream.
pub struct Decoded<'a> {
    file: File,
    decoder: Decoder,
    watch: &'a Watch<'a>,
    tally: Rc<Tally>,
    raw: Vec<u8>,
    raw_at: usize,
    raw_end: usize,
    out: Vec<u8>,
    out_at: usize,
    line_end: &'static [u8],
    is_read: bool,
    is_done: bool,
}

impl<'a> Decoded<'a> {
    pub fn open(
        path: &Path,
        found: Found,
        watch: &'a Watch<'a>,
    ) -> Result<(Self, Rc<Tally>), SheetError> {
        let reading = |error| SheetError::reading(path, &error);
        let mut file = File::open(path).map_err(reading)?;
        file.seek(SeekFrom::Start(found.mark)).map_err(reading)?;
        let tally = Rc::new(Tally::default());
        let decoded = Self {
            file,
            decoder: found.encoding.new_decoder_without_bom_handling(),
            watch,
            tally: Rc::clone(&tally),
            raw: vec![0; BLOCK],
            raw_at: 0,
            raw_end: 0,
            out: Vec::new(),
            out_at: 0,
            line_end: b"\n",
            is_read: false,
            is_done: false,
        };
        Ok((decoded, tally))
    }

    /// Ends the last line as the others are ended, so that lines are counted in one way.
    pub fn ending_with(self, line_end: &'static [u8]) -> Self {
        Self { line_end, ..self }
    }

    /// Puts the next piece of text into `out`.
    fn fill(&mut self) -> io::Result<()> {
        if self.raw_at == self.raw_end && !self.is_read {
            self.raw_end = self.file.read(&mut self.raw)?;
            self.raw_at = 0;
            self.is_read = self.raw_end == 0;
            self.watch
                .bytes(self.raw_end as u64)
                .map_err(io::Error::other)?;
        }
        // Room for every letter of a block, which has at most three bytes for each of its own.
        self.out.resize(BLOCK * 3 + 16, 0);
        let (result, read, mut written) = self.decoder.decode_to_utf8_without_replacement(
            &self.raw[self.raw_at..self.raw_end],
            &mut self.out[..BLOCK * 3],
            self.is_read,
        );
        self.raw_at += read;
        match result {
            DecoderResult::Malformed(..) => {
                let replacement = "\u{fffd}".as_bytes();
                self.out[written..written + replacement.len()].copy_from_slice(replacement);
                written += replacement.len();
                self.tally.replaced.set(self.tally.replaced.get() + 1);
            }
            DecoderResult::InputEmpty if self.is_read => self.is_done = true,
            DecoderResult::InputEmpty | DecoderResult::OutputFull => {}
        }
        self.out.truncate(written);
        if self.out.contains(&0) {
            self.out.retain(|byte| *byte != 0);
            let nuls = (written - self.out.len()) as u64;
            self.tally.nuls.set(self.tally.nuls.get() + nuls);
        }
        if self.is_done {
            self.out.extend_from_slice(self.line_end);
            self.out.extend_from_slice(SENTINEL.as_bytes());
            self.out.extend_from_slice(self.line_end);
        }
        self.out_at = 0;
        Ok(())
    }
}

impl Read for Decoded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.out_at == self.out.len() {
            if self.is_done {
                return Ok(0);
            }
            self.fill()?;
        }
        let length = buffer.len().min(self.out.len() - self.out_at);
        buffer[..length].copy_from_slice(&self.out[self.out_at..self.out_at + length]);
        self.out_at += length;
        let since = self.tally.since_row.get() + length as u64;
        self.tally.since_row.set(since);
        if since > LONGEST_ROW {
            self.tally.is_too_long.set(true);
            return Err(io::Error::other("a row is too long"));
        }
        Ok(length)
    }
}
