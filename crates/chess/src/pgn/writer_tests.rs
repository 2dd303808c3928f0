use assistant::artifact::{ChessCandidate, ChessMove, ChessTag};
use tokio_util::sync::CancellationToken;

use super::*;
use crate::pgn::{Chosen, Game, Source, choose};
use crate::shown::lay_out;

fn read(text: &str) -> Chosen {
    let cancel = CancellationToken::new();
    choose(Source::text(text), 1, &|_| {}, &cancel).unwrap()
}

fn shown(text: &str) -> ChessResult {
    let chosen = read(text);
    let mut advice = ChessResult::default();
    lay_out(&chosen, &chosen.game.positions(), &mut advice);
    advice.fen.clone_from(&advice.start);
    advice
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is read, written and read again is the same game.
#[track_caller]
fn check_round(text: &str) -> String {
    let first: Game = read(text).game;
    let written = write(&shown(text));
    let second = read(&written).game;
    assert_eq!(first.plies, second.plies, "{written}");
    assert_eq!(first.start.fen(), second.start.fen());
    assert!(first.flaws.is_empty() && second.flaws.is_empty());
    assert!(
        written.lines().all(|line| line.chars().count() <= WIDTH),
        "{written}"
    );
    written
}

#[test]
fn games_go_out_as_they_came_in() {
    check_round("1. e4 e5 2. Nf3 1-0");
    check_round(
        "{ About the game } 1. e4 $1 {best by test} e5 (1... c5 {Sicilian} 2. Nf3 (2. c3 d5 (2... Nf6)) 2... d6) (1... e6) 2. Nf3!? *",
    );
    check_round(
        "[FEN \"4k3/8/8/3r4/8/8/8/3RK3 b - - 0 12\"]\n\n12... Rxd1+ (12... Re5+ 13. Kf2) 13. Kxd1 *",
    );
    check_round("1. e4 -- (1... c5) 2. d4 ({first} 2. Nf3 {then}) d5 *");
    check_round(&format!("1. e4 {{ {} }} e5 *", "many words ".repeat(60)));
    check_round(
        "[Variant \"Chess960\"]\n[FEN \"nbbrknrq/pppppppp/8/8/8/8/PPPPPPPP/NBBRKNRQ w KQkq - 0 1\"]\n\n1. Ng3 Ng6 2. O-O (2. e4) O-O *",
    );
}

#[test]
fn numbers_stand_where_the_standard_wants_them() {
    let written = check_round("1. e4 {a} e5 2. Nf3 (2. f4 exf4) 2... Nc6 3. Bb5 a6 1/2-1/2");
    let moves = written.lines().last().unwrap();
    assert_eq!(
        moves,
        "1. e4 {a} 1... e5 2. Nf3 (2. f4 exf4) 2... Nc6 3. Bb5 a6 1/2-1/2"
    );
    assert!(written.contains("[Result \"1/2-1/2\"]"), "{written}");
}

#[test]
fn what_was_found_out_becomes_variations_and_comments() {
    let mut advice = shown("[White \"Fool\"]\n\n1. f3 e5 2. g4 Qh4# 0-1");
    advice.game[1].score = Some(ChessScore::Centipawns(-50));
    advice.game[2].score = Some(ChessScore::Mate { mate: -1 });
    advice.turning_points = vec![TurningPoint {
        ply: 2,
        better: ChessMove {
            san: "d4".to_owned(),
            uci: "d2d4".to_owned(),
        },
        loss: 1000,
        reason: "g4 allows mate {in 1}.".to_owned(),
        line: vec!["d4".to_owned(), "exd4".to_owned()],
    }];
    let written = write(&advice);
    assert!(written.contains("[White \"Fool\"]"), "{written}");
    assert!(
        in_one_line(&written).contains(
            "1. f3 e5 {[%eval -0.50]} 2. g4 $4 {[%eval #-1] g4 allows mate (in 1).} (2. d4 exd4) 2... Qh4# 0-1"
        ),
        "{written}"
    );
    // Taken in again, nothing doubles.
    let again = read(&written).game;
    assert_eq!(again.plies[2].marks, [4]);
    assert_eq!(again.plies[2].variations.len(), 1);
}

#[test]
fn without_a_game_the_lines_are_written() {
    let candidate = |san: &str, line: &[&str], amount| ChessCandidate {
        san: san.to_owned(),
        uci: String::new(),
        score: ChessScore::Centipawns(amount),
        line: line.iter().map(|one| (*one).to_owned()).collect(),
        uci_line: vec![],
        wdl: None,
    };
    let advice = ChessResult {
        fen: "4k3/8/8/3r4/8/8/8/3RK3 b - - 0 12".to_owned(),
        candidates: vec![
            candidate("Rxd1+", &["Rxd1+", "Kxd1"], 20),
            candidate("Ke7", &["Ke7", "Rxd5"], -500),
        ],
        explanation: "It takes.".to_owned(),
        ..ChessResult::default()
    };
    let written = write(&advice);
    assert!(
        in_one_line(&written).ends_with(
            "12... Rxd1+ {[%eval -0.20] It takes.} (12... Ke7 {[%eval 5.00]} 13. Rxd5) 13. Kxd1 *"
        ),
        "{written}"
    );
    assert!(written.contains("[SetUp \"1\"]\n[FEN \"4k3"), "{written}");
    assert_eq!(read(&written).game.plies.len(), 2);
}

#[test]
fn tags_cannot_break_out() {
    let advice = ChessResult {
        fen: START.to_owned(),
        tags: vec![ChessTag {
            name: "White".to_owned(),
            value: "A \"B\" \\".to_owned(),
        }],
        ..ChessResult::default()
    };
    assert!(write(&advice).contains("[White \"A \\\"B\\\" \\\\\"]"));
}

/// Braces cannot stand in comments that are written.
fn without_braces(plies: &[crate::pgn::Ply]) -> Vec<crate::pgn::Ply> {
    let plain = |said: &str| said.replace('{', "(").replace('}', ")");
    plies
        .iter()
        .map(|ply| crate::pgn::Ply {
            comment: plain(&ply.comment),
            before: plain(&ply.before),
            variations: ply
                .variations
                .iter()
                .map(|one| without_braces(one))
                .collect(),
            ..ply.clone()
        })
        .collect()
}

/// Games of others, outside the repository. Where they are absent, nothing is tested and that is said.
#[test]
fn games_of_others_go_out_as_they_came_in() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/eval/chess");
    let mut games = 0;
    for folder in ["pgn", "pgn-odd"] {
        let Ok(files) = std::fs::read_dir(root.join(folder)) else {
            eprintln!("there is no {folder}: nothing was tested");
            return;
        };
        for file in files {
            let path = file.unwrap().path();
            let cancel = CancellationToken::new();
            crate::pgn::each(
                Source::file(&path).unwrap(),
                &|_| {},
                &cancel,
                |number, game| {
                    if let Ok(game) = game {
                        let chosen = Chosen {
                            game,
                            number,
                            games: number,
                        };
                        let mut advice = ChessResult::default();
                        lay_out(&chosen, &chosen.game.positions(), &mut advice);
                        advice.fen.clone_from(&advice.start);
                        advice.chess960 = chosen.game.start.mode.is_chess960();
                        if !advice.game.is_empty() {
                            let written = write(&advice);
                            let again = read(&written).game;
                            let place = format!("{} {number}\n{written}", path.display());
                            assert_eq!(
                                without_braces(&again.plies),
                                without_braces(&chosen.game.plies),
                                "{place}"
                            );
                            assert_eq!(again.start.fen(), chosen.game.start.fen(), "{place}");
                            games += 1;
                        }
                    }
                    std::ops::ControlFlow::Continue(())
                },
            )
            .unwrap();
        }
    }
    assert!(games > 100, "only {games} games");
}
