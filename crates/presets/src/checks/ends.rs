//! Every answer: there is one, and it ends. A small model now and then writes the same line until
//! its tokens are used up.

use super::{Found, Looked};

const NAME: &str = "ends";

/// How often the same may stand at the end of an answer, one behind the other.
const MOST_REPEATS: usize = 5;

/// Longest piece that is looked for at the end.
const LONGEST_PIECE: usize = 200;

pub(super) fn look(at: &Looked<'_>) -> Found {
    if at.text.trim().is_empty() {
        return Found::failed(
            NAME,
            "there is no answer",
            "Write the answer; do not leave it empty.",
        );
    }
    match repeated(at.text.trim_end()) {
        Some(piece) => {
            let shown: String = piece.trim().chars().take(40).collect();
            Found::failed(
                NAME,
                format!("it says {shown:?} over and over"),
                "Do not repeat yourself; end when everything is said.",
            )
        }
        None => Found::passed(NAME, "it comes to an end"),
    }
}

/// A piece with letters in it that stands at the end more often than anybody would write it.
fn repeated(text: &str) -> Option<String> {
    let letters: Vec<char> = text.chars().collect();
    let longest = LONGEST_PIECE.min(letters.len() / (MOST_REPEATS + 1));
    (4..=longest).find_map(|length| {
        let tail = &letters[letters.len() - length..];
        let has_letters = tail.iter().any(|letter| letter.is_alphabetic());
        let mut pieces = letters.rchunks_exact(length).take(MOST_REPEATS + 1);
        let is_repeated = has_letters && pieces.all(|piece| piece == tail);
        is_repeated.then(|| tail.iter().collect())
    })
}
