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
    /// What the text of the game says of it, such as `White` and `Event`, in order.
    #[serde(default)]
    pub tags: Vec<ChessTag>,
    /// Whether the suggested move comes from the games that were given along.
    #[serde(default)]
    pub preference: Option<ChessPreference>,
    /// The mistakes that somebody makes again and again, where games were given for that.
    #[serde(default)]
    pub habits: Option<ChessHabits>,
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

/// A move of a game, with the other moves that its text tells of in its place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
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
    /// What it says before it: of the game as a whole, or of a variation.
    #[serde(default)]
    pub before: String,
    /// What it thinks of it, in PGN's numbers: 1 is `!`, 4 is `??`.
    #[serde(default)]
    pub marks: Vec<u8>,
    /// Lines that could have been played in its place.
    #[serde(default)]
    pub variations: Vec<Vec<ChessPly>>,
}

/// Something that the text of a game says of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ChessTag {
    /// Such as `White`.
    pub name: String,
    /// Such as `Deep Blue`.
    pub value: String,
}

/// A move that was preferred because the person's games know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ChessPreference {
    /// `opening`: the games played it here. `structure`: they have the pawns that it leads to.
    pub kind: String,
    /// In how many games.
    pub games: u32,
    /// Out of how many: those that came to this position, or all.
    pub of: u32,
    /// What it gives away against the engine's own choice, in hundredths of a pawn.
    pub cost: u32,
    /// The engine's own choice.
    pub engine: ChessMove,
}

/// What somebody does wrong again and again, over many games.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ChessHabits {
    /// Whose games.
    pub player: String,
    /// How many games of theirs there are.
    pub games: u32,
    /// How many of them were looked at in the time that there was.
    pub looked: u32,
    /// How many games of the collection could not be read.
    pub unread: u32,
    /// How many of their moves were looked at.
    pub moves: u32,
    /// How many of those gave much away.
    pub mistakes: u32,
    /// How little their moves gave away, 0 to 100.
    pub accuracy: Option<u8>,
    /// The mistakes by theme, the most frequent first.
    pub themes: Vec<ChessTheme>,
}

/// Mistakes of one kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ChessTheme {
    /// Its kind, such as `hangs-piece`.
    pub kind: String,
    /// What goes wrong, in the person's language.
    pub title: String,
    /// How often.
    pub count: u32,
    /// In how many different games.
    pub games: u32,
    /// How often in openings, middlegames and endgames.
    pub phases: [u32; 3],
    /// The dearest of them.
    pub examples: Vec<ChessMistake>,
}

/// A mistake of a game, with what shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ChessMistake {
    /// Which game of the collection, from 1.
    pub game: u32,
    /// Who played whom.
    pub title: String,
    /// Index of the move in the game.
    pub ply: u32,
    /// The position, in FEN.
    pub fen: String,
    /// What was played.
    pub played: ChessMove,
    /// What would have been better.
    pub better: ChessMove,
    /// How much was lost, in hundredths of a pawn at most 1000.
    pub loss: u32,
    /// Why, in a sentence or two.
    pub reason: String,
    /// The moves that show it, in SAN: what follows the mistake, or what was missed.
    pub line: Vec<String>,
    /// The same as engines write it.
    pub uci_line: Vec<String>,
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
    /// What would have followed, in SAN, the better move first.
    #[serde(default)]
    pub line: Vec<String>,
}
