//! What is not there: empty values in a list of what is left out, and empty sides of a join that the
//! question leaves out.
//!
//! `x NOT IN (SELECT y …)` is true of nothing as soon as one `y` is empty, which nobody who asks "who was
//! never assigned to any" means. And a LEFT JOIN shows those who have nothing on the other side, which is
//! wrong where the question says "leave out those without".

use std::ops::ControlFlow;

use sqlparser::ast::{
    Expr, JoinConstraint, JoinOperator, Query, SelectItem, SetExpr, VisitMut, VisitorMut,
};

use crate::joins::also;
use crate::sqlite::Schema;

/// How a question says that something is left out.
const LEAVES_OUT: [&str; 8] = [
    "leave out",
    "leaving out",
    "left out",
    "need not appear",
    "ignore",
    "exclud",
    "不列",
    "不算",
];

/// What is left out: those who have nothing.
const NOTHING: [&str; 9] = [
    " no ",
    " none",
    "without",
    " nothing",
    " not any",
    "don't have",
    "do not have",
    "没有",
    "沒有",
];

/// Leaves empty values out of lists of what is not to be there, but for keys, which are never empty.
/// Whether anything was changed.
pub fn without_empty(query: &mut Query, schema: &Schema) -> bool {
    struct Lists<'a> {
        schema: &'a Schema,
        is_changed: bool,
    }
    impl VisitorMut for Lists<'_> {
        type Break = ();
        fn post_visit_expr(&mut self, found: &mut Expr) -> ControlFlow<()> {
            if let Expr::InSubquery {
                subquery,
                negated: true,
                ..
            } = found
            {
                self.is_changed |= not_null(subquery, self.schema);
            }
            ControlFlow::Continue(())
        }
    }
    let mut lists = Lists {
        schema,
        is_changed: false,
    };
    let _ = query.visit(&mut lists);
    lists.is_changed
}

fn not_null(query: &mut Query, schema: &Schema) -> bool {
    let SetExpr::Select(select) = &mut *query.body else {
        return false;
    };
    let [SelectItem::UnnamedExpr(listed)] = select.projection.as_slice() else {
        return false;
    };
    let name = match listed {
        Expr::Identifier(name) => name,
        Expr::CompoundIdentifier(parts) => match parts.last() {
            Some(name) => name,
            None => return false,
        },
        _ => return false,
    };
    let is_key = |table: &crate::sqlite::Table| {
        let mut columns = table.columns.iter();
        columns.any(|column| column.is_key && column.name.eq_ignore_ascii_case(&name.value))
    };
    let condition = Expr::IsNotNull(Box::new(listed.clone()));
    let said = condition.to_string();
    let is_said = select
        .selection
        .as_ref()
        .is_some_and(|other| other.to_string().contains(&said));
    if is_said || schema.tables.iter().any(is_key) {
        return false;
    }
    also(select, condition);
    true
}

/// Joins both sides where the question leaves out who has nothing on the other, and nothing in the
/// statement looks for what is empty. Whether anything was changed.
pub fn without_the_bare(query: &mut Query, question: &str) -> bool {
    let question = question.to_lowercase();
    let leaves_out = question
        .split(['.', '?', '!', '。', '？', '；'])
        .any(|sentence| {
            let has = |words: &[&str]| words.iter().any(|word| sentence.contains(word));
            has(&LEAVES_OUT) && has(&NOTHING)
        });
    if !leaves_out {
        return false;
    }
    let SetExpr::Select(select) = &mut *query.body else {
        return false;
    };
    let looks_for_empty = [&select.selection, &select.having]
        .into_iter()
        .flatten()
        .any(|condition| condition.to_string().contains("IS NULL"));
    if looks_for_empty {
        return false;
    }
    let mut is_changed = false;
    for join in select.from.iter_mut().flat_map(|from| &mut from.joins) {
        let (JoinOperator::Left(constraint) | JoinOperator::LeftOuter(constraint)) =
            &join.join_operator
        else {
            continue;
        };
        if matches!(constraint, JoinConstraint::On(_) | JoinConstraint::Using(_)) {
            join.join_operator = JoinOperator::Join(constraint.clone());
            is_changed = true;
        }
    }
    is_changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::{Column, Table};
    use crate::statement::{check_mend, query};

    #[test]
    fn empty_values_are_no_reason_to_show_nobody() {
        let column = |name: &str, is_key: bool| Column {
            name: name.into(),
            is_key,
            ..Column::default()
        };
        let schema = Schema {
            tables: vec![
                Table {
                    name: "crew".into(),
                    columns: vec![column("crew_no", true), column("name", false)],
                    ..Table::default()
                },
                Table {
                    name: "job".into(),
                    columns: vec![column("id", true), column("done_by", false)],
                    ..Table::default()
                },
            ],
            ..Schema::default()
        };
        #[track_caller]
        fn check(schema: &Schema, sql: &str, expected: Option<&str>) {
            let mut query = query(sql);
            let changed = without_empty(&mut query, schema).then(|| query.to_string());
            assert_eq!(changed.as_deref(), expected);
        }
        check(
            &schema,
            "SELECT name FROM crew WHERE crew_no NOT IN (SELECT done_by FROM job WHERE a = 1 OR b = 2)",
            Some(
                "SELECT name FROM crew WHERE crew_no NOT IN (SELECT done_by FROM job WHERE (a = 1 OR b = 2) AND done_by IS NOT NULL)",
            ),
        );
        for sql in [
            "SELECT name FROM crew WHERE crew_no IN (SELECT done_by FROM job)",
            "SELECT 1 FROM job WHERE done_by NOT IN (SELECT crew_no FROM crew)",
            "SELECT name FROM crew WHERE crew_no NOT IN (SELECT done_by FROM job WHERE done_by IS NOT NULL)",
            "SELECT name FROM crew WHERE crew_no NOT IN (SELECT max(done_by) FROM job)",
        ] {
            check(&schema, sql, None);
        }
    }

    #[test]
    fn who_has_nothing_is_left_out_where_the_question_says_so() {
        let sql = "SELECT a.name, b.name FROM crew AS a LEFT JOIN crew AS b ON a.boss = b.id";
        check_mend(
            without_the_bare,
            "List everybody with the boss. Leave out those who have none.",
            sql,
            Some("SELECT a.name, b.name FROM crew AS a JOIN crew AS b ON a.boss = b.id"),
        );
        check_mend(without_the_bare, "List everybody with the boss.", sql, None);
        check_mend(
            without_the_bare,
            "List everybody with the boss. Leave out the guests.",
            sql,
            None,
        );
        check_mend(
            without_the_bare,
            "Who has no boss? Leave out the guests.",
            "SELECT a.name FROM crew AS a LEFT JOIN crew AS b ON a.boss = b.id WHERE b.id IS NULL",
            None,
        );
    }
}
