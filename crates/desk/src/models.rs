//! Which model answers, and whether its file is here.
//!
//! One model is loaded at a time and one answer is decoded at a time: two decodes on the same
//! cores were measured to be four times slower each, because their threads wait by spinning. That
//! holds for two programs as much as for two windows, so whoever decodes holds the lock of a file
//! beside the models; the system lets go of it when a program dies.

use std::fs::{File, TryLockError};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use assistant::Fault;
use async_trait::async_trait;
use directories::BaseDirs;
use model::catalogue::{Catalogue, Entry, ModelFolder};
use model::download::{self, Progress, Source};
use model::local::{LocalModel, LocalOptions, engine_path};
use model::{Answers, Candidates, Completion, Model, ModelError, ModelId, Pieces, Prompt};
use serde::{Deserialize, Serialize};
use tokio::sync::{AcquireError, Semaphore, SemaphorePermit};
use tokio_util::sync::CancellationToken;

use crate::Folders;

/// Tokens that a model keeps in mind. More costs memory and buys nothing for the presets there are.
const CONTEXT: u32 = 8_192;

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
}

impl ModelInfo {
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
    /// Nowhere: the file that is here is being checked.
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

/// The models there are.
pub struct Models {
    catalogue: &'static Catalogue,
    folder: ModelFolder,
    log: PathBuf,
    prefixes: PathBuf,
    chosen: ModelId,
    loaded: Mutex<Option<Arc<LocalModel>>>,
    turn: Arc<Semaphore>,
}

impl Models {
    pub(crate) fn new(folders: &Folders, chosen: Option<ModelId>) -> Result<Self, Fault> {
        let catalogue = Catalogue::built_in();
        let chosen = chosen.unwrap_or_else(|| catalogue.default_id().clone());
        let models = Self {
            catalogue,
            folder: ModelFolder::of_user(),
            log: folders.logs().join("engine.log"),
            prefixes: folders.cache().join("prefixes"),
            chosen,
            loaded: Mutex::new(None),
            turn: Arc::new(Semaphore::new(1)),
        };
        models.entry(&models.chosen)?;
        Ok(models)
    }

    /// Every model of the catalogue.
    #[must_use]
    pub fn list(&self) -> Vec<ModelInfo> {
        self.catalogue
            .entries()
            .iter()
            .map(|entry| self.describe(entry))
            .collect()
    }

    /// One model; the one that answers by default when `id` is absent.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn info(&self, id: Option<&ModelId>) -> Result<ModelInfo, Fault> {
        Ok(self.describe(self.entry(id.unwrap_or(&self.chosen))?))
    }

    fn describe(&self, entry: &Entry) -> ModelInfo {
        ModelInfo {
            id: entry.id.clone(),
            title: entry.title.clone(),
            licence: entry.licence.clone(),
            bytes: in_javascript(entry.bytes),
            present: self.folder.is_present(entry),
            is_default: entry.id == self.chosen,
        }
    }

    fn entry(&self, id: &ModelId) -> Result<&'static Entry, ModelError> {
        self.catalogue
            .find(id)
            .ok_or_else(|| ModelError::Unknown(id.clone()))
    }

    /// A model to ask. Its file need not be there yet: that is found out when it is asked, so that
    /// what needs no model works without one.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn get(&self, id: Option<&ModelId>) -> Result<Arc<dyn Model>, Fault> {
        let entry = self.entry(id.unwrap_or(&self.chosen))?;
        Ok(Arc::new(OneAtATime {
            model: self.local(entry),
            turn: Arc::clone(&self.turn),
            lock: decoding_lock(),
        }))
    }

    /// The worker for a model. Another model's worker is told to go, to make room.
    fn local(&self, entry: &Entry) -> Arc<LocalModel> {
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(model) = &*loaded
            && *model.id() == entry.id
        {
            return Arc::clone(model);
        }
        let model = Arc::new(LocalModel::new(LocalOptions {
            id: entry.id.clone(),
            model_path: self.folder.path_of(entry),
            engine_path: engine_path(),
            context: CONTEXT.min(entry.context),
            prefixes: Some(self.prefixes.clone()),
            memory_limit: None,
            log: Some(self.log.clone()),
        }));
        if let Some(old) = loaded.replace(Arc::clone(&model)) {
            tokio::spawn(async move { old.shutdown().await });
        }
        model
    }

    /// Downloads a model's file, going on where an earlier try ended.
    ///
    /// # Errors
    /// When no source has it, the disk is full, or what came is not what was published.
    pub async fn pull(
        &self,
        id: &ModelId,
        progress: &(dyn Fn(PullProgress) + Send + Sync),
        cancel: &CancellationToken,
    ) -> Result<PathBuf, Fault> {
        let tell = |now: Progress| progress(now.into());
        Ok(download::pull(self.entry(id)?, &self.folder, &tell, cancel).await?)
    }

    /// Compares a file with the checksum that its maker published.
    ///
    /// # Errors
    /// When it is missing or differs.
    pub async fn verify(
        &self,
        id: &ModelId,
        progress: &(dyn Fn(PullProgress) + Send + Sync),
    ) -> Result<(), Fault> {
        let tell = |now: Progress| progress(now.into());
        Ok(download::verify(self.entry(id)?, &self.folder, &tell).await?)
    }

    /// Deletes a model's file.
    ///
    /// # Errors
    /// When it cannot be deleted.
    pub async fn remove(&self, id: &ModelId, cancel: &CancellationToken) -> Result<(), Fault> {
        self.unload().await;
        Ok(download::remove(self.entry(id)?, &self.folder, cancel).await?)
    }

    /// Ends the worker and frees its memory; the next question starts another.
    pub async fn unload(&self) {
        let loaded = self
            .loaded
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(model) = loaded {
            model.shutdown().await;
        }
    }
}

/// The file whose lock gives the right to decode. It belongs to the machine and not to a folder of
/// models or data: every Deskhand of this user shares the same cores.
fn decoding_lock() -> PathBuf {
    BaseDirs::new()
        .and_then(|folders| folders.runtime_dir().map(PathBuf::from))
        .filter(|folder| folder.is_dir())
        .unwrap_or_else(std::env::temp_dir)
        .join("deskhand-decoding.lock")
}

/// How often to look whether another program has finished decoding.
const LOCK_INTERVAL: Duration = Duration::from_millis(20);

/// The right to decode, in this program and on this machine.
type Turn<'a> = (Result<SemaphorePermit<'a>, AcquireError>, Option<File>);

/// A model that waits for its turn.
struct OneAtATime {
    model: Arc<LocalModel>,
    turn: Arc<Semaphore>,
    lock: PathBuf,
}

impl OneAtATime {
    /// Waits until nobody decodes, or until the caller has had enough.
    async fn turn_unless(&self, cancel: &CancellationToken) -> Result<Turn<'_>, ModelError> {
        tokio::select! {
            biased;
            () = cancel.cancelled() => Err(ModelError::Cancelled),
            turn = self.turn() => Ok(turn),
        }
    }

    /// Waits until nobody decodes, in this program or in another.
    async fn turn(&self) -> Turn<'_> {
        let turn = self.turn.acquire().await;
        // Where no lock can be had (a folder that is read-only or not there yet), being polite to
        // other programs is not worth refusing to work.
        let Ok(file) = File::create(&self.lock) else {
            return (turn, None);
        };
        while let Err(TryLockError::WouldBlock) = file.try_lock() {
            tokio::time::sleep(LOCK_INTERVAL).await;
        }
        (turn, Some(file))
    }
}

#[async_trait]
impl Model for OneAtATime {
    fn id(&self) -> &ModelId {
        self.model.id()
    }

    async fn generate(
        &self,
        prompt: &Prompt,
        sink: Pieces<'_>,
        cancel: &CancellationToken,
    ) -> Result<Completion, ModelError> {
        let _turn = self.turn_unless(cancel).await?;
        self.model.generate(prompt, sink, cancel).await
    }

    async fn generate_n(
        &self,
        prompt: &Prompt,
        which: Candidates,
        sink: Pieces<'_>,
        cancel: &CancellationToken,
    ) -> Result<Answers, ModelError> {
        let _turn = self.turn_unless(cancel).await?;
        self.model.generate_n(prompt, which, sink, cancel).await
    }

    async fn choose(
        &self,
        prompt: &Prompt,
        options: &[String],
        cancel: &CancellationToken,
    ) -> Result<Vec<f64>, ModelError> {
        let _turn = self.turn_unless(cancel).await?;
        self.model.choose(prompt, options, cancel).await
    }
}
