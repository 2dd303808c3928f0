//! Columns that a statement looks for in the wrong table.
//!
//! Small models know that a column exists and put the wrong alias before it: `T2.song_name` where
//! only `T1` has one. Which table has it is a fact, so code puts the right alias there when exactly
//! one table of the statement has the column, and otherwise tells the model where it is.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use sqlparser::ast::{
    Expr, FunctionArg, FunctionArgExpr, ObjectName, Query, Select, TableFactor, VisitMut,
    VisitorMut,
};

use crate::sqlite::{Schema, Table};

/// A column as a failed statement names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing<'message> {
    /// The alias or table before the dot, if there was one.
    pub qualifier: Option<&'message str>,
    /// The column.
    pub column: &'message str,
}

/// Reads SQLite's message about a column that is not there; those of servers are put into its words.
pub fn missing(message: &str) -> Option<Missing<'_>> {
    let name = message.strip_prefix("no such column: ")?;
    let name = name.split(" - ").next().unwrap_or(name).trim();
    Some(match name.rsplit_once('.') {
        Some((qualifier, column)) => Missing {
            qualifier: Some(qualifier),
            column,
        },
        None => Missing {
            qualifier: None,
            column: name,
        },
    })
}

/// Puts the alias of the one table that has the column in the place of the wrong one. Nothing is
/// done when no table of the statement has it, or more than one.
pub fn requalify(query: &mut Query, schema: &Schema, missing: &Missing<'_>) -> bool {
    let Some(wrong) = missing.qualifier else {
        return false;
    };
    let holders: Vec<String> = aliases(query)
        .into_iter()
        .filter(|(_, table)| {
            schema
                .tables
                .iter()
                .any(|known| known.name.eq_ignore_ascii_case(table) && has(known, missing.column))
        })
        .map(|(alias, _)| alias)
        .collect();
    let [right] = holders.as_slice() else {
        return false;
    };
    let before = query.clone();
    let mut change = Requalify {
        wrong,
        right,
        column: missing.column,
        count: 0,
    };
    let _ = query.visit(&mut change);
    // `T2.model = T1.model` must not become `T1.model = T1.model`: a join on nothing at all.
    if change.count > 0 && compares_with_itself(query) {
        *query = before;
        return false;
    }
    change.count > 0
}

/// Puts the one column of the statement's tables whose name is nearly the missing one in its place:
/// `pet_age` for `age`, `firstName` for `first_name`. Nothing is done where several are near.
pub fn respell(query: &mut Query, schema: &Schema, missing: &Missing<'_>) -> bool {
    let tables = aliases(query);
    let mut near: Vec<&str> = schema
        .tables
        .iter()
        .filter(|table| {
            tables
                .values()
                .any(|name| name.eq_ignore_ascii_case(&table.name))
        })
        .flat_map(|table| &table.columns)
        .map(|column| column.name.as_str())
        .filter(|name| is_near(name, missing.column))
        .collect();
    near.sort_unstable();
    near.dedup();
    let [right] = near.as_slice() else {
        return false;
    };
    let mut change = Respell {
        wrong: missing.column,
        right,
        count: 0,
    };
    let _ = query.visit(&mut change);
    change.count > 0
}

/// Whether two names differ in nothing but case and underscores, or one is the other with a word
/// before or behind it.
fn is_near(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        name.to_lowercase()
            .split(['_', ' ', '-'])
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (one, other) = (words(one), words(other));
    if one.concat() == other.concat() {
        return true;
    }
    let (short, long) = if one.len() < other.len() {
        (&one, &other)
    } else {
        (&other, &one)
    };
    !short.is_empty()
        && short.len() < long.len()
        && (long.ends_with(short) || long.starts_with(short))
}

fn compares_with_itself(query: &Query) -> bool {
    struct Tautology;
    impl VisitorMut for Tautology {
        type Break = ();
        fn pre_visit_expr(&mut self, expression: &mut Expr) -> ControlFlow<()> {
            match expression {
                Expr::BinaryOp { left, op, right }
                    if *op == sqlparser::ast::BinaryOperator::Eq
                        && left.to_string().eq_ignore_ascii_case(&right.to_string()) =>
                {
                    ControlFlow::Break(())
                }
                _ => ControlFlow::Continue(()),
            }
        }
    }
    query.clone().visit(&mut Tautology).is_break()
}

/// What the schema knows of a column that is not where it was looked for, in words for the model.
pub fn hint(query: Option<&Query>, schema: &Schema, missing: &Missing<'_>) -> String {
    let mut words = Vec::new();
    let looked_in = missing.qualifier.and_then(|qualifier| {
        let aliases = query.map(aliases).unwrap_or_default();
        let table = aliases.get(&qualifier.to_lowercase()).cloned();
        let name = table.unwrap_or_else(|| qualifier.to_owned());
        schema
            .tables
            .iter()
            .find(|table| table.name.eq_ignore_ascii_case(&name))
    });
    if let Some(table) = looked_in {
        let columns: Vec<&str> = table
            .columns
            .iter()
            .map(|column| column.name.as_str())
            .collect();
        words.push(format!(
            "The table {} has only the columns {}.",
            table.name,
            columns.join(", ")
        ));
    }
    let holders: Vec<&str> = schema
        .tables
        .iter()
        .filter(|table| has(table, missing.column))
        .map(|table| table.name.as_str())
        .collect();
    words.push(match holders.as_slice() {
        [] => format!("No table has a column {}.", missing.column),
        holders => format!(
            "{} is a column of {}.",
            missing.column,
            holders.join(" and of ")
        ),
    });
    words.join(" ")
}

fn has(table: &Table, column: &str) -> bool {
    table
        .columns
        .iter()
        .any(|known| known.name.eq_ignore_ascii_case(column))
}

/// Tables by the names they go by in the statement, in lower case. An alias that means two tables
/// in two subqueries is left out.
pub fn aliases(query: &Query) -> BTreeMap<String, String> {
    struct Aliases(BTreeMap<String, Option<String>>);
    impl VisitorMut for Aliases {
        type Break = ();
        fn pre_visit_table_factor(&mut self, factor: &mut TableFactor) -> ControlFlow<()> {
            if let TableFactor::Table { name, alias, .. } = factor
                && let Some(table) = last(name)
            {
                let alias = alias.as_ref().map_or(&table, |alias| &alias.name.value);
                self.0
                    .entry(alias.to_lowercase())
                    .and_modify(|known| {
                        if known
                            .as_ref()
                            .is_some_and(|known| !known.eq_ignore_ascii_case(&table))
                        {
                            *known = None;
                        }
                    })
                    .or_insert_with(|| Some(table.clone()));
            }
            ControlFlow::Continue(())
        }
    }
    let mut aliases = Aliases(BTreeMap::new());
    let _ = query.clone().visit(&mut aliases);
    aliases
        .0
        .into_iter()
        .filter_map(|(alias, table)| Some((alias, table?)))
        .collect()
}

/// The tables of the schema that a statement reads, wherever in it.
pub fn read_by<'schema>(
    query: &Query,
    schema: &'schema Schema,
) -> impl Iterator<Item = &'schema Table> {
    let names: Vec<String> = aliases(query).into_values().collect();
    schema.tables.iter().filter(move |table| {
        names
            .iter()
            .any(|name| name.eq_ignore_ascii_case(&table.name))
    })
}

/// The names of the tables of FROM, as the statement calls them; subqueries have none.
pub fn called_in(select: &Select) -> Vec<String> {
    let factors = select.from.iter().flat_map(|from| {
        std::iter::once(&from.relation).chain(from.joins.iter().map(|join| &join.relation))
    });
    factors.filter_map(called).collect()
}

/// The one column that is given to a function, and nothing else.
pub fn only_argument(arguments: &[FunctionArg]) -> Option<&Expr> {
    match arguments {
        [
            FunctionArg::Unnamed(FunctionArgExpr::Expr(
                column @ (Expr::Identifier(_) | Expr::CompoundIdentifier(_)),
            )),
        ] => Some(column),
        _ => None,
    }
}

/// What a statement calls a table of FROM: its alias, or its name.
fn called(factor: &TableFactor) -> Option<String> {
    match factor {
        TableFactor::Table {
            alias: Some(alias), ..
        } => Some(alias.name.value.clone()),
        TableFactor::Table { name, .. } => last(name),
        _ => None,
    }
}

fn last(name: &ObjectName) -> Option<String> {
    Some(name.0.last()?.as_ident()?.value.clone())
}

struct Requalify<'names> {
    wrong: &'names str,
    right: &'names str,
    column: &'names str,
    count: usize,
}

impl VisitorMut for Requalify<'_> {
    type Break = ();

    fn post_visit_expr(&mut self, expression: &mut Expr) -> ControlFlow<()> {
        if let Expr::CompoundIdentifier(parts) = expression
            && let [qualifier, column] = parts.as_mut_slice()
            && qualifier.value.eq_ignore_ascii_case(self.wrong)
            && column.value.eq_ignore_ascii_case(self.column)
        {
            self.right.clone_into(&mut qualifier.value);
            self.count += 1;
        }
        ControlFlow::Continue(())
    }
}

struct Respell<'names> {
    wrong: &'names str,
    right: &'names str,
    count: usize,
}

impl VisitorMut for Respell<'_> {
    type Break = ();

    fn post_visit_expr(&mut self, expression: &mut Expr) -> ControlFlow<()> {
        let column = match expression {
            Expr::Identifier(column) => column,
            Expr::CompoundIdentifier(parts) => match parts.last_mut() {
                Some(column) => column,
                None => return ControlFlow::Continue(()),
            },
            _ => return ControlFlow::Continue(()),
        };
        if column.value.eq_ignore_ascii_case(self.wrong) {
            self.right.clone_into(&mut column.value);
            self.count += 1;
        }
        ControlFlow::Continue(())
    }
}

/// Words that SQLite takes for its own in the place of a name.
pub fn is_reserved(name: &str) -> bool {
    const RESERVED: &[&str] = &[
        "add",
        "all",
        "alter",
        "and",
        "as",
        "between",
        "case",
        "check",
        "collate",
        "commit",
        "constraint",
        "create",
        "default",
        "deferrable",
        "delete",
        "distinct",
        "drop",
        "else",
        "escape",
        "except",
        "exists",
        "foreign",
        "from",
        "group",
        "having",
        "in",
        "index",
        "insert",
        "intersect",
        "into",
        "is",
        "isnull",
        "join",
        "limit",
        "not",
        "notnull",
        "null",
        "on",
        "or",
        "order",
        "primary",
        "references",
        "select",
        "set",
        "table",
        "then",
        "to",
        "transaction",
        "union",
        "unique",
        "update",
        "using",
        "values",
        "when",
        "where",
    ];
    RESERVED.contains(&name.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::Column;
    use crate::statement::query;

    fn schema() -> Schema {
        let table = |name: &str, columns: &[&str]| Table {
            name: name.into(),
            columns: columns
                .iter()
                .map(|column| Column {
                    name: (*column).into(),
                    ..Column::default()
                })
                .collect(),
            ..Table::default()
        };
        Schema {
            tables: vec![
                table("Owners", &["id", "City", "Name"]),
                table("pets", &["id", "owner", "name"]),
                table("visits", &["pet", "day"]),
            ],
            ..Schema::default()
        }
    }

    #[track_caller]
    fn check(sql: &str, message: &str, expected: Option<&str>) {
        let mut query = query(sql);
        let missing = missing(message).unwrap();
        let is_changed = requalify(&mut query, &schema(), &missing);
        let changed = is_changed.then(|| query.to_string());
        assert_eq!(changed.as_deref(), expected, "{sql}");
    }

    #[test]
    fn a_column_goes_to_the_one_table_that_has_it() {
        check(
            "SELECT T2.city FROM owners AS T1 JOIN pets AS T2 ON T1.id = T2.owner",
            "no such column: T2.city",
            Some("SELECT t1.city FROM owners AS T1 JOIN pets AS T2 ON T1.id = T2.owner"),
        );
        check(
            "SELECT v.name FROM pets AS p JOIN visits AS v ON p.id = v.pet JOIN owners AS o ON o.id = p.owner",
            "no such column: v.name",
            None,
        );
        check(
            "SELECT p.city FROM pets AS p",
            "no such column: p.city",
            None,
        );
        check("SELECT city FROM pets", "no such column: city", None);
        check(
            "SELECT 1 FROM owners AS o JOIN visits AS v ON o.city = v.city",
            "no such column: v.city",
            None,
        );
    }

    #[test]
    fn a_name_that_is_nearly_right_is_put_right() {
        let near = |column: &str, sql: &str| {
            let mut query = query(sql);
            let missing = Missing {
                qualifier: None,
                column,
            };
            respell(&mut query, &schema(), &missing).then(|| query.to_string())
        };
        assert_eq!(
            near("owner_id", "SELECT owner_id FROM pets").as_deref(),
            None,
            "id and owner are both near"
        );
        assert_eq!(
            near("visit_day", "SELECT visit_day FROM visits").as_deref(),
            Some("SELECT day FROM visits")
        );
        assert_eq!(near("colour", "SELECT colour FROM pets"), None);
        assert!(is_near("pet_age", "Age"));
        assert!(is_near("firstName", "first_name"));
        assert!(!is_near("image", "age"));
    }

    #[test]
    fn the_model_is_told_where_a_column_is() {
        let query = query("SELECT v.city FROM visits AS v");
        let of = |message| hint(Some(&query), &schema(), &missing(message).unwrap());
        assert_eq!(
            of("no such column: v.city"),
            "The table visits has only the columns pet, day. city is a column of Owners."
        );
        assert_eq!(
            of("no such column: name"),
            "name is a column of Owners and of pets."
        );
        assert_eq!(of("no such column: age"), "No table has a column age.");
        assert_eq!(missing("near \"FROM\": syntax error"), None);
    }
}
