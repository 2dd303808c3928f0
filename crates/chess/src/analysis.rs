//! What the engine says of one position: the best move, the next best, and the moves that a person
//! meant or would be tempted by.

use std::time::Duration;

use assistant::artifact::ChessScore;
use shakmaty::{Move, Position};
use tokio_util::sync::CancellationToken;

use crate::ChessError;
use crate::board::Situation;
use crate::engine::{Engine, Found, Line, Search};
use crate::facts::{self, hundredths};

/// How many moves are shown, the best one included.
const SHOWN: usize = 3;

/// How long a look takes at least.
const LEAST: Duration = Duration::from_millis(8);

/// What the engine says.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// The best moves, best first.
    pub lines: Vec<Line>,
    /// What the person meant.
    pub meant: Option<Line>,
    /// What is tempting.
    pub natural: Option<Line>,
    /// How deep it looked at the best.
    pub depth: u32,
}

/// Looks at a position. The best move gets most of the time, alone, because a search for several at
/// once finds less; what is left goes to the others.
///
/// # Errors
/// As [`Engine::look`].
pub async fn analyse(
    engine: &Engine,
    from: &Situation,
    meant: Option<Move>,
    time: Duration,
    cancel: &CancellationToken,
) -> Result<Analysis, ChessError> {
    let legal = from.chess.legal_moves();
    let search = |share: f64, lines: usize, only: Vec<Move>| Search {
        from: from.clone(),
        time: time.mul_f64(share).max(LEAST),
        lines,
        only,
        strength: None,
    };
    let Found {
        mut lines, depth, ..
    } = engine.look(&search(0.76, 1, vec![]), cancel).await?;
    lines.truncate(1);
    let best = lines.first().and_then(Line::first);
    let best = best.ok_or(ChessError::Internal("the engine found no legal move"))?;
    let others: Vec<Move> = legal.into_iter().filter(|action| *action != best).collect();
    if !others.is_empty() {
        let more = engine
            .look(&search(0.14, SHOWN - 1, others), cancel)
            .await?;
        lines.extend(more.lines.into_iter().take(SHOWN - 1));
    }
    promote_a_mate(&mut lines);
    let best = lines.first().and_then(Line::first).unwrap_or(best);
    let least = time.mul_f64(0.1);
    let looked = Looked {
        engine,
        from,
        time: least,
        lines: &lines,
    };
    let meant = looked.at(meant, cancel).await?;
    let natural = match meant {
        // One other move is enough to speak of.
        Some(_) => None,
        None => {
            let tempting = facts::natural(&from.chess, best);
            looked.at(tempting, cancel).await?
        }
    };
    Ok(Analysis {
        lines,
        meant,
        natural,
        depth,
    })
}

/// What was looked at already, and what a look at another move needs.
struct Looked<'a> {
    engine: &'a Engine,
    from: &'a Situation,
    time: Duration,
    lines: &'a [Line],
}

impl Looked<'_> {
    /// A move with what follows it.
    async fn at(
        &self,
        action: Option<Move>,
        cancel: &CancellationToken,
    ) -> Result<Option<Line>, ChessError> {
        let Some(action) = action else {
            return Ok(None);
        };
        let known = self.lines.iter().find(|line| line.first() == Some(action));
        if let Some(known) = known {
            return Ok(Some(known.clone()));
        }
        let search = Search {
            from: self.from.clone(),
            time: self.time.max(LEAST),
            lines: 1,
            only: vec![action],
            strength: None,
        };
        let found = self.engine.look(&search, cancel).await?;
        Ok(found.lines.into_iter().next())
    }
}

/// A mate that only the second search saw is better than what the first one chose.
fn promote_a_mate(lines: &mut [Line]) {
    let is_mate = |line: &Line| matches!(line.score, ChessScore::Mate { mate: 1.. });
    let first = lines.first().is_some_and(is_mate);
    let other = lines.iter().position(is_mate);
    if let Some(other) = other.filter(|_| !first) {
        lines.swap(0, other);
    }
    if let [_, others @ ..] = lines {
        others.sort_by_key(|line| std::cmp::Reverse(hundredths(line.score)));
    }
}
