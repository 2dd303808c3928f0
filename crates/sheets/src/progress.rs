//! How far an import is, and whether it is still wanted.

use std::cell::Cell;
use std::time::{Duration, Instant};

use serde::Serialize;
use tokio_util::sync::CancellationToken;

use crate::SheetError;

/// At most twenty words a second.
const BETWEEN_WORDS: Duration = Duration::from_millis(50);

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Finding out what the file is and how its letters are encoded.
    Opening,
    /// Going through every row for the types of the columns.
    Surveying,
    /// Writing the database.
    Writing,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// Bytes of the file gone through, all passes together. It never falls.
    pub done: u64,
    /// What `done` will be at the end: the length of the file times the number of passes.
    pub total: u64,
    /// Rows gone through in this stage of the table at hand.
    pub rows: u64,
}

/// Tells the caller how far it is, and the work when to stop.
pub struct Watch<'a> {
    tell: &'a dyn Fn(Progress),
    cancel: &'a CancellationToken,
    told: Cell<Option<Instant>>,
    stage: Cell<Stage>,
    done: Cell<u64>,
    total: Cell<u64>,
    rows: Cell<u64>,
}

impl<'a> Watch<'a> {
    pub fn new(tell: &'a dyn Fn(Progress), cancel: &'a CancellationToken) -> Self {
        Self {
            tell,
            cancel,
            told: Cell::new(None),
            stage: Cell::new(Stage::Opening),
            done: Cell::new(0),
            total: Cell::new(0),
            rows: Cell::new(0),
        }
    }

    /// How much work there will be.
    pub fn expect(&self, total: u64) {
        self.total.set(total);
    }

    /// What begins now.
    pub fn enter(&self, stage: Stage) {
        if self.stage.replace(stage) != stage {
            self.rows.set(0);
        }
    }

    /// So many more bytes were read.
    pub fn bytes(&self, more: u64) -> Result<(), SheetError> {
        // Seeking readers read some bytes twice.
        let done = self.done.get() + more;
        self.done.set(done.min(self.total.get()));
        self.tick()
    }

    /// What is done is at least this.
    pub fn reach(&self, done: u64) {
        self.done
            .set(self.done.get().max(done).min(self.total.get()));
    }

    /// One more row was read. Looks up only now and then.
    pub fn row(&self) -> Result<(), SheetError> {
        self.rows.set(self.rows.get() + 1);
        if self.rows.get().is_multiple_of(256) {
            self.tick()?;
        }
        Ok(())
    }

    pub fn is_cancelled(&self) -> bool {
        self.cancel.is_cancelled()
    }

    /// Says how far it is if it is time to.
    ///
    /// # Errors
    /// [`SheetError::Cancelled`].
    pub fn tick(&self) -> Result<(), SheetError> {
        if self.cancel.is_cancelled() {
            return Err(SheetError::Cancelled);
        }
        let is_due = self
            .told
            .get()
            .is_none_or(|told| told.elapsed() >= BETWEEN_WORDS);
        if is_due {
            self.say();
        }
        Ok(())
    }

    /// All of it is done.
    pub fn finish(&self) {
        self.done.set(self.total.get());
        self.say();
    }

    fn say(&self) {
        self.told.set(Some(Instant::now()));
        (self.tell)(Progress {
            stage: self.stage.get(),
            done: self.done.get(),
            total: self.total.get(),
            rows: self.rows.get(),
        });
    }
}
