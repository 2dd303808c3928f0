//! What is on a server: tables, columns, keys, and a few values of each column of text.
//!
//! Sources: PostgreSQL's system catalogues, because its `information_schema` hides the keys of
//! tables that the user does not own; MySQL's `information_schema`.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use super::address::Engine;
use super::{Link, Texts};
use crate::SqlError;
use crate::sqlite::{Column, ForeignKey, Schema, Table};

/// Time to read the catalogue.
const READING: Duration = Duration::from_secs(20);

/// Time for the values of one table, and of all; a table that is not reached has none.
const ONE_TABLE: Duration = Duration::from_millis(1_500);
const ALL_TABLES: Duration = Duration::from_secs(5);

/// How many rows of a table are looked at for values.
const ROWS_LOOKED_AT: usize = 2_000;

/// How many values are kept for a column; a column with more different ones is not a code.
const VALUES_KEPT: usize = 8;

/// A longer value says little for its length.
const VALUE_CHARS: usize = 40;

/// Columns of text of one table that are looked at.
const COLUMNS_LOOKED_AT: usize = 200;

/// Tables as the server has them.
pub(super) struct Catalogue {
    engine: Engine,
    pub(super) tables: Vec<Entry>,
}

/// A table or a view.
pub(super) struct Entry {
    schema: String,
    name: String,
    /// Whether it is found without its schema.
    is_bare: bool,
    columns: Vec<Known>,
    foreign_keys: Vec<ForeignKey>,
}

struct Known {
    name: String,
    kind: String,
    is_key: bool,
    is_text: bool,
}

/// Six texts a column: schema, table, whether the schema can be left out, column, type, whether it
/// is of the primary key, whether it holds texts. Truth is `1`.
const POSTGRES_COLUMNS: &str = "
    SELECT n.nspname, c.relname, pg_table_is_visible(c.oid)::int, a.attname,
           format_type(a.atttypid, a.atttypmod),
           (EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p'
                    AND a.attnum = ANY (k.conkey)))::int,
           (t.typcategory IN ('S', 'E'))::int
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid
    WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND NOT c.relispartition
      AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
                      AND d.objid = c.oid AND d.deptype = 'e')
      AND has_schema_privilege(n.oid, 'USAGE') AND has_column_privilege(c.oid, a.attnum, 'SELECT')
    ORDER BY c.oid, a.attnum";

/// Six texts a pair of columns: number of the key, schema, table, column, schema and table and
/// column of the other.
const POSTGRES_KEYS: &str = "
    SELECT k.oid, n.nspname, c.relname, a.attname, fn.nspname, fc.relname, fa.attname
    FROM pg_constraint k
    CROSS JOIN LATERAL unnest(k.conkey, k.confkey) WITH ORDINALITY AS pair (own, other, place)
    JOIN pg_class c ON c.oid = k.conrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = pair.own
    JOIN pg_class fc ON fc.oid = k.confrelid
    JOIN pg_namespace fn ON fn.oid = fc.relnamespace
    JOIN pg_attribute fa ON fa.attrelid = fc.oid AND fa.attnum = pair.other
    WHERE k.contype = 'f' ORDER BY k.oid, pair.place";

const MYSQL_COLUMNS: &str = "
    SELECT table_schema, table_name, 1, column_name, column_type, column_key = 'PRI',
           data_type IN ('char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext',
                         'enum', 'set')
    FROM information_schema.columns WHERE table_schema = DATABASE()
    ORDER BY table_name, ordinal_position";

const MYSQL_KEYS: &str = "
    SELECT CONCAT(table_name, '.', constraint_name), table_schema, table_name, column_name,
           referenced_table_schema, referenced_table_name, referenced_column_name
    FROM information_schema.key_column_usage
    WHERE table_schema = DATABASE() AND referenced_table_name IS NOT NULL
    ORDER BY table_name, constraint_name, ordinal_position";

/// Reads tables, columns and keys.
pub(super) async fn read(link: &Link, cancel: &CancellationToken) -> Result<Catalogue, SqlError> {
    let engine = link.address.engine;
    let (columns, keys) = match engine {
        Engine::Postgres => (POSTGRES_COLUMNS, POSTGRES_KEYS),
        Engine::MySql => (MYSQL_COLUMNS, MYSQL_KEYS),
    };
    let columns = link.texts(columns.to_owned(), READING, cancel).await?;
    let keys = link.texts(keys.to_owned(), READING, cancel).await?;
    let mut catalogue = Catalogue {
        engine,
        tables: gathered(columns),
    };
    catalogue.add_keys(keys);
    Ok(catalogue)
}

fn gathered(columns: Texts) -> Vec<Entry> {
    let mut tables: Vec<Entry> = Vec::new();
    for row in columns {
        let mut row = row.into_iter().map(Option::unwrap_or_default);
        let mut next = || row.next().unwrap_or_default();
        let (schema, name, is_bare) = (next(), next(), next() == "1");
        let column = Known {
            name: next(),
            kind: next(),
            is_key: next() == "1",
            is_text: next() == "1",
        };
        match tables.last_mut() {
            Some(last) if last.schema == schema && last.name == name => last.columns.push(column),
            _ => tables.push(Entry {
                schema,
                name,
                is_bare,
                columns: vec![column],
                foreign_keys: Vec::new(),
            }),
        }
    }
    tables
}

impl Entry {
    /// The name that people and the model see: with the schema where it has to be named.
    fn shown(&self) -> String {
        match self.is_bare {
            true => self.name.clone(),
            false => format!("{}.{}", self.schema, self.name),
        }
    }
}

impl Catalogue {
    /// Schema and name of each table, and whether the schema can be left out.
    pub(super) fn names(&self) -> impl Iterator<Item = (&str, &str, bool)> {
        self.tables
            .iter()
            .map(|table| (table.schema.as_str(), table.name.as_str(), table.is_bare))
    }

    fn add_keys(&mut self, keys: Texts) {
        let places: HashMap<(String, String), usize> = self
            .tables
            .iter()
            .enumerate()
            .map(|(place, table)| ((table.schema.clone(), table.name.clone()), place))
            .collect();
        let mut last = None;
        for row in keys {
            let mut row = row.into_iter().map(Option::unwrap_or_default);
            let mut next = || row.next().unwrap_or_default();
            let (key, table, column) = (next(), (next(), next()), next());
            let (other, referenced) = ((next(), next()), next());
            let (Some(&table), Some(&other)) = (places.get(&table), places.get(&other)) else {
                continue;
            };
            let shown = self.tables[other].shown();
            let known = &mut self.tables[table].foreign_keys;
            if last.as_ref() != Some(&key) {
                known.push(ForeignKey {
                    columns: Vec::new(),
                    table: shown,
                    referenced: Vec::new(),
                });
                last = Some(key);
            }
            if let Some(known) = known.last_mut() {
                known.columns.push(column);
                known.referenced.push(referenced);
            }
        }
    }

    /// A table by the name that people see, as SQL writes it, with a column of text of it.
    pub(super) fn place(&self, table: &str, column: &str) -> Option<(String, String)> {
        let entry = self.tables.iter().find(|entry| entry.shown() == table)?;
        let known = entry.columns.iter().find(|known| known.name == column)?;
        known
            .is_text
            .then(|| (self.path(entry), self.quoted(&known.name)))
    }

    fn path(&self, entry: &Entry) -> String {
        format!(
            "{}.{}",
            self.quoted(&entry.schema),
            self.quoted(&entry.name)
        )
    }

    fn quoted(&self, name: &str) -> String {
        match self.engine {
            Engine::Postgres => crate::sqlite::quoted(name),
            Engine::MySql => format!("`{}`", name.replace('`', "``")),
        }
    }

    /// The schema with values, as far as they can be had in time.
    pub(super) async fn schema(
        &self,
        link: &Link,
        cancel: &CancellationToken,
    ) -> Result<Schema, SqlError> {
        let deadline = Instant::now() + ALL_TABLES;
        let mut schema = Schema::default();
        for entry in &self.tables {
            let mut table = Table {
                name: entry.shown(),
                columns: entry.columns.iter().map(column).collect(),
                foreign_keys: entry.foreign_keys.clone(),
                ..Table::default()
            };
            if Instant::now() < deadline {
                self.add_values(entry, &mut table, link, cancel).await?;
            }
            schema.readable.push(table.name.clone());
            schema.tables.push(table);
        }
        Ok(schema)
    }

    async fn add_values(
        &self,
        entry: &Entry,
        table: &mut Table,
        link: &Link,
        cancel: &CancellationToken,
    ) -> Result<(), SqlError> {
        let texts: Vec<usize> = (0..entry.columns.len())
            .filter(|place| entry.columns[*place].is_text)
            .take(COLUMNS_LOOKED_AT)
            .collect();
        if texts.is_empty() {
            return Ok(());
        }
        let columns: Vec<String> = texts
            .iter()
            .map(|place| self.quoted(&entry.columns[*place].name))
            .map(|name| match self.engine {
                Engine::Postgres => format!("left({name}::text, {})", VALUE_CHARS + 1),
                Engine::MySql => format!("LEFT({name}, {})", VALUE_CHARS + 1),
            })
            .collect();
        let sql = format!(
            "SELECT {} FROM {} LIMIT {ROWS_LOOKED_AT}",
            columns.join(", "),
            self.path(entry)
        );
        let rows = match link.texts(sql, ONE_TABLE, cancel).await {
            Ok(rows) => rows,
            Err(error @ (SqlError::Cancelled | SqlError::Lost { .. })) => return Err(error),
            // A view that is slow or broken has no values to show.
            Err(_) => return Ok(()),
        };
        for (index, place) in texts.into_iter().enumerate() {
            let values = rows.iter().filter_map(|row| row.get(index)?.as_deref());
            fill(&mut table.columns[place], values);
        }
        Ok(())
    }
}

fn column(known: &Known) -> Column {
    Column {
        name: known.name.clone(),
        kind: known.kind.clone(),
        is_key: known.is_key,
        values: Vec::new(),
        values_are_all: false,
        ..Column::default()
    }
}

/// Keeps the most frequent values.
fn fill<'a>(column: &mut Column, values: impl Iterator<Item = &'a str>) {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for value in values.filter(|value| !value.is_empty()) {
        *counts.entry(value).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by(|(a, one), (b, other)| other.cmp(one).then(a.cmp(b)));
    column.values_are_all = counts.len() <= VALUES_KEPT;
    column.values = counts
        .into_iter()
        .take(VALUES_KEPT)
        .filter(|(value, _)| value.chars().count() <= VALUE_CHARS)
        .map(|(value, _)| value.to_owned())
        .collect();
}
