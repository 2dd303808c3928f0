//! A move as people write it: SAN, long algebraic, as engines do, castling with zeros, promotion
//! with and without its sign.

use shakmaty::san::SanPlus;
use shakmaty::uci::UciMove;
use shakmaty::{Chess, Move};

/// The legal move that a text means; nothing when it means none, or several.
#[must_use]
pub fn parse(position: &Chess, text: &str) -> Option<Move> {
    let text = text.trim().trim_end_matches(['!', '?']);
    from_san(position, text)
        .or_else(|| from_uci(position, text))
        .or_else(|| from_san(position, &plain(text)))
}

fn from_san(position: &Chess, text: &str) -> Option<Move> {
    let san = SanPlus::from_ascii(text.as_bytes()).ok()?.san;
    san.to_move(position).ok()
}

fn from_uci(position: &Chess, text: &str) -> Option<Move> {
    let text = text.trim_end_matches(['+', '#']).replace(['-', '='], "");
    if !(4..=5).contains(&text.len()) {
        return None;
    }
    let uci = UciMove::from_ascii(text.to_ascii_lowercase().as_bytes()).ok()?;
    uci.to_move(position).ok()
}

/// The same in the one way that SAN allows.
fn plain(text: &str) -> String {
    let bare = text.trim_end_matches(['+', '#']);
    if bare.starts_with(['0', 'o', 'O']) {
        return bare.replace(['0', 'o'], "O");
    }
    let mut plain: String = bare
        .chars()
        .filter(|letter| !matches!(letter, '-' | '(' | ')' | ':'))
        .collect();
    let promotes = plain.ends_with(['Q', 'R', 'B', 'N', 'q', 'r', 'n']) && plain.len() > 2;
    if promotes && !plain.contains('=') && plain.is_ascii() {
        let role = plain.split_off(plain.len() - 1).to_ascii_uppercase();
        plain = format!("{plain}={role}");
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board;
    use crate::fen;

    #[track_caller]
    fn check(fen: &str, text: &str, expected: Option<&str>) {
        let position = fen::parse(fen).unwrap().chess;
        let found = parse(&position, text).map(|action| board::san(&position, action));
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn moves_in_every_hand() {
        let castle = "r3k2r/8/8/8/8/8/8/R3K2R w KQkq - 0 1";
        for text in ["O-O", "0-0", "o-o", "e1g1", "O-O!"] {
            check(castle, text, Some("O-O"));
        }
        check(castle, "0-0-0", Some("O-O-O"));
        let promote = "7k/3P4/7K/8/8/8/8/8 w - - 6 55";
        for text in ["d8=R", "d8R", "d8=R+", "d7d8R", "d7d8r", "d7-d8=R"] {
            check(promote, text, Some("d8=R#"));
        }
        let start = "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1";
        for text in ["Nf3", "g1f3", "Ng1f3", "Ng1-f3", " Nf3?! "] {
            check(start, text, Some("Nf3"));
        }
        for text in ["", "Sf3", "Nf6", "e5", "O-O", "--", "e2e4e5", "é4", "馬f3"] {
            check(start, text, None);
        }
    }
}
