//! The client against engines that misbehave, played by small shell scripts, and against the real
//! one where it is installed.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set its scene up has failed"
)]

use std::os::unix::fs::PermissionsExt;

use tempfile::TempDir;

use super::*;

/// A script in the part of an engine. `$0.log` in its folder counts its starts.
fn actor(place: &TempDir, body: &str) -> Engine {
    let path = place.path().join("actor");
    let script = format!("#!/bin/sh\necho started >> \"$0.log\"\n{body}\n");
    std::fs::write(&path, script).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    Engine::new(Some(path))
}

fn starts(place: &TempDir) -> usize {
    let log = std::fs::read_to_string(place.path().join("actor.log")).unwrap_or_default();
    log.lines().count()
}

fn search() -> Search {
    Search {
        from: Situation::default(),
        time: Duration::from_millis(50),
        lines: 1,
        only: vec![],
        strength: None,
    }
}

const POLITE: &str = r#"
while read line; do case "$line" in
uci) echo "id name Actor"; echo "option name MultiPV type spin default 1"; echo uciok;;
isready) echo readyok;;
go*) echo "info depth 1 score cp 20 pv e2e4 e7e5 e2e4"; echo "bestmove e2e4";;
quit) exit;;
esac; done"#;

#[tokio::test]
async fn lines_end_where_they_are_not_legal() {
    let place = tempfile::tempdir().unwrap();
    let engine = actor(&place, POLITE);
    let cancel = CancellationToken::new();
    for _ in 0..2 {
        let found = engine.look(&search(), &cancel).await.unwrap();
        assert_eq!(found.lines[0].moves.len(), 2);
        assert_eq!(found.lines[0].score, ChessScore::Centipawns(20));
    }
    assert_eq!(starts(&place), 1);
}

#[tokio::test]
async fn an_engine_that_dies_is_started_once_more() {
    let place = tempfile::tempdir().unwrap();
    let engine = actor(&place, &POLITE.replace("go*)", "go*) exit 3;;\nnever)"));
    let error = engine.look(&search(), &CancellationToken::new()).await;
    assert!(
        matches!(error, Err(ChessError::EngineLost { .. })),
        "{error:?}"
    );
    assert_eq!(starts(&place), 2);
}

#[tokio::test]
async fn a_program_that_is_no_engine_is_said_to_be_lost() {
    let place = tempfile::tempdir().unwrap();
    let error = actor(&place, "echo hello")
        .look(&search(), &CancellationToken::new())
        .await;
    assert!(
        matches!(error, Err(ChessError::EngineLost { .. })),
        "{error:?}"
    );
}

#[tokio::test]
async fn an_engine_that_hangs_is_given_up() {
    let place = tempfile::tempdir().unwrap();
    let engine = actor(&place, &POLITE.replace("go*)", "go*) ;;\nnever)"));
    let error = engine.look(&search(), &CancellationToken::new()).await;
    assert!(
        matches!(error, Err(ChessError::EngineSilent { .. })),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_cancel_stops_the_search() {
    let place = tempfile::tempdir().unwrap();
    let engine = actor(
        &place,
        &POLITE.replace("go*)", "go*) ;;\nstop) echo \"bestmove e2e4\";;\nnever)"),
    );
    let cancel = CancellationToken::new();
    let mut long = search();
    long.time = Duration::from_secs(60);
    let stop = cancel.clone();
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(100)).await;
        stop.cancel();
    });
    let began = Instant::now();
    assert_eq!(
        engine.look(&long, &cancel).await,
        Err(ChessError::Cancelled)
    );
    assert!(began.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn no_engine_is_said_with_its_place() {
    let engine = Engine::new(Some("/nowhere/engine".into()));
    let error = engine.look(&search(), &CancellationToken::new()).await;
    assert_eq!(
        error,
        Err(ChessError::NoEngine(Some("/nowhere/engine".into())))
    );
}

#[tokio::test]
async fn the_real_engine_finds_a_mate() {
    let engine = Engine::new(None);
    if engine.path().is_err() {
        eprintln!("stockfish is not installed: nothing was tested");
        return;
    }
    let mut search = search();
    search.from = crate::fen::parse("6k1/5ppp/8/8/8/8/8/R5K1 w - - 0 1").unwrap();
    search.lines = 2;
    let found = engine
        .look(&search, &CancellationToken::new())
        .await
        .unwrap();
    assert_eq!(found.lines[0].score, ChessScore::Mate { mate: 1 });
    assert_eq!(search.from.uci(found.lines[0].moves[0]), "a1a8");
    assert_eq!(found.lines.len(), 2);
    search.only = vec![found.lines[1].moves[0]];
    search.lines = 1;
    let other = engine
        .look(&search, &CancellationToken::new())
        .await
        .unwrap();
    assert_eq!(other.lines[0].first(), found.lines[1].first());
}

#[test]
fn a_move_that_has_risen_stands_on_one_line_only() {
    let info = |depth: u32, rank: u32, first: &str| uci::Info {
        depth,
        rank,
        score: ChessScore::Centipawns(20),
        wdl: None,
        moves: vec![first.to_owned()],
    };
    let infos = [
        info(15, 1, "a2a3"),
        info(15, 2, "e2e4"),
        info(15, 3, "d2d4"),
        info(16, 1, "e2e4"),
    ];
    let found = found(&Situation::default(), &infos);
    let first = |line: &Line| {
        line.moves[0]
            .to_uci(shakmaty::CastlingMode::Standard)
            .to_string()
    };
    let firsts: Vec<String> = found.lines.iter().map(first).collect();
    assert_eq!(firsts, ["e2e4", "d2d4"]);
}
