//! The model on this machine, asked through a worker process of its own.
//!
//! [`LocalModel`] starts the worker at the first prompt, keeps it, and starts another when it has
//! died. It never retries a prompt by itself: pieces may have been shown already, so whether to
//! ask again is the caller's decision ([`ModelError::is_worth_one_retry`]).
//!
//! One prompt at a time: two decodes at once are each four times slower. A worker that was not
//! asked for a while can be sent away ([`LocalModel::unload_if_idle`]); the next prompt starts another.

mod launch;
mod prior;
mod question;
mod stderr;
mod worker;

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use tokio::sync::Mutex as AsyncMutex;
use tokio_util::sync::CancellationToken;

use crate::{
    Answers, Candidates, Completion, Ending, Listener, Model, ModelError, ModelId, Prompt,
};
use prior::Priors;
use question::{Question, Transcript};
use worker::Worker;

/// Which model to run, and with what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalOptions {
    /// Name of the model.
    pub id: ModelId,
    /// Its GGUF file.
    pub model_path: PathBuf,
    /// The worker program; see [`engine_path`].
    pub engine_path: PathBuf,
    /// Size of the context window in tokens.
    pub context: u32,
    /// Folder where the worker keeps the states of presets; without one it forgets them when it ends.
    pub prefixes: Option<PathBuf>,
    /// Bytes that the worker takes as the memory that is free, instead of asking the system.
    pub memory_limit: Option<u64>,
    /// File to which the worker's log is appended. It is kept below a megabyte, with one older part.
    pub log: Option<PathBuf>,
}

/// A model that a worker process on this machine runs.
pub struct LocalModel {
    options: LocalOptions,
    threads: Option<u32>,
    worker: AsyncMutex<Option<Worker>>,
    /// Process id of the worker, for whoever does not want to wait for its turn.
    pid: Mutex<Option<u32>>,
    /// Fires when the worker is to be shut down; a new one is laid in for the next worker.
    closing: Mutex<CancellationToken>,
    last_asked: Mutex<Instant>,
    priors: Priors,
}

impl LocalModel {
    /// A model whose worker is not started yet.
    #[must_use]
    pub fn new(options: LocalOptions) -> Self {
        Self {
            options,
            threads: None,
            worker: AsyncMutex::new(None),
            pid: Mutex::new(None),
            closing: Mutex::new(CancellationToken::new()),
            last_asked: Mutex::new(Instant::now()),
            priors: Priors::default(),
        }
    }

    /// Decodes with so many threads instead of one for every physical core.
    #[must_use]
    pub fn with_threads(self, threads: u32) -> Self {
        Self {
            threads: Some(threads),
            ..self
        }
    }

    /// What it was made with.
    #[must_use]
    pub fn options(&self) -> &LocalOptions {
        &self.options
    }

    /// Process id of the worker, if one was started and is not known to be dead.
    #[must_use]
    pub fn pid(&self) -> Option<u32> {
        *self.pid.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the worker and frees its memory; a prompt under way is cancelled. The next prompt
    /// starts a new worker.
    pub async fn shutdown(&self) {
        let old = std::mem::take(&mut *self.closing.lock().unwrap_or_else(PoisonError::into_inner));
        old.cancel();
        let worker = self.worker.lock().await.take();
        self.set_pid(None);
        if let Some(worker) = worker {
            worker.close().await;
        }
    }

    /// Ends the worker if nothing was asked of it for so long. Whether it did; a prompt under way is
    /// never disturbed.
    pub async fn unload_if_idle(&self, idle: Duration) -> bool {
        let Ok(mut place) = self.worker.try_lock() else {
            return false;
        };
        let last = *self
            .last_asked
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if last.elapsed() < idle {
            return false;
        }
        let Some(worker) = place.take() else {
            return false;
        };
        self.set_pid(None);
        tracing::info!("the model was not needed for a while and is unloaded");
        worker.close().await;
        true
    }

    /// Loads the model now, so that the first prompt need not wait for it.
    ///
    /// # Errors
    /// Whatever keeps the worker from starting, and [`ModelError::Cancelled`].
    pub async fn warm_up(
        &self,
        sink: Listener<'_>,
        cancel: &CancellationToken,
    ) -> Result<(), ModelError> {
        let closing = self.closing();
        let mut place = self.turn(cancel, &closing).await?;
        tokio::select! {
            started = self.running(&mut place, sink) => started.map(|_| ()),
            () = either(cancel, &closing) => Err(ModelError::Cancelled),
        }
    }

    /// Waits for this caller's turn at the worker.
    async fn turn(
        &self,
        cancel: &CancellationToken,
        closing: &CancellationToken,
    ) -> Result<tokio::sync::MutexGuard<'_, Option<Worker>>, ModelError> {
        tokio::select! {
            biased;
            () = either(cancel, closing) => Err(ModelError::Cancelled),
            place = self.worker.lock() => Ok(place),
        }
    }

    /// The worker at `place`, started if there is none or it has died meanwhile.
    async fn running<'place>(
        &self,
        place: &'place mut Option<Worker>,
        sink: Listener<'_>,
    ) -> Result<&'place mut Worker, ModelError> {
        if place.as_mut().is_none_or(|worker| !worker.is_alive()) {
            *place = None;
            self.set_pid(None);
            *place = Some(Worker::start(&self.options, self.threads, sink).await?);
        }
        let worker = place.as_mut().expect("it was started in the line above");
        self.set_pid(worker.pid());
        Ok(worker)
    }

    /// For each option the mean logarithm of its tokens' probabilities.
    async fn scores(
        &self,
        prompt: &Prompt,
        options: &[String],
        cancel: &CancellationToken,
    ) -> Result<Vec<f32>, ModelError> {
        let question = Question::choose(prompt, options);
        self.put(&question, &|_| {}, cancel).await?.scores()
    }

    /// Puts one question to the worker. A worker that was killed while it had nothing to do may
    /// look alive for a moment; it is replaced without a word, because nothing is lost with it.
    async fn put(
        &self,
        question: &Question,
        sink: Listener<'_>,
        cancel: &CancellationToken,
    ) -> Result<Transcript, ModelError> {
        let closing = self.closing();
        let mut place = self.turn(cancel, &closing).await?;
        let mut is_second = false;
        loop {
            let was_there = place.is_some();
            let worker = tokio::select! {
                started = self.running(&mut place, sink) => started?,
                () = either(cancel, &closing) => return Err(ModelError::Cancelled),
            };
            let answer = worker.ask(question, sink, either(cancel, &closing)).await;
            *self
                .last_asked
                .lock()
                .unwrap_or_else(PoisonError::into_inner) = Instant::now();
            let never_answered = worker.never_answered();
            if !worker.is_usable() {
                *place = None;
                self.set_pid(None);
            }
            if was_there && never_answered && !is_second {
                is_second = true;
                continue;
            }
            return answer;
        }
    }

    fn closing(&self) -> CancellationToken {
        self.closing
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn set_pid(&self, pid: Option<u32>) {
        *self.pid.lock().unwrap_or_else(PoisonError::into_inner) = pid;
    }
}

#[async_trait]
impl Model for LocalModel {
    fn id(&self) -> &ModelId {
        &self.options.id
    }

    async fn generate(
        &self,
        prompt: &Prompt,
        sink: Listener<'_>,
        cancel: &CancellationToken,
    ) -> Result<Completion, ModelError> {
        let question = Question::generate(prompt, None);
        self.put(&question, sink, cancel).await?.completion()
    }

    async fn generate_n(
        &self,
        prompt: &Prompt,
        which: Candidates,
        sink: Listener<'_>,
        cancel: &CancellationToken,
    ) -> Result<Answers, ModelError> {
        let question = Question::generate(prompt, Some(which));
        self.put(&question, sink, cancel).await?.answers()
    }

    async fn generate_each(
        &self,
        prompt: &Prompt,
        endings: &[Ending],
        sink: Listener<'_>,
        cancel: &CancellationToken,
    ) -> Result<Answers, ModelError> {
        let question = Question::each(prompt, endings);
        self.put(&question, sink, cancel).await?.answers()
    }

    async fn choose(
        &self,
        prompt: &Prompt,
        options: &[String],
        cancel: &CancellationToken,
    ) -> Result<Vec<f64>, ModelError> {
        let mut scores = self.scores(prompt, options, cancel).await?;
        if let Some(empty) = prior::without_text(prompt) {
            let key = prior::key(&empty, options);
            let liking = match self.priors.find(key) {
                Some(known) => known,
                None => self.scores(&empty, options, cancel).await?,
            };
            for (score, liking) in scores.iter_mut().zip(&liking) {
                *score -= liking;
            }
            self.priors.keep(key, liking);
        }
        Ok(softmax(&scores))
    }
}

/// Probabilities from logarithms that need not add up.
fn softmax(scores: &[f32]) -> Vec<f64> {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let weights: Vec<f64> = scores
        .iter()
        .map(|score| f64::from(score - top).exp())
        .collect();
    let sum: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight / sum).collect()
}

async fn either(one: &CancellationToken, other: &CancellationToken) {
    tokio::select! {
        () = one.cancelled() => {}
        () = other.cancelled() => {}
    }
}

/// Where the worker program is: what `DESKHAND_ENGINE` names, or `deskhand-engine` beside this
/// program. Test programs lie one folder deeper, in `deps`, and look one folder up as well.
#[must_use]
pub fn engine_path() -> PathBuf {
    if let Some(path) = std::env::var_os("DESKHAND_ENGINE").filter(|path| !path.is_empty()) {
        return PathBuf::from(path);
    }
    let name = format!("deskhand-engine{}", std::env::consts::EXE_SUFFIX);
    let Some(folder) = std::env::current_exe()
        .ok()
        .and_then(|exe| Some(exe.parent()?.to_owned()))
    else {
        return PathBuf::from(name);
    };
    let beside = folder.join(&name);
    match folder.parent() {
        Some(above) if !beside.exists() && folder.ends_with("deps") => above.join(name),
        _ => beside,
    }
}
