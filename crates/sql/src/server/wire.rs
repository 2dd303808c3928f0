//! One connection to a server of either kind.

use std::time::Duration;

use secrecy::SecretString;

use super::address::{Address, Engine};
use super::{Texts, fault, mysql, postgres};
use crate::SqlError;
use crate::sqlite::{Limits, Rows};

/// How long a connection may take to come about, and a stop to get through.
const PATIENCE: Duration = Duration::from_secs(10);

/// Something to be read.
pub(super) enum Job {
    /// Whether a guarded statement would run.
    Explain(String),
    /// The rows of a guarded statement.
    Run(String),
    /// The rows of a statement of our own, as texts.
    Texts(String),
}

/// What came of it.
pub(super) enum Found {
    Nothing,
    Rows(Rows),
    Texts(Texts),
}

enum Kind {
    Postgres(Box<postgres::Wire>),
    MySql(Box<mysql::Wire>),
}

pub(super) struct Wire {
    kind: Kind,
    /// Whether the present job had begun when it failed.
    pub has_begun: bool,
    /// Whether it may serve another job.
    pub is_good: bool,
}

/// The same call on whichever kind it is.
macro_rules! on_either {
    ($kind:expr, $wire:ident => $call:expr) => {
        match $kind {
            Kind::Postgres($wire) => $call,
            Kind::MySql($wire) => $call,
        }
    };
}

impl Wire {
    pub(super) async fn connect(
        address: &Address,
        password: Option<&SecretString>,
    ) -> Result<Self, SqlError> {
        let connecting = async {
            match address.engine {
                Engine::Postgres => postgres::Wire::connect(address, password)
                    .await
                    .map(|wire| Kind::Postgres(Box::new(wire))),
                Engine::MySql => mysql::Wire::connect(address, password)
                    .await
                    .map(|wire| Kind::MySql(Box::new(wire))),
            }
        };
        match tokio::time::timeout(PATIENCE, connecting).await {
            Ok(Ok(kind)) => Ok(Self {
                kind,
                has_begun: false,
                is_good: true,
            }),
            Ok(Err(error)) => Err(fault::not_connected(address, &error)),
            Err(_) => Err(fault::silent(address, PATIENCE)),
        }
    }

    /// Does a job in a transaction of its own that only reads.
    pub(super) async fn work(&mut self, job: &Job, limits: Limits) -> Result<Found, SqlError> {
        self.has_begun = false;
        let begun = on_either!(&mut self.kind, wire => wire.begin(limits.time).await);
        if let Err(error) = begun {
            return Err(self.failed(&error, limits.time));
        }
        self.has_begun = true;
        let found = match job {
            Job::Explain(sql) => {
                on_either!(&mut self.kind, wire => wire.explain(sql).await).map(|()| Found::Nothing)
            }
            Job::Run(sql) => on_either!(&mut self.kind, wire => wire.run(sql, limits).await).map(
                |(rows, is_good)| {
                    self.is_good &= is_good;
                    Found::Rows(rows)
                },
            ),
            Job::Texts(sql) => {
                on_either!(&mut self.kind, wire => wire.texts(sql.clone()).await).map(Found::Texts)
            }
        };
        let found = found.map_err(|error| self.failed(&error, limits.time))?;
        self.end().await;
        Ok(found)
    }

    /// Ends the transaction after an error that the connection survives.
    pub(super) async fn end(&mut self) {
        if self.is_good {
            let ended = on_either!(&mut self.kind, wire => wire.end().await);
            self.is_good = ended.is_ok();
        }
    }

    fn failed(&mut self, error: &sqlx::Error, time: Duration) -> SqlError {
        let meaning = on_either!(&self.kind, wire => wire.meaning(error, time));
        self.is_good &= !matches!(meaning, SqlError::Lost { .. });
        meaning
    }

    /// Ends at the server what this connection is doing there. The connection is kept until then,
    /// so that its number cannot have passed to another.
    pub(super) async fn stop(self, address: &Address, password: Option<&SecretString>) {
        let stopping = async {
            let helper = Self::connect(address, password).await?;
            match (&self.kind, helper.kind) {
                (Kind::Postgres(this), Kind::Postgres(mut helper)) => {
                    let stopped = helper.stop(this.process).await;
                    stopped.map_err(|error| helper.meaning(&error, PATIENCE))
                }
                (Kind::MySql(this), Kind::MySql(mut helper)) => {
                    let stopped = helper.stop(this.process).await;
                    stopped.map_err(|error| helper.meaning(&error, PATIENCE))
                }
                _ => Ok(()),
            }
        };
        // Where this fails, the server's own clock ends the statement.
        let _: Result<Result<(), SqlError>, _> = tokio::time::timeout(PATIENCE, stopping).await;
    }
}
