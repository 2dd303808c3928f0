//! The assistant from its inputs to its answer, with the real engine and no model. Where Stockfish is
//! not installed, nothing is tested and that is said.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set its scene up has failed"
)]

use std::sync::Mutex;
use std::time::{Duration, Instant};

use assistant::artifact::ChessResult;
use assistant::{Answer, Artifact, Assistant, Code, Fault, Inputs, Plan, SoFar, Verdict};
use chess::Coach;
use tokio_util::sync::CancellationToken;

const SCHOLAR: &str = "r1bqkb1r/pppp1ppp/2n2n2/4p2Q/2B1P3/8/PPPP1PPP/RNB1K1NR w KQkq - 4 4";
const FOOL: &str = "[White \"Fool\"]\n[Black \"Sage\"]\n\n1. f3 e5 2. g4 Qh4# 0-1\n";

async fn asked(inputs: &[(&str, &str)]) -> Result<Verdict, Fault> {
    let inputs = inputs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let inputs = Inputs(inputs.collect());
    let coach = Coach::new(None)?;
    inputs.check(coach.description())?;
    let cancel = CancellationToken::new();
    let task = coach.ground(&inputs, &|_| {}, &cancel).await?;
    assert!(!task.needs_model());
    assert_eq!(task.plan(&SoFar::default()), Plan::Nothing);
    task.check(&SoFar::default(), &Answer::Nothing, &cancel)
        .await
}

/// The advice; nothing where there is no engine.
async fn advised(inputs: &[(&str, &str)]) -> Option<ChessResult> {
    let verdict = asked(inputs).await.unwrap();
    if let Some(rejection) = verdict.rejection {
        assert_eq!(rejection.fault.code, Code::ChessEngineMissing);
        eprintln!("stockfish is not installed: nothing was tested");
        return None;
    }
    match verdict.artifact {
        Some(Artifact::Chess(advice)) => Some(advice),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_mate_is_found_and_the_move_that_was_meant_is_judged() {
    let inputs = [
        ("fen", SCHOLAR),
        ("move", "Qxe5+"),
        ("movetime_ms", "100"),
        ("level", "club"),
    ];
    let Some(advice) = advised(&inputs).await else {
        return;
    };
    assert_eq!(advice.best.san, "Qxf7#");
    assert_eq!(advice.facts[0].kind, "checkmate");
    assert_eq!(advice.meant.unwrap().san, "Qxe5+");
    assert!(
        advice.explanation.contains("Qxe5+ lets the mate slip"),
        "{}",
        advice.explanation
    );
}

#[tokio::test]
async fn a_game_is_reviewed_and_the_mistake_is_what_is_looked_at() {
    let inputs = [
        ("pgn", FOOL),
        ("movetime_ms", "100"),
        ("language", "zh-Hant"),
    ];
    let Some(advice) = advised(&inputs).await else {
        return;
    };
    assert_eq!(
        (advice.title.as_str(), advice.games, advice.game.len()),
        ("Fool – Sage", 1, 4)
    );
    assert_eq!(advice.turning_points[0].ply, 2);
    assert!(
        advice.turning_points[0].reason.contains("Qh4#"),
        "{:?}",
        advice.turning_points
    );
    assert_eq!(advice.ply, Some(2));
    assert!(advice.accuracy.unwrap().black > advice.accuracy.unwrap().white);
    assert!(
        advice.explanation.contains("將殺"),
        "{}",
        advice.explanation
    );
}

/// Three games of Ann's with an unusual first move, and one that loses at once.
const OWN: &str = "[White \"Ann\"]\n[Black \"Bob\"]\n\n1. c4 e5 2. Nc3 Nf6 *\n\n\
    [White \"Ann\"]\n[Black \"Cid\"]\n\n1. c4 c5 *\n\n\
    [White \"Ann\"]\n[Black \"Dan\"]\n\n1. c4 *\n\n\
    [White \"Fool\"]\n[Black \"Ann\"]\n\n1. f3 e5 2. g4 Qh4# 0-1\n";
const START: &str = "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1";
const FOOLS_TURN: &str = "rnbqkbnr/pppp1ppp/8/4p3/8/5P2/PPPPP1PP/RNBQKBNR w KQkq - 0 2";

#[tokio::test]
async fn a_move_of_ones_own_games_is_preferred_where_it_is_good_enough() {
    let inputs = [
        ("fen", START),
        ("games", OWN),
        ("player", "ann"),
        ("margin", "100"),
        ("movetime_ms", "300"),
    ];
    let Some(advice) = advised(&inputs).await else {
        return;
    };
    assert_eq!(advice.best.san, "c4");
    let preference = advice.preference.unwrap();
    assert_eq!(
        (preference.kind.as_str(), preference.games, preference.of),
        ("opening", 3, 3)
    );
    assert!(preference.cost <= 100);
    assert!(
        advice.explanation.contains("3 of your 3 games"),
        "{}",
        advice.explanation
    );

    // What loses is said to be in the games, and is not played for that.
    let inputs = [
        ("fen", FOOLS_TURN),
        ("games", OWN),
        ("player", "Fool"),
        ("movetime_ms", "300"),
        ("language", "zh-Hans"),
    ];
    let advice = advised(&inputs).await.unwrap();
    assert_ne!(advice.best.san, "g4");
    assert_eq!(advice.preference, None);
    let told = advice.facts.iter().find(|fact| fact.kind == "your-games");
    assert!(told.unwrap().text.contains("其中 1 次走 g4"), "{told:?}");
}

#[tokio::test]
async fn mistakes_that_come_again_are_told_by_theme() {
    let games = FOOL.repeat(2) + OWN;
    let inputs = [
        ("games", games.as_str()),
        ("player", "Fool"),
        ("level", "club"),
    ];
    let Some(advice) = advised(&inputs).await else {
        return;
    };
    let habits = advice.habits.unwrap();
    assert_eq!((habits.games, habits.looked, habits.moves), (3, 3, 6));
    let theme = &habits.themes[0];
    assert_eq!(
        (theme.kind.as_str(), theme.count, theme.games),
        ("allows-mate", 3, 3)
    );
    assert_eq!(theme.examples[0].played.san, "g4");
    assert_eq!(theme.examples[0].fen, FOOLS_TURN);
    assert!(
        advice.explanation.contains("a mate is allowed (3 times)"),
        "{}",
        advice.explanation
    );
    // The one that shows most is on the board.
    assert_eq!(advice.fen, FOOLS_TURN);
    assert_eq!(advice.meant.unwrap().san, "g4");
}

#[tokio::test]
async fn lines_are_seen_while_the_depth_grows_and_can_be_stopped() {
    let coach = Coach::new(None).unwrap();
    let seen = Mutex::new(Vec::new());
    let inputs = Inputs::from([("fen", SCHOLAR), ("movetime_ms", "700")]);
    let cancel = CancellationToken::new();
    let show = |artifact| match artifact {
        Artifact::Chess(advice) => seen.lock().unwrap().push(advice),
        other => panic!("{other:?}"),
    };
    // A mate in one is found at once, and then there is little to see.
    let quiet = Inputs::from([("fen", START), ("movetime_ms", "700")]);
    for inputs in [inputs, quiet] {
        seen.lock().unwrap().clear();
        let task = coach.ground_in_view(&inputs, &|_| {}, &show, &cancel).await;
        assert!(task.is_ok());
    }
    let seen = std::mem::take(&mut *seen.lock().unwrap());
    assert!(
        seen.iter()
            .all(|advice| advice.draft && !advice.fen.is_empty())
    );
    let depths: Vec<u32> = seen
        .iter()
        .map(|advice| advice.depth)
        .filter(|depth| *depth > 0)
        .collect();
    if depths.is_empty() {
        eprintln!("stockfish is not installed: nothing was tested");
        return;
    }
    assert!(depths.len() >= 3 && depths.is_sorted(), "{depths:?}");
    assert!(depths.first() < depths.last(), "{depths:?}");

    // A long look is stopped by whoever has seen enough.
    let inputs = Inputs::from([("fen", START), ("movetime_ms", "60000")]);
    let stop = |artifact| match artifact {
        Artifact::Chess(advice) if advice.depth > 0 => cancel.cancel(),
        _ => {}
    };
    let began = Instant::now();
    let ended = coach.ground_in_view(&inputs, &|_| {}, &stop, &cancel).await;
    assert_eq!(ended.err().map(|fault| fault.code), Some(Code::Cancelled));
    assert!(began.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn what_cannot_be_looked_at_is_refused_with_its_code() {
    for (inputs, code) in [
        (
            [("fen", "4k3/8/8/8/8/8/8/K3R3 w - - 0 1"), ("level", "club")],
            Code::PositionInvalid,
        ),
        (
            [("fen", "7k/5Q2/6K1/8/8/8/8/8 b - - 0 1"), ("level", "club")],
            Code::PositionInvalid,
        ),
        ([("pgn", "1. Sf3 *"), ("level", "club")], Code::GameInvalid),
        (
            [("pgn", "/nowhere/games.pgn"), ("level", "club")],
            Code::FileUnreadable,
        ),
        ([("fen", SCHOLAR), ("move", "Qh8")], Code::InputInvalid),
        ([("fen", SCHOLAR), ("level", "master")], Code::InputInvalid),
        ([("level", "club"), ("move", "")], Code::InputMissing),
        ([("games", OWN), ("player", "Eve")], Code::InputInvalid),
        (
            [("games", "1. Sf3 *"), ("player", "Eve")],
            Code::GameInvalid,
        ),
        ([("games", FOOL), ("level", "club")], Code::InputMissing),
        (
            [("games", "/nowhere/games.pgn"), ("player", "Eve")],
            Code::FileUnreadable,
        ),
    ] {
        assert_eq!(asked(&inputs).await.unwrap_err().code, code, "{inputs:?}");
    }
}
