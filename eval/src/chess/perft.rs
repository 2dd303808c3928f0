//! Counts of legal moves against the numbers of others. The rules that are counted are shakmaty's,
//! which the assistant plays by; `--limit` keeps to small counts.

use std::fs;
use std::path::Path;

use shakmaty::fen::Fen;
use shakmaty::{CastlingMode, Chess, PositionError, perft};

use super::{Figure, Tally, share};
use crate::failure::Failure;

/// Nodes of one count at most, without and with a limit.
const NODES: [u64; 2] = [5_000_000, 100_000];

pub fn measure(folder: &Path, limit: Option<u32>, tally: &mut Tally) -> Result<(), Failure> {
    let folder = folder.join("perft");
    let most = NODES[usize::from(limit.is_some())];
    let (mut equal, mut all) = (0, 0);
    for file in fs::read_dir(&folder).map_err(Failure::file(&folder))? {
        let path = file.map_err(Failure::file(&folder))?.path();
        let text = fs::read_to_string(&path).map_err(Failure::file(&path))?;
        for (fen, depth, nodes) in counts(&text)
            .into_iter()
            .filter(|(.., nodes)| *nodes <= most)
        {
            all += 1;
            match position(&fen).map(|position| perft(&position, depth)) {
                Some(counted) if counted == nodes => equal += 1,
                other => tally
                    .wrong
                    .push(format!("perft: {fen} at {depth}: {other:?} for {nodes}")),
            }
        }
    }
    tally
        .figures
        .push(Figure::at_least("perft.equal", share(equal, all), 1.0));
    tally
        .figures
        .push(Figure::free("perft.counts", super::count(all)));
    Ok(())
}

fn position(fen: &str) -> Option<Chess> {
    let setup = fen.parse::<Fen>().ok()?.into_setup();
    let mode = CastlingMode::detect(&setup);
    // A check that no move can have given is harmless here.
    let position = setup.position(mode);
    position
        .or_else(PositionError::ignore_impossible_check)
        .ok()
}

/// Both ways of writing them: `FEN; D1 20; D2 400`, and `epd FEN` with lines `perft 1 20`.
fn counts(text: &str) -> Vec<(String, u32, u64)> {
    let mut counts = Vec::new();
    let mut now = String::new();
    for line in text.lines() {
        if let Some(fen) = line.strip_prefix("epd ") {
            now = fen.to_owned();
        } else if let ["perft", depth, nodes] = line.split_whitespace().collect::<Vec<_>>()[..] {
            counts.extend(pair(depth, nodes).map(|(depth, nodes)| (now.clone(), depth, nodes)));
        } else if let Some((fen, rest)) = line.split_once(';') {
            for field in rest.split(';') {
                let words: Vec<&str> = field.split_whitespace().collect();
                if let [depth, nodes] = words[..] {
                    let found = pair(depth.trim_start_matches('D'), nodes);
                    counts.extend(found.map(|(depth, nodes)| (fen.to_owned(), depth, nodes)));
                }
            }
        }
    }
    counts
}

fn pair(depth: &str, nodes: &str) -> Option<(u32, u64)> {
    Some((depth.parse().ok()?, nodes.parse().ok()?))
}
