//! Positions made by hand, for each kind of fact one where it holds and one that only looks like it.

use assistant::artifact::ChessScore;
use shakmaty::{Chess, Move, Position};

use super::*;
use crate::{fen, notation};

pub fn position(text: &str) -> Chess {
    fen::parse(text).unwrap().chess
}

pub fn moves(before: &Chess, words: &str) -> Vec<Move> {
    let mut now = before.clone();
    words
        .split_whitespace()
        .map(|word| {
            let action = notation::parse(&now, word).unwrap_or_else(|| panic!("{word} is illegal"));
            now.play_unchecked(action);
            action
        })
        .collect()
}

pub fn line(before: &Chess, words: &str, score: ChessScore) -> Line {
    Line {
        moves: moves(before, words),
        score,
        wdl: None,
    }
}

const GOOD: ChessScore = ChessScore::Centipawns(300);

fn found(fen: &str, words: &str, score: ChessScore) -> Vec<Fact> {
    let before = position(fen);
    about(&before, &line(&before, words, score), &Others::default())
}

fn squares_of(facts: &[Fact], kind: &str) -> Option<String> {
    let fact = facts.iter().find(|fact| fact.finding.kind() == kind)?;
    let squares: Vec<String> = fact.squares.iter().map(ToString::to_string).collect();
    Some(squares.join(" "))
}

/// That a move has a fact of a kind, shown on these squares.
#[track_caller]
fn check(fen: &str, words: &str, kind: &str, squares: &str) {
    let facts = found(fen, words, GOOD);
    assert_eq!(
        squares_of(&facts, kind).as_deref(),
        Some(squares),
        "{facts:#?}"
    );
}

/// That it has none.
#[track_caller]
fn check_none(fen: &str, words: &str, kind: &str) {
    let facts = found(fen, words, GOOD);
    assert_eq!(squares_of(&facts, kind), None, "{facts:#?}");
}

#[test]
fn forks() {
    check(
        "r3k3/8/8/3N4/8/8/8/4K3 w - - 0 1",
        "Nc7",
        "fork",
        "c7 a8 e8",
    );
    // A pawn forks two pieces.
    check(
        "4k3/8/2n1b3/8/2PP4/8/8/4K3 w - - 0 1",
        "d5",
        "fork",
        "d5 c6 e6",
    );
    // The knight can be taken.
    check_none("r2qk3/8/8/3N4/8/8/8/4K3 w - - 0 1", "Nc7", "fork");
    // Two pieces, but one of them is guarded and no dearer.
    check_none("4k3/1b1b4/8/8/8/1N6/8/4K3 w - - 0 1", "Nc5", "fork");
    // A king forks nothing.
    check_none("r1b1k3/4r3/8/3NN3/8/8/8/4K3 w - - 0 1", "Kf1", "fork");
}

#[test]
fn pins_and_skewers() {
    check("4k3/8/2n5/8/8/8/8/4KB2 w - - 0 1", "Bb5", "pin", "b5 c6 e8");
    // There already.
    check_none("4k3/8/2n5/1B6/8/8/8/4K3 w - - 0 1", "Ke2", "pin");
    // A pawn is nothing to speak of.
    check_none("4k3/8/2p5/8/8/8/8/4KB2 w - - 0 1", "Bb5", "pin");
    // The bishop would be taken.
    check_none("4k3/8/p1n5/8/8/8/8/4KB2 w - - 0 1", "Bb5", "pin");
    // A queen before its king is pinned, a king before its queen skewered.
    check(
        "8/8/8/1k3q2/8/6N1/8/4K2R w - - 0 1",
        "Rh5",
        "pin",
        "h5 f5 b5",
    );
    check(
        "8/8/8/1q3k2/8/8/8/4K2R w - - 0 1",
        "Rh5",
        "skewer",
        "h5 f5 b5",
    );
    // The queen takes the bishop.
    check_none("3r4/8/5q2/8/8/8/8/2B1K2k w - - 0 1", "Bg5", "skewer");
}

#[test]
fn discovered_attacks_and_double_checks() {
    check(
        "3qk3/8/8/8/3B4/8/8/3RK3 w - - 0 1",
        "Bb6",
        "discovered-attack",
        "d1 d8 d4",
    );
    check(
        "4k3/8/8/8/4N3/8/8/4RK2 w - - 0 1",
        "Nf6",
        "double-check",
        "e1 f6 e8",
    );
    check_none(
        "3qk3/8/8/8/3B4/8/8/3RK3 w - - 0 1",
        "Rd2",
        "discovered-attack",
    );
}

#[test]
fn captures_and_material() {
    check(
        "4k3/8/8/3r4/8/8/8/3RK3 w - - 0 1",
        "Rxd5 Ke7",
        "capture",
        "d5 d5",
    );
    check(
        "4k3/8/8/3r4/8/8/8/3RK3 w - - 0 1",
        "Rxd5 Ke7",
        "material",
        "d5",
    );
    let facts = found(
        "4k3/8/4p3/3p4/8/2N5/8/4K3 w - - 0 1",
        "Nxd5 exd5 Kd2",
        ChessScore::Centipawns(-200),
    );
    assert_eq!(squares_of(&facts, "material"), None);
    assert_eq!(squares_of(&facts, "sacrifice").as_deref(), Some("d5 d5"));
    // As much is taken back.
    let facts = found("4k3/8/4p3/3n4/8/2N5/8/4K3 w - - 0 1", "Nxd5 exd5 Kd2", GOOD);
    assert!(
        facts
            .iter()
            .any(|fact| matches!(fact.finding, Finding::Takes(_, Recapture::Even)))
    );
    assert_eq!(squares_of(&facts, "material"), None);
    // The guard of a rook is taken.
    check(
        "6k1/8/4n2R/2r5/8/8/8/2R1K3 w - - 0 1",
        "Rxe6",
        "removes-guard",
        "e6 c5",
    );
    check_none(
        "6k1/8/4n2R/8/8/8/8/2R1K3 w - - 0 1",
        "Rxe6",
        "removes-guard",
    );
}

#[test]
fn lines_are_counted_where_nothing_is_left_to_take() {
    let before = position("4k3/8/4p3/3r4/8/2N5/8/4K3 w - - 0 1");
    let all = moves(&before, "Nxd5 exd5 Kd2 Kd7");
    let balance = outcome(&before, &all, before.turn()).unwrap();
    assert_eq!(
        (balance.gained.as_slice(), balance.lost.as_slice()),
        ([Role::Rook].as_slice(), [Role::Knight].as_slice())
    );
    assert_eq!((balance.points, balance.plies), (2, 2));
    // Cut off in the middle of an exchange there is no rest to count at.
    assert_eq!(outcome(&before, &all[..1], before.turn()), None);
    let other = outcome(&before, &all, !before.turn()).unwrap();
    assert_eq!(other.points, -2);
}

#[test]
fn mates_and_threats_of_mate() {
    let facts = found(
        "6k1/5ppp/8/8/8/8/8/R5K1 w - - 0 1",
        "Ra8",
        ChessScore::Mate { mate: 1 },
    );
    assert_eq!(facts[0].finding, Finding::Checkmate);
    assert_eq!(squares_of(&facts, "back-rank").as_deref(), Some("g8 a8"));
    // A mate that is not on the back rank.
    let facts = found(
        "7k/8/5K2/8/8/8/8/6Q1 w - - 0 1",
        "Qg7",
        ChessScore::Mate { mate: 1 },
    );
    assert_eq!(squares_of(&facts, "back-rank"), None);
    // A mate that the line does not reach is not claimed.
    let facts = found(
        "6k1/5ppp/8/8/8/8/8/R5K1 w - - 0 1",
        "Ra7 h6",
        ChessScore::Mate { mate: 5 },
    );
    assert_eq!(squares_of(&facts, "mate"), None);
    check(
        "6k1/5ppp/8/8/8/8/8/1R4K1 w - - 0 1",
        "Ra1",
        "mate-threat",
        "a1 a8 g8",
    );
    check_none("6k1/5pp1/7p/8/8/8/8/1R4K1 w - - 0 1", "Ra1", "mate-threat");
    // Black would mate on the back rank; a square for the king stops it.
    check(
        "4r1k1/5ppp/8/8/8/8/5PPP/6K1 w - - 0 1",
        "h3",
        "parries-mate",
        "e8 e1 h3",
    );
    check_none(
        "4r1k1/5ppp/8/8/8/7P/5PP1/6K1 w - - 0 1",
        "f4",
        "parries-mate",
    );
}

#[test]
fn danger_and_escape() {
    check(
        "4k3/8/8/4p3/3N4/8/8/4K3 w - - 0 1",
        "Nf5",
        "escapes",
        "d4 f5",
    );
    check_none("4k3/8/6p1/4p3/3N4/8/8/4K3 w - - 0 1", "Nf5", "escapes");
    check(
        "3rk3/8/8/8/3N4/8/8/2B1K3 w - - 0 1",
        "Be3",
        "guards",
        "d4 e3",
    );
    check("4k3/8/8/3r4/8/8/8/3RK3 w - - 0 1", "Ke2", "hanging", "d5");
    check("r3k3/8/8/8/8/8/6B1/4K3 w - - 0 1", "Kf2", "hanging", "a8");
    check("r3k3/8/8/8/8/8/8/4KB2 w - - 0 1", "Bg2", "threat", "g2 a8");
}

#[test]
fn pawns_that_run() {
    check("8/P6k/8/8/8/8/8/K7 w - - 0 1", "a8=Q", "promotion", "a7 a8");
    check(
        "8/8/7k/P7/8/8/8/K7 w - - 0 1",
        "a6",
        "unstoppable-pawn",
        "a6 a8",
    );
    // The king is within the square.
    check_none("8/8/2k5/P7/8/8/8/K7 w - - 0 1", "a6", "unstoppable-pawn");
    // A rook may stop anything.
    check_none("8/8/7k/P7/8/8/8/K6r w - - 0 1", "Kb2", "unstoppable-pawn");
    check(
        "4k3/8/8/8/4P3/8/8/4K3 w - - 0 1",
        "e5",
        "passed-pawn",
        "e5 e8",
    );
    check_none("4k3/3p4/8/8/4P3/8/8/4K3 w - - 0 1", "e5", "passed-pawn");
    check(
        "4k3/8/8/3p4/8/8/8/4K3 w - - 0 1",
        "Kd2",
        "isolated-pawn",
        "d5",
    );
    check_none("4k3/2p5/8/3p4/8/8/8/4K3 w - - 0 1", "Kd2", "isolated-pawn");
    check(
        "4k3/8/3p4/3p4/8/8/8/4K3 w - - 0 1",
        "Kd2",
        "doubled-pawns",
        "d5 d6",
    );
}

#[test]
fn quiet_moves() {
    let start = "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1";
    check(start, "e4", "centre", "e4");
    check(start, "Nf3", "development", "g1 f3");
    check_none(start, "a3", "development");
    check(
        "4k3/8/8/8/8/8/PPP2PPP/4K2R w K - 0 1",
        "O-O",
        "castling",
        "g1",
    );
    check(
        "4k3/p7/8/8/8/8/P5PP/R3K3 w - - 0 1",
        "Rd1",
        "open-file",
        "d1",
    );
    check_none("4k3/p2p4/8/8/8/8/P5PP/R3K3 w - - 0 1", "Rd1", "open-file");
}

#[test]
fn other_moves_beside_the_best() {
    let before = position("4k3/8/4p3/3p4/8/2N4r/8/2B1K3 w - - 0 1");
    let best = line(&before, "Bd2 Rh1", GOOD);
    let bad = line(&before, "Nxd5 exd5 Bd2 Kd7", ChessScore::Centipawns(-100));
    let good = line(&before, "Bf4 Rh1", ChessScore::Centipawns(290));
    let of = |second, meant, natural| {
        let others = Others {
            second,
            meant,
            natural,
            ..Others::default()
        };
        about(&before, &best, &others)
    };
    let facts = of(Some(&good), Some(&bad), None);
    let refuted = facts
        .iter()
        .find(|fact| fact.finding.kind() == "refutation")
        .unwrap();
    assert_eq!(facts.first(), Some(refuted));
    assert!(matches!(&refuted.finding, Finding::Refuted(san, Loss::Material(_)) if san == "Nxd5"));
    assert_eq!(refuted.line.len(), 2);
    assert!(
        facts
            .iter()
            .any(|fact| matches!(&fact.finding, Finding::Better(san, 10) if san == "Bf4"))
    );
    // What is refuted is not called the next best as well.
    let facts = of(Some(&bad), None, Some(&bad));
    let kinds: Vec<&str> = facts.iter().map(|fact| fact.finding.kind()).collect();
    assert!(
        kinds.contains(&"refutation") && !kinds.contains(&"comparison"),
        "{kinds:?}"
    );
    let facts = of(None, Some(&good), None);
    assert!(
        facts
            .iter()
            .any(|fact| matches!(&fact.finding, Finding::MeantIsGood(_)))
    );
    let facts = of(None, Some(&best), None);
    assert!(matches!(facts[0].finding, Finding::MeantIsBest(_)));
    let facts = of(None, None, Some(&good));
    assert!(facts.iter().all(|fact| fact.finding.kind() != "refutation"));
    assert_eq!(natural(&before, best.moves[0]), None);
}

#[test]
fn an_only_move_is_said_to_be_one() {
    let facts = found("4k3/8/8/8/8/8/4r3/r3K3 w - - 0 1", "Kxe2", GOOD);
    assert!(
        facts.iter().any(|fact| fact.finding == Finding::OnlyMove),
        "{facts:?}"
    );
}
