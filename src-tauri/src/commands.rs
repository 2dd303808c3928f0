//! What the window can ask for. Every command parses, calls the desk and converts, nothing more.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use assistant::artifact::PageResult;
use assistant::{Code, Description, Fault, RunEvent, RunId};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;
use desk::{
    ConnectionReport, ExportFormat, Language, ModelChoices, ModelInfo, PageChoices, PageEdit,
    PullProgress, RunRequest, Sample, SchemaInfo, ServiceEdit, ServiceInfo,
};
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
    /// A token by which something that begins now can be stopped.
    fn begin(&self, id: &ModelId) -> CancellationToken {
        let cancel = CancellationToken::new();
        self.lock().insert(id.clone(), cancel.clone());
        cancel
    }

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

/// What is in a database, by its path or name.
#[tauri::command]
#[specta::specta]
pub async fn database_schema(
    desktop: State<'_, Desktop>,
    database: String,
) -> Result<SchemaInfo, Fault> {
    desktop
        .desk()?
        .schema(&database, &CancellationToken::new())
        .await
}

/// A page after some changes, made without a model.
#[tauri::command]
#[specta::specta]
pub async fn change_page(
    desktop: State<'_, Desktop>,
    page: PageResult,
    edits: Vec<PageEdit>,
) -> Result<PageResult, Fault> {
    desktop.desk()?.change_page(&page, &edits)
}

/// What a page can be made to look like, and of what.
#[tauri::command]
#[specta::specta]
pub async fn page_choices(desktop: State<'_, Desktop>) -> Result<PageChoices, Fault> {
    Ok(desktop.desk()?.page_choices())
}

/// Writes a kept run's table into a file that the person chose.
#[tauri::command]
#[specta::specta]
pub async fn export_run(
    desktop: State<'_, Desktop>,
    run: RunId,
    format: ExportFormat,
    path: String,
    language: Language,
) -> Result<(), Fault> {
    desktop
        .desk()?
        .export(&run, format, Path::new(&path), language)
        .await
}

/// Writes bytes that the window made, a picture of a chart, into a file that the person chose.
#[tauri::command]
#[specta::specta]
pub async fn write_export(path: String, base64: String) -> Result<(), Fault> {
    let bytes = BASE64.decode(base64.trim()).map_err(|error| {
        Fault::new(Code::Internal, "The picture was garbled on its way.").with("detail", error)
    })?;
    desk::write_whole(Path::new(&path), &bytes)
}

/// Every model with a file, and whether that is here.
#[tauri::command]
#[specta::specta]
pub async fn models(desktop: State<'_, Desktop>) -> Result<Vec<ModelInfo>, Fault> {
    desktop.desk()?.models().list()
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
    let cancel = desktop.pulls.begin(&id);
    let pulled = models.pull(&id, &teller(progress), &cancel).await;
    desktop.pulls.lock().remove(&id);
    pulled.map(|_| ())
}

/// Hands progress on to the window.
fn teller(progress: Channel<PullProgress>) -> impl Fn(PullProgress) + Send + Sync {
    move |now| {
        // As with runs: nobody need be listening.
        let _ = progress.send(now);
    }
}

/// Stops a download, of which what has come is kept for the next try, or by its path an import, of
/// which nothing is kept.
#[tauri::command]
#[specta::specta]
pub async fn cancel_pull(desktop: State<'_, Desktop>, id: ModelId) -> Result<(), Fault> {
    if let Some(cancel) = desktop.pulls.lock().get(&id) {
        cancel.cancel();
    }
    Ok(())
}

/// Compares a model's file with its checksum; comes back when it is whole.
#[tauri::command]
#[specta::specta]
pub async fn verify_model(
    desktop: State<'_, Desktop>,
    id: ModelId,
    progress: Channel<PullProgress>,
) -> Result<(), Fault> {
    let models = desktop.desk()?.models();
    models.verify(&id, &teller(progress)).await
}

/// Deletes a model's file.
#[tauri::command]
#[specta::specta]
pub async fn remove_model(desktop: State<'_, Desktop>, id: ModelId) -> Result<(), Fault> {
    let models = desktop.desk()?.models();
    models.remove(&id, &CancellationToken::new()).await
}

/// Copies a GGUF file of the person's own; comes back when it can be used.
#[tauri::command]
#[specta::specta]
pub async fn import_model(
    desktop: State<'_, Desktop>,
    path: String,
    progress: Channel<PullProgress>,
) -> Result<ModelInfo, Fault> {
    let models = Arc::clone(desktop.desk()?.models());
    let name = ModelId(path);
    let cancel = desktop.pulls.begin(&name);
    let imported = models
        .import(Path::new(&name.0), &teller(progress), &cancel)
        .await;
    desktop.pulls.lock().remove(&name);
    imported
}

/// Lets a model answer for an assistant, or without one for every assistant without a choice of
/// its own. Without a model the choice is given up.
#[tauri::command]
#[specta::specta]
pub async fn use_model(
    desktop: State<'_, Desktop>,
    id: Option<ModelId>,
    assistant: Option<String>,
) -> Result<(), Fault> {
    let desk = desktop.desk()?;
    desk.choose_model(id.as_ref(), assistant.as_deref())
}

/// Which model answers whom.
#[tauri::command]
#[specta::specta]
pub async fn model_choices(desktop: State<'_, Desktop>) -> Result<ModelChoices, Fault> {
    desktop.desk()?.models().choices()
}

/// Every service elsewhere that was set up.
#[tauri::command]
#[specta::specta]
pub async fn services(desktop: State<'_, Desktop>) -> Result<Vec<ServiceInfo>, Fault> {
    desktop.desk()?.services().list().await
}

/// Adds a service, or changes the one of that name; without a key its key stays as it is.
#[tauri::command]
#[specta::specta]
pub async fn save_service(
    desktop: State<'_, Desktop>,
    service: ServiceEdit,
    key: Option<String>,
) -> Result<(), Fault> {
    let key = desk::read_key(key.as_deref().unwrap_or_default())?;
    let services = desktop.desk()?.services();
    services.save(service, key).await.map(|_| ())
}

/// Forgets a service and its key.
#[tauri::command]
#[specta::specta]
pub async fn remove_service(desktop: State<'_, Desktop>, name: String) -> Result<(), Fault> {
    desktop.desk()?.services().remove(&name).await
}

/// Asks a service for a few words of one of its models.
#[tauri::command]
#[specta::specta]
pub async fn test_service(
    desktop: State<'_, Desktop>,
    name: String,
    model: String,
) -> Result<ConnectionReport, Fault> {
    let services = desktop.desk()?.services();
    services
        .test(&name, &model, &CancellationToken::new())
        .await
}
