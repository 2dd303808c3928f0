//! A file that calamine reads from: it counts what is read, and ends when the person has enough.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use crate::progress::Watch;

pub struct Guarded<'a> {
    file: File,
    watch: &'a Watch<'a>,
}

impl<'a> Guarded<'a> {
    pub const fn new(file: File, watch: &'a Watch<'a>) -> Self {
        Self { file, watch }
    }
}

impl Read for Guarded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.file.read(buffer)?;
        self.watch.bytes(length as u64).map_err(io::Error::other)?;
        Ok(length)
    }
}

impl Seek for Guarded<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}
