//! Mates, threats of mate, and their defence.

use assistant::artifact::ChessScore;
use shakmaty::{Chess, Position, Rank, Role, attacks};

use super::{Fact, Finding, Glass, Man};
use crate::board::{mate_in_one, passed, san};

pub fn facts(glass: &Glass<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    facts.extend(mate(glass));
    facts.extend(back_rank(glass));
    facts.extend(mated(glass));
    facts.extend(threatens_mate(glass));
    facts.extend(parries(glass));
    facts.extend(double_check(glass));
    facts
}

/// The whole line up to its mate, where the engine's line goes so far.
fn mate(glass: &Glass<'_>) -> Option<Fact> {
    let king = glass.before.board().king_of(glass.them())?;
    if glass.after.is_checkmate() {
        let squares = vec![glass.mover.square, king];
        return Some(Fact::new(100, Finding::Checkmate, squares, glass.only()));
    }
    let ChessScore::Mate { mate: 1.. } = glass.line.score else {
        return None;
    };
    // Said is only what the board shows: a line to its end.
    let plies = plies_to_mate(glass)?;
    let line = glass.line.moves.get(..plies)?;
    let moves = u32::try_from(plies.div_ceil(2)).ok()?;
    Some(Fact::new(
        95,
        Finding::Mate(moves),
        vec![glass.mover.square, king],
        line,
    ))
}

fn plies_to_mate(glass: &Glass<'_>) -> Option<usize> {
    let mut position = glass.before.clone();
    for (index, action) in glass.line.moves.iter().enumerate() {
        position.play_unchecked(*action);
        if position.is_checkmate() {
            return (position.turn() == glass.them()).then_some(index + 1);
        }
    }
    None
}

fn mated(glass: &Glass<'_>) -> Option<Fact> {
    let ChessScore::Mate { mate } = glass.line.score else {
        return None;
    };
    let moves = u32::try_from(-mate).ok().filter(|moves| *moves > 0)?;
    let king = glass.after.board().king_of(glass.us)?;
    Some(Fact::new(
        92,
        Finding::Mated(moves),
        vec![king],
        &glass.line.moves,
    ))
}

/// A mate by a rook or a queen along the rank that the king cannot leave past its own men.
fn back_rank(glass: &Glass<'_>) -> Option<Fact> {
    let plies = plies_to_mate(glass)?;
    let line = glass.line.moves.get(..plies)?;
    let mut position = glass.before.clone();
    for action in line {
        position.play_unchecked(*action);
    }
    let king = Man::at(&position, position.board().king_of(glass.them())?)?;
    let home = glass.them().fold_wb(Rank::First, Rank::Eighth);
    let by = position
        .checkers()
        .into_iter()
        .find_map(|square| Man::at(&position, square))?;
    let heavy = matches!(by.role, Role::Rook | Role::Queen);
    let along = by.square.rank() == home && king.square.rank() == home;
    (heavy && along && is_shut_in(&position, king)).then(|| {
        Fact::new(
            88,
            Finding::BackRank(king, by),
            vec![king.square, by.square],
            line,
        )
    })
}

/// Whether the squares before a king are all taken by its own men.
fn is_shut_in(position: &Chess, king: Man) -> bool {
    let home = king.square.rank();
    let ahead = attacks::king_attacks(king.square)
        .into_iter()
        .filter(|square| square.rank() != home);
    let own = position.board().by_color(king.side);
    let mut ahead = ahead.peekable();
    ahead.peek().is_some() && ahead.all(|square| own.contains(square))
}

fn threatens_mate(glass: &Glass<'_>) -> Option<Fact> {
    let next = passed(&glass.after)?;
    let mate = mate_in_one(&next)?;
    let king = glass.after.board().king_of(glass.them())?;
    let squares = [mate.from(), Some(mate.to()), Some(king)]
        .into_iter()
        .flatten()
        .collect();
    let words = Finding::ThreatensMate(san(&next, mate));
    Some(Fact::new(70, words, squares, glass.only()))
}

/// The other side threatened mate, and after the move it has none.
fn parries(glass: &Glass<'_>) -> Option<Fact> {
    let other = passed(glass.before)?;
    let mate = mate_in_one(&other)?;
    // A check only puts the threat off.
    if mate_in_one(&glass.after).is_some() || glass.after.is_check() {
        return None;
    }
    let squares = [mate.from(), Some(mate.to()), Some(glass.mover.square)];
    let words = Finding::Parries(san(&other, mate));
    Some(Fact::new(
        85,
        words,
        squares.into_iter().flatten().collect(),
        glass.only(),
    ))
}

fn double_check(glass: &Glass<'_>) -> Option<Fact> {
    let mut checkers = glass.after.checkers().into_iter();
    let one = Man::at(&glass.after, checkers.next()?)?;
    let two = Man::at(&glass.after, checkers.next()?)?;
    let king = glass.after.board().king_of(glass.them())?;
    let squares = vec![one.square, two.square, king];
    Some(Fact::new(
        76,
        Finding::DoubleCheck(one, two),
        squares,
        glass.only(),
    ))
}
