//! A whole game under the engine: what every position is worth, where the game turned and why, and
//! how well each side played.

use std::collections::BTreeSet;
use std::time::Duration;

use assistant::artifact::{ChessAccuracy, ChessScore};
use shakmaty::{Color, Move, Position};
use tokio_util::sync::CancellationToken;

use crate::ChessError;
use crate::board::Situation;
use crate::engine::{Engine, Line, Search};
use crate::facts::hundredths;

/// How long the engine looks.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// At all positions of a game together.
    pub whole: Duration,
    /// At one of them at most.
    pub longest: Duration,
    /// At a position where the game seems to turn.
    pub deeper: Duration,
}

impl Pace {
    /// For one game that somebody waits for.
    pub const GAME: Self = Self {
        whole: Duration::from_secs(15),
        longest: Duration::from_millis(150),
        deeper: Duration::from_millis(350),
    };

    /// For one of many.
    pub const MANY: Self = Self {
        whole: Duration::from_millis(1_200),
        longest: Duration::from_millis(25),
        deeper: Duration::from_millis(120),
    };
}

/// How long one position takes at least.
const SHORTEST: Duration = Duration::from_millis(12);

/// A move that gives away so much of the chance to win changed the game.
const TURN: f64 = 0.10;

/// Turning points that are told.
const TOLD: usize = 8;

/// What the engine says of a game.
#[derive(Debug, Clone)]
pub struct Review {
    /// What every position is worth to White.
    pub scores: Vec<Option<ChessScore>>,
    /// Where the game turned, the worst first.
    pub turns: Vec<Turn>,
    /// How well each side played.
    pub accuracy: Option<ChessAccuracy>,
}

/// A move that gave much away.
#[derive(Debug, Clone)]
pub struct Turn {
    /// Index of the move.
    pub ply: usize,
    /// What it gave away of the chance to win, 0 to 1.
    pub drop: f64,
    /// The best line in its place.
    pub better: Line,
    /// The move with the best line after it.
    pub played: Line,
}

/// A game that was played.
#[derive(Debug, Clone, Copy)]
pub struct Played<'a> {
    /// Every position, the first one included.
    pub positions: &'a [Situation],
    /// Every move; nothing where a side passed.
    pub moves: &'a [Option<Move>],
    /// Whose turning points are looked for; both sides' where nobody is named.
    pub side: Option<Color>,
}

/// Looks at every position of a game, and longer at those where it seems to turn: what a short look
/// takes for a mistake is often the best move. `tell` is told how far it is.
///
/// # Errors
/// As [`Engine::look`].
pub async fn review(
    engine: &Engine,
    game: &Played<'_>,
    pace: Pace,
    tell: &(dyn Fn(u8) + Send + Sync),
    cancel: &CancellationToken,
) -> Result<Review, ChessError> {
    let positions = game.positions;
    let share = pace.whole.div_f64(positions.len().max(1) as f64);
    let time = share.clamp(SHORTEST, pace.longest);
    let mut lines = Vec::with_capacity(positions.len());
    for (index, from) in positions.iter().enumerate() {
        lines.push(best_line(engine, from, time, cancel).await?);
        tell(u8::try_from((index + 1) * 90 / positions.len()).unwrap_or(90));
    }
    let suspects = turns(game, &lines);
    let mut looked = BTreeSet::new();
    for index in suspects.iter().flat_map(|turn| [turn.ply, turn.ply + 1]) {
        if let Some(from) = positions.get(index)
            && looked.insert(index)
            && let Some(known) = lines.get_mut(index)
        {
            *known = best_line(engine, from, pace.deeper, cancel).await?;
        }
    }
    tell(100);
    let mut turns = turns(game, &lines);
    turns.retain(|turn| looked.contains(&turn.ply) && looked.contains(&(turn.ply + 1)));
    let scores = positions
        .iter()
        .zip(&lines)
        .map(|(position, line)| for_white(position, line.as_ref()));
    Ok(Review {
        turns,
        accuracy: accuracy(positions, &chances(positions, &lines)),
        scores: scores.collect(),
    })
}

/// The best line from a position; nothing where there is no legal move.
async fn best_line(
    engine: &Engine,
    from: &Situation,
    time: Duration,
    cancel: &CancellationToken,
) -> Result<Option<Line>, ChessError> {
    if from.chess.legal_moves().is_empty() {
        return Ok(None);
    }
    let search = Search {
        from: from.clone(),
        time,
        lines: 1,
        only: vec![],
        strength: None,
    };
    Ok(engine.look(&search, cancel).await?.lines.into_iter().next())
}

/// White's chances in every position.
fn chances(positions: &[Situation], lines: &[Option<Line>]) -> Vec<f64> {
    positions
        .iter()
        .zip(lines)
        .map(|(position, line)| white_chance(position, line.as_ref()))
        .collect()
}

fn for_white(position: &Situation, line: Option<&Line>) -> Option<ChessScore> {
    let Some(line) = line else {
        let is_draw = !position.chess.is_checkmate();
        return is_draw.then_some(ChessScore::Centipawns(0));
    };
    let sign = position.chess.turn().fold_wb(1, -1);
    Some(match line.score {
        ChessScore::Centipawns(amount) => ChessScore::Centipawns(amount * sign),
        ChessScore::Mate { mate } => ChessScore::Mate { mate: mate * sign },
    })
}

/// The chance that White wins, 0 to 1. The curve is what Lichess fitted to games of its players.
fn white_chance(position: &Situation, line: Option<&Line>) -> f64 {
    let turn = position.chess.turn();
    let hundredths = match line {
        Some(line) => hundredths(line.score) * turn.fold_wb(1, -1),
        None if position.chess.is_checkmate() => turn.fold_wb(-10_000, 10_000),
        None => 0,
    };
    let hundredths = f64::from(hundredths.clamp(-1_000, 1_000));
    1.0 / (1.0 + (-0.003_682_08 * hundredths).exp())
}

/// What a side gave away by each of its moves.
fn drops(positions: &[Situation], chances: &[f64]) -> Vec<(Color, f64)> {
    let pairs = chances.iter().zip(chances.iter().skip(1));
    positions
        .iter()
        .zip(pairs)
        .map(|(before, (then, now))| {
            let turn = before.chess.turn();
            let lost = turn.fold_wb(then - now, now - then);
            (turn, lost.max(0.0))
        })
        .collect()
}

fn turns(game: &Played<'_>, lines: &[Option<Line>]) -> Vec<Turn> {
    let Played {
        positions,
        moves,
        side,
    } = *game;
    let mut turns: Vec<Turn> = drops(positions, &chances(positions, lines))
        .into_iter()
        .enumerate()
        .filter(|(_, (mover, drop))| *drop >= TURN && side.is_none_or(|side| side == *mover))
        .filter_map(|(ply, (_, drop))| {
            let better = lines.get(ply)?.clone()?;
            let action = moves.get(ply).copied().flatten()?;
            let is_another = better.first() != Some(action);
            is_another.then(|| Turn {
                ply,
                drop,
                better,
                played: played(action, lines.get(ply + 1).and_then(Option::as_ref)),
            })
        })
        .collect();
    turns.sort_by(|one, two| two.drop.total_cmp(&one.drop));
    turns.truncate(TOLD);
    turns
}

/// A move with the best line after it, from the view of who made it.
fn played(action: Move, after: Option<&Line>) -> Line {
    let Some(after) = after else {
        return Line {
            moves: vec![action],
            score: ChessScore::Centipawns(0),
            wdl: None,
        };
    };
    let mut moves = vec![action];
    moves.extend(&after.moves);
    Line {
        moves,
        score: match after.score {
            ChessScore::Centipawns(amount) => ChessScore::Centipawns(-amount),
            ChessScore::Mate { mate } => ChessScore::Mate { mate: -mate },
        },
        wdl: after.wdl.map(|[win, draw, loss]| [loss, draw, win]),
    }
}

/// The mean over the moves of a side; the curve from chances to accuracy is Lichess's.
fn accuracy(positions: &[Situation], chances: &[f64]) -> Option<ChessAccuracy> {
    let drops = drops(positions, chances);
    let mean = |side: Color| {
        let all: Vec<f64> = drops
            .iter()
            .filter(|(mover, _)| *mover == side)
            .map(|(_, drop)| {
                let accuracy = 103.1668 * (-0.04354 * drop * 100.0).exp() - 3.1669;
                accuracy.clamp(0.0, 100.0)
            })
            .collect();
        (!all.is_empty()).then(|| {
            let mean = all.iter().sum::<f64>() / all.len() as f64;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a mean of numbers from 0 to 100"
            )]
            let percent = mean.round() as u8;
            percent
        })
    };
    Some(ChessAccuracy {
        white: mean(Color::White)?,
        black: mean(Color::Black)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notation;

    fn line(position: &Situation, words: &str, score: ChessScore) -> Option<Line> {
        let mut now = position.chess.clone();
        let mut moves = Vec::new();
        for word in words.split_whitespace() {
            let action = notation::parse(&now, word).unwrap();
            now.play_unchecked(action);
            moves.push(action);
        }
        Some(Line {
            moves,
            score,
            wdl: None,
        })
    }

    /// 1. f3 e5 2. g4 Qh4#: White's second move loses at once.
    #[test]
    fn the_move_that_loses_is_the_turning_point() {
        let start = Situation::default();
        let game = line(&start, "f3 e5 g4 Qh4", ChessScore::Centipawns(0))
            .unwrap()
            .moves;
        let positions: Vec<Situation> = (0..=game.len())
            .map(|plies| start.after(&game[..plies]))
            .collect();
        let at = |index: usize, words: &str, score: i32| {
            line(&positions[index], words, ChessScore::Centipawns(score))
        };
        let mut lines = vec![at(0, "e4", 30), at(1, "e5", 60), at(2, "e4 Nc6", -70)];
        lines.push(line(&positions[3], "Qh4", ChessScore::Mate { mate: 1 }));
        lines.push(None);
        let chances = chances(&positions, &lines);
        let moves: Vec<Option<Move>> = game.iter().copied().map(Some).collect();
        let mut played = Played {
            positions: &positions,
            moves: &moves,
            side: None,
        };
        let found = turns(&played, &lines);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].ply, 2);
        assert_eq!(found[0].played.score, ChessScore::Mate { mate: -1 });
        assert_eq!(found[0].played.moves.len(), 2);
        played.side = Some(Color::Black);
        assert_eq!(turns(&played, &lines).len(), 0);
        let accuracy = accuracy(&positions, &chances).unwrap();
        assert!(accuracy.black > 95 && accuracy.white < 60, "{accuracy:?}");
        assert_eq!(
            for_white(&positions[3], lines[3].as_ref()),
            Some(ChessScore::Mate { mate: -1 })
        );
        assert_eq!(for_white(&positions[4], None), None);
    }
}
