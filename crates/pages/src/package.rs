//! A page as an archive: the document and, beside it, the person's own pictures as files.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;

use crate::photo::beside;

/// The archive.
///
/// # Errors
/// When it cannot be made, which no page that was rendered here leads to.
pub fn archive(html: &str) -> Result<Vec<u8>, ZipError> {
    let (document, pictures) = beside(html);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, bytes: &[u8]| -> Result<(), ZipError> {
        archive.start_file(name, SimpleFileOptions::default())?;
        archive.write_all(bytes)?;
        Ok(())
    };
    add("index.html", document.as_bytes())?;
    for (name, bytes) in &pictures {
        add(name, bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn an_archive_has_the_page_and_its_pictures() {
        let page = "<p>Hello</p><img src=\"data:image/png;base64,AAAA\" alt=\"\">";
        let mut archive = zip::ZipArchive::new(Cursor::new(archive(page).unwrap())).unwrap();
        let mut read = |name: &str| {
            let mut bytes = Vec::new();
            archive
                .by_name(name)
                .unwrap()
                .read_to_end(&mut bytes)
                .unwrap();
            bytes
        };
        assert_eq!(
            read("index.html"),
            b"<p>Hello</p><img src=\"images/picture-1.png\" alt=\"\">"
        );
        assert_eq!(read("images/picture-1.png"), [0, 0, 0]);
    }
}
