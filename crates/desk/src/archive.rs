//! Runs carried away and brought in: as documents to read, or as JSON that any Deskhand can take in.
//!
//! Both go run by run through a short queue between the history and a thread that reads or writes the
//! file, so that a history of any size and an export of hundreds of megabytes need no more memory than a
//! few runs, and both can be stopped between two of them.

mod bring;
mod chatgpt;
mod document;
mod json;
mod reading;
mod sink;

use std::path::Path;

use assistant::{Code, Fault, RunId};
use history::{KeptRun, Wanted};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::{Desk, Language};
use sink::Sink;

pub use bring::{ImportNote, ImportedRuns};
pub(crate) use reading::unreadable;

/// Runs that are read from the history at a time.
const PAGE: u32 = 100;

/// Runs that wait to be written or to be taken in.
const QUEUE: usize = 16;

/// A kind of file for runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum RunsFormat {
    /// GitHub's Markdown.
    Markdown,
    /// A page in one file, without scripts.
    Html,
    /// Everything that was kept, to be taken in again.
    Json,
    /// A document for Word.
    Docx,
    /// A document for paper.
    Pdf,
}

impl RunsFormat {
    /// The usual ending of a file's name.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self.of_document() {
            Some(format) => format.extension(),
            None => "json",
        }
    }

    fn of_document(self) -> Option<export::document::DocumentFormat> {
        use export::document::DocumentFormat;
        match self {
            Self::Markdown => Some(DocumentFormat::Markdown),
            Self::Html => Some(DocumentFormat::Html),
            Self::Docx => Some(DocumentFormat::Docx),
            Self::Pdf => Some(DocumentFormat::Pdf),
            Self::Json => None,
        }
    }
}

/// What is to be carried away, and as what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct RunsExport {
    /// These runs, in this order; where there are none, all that are as wanted.
    pub runs: Vec<RunId>,
    /// Which runs, where none are named.
    pub wanted: Wanted,
    /// The kind of file.
    pub format: RunsFormat,
    /// Whether the files of the runs come along; the file is then an archive.
    pub with_files: bool,
    /// Language of the words that a document has of its own.
    pub language: Language,
}

/// What was carried away.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ExportedRuns {
    /// How many runs.
    pub runs: u32,
    /// How many files of theirs.
    pub files: u32,
    /// How many files were too large, or not there any more.
    pub files_left_out: u32,
    /// Letters that no font of this computer has; only a document for paper can lack any.
    pub lacking: String,
}

/// How far something is that takes its time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct JobProgress {
    /// What is done: runs, or bytes.
    #[specta(type = u32)]
    pub done: f64,
    /// How much there is in all; 0 where that is not known.
    #[specta(type = u32)]
    pub total: f64,
}

impl JobProgress {
    #[expect(
        clippy::cast_precision_loss,
        reason = "it is for a bar, and far below 2^53"
    )]
    pub(crate) fn new(done: u64, total: u64) -> Self {
        Self {
            done: done as f64,
            total: total as f64,
        }
    }
}

/// Is told how far something is.
pub type TellProgress<'a> = &'a (dyn Fn(JobProgress) + Send + Sync);

/// What goes to the thread that writes.
pub(crate) enum Parcel {
    /// A run.
    Run(Box<KeptRun>),
    /// That was all.
    End,
}

impl Desk {
    /// Writes runs into a file, whole or not at all.
    ///
    /// # Errors
    /// When a run that is named is not there or is under way, no run is as wanted, the format does not
    /// hold them, the file cannot be written, or `cancel` fires. What was there stays then.
    pub async fn export_runs(
        &self,
        request: &RunsExport,
        path: &Path,
        tell: TellProgress<'_>,
        cancel: &CancellationToken,
    ) -> Result<ExportedRuns, Fault> {
        let sink = Sink::new(request, path, self.known_assistants(request.language))?;
        let (send, mut receive) = mpsc::channel(QUEUE);
        let writing = tokio::task::spawn_blocking(move || {
            let mut sink = sink;
            loop {
                match receive.blocking_recv() {
                    Some(Parcel::Run(run)) => sink.add(&run)?,
                    Some(Parcel::End) => return sink.finish(),
                    None => return Err(stopped()),
                }
            }
        });
        let sent = self.send_runs(request, &send, tell, cancel).await;
        drop(send);
        let written = writing.await.map_err(|error| broke_down(&error))?;
        // The one who reads gives up too when the one who writes has; the latter knows why.
        match (sent, written) {
            (Err(fault), Err(writing)) if writing.code == Code::Cancelled => Err(fault),
            (_, Err(fault)) | (Err(fault), Ok(_)) => Err(fault),
            (Ok(()), Ok(exported)) => Ok(exported),
        }
    }

    async fn send_runs(
        &self,
        request: &RunsExport,
        send: &mpsc::Sender<Parcel>,
        tell: TellProgress<'_>,
        cancel: &CancellationToken,
    ) -> Result<(), Fault> {
        let mut done = 0;
        let mut named = request.runs.as_slice();
        let total = match (named.len(), request.wanted == Wanted::default()) {
            (0, true) => self.history.count().await?,
            (0, false) => 0,
            (count, _) => count as u64,
        };
        let mut last: Option<RunId> = None;
        loop {
            let page: Vec<RunId> = if request.runs.is_empty() {
                let found = self
                    .history
                    .find(&request.wanted, PAGE, last.as_ref())
                    .await?;
                found.into_iter().map(|summary| summary.run).collect()
            } else {
                let (page, rest) = named.split_at(named.len().min(PAGE as usize));
                named = rest;
                page.to_vec()
            };
            let Some(end) = page.last() else {
                break;
            };
            last = Some(end.clone());
            let kept = self.history.kept(&page).await?;
            if !request.runs.is_empty() && kept.len() < page.len() {
                return Err(self.lacking(&page, &kept).await);
            }
            for run in kept {
                if cancel.is_cancelled() {
                    return Err(stopped());
                }
                if send.send(Parcel::Run(Box::new(run))).await.is_err() {
                    return Err(stopped());
                }
                done += 1;
            }
            tell(JobProgress::new(done, total));
        }
        if done == 0 {
            return Err(Fault::new(
                Code::ExportImpossible,
                "No run is as wanted, so nothing was written.",
            )
            .with("reason", "export-no-runs"));
        }
        // Where nobody receives it any more, that is said by the one who wrote.
        let _ = send.send(Parcel::End).await;
        Ok(())
    }

    /// Why a run that was named cannot be carried away.
    async fn lacking(&self, named: &[RunId], kept: &[KeptRun]) -> Fault {
        let is_kept = |run: &&RunId| kept.iter().any(|kept| kept.run == **run);
        let Some(run) = named.iter().find(|run| !is_kept(run)) else {
            return stopped();
        };
        match self.history.show(run).await {
            Err(error) => error.into(),
            Ok(_) => Fault::new(
                Code::ExportImpossible,
                format!("The run {run} is still under way: export it when it has ended."),
            )
            .with("reason", "export-under-way")
            .with("run", run),
        }
    }
}

/// The person stopped it.
pub(crate) fn stopped() -> Fault {
    Fault::new(Code::Cancelled, "It was stopped; nothing was written.")
}

pub(crate) fn broke_down(error: &tokio::task::JoinError) -> Fault {
    Fault::new(
        Code::Internal,
        "The work broke down. This is a mistake in Deskhand.",
    )
    .with("detail", error)
}
