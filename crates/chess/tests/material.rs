//! Positions and games of others, outside the repository: move generation counted, games read,
//! FENs judged. Where the material is absent, nothing is tested and that is said.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set its scene up has failed"
)]

use std::path::{Path, PathBuf};

use chess::pgn::{self, Source};
use chess::{ChessError, fen};
use shakmaty::perft;
use tokio_util::sync::CancellationToken;

/// Nodes that are counted in one position at most; the deepest ones take minutes.
const NODES: u64 = 300_000;

fn material(name: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/eval/chess");
    let path = root.join(name);
    if !path.exists() {
        eprintln!("there is no {}: nothing was tested", path.display());
    }
    path.exists().then_some(path)
}

fn count_of(field: &str) -> Option<(u32, u64)> {
    let (depth, nodes) = field.trim().strip_prefix('D')?.trim().split_once(' ')?;
    Some((depth.parse().ok()?, nodes.trim().parse().ok()?))
}

/// `FEN; D1 20; D2 400`.
fn check_line(line: &str) -> usize {
    let mut fields = line.split(';');
    let Some(position) = fields.next().filter(|text| text.contains('/')) else {
        return 0;
    };
    let from = fen::parse(position).unwrap_or_else(|error| panic!("{position}: {error}"));
    let counts = fields
        .filter_map(count_of)
        .filter(|(_, nodes)| *nodes <= NODES);
    counts
        .map(|(depth, nodes)| assert_eq!(perft(&from.chess, depth), nodes, "{position} at {depth}"))
        .count()
}

/// `epd FEN`, then `perft 1 20` lines.
fn check_records(text: &str) -> usize {
    let mut from = None;
    let mut checked = 0;
    for line in text.lines() {
        if let Some(position) = line.strip_prefix("epd ") {
            from = Some(fen::parse(position).unwrap_or_else(|error| panic!("{position}: {error}")));
        }
        let fields: Vec<&str> = line.split_whitespace().collect();
        if let (["perft", depth, nodes], Some(from)) = (fields.as_slice(), &from) {
            let depth: u32 = depth.parse().unwrap();
            let nodes: u64 = nodes.parse().unwrap();
            if nodes <= NODES {
                assert_eq!(
                    perft(&from.chess, depth),
                    nodes,
                    "{} at {depth}",
                    from.fen()
                );
                checked += 1;
            }
        }
    }
    checked
}

#[test]
fn legal_moves_are_counted_as_others_count_them() {
    let Some(folder) = material("perft") else {
        return;
    };
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let checked = match path.extension().is_some_and(|ending| ending == "perft") {
            true => check_records(&text),
            false => text.lines().map(check_line).sum(),
        };
        assert!(checked > 10, "{} has only {checked} counts", path.display());
    }
}

#[test]
fn fens_are_judged_as_others_judge_them() {
    let Some(path) = material("chessjs_validate_fen.json") else {
        return;
    };
    let text = std::fs::read_to_string(path).unwrap();
    let all: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    for one in all {
        let position = one["fen"].as_str().unwrap();
        match (fen::parse(position), one["valid"].as_bool().unwrap()) {
            (Ok(_), valid) => assert!(valid, "{position} was taken"),
            (Err(error), valid) => {
                assert!(!valid, "{position}: {error}");
                assert!(error.to_string().len() > 30, "{error}");
            }
        }
    }
}

/// Games that can be read, games that are refused, and moves of those that can be read.
fn count(path: &Path) -> (usize, Vec<ChessError>, usize) {
    let cancel = CancellationToken::new();
    let choose = |number| pgn::choose(Source::file(path).unwrap(), number, &|_| {}, &cancel);
    let mut refused = Vec::new();
    let (mut games, mut plies, mut all) = (0, 0, 1);
    let mut number = 1;
    while number <= all {
        match choose(number) {
            Ok(chosen) => {
                all = chosen.games;
                games += 1;
                plies += chosen.game.plies.len();
            }
            Err(error) => {
                // The number of games is not known from a refusal; an absent one ends the count.
                if matches!(error, ChessError::NoSuchGame { .. } | ChessError::NoGame) {
                    break;
                }
                refused.push(error);
                all = all.max(number + 1);
            }
        }
        number += 1;
    }
    (games, refused, plies)
}

#[test]
fn games_are_read_or_refused_by_their_place() {
    for folder in ["pgn-odd", "pgn"] {
        let Some(folder) = material(folder) else {
            return;
        };
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().path())
            .collect();
        files.sort();
        for path in files {
            let (games, refused, plies) = count(&path);
            let name = path.file_name().unwrap().to_string_lossy();
            println!(
                "{name}: {games} games, {plies} plies, {} refused",
                refused.len()
            );
            for error in &refused {
                println!("    {error}");
            }
            assert!(games + refused.len() > 0, "{name} has no games");
            let odd = ["Throw", "antichess", "-zh-", "nochecks"];
            assert!(
                refused.is_empty() || odd.iter().any(|word| name.contains(word)),
                "{name}: {refused:?}"
            );
        }
    }
}
