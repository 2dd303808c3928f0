//! The facts in Traditional Chinese. Simplified Chinese is made of it letter by letter.

use assistant::artifact::ChessScore;
use shakmaty::{Color, Position, Role};

use super::{Level, Speaker, pawns, pawns_fine};
use crate::facts::{Balance, Fact, Finding, Loss, Man, Recapture};
use crate::habits::{Kind, Known};

pub fn lead(speaker: &Speaker<'_>, score: ChessScore) -> String {
    let san = speaker.san();
    match (speaker.level, score) {
        (Level::Beginner, _) => format!("走 {san}。"),
        (_, ChessScore::Mate { mate }) if mate > 0 => format!("應走 {san}。"),
        (_, ChessScore::Mate { .. }) => format!("{san} 能堅持最久。"),
        (_, ChessScore::Centipawns(amount)) => {
            let side = side(speaker.before.turn());
            let judged = match amount {
                300.. => format!("{side}勝勢"),
                100.. => format!("{side}明顯較好"),
                30.. => format!("{side}稍好"),
                -29.. => "雙方大致均勢".to_owned(),
                -99.. => format!("{side}稍差"),
                -299.. => format!("{side}明顯較差"),
                _ => format!("{side}敗勢"),
            };
            let sign = if amount < 0 { "−" } else { "+" };
            let figure = pawns(amount.abs());
            format!("最佳著法是 {san}，{judged}（{sign}{figure}）。")
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
        Finding::Checkmate => format!("{san} 將殺。"),
        Finding::Mate(moves) => format!("{moves} 步將殺：{line}。"),
        Finding::Mated(moves) => {
            format!(
                "無論怎麼走，{}都會在 {moves} 步內被將殺。",
                side(speaker.before.turn())
            )
        }
        Finding::Wins(balance) => format!("{san} {}：{line}。", wins(balance)),
        Finding::Takes(taken, recapture) => takes(*taken, *recapture),
        Finding::Offers(by) => format!("{}走到這裡會被吃，但仍是最佳著法。", whose(*by)),
        Finding::Fork(by, targets) => {
            let targets: Vec<String> = targets.iter().map(|man| whose(*man)).collect();
            format!("{}同時攻擊{}，形成捉雙。", whose(*by), targets.join("和"))
        }
        Finding::Pin(by, pinned, behind) => format!(
            "{}牽制{}，後面是{}。",
            whose(*by),
            whose(*pinned),
            the(*behind)
        ),
        Finding::Skewer(by, front, behind) => format!(
            "{}串擊{}和後面{}。",
            whose(*by),
            whose(*front),
            the(*behind)
        ),
        Finding::Discovers(by, target) => {
            let what = match target.role {
                Role::King => "閃將",
                _ => "閃擊",
            };
            format!("打開{}的線路，攻擊{}：{what}。", whose(*by), whose(*target))
        }
        Finding::DoubleCheck(one, two) => {
            format!("{}和{}同時將軍，只能動王。", whose(*one), the(*two))
        }
        Finding::RemovesGuard(guard, fallen) => {
            format!("吃掉{}，它原本保護{}。", whose(*guard), the(*fallen))
        }
        Finding::Threatens(man) => format!("威脅吃掉{}。", whose(*man)),
        Finding::ThreatensMate(mate) => format!("威脅用 {mate} 將殺。"),
        Finding::Parries(mate) => format!("化解了對方 {mate} 將殺的威脅。"),
        Finding::Escapes(man, to) => format!("{}原本有危險，走到 {to} 就安全了。", whose(*man)),
        Finding::Guards(man) => format!("救了原本有危險的{}。", whose(*man)),
        Finding::Hangs(man) => format!("{}的保護不足。", whose(*man)),
        Finding::BackRank(king, by) => {
            format!("{}被自己的棋子困住，{}在底線將殺。", whose(*king), the(*by))
        }
        Finding::Promotes(with, role) => format!("變化中兵以 {with} 升變為{}。", name(*role)),
        Finding::Unstoppable(man, moves) => {
            format!("{}攔不住，再走 {moves} 步升變為后。", whose(*man))
        }
        Finding::PassedPawn(man) => {
            format!(
                "{}是通路兵，{}沒有兵能攔住它。",
                whose(*man),
                side(!man.side)
            )
        }
        Finding::Isolated(man) => format!("{}是孤兵，沒有別的兵能保護它。", whose(*man)),
        Finding::Doubled(one, two) => {
            format!(
                "{} {} 和 {} 的兵是疊兵。",
                side(one.side),
                one.square,
                two.square
            )
        }
        Finding::Castles(_) => "王車易位讓王離開中心，並出動車。".to_owned(),
        Finding::OpenKing(king) => format!("{}前面沒有兵保護。", whose(*king)),
        Finding::Develops(man) => format!("把{}出動到 {}。", name(man.role), man.square),
        Finding::Development(ours, theirs) => {
            let turn = speaker.before.turn();
            format!(
                "{}還有 {ours} 個馬和象未出動，{}還有 {theirs} 個。",
                side(turn),
                side(!turn)
            )
        }
        Finding::Centre(man) => format!("{} 的兵佔據中心。", man.square),
        Finding::OpenFile(man) => format!("車佔據開放的 {} 線。", man.square.file().char()),
        Finding::OnlyMove => format!("{san} 是唯一合法的著法。"),
        Finding::Better(other, gap) => better(other, *gap),
        Finding::Refuted(other, loss) => refuted(speaker, other, loss, &line),
        Finding::MeantIsBest(meant) => format!("你想走的 {meant} 就是最佳著法。"),
        Finding::MeantIsGood(meant) => format!("你想走的 {meant} 一樣好。"),
        Finding::Usual(known, cost, engine) => {
            format!("{}；{}。", usual(&san, *known), costs(*cost, engine))
        }
        Finding::UsualIsBest(known) => format!("{}，也是引擎的選擇。", usual(&san, *known)),
        Finding::UsualCosts(other, known, gap) => match gap {
            5_000.. => format!("{}，但在這裡差得很遠。", usual(other, *known)),
            _ => format!(
                "{}，但在這裡差 {} 個兵。",
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
        Kind::Opening => format!("你的棋局在這裡走過 {of} 次，其中 {games} 次走 {san}"),
        Kind::Structure => format!("{san} 走成的兵形，你的 {of} 盤棋中有 {games} 盤出現過"),
    }
}

/// What following one's games gives away.
fn costs(cost: i32, engine: &str) -> String {
    match cost {
        ..=4 => format!("引擎的選擇 {engine} 並不更好"),
        _ => format!("引擎的選擇 {engine} 好 {} 個兵", pawns_fine(cost)),
    }
}

fn takes(taken: Man, recapture: Recapture) -> String {
    let taken = whose(taken);
    match recapture {
        Recapture::None => format!("吃掉{taken}，對方無法吃回。"),
        Recapture::Pays => format!("吃掉{taken}，交換後得利。"),
        Recapture::Even => format!("吃掉{taken}，對方可以吃回同等的子力。"),
        Recapture::Sacrifice => format!("吃掉{taken}，有意棄掉更多的子力。"),
    }
}

fn better(other: &str, gap: i32) -> String {
    match gap {
        5_000.. => format!("其他著法都差得很遠，次佳是 {other}。"),
        25.. => format!("次佳的 {other} 差 {} 個兵。", pawns(gap)),
        _ => format!("{other} 也差不多。"),
    }
}

fn refuted(speaker: &Speaker<'_>, other: &str, loss: &Loss, line: &str) -> String {
    match loss {
        Loss::Mated(moves) => format!("{other} 是錯著：會在 {moves} 步內被將殺，{line}。"),
        Loss::MissesMate => format!("{other} 會錯過將殺。"),
        Loss::Material(balance) => {
            let lost = roles(&balance.lost);
            let gained = match balance.gained.is_empty() {
                true => String::new(),
                false => format!("，只換得{}", roles(&balance.gained)),
            };
            format!("{other} 會丟{lost}{gained}：{line}。")
        }
        Loss::Worse(_) if speaker.level == Level::Beginner => format!("{other} 沒有這麼好。"),
        Loss::Worse(gap) => format!("{other} 差 {} 個兵：{line}。", pawns(*gap)),
    }
}

fn wins(balance: &Balance) -> String {
    let gained = roles(&balance.gained);
    match balance.lost.is_empty() {
        true => format!("得{gained}"),
        false => format!("以{}換得{gained}", roles(&balance.lost)),
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
        let count = match count {
            0 => return None,
            1 => "一",
            2 => "兩",
            _ => "多",
        };
        Some(format!("{count}{}", name(role)))
    });
    named.collect::<Vec<_>>().join("和")
}

fn the(man: Man) -> String {
    format!(" {} 的{}", man.square, name(man.role))
}

fn whose(man: Man) -> String {
    format!("{} {} 的{}", side(man.side), man.square, name(man.role))
}

fn side(side: Color) -> &'static str {
    side.fold_wb("白方", "黑方")
}

fn name(role: Role) -> &'static str {
    match role {
        Role::Pawn => "兵",
        Role::Knight => "馬",
        Role::Bishop => "象",
        Role::Rook => "車",
        Role::Queen => "后",
        Role::King => "王",
    }
}
