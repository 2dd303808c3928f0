//! Explanations of what only servers say, or say otherwise than SQLite.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use sql::explain::{Dialect, Language, explain_for};
use sql::sqlite::{Column, Schema, Table};
use sqlparser::ast::Statement;
use sqlparser::dialect::{MySqlDialect, PostgreSqlDialect};
use sqlparser::parser::Parser;

fn schema() -> Schema {
    let column = |name: &str, kind: &str| Column {
        name: name.into(),
        kind: kind.into(),
        ..Column::default()
    };
    Schema {
        tables: vec![Table {
            name: "sale".into(),
            columns: vec![
                column("id", "integer"),
                column("day", "date"),
                column("pieces", "integer"),
                column("town", "text"),
            ],
            ..Table::default()
        }],
        ..Schema::default()
    }
}

#[track_caller]
fn check(dialect: Dialect, sql: &str, expected: &str, unexpected: &str) {
    let parsed = match dialect {
        Dialect::Postgres => Parser::parse_sql(&PostgreSqlDialect {}, sql),
        _ => Parser::parse_sql(&MySqlDialect {}, sql),
    };
    let Some(Statement::Query(query)) = parsed.unwrap().pop() else {
        panic!("{sql} is a query");
    };
    let told = explain_for(dialect, &query, &schema(), Language::English).unwrap();
    assert!(told.contains(expected), "{told}");
    assert!(
        unexpected.is_empty() || !told.contains(unexpected),
        "{told}"
    );
}

#[test]
fn postgresql_minds_capitals_and_has_its_own_dates() {
    use Dialect::Postgres;
    check(
        Postgres,
        "SELECT id FROM sale WHERE town LIKE 'Ro%'",
        "starts with",
        "capitals or not",
    );
    check(
        Postgres,
        "SELECT id FROM sale WHERE town ILIKE 'Ro%'",
        "capitals or not",
        "",
    );
    check(
        Postgres,
        "SELECT to_char(day, 'YYYY-MM') FROM sale",
        "the year and month of",
        "`",
    );
    check(
        Postgres,
        "SELECT date_trunc('month', day) FROM sale",
        "the year and month of",
        "`",
    );
    check(
        Postgres,
        "SELECT id FROM sale WHERE day = CURRENT_DATE",
        "the server’s clock",
        "UTC",
    );
    check(Postgres, "SELECT pieces / 2 FROM sale", "whole part", "");
}

#[test]
fn mysql_divides_and_formats_its_own_way() {
    use Dialect::MySql;
    check(MySql, "SELECT pieces / 2 FROM sale", "÷", "whole part");
    check(
        MySql,
        "SELECT DATE_FORMAT(day, '%Y-%m') FROM sale",
        "the year and month of",
        "`",
    );
    check(
        MySql,
        "SELECT id FROM sale WHERE town LIKE 'Ro%'",
        "capitals or not",
        "",
    );
    check(
        MySql,
        "SELECT id FROM sale WHERE day = CURDATE()",
        "the server’s clock",
        "UTC",
    );
    check(
        MySql,
        "SELECT town, max(pieces) FROM sale",
        "as in any one of the rows",
        "largest value",
    );
}
