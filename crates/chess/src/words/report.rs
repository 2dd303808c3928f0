//! The report of somebody's mistakes in words: names of themes, and a paragraph of figures.

use assistant::artifact::{ChessHabits, ChessTheme};

use super::Language;
use super::simplified::simplify;
use crate::themes::Theme;

/// What goes wrong, as the heading of a theme.
#[must_use]
pub fn title(theme: Theme, language: Language) -> String {
    let (english, chinese) = match theme {
        Theme::AllowsMate => ("A mate is allowed", "讓對方將殺"),
        Theme::MissesMate => ("A mate is missed", "錯過將殺"),
        Theme::HangsPiece => ("A piece is left to be taken", "丟子"),
        Theme::BadExchange => ("An exchange loses", "交換吃虧"),
        Theme::AllowsFork => ("A fork is allowed", "被捉雙"),
        Theme::AllowsPin => ("A pin or a skewer is allowed", "被牽制或串擊"),
        Theme::AllowsDiscovery => ("A discovered attack is allowed", "被閃擊"),
        Theme::LosesMaterial => ("The line that follows loses material", "後續變化丟子"),
        Theme::MissesCapture => ("Something could be taken and is not", "能吃沒吃"),
        Theme::MissesFork => ("A fork is missed", "錯過捉雙"),
        Theme::MissesPin => ("A pin or a skewer is missed", "錯過牽制或串擊"),
        Theme::MissesDiscovery => ("A discovered attack is missed", "錯過閃擊"),
        Theme::MissesMaterial => ("A line that wins material is missed", "錯過得子的變化"),
        Theme::Promotion => ("A pawn becomes a queen, or could have", "兵的升變"),
        Theme::Drifts => (
            "The position becomes worse, and nothing is taken",
            "沒有丟子，但局面變差",
        ),
    };
    match language {
        Language::English => english.to_owned(),
        Language::Traditional => chinese.to_owned(),
        Language::Simplified => simplify(chinese),
    }
}

/// The report in a few sentences, of its figures alone.
#[must_use]
pub fn summary(habits: &ChessHabits, language: Language) -> String {
    match language {
        Language::English => english(habits),
        Language::Traditional => chinese(habits),
        Language::Simplified => simplify(&chinese(habits)),
    }
}

/// Themes that came more than once, without what is only said to be worse.
fn repeated(habits: &ChessHabits) -> impl Iterator<Item = &ChessTheme> {
    let all = habits.themes.iter();
    all.filter(|theme| theme.count > 1 && theme.kind != Theme::Drifts.kind())
}

fn english(habits: &ChessHabits) -> String {
    let ChessHabits {
        player,
        games,
        looked,
        moves,
        mistakes,
        ..
    } = habits;
    let which = match looked == games {
        true => format!("{} of {player}", counted(*games, "game")),
        false => format!("the newest {looked} of {games} games of {player}"),
    };
    let mut sentences = vec![match mistakes {
        0 => format!("In {which}, none of {moves} moves gave much away."),
        _ => format!("In {which}, {mistakes} of {moves} moves gave much away."),
    }];
    let told: Vec<String> = repeated(habits)
        .take(3)
        .map(|theme| format!("{} ({} times)", lower(&theme.title), theme.count))
        .collect();
    match told.split_first() {
        Some((most, [])) => sentences.push(format!("What comes again: {most}.")),
        Some((most, others)) => {
            sentences.push(format!(
                "What comes again: {most}, then {}.",
                others.join(", ")
            ));
        }
        None if *mistakes > 0 => sentences.push("No mistake came twice.".to_owned()),
        None => {}
    }
    sentences.extend(
        where_most(habits, ["the opening", "the middlegame", "the endgame"])
            .map(|(phase, count)| format!("Most of them ({count}) happened in {phase}.")),
    );
    sentences.join(" ")
}

fn chinese(habits: &ChessHabits) -> String {
    let ChessHabits {
        player,
        games,
        looked,
        moves,
        mistakes,
        ..
    } = habits;
    let which = match looked == games {
        true => format!("{player} 的 {games} 盤棋"),
        false => format!("{player} 的 {games} 盤棋中最近的 {looked} 盤"),
    };
    let mut text = match mistakes {
        0 => format!("{which}，{moves} 步中沒有大錯。"),
        _ => format!("{which}，{moves} 步中有 {mistakes} 步大錯。"),
    };
    let told: Vec<String> = repeated(habits)
        .take(3)
        .map(|theme| format!("{}（{} 次）", theme.title, theme.count))
        .collect();
    match told.is_empty() {
        false => text.push_str(&format!("一再出現的是：{}。", told.join("、"))),
        true if *mistakes > 0 => text.push_str("沒有重複的錯誤。"),
        true => {}
    }
    if let Some((phase, count)) = where_most(habits, ["開局", "中局", "殘局"]) {
        text.push_str(&format!("其中 {count} 次在{phase}。"));
    }
    text
}

/// The part of the game with more than half of the mistakes.
fn where_most(habits: &ChessHabits, names: [&'static str; 3]) -> Option<(&'static str, u32)> {
    let in_phase = |index: usize| -> u32 {
        let counts = habits
            .themes
            .iter()
            .filter_map(|theme| theme.phases.get(index));
        counts.sum()
    };
    names
        .into_iter()
        .enumerate()
        .map(|(index, name)| (name, in_phase(index)))
        .find(|(_, count)| *count > 1 && *count * 2 > habits.mistakes)
}

fn counted(count: u32, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}

fn lower(title: &str) -> String {
    let mut letters = title.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn theme(theme: Theme, count: u32, phases: [u32; 3], language: Language) -> ChessTheme {
        ChessTheme {
            kind: theme.kind().to_owned(),
            title: title(theme, language),
            count,
            games: count,
            phases,
            examples: vec![],
        }
    }

    fn habits(language: Language) -> ChessHabits {
        ChessHabits {
            player: "Ann".to_owned(),
            games: 9,
            looked: 7,
            unread: 0,
            moves: 210,
            mistakes: 6,
            accuracy: Some(81),
            themes: vec![
                theme(Theme::HangsPiece, 3, [0, 3, 0], language),
                theme(Theme::MissesFork, 2, [0, 1, 1], language),
                theme(Theme::AllowsMate, 1, [1, 0, 0], language),
            ],
        }
    }

    #[track_caller]
    fn check(language: Language, expected: &str) {
        assert_eq!(summary(&habits(language), language), expected);
    }

    #[test]
    fn figures_become_sentences() {
        check(
            Language::English,
            "In the newest 7 of 9 games of Ann, 6 of 210 moves gave much away. What comes again: a \
             piece is left to be taken (3 times), then a fork is missed (2 times). Most of them (4) \
             happened in the middlegame.",
        );
        check(
            Language::Traditional,
            "Ann 的 9 盤棋中最近的 7 盤，210 步中有 6 步大錯。一再出現的是：丟子（3 次）、錯過捉雙（2 次）。其中 4 次在中局。",
        );
        check(
            Language::Simplified,
            "Ann 的 9 盘棋中最近的 7 盘，210 步中有 6 步大错。一再出现的是：丢子（3 次）、错过捉双（2 次）。其中 4 次在中局。",
        );
        let none = ChessHabits {
            games: 1,
            looked: 1,
            moves: 30,
            player: "Bo".to_owned(),
            ..ChessHabits::default()
        };
        assert_eq!(
            summary(&none, Language::English),
            "In 1 game of Bo, none of 30 moves gave much away."
        );
    }
}
