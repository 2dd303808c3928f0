//! The page as it is taken hold of: the document with the parts of its plan marked, and what they are.
//!
//! It is shown and never taken away: the document that leaves the desk has no marks.

use serde::{Deserialize, Serialize};

use super::html::Place;

/// A page whose parts are marked by `data-part`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct PagePreview {
    /// The document. But for its marks it is the page's own.
    pub html: String,
    /// What is marked in it, from top to bottom.
    pub parts: Vec<PagePart>,
}

/// A part of a page that can be taken hold of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct PagePart {
    /// Its name, which the document has as `data-part`.
    pub id: String,
    /// What it is.
    pub kind: PartKind,
    /// Id of its section; empty for the page's own name.
    pub section: String,
    /// Its field, as an edit names it; empty for a section.
    pub field: String,
    /// Of which item or action, from 0.
    #[specta(type = u32)]
    pub item: usize,
    /// What it says, in full; of a picture the motif.
    pub text: String,
}

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
#[serde(rename = "PagePartKind")]
pub enum PartKind {
    /// A whole section.
    Section,
    /// Words that can be written over.
    Text,
    /// A picture that shows a motif.
    Picture,
    /// A picture that is drawn in one way only, such as a portrait.
    Portrait,
}

/// The name of a part: its section alone, or with field and item.
#[must_use]
pub fn name((section, field, item): Place<'_>) -> String {
    if field.is_empty() {
        section.to_owned()
    } else {
        format!("{section}/{field}/{item}")
    }
}

/// Section, field and item of a part, from its name.
#[must_use]
pub fn place(name: &str) -> Option<Place<'_>> {
    let mut pieces = name.split('/');
    let section = pieces.next()?;
    let Some(field) = pieces.next() else {
        return Some((section, "", 0));
    };
    let item = pieces.next()?.parse().ok()?;
    (pieces.next().is_none() && !field.is_empty()).then_some((section, field, item))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_its_place() {
        for wanted in [("hero", "", 0), ("faq-2", "title", 3), ("", "name", 0)] {
            assert_eq!(place(&name(wanted)), Some(wanted));
        }
        for odd in ["hero/", "hero/title", "hero/title/x", "hero/title/1/2"] {
            assert_eq!(place(odd), None, "{odd}");
        }
    }
}
