//! What the guard lets through, and how.

use super::*;

fn guard(engine: Engine) -> Guard {
    let tables = [("public", "people", true), ("sales", "invoices", false)];
    Guard::new(engine, tables.into_iter())
}

#[track_caller]
fn check(engine: Engine, sql: &str, expected: Result<&str, &str>) {
    let found = guard(engine).admit(sql).map_err(|error| error.to_string());
    let found = found.as_deref().map_err(String::as_str);
    assert_eq!(found, expected, "{sql}");
}

#[test]
fn what_is_admitted_is_written_out_without_comments() {
    let postgres = Engine::Postgres;
    check(postgres, "select 1 -- a", Ok("SELECT 1"));
    check(postgres, "SELECT 'a''b\\' /* c */", Ok("SELECT 'a''b\\'"));
    check(
        postgres,
        "SELECT \"sales.invoices\".id FROM \"sales.invoices\"",
        Ok("SELECT \"sales\".\"invoices\".id FROM \"sales\".\"invoices\""),
    );
    check(Engine::MySql, "SELECT 'a\\'b' # c", Ok("SELECT 'a\\'b'"));
    check(
        Engine::MySql,
        "SELECT id FROM People",
        Ok("SELECT id FROM People"),
    );
}

#[test]
fn what_is_refused_is_named() {
    let only = |what: &str| format!("only reading is allowed: {what}");
    for (engine, sql, what) in [
        (
            Engine::Postgres,
            "SELECT pg_sleep(1)",
            "the function pg_sleep",
        ),
        (
            Engine::Postgres,
            "SELECT * FROM pg_authid",
            "reading pg_authid",
        ),
        (
            Engine::Postgres,
            "SELECT * FROM invoices",
            "reading invoices",
        ),
        (
            Engine::Postgres,
            "SELECT * FROM \"People\"",
            "reading \"People\"",
        ),
        (Engine::Postgres, "DROP TABLE people", "DROP"),
        (Engine::MySql, "SELECT @a", "a variable"),
        (
            Engine::MySql,
            "SELECT * FROM people FOR UPDATE",
            "locking rows",
        ),
    ] {
        check(engine, sql, Err(&only(what)));
    }
}

#[test]
fn what_is_deep_is_refused_and_what_is_long_is_not() {
    let sum = format!("SELECT 1{}", " + 1".repeat(390));
    assert!(guard(Engine::Postgres).admit(&sum).is_ok());
    let list = format!(
        "SELECT id FROM people WHERE id IN ({})",
        vec!["1"; 20_000].join(", ")
    );
    assert!(guard(Engine::MySql).admit(&list).is_ok());
    for sql in [
        format!("SELECT 1{}", " + 1".repeat(40_000)),
        format!("SELECT 1{}", " IS NULL".repeat(20_000)),
        format!("SELECT now(){}", " AT TIME ZONE 'UTC'".repeat(9_000)),
        format!("SELECT {}1{}", "(".repeat(90_000), ")".repeat(90_000)),
        format!("SELECT {}1", "NOT ".repeat(40_000)),
        format!("SELECT '{}'", "x".repeat(300_000)),
    ] {
        assert!(guard(Engine::Postgres).admit(&sql).is_err());
    }
}
