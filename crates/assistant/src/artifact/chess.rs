//! Advice on a chess position: what the engine found, what code proved, and the words for it.

use serde::{Deserialize, Serialize};

/// A move and its reason.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ChessResult {
    /// The position, in FEN.
    pub fen: String,
    /// The move that is suggested.
    #[serde(rename = "move")]
    pub best: ChessMove,
    /// The best moves, the suggested one first.
    pub candidates: Vec<ChessCandidate>,
    /// Why, in a few sentences; empty until there are words.
    pub explanation: String,
    /// What was proved by code, the most telling first.
    pub facts: Vec<ChessFact>,
    /// Name of the opening, where the position is one.
    #[serde(default)]
    pub opening: Option<String>,
    /// The game that led here: its moves in SAN from `start`, where a game was given.
    #[serde(default)]
    pub game: Vec<ChessPly>,
    /// The position that the game began from, in FEN; empty without a game.
    #[serde(default)]
    pub start: String,
    /// Where the game turned: indices into `game`, the worst first.
    #[serde(default)]
    pub turning_points: Vec<TurningPoint>,
    /// How deep the engine looked, in plies.
    #[serde(default)]
    pub depth: u32,
    /// The move that the person had in mind, with what follows it.
    #[serde(default)]
    pub meant: Option<ChessCandidate>,
    /// Who plays whom, where a game was given.
    #[serde(default)]
    pub title: String,
    /// After how many moves of the game the position stands.
    #[serde(default)]
    pub ply: Option<u32>,
    /// Which of the games that were given this is, from 1; 0 without a game.
    #[serde(default)]
    pub game_number: u32,
    /// How many games were given.
    #[serde(default)]
    pub games: u32,
    /// How well each side played, where the whole game was looked at.
    #[serde(default)]
    pub accuracy: Option<ChessAccuracy>,
    /// Whether castling is that of Chess960.
    #[serde(default)]
    pub chess960: bool,
    /// Whether this did not pass its checks and must not be taken for an answer.
    pub draft: bool,
}

/// A move in both notations.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ChessMove {
    /// Standard algebraic notation, such as `Nf3`.
    pub san: String,
    /// As engines write it, such as `g1f3`.
    pub uci: String,
}

/// One of the best moves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ChessCandidate {
    /// Standard algebraic notation.
    pub san: String,
    /// As engines write it.
    pub uci: String,
    /// What it is worth to the side to move.
    pub score: ChessScore,
    /// What follows, in SAN, this move first.
    pub line: Vec<String>,
    /// The same as engines write it.
    #[serde(default)]
    pub uci_line: Vec<String>,
    /// Chances of winning, drawing and losing in thousandths, for the side to move.
    #[serde(default)]
    pub wdl: Option<[u16; 3]>,
}

/// What a move is worth to the side to move: hundredths of a pawn, or the moves to mate (negative:
/// one is mated).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(untagged)]
pub enum ChessScore {
    /// Hundredths of a pawn.
    Centipawns(i32),
    /// Moves to mate.
    Mate {
        /// Moves, negative where the side to move is mated.
        mate: i32,
    },
}

/// Something that code proved on the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ChessFact {
    /// Its kind, such as `fork` or `hanging`.
    pub kind: String,
    /// In one sentence, in the person's language.
    pub text: String,
    /// The squares that show it, such as `e5`.
    pub squares: Vec<String>,
    /// The moves that show it, in SAN.
    #[serde(default)]
    pub line: Vec<String>,
    /// The same as engines write it.
    #[serde(default)]
    pub uci_line: Vec<String>,
}

/// A move of a game.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ChessPly {
    /// Standard algebraic notation.
    pub san: String,
    /// As engines write it.
    pub uci: String,
    /// The position after it, in FEN.
    pub fen: String,
    /// What the position after it is worth to White, where it was looked at.
    #[serde(default)]
    pub score: Option<ChessScore>,
    /// What the text of the game says of it.
    #[serde(default)]
    pub comment: String,
}

/// How well each side played, 0 to 100: how little its moves gave away of its chances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ChessAccuracy {
    /// White's.
    pub white: u8,
    /// Black's.
    pub black: u8,
}

/// A move that changed the game.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct TurningPoint {
    /// Index into the game's moves.
    pub ply: u32,
    /// What would have been better.
    pub better: ChessMove,
    /// How much was lost, in hundredths of a pawn at most 1000.
    pub loss: u32,
    /// Why, in one sentence.
    pub reason: String,
}
