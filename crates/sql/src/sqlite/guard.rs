//! The fence: what a statement may do is decided by SQLite itself, not by looking at its text.
//!
//! Opening the file read-only is not enough: ATTACH of the same file by its path opens a door that
//! can write, `VACUUM INTO` copies the data out, and `PRAGMA query_only` can be switched off by
//! SQL. So an authorizer sees every action that a statement would take, while it is compiled, and
//! denies all but reading this file's own tables with a list of functions. Limits keep a statement
//! from eating the machine.
//!
//! Sources: SQLite's "Compile-Time Authorization Callbacks" and "Defense Against The Dark Arts".

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::{Connection, Result};

use super::schema::Schema;

/// What the authorizer refused last, in words.
#[derive(Clone, Default)]
pub(super) struct Refusals(Arc<Mutex<Option<String>>>);

impl Refusals {
    fn note(&self, what: String) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(what);
    }

    /// Takes the last refusal out.
    pub(super) fn take(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Bytes of one value, and of one row.
const VALUE_BYTES: i32 = 64 << 20;

/// Puts the fence around a connection. There is no way back.
pub(super) fn fence(connection: &Connection, schema: &Schema) -> Result<Refusals> {
    for (config, value) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, false),
        // A misspelt column in double quotes must be an error and not silently a text.
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
    ] {
        connection.set_db_config(config, value)?;
    }
    for (limit, value) in [
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_LENGTH, VALUE_BYTES),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 200_000),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 500),
        (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 100),
        (Limit::SQLITE_LIMIT_VDBE_OP, 250_000),
        (Limit::SQLITE_LIMIT_FUNCTION_ARG, 100),
        (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1_000),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
    ] {
        connection.set_limit(limit, value)?;
    }
    let refusals = Refusals::default();
    let (noted, readable) = (refusals.clone(), readable(schema));
    connection.authorizer(Some(move |context: AuthContext<'_>| {
        match refusal(&context, &readable) {
            None => Authorization::Allow,
            Some(what) => {
                noted.note(what);
                Authorization::Deny
            }
        }
    }))?;
    Ok(refusals)
}

/// Names that may be read, in lower case: what is in the file, its catalogue, and JSON as a table.
fn readable(schema: &Schema) -> HashSet<String> {
    let built_in = ["sqlite_master", "sqlite_schema", "json_each", "json_tree"];
    schema
        .readable
        .iter()
        .map(|name| name.to_lowercase())
        .chain(built_in.map(str::to_owned))
        .collect()
}

/// What is wrong with an action; nothing when it is mere reading.
fn refusal(context: &AuthContext<'_>, readable: &HashSet<String>) -> Option<String> {
    if let Some(name) = context.database_name
        && !matches!(name, "main" | "temp")
    {
        return Some(format!("the database {name}"));
    }
    match &context.action {
        AuthAction::Select | AuthAction::Recursive => None,
        AuthAction::Read { table_name, .. } => {
            let is_known = readable.contains(&table_name.to_lowercase());
            (!is_known).then(|| format!("reading {table_name}"))
        }
        AuthAction::Function { function_name } => {
            let name = function_name.to_lowercase();
            let is_known = FUNCTIONS.contains(&name.as_str());
            (!is_known).then(|| format!("the function {function_name}"))
        }
        // The full-text index asks this of itself to notice changes by others.
        AuthAction::Pragma {
            pragma_name: "data_version",
            pragma_value: None,
        } => None,
        other => Some(name_of(other)),
    }
}

/// The action in the words of SQL.
fn name_of(action: &AuthAction<'_>) -> String {
    match action {
        AuthAction::Insert { table_name } => format!("INSERT into {table_name}"),
        AuthAction::Update { table_name, .. } => format!("UPDATE of {table_name}"),
        AuthAction::Delete { table_name } => format!("DELETE from {table_name}"),
        AuthAction::Pragma { pragma_name, .. } => format!("PRAGMA {pragma_name}"),
        AuthAction::Attach { .. } => "ATTACH".to_owned(),
        AuthAction::Detach { .. } => "DETACH".to_owned(),
        AuthAction::Transaction { .. } | AuthAction::Savepoint { .. } => "a transaction".to_owned(),
        AuthAction::AlterTable { table_name, .. } => format!("ALTER of {table_name}"),
        AuthAction::Analyze { .. } => "ANALYZE".to_owned(),
        AuthAction::Reindex { .. } => "REINDEX".to_owned(),
        _ => "CREATE or DROP".to_owned(),
    }
}

/// Functions that compute from their arguments alone. What is not here (`load_extension`,
/// `fts3_tokenizer`, whatever a later SQLite brings) is refused until somebody has looked at it.
const FUNCTIONS: &[&str] = &[
    // core
    "abs",
    "changes",
    "char",
    "coalesce",
    "concat",
    "concat_ws",
    "format",
    "glob",
    "hex",
    "if",
    "ifnull",
    "iif",
    "instr",
    "length",
    "like",
    "likelihood",
    "likely",
    "lower",
    "ltrim",
    "match",
    "max",
    "min",
    "nullif",
    "octet_length",
    "printf",
    "quote",
    "random",
    "replace",
    "round",
    "rtrim",
    "sign",
    "soundex",
    "sqlite_version",
    "substr",
    "substring",
    "trim",
    "typeof",
    "unhex",
    "unicode",
    "unistr",
    "unlikely",
    "upper",
    "zeroblob",
    // dates
    "date",
    "time",
    "datetime",
    "julianday",
    "unixepoch",
    "strftime",
    "timediff",
    "current_date",
    "current_time",
    "current_timestamp",
    // aggregates
    "avg",
    "count",
    "group_concat",
    "median",
    "percentile",
    "percentile_cont",
    "percentile_disc",
    "string_agg",
    "sum",
    "total",
    // windows
    "row_number",
    "rank",
    "dense_rank",
    "percent_rank",
    "cume_dist",
    "ntile",
    "lag",
    "lead",
    "first_value",
    "last_value",
    "nth_value",
    // mathematics
    "acos",
    "acosh",
    "asin",
    "asinh",
    "atan",
    "atan2",
    "atanh",
    "ceil",
    "ceiling",
    "cos",
    "cosh",
    "degrees",
    "exp",
    "floor",
    "ln",
    "log",
    "log10",
    "log2",
    "mod",
    "pi",
    "pow",
    "power",
    "radians",
    "sin",
    "sinh",
    "sqrt",
    "tan",
    "tanh",
    "trunc",
    // JSON
    "->",
    "->>",
    "json",
    "json_array",
    "json_array_length",
    "json_error_position",
    "json_extract",
    "json_group_array",
    "json_group_object",
    "json_object",
    "json_patch",
    "json_pretty",
    "json_quote",
    "json_remove",
    "json_replace",
    "json_set",
    "json_type",
    "json_valid",
    "json_insert",
    "jsonb",
    "jsonb_extract",
    // full text
    "bm25",
    "highlight",
    "snippet",
];
