//! From a request to everything that code can say: the position, the engine's moves, the proved
//! facts, and the words that templates make of them.

use assistant::artifact::{
    ChessCandidate, ChessFact, ChessMove, ChessPly, ChessResult, TurningPoint,
};
use assistant::{Check, Tell};
use shakmaty::{Move, Position};
use tokio_util::sync::CancellationToken;

use crate::analysis::{Analysis, analyse};
use crate::board::{Situation, fen, sans};
use crate::engine::{Engine, Line};
use crate::facts::{self, Fact, Others, hundredths};
use crate::pgn::Chosen;
use crate::request::Request;
use crate::review::{Review, Turn, review};
use crate::subject::{self, Subject};
use crate::words::Speaker;
use crate::{ChessError, openings};

/// Plies of a line that are shown.
const PLIES: usize = 12;

/// Facts that are shown.
const FACTS: usize = 8;

/// Everything that code can say.
#[derive(Debug, Clone)]
pub struct Advice {
    /// What is shown, with the words of the templates.
    pub result: ChessResult,
    /// What a model may say: the sentences of the facts that are told.
    pub told: Vec<String>,
    /// The first sentence.
    pub lead: String,
    /// What was checked.
    pub checks: Vec<Check>,
    /// Why there is no move.
    pub flaw: Option<ChessError>,
}

/// Gathers it.
///
/// # Errors
/// When there is nothing to look at, or the person stopped it. Without an engine there is still the
/// position with what can be seen of it; [`Advice::flaw`] says what is missing.
pub async fn gather(
    engine: &Engine,
    request: &Request,
    tell: Tell<'_>,
    cancel: &CancellationToken,
) -> Result<Advice, ChessError> {
    let subject = subject::read(request, cancel).await?;
    let mut result = ChessResult::default();
    let mut flaw = None;
    let (situation, meant) = match &subject {
        Subject::Position(situation) => (situation.clone(), subject::meant(request, situation)?),
        Subject::Game(chosen) => {
            let told = game(engine, request, chosen, &mut result, tell, cancel).await;
            let (at, error) = told?;
            flaw = error;
            result.ply = u32::try_from(at).ok();
            let positions = chosen.game.positions();
            let situation = positions.get(at).cloned().unwrap_or_default();
            let next = chosen.game.plies.get(at).and_then(|ply| ply.action);
            let meant = subject::meant(request, &situation)?.or(next);
            (situation, meant)
        }
    };
    describe(&situation, &mut result);
    if flaw.is_none() {
        match analyse(engine, &situation, meant, request.time, cancel).await {
            Ok(analysis) => return Ok(advise(&situation, &analysis, request, result)),
            Err(ChessError::Cancelled) => return Err(ChessError::Cancelled),
            Err(error) => flaw = Some(error),
        }
    }
    Ok(without_engine(&situation, request, result, flaw))
}

/// What is said of any position.
fn describe(situation: &Situation, result: &mut ChessResult) {
    result.fen = situation.fen();
    result.chess960 = situation.mode.is_chess960();
    if result.opening.is_none() {
        let opening = openings::of(&situation.chess);
        result.opening = opening.map(|opening| format!("{} {}", opening.code, opening.name));
    }
}

/// Puts a game into the result and says after how many of its moves the position is that the advice
/// is about, and why there was no review.
async fn game(
    engine: &Engine,
    request: &Request,
    chosen: &Chosen,
    result: &mut ChessResult,
    tell: Tell<'_>,
    cancel: &CancellationToken,
) -> Result<(usize, Option<ChessError>), ChessError> {
    let positions = chosen.game.positions();
    let moves: Vec<Option<Move>> = chosen.game.plies.iter().map(|ply| ply.action).collect();
    lay_out(chosen, &positions, result);
    let last = last_playable(&positions)?;
    if let Some(ply) = request.ply {
        return Ok((ply.min(last), None));
    }
    match review(engine, &positions, &moves, tell, cancel).await {
        Ok(found) => {
            judge(&positions, &found, request, result);
            let is_over = !matches!(chosen.game.result.as_deref(), None | Some("*"))
                || last + 1 < positions.len();
            let worst = found.turns.first().map(|turn| turn.ply);
            Ok((worst.filter(|_| is_over).unwrap_or(last), None))
        }
        Err(ChessError::Cancelled) => Err(ChessError::Cancelled),
        Err(error) => Ok((last, Some(error))),
    }
}

/// The last position in which somebody has a move.
fn last_playable(positions: &[Situation]) -> Result<usize, ChessError> {
    let playable = positions
        .iter()
        .rposition(|position| position.ensure_playable().is_ok());
    match playable {
        Some(index) => Ok(index),
        None => match positions.last().map(Situation::ensure_playable) {
            Some(Err(error)) => Err(error),
            _ => Err(ChessError::NoGame),
        },
    }
}

/// The moves of a game and who played it.
fn lay_out(chosen: &Chosen, positions: &[Situation], result: &mut ChessResult) {
    let game = &chosen.game;
    result.start = game.start.fen();
    result.game_number = u32::try_from(chosen.number).unwrap_or(u32::MAX);
    result.games = u32::try_from(chosen.games).unwrap_or(u32::MAX);
    let tag = |name| {
        game.tag(name)
            .filter(|value| !value.trim_matches('?').is_empty())
    };
    let players = [tag("White"), tag("Black")].map(|name| name.unwrap_or("?"));
    if players != ["?", "?"] {
        result.title = players.join(" – ");
    }
    result.opening = openings::of_game(positions.iter().map(|position| &position.chess))
        .map(|opening| format!("{} {}", opening.code, opening.name));
    let steps = game
        .plies
        .iter()
        .zip(positions.iter().zip(positions.iter().skip(1)));
    result.game = steps
        .map(|(ply, (before, after))| ChessPly {
            san: ply.action.map_or("--".into(), |action| {
                sans(&before.chess, &[action]).concat()
            }),
            uci: ply
                .action
                .map_or("0000".into(), |action| before.uci(action)),
            fen: after.fen(),
            score: None,
            comment: ply.comment.clone(),
        })
        .collect();
}

/// What the review says of the game.
fn judge(positions: &[Situation], review: &Review, request: &Request, result: &mut ChessResult) {
    for (ply, score) in result.game.iter_mut().zip(review.scores.iter().skip(1)) {
        ply.score = *score;
    }
    result.accuracy = review.accuracy;
    result.turning_points = review
        .turns
        .iter()
        .filter_map(|turn| turning_point(positions.get(turn.ply)?, turn, request))
        .collect();
}

fn turning_point(before: &Situation, turn: &Turn, request: &Request) -> Option<TurningPoint> {
    let action = turn.better.first()?;
    let loss = hundredths(turn.better.score) - hundredths(turn.played.score);
    let others = Others {
        meant: Some(&turn.played),
        ..Others::default()
    };
    let proved = facts::about(&before.chess, &turn.better, &others);
    let speaker = Speaker {
        language: request.language,
        level: request.level,
        before: &before.chess,
        action,
    };
    let reasons: Vec<String> = proved
        .iter()
        .filter(|fact| fact.weight >= 30)
        .take(2)
        .map(|fact| speaker.sentence(fact))
        .collect();
    Some(TurningPoint {
        ply: u32::try_from(turn.ply).ok()?,
        better: named(before, action),
        loss: loss.clamp(0, 1_000).unsigned_abs(),
        reason: speaker.joined(&reasons),
    })
}

fn named(before: &Situation, action: Move) -> ChessMove {
    ChessMove {
        san: sans(&before.chess, &[action]).concat(),
        uci: before.uci(action),
    }
}

fn candidate(before: &Situation, line: &Line) -> Option<ChessCandidate> {
    let action = named(before, line.first()?);
    let shown = line.moves.get(..line.moves.len().min(PLIES))?;
    Some(ChessCandidate {
        san: action.san,
        uci: action.uci,
        score: line.score,
        line: sans(&before.chess, shown),
        uci_line: ucis(before, shown),
        wdl: line.wdl,
    })
}

fn ucis(before: &Situation, moves: &[Move]) -> Vec<String> {
    moves.iter().map(|action| before.uci(*action)).collect()
}

fn shown(before: &Situation, fact: &Fact, speaker: &Speaker<'_>) -> ChessFact {
    ChessFact {
        kind: fact.finding.kind().to_owned(),
        text: speaker.sentence(fact),
        squares: fact.squares.iter().map(ToString::to_string).collect(),
        line: sans(&before.chess, &fact.line),
        uci_line: ucis(before, &fact.line),
    }
}

fn advise(
    before: &Situation,
    analysis: &Analysis,
    request: &Request,
    mut result: ChessResult,
) -> Advice {
    let Some((best, action)) = analysis
        .lines
        .first()
        .and_then(|line| Some((line, line.first()?)))
    else {
        let flaw = Some(ChessError::Internal("the engine found no move"));
        return without_engine(before, request, result, flaw);
    };
    let others = Others {
        second: analysis.lines.get(1),
        meant: analysis.meant.as_ref(),
        natural: analysis.natural.as_ref(),
    };
    let proved = facts::about(&before.chess, best, &others);
    let speaker = Speaker {
        language: request.language,
        level: request.level,
        before: &before.chess,
        action,
    };
    let told: Vec<String> = speaker
        .told(&proved)
        .into_iter()
        .map(|fact| speaker.sentence(fact))
        .collect();
    let count = proved.len();
    result.best = named(before, action);
    result.candidates = analysis
        .lines
        .iter()
        .filter_map(|line| candidate(before, line))
        .collect();
    result.meant = others.meant.and_then(|line| candidate(before, line));
    result.depth = analysis.depth;
    result.facts = proved
        .iter()
        .take(FACTS)
        .map(|fact| shown(before, fact, &speaker))
        .collect();
    if request.in_words {
        result.explanation = speaker.explanation(&proved, best.score, &best.moves);
    }
    Advice {
        lead: speaker.lead(best.score),
        told,
        checks: vec![
            Check::passed("engine-depth", format!("depth {}", analysis.depth)),
            Check::passed("proofs", format!("{count} facts proved on the board")),
        ],
        result,
        flaw: None,
    }
}

/// The position with what can be seen of it, where nobody can say the best move.
fn without_engine(
    before: &Situation,
    request: &Request,
    mut result: ChessResult,
    flaw: Option<ChessError>,
) -> Advice {
    let first = before.chess.legal_moves().into_iter().next();
    if let Some(action) = first {
        let speaker = Speaker {
            language: request.language,
            level: request.level,
            before: &before.chess,
            action,
        };
        result.facts = facts::of_position(&before.chess)
            .iter()
            .map(|fact| shown(before, fact, &speaker))
            .collect();
    }
    result.fen = fen(&before.chess);
    Advice {
        result,
        told: vec![],
        lead: String::new(),
        checks: vec![],
        flaw,
    }
}
