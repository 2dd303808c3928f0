//! Texts that a statement compares columns with, held against what stands in those columns.
//!
//! A model writes 'france' where the data says 'France'. Whether a value is there is a fact, so
//! code finds it out: one spelling of it that differs only in case or white space is put in its
//! place, and a value that is not there at all is reported. Only plain comparisons
//! (`column = 'text'`, `column IN ('text')`) are looked at; everything else is left alone.

use std::ops::ControlFlow;

use sqlparser::ast::{BinaryOperator, Expr, Ident, ObjectName, Query, Value, VisitMut, VisitorMut};

use sqlparser::dialect::SQLiteDialect;
use sqlparser::parser::Parser;

use crate::sqlite::Schema;

/// A text that a column is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The column's own name, without its table.
    pub column: String,
    /// The text.
    pub text: String,
}

/// Every comparison of a statement, in order.
pub fn comparisons(query: &Query) -> Vec<Comparison> {
    let mut found = Vec::new();
    let mut query = query.clone();
    visit(&mut query, &mut |column, text| {
        found.push(Comparison {
            column: column.to_owned(),
            text: text.clone(),
        });
    });
    found
}

/// Puts `replacement` in the place of the text of every comparison that equals `comparison`.
pub fn replace(query: &mut Query, comparison: &Comparison, replacement: &str) {
    visit(query, &mut |column, text| {
        if column == comparison.column && *text == comparison.text {
            replacement.clone_into(text);
        }
    });
}

/// Compares a column regardless of case and white space around its values, wherever it is compared
/// with that text: the data has it in several spellings, and they are one value to a person.
pub fn fold(query: &mut Query, comparison: &Comparison) {
    struct Folder<'a>(&'a Comparison);
    impl VisitorMut for Folder<'_> {
        type Break = ();
        fn post_visit_expr(&mut self, expression: &mut Expr) -> ControlFlow<()> {
            match expression {
                Expr::BinaryOp {
                    left,
                    op: BinaryOperator::Eq | BinaryOperator::NotEq,
                    right,
                } => {
                    let is_it = text(right).is_some_and(|text| *text == self.0.text);
                    if is_it && column(left).as_ref() == Some(&self.0.column) {
                        fold_text(right);
                        **left = folded(left);
                    }
                }
                Expr::InList { expr, list, .. } => {
                    let mut texts = list.iter_mut().filter_map(text);
                    let has_it = texts.any(|text| *text == self.0.text);
                    if has_it && column(expr).as_ref() == Some(&self.0.column) {
                        list.iter_mut().for_each(fold_text);
                        **expr = folded(expr);
                    }
                }
                _ => {}
            }
            ControlFlow::Continue(())
        }
    }
    let _ = query.visit(&mut Folder(comparison));
}

fn fold_text(expression: &mut Expr) {
    if let Some(text) = text(expression) {
        *text = text.trim().to_ascii_lowercase();
    }
}

/// `lower(trim(column))`. SQLite's lower() knows ASCII letters only, and so does ours.
fn folded(expression: &Expr) -> Expr {
    let sql = format!("lower(trim({expression}))");
    let parsed = Parser::new(&SQLiteDialect {})
        .try_with_sql(&sql)
        .and_then(|mut parser| parser.parse_expr());
    parsed.unwrap_or_else(|_| expression.clone())
}

/// Tables that a statement reads and that have the column, as the schema spells them both.
pub fn places<'schema>(
    schema: &'schema Schema,
    query: &Query,
    column: &str,
) -> Vec<(&'schema str, &'schema str)> {
    let tables = tables(query);
    schema
        .tables
        .iter()
        .filter(|table| {
            tables
                .iter()
                .any(|name| name.eq_ignore_ascii_case(&table.name))
        })
        .flat_map(|table| table.columns.iter().map(move |column| (table, column)))
        .filter(|(_, candidate)| candidate.name.eq_ignore_ascii_case(column))
        .map(|(table, column)| (table.name.as_str(), column.name.as_str()))
        .collect()
}

fn tables(query: &Query) -> Vec<String> {
    struct Tables(Vec<String>);
    impl VisitorMut for Tables {
        type Break = ();
        fn pre_visit_relation(&mut self, name: &mut ObjectName) -> ControlFlow<()> {
            let last = name.0.last().and_then(|part| part.as_ident());
            self.0.extend(last.map(|ident| ident.value.clone()));
            ControlFlow::Continue(())
        }
    }
    let mut tables = Tables(vec![]);
    let _ = query.clone().visit(&mut tables);
    tables.0
}

/// Compares another column with the text of a comparison, and with `text` in its place; where `table`
/// is nothing the column stands by itself. Only plain equalities are changed.
pub fn compare_instead(
    query: &mut Query,
    comparison: &Comparison,
    (table, other): (Option<&str>, &str),
    stored: &str,
) -> bool {
    struct Mover<'a> {
        comparison: &'a Comparison,
        with: Expr,
        stored: &'a str,
        count: usize,
    }
    impl VisitorMut for Mover<'_> {
        type Break = ();
        fn post_visit_expr(&mut self, expression: &mut Expr) -> ControlFlow<()> {
            if let Expr::BinaryOp {
                left,
                op: BinaryOperator::Eq | BinaryOperator::NotEq,
                right,
            } = expression
                && column(left).as_ref() == Some(&self.comparison.column)
                && let Some(text) = text(right).filter(|text| **text == self.comparison.text)
            {
                self.stored.clone_into(text);
                **left = self.with.clone();
                self.count += 1;
            }
            ControlFlow::Continue(())
        }
    }
    let ident = |name: &str| match name
        .chars()
        .all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
    {
        true => Ident::new(name),
        false => Ident::with_quote('"', name),
    };
    let with = match table {
        Some(table) => Expr::CompoundIdentifier(vec![ident(table), ident(other)]),
        None => Expr::Identifier(ident(other)),
    };
    let mut mover = Mover {
        comparison,
        with,
        stored,
        count: 0,
    };
    let _ = query.visit(&mut mover);
    mover.count > 0
}

fn visit(query: &mut Query, work: &mut dyn FnMut(&str, &mut String)) {
    struct Texts<'a>(&'a mut dyn FnMut(&str, &mut String));
    impl VisitorMut for Texts<'_> {
        type Break = ();
        fn post_visit_expr(&mut self, expression: &mut Expr) -> ControlFlow<()> {
            match expression {
                Expr::BinaryOp {
                    left,
                    op: BinaryOperator::Eq | BinaryOperator::NotEq,
                    right,
                } => {
                    if let (Some(column), Some(text)) = (column(left), text(right)) {
                        (self.0)(&column, text);
                    }
                }
                Expr::InList { expr, list, .. } => {
                    if let Some(column) = column(expr) {
                        list.iter_mut()
                            .filter_map(text)
                            .for_each(|text| (self.0)(&column, text));
                    }
                }
                _ => {}
            }
            ControlFlow::Continue(())
        }
    }
    let _ = query.visit(&mut Texts(work));
}

fn column(expression: &Expr) -> Option<String> {
    let ident: &Ident = match expression {
        Expr::Identifier(ident) => ident,
        Expr::CompoundIdentifier(parts) => parts.last()?,
        _ => return None,
    };
    Some(ident.value.clone())
}

fn text(expression: &mut Expr) -> Option<&mut String> {
    match expression {
        Expr::Value(value) => match &mut value.value {
            Value::SingleQuotedString(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::query;

    #[test]
    fn a_value_is_looked_for_where_it_is() {
        let mut moved = query("SELECT 1 FROM car AS c WHERE c.make = 'volvo' AND c.year = 3");
        let comparison = Comparison {
            column: "make".into(),
            text: "volvo".into(),
        };
        assert!(compare_instead(
            &mut moved,
            &comparison,
            (Some("c"), "model"),
            "Volvo"
        ));
        assert_eq!(
            moved.to_string(),
            "SELECT 1 FROM car AS c WHERE c.model = 'Volvo' AND c.year = 3"
        );
        assert!(!compare_instead(
            &mut moved,
            &comparison,
            (None, "model"),
            "Volvo"
        ));
    }

    #[track_caller]
    fn check(sql: &str, expected: &[(&str, &str)]) {
        let found = comparisons(&query(sql));
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|comparison| (comparison.column.as_str(), comparison.text.as_str()))
            .collect();
        assert_eq!(found, expected, "{sql}");
    }

    #[test]
    fn plain_comparisons_are_found_wherever_they_stand() {
        check("SELECT * FROM a WHERE b = 'x'", &[("b", "x")]);
        check("SELECT * FROM a WHERE a.b <> 'x' AND c > 3", &[("b", "x")]);
        check(
            "SELECT * FROM a WHERE b IN ('x', 'y')",
            &[("b", "x"), ("b", "y")],
        );
        check(
            "SELECT * FROM a WHERE c IN (SELECT d FROM e WHERE f = 'z')",
            &[("f", "z")],
        );
        check(
            "SELECT count(*) FROM a JOIN b ON a.c = b.c AND b.d = 'x'",
            &[("d", "x")],
        );
        check("SELECT * FROM a WHERE b LIKE 'x%' OR lower(b) = 'x'", &[]);
        check("SELECT * FROM a WHERE b = 5", &[]);
    }

    #[test]
    fn spellings_of_one_value_are_compared_as_one() {
        let mut query =
            query("SELECT a FROM t WHERE t.b = 'Closed ' AND c IN ('Closed ', 'X') AND b = 'Y'");
        let comparison = |column: &str| Comparison {
            column: column.into(),
            text: "Closed ".into(),
        };
        fold(&mut query, &comparison("b"));
        fold(&mut query, &comparison("c"));
        assert_eq!(
            query.to_string(),
            "SELECT a FROM t WHERE lower(TRIM(t.b)) = 'closed' AND lower(TRIM(c)) IN ('closed', 'x') AND b = 'Y'"
        );
    }

    #[test]
    fn a_text_is_replaced_and_nothing_else() {
        let mut query = query("SELECT 'x' FROM a WHERE b = 'x' AND c = 'x'");
        let comparison = Comparison {
            column: "b".into(),
            text: "x".into(),
        };
        replace(&mut query, &comparison, "it's");
        assert_eq!(
            query.to_string(),
            "SELECT 'x' FROM a WHERE b = 'it''s' AND c = 'x'"
        );
    }
}
