//! From advice to PGN: the game with its variations and comments, and what was found out about it
//! as more of both. What is written here is read again by the reader next door, which a test holds.

use assistant::artifact::{ChessCandidate, ChessPly, ChessResult, ChessScore, TurningPoint};

/// Letters of a line, as the standard wants it for being handed on.
const WIDTH: usize = 79;

/// Hundredths of a pawn from which on a move is a mistake, and a blunder.
const MISTAKE: u32 = 150;
const BLUNDER: u32 = 300;

/// The tags that every game has, in their order.
const ROSTER: [(&str, &str); 7] = [
    ("Event", "?"),
    ("Site", "?"),
    ("Date", "????.??.??"),
    ("Round", "?"),
    ("White", "?"),
    ("Black", "?"),
    ("Result", "*"),
];

/// The position that a game begins from unless it is said.
const START: &str = "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1";

/// The game with everything that was found out, or the lines from the position where there is none.
#[must_use]
pub fn write(advice: &ChessResult) -> String {
    let has_game = !advice.game.is_empty();
    let start = match has_game && !advice.start.is_empty() {
        true => advice.start.as_str(),
        false => advice.fen.as_str(),
    };
    let plies = match has_game {
        true => annotated(advice),
        false => lines(advice),
    };
    let mut words = Words::default();
    words.strand(&plies, Counter::at(start));
    words.0.push(result(advice).to_owned());
    format!("{}\n{}\n", tags(advice, start), wrapped(&words.0))
}

fn result(advice: &ChessResult) -> &str {
    let told = tag(advice, "Result").unwrap_or("*");
    match told {
        "1-0" | "0-1" | "1/2-1/2" => told,
        _ => "*",
    }
}

fn tag<'a>(advice: &'a ChessResult, name: &str) -> Option<&'a str> {
    let found = advice.tags.iter().find(|tag| tag.name == name);
    found.map(|tag| tag.value.as_str())
}

fn tags(advice: &ChessResult, start: &str) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: &str| {
        let value = value.replace('\\', "\\\\").replace('"', "\\\"");
        text.push_str(&format!("[{name} \"{value}\"]\n"));
    };
    for (name, unknown) in ROSTER {
        match name {
            "Result" => line(name, result(advice)),
            _ => line(name, tag(advice, name).unwrap_or(unknown)),
        }
    }
    if advice.chess960 && tag(advice, "Variant").is_none() {
        line("Variant", "Chess960");
    }
    if start != START {
        line("SetUp", "1");
        line("FEN", start);
    }
    for tag in &advice.tags {
        let is_said = ROSTER.iter().any(|(name, _)| *name == tag.name)
            || matches!(tag.name.as_str(), "SetUp" | "FEN");
        if !is_said {
            line(&tag.name, &tag.value);
        }
    }
    text
}

/// The game, with worths, turning points and the lines of the position that was asked about.
fn annotated(advice: &ChessResult) -> Vec<ChessPly> {
    let mut plies = advice.game.clone();
    for turn in &advice.turning_points {
        if let Some(ply) = plies.get_mut(turn.ply as usize) {
            annotate(ply, turn);
        }
    }
    for ply in &mut plies {
        if let Some(score) = ply.score {
            ply.comment = joined(&worth(score), &ply.comment);
        }
    }
    let at = advice.ply.unwrap_or_default() as usize;
    let asked = advice.candidates.first().map(|best| {
        let mut line = strand(&best.line);
        if let Some(first) = line.first_mut() {
            first.comment.clone_from(&advice.explanation);
        }
        line
    });
    match (plies.get_mut(at), asked) {
        // The move that was played, or one beside it.
        (Some(ply), Some(_)) if ply.san == advice.best.san => {
            ply.comment = joined(&ply.comment, &advice.explanation);
        }
        (Some(ply), Some(line)) => add(ply, line),
        _ => {}
    }
    plies
}

fn annotate(ply: &mut ChessPly, turn: &TurningPoint) {
    if ply.marks.is_empty() {
        ply.marks.push(match turn.loss {
            BLUNDER.. => 4,
            MISTAKE.. => 2,
            _ => 6,
        });
    }
    ply.comment = joined(&ply.comment, &turn.reason);
    let line = match turn.line.is_empty() {
        true => strand(std::slice::from_ref(&turn.better.san)),
        false => strand(&turn.line),
    };
    add(ply, line);
}

/// A variation, unless one that begins like it is there: then the longer one stays.
fn add(ply: &mut ChessPly, line: Vec<ChessPly>) {
    let sans =
        |line: &[ChessPly]| -> Vec<String> { line.iter().map(|one| one.san.clone()).collect() };
    let new = sans(&line);
    let is_there = ply.variations.iter().any(|known| {
        let known = sans(known);
        known.starts_with(&new[..1.min(new.len())])
    });
    if !is_there && !line.is_empty() {
        ply.variations.push(line);
    }
}

/// The best line, with the others as variations on its first move.
fn lines(advice: &ChessResult) -> Vec<ChessPly> {
    let Some((best, others)) = advice.candidates.split_first() else {
        return vec![];
    };
    let mut main = strand(&best.line);
    if let Some(first) = main.first_mut() {
        first.comment = joined(&worth_here(advice, best), &advice.explanation);
        for other in others.iter().chain(&advice.meant) {
            if other.san == best.san {
                continue;
            }
            let mut line = strand(&other.line);
            if let Some(ply) = line.first_mut() {
                ply.comment = worth_here(advice, other);
            }
            add(first, line);
        }
    }
    main
}

fn strand(sans: &[String]) -> Vec<ChessPly> {
    let plies = sans.iter().map(|san| ChessPly {
        san: san.clone(),
        ..ChessPly::default()
    });
    plies.collect()
}

/// What a candidate is worth to White, whose move it may not be.
fn worth_here(advice: &ChessResult, candidate: &ChessCandidate) -> String {
    let is_black = advice.fen.split(' ').nth(1) == Some("b");
    let sign = if is_black { -1 } else { 1 };
    worth(match candidate.score {
        ChessScore::Centipawns(amount) => ChessScore::Centipawns(amount * sign),
        ChessScore::Mate { mate } => ChessScore::Mate { mate: mate * sign },
    })
}

/// As the programs of the field write it into comments.
fn worth(score: ChessScore) -> String {
    match score {
        ChessScore::Centipawns(amount) => format!("[%eval {:.2}]", f64::from(amount) / 100.0),
        ChessScore::Mate { mate } => format!("[%eval #{mate}]"),
    }
}

fn joined(one: &str, two: &str) -> String {
    match (one.is_empty(), two.is_empty()) {
        (_, true) => one.to_owned(),
        (true, _) => two.to_owned(),
        _ if one.contains(two) => one.to_owned(),
        _ => format!("{one} {two}"),
    }
}

/// Whose move it is, and its number.
#[derive(Clone, Copy)]
struct Counter {
    number: u32,
    is_black: bool,
}

impl Counter {
    fn at(fen: &str) -> Self {
        let mut fields = fen.split(' ').skip(1);
        let is_black = fields.next() == Some("b");
        let number = fields.nth(3).and_then(|number| number.parse().ok());
        Self {
            number: number.unwrap_or(1),
            is_black,
        }
    }

    fn next(self) -> Self {
        Self {
            number: self.number + u32::from(self.is_black),
            is_black: !self.is_black,
        }
    }
}

/// The words of a game's text. No word is ever broken.
#[derive(Default)]
struct Words(Vec<String>);

impl Words {
    fn strand(&mut self, plies: &[ChessPly], from: Counter) {
        let mut counter = from;
        // Black's move is numbered where something stands between it and White's.
        let mut is_numbered = true;
        for ply in plies {
            let said = self.comment(&ply.before);
            let Counter { number, is_black } = counter;
            match is_black {
                false => self.0.push(format!("{number}.")),
                true if is_numbered || said => self.0.push(format!("{number}...")),
                true => {}
            }
            self.0.push(ply.san.clone());
            for mark in &ply.marks {
                self.0.push(format!("${mark}"));
            }
            is_numbered = self.comment(&ply.comment);
            for variation in ply.variations.iter().filter(|line| !line.is_empty()) {
                let first = self.0.len();
                self.strand(variation, counter);
                // Brackets stand at words; by themselves they may be words of a comment.
                if let Some(word) = self.0.get_mut(first) {
                    word.insert(0, '(');
                }
                if let Some(word) = self.0.last_mut() {
                    word.push(')');
                }
                is_numbered = true;
            }
            counter = counter.next();
        }
    }

    /// Whether there was anything to say. Braces end comments and may not stand in them.
    fn comment(&mut self, said: &str) -> bool {
        let said = said.replace('{', "(").replace('}', ")");
        let words: Vec<&str> = said.split_whitespace().collect();
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            return false;
        };
        match words.as_slice() {
            [only] => self.0.push(format!("{{{only}}}")),
            [_, middle @ .., _] => {
                self.0.push(format!("{{{first}"));
                self.0.extend(middle.iter().map(|word| (*word).to_owned()));
                self.0.push(format!("{last}}}"));
            }
            [] => {}
        }
        true
    }
}

fn wrapped(words: &[String]) -> String {
    let mut text = String::new();
    let mut width = 0;
    for (index, word) in words.iter().enumerate() {
        let length = word.chars().count();
        if index > 0 {
            let breaks = width + 1 + length > WIDTH;
            text.push(if breaks { '\n' } else { ' ' });
            width = if breaks { 0 } else { width + 1 };
        }
        text.push_str(word);
        width += length;
    }
    text
}

#[cfg(test)]
#[path = "writer_tests.rs"]
mod tests;
