//! What the window can ask about settings, and about files that were let go over it.

use std::path::Path;
use std::process::{Command, Stdio};

use assistant::{Code, Fault};
use desk::{FieldDefault, FileOffers, SettingsInfo};
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

/// Every field that may have a default of the person's own, with the one that it has.
#[tauri::command]
#[specta::specta]
pub async fn field_defaults(desktop: State<'_, Desktop>) -> Result<Vec<FieldDefault>, Fault> {
    desktop.desk()?.field_defaults()
}

/// Sets what is to stand in a field of an assistant, or without a value gives that up.
#[tauri::command]
#[specta::specta]
pub async fn set_assistant_default(
    desktop: State<'_, Desktop>,
    assistant: String,
    field: String,
    value: Option<String>,
) -> Result<(), Fault> {
    let desk = desktop.desk()?;
    desk.set_assistant_default(&assistant, &field, value.as_deref())
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

/// Where an AppImage tells programs to look for their parts, which is right for us and wrong for others
/// (`packaging/appimage/AppRun`).
const OUR_PLACES: [&str; 6] = [
    "LD_LIBRARY_PATH",
    "GDK_PIXBUF_MODULE_FILE",
    "GIO_MODULE_DIR",
    "GSETTINGS_SCHEMA_DIR",
    "GTK_EXE_PREFIX",
    "GTK_IM_MODULE_FILE",
];

fn show(folder: &Path) -> Result<(), Fault> {
    let mut shows = Command::new(SHOWS);
    if std::env::var_os("APPDIR").is_some() {
        OUR_PLACES.iter().for_each(|name| {
            shows.env_remove(name);
        });
    }
    let started = shows
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
