//! What the window asks while a person moves pieces.

use assistant::Fault;
use assistant::artifact::ChessResult;
use desk::ChessPosition;
use tauri::State;
use tokio_util::sync::CancellationToken;

use crate::Desktop;

/// What comes of some moves in a position, and what is legal then.
#[tauri::command]
#[specta::specta]
pub async fn chess_position(
    desktop: State<'_, Desktop>,
    fen: String,
    moves: Vec<String>,
) -> Result<ChessPosition, Fault> {
    desktop.desk()?.chess().position(&fen, &moves)
}

/// Advice as PGN, with the variations and comments of whoever looked at it.
#[tauri::command]
#[specta::specta]
pub async fn chess_pgn(desktop: State<'_, Desktop>, advice: ChessResult) -> Result<String, Fault> {
    Ok(desktop.desk()?.chess().pgn(&advice))
}

/// The engine's move, at a strength in Elo where one is said, and the position after it.
#[tauri::command]
#[specta::specta]
pub async fn chess_reply(
    desktop: State<'_, Desktop>,
    fen: String,
    strength: Option<u32>,
) -> Result<ChessPosition, Fault> {
    let desk = desktop.desk()?;
    desk.chess()
        .reply(&fen, strength, &CancellationToken::new())
        .await
}
