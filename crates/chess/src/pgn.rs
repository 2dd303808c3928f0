//! Games in PGN, read as a stream: one game is in memory at a time, however long the file is.
//!
//! Not pgn-reader: it goes on silently after what it does not know (`Sf3`, a comment within a
//! comment), and the moves after it then belong to the wrong side. Here every game is read to its
//! end or refused with its number, its line and the word that is not a move.

mod reader;
mod split;
mod tokens;
mod writer;

use std::fs::File;
use std::io::{BufRead, BufReader, Cursor};
use std::ops::ControlFlow;
use std::path::Path;

use shakmaty::Move;
use tokio_util::sync::CancellationToken;

use crate::ChessError;
use crate::board::Situation;
use split::{GameText, Texts};

pub use writer::write;

/// A game.
#[derive(Debug, Clone, Default)]
pub struct Game {
    /// What is said of it, such as `White` and `Event`, in order.
    pub tags: Vec<(String, String)>,
    /// The position that it begins from.
    pub start: Situation,
    /// Its moves.
    pub plies: Vec<Ply>,
    /// How it ended as the text says, such as `1-0`.
    pub result: Option<String>,
    /// What could not be kept of its variations, each with its line.
    pub flaws: Vec<String>,
}

/// A move of a game.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ply {
    /// The move; nothing where the side passes, which some collections write as `--`.
    pub action: Option<Move>,
    /// What is said of it.
    pub comment: String,
    /// What is said before it: at the beginning of the game, or of a variation.
    pub before: String,
    /// What somebody thinks of it, in the standard's numbers.
    pub marks: Vec<u8>,
    /// Lines in its place.
    pub variations: Vec<Vec<Ply>>,
}

impl Game {
    /// The value of a tag.
    #[must_use]
    pub fn tag(&self, name: &str) -> Option<&str> {
        self.tags
            .iter()
            .find_map(|(tag, value)| (tag == name).then_some(value.as_str()))
    }

    /// Every position of the game, the first one included.
    #[must_use]
    pub fn positions(&self) -> Vec<Situation> {
        let mut positions = vec![self.start.clone()];
        let mut now = self.start.clone();
        for ply in &self.plies {
            now = ply.after(&now);
            positions.push(now.clone());
        }
        positions
    }
}

impl Ply {
    /// The position after it.
    #[must_use]
    pub fn after(&self, before: &Situation) -> Situation {
        match self.action {
            Some(action) => before.after(&[action]),
            None => Situation {
                chess: crate::board::passed(&before.chess).unwrap_or_else(|| before.chess.clone()),
                mode: before.mode,
            },
        }
    }
}

/// Where games are read from.
pub struct Source {
    lines: Box<dyn BufRead + Send>,
    length: u64,
}

impl Source {
    /// Games in a text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self {
            length: text.len() as u64,
            lines: Box::new(Cursor::new(text.to_owned())),
        }
    }

    /// Games in a file.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn file(path: &Path) -> Result<Self, ChessError> {
        let unreadable = |error: std::io::Error| ChessError::File {
            path: path.into(),
            detail: error.to_string(),
        };
        let file = File::open(path).map_err(unreadable)?;
        Ok(Self {
            length: file.metadata().map_err(unreadable)?.len(),
            lines: Box::new(BufReader::with_capacity(1 << 16, file)),
        })
    }
}

/// One game out of many, and how many there are.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// The game.
    pub game: Game,
    /// Its number, from 1.
    pub number: usize,
    /// How many games there are.
    pub games: usize,
}

/// Reads the game with that number, from 1, and counts all of them. `tell` is told how far it is.
///
/// # Errors
/// When there is no such game, when it cannot be read, or when the person stopped it. Other games
/// are only counted; what is wrong with them does not matter.
pub fn choose(
    source: Source,
    wanted: usize,
    tell: &(dyn Fn(u8) + Send + Sync),
    cancel: &CancellationToken,
) -> Result<Chosen, ChessError> {
    let mut games = 0;
    let mut chosen = None;
    texts(source, tell, cancel, |text| {
        // One text may hold several games without tags; they end with their results.
        let there = tokens::count(&text.text);
        if chosen.is_none() && (games + 1..=games + there).contains(&wanted) {
            chosen = Some(reader::read(text, wanted - games, wanted)?);
        }
        games += there;
        Ok(ControlFlow::Continue(()))
    })?;
    match chosen {
        Some(game) => Ok(Chosen {
            game,
            number: wanted,
            games,
        }),
        None if games == 0 => Err(ChessError::NoGame),
        None => Err(ChessError::NoSuchGame {
            wanted,
            there: games,
        }),
    }
}

/// Reads every game, one after the other, until `see` has seen enough. It is given a game's number,
/// from 1, and the game, or why it cannot be read; the others are not touched by that.
///
/// # Errors
/// When the text itself cannot be read, or the person stopped it.
pub fn each(
    source: Source,
    tell: &(dyn Fn(u8) + Send + Sync),
    cancel: &CancellationToken,
    mut see: impl FnMut(usize, Result<Game, ChessError>) -> ControlFlow<()>,
) -> Result<(), ChessError> {
    let mut games = 0;
    texts(source, tell, cancel, |text| {
        for which in 1..=tokens::count(&text.text) {
            games += 1;
            if see(games, reader::read(text, which, games)).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    })
}

/// Goes through the texts of games; `tell` is told how far it is.
fn texts(
    source: Source,
    tell: &(dyn Fn(u8) + Send + Sync),
    cancel: &CancellationToken,
    mut see: impl FnMut(&GameText) -> Result<ControlFlow<()>, ChessError>,
) -> Result<(), ChessError> {
    let length = source.length.max(1);
    let mut texts = Texts::new(source.lines);
    let mut told = 0;
    let mut number = 1;
    while let Some(text) = texts.next(number)? {
        if cancel.is_cancelled() {
            return Err(ChessError::Cancelled);
        }
        number += 1;
        let percent = u8::try_from(texts.read() * 100 / length);
        let percent = percent.unwrap_or(100).min(100);
        if percent > told {
            told = percent;
            tell(percent);
        }
        if see(&text)?.is_break() {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "pgn/tests.rs"]
mod tests;
