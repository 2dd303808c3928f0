//! Whose turn it is to decode.
//!
//! One answer is decoded at a time: two decodes on the same cores were measured to be four times
//! slower each, because their threads wait by spinning. That holds for two programs as much as for
//! two windows, so whoever decodes holds the lock of a file; the system lets go of it when a
//! program dies. Models elsewhere decode on cores of their own and wait for nobody here.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use directories::BaseDirs;
use model::local::LocalModel;
use model::{
    Answers, Candidates, Completion, Ending, Listener, Model, ModelError, ModelId, News, Prompt,
};
use tokio::sync::{AcquireError, Semaphore, SemaphorePermit};
use tokio_util::sync::CancellationToken;

/// How often to look whether another program has finished.
const LOCK_INTERVAL: Duration = Duration::from_millis(20);

/// Who goes first when several want to decode.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Priority {
    /// A person waits for the answer.
    #[default]
    Interactive,
    /// A long list that nobody looks at; it lets every person pass between two answers.
    Batch,
}

/// The files whose locks give the right to decode. They belong to the machine and not to a folder of
/// models or data: every Deskhand of this user shares the same cores.
#[derive(Debug, Clone)]
pub(super) struct Locks {
    /// Held by whoever decodes.
    decoding: PathBuf,
    /// Held by whoever is next. Without it the program that has just finished would take the
    /// decoding lock again before a waiting one looks, and nobody else would ever have a turn.
    next: PathBuf,
    /// Held, shared, by every program in which a person waits.
    people: PathBuf,
}

impl Locks {
    /// Those of this machine's user.
    pub(super) fn of_user() -> Self {
        let folder = BaseDirs::new()
            .and_then(|folders| folders.runtime_dir().map(PathBuf::from))
            .filter(|folder| folder.is_dir())
            .unwrap_or_else(std::env::temp_dir);
        Self::in_folder(&folder)
    }

    fn in_folder(folder: &Path) -> Self {
        Self {
            decoding: folder.join("deskhand-decoding.lock"),
            next: folder.join("deskhand-next.lock"),
            people: folder.join("deskhand-people.lock"),
        }
    }

    /// Waits until nobody decodes, telling once when there is somebody to wait for. Nothing where
    /// no lock can be had (a folder that is read-only or not there): being polite to other programs
    /// is not worth refusing to work.
    async fn take(&self, priority: Priority, waiting: &(dyn Fn() + Sync)) -> Option<File> {
        let _person = match priority {
            Priority::Interactive => shared(&self.people),
            Priority::Batch => {
                let alone = exclusive(&self.people, waiting).await;
                drop(alone);
                None
            }
        };
        let next = exclusive(&self.next, waiting).await;
        let decoding = exclusive(&self.decoding, waiting).await;
        drop(next);
        decoding
    }
}

/// A lock that others may share; nothing when somebody has it alone, which is for a moment only.
fn shared(path: &Path) -> Option<File> {
    let file = File::create(path).ok()?;
    file.try_lock_shared().ok()?;
    Some(file)
}

async fn exclusive(path: &Path, waiting: &(dyn Fn() + Sync)) -> Option<File> {
    let file = File::create(path).ok()?;
    while let Err(TryLockError::WouldBlock) = file.try_lock() {
        waiting();
        tokio::time::sleep(LOCK_INTERVAL).await;
    }
    Some(file)
}

/// The right to decode, in this program and on this machine.
type Turn<'a> = (Result<SemaphorePermit<'a>, AcquireError>, Option<File>);

/// A model that waits for its turn.
pub(super) struct OneAtATime {
    pub(super) model: Arc<LocalModel>,
    pub(super) turn: Arc<Semaphore>,
    pub(super) locks: Locks,
    pub(super) priority: Priority,
    /// After how long without a question the model is unloaded.
    pub(super) idle: Option<Duration>,
}

impl OneAtATime {
    /// Waits until nobody decodes, or until the caller has had enough.
    async fn turn_unless(
        &self,
        sink: Listener<'_>,
        cancel: &CancellationToken,
    ) -> Result<Turn<'_>, ModelError> {
        let told = AtomicBool::new(false);
        let waiting = || {
            if !told.swap(true, Ordering::Relaxed) {
                sink(News::Waiting);
            }
        };
        tokio::select! {
            biased;
            () = cancel.cancelled() => Err(ModelError::Cancelled),
            turn = self.turn(&waiting) => Ok(turn),
        }
    }

    /// Waits until nobody decodes, in this program or in another.
    async fn turn(&self, waiting: &(dyn Fn() + Sync)) -> Turn<'_> {
        if self.turn.available_permits() == 0 {
            waiting();
        }
        let turn = self.turn.acquire().await;
        (turn, self.locks.take(self.priority, waiting).await)
    }

    /// Has the model unloaded when nobody asks for a while.
    fn unload_later(&self) {
        let Some(idle) = self.idle else { return };
        let model = Arc::downgrade(&self.model);
        tokio::spawn(async move {
            // The last of the sleepers finds that nobody has asked meanwhile.
            tokio::time::sleep(idle).await;
            if let Some(model) = model.upgrade() {
                model.unload_if_idle(idle).await;
            }
        });
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
        sink: Listener<'_>,
        cancel: &CancellationToken,
    ) -> Result<Completion, ModelError> {
        let _turn = self.turn_unless(sink, cancel).await?;
        let answer = self.model.generate(prompt, sink, cancel).await;
        self.unload_later();
        answer
    }

    async fn generate_n(
        &self,
        prompt: &Prompt,
        which: Candidates,
        sink: Listener<'_>,
        cancel: &CancellationToken,
    ) -> Result<Answers, ModelError> {
        let _turn = self.turn_unless(sink, cancel).await?;
        let answer = self.model.generate_n(prompt, which, sink, cancel).await;
        self.unload_later();
        answer
    }

    async fn generate_each(
        &self,
        prompt: &Prompt,
        endings: &[Ending],
        sink: Listener<'_>,
        cancel: &CancellationToken,
    ) -> Result<Answers, ModelError> {
        let _turn = self.turn_unless(sink, cancel).await?;
        let answer = self
            .model
            .generate_each(prompt, endings, sink, cancel)
            .await;
        self.unload_later();
        answer
    }

    async fn choose(
        &self,
        prompt: &Prompt,
        options: &[String],
        cancel: &CancellationToken,
    ) -> Result<Vec<f64>, ModelError> {
        let _turn = self.turn_unless(&|_| {}, cancel).await?;
        let answer = self.model.choose(prompt, options, cancel).await;
        self.unload_later();
        answer
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[tokio::test]
    async fn a_person_passes_every_batch_and_two_programs_take_turns() {
        let place = tempfile::tempdir().unwrap();
        let locks = Locks::in_folder(place.path());
        let order = Arc::new(Mutex::new(String::new()));
        // Every task stands for a program of its own: they share nothing but the files.
        let program = |name: char, priority: Priority, times: usize| {
            let (locks, order) = (locks.clone(), Arc::clone(&order));
            tokio::spawn(async move {
                for _ in 0..times {
                    let turn = locks.take(priority, &|| {}).await;
                    order.lock().unwrap().push(name);
                    tokio::time::sleep(LOCK_INTERVAL * 4).await;
                    drop(turn);
                }
            })
        };
        let batch = program('b', Priority::Batch, 6);
        tokio::time::sleep(LOCK_INTERVAL * 2).await;
        let people = [
            program('1', Priority::Interactive, 3),
            program('2', Priority::Interactive, 3),
        ];
        for task in people.into_iter().chain([batch]) {
            task.await.unwrap();
        }
        let order = order.lock().unwrap();
        let first_of = |name| order.find(name).unwrap();
        assert!(first_of('1') <= 3 && first_of('2') <= 3, "{order}");
        // Nobody has two turns while the other person waits, and the batch comes last.
        assert!(!order.contains("111") && !order.contains("222"), "{order}");
        assert!(order.ends_with("bbbb"), "{order}");
    }

    #[tokio::test]
    async fn whoever_waits_is_told_so_and_nobody_else() {
        let place = tempfile::tempdir().unwrap();
        let locks = Locks::in_folder(place.path());
        let told = AtomicBool::new(false);
        let waiting = || told.store(true, Ordering::Relaxed);
        let turn = locks.take(Priority::Interactive, &waiting).await;
        assert!(turn.is_some() && !told.load(Ordering::Relaxed));
        let second = tokio::time::timeout(
            LOCK_INTERVAL * 3,
            locks.take(Priority::Interactive, &waiting),
        );
        assert!(second.await.is_err() && told.load(Ordering::Relaxed));
    }
}
