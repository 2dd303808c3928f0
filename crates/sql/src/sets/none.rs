//! None of something, where a statement only leaves out the rows that are it.

use sqlparser::ast::{
    BinaryOperator, Distinct, Expr, FunctionArguments, Query, Select, SelectItem, SetExpr,
    TableFactor,
};

use super::{joined, parts, plain, says, shown};
use crate::columns;
use crate::joins::{expression, own_key};
use crate::sqlite::{Schema, Table};

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
    let (column, positive) = negated(&parts[place])?;
    // Who has a dog and has no cat: the dog is no part of what is taken away.
    if let Some(had) = of_others.iter().position(|part| is_of(part, column)) {
        let has = of_others.remove(had);
        let mut outer = select.clone();
        outer.selection = joined([own, of_others.clone(), vec![has]].concat());
        of_others.push(positive);
        return taken_away(outer, select, of_others, &format!("{alias}.{key}"));
    }
    of_others.push(positive);
    let mut outer = select.clone();
    let relation = std::iter::once(&from.relation)
        .chain(from.joins.iter().map(|join| &join.relation))
        .nth(owner)?
        .clone();
    outer.from[0].relation = relation;
    outer.from[0].joins.clear();
    outer.selection = joined(own);
    if matches!(outer.distinct, Some(Distinct::Distinct)) {
        outer.distinct = None;
    }
    taken_away(outer, select, of_others, &format!("{alias}.{key}"))
}

/// `outer` without those for which the statement, under other conditions, has a row.
fn taken_away(
    mut outer: Select,
    select: &Select,
    conditions: Vec<Expr>,
    key: &str,
) -> Option<Select> {
    let key = expression(key)?;
    let mut inner = select.clone();
    inner.projection = vec![SelectItem::UnnamedExpr(key.clone())];
    inner.distinct = None;
    inner.selection = joined(conditions);
    let taken = Expr::InSubquery {
        expr: Box::new(key),
        subquery: Box::new(Query::from_select(inner)),
        negated: true,
    };
    outer.selection = joined(outer.selection.into_iter().chain([taken]).collect());
    Some(outer)
}

/// Whether a condition wants a column to be something.
fn is_of(part: &Expr, column: &Expr) -> bool {
    match part {
        Expr::Nested(inner) => is_of(inner, column),
        Expr::BinaryOp {
            left,
            op: BinaryOperator::Eq,
            right,
        } => left.as_ref() == column && matches!(**right, Expr::Value(_)),
        _ => false,
    }
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

/// The one table whose columns the answer shows or adds up.
fn owner(select: &Select, sources: &[(String, &Table)]) -> Option<usize> {
    let places: Option<Vec<usize>> = select
        .projection
        .iter()
        .map(|item| table_of(shown(item).or_else(|| totalled(item))?, sources))
        .collect();
    let places = places?;
    let first = *places.first()?;
    places.iter().all(|place| *place == first).then_some(first)
}

/// The one column of which an item of the answer is a total. Rows are counted twice where a table is
/// joined that has several of them, so it is all the more wrong of them.
fn totalled(item: &SelectItem) -> Option<&Expr> {
    let (SelectItem::UnnamedExpr(Expr::Function(function))
    | SelectItem::ExprWithAlias {
        expr: Expr::Function(function),
        ..
    }) = item
    else {
        return None;
    };
    const TOTALS: [&str; 3] = ["sum", "avg", "count"];
    let name = function.name.to_string().to_lowercase();
    let FunctionArguments::List(list) = &function.args else {
        return None;
    };
    let is_total = TOTALS.contains(&name.as_str()) && function.over.is_none();
    columns::only_argument(&list.args).filter(|_| is_total)
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
    use crate::statement::query;

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
        check_away(
            "Who has a cat and does not have a dog?",
            "SELECT p.name FROM person AS p JOIN pet ON pet.owner = p.id WHERE pet.kind = 'cat' AND pet.kind <> 'dog'",
            Some(
                "SELECT p.name FROM person AS p JOIN pet ON pet.owner = p.id WHERE pet.kind = 'cat' AND p.id NOT IN \
                 (SELECT p.id FROM person AS p JOIN pet ON pet.owner = p.id WHERE pet.kind = 'dog')",
            ),
        );
        check_away(
            "How old are all who have no dog?",
            "SELECT SUM(p.age) FROM person AS p JOIN pet ON pet.owner = p.id WHERE pet.kind <> 'dog'",
            Some(
                "SELECT SUM(p.age) FROM person AS p WHERE p.id NOT IN \
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
