//! The person's own pictures: read from a file, turned the right way, made as large as a page needs,
//! and written anew, so that nothing that the camera noted (where, when, by whom) goes along.

use std::io::Cursor;
use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

/// Longest side of a picture in a page, in pixels.
const SIDE: u32 = 1_280;

/// Longest side of a picture that is read.
const MOST_SIDE: u32 = 12_000;

/// Most bytes of a file that is read.
const MOST_BYTES: u64 = 40_000_000;

/// Most letters of a picture as it stands in a page.
const MOST_LETTERS: usize = 3_000_000;

/// How well a photograph is kept, of 100.
const QUALITY: u8 = 82;

/// What a picture begins with as it stands in a page.
const BEGINNINGS: [(&str, &str); 2] = [
    ("data:image/jpeg;base64,", "jpg"),
    ("data:image/png;base64,", "png"),
];

/// Why a picture cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum PhotoError {
    /// There is no such file.
    #[error("there is no file {0}")]
    NoFile(String),
    /// It is too large.
    #[error("{0} is larger than 40 MB")]
    TooLarge(String),
    /// It is no picture, or a damaged one.
    #[error("{path} cannot be read as a picture ({detail})")]
    NoPicture {
        /// The file.
        path: String,
        /// Why not.
        detail: String,
    },
}

/// A picture of the person's as it stands in a page.
///
/// # Errors
/// When there is none, it is too large, or it is no picture.
pub fn read(path: &Path) -> Result<String, PhotoError> {
    let name = path.display().to_string();
    let file = std::fs::metadata(path).map_err(|_| PhotoError::NoFile(name.clone()))?;
    if file.len() > MOST_BYTES {
        return Err(PhotoError::TooLarge(name));
    }
    let unreadable = |error: &dyn std::fmt::Display| PhotoError::NoPicture {
        path: name.clone(),
        detail: error.to_string(),
    };
    let bytes = std::fs::read(path).map_err(|error| unreadable(&error))?;
    let picture = decode(&bytes).map_err(|error| unreadable(&error))?;
    encode(&picture).map_err(|error| unreadable(&error))
}

fn decode(bytes: &[u8]) -> image::ImageResult<DynamicImage> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let orientation = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    if picture.width().max(picture.height()) > SIDE {
        picture = picture.thumbnail(SIDE, SIDE);
    }
    Ok(picture)
}

/// A photograph as JPEG; what is seen through in places as PNG.
fn encode(picture: &DynamicImage) -> image::ImageResult<String> {
    let is_seen_through = picture.color().has_alpha()
        && picture
            .to_rgba8()
            .pixels()
            .any(|pixel| pixel.0[3] < u8::MAX);
    let mut bytes = Vec::new();
    let beginning = if is_seen_through {
        picture.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)?;
        BEGINNINGS[1].0
    } else {
        let flat = DynamicImage::ImageRgb8(picture.to_rgb8());
        flat.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))?;
        BEGINNINGS[0].0
    };
    Ok(format!("{beginning}{}", BASE64.encode(bytes)))
}

/// Whether a text is a picture as it stands in a page, and nothing else.
#[must_use]
pub fn is_photo(text: &str) -> bool {
    text.len() <= MOST_LETTERS
        && BEGINNINGS
            .iter()
            .filter_map(|(beginning, _)| text.strip_prefix(beginning))
            .any(|data| {
                !data.is_empty()
                    && data
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte))
            })
}

/// A page with its pictures beside it: the document, and the files by their names.
#[must_use]
pub fn beside(html: &str) -> (String, Vec<(String, Vec<u8>)>) {
    let mut out = String::with_capacity(html.len());
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find("src=\"data:image/") {
        let (before, from) = rest.split_at(at + "src=\"".len());
        out.push_str(before);
        let end = from.find('"').unwrap_or(from.len());
        let (data, behind) = from.split_at(end);
        let found = BEGINNINGS.iter().find_map(|(beginning, ending)| {
            let bytes = BASE64.decode(data.strip_prefix(beginning)?).ok()?;
            Some((bytes, *ending))
        });
        match found {
            Some((bytes, ending)) => {
                let same = files.iter().find(|(_, other)| *other == bytes);
                let name = same.map_or_else(
                    || format!("images/picture-{}.{ending}", files.len() + 1),
                    |(name, _)| name.clone(),
                );
                out.push_str(&name);
                if !files.iter().any(|(other, _)| *other == name) {
                    files.push((name, bytes));
                }
            }
            None => out.push_str(data),
        }
        rest = behind;
    }
    out.push_str(rest);
    (out, files)
}

/// How many bytes of a page are pictures of the person's.
#[must_use]
pub fn weight(html: &str) -> usize {
    html.split("src=\"data:image/")
        .skip(1)
        .map(|rest| rest.find('"').unwrap_or(0))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(
        name: &str,
        picture: &DynamicImage,
        format: ImageFormat,
    ) -> (tempfile::TempDir, String) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        picture.save_with_format(&path, format).unwrap();
        let photo = read(&path).unwrap();
        (folder, photo)
    }

    #[test]
    fn a_photograph_is_made_as_large_as_a_page_needs() {
        let large = DynamicImage::new_rgb8(2_600, 1_300);
        let (_folder, photo) = file("large.png", &large, ImageFormat::Png);
        assert!(photo.starts_with(BEGINNINGS[0].0) && is_photo(&photo));
        let bytes = BASE64.decode(photo.rsplit(',').next().unwrap()).unwrap();
        let read = image::load_from_memory(&bytes).unwrap();
        assert_eq!((read.width(), read.height()), (1_280, 640));
    }

    #[test]
    fn what_is_seen_through_stays_so() {
        let (_folder, photo) = file("logo.png", &DynamicImage::new_rgba8(8, 8), ImageFormat::Png);
        assert!(photo.starts_with(BEGINNINGS[1].0), "{photo}");
    }

    #[test]
    fn what_is_no_picture_is_said_to_be_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("words.jpg");
        std::fs::write(&path, "words").unwrap();
        assert!(matches!(read(&path), Err(PhotoError::NoPicture { .. })));
        let none = folder.path().join("none.jpg");
        assert!(matches!(read(&none), Err(PhotoError::NoFile(_))));
        for odd in [
            "https://there.example/a.png",
            "data:image/svg+xml;base64,AAAA",
            "data:image/png;base64,",
            "data:image/png;base64,\" onerror=",
        ] {
            assert!(!is_photo(odd), "{odd}");
        }
    }

    #[test]
    fn pictures_are_laid_beside_the_page_each_once() {
        let (_folder, photo) = file("a.png", &DynamicImage::new_rgb8(4, 4), ImageFormat::Png);
        let page = format!("<img src=\"{photo}\" alt=\"a\"><p>src=</p><img src=\"{photo}\">");
        let (html, files) = beside(&page);
        assert_eq!(
            html,
            "<img src=\"images/picture-1.jpg\" alt=\"a\"><p>src=</p><img src=\"images/picture-1.jpg\">"
        );
        assert_eq!(files.len(), 1);
        assert_eq!(weight(&page), 2 * (photo.len() - "data:image/".len()));
        assert_eq!(
            beside("<p>no picture</p>"),
            ("<p>no picture</p>".to_owned(), vec![])
        );
    }
}
