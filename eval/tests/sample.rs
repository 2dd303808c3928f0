//! The sample database is what its script builds.
//!
//! Both are committed: the file because the app ships it, the script because a file cannot be reviewed.
//! This test keeps them from drifting apart. It compares rows, not bytes, because the bytes of a
//! database also tell which SQLite wrote it.

#![expect(
    clippy::unwrap_used,
    reason = "a test, with its helpers outside the test functions"
)]

use std::path::PathBuf;

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};

fn samples() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../assets/samples")
}

fn built() -> Connection {
    let script = std::fs::read_to_string(samples().join("shop.sql")).unwrap();
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(&script).unwrap();
    connection
}

fn committed() -> Connection {
    Connection::open_with_flags(
        samples().join("shop.sqlite"),
        OpenFlags::SQLITE_OPEN_READ_ONLY,
    )
    .unwrap()
}

fn rows(connection: &Connection, sql: &str) -> Vec<Vec<Value>> {
    let mut statement = connection.prepare(sql).unwrap();
    let columns = statement.column_count();
    statement
        .query_map([], |row| (0..columns).map(|at| row.get(at)).collect())
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap()
}

const TABLES: [&str; 6] = [
    "categories",
    "products",
    "customers",
    "orders",
    "order_lines",
    "returns",
];

#[test]
fn the_committed_file_is_what_the_script_builds() {
    let (built, committed) = (built(), committed());
    let schema = "SELECT type, name, tbl_name, sql FROM main.sqlite_schema ORDER BY type, name";
    assert_eq!(rows(&built, schema), rows(&committed, schema));
    for table in TABLES {
        let all = format!("SELECT * FROM main.{table} ORDER BY id");
        let (ours, theirs) = (rows(&built, &all), rows(&committed, &all));
        assert_eq!(ours.len(), theirs.len(), "{table}");
        let differing: Vec<_> = ours
            .iter()
            .zip(&theirs)
            .filter(|(a, b)| a != b)
            .take(3)
            .collect();
        assert!(differing.is_empty(), "{table}: {differing:?}");
    }
}

#[test]
fn the_rows_hang_together() {
    let check = |what: &str, sql: &str| {
        assert_eq!(rows(&committed(), sql), [[Value::Integer(0)]], "{what}");
    };
    check(
        "foreign keys",
        "SELECT count(*) FROM pragma_foreign_key_check",
    );
    check(
        "totals",
        "SELECT count(*) FROM orders AS o
         WHERE abs(total - shipping + discount - (SELECT sum(quantity * unit_price) FROM order_lines WHERE order_id = o.id)) > 0.001
            OR NOT EXISTS (SELECT 1 FROM order_lines WHERE order_id = o.id)",
    );
    check(
        "nobody orders before joining",
        "SELECT count(*) FROM orders AS o JOIN customers AS c ON c.id = o.customer_id WHERE order_date < joined",
    );
    check(
        "returns come after the order, of no more than was bought",
        "SELECT count(*) FROM returns AS r JOIN order_lines AS l ON l.id = r.order_line_id JOIN orders AS o ON o.id = l.order_id
         WHERE return_date <= order_date OR r.quantity > l.quantity OR status <> 'completed' OR abs(refund - r.quantity * unit_price) > 0.001",
    );
}

/// However one reads "spent", the question has one answer.
#[test]
fn the_five_best_customers_are_the_same_in_every_reading() {
    let best = [
        "Margaret Holloway",
        "陳美玲",
        "Jonas Richter",
        "周建国",
        "Priya Raman",
    ]
    .map(|name| vec![Value::Text(name.into())]);
    let lines =
        "JOIN order_lines AS l ON l.order_id = o.id JOIN products AS p ON p.id = l.product_id";
    for (amount, lines) in [
        ("total", ""),
        ("total - shipping", ""),
        ("quantity * unit_price", lines),
        ("quantity * price", lines),
    ] {
        for status in ["true", "status <> 'cancelled'", "status = 'completed'"] {
            let sql = format!(
                "SELECT c.name FROM customers AS c JOIN orders AS o ON o.customer_id = c.id {lines}
                 WHERE order_date BETWEEN '2025-01-01' AND '2025-12-31' AND {status}
                 GROUP BY c.id ORDER BY sum({amount}) DESC LIMIT 5"
            );
            assert_eq!(rows(&committed(), &sql), best, "{amount}, {status}");
        }
    }
}
