//! The suites, as they lie in the folder.

use std::fs;
use std::path::Path;

use serde_json::Value;
use shakmaty::fen::Fen;
use shakmaty::san::San;
use shakmaty::uci::UciMove;
use shakmaty::{CastlingMode, Chess, Position};

use crate::failure::Failure;

/// A position with its solutions.
pub struct Problem {
    pub id: String,
    pub fen: String,
    position: Chess,
    /// As engines write them.
    solutions: Vec<String>,
    any_mate: bool,
}

impl Problem {
    /// Whether a move is a solution.
    pub fn is_solved_by(&self, uci: &str) -> bool {
        let mates = || {
            let action = uci.parse::<UciMove>().ok()?.to_move(&self.position).ok()?;
            Some(self.position.clone().play(action).ok()?.is_checkmate())
        };
        self.solutions.iter().any(|solution| solution == uci)
            || (self.any_mate && mates() == Some(true))
    }
}

fn text(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(Failure::file(path))
}

pub fn position(fen: &str) -> Option<Chess> {
    fen.parse::<Fen>()
        .ok()?
        .into_position(CastlingMode::Standard)
        .ok()
}

/// So many of all, spread evenly.
pub fn spread<T>(all: Vec<T>, most: usize) -> Vec<T> {
    let there = all.len();
    let is_taken = |index: usize| index * most / there != (index + 1) * most / there;
    all.into_iter()
        .enumerate()
        .filter(|(index, _)| there <= most || is_taken(*index))
        .map(|(_, one)| one)
        .collect()
}

/// Win at Chess: `FEN bm Qg6; id "WAC.001";`.
pub fn wac(folder: &Path) -> Result<Vec<Problem>, Failure> {
    let text = text(&folder.join("wac300.epd"))?;
    Ok(text.lines().filter_map(wac_line).collect())
}

fn wac_line(line: &str) -> Option<Problem> {
    let (before, operations) = line.split_once(" bm ")?;
    let (moves, _) = operations.split_once(';')?;
    let (id, _) = line.split_once("id \"")?.1.split_once('"')?;
    let fields: Vec<&str> = before.split_whitespace().take(4).collect();
    let fen = format!("{} 0 1", fields.join(" "));
    let position = position(&fen)?;
    let solutions = moves
        .split_whitespace()
        .filter_map(|word| San::from_ascii(word.trim_end_matches(['!', '+']).as_bytes()).ok())
        .filter_map(|san| san.to_move(&position).ok())
        .map(|action| action.to_uci(CastlingMode::Standard).to_string())
        .collect();
    Some(Problem {
        id: id.to_owned(),
        fen,
        position,
        solutions,
        any_mate: false,
    })
}

/// Puzzles of Lichess: the position before the other side's move, that move, and the solution.
pub fn puzzles(folder: &Path) -> Result<Vec<Problem>, Failure> {
    let text = text(&folder.join("lichess_puzzles_200.csv"))?;
    Ok(text.lines().skip(1).filter_map(puzzle_line).collect())
}

fn puzzle_line(line: &str) -> Option<Problem> {
    let mut columns = line.split(',');
    let (id, fen, moves) = (columns.next()?, columns.next()?, columns.next()?);
    let mut moves = moves.split_whitespace();
    let before = position(fen)?;
    let first = moves
        .next()?
        .parse::<UciMove>()
        .ok()?
        .to_move(&before)
        .ok()?;
    let position = before.play(first).ok()?;
    Some(Problem {
        id: id.to_owned(),
        fen: Fen::from_position(&position, shakmaty::EnPassantMode::Legal).to_string(),
        position,
        solutions: vec![moves.next()?.to_owned()],
        any_mate: true,
    })
}

/// Positions in FEN, each with whether it is one.
pub fn fens(folder: &Path) -> Result<Vec<(String, bool)>, Failure> {
    let path = folder.join("chessjs_validate_fen.json");
    let text = text(&path)?;
    let all: Vec<Value> = serde_json::from_str(&text).map_err(|source| Failure::Line {
        path,
        line: 1,
        source,
    })?;
    let labelled = all
        .iter()
        .filter_map(|one| Some((one["fen"].as_str()?.to_owned(), one["valid"].as_bool()?)));
    Ok(labelled.collect())
}
