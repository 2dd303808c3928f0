//! One database on a PostgreSQL, MySQL or MariaDB server, asked for reading and for nothing else.
//!
//! Three things keep it so, each by itself: [`guard`] admits only queries whose every part is known
//! to be harmless; the statement goes alone, prepared, into a transaction that the server holds to
//! be READ ONLY; and an all-powerful user of PostgreSQL lays its powers down in it. They hold for a
//! user who may write, too. A user who may only read is still the better choice.
//!
//! A statement ends at the server when its time is over or the person stops it, by a second
//! connection that cancels it there. The server's own clock is set as well.

mod address;
mod catalogue;
mod cells;
mod fault;
mod functions;
mod guard;
mod mysql;
mod postgres;
mod search;
mod wire;

use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

pub use address::{Address, Encryption, Engine};

use crate::SqlError;
use crate::sqlite::{Limits, Mention, Presence, Rows, Schema};
use guard::Guard;
use wire::{Found, Job, Wire};

/// Rows of a statement of our own.
type Texts = Vec<Vec<Option<String>>>;

/// How much longer than the server's own clock this side waits.
const GRACE: Duration = Duration::from_millis(300);

/// How long a stop is waited for; it goes on afterwards.
const STOP_PATIENCE: Duration = Duration::from_secs(2);

/// A database that is open, and what is in it.
#[derive(Clone)]
pub struct Server {
    link: Arc<Link>,
    schema: Arc<Schema>,
    catalogue: Arc<catalogue::Catalogue>,
    guard: Arc<Guard>,
}

/// The way to the server, with a connection when there is one that may be used again.
struct Link {
    address: Address,
    password: Option<SecretString>,
    idle: Mutex<Option<Wire>>,
}

impl Server {
    /// Connects and reads the schema.
    ///
    /// # Errors
    /// When the server cannot be reached or does not let us in, or the database has no tables.
    pub async fn open(
        address: Address,
        password: Option<SecretString>,
        cancel: &CancellationToken,
    ) -> Result<Self, SqlError> {
        let link = Link {
            address,
            password,
            idle: Mutex::new(None),
        };
        let catalogue = catalogue::read(&link, cancel).await?;
        if catalogue.tables.is_empty() {
            return Err(SqlError::Empty(link.address.to_string()));
        }
        let engine = link.address.engine;
        Ok(Self {
            schema: Arc::new(catalogue.schema(&link, cancel).await?),
            guard: Arc::new(Guard::new(engine, catalogue.names())),
            catalogue: Arc::new(catalogue),
            link: Arc::new(link),
        })
    }

    /// What is in the database.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The same, to write the person's own words into.
    pub(crate) fn schema_mut(&mut self) -> &mut Schema {
        Arc::make_mut(&mut self.schema)
    }

    /// The dialect that statements are written in: `postgres` or `mysql`.
    #[must_use]
    pub fn dialect(&self) -> &'static str {
        match self.link.address.engine {
            Engine::Postgres => "postgres",
            Engine::MySql => "mysql",
        }
    }

    /// Lets the server compile the statement without running it.
    ///
    /// # Errors
    /// When it is not one statement that only reads, or names something that is not there.
    pub async fn explain(&self, sql: &str) -> Result<(), SqlError> {
        let job = Job::Explain(self.guard.admit(sql)?);
        let limits = Limits {
            time: Duration::from_secs(10),
            ..Limits::default()
        };
        let never = CancellationToken::new();
        self.link.attempt(&job, limits, &never).await.map(|_| ())
    }

    /// Runs a statement within limits.
    ///
    /// # Errors
    /// As [`Self::explain`], and when it fails while running, takes too long or is cancelled, or
    /// the server goes away.
    pub async fn run(
        &self,
        sql: &str,
        limits: Limits,
        cancel: &CancellationToken,
    ) -> Result<Rows, SqlError> {
        let job = Job::Run(self.guard.admit(sql)?);
        match self.link.attempt(&job, limits, cancel).await? {
            Found::Rows(rows) => Ok(rows),
            _ => Err(SqlError::Internal("a query gave no rows".to_owned())),
        }
    }

    /// Looks for a text in a column of text.
    ///
    /// # Errors
    /// Only when the person stopped it or the server is gone.
    pub async fn lookup(
        &self,
        table: &str,
        column: &str,
        text: &str,
        cancel: &CancellationToken,
    ) -> Result<Presence, SqlError> {
        search::lookup(&self.link, &self.catalogue, (table, column), text, cancel).await
    }

    /// Values of the data that a question mentions.
    ///
    /// # Errors
    /// Only when the person stopped it or the server is gone.
    pub async fn mentions(
        &self,
        question: &str,
        cancel: &CancellationToken,
    ) -> Result<Vec<Mention>, SqlError> {
        search::mentions(&self.link, &self.catalogue, &self.schema, question, cancel).await
    }
}

impl Link {
    /// Rows of a statement of our own.
    async fn texts(
        &self,
        sql: String,
        time: Duration,
        cancel: &CancellationToken,
    ) -> Result<Texts, SqlError> {
        let limits = Limits {
            time,
            ..Limits::default()
        };
        match self.attempt(&Job::Texts(sql), limits, cancel).await? {
            Found::Texts(texts) => Ok(texts),
            _ => Err(SqlError::Internal("a query gave no texts".to_owned())),
        }
    }

    /// Does a job on the idle connection, or on a new one where that has gone stale.
    async fn attempt(
        &self,
        job: &Job,
        limits: Limits,
        cancel: &CancellationToken,
    ) -> Result<Found, SqlError> {
        let mut idle = tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(SqlError::Cancelled),
            idle = self.idle.lock() => idle,
        };
        if let Some(mut wire) = idle.take() {
            let found = self.limited(&mut wire, job, limits, cancel).await;
            let is_stale = matches!(found, Err(SqlError::Lost { .. })) && !wire.has_begun;
            if !is_stale {
                *idle = self.settled(wire, &found).await;
                return found;
            }
        }
        let mut wire = tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(SqlError::Cancelled),
            wire = Wire::connect(&self.address, self.password.as_ref()) => wire?,
        };
        let found = self.limited(&mut wire, job, limits, cancel).await;
        *idle = self.settled(wire, &found).await;
        found
    }

    async fn limited(
        &self,
        wire: &mut Wire,
        job: &Job,
        limits: Limits,
        cancel: &CancellationToken,
    ) -> Result<Found, SqlError> {
        let outcome = tokio::select! {
            biased;
            () = cancel.cancelled() => Err(SqlError::Cancelled),
            () = tokio::time::sleep(limits.time + GRACE) => Err(SqlError::TooSlow(limits.time)),
            found = wire.work(job, limits) => return found,
        };
        // It was left in the middle.
        wire.is_good = false;
        outcome
    }

    /// What may be used again of a connection; one that is still at work is stopped at the server.
    async fn settled(&self, mut wire: Wire, found: &Result<Found, SqlError>) -> Option<Wire> {
        if wire.is_good {
            if found.is_err() {
                wire.end().await;
            }
            return wire.is_good.then_some(wire);
        }
        if !matches!(found, Err(SqlError::Lost { .. })) {
            let (address, password) = (self.address.clone(), self.password.clone());
            let stop = tokio::spawn(async move { wire.stop(&address, password.as_ref()).await });
            // It goes on by itself where this gives up.
            let _: Result<_, _> = tokio::time::timeout(STOP_PATIENCE, stop).await;
        }
        None
    }
}
