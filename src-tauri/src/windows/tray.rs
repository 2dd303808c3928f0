//! A sign in the system's bar, for those who want one: the window may be closed then, and the
//! program stays until it is told to end.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};

use assistant::Fault;
use serde::{Deserialize, Serialize};
use tauri::menu::{Menu, MenuItem};
use tauri::tray::TrayIconBuilder;
use tauri::{AppHandle, State, WebviewWindow, WindowEvent};

use super::{Windows, on_first_thread, quick, to_front};

/// Name of the sign.
const SIGN: &str = "desk";
const OPEN: &str = "open";
const ASK: &str = "ask";
const QUIT: &str = "quit";

/// The words of the sign's menu, which are the window's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct TrayWords {
    /// Brings the window to the front.
    pub open: String,
    /// Opens the small window.
    pub ask: String,
    /// Ends the program.
    pub quit: String,
}

/// Whether there is a sign.
#[derive(Debug, Default)]
pub struct Tray {
    is_there: AtomicBool,
}

impl Tray {
    /// Whether the program stays when its windows are closed.
    pub fn is_there(&self) -> bool {
        self.is_there.load(Ordering::Relaxed)
    }

    /// A window that is closed while there is a sign is only put away.
    pub fn stay(&self, window: &WebviewWindow, event: &WindowEvent) {
        if let WindowEvent::CloseRequested { api, .. } = event
            && self.is_there()
        {
            api.prevent_close();
            if let Err(error) = window.hide() {
                tracing::warn!(%error, "the window was not put away");
            }
        }
    }
}

/// Puts a sign into the system's bar, gives it other words, or takes it away. Whether it is there
/// now: some systems have no bar, or lack the library for it.
#[tauri::command]
#[specta::specta]
pub async fn set_tray(
    app: AppHandle,
    windows: State<'_, Windows>,
    words: Option<TrayWords>,
) -> Result<bool, Fault> {
    let is_there = on_first_thread(&app, move |app| {
        // None is there at first, or it is replaced.
        let _ = app.remove_tray_by_id(SIGN);
        words.is_some_and(|words| is_made(app, &words))
    })
    .await?;
    windows.tray.is_there.store(is_there, Ordering::Relaxed);
    Ok(is_there)
}

/// Makes the sign. On Linux a library is loaded for it, which panics where it is not installed.
fn is_made(app: &AppHandle, words: &TrayWords) -> bool {
    match catch_unwind(AssertUnwindSafe(|| make(app, words))) {
        Ok(Ok(())) => true,
        Ok(Err(error)) => {
            tracing::info!(%error, "the system's bar takes no sign");
            false
        }
        Err(_) => {
            tracing::info!("the library for the system's bar is not installed");
            false
        }
    }
}

fn make(app: &AppHandle, words: &TrayWords) -> tauri::Result<()> {
    let item = |id: &str, words: &str| MenuItem::with_id(app, id, words, true, None::<&str>);
    let (open, ask, quit) = (
        item(OPEN, &words.open)?,
        item(ASK, &words.ask)?,
        item(QUIT, &words.quit)?,
    );
    let menu = Menu::with_items(app, &[&open, &ask, &quit])?;
    let mut sign = TrayIconBuilder::with_id(SIGN)
        .tooltip("Deskhand")
        .menu(&menu)
        .on_menu_event(|app, event| {
            let done = match event.id().as_ref() {
                OPEN => to_front(app, None),
                ASK => quick::toggle(app),
                QUIT => {
                    app.exit(0);
                    Ok(())
                }
                _ => Ok(()),
            };
            if let Err(error) = done {
                tracing::warn!(%error, "what was chosen in the system's bar was not done");
            }
        });
    if let Some(icon) = app.default_window_icon() {
        sign = sign.icon(icon.clone());
    }
    sign.build(app).map(drop)
}
