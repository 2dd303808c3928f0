//! One connection to MySQL or MariaDB.
//!
//! A statement is prepared, which the server does for one statement only. Its rows come in the
//! binary protocol and are streamed; where more come than are wanted, the connection is given up.

use std::time::Duration;

use assistant::artifact::Cell;
use futures_util::TryStreamExt;
use secrecy::{ExposeSecret, SecretString};
use sqlx::mysql::{MySql, MySqlConnectOptions, MySqlConnection, MySqlRow, MySqlSslMode};
use sqlx::{
    AssertSqlSafe, Column, ConnectOptions, Decode, Executor, Row, SqlSafeStr, Statement, Type,
    TypeInfo, ValueRef,
};

use super::address::{Address, Encryption};
use super::{Texts, cells, fault};
use crate::SqlError;
use crate::sqlite::{Limits, Rows};

/// How long to wait for a table that somebody else has locked, in seconds.
const LOCK_SECONDS: u32 = 5;

pub(super) struct Wire {
    connection: MySqlConnection,
    /// Number of this connection at the server.
    pub process: u64,
    is_mariadb: bool,
    pub server: String,
}

impl Wire {
    pub(super) async fn connect(
        address: &Address,
        password: Option<&SecretString>,
    ) -> Result<Self, sqlx::Error> {
        let mut connection = options(address, password).connect().await?;
        let row = sqlx::raw_sql("SELECT CONNECTION_ID(), VERSION()")
            .fetch_one(&mut connection)
            .await?;
        let process = text(&row, 0)?.and_then(|text| text.parse().ok());
        let version = text(&row, 1)?.unwrap_or_default();
        let is_mariadb = version.to_lowercase().contains("mariadb");
        let mut this = Self {
            connection,
            process: process.unwrap_or_default(),
            is_mariadb,
            server: address.to_string(),
        };
        this.settle().await?;
        Ok(this)
    }

    /// Settings that decide how a text is read, and that hold without a transaction too.
    async fn settle(&mut self) -> Result<(), sqlx::Error> {
        // MariaDB's own check of GROUP BY refuses honest queries.
        let grouping = if self.is_mariadb {
            ""
        } else {
            "ONLY_FULL_GROUP_BY,"
        };
        for sql in [
            format!("SET SESSION sql_mode = '{grouping}PIPES_AS_CONCAT,NO_ENGINE_SUBSTITUTION'"),
            "SET SESSION TRANSACTION READ ONLY".to_owned(),
            format!("SET SESSION lock_wait_timeout = {LOCK_SECONDS}"),
        ] {
            self.execute(sql).await?;
        }
        Ok(())
    }

    async fn execute(&mut self, sql: String) -> Result<(), sqlx::Error> {
        sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(&mut self.connection)
            .await
            .map(|_| ())
    }

    /// Ends what another connection is doing.
    pub(super) async fn stop(&mut self, process: u64) -> Result<(), sqlx::Error> {
        self.execute(format!("KILL QUERY {process}")).await
    }

    pub(super) async fn begin(&mut self, time: Duration) -> Result<(), sqlx::Error> {
        self.execute("ROLLBACK".to_owned()).await?;
        let limit = match self.is_mariadb {
            true => format!("max_statement_time = {:.3}", time.as_secs_f64().max(0.001)),
            false => format!("max_execution_time = {}", time.as_millis().max(1)),
        };
        match self.execute(format!("SET SESSION {limit}")).await {
            // Servers older than the setting: the clock on this side has to do.
            Err(error) if code(&error) == 1193 => {}
            other => other?,
        }
        self.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY".to_owned())
            .await
    }

    pub(super) async fn end(&mut self) -> Result<(), sqlx::Error> {
        self.execute("ROLLBACK".to_owned()).await
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

    /// Lets the server prepare the statement, which resolves every name and runs nothing: its
    /// EXPLAIN would run parts of it.
    pub(super) async fn explain(&mut self, sql: &str) -> Result<(), sqlx::Error> {
        self.columns(sql).await.map(|_| ())
    }

    async fn columns(&mut self, sql: &str) -> Result<Vec<String>, sqlx::Error> {
        let statement = self
            .connection
            .prepare(AssertSqlSafe(sql.to_owned()).into_sql_str())
            .await?;
        Ok(names(statement.columns()))
    }

    /// Rows within limits, and whether the connection is still good.
    pub(super) async fn run(
        &mut self,
        sql: &str,
        limits: Limits,
    ) -> Result<(Rows, bool), sqlx::Error> {
        self.execute(format!(
            "SET SESSION sql_select_limit = {}",
            limits.rows + 1
        ))
        .await?;
        let mut kept = Rows {
            columns: Vec::new(),
            rows: Vec::new(),
            truncated: false,
        };
        let mut bytes = 0;
        let query = sqlx::query(AssertSqlSafe(sql.to_owned())).persistent(false);
        let mut stream = self.connection.fetch(query);
        while let Some(row) = stream.try_next().await? {
            if kept.columns.is_empty() {
                kept.columns = names(row.columns());
            }
            if kept.rows.len() >= limits.rows || bytes >= limits.bytes {
                kept.truncated = true;
                // A limit of its own may let the statement go on for long.
                let is_over = bytes < limits.bytes && stream.try_next().await?.is_none();
                drop(stream);
                return Ok((kept, is_over && self.unlimited().await.is_ok()));
            }
            let cells = row_cells(&row)?;
            bytes += cells.iter().map(cells::size).sum::<usize>();
            kept.rows.push(cells);
        }
        drop(stream);
        self.unlimited().await?;
        if kept.columns.is_empty() {
            kept.columns = self.columns(sql).await?;
        }
        Ok((kept, true))
    }

    async fn unlimited(&mut self) -> Result<(), sqlx::Error> {
        self.execute("SET SESSION sql_select_limit = DEFAULT".to_owned())
            .await
    }

    /// What an error means for the person.
    pub(super) fn meaning(&self, error: &sqlx::Error, time: Duration) -> SqlError {
        let Some(said) = error.as_database_error() else {
            return fault::lost(&self.server, error);
        };
        let message = said.message();
        match code(error) {
            1792 | 1290 => SqlError::NotReadOnly("writing".to_owned()),
            1317 | 1969 | 3024 => SqlError::TooSlow(time),
            1053 | 1079 | 1152 | 1158..=1161 | 1184 | 1927 => fault::lost(&self.server, message),
            // The words that the rest of this crate knows a missing column by.
            1054 => SqlError::Failed(missing_column(message)),
            _ => SqlError::Failed(message.to_owned()),
        }
    }
}

/// The number of an error of the server; 0 for all others.
pub(super) fn code(error: &sqlx::Error) -> u16 {
    error
        .as_database_error()
        .and_then(|said| said.try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>())
        .map_or(0, sqlx::mysql::MySqlDatabaseError::number)
}

/// `Unknown column 't.a' in 'field list'`.
fn missing_column(message: &str) -> String {
    let name = message
        .strip_prefix("Unknown column '")
        .and_then(|rest| rest.split_once("' in "));
    match name {
        Some((name, _)) => format!("no such column: {name}"),
        None => message.to_owned(),
    }
}

fn options(address: &Address, password: Option<&SecretString>) -> MySqlConnectOptions {
    let mode = match address.encryption {
        Encryption::Never => MySqlSslMode::Disabled,
        Encryption::Preferred => MySqlSslMode::Preferred,
        Encryption::Required => MySqlSslMode::Required,
        Encryption::Authority => MySqlSslMode::VerifyCa,
        Encryption::Identity => MySqlSslMode::VerifyIdentity,
    };
    let mut options = MySqlConnectOptions::new()
        .username(&address.user)
        .database(&address.database)
        .ssl_mode(mode)
        // Dates are the server's own, as its other tools show them.
        .timezone(None)
        // What people ask is in no log.
        .disable_statement_logging();
    options = match address.host.starts_with('/') {
        true => options.socket(&address.host),
        false => options.host(&address.host).port(address.port()),
    };
    if let Some(authority) = &address.authority {
        options = options.ssl_ca(authority);
    }
    match password {
        Some(password) => options.password(password.expose_secret()),
        None => options,
    }
}

fn names(columns: &[sqlx::mysql::MySqlColumn]) -> Vec<String> {
    columns
        .iter()
        .map(|column| column.name().to_owned())
        .collect()
}

/// The bytes of a value as they came; nothing for NULL.
fn bytes(row: &MySqlRow, index: usize) -> Result<Option<&[u8]>, sqlx::Error> {
    let value = row.try_get_raw(index)?;
    if value.is_null() {
        return Ok(None);
    }
    <&[u8] as Decode<MySql>>::decode(value)
        .map(Some)
        .map_err(sqlx::Error::Decode)
}

fn text(row: &MySqlRow, index: usize) -> Result<Option<String>, sqlx::Error> {
    Ok(bytes(row, index)?.map(|bytes| String::from_utf8_lossy(bytes).into_owned()))
}

fn row_cells(row: &MySqlRow) -> Result<Vec<Cell>, sqlx::Error> {
    row.columns()
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let kind = column.type_info();
            let is_text = <str as Type<MySql>>::compatible(kind);
            Ok(match bytes(row, index)? {
                None => Cell::Null,
                Some(bytes) => cell(kind.name(), is_text, bytes),
            })
        })
        .collect()
}

/// A value of the binary protocol ("Binary Protocol Value" in MySQL's internals).
fn cell(kind: &str, is_text: bool, bytes: &[u8]) -> Cell {
    let lossy = || String::from_utf8_lossy(bytes).into_owned();
    let is_unsigned = kind.ends_with("UNSIGNED");
    match kind.trim_end_matches(" UNSIGNED") {
        "BOOLEAN" | "TINYINT" | "SMALLINT" | "MEDIUMINT" | "INT" | "BIGINT" => {
            whole(bytes, is_unsigned)
        }
        "YEAR" => whole(bytes, true),
        "FLOAT" => match bytes.try_into() {
            Ok(bytes) => cells::real(&f32::from_le_bytes(bytes).to_string()),
            Err(_) => Cell::Null,
        },
        "DOUBLE" => match bytes.try_into() {
            Ok(bytes) => Cell::Real(f64::from_le_bytes(bytes)),
            Err(_) => Cell::Null,
        },
        "DECIMAL" => cells::decimal(&lossy()),
        "BIT" => {
            let value = bytes
                .iter()
                .take(8)
                .fold(0_u64, |value, byte| value << 8 | u64::from(*byte));
            cells::integer(&value.to_string())
        }
        kind @ ("DATE" | "DATETIME" | "TIMESTAMP") => Cell::Text(date(kind, bytes)),
        "TIME" => Cell::Text(time(bytes)),
        "ENUM" | "SET" | "JSON" => Cell::Text(lossy()),
        _ if is_text => Cell::Text(lossy()),
        _ => Cell::Text(crate::sqlite::blob_literal(bytes)),
    }
}

/// A whole number in little endian, of as many bytes as its type has.
fn whole(bytes: &[u8], is_unsigned: bool) -> Cell {
    let is_negative = !is_unsigned && bytes.last().is_some_and(|last| last & 0x80 != 0);
    let mut wide = [if is_negative { 0xff } else { 0 }; 8];
    for (place, byte) in wide.iter_mut().zip(bytes) {
        *place = *byte;
    }
    if is_unsigned {
        cells::integer(&u64::from_le_bytes(wide).to_string())
    } else {
        Cell::Integer(i64::from_le_bytes(wide))
    }
}

/// A length, then year, month, day, hour, minute, second, microseconds, as far as they are not 0.
fn date(kind: &str, bytes: &[u8]) -> String {
    let at = |index: usize| bytes.get(index).copied().unwrap_or(0);
    let day = format!(
        "{:04}-{:02}-{:02}",
        u16::from_le_bytes([at(1), at(2)]),
        at(3),
        at(4)
    );
    if kind == "DATE" {
        return day;
    }
    let micros = u32::from_le_bytes([at(8), at(9), at(10), at(11)]);
    format!(
        "{day} {:02}:{:02}:{:02}{}",
        at(5),
        at(6),
        at(7),
        fraction(micros)
    )
}

/// A length, then a sign, days, hour, minute, second, microseconds.
fn time(bytes: &[u8]) -> String {
    let at = |index: usize| bytes.get(index).copied().unwrap_or(0);
    let days = u32::from_le_bytes([at(2), at(3), at(4), at(5)]);
    let micros = u32::from_le_bytes([at(9), at(10), at(11), at(12)]);
    format!(
        "{}{:02}:{:02}:{:02}{}",
        if at(1) == 1 { "-" } else { "" },
        u64::from(days) * 24 + u64::from(at(6)),
        at(7),
        at(8),
        fraction(micros)
    )
}

fn fraction(micros: u32) -> String {
    match micros {
        0 => String::new(),
        micros => format!(".{micros:06}"),
    }
}
