//! What the errors of a connection mean. None of the words has a password in it: they are the
//! server's, the system's, or ours.

use std::time::Duration;

use super::address::{Address, Engine};
use super::mysql;
use crate::SqlError;

/// An error of a connection that was there.
pub(super) fn lost(server: &str, detail: impl ToString) -> SqlError {
    SqlError::Lost {
        server: server.to_owned(),
        detail: clause(&detail.to_string()),
    }
}

/// An error while a connection came about.
pub(super) fn not_connected(address: &Address, error: &sqlx::Error) -> SqlError {
    let server = address.to_string();
    let Some(said) = error.as_database_error() else {
        let detail = clause(&error.to_string());
        return match error {
            sqlx::Error::Configuration(_) | sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) => {
                SqlError::Refused { server, detail }
            }
            _ => SqlError::Unreachable { server, detail },
        };
    };
    let detail = clause(said.message());
    let is_starting_or_ending = match address.engine {
        Engine::Postgres => said.code().is_some_and(|code| code.starts_with("57P")),
        Engine::MySql => mysql::code(error) == 1053,
    };
    match is_starting_or_ending {
        true => SqlError::Unreachable { server, detail },
        false => SqlError::Refused { server, detail },
    }
}

/// Nobody answered in time.
pub(super) fn silent(address: &Address, time: Duration) -> SqlError {
    SqlError::Unreachable {
        server: address.to_string(),
        detail: format!("it did not answer within {} seconds", time.as_secs()),
    }
}

fn clause(words: &str) -> String {
    words.trim().trim_end_matches('.').to_owned()
}
