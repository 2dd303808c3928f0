//! Runs that were kept: finding them, marking them, carrying them away and bringing them back.

use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use assistant::{Code, Fault, RunId};
use desk::{
    ExportedRuns, ImportedRuns, JobProgress, Language, RestoredBackup, RunComparison, RunsExport,
    WrittenBackup,
};
use history::{RunRecord, RunSummary, TagCount, Wanted};
use model::ModelId;
use serde::{Deserialize, Serialize};
use tauri::ipc::Channel;
use tauri::{Emitter as _, State};

use crate::Desktop;

/// What runs can be told apart by, beside their assistants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct HistoryChoices {
    /// Every model that was to answer.
    pub models: Vec<String>,
    /// Every tag.
    pub tags: Vec<TagCount>,
}

/// Runs that are as wanted, newest first, older than `before`.
#[tauri::command]
#[specta::specta]
pub async fn history_list(
    desktop: State<'_, Desktop>,
    wanted: Wanted,
    limit: u32,
    before: Option<RunId>,
) -> Result<Vec<RunSummary>, Fault> {
    let history = desktop.desk()?.history();
    Ok(history.find(&wanted, limit, before.as_ref()).await?)
}

/// What runs can be told apart by.
#[tauri::command]
#[specta::specta]
pub async fn history_choices(desktop: State<'_, Desktop>) -> Result<HistoryChoices, Fault> {
    let history = desktop.desk()?.history();
    Ok(HistoryChoices {
        models: history.models().await?,
        tags: history.tags().await?,
    })
}

/// Sets a run apart, or puts it back.
#[tauri::command]
#[specta::specta]
pub async fn history_star(
    desktop: State<'_, Desktop>,
    run: RunId,
    starred: bool,
) -> Result<(), Fault> {
    Ok(desktop.desk()?.history().star(&run, starred).await?)
}

/// Puts a tag on a run, or takes it off.
#[tauri::command]
#[specta::specta]
pub async fn history_tag(
    desktop: State<'_, Desktop>,
    run: RunId,
    tag: String,
    on: bool,
) -> Result<(), Fault> {
    let history = desktop.desk()?.history();
    match on {
        true => history.tag(&run, &tag).await?,
        false => history.untag(&run, &tag).await?,
    }
    Ok(())
}

/// Forgets a run.
#[tauri::command]
#[specta::specta]
pub async fn history_delete(desktop: State<'_, Desktop>, run: RunId) -> Result<(), Fault> {
    Ok(desktop.desk()?.history().delete(&run).await?)
}

/// Everything about one run.
#[tauri::command]
#[specta::specta]
pub async fn history_show(desktop: State<'_, Desktop>, run: RunId) -> Result<RunRecord, Fault> {
    Ok(desktop.desk()?.history().show(&run).await?)
}

/// Two runs side by side.
#[tauri::command]
#[specta::specta]
pub async fn history_compare(
    desktop: State<'_, Desktop>,
    left: RunId,
    right: RunId,
    language: Language,
) -> Result<RunComparison, Fault> {
    let desk = desktop.desk()?;
    desk.compare_runs(&left, &right, language).await
}

/// Writes runs into a file that the person chose. It is stopped by `cancel_pull` under the path.
#[tauri::command]
#[specta::specta]
pub async fn history_export(
    desktop: State<'_, Desktop>,
    request: RunsExport,
    path: String,
    progress: Channel<JobProgress>,
) -> Result<ExportedRuns, Fault> {
    let desk = desktop.desk()?;
    let name = ModelId(path);
    let cancel = desktop.pulls.begin(&name);
    let exported = desk
        .export_runs(&request, Path::new(&name.0), &teller(progress), &cancel)
        .await;
    desktop.pulls.end(&name);
    exported
}

/// Takes runs in from a file that the person chose. It is stopped by `cancel_pull` under the path.
#[tauri::command]
#[specta::specta]
pub async fn history_import(
    desktop: State<'_, Desktop>,
    path: String,
    progress: Channel<JobProgress>,
) -> Result<ImportedRuns, Fault> {
    let desk = desktop.desk()?;
    let name = ModelId(path);
    let cancel = desktop.pulls.begin(&name);
    let imported = desk
        .import_runs(Path::new(&name.0), &teller(progress), &cancel)
        .await;
    desktop.pulls.end(&name);
    imported
}

/// Writes everything into one file. It is stopped by `cancel_pull` under the path.
#[tauri::command]
#[specta::specta]
pub async fn back_up(
    desktop: State<'_, Desktop>,
    path: String,
    progress: Channel<JobProgress>,
) -> Result<WrittenBackup, Fault> {
    let desk = desktop.desk()?;
    let name = ModelId(path);
    let cancel = desktop.pulls.begin(&name);
    let written = desk
        .back_up(Path::new(&name.0), &teller(progress), &cancel)
        .await;
    desktop.pulls.end(&name);
    written
}

/// Brings a backup back into a new folder beside the one in use. It is stopped by `cancel_pull` under
/// the path.
#[tauri::command]
#[specta::specta]
pub async fn restore_backup(
    desktop: State<'_, Desktop>,
    path: String,
    progress: Channel<JobProgress>,
) -> Result<RestoredBackup, Fault> {
    let desk = desktop.desk()?;
    let name = ModelId(path);
    let cancel = desktop.pulls.begin(&name);
    let restored = desk
        .restore_beside(Path::new(&name.0), &teller(progress), &cancel)
        .await;
    desktop.pulls.end(&name);
    restored
}

/// Opens one more window, on another data folder.
#[tauri::command]
#[specta::specta]
pub async fn open_data_folder(folder: String) -> Result<(), Fault> {
    let open = || -> std::io::Result<()> {
        // Only what is a data folder already: nothing is made by a slip.
        std::fs::metadata(Path::new(&folder).join("history.sqlite"))?;
        let program = std::env::current_exe()?;
        Command::new(program)
            .arg("--data-dir")
            .arg(&folder)
            .spawn()
            .map(drop)
    };
    open().map_err(|error| {
        Fault::new(
            Code::FileUnreadable,
            format!("{folder} cannot be opened: {error}."),
        )
        .with("path", &folder)
        .with("detail", error)
    })
}

/// Days after which a run that is not pinned is forgotten; nothing when runs are kept for ever.
#[tauri::command]
#[specta::specta]
pub async fn keep_days(desktop: State<'_, Desktop>) -> Result<Option<u32>, Fault> {
    desktop.desk()?.keep_days()
}

/// Sets that rule and follows it at once, or gives it up; how many runs were forgotten.
#[tauri::command]
#[specta::specta]
pub async fn set_keep_days(desktop: State<'_, Desktop>, days: Option<u32>) -> Result<u32, Fault> {
    let desk = desktop.desk()?;
    desk.set_keep_days(days)?;
    let forgotten = desk.tidy().await?;
    Ok(u32::try_from(forgotten).unwrap_or(u32::MAX))
}

/// The run that the program was started to show.
#[tauri::command]
#[specta::specta]
pub async fn run_to_show(
    app: tauri::AppHandle,
    desktop: State<'_, Desktop>,
) -> Result<Option<RunId>, Fault> {
    // Whoever asks is ready for a file as well. It is told of in the words in which the system tells of
    // one that was let go over the window: from there on it is the same.
    if let Some(file) = once(&desktop.file) {
        let dropped = serde_json::json!({ "paths": [file], "position": { "x": 0, "y": 0 } });
        if let Err(error) = app.emit_to("main", "tauri://drag-drop", dropped) {
            tracing::warn!(%error, "the window was not told of the file");
        }
    }
    match once(&desktop.run) {
        Some(name) => Ok(Some(desktop.desk()?.history().resolve(&name).await?)),
        None => Ok(None),
    }
}

/// What is told to the first who asks.
fn once<T>(told: &Mutex<Option<T>>) -> Option<T> {
    told.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// Hands progress on to the window, which need not be listening.
fn teller(progress: Channel<JobProgress>) -> impl Fn(JobProgress) + Send + Sync {
    move |now| drop(progress.send(now))
}
