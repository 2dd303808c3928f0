//! Reading ahead: what every run of an assistant begins with is read by the model on this machine while
//! the person still writes. The store of prefixes keeps it, so that is paid once; whoever fills in the
//! form of a page for the first time would otherwise wait seconds longer for it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use assistant::{Fault, Inputs};
use model::Prompt;
use tokio_util::sync::CancellationToken;

use crate::Desk;

/// What is being read ahead, and what was read last.
#[derive(Default, Clone)]
pub(crate) struct Ahead {
    under_way: Arc<Mutex<CancellationToken>>,
    last: Arc<Mutex<Option<Prompt>>>,
}

impl Ahead {
    /// Gives way to a run. The worker keeps what it has read so far.
    pub(crate) fn stop(&self) {
        lock(&self.under_way).cancel();
    }

    fn begin(&self) -> CancellationToken {
        let cancel = CancellationToken::new();
        let old = std::mem::replace(&mut *lock(&self.under_way), cancel.clone());
        old.cancel();
        cancel
    }

    fn is_read(&self, prompt: &Prompt) -> bool {
        lock(&self.last).as_ref() == Some(prompt)
    }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    /// Has the model read what a run of an assistant with such inputs begins with. Whether it was read:
    /// not while a run is under way, not where the model is elsewhere or not there, and not where there
    /// is nothing to read. A run that begins meanwhile goes first and goes on from what was read.
    ///
    /// # Errors
    /// When there is no such assistant, or the settings cannot be read.
    pub async fn read_ahead(&self, assistant: &str, inputs: &Inputs) -> Result<bool, Fault> {
        let found = self.assistant(assistant)?;
        let Some(prompt) = found.ahead(inputs) else {
            return Ok(false);
        };
        if self.ahead.is_read(&prompt) {
            return Ok(true);
        }
        let id = self.models.model_of_run(assistant, found.model())?;
        let model = self.models.get(Some(&id))?;
        if model.is_elsewhere() || self.running.is_any() {
            return Ok(false);
        }
        let cancel = self.ahead.begin();
        let read = model.generate(&prompt, &|_| {}, &cancel).await;
        match read {
            Ok(_) => *lock(&self.ahead.last) = Some(prompt),
            // Whoever runs it is told what is wrong.
            Err(ref error) => tracing::debug!(%error, "nothing was read ahead"),
        }
        Ok(read.is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_goes_first_and_what_is_newer_takes_its_place() {
        let ahead = Ahead::default();
        let first = ahead.begin();
        let second = ahead.begin();
        assert!(first.is_cancelled() && !second.is_cancelled());
        ahead.stop();
        assert!(second.is_cancelled());
        assert!(!ahead.begin().is_cancelled());
    }
}
