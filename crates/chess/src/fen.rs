//! Reading a position in FEN, strictly: what is wrong is named with its place, because the person
//! has to mend it by hand.
//!
//! shakmaty reads FEN too, and forgivingly; it is asked last, for what only the rules can say.

use shakmaty::fen::Fen;
use shakmaty::{
    Bitboard, Board, CastlingMode, Chess, Color, FromSetup, PositionError, PositionErrorKinds,
    Rank, Role, Setup, Square,
};

use crate::ChessError;
use crate::board::Situation;

/// Parts of a position by their names in FEN's own order.
const PARTS: [&str; 6] = [
    "board",
    "turn",
    "castling",
    "en-passant",
    "halfmoves",
    "fullmoves",
];

/// Reads a position in six parts, or in the first four, as test suites write them.
///
/// # Errors
/// When it is not written as FEN, or stands for nothing that can be played.
pub fn parse(text: &str) -> Result<Situation, ChessError> {
    let parts: Vec<&str> = text.split_whitespace().collect();
    let [board, turn, castling, passing, counters @ ..] = parts.as_slice() else {
        return Err(wrong_count(parts.len()));
    };
    check_board(board)?;
    check_turn(turn)?;
    check_castling(castling)?;
    check_passing(passing)?;
    match counters {
        [] => {}
        [half, full] => check_counters(half, full)?,
        [_, _, more, ..] if more.contains('+') => {
            return Err(ChessError::Variant("three-check chess".to_owned()));
        }
        _ => return Err(wrong_count(parts.len())),
    }
    let setup = Fen::from_ascii(parts.join(" ").as_bytes())
        .map_err(|error| ChessError::position("whole", error.to_string()))?
        .into_setup();
    position(setup)
}

fn wrong_count(there: usize) -> ChessError {
    ChessError::position(
        "whole",
        format!(
            "a FEN has six parts with spaces between them ({}), and this has {there}",
            PARTS.join(", ")
        ),
    )
}

fn check_board(board: &str) -> Result<(), ChessError> {
    if board.contains(['[', '~']) || board.split('/').count() == 9 {
        return Err(ChessError::Variant("Crazyhouse".to_owned()));
    }
    let ranks: Vec<&str> = board.split('/').collect();
    if ranks.len() != 8 {
        let detail = format!("the board has {} ranks instead of 8", ranks.len());
        return Err(ChessError::position("board", detail));
    }
    ranks
        .iter()
        .zip((1..=8).rev())
        .try_for_each(|(squares, rank)| check_rank(squares, rank))
}

fn check_rank(squares: &str, rank: u8) -> Result<(), ChessError> {
    let mut width = 0;
    let mut pairs = squares.as_bytes().windows(2);
    if pairs.any(|pair| pair.iter().all(u8::is_ascii_digit)) {
        let detail = format!("rank {rank} ({squares}) has two numbers side by side");
        return Err(ChessError::position("board", detail));
    }
    for letter in squares.chars() {
        width += match letter {
            '1'..='8' => letter.to_digit(10).unwrap_or_default(),
            'p' | 'n' | 'b' | 'r' | 'q' | 'k' | 'P' | 'N' | 'B' | 'R' | 'Q' | 'K' => 1,
            other => {
                let detail = format!("“{other}” on rank {rank} ({squares}) is no piece");
                return Err(ChessError::position("board", detail));
            }
        };
    }
    match width {
        8 => Ok(()),
        _ => Err(ChessError::position(
            "board",
            format!("rank {rank} ({squares}) has {width} squares instead of 8"),
        )),
    }
}

fn check_turn(turn: &str) -> Result<(), ChessError> {
    match turn {
        "w" | "b" => Ok(()),
        _ => Err(ChessError::position(
            "turn",
            format!("whose turn it is must be w or b, not “{turn}”"),
        )),
    }
}

fn check_castling(castling: &str) -> Result<(), ChessError> {
    let letters = "KQkqABCDEFGHabcdefgh";
    if castling == "-" || castling.chars().all(|letter| letters.contains(letter)) {
        return Ok(());
    }
    Err(ChessError::position(
        "castling",
        format!("the right to castle must be written with K, Q, k and q, or -, not “{castling}”"),
    ))
}

fn check_passing(passing: &str) -> Result<(), ChessError> {
    let is_square = Square::from_ascii(passing.as_bytes())
        .is_ok_and(|square| matches!(square.rank(), Rank::Third | Rank::Sixth));
    if passing == "-" || is_square {
        return Ok(());
    }
    Err(ChessError::position(
        "en-passant",
        format!("the square of en passant must be on rank 3 or 6, or -, not “{passing}”"),
    ))
}

fn check_counters(half: &str, full: &str) -> Result<(), ChessError> {
    if half.parse::<u32>().is_err() {
        let detail = format!("the moves without a capture must be a number, not “{half}”");
        return Err(ChessError::position("halfmoves", detail));
    }
    match full.parse::<u32>() {
        Ok(1..) => Ok(()),
        _ => Err(ChessError::position(
            "fullmoves",
            format!("the number of the move must be 1 or more, not “{full}”"),
        )),
    }
}

/// Holds a setup against the rules.
pub(crate) fn position(setup: Setup) -> Result<Situation, ChessError> {
    let mode = CastlingMode::detect(&setup);
    // A check that no move can have given is harmless, and in collections of test positions.
    let found = Chess::from_setup(setup.clone(), mode);
    match found.or_else(PositionError::ignore_impossible_check) {
        Ok(chess) => Ok(Situation { chess, mode }),
        Err(error) => Err(flaw(&setup, error.kinds())),
    }
}

/// The gravest of the flaws, with its place.
fn flaw(setup: &Setup, kinds: PositionErrorKinds) -> ChessError {
    let board = &setup.board;
    let (part, detail) = if kinds.intersects(
        PositionErrorKinds::EMPTY_BOARD
            | PositionErrorKinds::MISSING_KING
            | PositionErrorKinds::TOO_MANY_KINGS,
    ) {
        ("board", kings(board))
    } else if kinds.contains(PositionErrorKinds::PAWNS_ON_BACKRANK) {
        ("board", backrank_pawns(board))
    } else if kinds.contains(PositionErrorKinds::OPPOSITE_CHECK) {
        ("turn", opposite_check(setup))
    } else if kinds.contains(PositionErrorKinds::TOO_MUCH_MATERIAL) {
        (
            "board",
            "a side has more pieces than a game can give it".to_owned(),
        )
    } else if kinds.contains(PositionErrorKinds::INVALID_CASTLING_RIGHTS) {
        (
            "castling",
            "a king or a rook that may still castle is not on its own square".to_owned(),
        )
    } else {
        ("en-passant", passing(setup))
    };
    ChessError::Position { part, detail }
}

fn kings(board: &Board) -> String {
    let words = Color::ALL.into_iter().filter_map(|side| {
        let kings = board.by_piece(Role::King.of(side));
        match kings.count() {
            1 => None,
            0 => Some(format!("{} has no king", name(side))),
            count => Some(format!(
                "{} has {count} kings ({})",
                name(side),
                squares(kings)
            )),
        }
    });
    words.collect::<Vec<_>>().join(" and ")
}

fn backrank_pawns(board: &Board) -> String {
    let pawns = board.pawns() & Bitboard::BACKRANKS;
    format!(
        "a pawn cannot stand on the first or the last rank ({})",
        squares(pawns)
    )
}

fn opposite_check(setup: &Setup) -> String {
    let waiting = !setup.turn;
    let king = setup.board.king_of(waiting);
    let place = king.map_or_else(String::new, |king| format!(" on {king}"));
    let attackers = king.map_or(Bitboard::EMPTY, |king| {
        setup
            .board
            .attacks_to(king, setup.turn, setup.board.occupied())
    });
    format!(
        "it is {}'s turn while {}'s king{place} is in check from {}",
        name(setup.turn),
        name(waiting),
        squares(attackers)
    )
}

fn passing(setup: &Setup) -> String {
    let square = setup
        .ep_square
        .map_or_else(String::new, |square| square.to_string());
    format!("no pawn can just have gone two squares over {square}")
}

fn name(side: Color) -> &'static str {
    side.fold_wb("White", "Black")
}

fn squares(set: Bitboard) -> String {
    let names: Vec<String> = set.into_iter().map(|square| square.to_string()).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(fen: &str, expected: Result<CastlingMode, (&str, &str)>) {
        match (parse(fen), expected) {
            (Ok(found), Ok(mode)) => assert_eq!(found.mode, mode),
            (Err(error), Err((part, word))) => {
                let said = error.to_string();
                assert!(said.contains(word), "{said}");
                if let ChessError::Position { part: named, .. } = error {
                    assert_eq!(named, part, "{said}");
                }
            }
            (found, expected) => panic!("{fen}: {found:?} and not {expected:?}"),
        }
    }

    #[test]
    fn positions_that_can_be() {
        let standard = Ok(CastlingMode::Standard);
        check(
            "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1",
            standard,
        );
        check(" 4k3/8/8/8/8/8/8/4K3 w - - ", standard);
        check("4k3/8/8/8/3pP3/8/8/4K3 b - e3 0 1", standard);
        check(
            "bqnb1rkr/pp3ppp/3ppn2/2p5/5P2/P2P4/NPP1P1PP/BQ1BNRKR w HFhf - 2 9",
            Ok(CastlingMode::Chess960),
        );
    }

    #[test]
    fn flaws_are_named_with_their_place() {
        check("", Err(("whole", "six parts")));
        check("4k3/8/8/8/8/8/8/4K3 w - - 0", Err(("whole", "this has 5")));
        check("4k3/8/8/8/8/8/4K3 w - - 0 1", Err(("board", "7 ranks")));
        check(
            "4k3/9/8/8/8/8/8/4K3 w - - 0 1",
            Err(("board", "“9” on rank 7")),
        );
        check("4k3/7/8/8/8/8/8/4K3 w - - 0 1", Err(("board", "7 squares")));
        check(
            "4k3/17/8/8/8/8/8/4K3 w - - 0 1",
            Err(("board", "two numbers")),
        );
        check(
            "4k3/8/8/8/8/8/8/4X3 w - - 0 1",
            Err(("board", "“X” on rank 1")),
        );
        check("4k3/8/8/8/8/8/8/4K3 x - - 0 1", Err(("turn", "“x”")));
        check("4k3/8/8/8/8/8/8/4K3 w X - 0 1", Err(("castling", "“X”")));
        check(
            "4k3/8/8/8/8/8/8/4K3 w KQ - 0 1",
            Err(("castling", "own square")),
        );
        check(
            "4k3/8/8/8/8/8/8/4K3 w - e4 0 1",
            Err(("en-passant", "“e4”")),
        );
        check(
            "4k3/8/8/8/8/8/8/4K3 w - e6 0 1",
            Err(("en-passant", "over e6")),
        );
        check("4k3/8/8/8/8/8/8/4K3 w - - x 1", Err(("halfmoves", "“x”")));
        check("4k3/8/8/8/8/8/8/4K3 w - - 0 0", Err(("fullmoves", "“0”")));
        check("8/8/8/8/8/8/8/8 w - - 0 1", Err(("board", "no king")));
        check(
            "4k3/8/8/8/8/8/8/3KK3 w - - 0 1",
            Err(("board", "2 kings (d1, e1)")),
        );
        check("4k2P/8/8/8/8/8/8/4K3 w - - 0 1", Err(("board", "h8")));
        check(
            "4k3/8/8/8/8/8/8/K3R3 w - - 0 1",
            Err(("turn", "check from e1")),
        );
        check(
            "QQQQkQQQ/QQQQ4/8/8/8/8/8/4K3 w - - 0 1",
            Err(("turn", "check")),
        );
    }

    #[test]
    fn other_games_are_refused_by_name() {
        check(
            "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR[Qn] w KQkq - 0 1",
            Err(("", "Crazyhouse")),
        );
        check(
            "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1 +0+0",
            Err(("", "three-check")),
        );
    }
}
