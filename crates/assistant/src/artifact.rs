//! What a run makes: typed objects that a person can take hold of, one kind for each sort of work.
//!
//! New kinds come with the assistants that make them.

mod query;

use serde::{Deserialize, Serialize};

pub use query::{Cell, CellJson, Chart, Mark, QueryResult, Reading};

/// What a run made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Artifact {
    /// A question answered by a database.
    Query(QueryResult),
}

impl Artifact {
    /// Marks it as something that did not pass its checks, or unmarks it.
    pub fn set_draft(&mut self, is_draft: bool) {
        match self {
            Self::Query(query) => query.draft = is_draft,
        }
    }
}

/// The kinds of [`Artifact`], as an assistant announces what it makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum ArtifactKind {
    /// [`Artifact::Query`].
    Query,
}
