//! Opening, middlegame or endgame, by what stands on the board.

use shakmaty::{Chess, Position, Role};

/// A part of a game.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Most pieces are there and several have not moved.
    Opening,
    /// Between the two.
    Middlegame,
    /// Few pieces are left.
    Endgame,
}

/// Moves after which an opening is over even where pieces still stand at home.
const OPENING_MOVES: u32 = 14;

impl Phase {
    /// The part that a position belongs to.
    #[must_use]
    pub fn of(position: &Chess) -> Self {
        let board = position.board();
        let points: usize = [
            (Role::Queen, 9),
            (Role::Rook, 5),
            (Role::Bishop, 3),
            (Role::Knight, 3),
        ]
        .into_iter()
        .map(|(role, points)| board.by_role(role).count() * points)
        .sum();
        if points <= 26 {
            return Self::Endgame;
        }
        let minors = (board.knights() | board.bishops()) & shakmaty::Bitboard::BACKRANKS;
        let is_early = position.fullmoves().get() <= OPENING_MOVES;
        if is_early && points >= 50 && minors.count() >= 2 {
            return Self::Opening;
        }
        Self::Middlegame
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phases_of_a_game() {
        let of = |fen: &str| Phase::of(&crate::fen::parse(fen).unwrap().chess);
        assert_eq!(Phase::of(&Chess::default()), Phase::Opening);
        assert_eq!(
            of("r4rk1/pp3ppp/2nqbn2/3p4/3P4/2NQBN2/PP3PPP/R4RK1 w - - 0 18"),
            Phase::Middlegame
        );
        assert_eq!(of("8/5pk1/6p1/8/8/1R6/5PPP/6K1 w - - 0 40"), Phase::Endgame);
    }
}
