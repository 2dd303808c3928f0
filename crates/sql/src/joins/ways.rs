//! Which columns lead from one table to another, and which tables stand in a FROM.

use sqlparser::ast::{Expr, Select, TableFactor};

use super::write::{and, equal};
use crate::sqlite::{Schema, Table};

/// Columns that lead from one table to another, the places of both in the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    pub from: usize,
    pub to: usize,
    /// Every column of the key with that which it points to.
    pub pairs: Vec<(String, String)>,
}

impl Link {
    fn turned(&self) -> Self {
        let pairs = self.pairs.iter();
        Self {
            from: self.to,
            to: self.from,
            pairs: pairs
                .map(|(own, other)| (other.clone(), own.clone()))
                .collect(),
        }
    }

    /// Both columns of a key of one column.
    pub(super) fn single(&self) -> Option<(&str, &str)> {
        match self.pairs.as_slice() {
            [(own, other)] => Some((own, other)),
            _ => None,
        }
    }

    /// The condition of a join, where the tables are called so.
    pub(super) fn on(&self, from: &str, to: &str) -> Option<Expr> {
        let mut all = None;
        for (own, other) in &self.pairs {
            let part = equal((from, own), (to, other))?;
            all = Some(match all {
                None => part,
                Some(before) => and(before, part),
            });
        }
        all
    }

    /// Whether an equality is of one of its columns.
    pub(super) fn has(&self, left: &str, right: &str) -> bool {
        self.pairs
            .iter()
            .any(|(own, other)| own.eq_ignore_ascii_case(left) && other.eq_ignore_ascii_case(right))
    }
}

/// Every way of one step, in both directions.
pub(super) fn links(schema: &Schema) -> Vec<Link> {
    let mut all: Vec<Link> = Vec::new();
    for (from, table) in schema.tables.iter().enumerate() {
        for key in table.foreign_keys.iter().chain(&table.inferred_keys) {
            let Some(to) = place_of(schema, &key.table) else {
                continue;
            };
            let others = match key.referenced.as_slice() {
                [] => key_of(&schema.tables[to]),
                others => others.to_vec(),
            };
            if key.columns.is_empty() || key.columns.len() != others.len() {
                continue;
            }
            let link = Link {
                from,
                to,
                pairs: key.columns.iter().cloned().zip(others).collect(),
            };
            if !all.contains(&link) {
                all.push(link.turned());
                all.push(link);
            }
        }
    }
    all
}

/// The columns of the primary key.
fn key_of(table: &Table) -> Vec<String> {
    let keys = table.columns.iter().filter(|column| column.is_key);
    keys.map(|key| key.name.clone()).collect()
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

pub(super) fn column_of<'schema>(table: &'schema Table, name: &str) -> Option<&'schema str> {
    let mut columns = table.columns.iter();
    let column = columns.find(|column| column.name.eq_ignore_ascii_case(name))?;
    Some(&column.name)
}

/// A table of a FROM: what it is called there, and its place in the schema.
pub(super) struct Source {
    pub alias: String,
    pub table: usize,
}

/// The tables of a FROM in their order; nothing for what is no table of the schema.
pub(super) fn sources(select: &Select, schema: &Schema) -> Vec<Option<Source>> {
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
