//! What a reader should know about a SELECT beyond its clauses: rows that a join multiplies under a
//! sum, and columns that stand beside a group without being the same in all of it.
//!
//! Both are said only where the schema's keys prove them.

use sqlparser::ast::{
    BinaryOperator, Expr, JoinConstraint, JoinOperator, Query, Select, SelectItem, SetExpr,
    TableWithJoins, UnaryOperator, Visit,
};

use super::condition::parts_of;
use super::scope::{Scope, Source, column_name, find, named, table};
use super::seekers::{Aggregates, Bare, Sums};
use super::steps::whole_number;
use super::tables::{equal_columns, factors};
use super::{Dialect, Teller};
use crate::sqlite::Schema;

/// A column: the place of its source in the scope, and its name in small letters.
type Place = (usize, String);

impl Teller<'_> {
    pub(super) fn caveats(&self, select: &Select, group_by: &[Expr]) -> Vec<String> {
        let mut lines = self.multiplied(select);
        lines.extend(self.loose_columns(select, group_by));
        lines
    }

    fn place(&self, expression: &Expr) -> Option<Place> {
        let (qualifier, name) = column_name(expression)?;
        let scope = self.scopes.last().map(std::slice::from_ref)?;
        let found = find(scope, qualifier, &name.value)?;
        Some((found.place?, found.name.to_lowercase()))
    }

    /// Pairs of columns that joins make equal; with the LEFT ones only in rows that found a partner.
    fn equalities(&self, from: &[TableWithJoins], with_left: bool) -> Vec<(Place, Place)> {
        use JoinOperator as J;
        let joins = from.iter().flat_map(|tree| &tree.joins);
        let mut pairs = Vec::new();
        for join in joins {
            let on = match &join.join_operator {
                J::Join(JoinConstraint::On(on)) | J::Inner(JoinConstraint::On(on)) => on,
                J::Left(JoinConstraint::On(on)) | J::LeftOuter(JoinConstraint::On(on))
                    if with_left =>
                {
                    on
                }
                J::Right(_) | J::RightOuter(_) | J::FullOuter(_) if !with_left => {
                    return Vec::new();
                }
                _ => continue,
            };
            let mut parts = Vec::new();
            parts_of(on, &BinaryOperator::And, &mut parts);
            let equal = parts.into_iter().filter_map(equal_columns);
            pairs.extend(equal.filter_map(|(a, b)| Some((self.place(a)?, self.place(b)?))));
        }
        pairs
    }

    /// What a negation leaves out besides: it never holds for what has no value.
    pub(super) fn empties(&self, condition: &Expr) -> Vec<String> {
        let mut parts = Vec::new();
        parts_of(condition, &BinaryOperator::And, &mut parts);
        let mut columns: Vec<String> = Vec::new();
        let mut may_be_nothing = false;
        for part in parts {
            let Some((what, list)) = negation(part) else {
                continue;
            };
            if self.may_be_empty(what) && column_name(what).is_some() {
                let name = self.shown_name(what);
                if !columns.contains(&name) {
                    columns.push(name);
                }
            }
            may_be_nothing |= list.is_some_and(|list| !gives_key(list, self.schema));
        }
        let mut lines = Vec::new();
        if !columns.is_empty() {
            let columns = self.language.or(&columns);
            lines.push(self.say(
                [
                    "Rows where {0} has no value are left out too.",
                    "{0} 沒有值的資料列也不列入。",
                    "{0} 没有值的行也不计入。",
                ],
                &[&columns],
            ));
        }
        if may_be_nothing {
            lines.push(self.say(
                [
                    "Should one of the values to be excluded be missing, no row is kept.",
                    "要排除的值當中若有空值，就不會保留任何資料列。",
                    "要排除的值当中若有空值，就不会保留任何行。",
                ],
                &[],
            ));
        }
        lines
    }

    fn may_be_empty(&self, column: &Expr) -> bool {
        let found = column_name(column)
            .and_then(|(qualifier, name)| find(&self.scopes, qualifier, &name.value));
        !found
            .and_then(|found| found.column)
            .is_some_and(|column| column.is_key)
    }

    fn shown_name(&self, column: &Expr) -> String {
        let found = column_name(column)
            .and_then(|(qualifier, name)| find(&self.scopes, qualifier, &name.value));
        match found {
            Some(found) if found.qualify => format!("{}.{}", found.source.shown, found.name),
            _ => self.written(column),
        }
    }

    /// Sums over a table whose rows a join repeats.
    fn multiplied(&self, select: &Select) -> Vec<String> {
        let Some(scope) = self.scopes.last() else {
            return Vec::new();
        };
        let mut sums = Sums::default();
        for item in &select.projection {
            let _ = item.visit(&mut sums);
        }
        let _ = select.having.visit(&mut sums);
        let pairs = self.equalities(&select.from, true);
        let summed: Vec<usize> = sums
            .columns
            .iter()
            .filter_map(|column| self.place(column))
            .map(|(source, _)| source)
            .collect();
        let mut lines = Vec::new();
        for (one, many) in repeated(scope, &pairs) {
            // COUNT(*) of what comes first in FROM, joined to more of it, is what surprises.
            let is_counted = sums.counts_rows && one == 0;
            if !is_counted && !summed.contains(&one) {
                continue;
            }
            let (one, many) = (&scope.sources[one].shown, &scope.sources[many].shown);
            lines.push(self.say(
                [
                    "A row of {0} with several rows of {1} counts once for each of them.",
                    "{0} 的一筆若對應 {1} 的多筆，每對應一筆就計入一次。",
                    "{0} 的一行若对应 {1} 的多行，每对应一行就计入一次。",
                ],
                &[one, many],
            ));
        }
        lines
    }

    /// Columns that are shown for a group and need not be the same in all of it.
    fn loose_columns(&self, select: &Select, group_by: &[Expr]) -> Option<String> {
        let scope = self.scopes.last()?;
        let mut aggregates = Aggregates::default();
        for item in &select.projection {
            let _ = item.visit(&mut aggregates);
        }
        let shown = aggregates.found.len();
        let _ = select.having.visit(&mut aggregates);
        // Of which row a column is, SQLite promises only for one MIN or MAX by itself.
        let is_by_itself =
            shown == 1 && aggregates.found.len() == 1 && self.dialect == Dialect::Sqlite;
        if group_by.is_empty() && aggregates.found.is_empty() {
            return None;
        }
        let keys = self.keys(group_by);
        let fixed = self.fixed(scope, &keys, &self.equalities(&select.from, false));
        let mut loose = Vec::new();
        for item in &select.projection {
            let expression = match item {
                SelectItem::UnnamedExpr(expression) => expression,
                SelectItem::ExprWithAlias { expr, .. } => expr,
                _ => {
                    loose.push(self.say(["all columns", "所有欄位", "所有列"], &[]));
                    continue;
                }
            };
            if keys.contains(expression) {
                continue;
            }
            let mut bare = Bare::default();
            let _ = expression.visit(&mut bare);
            for column in bare.columns {
                if let Some(place) = self.place(&column)
                    && !fixed.contains(&place)
                {
                    let name = self.shown_name(&column);
                    if !loose.contains(&name) {
                        loose.push(name);
                    }
                }
            }
        }
        (!loose.is_empty()).then(|| {
            self.loose(
                &loose,
                group_by.is_empty(),
                aggregates.found.first().filter(|_| is_by_itself),
            )
        })
    }

    /// What rows are grouped by.
    fn keys(&self, group_by: &[Expr]) -> Vec<Expr> {
        let keys: Vec<Expr> = group_by
            .iter()
            .map(|key| {
                whole_number(key)
                    .and_then(|place| self.shown_at(place))
                    .unwrap_or_else(|| key.clone())
            })
            .collect();
        // The alias of a key may stand in its place.
        keys.into_iter()
            .map(|key| match column_name(&key) {
                Some((qualifier, name)) => {
                    self.aliased(qualifier, &name.value).cloned().unwrap_or(key)
                }
                None => key,
            })
            .collect()
    }

    fn loose(&self, columns: &[String], is_one: bool, aggregate: Option<&String>) -> String {
        let columns = self.language.and(columns);
        let phrase = match (aggregate.map_or("", String::as_str), is_one) {
            ("min", _) => [
                "{0}: as in the row with the smallest value.",
                "{0} 取自最小值所在的那一筆。",
                "{0} 取自最小值所在的那一行。",
            ],
            ("max", _) => [
                "{0}: as in the row with the largest value.",
                "{0} 取自最大值所在的那一筆。",
                "{0} 取自最大值所在的那一行。",
            ],
            (_, true) => [
                "{0}: as in any one of the rows.",
                "{0} 取自其中任意一筆。",
                "{0} 取自其中任意一行。",
            ],
            (_, false) => [
                "{0}: as in any one row of the group.",
                "{0} 取自組內任意一筆。",
                "{0} 取自组内任意一行。",
            ],
        };
        self.say(phrase, &[&columns])
    }

    /// A column's name as the schema writes it.
    fn written(&self, column: &Expr) -> String {
        let Some((qualifier, name)) = column_name(column) else {
            return column.to_string();
        };
        let found = find(&self.scopes, qualifier, &name.value);
        found.map_or_else(|| name.value.clone(), |found| found.name)
    }

    /// Columns that are the same in all rows of a group.
    fn fixed(&self, scope: &Scope<'_>, keys: &[Expr], pairs: &[(Place, Place)]) -> Vec<Place> {
        let mut fixed: Vec<Place> = keys.iter().filter_map(|key| self.place(key)).collect();
        loop {
            let before = fixed.len();
            for (one, other) in pairs.iter().flat_map(|(a, b)| [(a, b), (b, a)]) {
                if fixed.contains(one) && !fixed.contains(other) {
                    fixed.push(other.clone());
                }
            }
            for (place, source) in scope.sources.iter().enumerate() {
                if has_key(source, place, &fixed) {
                    let columns = all_columns(source).map(|name| (place, name));
                    let new: Vec<Place> =
                        columns.filter(|column| !fixed.contains(column)).collect();
                    fixed.extend(new);
                }
            }
            if fixed.len() == before {
                return fixed;
            }
        }
    }
}

/// What a condition wants not to be something, and the query of that something.
fn negation(condition: &Expr) -> Option<(&Expr, Option<&Query>)> {
    match condition {
        Expr::Nested(inner) => negation(inner),
        Expr::BinaryOp {
            left,
            op: BinaryOperator::NotEq,
            ..
        } => Some((left, None)),
        Expr::InList {
            expr,
            negated: true,
            ..
        }
        | Expr::Like {
            expr,
            negated: true,
            ..
        }
        | Expr::Between {
            expr,
            negated: true,
            ..
        } => Some((expr, None)),
        Expr::InSubquery {
            expr,
            subquery,
            negated: true,
        } => Some((expr, Some(subquery))),
        Expr::UnaryOp {
            op: UnaryOperator::Not,
            expr,
        } => match &**expr {
            Expr::BinaryOp {
                left,
                op: BinaryOperator::Eq,
                ..
            } => Some((left, None)),
            Expr::InList {
                expr,
                negated: false,
                ..
            }
            | Expr::Like {
                expr,
                negated: false,
                ..
            } => Some((expr, None)),
            Expr::InSubquery {
                expr,
                subquery,
                negated: false,
            } => Some((expr, Some(subquery))),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a query gives a column that is a part of its table's key, which has a value in every row.
fn gives_key(query: &Query, schema: &Schema) -> bool {
    let SetExpr::Select(select) = &*query.body else {
        return false;
    };
    let [SelectItem::UnnamedExpr(column)] = select.projection.as_slice() else {
        return false;
    };
    let Some((qualifier, name)) = column_name(column) else {
        return false;
    };
    let has_outer = select.from.iter().flat_map(|tree| &tree.joins).any(|join| {
        !matches!(
            join.join_operator,
            JoinOperator::Join(_) | JoinOperator::Inner(_)
        )
    });
    let mut holders = factors(&select.from)
        .filter_map(named)
        .filter_map(|(table_name, alias)| {
            let is_meant = qualifier.is_none_or(|qualifier| qualifier.eq_ignore_ascii_case(&alias));
            let columns = &table(schema, &table_name).filter(|_| is_meant)?.columns;
            columns
                .iter()
                .find(|column| column.name.eq_ignore_ascii_case(&name.value))
        });
    !has_outer && holders.next().is_some_and(|column| column.is_key)
}

fn all_columns(source: &Source<'_>) -> impl Iterator<Item = String> {
    let columns = match source.columns {
        super::scope::Columns::Table(table) => table.columns.as_slice(),
        _ => &[],
    };
    columns.iter().map(|column| column.name.to_lowercase())
}

/// Whether columns hold a source's whole key.
fn has_key(source: &Source<'_>, place: usize, columns: &[Place]) -> bool {
    let key = source.key();
    !key.is_empty()
        && key
            .iter()
            .all(|name| columns.contains(&(place, name.to_lowercase())))
}

/// Pairs of sources of which a row of the first may meet several of the second: the first is joined
/// by its key, the second by columns that do not hold its key.
fn repeated(scope: &Scope<'_>, pairs: &[(Place, Place)]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for one in 0..scope.sources.len() {
        for many in (0..scope.sources.len()).filter(|many| *many != one) {
            let between = pairs.iter().flat_map(|(a, b)| [(a, b), (b, a)]);
            let (ones, manys): (Vec<Place>, Vec<Place>) = between
                .filter(|(a, b)| a.0 == one && b.0 == many)
                .map(|(a, b)| (a.clone(), b.clone()))
                .unzip();
            let is_known = !scope.sources[many].key().is_empty();
            if has_key(&scope.sources[one], one, &ones)
                && is_known
                && !has_key(&scope.sources[many], many, &manys)
            {
                found.push((one, many));
            }
        }
    }
    found
}
