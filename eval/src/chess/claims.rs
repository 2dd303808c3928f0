//! Whether what an answer says is so: every move is played, every fact is looked for on the board,
//! by other code than the one that found it.

use serde_json::Value;
use shakmaty::san::{San, SanPlus};
use shakmaty::{Chess, Position, PositionError, Square};

use super::holds::{Shown, holds};
use super::material::position;
use super::reading;
use super::sentences::Said;

/// What was found out about an answer.
#[derive(Default)]
pub struct Count {
    pub checked: usize,
    pub true_ones: usize,
    /// Sentences that were told, and those of them in which nothing could be checked.
    pub sentences: usize,
    pub unchecked: usize,
    pub flaws: Vec<String>,
}

impl Count {
    pub fn add(&mut self, other: &Self) {
        self.checked += other.checked;
        self.true_ones += other.true_ones;
        self.sentences += other.sentences;
        self.unchecked += other.unchecked;
    }

    pub fn see(&mut self, holds: bool, what: impl FnOnce() -> String) {
        self.checked += 1;
        self.true_ones += usize::from(holds);
        if !holds {
            self.flaws.push(what());
        }
    }
}

pub fn strings(value: &Value) -> Vec<&str> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

pub fn rows(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// The positions along a line, the first one included; the word that is no legal move.
pub fn walk(from: &Chess, line: &[&str]) -> Result<Vec<Chess>, String> {
    let mut all = vec![from.clone()];
    let mut now = from.clone();
    for word in line {
        let action = SanPlus::from_ascii(word.as_bytes())
            .ok()
            .and_then(|san| san.san.to_move(&now).ok())
            .ok_or_else(|| (*word).to_owned())?;
        now.play_unchecked(action);
        all.push(now.clone());
    }
    Ok(all)
}

/// Every line of an answer.
pub fn lines(artifact: &Value) -> Vec<Vec<&str>> {
    let candidates = rows(&artifact["candidates"]).map(|one| strings(&one["line"]));
    let facts = rows(&artifact["facts"]).map(|one| strings(&one["line"]));
    let best = artifact["move"]["san"].as_str().map(|san| vec![san]);
    let meant = strings(&artifact["meant"]["line"]);
    candidates.chain(facts).chain(best).chain([meant]).collect()
}

/// Moves that are not legal, in lines and in words.
pub fn illegal(artifact: &Value) -> Vec<String> {
    let Some(from) = artifact["fen"].as_str().and_then(position) else {
        return vec!["the position itself".to_owned()];
    };
    let all = lines(artifact);
    let mut illegal: Vec<String> = all
        .iter()
        .filter_map(|line| walk(&from, line).err())
        .collect();
    let said: Vec<&str> = all
        .iter()
        .flatten()
        .map(|word| word.trim_end_matches(['+', '#']))
        .collect();
    for word in moves_in(artifact["explanation"].as_str().unwrap_or_default()) {
        // A threat is a move after a pass: it is legal in one of these positions.
        let other = passed(&from);
        let after = all
            .iter()
            .filter_map(|line| walk(&from, &line[..line.len().min(1)]).ok());
        let threats = after.filter_map(|positions| passed(positions.last()?));
        let is_legal = std::iter::once(from.clone())
            .chain(other)
            .chain(threats)
            .any(|now| San::from_ascii(word.as_bytes()).is_ok_and(|san| san.to_move(&now).is_ok()));
        if !is_legal && !said.contains(&word.as_str()) {
            illegal.push(word);
        }
    }
    illegal
}

/// Moves that a text names; a bare square is none.
pub fn moves_in(text: &str) -> Vec<String> {
    text.split(|letter: char| !(letter.is_ascii_alphanumeric() || "+#=-".contains(letter)))
        .map(|word| word.trim_end_matches(['+', '#', '-']))
        .filter(|word| word.len() > 2 && San::from_ascii(word.as_bytes()).is_ok())
        .map(str::to_owned)
        .collect()
}

pub fn passed(position: &Chess) -> Option<Chess> {
    let swapped = position.clone().swap_turn();
    swapped
        .or_else(PositionError::ignore_invalid_ep_square)
        .ok()
}

/// Looks for every fact on the board, and for everything that every sentence says.
pub fn check(artifact: &Value) -> Count {
    let mut count = Count::default();
    let Some(from) = artifact["fen"].as_str().and_then(position) else {
        return count;
    };
    for fact in rows(&artifact["facts"]) {
        let kind = fact["kind"].as_str().unwrap_or_default();
        let line = strings(&fact["line"]);
        let squares: Vec<Square> = strings(&fact["squares"])
            .into_iter()
            .filter_map(|name| name.parse().ok())
            .collect();
        let Ok(walk) = walk(&from, &line) else {
            count.see(false, || format!("{kind}: {line:?} is not legal"));
            continue;
        };
        let text = fact["text"].as_str().unwrap_or_default();
        let shown = Shown {
            walk: &walk,
            squares: &squares,
            line: &line,
            text,
            artifact,
        };
        if let Some(holds) = holds(kind, &shown) {
            count.see(holds, || format!("{kind}: {text} ({line:?})"));
        }
    }
    let illegal = illegal(artifact);
    for word in moves_in(artifact["explanation"].as_str().unwrap_or_default()) {
        count.see(!illegal.contains(&word), || {
            format!("the words name {word}")
        });
    }
    let said = Said::of(artifact, &from);
    for sentence in reading::sentences(artifact["explanation"].as_str().unwrap_or_default()) {
        let before = count.checked;
        said.check(&sentence, &mut count);
        count.sentences += 1;
        if count.checked == before {
            count.unchecked += 1;
            count.flaws.push(format!("nothing to check in: {sentence}"));
        }
    }
    count
}
