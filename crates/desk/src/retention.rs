//! How long runs are kept: for ever, unless the person says otherwise.
//!
//! The rule is in `history.toml` in the data folder. What is pinned stays whatever the rule is, and what
//! is forgotten goes a little at a time, so that nobody waits for it.

use assistant::{Code, Fault};
use history::History;
use jiff::{Timestamp, ToSpan as _};
use serde::{Deserialize, Serialize};

use crate::toml_file::TomlFile;
use crate::{Desk, Folders};

/// The fewest days that runs are kept: a slip of the finger must not empty a history.
const LEAST_DAYS: u32 = 7;

/// More than anybody means.
const MOST_DAYS: u32 = 36_500;

/// Runs that are forgotten at a time.
const BATCH: u32 = 200;

/// The file as it is written.
#[derive(Default, Serialize, Deserialize)]
struct Written {
    /// Days after which a run that is not pinned is forgotten; absent, runs are kept for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    keep_days: Option<u32>,
    #[serde(flatten)]
    others: toml::Table,
}

/// The rule of one data folder.
pub(crate) struct Retention(TomlFile<Written>);

impl Retention {
    pub(crate) fn new(folders: &Folders) -> Self {
        Self(TomlFile::at(folders.data().join("history.toml")))
    }
}

impl Desk {
    /// Days after which a run that is not pinned is forgotten; nothing when runs are kept for ever.
    ///
    /// # Errors
    /// When the rule cannot be read.
    pub fn keep_days(&self) -> Result<Option<u32>, Fault> {
        Ok(self.retention.0.read()?.keep_days)
    }

    /// Sets that rule, or gives it up. Nothing is forgotten before [`Desk::tidy`].
    ///
    /// # Errors
    /// When it would be less than a week, or cannot be written.
    pub fn set_keep_days(&self, days: Option<u32>) -> Result<(), Fault> {
        if let Some(days) = days.filter(|days| !(LEAST_DAYS..=MOST_DAYS).contains(days)) {
            return Err(Fault::new(
                Code::InputInvalid,
                format!("Runs can be kept for {LEAST_DAYS} to {MOST_DAYS} days, not for {days}."),
            )
            .with("input", "days")
            .with("value", days)
            .with("wanted", "number"));
        }
        self.retention.0.change(|written| {
            written.keep_days = days;
            Ok(())
        })
    }

    /// Forgets what is older than the rule says, and says how many runs that were.
    ///
    /// # Errors
    /// When the rule cannot be read or the history cannot be written.
    pub async fn tidy(&self) -> Result<u64, Fault> {
        match self.keep_days()? {
            Some(days) => tidy(&self.history, Timestamp::now(), days).await,
            None => Ok(0),
        }
    }
}

async fn tidy(history: &History, now: Timestamp, days: u32) -> Result<u64, Fault> {
    // A rule that was written by hand is held to the same bounds.
    let days = days.clamp(LEAST_DAYS, MOST_DAYS);
    let Ok(moment) = now.checked_sub((i64::from(days) * 24).hours()) else {
        return Ok(0);
    };
    let mut sum = 0;
    loop {
        let gone = history.forget_before(moment, BATCH).await?;
        sum += gone;
        if gone < u64::from(BATCH) {
            return Ok(sum);
        }
        tokio::task::yield_now().await;
    }
}
