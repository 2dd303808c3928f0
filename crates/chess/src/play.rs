//! Playing on: what is legal in a position, and the engine's reply at a chosen strength. The window
//! asks these while a person moves pieces; no run begins for them.

use std::time::Duration;

use assistant::Fault;
use assistant::artifact::{ChessMove, ChessResult};
use serde::{Deserialize, Serialize};
use shakmaty::Position;
use tokio_util::sync::CancellationToken;

use crate::board::{Situation, sans};
use crate::engine::Search;
use crate::{ChessError, Coach, fen, notation, pgn};

/// How long the engine thinks about a reply.
const REPLY: Duration = Duration::from_millis(400);

/// The strengths that Stockfish can be held to.
const STRENGTHS: std::ops::RangeInclusive<u32> = 1_350..=2_850;

/// A position and what can be done in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ChessPosition {
    /// The position, in FEN.
    pub fen: String,
    /// Every legal move.
    pub legal: Vec<ChessMove>,
    /// The moves that led here, in both notations.
    pub played: Vec<ChessMove>,
    /// Whether the side to move is in check.
    pub check: bool,
    /// How the game ended, where it is over.
    pub ending: Option<Ending>,
}

/// How a game can end on the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// The side to move is mated.
    Checkmate,
    /// The side to move has no move and is not in check.
    Stalemate,
    /// Neither side can mate any more.
    NotEnough,
}

impl Coach {
    /// What comes of some moves, in any notation, and what is legal then.
    ///
    /// # Errors
    /// When the position cannot be, or a move is not legal.
    pub fn position(&self, position: &str, moves: &[String]) -> Result<ChessPosition, Fault> {
        Ok(look(fen::parse(position)?, moves)?)
    }

    /// Advice as PGN: the game with its variations and comments, and what was found out as more of both.
    #[must_use]
    pub fn pgn(&self, advice: &ChessResult) -> String {
        pgn::write(advice)
    }

    /// The engine's move, at a strength in Elo where one is said. The position after it comes back.
    ///
    /// # Errors
    /// When the position cannot be, the game is over, or there is no engine.
    pub async fn reply(
        &self,
        position: &str,
        strength: Option<u32>,
        cancel: &CancellationToken,
    ) -> Result<ChessPosition, Fault> {
        let from = fen::parse(position)?;
        from.ensure_playable()?;
        let search = Search {
            from: from.clone(),
            time: REPLY,
            lines: 1,
            only: vec![],
            strength: strength.map(|elo| elo.clamp(*STRENGTHS.start(), *STRENGTHS.end())),
        };
        let found = self.engine.look(&search, cancel).await?;
        let best = found.lines.first().and_then(|line| line.first());
        let action = found.chosen.or(best);
        let action = action.ok_or(ChessError::Internal("the engine found no move"))?;
        Ok(look(from.clone(), &[from.uci(action)])?)
    }
}

fn look(mut now: Situation, moves: &[String]) -> Result<ChessPosition, ChessError> {
    let mut played = Vec::new();
    for text in moves {
        let action = notation::parse(&now.chess, text).ok_or_else(|| ChessError::Move {
            san: text.chars().take(20).collect(),
            detail: "a legal move, such as Nf3 or g1f3".to_owned(),
        })?;
        played.push(ChessMove {
            san: sans(&now.chess, &[action]).concat(),
            uci: now.uci(action),
        });
        now = now.after(&[action]);
    }
    let legal = now.chess.legal_moves();
    let legal = legal.into_iter().map(|action| ChessMove {
        san: sans(&now.chess, &[action]).concat(),
        uci: now.uci(action),
    });
    let ending = if now.chess.is_checkmate() {
        Some(Ending::Checkmate)
    } else if now.chess.is_stalemate() {
        Some(Ending::Stalemate)
    } else {
        now.chess
            .is_insufficient_material()
            .then_some(Ending::NotEnough)
    };
    Ok(ChessPosition {
        legal: legal.collect(),
        fen: now.fen(),
        check: now.chess.is_check(),
        played,
        ending,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position(fen: &str, moves: &[&str]) -> Result<ChessPosition, Fault> {
        let moves: Vec<String> = moves.iter().map(|text| (*text).to_owned()).collect();
        Coach::new(None).unwrap().position(fen, &moves)
    }

    #[test]
    fn moves_are_played_and_what_is_legal_then_is_told() {
        let start = Situation::default().fen();
        let found = position(&start, &["e4", "e7e5"]).unwrap();
        assert_eq!(found.played[1].san, "e5");
        assert_eq!(found.legal.len(), 29);
        assert_eq!((found.check, found.ending), (false, None));
        let mate = position(&start, &["f3", "e5", "g4", "Qh4"]).unwrap();
        assert_eq!((mate.check, mate.ending), (true, Some(Ending::Checkmate)));
        let fault = position(&start, &["e5"]).unwrap_err();
        assert_eq!(fault.code, assistant::Code::InputInvalid);
    }

    #[tokio::test]
    async fn the_engine_replies_at_a_strength() {
        let coach = Coach::new(None).unwrap();
        if coach.engine.path().is_err() {
            eprintln!("stockfish is not installed: nothing was tested");
            return;
        }
        let start = Situation::default().fen();
        let cancel = CancellationToken::new();
        for strength in [None, Some(1_400), Some(9_000)] {
            let after = coach.reply(&start, strength, &cancel).await.unwrap();
            assert_eq!(after.played.len(), 1);
            assert!(after.fen.contains(" b "), "{}", after.fen);
        }
        let over = coach
            .reply("7k/5Q2/6K1/8/8/8/8/8 b - - 0 1", None, &cancel)
            .await;
        assert_eq!(over.unwrap_err().code, assistant::Code::PositionInvalid);
    }
}
