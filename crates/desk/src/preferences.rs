//! What the window shows of the settings that hold for every run, and changes in them.
//!
//! Looks and language are not here: they are the window's own and need no rules.

use assistant::Fault;
use history::Wanted;
use serde::{Deserialize, Serialize};

use crate::Desk;

/// The settings of this desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SettingsInfo {
    /// Minutes after which a model that nobody asks is unloaded; 0 keeps it.
    pub idle_minutes: u32,
    /// Whether the person has still to choose how to begin.
    pub first_start: bool,
}

impl Desk {
    /// The settings as they are now.
    ///
    /// # Errors
    /// When they or the history cannot be read.
    pub async fn settings_info(&self) -> Result<SettingsInfo, Fault> {
        Ok(SettingsInfo {
            idle_minutes: self.settings.idle_minutes()?,
            first_start: self.is_first_start().await?,
        })
    }

    /// Sets after how many minutes a model that nobody asks is unloaded; 0 keeps it.
    ///
    /// # Errors
    /// When that is longer than a day, or the settings cannot be written.
    pub fn set_idle_minutes(&self, minutes: u32) -> Result<(), Fault> {
        self.settings.set_idle_minutes(minutes)
    }

    /// Remembers that the person has chosen how to begin.
    ///
    /// # Errors
    /// When the settings cannot be written.
    pub fn begin_work(&self) -> Result<(), Fault> {
        self.settings.begin()
    }

    /// Whoever has run something, on the command line or with an earlier version, has begun.
    async fn is_first_start(&self) -> Result<bool, Fault> {
        if self.settings.has_begun()? {
            return Ok(false);
        }
        let runs = self.history.find(&Wanted::default(), 1, None).await?;
        Ok(runs.is_empty())
    }
}
