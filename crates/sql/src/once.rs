//! Each thing once: a list of things that are joined to what they have is a list of things, and shows
//! none of them twice because it has two of those. "Customers who ordered in May" are customers.
//!
//! What is looked at is the statement and the keys of the schema, never the rows, so that the statement
//! means the same whatever comes into the tables.

use sqlparser::ast::{Distinct, Expr, GroupByExpr, Query, Select, SelectItem, SetExpr};

use crate::columns;
use crate::shape::sorts_by_what_is_shown;
use crate::sqlite::{ForeignKey, Schema, Table};

/// Adds DISTINCT where rows of the one table that is shown are repeated for the sake of another, which
/// is not. Whether it did.
pub fn listed_once(query: &mut Query, schema: &Schema) -> bool {
    let aliases = columns::aliases(query);
    let has_limit = query.limit_clause.is_some() || query.fetch.is_some();
    let SetExpr::Select(select) = &*query.body else {
        return false;
    };
    let is_plain = matches!(&select.group_by, GroupByExpr::Expressions(keys, _) if keys.is_empty())
        && select.distinct.is_none()
        && select.having.is_none();
    if has_limit || !is_plain || !sorts_by_what_is_shown(&query.order_by, select) {
        return false;
    }
    let Some(shown) = shown_table(select) else {
        return false;
    };
    let table_of = |alias: &str| {
        let name = aliases.get(&alias.to_lowercase())?;
        let mut tables = schema.tables.iter();
        tables.find(|table| table.name.eq_ignore_ascii_case(name))
    };
    let joined = columns::called_in(select);
    let Some(table) = table_of(&shown) else {
        return false;
    };
    let others = joined
        .iter()
        .filter(|name| !name.eq_ignore_ascii_case(&shown));
    let is_repeated = others
        .filter_map(|name| table_of(name))
        .any(|other| has_several_of(other, table));
    if !is_repeated {
        return false;
    }
    if let SetExpr::Select(select) = &mut *query.body {
        select.distinct = Some(Distinct::Distinct);
    }
    true
}

/// The name by which everything that is shown is qualified, where it is columns of one table alone.
fn shown_table(select: &Select) -> Option<String> {
    let mut names = select.projection.iter().map(|item| match item {
        SelectItem::UnnamedExpr(Expr::CompoundIdentifier(parts))
        | SelectItem::ExprWithAlias {
            expr: Expr::CompoundIdentifier(parts),
            ..
        } => match parts.as_slice() {
            [table, _] => Some(table.value.clone()),
            _ => None,
        },
        _ => None,
    });
    let first = names.next()??;
    names
        .all(|name| name.is_some_and(|name| name.eq_ignore_ascii_case(&first)))
        .then_some(first)
}

/// Whether a row of `one` can have several rows of `many`: `many` points to it, and not by its own key.
fn has_several_of(many: &Table, one: &Table) -> bool {
    if many.name.eq_ignore_ascii_case(&one.name) {
        return false;
    }
    let mut keys = many.foreign_keys.iter().chain(&many.inferred_keys);
    keys.any(|key| key.table.eq_ignore_ascii_case(&one.name) && !is_own_key(many, key))
}

/// Whether the columns that point elsewhere are the whole primary key, so that they are there once.
fn is_own_key(table: &Table, key: &ForeignKey) -> bool {
    let own = table.columns.iter().filter(|column| column.is_key);
    let own: Vec<&str> = own.map(|column| column.name.as_str()).collect();
    let points = |name: &&str| key.columns.iter().any(|one| one.eq_ignore_ascii_case(name));
    own.len() == key.columns.len() && own.iter().all(points)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::Column;
    use crate::statement::query;

    fn table(name: &str, columns: &[(&str, bool)], keys: &[(&str, &str)]) -> Table {
        Table {
            name: name.into(),
            columns: columns
                .iter()
                .map(|(name, is_key)| Column {
                    name: (*name).into(),
                    is_key: *is_key,
                    ..Column::default()
                })
                .collect(),
            foreign_keys: keys
                .iter()
                .map(|(column, table)| ForeignKey {
                    columns: vec![(*column).into()],
                    table: (*table).into(),
                    referenced: vec!["id".into()],
                })
                .collect(),
            ..Table::default()
        }
    }

    fn schema() -> Schema {
        Schema {
            tables: vec![
                table(
                    "client",
                    &[("id", true), ("name", false), ("town", false)],
                    &[],
                ),
                table(
                    "bill",
                    &[("id", true), ("client_id", false), ("sum", false)],
                    &[("client_id", "client")],
                ),
                table(
                    "address",
                    &[("client_id", true)],
                    &[("client_id", "client")],
                ),
            ],
            ..Schema::default()
        }
    }

    #[track_caller]
    fn check(sql: &str, expected: bool) {
        let mut query = query(sql);
        assert_eq!(listed_once(&mut query, &schema()), expected, "{sql}");
        assert_eq!(query.to_string().contains("DISTINCT"), expected, "{sql}");
    }

    #[test]
    fn who_has_several_is_listed_once() {
        let joined = "FROM client AS c JOIN bill AS b ON b.client_id = c.id WHERE b.sum > 10";
        check(&format!("SELECT c.name {joined}"), true);
        check(
            &format!("SELECT c.name, c.town {joined} ORDER BY c.name"),
            true,
        );
        // What each of them has is shown, counted, or decides the order.
        check(&format!("SELECT c.name, b.sum {joined}"), false);
        check(&format!("SELECT COUNT(c.id) {joined}"), false);
        check(&format!("SELECT c.name {joined} ORDER BY b.sum"), false);
        check(&format!("SELECT c.name {joined} LIMIT 3"), false);
        check(&format!("SELECT c.name {joined} GROUP BY c.id"), false);
    }

    #[test]
    fn who_has_one_is_left_as_it_is() {
        let joined = "FROM bill AS b JOIN client AS c ON b.client_id = c.id";
        check(&format!("SELECT b.sum {joined}"), false);
        check(
            "SELECT c.name FROM client AS c JOIN address AS a ON a.client_id = c.id",
            false,
        );
        check("SELECT c.name FROM client AS c", false);
    }
}
