//! Why a move of a game gave much away, in sentences that were proved on the board.

use assistant::artifact::TurningPoint;

use crate::board::{Situation, sans};
use crate::facts::{self, Others, hundredths};
use crate::request::Request;
use crate::review::Turn;
use crate::shown::{named, start_of};
use crate::words::Speaker;

/// Facts below this weight are not worth a sentence here.
const TELLING: u32 = 30;

/// A turning point for the answer.
pub fn turning_point(before: &Situation, turn: &Turn, request: &Request) -> Option<TurningPoint> {
    Some(TurningPoint {
        ply: u32::try_from(turn.ply).ok()?,
        better: named(before, turn.better.first()?),
        loss: loss(turn),
        reason: reason(before, turn, request)?,
        line: sans(&before.chess, start_of(&turn.better.moves)),
    })
}

/// How much was lost, in hundredths of a pawn at most 1000.
pub fn loss(turn: &Turn) -> u32 {
    let loss = hundredths(turn.better.score) - hundredths(turn.played.score);
    loss.clamp(0, 1_000).unsigned_abs()
}

/// Why the move was a mistake and what was better.
pub fn reason(before: &Situation, turn: &Turn, request: &Request) -> Option<String> {
    let others = Others {
        meant: Some(&turn.played),
        ..Others::default()
    };
    let proved = facts::about(&before.chess, &turn.better, &others);
    let speaker = Speaker {
        language: request.language,
        level: request.level,
        before: &before.chess,
        action: turn.better.first()?,
    };
    let telling = proved.iter().filter(|fact| fact.weight >= TELLING).take(2);
    let sentences: Vec<String> = telling.map(|fact| speaker.sentence(fact)).collect();
    Some(speaker.joined(&sentences))
}
