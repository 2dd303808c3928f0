//! What changes hands: by the move, by the line, and what is in danger.

use assistant::artifact::ChessScore;
use shakmaty::{Chess, Color, Move, Position, Role};

use super::{Fact, Finding, Glass, Man, Recapture, pieces};
use crate::board::{exchange, passed, taking, value};

/// Plies of a line that are followed; what comes later is a guess of the engine's.
const PLIES: usize = 9;

/// Pieces that changed hands, what one side gave set off against what it got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    /// What the side got, the dearest first.
    pub gained: Vec<Role>,
    /// What it gave for it.
    pub lost: Vec<Role>,
    /// What that is worth in pawns.
    pub points: i32,
    /// After how many plies of the line.
    pub plies: usize,
}

pub fn facts(glass: &Glass<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    facts.extend(wins(glass));
    facts.extend(takes(glass));
    facts.extend(offers(glass));
    facts.extend(threatens(glass));
    facts.extend(saves(glass));
    facts.extend(hangs(glass.before));
    facts
}

/// What `side` has won or lost by the end of a line, counted where nothing is left to be taken;
/// nothing where the line comes to no such rest.
#[must_use]
pub fn outcome(before: &Chess, moves: &[Move], side: Color) -> Option<Balance> {
    let mut position = before.clone();
    let mut rests: Vec<Balance> = Vec::new();
    for (index, action) in moves.iter().take(PLIES).enumerate() {
        position.play_unchecked(*action);
        if is_quiet(&position) {
            rests.push(difference(before, &position, side, index + 1));
        }
    }
    // The earliest rest from which on nothing changes any more: the shortest proof.
    let last = rests.last()?.clone();
    let settled = |rest: &Balance| (&rest.gained, &rest.lost) == (&last.gained, &last.lost);
    let unsettled = rests.iter().rposition(|rest| !settled(rest));
    rests
        .into_iter()
        .nth(unsettled.map_or(0, |index| index + 1))
}

/// Whether the side to move has nothing to take at a profit and need not flee.
fn is_quiet(position: &Chess) -> bool {
    !position.is_check()
        && position
            .capture_moves()
            .into_iter()
            .all(|action| taking(position, action) <= 0)
        && position.promotion_moves().is_empty()
}

fn difference(before: &Chess, after: &Chess, side: Color, plies: usize) -> Balance {
    let count = |position: &Chess, side: Color, role: Role| {
        i32::from(*position.board().material_side(side).get(role))
    };
    let mut balance = Balance {
        gained: vec![],
        lost: vec![],
        points: 0,
        plies,
    };
    for role in [
        Role::Queen,
        Role::Rook,
        Role::Bishop,
        Role::Knight,
        Role::Pawn,
    ] {
        let theirs = count(before, !side, role) - count(after, !side, role);
        let ours = count(before, side, role) - count(after, side, role);
        let net = theirs - ours;
        balance.points += net * value(role);
        let list = if net > 0 {
            &mut balance.gained
        } else {
            &mut balance.lost
        };
        for _ in 0..net.abs() {
            list.push(role);
        }
    }
    balance
}

fn wins(glass: &Glass<'_>) -> Option<Fact> {
    let balance = outcome(glass.before, &glass.line.moves, glass.us)?;
    if balance.points < 1 || super::hundredths(glass.line.score) < 0 {
        return None;
    }
    let line = glass.line.moves.get(..balance.plies)?;
    let squares = line
        .iter()
        .filter(|action| action.is_capture())
        .map(|action| action.to());
    let weight = 77 + u32::try_from(balance.points).unwrap_or_default().min(9);
    let squares = squares.collect();
    Some(Fact::new(weight, Finding::Wins(balance), squares, line))
}

fn takes(glass: &Glass<'_>) -> Option<Fact> {
    let role = glass.action.capture()?;
    let square = match glass.action {
        Move::EnPassant { from, to } => shakmaty::Square::from_coords(to.file(), from.rank()),
        action => action.to(),
    };
    let taken = Man {
        side: glass.them(),
        role,
        square,
    };
    let can_be_retaken = glass
        .after
        .capture_moves()
        .into_iter()
        .any(|action| action.to() == glass.action.to());
    let (weight, recapture) = match taking(glass.before, glass.action) {
        _ if !can_be_retaken => (56 + u32::from(value(role) > 1) * 6, Recapture::None),
        1.. => (61, Recapture::Pays),
        0 => (35, Recapture::Even),
        // What comes back in the line was not given up.
        _ if !is_given_up(glass) => return None,
        _ => (60, Recapture::Sacrifice),
    };
    let squares = vec![square, glass.mover.square];
    Some(Fact::new(
        weight,
        Finding::Takes(taken, recapture),
        squares,
        glass.only(),
    ))
}

/// Whether the line ends with less than before, or in mate.
fn is_given_up(glass: &Glass<'_>) -> bool {
    matches!(glass.line.score, ChessScore::Mate { mate: 1.. })
        || outcome(glass.before, &glass.line.moves, glass.us)
            .is_some_and(|balance| balance.points < 0)
}

/// The piece that moved can be taken at a profit, and the move is the best all the same.
fn offers(glass: &Glass<'_>) -> Option<Fact> {
    let is_quiet = !glass.action.is_capture() && value(glass.mover.role) >= 3;
    let is_offered = is_quiet && exchange(&glass.after, glass.mover.square) >= 2;
    is_offered.then(|| {
        let squares = vec![glass.mover.square];
        Fact::new(59, Finding::Offers(glass.mover), squares, glass.only())
    })
}

/// What could be taken next, and could not before.
fn threatens(glass: &Glass<'_>) -> Option<Fact> {
    let next = passed(&glass.after)?;
    let target = pieces(&glass.after, glass.them())
        .filter(|man| exchange(glass.before, man.square) <= 0)
        .map(|man| (exchange(&next, man.square), man))
        .filter(|(gain, _)| *gain >= 2)
        .max_by_key(|(gain, _)| *gain)?
        .1;
    let squares = vec![glass.mover.square, target.square];
    Some(Fact::new(
        52,
        Finding::Threatens(target),
        squares,
        glass.only(),
    ))
}

/// A piece of ours that was in danger, and is not any more.
fn saves(glass: &Glass<'_>) -> Option<Fact> {
    let other = passed(glass.before)?;
    let (_, man) = pieces(glass.before, glass.us)
        .map(|man| (exchange(&other, man.square), man))
        .filter(|(loss, _)| *loss >= 2)
        .max_by_key(|(loss, _)| *loss)?;
    if glass.origin() == Some(man.square) {
        let is_safe = exchange(&glass.after, glass.mover.square) <= 0;
        let finding = Finding::Escapes(man, glass.mover.square);
        let squares = vec![man.square, glass.mover.square];
        return is_safe.then(|| Fact::new(62, finding, squares, glass.only()));
    }
    // A check only puts the danger off.
    let is_safe = !glass.after.is_check() && exchange(&glass.after, man.square) <= 0;
    let squares = vec![man.square, glass.mover.square];
    is_safe.then(|| Fact::new(58, Finding::Guards(man), squares, glass.only()))
}

/// What each side could lose as the position stands, the dearest of each.
pub fn hangs(position: &Chess) -> Vec<Fact> {
    let turn = position.turn();
    let theirs = dearest(position, !turn);
    let ours = passed(position).and_then(|other| dearest(&other, turn));
    theirs
        .into_iter()
        .chain(ours)
        .map(|man| Fact::new(20, Finding::Hangs(man), vec![man.square], &[]))
        .collect()
}

fn dearest(position: &Chess, side: Color) -> Option<Man> {
    pieces(position, side)
        .map(|man| (exchange(position, man.square), man))
        .filter(|(gain, _)| *gain >= 2)
        .max_by_key(|(gain, _)| *gain)
        .map(|(_, man)| man)
}
