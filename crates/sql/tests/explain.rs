//! Explanations, layouts and headlines of whole queries.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use assistant::artifact::Cell;
use sql::explain::{Language, explain, format, headline};
use sql::sqlite::{Database, Rows, Schema};
use sqlparser::ast::{Query, Statement};
use sqlparser::dialect::SQLiteDialect;
use sqlparser::parser::Parser;
use tokio_util::sync::CancellationToken;

const LANGUAGES: [(&str, Language); 3] = [
    ("en", Language::English),
    ("zh-TW", Language::TraditionalChinese),
    ("zh-CN", Language::SimplifiedChinese),
];

const SHOP: &str = "
    CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, city TEXT, since DATE);
    CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers(id),
                         placed_on TEXT, total REAL, note TEXT);
    CREATE TABLE order_lines (order_id INTEGER REFERENCES orders(id), line INTEGER, product_id INTEGER,
                              quantity INTEGER, price INTEGER, PRIMARY KEY (order_id, line));
    CREATE TABLE staff (id INTEGER PRIMARY KEY, name TEXT, boss_id INTEGER REFERENCES staff(id), wage REAL);
    INSERT INTO customers VALUES (1, 'Ann', 'Taipei', '2020-01-01'), (2, 'Bob', 'Tainan', '2021-01-01');
    INSERT INTO orders VALUES (1, 1, '2024-01-31', 10, NULL), (2, 1, '2024-02-01', 20, 'x');
";

/// Statements about the shop; a new one is added at the end.
const STATEMENTS: &str = include_str!("explain/statements.sql");

fn parse(sql: &str) -> Query {
    let mut statements = Parser::parse_sql(&SQLiteDialect {}, sql).unwrap();
    match statements.pop() {
        Some(Statement::Query(query)) if statements.is_empty() => *query,
        other => panic!("{sql}: {other:?}"),
    }
}

async fn schema_of(path: PathBuf) -> Schema {
    let database = Database::open(path, &CancellationToken::new())
        .await
        .unwrap();
    database.schema().clone()
}

async fn shop() -> (Schema, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.sqlite");
    rusqlite::Connection::open(&path)
        .unwrap()
        .execute_batch(SHOP)
        .unwrap();
    (schema_of(path).await, folder)
}

fn statements() -> Vec<&'static str> {
    STATEMENTS
        .split(";\n")
        .map(str::trim)
        .filter(|sql| !sql.is_empty())
        .collect()
}

#[tokio::test]
async fn statements_are_explained_in_three_languages() {
    let (schema, folder) = shop().await;
    let connection = rusqlite::Connection::open(folder.path().join("shop.sqlite")).unwrap();
    for (tag, language) in LANGUAGES {
        let mut text = String::new();
        for sql in statements() {
            // What the database itself refuses is no example.
            connection.prepare(sql).unwrap();
            let told = explain(&parse(sql), &schema, language).unwrap();
            writeln!(text, "{sql}\n{told}\n").unwrap();
        }
        insta::assert_snapshot!(format!("explanations-{tag}"), text);
    }
}

#[test]
fn a_layout_is_stable_and_means_the_same() {
    let mut text = String::new();
    for sql in statements() {
        let query = parse(sql);
        let laid_out = format(&query);
        assert_eq!(parse(&laid_out), query, "{laid_out}");
        assert_eq!(format(&parse(&laid_out)), laid_out);
        writeln!(text, "{laid_out}\n").unwrap();
    }
    insta::assert_snapshot!("layouts", text);
}

/// Statements that other people wrote, by their database; nothing where they are not on this machine.
fn gold() -> Option<BTreeMap<String, BTreeSet<String>>> {
    let path = material().join("questions.jsonl");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: there is no {}", path.display());
        return None;
    };
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in text.lines() {
        let question: serde_json::Value = serde_json::from_str(line).unwrap();
        let word = |name: &str| question[name].as_str().unwrap().to_owned();
        found.entry(word("db")).or_default().insert(word("gold"));
    }
    Some(found)
}

fn material() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/eval/sql")
}

#[tokio::test]
async fn statements_of_others_are_all_explained() {
    let Some(gold) = gold() else { return };
    let (mut count, mut raw) = (0, 0);
    for (database, statements) in gold {
        let file = material().join(format!("database/{database}/{database}.sqlite"));
        let schema = schema_of(file).await;
        for sql in statements {
            let query = parse(&sql);
            for (_, language) in LANGUAGES {
                let told = explain(&query, &schema, language).unwrap();
                assert!(!told.contains("{0}") && !told.contains("{1}"), "{told}");
                count += 1;
                raw += usize::from(told.contains('`'));
                if std::env::var_os("SHOW").is_some() {
                    println!("{sql}\n{told}\n");
                }
            }
            let laid_out = format(&query);
            assert_eq!(parse(&laid_out), query, "{laid_out}");
            assert_eq!(format(&parse(&laid_out)), laid_out);
        }
    }
    println!("{raw} of {count} explanations have SQL in them");
    assert!(raw * 10 < count, "{raw} of {count} have SQL in them");
}

#[track_caller]
fn check(sql: &str, columns: &[&str], rows: &[&[Cell]], truncated: bool, expected: [&str; 3]) {
    let result = Rows {
        columns: columns.iter().map(ToString::to_string).collect(),
        rows: rows.iter().map(|row| row.to_vec()).collect(),
        truncated,
    };
    for ((_, language), expected) in LANGUAGES.into_iter().zip(expected) {
        let found = headline(&result, &parse(sql), language).unwrap();
        assert_eq!(found, expected, "{sql}");
    }
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn int(number: i64) -> Cell {
    Cell::Integer(number)
}

#[track_caller]
fn one(sql: &str, cell: Cell, expected: [&str; 3]) {
    check(sql, &["n"], &[&[cell]], false, expected);
}

#[test]
fn a_count_is_told_with_what_it_counts() {
    one(
        "SELECT COUNT(*) FROM customers",
        int(4200),
        [
            "There are 4,200 customers.",
            "customers 共有 4,200 筆。",
            "customers 共有 4,200 条。",
        ],
    );
    one(
        "SELECT COUNT(*) FROM singer",
        int(6),
        [
            "There are 6 rows in singer.",
            "singer 共有 6 筆。",
            "singer 共有 6 条。",
        ],
    );
    one(
        "SELECT COUNT(*) FROM customers WHERE city = 'x'",
        int(42),
        [
            "42 rows of customers match.",
            "customers 中符合條件的有 42 筆。",
            "customers 中符合条件的有 42 条。",
        ],
    );
    one(
        "SELECT COUNT(*) FROM customers c JOIN orders o ON o.customer_id = c.id",
        int(1),
        ["1 row matches.", "符合的共有 1 筆。", "符合的共有 1 条。"],
    );
}

#[test]
fn one_value_is_told_with_its_meaning() {
    one(
        "SELECT AVG(age) FROM singer",
        Cell::Real(112.0 / 3.0),
        [
            "The average of age: about 37.33.",
            "age 的平均：約 37.33。",
            "age 的平均值：约 37.33。",
        ],
    );
    one(
        "SELECT SUM(o.total) FROM orders o WHERE o.id > 3",
        Cell::Real(1250.5),
        [
            "The sum of total, among what matches: 1,250.5.",
            "符合條件的資料中，total 的總和：1,250.5。",
            "符合条件的数据中，total 的总和：1,250.5。",
        ],
    );
    one(
        "SELECT COUNT(*) FROM orders GROUP BY customer_id",
        int(3),
        ["The answer is 3.", "答案是 3。", "答案是 3。"],
    );
    one(
        "SELECT COUNT(*) FROM a UNION SELECT 3",
        int(3),
        ["The answer is 3.", "答案是 3。", "答案是 3。"],
    );
    one(
        "SELECT MAX(x) FROM a",
        Cell::Null,
        ["The answer has no value.", "結果沒有值。", "结果没有值。"],
    );
    one(
        "SELECT name FROM staff ORDER BY wage LIMIT 1",
        text("Ann"),
        ["The answer is Ann.", "答案是 Ann。", "答案是 Ann。"],
    );
}

#[test]
fn rows_are_told_in_one_sentence() {
    check(
        "SELECT name, year FROM a LIMIT 1",
        &["name", "year"],
        &[&[text("Ann"), int(2024)]],
        false,
        [
            "name: Ann; year: 2024.",
            "name：Ann；year：2024。",
            "name：Ann；year：2024。",
        ],
    );
}

#[track_caller]
fn ranking(sql: &str, rows: &[&[Cell]], expected: [&str; 3]) {
    check(sql, &["name", "n"], rows, false, expected);
}

#[test]
fn the_first_of_a_ranking_is_named() {
    let rows: [&[Cell]; 2] = [&[text("Ann"), int(4250)], &[text("Bob"), int(7)]];
    ranking(
        "SELECT name, SUM(x) AS n FROM a GROUP BY name ORDER BY n DESC",
        &rows,
        [
            "Ann is first with 4,250, 2 rows in all.",
            "第一名是 Ann：4,250，共 2 筆。",
            "第一名是 Ann：4,250，共 2 条。",
        ],
    );
    ranking(
        "SELECT name, SUM(x) FROM a GROUP BY name ORDER BY sum(x) DESC LIMIT 2",
        &rows,
        [
            "Ann is first with 4,250, 2 rows shown.",
            "第一名是 Ann：4,250，顯示 2 筆。",
            "第一名是 Ann：4,250，显示 2 条。",
        ],
    );
}

#[test]
fn only_a_ranking_has_a_first() {
    let rows: [&[Cell]; 2] = [&[text("Ann"), int(4250)], &[text("Bob"), int(7)]];
    for sql in [
        "SELECT name, n FROM a ORDER BY n",
        "SELECT name, n FROM a ORDER BY name DESC",
        "SELECT name, n FROM a",
    ] {
        ranking(sql, &rows, ["2 rows in all.", "共 2 筆。", "共 2 条。"]);
    }
    ranking(
        "SELECT name, n FROM a ORDER BY n DESC LIMIT 2 OFFSET 1",
        &rows,
        ["2 rows shown.", "顯示 2 筆。", "显示 2 条。"],
    );
    ranking(
        "SELECT name, n FROM a ORDER BY 2 DESC",
        &[
            &[text("Ann"), int(5)],
            &[text("Bob"), int(5)],
            &[text("Cid"), int(1)],
        ],
        [
            "Ann and 1 other are first with 5, 3 rows in all.",
            "Ann 與另外 1 個並列第一：5，共 3 筆。",
            "Ann 与另外 1 个并列第一：5，共 3 条。",
        ],
    );
}

#[test]
fn a_list_is_told_by_its_ends() {
    let names: [&[Cell]; 6] = [
        &[text("Cid")],
        &[text("Ann")],
        &[text("Dan")],
        &[text("Bob")],
        &[text("Ann")],
        &[text("Bob")],
    ];
    check(
        "SELECT name FROM a",
        &["name"],
        &names,
        false,
        [
            "6 rows in all, name from Ann to Dan.",
            "共 6 筆，name 從 Ann 到 Dan。",
            "共 6 条，name 从 Ann 到 Dan。",
        ],
    );
    check(
        "SELECT name FROM a",
        &["name"],
        &names[..2],
        true,
        [
            "2 rows shown: Cid and Ann.",
            "顯示 2 筆：Cid 和 Ann。",
            "显示 2 条：Cid 和 Ann。",
        ],
    );
    check(
        "SELECT name FROM a",
        &["name"],
        &[],
        false,
        [
            "Nothing in the data matches.",
            "沒有符合的資料。",
            "没有符合的数据。",
        ],
    );
    check(
        "SELECT name FROM a LIMIT 5 OFFSET 100",
        &["name"],
        &[],
        false,
        [
            "There is nothing to show.",
            "沒有可顯示的資料。",
            "没有可显示的数据。",
        ],
    );
}
