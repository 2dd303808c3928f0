//! Conditions that the keys do not know get the columns of the key.

use std::ops::ControlFlow;

use sqlparser::ast::{
    BinaryOperator, Expr, Join, Query, Select, SelectItem, SetExpr, VisitMut, VisitorMut,
};

use super::ways::{Link, Source, column_of, links, own_key, sources};
use super::write::{and, condition, equal, equality, expression, join, sides, written};
use crate::sqlite::Schema;

/// Puts the columns of the key into every condition of a join that the keys do not know. Whether
/// anything was changed.
pub fn along_keys(query: &mut Query, schema: &Schema) -> bool {
    struct Selects<'a> {
        schema: &'a Schema,
        links: Vec<Link>,
        is_changed: bool,
    }
    impl VisitorMut for Selects<'_> {
        type Break = ();
        fn post_visit_select(&mut self, select: &mut Select) -> ControlFlow<()> {
            while mend_one(select, self.schema, &self.links) {
                self.is_changed = true;
            }
            self.is_changed |= mend_lists(select, self.schema, &self.links);
            ControlFlow::Continue(())
        }
    }
    let mut selects = Selects {
        schema,
        links: links(schema),
        is_changed: false,
    };
    let _ = query.visit(&mut selects);
    selects.is_changed
}

/// Mends the first join that needs it.
fn mend_one(select: &mut Select, schema: &Schema, links: &[Link]) -> bool {
    let sources = sources(select, schema);
    let Some(from) = select.from.first_mut() else {
        return false;
    };
    for place in 0..from.joins.len() {
        let Some(on) = condition(&mut from.joins[place]) else {
            continue;
        };
        let Some(Change { part, between }) = change(on, &sources, place + 1, schema, links) else {
            continue;
        };
        let Some(slot) = equality(on, part.place) else {
            continue;
        };
        match between {
            None => *slot = part.with,
            Some(between) => {
                *slot = part.with;
                from.joins.insert(place, between);
            }
        }
        return true;
    }
    false
}

/// `c.code IN (SELECT o.client_id …)`: what is looked for in a list of keys is the key that they are of.
/// Whether anything was changed.
fn mend_lists(select: &mut Select, schema: &Schema, links: &[Link]) -> bool {
    let outer: Vec<Source> = sources(select, schema).into_iter().flatten().collect();
    let Some(condition) = &mut select.selection else {
        return false;
    };
    let mut lists = Vec::new();
    gather_lists(condition, &mut lists);
    let mut is_changed = false;
    for (sought, subquery) in lists {
        if let Some(with) = key_of_list(sought, subquery, &outer, schema, links) {
            *sought = with;
            is_changed = true;
        }
    }
    is_changed
}

fn gather_lists<'tree>(
    condition: &'tree mut Expr,
    found: &mut Vec<(&'tree mut Expr, &'tree Query)>,
) {
    match condition {
        Expr::Nested(inner) => gather_lists(inner, found),
        Expr::BinaryOp {
            left,
            op: BinaryOperator::And,
            right,
        } => {
            gather_lists(left, found);
            gather_lists(right, found);
        }
        Expr::InSubquery { expr, subquery, .. } => found.push((&mut **expr, &**subquery)),
        _ => {}
    }
}

/// The column that belongs in the place of one that no key joins with those of a list, where exactly
/// one does.
fn key_of_list(
    sought: &Expr,
    subquery: &Query,
    outer: &[Source],
    schema: &Schema,
    links: &[Link],
) -> Option<Expr> {
    let SetExpr::Select(inner) = &*subquery.body else {
        return None;
    };
    let [SelectItem::UnnamedExpr(listed)] = inner.projection.as_slice() else {
        return None;
    };
    let inner: Vec<Source> = sources(inner, schema).into_iter().flatten().collect();
    let (source, column) = named(sought, outer, schema)?;
    let (list, listed) = named(listed, &inner, schema)?;
    let mut ways = links
        .iter()
        .filter(|link| link.from == source.table && link.to == list.table);
    let (Some(way), None) = (ways.next(), ways.next()) else {
        return None;
    };
    let (own, other) = way.single()?;
    let is_key = other.eq_ignore_ascii_case(listed);
    let is_known = own.eq_ignore_ascii_case(column);
    if !is_key || is_known {
        return None;
    }
    expression(&format!("{}.{}", written(&source.alias), written(own)))
}

/// The table of a FROM that a column is of; one that stands by itself where only one has it.
fn named<'a>(
    column: &'a Expr,
    known: &'a [Source],
    schema: &Schema,
) -> Option<(&'a Source, &'a str)> {
    match column {
        Expr::CompoundIdentifier(parts) => {
            let [table, column] = parts.as_slice() else {
                return None;
            };
            let mut known = known.iter();
            let source = known.find(|one| one.alias.eq_ignore_ascii_case(&table.value))?;
            Some((source, &column.value))
        }
        Expr::Identifier(column) => {
            let has = |one: &&Source| column_of(&schema.tables[one.table], &column.value).is_some();
            let mut holders = known.iter().filter(has);
            let holder = holders.next()?;
            holders.next().is_none().then_some((holder, &*column.value))
        }
        _ => None,
    }
}

/// What to put in the place of one equality, and the table to join before.
struct Change {
    part: Part,
    between: Option<Join>,
}

struct Part {
    place: usize,
    with: Expr,
}

fn change(
    on: &mut Expr,
    sources: &[Option<Source>],
    joined: usize,
    schema: &Schema,
    links: &[Link],
) -> Option<Change> {
    let named = |alias: &str| {
        let mut known = sources.iter().flatten();
        known.find(|source| source.alias.eq_ignore_ascii_case(alias))
    };
    let mut all: Vec<Option<[(String, String); 2]>> = Vec::new();
    while let Some(equality) = equality(on, all.len()) {
        all.push(sides(equality));
    }
    for (at, sides) in all.iter().enumerate() {
        let Some([(one, left), (other, right)]) = sides else {
            continue;
        };
        let (Some(one), Some(other)) = (named(one), named(other)) else {
            continue;
        };
        let is_link = |link: &&Link| link.from == one.table && link.to == other.table;
        let direct: Vec<&Link> = links.iter().filter(is_link).collect();
        if one.table == other.table {
            continue;
        }
        let known: Vec<&&Link> = direct.iter().filter(|link| link.has(left, right)).collect();
        if !known.is_empty() {
            let rest = match known.as_slice() {
                [link] => rest_of(link, (one, other), &all),
                _ => None,
            };
            if let Some(with) = rest {
                let own = equal((&one.alias, left), (&other.alias, right))?;
                let with = and(own, with);
                let part = Part { place: at, with };
                return Some(Change {
                    part,
                    between: None,
                });
            }
            continue;
        }
        if let [link] = direct.as_slice() {
            let with = link.on(&one.alias, &other.alias)?;
            let part = Part { place: at, with };
            return Some(Change {
                part,
                between: None,
            });
        }
        let is_sound = |source: &Source, column: &str| {
            let table = &schema.tables[source.table];
            column_of(table, column).is_some()
                && own_key(table).is_none_or(|key| !key.eq_ignore_ascii_case(column))
        };
        if !direct.is_empty() || is_sound(one, left) || is_sound(other, right) {
            continue;
        }
        if let Some(change) = detour(at, (one, other), sources, joined, (schema, links))? {
            return Some(change);
        }
    }
    None
}

/// The columns of a key that a join leaves out: with a part of the key alone it multiplies rows.
fn rest_of(
    link: &Link,
    (one, other): (&Source, &Source),
    all: &[Option<[(String, String); 2]>],
) -> Option<Expr> {
    let is_there = |own: &str, foreign: &str| {
        all.iter()
            .flatten()
            .any(|[(first, left), (second, right)]| {
                let is = |name: &str, source: &Source| name.eq_ignore_ascii_case(&source.alias);
                let same = |a: &str, b: &str| a.eq_ignore_ascii_case(b);
                is(first, one) && is(second, other) && same(left, own) && same(right, foreign)
                    || is(first, other)
                        && is(second, one)
                        && same(left, foreign)
                        && same(right, own)
            })
    };
    let missing = link
        .pairs
        .iter()
        .filter(|(own, foreign)| !is_there(own, foreign));
    let mut rest = None;
    for (own, foreign) in missing {
        let part = equal((&one.alias, own), (&other.alias, foreign))?;
        rest = Some(match rest {
            None => part,
            Some(before) => and(before, part),
        });
    }
    rest
}

/// Two tables that no key ties are tied through the one between them. The outer nothing: the
/// statement is none that can be mended here; the inner: there is no one way, or more than one.
fn detour(
    place: usize,
    (one, other): (&Source, &Source),
    sources: &[Option<Source>],
    joined: usize,
    (schema, links): (&Schema, &[Link]),
) -> Option<Option<Change>> {
    // The table that is joined here is reached from the one that stands before it.
    let last = sources.get(joined)?.as_ref()?;
    let (near, far) = match last.alias.eq_ignore_ascii_case(&one.alias) {
        true => (other, one),
        false => (one, other),
    };
    let Some((first, second)) = by_way_of(near.table, far.table, sources, links) else {
        return Some(None);
    };
    let middle = &schema.tables[first.to].name;
    let with = second.on(middle, &far.alias)?;
    let reached = first.on(&near.alias, middle)?;
    Some(Some(Change {
        part: Part { place, with },
        between: Some(join(middle, reached)?),
    }))
}

/// The one way of two steps from a table to another over one that is not there yet.
fn by_way_of(
    near: usize,
    far: usize,
    sources: &[Option<Source>],
    links: &[Link],
) -> Option<(Link, Link)> {
    let is_there = |table: usize| sources.iter().flatten().any(|one| one.table == table);
    let mut ways = Vec::new();
    for first in links.iter().filter(|link| link.from == near) {
        if is_there(first.to) {
            continue;
        }
        let seconds = links
            .iter()
            .filter(|link| link.from == first.to && link.to == far);
        ways.extend(seconds.map(|second| (first.clone(), second.clone())));
    }
    match ways.as_slice() {
        [way] => Some(way.clone()),
        _ => None,
    }
}
