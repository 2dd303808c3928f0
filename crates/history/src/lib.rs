//! History: every run in one SQLite file, from its first moment on.
//!
//! What it is: the file and its schema ([`History::open`]), the recorder that a run writes to
//! (`History` implements [`assistant::driver::Record`]), and the questions that are asked of past
//! runs ([`History::find`], [`History::show`]); runs as a whole, to be carried away and brought back
//! ([`KeptRun`]); tags, what was spent, and forgetting what is old.
//!
//! What it is not: it does not carry runs out, does not export them and knows no assistant; a
//! report is kept and given back as it is. Only this crate knows that there is a database, so that
//! its schema can change without anybody else.
//!
//! Several processes may have the same history open (the window, the command line, a batch). Each
//! holds an operating system lock while it lives; a run whose process is gone was interrupted, and
//! the next one to open the history says so ([`History::settle_interrupted`]).

mod decode;
mod error;
mod find;
mod found;
mod interrupted;
mod kept;
mod owner;
mod pairs;
mod queries;
mod record;
mod spent;
mod store;
mod tags;
mod text;
mod upkeep;
mod wanted;

use std::sync::{Mutex, PoisonError};

use assistant::RunId;
use ulid::{Generator, Ulid};

pub use error::HistoryError;
pub use find::RunSummary;
pub use found::{Found, Piece};
pub use kept::{KeptRun, KeptStep, Taken};
pub use queries::RunRecord;
pub use spent::{Spent, SpentBy};
pub use store::History;
pub use tags::TagCount;
pub use wanted::Wanted;

/// A name for a new run, greater than every other that this process has made.
#[must_use]
pub fn new_run_id() -> RunId {
    RunId(new_ulid().to_string())
}

fn new_ulid() -> Ulid {
    static GENERATOR: Mutex<Generator> = Mutex::new(Generator::new());
    GENERATOR
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .generate()
        // Only after 2^80 names in one millisecond.
        .unwrap_or_else(|_| Ulid::new())
}

/// Now, in the form in which every time is kept: ISO 8601 in UTC with milliseconds.
fn now() -> String {
    format!("{:.3}", jiff::Timestamp::now())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_runs_grow() {
        let names: Vec<RunId> = (0..10_000).map(|_| new_run_id()).collect();
        assert!(names.is_sorted());
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
        assert!(names.iter().all(|name| name.0.len() == 26));
    }

    #[test]
    fn times_sort_as_texts() {
        let time = now();
        assert_eq!(time.len(), "2026-01-01T00:00:00.000Z".len(), "{time}");
        assert!(time.ends_with('Z'));
    }
}
