//! Where lines of words may be broken: at spaces, and between Chinese characters but for signs that must
//! not begin a line. A word that is wider than the paper is broken where it has to be.

use super::Font;

/// A text in lines of at most that width, in points.
pub(crate) fn broken(font: &Font, text: &str, width: f32, size: f32) -> Vec<String> {
    let measure = |text: &str| font.width(text) * size;
    text.lines()
        .flat_map(|line| fitted(&line.replace('\t', "    "), width, &measure))
        .collect()
}

fn fitted(line: &str, width: f32, measure: &dyn Fn(&str) -> f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut filled = 0.0;
    for atom in atoms(line) {
        let mut room = measure(atom);
        // A space at the end of a line may stand beyond it.
        let needed = measure(atom.trim_end());
        if filled + needed > width && filled > 0.0 {
            lines.push(String::new());
            filled = 0.0;
        }
        if needed > width {
            for letter in atom.chars() {
                let one = measure(letter.encode_utf8(&mut [0; 4]));
                if filled + one > width && filled > 0.0 {
                    lines.push(String::new());
                    filled = 0.0;
                }
                push(&mut lines, letter.encode_utf8(&mut [0; 4]));
                filled += one;
            }
            room = 0.0;
        } else {
            push(&mut lines, atom);
        }
        filled += room;
    }
    lines
}

fn push(lines: &mut [String], text: &str) {
    if let Some(last) = lines.last_mut() {
        last.push_str(text);
    }
}

/// The pieces between which a line may be broken.
fn atoms(line: &str) -> Vec<&str> {
    let mut atoms = Vec::new();
    let mut begin = 0;
    let mut before: Option<char> = None;
    for (place, letter) in line.char_indices() {
        let may_break = before.is_some_and(|before| {
            let after_space = before == ' ' && letter != ' ';
            let between = is_wide(before) || is_wide(letter);
            let is_bound = CLOSING.contains(letter) || OPENING.contains(before) || letter == ' ';
            after_space || (between && !is_bound)
        });
        if may_break {
            atoms.push(&line[begin..place]);
            begin = place;
        }
        before = Some(letter);
    }
    if begin < line.len() {
        atoms.push(&line[begin..]);
    }
    atoms
}

const CLOSING: &str = "，。、；：！？）」』】》〉…—,.;:!?)]}%";
const OPENING: &str = "（「『【《〈([{";

/// Chinese, Japanese, Korean and what stands as wide as they do.
fn is_wide(letter: char) -> bool {
    matches!(u32::from(letter), 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE4F
        | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x1F300..=0x1F9FF | 0x20000..=0x3FFFD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, width: f32, expected: &[&str]) {
        // Each letter is as wide as a terminal would have it.
        let measure = |text: &str| {
            text.chars()
                .map(|one| if is_wide(one) { 2.0 } else { 1.0 })
                .sum::<f32>()
        };
        let lines = fitted(line, width, &measure);
        let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn lines_are_broken_at_spaces_and_between_characters() {
        check("the quick brown fox", 10.0, &["the quick", "brown fox"]);
        check("哪個客戶花費最多", 8.0, &["哪個客戶", "花費最多"]);
        check("哪個客戶，花費", 8.0, &["哪個客", "戶，花費"]);
        check("a「客戶」b", 5.0, &["a「客", "戶」b"]);
        check("abcdefgh", 3.0, &["abc", "def", "gh"]);
        check("", 3.0, &[""]);
        check("    indented", 20.0, &["    indented"]);
    }
}
