//! What is to be looked at: a position, or a game and one of its positions.

use std::path::Path;

use shakmaty::Position;
use tokio_util::sync::CancellationToken;

use crate::ChessError;
use crate::board::Situation;
use crate::habits::Habits;
use crate::pgn::{self, Chosen, Source};
use crate::request::Request;
use crate::{fen, notation};

/// What a request is about.
#[derive(Debug, Clone)]
pub enum Subject {
    /// A position by itself.
    Position(Situation),
    /// A game.
    Game(Box<Chosen>),
}

/// Reads the position or the game that was asked about. Files are read as streams, on a thread for
/// such work.
///
/// # Errors
/// When it cannot be read, or there is nothing to think about in it.
pub async fn read(request: &Request, cancel: &CancellationToken) -> Result<Subject, ChessError> {
    let Some(pgn) = request.pgn.clone() else {
        let situation = fen::parse(request.fen.as_deref().unwrap_or_default())?;
        situation.ensure_playable()?;
        return Ok(Subject::Position(situation));
    };
    let (game, cancel) = (request.game, cancel.clone());
    let reading =
        tokio::task::spawn_blocking(move || pgn::choose(source(&pgn)?, game, &|_| {}, &cancel));
    let chosen = reading
        .await
        .map_err(|_| ChessError::Internal("the reader of games fell over"))??;
    Ok(Subject::Game(Box::new(chosen)))
}

/// What the person's games play, where some were given along. Read on a thread for such work.
///
/// # Errors
/// As [`Habits::read`].
pub async fn habits(
    request: &Request,
    cancel: &CancellationToken,
) -> Result<Option<Habits>, ChessError> {
    let Some(games) = request.games.clone() else {
        return Ok(None);
    };
    let (player, cancel) = (request.player.clone(), cancel.clone());
    let reading = tokio::task::spawn_blocking(move || {
        Habits::read(source(&games)?, player.as_deref(), &|_| {}, &cancel)
    });
    let habits = reading
        .await
        .map_err(|_| ChessError::Internal("the reader of games fell over"))??;
    Ok(Some(habits))
}

/// Games that were pasted, or those of the file whose path was.
///
/// # Errors
/// When the file cannot be opened.
pub fn source(games: &str) -> Result<Source, ChessError> {
    let is_path = !games.contains(['\n', '[', '{']) && Path::new(games).is_file();
    let looks_like_path = games.to_lowercase().ends_with(".pgn") && !games.contains('\n');
    match is_path || looks_like_path {
        true => Source::file(Path::new(games)),
        false => Ok(Source::text(games)),
    }
}

/// The legal move that the person had in mind.
///
/// # Errors
/// When it is none.
pub fn meant(
    request: &Request,
    situation: &Situation,
) -> Result<Option<shakmaty::Move>, ChessError> {
    let Some(text) = &request.meant else {
        return Ok(None);
    };
    let found = notation::parse(&situation.chess, text);
    found.map(Some).ok_or_else(|| ChessError::Move {
        san: text.chars().take(20).collect(),
        detail: format!(
            "a legal move for {}, such as Nf3 or g1f3",
            situation.chess.turn().fold_wb("White", "Black")
        ),
    })
}
