//! Whether every sentence of an explanation is so. A sentence that is a fact's own is that fact; of any
//! other, everything in it that can be held against the board or the answer's figures is.

use serde_json::Value;
use shakmaty::{Chess, Position, Square};

use super::claims::{Count, lines, passed, rows, strings, walk};
use super::holds::{Shown, holds, is_figure, worth};
use super::reading::{bare, mate_in, men_of, runs_of, side_in, words_of};

/// What sentences are held against.
pub struct Said<'a> {
    artifact: &'a Value,
    from: &'a Chess,
    /// Every position of every line.
    positions: Vec<Chess>,
    /// Every line from the position, and moves after a pass.
    walks: Vec<(Vec<String>, Vec<Chess>)>,
    facts: Vec<Fact>,
}

/// A fact of the answer.
struct Fact {
    kind: String,
    text: String,
    squares: Vec<Square>,
    holds: Option<bool>,
}

impl<'a> Said<'a> {
    pub fn of(artifact: &'a Value, from: &'a Chess) -> Self {
        let all = lines(artifact);
        let mut positions = vec![from.clone()];
        let mut walks = Vec::new();
        for line in &all {
            if let Ok(along) = walk(from, line) {
                positions.extend(along.iter().cloned());
                walks.push((line.iter().map(|word| bare(word)).collect(), along));
            }
        }
        let facts = rows(&artifact["facts"]).map(|fact| {
            let line = strings(&fact["line"]);
            let squares: Vec<Square> = strings(&fact["squares"])
                .into_iter()
                .filter_map(|name| name.parse().ok())
                .collect();
            let kind = fact["kind"].as_str().unwrap_or_default();
            let text = fact["text"].as_str().unwrap_or_default();
            let holds = walk(from, &line).ok().and_then(|walk| {
                let shown = Shown {
                    walk: &walk,
                    squares: &squares,
                    line: &line,
                    text,
                    artifact,
                };
                holds(kind, &shown)
            });
            Fact {
                kind: kind.to_owned(),
                text: text.to_owned(),
                holds,
                squares,
            }
        });
        let facts = facts.collect();
        Self {
            artifact,
            from,
            positions,
            walks,
            facts,
        }
    }

    /// Counts everything that a sentence claims.
    pub fn check(&self, sentence: &str, count: &mut Count) {
        let told = self.facts.iter().find(|fact| fact.text == sentence);
        if let Some(holds) = told.and_then(|fact| fact.holds) {
            count.see(holds, || format!("said and not so: {sentence}"));
            return;
        }
        self.advice(sentence, count);
        self.doer(sentence, count);
        self.runs(sentence, count);
        self.standing(sentence, count);
        self.verdict(sentence, count);
        self.figures(sentence, count);
        self.themes(sentence, count);
    }

    /// A sentence that does nothing but name the move to be played names the answer's own. A pawn's move
    /// looks like the name of a square, so it is no run of moves.
    fn advice(&self, sentence: &str, count: &mut Count) {
        let bare = sentence.trim_end_matches(['.', '。']);
        let named = ["Play ", "應走 ", "应走 ", "走 "]
            .iter()
            .find_map(|lead| bare.strip_prefix(lead))
            .or_else(|| bare.strip_suffix(" is the move"));
        if let Some(named) = named.filter(|named| !named.contains(' ')) {
            let own = self.artifact["move"]["san"].as_str();
            count.see(own == Some(named), || {
                format!("{named} is not the answer's move: {sentence}")
            });
        }
        self.ranks(sentence, count);
    }

    /// What is called the best move is the answer's own, and the next best the one that it has second.
    fn ranks(&self, sentence: &str, count: &mut Count) {
        let words: Vec<String> = words_of(sentence).iter().map(|word| bare(word)).collect();
        let lower = sentence.to_lowercase();
        let best = self.artifact["move"]["san"].as_str().map(bare);
        let is_next = ["next best", "second best", "次佳"]
            .iter()
            .any(|call| lower.contains(call));
        let is_best = [
            "is the best move",
            "the best move is",
            "最佳著法是",
            "最佳着法是",
        ]
        .iter()
        .any(|call| lower.contains(call));
        let is_by_pronoun =
            lower.contains("it is the best move") || lower.contains("this is the best move");
        if is_best && !is_next && !is_by_pronoun {
            let named = best.as_ref().is_some_and(|best| words.contains(best));
            count.see(named, || format!("another is called the best: {sentence}"));
        }
        if is_next {
            let is_second = |one: &Value| {
                let san = one["san"].as_str().map(bare);
                san != best && san.is_some_and(|san| words.contains(&san))
            };
            let named = rows(&self.artifact["candidates"]).any(is_second);
            count.see(named, || {
                format!("another is called the next best: {sentence}")
            });
        }
    }

    /// A piece that is said to win, to take or to give up something is one of the side that moves, or
    /// has been moved in one of the lines.
    fn doer(&self, sentence: &str, count: &mut Count) {
        let Some(place) = ["wins ", "takes ", "gives up "]
            .iter()
            .filter_map(|verb| sentence.find(verb))
            .min()
        else {
            return;
        };
        // What is named right before the verb, with nothing between.
        let head = sentence[..place].trim_end();
        let Some((_, role, square)) = men_of(head)
            .pop()
            .filter(|(.., square)| head.ends_with(&square.to_string()))
        else {
            return;
        };
        let ours = self.from.turn();
        let moved = self.positions.iter().any(|position| {
            let piece = position.board().piece_at(square);
            piece.is_some_and(|piece| piece.role == role && piece.color == ours)
        });
        count.see(moved, || {
            format!("the {role:?} on {square} does nothing: {sentence}")
        });
    }

    /// Moves that stand one behind the other must be playable so, in one of the lines, from the
    /// position, or after a pass.
    fn runs(&self, sentence: &str, count: &mut Count) {
        for run in runs_of(sentence) {
            let words: Vec<&str> = run.iter().map(String::as_str).collect();
            let in_a_line = self
                .walks
                .iter()
                .any(|(line, _)| line.windows(run.len()).any(|part| part == run));
            let after_best = self.walks.iter().filter_map(|(_, along)| along.get(1));
            let is_playable = || {
                std::iter::once(self.from.clone())
                    .chain(passed(self.from))
                    .chain(after_best.filter_map(passed))
                    .any(|start| walk(&start, &words).is_ok())
            };
            let holds = in_a_line || is_playable();
            count.see(holds, || {
                format!("{words:?} cannot be played so: {sentence}")
            });
        }
    }

    /// A man that is said to stand somewhere stands there at some time, and is whose it is said to be.
    fn standing(&self, sentence: &str, count: &mut Count) {
        for (side, role, square) in men_of(sentence) {
            let stands = self.positions.iter().any(|position| {
                let piece = position.board().piece_at(square);
                piece.is_some_and(|piece| {
                    piece.role == role && side.is_none_or(|side| piece.color == side)
                })
            });
            count.see(stands, || format!("no {role:?} on {square}: {sentence}"));
        }
    }

    /// Who is said to stand better, against the worth of the suggested move.
    fn verdict(&self, sentence: &str, count: &mut Count) {
        let lower = sentence.to_lowercase();
        let Some((least, most)) = VERDICTS
            .iter()
            .find(|(words, ..)| words.iter().any(|word| lower.contains(word)))
            .map(|(_, least, most)| (*least, *most))
        else {
            return;
        };
        let best = self.artifact["move"]["san"].as_str().unwrap_or_default();
        let Some(worth) = worth(self.artifact, best) else {
            return;
        };
        let ours = self.from.turn();
        let about = side_in(&lower).unwrap_or(ours);
        let worth = if about == ours { worth } else { -worth };
        let holds = (least..=most).contains(&worth);
        count.see(holds, || format!("worth {worth}: {sentence}"));
    }

    /// Figures with a point are worths or differences of worths; `mate in N` is a mate in N.
    fn figures(&self, sentence: &str, count: &mut Count) {
        let mut all: Vec<i64> = Vec::new();
        let candidates = rows(&self.artifact["candidates"]).chain([&self.artifact["meant"]]);
        for one in candidates {
            all.extend(
                one["san"]
                    .as_str()
                    .and_then(|san| worth(self.artifact, san)),
            );
        }
        let best = all.first().copied().unwrap_or_default();
        all.extend(all.clone().into_iter().map(|one| best - one));
        let mut figure = |text: &str| {
            let known = all.iter().any(|amount| is_figure(text, *amount));
            // A temptation is in the facts only, with its figure in a sentence of its own.
            let told = self.facts.iter().any(|fact| fact.text.contains(text));
            count.see(known || told, || format!("{text} is no worth: {sentence}"));
        };
        for word in words_of(sentence) {
            let is_figure =
                word.contains('.') && word.chars().all(|one| one.is_ascii_digit() || one == '.');
            if is_figure {
                figure(&word);
            }
        }
        if let Some(moves) = mate_in(sentence) {
            let has = |one: &Value| one["score"]["mate"].as_i64().map(i64::abs) == Some(moves);
            let told = self.facts.iter().any(|fact| {
                fact.holds != Some(false)
                    && ["mate", "mated", "refutation"].contains(&fact.kind.as_str())
                    && mate_in(&fact.text) == Some(moves)
            });
            let candidates = rows(&self.artifact["candidates"]).chain([&self.artifact["meant"]]);
            let known = told || candidates.into_iter().any(has);
            count.see(known, || format!("no mate in {moves}: {sentence}"));
        }
    }

    /// A word of the trade needs a fact of that kind which holds and has the squares that are named.
    fn themes(&self, sentence: &str, count: &mut Count) {
        let lower = sentence.to_lowercase();
        let squares: Vec<Square> = men_of(sentence).into_iter().map(|(.., at)| at).collect();
        for (words, kinds) in THEMES {
            if !words.iter().any(|word| lower.contains(word)) {
                continue;
            }
            let fits =
                |fact: &&Fact| kinds.contains(&fact.kind.as_str()) && fact.holds != Some(false);
            let mut known = self.facts.iter().filter(fits);
            let holds = known.any(|fact| {
                // What stands in two facts may be told in one sentence.
                squares.is_empty() || squares.iter().any(|square| fact.squares.contains(square))
            });
            count.see(holds, || format!("{kinds:?} was not proved: {sentence}"));
        }
    }
}

/// Words for how somebody stands, and between which worths that is so, in hundredths of a pawn.
const VERDICTS: [(&[&str], i64, i64); 8] = [
    (&["is winning", "勝勢", "胜势"], 300, 10_000),
    (&["is losing", "敗勢", "败势"], -10_000, -299),
    (&["clearly better", "明顯較好", "明显较好"], 100, 300),
    (&["clearly worse", "明顯較差", "明显较差"], -300, -99),
    (&["a little better", "稍好"], 30, 100),
    (&["a little worse", "稍差"], -100, -29),
    (&["about equal", "大致均勢", "大致均势"], -30, 30),
    (&["is mated in", "都會在", "都会在"], -10_000, -9_500),
];

/// Words of the trade, and the kinds of facts that they need.
const THEMES: [(&[&str], &[&str]); 9] = [
    (&["fork", "捉雙", "捉双"], &["fork"]),
    (&[" pin", "牽制", "牵制"], &["pin"]),
    (&["skewer", "串擊", "串击"], &["skewer"]),
    (
        &["discover", "閃擊", "闪击", "閃將", "闪将"],
        &["discovered-attack"],
    ),
    (&["back rank", "底線", "底线"], &["back-rank"]),
    (&["checkmate"], &["checkmate", "mate", "back-rank"]),
    (&["passed pawn", "通路兵"], &["passed-pawn"]),
    (&["castl", "易位"], &["castling"]),
    (
        &["cannot be stopped", "攔不住", "拦不住"],
        &["unstoppable-pawn"],
    ),
];

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fork() -> Value {
        json!({
            "fen": "r3k3/8/8/3N4/8/8/8/4K3 w - - 0 1",
            "move": {"san": "Nc7+", "uci": "d5c7"},
            "candidates": [
                {"san": "Nc7+", "score": 520, "line": ["Nc7+", "Kd7", "Nxa8"]},
                {"san": "Ke2", "score": -40, "line": ["Ke2", "Kd7"]},
            ],
            "meant": null,
            "facts": [{
                "kind": "fork", "line": ["Nc7+"], "squares": ["c7", "a8", "e8"],
                "text": "White's knight on c7 forks Black's rook on a8 and Black's king on e8.",
            }],
        })
    }

    /// What is wrong with a sentence about the fork; nothing checked counts as wrong.
    fn flaws(sentence: &str) -> usize {
        let artifact = fork();
        let from = super::super::material::position(artifact["fen"].as_str().unwrap()).unwrap();
        let mut count = Count::default();
        Said::of(&artifact, &from).check(sentence, &mut count);
        match count.checked {
            0 => 1,
            _ => count.flaws.len(),
        }
    }

    #[test]
    fn what_is_so_passes() {
        for sentence in [
            "The best move is Nc7+; White is winning (+5.2).",
            "White's knight on c7 forks Black's rook on a8 and Black's king on e8.",
            "Nc7+ forks the king on e8 and the rook on a8, so it wins: Nc7+ Kd7 Nxa8.",
            "最佳著法是 Nc7+，白方勝勢（+5.2）。",
            "白方 c7 的馬同時攻擊黑方 a8 的車，形成捉雙。",
            "Ke2 is 5.6 pawns worse: Ke2 Kd7.",
            "Nc7+ is the move.",
            "Nc7+ is the best move.",
            "The next best move, Ke2, is 5.6 pawns worse.",
            "The knight on c7 wins a rook: Nc7+ Kd7 Nxa8.",
            "应走 Nc7+。",
        ] {
            assert_eq!(flaws(sentence), 0, "{sentence}");
        }
    }

    #[test]
    fn what_is_not_so_is_found() {
        for sentence in [
            "Black is winning (+5.2).",
            "The best move is Nc7+; White is clearly better (+5.2).",
            "It is worth +4.2.",
            "White's knight on c6 forks the king.",
            "The bishop on c7 is strong.",
            "Nc7+ Kd8 Nxa8 Kxa8 wins.",
            "It mates in 3.",
            "The rook on a8 is pinned: pin.",
            "黑方 c7 的馬同時攻擊黑方 a8 的車。",
            "h5 is the move.",
            "Ke2 is the best move.",
            "The next best move, Nc7+, is 5.6 pawns worse.",
            "The rook on a8 wins a knight.",
            "走 Ke2。",
            "It is a lovely day.",
        ] {
            assert!(flaws(sentence) > 0, "{sentence}");
        }
    }
}
