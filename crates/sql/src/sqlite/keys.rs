//! Foreign keys that nobody declared.
//!
//! Office databases rarely declare their keys. Two columns of the same name, one of which names every
//! row of its table once, and whose values the other only repeats, are one: the data says so, and the
//! data is asked. A guess from names alone is never made.

use rusqlite::{Connection, Result};

use super::schema::{ForeignKey, Schema, quoted};

/// How many different values of a column are held against the key.
const VALUES_TRIED: usize = 300;

/// Share of them that must be found there. Old data has a few orphans.
const SHARE: f64 = 0.9;

/// A key of a table, alone in its column.
struct Key {
    table: String,
    column: String,
}

/// Adds the keys that the data shows to tables where none is declared for the column.
pub(super) fn infer(connection: &Connection, schema: &mut Schema) -> Result<()> {
    let keys = single_keys(connection, schema)?;
    for place in 0..schema.tables.len() {
        let table = &schema.tables[place];
        let mut found = Vec::new();
        for column in &table.columns {
            let is_declared = table
                .foreign_keys
                .iter()
                .any(|key| key.columns.contains(&column.name));
            let is_own = keys
                .iter()
                .any(|key| key.table == table.name && key.column == column.name);
            if is_declared
                || is_own
                    && table
                        .columns
                        .first()
                        .is_some_and(|first| first.name == column.name)
            {
                continue;
            }
            for key in keys
                .iter()
                .filter(|key| fits(&table.name, &column.name, key))
            {
                if repeats(connection, (&table.name, &column.name), key)? {
                    found.push(ForeignKey {
                        columns: vec![column.name.clone()],
                        table: key.table.clone(),
                        referenced: vec![key.column.clone()],
                    });
                    break;
                }
            }
        }
        schema.tables[place].inferred_keys = found;
    }
    Ok(())
}

/// Columns that alone name the rows of their table: declared so, or, where nothing is declared, the
/// first column when its values are all there and all different.
fn single_keys(connection: &Connection, schema: &Schema) -> Result<Vec<Key>> {
    let mut keys = Vec::new();
    for table in &schema.tables {
        let declared: Vec<_> = table
            .columns
            .iter()
            .filter(|column| column.is_key)
            .collect();
        let column = match declared.as_slice() {
            [only] => Some(&only.name),
            [] => match table.columns.first() {
                Some(first) if is_unique(connection, &table.name, &first.name)? => {
                    Some(&first.name)
                }
                _ => None,
            },
            _ => None,
        };
        keys.extend(column.map(|column| Key {
            table: table.name.clone(),
            column: column.clone(),
        }));
    }
    Ok(keys)
}

fn is_unique(connection: &Connection, table: &str, column: &str) -> Result<bool> {
    let (table, column) = (quoted(table), quoted(column));
    connection.query_row(
        &format!("SELECT count(*) > 0 AND count(*) = count(DISTINCT {column}) FROM {table}"),
        [],
        |row| row.get(0),
    )
}

/// Whether a column may point to a key by its name: the same name, or the name with something
/// before it (`ref_by_cust_no`), or the other table's name with `id` behind it.
fn fits(table: &str, column: &str, key: &Key) -> bool {
    let [table, column] = [table, column].map(str::to_lowercase);
    let [other, name] = [&key.table, &key.column].map(|text| text.to_lowercase());
    if table == other && column == name {
        return false;
    }
    // Every table has its own `id` or `no`: that says nothing.
    let is_plain = matches!(
        name.as_str(),
        "id" | "no" | "cd" | "code" | "key" | "nr" | "rowid"
    );
    let singular = other.trim_end_matches('s');
    let by_table = ["id", "_id", "_no", "no", "_cd", "_code", "code"]
        .iter()
        .any(|end| column == format!("{other}{end}") || column == format!("{singular}{end}"))
        || column == other
        || column == singular;
    by_table || !is_plain && (column == name || column.ends_with(&format!("_{name}")))
}

/// Whether the values of a column are values of a key.
fn repeats(connection: &Connection, (table, column): (&str, &str), key: &Key) -> Result<bool> {
    let sql = format!(
        "SELECT count(*), sum(value IN (SELECT {} FROM {})) FROM
         (SELECT DISTINCT {column} AS value FROM {} WHERE {column} IS NOT NULL LIMIT {VALUES_TRIED})",
        quoted(&key.column),
        quoted(&key.table),
        quoted(table),
        column = quoted(column),
    );
    let (all, found): (f64, Option<f64>) =
        connection.query_row(&sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(all > 0.0 && found.unwrap_or(0.0) >= all * SHARE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::schema;

    #[track_caller]
    fn check(script: &str, expected: &[&str]) {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(script).unwrap();
        let schema = schema::read(&connection).unwrap();
        let found: Vec<String> = schema
            .tables
            .iter()
            .flat_map(|table| table.inferred_keys.iter().map(move |key| (table, key)))
            .map(|(table, key)| {
                format!(
                    "{}.{} = {}.{}",
                    table.name, key.columns[0], key.table, key.referenced[0]
                )
            })
            .collect();
        assert_eq!(found, expected, "{script}");
    }

    #[test]
    fn a_column_that_repeats_a_key_of_its_name_points_to_it() {
        let site = "CREATE TABLE site (site_cd TEXT, nm TEXT); INSERT INTO site VALUES ('W1','a'),('W2','b');";
        check(
            &format!(
                "{site} CREATE TABLE eq (eq_no TEXT, site_cd TEXT); INSERT INTO eq VALUES ('E1','W1'),('E2','W1'),('E3',NULL);"
            ),
            &["eq.site_cd = site.site_cd"],
        );
        // The values say no.
        check(
            &format!(
                "{site} CREATE TABLE eq (eq_no TEXT, site_cd TEXT); INSERT INTO eq VALUES ('E1','X1'),('E2','W1');"
            ),
            &[],
        );
        // Nothing is known of an empty table.
        check(
            &format!("{site} CREATE TABLE eq (eq_no TEXT, site_cd TEXT);"),
            &[],
        );
        // A declared key is not told twice.
        check(
            "CREATE TABLE a (a_id INTEGER PRIMARY KEY); CREATE TABLE b (b_id INTEGER PRIMARY KEY, a_id INTEGER REFERENCES a(a_id), ref_a_id INTEGER); INSERT INTO a VALUES (1),(2); INSERT INTO b VALUES (7,1,2),(8,2,1);",
            &["b.ref_a_id = a.a_id"],
        );
    }

    #[test]
    fn a_plain_id_is_pointed_to_by_the_name_of_its_table() {
        check(
            "CREATE TABLE customers (id INTEGER PRIMARY KEY); CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER, other INTEGER); INSERT INTO customers VALUES (1),(2); INSERT INTO orders VALUES (1,1,1),(2,2,2);",
            &["orders.customer_id = customers.id"],
        );
    }
}
