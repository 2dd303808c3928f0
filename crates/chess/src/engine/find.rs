//! Finding the engine's program.

use std::path::{Path, PathBuf};

use crate::ChessError;

/// Names a program that somebody chose.
const VARIABLE: &str = "DESKHAND_CHESS_ENGINE";

/// Where packages put programs that are not on everybody's path.
const USUAL: [&str; 4] = [
    "/usr/games",
    "/usr/local/bin",
    "/opt/homebrew/bin",
    "/usr/bin",
];

/// The engine that was chosen, else the one beside this program, on the path, or in a usual place.
///
/// # Errors
/// When there is none. One that was chosen and is not there is not replaced by another.
pub fn engine(told: Option<&Path>) -> Result<PathBuf, ChessError> {
    let chosen = told
        .map(Path::to_path_buf)
        .or_else(|| std::env::var_os(VARIABLE).map(PathBuf::from));
    if let Some(chosen) = chosen {
        return match chosen.is_file() {
            true => Ok(chosen),
            false => Err(ChessError::NoEngine(Some(chosen))),
        };
    }
    let name = format!("stockfish{}", std::env::consts::EXE_SUFFIX);
    let beside = std::env::current_exe()
        .ok()
        .and_then(|program| program.parent().map(Path::to_path_buf));
    let path = std::env::var_os("PATH").unwrap_or_default();
    beside
        .into_iter()
        .chain(std::env::split_paths(&path))
        .chain(USUAL.into_iter().map(PathBuf::from))
        .map(|folder| folder.join(&name))
        .find(|program| program.is_file())
        .ok_or(ChessError::NoEngine(None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_engine_is_not_replaced() {
        let place = tempfile::tempdir().unwrap();
        let chosen = place.path().join("engine");
        let error = engine(Some(&chosen)).unwrap_err();
        assert_eq!(error, ChessError::NoEngine(Some(chosen.clone())));
        std::fs::write(&chosen, "").unwrap();
        assert_eq!(engine(Some(&chosen)), Ok(chosen));
    }
}
