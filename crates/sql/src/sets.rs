//! What is meant of sets and written of rows.
//!
//! "Who has both a cat and a dog" is written as `IN ('cat', 'dog')`, and "who has no dog" as
//! `<> 'dog'`: both are true of a row and not of a person. Where the question says "both", the
//! statement becomes an intersection ([`both`]); where it says "no" of something that a person may
//! have several of, those who have one are taken away ([`none`]). Only plain statements are changed:
//! one SELECT without groups, order or limit.

mod both;
mod none;

use sqlparser::ast::{BinaryOperator, Expr, GroupByExpr, Query, Select, SelectItem, SetExpr};

pub use both::intersect;
pub use none::{take_away, turn_round};

/// The SELECT of a statement that has nothing but conditions: its rows can stand for what they are about.
fn plain(query: &Query) -> Option<&Select> {
    let is_bare = query.with.is_none() && query.order_by.is_none() && query.limit_clause.is_none();
    let SetExpr::Select(select) = &*query.body else {
        return None;
    };
    let no_groups =
        matches!(&select.group_by, GroupByExpr::Expressions(keys, _) if keys.is_empty());
    let is_plain = is_bare && no_groups && select.having.is_none();
    is_plain.then_some(&**select)
}

/// The column that an item of the answer shows.
fn shown(item: &SelectItem) -> Option<&Expr> {
    let (SelectItem::UnnamedExpr(expression)
    | SelectItem::ExprWithAlias {
        expr: expression, ..
    }) = item
    else {
        return None;
    };
    matches!(
        expression,
        Expr::Identifier(_) | Expr::CompoundIdentifier(_)
    )
    .then_some(expression)
}

/// What is joined by AND.
pub(crate) fn parts(condition: &Expr) -> Vec<Expr> {
    match condition {
        Expr::BinaryOp {
            left,
            op: BinaryOperator::And,
            right,
        } => [parts(left), parts(right)].concat(),
        Expr::Nested(inner)
            if matches!(
                **inner,
                Expr::BinaryOp {
                    op: BinaryOperator::And,
                    ..
                }
            ) =>
        {
            parts(inner)
        }
        other => vec![other.clone()],
    }
}

pub(crate) fn joined(parts: Vec<Expr>) -> Option<Expr> {
    parts.into_iter().reduce(|left, right| Expr::BinaryOp {
        left: Box::new(left),
        op: BinaryOperator::And,
        right: Box::new(right),
    })
}

/// Whether a question has one of some words.
fn says(question: &str, words: &[&str]) -> bool {
    let spaced: String = question
        .to_lowercase()
        .chars()
        .map(|letter| {
            if letter.is_alphanumeric() || letter == '\'' {
                letter
            } else {
                ' '
            }
        })
        .collect();
    let spaced = format!(
        " {} ",
        spaced.split_whitespace().collect::<Vec<_>>().join(" ")
    );
    words.iter().any(|word| {
        spaced.contains(&format!(" {word} ")) || word.starts_with("n't") && spaced.contains(word)
    })
}
