//! Pawns: those that become queens, those that nobody stops, and how they stand.

use shakmaty::{Bitboard, Chess, Color, File, Position, Role, Square};

use super::{Fact, Finding, Glass, Man};
use crate::board::san;

/// Plies of the line in which a promotion is spoken of.
const PLIES: usize = 9;

/// Moves that a pawn race is followed for; every reply is tried, so it must end.
const RACE: u32 = 5;

pub fn facts(glass: &Glass<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    facts.extend(promotes(glass));
    facts.extend(unstoppable(glass));
    facts.extend(passed_pawn(glass));
    facts.extend(structure(glass.before, glass.them()));
    facts
}

fn promotes(glass: &Glass<'_>) -> Option<Fact> {
    let mut position = glass.before.clone();
    for (index, action) in glass.line.moves.iter().take(PLIES).enumerate() {
        if let Some(role) = action.promotion()
            && position.turn() == glass.us
        {
            let words = Finding::Promotes(san(&position, *action), role);
            let squares = action.from().into_iter().chain([action.to()]).collect();
            let line = glass.line.moves.get(..=index)?;
            return Some(Fact::new(64, words, squares, line));
        }
        position.play_unchecked(*action);
    }
    None
}

/// A passed pawn of ours that becomes a queen whatever a lone king does. Every reply is tried.
fn unstoppable(glass: &Glass<'_>) -> Option<Fact> {
    let board = glass.after.board();
    let theirs = board.by_color(glass.them());
    if theirs != theirs & (board.kings() | board.pawns()) {
        return None;
    }
    let ours = board.by_color(glass.us) & board.pawns();
    let (pawn, moves) = ours
        .into_iter()
        .filter(|square| is_passed(&glass.after, glass.us, *square))
        .filter_map(|square| {
            let moves = square.rank().distance(glass.them().backrank());
            let wins = moves <= RACE && arrives(&glass.after, square, moves);
            wins.then_some((square, moves))
        })
        .min_by_key(|(_, moves)| *moves)?;
    let man = Man::at(&glass.after, pawn)?;
    let squares = vec![pawn, promotion_square(glass.us, pawn)];
    let finding = Finding::Unstoppable(man, moves);
    Some(Fact::new(63, finding, squares, glass.only()))
}

fn promotion_square(side: Color, pawn: Square) -> Square {
    Square::from_coords(pawn.file(), (!side).backrank())
}

/// Whether a pawn promotes within so many of its own moves against every defence, and is not taken
/// for it. It is the other side's turn.
fn arrives(position: &Chess, pawn: Square, moves: u32) -> bool {
    let replies = position.legal_moves();
    !replies.is_empty()
        && replies.into_iter().all(|reply| {
            let mut next = position.clone();
            next.play_unchecked(reply);
            let still = next.board().piece_at(pawn) == Some(Role::Pawn.of(next.turn()));
            still && pushes(&next, pawn, moves)
        })
}

fn pushes(position: &Chess, pawn: Square, moves: u32) -> bool {
    let mut pushed = position.legal_moves().into_iter().filter(|action| {
        action.from() == Some(pawn)
            && action.to().file() == pawn.file()
            && matches!(action.promotion(), None | Some(Role::Queen))
    });
    pushed.any(|action| {
        let mut next = position.clone();
        next.play_unchecked(action);
        if action.is_promotion() {
            return next
                .capture_moves()
                .into_iter()
                .all(|reply| reply.to() != action.to());
        }
        moves > 1 && arrives(&next, action.to(), moves - 1)
    })
}

/// Whether no pawn of the other side can ever stop or take it.
fn is_passed(position: &Chess, side: Color, pawn: Square) -> bool {
    let theirs = position.board().pawns() & position.board().by_color(!side);
    theirs.into_iter().all(|other| {
        let is_near = other.file().distance(pawn.file()) <= 1;
        let is_ahead = side.fold_wb(other.rank() > pawn.rank(), other.rank() < pawn.rank());
        !(is_near && is_ahead)
    })
}

fn passed_pawn(glass: &Glass<'_>) -> Option<Fact> {
    let is_pawn = glass.mover.role == Role::Pawn;
    let is_passed_now = is_pawn && is_passed(&glass.after, glass.us, glass.mover.square);
    is_passed_now.then(|| {
        let squares = vec![
            glass.mover.square,
            promotion_square(glass.us, glass.mover.square),
        ];
        Fact::new(38, Finding::PassedPawn(glass.mover), squares, glass.only())
    })
}

/// Weak pawns of a side: one of each kind, for the list rather than for the words.
pub fn structure(position: &Chess, side: Color) -> Vec<Fact> {
    let pawns = position.board().pawns() & position.board().by_color(side);
    let isolated = pawns
        .into_iter()
        .find(|pawn| (pawns & neighbours(pawn.file())).is_empty())
        .and_then(|pawn| Man::at(position, pawn))
        .map(|man| Fact::new(12, Finding::Isolated(man), vec![man.square], &[]));
    let doubled = File::ALL.into_iter().find_map(|file| {
        let mut file = (pawns & Bitboard::from(file)).into_iter();
        let one = Man::at(position, file.next()?)?;
        let two = Man::at(position, file.next()?)?;
        let squares = vec![one.square, two.square];
        Some(Fact::new(11, Finding::Doubled(one, two), squares, &[]))
    });
    isolated.into_iter().chain(doubled).collect()
}

/// The files beside a file.
fn neighbours(file: File) -> Bitboard {
    [file.offset(-1), file.offset(1)]
        .into_iter()
        .flatten()
        .fold(Bitboard::EMPTY, |set, file| set | Bitboard::from(file))
}
