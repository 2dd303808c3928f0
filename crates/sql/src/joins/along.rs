//! Conditions that the keys do not know get the columns of the key.

use std::ops::ControlFlow;

use sqlparser::ast::{Expr, Join, Query, Select, VisitMut, VisitorMut};

use super::ways::{Link, Source, column_of, links, own_key, sources};
use super::write::{condition, equal, equality, join, sides};
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
    let mut place = 0;
    while let Some(equality) = equality(on, place) {
        let at = place;
        place += 1;
        let Some([(one, left), (other, right)]) = sides(equality) else {
            continue;
        };
        let (Some(one), Some(other)) = (named(&one), named(&other)) else {
            continue;
        };
        let is_link = |link: &&Link| link.from == one.table && link.to == other.table;
        let direct: Vec<&Link> = links.iter().filter(is_link).collect();
        let is_known = direct.iter().any(|link| {
            link.from_column.eq_ignore_ascii_case(&left)
                && link.to_column.eq_ignore_ascii_case(&right)
        });
        if is_known || one.table == other.table {
            continue;
        }
        if let [link] = direct.as_slice() {
            let with = equal(
                (&one.alias, &link.from_column),
                (&other.alias, &link.to_column),
            )?;
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
        if !direct.is_empty() || is_sound(one, &left) || is_sound(other, &right) {
            continue;
        }
        if let Some(change) = detour(at, (one, other), sources, joined, (schema, links))? {
            return Some(change);
        }
    }
    None
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
    let with = equal(
        (middle, &second.from_column),
        (&far.alias, &second.to_column),
    )?;
    let reached = equal(
        (&near.alias, &first.from_column),
        (middle, &first.to_column),
    )?;
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
