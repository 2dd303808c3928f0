//! The words of a game's text.

/// Bytes of a comment that are kept.
const COMMENT: usize = 2000;

/// One word of a game.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token<'a> {
    /// `[White "Deep Blue"]`.
    Tag(&'a str, String),
    /// What somebody said.
    Comment(String),
    /// A comment that is not closed.
    Unclosed,
    /// `(`.
    Open,
    /// `)`.
    Close,
    /// What somebody thinks of a move, in the standard's numbers.
    Mark(u8),
    /// How the game ended.
    Result(&'static str),
    /// What should be a move.
    Move(&'a str),
}

/// The words of a text, with the line each is on.
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl<'a> Tokens<'a> {
    /// `line` is the number of the text's first line.
    pub fn new(text: &'a str, line: usize) -> Self {
        Self { text, at: 0, line }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self, bytes: usize) -> &'a str {
        let (skipped, _) = self.rest().split_at(bytes);
        self.line += skipped.matches('\n').count();
        self.at += bytes;
        skipped
    }

    fn skip_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        self.skip(rest.find(|letter| !wanted(letter)).unwrap_or(rest.len()))
    }

    fn skip_line(&mut self) -> &'a str {
        self.skip_while(|letter| letter != '\n')
    }

    fn is_at_line_start(&self) -> bool {
        self.at == 0 || self.text.as_bytes().get(self.at - 1) == Some(&b'\n')
    }

    fn tag(&mut self) -> Option<Token<'a>> {
        self.skip(1);
        let name = self.skip_while(|letter| letter.is_ascii_alphanumeric() || letter == '_');
        self.skip_while(|letter| letter == ' ' || letter == '\t');
        let value = match self.rest().starts_with('"') {
            true => self.quoted(),
            false => String::new(),
        };
        self.skip_while(|letter| letter != ']' && letter != '\n');
        if self.rest().starts_with(']') {
            self.skip(1);
        }
        (!name.is_empty()).then_some(Token::Tag(name, value))
    }

    fn quoted(&mut self) -> String {
        self.skip(1);
        let mut value = String::new();
        let mut letters = self.rest().char_indices();
        let mut end = self.rest().len();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '"' => {
                    end = at + 1;
                    break;
                }
                '\n' => {
                    end = at;
                    break;
                }
                '\\' => value.extend(letters.next().map(|(_, escaped)| escaped)),
                other => value.push(other),
            }
        }
        self.skip(end);
        value
    }

    /// A comment in braces. Braces within it belong to it where they are balanced; a lone one is
    /// only a sign in its text, as the standard has it.
    fn comment(&mut self) -> Token<'a> {
        let rest = self.rest();
        let Some(length) = balanced(rest).or_else(|| rest.find('}').map(|at| at + 1)) else {
            self.skip(rest.len());
            return Token::Unclosed;
        };
        let text = self.skip(length).trim_matches(['{', '}']);
        Token::Comment(said(text))
    }

    fn word(&mut self) -> Option<Token<'a>> {
        let word =
            self.skip_while(|letter| !letter.is_whitespace() && !"{}();[]$".contains(letter));
        if word.is_empty() {
            // A stray bracket; nothing depends on it.
            let width = self.rest().chars().next().map_or(0, char::len_utf8);
            self.skip(width);
            return None;
        }
        if let Some(result) = result(word) {
            return Some(Token::Result(result));
        }
        let unnumbered = word.trim_start_matches(|letter: char| letter.is_ascii_digit());
        let action = match unnumbered.strip_prefix('.') {
            Some(after) => after.trim_start_matches(['.', '…']),
            None if unnumbered.is_empty() => return None,
            None => word,
        };
        if let Some(result) = result(action) {
            return Some(Token::Result(result));
        }
        if let Some(mark) = mark(action) {
            return Some(Token::Mark(mark));
        }
        (!is_ornament(action)).then_some(Token::Move(action))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = (usize, Token<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.skip_while(char::is_whitespace);
            let line = self.line;
            let token = match self.rest().chars().next()? {
                '%' if self.is_at_line_start() => {
                    self.skip_line();
                    None
                }
                '[' => self.tag(),
                '{' => Some(self.comment()),
                ';' => {
                    self.skip(1);
                    Some(Token::Comment(said(self.skip_line())))
                }
                '(' => {
                    self.skip(1);
                    Some(Token::Open)
                }
                ')' => {
                    self.skip(1);
                    Some(Token::Close)
                }
                '$' => {
                    self.skip(1);
                    let number = self.skip_while(|letter| letter.is_ascii_digit());
                    number.parse().ok().map(Token::Mark)
                }
                _ => self.word(),
            };
            if let Some(token) = token {
                return Some((line, token));
            }
        }
    }
}

/// How many games a text holds: a game ends with its result, or with the text.
pub fn count(text: &str) -> usize {
    let (mut games, mut is_open, mut depth, mut has_moves) = (0, false, 0_u32, false);
    for (_, token) in Tokens::new(text, 1) {
        match token {
            Token::Result(_) if depth == 0 => {
                games += 1;
                (is_open, has_moves) = (false, false);
            }
            // Tags after moves begin another game.
            Token::Tag(..) if has_moves => {
                games += 1;
                (is_open, has_moves, depth) = (true, false, 0);
            }
            Token::Tag(..) => is_open = true,
            Token::Move(_) => (is_open, has_moves) = (true, true),
            Token::Open => depth += 1,
            Token::Close => depth = depth.saturating_sub(1),
            Token::Result(_) | Token::Comment(_) | Token::Mark(_) | Token::Unclosed => {}
        }
    }
    games + usize::from(is_open)
}

/// The length of a comment with the comments within it; nothing where they are not balanced before
/// the paragraph ends.
fn balanced(text: &str) -> Option<usize> {
    let mut depth = 0_u32;
    let mut last = ' ';
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            '\n' if last == '\n' => return None,
            _ => {}
        }
        if letter != '\r' {
            last = letter;
        }
    }
    None
}

/// A comment without what programs put into it, such as `[%clk 0:09:58]`, on one line.
fn said(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[%") {
        plain.push_str(before);
        rest = after.split_once(']').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    let words: Vec<&str> = plain.split_whitespace().collect();
    let mut words = words.join(" ");
    words.truncate(words.floor_char_boundary(COMMENT));
    words
}

fn result(word: &str) -> Option<&'static str> {
    Some(match word.replace(['–', '—'], "-").as_str() {
        "1-0" => "1-0",
        "0-1" => "0-1",
        "1/2-1/2" | "1/2" | "½-½" => "1/2-1/2",
        "*" => "*",
        _ => return None,
    })
}

/// The number of a sign that says what somebody thinks of a move or a position.
pub fn mark(sign: &str) -> Option<u8> {
    SIGNS
        .iter()
        .find_map(|(number, known)| (*known == sign).then_some(*number))
}

/// Signs that have a number; those that stand at a move come first.
const SIGNS: [(u8, &str); 15] = [
    (1, "!"),
    (2, "?"),
    (3, "!!"),
    (4, "??"),
    (5, "!?"),
    (6, "?!"),
    (10, "="),
    (13, "∞"),
    (14, "+="),
    (15, "=+"),
    (16, "±"),
    (17, "∓"),
    (18, "+-"),
    (19, "-+"),
    (146, "N"),
];

/// Other signs that are no moves, and `e.p.`.
fn is_ornament(word: &str) -> bool {
    let is_null = word == "--";
    let has_letter = word.chars().any(char::is_alphanumeric);
    !is_null && (!has_letter || matches!(word, "e.p." | "ep" | "N" | "D"))
}
