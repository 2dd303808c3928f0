//! What is meant of sets and written of rows.
//!
//! "Who has both a cat and a dog" is written as `IN ('cat', 'dog')`, and "who has no dog" as
//! `<> 'dog'`: both are true of a row and not of a person. Where the question says "both", the
//! statement becomes an intersection; where it says "no" of something that a person may have several
//! of, those who have one are taken away. Only plain statements are changed: one SELECT without
//! groups, aggregates, order or limit.

use sqlparser::ast::{
    BinaryOperator, Distinct, Expr, GroupByExpr, Query, Select, SelectItem, SetExpr, SetOperator,
    SetQuantifier, TableFactor,
};

use crate::joins::{expression, own_key};
use crate::sqlite::{Schema, Table};

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
    let Some(condition) = &select.selection else {
        return false;
    };
    let parts = parts(condition);
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

/// The SELECT of a statement in which rows can stand for what they are about.
fn plain(query: &Query) -> Option<&Select> {
    let is_bare = query.with.is_none() && query.order_by.is_none() && query.limit_clause.is_none();
    let SetExpr::Select(select) = &*query.body else {
        return None;
    };
    let no_groups =
        matches!(&select.group_by, GroupByExpr::Expressions(keys, _) if keys.is_empty());
    let is_plain = is_bare && no_groups && select.having.is_none();
    let shows_columns = select.projection.iter().all(|item| shown(item).is_some());
    match is_plain && shows_columns {
        true => Some(select),
        false => None,
    }
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
fn parts(condition: &Expr) -> Vec<Expr> {
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

fn joined(parts: Vec<Expr>) -> Option<Expr> {
    parts.into_iter().reduce(|left, right| Expr::BinaryOp {
        left: Box::new(left),
        op: BinaryOperator::And,
        right: Box::new(right),
    })
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

/// Words that say of something that there is none of it. "Languages that are not English" says of a
/// language what it is, and is none of them.
const NONE: &[&str] = &[
    "do not", "does not", "did not", "don't", "doesn't", "didn't", "never", "without", "no",
    "have not", "has not", "haven't", "hasn't", "not have", "not any",
];
const NONE_CHINESE: &[&str] = &["没有", "沒有", "从未", "從未", "从来没", "從來沒"];

/// Takes away what has something, where the statement only leaves out rows that are it: the answer
/// shows columns of one table, and what is left out is said of another that is joined to it. Whether
/// it did.
pub fn take_away(query: &mut Query, question: &str, schema: &Schema) -> bool {
    let says_no = says(question, NONE) || NONE_CHINESE.iter().any(|word| question.contains(word));
    let Some(select) = plain(query).filter(|_| says_no) else {
        return false;
    };
    let Some(changed) = away(select, schema) else {
        return false;
    };
    *query.body = SetExpr::Select(Box::new(changed));
    true
}

/// Turns the one condition on what another table has round, where the question says that there is none
/// of it and the statement says nothing of the kind. Whether it did.
pub fn turn_round(query: &mut Query, question: &str) -> bool {
    let says_none = says(question, NONE) || NONE_CHINESE.iter().any(|word| question.contains(word));
    let words = query.to_string().to_uppercase();
    let says_so = ["NOT ", "EXCEPT", "<>", "!=", "IS NULL", "= 0"]
        .iter()
        .any(|word| words.contains(word));
    let SetExpr::Select(select) = &mut *query.body else {
        return false;
    };
    let Some(condition) = select.selection.as_mut().filter(|_| says_none && !says_so) else {
        return false;
    };
    let mut found = Vec::new();
    gather_subqueries(condition, &mut found);
    match found.as_mut_slice() {
        [one] => {
            **one = true;
            true
        }
        _ => false,
    }
}

/// Where "not" stands of every EXISTS and IN with a query, among what is joined by AND.
fn gather_subqueries<'tree>(condition: &'tree mut Expr, found: &mut Vec<&'tree mut bool>) {
    match condition {
        Expr::Nested(inner) => gather_subqueries(inner, found),
        Expr::BinaryOp {
            left,
            op: BinaryOperator::And,
            right,
        } => {
            gather_subqueries(left, found);
            gather_subqueries(right, found);
        }
        Expr::Exists { negated, .. } | Expr::InSubquery { negated, .. } => found.push(negated),
        _ => {}
    }
}

fn away(select: &Select, schema: &Schema) -> Option<Select> {
    let [from] = select.from.as_slice() else {
        return None;
    };
    if from.joins.is_empty() {
        return None;
    }
    let sources = sources(select, schema)?;
    let owner = owner(select, &sources)?;
    let (alias, table) = &sources[owner];
    let key = own_key(table)?;
    let parts = parts(select.selection.as_ref()?);
    let is_negated = |part: &Expr| {
        negated(part).is_some_and(|(column, _)| {
            table_of(column, &sources).is_some_and(|place| place != owner)
        })
    };
    let place = parts.iter().position(is_negated)?;
    let (own, mut of_others): (Vec<Expr>, Vec<Expr>) = parts
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != place)
        .map(|(_, part)| part.clone())
        .partition(|part| is_about(part, &sources, owner));
    let (_, positive) = negated(&parts[place])?;
    of_others.push(positive);
    let mut inner = select.clone();
    let column = expression(&format!("{alias}.{key}"))?;
    inner.projection = vec![SelectItem::UnnamedExpr(column.clone())];
    inner.distinct = None;
    inner.selection = joined(of_others);
    let inner = Query::from_select(inner);
    let mut outer = select.clone();
    let relation = std::iter::once(&from.relation)
        .chain(from.joins.iter().map(|join| &join.relation))
        .nth(owner)?
        .clone();
    outer.from[0].relation = relation;
    outer.from[0].joins.clear();
    let taken = Expr::InSubquery {
        expr: Box::new(column),
        subquery: Box::new(inner),
        negated: true,
    };
    outer.selection = joined([own, vec![taken]].concat());
    if matches!(outer.distinct, Some(Distinct::Distinct)) {
        outer.distinct = None;
    }
    Some(outer)
}

/// The tables of a FROM by what they are called there; nothing where one is none of the schema.
fn sources<'schema>(
    select: &Select,
    schema: &'schema Schema,
) -> Option<Vec<(String, &'schema Table)>> {
    let from = select.from.first()?;
    let factors =
        std::iter::once(&from.relation).chain(from.joins.iter().map(|join| &join.relation));
    factors
        .map(|factor| {
            let TableFactor::Table { name, alias, .. } = factor else {
                return None;
            };
            let name = &name.0.last()?.as_ident()?.value;
            let mut tables = schema.tables.iter();
            let table = tables.find(|table| table.name.eq_ignore_ascii_case(name))?;
            let alias = alias
                .as_ref()
                .map_or_else(|| name.clone(), |alias| alias.name.value.clone());
            Some((alias, table))
        })
        .collect()
}

/// The one table whose columns the answer shows.
fn owner(select: &Select, sources: &[(String, &Table)]) -> Option<usize> {
    let places: Option<Vec<usize>> = select
        .projection
        .iter()
        .map(|item| table_of(shown(item)?, sources))
        .collect();
    let places = places?;
    let first = *places.first()?;
    places.iter().all(|place| *place == first).then_some(first)
}

/// The table that a column is of; nothing where that is not plain.
fn table_of(column: &Expr, sources: &[(String, &Table)]) -> Option<usize> {
    match column {
        Expr::CompoundIdentifier(parts) => match parts.as_slice() {
            [table, _] => sources
                .iter()
                .position(|(alias, _)| alias.eq_ignore_ascii_case(&table.value)),
            _ => None,
        },
        Expr::Identifier(name) => {
            let has = |table: &Table| {
                table
                    .columns
                    .iter()
                    .any(|column| column.name.eq_ignore_ascii_case(&name.value))
            };
            let mut holders = (0..sources.len()).filter(|place| has(sources[*place].1));
            match (holders.next(), holders.next()) {
                (Some(place), None) => Some(place),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The column that a condition wants not to be something, and the condition that wants it to be.
fn negated(part: &Expr) -> Option<(&Expr, Expr)> {
    match part {
        Expr::Nested(inner) => negated(inner),
        Expr::BinaryOp {
            left,
            op: BinaryOperator::NotEq,
            right,
        } if matches!(**right, Expr::Value(_)) => Some((
            left,
            Expr::BinaryOp {
                left: left.clone(),
                op: BinaryOperator::Eq,
                right: right.clone(),
            },
        )),
        Expr::InList {
            expr,
            list,
            negated: true,
        } => Some((
            expr,
            Expr::InList {
                expr: expr.clone(),
                list: list.clone(),
                negated: false,
            },
        )),
        _ => None,
    }
}

/// Whether a condition is about one table alone.
fn is_about(part: &Expr, sources: &[(String, &Table)], owner: usize) -> bool {
    match part {
        Expr::Nested(inner) => is_about(inner, sources, owner),
        Expr::BinaryOp { left, right, .. } => {
            table_of(left, sources) == Some(owner) && matches!(**right, Expr::Value(_))
        }
        _ => false,
    }
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

/// A query that is nothing but one SELECT.
trait FromSelect {
    fn from_select(select: Select) -> Self;
}

impl FromSelect for Query {
    fn from_select(select: Select) -> Self {
        Self {
            with: None,
            body: Box::new(SetExpr::Select(Box::new(select))),
            order_by: None,
            limit_clause: None,
            fetch: None,
            locks: vec![],
            for_clause: None,
            settings: None,
            format_clause: None,
            pipe_operators: vec![],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::Column;
    use crate::statement::{Parsed, parse};

    fn query(sql: &str) -> Query {
        match parse(sql) {
            Ok(Parsed::Query(query)) => *query,
            other => panic!("{sql}: {other:?}"),
        }
    }

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

    #[test]
    fn what_somebody_has_none_of_is_turned_round() {
        for (question, sql, expected) in [
            (
                "Which shops are without a sale?",
                "SELECT name FROM shop WHERE open = 1 AND EXISTS (SELECT 1 FROM sale WHERE sale.shop = shop.id)",
                Some(
                    "SELECT name FROM shop WHERE open = 1 AND NOT EXISTS (SELECT 1 FROM sale WHERE sale.shop = shop.id)",
                ),
            ),
            (
                "没有销售的店铺有哪些？",
                "SELECT name FROM shop WHERE id IN (SELECT shop FROM sale)",
                Some("SELECT name FROM shop WHERE id NOT IN (SELECT shop FROM sale)"),
            ),
            (
                "Which shops sell?",
                "SELECT name FROM shop WHERE id IN (SELECT shop FROM sale)",
                None,
            ),
            (
                "Which never sold?",
                "SELECT name FROM shop WHERE id NOT IN (SELECT shop FROM sale)",
                None,
            ),
        ] {
            let mut query = query(sql);
            let changed = turn_round(&mut query, question).then(|| query.to_string());
            assert_eq!(changed.as_deref(), expected, "{question}");
        }
    }

    #[track_caller]
    fn check_away(question: &str, sql: &str, expected: Option<&str>) {
        let table = |name: &str, columns: &[&str]| Table {
            name: name.into(),
            columns: columns
                .iter()
                .enumerate()
                .map(|(place, name)| Column {
                    name: (*name).into(),
                    is_key: place == 0,
                    ..Column::default()
                })
                .collect(),
            ..Table::default()
        };
        let schema = Schema {
            tables: vec![
                table("person", &["id", "name", "age"]),
                table("pet", &["id", "owner", "kind"]),
            ],
            ..Schema::default()
        };
        let mut query = query(sql);
        let changed = take_away(&mut query, question, &schema).then(|| query.to_string());
        assert_eq!(changed.as_deref(), expected);
    }

    #[test]
    fn who_has_none_is_who_is_left() {
        check_away(
            "Who does not have a dog and is older than 9?",
            "SELECT p.name FROM person AS p JOIN pet ON pet.owner = p.id WHERE pet.kind <> 'dog' AND p.age > 9",
            Some(
                "SELECT p.name FROM person AS p WHERE p.age > 9 AND p.id NOT IN \
                 (SELECT p.id FROM person AS p JOIN pet ON pet.owner = p.id WHERE pet.kind = 'dog')",
            ),
        );
        // Of the table that is shown, a row is what it is about.
        check_away(
            "Which persons are not called Ann?",
            "SELECT p.age FROM person AS p JOIN pet ON pet.owner = p.id WHERE p.name <> 'Ann'",
            None,
        );
        check_away(
            "Who has pets that are not dogs?",
            "SELECT p.name FROM person AS p JOIN pet ON pet.owner = p.id WHERE pet.kind <> 'dog'",
            None,
        );
        check_away(
            "Which other kinds are there?",
            "SELECT p.name FROM person AS p JOIN pet ON pet.owner = p.id WHERE pet.kind <> 'dog'",
            None,
        );
    }
}
