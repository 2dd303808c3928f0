//! What kind of mistake a move is. Each theme is shown on the board: by the line that punishes the
//! move, or by the one that was missed. What neither shows is called drift and nothing more.

use assistant::artifact::ChessScore;
use shakmaty::{Chess, Move, Position, Role};

use crate::board::{exchange, played, value};
use crate::engine::Line;
use crate::facts::{self, Finding, Others, Recapture, outcome};

/// A kind of mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Theme {
    /// The other side can force mate.
    AllowsMate,
    /// A mate was there and was not played.
    MissesMate,
    /// A piece could be taken for nothing, or for less.
    HangsPiece,
    /// An exchange was begun that gives more than it gets.
    BadExchange,
    /// The reply attacks two pieces at once.
    AllowsFork,
    /// The reply pins or skewers.
    AllowsPin,
    /// The reply opens a line on something.
    AllowsDiscovery,
    /// More is lost than won in the line that follows.
    LosesMaterial,
    /// Something could be taken for nothing.
    MissesCapture,
    /// Two pieces could be attacked at once.
    MissesFork,
    /// Something could be pinned or skewered.
    MissesPin,
    /// A line could be opened on something.
    MissesDiscovery,
    /// More could be won than lost.
    MissesMaterial,
    /// A pawn could have become a queen, or been stopped.
    Promotion,
    /// The position became worse without anything changing hands.
    Drifts,
}

impl Theme {
    /// Its name in the contract with scripts.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::AllowsMate => "allows-mate",
            Self::MissesMate => "misses-mate",
            Self::HangsPiece => "hangs-piece",
            Self::BadExchange => "bad-exchange",
            Self::AllowsFork => "allows-fork",
            Self::AllowsPin => "allows-pin",
            Self::AllowsDiscovery => "allows-discovery",
            Self::LosesMaterial => "loses-material",
            Self::MissesCapture => "misses-capture",
            Self::MissesFork => "misses-fork",
            Self::MissesPin => "misses-pin",
            Self::MissesDiscovery => "misses-discovery",
            Self::MissesMaterial => "misses-material",
            Self::Promotion => "promotion",
            Self::Drifts => "drifts",
        }
    }

    /// Whether it is shown by what was missed, and not by what follows.
    #[must_use]
    pub fn is_missed(self) -> bool {
        matches!(
            self,
            Self::MissesMate
                | Self::MissesCapture
                | Self::MissesFork
                | Self::MissesPin
                | Self::MissesDiscovery
                | Self::MissesMaterial
        )
    }
}

/// The theme of a mistake: `better` should have been played, `done` was. Both begin in `before`.
#[must_use]
pub fn of(before: &Chess, better: &Line, done: &Line) -> Theme {
    let is_won = |line: &Line| matches!(line.score, ChessScore::Mate { mate: 1.. });
    let is_lost = |line: &Line| matches!(line.score, ChessScore::Mate { mate: ..=-1 });
    if is_lost(done) && !is_lost(better) {
        return Theme::AllowsMate;
    }
    if is_won(better) && !is_won(done) {
        return Theme::MissesMate;
    }
    let us = before.turn();
    let points = |line: &Line| outcome(before, &line.moves, us).map_or(0, |balance| balance.points);
    if points(done) < 0 {
        return punished(before, done);
    }
    if points(better) > 0 {
        return missed(before, better);
    }
    if promotes(before, done, true) || promotes(before, better, false) {
        return Theme::Promotion;
    }
    Theme::Drifts
}

/// How a move that loses something is punished.
fn punished(before: &Chess, done: &Line) -> Theme {
    let (Some(action), Some(reply)) = (done.moves.first(), done.moves.get(1)) else {
        return Theme::LosesMaterial;
    };
    let after = played(before, *action);
    let taken = reply.capture().filter(|role| value(*role) >= 3);
    if taken.is_some() && exchange(&after, reply.to()) >= 2 {
        let is_retaken = action.is_capture() && reply.to() == action.to();
        return match is_retaken {
            true => Theme::BadExchange,
            false => Theme::HangsPiece,
        };
    }
    let line = Line {
        moves: done.moves.iter().skip(1).copied().collect(),
        score: opposite(done.score),
        wdl: None,
    };
    match tactic(&after, &line) {
        Some(Tactic::Fork) => Theme::AllowsFork,
        Some(Tactic::Pin) => Theme::AllowsPin,
        Some(Tactic::Discovery) => Theme::AllowsDiscovery,
        None => Theme::LosesMaterial,
    }
}

/// How something could have been won.
fn missed(before: &Chess, better: &Line) -> Theme {
    let facts = facts::about(before, better, &Others::default());
    let is_free = facts.iter().any(|fact| {
        matches!(
            fact.finding,
            Finding::Takes(_, Recapture::None | Recapture::Pays)
        )
    });
    match tactic(before, better) {
        _ if is_free => Theme::MissesCapture,
        Some(Tactic::Fork) => Theme::MissesFork,
        Some(Tactic::Pin) => Theme::MissesPin,
        Some(Tactic::Discovery) => Theme::MissesDiscovery,
        None => Theme::MissesMaterial,
    }
}

enum Tactic {
    Fork,
    Pin,
    Discovery,
}

/// What the first move of a line does, the most telling first.
fn tactic(before: &Chess, line: &Line) -> Option<Tactic> {
    let facts = facts::about(before, line, &Others::default());
    facts.iter().find_map(|fact| match fact.finding {
        Finding::Fork(..) => Some(Tactic::Fork),
        Finding::Pin(..) | Finding::Skewer(..) => Some(Tactic::Pin),
        Finding::Discovers(..) | Finding::DoubleCheck(..) => Some(Tactic::Discovery),
        _ => None,
    })
}

/// Whether a pawn becomes a queen early in a line: the other side's after a mistake, one's own in
/// the better line.
fn promotes(before: &Chess, line: &Line, theirs: bool) -> bool {
    let us = before.turn();
    let mut now = before.clone();
    line.moves.iter().take(9).any(|action: &Move| {
        let is_theirs = now.turn() != us;
        let hit = action.promotion() == Some(Role::Queen) && is_theirs == theirs;
        now.play_unchecked(*action);
        hit
    })
}

fn opposite(score: ChessScore) -> ChessScore {
    match score {
        ChessScore::Centipawns(amount) => ChessScore::Centipawns(-amount),
        ChessScore::Mate { mate } => ChessScore::Mate { mate: -mate },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::tests::{line, position};

    #[track_caller]
    fn check(fen: &str, better: (&str, i32), done: (&str, i32), expected: Theme) {
        let before = position(fen);
        let read = |(words, score): (&str, i32)| {
            let score = match score {
                9_000.. => ChessScore::Mate { mate: 2 },
                ..=-9_000 => ChessScore::Mate { mate: -2 },
                amount => ChessScore::Centipawns(amount),
            };
            line(&before, words, score)
        };
        assert_eq!(of(&before, &read(better), &read(done)), expected);
    }

    #[test]
    fn mistakes_have_themes() {
        // 1. f3 e5 2. g4 and mate.
        check(
            "rnbqkbnr/pppp1ppp/8/4p3/8/5P2/PPPPP1PP/RNBQKBNR w KQkq - 0 2",
            ("d4 exd4", -60),
            ("g4 Qh4", -9_999),
            Theme::AllowsMate,
        );
        // Mate on the last rank, left alone.
        check(
            "6k1/5ppp/8/8/8/8/5PPP/R5K1 w - - 0 1",
            ("Ra8", 9_999),
            ("h3 h6", 500),
            Theme::MissesMate,
        );
        // A queen is put where a pawn takes it.
        check(
            "4k3/8/4p3/8/8/8/3Q4/4K3 w - - 0 1",
            ("Qd4 Ke7", 900),
            ("Qd5 exd5 Kd2 Kd7", -150),
            Theme::HangsPiece,
        );
        // A rook takes a pawn that a pawn guards.
        check(
            "4k3/8/4p3/3p4/8/8/8/3RK3 w - - 0 1",
            ("Ke2 Ke7", 300),
            ("Rxd5 exd5 Kd2 Kd7", -200),
            Theme::BadExchange,
        );
        // A knight that stands there to be taken.
        check(
            "7k/8/8/1n6/8/8/1R6/4K3 w - - 0 1",
            ("Rxb5", 900),
            ("Kd1 Nc3 Kc2 Nd5", 500),
            Theme::MissesCapture,
        );
        check(
            "8/8/8/3n4/8/8/R7/4K2k w - - 0 1",
            ("Rd2 Nf4", 200),
            ("Kd2 Nc3 Ra1 Kg2", -20),
            Theme::Drifts,
        );
        // A rook goes where it is lost in the end.
        check(
            "6k1/8/8/3n4/8/8/8/R3K3 w - - 0 1",
            ("Kf2 Kf7", 200),
            ("Ra4 Nc3 Kd2 Nxa4", -300),
            Theme::LosesMaterial,
        );
        check(
            "r3k3/8/8/3N4/8/8/8/4K3 w - - 0 1",
            ("Nc7 Kd7 Nxa8 Kc6", 500),
            ("Kd2 Kd7", 0),
            Theme::MissesFork,
        );
    }
}
