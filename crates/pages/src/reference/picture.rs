//! The colours of a picture.

use std::collections::HashMap;
use std::io::Cursor;
use std::path::Path;

use image::{ImageReader, Limits};

use super::{Look, ReferenceError};
use crate::colour::Rgb;

/// Longest side of a picture that is read, in pixels.
const SIDE: u32 = 12_000;

/// Most bytes of a file that is read.
const BYTES: u64 = 30_000_000;

/// About how many pixels are looked at.
const LOOKED_AT: usize = 20_000;

/// Of a file.
pub fn read_file(path: &Path) -> Result<Look, ReferenceError> {
    let name = path.display().to_string();
    let size = std::fs::metadata(path).map_err(|_| ReferenceError::NoFile(name.clone()))?;
    if size.len() > BYTES {
        return Err(ReferenceError::TooLarge(name));
    }
    let bytes = std::fs::read(path).map_err(|error| ReferenceError::NoPicture {
        path: name.clone(),
        detail: error.to_string(),
    })?;
    read(&bytes, &name)
}

/// Of the bytes of a file.
pub fn read(bytes: &[u8], name: &str) -> Result<Look, ReferenceError> {
    let unreadable = |detail: String| ReferenceError::NoPicture {
        path: name.to_owned(),
        detail,
    };
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|error| unreadable(error.to_string()))?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE);
    limits.max_image_height = Some(SIDE);
    reader.limits(limits);
    let picture = reader
        .decode()
        .map_err(|error| unreadable(error.to_string()))?
        .to_rgba8();
    let step = (picture.pixels().len() / LOOKED_AT).max(1);
    let mut counted: HashMap<(u8, u8, u8), usize> = HashMap::new();
    for pixel in picture.pixels().step_by(step) {
        let [r, g, b, alpha] = pixel.0;
        if alpha > 128 {
            // Neighbouring shades are one colour to the eye.
            *counted
                .entry((r & 0xf0 | 8, g & 0xf0 | 8, b & 0xf0 | 8))
                .or_default() += 1;
        }
    }
    let counted = counted
        .into_iter()
        .map(|((r, g, b), count)| (Rgb(r, g, b), count));
    Ok(Look::of_colours(counted.collect()))
}
