//! What the window can ask about settings, and about files that were let go over it.

use std::path::Path;
use std::process::{Command, Stdio};

use assistant::{Code, Fault};
use desk::{FileOffers, SettingsInfo};
use tauri::State;

use crate::Desktop;

/// The settings that hold for every run.
#[tauri::command]
#[specta::specta]
pub async fn settings_info(desktop: State<'_, Desktop>) -> Result<SettingsInfo, Fault> {
    desktop.desk()?.settings_info().await
}

/// Sets after how many minutes a model that nobody asks is unloaded; 0 keeps it.
#[tauri::command]
#[specta::specta]
pub async fn set_idle_minutes(desktop: State<'_, Desktop>, minutes: u32) -> Result<(), Fault> {
    desktop.desk()?.set_idle_minutes(minutes)
}

/// Remembers that the person has chosen how to begin.
#[tauri::command]
#[specta::specta]
pub async fn begin_work(desktop: State<'_, Desktop>) -> Result<(), Fault> {
    desktop.desk()?.begin_work()
}

/// What can be done with a file.
#[tauri::command]
#[specta::specta]
pub async fn file_offers(desktop: State<'_, Desktop>, path: String) -> Result<FileOffers, Fault> {
    desktop.desk()?.offers_for(Path::new(&path))
}

/// Shows the data folder in the system's own program for files.
#[tauri::command]
#[specta::specta]
pub async fn show_data_folder(desktop: State<'_, Desktop>) -> Result<(), Fault> {
    show(desktop.desk()?.folders().data())
}

/// The system's program that shows a folder.
const SHOWS: &str = if cfg!(target_os = "macos") {
    "open"
} else if cfg!(windows) {
    "explorer"
} else {
    "xdg-open"
};

fn show(folder: &Path) -> Result<(), Fault> {
    let started = Command::new(SHOWS)
        .arg(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    match started {
        Ok(mut shown) => {
            // Somebody has to wait for it, or it stays in the list of processes when it ends.
            std::thread::spawn(move || shown.wait());
            Ok(())
        }
        Err(error) => {
            let path = folder.display();
            let sentence =
                format!("The folder {path} could not be shown: {SHOWS} does not start ({error}).");
            Err(Fault::new(Code::FileUnreadable, sentence)
                .with("path", path)
                .with("detail", error))
        }
    }
}
