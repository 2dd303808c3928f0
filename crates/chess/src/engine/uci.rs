//! The lines of the Universal Chess Interface, as far as they matter here.

use assistant::artifact::ChessScore;

/// One line of what the engine thinks.
#[derive(Debug, Clone, PartialEq)]
pub struct Info {
    /// Plies that it looked.
    pub depth: u32,
    /// Which of several best moves, from 1.
    pub rank: u32,
    /// What it is worth.
    pub score: ChessScore,
    /// Chances of winning, drawing and losing in thousandths.
    pub wdl: Option<[u16; 3]>,
    /// The moves, as engines write them.
    pub moves: Vec<String>,
}

/// Reads a line that begins with `info`; nothing where it says no line of moves, or only a bound.
pub fn info(line: &str) -> Option<Info> {
    let mut words = line.strip_prefix("info ")?.split_whitespace();
    let mut info = Info {
        depth: 0,
        rank: 1,
        score: ChessScore::Centipawns(0),
        wdl: None,
        moves: vec![],
    };
    let mut is_scored = false;
    while let Some(word) = words.next() {
        match word {
            "depth" => info.depth = words.next()?.parse().ok()?,
            "multipv" => info.rank = words.next()?.parse().ok()?,
            "score" => {
                info.score = score(words.next()?, words.next()?)?;
                is_scored = true;
            }
            // Only that it is at least or at most so much.
            "lowerbound" | "upperbound" => return None,
            "wdl" => {
                let mut chance = || words.next()?.parse().ok();
                info.wdl = Some([chance()?, chance()?, chance()?]);
            }
            "pv" => info.moves = words.by_ref().map(str::to_owned).collect(),
            // What follows is free text.
            "string" => return None,
            _ => {}
        }
    }
    (is_scored && !info.moves.is_empty()).then_some(info)
}

fn score(unit: &str, amount: &str) -> Option<ChessScore> {
    let amount = amount.parse().ok()?;
    match unit {
        "cp" => Some(ChessScore::Centipawns(amount)),
        "mate" => Some(ChessScore::Mate { mate: amount }),
        _ => None,
    }
}

/// The name of an option that the engine has.
pub fn option(line: &str) -> Option<&str> {
    let after = line.strip_prefix("option name ")?;
    Some(after.split_once(" type ").map_or(after, |(name, _)| name))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Depth, rank, score, chances and first move.
    type Told<'a> = (u32, u32, ChessScore, Option<[u16; 3]>, &'a str);

    #[track_caller]
    fn check(line: &str, expected: Option<Told<'_>>) {
        let found = info(line);
        let found = found.as_ref().map(|info| {
            (
                info.depth,
                info.rank,
                info.score,
                info.wdl,
                info.moves.join(" "),
            )
        });
        let expected = expected.map(|(a, b, c, d, moves)| (a, b, c, d, moves.to_owned()));
        assert_eq!(found, expected);
    }

    #[test]
    fn lines_of_thought() {
        check(
            "info depth 12 seldepth 18 multipv 2 score cp -31 wdl 12 900 88 nodes 5 nps 9 time 3 pv e2e4 e7e5",
            Some((
                12,
                2,
                ChessScore::Centipawns(-31),
                Some([12, 900, 88]),
                "e2e4 e7e5",
            )),
        );
        check(
            "info depth 5 score mate -2 pv e1d1",
            Some((5, 1, ChessScore::Mate { mate: -2 }, None, "e1d1")),
        );
        for empty in [
            "info depth 7 score cp 20 lowerbound nodes 5 pv e2e4",
            "info string NNUE evaluation using nn.nnue",
            "info depth 20 currmove e2e4 currmovenumber 1",
            "info depth x score cp 1 pv e2e4",
            "info",
            "bestmove e2e4",
            "",
        ] {
            check(empty, None);
        }
    }

    #[test]
    fn options_have_names_with_spaces() {
        assert_eq!(
            option("option name Clear Hash type button"),
            Some("Clear Hash")
        );
        assert_eq!(option("id name Stockfish"), None);
    }
}
