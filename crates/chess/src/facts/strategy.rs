//! What is good without winning anything at once: castling, development, the middle, open files.

use shakmaty::{Bitboard, Chess, Color, Position, Rank, Role, Square};

use super::{Fact, Finding, Glass, Man};
use crate::phase::Phase;

pub fn facts(glass: &Glass<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    facts.extend(castles(glass));
    if Phase::of(glass.before) == Phase::Opening {
        facts.extend(develops(glass));
        facts.extend(development(glass));
        facts.extend(centre(glass));
    }
    facts.extend(open_file(glass));
    facts.extend(open_king(glass));
    facts
}

fn castles(glass: &Glass<'_>) -> Option<Fact> {
    glass.action.is_castle().then(|| {
        let squares = vec![glass.mover.square];
        Fact::new(45, Finding::Castles(glass.us), squares, glass.only())
    })
}

/// Where knights and bishops of a side begin.
fn homes(side: Color) -> Bitboard {
    let white = Bitboard::from(Square::B1)
        .with(Square::C1)
        .with(Square::F1)
        .with(Square::G1);
    side.fold_wb(white, white.flip_vertical())
}

/// Knights and bishops of a side that have not moved.
fn at_home(position: &Chess, side: Color) -> Bitboard {
    let board = position.board();
    (board.knights() | board.bishops()) & board.by_color(side) & homes(side)
}

fn develops(glass: &Glass<'_>) -> Option<Fact> {
    let from = glass.origin()?;
    let leaves = at_home(glass.before, glass.us).contains(from);
    leaves.then(|| {
        let squares = vec![from, glass.mover.square];
        Fact::new(36, Finding::Develops(glass.mover), squares, glass.only())
    })
}

fn development(glass: &Glass<'_>) -> Option<Fact> {
    let ours = at_home(glass.before, glass.us);
    let theirs = at_home(glass.before, glass.them());
    let is_telling = ours.count().abs_diff(theirs.count()) >= 2;
    is_telling.then(|| {
        let finding = Finding::Development(ours.count(), theirs.count());
        Fact::new(14, finding, (ours | theirs).into_iter().collect(), &[])
    })
}

fn centre(glass: &Glass<'_>) -> Option<Fact> {
    let is_central = Bitboard::CENTER.contains(glass.mover.square);
    (glass.mover.role == Role::Pawn && is_central && !glass.action.is_capture()).then(|| {
        let squares = vec![glass.mover.square];
        Fact::new(34, Finding::Centre(glass.mover), squares, glass.only())
    })
}

/// A rook that comes to a file without a pawn.
fn open_file(glass: &Glass<'_>) -> Option<Fact> {
    let file = Bitboard::from(glass.mover.square.file());
    let is_open = (glass.after.board().pawns() & file).is_empty();
    let is_new = glass.origin()?.file() != glass.mover.square.file();
    (glass.mover.role == Role::Rook && is_open && is_new && !glass.action.is_castle()).then(|| {
        let squares = vec![glass.mover.square];
        Fact::new(33, Finding::OpenFile(glass.mover), squares, glass.only())
    })
}

/// The other king has no pawn before it while queens are on the board.
fn open_king(glass: &Glass<'_>) -> Option<Fact> {
    let board = glass.before.board();
    if (board.queens() & board.by_color(glass.us)).is_empty()
        || Phase::of(glass.before) != Phase::Middlegame
    {
        return None;
    }
    let king = Man::at(glass.before, board.king_of(glass.them())?)?;
    let pawns = board.pawns() & board.by_color(glass.them());
    let home = king.side.fold_wb(Rank::First, Rank::Eighth);
    let is_home = king.square.rank() == home;
    let shelter = pawns
        .into_iter()
        .filter(|pawn| {
            pawn.file().distance(king.square.file()) <= 1
                && pawn.rank().distance(king.square.rank()) <= 2
                && pawn.rank() != king.square.rank()
        })
        .count();
    (is_home && shelter == 0)
        .then(|| Fact::new(16, Finding::OpenKing(king), vec![king.square], &[]))
}
