//! The small window for a quick question, and the keys that open it from wherever one is.

use assistant::{Code, Fault};
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Manager};
use tauri_plugin_global_shortcut::{Builder, GlobalShortcutExt, Shortcut, ShortcutState};

use super::{Windows, on_first_thread, refused};

/// The small window.
const QUICK: &str = "quick";
/// Its size.
const SIZE: (f64, f64) = (720.0, 560.0);
/// Narrower or lower it is not made.
const LEAST: (f64, f64) = (480.0, 360.0);

/// How it stands with the keys that open the small window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum QuickAsk {
    /// The person wants none.
    Off,
    /// They open it.
    On,
    /// Another program has them, or the system refused them.
    Taken,
    /// This system lets no program listen for keys that are pressed elsewhere.
    NotOffered,
}

/// That keys can be listened for already.
struct Listening;

/// Sets which keys open the small window, such as `Ctrl+Alt+Space`; nothing for none.
#[tauri::command]
#[specta::specta]
pub async fn set_quick_ask(app: AppHandle, keys: Option<String>) -> Result<QuickAsk, Fault> {
    if app.try_state::<Listening>().is_some() {
        // What was not registered cannot be given up, which is as well.
        let _ = app.global_shortcut().unregister_all();
    }
    let Some(keys) = keys else {
        return Ok(QuickAsk::Off);
    };
    let shortcut = keys.parse::<Shortcut>().map_err(|error| {
        Fault::new(Code::InputInvalid, format!("{keys} is no keys to press."))
            .with("input", "keys")
            .with("value", &keys)
            .with("detail", error)
    })?;
    if !is_offered() || !on_first_thread(&app, begin).await? {
        return Ok(QuickAsk::NotOffered);
    }
    Ok(match app.global_shortcut().register(shortcut) {
        Ok(()) => QuickAsk::On,
        Err(error) => {
            tracing::info!(%error, "the keys for a quick question are not ours");
            QuickAsk::Taken
        }
    })
}

/// Opens the small window, or closes it: for those without keys that work everywhere.
#[tauri::command]
#[specta::specta]
pub async fn quick_ask(app: AppHandle) -> Result<(), Fault> {
    toggle(&app).map_err(|error| refused(&error))
}

/// Wayland has no keys that one program may listen for while another is used; behind its X server
/// they could be had, and would only work over some windows.
fn is_offered() -> bool {
    !cfg!(target_os = "linux")
        || (std::env::var_os("WAYLAND_DISPLAY").is_none() && std::env::var_os("DISPLAY").is_some())
}

/// Begins to listen, when that is first needed. Whether it could.
fn begin(app: &AppHandle) -> bool {
    if app.try_state::<Listening>().is_some() {
        return true;
    }
    let listener = Builder::new()
        .with_handler(|app, _, event| {
            if event.state() == ShortcutState::Pressed
                && let Err(error) = toggle(app)
            {
                tracing::warn!(%error, "the small window did not open");
            }
        })
        .build();
    match app.plugin(listener) {
        Ok(()) => {
            app.manage(Listening);
            true
        }
        Err(error) => {
            tracing::info!(%error, "no keys can be listened for");
            false
        }
    }
}

/// Opens the small window, brings it to the front, or closes it where it is there already.
pub fn toggle(app: &AppHandle) -> tauri::Result<()> {
    match app.get_webview_window(QUICK) {
        Some(window) if window.is_focused()? => window.close(),
        Some(window) => window.set_focus(),
        None => open(app),
    }
}

fn open(app: &AppHandle) -> tauri::Result<()> {
    let windows = app.state::<Windows>();
    windows
        .prepare(app, QUICK, &[("as", QUICK)])
        .inner_size(SIZE.0, SIZE.1)
        .min_inner_size(LEAST.0, LEAST.1)
        .center()
        .always_on_top(true)
        .build()?
        .set_focus()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_of_the_window_is_keys() {
        let window = include_str!("../../../ui/src/windows/quickKeys.ts");
        let choices: Vec<&str> = window
            .split('\'')
            .filter(|part| part.contains('+'))
            .collect();
        assert!(choices.len() >= 3, "{choices:?}");
        for keys in choices {
            assert!(keys.parse::<Shortcut>().is_ok(), "{keys}");
        }
    }
}
