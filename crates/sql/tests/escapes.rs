//! Attempts to get out of the fence around an SQLite file: what they do to files, time and memory.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set its scene up has failed"
)]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use assistant::{Answer, Assistant, Inputs, SoFar};
use rusqlite::Connection;
use sql::sqlite::{Database, Limits};
use sql::{Place, Places, Sql, SqlError};
use tokio_util::sync::CancellationToken;

struct Nowhere;

#[async_trait::async_trait]
impl Places for Nowhere {
    async fn database(
        &self,
        _: &str,
        _: assistant::Tell<'_>,
        _: &CancellationToken,
    ) -> Result<Option<Place>, assistant::Fault> {
        Ok(None)
    }
}

/// A folder with a database and another one beside it that nobody asked about.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.sqlite", "other.sqlite"] {
        let connection = Connection::open(folder.path().join(name)).unwrap();
        connection
            .execute_batch(
                "CREATE TABLE people (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT);
                 INSERT INTO people (name) VALUES ('Ada'), ('王小明');
                 CREATE VIEW names AS SELECT name FROM people;
                 CREATE TRIGGER t INSTEAD OF INSERT ON names
                    BEGIN INSERT INTO people (name) VALUES (new.name); END;
                 CREATE VIRTUAL TABLE notes USING fts5(body);
                 INSERT INTO notes VALUES ('the quick brown fox');
                 CREATE VIRTUAL TABLE old USING fts4(body);",
            )
            .unwrap();
    }
    folder
}

fn bytes(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), std::fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

/// `{folder}` stands for the folder of the database.
const ATTEMPTS: &[&str] = &[
    // other files, in every spelling
    "ATTACH '{folder}/other.sqlite' AS b",
    "ATTACH DATABASE '{folder}/other.sqlite' AS b",
    "aTtAcH '{folder}/other.sqlite' b",
    "ATTACH \"{folder}/other.sqlite\" AS b",
    "ATTACH '{folder}/a.sqlite' AS b",
    "ATTACH 'file:{folder}/a.sqlite?mode=rw' AS b",
    "ATTACH 'file:{folder}/a.sqlite?immutable=1' AS b",
    "ATTACH 'file:b?mode=memory&cache=shared' AS b",
    "ATTACH '{folder}/new.sqlite' AS b",
    "ATTACH '' AS b",
    "ATTACH ':memory:' AS b",
    "ATTACH '{folder}/' || 'new.sqlite' AS b",
    "ATTACH (SELECT '{folder}/new.sqlite') AS b",
    "ATTACH '{folder}/new.sqlite' AS b KEY 'x'",
    "/**/ATTACH/**/'{folder}/new.sqlite'/**/AS/**/b",
    "-- a\nATTACH '{folder}/new.sqlite' AS b",
    "EXPLAIN ATTACH '{folder}/new.sqlite' AS b",
    "SELECT 1; ATTACH '{folder}/new.sqlite' AS b",
    "DETACH main",
    "DETACH temp",
    // copies
    "VACUUM",
    "VACUUM main",
    "VACUUM INTO '{folder}/new.sqlite'",
    "VACUUM main INTO '{folder}/new.sqlite'",
    "VACUUM INTO 'file:{folder}/new.sqlite?mode=rwc'",
    "VACUUM INTO (SELECT '{folder}/new.sqlite')",
    // settings
    "PRAGMA query_only = OFF",
    "PRAGMA main.query_only(0)",
    "PRAGMA writable_schema = ON",
    "PRAGMA writable_schema = RESET",
    "PRAGMA journal_mode = WAL",
    "PRAGMA journal_mode = OFF",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA trusted_schema = ON",
    "PRAGMA cell_size_check = OFF",
    "PRAGMA ignore_check_constraints = ON",
    "PRAGMA schema_version = 99",
    "PRAGMA user_version = 9",
    "PRAGMA application_id = 9",
    "PRAGMA encoding = 'UTF-16'",
    "PRAGMA page_size = 512",
    "PRAGMA auto_vacuum = FULL",
    "PRAGMA incremental_vacuum",
    "PRAGMA temp_store_directory = '{folder}'",
    "PRAGMA data_store_directory = '{folder}'",
    "PRAGMA wal_checkpoint(TRUNCATE)",
    "PRAGMA hard_heap_limit = 0",
    "PRAGMA soft_heap_limit = 0",
    "PRAGMA mmap_size = 1099511627776",
    "PRAGMA cache_size = 1000000000",
    "PRAGMA threads = 64",
    "PRAGMA busy_timeout = 1000000",
    "PRAGMA case_sensitive_like = 1",
    "PRAGMA recursive_triggers = 1",
    "PRAGMA integrity_check",
    "PRAGMA optimize",
    "PRAGMA database_list",
    "PRAGMA module_list",
    "PRAGMA data_version = 1",
    "SELECT * FROM pragma_database_list",
    "SELECT * FROM pragma_query_only",
    "SELECT * FROM pragma_function_list",
    "SELECT * FROM pragma_module_list",
    "SELECT * FROM pragma_journal_mode",
    "SELECT * FROM pragma_table_xinfo('people')",
    // functions that act or look elsewhere
    "SELECT load_extension('{folder}/x')",
    "SELECT load_extension('{folder}/x', 'init')",
    "SELECT \"load_extension\"('x')",
    "SELECT LOAD_EXTENSION('x')",
    "SELECT readfile('{folder}/other.sqlite')",
    "SELECT writefile('{folder}/new', 'x')",
    "SELECT edit('x', 'vi')",
    "SELECT fts3_tokenizer('simple')",
    "SELECT fts3_tokenizer('simple', x'0000000000000000')",
    "SELECT hex(fts3_tokenizer('porter'))",
    "SELECT optimize(old) FROM old",
    "SELECT sqlite_compileoption_used('ENABLE_LOAD_EXTENSION')",
    "SELECT sqlite_log(1, 'x')",
    "SELECT sqlite_rename_table('a', 'b', 'c', 'd', 'e', 'f', 'g')",
    "SELECT sqlite_drop_column(0, 'x', 0)",
    "SELECT last_insert_rowid()",
    "SELECT randomblob(1000000000)",
    "SELECT * FROM fsdir('/')",
    "SELECT * FROM generate_series(1, 10)",
    "SELECT * FROM dbstat",
    "SELECT * FROM sqlite_dbpage",
    "SELECT * FROM sqlite_stmt",
    "SELECT * FROM bytecode('SELECT 1')",
    "SELECT * FROM fts5vocab",
    "SELECT * FROM b.people",
    // writing
    "WITH a AS (SELECT 1) INSERT INTO people (name) SELECT * FROM a",
    "WITH a AS (SELECT 1) UPDATE people SET name = 'x'",
    "WITH a AS (DELETE FROM people RETURNING *) SELECT * FROM a",
    "INSERT INTO people (name) VALUES ('x') RETURNING *",
    "INSERT INTO people (id) VALUES (1) ON CONFLICT DO UPDATE SET name = 'x'",
    "INSERT OR REPLACE INTO people VALUES (1, 'x')",
    "INSERT INTO people DEFAULT VALUES",
    "INSERT INTO names VALUES ('x')",
    "UPDATE OR IGNORE people SET name = 'x' RETURNING id",
    "UPDATE people SET name = b.name FROM people b",
    "DELETE FROM people WHERE 1 RETURNING 1",
    "INSERT INTO notes (notes, rank) VALUES ('rank', 'bm25(10.0)')",
    "INSERT INTO notes (notes) VALUES ('delete-all')",
    "INSERT INTO old (old) VALUES ('optimize')",
    "UPDATE sqlite_schema SET sql = 'x'",
    "INSERT INTO sqlite_schema VALUES ('table', 'x', 'x', 0, 'x')",
    "DELETE FROM sqlite_sequence",
    "UPDATE sqlite_sequence SET seq = 99",
    "CREATE TABLE IF NOT EXISTS temp.b (c)",
    "CREATE VIRTUAL TABLE temp.b USING fts5(c)",
    "CREATE VIRTUAL TABLE b USING dbstat",
    "CREATE TEMP TRIGGER x AFTER DELETE ON people BEGIN SELECT 1; END",
    "DROP TABLE IF EXISTS people",
    "ALTER TABLE people RENAME COLUMN name TO b",
    // ways of writing
    "SELECT 1; DELETE FROM people",
    "SELECT 1;--\nDELETE FROM people",
    "SELECT 1 /* ; */; DELETE FROM people",
    "SELECT 1\0; DELETE FROM people",
    "DELETE FROM people\0",
    "\0DELETE FROM people",
    "\u{feff}DELETE FROM people",
    "DELETE\u{a0}FROM people",
    "DELETE\u{200b}FROM people",
    "ＤＥＬＥＴＥ FROM people",
    "DЕLETE FROM people",
    "SELECT 1 UNION DELETE FROM people",
    "(DELETE FROM people)",
    "BEGIN IMMEDIATE; DELETE FROM people; COMMIT",
    "EXPLAIN DELETE FROM people",
    "EXPLAIN QUERY PLAN DELETE FROM people",
    ".read {folder}/other.sqlite",
    ".open {folder}/other.sqlite",
    ".system id",
];

#[tokio::test]
async fn nobody_gets_out_of_the_fence() {
    let folder = folder();
    let path = folder.path().join("a.sqlite");
    let (cancel, before) = (CancellationToken::new(), bytes(folder.path()));
    let database = Database::open(path.clone(), &cancel).await.unwrap();
    for attempt in ATTEMPTS {
        let sql = attempt.replace("{folder}", folder.path().to_str().unwrap());
        let began = Instant::now();
        let run = database.run(&sql, Limits::default(), &cancel).await;
        let is_refused = |error: &SqlError| {
            matches!(
                error,
                SqlError::NotReadOnly(_) | SqlError::NotOneQuery(_) | SqlError::Failed(_)
            )
        };
        assert!(run.as_ref().is_err_and(is_refused), "run {sql}: {run:?}");
        let explained = database.explain(&sql).await;
        assert!(
            explained.as_ref().is_err_and(is_refused),
            "{sql}: {explained:?}"
        );
        assert!(began.elapsed() < Duration::from_secs(1), "{sql}");
        assert!(!check(&path, &sql).await, "checked {sql}");
        // What is still open answers as before, and has not come to see more.
        let count = database.run("SELECT count(*) FROM people", Limits::default(), &cancel);
        assert_eq!(
            count.await.unwrap().rows[0][0],
            assistant::artifact::Cell::Integer(2)
        );
    }
    assert_eq!(bytes(folder.path()), before);
    println!("{} attempts", ATTEMPTS.len());
    assert!(ATTEMPTS.len() >= 60);
}

/// Whether the assistant as a whole takes a statement for an answer.
async fn check(path: &Path, sql: &str) -> bool {
    let assistant = Sql::new(Arc::new(Nowhere)).unwrap();
    let cancel = CancellationToken::new();
    let inputs = Inputs::from([("database", path.to_str().unwrap()), ("sql", sql)]);
    let task = assistant.ground(&inputs, &|_| {}, &cancel).await.unwrap();
    let verdict = task
        .check(
            &SoFar::default(),
            &Answer::Texts(vec![sql.to_owned()]),
            &cancel,
        )
        .await
        .unwrap();
    verdict.is_accepted()
}

/// Statements that would take all time or memory. What becomes of them is a refusal, a stop, or an
/// answer that fits the limits.
fn bombs() -> Vec<String> {
    let endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)";
    let a_thousand = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000)";
    let mut bombs: Vec<String> = [
        "SELECT zeroblob(1000000000)",
        "SELECT zeroblob(1e9)",
        "SELECT hex(zeroblob(60000000))",
        "SELECT length(hex(hex(hex(zeroblob(30000000)))))",
        "SELECT printf('%*c', 1000000000, 'x')",
        "SELECT printf('%.*c', 2147483647, 'x')",
        "SELECT format('%1000000000s', 'x')",
        "SELECT printf('%.1000000000f', 1.0)",
        "SELECT replace(hex(zeroblob(10000)), '0', hex(zeroblob(100000)))",
        "SELECT quote(zeroblob(60000000))",
        "SELECT count(*) FROM json_each('[' || replace(hex(zeroblob(5000000)), '0', '1,') || '1]')",
    ]
    .map(str::to_owned)
    .into();
    bombs.extend([
        format!("{endless} SELECT count(*) FROM n"),
        format!("{endless} SELECT i FROM n ORDER BY i DESC"),
        format!("{endless} SELECT group_concat(i) FROM n"),
        format!("{endless} SELECT json_group_array(hex(zeroblob(1000))) FROM n"),
        format!("{endless} SELECT hex(zeroblob(1000000)) FROM n"),
        format!("{endless} SELECT DISTINCT hex(zeroblob(1000)) || i FROM n ORDER BY 1"),
        "WITH RECURSIVE n (t) AS (SELECT 'x' UNION ALL SELECT t || t FROM n) SELECT t FROM n"
            .to_owned(),
        format!("{a_thousand} SELECT count(*) FROM n, n AS m, n AS o, n AS p"),
        format!("{a_thousand} SELECT sum(a.i) OVER (ORDER BY b.i) FROM n AS a, n AS b, n AS c"),
    ]);
    bombs.extend(long_texts());
    bombs
}

/// Statements that are hard on the parser and on patterns.
fn long_texts() -> Vec<String> {
    vec![
        format!(
            "SELECT printf('%.*c', 100000, 'a') LIKE '{}b'",
            "%a".repeat(400)
        ),
        format!(
            "SELECT printf('%.*c', 100000, 'a') GLOB '{}b'",
            "*a".repeat(400)
        ),
        format!(
            "SELECT printf('%.*c', 100000, 'a') GLOB '{}b'",
            "*[a-z]?".repeat(100)
        ),
        format!("SELECT 'a' LIKE '{}'", "%_".repeat(100_000)),
        format!("SELECT {}1{}", "(".repeat(50_000), ")".repeat(50_000)),
        format!("SELECT {}1", "-".repeat(50_000)),
        format!("SELECT {}1", "NOT ".repeat(50_000)),
        format!("SELECT 1{}", " + 1".repeat(40_000)),
        format!("SELECT 1{}", " OR 1".repeat(30_000)),
        format!("SELECT 1{}", " COLLATE nocase".repeat(10_000)),
        format!("SELECT 1{}", " UNION ALL SELECT 1".repeat(10_000)),
        format!("SELECT {}1{}", "(SELECT ".repeat(5_000), ")".repeat(5_000)),
        format!(
            "SELECT {}1{}",
            "CASE WHEN 1 THEN ".repeat(5_000),
            " END".repeat(5_000)
        ),
        format!("SELECT {}1{}", "abs(".repeat(20_000), ")".repeat(20_000)),
        format!(
            "SELECT * FROM {}people{}",
            "(".repeat(5_000),
            ")".repeat(5_000)
        ),
        format!("SELECT json('{}')", "[".repeat(100_000)),
        format!("SELECT {}", vec!["1"; 99_000].join(",")),
        format!(
            "SELECT * FROM people WHERE id IN ({})",
            vec!["1"; 99_000].join(",")
        ),
        format!("SELECT '{}'", "x".repeat(10_000_000)),
        format!("SELECT * FROM people{}", ", people".repeat(63)),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn time_and_memory_are_bounded() {
    let folder = folder();
    let path = folder.path().join("a.sqlite");
    let (cancel, before) = (CancellationToken::new(), bytes(folder.path()));
    let database = Database::open(path.clone(), &cancel).await.unwrap();
    let limits = Limits {
        time: Duration::from_secs(1),
        ..Limits::default()
    };
    for sql in bombs() {
        let begin: String = sql.chars().take(100).collect();
        let began = Instant::now();
        match database.run(&sql, limits, &cancel).await {
            Ok(rows) => assert!(rows.rows.len() <= limits.rows, "{begin}"),
            Err(error) => assert!(
                matches!(
                    error,
                    SqlError::TooSlow(_) | SqlError::Failed(_) | SqlError::NotReadOnly(_)
                ),
                "{begin}: {error:?}"
            ),
        }
        // Explaining parses only; so does what comes before it in a run.
        let _ = database.explain(&sql).await;
        assert!(
            began.elapsed() < Duration::from_secs(5),
            "{begin}: {:?}",
            began.elapsed()
        );
    }
    let sum = format!("SELECT id{} FROM people", " + 1".repeat(380));
    assert!(check(&path, &sum).await);
    // The parser in front of the database must not run out of its stack either.
    for sql in bombs()
        .iter()
        .filter(|sql| sql.contains("1 + 1") || sql.contains("OR 1 OR"))
    {
        assert!(!check(&path, sql).await);
    }
    assert_eq!(bytes(folder.path()), before);
    #[cfg(target_os = "linux")]
    assert!(most_memory() < 1_500, "{} MB", most_memory());
}

/// Most memory that this program ever had, in megabytes.
#[cfg(target_os = "linux")]
fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap();
    let kilobytes: u64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kilobytes / 1024
}
