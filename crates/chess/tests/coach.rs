//! The assistant from its inputs to its answer, with the real engine and no model. Where Stockfish is
//! not installed, nothing is tested and that is said.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set its scene up has failed"
)]

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
    ] {
        assert_eq!(asked(&inputs).await.unwrap_err().code, code, "{inputs:?}");
    }
}
