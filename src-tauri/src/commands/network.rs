//! Whether the program may use a network.

use assistant::Fault;
use tauri::State;

use crate::Desktop;

/// Whether nothing may be asked over a network.
#[tauri::command]
#[specta::specta]
pub async fn is_offline(desktop: State<'_, Desktop>) -> Result<bool, Fault> {
    desktop.desk()?.is_offline()
}

/// Forbids any use of the network but to this machine itself, or allows it again.
#[tauri::command]
#[specta::specta]
pub async fn set_offline(desktop: State<'_, Desktop>, offline: bool) -> Result<(), Fault> {
    desktop.desk()?.set_offline(offline)
}
