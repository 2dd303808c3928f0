//! Files that prove entries: a receipt, an invoice, a contract.
//!
//! The bytes lie in the book's own file, because a book is handed on as one file and its proofs must
//! come along; a line of the journal names them by their SHA-256, so a proof cannot be exchanged
//! without breaking the chain. They are kept as they came: nothing here opens, draws or runs them.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::BookError;

/// Largest file that is attached, in megabytes: a scan of many pages, and not a film.
pub const MOST_MEGABYTES: u64 = 20;

/// Longest name of a file, in characters.
const LONGEST_NAME: usize = 120;

/// A file that belongs to an entry. Names of fields are part of the book's format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Number of the entry.
    pub entry: u32,
    /// Name of the file, without a folder.
    pub name: String,
    /// Length in bytes.
    pub size: u64,
    /// SHA-256 of the bytes, in lower-case hexadecimal digits.
    pub sha256: String,
}

impl Attachment {
    /// Names a file; its last part alone, with what no system takes in a name left out.
    pub(crate) fn new(entry: u32, name: &str, bytes: &[u8]) -> Result<Self, BookError> {
        let megabytes = (bytes.len() as u64).div_ceil(1_000_000);
        if megabytes > MOST_MEGABYTES {
            let most = MOST_MEGABYTES;
            return Err(BookError::AttachmentTooLarge { megabytes, most });
        }
        let kept = plain(name);
        if bytes.is_empty() || kept.is_empty() {
            return Err(BookError::AttachmentInvalid(name.to_owned()));
        }
        Ok(Self {
            entry,
            name: kept,
            size: bytes.len() as u64,
            sha256: digest(bytes),
        })
    }

    /// Whether these are the bytes.
    pub(crate) fn is_of(&self, bytes: &[u8]) -> bool {
        bytes.len() as u64 == self.size && digest(bytes) == self.sha256
    }

    /// Its name in a folder with the files of all entries.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{:05}-{}-{}", self.entry, &self.sha256[..6], self.name)
    }
}

/// A name that is one on every system and leads nowhere else.
fn plain(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let is_kept = |letter: &char| !letter.is_control() && !r#"<>:"|?*"#.contains(*letter);
    let kept: String = last.chars().filter(is_kept).collect();
    let kept = kept.trim_matches(|letter: char| letter == '.' || letter.is_whitespace());
    // The ending says what a file is, so it is the beginning that is cut.
    let over = kept.chars().count().saturating_sub(LONGEST_NAME);
    kept.chars().skip(over).collect()
}

fn digest(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: &str) {
        let made = Attachment::new(1, name, b"x").map(|made| made.name);
        assert_eq!(made.unwrap_or_default(), expected, "{name}");
    }

    #[test]
    fn a_name_leads_nowhere_else() {
        check("receipt.pdf", "receipt.pdf");
        check("/home/ana/發票 3.jpg", "發票 3.jpg");
        check(r"C:\scans\..\bill.png", "bill.png");
        check("../../etc/passwd", "passwd");
        check("a\u{0}b<c>.txt", "abc.txt");
        check("..", "");
        check("", "");
        let long = format!("{}.pdf", "x".repeat(300));
        assert!(
            Attachment::new(1, &long, b"x")
                .unwrap()
                .name
                .ends_with("x.pdf")
        );
    }

    #[test]
    fn nothing_and_too_much_are_refused() {
        assert!(matches!(
            Attachment::new(1, "a.txt", b""),
            Err(BookError::AttachmentInvalid(_))
        ));
        let large = vec![0; 20_000_001];
        assert!(matches!(
            Attachment::new(1, "a.txt", &large),
            Err(BookError::AttachmentTooLarge { megabytes: 21, .. })
        ));
        assert!(Attachment::new(1, "a.txt", &large[..20_000_000]).is_ok());
    }
}
