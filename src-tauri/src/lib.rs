//! The window's shell: it opens the window, hands every command to the desk and passes on what
//! the desk tells. It holds no rules and no words; those are in `crates/` and in `ui/`.

mod bindings;
mod chess;
mod commands;
mod frame;
mod log;
mod strides;
mod windows;

use std::ffi::{OsStr, OsString};
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;

use assistant::{Code, Fault};
use desk::{Desk, DeskOptions, Folders};
use frame::Frames;
use tauri::ipc::Invoke;
use tauri::{Manager, RunEvent, Url};
use windows::Windows;

/// What every command works with.
///
/// A desk that could not be opened (its history is from a newer version, its folder is read-only)
/// still gets a window, in which every command says why.
pub(crate) struct Desktop {
    /// It is opened while the web view starts, which takes longer.
    desk: Arc<Opening>,
    pulls: commands::Pulls,
    /// The run that is to be shown first, as it was named, until it was: a page that is loaded anew
    /// must not come back to what could not be drawn.
    run: Mutex<Option<String>>,
    /// The file that is to be taken first, until it was.
    file: Mutex<Option<PathBuf>>,
}

/// A desk, once it was opened.
type Opening = OnceLock<Result<Arc<Desk>, Fault>>;

/// What stands before the name of a run in a link to it.
const LINK: &str = "deskhand://run/";

/// What the command line asks for.
#[derive(Debug, Default)]
pub struct Start {
    /// Where the desk keeps things, and which model it asks.
    pub desk: DeskOptions,
    /// A run to show first: its id, the beginning of its id, or `last`.
    pub run: Option<String>,
    /// A file to take first, as one that is let go over the window.
    pub file: Option<PathBuf>,
}

impl Desktop {
    /// Waits for the desk where it is still being opened.
    pub(crate) fn desk(&self) -> Result<&Arc<Desk>, Fault> {
        self.desk.wait().as_ref().map_err(Clone::clone)
    }
}

/// Reads the command line.
///
/// # Errors
/// A sentence about the argument that is not understood.
pub fn options(arguments: impl Iterator<Item = OsString>) -> Result<Start, String> {
    let mut start = Start::default();
    let options = &mut start.desk;
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        let name = argument.to_string_lossy().into_owned();
        // A system that knows the scheme hands the whole link on.
        if let Some(run) = name.strip_prefix(LINK) {
            start.run = Some(run.trim_end_matches('/').to_owned());
            continue;
        }
        if !name.starts_with("--") {
            start.file = Some(file_named(&argument));
            continue;
        }
        let value = arguments.next().ok_or(format!("{name} needs a value."));
        match name.as_str() {
            "--data-dir" => options.data_dir = Some(value?.into()),
            "--model" => {
                options.model = Some(model::ModelId(value?.to_string_lossy().into_owned()))
            }
            "--run" => start.run = Some(value?.to_string_lossy().into_owned()),
            _ => return Err(format!("{name} is not an option.")),
        }
    }
    Ok(start)
}

/// A file as the command line names it, or as a system does that was asked to open it with us.
fn file_named(argument: &OsStr) -> PathBuf {
    let url = argument.to_str().and_then(|text| Url::parse(text).ok());
    let local = url.filter(|url| url.scheme() == "file");
    let path = local.and_then(|url| url.to_file_path().ok());
    let path = path.unwrap_or_else(|| argument.into());
    std::path::absolute(&path).unwrap_or(path)
}

/// Opens the window and stays until it is closed.
///
/// # Errors
/// When the system has no display or no web view.
pub fn run(start: Start) -> tauri::Result<()> {
    let Start {
        desk: options,
        run,
        file,
    } = start;
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(once_open(bindings::builder().invoke_handler()))
        .setup(move |app| {
            let folders = Folders::new(options.data_dir.clone());
            if let Ok(folders) = &folders {
                log::begin(folders);
            }
            app.manage(Desktop {
                desk: open(options),
                pulls: commands::Pulls::default(),
                run: Mutex::new(run),
                file: Mutex::new(file),
            });
            let folders = folders.ok();
            app.manage(Windows::new(
                folders.as_ref().map(Folders::webview),
                Frames::read(folders.as_ref()),
            ));
            windows::open_main(app.handle(), None)?;
            Ok(())
        })
        .build(tauri::generate_context!())?
        .run(|app, event| match event {
            // Without a code it is the last window that was closed.
            RunEvent::ExitRequested {
                api, code: None, ..
            } if app.state::<Windows>().tray.is_there() => api.prevent_exit(),
            RunEvent::Exit => {
                if let Ok(desk) = app.state::<Desktop>().desk() {
                    tauri::async_runtime::block_on(desk.close());
                }
            }
            _ => {}
        });
    Ok(())
}

/// Opens the desk on a thread of its own.
fn open(options: DeskOptions) -> Arc<Opening> {
    let opening = Arc::new(Opening::new());
    let opened = Arc::clone(&opening);
    thread::spawn(move || {
        let desk = || tauri::async_runtime::block_on(Desk::open(options)).map(Arc::new);
        // Without an end to it the window would wait for ever.
        let desk = panic::catch_unwind(AssertUnwindSafe(desk))
            .unwrap_or_else(|_| Err(Fault::new(Code::Internal, "This is a mistake in Deskhand.")));
        match &desk {
            Ok(desk) => tidy(Arc::clone(desk)),
            Err(fault) => tracing::error!(code = ?fault.code, "the desk could not be opened"),
        }
        // Nobody else fills it.
        let _ = opened.set(desk);
    });
    opening
}

/// Hands commands on once the desk is open. Those that come before wait on threads of their own: the few
/// that the runtime has are what the desk is opened with.
fn once_open(
    hand_on: impl Fn(Invoke) -> bool + Send + Sync + 'static,
) -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
    let hand_on = Arc::new(hand_on);
    move |command| {
        let desk = Arc::clone(&command.message.webview_ref().state::<Desktop>().desk);
        if desk.get().is_some() {
            return hand_on(command);
        }
        let hand_on = Arc::clone(&hand_on);
        thread::spawn(move || {
            desk.wait();
            hand_on(command)
        });
        true
    }
}

/// Forgets runs that are older than the person wants them kept, while the window opens.
fn tidy(desk: Arc<Desk>) {
    tauri::async_runtime::spawn(async move {
        match desk.tidy().await {
            Ok(0) => {}
            Ok(forgotten) => tracing::info!(forgotten, "old runs were forgotten"),
            Err(fault) => tracing::warn!(code = ?fault.code, "old runs were not forgotten"),
        }
    });
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use tauri::utils::config::Config;

    use super::*;

    /// Puts the members of one object over those of another, as Tauri's command line does.
    fn put_over(one: &mut Value, other: Value) {
        match (one, other) {
            (Value::Object(one), Value::Object(other)) => {
                for (name, value) in other {
                    put_over(one.entry(name).or_insert(Value::Null), value);
                }
            }
            (one, other) => *one = other,
        }
    }

    #[test]
    fn what_bundles_elsewhere_are_made_of_is_understood() {
        let common = include_str!("../../tauri.conf.json");
        for system in [
            include_str!("../../packaging/macos.json"),
            include_str!("../../packaging/windows.json"),
        ] {
            let mut config: Value = serde_json::from_str(common).unwrap();
            put_over(&mut config, serde_json::from_str(system).unwrap());
            let config: Config = serde_json::from_value(config).unwrap();
            assert!(config.bundle.active);
            let beside = config.bundle.external_bin.unwrap();
            assert!(beside.iter().any(|name| name.ends_with("deskhand-engine")));
        }
    }

    #[test]
    fn the_command_line_is_read_and_mistakes_are_named() {
        let read = |line: &str| options(line.split_whitespace().map(OsString::from));
        let both = read("--data-dir /d --model m").unwrap().desk;
        assert_eq!(both.data_dir, Some("/d".into()));
        assert_eq!(both.model, Some("m".into()));
        assert_eq!(read("").unwrap().run, None);
        assert_eq!(read("--run last").unwrap().run.as_deref(), Some("last"));
        let link = read("deskhand://run/01KAT/ --model m").unwrap();
        assert_eq!(link.run.as_deref(), Some("01KAT"));
        assert_eq!(link.desk.model, Some("m".into()));
        assert_eq!(read("/a/b.csv").unwrap().file, Some("/a/b.csv".into()));
        let opened = read("file:///a/%E5%B8%B3.csv --model m").unwrap();
        assert_eq!(opened.file, Some("/a/帳.csv".into()));
        assert_eq!(read("--run").unwrap_err(), "--run needs a value.");
        assert_eq!(read("--model").unwrap_err(), "--model needs a value.");
        assert_eq!(read("--nodel m").unwrap_err(), "--nodel is not an option.");
    }
}
