//! Which columns lead from one table to another, and which tables stand in a FROM.

use sqlparser::ast::{Select, TableFactor};

use crate::sqlite::{Schema, Table};

/// Columns that lead from one table to another, the places of both in the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    pub from: usize,
    pub from_column: String,
    pub to: usize,
    pub to_column: String,
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
pub(super) fn links(schema: &Schema) -> Vec<Link> {
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
