//! Games, moves and lines as the answer shows them: in both notations, with positions in FEN.

use assistant::artifact::{ChessCandidate, ChessMove, ChessPly, ChessResult, ChessTag};
use shakmaty::Move;

use crate::board::{Situation, sans};
use crate::engine::Line;
use crate::openings;
use crate::pgn::{Chosen, Game, Ply};

/// Plies of a line that are shown.
pub const PLIES: usize = 12;

/// Puts a game into the answer: its tags, its moves with their variations, who played it.
pub fn lay_out(chosen: &Chosen, positions: &[Situation], result: &mut ChessResult) {
    let game = &chosen.game;
    result.start = game.start.fen();
    result.game_number = u32::try_from(chosen.number).unwrap_or(u32::MAX);
    result.games = u32::try_from(chosen.games).unwrap_or(u32::MAX);
    result.title = title(game);
    result.opening = openings::of_game(positions.iter().map(|position| &position.chess))
        .map(|opening| format!("{} {}", opening.code, opening.name));
    result.game = plies(&game.start, &game.plies);
    result.tags = game
        .tags
        .iter()
        .map(|(name, value)| ChessTag {
            name: name.clone(),
            value: value.clone(),
        })
        .collect();
    if let Some(ending) = game
        .result
        .as_deref()
        .filter(|_| game.tag("Result").is_none())
    {
        result.tags.push(ChessTag {
            name: "Result".to_owned(),
            value: ending.to_owned(),
        });
    }
}

/// Who played whom; empty where nobody is named.
pub fn title(game: &Game) -> String {
    let name = |tag| {
        game.tag(tag)
            .filter(|value| !value.trim_matches('?').is_empty())
            .unwrap_or("?")
    };
    match [name("White"), name("Black")] {
        ["?", "?"] => String::new(),
        players => players.join(" – "),
    }
}

/// Moves with their variations. How deep those may lie in each other, the reader has seen to.
pub fn plies(start: &Situation, all: &[Ply]) -> Vec<ChessPly> {
    let mut before = start.clone();
    all.iter()
        .map(|ply| {
            let after = ply.after(&before);
            let (san, uci) = match ply.action {
                Some(action) => (sans(&before.chess, &[action]).concat(), before.uci(action)),
                None => ("--".to_owned(), "0000".to_owned()),
            };
            let variations = ply.variations.iter();
            let shown = ChessPly {
                san,
                uci,
                fen: after.fen(),
                score: None,
                comment: ply.comment.clone(),
                before: ply.before.clone(),
                marks: ply.marks.clone(),
                variations: variations.map(|line| plies(&before, line)).collect(),
            };
            before = after;
            shown
        })
        .collect()
}

/// A move in both notations.
pub fn named(before: &Situation, action: Move) -> ChessMove {
    ChessMove {
        san: sans(&before.chess, &[action]).concat(),
        uci: before.uci(action),
    }
}

/// A line as one of the best; nothing where it is empty, which no line is.
pub fn candidate(before: &Situation, line: &Line) -> Option<ChessCandidate> {
    let action = named(before, line.first()?);
    let shown = start_of(&line.moves);
    Some(ChessCandidate {
        san: action.san,
        uci: action.uci,
        score: line.score,
        line: sans(&before.chess, shown),
        uci_line: ucis(before, shown),
        wdl: line.wdl,
    })
}

/// As much of a line as is shown.
pub fn start_of(moves: &[Move]) -> &[Move] {
    moves.get(..PLIES).unwrap_or(moves)
}

/// Moves as engines write them.
pub fn ucis(before: &Situation, moves: &[Move]) -> Vec<String> {
    moves.iter().map(|action| before.uci(*action)).collect()
}
