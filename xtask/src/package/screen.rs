//! A screen that nobody sees, and looking at it.
//!
//! Xvfb keeps its picture in a file, so that it can be looked at without any program of the screen's own.
//! Nothing but the standard library, because `tests/e2e` looks at a screen with this too.

use std::collections::HashSet;
use std::fs;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

const SIZE: &str = "1400x900x24";
/// Where Xvfb keeps the picture of its first screen.
const PICTURE: &str = "Xvfb_screen0";

/// A screen. It ends when this is dropped.
pub struct Screen {
    server: Child,
    folder: PathBuf,
    display: String,
}

impl Screen {
    /// A new screen that keeps its picture in a folder, which is made and goes with it.
    pub fn start(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", SIZE, "-noreset"])
            // Everybody on this machine may show something, also from within a chroot; nobody else.
            .args(["-ac", "-nolisten", "tcp", "-fbdir"])
            .arg(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut number = String::new();
        if let Some(told) = server.stdout.take() {
            BufReader::new(told).read_line(&mut number)?;
        }
        let display = format!(":{}", number.trim());
        let screen = Self {
            server,
            folder: folder.to_owned(),
            display,
        };
        match number.trim().is_empty() {
            false => Ok(screen),
            true => Err(io::Error::other("Xvfb did not start")),
        }
    }

    /// Its name, for `DISPLAY`.
    pub fn display(&self) -> &str {
        &self.display
    }

    /// The bytes of its picture, to be compared.
    pub fn bytes(&self) -> io::Result<Vec<u8>> {
        fs::read(self.folder.join(PICTURE))
    }

    /// What is on it now.
    pub fn picture(&self) -> io::Result<Picture> {
        Picture::read(&self.bytes()?)
            .ok_or_else(|| io::Error::other("Xvfb's picture cannot be understood"))
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // It may have ended by itself, and its folder with it.
        let _ = self.server.kill();
        let _ = self.server.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A picture, three bytes a point.
pub struct Picture {
    width: usize,
    height: usize,
    points: Vec<[u8; 3]>,
}

impl Picture {
    /// Reads a dump of an X window with 32 bits a point, which is what Xvfb writes: a head of numbers, a
    /// table of colours that means nothing here, and the points.
    fn read(dump: &[u8]) -> Option<Self> {
        let number = |place: usize| -> Option<usize> {
            let bytes = dump.get(place * 4..place * 4 + 4)?;
            usize::try_from(u32::from_be_bytes(bytes.try_into().ok()?)).ok()
        };
        let (head, width, height) = (number(0)?, number(4)?, number(5)?);
        let (bits, line, colours) = (number(11)?, number(12)?, number(19)?);
        if bits != 32 {
            return None;
        }
        let begin = head + colours * 12;
        let mut points = Vec::with_capacity(width * height);
        for row in 0..height {
            let row = dump.get(begin + row * line..begin + row * line + width * 4)?;
            points.extend(
                row.chunks_exact(4)
                    .map(|point| [point[2], point[1], point[0]]),
            );
        }
        Some(Self {
            width,
            height,
            points,
        })
    }

    /// How many different colours are in it.
    pub fn colours(&self) -> usize {
        self.points.iter().collect::<HashSet<_>>().len()
    }

    /// Writes it as PNG, not compressed.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let mut rows = Vec::with_capacity(self.height * (self.width * 3 + 1));
        for row in self.points.chunks_exact(self.width) {
            rows.push(0);
            rows.extend(row.iter().flatten());
        }
        let mut head = Vec::new();
        for number in [self.width, self.height] {
            head.extend(u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes());
        }
        // Eight bits a colour, three colours, and nothing special.
        head.extend([8, 2, 0, 0, 0]);
        let mut file = fs::File::create(path)?;
        file.write_all(b"\x89PNG\r\n\x1a\n")?;
        let (rows, nothing) = (stored(&rows), Vec::new());
        for (kind, content) in [(b"IHDR", head), (b"IDAT", rows), (b"IEND", nothing)] {
            file.write_all(
                &u32::try_from(content.len())
                    .unwrap_or(u32::MAX)
                    .to_be_bytes(),
            )?;
            let named = [kind.as_slice(), &content].concat();
            file.write_all(&named)?;
            file.write_all(&crc32(&named).to_be_bytes())?;
        }
        Ok(())
    }
}

/// Bytes in zlib's form, as they are.
fn stored(bytes: &[u8]) -> Vec<u8> {
    const MOST: usize = 0xffff;
    let mut out = vec![0x78, 0x01];
    let count = bytes.len().div_ceil(MOST);
    for (place, block) in bytes.chunks(MOST).enumerate() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        out.push(u8::from(place + 1 == count));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
    }
    let (mut low, mut high) = (1u32, 0u32);
    for byte in bytes {
        low = (low + u32::from(*byte)) % 65_521;
        high = (high + low) % 65_521;
    }
    out.extend((high << 16 | low).to_be_bytes());
    out
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg());
        }
    }
    !sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dump_is_read_and_written_as_png() {
        // Two points beside each other, red and green, behind one colour of a table.
        let mut numbers = [0u32; 25];
        for (place, number) in [(0, 100), (4, 2), (5, 1), (11, 32), (12, 8), (19, 1)] {
            numbers[place] = number;
        }
        let mut dump: Vec<u8> = numbers
            .iter()
            .flat_map(|number| number.to_be_bytes())
            .collect();
        dump.extend([7; 12]);
        dump.extend([0, 0, 255, 0, 0, 255, 0, 0]);
        let picture = Picture::read(&dump).unwrap();
        assert_eq!(picture.points, [[255, 0, 0], [0, 255, 0]]);
        assert_eq!(picture.colours(), 2);
        assert!(Picture::read(&dump[..110]).is_none());

        let path = std::env::temp_dir().join(format!("picture-{}.png", std::process::id()));
        picture.write(&path).unwrap();
        let png = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
        // The end of every PNG there is.
        assert!(png.ends_with(b"IEND\xae\x42\x60\x82"));
    }
}
