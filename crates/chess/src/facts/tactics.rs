//! Forks, pins, skewers, discovered attacks, guards that are taken.

use shakmaty::{Bitboard, Chess, Color, Position, Role, attacks};

use super::{Fact, Finding, Glass, Man, pieces};
use crate::board::{exchange, passed, taking, value};

pub fn facts(glass: &Glass<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    facts.extend(fork(glass));
    facts.extend(lines(glass));
    facts.extend(discovers(glass));
    facts.extend(removes_guard(glass));
    facts
}

/// Whether no piece of the side to move can take what stands there without losing by it.
fn is_safe(position: &Chess, man: Man) -> bool {
    position
        .capture_moves()
        .into_iter()
        .filter(|action| action.to() == man.square)
        .all(|action| taking(position, action) < 0)
}

/// Whether a piece would gladly take another: a king, something dearer, something unguarded.
fn is_prey(position: &Chess, by: Man, target: Man) -> bool {
    let board = position.board();
    // What stands behind the target may not count as its guard only because `by` is in the way.
    let occupied = board.occupied().without(by.square);
    target.role == Role::King
        || value(target.role) > value(by.role)
        || board
            .attacks_to(target.square, target.side, occupied)
            .is_empty()
}

fn men(position: &Chess, set: Bitboard) -> impl Iterator<Item = Man> + '_ {
    set.into_iter()
        .filter_map(move |square| Man::at(position, square))
}

/// The piece that moved attacks two or more at once, and cannot be got rid of.
fn fork(glass: &Glass<'_>) -> Option<Fact> {
    let by = glass.mover;
    let board = glass.after.board();
    let attacked = board.attacks_from(by.square) & board.by_color(glass.them());
    let targets: Vec<Man> = men(&glass.after, attacked)
        .filter(|man| man.role != Role::Pawn && is_prey(&glass.after, by, *man))
        .collect();
    if by.role == Role::King || targets.len() < 2 || !is_safe(&glass.after, by) {
        return None;
    }
    // A king, or what it can take next: a pinned piece forks nothing.
    let takes = passed(&glass.after).is_none_or(|next| {
        let captures = next.capture_moves();
        targets.iter().all(|target| {
            captures
                .iter()
                .any(|action| action.from() == Some(by.square) && action.to() == target.square)
        })
    });
    let before = glass.before.board();
    let attacked_before = glass
        .origin()
        .map_or(Bitboard::EMPTY, |from| before.attacks_from(from));
    let is_new = targets
        .iter()
        .any(|target| !attacked_before.contains(target.square));
    (takes && is_new).then(|| {
        let mut squares = vec![by.square];
        squares.extend(targets.iter().map(|man| man.square));
        Fact::new(75, Finding::Fork(by, targets), squares, glass.only())
    })
}

/// A slider, a piece in its way, and a piece behind that.
type Ray = (Man, Man, Man);

/// Every three in a row: a slider of `side` and two men of the other side, nothing between them.
fn rays(position: &Chess, side: Color) -> Vec<Ray> {
    let board = position.board();
    let mut rays = Vec::new();
    for by in men(position, board.sliders() & board.by_color(side)) {
        let open = attacks::attacks(by.square, by.role.of(side), Bitboard::EMPTY);
        for behind in men(position, open & board.by_color(!side)) {
            let between = attacks::between(by.square, behind.square) & board.occupied();
            let front = between
                .single_square()
                .and_then(|square| Man::at(position, square));
            rays.extend(
                front
                    .filter(|man| man.side != side)
                    .map(|front| (by, front, behind)),
            );
        }
    }
    rays
}

/// Pins and skewers that the move made.
fn lines(glass: &Glass<'_>) -> Vec<Fact> {
    let known = rays(glass.before, glass.us);
    rays(&glass.after, glass.us)
        .into_iter()
        .filter(|ray| !known.contains(ray) && is_safe(&glass.after, ray.0))
        .filter_map(|(by, front, behind)| {
            let squares = vec![by.square, front.square, behind.square];
            let (weight, finding) = if is_pin(by, front, behind) {
                (65, Finding::Pin(by, front, behind))
            } else if is_skewer(&glass.after, by, front, behind) {
                (72, Finding::Skewer(by, front, behind))
            } else {
                return None;
            };
            Some(Fact::new(weight, finding, squares, glass.only()))
        })
        .collect()
}

fn is_pin(by: Man, front: Man, behind: Man) -> bool {
    let counts = value(front.role) >= 3;
    counts
        && (behind.role == Role::King
            || (value(behind.role) > value(front.role) && value(behind.role) > value(by.role)))
}

/// The piece in front must go: a king in check, or one that is dearer than its attacker; then what
/// stands behind is taken.
fn is_skewer(position: &Chess, by: Man, front: Man, behind: Man) -> bool {
    let must_go = front.role == Role::King || value(front.role) > value(by.role);
    let falls = value(behind.role) >= 3 && value(behind.role) <= value(front.role).max(9);
    if !must_go || !falls || behind.role == Role::King {
        return false;
    }
    let board = position.board();
    let occupied = board.occupied().without(front.square);
    let guards = board
        .attacks_to(behind.square, behind.side, occupied)
        .without(front.square);
    value(behind.role) > value(by.role) || guards.is_empty()
}

/// The piece that moved opens a line for another.
fn discovers(glass: &Glass<'_>) -> Option<Fact> {
    let from = glass.origin().filter(|_| !glass.action.is_castle())?;
    let board = glass.after.board();
    let ours = board.sliders() & board.by_color(glass.us);
    let found = men(&glass.after, ours.without(glass.mover.square)).find_map(|by| {
        let fresh = board.attacks_from(by.square) & !glass.before.board().attacks_from(by.square);
        men(&glass.after, fresh & board.by_color(glass.them()))
            .filter(|man| attacks::between(by.square, man.square).contains(from))
            .filter(|man| value(man.role) >= 3 || man.role == Role::King)
            .find(|man| is_prey(&glass.after, by, *man))
            .map(|man| (by, man))
    });
    let (by, target) = found.filter(|(by, _)| is_safe(&glass.after, *by))?;
    let squares = vec![by.square, target.square, from];
    Some(Fact::new(
        74,
        Finding::Discovers(by, target),
        squares,
        glass.only(),
    ))
}

/// What was taken guarded something that can now be taken.
fn removes_guard(glass: &Glass<'_>) -> Option<Fact> {
    glass.action.capture()?;
    let guard = Man::at(glass.before, glass.action.to())?;
    let next = passed(&glass.after)?;
    let guarded = glass.before.board().attacks_from(guard.square);
    let fallen = pieces(&glass.after, glass.them()).find(|man| {
        guarded.contains(man.square)
            && exchange(glass.before, man.square) <= 0
            && exchange(&next, man.square) > 0
    })?;
    let squares = vec![guard.square, fallen.square];
    Some(Fact::new(
        66,
        Finding::RemovesGuard(guard, fallen),
        squares,
        glass.only(),
    ))
}
