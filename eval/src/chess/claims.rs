//! Whether what an answer says is so: every move is played, every fact is looked for on the board,
//! by other code than the one that found it.

use serde_json::Value;
use shakmaty::san::{San, SanPlus};
use shakmaty::{Bitboard, Chess, Color, Position, PositionError, Role, Square, attacks};

use super::material::position;

/// What was found out about an answer.
#[derive(Default)]
pub struct Count {
    pub checked: usize,
    pub true_ones: usize,
    pub flaws: Vec<String>,
}

impl Count {
    pub fn add(&mut self, other: &Self) {
        self.checked += other.checked;
        self.true_ones += other.true_ones;
    }

    fn see(&mut self, holds: bool, what: impl FnOnce() -> String) {
        self.checked += 1;
        self.true_ones += usize::from(holds);
        if !holds {
            self.flaws.push(what());
        }
    }
}

fn strings(value: &Value) -> Vec<&str> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

fn rows(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// The positions along a line, the first one included; the word that is no legal move.
fn walk(from: &Chess, line: &[&str]) -> Result<Vec<Chess>, String> {
    let mut all = vec![from.clone()];
    let mut now = from.clone();
    for word in line {
        let action = SanPlus::from_ascii(word.as_bytes())
            .ok()
            .and_then(|san| san.san.to_move(&now).ok())
            .ok_or_else(|| (*word).to_owned())?;
        now.play_unchecked(action);
        all.push(now.clone());
    }
    Ok(all)
}

/// Every line of an answer.
fn lines(artifact: &Value) -> Vec<Vec<&str>> {
    let candidates = rows(&artifact["candidates"]).map(|one| strings(&one["line"]));
    let facts = rows(&artifact["facts"]).map(|one| strings(&one["line"]));
    let best = artifact["move"]["san"].as_str().map(|san| vec![san]);
    let meant = strings(&artifact["meant"]["line"]);
    candidates.chain(facts).chain(best).chain([meant]).collect()
}

/// Moves that are not legal, in lines and in words.
pub fn illegal(artifact: &Value) -> Vec<String> {
    let Some(from) = artifact["fen"].as_str().and_then(position) else {
        return vec!["the position itself".to_owned()];
    };
    let all = lines(artifact);
    let mut illegal: Vec<String> = all
        .iter()
        .filter_map(|line| walk(&from, line).err())
        .collect();
    let said: Vec<&str> = all
        .iter()
        .flatten()
        .map(|word| word.trim_end_matches(['+', '#']))
        .collect();
    for word in moves_in(artifact["explanation"].as_str().unwrap_or_default()) {
        // A threat is a move after a pass: it is legal in one of these positions.
        let other = passed(&from);
        let after = all
            .iter()
            .filter_map(|line| walk(&from, &line[..line.len().min(1)]).ok());
        let threats = after.filter_map(|positions| passed(positions.last()?));
        let is_legal = std::iter::once(from.clone())
            .chain(other)
            .chain(threats)
            .any(|now| San::from_ascii(word.as_bytes()).is_ok_and(|san| san.to_move(&now).is_ok()));
        if !is_legal && !said.contains(&word.as_str()) {
            illegal.push(word);
        }
    }
    illegal
}

/// Moves that a text names; a bare square is none.
fn moves_in(text: &str) -> Vec<String> {
    text.split(|letter: char| !(letter.is_ascii_alphanumeric() || "+#=-".contains(letter)))
        .map(|word| word.trim_end_matches(['+', '#', '-']))
        .filter(|word| word.len() > 2 && San::from_ascii(word.as_bytes()).is_ok())
        .map(str::to_owned)
        .collect()
}

fn passed(position: &Chess) -> Option<Chess> {
    let swapped = position.clone().swap_turn();
    swapped
        .or_else(PositionError::ignore_invalid_ep_square)
        .ok()
}

/// Looks for every fact on the board, and for every sentence among the facts.
pub fn check(artifact: &Value) -> Count {
    let mut count = Count::default();
    let Some(from) = artifact["fen"].as_str().and_then(position) else {
        return count;
    };
    for fact in rows(&artifact["facts"]) {
        let kind = fact["kind"].as_str().unwrap_or_default();
        let line = strings(&fact["line"]);
        let squares: Vec<Square> = strings(&fact["squares"])
            .into_iter()
            .filter_map(|name| name.parse().ok())
            .collect();
        let Ok(walk) = walk(&from, &line) else {
            count.see(false, || format!("{kind}: {line:?} is not legal"));
            continue;
        };
        let text = fact["text"].as_str().unwrap_or_default();
        if let Some(holds) = holds(
            kind,
            &Shown {
                walk: &walk,
                squares: &squares,
                text,
            },
        ) {
            count.see(holds, || format!("{kind}: {text} ({line:?})"));
        }
    }
    for word in moves_in(artifact["explanation"].as_str().unwrap_or_default()) {
        let is_illegal = illegal(artifact).contains(&word);
        count.see(!is_illegal, || format!("the words name {word}"));
    }
    count
}

/// What a fact shows: the positions of its line, its squares, its words.
struct Shown<'a> {
    walk: &'a [Chess],
    squares: &'a [Square],
    text: &'a str,
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
}

fn points(position: &Chess, side: Color) -> i32 {
    let count = |side: Color| {
        let worth = [
            (Role::Pawn, 1),
            (Role::Knight, 3),
            (Role::Bishop, 3),
            (Role::Rook, 5),
            (Role::Queen, 9),
        ];
        let pieces = position.board().material_side(side);
        worth
            .iter()
            .map(|(role, points)| i32::from(*pieces.get(*role)) * points)
            .sum::<i32>()
    };
    count(side) - count(!side)
}

fn mates(position: &Chess) -> bool {
    position.legal_moves().into_iter().any(|action| {
        position
            .clone()
            .play(action)
            .is_ok_and(|next| next.is_checkmate())
    })
}

fn attacks(position: &Chess, from: Square, to: Square) -> bool {
    position.board().attacks_from(from).contains(to)
}

/// Whether a fact is so; nothing for kinds that are a judgement and no claim about the board.
#[expect(
    clippy::too_many_lines,
    reason = "a table with one row for each kind of fact, best read in one piece"
)]
fn holds(kind: &str, shown: &Shown<'_>) -> Option<bool> {
    let (before, after, end, us) = (shown.before(), shown.after(), shown.end(), shown.us());
    let board = after.board();
    let enemy = |square: Square| board.color_at(square) == Some(!us);
    Some(match kind {
        "checkmate" | "mate" => end.is_checkmate() && end.turn() != us,
        "back-rank" => {
            let king = end.board().king_of(!us)?;
            end.is_checkmate()
                && king.rank() == us.fold_wb(shakmaty::Rank::Eighth, shakmaty::Rank::First)
        }
        "material" => points(end, us) > points(before, us),
        "capture" => captured(shown)?,
        "fork" => {
            let by = shown.square(0)?;
            let targets = shown.squares.get(1..)?;
            targets.len() > 1
                && targets
                    .iter()
                    .all(|target| enemy(*target) && attacks(after, by, *target))
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
        "promotion" => points(end, us) > points(&shown.walk[shown.walk.len().checked_sub(2)?], us),
        "threat" => {
            enemy(shown.square(1)?)
                && points_at(after, shown.square(1)?)
                && is_attacked(after, us, shown.square(1)?)
        }
        "hanging" => {
            let square = shown.square(0)?;
            let owner = before.board().color_at(square)?;
            is_attacked(before, !owner, square)
        }
        "escapes" | "guards" => {
            let square = shown.square(0)?;
            before.board().color_at(square) == Some(us) && is_attacked(before, !us, square)
        }
        "removes-guard" => {
            let (guard, of) = (shown.square(0)?, shown.square(1)?);
            attacks(before, guard, of) && enemy(of)
        }
        "unstoppable-pawn" | "passed-pawn" => is_passed(after, us, shown.square(0)?),
        "isolated-pawn" => is_isolated(before, shown.square(0)?)?,
        "doubled-pawns" => {
            let (one, two) = (shown.square(0)?, shown.square(1)?);
            one.file() == two.file() && before.board().piece_at(one) == before.board().piece_at(two)
        }
        "castling" => before.castles().any() && board.king_of(us) == shown.square(0),
        "refutation" if is_said(shown.text, &["would lose", "會丟", "会丢"]) => {
            points(end, us) < points(before, us)
        }
        "refutation" | "comparison" | "meant-move" => true,
        "only-move" => before.legal_moves().len() == 1,
        _ => return None,
    })
}

fn is_said(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

fn points_at(position: &Chess, square: Square) -> bool {
    position
        .board()
        .role_at(square)
        .is_some_and(|role| role != Role::King)
}

fn is_attacked(position: &Chess, by: Color, square: Square) -> bool {
    let board = position.board();
    board.attacks_to(square, by, board.occupied()).any()
}

/// A capture, and where it is said that nothing takes back, nothing does.
fn captured(shown: &Shown<'_>) -> Option<bool> {
    let (before, after) = (shown.before(), shown.after());
    let (taken, now) = (shown.square(0)?, shown.square(1)?);
    let was_theirs = before.board().color_at(taken) == Some(!shown.us());
    let is_free = is_said(
        shown.text,
        &["nothing can take back", "無法吃回", "无法吃回"],
    );
    let retaken = after
        .capture_moves()
        .iter()
        .any(|action| action.to() == now);
    Some(was_theirs && !(is_free && retaken))
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
