//! What the window can ask for. Every command parses, calls the desk and converts, nothing more.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use assistant::report::SURE;
use assistant::{Code, Description, Fault, Inputs, RunEvent, RunId};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;
use desk::{
    AssistantVersion, ConnectionEdit, ConnectionInfo, ConnectionReport, DatabaseReport,
    ExampleResult, ExamplesReport, ExportFormat, Language, ModelChoices, ModelInfo, OwnAssistant,
    PresetFile, PullProgress, RunRequest, Sample, SchemaInfo, ServiceEdit, ServiceInfo,
};
use model::ModelId;
use model::remote::keys::Place;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use tauri::State;
use tauri::ipc::Channel;
use tokio_util::sync::CancellationToken;

use crate::Desktop;
use crate::strides::Strides;

pub mod books;
pub mod history;
pub mod network;
pub mod pages;
pub mod settings;
pub mod slips;
pub mod spending;

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

    /// It is over.
    fn end(&self, id: &ModelId) {
        self.lock().remove(id);
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
    /// An answer that is trusted less than this is shown as not sure.
    pub sure: f64,
}

/// Every assistant.
#[tauri::command]
#[specta::specta]
pub async fn assistants(desktop: State<'_, Desktop>) -> Result<Vec<Description>, Fault> {
    Ok(desktop.desk()?.assistants().collect())
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
        sure: SURE,
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
    let strides = Strides::new(move |event| {
        // A window that was closed in the middle of a run listens no more; the run is kept all the same.
        if let Err(error) = events.send(event) {
            tracing::debug!(%error, "nobody watches this run");
        }
    });
    let watch = Arc::new(move |event| strides.pass(event));
    desktop.desk()?.begin(request, watch)
}

/// Has the model read what a run of an assistant with such inputs begins with, while the person still
/// writes; whether it was read.
#[tauri::command]
#[specta::specta]
pub async fn read_ahead(
    desktop: State<'_, Desktop>,
    assistant: String,
    inputs: Inputs,
) -> Result<bool, Fault> {
    desktop.desk()?.read_ahead(&assistant, &inputs).await
}

/// Stops a run.
#[tauri::command]
#[specta::specta]
pub async fn cancel_run(desktop: State<'_, Desktop>, run: RunId) -> Result<(), Fault> {
    desktop.desk()?.cancel(&run);
    Ok(())
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

/// Keeps what the person calls a table or column (`on` is `table` or `table.column`), and what one has
/// to know of it; `on` is empty for the whole database. Without words what was kept is given up.
#[tauri::command]
#[specta::specta]
pub async fn set_note(
    desktop: State<'_, Desktop>,
    database: String,
    on: String,
    name: String,
    text: String,
) -> Result<(), Fault> {
    let cancel = CancellationToken::new();
    let desk = desktop.desk()?;
    desk.set_note(&database, &on, &name, &text, &cancel).await
}

/// Databases that have names.
#[tauri::command]
#[specta::specta]
pub async fn connections(desktop: State<'_, Desktop>) -> Result<Vec<ConnectionInfo>, Fault> {
    desktop.desk()?.connections().list().await
}

/// Gives a database a name, or changes the one of that name; without a password its password stays
/// as it is. What comes back says where a new password lies.
#[tauri::command]
#[specta::specta]
pub async fn save_connection(
    desktop: State<'_, Desktop>,
    connection: ConnectionEdit,
    password: Option<String>,
) -> Result<Option<Place>, Fault> {
    let connections = desktop.desk()?.connections();
    connections.save(&connection, secret(password)).await
}

/// Opens a named database, or one that is about to be named, and says what was found.
#[tauri::command]
#[specta::specta]
pub async fn test_connection(
    desktop: State<'_, Desktop>,
    connection: ConnectionEdit,
    password: Option<String>,
) -> Result<DatabaseReport, Fault> {
    let cancel = CancellationToken::new();
    let desk = desktop.desk()?;
    desk.test_connection(&connection, secret(password), &cancel)
        .await
}

/// Forgets the name and the password of a database.
#[tauri::command]
#[specta::specta]
pub async fn remove_connection(desktop: State<'_, Desktop>, name: String) -> Result<(), Fault> {
    desktop.desk()?.connections().remove(&name).await
}

/// What was typed into a field for passwords; nothing when that is nothing.
fn secret(text: Option<String>) -> Option<SecretString> {
    text.filter(|text| !text.is_empty()).map(SecretString::from)
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

/// The person's own assistants, those too that cannot be read any more.
#[tauri::command]
#[specta::specta]
pub async fn own_assistants(desktop: State<'_, Desktop>) -> Result<Vec<OwnAssistant>, Fault> {
    desktop.desk()?.own_assistants()
}

/// The file of an assistant that is pure data, in its newest or an earlier version.
#[tauri::command]
#[specta::specta]
pub async fn assistant_file(
    desktop: State<'_, Desktop>,
    id: String,
    version: Option<u32>,
) -> Result<PresetFile, Fault> {
    desktop.desk()?.assistant_file(&id, version)
}

/// Every version of one of the person's own, the newest first.
#[tauri::command]
#[specta::specta]
pub async fn assistant_versions(
    desktop: State<'_, Desktop>,
    id: String,
) -> Result<Vec<AssistantVersion>, Fault> {
    desktop.desk()?.assistant_versions(&id)
}

/// Keeps an assistant as the newest version of its id.
#[tauri::command]
#[specta::specta]
pub async fn save_assistant(
    desktop: State<'_, Desktop>,
    file: PresetFile,
) -> Result<OwnAssistant, Fault> {
    desktop.desk()?.save_assistant(&file)
}

/// Holds an assistant against every rule without keeping it, and says how its form reads.
#[tauri::command]
#[specta::specta]
pub async fn check_assistant(
    desktop: State<'_, Desktop>,
    file: PresetFile,
) -> Result<Description, Fault> {
    desktop.desk()?.check_assistant(&file)
}

/// Forgets one of the person's own with all its versions.
#[tauri::command]
#[specta::specta]
pub async fn delete_assistant(desktop: State<'_, Desktop>, id: String) -> Result<(), Fault> {
    desktop.desk()?.delete_assistant(&id)
}

/// Keeps a copy of an assistant under a new id.
#[tauri::command]
#[specta::specta]
pub async fn duplicate_assistant(
    desktop: State<'_, Desktop>,
    id: String,
) -> Result<PresetFile, Fault> {
    desktop.desk()?.duplicate_assistant(&id)
}

/// Brings an assistant in: the text of its file, or a script of the classic sandbox.
#[tauri::command]
#[specta::specta]
pub async fn import_assistant(
    desktop: State<'_, Desktop>,
    text: String,
) -> Result<PresetFile, Fault> {
    desktop.desk()?.import_assistant(&text)
}

/// The same from a file that the person chose.
#[tauri::command]
#[specta::specta]
pub async fn import_assistant_file(
    desktop: State<'_, Desktop>,
    path: String,
) -> Result<PresetFile, Fault> {
    desktop.desk()?.import_assistant_file(Path::new(&path))
}

/// Writes an assistant into a file that the person chose.
#[tauri::command]
#[specta::specta]
pub async fn export_assistant(
    desktop: State<'_, Desktop>,
    id: String,
    path: String,
) -> Result<(), Fault> {
    desktop.desk()?.export_assistant(&id, Path::new(&path))
}

/// Runs an assistant as it stands in the editor; what happens in it comes through `events`.
#[tauri::command]
#[specta::specta]
pub async fn try_assistant(
    desktop: State<'_, Desktop>,
    file: PresetFile,
    request: RunRequest,
    events: Channel<RunEvent>,
) -> Result<RunId, Fault> {
    let watch = Arc::new(move |event| {
        // As with every run: nobody need be listening.
        let _ = events.send(event);
    });
    desktop.desk()?.try_assistant(file, request, watch)
}

/// Leaves every example out in turn and predicts it from the others; each result comes through
/// `results`. It is stopped by [`cancel_pull`] under the assistant's id.
#[tauri::command]
#[specta::specta]
pub async fn test_assistant(
    desktop: State<'_, Desktop>,
    file: PresetFile,
    results: Channel<ExampleResult>,
) -> Result<ExamplesReport, Fault> {
    let desk = desktop.desk()?;
    let name = ModelId(file.id.clone());
    let cancel = desktop.pulls.begin(&name);
    let tell = |result: &ExampleResult| {
        // Nobody need be listening.
        let _ = results.send(result.clone());
    };
    let report = desk.test_examples(&file, &tell, &cancel).await;
    desktop.pulls.lock().remove(&name);
    report
}

/// The names of the checks that an assistant's file can ask for.
#[tauri::command]
#[specta::specta]
pub async fn check_names() -> Vec<String> {
    desk::check_names()
}
