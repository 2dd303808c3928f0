//! From a request to everything that code can say: the position, the engine's moves, the proved
//! facts, and the words that templates make of them.

use assistant::artifact::{ChessFact, ChessPreference, ChessResult};
use assistant::{Artifact, Check, Show, Tell};
use shakmaty::{Move, Position};
use tokio_util::sync::CancellationToken;

use crate::analysis::{Analysis, Preferred, Question, analyse};
use crate::board::{Situation, fen, sans};
use crate::engine::{Engine, Line};
use crate::facts::{self, Fact, Others};
use crate::habits::{Habits, Kind, Known};
use crate::pgn::Chosen;
use crate::reasons::turning_point;
use crate::report::{Report, report};
use crate::request::Request;
use crate::review::{Pace, Played, Review, review};
use crate::shown::{candidate, lay_out, named, ucis};
use crate::subject::{self, Subject};
use crate::words::{Speaker, report as report_words};
use crate::{ChessError, openings};

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

/// Who hears how far it is and sees what there is so far.
#[derive(Clone, Copy)]
pub struct Watchers<'a> {
    /// Is told how far it is.
    pub tell: Tell<'a>,
    /// Is shown what there is so far.
    pub show: Show<'a>,
}

impl Watchers<'_> {
    /// Shows what there is so far, which may still change.
    fn glimpse(&self, result: &ChessResult) {
        let mut draft = result.clone();
        draft.draft = true;
        (self.show)(Artifact::Chess(draft));
    }
}

/// Gathers it.
///
/// # Errors
/// When there is nothing to look at, or the person stopped it. Without an engine there is still the
/// position with what can be seen of it; [`Advice::flaw`] says what is missing.
pub async fn gather(
    engine: &Engine,
    request: &Request,
    watchers: Watchers<'_>,
    cancel: &CancellationToken,
) -> Result<Advice, ChessError> {
    if let (Some(games), None, None) = (&request.games, &request.fen, &request.pgn) {
        let source = subject::source(games)?;
        let found = report(engine, request, source, watchers.tell, cancel).await?;
        return Ok(reported(request, found));
    }
    let habits = subject::habits(request, cancel).await?;
    let subject = subject::read(request, cancel).await?;
    let mut result = ChessResult::default();
    let mut checks = Vec::new();
    let mut flaw = None;
    let (situation, meant) = match &subject {
        Subject::Position(situation) => (situation.clone(), subject::meant(request, situation)?),
        Subject::Game(chosen) => {
            checks.extend(left_out(chosen));
            let told = game(engine, request, chosen, &mut result, watchers, cancel).await;
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
        watchers.glimpse(&result);
        let question = Question {
            from: &situation,
            meant,
            time: request.time,
            habits: habits.as_ref().map(|habits| (habits, request.margin)),
        };
        let watch = |lines: &[Line], depth: u32| {
            let mut so_far = result.clone();
            so_far.depth = depth;
            so_far.candidates = lines
                .iter()
                .filter_map(|line| candidate(&situation, line))
                .collect();
            watchers.glimpse(&so_far);
        };
        match analyse(engine, &question, &watch, cancel).await {
            Ok(analysis) => {
                let mut advice = advise(&situation, &analysis, habits.as_ref(), request, result);
                advice.checks.append(&mut checks);
                return Ok(advice);
            }
            Err(ChessError::Cancelled) => return Err(ChessError::Cancelled),
            Err(error) => flaw = Some(error),
        }
    }
    let mut advice = without_engine(&situation, request, result, flaw);
    advice.checks.append(&mut checks);
    Ok(advice)
}

/// What could not be kept of a game's variations.
fn left_out(chosen: &Chosen) -> Option<Check> {
    let flaws = &chosen.game.flaws;
    let first = flaws.first()?;
    let more = match flaws.len() {
        1 => String::new(),
        count => format!(", and {} more", count - 1),
    };
    Some(Check::failed("variations", format!("{first}{more}")))
}

/// A report as advice: about the mistake that shows most.
fn reported(request: &Request, found: Report) -> Advice {
    let Report { habits, worst } = found;
    let mut result = ChessResult {
        explanation: report_words::summary(&habits, request.language),
        title: habits.player.clone(),
        ..ChessResult::default()
    };
    match &worst {
        Some((before, better, done)) => {
            describe(before, &mut result);
            result.best = better
                .first()
                .map(|action| named(before, action))
                .unwrap_or_default();
            result.candidates = candidate(before, better).into_iter().collect();
            result.meant = candidate(before, done);
        }
        None => describe(&Situation::default(), &mut result),
    }
    let detail = format!(
        "{} of {} games, {} moves",
        habits.looked, habits.games, habits.moves
    );
    let mut checks = vec![Check::passed("games", detail)];
    if habits.unread > 0 {
        let detail = format!(
            "{} games of the collection could not be read",
            habits.unread
        );
        checks.push(Check::failed("collection", detail));
    }
    result.habits = Some(habits);
    Advice {
        result,
        told: vec![],
        lead: String::new(),
        checks,
        flaw: None,
    }
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
    watchers: Watchers<'_>,
    cancel: &CancellationToken,
) -> Result<(usize, Option<ChessError>), ChessError> {
    let positions = chosen.game.positions();
    let moves: Vec<Option<Move>> = chosen.game.plies.iter().map(|ply| ply.action).collect();
    lay_out(chosen, &positions, result);
    let last = last_playable(&positions)?;
    if let Some(ply) = request.ply {
        return Ok((ply.min(last), None));
    }
    if let Some(position) = positions.get(last) {
        let mut so_far = result.clone();
        describe(position, &mut so_far);
        so_far.ply = u32::try_from(last).ok();
        watchers.glimpse(&so_far);
    }
    let played = Played {
        positions: &positions,
        moves: &moves,
        side: None,
    };
    match review(engine, &played, Pace::GAME, watchers.tell, cancel).await {
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

fn shown(before: &Situation, fact: &Fact, speaker: &Speaker<'_>) -> ChessFact {
    ChessFact {
        kind: fact.finding.kind().to_owned(),
        text: speaker.sentence(fact),
        squares: fact.squares.iter().map(ToString::to_string).collect(),
        line: sans(&before.chess, &fact.line),
        uci_line: ucis(before, &fact.line),
    }
}

fn checks(depth: u32, proved: usize, habits: Option<&Habits>) -> Vec<Check> {
    let mut checks = vec![
        Check::passed("engine-depth", format!("depth {depth}")),
        Check::passed("proofs", format!("{proved} facts proved on the board")),
    ];
    if let Some(habits) = habits {
        checks.push(Check::passed("games", format!("{} games", habits.games())));
    }
    checks
}

fn preference(before: &Situation, preferred: Preferred) -> ChessPreference {
    let Known { kind, games, of } = preferred.known;
    ChessPreference {
        kind: match kind {
            Kind::Opening => "opening".to_owned(),
            Kind::Structure => "structure".to_owned(),
        },
        games,
        of,
        cost: preferred.cost.clamp(0, 10_000).unsigned_abs(),
        engine: named(before, preferred.engine),
    }
}

fn advise(
    before: &Situation,
    analysis: &Analysis,
    habits: Option<&Habits>,
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
        preferred: analysis.preferred,
        dear: analysis.dear.as_ref(),
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
    result.best = named(before, action);
    result.candidates = analysis
        .lines
        .iter()
        .filter_map(|line| candidate(before, line))
        .collect();
    result.meant = others.meant.and_then(|line| candidate(before, line));
    result.depth = analysis.depth;
    let preferred = analysis.preferred;
    result.preference = preferred.map(|preferred| preference(before, preferred));
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
        checks: checks(analysis.depth, proved.len(), habits),
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
