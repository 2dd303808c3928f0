//! Windows beside the first: a piece of work in a window of its own, the small one for a quick
//! question, and what the system shows of us outside of any window.
//!
//! Which of them a page is in stands in its address (`as`), because a page has to know before it can
//! ask anything.

pub mod quick;
pub mod tray;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use assistant::{Code, Fault, RunId};
use tauri::{AppHandle, Emitter, Manager, State, WebviewUrl, WebviewWindow, WebviewWindowBuilder};
use tauri_plugin_notification::NotificationExt;
use tokio::sync::oneshot;

use crate::Desktop;
use crate::frame::{self, Frames};

/// The window with the whole desk.
pub const MAIN: &str = "main";
/// What the names of windows with one piece of work begin with.
const WORK: &str = "work-";
/// The event that has the first window show a run.
const SHOW_RUN: &str = "show-run";
/// At first, for one piece of work.
const WORK_SIZE: (f64, f64) = (1000.0, 760.0);
/// Narrower or lower than this a window with one piece of work is not made.
const WORK_LEAST: (f64, f64) = (560.0, 480.0);

/// What every window of this program has in common.
pub struct Windows {
    /// Where the web view keeps what it remembers (language, theme): in the data folder like
    /// everything else.
    webview: Option<PathBuf>,
    frames: Frames,
    opened: AtomicU32,
    pub(crate) tray: tray::Tray,
}

impl Windows {
    pub fn new(webview: Option<PathBuf>, frames: Frames) -> Self {
        Self {
            webview,
            frames,
            opened: AtomicU32::new(0),
            tray: tray::Tray::default(),
        }
    }

    /// A window that is about to be built, with its page told what it is.
    fn prepare<'a>(
        &self,
        app: &'a AppHandle,
        label: &str,
        told: &[(&str, &str)],
    ) -> WebviewWindowBuilder<'a, tauri::Wry, AppHandle> {
        let mut window = WebviewWindowBuilder::new(app, label, WebviewUrl::App(page(told).into()))
            .title("Deskhand")
            .on_document_title_changed(|window, title| {
                // A title that cannot be set costs the title.
                let _ = window.set_title(&title);
            });
        if let Some(folder) = &self.webview {
            window = window.data_directory(folder.clone());
        }
        window
    }
}

/// The page of a window, with what it is told in its address.
fn page(told: &[(&str, &str)]) -> String {
    let mut address = tauri::Url::parse("page:index.html").ok();
    if let Some(address) = &mut address
        && !told.is_empty()
    {
        address.query_pairs_mut().extend_pairs(told);
    }
    match address.as_ref().and_then(tauri::Url::query) {
        Some(query) => format!("index.html?{query}"),
        None => "index.html".to_owned(),
    }
}

/// Opens the window with the whole desk, as large as it was left.
pub fn open_main(app: &AppHandle, run: Option<&RunId>) -> tauri::Result<WebviewWindow> {
    let windows = app.state::<Windows>();
    let frame = windows.frames.now();
    let told = run.map(|run| ("run", run.0.as_str()));
    let window = windows
        .prepare(app, MAIN, told.as_slice())
        .inner_size(frame.width, frame.height)
        .maximized(frame.maximized)
        .min_inner_size(frame::LEAST.0, frame::LEAST.1)
        .build()?;
    let followed = window.clone();
    window.on_window_event(move |event| {
        let windows = followed.state::<Windows>();
        windows.frames.follow(&followed, event);
        windows.tray.stay(&followed, event);
    });
    Ok(window)
}

/// Brings the window with the whole desk to the front, and opens it where it was closed.
pub fn to_front(app: &AppHandle, run: Option<&RunId>) -> tauri::Result<()> {
    let Some(window) = app.get_webview_window(MAIN) else {
        return open_main(app, run)?.set_focus();
    };
    window.show()?;
    window.unminimize()?;
    window.set_focus()?;
    match run {
        Some(run) => app.emit_to(MAIN, SHOW_RUN, run),
        None => Ok(()),
    }
}

/// Does something on the first thread, which alone may talk to some parts of the system.
async fn on_first_thread<T: Send + 'static>(
    app: &AppHandle,
    work: impl FnOnce(&AppHandle) -> T + Send + 'static,
) -> Result<T, Fault> {
    let (told, done) = oneshot::channel();
    let handle = app.clone();
    let unreachable = || Fault::new(Code::Internal, "The system cannot be reached.");
    app.run_on_main_thread(move || {
        // Nobody waits any more when the window is gone.
        let _ = told.send(work(&handle));
    })
    .map_err(|error| unreachable().with("detail", error))?;
    done.await
        .map_err(|error| unreachable().with("detail", error))
}

/// What the system did not do, as a fault.
fn refused(error: &tauri::Error) -> Fault {
    Fault::new(Code::Internal, "The system opened no window.").with("detail", error)
}

/// Opens an assistant, or one of its runs, in a window of its own.
#[tauri::command]
#[specta::specta]
pub async fn open_beside(
    app: AppHandle,
    desktop: State<'_, Desktop>,
    windows: State<'_, Windows>,
    assistant: String,
    run: Option<RunId>,
) -> Result<(), Fault> {
    desktop.desk()?.assistant(&assistant)?;
    let number = windows.opened.fetch_add(1, Ordering::Relaxed);
    let mut told = vec![("as", "work"), ("assistant", assistant.as_str())];
    if let Some(run) = &run {
        told.push(("run", run.0.as_str()));
    }
    windows
        .prepare(&app, &format!("{WORK}{number}"), &told)
        .inner_size(WORK_SIZE.0, WORK_SIZE.1)
        .min_inner_size(WORK_LEAST.0, WORK_LEAST.1)
        .build()
        .map(drop)
        .map_err(|error| refused(&error))
}

/// Brings the window with the whole desk to the front, with a run on its table.
#[tauri::command]
#[specta::specta]
pub async fn show_in_main(app: AppHandle, run: Option<RunId>) -> Result<(), Fault> {
    to_front(&app, run.as_ref()).map_err(|error| refused(&error))
}

/// Closes the window that asks.
#[tauri::command]
#[specta::specta]
pub async fn close_this(window: WebviewWindow) -> Result<(), Fault> {
    window.close().map_err(|error| refused(&error))
}

/// Has the system say something; the window has the words, which name no question and no answer.
#[tauri::command]
#[specta::specta]
pub async fn tell_system(app: AppHandle, title: String, text: String) -> Result<(), Fault> {
    // Made when it is first needed: most windows are looked at while they work.
    if app.try_state::<Told>().is_none() {
        let added = app.plugin(tauri_plugin_notification::init());
        added.map_err(|error| refused(&error))?;
        app.manage(Told);
    }
    let notice = app.notification().builder().title(title).body(text);
    notice.show().map_err(|error| {
        Fault::new(Code::Internal, "The system shows no notices.").with("detail", error)
    })
}

/// That the system's notices can be used already.
struct Told;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_told_what_it_is() {
        assert_eq!(page(&[]), "index.html");
        assert_eq!(
            page(&[("as", "work"), ("assistant", "sql")]),
            "index.html?as=work&assistant=sql"
        );
        assert_eq!(
            page(&[("run", "a&b=c d#e")]),
            "index.html?run=a%26b%3Dc+d%23e"
        );
    }
}
