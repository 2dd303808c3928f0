//! A chess engine as a process of its own, asked over UCI.
//!
//! Any program that speaks UCI will do; Stockfish is the one that is looked for. Its moves are held
//! against the rules before anybody sees them, so a broken engine can be useless but not wrong
//! about what is legal. Searches are done one after the other by one process, which is started when
//! it is first needed and again when it died or fell silent.

mod find;
mod process;
mod uci;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use shakmaty::uci::UciMove;
use shakmaty::{Move, Position};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

use crate::ChessError;
use crate::board::Situation;
use assistant::artifact::ChessScore;
use process::Process;

/// What is to be looked for.
#[derive(Debug, Clone)]
pub struct Search {
    /// From where.
    pub from: Situation,
    /// How long.
    pub time: Duration,
    /// How many of the best moves.
    pub lines: usize,
    /// Only among these moves; among all where it is empty.
    pub only: Vec<Move>,
    /// How strong the engine may play, in Elo; as strong as it can where absent.
    pub strength: Option<u32>,
}

/// What an engine found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// The best moves, best first, each with what follows.
    pub lines: Vec<Line>,
    /// How deep it looked, in plies.
    pub depth: u32,
    /// The move that it would play, which at a lower strength need not be the best.
    pub chosen: Option<Move>,
}

/// A move and what follows.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Legal moves, one after the other; never empty.
    pub moves: Vec<Move>,
    /// What it is worth to the side to move.
    pub score: ChessScore,
    /// Chances of winning, drawing and losing in thousandths, where the engine says.
    pub wdl: Option<[u16; 3]>,
}

impl Line {
    /// The move itself.
    #[must_use]
    pub fn first(&self) -> Option<Move> {
        self.moves.first().copied()
    }
}

/// Is shown what was found so far, every time that the engine says more.
pub type Watch<'a> = &'a (dyn Fn(&Found) + Send + Sync);

/// How often at most.
const GLIMPSE: Duration = Duration::from_millis(80);

/// An engine, whether it is running or not.
#[derive(Debug, Default)]
pub struct Engine {
    told: Option<PathBuf>,
    process: Mutex<Option<Process>>,
}

impl Engine {
    /// The engine at a path that somebody chose, or the one that can be found.
    #[must_use]
    pub fn new(told: Option<PathBuf>) -> Self {
        Self {
            told,
            process: Mutex::new(None),
        }
    }

    /// Where the engine is.
    ///
    /// # Errors
    /// When there is none.
    pub fn path(&self) -> Result<PathBuf, ChessError> {
        find::engine(self.told.as_deref())
    }

    /// Looks at a position. A dead or silent engine is started anew once.
    ///
    /// # Errors
    /// When there is no engine, it does not work, or the person stopped it.
    pub async fn look(
        &self,
        search: &Search,
        cancel: &CancellationToken,
    ) -> Result<Found, ChessError> {
        self.look_in_view(search, &|_| {}, cancel).await
    }

    /// The same for whoever watches the lines while the depth grows.
    ///
    /// # Errors
    /// As [`Engine::look`].
    pub async fn look_in_view(
        &self,
        search: &Search,
        watch: Watch<'_>,
        cancel: &CancellationToken,
    ) -> Result<Found, ChessError> {
        let path = self.path()?;
        let mut running = self.process.lock().await;
        match attempt(&mut running, &path, search, watch, cancel).await {
            Err(error) if error.is_worth_a_restart() => {
                tracing::warn!(%error, "the chess engine is started anew");
                attempt(&mut running, &path, search, watch, cancel).await
            }
            outcome => outcome,
        }
    }
}

async fn attempt(
    running: &mut Option<Process>,
    path: &std::path::Path,
    search: &Search,
    watch: Watch<'_>,
    cancel: &CancellationToken,
) -> Result<Found, ChessError> {
    let mut process = match running.take() {
        Some(process) => process,
        None => Process::start(path).await?,
    };
    let mut shown = None::<Instant>;
    let mut see = |infos: &[uci::Info]| {
        if shown.is_some_and(|then| then.elapsed() < GLIMPSE) {
            return;
        }
        shown = Some(Instant::now());
        // The last word on each line stands near the end.
        let tail = infos.len().saturating_sub(2 * search.lines + 2);
        let so_far = found(&search.from, infos.get(tail..).unwrap_or_default());
        if !so_far.lines.is_empty() {
            watch(&so_far);
        }
    };
    let (infos, chosen) = process.search(search, &mut see, cancel).await?;
    // Only one that answered is kept; any other is killed where it is dropped.
    *running = Some(process);
    if cancel.is_cancelled() {
        return Err(ChessError::Cancelled);
    }
    let mut found = found(&search.from, &infos);
    found.chosen = legal(&search.from, &[chosen]).into_iter().next();
    Ok(found)
}

/// The last word on each line, with its moves held against the rules.
///
/// While a depth is being gone through, the better lines are of that depth and the others still of the
/// one before: a move that has risen stands on both. It counts where it stands higher.
fn found(from: &Situation, infos: &[uci::Info]) -> Found {
    let mut lines: Vec<(u32, Line)> = Vec::new();
    let mut depth = 0;
    for info in infos {
        let moves = legal(from, &info.moves);
        if moves.is_empty() {
            continue;
        }
        depth = depth.max(info.depth);
        let line = Line {
            moves,
            score: info.score,
            wdl: info.wdl,
        };
        match lines.iter_mut().find(|(rank, _)| *rank == info.rank) {
            Some(known) => known.1 = line,
            None => lines.push((info.rank, line)),
        }
    }
    lines.sort_by_key(|(rank, _)| *rank);
    let mut distinct: Vec<Line> = Vec::with_capacity(lines.len());
    for (_, line) in lines {
        if distinct
            .iter()
            .all(|known| known.moves.first() != line.moves.first())
        {
            distinct.push(line);
        }
    }
    Found {
        lines: distinct,
        depth,
        chosen: None,
    }
}

/// Moves as far as they are legal.
fn legal(from: &Situation, words: &[String]) -> Vec<Move> {
    let mut position = from.chess.clone();
    let mut moves = Vec::new();
    for word in words {
        let action = UciMove::from_ascii(word.as_bytes())
            .ok()
            .and_then(|uci| uci.to_move(&position).ok());
        let Some(action) = action else { break };
        position.play_unchecked(action);
        moves.push(action);
    }
    moves
}

#[cfg(all(test, unix))]
#[path = "engine/tests.rs"]
mod tests;
