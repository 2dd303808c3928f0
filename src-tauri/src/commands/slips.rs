//! Mistakes of the window itself, told to the log.
//!
//! The words of an error may quote what somebody wrote (a parser quotes the text that it refuses), so
//! they are not taken: only which kind of error it was, and the places in our own code that it came
//! through. What does not look like either is left out here, whatever the window sends.

use serde::{Deserialize, Serialize};

/// Where the window noticed that something went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum SlipKind {
    /// A part of the window could not be drawn.
    Drawing,
    /// Something failed that nobody waited for.
    Unexpected,
    /// A promise failed that nobody waited for.
    Rejected,
}

/// A place in the window's code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SlipPlace {
    /// Name of the file, without its folder.
    pub file: String,
    /// Line in it.
    pub line: u32,
    /// Column in it.
    pub column: u32,
}

/// A mistake of the window, without its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Slip {
    /// Where it was noticed.
    pub kind: SlipKind,
    /// Kind of the error, such as `TypeError`, or the code of a fault.
    pub name: String,
    /// Where it came through, the innermost first.
    pub places: Vec<SlipPlace>,
}

/// Most letters of a name that is a name.
const NAME: usize = 48;
/// Places that are enough to find the mistake by.
const PLACES: usize = 20;

impl Slip {
    /// Its name, as far as it is one.
    fn name(&self) -> &str {
        let is_name = self.name.len() <= NAME
            && !self.name.is_empty()
            && self
                .name
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
        if is_name { &self.name } else { "unnamed" }
    }

    /// The places that are in files of the window's code, in one line.
    fn trace(&self) -> String {
        let is_ours = |file: &str| {
            file.len() <= 2 * NAME
                && file.ends_with(".js")
                && file
                    .chars()
                    .all(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(letter))
        };
        let places = self.places.iter().filter(|place| is_ours(&place.file));
        let told = places
            .take(PLACES)
            .map(|place| format!("{}:{}:{}", place.file, place.line, place.column));
        told.collect::<Vec<_>>().join(" < ")
    }
}

/// Writes a mistake of the window into the log. Its words are not among what is told.
#[tauri::command]
#[specta::specta]
pub async fn tell_slip(slip: Slip) {
    let (name, trace) = (slip.name(), slip.trace());
    tracing::error!(kind = ?slip.kind, name, trace, "the window made a mistake");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slip(name: &str, files: &[&str]) -> Slip {
        let place = |file: &&str| SlipPlace {
            file: (*file).to_owned(),
            line: 3,
            column: 14,
        };
        Slip {
            kind: SlipKind::Drawing,
            name: name.to_owned(),
            places: files.iter().map(place).collect(),
        }
    }

    #[test]
    fn only_names_and_places_of_our_code_are_told() {
        let told = slip("TypeError", &["index-Dk3_x.js", "Work-9a.js"]);
        assert_eq!(told.name(), "TypeError");
        assert_eq!(told.trace(), "index-Dk3_x.js:3:14 < Work-9a.js:3:14");
        for name in ["", "my secret question", "密碼", &"x".repeat(49), "a\nb"] {
            assert_eq!(slip(name, &[]).name(), "unnamed", "{name:?}");
        }
        let foreign = ["my diary.txt", "/home/me/a.js", "a.js?q=secret", "密.js"];
        assert_eq!(slip("Error", &foreign).trace(), "");
        let many = slip("Error", &["a.js"; 40]);
        assert_eq!(many.trace().matches("a.js").count(), PLACES);
    }
}
