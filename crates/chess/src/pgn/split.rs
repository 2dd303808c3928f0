//! Cutting a stream of lines into the texts of single games.

use std::io::BufRead;
use std::path::PathBuf;

use crate::ChessError;

/// Bytes of one game at most; a game with a novel for a comment has some ten thousand.
const MOST: usize = 4 << 20;

/// The text of one game, or of several without tags.
pub struct GameText {
    /// The text.
    pub text: String,
    /// The line that it begins at, from 1.
    pub line: usize,
}

/// The texts of games, one after the other.
pub struct Texts {
    lines: Box<dyn BufRead + Send>,
    /// A line that belongs to the next game.
    pending: Option<String>,
    /// The number of the last line that was read.
    line: usize,
    read: u64,
}

impl Texts {
    pub fn new(lines: Box<dyn BufRead + Send>) -> Self {
        Self {
            lines,
            pending: None,
            line: 0,
            read: 0,
        }
    }

    /// Bytes that were read so far.
    pub fn read(&self) -> u64 {
        self.read
    }

    /// The next text; nothing at the end. `game` is its number, for errors.
    pub fn next(&mut self, game: usize) -> Result<Option<GameText>, ChessError> {
        let mut found = GameText {
            text: String::new(),
            line: 0,
        };
        let mut state = State::default();
        while let Some(line) = self.line()? {
            if state.begins_another(&line) {
                self.pending = Some(line);
                break;
            }
            state.see(&line);
            if found.text.is_empty() {
                found.line = self.line;
            }
            if !found.text.is_empty() || !line.trim().is_empty() {
                found.text.push_str(&line);
            }
            if found.text.len() > MOST {
                return Err(ChessError::Game {
                    game,
                    line: found.line,
                    detail: "this goes on for megabytes without being a game".to_owned(),
                });
            }
        }
        Ok((!found.text.trim().is_empty()).then_some(found))
    }

    fn line(&mut self) -> Result<Option<String>, ChessError> {
        if let Some(line) = self.pending.take() {
            return Ok(Some(line));
        }
        let mut bytes = Vec::new();
        let limited = &mut std::io::Read::take(&mut self.lines, MOST as u64);
        let count = limited
            .read_until(b'\n', &mut bytes)
            .map_err(|error| ChessError::File {
                path: PathBuf::from("PGN"),
                detail: error.to_string(),
            })?;
        self.read += count as u64;
        self.line += 1;
        // Old collections are in Latin-1; their names only matter to the eye.
        let text = String::from_utf8(bytes)
            .unwrap_or_else(|error| error.into_bytes().into_iter().map(char::from).collect());
        Ok((count > 0).then(|| text.trim_start_matches('\u{feff}').to_owned()))
    }
}

/// What was seen of a game.
#[derive(Default)]
struct State {
    has_moves: bool,
    in_comment: bool,
}

impl State {
    /// Whether a line is the first tag of another game. A comment that nobody closed ends there too.
    fn begins_another(&self, line: &str) -> bool {
        let is_tag = line
            .strip_prefix('[')
            .is_some_and(|rest| rest.starts_with(|letter: char| letter.is_ascii_alphabetic()));
        is_tag && self.has_moves && (!self.in_comment || line.starts_with("[Event "))
    }

    fn see(&mut self, line: &str) {
        let is_tag = !self.in_comment && line.starts_with('[') && line.trim_end().ends_with(']');
        let is_aside = line.starts_with('%') || line.trim_start().starts_with(';');
        if is_tag || (!self.in_comment && is_aside) {
            return;
        }
        self.has_moves |= !line.trim().is_empty();
        for letter in line.chars() {
            match letter {
                '{' => self.in_comment = true,
                '}' => self.in_comment = false,
                ';' if !self.in_comment => return,
                _ => {}
            }
        }
    }
}
