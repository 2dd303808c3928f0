//! The window's shell: it opens the window, hands every command to the desk and passes on what
//! the desk tells. It holds no rules and no words; those are in `crates/` and in `ui/`.

mod bindings;
mod chess;
mod commands;
mod log;

use std::ffi::OsString;
use std::sync::Arc;

use assistant::Fault;
use desk::{Desk, DeskOptions, Folders};
use tauri::{Manager, RunEvent, WebviewUrl, WebviewWindowBuilder};

/// What every command works with.
///
/// A desk that could not be opened (its history is from a newer version, its folder is read-only)
/// still gets a window, in which every command says why.
pub(crate) struct Desktop {
    desk: Result<Arc<Desk>, Fault>,
    pulls: commands::Pulls,
}

impl Desktop {
    pub(crate) fn desk(&self) -> Result<&Arc<Desk>, Fault> {
        self.desk.as_ref().map_err(Clone::clone)
    }
}

/// Reads the command line.
///
/// # Errors
/// A sentence about the argument that is not understood.
pub fn options(arguments: impl Iterator<Item = OsString>) -> Result<DeskOptions, String> {
    let mut options = DeskOptions::default();
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        let name = argument.to_string_lossy().into_owned();
        let value = arguments.next().ok_or(format!("{name} needs a value."));
        match name.as_str() {
            "--data-dir" => options.data_dir = Some(value?.into()),
            "--model" => {
                options.model = Some(model::ModelId(value?.to_string_lossy().into_owned()))
            }
            _ => return Err(format!("{name} is not an option.")),
        }
    }
    Ok(options)
}

/// Opens the window and stays until it is closed.
///
/// # Errors
/// When the system has no display or no web view.
pub fn run(options: DeskOptions) -> tauri::Result<()> {
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(bindings::builder().invoke_handler())
        .setup(move |app| {
            let folders = Folders::new(options.data_dir.clone());
            if let Ok(folders) = &folders {
                log::begin(folders);
            }
            let desk = tauri::async_runtime::block_on(Desk::open(options)).map(Arc::new);
            if let Err(fault) = &desk {
                tracing::error!(code = ?fault.code, "the desk could not be opened");
            }
            app.manage(Desktop {
                desk,
                pulls: commands::Pulls::default(),
            });
            open_window(app, folders.ok().as_ref())?;
            Ok(())
        })
        .build(tauri::generate_context!())?
        .run(|app, event| {
            if let RunEvent::Exit = event
                && let Ok(desk) = app.state::<Desktop>().desk()
            {
                tauri::async_runtime::block_on(desk.close());
            }
        });
    Ok(())
}

fn open_window(app: &tauri::App, folders: Option<&Folders>) -> tauri::Result<()> {
    let mut window = WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("Deskhand")
        .inner_size(1280.0, 800.0)
        .min_inner_size(900.0, 600.0);
    // What the web view remembers (language, theme) belongs to the data folder like everything else.
    if let Some(folders) = folders {
        window = window.data_directory(folders.webview());
    }
    window.build()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_read_and_mistakes_are_named() {
        let read = |line: &str| options(line.split_whitespace().map(OsString::from));
        let both = read("--data-dir /d --model m").unwrap();
        assert_eq!(both.data_dir, Some("/d".into()));
        assert_eq!(both.model, Some("m".into()));
        assert_eq!(read("--model").unwrap_err(), "--model needs a value.");
        assert_eq!(read("--nodel m").unwrap_err(), "--nodel is not an option.");
    }
}
