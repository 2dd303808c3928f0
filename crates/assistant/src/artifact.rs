//! What a run makes: typed objects that a person can take hold of, one kind for each sort of work.
//!
//! The names of kinds and fields are a contract with scripts; fields are added, never renamed.

mod books;
mod chess;
mod page;
mod query;
mod text;

use serde::{Deserialize, Serialize};

pub use books::{
    Account, BookEntry, BookPosting, BooksResult, Doubt, Statement, StatementRow, Unresolved,
};
pub use chess::{
    ChessAccuracy, ChessCandidate, ChessFact, ChessHabits, ChessMistake, ChessMove, ChessPly,
    ChessPreference, ChessResult, ChessScore, ChessTag, ChessTheme, TurningPoint,
};
pub use page::{PageFact, PageFinding, PageResult, PageSection};
pub use query::{Cell, CellJson, Chart, Mark, QueryResult, Reading};
pub use text::{
    CodeFile, CodeResult, CommandPart, CommandResult, CssResult, EquationResult, Finding, Risk,
    TextFormat, TextResult,
};

/// What a run made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[expect(
    clippy::large_enum_variant,
    reason = "a run has one of it, and a box would be opened in every match"
)]
pub enum Artifact {
    /// A question answered by a database.
    Query(QueryResult),
    /// A web page.
    Page(PageResult),
    /// The look of a component.
    Css(CssResult),
    /// Entries of book-keeping.
    Books(BooksResult),
    /// Advice on a chess position.
    Chess(ChessResult),
    /// A program.
    Code(CodeResult),
    /// A command for a shell.
    Command(CommandResult),
    /// An equation.
    Equation(EquationResult),
    /// A text.
    Text(TextResult),
}

impl Artifact {
    /// Marks it as something that did not pass its checks, or unmarks it.
    pub fn set_draft(&mut self, is_draft: bool) {
        let draft = match self {
            Self::Query(query) => &mut query.draft,
            Self::Page(page) => &mut page.draft,
            Self::Css(css) => &mut css.draft,
            Self::Books(books) => &mut books.draft,
            Self::Chess(advice) => &mut advice.draft,
            Self::Code(program) => &mut program.draft,
            Self::Command(command) => &mut command.draft,
            Self::Equation(equation) => &mut equation.draft,
            Self::Text(text) => &mut text.draft,
        };
        *draft = is_draft;
    }
}

/// The kinds of [`Artifact`], as an assistant announces what it makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum ArtifactKind {
    /// [`Artifact::Query`].
    Query,
    /// [`Artifact::Page`].
    Page,
    /// [`Artifact::Css`].
    Css,
    /// [`Artifact::Books`].
    Books,
    /// [`Artifact::Chess`].
    Chess,
    /// [`Artifact::Code`].
    Code,
    /// [`Artifact::Command`].
    Command,
    /// [`Artifact::Equation`].
    Equation,
    /// [`Artifact::Text`].
    Text,
}
