//! What somebody does wrong again and again: their games of a collection under the engine, a short
//! look at each, their mistakes by theme.

use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;
use std::time::Instant;

use assistant::Tell;
use assistant::artifact::{ChessHabits, ChessMistake, ChessTheme};
use shakmaty::{Color, Move, Position};
use tokio_util::sync::CancellationToken;

use crate::ChessError;
use crate::board::{Situation, sans};
use crate::engine::{Engine, Line};
use crate::habits::{Players, side_of};
use crate::pgn::{self, Game, Source};
use crate::phase::Phase;
use crate::reasons::{loss, reason};
use crate::request::Request;
use crate::review::{Pace, Played, Turn, review};
use crate::shown::{named, start_of, title, ucis};
use crate::themes::{self, Theme};
use crate::words::{Language, report as words};

/// Games of a player that are kept to be looked at; nobody waits for more.
const MOST_GAMES: usize = 2_000;

/// Examples of a theme that are shown.
const EXAMPLES: usize = 4;

/// A player stands in this share of the games where the collection is taken for theirs.
const OWN: f64 = 0.6;

/// A game of the player's.
struct Own {
    number: usize,
    side: Color,
    game: Game,
}

/// What was read of a collection.
struct Collection {
    player: String,
    games: Vec<Own>,
    there: usize,
    unread: usize,
}

/// What was found, and the mistake that shows most.
pub struct Report {
    /// For the answer.
    pub habits: ChessHabits,
    /// The position of the dearest mistake of the most frequent theme, with the better line and
    /// what was played.
    pub worst: Option<(Situation, Line, Line)>,
}

/// A mistake with everything that is said of it.
struct Mistake {
    theme: Theme,
    phase: Phase,
    drop: f64,
    shown: ChessMistake,
    lines: (Situation, Line, Line),
}

/// Makes the report. The newest games come first, and as many of them as there is time for.
///
/// # Errors
/// When the collection cannot be read, nobody knows whose games are meant, or there is no engine.
pub async fn report(
    engine: &Engine,
    request: &Request,
    source: Source,
    tell: Tell<'_>,
    cancel: &CancellationToken,
) -> Result<Report, ChessError> {
    engine.path()?;
    let player = request.player.clone();
    let token = cancel.clone();
    let reading = tokio::task::spawn_blocking(move || read(source, player.as_deref(), &token));
    let mut collection = reading
        .await
        .map_err(|_| ChessError::Internal("the reader of games fell over"))??;
    collection
        .games
        .sort_by(|one, two| date(&two.game).cmp(date(&one.game)));
    let began = Instant::now();
    let mut habits = ChessHabits {
        player: collection.player.clone(),
        games: number(collection.there),
        unread: number(collection.unread),
        ..ChessHabits::default()
    };
    let mut mistakes = Vec::new();
    let mut accuracies = Vec::new();
    for (index, own) in collection.games.iter().enumerate() {
        let spent = began.elapsed().as_secs_f64() / request.long.as_secs_f64();
        if spent >= 1.0 && index > 0 {
            break;
        }
        let done = index as f64 / collection.games.len() as f64;
        tell(percent(spent.max(done)));
        let found = look(engine, own, request, cancel).await?;
        habits.looked += 1;
        habits.moves += found.moves;
        accuracies.extend(found.accuracy);
        mistakes.extend(found.mistakes);
    }
    tell(100);
    habits.mistakes = number(mistakes.len());
    habits.accuracy = mean(&accuracies);
    let worst = by_theme(mistakes, request.language, &mut habits);
    Ok(Report { habits, worst })
}

/// The player's games, and whose they are.
fn read(
    source: Source,
    player: Option<&str>,
    cancel: &CancellationToken,
) -> Result<Collection, ChessError> {
    let mut players = Players::default();
    let (mut kept, mut games, mut unread, mut first) = (Vec::new(), 0, 0, None);
    pgn::each(source, &|_| {}, cancel, |number, game| {
        match game {
            Ok(game) => {
                players.see(&game);
                games += 1;
                // Without a name it is not known yet whose games these are.
                let is_wanted = player.is_none_or(|player| side_of(&game, player).is_some());
                if is_wanted && !game.plies.is_empty() {
                    kept.push((number, game));
                }
            }
            Err(error) => {
                unread += 1;
                first = first.take().or(Some(error));
            }
        }
        match kept.len() >= MOST_GAMES {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    })?;
    if games == 0 {
        return Err(first.unwrap_or(ChessError::NoGame));
    }
    let player = match player {
        Some(player) => player.to_owned(),
        None => whose(&players, games)?,
    };
    let own: Vec<Own> = kept
        .into_iter()
        .filter_map(|(number, game)| {
            let side = side_of(&game, &player)?;
            Some(Own { number, side, game })
        })
        .collect();
    let Some(first) = own.first() else {
        return Err(players.no_games_of(&player));
    };
    // As the games write it.
    let tag = first.side.fold_wb("White", "Black");
    let player = first.game.tag(tag).unwrap_or(&player).to_owned();
    Ok(Collection {
        player,
        there: own.len(),
        games: own,
        unread,
    })
}

/// The one who plays in most of the games, where there is one.
fn whose(players: &Players, games: usize) -> Result<String, ChessError> {
    let all = players.most_frequent();
    match all.as_slice() {
        [(name, count), others @ ..]
            if *count >= 2
                && *count as f64 >= OWN * games as f64
                && others.first().is_none_or(|(_, other)| other < count) =>
        {
            Ok((*name).to_owned())
        }
        _ => {
            let names = all.into_iter().take(5);
            Err(ChessError::NoPlayer(
                names.map(|(name, _)| name.to_owned()).collect(),
            ))
        }
    }
}

/// The day of a game as far as it is known; days as PGN writes them sort by themselves.
fn date(game: &Game) -> &str {
    game.tag("UTCDate")
        .or_else(|| game.tag("Date"))
        .unwrap_or_default()
}

/// What was found in one game.
struct Found {
    moves: u32,
    accuracy: Option<u8>,
    mistakes: Vec<Mistake>,
}

async fn look(
    engine: &Engine,
    own: &Own,
    request: &Request,
    cancel: &CancellationToken,
) -> Result<Found, ChessError> {
    let positions = own.game.positions();
    let moves: Vec<Option<Move>> = own.game.plies.iter().map(|ply| ply.action).collect();
    let played = Played {
        positions: &positions,
        moves: &moves,
        side: Some(own.side),
    };
    let found = review(engine, &played, Pace::MANY, &|_| {}, cancel).await?;
    let turns = found.turns.iter();
    let mistakes = turns.filter_map(|turn| mistake(own, positions.get(turn.ply)?, turn, request));
    let own_moves = positions
        .iter()
        .take(moves.len())
        .filter(|position| position.chess.turn() == own.side);
    Ok(Found {
        moves: number(own_moves.count()),
        accuracy: found
            .accuracy
            .map(|both| own.side.fold_wb(both.white, both.black)),
        mistakes: mistakes.collect(),
    })
}

fn mistake(own: &Own, before: &Situation, turn: &Turn, request: &Request) -> Option<Mistake> {
    let (better, done) = (turn.better.first()?, turn.played.first()?);
    let theme = themes::of(&before.chess, &turn.better, &turn.played);
    let shows = match theme.is_missed() {
        true => &turn.better,
        false => &turn.played,
    };
    let line = start_of(&shows.moves);
    let shown = ChessMistake {
        game: number(own.number),
        title: title(&own.game),
        ply: number(turn.ply),
        fen: before.fen(),
        played: named(before, done),
        better: named(before, better),
        loss: loss(turn),
        reason: reason(before, turn, request)?,
        line: sans(&before.chess, line),
        uci_line: ucis(before, line),
    };
    Some(Mistake {
        theme,
        phase: Phase::of(&before.chess),
        drop: turn.drop,
        shown,
        lines: (before.clone(), turn.better.clone(), turn.played.clone()),
    })
}

/// Puts the mistakes into the answer by theme, and picks the one that shows most.
fn by_theme(
    mistakes: Vec<Mistake>,
    language: Language,
    habits: &mut ChessHabits,
) -> Option<(Situation, Line, Line)> {
    let mut themes: BTreeMap<Theme, Vec<Mistake>> = BTreeMap::new();
    for mistake in mistakes {
        themes.entry(mistake.theme).or_default().push(mistake);
    }
    let mut themes: Vec<(Theme, Vec<Mistake>)> = themes.into_iter().collect();
    for (_, of_theme) in &mut themes {
        of_theme.sort_by(|one, two| two.drop.total_cmp(&one.drop));
    }
    // What is only said to be worse shows least, however often it is.
    themes.sort_by_key(|(theme, of_theme)| {
        (*theme == Theme::Drifts, std::cmp::Reverse(of_theme.len()))
    });
    habits.themes = themes
        .iter()
        .map(|(theme, of_theme)| {
            let games: HashSet<u32> = of_theme.iter().map(|one| one.shown.game).collect();
            let mut phases = [0; 3];
            for one in of_theme {
                phases[match one.phase {
                    Phase::Opening => 0,
                    Phase::Middlegame => 1,
                    Phase::Endgame => 2,
                }] += 1;
            }
            ChessTheme {
                kind: theme.kind().to_owned(),
                title: words::title(*theme, language),
                count: number(of_theme.len()),
                games: number(games.len()),
                phases,
                examples: of_theme
                    .iter()
                    .take(EXAMPLES)
                    .map(|one| one.shown.clone())
                    .collect(),
            }
        })
        .collect();
    let (_, first) = themes.into_iter().next()?;
    first.into_iter().next().map(|one| one.lines)
}

fn mean(all: &[u8]) -> Option<u8> {
    let sum: u32 = all.iter().map(|one| u32::from(*one)).sum();
    let count = u32::try_from(all.len()).ok().filter(|count| *count > 0)?;
    u8::try_from((sum + count / 2) / count).ok()
}

fn percent(share: f64) -> u8 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "held between 0 and 100"
    )]
    let percent = (share * 100.0).clamp(0.0, 100.0) as u8;
    percent
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_as(text: &str, player: Option<&str>) -> Result<Collection, ChessError> {
        read(Source::text(text), player, &CancellationToken::new())
    }

    const GAMES: &str = "[White \"Ann\"]\n[Black \"Bob\"]\n\n1. e4 *\n\n\
        [White \"Cid\"]\n[Black \"Ann\"]\n\n1. d4 *\n\n\
        [White \"Dan\"]\n[Black \"Fay\"]\n\n1. c4 *\n\n\
        [White \"Ann\"]\n[Black \"Eve\"]\n\n1. Sf3 *\n";

    #[test]
    fn a_collection_is_taken_for_who_is_in_most_games() {
        let found = read_as(GAMES, None).unwrap();
        assert_eq!(
            (found.player.as_str(), found.there, found.unread),
            ("Ann", 2, 1)
        );
        let bob = read_as(GAMES, Some("bob")).unwrap();
        assert_eq!(
            bob.games.iter().map(|own| own.number).collect::<Vec<_>>(),
            [1]
        );
        assert!(bob.games.iter().all(|own| own.side == Color::Black));
    }

    #[test]
    fn where_nobody_is_the_names_are_told() {
        let two = "[White \"Ann\"]\n[Black \"Bob\"]\n\n1. e4 *\n\n[White \"Bob\"]\n[Black \"Ann\"]\n\n1. e4 *\n";
        let error = read_as(two, None).map(|_| ()).unwrap_err();
        assert_eq!(
            error,
            ChessError::NoPlayer(vec!["Ann".to_owned(), "Bob".to_owned()])
        );
        let error = read_as(two, Some("Cid")).map(|_| ()).unwrap_err();
        assert!(matches!(error, ChessError::NoSuchPlayer { .. }), "{error}");
        assert_eq!(read_as("", None).map(|_| ()), Err(ChessError::NoGame));
    }
}
