//! A statement as a parsed tree: whether it is one query, and what its parts are.
//!
//! This is not what keeps a database safe (that is `sqlite::guard`, by the database itself); it
//! gives an early and clear answer, and the tree from which words about the query are made.

use sqlparser::ast::{Query, Statement};
use sqlparser::dialect::{Dialect, MySqlDialect, PostgreSqlDialect, SQLiteDialect};
use sqlparser::parser::Parser;
use sqlparser::tokenizer::{Token, TokenWithSpan, Tokenizer};

use crate::SqlError;

/// What could be made of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Parsed {
    /// One query.
    Query(Box<Query>),
    /// The parser does not know this syntax; the database may.
    Unknown(String),
}

/// Most operators. Chains of them become trees as deep as they are long, and such a tree is copied
/// and taken down by recursion: as many as fit a small stack several times over.
const MOST_OPERATORS: usize = 400;

/// Whether the tree of a text may be deeper than can be worked on.
pub fn is_deep(tokens: &[TokenWithSpan]) -> bool {
    tokens.iter().filter(|token| deepens(&token.token)).count() > MOST_OPERATORS
}

/// Whether a token can make the tree one level deeper.
fn deepens(token: &Token) -> bool {
    match token {
        Token::Word(word) => {
            word.quote_style.is_none()
                && DEEPENING
                    .iter()
                    .any(|known| word.value.eq_ignore_ascii_case(known))
        }
        Token::Comma
        | Token::Whitespace(_)
        | Token::SingleQuotedString(_)
        | Token::Number(..)
        | Token::RParen
        | Token::Period => false,
        _ => true,
    }
}

/// Words that work as operators do.
const DEEPENING: &[&str] = &[
    "AND",
    "AT",
    "BETWEEN",
    "COLLATE",
    "DIV",
    "EXCEPT",
    "ILIKE",
    "IN",
    "INTERSECT",
    "IS",
    "ISNULL",
    "LIKE",
    "MEMBER",
    "MOD",
    "NOT",
    "NOTNULL",
    "OR",
    "OVERLAPS",
    "REGEXP",
    "RLIKE",
    "SIMILAR",
    "UNION",
    "XOR",
];

/// Removes white space and the semicolon at the end.
#[must_use]
pub fn trimmed(sql: &str) -> &str {
    sql.trim().trim_end_matches([';', ' ', '\n', '\t', '\r'])
}

/// A text of SQLite as a query, for tests.
#[cfg(test)]
#[track_caller]
pub fn query(sql: &str) -> Query {
    match parse(sql) {
        Ok(Parsed::Query(query)) => *query,
        other => panic!("{sql}: {other:?}"),
    }
}

/// Holds what a mend makes of a statement against what is expected, for tests; nothing where it leaves
/// it as it is.
#[cfg(test)]
#[track_caller]
pub fn check_mend(
    mend: fn(&mut Query, &str) -> bool,
    question: &str,
    sql: &str,
    expected: Option<&str>,
) {
    let mut query = query(sql);
    let changed = mend(&mut query, question).then(|| query.to_string());
    assert_eq!(changed.as_deref(), expected, "{question}");
}

/// Parses a text as SQLite reads it.
///
/// # Errors
/// When it is empty, several statements, or a statement that is not a query.
#[cfg(test)]
pub fn parse(sql: &str) -> Result<Parsed, SqlError> {
    parse_as(sql, "sqlite")
}

/// Parses a text as a database reads it: `sqlite`, `postgres` or `mysql`.
///
/// # Errors
/// When it is empty, several statements, or a statement that is not a query.
pub fn parse_as(sql: &str, dialect: &str) -> Result<Parsed, SqlError> {
    if sql.is_empty() {
        return Err(SqlError::NotOneQuery("there is no statement".to_owned()));
    }
    let dialect: &dyn Dialect = match dialect {
        "postgres" => &PostgreSqlDialect {},
        "mysql" => &MySqlDialect {},
        _ => &SQLiteDialect {},
    };
    let tokens = match Tokenizer::new(dialect, sql).tokenize_with_location() {
        Ok(tokens) if is_deep(&tokens) => {
            return Ok(Parsed::Unknown("it has too many parts".to_owned()));
        }
        Ok(tokens) => tokens,
        Err(error) => return Ok(Parsed::Unknown(error.to_string())),
    };
    let parsed = Parser::new(dialect)
        .with_tokens_with_locations(tokens)
        .parse_statements();
    let mut statements = match parsed {
        Ok(statements) => statements,
        Err(error) => return Ok(Parsed::Unknown(error.to_string())),
    };
    // A statement that would do more than read is what has to be named, however many there are.
    if let Some(other) = statements
        .iter()
        .find(|statement| !matches!(statement, Statement::Query(_)))
    {
        return Err(SqlError::NotReadOnly(first_word(&other.to_string())));
    }
    match (statements.pop(), statements.is_empty()) {
        (Some(Statement::Query(query)), true) => Ok(Parsed::Query(query)),
        (Some(_), _) => Err(SqlError::NotOneQuery(
            "there is more than one statement".to_owned(),
        )),
        (None, _) => Err(SqlError::NotOneQuery("there is no statement".to_owned())),
    }
}

fn first_word(sql: &str) -> String {
    sql.split_whitespace().next().unwrap_or("this").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sql: &str, expected: &str) {
        let found = match parse(trimmed(sql)) {
            Ok(Parsed::Query(_)) => "query".to_owned(),
            Ok(Parsed::Unknown(_)) => "unknown".to_owned(),
            Err(error) => error.to_string(),
        };
        assert_eq!(found, expected, "{sql}");
    }

    #[test]
    fn one_query_is_told_from_everything_else() {
        check("SELECT 1", "query");
        check("SELECT 1;\n", "query");
        check("WITH a AS (SELECT 1) SELECT * FROM a", "query");
        check("VALUES (1), (2)", "query");
        check("SELECT 1 UNION SELECT 2", "query");
        check("", "there is no statement");
        check(";", "there is no statement");
        check("-- nothing", "there is no statement");
        check("SELECT 1; SELECT 2", "there is more than one statement");
        check("SELECT 1; DROP TABLE a", "only reading is allowed: DROP");
        check("DELETE FROM a", "only reading is allowed: DELETE");
        check("DROP TABLE a", "only reading is allowed: DROP");
        check("PRAGMA query_only = 0", "only reading is allowed: PRAGMA");
        check("How many?", "unknown");
    }
}
