//! One connection to PostgreSQL.
//!
//! A statement goes through the extended protocol, which takes one statement only, as a cursor,
//! which takes queries only and is read in portions. The portions come through the simple protocol,
//! whose values are texts written by PostgreSQL itself, so that no type is unknown.

use std::time::Duration;

use assistant::artifact::Cell;
use futures_util::TryStreamExt;
use secrecy::{ExposeSecret, SecretString};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgRow, PgSslMode};
use sqlx::{AssertSqlSafe, Column, ConnectOptions, Executor, Row, SqlSafeStr, Statement, ValueRef};

use super::address::{Address, Encryption};
use super::{Texts, cells, fault};
use crate::SqlError;
use crate::sqlite::{Limits, Rows};

/// Rows of one portion.
const PORTION: usize = 256;

/// How long to wait for a table that somebody else has locked.
const LOCK_MS: u32 = 5_000;

pub(super) struct Wire {
    connection: PgConnection,
    /// Process that serves this connection.
    pub process: i32,
    /// Statements that begin a transaction, but for the time.
    begin: String,
    pub server: String,
}

impl Wire {
    pub(super) async fn connect(
        address: &Address,
        password: Option<&SecretString>,
    ) -> Result<Self, sqlx::Error> {
        let mut connection = options(address, password).connect().await?;
        let row = sqlx::raw_sql(
            "SELECT pg_backend_pid(), current_setting('server_version_num'),
               (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
               AND NOT EXISTS (SELECT FROM pg_class WHERE relrowsecurity OR relkind = 'f')",
        )
        .fetch_one(&mut connection)
        .await?;
        let version: i32 = number(&row, 1);
        // Whoever may do everything lays that down, unless rows would be hidden from the other role.
        let is_all_powerful = text(&row, 2)?.as_deref() == Some("t") && version >= 140_000;
        Ok(Self {
            process: number(&row, 0),
            begin: begin(version, is_all_powerful),
            connection,
            server: address.to_string(),
        })
    }

    /// Ends what another connection is doing.
    pub(super) async fn stop(&mut self, process: i32) -> Result<(), sqlx::Error> {
        let sql = format!("SELECT pg_cancel_backend({process})");
        sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(&mut self.connection)
            .await
            .map(|_| ())
    }

    pub(super) async fn begin(&mut self, time: Duration) -> Result<(), sqlx::Error> {
        let sql = format!(
            "{}SET LOCAL statement_timeout = {};",
            self.begin,
            time.as_millis().max(1)
        );
        sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(&mut self.connection)
            .await
            .map(|_| ())
    }

    pub(super) async fn end(&mut self) -> Result<(), sqlx::Error> {
        sqlx::raw_sql("ROLLBACK")
            .execute(&mut self.connection)
            .await
            .map(|_| ())
    }

    /// A statement of our own, all its rows as texts.
    pub(super) async fn texts(&mut self, sql: String) -> Result<Texts, sqlx::Error> {
        let rows = sqlx::raw_sql(AssertSqlSafe(sql))
            .fetch_all(&mut self.connection)
            .await?;
        rows.iter()
            .map(|row| (0..row.len()).map(|index| text(row, index)).collect())
            .collect()
    }

    pub(super) async fn explain(&mut self, sql: &str) -> Result<(), sqlx::Error> {
        let sql = AssertSqlSafe(format!("EXPLAIN {sql}"));
        let query = sqlx::query(sql).persistent(false);
        self.connection.execute(query).await.map(|_| ())
    }

    /// Rows within limits, and whether the connection is still good.
    pub(super) async fn run(
        &mut self,
        sql: &str,
        limits: Limits,
    ) -> Result<(Rows, bool), sqlx::Error> {
        let cursor = format!("DECLARE deskhand NO SCROLL CURSOR FOR {sql}");
        let query = sqlx::query(AssertSqlSafe(cursor)).persistent(false);
        self.connection.execute(query).await?;
        let mut kept = Rows {
            columns: Vec::new(),
            rows: Vec::new(),
            truncated: false,
        };
        let mut bytes = 0;
        loop {
            let wanted = PORTION.min(limits.rows + 1 - kept.rows.len());
            let before = kept.rows.len();
            let fetch = AssertSqlSafe(format!("FETCH FORWARD {wanted} FROM deskhand"));
            let mut portion = sqlx::raw_sql(fetch).fetch(&mut self.connection);
            while let Some(row) = portion.try_next().await? {
                if kept.columns.is_empty() {
                    kept.columns = names(row.columns());
                }
                if kept.rows.len() >= limits.rows || bytes >= limits.bytes {
                    kept.truncated = true;
                    // What is left of the portion is not worth waiting for.
                    return Ok((
                        kept,
                        bytes < limits.bytes && portion.try_next().await?.is_none(),
                    ));
                }
                let cells = row_cells(&row)?;
                bytes += cells.iter().map(cells::size).sum::<usize>();
                kept.rows.push(cells);
            }
            drop(portion);
            if kept.rows.len() - before < wanted {
                break;
            }
        }
        if kept.columns.is_empty() {
            let statement = self
                .connection
                .prepare(AssertSqlSafe(sql.to_owned()).into_sql_str())
                .await?;
            kept.columns = names(statement.columns());
        }
        Ok((kept, true))
    }

    /// What an error means for the person.
    pub(super) fn meaning(&self, error: &sqlx::Error, time: Duration) -> SqlError {
        let Some(said) = error.as_database_error() else {
            return fault::lost(&self.server, error);
        };
        let message = said.message();
        match said.code().as_deref().unwrap_or_default() {
            "25006" => SqlError::NotReadOnly("writing".to_owned()),
            "42501" => SqlError::Failed(message.to_owned()),
            "57014" => SqlError::TooSlow(time),
            // Shut down, crashed, or thrown out.
            "57P01" | "57P02" | "57P03" | "25P03" => fault::lost(&self.server, message),
            code if code.starts_with("08") => fault::lost(&self.server, message),
            // The words that the rest of this crate knows a missing column by.
            "42703" => SqlError::Failed(missing_column(message)),
            _ => SqlError::Failed(message.to_owned()),
        }
    }
}

/// `column t.a does not exist`, `column "a" of relation "t" does not exist`.
fn missing_column(message: &str) -> String {
    let name = message
        .strip_prefix("column ")
        .and_then(|rest| rest.strip_suffix(" does not exist"));
    match name {
        Some(name) => format!("no such column: {}", name.replace('"', "")),
        None => message.to_owned(),
    }
}

fn options(address: &Address, password: Option<&SecretString>) -> PgConnectOptions {
    let mode = match address.encryption {
        Encryption::Never => PgSslMode::Disable,
        Encryption::Preferred => PgSslMode::Prefer,
        Encryption::Required => PgSslMode::Require,
        Encryption::Authority => PgSslMode::VerifyCa,
        Encryption::Identity => PgSslMode::VerifyFull,
    };
    let mut options = PgConnectOptions::new_without_pgpass()
        .port(address.port())
        .username(&address.user)
        .database(&address.database)
        .application_name("deskhand")
        .ssl_mode(mode)
        // What people ask is in no log.
        .disable_statement_logging();
    options = match address.host.starts_with('/') {
        true => options.socket(&address.host),
        false => options.host(&address.host),
    };
    if let Some(authority) = &address.authority {
        options = options.ssl_root_cert(authority);
    }
    match password {
        Some(password) => options.password(password.expose_secret()),
        None => options,
    }
}

/// Everything is set anew for each transaction, so that it holds behind a pooler as well.
fn begin(version: i32, is_all_powerful: bool) -> String {
    let mut sql = format!(
        "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;
         SET LOCAL default_transaction_read_only = on;
         SET LOCAL lock_timeout = {LOCK_MS};
         SET LOCAL idle_in_transaction_session_timeout = 60000;
         SET LOCAL standard_conforming_strings = on;
         SET LOCAL cursor_tuple_fraction = 1;
         SET LOCAL datestyle = 'ISO, YMD';
         SET LOCAL bytea_output = 'hex';"
    );
    if version >= 140_000 {
        // A query ends when the one who asked is gone, however he went.
        sql.push_str("SET LOCAL client_connection_check_interval = 1000;");
    }
    if is_all_powerful {
        sql.push_str("SET LOCAL ROLE pg_read_all_data;");
    }
    sql
}

fn names(columns: &[sqlx::postgres::PgColumn]) -> Vec<String> {
    columns
        .iter()
        .map(|column| column.name().to_owned())
        .collect()
}

fn text(row: &PgRow, index: usize) -> Result<Option<String>, sqlx::Error> {
    let value = row.try_get_raw(index)?;
    if value.is_null() {
        return Ok(None);
    }
    let bytes = value.as_bytes().map_err(sqlx::Error::Decode)?;
    Ok(Some(String::from_utf8_lossy(bytes).into_owned()))
}

fn number(row: &PgRow, index: usize) -> i32 {
    let text = text(row, index).ok().flatten();
    text.and_then(|text| text.parse().ok()).unwrap_or_default()
}

fn row_cells(row: &PgRow) -> Result<Vec<Cell>, sqlx::Error> {
    row.columns()
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let kind = column.type_info().oid().map_or(0, |oid| oid.0);
            Ok(match text(row, index)? {
                None => Cell::Null,
                Some(text) => cell(kind, text),
            })
        })
        .collect()
}

/// A value by the number of its type, as `pg_type.dat` of PostgreSQL assigns them for good.
fn cell(kind: u32, text: String) -> Cell {
    const BOOL: u32 = 16;
    const NUMERIC: u32 = 1700;
    match kind {
        // int8, int2, int4, oid
        20 | 21 | 23 | 26 => cells::integer(&text),
        // float4, float8
        700 | 701 => cells::real(&text),
        NUMERIC => cells::decimal(&text),
        BOOL if text == "t" => Cell::Text("true".to_owned()),
        BOOL => Cell::Text("false".to_owned()),
        _ => Cell::Text(text),
    }
}
