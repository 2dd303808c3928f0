//! What a person asked for, out of the inputs.

use std::time::Duration;

use assistant::Inputs;

use crate::words::{Language, Level};

/// How long the engine looks at a position unless it is said: the move is on the board within a second.
const TIME: Duration = Duration::from_millis(850);

/// What a preferred move may give away unless it is said, in hundredths of a pawn.
const MARGIN: i32 = 30;

/// How long a collection may be looked at unless it is said.
const LONG: Duration = Duration::from_secs(60);

/// What was asked.
#[derive(Debug, Clone)]
pub struct Request {
    /// A position in FEN.
    pub fen: Option<String>,
    /// Games in PGN, or the path of a file with them.
    pub pgn: Option<String>,
    /// Which game, from 1.
    pub game: usize,
    /// After how many moves of the game the position is meant.
    pub ply: Option<usize>,
    /// The move that the person had in mind.
    pub meant: Option<String>,
    /// Whom the words are for.
    pub level: Level,
    /// In which language.
    pub language: Language,
    /// How long the engine may look.
    pub time: Duration,
    /// Games whose openings and structures are preferred, or whose mistakes are asked for.
    pub games: Option<String>,
    /// Whose games of them are meant.
    pub player: Option<String>,
    /// What a preferred move may give away, in hundredths of a pawn.
    pub margin: i32,
    /// How long a collection may be looked at.
    pub long: Duration,
    /// Whether a model is to word the facts.
    pub by_model: bool,
    /// Whether there are to be words at all.
    pub in_words: bool,
}

impl Request {
    /// Reads inputs that were checked against the description.
    #[must_use]
    pub fn read(inputs: &Inputs) -> Self {
        let number = |name: &str| inputs.get(name).and_then(|value| value.parse::<f64>().ok());
        let text = |name: &str| inputs.get(name).map(str::to_owned);
        let words = inputs.get("words").unwrap_or("model");
        let milliseconds = number("movetime_ms").map(|amount| amount.clamp(10.0, 60_000.0));
        Self {
            fen: text("fen"),
            pgn: text("pgn"),
            game: number("game").map_or(1, whole).max(1),
            ply: number("ply").map(whole),
            meant: text("move"),
            level: Level::named(inputs.get("level")),
            language: Language::named(inputs.get("language")),
            time: milliseconds.map_or(TIME, |amount| Duration::from_secs_f64(amount / 1000.0)),
            games: text("games"),
            player: text("player"),
            margin: number("margin").map_or(MARGIN, |amount| small(amount.clamp(0.0, 200.0))),
            long: number("seconds").map_or(LONG, |amount| {
                Duration::from_secs_f64(amount.clamp(1.0, 3_600.0))
            }),
            by_model: words == "model",
            in_words: words != "no",
        }
    }
}

fn small(number: f64) -> i32 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "held between 0 and 200 before"
    )]
    let small = number.round() as i32;
    small
}

/// A number of things; what is no such number is 0.
fn whole(number: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "held between 0 and a million before"
    )]
    let whole = number.clamp(0.0, 1e6) as usize;
    whole
}
