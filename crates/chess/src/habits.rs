//! What a collection of games plays: its moves in every position, and the pawns that its games have.
//!
//! It is counted, not judged: whether a move is any good, the engine says.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use shakmaty::zobrist::Zobrist64;
use shakmaty::{Chess, Color, EnPassantMode, Move, Position};
use tokio_util::sync::CancellationToken;

use crate::pgn::{self, Game, Source};
use crate::{ChessError, names};

/// Games that are counted at most; what they fill stays within some hundred megabytes.
const MOST_GAMES: usize = 20_000;

/// Plies of a game whose moves are counted.
const OPENING: usize = 40;

/// Plies between which a game's pawns are counted: before, all games have the same.
const PAWNS: std::ops::Range<usize> = 8..60;

/// Where a move is known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The games played it in this very position.
    Opening,
    /// The games had the pawns that it leads to.
    Structure,
}

/// How well a move is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Where from.
    pub kind: Kind,
    /// In how many games.
    pub games: u32,
    /// Out of how many: those that came to the position, or all.
    pub of: u32,
}

/// The moves and pawns of a collection.
#[derive(Debug, Default)]
pub struct Habits {
    moves: HashMap<u64, Vec<(Move, u32)>>,
    pawns: HashMap<[u64; 2], u32>,
    games: u32,
}

impl Habits {
    /// Counts the games of a collection, only those of `player` where one is named, and of those
    /// only the player's own moves.
    ///
    /// # Errors
    /// When it cannot be read, holds no game of the player's, or the person stopped it.
    pub fn read(
        source: Source,
        player: Option<&str>,
        tell: &(dyn Fn(u8) + Send + Sync),
        cancel: &CancellationToken,
    ) -> Result<Self, ChessError> {
        let mut habits = Self::default();
        let mut seen = Players::default();
        let mut first = None;
        pgn::each(source, tell, cancel, |_, game| {
            match game {
                Ok(game) => {
                    seen.see(&game);
                    habits.count(&game, player);
                }
                Err(error) => first = first.take().or(Some(error)),
            }
            match habits.games as usize >= MOST_GAMES {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        })?;
        match (habits.games, player) {
            (1.., _) => Ok(habits),
            (_, Some(player)) if !seen.0.is_empty() => Err(seen.no_games_of(player)),
            _ => Err(first.unwrap_or(ChessError::NoGame)),
        }
    }

    fn count(&mut self, game: &Game, player: Option<&str>) {
        let sides = match player {
            Some(player) => match side_of(game, player) {
                Some(side) => vec![side],
                None => return,
            },
            None => Color::ALL.to_vec(),
        };
        self.games += 1;
        let mut pawns = HashSet::new();
        let mut now = game.start.clone();
        for (index, ply) in game.plies.iter().take(PAWNS.end).enumerate() {
            if let Some(action) = ply.action
                && index < OPENING
                && sides.contains(&now.chess.turn())
            {
                let moves = self.moves.entry(key(&now.chess)).or_default();
                match moves.iter_mut().find(|(known, _)| *known == action) {
                    Some((_, count)) => *count += 1,
                    None => moves.push((action, 1)),
                }
            }
            now = ply.after(&now);
            if PAWNS.contains(&index) {
                pawns.insert(skeleton(&now.chess));
            }
        }
        for skeleton in pawns {
            *self.pawns.entry(skeleton).or_default() += 1;
        }
    }

    /// How many games were counted.
    #[must_use]
    pub fn games(&self) -> u32 {
        self.games
    }

    /// The moves that the games played in a position, the most frequent first.
    #[must_use]
    pub fn moves(&self, position: &Chess) -> Vec<(Move, Known)> {
        let mut moves = self.moves.get(&key(position)).cloned().unwrap_or_default();
        moves.sort_by_key(|(_, games)| std::cmp::Reverse(*games));
        let of = moves.iter().map(|(_, games)| *games).sum();
        let legal = position.legal_moves();
        let known = moves.into_iter().map(|(action, games)| {
            let kind = Kind::Opening;
            (action, Known { kind, games, of })
        });
        known.filter(|(action, _)| legal.contains(action)).collect()
    }

    /// How many of the games had these pawns.
    #[must_use]
    pub fn structure(&self, position: &Chess) -> Known {
        let games = self.pawns.get(&skeleton(position)).copied();
        Known {
            kind: Kind::Structure,
            games: games.unwrap_or_default(),
            of: self.games,
        }
    }
}

fn key(position: &Chess) -> u64 {
    let Zobrist64(key) = position.zobrist_hash(EnPassantMode::Legal);
    key
}

/// The pawns of both sides.
fn skeleton(position: &Chess) -> [u64; 2] {
    let board = position.board();
    Color::ALL.map(|side| u64::from(board.pawns() & board.by_color(side)))
}

/// Which side somebody had in a game.
pub fn side_of(game: &Game, player: &str) -> Option<Color> {
    let is = |tag| {
        game.tag(tag)
            .is_some_and(|name| names::are_same(name, player))
    };
    match (is("White"), is("Black")) {
        (true, _) => Some(Color::White),
        (_, true) => Some(Color::Black),
        _ => None,
    }
}

/// Who plays in a collection.
#[derive(Debug, Default)]
pub struct Players(HashMap<String, usize>);

impl Players {
    /// Counts both players of a game.
    pub fn see(&mut self, game: &Game) {
        for tag in ["White", "Black"] {
            let name = game.tag(tag).unwrap_or_default().trim();
            if name.chars().any(char::is_alphanumeric) {
                *self.0.entry(name.to_owned()).or_default() += 1;
            }
        }
    }

    /// The names, the most frequent first.
    pub fn most_frequent(&self) -> Vec<(&str, usize)> {
        let mut all: Vec<(&str, usize)> = self
            .0
            .iter()
            .map(|(name, games)| (name.as_str(), *games))
            .collect();
        all.sort_by(|one, two| two.1.cmp(&one.1).then(one.0.cmp(two.0)));
        all
    }

    /// That somebody is not among them, and who is.
    pub fn no_games_of(&self, player: &str) -> ChessError {
        let names = self.most_frequent().into_iter().take(5);
        ChessError::NoSuchPlayer {
            player: player.chars().take(40).collect(),
            there: names.map(|(name, _)| name.to_owned()).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::san;

    const GAMES: &str = "[White \"Ann\"]\n[Black \"Bob\"]\n\n1. e4 e5 2. Nf3 Nc6 3. Bb5 a6 4. Ba4 Nf6 5. O-O Be7 *\n\n\
        [White \"Ann\"]\n[Black \"Cid\"]\n\n1. e4 c5 2. Nf3 *\n\n\
        [White \"Bob\"]\n[Black \"Ann\"]\n\n1. d4 d5 *\n";

    fn habits(player: Option<&str>) -> Result<Habits, ChessError> {
        let cancel = CancellationToken::new();
        Habits::read(Source::text(GAMES), player, &|_| {}, &cancel)
    }

    fn at_the_start(habits: &Habits) -> String {
        let start = Chess::default();
        let words = habits
            .moves(&start)
            .into_iter()
            .map(|(action, known)| format!("{} {}/{}", san(&start, action), known.games, known.of));
        words.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn moves_are_counted_in_their_position() {
        assert_eq!(at_the_start(&habits(None).unwrap()), "e4 2/3, d4 1/3");
        assert_eq!(at_the_start(&habits(Some("ann")).unwrap()), "e4 2/2");
        assert_eq!(at_the_start(&habits(Some("Cid")).unwrap()), "");
    }

    #[test]
    fn pawns_are_counted_once_a_game() {
        let habits = habits(None).unwrap();
        let spanish =
            crate::fen::parse("r1bqkb1r/1ppp1ppp/p1n2n2/4p3/B3P3/5N2/PPPP1PPP/RNBQ1RK1 b kq - 3 5");
        let known = habits.structure(&spanish.unwrap().chess);
        assert_eq!((known.games, known.of), (1, 3));
        assert_eq!(habits.structure(&Chess::default()).games, 0);
    }

    #[test]
    fn somebody_who_is_not_there_is_answered_with_those_who_are() {
        let error = habits(Some("Dora")).unwrap_err().to_string();
        assert!(error.contains("Dora") && error.contains("Ann"), "{error}");
        let cancel = CancellationToken::new();
        let empty = Habits::read(Source::text(""), None, &|_| {}, &cancel);
        assert_eq!(empty.unwrap_err(), ChessError::NoGame);
    }
}
