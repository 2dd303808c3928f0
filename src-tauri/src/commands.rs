//! What the window can ask for. Every command parses, calls the desk and converts, nothing more.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use assistant::{Description, Fault, RunEvent, RunId};
use desk::{ModelInfo, PullProgress, RunRequest, Sample};
use history::{RunRecord, RunSummary};
use model::ModelId;
use serde::{Deserialize, Serialize};
use tauri::State;
use tauri::ipc::Channel;
use tokio_util::sync::CancellationToken;

use crate::Desktop;

/// Downloads under way, so that they can be stopped.
#[derive(Default)]
pub struct Pulls(Mutex<HashMap<ModelId, CancellationToken>>);

impl Pulls {
    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<ModelId, CancellationToken>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Facts about this program for its window.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct AppInfo {
    /// Version of Deskhand.
    pub version: String,
    /// Folder of everything of the person's.
    pub data_dir: String,
    /// Data to try things on.
    pub samples: Vec<Sample>,
}

/// Every assistant.
#[tauri::command]
#[specta::specta]
pub async fn assistants(desktop: State<'_, Desktop>) -> Result<Vec<Description>, Fault> {
    Ok(desktop.desk()?.assistants().cloned().collect())
}

/// Facts about this program.
#[tauri::command]
#[specta::specta]
pub async fn app_info(desktop: State<'_, Desktop>) -> Result<AppInfo, Fault> {
    let desk = desktop.desk()?;
    Ok(AppInfo {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        data_dir: desk.folders().data().display().to_string(),
        samples: desk.samples(),
    })
}

/// Begins a run; what happens in it comes through `events`.
#[tauri::command]
#[specta::specta]
pub async fn start_run(
    desktop: State<'_, Desktop>,
    request: RunRequest,
    events: Channel<RunEvent>,
) -> Result<RunId, Fault> {
    let watch = Arc::new(move |event| {
        // A window that was closed in the middle of a run listens no more; the run is kept all the same.
        if let Err(error) = events.send(event) {
            tracing::debug!(%error, "nobody watches this run");
        }
    });
    desktop.desk()?.begin(request, watch)
}

/// Stops a run.
#[tauri::command]
#[specta::specta]
pub async fn cancel_run(desktop: State<'_, Desktop>, run: RunId) -> Result<(), Fault> {
    desktop.desk()?.cancel(&run);
    Ok(())
}

/// Runs that were kept, newest first, older than `before`.
#[tauri::command]
#[specta::specta]
pub async fn history_list(
    desktop: State<'_, Desktop>,
    limit: u32,
    before: Option<RunId>,
) -> Result<Vec<RunSummary>, Fault> {
    let history = desktop.desk()?.history();
    Ok(history.list(limit, before.as_ref()).await?)
}

/// Everything about one run.
#[tauri::command]
#[specta::specta]
pub async fn history_show(desktop: State<'_, Desktop>, run: RunId) -> Result<RunRecord, Fault> {
    Ok(desktop.desk()?.history().show(&run).await?)
}

/// Every model, and whether its file is here.
#[tauri::command]
#[specta::specta]
pub async fn models(desktop: State<'_, Desktop>) -> Result<Vec<ModelInfo>, Fault> {
    Ok(desktop.desk()?.models().list())
}

/// Downloads a model's file; comes back when it is here.
#[tauri::command]
#[specta::specta]
pub async fn pull_model(
    desktop: State<'_, Desktop>,
    id: ModelId,
    progress: Channel<PullProgress>,
) -> Result<(), Fault> {
    let models = Arc::clone(desktop.desk()?.models());
    let cancel = CancellationToken::new();
    desktop.pulls.lock().insert(id.clone(), cancel.clone());
    let tell = move |now| {
        // As with runs: nobody need be listening.
        let _ = progress.send(now);
    };
    let pulled = models.pull(&id, &tell, &cancel).await;
    desktop.pulls.lock().remove(&id);
    pulled.map(|_| ())
}

/// Stops a download; what has come is kept for the next try.
#[tauri::command]
#[specta::specta]
pub async fn cancel_pull(desktop: State<'_, Desktop>, id: ModelId) -> Result<(), Fault> {
    if let Some(cancel) = desktop.pulls.lock().get(&id) {
        cancel.cancel();
    }
    Ok(())
}
