//! Names of openings, by position: whatever order of moves led there, it has the same name.

use std::collections::HashMap;
use std::sync::OnceLock;

use shakmaty::zobrist::Zobrist64;
use shakmaty::{Chess, EnPassantMode, Position};

use crate::notation;

/// Code, name and moves, one opening a line.
const TABLE: &str = include_str!("../../../assets/chess/openings.tsv");

/// An opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// Its code in the Encyclopaedia of Chess Openings, such as `B20`.
    pub code: &'static str,
    /// Its English name, such as `Sicilian Defense`.
    pub name: &'static str,
}

/// The opening that a position belongs to.
#[must_use]
pub fn of(position: &Chess) -> Option<Opening> {
    static NAMES: OnceLock<HashMap<u64, Opening>> = OnceLock::new();
    NAMES.get_or_init(read).get(&key(position)).copied()
}

/// The opening of a game: the last of its positions that has a name.
pub fn of_game<'a>(positions: impl DoubleEndedIterator<Item = &'a Chess>) -> Option<Opening> {
    positions.rev().find_map(of)
}

fn key(position: &Chess) -> u64 {
    let Zobrist64(key) = position.zobrist_hash(EnPassantMode::Legal);
    key
}

fn read() -> HashMap<u64, Opening> {
    entries().filter_map(entry).collect()
}

/// The lines of the table without its headings, of which each of its five parts has one.
fn entries() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter(|line| !line.starts_with("eco\t"))
}

fn entry(line: &'static str) -> Option<(u64, Opening)> {
    let mut columns = line.split('\t');
    let (code, name, moves) = (columns.next()?, columns.next()?, columns.next()?);
    let mut position = Chess::default();
    for word in moves.split_whitespace().filter(|word| !word.ends_with('.')) {
        position.play_unchecked(notation::parse(&position, word)?);
    }
    Some((key(&position), Opening { code, name }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_can_be_played() {
        assert_eq!(entries().filter(|line| entry(line).is_none()).count(), 0);
    }

    #[test]
    fn openings_are_known_by_position() {
        let at = |fen: &str| of(&crate::fen::parse(fen).unwrap().chess).map(|opening| opening.name);
        assert_eq!(
            at("rnbqkbnr/pp1ppppp/8/2p5/4P3/8/PPPP1PPP/RNBQKBNR w KQkq - 0 2"),
            Some("Sicilian Defense")
        );
        assert_eq!(at("4k3/8/8/8/8/8/8/4K3 w - - 0 1"), None);
        assert_eq!(
            at("rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1"),
            None
        );
    }
}
