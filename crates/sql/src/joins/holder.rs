//! A column that no table of the query has brings the table that has it.

use std::collections::VecDeque;
use std::ops::ControlFlow;

use sqlparser::ast::{Expr, Query, Select, SetExpr, VisitMut, VisitorMut};

use super::ways::{Link, Source, column_of, links, sources};
use super::write::{expression, join, written};
use crate::columns::Missing;
use crate::sqlite::Schema;

/// Joins the one table that has a missing column, and those between, to the query that asks for it,
/// but never more than `most` tables. Nothing is done where several are equally near or none can be
/// reached. Whether it was done.
pub fn with_table_of(
    query: &mut Query,
    schema: &Schema,
    missing: &Missing<'_>,
    most: usize,
) -> bool {
    struct Selects<'a> {
        schema: &'a Schema,
        missing: &'a Missing<'a>,
        most: usize,
        links: Vec<Link>,
        is_changed: bool,
    }
    impl VisitorMut for Selects<'_> {
        type Break = ();
        fn post_visit_select(&mut self, select: &mut Select) -> ControlFlow<()> {
            self.is_changed |=
                join_holder(select, self.schema, &self.links, self.missing, self.most);
            match self.is_changed {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        }
    }
    let mut selects = Selects {
        schema,
        missing,
        most,
        links: links(schema),
        is_changed: false,
    };
    let _ = query.visit(&mut selects);
    let Selects { is_changed, .. } = selects;
    if is_changed {
        // ORDER BY stands outside of the select that was changed.
        let holder = holder_of(query, schema, missing.column);
        if let (Some(order), Some(holder)) = (&mut query.order_by, holder) {
            let _ = order.visit(&mut Requalify {
                depth: 0,
                missing,
                holder: &holder,
                count: 0,
            });
        }
    }
    is_changed
}

/// Joins a table, one step away by the keys, to the query that names it before a column and does not
/// have it. Whether it did.
pub fn with_table(query: &mut Query, schema: &Schema, table: &str) -> bool {
    struct Selects<'a> {
        schema: &'a Schema,
        table: &'a str,
        links: Vec<Link>,
        is_changed: bool,
    }
    impl VisitorMut for Selects<'_> {
        type Break = ();
        fn post_visit_select(&mut self, select: &mut Select) -> ControlFlow<()> {
            self.is_changed |= join_table(select, self.schema, &self.links, self.table);
            match self.is_changed {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        }
    }
    let mut selects = Selects {
        schema,
        table,
        links: links(schema),
        is_changed: false,
    };
    let _ = query.visit(&mut selects);
    selects.is_changed
}

fn join_table(select: &mut Select, schema: &Schema, links: &[Link], table: &str) -> bool {
    let known: Vec<Source> = sources(select, schema).into_iter().flatten().collect();
    let names_it = select.selection.as_ref().is_some_and(|condition| {
        condition
            .to_string()
            .contains(&format!("{}.", written(table)))
    });
    let is = |place: usize| schema.tables[place].name.eq_ignore_ascii_case(table);
    let is_there = known.iter().any(|source| is(source.table));
    if select.from.len() != 1 || !names_it || is_there {
        return false;
    }
    let Some((source, way)) = nearest(&known, links, 1, is) else {
        return false;
    };
    let [link] = way.as_slice() else {
        return false;
    };
    let on = link.on(&known[source].alias, table);
    let Some(join) = on.and_then(|on| join(table, on)) else {
        return false;
    };
    select.from[0].joins.push(join);
    true
}

/// What the table with a column is called in the outermost query.
fn holder_of(query: &Query, schema: &Schema, column: &str) -> Option<String> {
    let SetExpr::Select(select) = &*query.body else {
        return None;
    };
    let mut holders = sources(select, schema).into_iter().flatten();
    let holder =
        holders.find(|source| column_of(&schema.tables[source.table], column).is_some())?;
    Some(holder.alias)
}

fn join_holder(
    select: &mut Select,
    schema: &Schema,
    links: &[Link],
    missing: &Missing<'_>,
    most: usize,
) -> bool {
    let known: Vec<Source> = sources(select, schema).into_iter().flatten().collect();
    if select.from.len() != 1 || known.is_empty() {
        return false;
    }
    let has = |table: usize| column_of(&schema.tables[table], missing.column).is_some();
    if known.iter().any(|source| has(source.table)) {
        return false;
    }
    let Some((source, way)) = nearest(&known, links, most, has) else {
        return false;
    };
    let Some(holder) = way.last().map(|link| schema.tables[link.to].name.clone()) else {
        return false;
    };
    let mut joins = Vec::new();
    let mut before = known[source].alias.clone();
    for link in &way {
        let table = &schema.tables[link.to].name;
        let on = link.on(&before, table);
        let Some(join) = on.and_then(|on| join(table, on)) else {
            return false;
        };
        joins.push(join);
        before.clone_from(table);
    }
    let mut change = Requalify {
        depth: 0,
        missing,
        holder: &holder,
        count: 0,
    };
    for item in &mut select.projection {
        let _ = item.visit(&mut change);
    }
    let _ = select.selection.visit(&mut change);
    let _ = select.group_by.visit(&mut change);
    let _ = select.having.visit(&mut change);
    if change.count > 0 {
        select.from[0].joins.extend(joins);
    }
    change.count > 0
}

/// The shortest way from one of the tables to one that has what is sought; nothing where two
/// different ways are equally short.
fn nearest(
    known: &[Source],
    links: &[Link],
    most: usize,
    has: impl Fn(usize) -> bool,
) -> Option<(usize, Vec<Link>)> {
    let mut queue: VecDeque<(usize, Vec<Link>)> =
        (0..known.len()).map(|place| (place, Vec::new())).collect();
    let mut found: Vec<(usize, Vec<Link>)> = Vec::new();
    while let Some((source, way)) = queue.pop_front() {
        if found
            .first()
            .is_some_and(|(_, first)| first.len() <= way.len())
        {
            break;
        }
        let at = way.last().map_or(known[source].table, |link| link.to);
        for link in links.iter().filter(|link| link.from == at) {
            let is_there = known.iter().any(|source| source.table == link.to)
                || way.iter().any(|step| step.to == link.to);
            if is_there {
                continue;
            }
            let mut longer = way.clone();
            longer.push(link.clone());
            if has(link.to) {
                found.push((source, longer));
            } else if longer.len() < most {
                queue.push_back((source, longer));
            }
        }
    }
    let shortest = found.iter().map(|(_, way)| way.len()).min()?;
    found.retain(|(_, way)| way.len() == shortest);
    match found.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}

/// Names the table before a column, outside of inner queries.
struct Requalify<'names> {
    depth: usize,
    missing: &'names Missing<'names>,
    holder: &'names str,
    count: usize,
}

impl Requalify<'_> {
    fn is_meant(&self, expression: &Expr) -> bool {
        let same = |one: &str, other: &str| one.eq_ignore_ascii_case(other);
        match (expression, self.missing.qualifier) {
            (Expr::Identifier(column), None) => same(&column.value, self.missing.column),
            (Expr::CompoundIdentifier(parts), Some(qualifier)) => match parts.as_slice() {
                [table, column] => {
                    same(&table.value, qualifier) && same(&column.value, self.missing.column)
                }
                _ => false,
            },
            _ => false,
        }
    }
}

impl VisitorMut for Requalify<'_> {
    type Break = ();

    fn pre_visit_query(&mut self, _: &mut Query) -> ControlFlow<()> {
        self.depth += 1;
        ControlFlow::Continue(())
    }

    fn post_visit_query(&mut self, _: &mut Query) -> ControlFlow<()> {
        self.depth -= 1;
        ControlFlow::Continue(())
    }

    fn post_visit_expr(&mut self, found: &mut Expr) -> ControlFlow<()> {
        if self.depth == 0 && self.is_meant(found) {
            let column = format!("{}.{}", written(self.holder), written(self.missing.column));
            if let Some(with) = expression(&column) {
                *found = with;
                self.count += 1;
            }
        }
        ControlFlow::Continue(())
    }
}
