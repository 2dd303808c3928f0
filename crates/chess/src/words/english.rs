//! The facts in English.

use assistant::artifact::ChessScore;
use shakmaty::{Color, Position, Role};

use super::{Level, Speaker, pawns, pawns_fine};
use crate::facts::{Balance, Fact, Finding, Loss, Man, Recapture};
use crate::habits::{Kind, Known};

pub fn lead(speaker: &Speaker<'_>, score: ChessScore) -> String {
    let san = speaker.san();
    match (speaker.level, score) {
        (Level::Beginner, _) => format!("Play {san}."),
        (_, ChessScore::Mate { mate }) if mate > 0 => format!("{san} is the move."),
        (_, ChessScore::Mate { .. }) => format!("{san} holds out longest."),
        (_, ChessScore::Centipawns(amount)) => {
            let side = side(speaker.before.turn());
            let judged = match amount {
                300.. => format!("{side} is winning"),
                100.. => format!("{side} is clearly better"),
                30.. => format!("{side} is a little better"),
                -29.. => "the game is about equal".to_owned(),
                -99.. => format!("{side} is a little worse"),
                -299.. => format!("{side} is clearly worse"),
                _ => format!("{side} is losing"),
            };
            let sign = if amount < 0 { "−" } else { "+" };
            let figure = pawns(amount.abs());
            format!("The best move is {san}; {judged} ({sign}{figure}).")
        }
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "a table with one row for each finding, best read in one piece"
)]
pub fn sentence(speaker: &Speaker<'_>, fact: &Fact) -> String {
    let san = speaker.san();
    let line = speaker.line(&fact.line);
    match &fact.finding {
        Finding::Checkmate => format!("{san} is checkmate."),
        Finding::Mate(moves) => format!("It mates in {moves}: {line}."),
        Finding::Mated(moves) => {
            let side = side(speaker.before.turn());
            format!("{side} is mated in {moves} whatever is played.")
        }
        Finding::Wins(balance) => format!("{san} {}: {line}.", wins(balance)),
        Finding::Takes(taken, recapture) => takes(taken, *recapture),
        Finding::Offers(by) => {
            format!(
                "{} can be taken there, and it is the best move all the same.",
                whose(*by)
            )
        }
        Finding::Fork(by, targets) => {
            format!(
                "{} forks {}.",
                whose(*by),
                list(targets.iter().map(|man| whose(*man)))
            )
        }
        Finding::Pin(by, pinned, behind) => format!(
            "{} pins {} to {}.",
            whose(*by),
            whose(*pinned),
            the(*behind)
        ),
        Finding::Skewer(by, front, behind) => format!(
            "{} skewers {} and {} behind it.",
            whose(*by),
            whose(*front),
            the(*behind)
        ),
        Finding::Discovers(by, target) => {
            let what = match target.role {
                Role::King => "check",
                _ => "attack",
            };
            format!(
                "It opens the line from {} to {}: a discovered {what}.",
                the(*by),
                whose(*target)
            )
        }
        Finding::DoubleCheck(one, two) => format!(
            "{} and {} both give check, so only the king can move.",
            whose(*one),
            the(*two)
        ),
        Finding::RemovesGuard(guard, fallen) => {
            format!(
                "It takes {}, which guarded {}.",
                whose(*guard),
                the(*fallen)
            )
        }
        Finding::Threatens(man) => format!("It threatens to take {}.", whose(*man)),
        Finding::ThreatensMate(mate) => format!("It threatens mate with {mate}."),
        Finding::Parries(mate) => format!("It stops the threat of mate with {mate}."),
        Finding::Escapes(man, to) => format!("{} was in danger and is safe on {to}.", whose(*man)),
        Finding::Guards(man) => format!("It saves {}, which was in danger.", whose(*man)),
        Finding::Hangs(man) => format!("{} is not guarded well enough.", whose(*man)),
        Finding::BackRank(king, by) => format!(
            "{} is shut in by its own men, so {} mates on the back rank.",
            whose(*king),
            the(*by)
        ),
        Finding::Promotes(with, role) => {
            format!("In that line a pawn becomes a {} with {with}.", name(*role))
        }
        Finding::Unstoppable(man, moves) => format!(
            "{} cannot be stopped: it becomes a queen in {}.",
            whose(*man),
            count(*moves, "move")
        ),
        Finding::PassedPawn(man) => format!(
            "{} is a passed pawn: no {} pawn can stop it.",
            whose(*man),
            side(!man.side).to_lowercase()
        ),
        Finding::Isolated(man) => {
            format!("{} is isolated: no other pawn can guard it.", whose(*man))
        }
        Finding::Doubled(one, two) => format!(
            "{}'s pawns on {} and {} are doubled.",
            side(one.side),
            one.square,
            two.square
        ),
        Finding::Castles(_) => {
            "Castling takes the king out of the centre and brings the rook into play.".to_owned()
        }
        Finding::OpenKing(king) => format!("{} has no pawns before it.", whose(*king)),
        Finding::Develops(man) => format!("It develops the {} to {}.", name(man.role), man.square),
        Finding::Development(ours, theirs) => {
            let turn = speaker.before.turn();
            format!(
                "{} has {} still at home and {} {theirs}.",
                side(turn),
                count(u32::try_from(*ours).unwrap_or_default(), "knight or bishop"),
                side(!turn)
            )
        }
        Finding::Centre(man) => format!("The pawn on {} takes space in the centre.", man.square),
        Finding::OpenFile(man) => {
            format!("The rook takes the open {}-file.", man.square.file().char())
        }
        Finding::OnlyMove => format!("{san} is the only legal move."),
        Finding::Better(other, gap) => better(other, *gap),
        Finding::Refuted(other, loss) => refuted(speaker, other, loss, &line),
        Finding::MeantIsBest(meant) => format!("{meant}, your own move, is the best one."),
        Finding::MeantIsGood(meant) => format!("{meant}, your own move, is just as good."),
        Finding::Usual(known, cost, engine) => {
            format!("{}; {}.", usual(&san, *known), costs(*cost, engine))
        }
        Finding::UsualIsBest(known) => {
            format!("{}, and the engine would play it too.", usual(&san, *known))
        }
        Finding::UsualCosts(other, known, gap) => match gap {
            5_000.. => format!("{}, but here it is far worse.", usual(other, *known)),
            _ => format!(
                "{}, but here it is {} pawns worse.",
                usual(other, *known),
                pawns(*gap)
            ),
        },
    }
}

/// How well the person's games know a move.
fn usual(san: &str, known: Known) -> String {
    let Known { kind, games, of } = known;
    match kind {
        Kind::Opening => format!("{san} is what {games} of your {of} games from here played"),
        Kind::Structure => format!("{san} leads to pawns that {games} of your {of} games had"),
    }
}

/// What following one's games gives away.
fn costs(cost: i32, engine: &str) -> String {
    match cost {
        ..=4 => format!("{engine}, the engine's own choice, is no better"),
        _ => format!(
            "{engine}, the engine's own choice, is {} pawns better",
            pawns_fine(cost)
        ),
    }
}

fn takes(taken: &Man, recapture: Recapture) -> String {
    let taken = whose(*taken);
    match recapture {
        Recapture::None => format!("It takes {taken}, and nothing can take back."),
        Recapture::Pays => format!("It takes {taken} and comes out ahead in the exchange."),
        Recapture::Even => format!("It takes {taken}, and as much can be taken back."),
        Recapture::Sacrifice => format!("It takes {taken} and gives up more for it on purpose."),
    }
}

fn better(other: &str, gap: i32) -> String {
    match gap {
        5_000.. => format!("Nothing else comes near; the next best move is {other}."),
        25.. => format!(
            "The next best move, {other}, is {} pawns worse.",
            pawns(gap)
        ),
        _ => format!("{other} is about as good."),
    }
}

fn refuted(speaker: &Speaker<'_>, other: &str, loss: &Loss, line: &str) -> String {
    match loss {
        Loss::Mated(moves) => {
            format!("{other} would be a mistake: it allows mate in {moves}, {line}.")
        }
        Loss::MissesMate => format!("{other} lets the mate slip."),
        Loss::Material(balance) => {
            let lost = roles(&balance.lost);
            let gained = match balance.gained.is_empty() {
                true => String::new(),
                false => format!(" for {}", roles(&balance.gained)),
            };
            format!("{other} would lose {lost}{gained}: {line}.")
        }
        Loss::Worse(_) if speaker.level == Level::Beginner => format!("{other} is not as good."),
        Loss::Worse(gap) => format!("{other} is {} pawns worse: {line}.", pawns(*gap)),
    }
}

fn wins(balance: &Balance) -> String {
    let gained = roles(&balance.gained);
    match balance.lost.is_empty() {
        true => format!("wins {gained}"),
        false => format!("wins {gained} for {}", roles(&balance.lost)),
    }
}

fn roles(all: &[Role]) -> String {
    let kinds = [
        Role::Queen,
        Role::Rook,
        Role::Bishop,
        Role::Knight,
        Role::Pawn,
    ];
    let named = kinds.into_iter().filter_map(|role| {
        let count = all.iter().filter(|other| **other == role).count();
        match count {
            0 => None,
            1 => Some(format!("a {}", name(role))),
            2 => Some(format!("two {}s", name(role))),
            count => Some(format!("{count} {}s", name(role))),
        }
    });
    list(named)
}

fn list(words: impl Iterator<Item = String>) -> String {
    let mut words: Vec<String> = words.collect();
    let Some(last) = words.pop() else {
        return String::new();
    };
    match words.is_empty() {
        true => last,
        false => format!("{} and {last}", words.join(", ")),
    }
}

fn count(number: u32, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        _ if what.contains(" or ") => format!("{number} knights or bishops"),
        _ => format!("{number} {what}s"),
    }
}

fn the(man: Man) -> String {
    format!("the {} on {}", name(man.role), man.square)
}

fn whose(man: Man) -> String {
    format!("{}'s {} on {}", side(man.side), name(man.role), man.square)
}

fn side(side: Color) -> &'static str {
    side.fold_wb("White", "Black")
}

fn name(role: Role) -> &'static str {
    match role {
        Role::Pawn => "pawn",
        Role::Knight => "knight",
        Role::Bishop => "bishop",
        Role::Rook => "rook",
        Role::Queen => "queen",
        Role::King => "king",
    }
}
