//! From the words of a game to its moves.

use shakmaty::{CastlingMode, Chess, FromSetup, Position};

use super::split::GameText;
use super::tokens::{Token, Tokens};
use super::{Game, Ply};
use crate::board::{Situation, passed, san};
use crate::{ChessError, fen, notation};

/// Moves of a game at most; the longest that the rules allow is shorter.
const MOST_PLIES: usize = 12_000;

/// Reads one game of a text: `which` of its games, from 1; `number` is its number in all.
pub fn read(text: &GameText, which: usize, number: usize) -> Result<Game, ChessError> {
    let mut reader = Reader::new(number);
    let mut at = 1;
    let mut depth = 0_u32;
    let mut has_moves = false;
    for (line, token) in Tokens::new(&text.text, text.line) {
        if matches!(token, Token::Tag(..)) && has_moves {
            if at == which {
                return reader.finish(line);
            }
            (at, has_moves, depth) = (at + 1, false, 0);
        }
        has_moves |= matches!(token, Token::Move(_));
        match &token {
            Token::Open => depth += 1,
            Token::Close => depth = depth.saturating_sub(1),
            Token::Result(_) if depth == 0 && at != which => (at, has_moves) = (at + 1, false),
            _ if at != which || depth > 0 => {}
            _ => reader.take(line, token)?,
        }
        if reader.game.result.is_some() {
            break;
        }
    }
    reader.finish(text.line)
}

struct Reader {
    number: usize,
    game: Game,
    now: Option<Chess>,
}

impl Reader {
    fn new(number: usize) -> Self {
        Self {
            number,
            game: Game {
                tags: vec![],
                start: Situation::default(),
                plies: vec![],
                result: None,
            },
            now: None,
        }
    }

    fn wrong(&self, line: usize, detail: impl Into<String>) -> ChessError {
        ChessError::Game {
            game: self.number,
            line,
            detail: detail.into(),
        }
    }

    fn take(&mut self, line: usize, token: Token<'_>) -> Result<(), ChessError> {
        match token {
            Token::Tag(name, value) => self.game.tags.push((name.to_owned(), value)),
            Token::Comment(said) => self.comment(&said),
            Token::Unclosed => return Err(self.wrong(line, "a comment begins here and never ends")),
            Token::Result(result) => self.game.result = Some(result.to_owned()),
            Token::Move(word) => self.play(line, word)?,
            Token::Open | Token::Close => {}
        }
        Ok(())
    }

    fn comment(&mut self, said: &str) {
        if let Some(ply) = self.game.plies.last_mut() {
            if !ply.comment.is_empty() && !said.is_empty() {
                ply.comment.push(' ');
            }
            ply.comment.push_str(said);
        }
    }

    fn play(&mut self, line: usize, word: &str) -> Result<(), ChessError> {
        if self.now.is_none() {
            self.begin(line)?;
        }
        let position = self.now.take().unwrap_or_default();
        if self.game.plies.len() == MOST_PLIES {
            return Err(self.wrong(
                line,
                format!("a game cannot have more than {MOST_PLIES} moves"),
            ));
        }
        let is_null = matches!(word, "--" | "Z0" | "null" | "0000" | "@@@@");
        let action = notation::parse(&position, word);
        let next = match action {
            Some(action) => crate::board::played(&position, action),
            None => match passed(&position).filter(|_| is_null) {
                Some(next) => next,
                None => return Err(self.wrong(line, self.not_a_move(&position, word))),
            },
        };
        self.game.plies.push(Ply {
            action,
            comment: String::new(),
        });
        self.now = Some(next);
        Ok(())
    }

    fn not_a_move(&self, position: &Chess, word: &str) -> String {
        let word: String = word.chars().take(20).collect();
        let before = self.game.plies.last().and_then(|ply| ply.action);
        let positions = self.game.positions();
        let before = before.zip(positions.iter().rev().nth(1)).map_or_else(
            || "at the beginning".to_owned(),
            |(action, earlier)| {
                let number = earlier.chess.fullmoves();
                let dots = earlier.chess.turn().fold_wb(".", "...");
                format!("after {number}{dots} {}", san(&earlier.chess, action))
            },
        );
        let side = position.turn().fold_wb("White", "Black");
        format!("{before}, “{word}” is no legal move for {side}")
    }

    /// The position that the tags say, or that of the game.
    fn begin(&mut self, line: usize) -> Result<(), ChessError> {
        let variant = self.game.tag("Variant").unwrap_or_default().to_lowercase();
        let is_960 = variant.contains("960") || variant.starts_with("fischer");
        let is_chess = [
            "",
            "standard",
            "chess",
            "normal",
            "from position",
            "fromposition",
        ]
        .contains(&variant.as_str());
        if !is_960 && !is_chess {
            let name = self.game.tag("Variant").unwrap_or_default().to_owned();
            return Err(ChessError::Variant(name));
        }
        if let Some(text) = self.game.tag("FEN").filter(|text| !text.trim().is_empty()) {
            let mut start = fen::parse(text)
                .map_err(|error| self.wrong(line, format!("its tag FEN: {error}")))?;
            if is_960 {
                let setup = start.chess.to_setup(shakmaty::EnPassantMode::Always);
                if let Ok(chess) = Chess::from_setup(setup, CastlingMode::Chess960) {
                    let mode = CastlingMode::Chess960;
                    start = Situation { chess, mode };
                }
            }
            self.game.start = start;
        }
        self.now = Some(self.game.start.chess.clone());
        Ok(())
    }

    fn finish(mut self, line: usize) -> Result<Game, ChessError> {
        if self.now.is_none() {
            self.begin(line)?;
        }
        Ok(self.game)
    }
}
