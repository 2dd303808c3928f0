//! A database of either kind, with the same questions to both.

use std::time::{Duration, Instant};

use assistant::artifact::Cell;
use tokio_util::sync::CancellationToken;

use crate::notes::Notes;
use crate::server::Server;
use crate::sqlite::{self, Limits, Mention, Presence, Rows, Schema};
use crate::{Place, SqlError};

/// Longest time to count the rows of one table, and of all.
const COUNTING: Duration = Duration::from_millis(300);
const COUNTING_ALL: Duration = Duration::from_secs(3);

/// A database that is open.
#[derive(Clone)]
pub enum Database {
    /// A file of SQLite.
    Sqlite(sqlite::Database),
    /// A database on a server.
    Server(Server),
}

impl Database {
    /// Opens it and reads its schema.
    ///
    /// # Errors
    /// When there is none, it cannot be reached or it has no tables.
    pub async fn open(place: Place, cancel: &CancellationToken) -> Result<Self, SqlError> {
        Ok(match place {
            Place::File(path) => Self::Sqlite(sqlite::Database::open(path, cancel).await?),
            Place::Server(address, password) => {
                Self::Server(Server::open(address, password, cancel).await?)
            }
        })
    }

    /// What is in it.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        match self {
            Self::Sqlite(database) => database.schema(),
            Self::Server(server) => server.schema(),
        }
    }

    /// Adds what a person wrote about it.
    pub fn annotate(&mut self, notes: &Notes) {
        notes.write_into(self.schema_mut());
    }

    /// Adds what its names are short for.
    pub fn expand(&mut self) {
        crate::expand::expand(self.schema_mut());
    }

    fn schema_mut(&mut self) -> &mut Schema {
        match self {
            Self::Sqlite(database) => database.schema_mut(),
            Self::Server(server) => server.schema_mut(),
        }
    }

    /// The dialect that statements are written in: `sqlite`, `postgres` or `mysql`.
    #[must_use]
    pub fn dialect(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "sqlite",
            Self::Server(server) => server.dialect(),
        }
    }

    /// How many rows each table has, in the order of the schema; nothing for those whose counting
    /// takes long.
    pub async fn row_counts(&self, cancel: &CancellationToken) -> Vec<Option<u32>> {
        let limits = Limits {
            time: COUNTING,
            ..Limits::default()
        };
        let began = Instant::now();
        let mut counts = Vec::new();
        for table in &self.schema().tables {
            let name = match self.dialect() {
                "mysql" => format!("`{}`", table.name.replace('`', "``")),
                _ => sqlite::quoted(&table.name),
            };
            let sql = format!("SELECT count(*) FROM {name}");
            let rows = match began.elapsed() < COUNTING_ALL {
                true => self.run(&sql, limits, cancel).await.ok(),
                false => None,
            };
            let first = rows.and_then(|rows| rows.rows.into_iter().flatten().next());
            counts.push(match first {
                Some(Cell::Integer(count)) => u32::try_from(count).ok(),
                _ => None,
            });
        }
        counts
    }

    /// Lets the database compile the statement without running it.
    ///
    /// # Errors
    /// When it is not one statement that only reads, or names something that is not there.
    pub async fn explain(&self, sql: &str) -> Result<(), SqlError> {
        match self {
            Self::Sqlite(database) => database.explain(sql).await,
            Self::Server(server) => server.explain(sql).await,
        }
    }

    /// Runs a statement within limits.
    ///
    /// # Errors
    /// As [`Self::explain`], and when it fails while running, takes too long or is cancelled.
    pub async fn run(
        &self,
        sql: &str,
        limits: Limits,
        cancel: &CancellationToken,
    ) -> Result<Rows, SqlError> {
        match self {
            Self::Sqlite(database) => database.run(sql, limits, cancel).await,
            Self::Server(server) => server.run(sql, limits, cancel).await,
        }
    }

    /// Looks for a text in a column.
    ///
    /// # Errors
    /// Only when the looking itself broke down.
    pub async fn lookup(
        &self,
        table: &str,
        column: &str,
        text: &str,
        cancel: &CancellationToken,
    ) -> Result<Presence, SqlError> {
        match self {
            Self::Sqlite(database) => database.lookup(table, column, text, cancel).await,
            Self::Server(server) => server.lookup(table, column, text, cancel).await,
        }
    }

    /// Values of the data that a question mentions.
    ///
    /// # Errors
    /// Only when the looking itself broke down.
    pub async fn mentions(
        &self,
        question: &str,
        cancel: &CancellationToken,
    ) -> Result<Vec<Mention>, SqlError> {
        match self {
            Self::Sqlite(database) => database.mentions(question, cancel).await,
            Self::Server(server) => server.mentions(question, cancel).await,
        }
    }
}
