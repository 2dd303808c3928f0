//! A query in the words of its reader: what it does clause by clause, how it looks when it is
//! formatted, and the answer of its rows in one sentence.
//!
//! All of it is made by code from the parsed query and the rows, never by a model, so that it is
//! true whatever the query is. What there are no words for is shown as SQL between backticks; a
//! clause is never left out and never guessed at.
//!
//! Where dialects differ (whether LIKE minds capitals, what a division of whole numbers gives, whose
//! clock says what day it is) the words are those of the database at hand.

mod aggregate;
mod caveats;
mod compare;
mod condition;
pub(crate) mod dates;
mod expression;
mod format;
mod function;
mod headings;
mod headline;
mod kind;
mod language;
pub(crate) mod numbers;
mod order;
mod raw;
mod scope;
mod seekers;
mod select;

mod steps;
mod subquery;
mod tables;
mod window;

use sqlparser::ast::Query;

pub use format::format;
pub use headings::headings;
pub use headline::headline;
pub use language::Language;

use crate::sqlite::Schema;
use language::Phrase;
use scope::{Scope, Step};

/// Which database runs the query.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite.
    #[default]
    Sqlite,
    /// PostgreSQL.
    Postgres,
    /// MySQL or MariaDB.
    MySql,
}

impl Dialect {
    /// By its name: `sqlite`, `postgres` or `mysql`.
    #[must_use]
    pub fn named(name: &str) -> Self {
        match name {
            "postgres" => Self::Postgres,
            "mysql" => Self::MySql,
            _ => Self::Sqlite,
        }
    }
}

/// What a query does in SQLite, as [`explain_for`].
#[must_use]
pub fn explain(query: &Query, schema: &Schema, language: Language) -> Option<String> {
    explain_for(Dialect::Sqlite, query, schema, language)
}

/// What a query does, a step a line, in the order in which a person would think of it.
///
/// Nothing for what is not a query that reads.
#[must_use]
pub fn explain_for(
    dialect: Dialect,
    query: &Query,
    schema: &Schema,
    language: Language,
) -> Option<String> {
    let mut teller = Teller::new(schema, language);
    teller.dialect = dialect;
    let lines = teller.query(query)?;
    Some(lines.join("\n"))
}

/// Tells what a query does. It knows where in the query it is: which names mean what.
pub(super) struct Teller<'a> {
    language: Language,
    dialect: Dialect,
    schema: &'a Schema,
    /// What names mean, the innermost query last.
    scopes: Vec<Scope<'a>>,
    /// Lists that earlier steps made.
    steps: Vec<Step>,
    /// Lines of queries inside the clause at hand, which come before it.
    asides: Vec<String>,
    /// How many results have been given a letter.
    letters: u8,
    /// Aliases are not looked up inside of what an alias stands for.
    in_alias: bool,
    /// Whether the query at hand speaks of rows of the query around it.
    is_correlated: bool,
}

/// How closely words hold together, which decides about brackets around them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// A column, a value, something in brackets.
    Atom,
    /// "The sum of a": clear inside of another phrase.
    Phrase,
    /// "a + b", "x when y": in need of brackets inside of anything.
    Loose,
}

/// Words for a part of a query.
#[derive(Debug, Clone)]
struct Words {
    text: String,
    shape: Shape,
}

impl Words {
    fn atom(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            shape: Shape::Atom,
        }
    }

    fn phrase(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            shape: Shape::Phrase,
        }
    }

    fn loose(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            shape: Shape::Loose,
        }
    }
}

impl<'a> Teller<'a> {
    fn new(schema: &'a Schema, language: Language) -> Self {
        Self {
            language,
            dialect: Dialect::default(),
            schema,
            scopes: Vec::new(),
            steps: Vec::new(),
            asides: Vec::new(),
            letters: 0,
            in_alias: false,
            is_correlated: false,
        }
    }

    fn say(&self, phrase: Phrase, words: &[&str]) -> String {
        self.language.say(phrase, words)
    }

    /// Words in brackets if they would run into what is around them.
    fn held(&self, words: Words) -> String {
        match words.shape {
            Shape::Loose => self.language.bracketed(&words.text),
            Shape::Atom | Shape::Phrase => words.text,
        }
    }

    /// Words in brackets unless they are one thing.
    fn tight(&self, words: Words) -> String {
        match words.shape {
            Shape::Atom => words.text,
            Shape::Phrase | Shape::Loose => self.language.bracketed(&words.text),
        }
    }

    /// The next letter: "result A".
    fn letter(&mut self) -> String {
        let letter = char::from(b'A' + self.letters % 26);
        let round = self.letters / 26;
        self.letters = self.letters.saturating_add(1);
        match round {
            0 => letter.to_string(),
            _ => format!("{letter}{round}"),
        }
    }
}

/// Lines further to the right, as parts of the line before them.
fn indented(lines: Vec<String>) -> impl Iterator<Item = String> {
    lines.into_iter().map(|line| format!("  {line}"))
}
