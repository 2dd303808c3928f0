//! The suggested move beside others: how much better, and why the others fail.

use assistant::artifact::ChessScore;
use shakmaty::{Chess, Move, Position, Square};

use super::material::{Balance, outcome};
use super::{Fact, Finding, Glass, Others, hundredths};
use crate::board::{san, taking, value};
use crate::engine::Line;

/// Hundredths of a pawn that are no difference.
const SAME: i32 = 25;

/// Hundredths of a pawn from which on a move that looks natural is worth a warning.
const MISTAKE: i32 = 100;

/// What a worse move costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Loss {
    /// It is mated in so many moves.
    Mated(u32),
    /// It gives up a mate.
    MissesMate,
    /// So much changes hands to its disadvantage.
    Material(Balance),
    /// Hundredths of a pawn, by the engine's word; nothing changes hands in the line.
    Worse(i32),
}

pub fn facts(glass: &Glass<'_>, others: &Others<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    facts.extend(usual(glass, others));
    facts.extend(others.meant.and_then(|line| meant(glass, line)));
    let meant_first = others.meant.and_then(Line::first);
    let natural = others.natural.filter(|line| line.first() != meant_first);
    let natural_refuted = natural.and_then(|line| refuted(glass, line, 50, MISTAKE));
    // Of a move that is refuted it is said already how much worse it is.
    let told = natural
        .filter(|_| natural_refuted.is_some())
        .and_then(Line::first);
    let second = others.second.filter(|second| {
        let first = second.first();
        first.is_none() || first != told && first != meant_first
    });
    facts.extend(natural_refuted);
    facts.extend(better(glass, second));
    facts
}

fn better(glass: &Glass<'_>, second: Option<&Line>) -> Option<Fact> {
    if glass.before.legal_moves().len() == 1 {
        let squares = vec![glass.mover.square];
        return Some(Fact::new(82, Finding::OnlyMove, squares, glass.only()));
    }
    let second = second?;
    let gap = hundredths(glass.line.score) - hundredths(second.score);
    if gap < -SAME {
        // A preferred move may be the worse one, which is said elsewhere.
        return None;
    }
    let weight = match gap {
        150.. => 48,
        50.. => 26,
        _ => 8,
    };
    let finding = Finding::Better(san(glass.before, second.first()?), gap.max(0));
    Some(Fact::new(
        weight,
        finding,
        squares(second.first()?),
        &second.moves,
    ))
}

/// What the person's games have to do with it.
fn usual(glass: &Glass<'_>, others: &Others<'_>) -> Option<Fact> {
    if let Some(preferred) = others.preferred {
        let finding = match preferred.engine == glass.action {
            true => Finding::UsualIsBest(preferred.known),
            false => {
                let engine = san(glass.before, preferred.engine);
                Finding::Usual(preferred.known, preferred.cost, engine)
            }
        };
        return Some(Fact::new(96, finding, squares(glass.action), glass.only()));
    }
    let (line, known) = others.dear?;
    let action = line.first()?;
    let gap = hundredths(glass.line.score) - hundredths(line.score);
    let finding = Finding::UsualCosts(san(glass.before, action), *known, gap);
    Some(Fact::new(90, finding, squares(action), &line.moves))
}

fn meant(glass: &Glass<'_>, line: &Line) -> Option<Fact> {
    let action = line.first()?;
    let word = san(glass.before, action);
    if action == glass.action {
        let finding = Finding::MeantIsBest(word);
        return Some(Fact::new(98, finding, squares(action), glass.only()));
    }
    refuted(glass, line, 97, SAME).or_else(|| {
        let finding = Finding::MeantIsGood(word);
        Some(Fact::new(97, finding, squares(action), &line.moves))
    })
}

/// Why a move is worse than the suggested one, where it is by so much.
fn refuted(glass: &Glass<'_>, line: &Line, weight: u32, least: i32) -> Option<Fact> {
    let action = line.first()?;
    let gap = hundredths(glass.line.score) - hundredths(line.score);
    if action == glass.action || gap < least {
        return None;
    }
    let loss = loss(glass, line, gap);
    let shown = match &loss {
        Loss::Material(balance) => line.moves.get(..balance.plies)?,
        _ => line.moves.as_slice(),
    };
    let finding = Finding::Refuted(san(glass.before, action), loss);
    Some(Fact::new(weight, finding, squares(action), shown))
}

fn loss(glass: &Glass<'_>, line: &Line, gap: i32) -> Loss {
    if let ChessScore::Mate { mate } = line.score
        && mate < 0
    {
        return Loss::Mated(mate.unsigned_abs());
    }
    if let (ChessScore::Mate { mate: 1.. }, ChessScore::Centipawns(_)) =
        (glass.line.score, line.score)
    {
        return Loss::MissesMate;
    }
    match outcome(glass.before, &line.moves, glass.us) {
        Some(balance) if balance.points < 0 => Loss::Material(balance),
        _ => Loss::Worse(gap),
    }
}

fn squares(action: Move) -> Vec<Square> {
    action.from().into_iter().chain([action.to()]).collect()
}

/// The move that many would play without thinking: the capture that seems to win most.
#[must_use]
pub fn natural(before: &Chess, best: Move) -> Option<Move> {
    before
        .capture_moves()
        .into_iter()
        .filter(|action| *action != best && action.to() != best.to())
        .map(|action| (taking(before, action), action))
        .filter(|(gain, _)| *gain >= 0)
        .max_by_key(|(gain, action)| (*gain, action.capture().map_or(0, value)))
        .map(|(_, action)| action)
}
