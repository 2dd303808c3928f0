//! Both of two values, where a row can only be one of them.

use sqlparser::ast::{BinaryOperator, Expr, Query, SetExpr, SetOperator, SetQuantifier};

use super::{joined, parts, plain, says, shown};

/// Makes an intersection of a statement that asks for two values where the question wants both, or
/// that asks one column to be two values at once. Whether it did.
pub fn intersect(query: &mut Query, question: &str) -> bool {
    let says_both = says(question, &["both"])
        || ["既", "同时", "同時", "都有"]
            .iter()
            .any(|word| question.contains(word));
    let Some(select) = plain(query) else {
        return false;
    };
    if !select.projection.iter().all(|item| shown(item).is_some()) {
        return false;
    }
    let Some(condition) = &select.selection else {
        return false;
    };
    let parts = parts(condition);
    if says_both && let Some(changed) = in_both(&parts) {
        let mut select = select.clone();
        select.selection = Some(changed);
        *query.body = SetExpr::Select(Box::new(select));
        return true;
    }
    let halves = twice(&parts).or_else(|| says_both.then(|| either(&parts)).flatten());
    let Some([one, other]) = halves else {
        return false;
    };
    let with = |condition: Expr| {
        let mut half = select.clone();
        half.selection = Some(condition);
        Box::new(SetExpr::Select(Box::new(half)))
    };
    let body = SetExpr::SetOperation {
        op: SetOperator::Intersect,
        set_quantifier: SetQuantifier::None,
        left: with(one),
        right: with(other),
    };
    *query.body = body;
    true
}

/// The conditions, where one of them wants something among the rows of a query that asks for either of
/// two values: it is to be among the rows of both.
fn in_both(parts: &[Expr]) -> Option<Expr> {
    let mut all = parts.to_vec();
    let (place, [one, other]) = parts.iter().enumerate().find_map(|(place, part)| {
        let Expr::InSubquery {
            expr,
            subquery,
            negated: false,
        } = part
        else {
            return None;
        };
        let select = plain(subquery)?;
        let halves = either(&super::parts(select.selection.as_ref()?))?;
        let with = |condition: Expr| {
            let mut half = subquery.clone();
            if let SetExpr::Select(select) = &mut *half.body {
                select.selection = Some(condition);
            }
            Expr::InSubquery {
                expr: expr.clone(),
                subquery: half,
                negated: false,
            }
        };
        Some((place, halves.map(with)))
    })?;
    all[place] = one;
    all.insert(place + 1, other);
    joined(all)
}

/// The conditions with only one of two texts each, where one column is asked to be both.
fn twice(parts: &[Expr]) -> Option<[Expr; 2]> {
    for (place, one) in parts.iter().enumerate() {
        for (other_place, other) in parts.iter().enumerate().skip(place + 1) {
            let (Some((column, value)), Some((other_column, other_value))) =
                (equality(one), equality(other))
            else {
                continue;
            };
            if column.eq_ignore_ascii_case(&other_column) && value != other_value {
                let without = |gone: usize| {
                    let left = parts.iter().enumerate().filter(|(at, _)| *at != gone);
                    joined(left.map(|(_, part)| part.clone()).collect())
                };
                return Some([without(other_place)?, without(place)?]);
            }
        }
    }
    None
}

/// A column and the text that it is to be.
fn equality(condition: &Expr) -> Option<(String, String)> {
    match condition {
        Expr::Nested(inner) => equality(inner),
        Expr::BinaryOp {
            left,
            op: BinaryOperator::Eq,
            right,
        } => match (&**left, &**right) {
            (Expr::Identifier(_) | Expr::CompoundIdentifier(_), Expr::Value(value)) => {
                Some((left.to_string(), value.to_string()))
            }
            _ => None,
        },
        _ => None,
    }
}

/// The conditions with each of two alternatives, where one part has just two.
fn either(parts: &[Expr]) -> Option<[Expr; 2]> {
    let mut found = None;
    for (place, part) in parts.iter().enumerate() {
        if let Some(two) = alternatives(part) {
            // Two such parts could be meant in four ways.
            if found.replace((place, two)).is_some() {
                return None;
            }
        }
    }
    let (place, two) = found?;
    let [one, other] = two.map(|alternative| {
        let mut all = parts.to_vec();
        all[place] = alternative;
        joined(all)
    });
    Some([one?, other?])
}

fn alternatives(part: &Expr) -> Option<[Expr; 2]> {
    match part {
        Expr::Nested(inner) => alternatives(inner),
        Expr::BinaryOp {
            left,
            op: BinaryOperator::Or,
            right,
        } if !matches!(
            **left,
            Expr::BinaryOp {
                op: BinaryOperator::Or,
                ..
            }
        ) =>
        {
            Some([(**left).clone(), (**right).clone()])
        }
        Expr::InList {
            expr,
            list,
            negated: false,
        } => match list.as_slice() {
            [one, other] => Some([one, other].map(|value| Expr::BinaryOp {
                left: expr.clone(),
                op: BinaryOperator::Eq,
                right: Box::new(value.clone()),
            })),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::query;

    #[track_caller]
    fn check_both(question: &str, sql: &str, expected: Option<&str>) {
        let mut query = query(sql);
        let changed = intersect(&mut query, question).then(|| query.to_string());
        assert_eq!(changed.as_deref(), expected);
    }

    #[test]
    fn both_is_an_intersection() {
        check_both(
            "Who has both a cat and a dog?",
            "SELECT p.name FROM person AS p JOIN pet ON pet.owner = p.id WHERE pet.kind IN ('cat', 'dog') AND p.age > 9",
            Some(
                "SELECT p.name FROM person AS p JOIN pet ON pet.owner = p.id WHERE pet.kind = 'cat' AND p.age > 9 \
                 INTERSECT SELECT p.name FROM person AS p JOIN pet ON pet.owner = p.id WHERE pet.kind = 'dog' AND p.age > 9",
            ),
        );
        check_both(
            "Who has both a cat and a dog?",
            "SELECT name FROM person WHERE id IN (SELECT owner FROM pet WHERE kind IN ('cat', 'dog'))",
            Some(
                "SELECT name FROM person WHERE id IN (SELECT owner FROM pet WHERE kind = 'cat') \
                 AND id IN (SELECT owner FROM pet WHERE kind = 'dog')",
            ),
        );
        check_both(
            "Which towns have a cat and a dog?",
            "SELECT town FROM pet WHERE kind = 'cat' AND kind = 'dog'",
            Some(
                "SELECT town FROM pet WHERE kind = 'cat' INTERSECT SELECT town FROM pet WHERE kind = 'dog'",
            ),
        );
        check_both(
            "Who has a cat or a dog?",
            "SELECT town FROM pet WHERE kind IN ('cat', 'dog')",
            None,
        );
        check_both(
            "Count both.",
            "SELECT count(*) FROM pet WHERE kind IN ('cat', 'dog')",
            None,
        );
        check_both(
            "Both?",
            "SELECT town FROM pet WHERE kind IN ('cat', 'dog', 'eel')",
            None,
        );
    }
}
