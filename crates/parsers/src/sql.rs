//! SQL of no particular database.

use sqlparser::dialect::GenericDialect;
use sqlparser::parser::Parser;

use crate::{Fact, Flaw};

/// One or several statements.
///
/// # Errors
/// The first error of syntax.
pub fn check(text: &str) -> Result<Vec<Fact>, Flaw> {
    let statements = Parser::parse_sql(&GenericDialect {}, text).map_err(|error| {
        let said = error.to_string();
        let said = said.trim_start_matches("sql parser error: ");
        Flaw::of_all(said)
    })?;
    match statements.len() {
        0 => Err(Flaw::of_all("there is no statement in it")),
        count => Ok(vec![Fact::new("statements", count)]),
    }
}
