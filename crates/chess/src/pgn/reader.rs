//! From the words of a game to its moves, with the variations and what is said of them.

use shakmaty::{CastlingMode, Chess, FromSetup, Move, Position};

use super::split::GameText;
use super::tokens::{self, Token, Tokens};
use super::{Game, Ply};
use crate::board::{Situation, passed, san};
use crate::{ChessError, fen, notation};

/// Moves of a game at most; the longest that the rules allow is shorter.
const MOST_PLIES: usize = 12_000;

/// Moves of all variations that are kept at most.
const MOST_ASIDE: usize = 20_000;

/// How deep variations may lie in each other; deeper ones are left out, and that is said.
const DEEPEST: usize = 12;

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
        let is_ours = at == which;
        match &token {
            Token::Open => depth += 1,
            Token::Close => depth = depth.saturating_sub(1),
            Token::Result(_) if depth == 0 && !is_ours => (at, has_moves) = (at + 1, false),
            _ => {}
        }
        if is_ours {
            reader.take(line, token, depth)?;
        }
        if reader.game.result.is_some() {
            break;
        }
    }
    reader.finish(text.line)
}

/// A line of moves that is being read: the game itself, or a variation.
#[derive(Default)]
struct Strand {
    plies: Vec<Ply>,
    /// Where its last move was made, which is where a variation on that begins.
    before: Chess,
    now: Chess,
    /// What is said before its first move.
    said: String,
    /// Nothing more of it is kept.
    is_closed: bool,
}

impl Strand {
    fn from(start: &Chess) -> Self {
        Self {
            before: start.clone(),
            now: start.clone(),
            ..Self::default()
        }
    }

    fn comment(&mut self, said: &str) {
        let comment = match self.plies.last_mut() {
            Some(ply) => &mut ply.comment,
            None => &mut self.said,
        };
        if !comment.is_empty() && !said.is_empty() {
            comment.push(' ');
        }
        comment.push_str(said);
    }

    /// A move that people wrote, where it is one; `--` passes.
    fn understand(&self, word: &str) -> Option<(Option<Move>, Chess)> {
        if let Some(action) = notation::parse(&self.now, word) {
            return Some((Some(action), crate::board::played(&self.now, action)));
        }
        let is_null = matches!(word, "--" | "Z0" | "null" | "0000" | "@@@@");
        passed(&self.now)
            .filter(|_| is_null)
            .map(|next| (None, next))
    }

    fn push(&mut self, word: &str, (action, next): (Option<Move>, Chess)) {
        let sign = word.trim_start_matches(|letter| !matches!(letter, '!' | '?'));
        self.plies.push(Ply {
            action,
            before: std::mem::take(&mut self.said),
            marks: tokens::mark(sign).into_iter().collect(),
            ..Ply::default()
        });
        self.before = std::mem::replace(&mut self.now, next);
    }
}

struct Reader {
    number: usize,
    game: Game,
    /// The game's own moves, and within them the variations that are open. Nothing before the first
    /// move, because the tags may name another position.
    strands: Vec<Strand>,
    /// What is said before the first move.
    said: String,
    /// How many moves variations have.
    aside: usize,
}

impl Reader {
    fn new(number: usize) -> Self {
        Self {
            number,
            game: Game::default(),
            strands: vec![],
            said: String::new(),
            aside: 0,
        }
    }

    fn wrong(&self, line: usize, detail: impl Into<String>) -> ChessError {
        ChessError::Game {
            game: self.number,
            line,
            detail: detail.into(),
        }
    }

    fn take(&mut self, line: usize, token: Token<'_>, depth: u32) -> Result<(), ChessError> {
        match token {
            Token::Tag(name, value) => self.game.tags.push((name.to_owned(), value)),
            Token::Comment(said) => match self.strands.last_mut() {
                Some(strand) if strand.is_closed => {}
                Some(strand) => strand.comment(&said),
                None if self.said.is_empty() => self.said = said,
                None => self.said = format!("{} {said}", self.said),
            },
            Token::Unclosed => return Err(self.wrong(line, "a comment begins here and never ends")),
            Token::Mark(mark) => {
                let last = self.strands.last_mut().filter(|strand| !strand.is_closed);
                if let Some(ply) = last.and_then(|strand| strand.plies.last_mut()) {
                    ply.marks.push(mark);
                }
            }
            Token::Result(result) if depth == 0 => self.game.result = Some(result.to_owned()),
            Token::Result(_) => {}
            Token::Move(word) if self.strands.len() > 1 => self.play_aside(line, word),
            Token::Move(word) => self.play(line, word)?,
            Token::Open => self.open(line),
            Token::Close => self.close(),
        }
        Ok(())
    }

    /// A variation begins in place of the last move.
    fn open(&mut self, line: usize) {
        let is_too_deep = self.strands.len() > DEEPEST;
        let Some(parent) = self.strands.last() else {
            return;
        };
        let mut strand = Strand::from(&parent.before);
        // Nothing can stand in place of no move.
        strand.is_closed = parent.is_closed || parent.plies.is_empty() || is_too_deep;
        if is_too_deep && !parent.is_closed {
            self.flaw(line, "variations lie too deep in each other".to_owned());
        }
        self.strands.push(strand);
    }

    fn close(&mut self) {
        if self.strands.len() < 2 {
            return;
        }
        let closed = self.strands.pop().unwrap_or_default();
        let parent = self.strands.last_mut();
        if let Some(ply) = parent.and_then(|parent| parent.plies.last_mut())
            && !closed.plies.is_empty()
        {
            ply.variations.push(closed.plies);
        }
    }

    /// What is left out of a variation; the game itself is not touched by it.
    fn flaw(&mut self, line: usize, detail: String) {
        self.game.flaws.push(format!("line {line}: {detail}"));
    }

    fn play_aside(&mut self, line: usize, word: &str) {
        let is_full = self.aside >= MOST_ASIDE;
        let Some(strand) = self.strands.last_mut().filter(|strand| !strand.is_closed) else {
            return;
        };
        match strand.understand(word).filter(|_| !is_full) {
            Some(step) => {
                strand.push(word, step);
                self.aside += 1;
            }
            None => {
                strand.is_closed = true;
                let word: String = word.chars().take(20).collect();
                let detail = match is_full {
                    true => format!("the variations have more than {MOST_ASIDE} moves"),
                    false => format!("“{word}” is no legal move in this variation"),
                };
                self.flaw(line, detail);
            }
        }
    }

    fn play(&mut self, line: usize, word: &str) -> Result<(), ChessError> {
        if self.strands.is_empty() {
            self.begin(line)?;
        }
        let Some(strand) = self.strands.first_mut() else {
            return Err(ChessError::Internal("a game has no line of moves"));
        };
        if strand.plies.len() == MOST_PLIES {
            let detail = format!("a game cannot have more than {MOST_PLIES} moves");
            return Err(self.wrong(line, detail));
        }
        match strand.understand(word) {
            Some(step) => strand.push(word, step),
            None => {
                let detail = not_a_move(strand, word);
                return Err(self.wrong(line, detail));
            }
        }
        Ok(())
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
        let mut strand = Strand::from(&self.game.start.chess);
        strand.said = std::mem::take(&mut self.said);
        self.strands.push(strand);
        Ok(())
    }

    fn finish(mut self, line: usize) -> Result<Game, ChessError> {
        if self.strands.is_empty() {
            self.begin(line)?;
        }
        // Variations that nobody closed end with the game.
        while self.strands.len() > 1 {
            self.close();
        }
        self.game.plies = self.strands.pop().unwrap_or_default().plies;
        Ok(self.game)
    }
}

fn not_a_move(strand: &Strand, word: &str) -> String {
    let word: String = word.chars().take(20).collect();
    let last = strand.plies.last().and_then(|ply| ply.action);
    let before = last.map_or_else(
        || "at the beginning".to_owned(),
        |action| {
            let number = strand.before.fullmoves();
            let dots = strand.before.turn().fold_wb(".", "...");
            format!("after {number}{dots} {}", san(&strand.before, action))
        },
    );
    let side = strand.now.turn().fold_wb("White", "Black");
    format!("{before}, “{word}” is no legal move for {side}")
}
