//! A position with the castling it is played with, and small sums over a board that every proof
//! needs: what a piece is worth, what an exchange wins, what passing would allow.

use shakmaty::fen::Fen;
use shakmaty::san::SanPlus;
use shakmaty::{
    CastlingMode, Chess, Color, EnPassantMode, Move, Position, PositionError, Role, Square,
};

use crate::ChessError;

/// A position and how castling is written in it.
#[derive(Debug, Clone)]
pub struct Situation {
    /// The position.
    pub chess: Chess,
    /// Whether the rooks stand where they do in chess, or anywhere as in Chess960.
    pub mode: CastlingMode,
}

impl Default for Situation {
    fn default() -> Self {
        Self {
            chess: Chess::default(),
            mode: CastlingMode::Standard,
        }
    }
}

impl Situation {
    /// The position in FEN.
    #[must_use]
    pub fn fen(&self) -> String {
        fen(&self.chess)
    }

    /// A move as engines write it.
    #[must_use]
    pub fn uci(&self, action: Move) -> String {
        action.to_uci(self.mode).to_string()
    }

    /// The same after some moves, each of which must be legal.
    #[must_use]
    pub fn after(&self, actions: &[Move]) -> Self {
        let mut next = self.clone();
        for action in actions {
            next.chess.play_unchecked(*action);
        }
        next
    }

    /// Says so when nobody has a move to think about.
    ///
    /// # Errors
    /// When the game is over by the rules.
    pub fn ensure_playable(&self) -> Result<(), ChessError> {
        let position = &self.chess;
        Err(ChessError::Over(match position.turn() {
            _ if !position.legal_moves().is_empty() => {
                return match position.is_insufficient_material() {
                    true => Err(ChessError::Over(
                        "neither side has enough pieces left to give mate, which is a draw",
                    )),
                    false => Ok(()),
                };
            }
            Color::White if position.is_check() => "White is checkmated and Black has won",
            Color::Black if position.is_check() => "Black is checkmated and White has won",
            Color::White => "it is stalemate, a draw: White is not in check and has no legal move",
            Color::Black => "it is stalemate, a draw: Black is not in check and has no legal move",
        }))
    }
}

/// A position in FEN.
#[must_use]
pub fn fen(position: &Chess) -> String {
    Fen::from_position(position, EnPassantMode::Legal).to_string()
}

/// Moves in SAN, one after the other from `position`.
#[must_use]
pub fn sans(position: &Chess, actions: &[Move]) -> Vec<String> {
    let mut position = position.clone();
    actions
        .iter()
        .map(|action| SanPlus::from_move_and_play_unchecked(&mut position, *action).to_string())
        .collect()
}

/// One move in SAN.
#[must_use]
pub fn san(position: &Chess, action: Move) -> String {
    SanPlus::from_move(position.clone(), action).to_string()
}

/// The position after a legal move.
#[must_use]
pub fn played(position: &Chess, action: Move) -> Chess {
    let mut next = position.clone();
    next.play_unchecked(action);
    next
}

/// The position if the side to move could pass; nothing where it is in check and could not.
#[must_use]
pub fn passed(position: &Chess) -> Option<Chess> {
    position
        .clone()
        .swap_turn()
        .or_else(PositionError::ignore_invalid_ep_square)
        .ok()
}

/// What a piece is worth, in pawns; the king is beyond price and counts nothing.
#[must_use]
pub fn value(role: Role) -> i32 {
    match role {
        Role::Pawn => 1,
        Role::Knight | Role::Bishop => 3,
        Role::Rook => 5,
        Role::Queen => 9,
        Role::King => 0,
    }
}

/// Everything that a side has, in pawns.
#[must_use]
pub fn material(position: &Chess, side: Color) -> i32 {
    let pieces = position.board().material_side(side);
    Role::ALL
        .iter()
        .map(|role| value(*role) * i32::from(*pieces.get(*role)))
        .sum()
}

/// What `side` is ahead by, in pawns.
#[must_use]
pub fn balance(position: &Chess, side: Color) -> i32 {
    material(position, side) - material(position, !side)
}

/// Where a piece arrives: of castling where the king does.
#[must_use]
pub fn arrival(action: Move, side: Color) -> Square {
    match action.castling_side() {
        Some(castling) => castling.king_to(side),
        None => action.to(),
    }
}

/// What the side to move wins by taking on `square` and going on taking there as long as it pays,
/// in pawns. It is found by making the moves, so pins and checks count; 0 when taking does not pay.
#[must_use]
pub fn exchange(position: &Chess, square: Square) -> i32 {
    let cheapest = position
        .capture_moves()
        .into_iter()
        .filter(|action| action.to() == square && !action.is_en_passant())
        .min_by_key(|action| (attacker_price(*action), -promotion_gain(*action)));
    cheapest.map_or(0, |action| taking(position, action).max(0))
}

/// What one capture is worth with the exchange that follows on its square, in pawns.
#[must_use]
pub fn taking(position: &Chess, action: Move) -> i32 {
    let taken = action.capture().map_or(0, value);
    taken + promotion_gain(action) - exchange(&played(position, action), action.to())
}

fn attacker_price(action: Move) -> i32 {
    match action.role() {
        Role::King => 100,
        role => value(role),
    }
}

fn promotion_gain(action: Move) -> i32 {
    action
        .promotion()
        .map_or(0, |role| value(role) - value(Role::Pawn))
}

/// A move that mates at once.
#[must_use]
pub fn mate_in_one(position: &Chess) -> Option<Move> {
    position
        .legal_moves()
        .into_iter()
        .find(|action| played(position, *action).is_checkmate())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fen::parse;

    #[track_caller]
    fn check_exchange(fen: &str, square: Square, expected: i32) {
        assert_eq!(exchange(&parse(fen).unwrap().chess, square), expected);
    }

    #[test]
    fn exchanges_are_played_out() {
        // A rook takes a pawn that nothing defends, and one that a pawn defends.
        check_exchange("4k3/8/8/3p4/8/8/8/3RK3 w - - 0 1", Square::D5, 1);
        check_exchange("4k3/8/4p3/3p4/8/8/8/3RK3 w - - 0 1", Square::D5, 0);
        // Two rooks in line against one defender.
        check_exchange("3rk3/8/8/3p4/8/8/3R4/3RK3 w - - 0 1", Square::D5, 1);
        // The defender is pinned to its king and does not defend.
        check_exchange("4k3/4n3/8/3p4/8/8/8/3RRK2 w - - 0 1", Square::D5, 1);
        // A pawn takes and becomes a queen.
        check_exchange("3r3k/4P3/8/8/8/8/8/K7 w - - 0 1", Square::D8, 13);
    }

    #[test]
    fn a_finished_game_says_how_it_ended() {
        for (fen, word) in [
            (
                "rnb1kbnr/pppp1ppp/8/4p3/6Pq/5P2/PPPPP2P/RNBQKBNR w KQkq - 1 3",
                "checkmated",
            ),
            ("7k/5Q2/6K1/8/8/8/8/8 b - - 0 1", "stalemate"),
            ("7k/8/6K1/8/8/8/8/8 b - - 0 1", "enough"),
        ] {
            let error = parse(fen).unwrap().ensure_playable().unwrap_err();
            assert!(error.to_string().contains(word), "{error}");
        }
        assert_eq!(Situation::default().ensure_playable(), Ok(()));
    }

    #[test]
    fn passing_is_impossible_in_check() {
        assert!(passed(&Chess::default()).is_some());
        let checked = parse("4k3/8/8/8/8/8/8/4RK2 b - - 0 1").unwrap();
        assert!(passed(&checked.chess).is_none());
        // A pawn that may be taken in passing does not keep anybody from it.
        let passing = parse("4k3/8/8/8/3pP3/8/8/4K3 b - e3 0 1").unwrap();
        assert!(passed(&passing.chess).is_some());
    }
}
