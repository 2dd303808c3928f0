//! A web page: what code rendered, and the plan that it was rendered from.

use serde::{Deserialize, Serialize};

/// A page, complete in one file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct PageResult {
    /// The whole document.
    pub html: String,
    /// Its title.
    pub title: String,
    /// Its sections, from top to bottom.
    pub sections: Vec<PageSection>,
    /// Theme, copy and layout, from which the page can be rendered again: the page designer's own
    /// format, JSON in a text. The window only hands it back.
    #[serde(default)]
    pub plan: String,
    /// Facts that were found in the brief, each with whether the page has it.
    #[serde(default)]
    pub facts: Vec<PageFact>,
    /// What was audited, with what was found; what is wrong first.
    #[serde(default)]
    pub audit: Vec<PageFinding>,
    /// Whether this did not pass its checks and must not be taken for an answer.
    pub draft: bool,
}

/// A section of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct PageSection {
    /// Its `id` in the document.
    pub id: String,
    /// Its kind, such as `hero` or `opening-hours`.
    pub kind: String,
    /// Which of the layouts of its kind.
    pub layout: String,
    /// Its heading.
    pub title: String,
}

/// A fact of the brief.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct PageFact {
    /// Its kind, such as `price` or `phone`.
    pub kind: String,
    /// As it stands in the brief.
    pub text: String,
    /// Whether it stands in the page, unaltered.
    pub is_present: bool,
}

/// Something that was audited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct PageFinding {
    /// The rule, such as `contrast`.
    pub rule: String,
    /// Whether it held.
    pub passed: bool,
    /// What was found.
    pub detail: String,
}
