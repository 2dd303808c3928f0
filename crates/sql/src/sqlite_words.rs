//! Words of other databases in a statement for SQLite: `YEAR(d)`, `DATEDIFF(a, b)`, a date minus a date.
//!
//! A model has read more of MySQL than of SQLite, whatever it is told. SQLite has no such functions,
//! and takes a text that is subtracted for the number it begins with, so that `'2024-03-01' -
//! '2023-12-01'` is 1. What was meant is plain, and code writes it as SQLite has it.

use std::ops::ControlFlow;

use sqlparser::ast::{BinaryOperator, DateTimeField, Expr, Query, VisitMut, VisitorMut};

use crate::explain::dates;
use crate::joins::expression;
use crate::sqlite::Schema;

/// Writes what is not SQLite's as SQLite has it. Whether anything was changed.
pub fn translate(query: &mut Query, schema: &Schema) -> bool {
    struct Words<'a> {
        schema: &'a Schema,
        is_changed: bool,
    }
    impl VisitorMut for Words<'_> {
        type Break = ();
        fn post_visit_expr(&mut self, found: &mut Expr) -> ControlFlow<()> {
            if let Some(with) = in_sqlite(found, self.schema).and_then(|sql| expression(&sql)) {
                *found = with;
                self.is_changed = true;
            }
            ControlFlow::Continue(())
        }
    }
    let mut words = Words {
        schema,
        is_changed: false,
    };
    let _ = query.visit(&mut words);
    words.is_changed
}

fn in_sqlite(found: &Expr, schema: &Schema) -> Option<String> {
    match found {
        Expr::Function(function) => {
            let name = function.name.to_string().to_lowercase();
            let arguments = dates::arguments(function)?;
            of_function(&name, &arguments)
        }
        Expr::Extract { field, expr, .. } => {
            let letter = match field {
                DateTimeField::Year => "%Y",
                DateTimeField::Month => "%m",
                DateTimeField::Day => "%d",
                _ => return None,
            };
            Some(number(letter, expr))
        }
        Expr::BinaryOp {
            left,
            op: BinaryOperator::Minus,
            right,
        } if is_date(left, schema) && is_date(right, schema) => Some(days(left, right)),
        _ => None,
    }
}

fn of_function(name: &str, arguments: &[&Expr]) -> Option<String> {
    match (name, arguments) {
        ("year", [moment]) => Some(number("%Y", moment)),
        ("month", [moment]) => Some(number("%m", moment)),
        ("day" | "dayofmonth", [moment]) => Some(number("%d", moment)),
        ("datediff", [late, early]) => Some(days(late, early)),
        ("date_format", [moment, format]) => {
            let format = dates::text(format)?.replace("%i", "%M").replace('\'', "''");
            Some(format!("strftime('{format}', {moment})"))
        }
        ("now", []) => Some("datetime('now')".to_owned()),
        ("curdate" | "current_date", []) => Some("date('now')".to_owned()),
        _ => None,
    }
}

fn number(letter: &str, moment: &Expr) -> String {
    format!("CAST(strftime('{letter}', {moment}) AS INTEGER)")
}

fn days(late: &Expr, early: &Expr) -> String {
    format!("(julianday({late}) - julianday({early}))")
}

/// Whether something is a column of dates, or a date that is written out.
fn is_date(found: &Expr, schema: &Schema) -> bool {
    let name = match found {
        Expr::Nested(inner) => return is_date(inner, schema),
        Expr::Identifier(name) => &name.value,
        Expr::CompoundIdentifier(parts) => match parts.last() {
            Some(name) => &name.value,
            None => return false,
        },
        _ => return dates::text(found).is_some_and(dates::is_iso),
    };
    let mut columns = schema.tables.iter().flat_map(|table| &table.columns);
    let mut same = columns
        .by_ref()
        .filter(|column| column.name.eq_ignore_ascii_case(name))
        .peekable();
    // A column of that name that holds something else is reason enough to leave it alone.
    same.peek().is_some() && same.all(|column| column.dates.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::DateFormat;
    use crate::sqlite::{Column, Table};
    use crate::statement::{Parsed, parse};

    #[track_caller]
    fn check(sql: &str, expected: Option<&str>) {
        let column = |name: &str, dates| Column {
            name: name.into(),
            dates,
            ..Column::default()
        };
        let schema = Schema {
            tables: vec![Table {
                name: "bill".into(),
                columns: vec![
                    column("made", Some(DateFormat::Iso)),
                    column("paid", Some(DateFormat::Iso)),
                    column("cents", None),
                ],
                ..Table::default()
            }],
            ..Schema::default()
        };
        let mut query = match parse(sql) {
            Ok(Parsed::Query(query)) => *query,
            other => panic!("{sql}: {other:?}"),
        };
        let changed = translate(&mut query, &schema).then(|| query.to_string());
        assert_eq!(changed.as_deref(), expected);
    }

    #[test]
    fn dates_are_subtracted_and_taken_apart_as_sqlite_does_it() {
        check(
            "SELECT AVG(b.paid - b.made) FROM bill AS b",
            Some("SELECT AVG((julianday(b.paid) - julianday(b.made))) FROM bill AS b"),
        );
        check("SELECT cents - 3 FROM bill", None);
        check("SELECT cents - paid FROM bill", None);
        check(
            "SELECT DATEDIFF(paid, made) FROM bill WHERE YEAR(made) = 2024",
            Some(
                "SELECT (julianday(paid) - julianday(made)) FROM bill \
                 WHERE CAST(strftime('%Y', made) AS INTEGER) = 2024",
            ),
        );
        check(
            "SELECT DATE_FORMAT(made, '%Y-%m') FROM bill",
            Some("SELECT strftime('%Y-%m', made) FROM bill"),
        );
        check("SELECT strftime('%Y', made) FROM bill", None);
    }
}
