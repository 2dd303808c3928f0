//! Models and downloads as the window and the command line show them.

use assistant::description::Localized;
use model::ModelId;
use model::catalogue::Entry;
use model::download::{Progress, Source};
use serde::{Deserialize, Serialize};

/// A model as people choose it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ModelInfo {
    /// Its name in Deskhand.
    pub id: ModelId,
    /// Its name for people.
    pub title: String,
    /// SPDX name of its licence.
    pub licence: String,
    /// Size of its file in bytes.
    #[specta(type = u32)]
    pub bytes: f64,
    /// Whether the file is on this machine.
    pub present: bool,
    /// Whether it answers when nobody chose.
    pub is_default: bool,
    /// Whether the person brought it, so that it cannot be downloaded again.
    pub imported: bool,
    /// Memory that it takes in bytes, where that is known.
    #[specta(type = Option<u32>)]
    pub memory_bytes: Option<f64>,
    /// What it is good for, where that is known.
    pub good_for: Option<Localized>,
}

impl ModelInfo {
    /// A model with a file.
    pub(super) fn of_file(entry: Entry, present: bool, imported: bool, default: &ModelId) -> Self {
        Self {
            is_default: entry.id == *default,
            id: entry.id,
            title: entry.title,
            licence: entry.licence,
            bytes: in_javascript(entry.bytes),
            present,
            imported,
            memory_bytes: entry
                .memory_mb
                .map(|megabytes| f64::from(megabytes) * 1_000_000.0),
            good_for: entry.good_for.map(|words| Localized {
                en: words.en,
                zh_hant: words.zh_hant,
                zh_hans: words.zh_hans,
            }),
        }
    }

    /// A model of a service: there is no file, and only the service knows more of it.
    pub(super) fn elsewhere(id: ModelId, default: &ModelId) -> Self {
        Self {
            is_default: id == *default,
            title: id.0.clone(),
            id,
            licence: String::new(),
            bytes: 0.0,
            present: true,
            imported: false,
            memory_bytes: None,
            good_for: None,
        }
    }

    /// Size of its file. JavaScript has no whole numbers, but holds those of this size exactly.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it was made from a u64 far below 2^53"
    )]
    pub fn byte_count(&self) -> u64 {
        self.bytes as u64
    }
}

/// How far a download or a verification is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct PullProgress {
    /// Bytes that are done.
    #[specta(type = u32)]
    pub done: f64,
    /// Bytes in all.
    #[specta(type = u32)]
    pub total: f64,
    /// Where they come from.
    pub source: PullSource,
}

/// Where the bytes of a model come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum PullSource {
    /// The maker's repository.
    Official,
    /// Pieces from the Python package index.
    Packages,
    /// Nowhere: the file is here, and is being checked or copied.
    Check,
}

impl PullProgress {
    /// Bytes that are done.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it was made from a u64 far below 2^53"
    )]
    pub fn done_bytes(&self) -> u64 {
        self.done as u64
    }
}

impl From<Progress> for PullProgress {
    fn from(progress: Progress) -> Self {
        Self {
            done: in_javascript(progress.done),
            total: in_javascript(progress.total),
            source: match progress.source {
                Source::Official => PullSource::Official,
                Source::Packages => PullSource::Packages,
                Source::Check => PullSource::Check,
            },
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "sizes of files are far below 2^53"
)]
fn in_javascript(bytes: u64) -> f64 {
    bytes as f64
}
