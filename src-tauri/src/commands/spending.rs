//! What the window can ask about tokens and money.

use assistant::Fault;
use desk::{SpendingInfo, UsageBy, UsageLine};
use tauri::State;

use crate::Desktop;

/// Lines of usage that the window shows; more months, models or assistants nobody has.
const LINES: u32 = 1_000;

/// What all runs used, added up by month, assistant or model.
#[tauri::command]
#[specta::specta]
pub async fn usage(desktop: State<'_, Desktop>, by: UsageBy) -> Result<Vec<UsageLine>, Fault> {
    desktop.desk()?.usage(by.into(), LINES).await
}

/// What was spent this month, and how much may be.
#[tauri::command]
#[specta::specta]
pub async fn spending_info(desktop: State<'_, Desktop>) -> Result<SpendingInfo, Fault> {
    desktop.desk()?.spending()
}

/// Sets how many dollars services may be paid in a month; nothing for as many as they cost.
#[tauri::command]
#[specta::specta]
pub async fn set_spending_limit(
    desktop: State<'_, Desktop>,
    dollars: Option<String>,
) -> Result<(), Fault> {
    desktop.desk()?.set_spending_limit(dollars.as_deref())
}
