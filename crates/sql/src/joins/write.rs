//! Conditions of joins: taken apart, and written.

use sqlparser::ast::{BinaryOperator, Expr, Join, JoinConstraint, JoinOperator, Select, SetExpr};
use sqlparser::dialect::SQLiteDialect;
use sqlparser::parser::Parser;

use crate::columns;
use crate::sqlite::quoted;

pub(super) fn condition(join: &mut Join) -> Option<&mut Expr> {
    use JoinOperator as J;
    match &mut join.join_operator {
        J::Join(JoinConstraint::On(on))
        | J::Inner(JoinConstraint::On(on))
        | J::Left(JoinConstraint::On(on))
        | J::LeftOuter(JoinConstraint::On(on)) => Some(on),
        _ => None,
    }
}

/// The equality of that number among what is joined by AND.
pub(super) fn equality(on: &mut Expr, place: usize) -> Option<&mut Expr> {
    fn gather<'tree>(on: &'tree mut Expr, found: &mut Vec<&'tree mut Expr>) {
        match on {
            Expr::Nested(inner) => gather(inner, found),
            Expr::BinaryOp {
                left,
                op: BinaryOperator::And,
                right,
            } => {
                gather(left, found);
                gather(right, found);
            }
            Expr::BinaryOp {
                op: BinaryOperator::Eq,
                ..
            } => found.push(on),
            _ => {}
        }
    }
    let mut found = Vec::new();
    gather(on, &mut found);
    (place < found.len()).then(|| found.swap_remove(place))
}

/// Both sides of an equality of columns, each with what its table is called.
pub(super) fn sides(equality: &Expr) -> Option<[(String, String); 2]> {
    let Expr::BinaryOp { left, right, .. } = equality else {
        return None;
    };
    let side = |expression: &Expr| match expression {
        Expr::CompoundIdentifier(parts) => match parts.as_slice() {
            [table, column] => Some((table.value.clone(), column.value.clone())),
            _ => None,
        },
        _ => None,
    };
    Some([side(left)?, side(right)?])
}

/// A name as a parser reads it back.
pub fn written(name: &str) -> String {
    let is_bare = !name.is_empty()
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        && !name.starts_with(|first: char| first.is_ascii_digit())
        && !columns::is_reserved(name);
    if is_bare {
        name.to_owned()
    } else {
        quoted(name)
    }
}

pub(super) fn equal(one: (&str, &str), other: (&str, &str)) -> Option<Expr> {
    let side = |(table, column): (&str, &str)| format!("{}.{}", written(table), written(column));
    expression(&format!("{} = {}", side(one), side(other)))
}

/// Both of two conditions.
pub(super) fn and(one: Expr, other: Expr) -> Expr {
    Expr::BinaryOp {
        left: Box::new(one),
        op: BinaryOperator::And,
        right: Box::new(other),
    }
}

/// Asks for one more thing in WHERE. An alternative that is there keeps to itself.
pub fn also(select: &mut Select, condition: Expr) {
    select.selection = Some(match select.selection.take() {
        None => condition,
        Some(
            other @ Expr::BinaryOp {
                op: BinaryOperator::Or,
                ..
            },
        ) => and(Expr::Nested(Box::new(other)), condition),
        Some(other) => and(other, condition),
    });
}

/// An expression from its text.
pub fn expression(sql: &str) -> Option<Expr> {
    let dialect = SQLiteDialect {};
    let mut parser = Parser::new(&dialect).try_with_sql(sql).ok()?;
    parser.parse_expr().ok()
}

pub(super) fn join(table: &str, on: Expr) -> Option<Join> {
    let sql = format!("SELECT 1 FROM a JOIN {} ON 1 = 1", written(table));
    let dialect = SQLiteDialect {};
    let mut parser = Parser::new(&dialect).try_with_sql(&sql).ok()?;
    let SetExpr::Select(mut select) = *parser.parse_query().ok()?.body else {
        return None;
    };
    let mut join = select.from.first_mut()?.joins.pop()?;
    *condition(&mut join)? = on;
    Some(join)
}
