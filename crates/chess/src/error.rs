//! What can keep a position or a game from being looked at.

use std::path::PathBuf;
use std::time::Duration;

use assistant::{Code, Fault};

/// Why there is nothing to look at, or nobody who looks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChessError {
    /// A position that cannot be, or is not written as FEN wants it.
    #[error("this is not a position of chess: {detail}")]
    Position {
        /// Which part of the FEN, such as `castling`.
        part: &'static str,
        /// What is wrong with it, and where.
        detail: String,
    },
    /// Nobody has a move any more.
    #[error("this game is over: {0}")]
    Over(&'static str),
    /// A game of other rules.
    #[error(
        "this is {0}, which has other rules than chess: only chess and Chess960 can be looked at"
    )]
    Variant(String),
    /// A game that cannot be read.
    #[error("game {game}, line {line}: {detail}")]
    Game {
        /// Which one, from 1.
        game: usize,
        /// Which line of the text, from 1.
        line: usize,
        /// What is wrong there.
        detail: String,
    },
    /// A text without any game.
    #[error("there is no game in this text")]
    NoGame,
    /// A number that no game has.
    #[error("there are {there} games and none with the number {wanted}")]
    NoSuchGame {
        /// The number that was asked for.
        wanted: usize,
        /// How many there are.
        there: usize,
    },
    /// Somebody who played none of the games.
    #[error("{player} played none of these games{}", who(.there))]
    NoSuchPlayer {
        /// The name that was asked for.
        player: String,
        /// Names that are there, the most frequent first.
        there: Vec<String>,
    },
    /// Nobody knows whose mistakes are meant.
    #[error("whose mistakes are meant must be said{}", who(.0))]
    NoPlayer(Vec<String>),
    /// A move that cannot be made.
    #[error("{san} cannot be played here: {detail}")]
    Move {
        /// As it was written.
        san: String,
        /// Why not.
        detail: String,
    },
    /// A file that cannot be read.
    #[error("{} cannot be read: {detail}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        detail: String,
    },
    /// No chess engine on this machine.
    #[error("there is no chess engine on this machine{}", looked(.0))]
    NoEngine(Option<PathBuf>),
    /// The engine does not start, speaks something else, or ended.
    #[error("the chess engine {} {detail}", path.display())]
    EngineLost {
        /// Which program.
        path: PathBuf,
        /// What it did.
        detail: String,
    },
    /// The engine said nothing any more.
    #[error("the chess engine {} gave no answer in {} seconds", path.display(), waited.as_secs())]
    EngineSilent {
        /// Which program.
        path: PathBuf,
        /// How long it was waited for.
        waited: Duration,
    },
    /// The person stopped it.
    #[error("cancelled")]
    Cancelled,
    /// A mistake of ours.
    #[error("{0}")]
    Internal(&'static str),
}

fn who(there: &[String]) -> String {
    match there.is_empty() {
        true => ", and no game names its players".to_owned(),
        false => format!("; those who did: {}", there.join("; ")),
    }
}

fn looked(path: &Option<PathBuf>) -> String {
    path.as_ref().map_or_else(String::new, |path| {
        format!(" (looked at {})", path.display())
    })
}

impl ChessError {
    /// Whether starting the engine anew may help.
    #[must_use]
    pub fn is_worth_a_restart(&self) -> bool {
        matches!(self, Self::EngineLost { .. } | Self::EngineSilent { .. })
    }

    /// A flaw of a position.
    pub(crate) fn position(part: &'static str, detail: impl Into<String>) -> Self {
        Self::Position {
            part,
            detail: detail.into(),
        }
    }
}

/// A clause as a sentence.
fn sentence(clause: &str) -> String {
    let mut letters = clause.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    format!("{}.", first.chain(letters).collect::<String>())
}

impl From<ChessError> for Fault {
    fn from(error: ChessError) -> Self {
        let words = sentence(&error.to_string());
        match error {
            ChessError::Position { part, detail } => Self::new(Code::PositionInvalid, words)
                .with("part", part)
                .with("detail", detail),
            ChessError::Over(detail) => {
                Self::new(Code::PositionInvalid, words).with("detail", detail)
            }
            ChessError::Variant(name) => {
                Self::new(Code::GameInvalid, words.clone()).with("detail", words).with("variant", name)
            }
            ChessError::Game { game, line, detail } => Self::new(Code::GameInvalid, words)
                .with("game", game)
                .with("line", line)
                .with("detail", detail),
            ChessError::NoGame | ChessError::NoSuchGame { .. } => {
                Self::new(Code::GameInvalid, words.clone()).with("detail", words)
            }
            ChessError::Move { san, detail } => Self::new(Code::InputInvalid, words)
                .with("input", "move")
                .with("value", san)
                .with("wanted", detail),
            ChessError::NoSuchPlayer { player, there } => Self::new(Code::InputInvalid, words)
                .with("input", "player")
                .with("value", player)
                .with("names", there.join("; ")),
            ChessError::NoPlayer(there) => Self::new(Code::InputMissing, words)
                .with("input", "player")
                .with("names", there.join("; ")),
            ChessError::File { path, detail } => Self::new(Code::FileUnreadable, words)
                .with("path", path.display())
                .with("detail", detail),
            ChessError::NoEngine(path) => Self::new(
                Code::ChessEngineMissing,
                format!("{words} Install Stockfish (on Debian or Ubuntu: sudo apt install stockfish), or name another engine in DESKHAND_CHESS_ENGINE."),
            )
            .with("path", path.unwrap_or_default().display()),
            ChessError::EngineLost { path, detail } => Self::new(Code::ChessEngineLost, words)
                .with("path", path.display())
                .with("detail", detail),
            ChessError::EngineSilent { path, waited } => Self::new(Code::ChessEngineLost, words)
                .with("path", path.display())
                .with("detail", format!("no answer in {} seconds", waited.as_secs())),
            ChessError::Cancelled => Self::cancelled(),
            ChessError::Internal(detail) => {
                Self::new(Code::Internal, "This is a mistake in Deskhand.").with("detail", detail)
            }
        }
    }
}
