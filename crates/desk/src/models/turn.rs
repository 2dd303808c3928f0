//! Whose turn it is to decode.
//!
//! One answer is decoded at a time: two decodes on the same cores were measured to be four times
//! slower each, because their threads wait by spinning. That holds for two programs as much as for
//! two windows, so whoever decodes holds the lock of a file; the system lets go of it when a
//! program dies. Models elsewhere decode on cores of their own and wait for nobody here.

use std::fs::{File, TryLockError};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use directories::BaseDirs;
use model::local::LocalModel;
use model::{Answers, Candidates, Completion, Model, ModelError, ModelId, Pieces, Prompt};
use tokio::sync::{AcquireError, Semaphore, SemaphorePermit};
use tokio_util::sync::CancellationToken;

/// The file whose lock gives the right to decode. It belongs to the machine and not to a folder of
/// models or data: every Deskhand of this user shares the same cores.
pub(super) fn decoding_lock() -> PathBuf {
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
pub(super) struct OneAtATime {
    pub(super) model: Arc<LocalModel>,
    pub(super) turn: Arc<Semaphore>,
    pub(super) lock: PathBuf,
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
