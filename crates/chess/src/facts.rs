//! What can be proved about a move by making moves on the board.
//!
//! The engine says which move; it does not say why. Each fact here is found by playing it out with
//! the rules, and carries the squares and the moves that show it, so that a person can check it.
//! Nothing is estimated: where a thing cannot be shown on the board, it is not said.

mod course;
mod king;
mod material;
mod pawns;
mod strategy;
mod tactics;

use assistant::artifact::ChessScore;
use shakmaty::{Chess, Color, Move, Position, Role, Square};

use crate::analysis::Preferred;
use crate::board::{arrival, played};
use crate::engine::Line;
use crate::habits::Known;

pub use course::{Loss, natural};
pub use material::{Balance, outcome};

/// A piece on its square.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Man {
    /// Whose.
    pub side: Color,
    /// What it is.
    pub role: Role,
    /// Where it stands.
    pub square: Square,
}

impl Man {
    /// What stands on a square.
    pub(crate) fn at(position: &Chess, square: Square) -> Option<Self> {
        position.board().piece_at(square).map(|piece| Self {
            side: piece.color,
            role: piece.role,
            square,
        })
    }
}

/// What becomes of a piece that was just used to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recapture {
    /// Nothing can take it back.
    None,
    /// It can be taken, and the taker still comes out ahead.
    Pays,
    /// As much is taken as is given.
    Even,
    /// More is given than taken, on purpose.
    Sacrifice,
}

/// What was proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The move mates.
    Checkmate,
    /// The line mates in so many moves.
    Mate(u32),
    /// Even the best move is mated in so many moves.
    Mated(u32),
    /// At the end of the line so much has changed hands.
    Wins(Balance),
    /// The move takes something.
    Takes(Man, Recapture),
    /// The piece that moved can be taken at a profit, on purpose.
    Offers(Man),
    /// One piece attacks several at once.
    Fork(Man, Vec<Man>),
    /// A piece may not move, or another behind it is lost: who pins, what, before what.
    Pin(Man, Man, Man),
    /// A piece must move, and another behind it is lost: who attacks, what, before what.
    Skewer(Man, Man, Man),
    /// A piece steps aside, and another attacks: who, what.
    Discovers(Man, Man),
    /// Two pieces give check at once.
    DoubleCheck(Man, Man),
    /// What guarded something is taken: the guard, and what it guarded.
    RemovesGuard(Man, Man),
    /// The next move could take something at a profit.
    Threatens(Man),
    /// The next move could mate, by this move.
    ThreatensMate(String),
    /// The other side could have mated by this move, and cannot any more.
    Parries(String),
    /// A piece that could be taken at a profit goes where it cannot: as it stood, and where to.
    Escapes(Man, Square),
    /// A piece that could be taken at a profit cannot any more.
    Guards(Man),
    /// A piece could be taken at a profit by the other side, by the exchange on its square.
    Hangs(Man),
    /// Mate on the last rank, because the king's own men leave it no square: the king, the mating piece.
    BackRank(Man, Man),
    /// A pawn becomes a piece, by this move of the line.
    Promotes(String, Role),
    /// Nobody can stop this pawn; it needs so many moves.
    Unstoppable(Man, u32),
    /// The move makes a passed pawn, or pushes one.
    PassedPawn(Man),
    /// A pawn that no other can guard.
    Isolated(Man),
    /// Two pawns on one file.
    Doubled(Man, Man),
    /// The king goes to safety.
    Castles(Color),
    /// A king without pawns before it.
    OpenKing(Man),
    /// A piece leaves its first square.
    Develops(Man),
    /// How many pieces still stand where they began: ours, theirs.
    Development(usize, usize),
    /// A pawn in the middle.
    Centre(Man),
    /// A rook on a file without pawns.
    OpenFile(Man),
    /// Nothing else is legal.
    OnlyMove,
    /// The next best move, and how much worse it is in hundredths of a pawn.
    Better(String, i32),
    /// Why another move is worse.
    Refuted(String, Loss),
    /// The move that was meant is the best.
    MeantIsBest(String),
    /// The move that was meant is as good, to within some hundredths of a pawn.
    MeantIsGood(String),
    /// The person's games know the move: how well, what it gives away in hundredths of a pawn, and
    /// the engine's own choice.
    Usual(Known, i32, String),
    /// The person's games know the move, and it is the engine's choice as well.
    UsualIsBest(Known),
    /// What the person's games play most here, how well they know it, and what it costs.
    UsualCosts(String, Known, i32),
}

impl Finding {
    /// Its name in the contract with scripts.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Checkmate => "checkmate",
            Self::Mate(_) => "mate",
            Self::Mated(_) => "mated",
            Self::Wins(_) => "material",
            Self::Takes(_, Recapture::Sacrifice) | Self::Offers(_) => "sacrifice",
            Self::Takes(..) => "capture",
            Self::Fork(..) => "fork",
            Self::Pin(..) => "pin",
            Self::Skewer(..) => "skewer",
            Self::Discovers(..) => "discovered-attack",
            Self::DoubleCheck(..) => "double-check",
            Self::RemovesGuard(..) => "removes-guard",
            Self::Threatens(_) => "threat",
            Self::ThreatensMate(_) => "mate-threat",
            Self::Parries(_) => "parries-mate",
            Self::Escapes(..) => "escapes",
            Self::Guards(_) => "guards",
            Self::Hangs(_) => "hanging",
            Self::BackRank(..) => "back-rank",
            Self::Promotes(..) => "promotion",
            Self::Unstoppable(..) => "unstoppable-pawn",
            Self::PassedPawn(_) => "passed-pawn",
            Self::Isolated(_) => "isolated-pawn",
            Self::Doubled(..) => "doubled-pawns",
            Self::Castles(_) => "castling",
            Self::OpenKing(_) => "open-king",
            Self::Develops(_) | Self::Development(..) => "development",
            Self::Centre(_) => "centre",
            Self::OpenFile(_) => "open-file",
            Self::OnlyMove => "only-move",
            Self::Better(..) => "comparison",
            Self::Refuted(..) => "refutation",
            Self::MeantIsBest(_) | Self::MeantIsGood(_) => "meant-move",
            Self::Usual(..) | Self::UsualIsBest(_) | Self::UsualCosts(..) => "your-games",
        }
    }
}

/// A finding with what shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What was proved.
    pub finding: Finding,
    /// The squares that show it.
    pub squares: Vec<Square>,
    /// The moves that show it, from the position.
    pub line: Vec<Move>,
    /// How telling it is; the most telling has the most.
    pub weight: u32,
}

impl Fact {
    fn new(weight: u32, finding: Finding, squares: Vec<Square>, line: &[Move]) -> Self {
        Self {
            finding,
            squares,
            line: line.to_vec(),
            weight,
        }
    }
}

/// A move under the glass.
#[derive(Debug)]
pub struct Glass<'a> {
    /// The position that it is made in.
    pub before: &'a Chess,
    /// The position after it.
    pub after: Chess,
    /// The move with what follows.
    pub line: &'a Line,
    /// The move.
    pub action: Move,
    /// Who makes it.
    pub us: Color,
    /// What moved, where it stands now.
    pub mover: Man,
}

impl<'a> Glass<'a> {
    /// Nothing where the line is empty, which no line is.
    #[must_use]
    pub fn new(before: &'a Chess, line: &'a Line) -> Option<Self> {
        let action = line.first()?;
        let after = played(before, action);
        let us = before.turn();
        Some(Self {
            mover: Man::at(&after, arrival(action, us))?,
            before,
            after,
            line,
            action,
            us,
        })
    }

    fn them(&self) -> Color {
        !self.us
    }

    fn only(&self) -> &[Move] {
        std::slice::from_ref(&self.action)
    }

    fn origin(&self) -> Option<Square> {
        self.action.from()
    }
}

/// The men of a side that are worth speaking of, pawns and kings left out.
fn pieces(position: &Chess, side: Color) -> impl Iterator<Item = Man> + '_ {
    let board = position.board();
    let dull = board.pawns() | board.kings();
    (board.by_color(side) & !dull)
        .into_iter()
        .filter_map(move |square| Man::at(position, square))
}

/// Other moves beside the suggested one.
#[derive(Debug, Default)]
pub struct Others<'a> {
    /// The second best.
    pub second: Option<&'a Line>,
    /// What the person meant to play.
    pub meant: Option<&'a Line>,
    /// What looks natural and may be wrong.
    pub natural: Option<&'a Line>,
    /// Why the suggested move was preferred.
    pub preferred: Option<Preferred>,
    /// What the person's games play and what would cost too much.
    pub dear: Option<&'a (Line, Known)>,
}

/// Everything that can be proved about the suggested move, the most telling first.
#[must_use]
pub fn about(before: &Chess, best: &Line, others: &Others<'_>) -> Vec<Fact> {
    let Some(glass) = Glass::new(before, best) else {
        return vec![];
    };
    let mut facts = Vec::new();
    facts.extend(king::facts(&glass));
    facts.extend(material::facts(&glass));
    facts.extend(tactics::facts(&glass));
    facts.extend(pawns::facts(&glass));
    facts.extend(strategy::facts(&glass));
    facts.extend(course::facts(&glass, others));
    facts.sort_by_key(|fact| std::cmp::Reverse(fact.weight));
    without_echoes(facts)
}

/// What can be seen of a position without knowing the best move.
#[must_use]
pub fn of_position(position: &Chess) -> Vec<Fact> {
    let sides = [position.turn(), !position.turn()];
    let weak = sides
        .into_iter()
        .flat_map(|side| pawns::structure(position, side));
    material::hangs(position).into_iter().chain(weak).collect()
}

/// What a fork or a mate says already need not be said again.
fn without_echoes(facts: Vec<Fact>) -> Vec<Fact> {
    let mates = facts
        .iter()
        .any(|fact| matches!(fact.finding, Finding::Checkmate | Finding::Mate(_)));
    let mut named: Vec<Square> = Vec::new();
    let mut kept = Vec::new();
    for fact in facts {
        let is_echo = match &fact.finding {
            Finding::Threatens(man) => mates || named.contains(&man.square),
            Finding::Wins(_) | Finding::ThreatensMate(_) | Finding::Escapes(..) => mates,
            Finding::Guards(_) | Finding::Hangs(_) | Finding::Development(..) => mates,
            _ => false,
        };
        if is_echo {
            continue;
        }
        match &fact.finding {
            Finding::Fork(_, targets) => named.extend(targets.iter().map(|man| man.square)),
            Finding::Skewer(_, one, two) | Finding::Pin(_, one, two) => {
                named.extend([one.square, two.square]);
            }
            Finding::Discovers(_, target) | Finding::RemovesGuard(_, target) => {
                named.push(target.square);
            }
            _ => {}
        }
        kept.push(fact);
    }
    kept
}

/// A score in hundredths of a pawn, with mates beyond everything else.
#[must_use]
pub fn hundredths(score: ChessScore) -> i32 {
    match score {
        ChessScore::Centipawns(amount) => amount.clamp(-9_000, 9_000),
        ChessScore::Mate { mate } if mate > 0 => 10_000 - mate.min(500),
        ChessScore::Mate { mate } => -10_000 - mate.max(-500),
    }
}

#[cfg(test)]
#[path = "facts/tests.rs"]
pub(crate) mod tests;
