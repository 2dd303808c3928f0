//! Reading sentences about chess: where they end, and the moves, men and numbers that they name.

use shakmaty::san::San;
use shakmaty::{Color, Role, Square};

/// Sentences with their full stops; a point within a figure or after the number of a move ends none.
pub fn sentences(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut all = vec![String::new()];
    for (index, letter) in letters.iter().enumerate() {
        if let Some(last) = all.last_mut() {
            last.push(*letter);
        }
        let is_spaced = letters
            .get(index + 1)
            .is_none_or(|next| next.is_whitespace());
        let after_digit = index > 0 && letters.get(index - 1).is_some_and(char::is_ascii_digit);
        let is_number = after_digit && all.last().is_some_and(|now| now.trim().len() <= 3);
        let ends = matches!(letter, '。' | '！' | '？')
            || (matches!(letter, '.' | '!' | '?') && is_spaced && !is_number);
        if ends {
            all.push(String::new());
        }
    }
    all.into_iter()
        .map(|one| one.trim().to_owned())
        .filter(|one| one.chars().any(char::is_alphanumeric))
        .collect()
}

const ROLES: [(Role, &[&str]); 6] = [
    (Role::King, &["king", "王"]),
    (Role::Queen, &["queen", "后"]),
    (Role::Rook, &["rook", "車", "车"]),
    (Role::Bishop, &["bishop", "象"]),
    (Role::Knight, &["knight", "馬", "马"]),
    (Role::Pawn, &["pawn", "兵"]),
];

pub fn bare(word: &str) -> String {
    word.trim_end_matches(['+', '#']).to_owned()
}

/// Words of Latin letters and figures, without what stands about them.
pub fn words_of(text: &str) -> Vec<String> {
    text.split(|letter: char| !(letter.is_ascii_alphanumeric() || "+#=-.".contains(letter)))
        .map(|word| word.trim_matches(['.', '-', '+', '#']).to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

fn is_move(word: &str) -> bool {
    word.len() > 2 && San::from_ascii(word.as_bytes()).is_ok()
}

/// Moves that stand one behind the other with nothing but blanks between them.
pub fn runs_of(text: &str) -> Vec<Vec<String>> {
    let mut runs: Vec<Vec<String>> = vec![vec![]];
    for piece in text.split(' ') {
        // What is glued to Chinese letters begins or ends with them.
        let is_latin = |letter: char| letter.is_ascii_alphanumeric() || "+#=-".contains(letter);
        let begins = piece.find(is_latin).unwrap_or(piece.len());
        let rest = piece.get(begins..).unwrap_or_default();
        let length = rest.find(|letter| !is_latin(letter)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(length);
        let word = bare(word);
        if begins > 0 {
            runs.push(vec![]);
        }
        // A lone square may be a move of a pawn only within a line.
        let is_pawn = word.len() == 2 && word.parse::<Square>().is_ok();
        let is_within = runs.last().is_some_and(|run| !run.is_empty());
        if is_move(&word) || (is_pawn && is_within) {
            if let Some(run) = runs.last_mut() {
                run.push(word);
            }
        } else {
            runs.push(vec![]);
        }
        if !after.is_empty() {
            runs.push(vec![]);
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// Men that are said to stand somewhere: whose, where it is said, what, and where.
pub fn men_of(text: &str) -> Vec<(Option<Color>, Role, Square)> {
    let lower = text.to_lowercase();
    let mut all = Vec::new();
    for (role, names) in ROLES {
        for name in names {
            for (at, _) in lower.match_indices(name) {
                let (before, after) = (&lower[..at], &lower[at + name.len()..]);
                let english = after.strip_prefix(" on ").and_then(|rest| rest.get(..2));
                let chinese = before.strip_suffix('的').map(str::trim_end);
                let square = english
                    .or_else(|| chinese.and_then(|rest| rest.get(rest.len().checked_sub(2)?..)));
                let Some(square) = square.and_then(|square| square.parse().ok()) else {
                    continue;
                };
                let whose = match english {
                    Some(_) => before.trim_end().strip_suffix("'s"),
                    None => chinese
                        .and_then(|rest| rest.get(..rest.len().checked_sub(2)?))
                        .map(str::trim_end),
                };
                let side = whose.and_then(|before| {
                    [
                        ("white", Color::White),
                        ("black", Color::Black),
                        ("白方", Color::White),
                        ("黑方", Color::Black),
                    ]
                    .into_iter()
                    .find_map(|(word, side)| before.ends_with(word).then_some(side))
                });
                all.push((side, role, square));
            }
        }
    }
    all
}

/// The side that is named first.
pub fn side_in(lower: &str) -> Option<Color> {
    let white = lower.find("white").or_else(|| lower.find('白'));
    let black = lower.find("black").or_else(|| lower.find('黑'));
    match (white, black) {
        (Some(white), Some(black)) if black < white => Some(Color::Black),
        (Some(_), _) => Some(Color::White),
        (None, Some(_)) => Some(Color::Black),
        (None, None) => None,
    }
}

/// The number of moves to a mate that a text names.
pub fn mate_in(text: &str) -> Option<i64> {
    let lower = text.to_lowercase();
    let english = ["mate in ", "mates in ", "mated in ", "checkmate in "]
        .iter()
        .find_map(|words| lower.split_once(words))
        .map(|(_, after)| after);
    let chinese = ["步將殺", "步将杀", "步內被將殺", "步内被将杀"]
        .iter()
        .find_map(|words| text.split_once(words))
        .map(|(before, _)| before.trim_end());
    if let Some(after) = english {
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        return digits.parse().ok();
    }
    let digits: String = chinese?
        .chars()
        .rev()
        .take_while(char::is_ascii_digit)
        .collect();
    digits.chars().rev().collect::<String>().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_they_end() {
        assert_eq!(sentences("It is +5.2 now. 1. e4 e5!").len(), 2);
        assert_eq!(sentences("好。馬！").len(), 2);
        assert_eq!(
            runs_of("Nc7+ wins: Nc7+ Kd7 Nxa8."),
            [vec!["Nc7"], vec!["Nc7", "Kd7", "Nxa8"]]
        );
        assert_eq!(
            runs_of("得一車：Nc7+ Kd7 Nxa8。"),
            [vec!["Nc7", "Kd7", "Nxa8"]]
        );
        assert_eq!(mate_in("會在 2 步內被將殺"), Some(2));
        assert_eq!(mate_in("It mates in 3: Qh5"), Some(3));
    }
}
