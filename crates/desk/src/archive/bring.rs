//! Bringing runs in: nothing twice, nothing over another run, and every one that was left out is said.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use assistant::{Code, Fault};
use history::{KeptRun, Taken};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::reading::{self, Ended, Item};
use super::{JobProgress, QUEUE, TellProgress, broke_down};
use crate::Desk;

/// Runs that are taken in at a time: all of them, or none.
const BATCH: usize = 50;

/// Runs that were left out and are told one by one.
const MOST_NOTES: usize = 20;

/// What was brought in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ImportedRuns {
    /// Runs that are new.
    pub added: u32,
    /// Runs that were here already.
    pub present: u32,
    /// Runs of whose name another one is here, which stays.
    pub conflicts: u32,
    /// What was no run.
    pub refused: u32,
    /// The first of those that were left out, each with the reason.
    pub notes: Vec<ImportNote>,
}

/// Something that was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ImportNote {
    /// The run, or where in the file it stands.
    pub place: String,
    /// `conflict`, or why it is no run.
    pub reason: String,
}

impl ImportedRuns {
    fn note(&mut self, place: String, reason: String) {
        if self.notes.len() < MOST_NOTES {
            self.notes.push(ImportNote { place, reason });
        }
    }
}

impl Desk {
    /// Brings in runs from a file that [`Desk::export_runs`] wrote as JSON, or that ChatGPT gave its
    /// user; both also within an archive. What was taken in before something goes wrong stays.
    ///
    /// # Errors
    /// When the file cannot be read, is damaged or was written by a newer program, the history cannot be
    /// written, or `cancel` fires. `details` then say how many had been added.
    pub async fn import_runs(
        &self,
        path: &Path,
        tell: TellProgress<'_>,
        cancel: &CancellationToken,
    ) -> Result<ImportedRuns, Fault> {
        let total = std::fs::metadata(path).map_or(0, |data| data.len());
        let done = Arc::new(AtomicU64::new(0));
        let (send, mut receive) = mpsc::channel(QUEUE);
        let reading = {
            let (path, done) = (path.to_owned(), Arc::clone(&done));
            tokio::task::spawn_blocking(move || {
                reading::read(&path, &done, &mut |item| send.blocking_send(item).is_ok())
            })
        };
        let mut imported = ImportedRuns::default();
        let outcome = async {
            let mut batch = Vec::with_capacity(BATCH);
            while let Some(item) = receive.recv().await {
                if cancel.is_cancelled() {
                    return Err(Fault::new(Code::Cancelled, "It was stopped."));
                }
                match item {
                    Item::Run(run) => batch.push(*run),
                    Item::Bad { place, reason } => {
                        imported.refused += 1;
                        imported.note(place, reason);
                    }
                }
                if batch.len() == BATCH {
                    self.take_in(&mut batch, &mut imported).await?;
                    // An archive is larger within than it is.
                    let done = done.load(Ordering::Relaxed);
                    tell(JobProgress::new(done, total.max(done)));
                }
            }
            self.take_in(&mut batch, &mut imported).await
        }
        .await;
        drop(receive);
        let read = reading.await.map_err(|error| broke_down(&error))?;
        match (outcome, read) {
            (Err(fault), _) | (Ok(()), Err(Ended::Wrong(fault))) => Err(so_far(fault, &imported)),
            (Ok(()), _) => Ok(imported),
        }
    }

    async fn take_in(
        &self,
        batch: &mut Vec<KeptRun>,
        imported: &mut ImportedRuns,
    ) -> Result<(), Fault> {
        let taken = self.history.take_in(batch).await?;
        for (run, taken) in batch.drain(..).zip(taken) {
            match taken {
                Taken::Added => imported.added += 1,
                Taken::Present => imported.present += 1,
                Taken::Conflict => {
                    imported.conflicts += 1;
                    imported.note(run.run.0, "conflict".to_owned());
                }
                Taken::Refused(reason) => {
                    imported.refused += 1;
                    imported.note(run.run.0.chars().take(40).collect(), reason);
                }
            }
        }
        Ok(())
    }
}

/// A fault that says what had been taken in before it.
fn so_far(mut fault: Fault, imported: &ImportedRuns) -> Fault {
    if imported.added > 0 {
        fault.sentence.push_str(&format!(
            " {} runs had been brought in before that and stay.",
            imported.added
        ));
    }
    fault.with("added", imported.added)
}
