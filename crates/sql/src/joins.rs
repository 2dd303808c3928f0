//! Joins along the keys.
//!
//! A small model knows which tables an answer needs and joins them on whatever looks alike: `id` with
//! `id`, or a column that only the table in between has. Which columns lead from one table to another
//! is a fact of the schema, so code puts the right ones there, and the table in between where there is
//! exactly one way. Where the schema knows several ways or none, nothing is changed.

use std::collections::VecDeque;
use std::ops::ControlFlow;

use sqlparser::ast::{
    BinaryOperator, Expr, Join, JoinConstraint, JoinOperator, Query, Select, SetExpr, TableFactor,
    VisitMut, VisitorMut,
};
use sqlparser::dialect::SQLiteDialect;
use sqlparser::parser::Parser;

use crate::columns::{self, Missing};
use crate::sqlite::{Schema, Table, quoted};

/// Columns that lead from one table to another, the places of both in the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Link {
    from: usize,
    from_column: String,
    to: usize,
    to_column: String,
}

impl Link {
    fn turned(&self) -> Self {
        Self {
            from: self.to,
            from_column: self.to_column.clone(),
            to: self.from,
            to_column: self.from_column.clone(),
        }
    }
}

/// Every way of one step, in both directions. Keys of several columns are left out.
fn links(schema: &Schema) -> Vec<Link> {
    let mut all: Vec<Link> = Vec::new();
    for (from, table) in schema.tables.iter().enumerate() {
        for key in table.foreign_keys.iter().chain(&table.inferred_keys) {
            let Some(to) = place_of(schema, &key.table) else {
                continue;
            };
            let own = own_key(&schema.tables[to]);
            let ([column], Some(other)) = (
                key.columns.as_slice(),
                match key.referenced.as_slice() {
                    [other] => Some(other.clone()),
                    [] => own,
                    _ => None,
                },
            ) else {
                continue;
            };
            let link = Link {
                from,
                from_column: column.clone(),
                to,
                to_column: other,
            };
            if !all.contains(&link) {
                all.push(link.turned());
                all.push(link);
            }
        }
    }
    all
}

fn place_of(schema: &Schema, name: &str) -> Option<usize> {
    let mut tables = schema.tables.iter();
    tables.position(|table| table.name.eq_ignore_ascii_case(name))
}

/// The one column that is the primary key.
pub fn own_key(table: &Table) -> Option<String> {
    let mut keys = table.columns.iter().filter(|column| column.is_key);
    match (keys.next(), keys.next()) {
        (Some(key), None) => Some(key.name.clone()),
        _ => None,
    }
}

fn column_of<'schema>(table: &'schema Table, name: &str) -> Option<&'schema str> {
    let mut columns = table.columns.iter();
    let column = columns.find(|column| column.name.eq_ignore_ascii_case(name))?;
    Some(&column.name)
}

/// A table of a FROM: what it is called there, and its place in the schema.
struct Source {
    alias: String,
    table: usize,
}

/// The tables of a FROM in their order; nothing for what is no table of the schema.
fn sources(select: &Select, schema: &Schema) -> Vec<Option<Source>> {
    let Some(from) = select.from.first() else {
        return Vec::new();
    };
    let factors =
        std::iter::once(&from.relation).chain(from.joins.iter().map(|join| &join.relation));
    factors.map(|factor| source(factor, schema)).collect()
}

fn source(factor: &TableFactor, schema: &Schema) -> Option<Source> {
    let TableFactor::Table { name, alias, .. } = factor else {
        return None;
    };
    let name = &name.0.last()?.as_ident()?.value;
    Some(Source {
        alias: alias
            .as_ref()
            .map_or_else(|| name.clone(), |alias| alias.name.value.clone()),
        table: place_of(schema, name)?,
    })
}

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

fn condition(join: &mut Join) -> Option<&mut Expr> {
    use JoinOperator as J;
    match &mut join.join_operator {
        J::Join(JoinConstraint::On(on))
        | J::Inner(JoinConstraint::On(on))
        | J::Left(JoinConstraint::On(on))
        | J::LeftOuter(JoinConstraint::On(on)) => Some(on),
        _ => None,
    }
}

/// The equality of that number among what is joined by AND.
fn equality(on: &mut Expr, place: usize) -> Option<&mut Expr> {
    fn gather<'tree>(on: &'tree mut Expr, found: &mut Vec<&'tree mut Expr>) {
        match on {
            Expr::Nested(inner) => gather(inner, found),
            Expr::BinaryOp {
                left,
                op: BinaryOperator::And,
                right,
            } => {
                gather(left, found);
                gather(right, found);
            }
            Expr::BinaryOp {
                op: BinaryOperator::Eq,
                ..
            } => found.push(on),
            _ => {}
        }
    }
    let mut found = Vec::new();
    gather(on, &mut found);
    (place < found.len()).then(|| found.swap_remove(place))
}

/// Both sides of an equality of columns, each with what its table is called.
fn sides(equality: &Expr) -> Option<[(String, String); 2]> {
    let Expr::BinaryOp { left, right, .. } = equality else {
        return None;
    };
    let side = |expression: &Expr| match expression {
        Expr::CompoundIdentifier(parts) => match parts.as_slice() {
            [table, column] => Some((table.value.clone(), column.value.clone())),
            _ => None,
        },
        _ => None,
    };
    Some([side(left)?, side(right)?])
}

/// A name as a parser reads it back.
fn written(name: &str) -> String {
    let is_bare = !name.is_empty()
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        && !name.starts_with(|first: char| first.is_ascii_digit())
        && !columns::is_reserved(name);
    if is_bare {
        name.to_owned()
    } else {
        quoted(name)
    }
}

fn equal(one: (&str, &str), other: (&str, &str)) -> Option<Expr> {
    let side = |(table, column): (&str, &str)| format!("{}.{}", written(table), written(column));
    expression(&format!("{} = {}", side(one), side(other)))
}

/// An expression from its text.
pub fn expression(sql: &str) -> Option<Expr> {
    let dialect = SQLiteDialect {};
    let mut parser = Parser::new(&dialect).try_with_sql(sql).ok()?;
    parser.parse_expr().ok()
}

fn join(table: &str, on: Expr) -> Option<Join> {
    let sql = format!("SELECT 1 FROM a JOIN {} ON 1 = 1", written(table));
    let dialect = SQLiteDialect {};
    let mut parser = Parser::new(&dialect).try_with_sql(&sql).ok()?;
    let SetExpr::Select(mut select) = *parser.parse_query().ok()?.body else {
        return None;
    };
    let mut join = select.from.first_mut()?.joins.pop()?;
    *condition(&mut join)? = on;
    Some(join)
}

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
        let on = equal((&before, &link.from_column), (table, &link.to_column));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::{Column, ForeignKey};
    use crate::statement::{Parsed, parse};

    fn schema() -> Schema {
        let table = |name: &str, columns: &[&str], keys: &[(&str, &str)]| Table {
            name: name.into(),
            columns: columns
                .iter()
                .enumerate()
                .map(|(place, column)| Column {
                    name: (*column).into(),
                    is_key: place == 0,
                    ..Column::default()
                })
                .collect(),
            foreign_keys: keys
                .iter()
                .map(|(column, other)| ForeignKey {
                    columns: vec![(*column).into()],
                    table: (*other).into(),
                    referenced: vec![],
                })
                .collect(),
            ..Table::default()
        };
        Schema {
            tables: vec![
                table("band", &["id", "name", "town"], &[]),
                table(
                    "gig",
                    &["id", "band_id", "hall_id", "day"],
                    &[("band_id", "band"), ("hall_id", "hall")],
                ),
                table("hall", &["id", "street", "seats"], &[]),
                table(
                    "trip",
                    &["id", "start", "goal"],
                    &[("start", "hall"), ("goal", "hall")],
                ),
            ],
            ..Schema::default()
        }
    }

    fn query(sql: &str) -> Query {
        match parse(sql) {
            Ok(Parsed::Query(query)) => *query,
            other => panic!("{sql}: {other:?}"),
        }
    }

    #[track_caller]
    fn check_keys(sql: &str, expected: Option<&str>) {
        let mut query = query(sql);
        let changed = along_keys(&mut query, &schema()).then(|| query.to_string());
        assert_eq!(changed.as_deref(), expected);
    }

    #[test]
    fn joins_follow_the_one_key_there_is() {
        check_keys(
            "SELECT 1 FROM gig AS g JOIN band AS b ON g.band_id = b.id",
            None,
        );
        check_keys(
            "SELECT 1 FROM gig AS g JOIN band AS b ON g.id = b.id",
            Some("SELECT 1 FROM gig AS g JOIN band AS b ON g.band_id = b.id"),
        );
        check_keys(
            "SELECT 1 FROM band AS b WHERE b.id IN (SELECT g.id FROM hall AS h JOIN gig AS g ON g.hall = h.id AND h.seats > 3)",
            Some(
                "SELECT 1 FROM band AS b WHERE b.id IN (SELECT g.id FROM hall AS h JOIN gig AS g ON g.hall_id = h.id AND h.seats > 3)",
            ),
        );
        // Two keys lead there, and both may be meant.
        check_keys(
            "SELECT 1 FROM trip AS t JOIN hall AS h ON t.id = h.id",
            None,
        );
        // Nobody knows of a key, and the columns say that they are alike.
        check_keys(
            "SELECT 1 FROM band AS b JOIN hall AS h ON b.town = h.street",
            None,
        );
    }

    #[test]
    fn the_table_in_between_is_joined_where_there_is_one_way() {
        check_keys(
            "SELECT b.name FROM band AS b JOIN hall AS h ON b.id = h.id",
            Some(
                "SELECT b.name FROM band AS b JOIN gig ON b.id = gig.band_id JOIN hall AS h ON gig.hall_id = h.id",
            ),
        );
        check_keys(
            "SELECT b.name FROM band AS b JOIN hall AS h ON h.band_id = b.id",
            Some(
                "SELECT b.name FROM band AS b JOIN gig ON b.id = gig.band_id JOIN hall AS h ON gig.hall_id = h.id",
            ),
        );
    }

    #[track_caller]
    fn check_missing(sql: &str, name: &str, expected: Option<&str>) {
        let mut query = query(sql);
        let message = format!("no such column: {name}");
        let missing = columns::missing(&message).unwrap();
        let changed = with_table_of(&mut query, &schema(), &missing, 2).then(|| query.to_string());
        assert_eq!(changed.as_deref(), expected);
    }

    #[test]
    fn the_table_of_a_column_is_joined() {
        check_missing(
            "SELECT g.day FROM gig AS g WHERE g.seats > 100 ORDER BY g.seats",
            "g.seats",
            Some(
                "SELECT g.day FROM gig AS g JOIN hall ON g.hall_id = hall.id WHERE hall.seats > 100 ORDER BY hall.seats",
            ),
        );
        check_missing(
            "SELECT name FROM band WHERE seats > 100",
            "seats",
            Some(
                "SELECT name FROM band JOIN gig ON band.id = gig.band_id JOIN hall ON gig.hall_id = hall.id WHERE hall.seats > 100",
            ),
        );
        // Two ways lead from a trip to its halls.
        check_missing("SELECT t.seats FROM trip AS t", "t.seats", None);
        check_missing("SELECT g.colour FROM gig AS g", "g.colour", None);
    }
}
