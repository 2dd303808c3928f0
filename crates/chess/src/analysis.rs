//! What the engine says of one position: the best move, the next best, the moves that a person
//! meant or would be tempted by, and those that the person's games know.

use std::time::Duration;

use assistant::artifact::ChessScore;
use shakmaty::{Move, Position};
use tokio_util::sync::CancellationToken;

use crate::ChessError;
use crate::board::Situation;
use crate::engine::{Engine, Found, Line, Search};
use crate::facts::{self, hundredths};
use crate::habits::{Habits, Kind, Known};

/// How many moves are shown, the best one included.
const SHOWN: usize = 3;

/// How many are looked at where one of them may be preferred for its pawns.
const WIDER: usize = 5;

/// Moves of the person's games that are looked at.
const KNOWN: usize = 4;

/// Games that must have had some pawns before a move is preferred for them.
const FAMILIAR: u32 = 2;

/// How long a look takes at least.
const LEAST: Duration = Duration::from_millis(8);

/// What is asked about a position.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The position.
    pub from: &'a Situation,
    /// The move that the person meant.
    pub meant: Option<Move>,
    /// How long the engine may look.
    pub time: Duration,
    /// The person's games, and what following them may cost in hundredths of a pawn.
    pub habits: Option<(&'a Habits, i32)>,
}

/// What the engine says.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// The best moves, best first; a preferred one before them.
    pub lines: Vec<Line>,
    /// What the person meant.
    pub meant: Option<Line>,
    /// What is tempting.
    pub natural: Option<Line>,
    /// How deep it looked at the best.
    pub depth: u32,
    /// Whether the first line comes from the person's games.
    pub preferred: Option<Preferred>,
    /// What the person's games play most, where that costs too much.
    pub dear: Option<(Line, Known)>,
}

/// A move that the person's games know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preferred {
    /// How well.
    pub known: Known,
    /// What it gives away, in hundredths of a pawn.
    pub cost: i32,
    /// The engine's own choice.
    pub engine: Move,
}

/// Is shown the lines so far, and how deep the engine looked.
pub type Watch<'a> = &'a (dyn Fn(&[Line], u32) + Send + Sync);

/// Looks at a position. The best move gets most of the time, alone, because a search for several at
/// once finds less; what is left goes to the others.
///
/// # Errors
/// As [`Engine::look`].
pub async fn analyse(
    engine: &Engine,
    question: &Question<'_>,
    watch: Watch<'_>,
    cancel: &CancellationToken,
) -> Result<Analysis, ChessError> {
    let look = Look {
        engine,
        question,
        cancel,
    };
    // Where games are to be followed, their moves need some of the time.
    let (share, count) = match question.habits {
        Some(_) => (0.56, WIDER - 1),
        None => (0.76, SHOWN - 1),
    };
    let Found {
        mut lines, depth, ..
    } = {
        let search = look.search(share, 1, vec![]);
        let see = |found: &Found| watch(&found.lines, found.depth);
        engine.look_in_view(&search, &see, cancel).await?
    };
    lines.truncate(1);
    let best = lines.first().and_then(Line::first);
    let best = best.ok_or(ChessError::Internal("the engine found no legal move"))?;
    let legal = question.from.chess.legal_moves();
    let others: Vec<Move> = legal.into_iter().filter(|action| *action != best).collect();
    if !others.is_empty() {
        let search = look.search(0.14, count, others);
        let see = |found: &Found| {
            let shown = [lines.as_slice(), found.lines.as_slice()].concat();
            watch(shown.get(..SHOWN).unwrap_or(&shown), depth);
        };
        let more = engine.look_in_view(&search, &see, cancel).await?;
        lines.extend(more.lines.into_iter().take(count));
    }
    promote_a_mate(&mut lines);
    let (preferred, dear) = match question.habits {
        Some((habits, margin)) => look.prefer(habits, margin, &mut lines).await?,
        None => (None, None),
    };
    lines.truncate(SHOWN);
    let best = lines.first().and_then(Line::first).unwrap_or(best);
    let meant = look.at(question.meant, &lines).await?;
    // One other move is enough to speak of.
    let speaks = meant.is_some() || dear.is_some();
    let tempting = facts::natural(&question.from.chess, best).filter(|_| !speaks);
    let natural = look.at(tempting, &lines).await?;
    Ok(Analysis {
        lines,
        meant,
        natural,
        depth,
        preferred,
        dear,
    })
}

/// What every look at the position needs.
struct Look<'a> {
    engine: &'a Engine,
    question: &'a Question<'a>,
    cancel: &'a CancellationToken,
}

/// The preferred move, and the one that would be preferred if it were not too dear.
type Choice = (Option<Preferred>, Option<(Line, Known)>);

impl Look<'_> {
    fn search(&self, share: f64, lines: usize, only: Vec<Move>) -> Search {
        Search {
            from: self.question.from.clone(),
            time: self.question.time.mul_f64(share).max(LEAST),
            lines,
            only,
            strength: None,
        }
    }

    /// A move with what follows it.
    async fn at(&self, action: Option<Move>, lines: &[Line]) -> Result<Option<Line>, ChessError> {
        let Some(action) = action else {
            return Ok(None);
        };
        let known = lines.iter().find(|line| line.first() == Some(action));
        if let Some(known) = known {
            return Ok(Some(known.clone()));
        }
        let search = self.search(0.1, 1, vec![action]);
        let found = self.engine.look(&search, self.cancel).await?;
        Ok(found.lines.into_iter().next())
    }

    /// Puts the move that the person's games know first, where it is good enough, and says how well
    /// it is known. What looks good enough is looked at once more by itself before it is believed.
    async fn prefer(
        &self,
        habits: &Habits,
        margin: i32,
        lines: &mut Vec<Line>,
    ) -> Result<Choice, ChessError> {
        let Some(best) = lines.first().cloned() else {
            return Ok((None, None));
        };
        let from = &self.question.from.chess;
        let mut known = habits.moves(from);
        known.truncate(KNOWN);
        let fresh = known
            .iter()
            .map(|(action, _)| *action)
            .filter(|action| lines.iter().all(|line| line.first() != Some(*action)));
        let fresh: Vec<Move> = fresh.collect();
        if !fresh.is_empty() {
            let search = self.search(0.14, fresh.len(), fresh);
            lines.extend(self.engine.look(&search, self.cancel).await?.lines);
        }
        let known = match known.is_empty() {
            false => known,
            true => familiar(habits, self.question.from, lines),
        };
        let fits = |line: &Line| hundredths(best.score) - hundredths(line.score) <= margin;
        let line_of = |lines: &[Line], action: Move| {
            lines
                .iter()
                .find(|line| line.first() == Some(action))
                .cloned()
        };
        let most = known.first().copied();
        for (action, known) in known {
            let Some(line) = line_of(lines, action).filter(|line| fits(line)) else {
                continue;
            };
            let line = match line.first() == best.first() {
                true => line,
                false => self.again(action, line).await?,
            };
            if fits(&line) {
                return Ok((preferred(&best, line, known, lines), None));
            }
        }
        let dear = most.filter(|(_, known)| known.kind == Kind::Opening);
        let dear = dear.and_then(|(action, known)| Some((line_of(lines, action)?, known)));
        if let [_, others @ ..] = lines.as_mut_slice() {
            by_worth(others);
        }
        Ok((None, dear))
    }

    /// A move looked at by itself.
    async fn again(&self, action: Move, known: Line) -> Result<Line, ChessError> {
        let search = self.search(0.16, 1, vec![action]);
        let found = self.engine.look(&search, self.cancel).await?;
        Ok(found.lines.into_iter().next().unwrap_or(known))
    }
}

/// Moves that lead to pawns which the games know better than those of the best move.
fn familiar(habits: &Habits, from: &Situation, lines: &[Line]) -> Vec<(Move, Known)> {
    let after = |line: &Line| {
        let action = line.first()?;
        Some((action, habits.structure(&from.after(&[action]).chess)))
    };
    let usual = lines
        .first()
        .and_then(after)
        .map_or(0, |(_, known)| known.games);
    let mut all: Vec<(Move, Known)> = lines.iter().filter_map(after).collect();
    all.retain(|(_, known)| known.games >= FAMILIAR && known.games > usual);
    all.sort_by_key(|(_, known)| std::cmp::Reverse(known.games));
    all
}

fn preferred(best: &Line, line: Line, known: Known, lines: &mut Vec<Line>) -> Option<Preferred> {
    let cost = (hundredths(best.score) - hundredths(line.score)).max(0);
    let engine = best.first()?;
    lines.retain(|other| other.first() != line.first() && other.first() != best.first());
    by_worth(lines);
    if line.first() != best.first() {
        lines.insert(0, best.clone());
    }
    lines.insert(0, line);
    Some(Preferred {
        known,
        cost,
        engine,
    })
}

/// The best first; of equals the one that was found first.
fn by_worth(lines: &mut [Line]) {
    lines.sort_by_key(|line| std::cmp::Reverse(hundredths(line.score)));
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
        by_worth(others);
    }
}
