//! Whether a fact of a kind is so: a table with one row for each, of other code than the one that found
//! it. What an exchange wins is searched to its end here, with every piece that can take.

use serde_json::Value;
use shakmaty::{Bitboard, Chess, Color, File, Move, Position, Rank, Role, Square, attacks};

use super::claims::{passed, rows};

/// What a fact shows: the positions of its line, its squares, its words, and the answer it is in.
pub struct Shown<'a> {
    pub walk: &'a [Chess],
    pub squares: &'a [Square],
    pub line: &'a [&'a str],
    pub text: &'a str,
    pub artifact: &'a Value,
}

impl Shown<'_> {
    fn before(&self) -> &Chess {
        &self.walk[0]
    }

    /// After the first move of the line, where there is one.
    fn after(&self) -> &Chess {
        self.walk.get(1).unwrap_or(&self.walk[0])
    }

    fn end(&self) -> &Chess {
        self.walk.last().unwrap_or(&self.walk[0])
    }

    fn us(&self) -> Color {
        self.before().turn()
    }

    fn square(&self, index: usize) -> Option<Square> {
        self.squares.get(index).copied()
    }

    fn says(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.text.contains(word))
    }

    /// Whole numbers of the words, in order.
    fn numbers(&self) -> Vec<u32> {
        let digits = self
            .text
            .split(|letter: char| !letter.is_ascii_alphanumeric());
        digits.filter_map(|word| word.parse().ok()).collect()
    }
}

/// What the answer says a move is worth, in hundredths of a pawn; a mate is beyond all of them.
pub fn worth(artifact: &Value, san: &str) -> Option<i64> {
    let meant = artifact["meant"].as_object().map(|_| &artifact["meant"]);
    let mut all = rows(&artifact["candidates"]).chain(meant);
    let found = all.find(|one| one["san"] == san)?;
    score(&found["score"])
}

fn score(score: &Value) -> Option<i64> {
    if let Some(mate) = score["mate"].as_i64() {
        return Some(if mate > 0 {
            10_000 - mate
        } else {
            -10_000 - mate
        });
    }
    score.as_i64().map(|amount| amount.clamp(-9_000, 9_000))
}

fn value(role: Role) -> i32 {
    match role {
        Role::Pawn => 1,
        Role::Knight | Role::Bishop => 3,
        Role::Rook => 5,
        Role::Queen => 9,
        Role::King => 0,
    }
}

fn points(position: &Chess, side: Color) -> i32 {
    let count = |side: Color| {
        let pieces = position.board().material_side(side);
        Role::ALL
            .iter()
            .map(|role| i32::from(*pieces.get(*role)) * value(*role))
            .sum::<i32>()
    };
    count(side) - count(!side)
}

/// What one capture brings, with the best of everything that can follow on its square.
fn brings(position: &Chess, action: Move) -> i32 {
    let mut next = position.clone();
    next.play_unchecked(action);
    let promoted = action.promotion().map_or(0, |role| value(role) - 1);
    action.capture().map_or(0, value) + promoted - gain(&next, action.to())
}

/// What the side to move wins on a square at best, by any order of captures; 0 where it had better not.
fn gain(position: &Chess, square: Square) -> i32 {
    let captures = position.capture_moves();
    let on_it = captures
        .into_iter()
        .filter(|action| action.to() == square && !action.is_en_passant());
    on_it
        .map(|action| brings(position, action))
        .fold(0, i32::max)
}

/// What the side that is not to move could win on a square; nothing where it is in check and nobody
/// could pass.
fn danger(position: &Chess, square: Square) -> Option<i32> {
    passed(position).map(|other| gain(&other, square))
}

fn mates(position: &Chess) -> bool {
    position.legal_moves().into_iter().any(|action| {
        let mut next = position.clone();
        next.play_unchecked(action);
        next.is_checkmate()
    })
}

fn attacks(position: &Chess, from: Square, to: Square) -> bool {
    position.board().attacks_from(from).contains(to)
}

/// Whether a fact is so; nothing for kinds that the board cannot show.
#[expect(
    clippy::too_many_lines,
    reason = "a table with one row for each kind of fact, best read in one piece"
)]
pub fn holds(kind: &str, shown: &Shown<'_>) -> Option<bool> {
    let (before, after, end, us) = (shown.before(), shown.after(), shown.end(), shown.us());
    let board = after.board();
    let enemy = |square: Square| board.color_at(square) == Some(!us);
    Some(match kind {
        "checkmate" => after.is_checkmate(),
        "mate" => {
            let moves = u32::try_from(shown.line.len().div_ceil(2)).ok()?;
            end.is_checkmate() && end.turn() != us && shown.numbers().contains(&moves)
        }
        "mated" => {
            let first = rows(&shown.artifact["candidates"]).next()?;
            let mate = first["score"]["mate"].as_i64()?;
            mate < 0 && shown.numbers().contains(&u32::try_from(-mate).ok()?)
        }
        "back-rank" => {
            let king = end.board().king_of(!us)?;
            end.is_checkmate() && king.rank() == us.fold_wb(Rank::Eighth, Rank::First)
        }
        "material" => points(end, us) > points(before, us) && is_named(before, end, us, shown.text),
        "capture" => captured(shown)?,
        "sacrifice" => sacrificed(shown)?,
        "fork" => {
            let by = shown.square(0)?;
            let targets = shown.squares.get(1..)?;
            let hits = |target: &Square| enemy(*target) && attacks(after, by, *target);
            targets.len() > 1 && targets.iter().all(hits)
        }
        "pin" | "skewer" => in_a_row(after, shown)?,
        "discovered-attack" => {
            let (by, target, left) = (shown.square(0)?, shown.square(1)?, shown.square(2)?);
            attacks(after, by, target)
                && !attacks(before, by, target)
                && attacks::between(by, target).contains(left)
                && enemy(target)
        }
        "double-check" => after.checkers().count() == 2,
        "mate-threat" => mates(&passed(after)?),
        "parries-mate" => mates(&passed(before)?) && !mates(after),
        "promotion" => {
            let (last, all) = shown.walk.split_last()?;
            points(last, us) > points(all.last()?, us) && last.turn() != us
        }
        "threat" => {
            let target = shown.square(1)?;
            enemy(target) && danger(after, target)? >= 2 && gain(before, target) <= 0
        }
        "hanging" => {
            let square = shown.square(0)?;
            match before.board().color_at(square)? == us {
                true => danger(before, square)? >= 2,
                false => gain(before, square) >= 2,
            }
        }
        "escapes" => {
            let (from, to) = (shown.square(0)?, shown.square(1)?);
            danger(before, from)? >= 2 && gain(after, to) <= 0
        }
        "guards" => {
            let square = shown.square(0)?;
            danger(before, square)? >= 2 && gain(after, square) <= 0
        }
        "removes-guard" => {
            let (guard, of) = (shown.square(0)?, shown.square(1)?);
            attacks(before, guard, of) && enemy(of) && danger(after, of)? > 0
        }
        "unstoppable-pawn" | "passed-pawn" => is_passed(after, us, shown.square(0)?),
        "isolated-pawn" => is_isolated(before, shown.square(0)?)?,
        "doubled-pawns" => {
            let (one, two) = (shown.square(0)?, shown.square(1)?);
            one.file() == two.file() && before.board().piece_at(one) == before.board().piece_at(two)
        }
        "castling" => before.castles().any() && board.king_of(us) == shown.square(0),
        "development" => developed(shown)?,
        "centre" => {
            let square = shown.square(0)?;
            Bitboard::CENTER.contains(square) && board.role_at(square) == Some(Role::Pawn)
        }
        "open-file" => {
            let square = shown.square(0)?;
            let file = Bitboard::from(square.file());
            board.role_at(square) == Some(Role::Rook) && (board.pawns() & file).is_empty()
        }
        "open-king" => is_open(before, shown.square(0)?)?,
        "refutation" => refuted(shown)?,
        "comparison" => {
            let gap = gap(shown)?;
            match shown.says(&["pawns worse", "個兵", "个兵"]) {
                true => is_figure(shown.text, gap),
                false if shown.says(&["about as good", "差不多"]) => gap < 25,
                false => gap >= 5_000,
            }
        }
        "meant-move" => {
            let is_best = shown.artifact["move"]["san"] == *shown.line.first()?;
            match shown.says(&["best", "最佳"]) {
                true => is_best,
                false => gap(shown)? < 25,
            }
        }
        "only-move" => before.legal_moves().len() == 1,
        _ => return None,
    })
}

/// How much worse the move of a fact is than the suggested one, in hundredths of a pawn.
fn gap(shown: &Shown<'_>) -> Option<i64> {
    let best = shown.artifact["move"]["san"].as_str()?;
    Some(worth(shown.artifact, best)? - worth(shown.artifact, shown.line.first()?)?)
}

/// Whether a text names so many hundredths as pawns with one digit.
pub fn is_figure(text: &str, hundredths: i64) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "a few thousand at most")]
    let figure = format!("{:.1}", hundredths.abs() as f64 / 100.0);
    let figures = text.split(|letter: char| !(letter.is_ascii_digit() || letter == '.'));
    figures
        .map(|word| word.trim_matches('.'))
        .any(|word| word == figure)
}

/// Why another move is worse: it is mated, gives up a mate, loses something, or is worse by the
/// engine's word, which is held against the worth that the answer gives it.
fn refuted(shown: &Shown<'_>) -> Option<bool> {
    let (before, end, us) = (shown.before(), shown.end(), shown.us());
    if shown.says(&["would lose", "會丟", "会丢"]) {
        let lost = points(end, us) < points(before, us);
        return Some(lost && is_named(before, end, us, shown.text));
    }
    let known = worth(shown.artifact, shown.line.first()?);
    if shown.says(&["allows mate", "被將殺", "被将杀"]) {
        let mated = known.map(|worth| worth <= -9_500);
        let in_line = end.is_checkmate() && end.turn() == us;
        return Some(in_line || mated == Some(true));
    }
    if shown.says(&["mate slip", "錯過將殺", "错过将杀"]) {
        let best = worth(shown.artifact, shown.artifact["move"]["san"].as_str()?)?;
        return Some(best >= 9_500 && known.is_none_or(|worth| worth < 9_500));
    }
    match shown.says(&["pawns worse", "個兵", "个兵"]) {
        // What was only looked at as a temptation has no worth in the answer.
        true => Some(is_figure(shown.text, gap(shown)?)),
        false => Some(gap(shown)? > 0),
    }
}

/// Whether the pieces that a text says change hands are those that do, each set off against the other.
fn is_named(before: &Chess, end: &Chess, us: Color, text: &str) -> bool {
    let net = |role: Role| {
        let count = |position: &Chess, side: Color| {
            i32::from(*position.board().material_side(side).get(role))
        };
        (count(before, !us) - count(end, !us)) - (count(before, us) - count(end, us))
    };
    // The moves themselves name pieces by letters only; the words before the colon by name.
    let words = text
        .split([':', '：'])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let names = [
        (Role::Queen, ["queen", "后"]),
        (Role::Rook, ["rook", "車"]),
        (Role::Bishop, ["bishop", "象"]),
        (Role::Knight, ["knight", "馬"]),
        (Role::Pawn, ["pawn", "兵"]),
    ];
    let words = words.replace('车', "車").replace('马', "馬");
    names.iter().all(|(role, names)| {
        let is_said = names.iter().any(|name| words.contains(name));
        is_said == (net(*role) != 0)
    })
}

/// A capture, and what is said of taking back.
fn captured(shown: &Shown<'_>) -> Option<bool> {
    let (before, after) = (shown.before(), shown.after());
    let (taken, now) = (shown.square(0)?, shown.square(1)?);
    let was_theirs = before.board().color_at(taken) == Some(!shown.us());
    let price = before.board().role_at(taken).map(value)?;
    let left = price - gain(after, now);
    let retaken = after
        .capture_moves()
        .iter()
        .any(|action| action.to() == now);
    Some(
        was_theirs
            && if shown.says(&["nothing can take back", "無法吃回", "无法吃回"]) {
                !retaken
            } else if shown.says(&["comes out ahead", "得利"]) {
                left > 0 || shown.line.first().is_some_and(|san| san.contains('='))
            } else {
                left == 0
            },
    )
}

/// Something is given up: the piece that moved, or more than was taken.
fn sacrificed(shown: &Shown<'_>) -> Option<bool> {
    let after = shown.after();
    match shown.square(1) {
        Some(now) => {
            let taken = shown.before().board().role_at(shown.square(0)?)?;
            Some(value(taken) < gain(after, now))
        }
        None => Some(gain(after, shown.square(0)?) >= 2),
    }
}

fn in_a_row(after: &Chess, shown: &Shown<'_>) -> Option<bool> {
    let (by, front, behind) = (shown.square(0)?, shown.square(1)?, shown.square(2)?);
    let board = after.board();
    let piece = board.piece_at(by)?;
    let reaches = attacks::attacks(by, piece, Bitboard::EMPTY).contains(behind);
    let between = attacks::between(by, behind) & board.occupied();
    let theirs = [front, behind]
        .iter()
        .all(|square| board.color_at(*square) == Some(!piece.color));
    Some(reaches && between == Bitboard::from(front) && theirs)
}

/// Knights and bishops that stand where they began: as many as are said, ours first.
fn developed(shown: &Shown<'_>) -> Option<bool> {
    if let (Some(from), Some(to)) = (shown.square(0), shown.square(1))
        && shown.line.len() == 1
    {
        let role = shown.before().board().role_at(from)?;
        let is_there = shown.after().board().role_at(to) == Some(role);
        return Some(is_there && matches!(role, Role::Knight | Role::Bishop));
    }
    let board = shown.before().board();
    let at_home = |side: Color| {
        let rank = side.fold_wb(Rank::First, Rank::Eighth);
        let files = [File::B, File::C, File::F, File::G];
        let stands = |file: &File| {
            let piece = board.piece_at(Square::from_coords(*file, rank));
            piece.is_some_and(|piece| {
                piece.color == side && matches!(piece.role, Role::Knight | Role::Bishop)
            })
        };
        u32::try_from(files.iter().filter(|file| stands(file)).count()).unwrap_or_default()
    };
    Some(shown.numbers() == [at_home(shown.us()), at_home(!shown.us())])
}

/// A king without a pawn of its own within two ranks on its file or beside it.
fn is_open(position: &Chess, king: Square) -> Option<bool> {
    let side = position.board().color_at(king)?;
    let own = position.board().pawns() & position.board().by_color(side);
    Some(own.into_iter().all(|pawn| {
        pawn.file().distance(king.file()) > 1
            || pawn.rank().distance(king.rank()) > 2
            || pawn.rank() == king.rank()
    }))
}

fn is_passed(position: &Chess, side: Color, pawn: Square) -> bool {
    let theirs = position.board().pawns() & position.board().by_color(!side);
    theirs.into_iter().all(|other| {
        other.file().distance(pawn.file()) > 1
            || side.fold_wb(other.rank() <= pawn.rank(), other.rank() >= pawn.rank())
    })
}

fn is_isolated(position: &Chess, pawn: Square) -> Option<bool> {
    let owner = position.board().color_at(pawn)?;
    let own = position.board().pawns() & position.board().by_color(owner);
    Some(
        own.into_iter()
            .all(|other| other.file().distance(pawn.file()) != 1),
    )
}
