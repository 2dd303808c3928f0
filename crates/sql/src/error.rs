//! What can go wrong between a statement and its rows.

use std::path::PathBuf;
use std::time::Duration;

use assistant::{Code, Fault};

/// Why a database could not be opened or a statement gave no rows.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SqlError {
    /// There is no such file.
    #[error("there is no file {}", .0.display())]
    NoFile(PathBuf),
    /// The file cannot be read.
    #[error("{} cannot be read: {detail}", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        detail: String,
    },
    /// The file is something else, or damaged.
    #[error("{} is not an SQLite database: {detail}", path.display())]
    NotADatabase {
        /// Which file.
        path: PathBuf,
        /// What SQLite said.
        detail: String,
    },
    /// There is nothing to ask about in this file, or on this server.
    #[error("{0} has no tables")]
    Empty(String),
    /// A server's address makes no sense.
    #[error("the address is not usable: {0}")]
    BadAddress(&'static str),
    /// Nobody answers there, or not in time.
    #[error("the database server {server} cannot be reached: {detail}")]
    Unreachable {
        /// Which server, without a password.
        server: String,
        /// What the system said.
        detail: String,
    },
    /// The server answers and does not let us in.
    #[error("the database server {server} does not let us in: {detail}")]
    Refused {
        /// Which server, without a password.
        server: String,
        /// What the server said.
        detail: String,
    },
    /// The server went away in the middle.
    #[error("the connection to the database server {server} was lost: {detail}")]
    Lost {
        /// Which server, without a password.
        server: String,
        /// What the system said.
        detail: String,
    },
    /// Another program is writing to it.
    #[error("{} is locked by another program", .0.display())]
    Locked(PathBuf),
    /// It is not one statement that reads.
    #[error("{0}")]
    NotOneQuery(String),
    /// The database refused it because it would do more than read.
    #[error("only reading is allowed: {0}")]
    NotReadOnly(String),
    /// The database could not make sense of it, or failed while running it.
    #[error("{0}")]
    Failed(String),
    /// It took too long.
    #[error("the query was stopped after {} seconds", .0.as_secs())]
    TooSlow(Duration),
    /// The person stopped it.
    #[error("cancelled")]
    Cancelled,
    /// A mistake of ours.
    #[error("{0}")]
    Internal(String),
}

fn of_server(code: Code, words: &str, server: String, detail: String) -> Fault {
    let sentence = words.replacen("the ", "The ", 1);
    Fault::new(code, format!("{sentence}."))
        .with("server", server)
        .with("detail", detail)
}

impl From<SqlError> for Fault {
    #[expect(
        clippy::too_many_lines,
        reason = "a table with one row for each error, best read in one piece"
    )]
    fn from(error: SqlError) -> Self {
        let words = error.to_string();
        match error {
            SqlError::NoFile(path) => Self::new(
                Code::FileNotFound,
                format!("There is no file at {}.", path.display()),
            )
            .with("path", path.display()),
            SqlError::Unreadable { path, detail } => Self::new(
                Code::FileUnreadable,
                format!("{} cannot be read: {detail}.", path.display()),
            )
            .with("path", path.display())
            .with("detail", detail),
            SqlError::NotADatabase { path, detail } => Self::new(
                Code::DatabaseInvalid,
                format!(
                    "{} is not an SQLite database, or it is damaged.",
                    path.display()
                ),
            )
            .with("path", path.display())
            .with("detail", detail),
            SqlError::Empty(place) => Self::new(
                Code::DatabaseEmpty,
                format!("The database {place} has no tables to ask about."),
            )
            .with("path", place),
            SqlError::BadAddress(detail) => Self::new(
                Code::InputInvalid,
                format!("The address of the database is not usable: {detail}."),
            )
            .with("detail", detail),
            SqlError::Unreachable { server, detail } => {
                of_server(Code::ServerUnreachable, &words, server, detail)
            }
            SqlError::Refused { server, detail } => {
                of_server(Code::ServerRefused, &words, server, detail)
            }
            SqlError::Lost { server, detail } => {
                of_server(Code::ServerLost, &words, server, detail)
            }
            SqlError::Locked(path) => Self::new(
                Code::DatabaseLocked,
                format!(
                    "Another program is using {} right now: close it there and try again.",
                    path.display()
                ),
            )
            .with("path", path.display()),
            SqlError::NotOneQuery(detail) | SqlError::Failed(detail) => Self::new(
                Code::QueryFailed,
                format!("The database could not answer: {detail}."),
            )
            .with("detail", detail),
            SqlError::NotReadOnly(detail) => Self::new(
                Code::QueryNotReadOnly,
                format!("Deskhand only reads: {detail} is not allowed. Nothing was changed."),
            )
            .with("detail", detail),
            SqlError::TooSlow(limit) => Self::new(
                Code::QueryTooSlow,
                format!("The query was stopped after {} seconds.", limit.as_secs()),
            )
            .with("seconds", limit.as_secs()),
            SqlError::Cancelled => Self::cancelled(),
            SqlError::Internal(_) => {
                Self::new(Code::Internal, "Something went wrong inside Deskhand.")
                    .with("detail", words)
            }
        }
    }
}
